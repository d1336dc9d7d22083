"""Our own Word file, read back after somebody has edited it.

What stands in the visible document wins. The file carries the plan as it was written, and what each
place said then; so only what somebody has changed is read from the text, and everything else comes
back exactly as it was. A row that is gone from the document is gone from the plan. What has been
added and belongs nowhere is kept among what else stood in the source (`extras`).
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from django.utils.text import Truncator
from msgspec.structs import fields

from plans.carried import (
    NAMESPACE,
    Carried,
    field_type,
    loose_digest,
    parts_with_names,
    squeezed,
    value_in,
)
from plans.document import Envelope, ExtraDoc, NotAPlan, PlanDocument, read_json
from plans.values import Unreadable, said_by, words_of
from samverkan import rich
from samverkan.document import Rich, as_part, as_plain
from samverkan.documents import docx
from samverkan.documents.docx_places import digest, plain

# What is not read from the document: it comes back as the file carried it, whatever stands there.
# A field alone is that field of every part.
NOT_READ = (
    # Whose plan it is, for when, and in what form.
    "AreaDoc.name",
    "CatalogueDoc.name",
    "DistrictDoc.name",
    "PlanDocument.period_end",
    "PlanDocument.period_start",
    "layout",
    "municipality",
    "revision",
    "year",
    # What a thing is called by machines, and what points from one to another.
    "action",
    "also_serves",
    "cause",
    "goal",
    "handled_in",
    "indicator",
    "key",
    "party",
    "predecessor",
    "priority",
    "problem",
    "slug",
    "uuid",
    # What is ticked, and what the service itself has noted.
    "closed_at",
    "continues_next_year",
    "internal_fields",
    "is_internal",
    "opened_at",
    "own",
)

_NOT_OURS = (
    "Filen är inte en Word-fil från Samverkan, eller så har planens data försvunnit ur den. "
    "Det som kan läsas är en Word-fil som har hämtats här, också om den har ändrats i Word sedan."
)
_NO_PLACES = (
    "Filen har sparats av ett program som har tagit bort märkena runt planens texter. "
    "Hämta planen på nytt och ändra den i Word."
)


def read_docx(content: bytes) -> Envelope:
    try:
        opened = docx.open_word(content)
        text = opened.attached(NAMESPACE)
    except docx.NotWord as error:
        raise NotAPlan("Filen går inte att läsa som ett Word-dokument (.docx).") from error
    if text is None:
        raise NotAPlan(_NOT_OURS)
    try:
        carried = Carried.from_text(text)
        envelope = read_json(carried.envelope)
        return _Reading(carried, envelope, opened).envelope()
    except NotAPlan:
        raise
    except msgspec.ValidationError as error:
        # What the plan itself says against it is the cause, where there is one.
        raise NotAPlan(f"Planen i Word-filen går inte ihop: {error.__cause__ or error}.") from error
    except (LookupError, TypeError, AttributeError, ValueError, StopIteration) as error:
        raise NotAPlan(_NOT_OURS) from error


class _Reading:
    def __init__(self, carried: Carried, envelope: Envelope, opened: docx.Opened) -> None:
        self.carried, self.opened = carried, opened
        self.was = dict(parts_with_names(envelope.document))
        self.plain = as_plain(envelope)
        # Some programs keep the bookmarks only, and are not to be trusted with line breaks.
        self.has_controls = bool(opened.found.controls)
        self.now = {
            name: value_in(opened, name, number) for number, name in enumerate(carried.places)
        }

    def envelope(self) -> Envelope:
        document = self.plain["document"]
        if self.carried.places and all(value is None for value in self.now.values()):
            raise NotAPlan(_NO_PLACES)
        removed = self._removed()
        for name, value in self.now.items():
            if self._is_changed(name, value) and not _is_under(name, removed):
                *way, field = name.split(".")
                _at(document, way)[field] = self._value(name, value or "")
        # With a part goes what is in it; from the end of each list, so that places stay what they are.
        outermost = {name for name in removed if not _is_under(name.rpartition(".")[0], removed)}
        for name in sorted(outermost, key=_backwards):
            *way, last = name.split(".")
            if last.isdigit():
                del _at(document, way)[int(last)]
            else:
                _at(document, way)[last] = None
        self._let_go_of_what_is_gone(document)
        document["extras"] += [msgspec.to_builtins(extra) for extra in self._added()]
        return as_part(self.plain, Envelope)

    def _is_changed(self, name: str, value: str | None) -> bool:
        if field_type(name) is None:  # stands for a part as a whole
            return False
        if digest(value or "") == self.carried.places[name]:
            return False
        return self.has_controls or squeezed(self._words_before(name)) != squeezed(
            rich.plain(value or "") if field_type(name) == Rich else value or ""
        )

    def _words_before(self, name: str) -> str:
        way, _, field = name.rpartition(".")
        value = words_of(getattr(self.was[way], field))
        return rich.plain(value) if field_type(name) == Rich else value

    def _value(self, name: str, words: str) -> Any:
        kind = field_type(name)
        if kind == Rich:
            return words
        try:
            value = said_by(words, kind)
        except Unreadable as error:
            before = _short(self._words_before(name))
            raise NotAPlan(
                f"”{_short(words)}” (förut ”{before}”) kan inte stå där: {error}."
            ) from error
        if value in (None, "") and self._is_required(name):
            raise NotAPlan(
                f"”{_short(self._words_before(name))}” är borta ur filen, men annat som hör dit står kvar. "
                "Ta bort det också, eller skriv en ny text."
            )
        return value

    def _is_required(self, name: str) -> bool:
        way, _, field = name.rpartition(".")
        return any(one.required for one in fields(self.was[way]) if one.name == field)

    def _removed(self) -> set[str]:
        """The parts of which nothing is left in the document."""
        written = {part for name in self.now for part in _parts_around(name)}
        left = {
            part
            for name, value in self.now.items()
            if value is not None
            for part in _parts_around(name)
        }
        return written - left

    def _let_go_of_what_is_gone(self, document: dict) -> None:
        """Nothing points to what has been removed."""
        areas = {area["uuid"] for area in document["areas"]}
        actions, goals = set(), set()
        problem_of = {
            str(cause.uuid): str(problem.uuid)
            for area in self._document.areas
            for problem in area.problems
            for cause in problem.causes
        }
        for area in document["areas"]:
            if area["handled_in"] not in areas:
                area["handled_in"] = None
            problems = {problem["uuid"] for problem in area["problems"]}
            causes = {cause["uuid"] for problem in area["problems"] for cause in problem["causes"]}
            for action in area["actions"]:
                action["also_serves"] = [uuid for uuid in action["also_serves"] if uuid in areas]
                if action["cause"] not in causes:
                    # It stands under the problem now.
                    action["problem"] = action["problem"] or problem_of.get(action["cause"])
                    action["cause"] = None
                if action["problem"] not in problems:
                    action["problem"] = None
                actions.add(action["uuid"])
                goals |= {goal["uuid"] for goal in action["goals"]}
        for round_ in document["rounds"]:
            round_["answers"] = [one for one in round_["answers"] if one["action"] in actions]
            round_["outcomes"] = [one for one in round_["outcomes"] if one["goal"] in goals]

    @property
    def _document(self) -> PlanDocument:
        document = self.was[""]
        assert isinstance(document, PlanDocument)
        return document

    def _added(self) -> Iterable[ExtraDoc]:
        """What stands in the file and has no place in the plan."""
        for name, texts in self.opened.found.controls.items():
            for copy in texts[1:]:  # of a row that somebody has copied
                words = plain(copy).strip()
                if words and name in self.now and digest(plain(copy)) != self.carried.places[name]:
                    yield ExtraDoc("Word-filen", "Kopierad rad", words)
        for paragraph in self.opened.found.loose:
            if loose_digest(paragraph) not in self.carried.loose:
                yield ExtraDoc("Word-filen", "Skrivet utanför planens fält", paragraph.text.strip())


def _short(words: str) -> str:
    return Truncator(words).chars(80)


def _parts_around(name: str) -> Iterable[str]:
    """ "areas.0.title" stands in "areas.0"; the plan itself is always there."""
    steps = name.split(".")
    for length in range(1, len(steps) + 1):
        part = ".".join(steps[:length])
        is_list = length < len(steps) and steps[length].isdigit()
        if not is_list and field_type(part) is None:
            yield part


def _is_under(name: str, parts: set[str]) -> bool:
    return any(part in parts for part in _parts_around(name))


def _backwards(name: str) -> tuple:
    return tuple(-int(step) for step in name.split(".") if step.isdigit())


def _at(document: dict, way: Iterable[str]) -> Any:
    found: Any = document
    for step in way:
        found = found[int(step)] if step.isdigit() else found[step]
    return found
