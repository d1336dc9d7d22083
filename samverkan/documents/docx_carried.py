"""What a Word file of ours carries out of sight: its document as data, and what stood in it when written.

So that whoever reads it can tell what somebody has written since, and what only looks otherwise.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args

import msgspec
from msgspec.structs import fields

from samverkan.document import Part, Prose, Rich, encode
from samverkan.documents import docx
from samverkan.documents.docx_places import Paragraph, digest, said
from samverkan.documents.docx_rich import to_html, to_prose


@dataclass(frozen=True)
class Carried:
    envelope: bytes  # as JSON
    places: dict[str, str]  # the name of each place, and what it said: its digest
    loose: frozenset[str]  # what stands in no place: headings, labels, sums
    anchors: dict[str, str] = field(default_factory=dict)  # bookmarks, and the UUIDs they stand for

    @classmethod
    def of(
        cls,
        envelope: msgspec.Struct,
        names: Iterable[str],
        opened: docx.Opened,
        anchors: Mapping[str, str] | None = None,
    ) -> "Carried":
        kind, anchors = type(envelope.document), dict(anchors or {})  # type: ignore[attr-defined]
        places = {
            name: digest(value_in(opened, kind, name, number, anchors) or "")
            for number, name in enumerate(names)
        }
        fixed = [*opened.found.loose, *opened.found.headings]
        return cls(encode(envelope), places, frozenset(map(loose_digest, fixed)), anchors)

    def to_text(self) -> str:
        """In letters that any XML can hold."""
        plain = {
            "envelope": json.loads(self.envelope),
            "places": self.places,
            "loose": sorted(self.loose),
        }
        if self.anchors:
            plain["anchors"] = self.anchors
        return json.dumps(plain, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> "Carried":
        plain = json.loads(text)
        envelope = json.dumps(plain["envelope"]).encode()
        loose, anchors = frozenset(plain["loose"]), dict(plain.get("anchors", {}))
        return cls(envelope, dict(plain["places"]), loose, anchors)


def value_in(
    opened: docx.Opened, kind: type[Part], name: str, number: int, anchors: Mapping[str, str]
) -> str | None:
    """What a place says: words, or HTML where the field has it; nothing where it is no more."""
    type_ = field_type(kind, name)
    text = opened.found.text(name, number, is_html(type_))
    if text is None:
        return None
    if type_ == Prose:
        return to_prose(text, opened.is_numbered, anchors)
    return to_html(text, opened.is_numbered) if type_ == Rich else said(text)


def is_html(kind: Any) -> bool:
    return kind in (Rich, Prose)


def loose_digest(paragraph: Paragraph) -> str:
    return digest(squeezed(said([paragraph])))


def squeezed(text: str) -> str:
    """The letters alone: spaces and breaks are what programs change."""
    return "".join(text.split())


def field_type(kind: type[Part], name: str) -> Any:
    """Of the field at a place, "areas.0.title"; None where the place is a whole part."""
    return _field_type(kind, re.sub(r"\d+", "0", name))


@cache
def _field_type(kind: Any, name: str) -> Any:
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
    for field_ in fields(part):
        value, below = getattr(part, field_.name), f"{name}.{field_.name}".lstrip(".")
        if isinstance(value, Part):
            yield from parts_with_names(value, below)
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if isinstance(item, Part):
                    yield from parts_with_names(item, f"{below}.{place}")
