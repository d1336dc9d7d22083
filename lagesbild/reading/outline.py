"""Which paragraphs of a report are headings, and what stands under each.

A heading is one by its style. Where no paragraph has such a style, bold short lines are headings, the
larger over the smaller.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeGuard
from uuid import UUID

from lagesbild.document import DEEPEST
from lagesbild.reading import labels
from lagesbild.reading.captions import caption_in, source_in
from lagesbild.reading.draft import Draft
from lagesbild.reading.flow import Entry, Rows, Text
from lagesbild.reading.lines import cut, raw
from lagesbild.reading.which_area import WhichArea
from lagesbild.vocabulary import ReportKind
from plans.reading import areas
from plans.reading.outcome import KnownArea
from samverkan.reading.outcome import Sureness

_LONGEST = 120
_SHOUTED = 8  # letters in upper case, that are no abbreviation
HEADING = 200  # letters, that a heading has room for
_SEVERAL = 3  # headings
_TYPED = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[^\W\d])")
_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.?\s+\D")


@dataclass
class Section:
    uuid: UUID
    heading: str
    where: str
    level: float
    entries: list[Entry] = field(default_factory=list)
    sections: list["Section"] = field(default_factory=list)
    area: KnownArea | None = None  # the one that it is, if it is one


def with_headings(
    entries: Iterable[Entry], kind: ReportKind, known: Sequence[KnownArea]
) -> list[Entry]:
    """The same, where each heading is marked as one."""
    entries = list(entries)
    has_styles = any(
        isinstance(one, Text) and one.line.heading and not labels.find(one.line.text)
        for one in entries
    )
    bold = (
        []
        if has_styles
        else [one for one in entries if isinstance(one, Text) and _may_be_heading(one)]
    )
    headings = set(map(id, bold))
    sizes = sorted({one.line.size for one in bold}, reverse=True)
    found: list[Entry] = []
    for entry in entries:
        if isinstance(entry, Text) and entry.line.heading is None:
            level = None
            if id(entry) in headings:
                numbered = _NUMBERED.match(entry.line.text)
                level = numbered[1].count(".") + 1 if numbered else sizes.index(entry.line.size) + 1
            elif labels.is_instruction(entry.line.text):
                level = 1
            elif kind == ReportKind.STATUS and _is_area_alone(entry, known):
                level = 2
            if level:
                line = replace(entry.line, heading=level, item=None)
                entry = Text(line, entry.where)
        found.append(entry)
    return _without_numbers(found)


def _without_numbers(entries: list[Entry]) -> list[Entry]:
    """Where somebody has numbered the headings by hand: sections have numbers of their own."""
    headings = [one for one in entries if _is_heading(one)]
    numbered = [one for one in headings if _TYPED.match(raw(one.line))]
    if len(numbered) < _SEVERAL or len(numbered) * 2 < len(headings):
        return entries
    bare = {id(one): cut(one.line, _TYPED.match(raw(one.line)).end()) for one in numbered}  # type: ignore[union-attr]
    return [
        Text(bare[id(one)], one.where) if isinstance(one, Text) and id(one) in bare else one
        for one in entries
    ]


def _may_be_heading(entry: Text) -> bool:
    line = entry.line
    text = line.text
    return (
        line.heading is None
        and line.item is None
        and (line.is_bold or (text.isupper() and sum(map(str.isalpha, text)) >= _SHOUTED))
        and len(text) <= _LONGEST
        and "\n" not in text
        and not text.endswith((".", ",", ";", "?", "!"))
        and any(letter.isalpha() for letter in text)
        and not caption_in(text)
        and not source_in(text)
        and not labels.box_in(text)
        and not entry.where.startswith("textruta")
    )


def _is_area_alone(entry: Text, known: Sequence[KnownArea]) -> bool:
    text = entry.line.text
    if (
        len(text) > _LONGEST
        or text.endswith(".")
        or (entry.line.item and not entry.line.is_ordered)
    ):
        return False
    return areas.find(text, known).sureness == Sureness.CERTAIN


def sections_in(
    draft: Draft, entries: Sequence[Entry], which: WhichArea
) -> tuple[list[Entry], list[Section]]:
    """What stands before the first heading, and the tree of what stands under headings."""
    return _Tree(draft, entries, which).built()


class _Tree:
    def __init__(self, draft: Draft, entries: Sequence[Entry], which: WhichArea):
        self._draft, self._entries, self._which = draft, entries, which
        self._before: list[Entry] = []
        self._top: list[Section] = []
        self._open: list[Section] = []
        headings = [one.line.text for one in entries if _is_heading(one)]
        self._has_place_for_areas = any(map(labels.holds_areas, headings))

    def built(self) -> tuple[list[Entry], list[Section]]:
        for at, entry in enumerate(self._entries):
            if not _is_heading(entry):
                self._put(entry)
            elif (inside := self._area_around()) and labels.find(entry.line.text):
                inside.entries.append(entry)
            elif len(entry.line.text) > HEADING:
                self._put(Text(replace(entry.line, heading=None), entry.where))
            else:
                self._open_section(at, entry)
        return self._before, self._top

    def _put(self, entry: Entry) -> None:
        (self._open[-1].entries if self._open else self._before).append(entry)

    def _area_around(self) -> Section | None:
        return next((one for one in reversed(self._open) if one.area), None)

    def _open_section(self, at: int, entry: Text) -> None:
        level: float = entry.line.heading or 1
        found = self._is_area(at, entry.line.text)
        inside = self._area_around()
        if inside and not found and level > inside.level:
            self._put(Text(replace(entry.line, heading=int(level - inside.level)), entry.where))
            return
        place = next((one for one in self._open if labels.holds_areas(one.heading)), None)
        if found and place and level <= place.level:
            level = place.level + 0.5  # it belongs there, whatever its heading says
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        if len(self._open) >= DEEPEST:
            if not found:
                under = level - self._open[-1].level
                self._put(Text(replace(entry.line, heading=int(under)), entry.where))
                return
            del self._open[DEEPEST - 1 :]
        uuid = self._draft.name(entry.where, "avsnitt")
        section = Section(uuid, " ".join(entry.line.text.split()), entry.where, level)
        if found:
            section.area = self._which.settle(entry.where, section.heading, uuid)
        else:
            self._note_heading(entry, section, is_in_place=place is not None)
        (self._open[-1].sections if self._open else self._top).append(section)
        self._open.append(section)

    def _note_heading(self, entry: Text, section: Section, *, is_in_place: bool) -> None:
        """Of no area, it seems; but where the areas stand it may be one all the same."""
        said = self._which.is_said(section.heading)
        question = ""
        if said is not None or (is_in_place and not labels.is_sources(section.heading)):
            question = self._which.ask(section.heading, areas.NONE, Sureness.LIKELY)
        sureness = Sureness.LIKELY if question and said is None else Sureness.CERTAIN
        self._draft.note(
            entry.where,
            entry.line.text,
            "Rubrik",
            sureness,
            begins=section.uuid,
            question=question,
        )

    def _is_area(self, at: int, text: str) -> bool:
        """Whether a heading is that of an area: by what it is called, and what stands under it."""
        if (said := self._which.is_said(text)) is not None:
            return said
        if labels.holds_areas(text) or labels.is_sources(text) or labels.is_instruction(text):
            return False
        is_in_place = any(labels.holds_areas(one.heading) for one in self._open)
        is_status = self._draft.known.kind == ReportKind.STATUS
        if self._says_so(at, is_in_place=is_in_place):
            return True
        match = self._which.match(text)
        if match.sureness == Sureness.CERTAIN and match.area:
            return is_in_place or is_status or not self._has_place_for_areas
        return is_in_place and match.sureness == Sureness.LIKELY

    def _says_so(self, at: int, *, is_in_place: bool) -> bool:
        """Whether the form of an area follows, before the next heading that is none of its labels."""
        found: set[labels.Label] = set()
        for entry in self._entries[at + 1 :]:
            if isinstance(entry, Rows):
                if labels.is_form(entry.grid):
                    return True
            elif isinstance(entry, Text):
                text = entry.line.text
                label = labels.find(text[: labels.before_colon(text)] or text)
                if labels.box_in(text) or (label and label.is_telling):
                    return True
                if label and label.is_sure:
                    found.add(label.label)
                elif _is_heading(entry):
                    break
        return is_in_place and len(found) > 1


def _is_heading(entry: Entry) -> TypeGuard[Text]:
    return isinstance(entry, Text) and bool(entry.line.heading) and bool(entry.line.text)
