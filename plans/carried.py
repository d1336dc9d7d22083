"""What a Word file of ours carries out of sight: the plan's data, and what stood in it when written.

So that whoever reads it can tell what somebody has written since, and what only looks otherwise.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from msgspec.structs import fields

from plans.document import Envelope, PlanDocument
from samverkan.document import Part, Rich, encode
from samverkan.documents import docx
from samverkan.documents.docx_places import Paragraph, digest, plain
from samverkan.documents.docx_rich import to_html

NAMESPACE = "urn:samverkan:plan:1"


@dataclass(frozen=True)
class Carried:
    envelope: bytes  # as JSON
    places: dict[str, str]  # the name of each place, and what it said: its digest
    loose: frozenset[str]  # what stands in no place: headings, labels, sums

    @classmethod
    def of(cls, envelope: Envelope, names: Iterable[str], document: docx.Opened) -> "Carried":
        said = {
            name: digest(value_in(document, name, number) or "")
            for number, name in enumerate(names)
        }
        fixed = [*document.found.loose, *document.found.headings]
        return cls(encode(envelope), said, frozenset(map(loose_digest, fixed)))

    def to_text(self) -> str:
        """In letters that any XML can hold."""
        return json.dumps(
            {
                "envelope": json.loads(self.envelope),
                "places": self.places,
                "loose": sorted(self.loose),
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_text(cls, text: str) -> "Carried":
        plain = json.loads(text)
        envelope = json.dumps(plain["envelope"]).encode()
        return cls(envelope, dict(plain["places"]), frozenset(plain["loose"]))


def value_in(document: docx.Opened, name: str, number: int) -> str | None:
    """What a place says: words, or HTML where the field has it; nothing where it is no more."""
    is_rich = field_type(name) == Rich
    text = document.found.text(name, number, is_rich)
    if text is None:
        return None
    return to_html(text, document.is_numbered) if is_rich else plain(text)


def loose_digest(paragraph: Paragraph) -> str:
    return digest(squeezed(paragraph.text))


def squeezed(text: str) -> str:
    """The letters alone: spaces and breaks are what programs change."""
    return "".join(text.split())


def field_type(name: str) -> Any:
    """Of the field at a place, "areas.0.title"; None where the place is a whole part."""
    return _field_type(re.sub(r"\d+", "0", name))


@cache
def _field_type(name: str) -> Any:
    kind: Any = PlanDocument
    for step in name.split("."):
        if step.isdigit():
            (kind, *_) = get_args(kind)
        else:
            kind = {field.name: field.type for field in fields(_part(kind))}[step]
    return None if _is_part(kind) or any(map(_is_part, get_args(kind))) else kind


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Part)


def _part(kind: Any) -> type[Part]:
    """AgreementDoc | None is an AgreementDoc."""
    return kind if _is_part(kind) else next(filter(_is_part, get_args(kind)))


def parts_with_names(part: Part, name: str = "") -> Iterable[tuple[str, Part]]:
    """Every part of the document under where it stands: "", "areas.0", "areas.0.actions.2"."""
    yield name, part
    for field in fields(part):
        value, below = getattr(part, field.name), f"{name}.{field.name}".lstrip(".")
        if isinstance(value, Part):
            yield from parts_with_names(value, below)
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if isinstance(item, Part):
                    yield from parts_with_names(item, f"{below}.{place}")
