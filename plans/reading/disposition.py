"""The list in front of a plan that says what follows, held against what does follow."""

import re

from plans.reading.draft import Draft, SectionDraft, said_in
from plans.reading.words import alike, folded

_HEADING = re.compile(r"disposition|innehåll|områden och aktiviteter", re.IGNORECASE)
_ITEM = re.compile(r"^\s*-\s+")
_ALIKE = 0.6


def compare(draft: Draft) -> None:
    for section in draft.sections:
        if _HEADING.search(section.heading):
            _compare(draft, section)


def _compare(draft: Draft, section: SectionDraft) -> None:
    listed = [_ITEM.sub("", line).strip() for line in section.lines if _ITEM.match(line)]
    if not listed:
        return
    follows = [area.title for area in draft.areas]
    for area in draft.areas:
        for action in area.actions:
            undertaking, name = said_in(action.said, "undertaking"), said_in(action.said, "name")
            follows.append(f"{undertaking} {name}".strip() or said_in(action.said, "description"))
    for item in listed:
        if not any(_same(item, title) for title in follows):
            draft.warn(f"”{section.heading}” nämner ”{item}”, som inte finns längre fram i filen.")
    for title in follows:
        if title and not any(_same(item, title) for item in listed):
            draft.warn(f"”{section.heading}” nämner inte ”{title[:120]}”, som finns i filen.")


def _same(item: str, title: str) -> bool:
    one, other = folded(item), folded(title)
    return (min(len(one), len(other)) > 5 and (one in other or other in one)) or alike(
        item, title
    ) >= _ALIKE
