"""What a document is made of: plain, frozen parts, that are the same bytes wherever they are written.

A plan's document and a report's are both built of these (plans/document.py, lagesbild/document.py).
"""

import json
from collections.abc import Hashable, Iterable, Iterator, Set
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
from django.db.models import Choices

from samverkan import rich

# A heading, a name: what stands on one line. All other texts may be of any length.
Heading = Annotated[str, msgspec.Meta(max_length=200)]
Name = Annotated[str, msgspec.Meta(max_length=300)]
Number = Annotated[str, msgspec.Meta(max_length=60)]
PartyKey = Annotated[str, msgspec.Meta(pattern=r"^(stad/)?[^/\s]{1,80}$")]
Slug = Annotated[str, msgspec.Meta(pattern=r"^[^/\s]{1,100}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Count = Annotated[int, msgspec.Meta(ge=0, le=32767)]
# A field of the part that it stands in, by its name here.
Field = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,60}$")]
# The small HTML of samverkan.text: paragraphs, lists, emphasis, links.
Rich = Annotated[str, msgspec.Meta(description="HTML: p br strong em ul ol li h3 h4 a blockquote")]
# The same with footnotes, <span class="fotnot">, and references: <a href="#uuid"> to a row.
Prose = Annotated[str, msgspec.Meta(description="HTML as in a rich text; span.fotnot, a[href=#]")]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A piece of a document.

    What is left at its default is not written: a field that the format is given later changes
    neither the bytes nor the hash of a document that does not use it.
    """


class RegistryNumberDoc(Part):
    party: str
    number: Number


class DecisionDoc(Part):
    """The decision about the document in the same envelope. Provenance, never an approval."""

    body: Heading
    decided_on: date
    sha256: str
    paragraph: Number = ""
    registry_numbers: tuple[RegistryNumberDoc, ...] = ()


Written = TypeVar("Written", bound=msgspec.Struct)


# Django's choices have a metaclass of their own, so msgspec has to be told that they are enums.
def choice(kind: type[Choices], value: str) -> Choices:
    return kind(value)


def choices(kind: type[Choices]) -> dict:
    return {"type": "string", "enum": kind.values}


def _word(choice: Choices) -> str:
    return str(choice.value)


_encoder = msgspec.json.Encoder(enc_hook=_word)


def encode(part: msgspec.Struct) -> bytes:
    """The same document is the same bytes: keys stand in the order of the format."""
    return _encoder.encode(part)


def decode_as(content: bytes | str, kind: type[Written]) -> Written:
    return msgspec.json.decode(content, type=kind, dec_hook=choice)


def as_part(plain: dict, kind: type[Part]) -> Any:
    """A piece of the document out of what JSON makes of it."""
    return msgspec.convert(plain, kind, dec_hook=choice)


def as_plain(part: Part) -> dict:
    """The piece as JSON would have it, with what is left at its default too."""
    return {field: _plain(getattr(part, field)) for field in part.__struct_fields__}


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return as_plain(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return msgspec.to_builtins(value, enc_hook=_word)


def twice(things: Iterable[Hashable]) -> bool:
    """Whether any of them stands more than once."""
    things = list(things)
    return len(set(things)) < len(things)


def has_room(number: Decimal | None) -> bool:
    """Ten digits before the comma and four after it: what a row holds without rounding."""
    return number is None or (
        number.is_finite() and number.adjusted() < 10 and number == round(number, 4)
    )


def refuse_doubled(content: bytes | str, fault: type[Exception]) -> None:
    """A key that stands twice in one part: msgspec would let the last one win."""

    def pairs(found: list[tuple[str, object]]) -> None:
        seen = set()
        for key, _ in found:
            if key in seen:
                raise fault(f"”{key}” står två gånger i samma del av filen. Ta bort det ena.")
            seen.add(key)

    json.loads(content, object_pairs_hook=pairs)


def texts(part: Part, but: Set[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """The fields in which somebody has written something, and what; of rich text its words. `but`
    are fields that hold keys, which nobody writes by hand."""
    for field, is_rich in _text_fields(type(part)):
        if field not in but and (text := getattr(part, field)):
            yield field, rich.plain(text) if is_rich else text


@cache
def _text_fields(kind: type[Part]) -> list[tuple[str, bool]]:
    return [
        (field.name, field.type in (Rich, Prose))
        for field in msgspec.structs.fields(kind)
        if _is_text(field.type)
    ]


def _is_text(kind: object) -> bool:
    return kind is str or getattr(kind, "__origin__", None) is str
