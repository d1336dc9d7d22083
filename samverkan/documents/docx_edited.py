"""A document put together anew out of a Word file of ours, after somebody has edited it.

What stands in the visible document wins. The file carries the document as it was written, and what
each place said then; so only what somebody has changed is read from the text, and everything else
comes back exactly as it was. A row that is gone from the text is gone from the document.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator
from msgspec.structs import fields

from samverkan import rich
from samverkan.document import Part, as_plain
from samverkan.documents import docx
from samverkan.documents.docx_carried import (
    Carried,
    field_type,
    is_html,
    loose_digest,
    parts_with_names,
    squeezed,
    value_in,
)
from samverkan.documents.docx_places import Paragraph, Text, digest, said, tag_of
from samverkan.values import Unreadable, said_by, words_of


class CannotStand(ValueError):
    """What somebody has written does not go where it stands; says what and why."""


class NoPlaces(ValueError):
    """None of the places is left: the texts stand there, and cannot be known again."""


class Edited:
    def __init__(self, carried: Carried, document: Part, opened: docx.Opened) -> None:
        self.carried, self.opened = carried, opened
        self.kind = type(document)
        self.was = dict(parts_with_names(document))
        self.plain = as_plain(document)
        # Some programs keep the bookmarks only, and are not to be trusted with line breaks.
        self.has_controls = bool(opened.found.controls)
        self.now = {
            name: value_in(opened, self.kind, name, number, carried.anchors)
            for number, name in enumerate(carried.places)
        }
        if self.now and all(value is None for value in self.now.values()):
            raise NoPlaces

    def put_in(self) -> None:
        """What has been changed, into `plain`; and out of it what has been removed."""
        self.removed = self.parts_removed()
        self.changed: list[str] = []
        for name, value in self.now.items():
            if self.is_changed(name, value) and not self.is_under(name, self.removed):
                part, field = self.field_at(name)
                now = self.value(name, value or "")
                if now != part[field]:
                    part[field] = now
                    self.changed.append(name)
        # With a part goes what is in it; from the end of each list, so that places stay what they are.
        self.removed = {
            name
            for name in self.removed
            if not self.is_under(name.rpartition(".")[0], self.removed)
        }
        for name in sorted(self.removed, key=_backwards):
            part, last = self.field_at(name)
            if isinstance(last, int):
                del part[last]
            else:
                part[last] = None

    def field_at(self, name: str) -> tuple[Any, Any]:
        """What holds the value at a place, and its name or its number there."""
        *way, last = (int(step) if step.isdigit() else step for step in name.split("."))
        found: Any = self.plain
        for step in way:
            found = found[step]
        return found, last

    def value_before(self, name: str) -> Any:
        found: Any = self.was[""]
        for step in name.split("."):
            found = found[int(step)] if step.isdigit() else getattr(found, step)
        return found

    def words_before(self, name: str) -> str:
        value = words_of(self.value_before(name))
        return rich.plain(value) if is_html(self.type_of(name)) else value

    def type_of(self, name: str) -> Any:
        return field_type(self.kind, name)

    def added(self) -> Iterable[Paragraph]:
        """What stands in no place, and did not stand there when the file was written."""
        return filter(self._is_new, self.opened.found.loose)

    def retitled(self) -> Iterable[Paragraph]:
        """A heading of ours over a text, that somebody has written something else in."""
        ours = (one for one in self.opened.found.headings if not one.has_place)
        return filter(self._is_new, ours)

    def _is_new(self, paragraph: Paragraph) -> bool:
        return loose_digest(paragraph) not in self.carried.loose

    def copies(self) -> Iterable[tuple[str, Text]]:
        """What has been written in a row that is the copy of another, and the place that it copies."""
        for number, name in enumerate(self.now):
            for copy in self.opened.found.controls.get(tag_of(name, number), [])[1:]:
                words = said(copy)
                if words.strip() and digest(words) != self.carried.places[name]:
                    yield name, copy

    def is_changed(self, name: str, value: str | None) -> bool:
        kind = self.type_of(name)
        if kind is None:  # stands for a part as a whole
            return False
        if digest(value or "") == self.carried.places[name]:
            return False
        return self.has_controls or squeezed(self.words_before(name)) != squeezed(
            rich.plain(value or "") if is_html(kind) else value or ""
        )

    def value(self, name: str, words: str) -> Any:
        kind = self.type_of(name)
        if is_html(kind):
            return words
        try:
            value = said_by(words, kind)
        except Unreadable as error:
            before = short(self.words_before(name))
            raise CannotStand(
                f"”{short(words)}” (förut ”{before}”) kan inte stå där: {error}."
            ) from error
        if value in (None, "") and self._is_required(name):
            raise CannotStand(
                f"”{short(self.words_before(name))}” är borta ur filen, men annat som hör dit står "
                "kvar. Ta bort det också, eller skriv en ny text."
            )
        return value

    def _is_required(self, name: str) -> bool:
        way, _, field = name.rpartition(".")
        part = self.was.get(way)
        return part is not None and any(one.required for one in fields(part) if one.name == field)

    def is_left(self, name: str, value: str | None) -> bool:
        return value is not None

    def parts_removed(self) -> set[str]:
        """The parts of which nothing is left in the document."""
        written = {part for name in self.now for part in self.parts_around(name)}
        left = {
            part
            for name, value in self.now.items()
            if self.is_left(name, value)
            for part in self.parts_around(name)
        }
        return written - left

    def parts_around(self, name: str) -> Iterable[str]:
        """ "areas.0.title" stands in "areas.0"; the document itself is always there."""
        steps = name.split(".")
        for length in range(1, len(steps) + 1):
            part = ".".join(steps[:length])
            is_list = length < len(steps) and steps[length].isdigit()
            if not is_list and self.type_of(part) is None:
                yield part

    def is_under(self, name: str, parts: set[str]) -> bool:
        return any(part in parts for part in self.parts_around(name))


def short(words: str) -> str:
    return Truncator(words).chars(80)


def _backwards(name: str) -> tuple:
    return tuple(-int(step) for step in name.split(".") if step.isdigit())
