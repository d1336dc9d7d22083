"""What the parts of a prioritised area are called in the forms, and the two boxes."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from plans.reading.words import alike, folded, rough
from samverkan.office.word_pieces import Grid


class Label(Enum):
    DESCRIPTION = "Beskrivning av området"
    AIMS = "samverkar för att"
    COMMENT = "Kommentar"
    RESULTS = "Resultat av arbetet"
    PRIORITIES = "Prioriteringar och åtgärder"


class Box(Enum):
    SPECIAL_MEASURES = "Särskilda åtgärder"
    LINE_WORK = "Linjeverksamhet"


_CALLED = {
    Label.DESCRIPTION: "beskrivning av området;beskrivning;områdesbeskrivning;om området;"
    "beskrivning av samverkansområdet;beskrivning av det prioriterade området",
    Label.AIMS: "mål;gemensamma mål;mål med samverkan;samverkansmål",
    Label.COMMENT: "kommentar;kommentarer;lokal lägesbild;nuläge",
    Label.RESULTS: "resultat av arbetet;resultat;resultat av samverkan;uppnådda resultat;"
    "resultat under året",
    Label.PRIORITIES: "prioriteringar och åtgärder;prioriteringar;prioriterade åtgärder;"
    "prioriteringar och åtgärder nästa år;åtgärder nästa år;fortsatta prioriteringar",
}
_KNOWN = {folded(said): label for label, words in _CALLED.items() for said in words.split(";")}
_TELLING = {"beskrivningavomradet", "resultatavarbetet", "prioriteringarochatgarder"}
_DAMAGED = {rough(said): label for said, label in _KNOWN.items()}
_ALIKE = 0.86
_LONGEST = 70
_YEAR = re.compile(r"\s*(?:(?:under|inför|för)\s+)?\b(20\d\d)\b(?:\s*[-–]\s*20\d\d)?")
# What the aims begin with may stand last: "… samverkar för att säkerställa:".
_TOGETHER = re.compile(
    r"(?P<who>\S.{1,200}?)\s+(?:(?:samverkar|arbetar tillsammans)\s+för\s+att\b(?P<rest>(?:\s+\w+){0,2})\s*:?"
    r"|samverkan\s+för\s+att(?P<more>(?:\s+\w+){0,2})\s*:)\s*",
    re.I | re.S,
)
_AREAS = re.compile(
    r"prioriterade?\s+(?:\w+\s+)?(?:\w*områden|utmaningar)|^(?:\d+[.)]?\s*)?samverkansområden", re.I
)
_INSTRUCTION = {"instruktion", "instruktioner", "anvisning", "anvisningar"}
_SOURCES = {"kallor", "kallforteckning", "kallhanvisningar", "referenser", "kallorochreferenser"}

_TICKED = re.compile(r"[☒☑✓✔✗✘]|\[\s*[xX]\s*\]|\(\s*[xX]\s*\)|(?:^|(?<=\s))[xX](?=\s)")
_UNTICKED = re.compile(r"☐|\[\s*\]|\(\s*\)")
_MARK = re.compile(rf"{_TICKED.pattern}|{_UNTICKED.pattern}|□")
_BOXES = {
    Box.SPECIAL_MEASURES: re.compile(
        r"\W*(?:[xX]\s+)?(?:pågår|finns|behov)\b.{0,60}särskilda åtgärder", re.I | re.S
    ),
    Box.LINE_WORK: re.compile(r"\W*(?:[xX]\s+)?arbet\w*\s+(?:sker|bedrivs)\s+i\s+linje", re.I),
}
# How the form goes on after a box.
_OF_BOX = re.compile(r"\W*(?:beskrivs under rubriken|inkluderas i åtgärdsplan)", re.I)


@dataclass(frozen=True)
class Found:
    label: Label
    is_sure: bool
    who: str = ""  # that work together
    rest: str = ""  # what the label goes on with, that is not its own: "säkerställa"
    is_telling: bool = False  # nothing but the form of an area has it
    year: int | None = None


@dataclass(frozen=True)
class Ticked:
    box: Box
    is_ticked: bool | None  # none: it cannot be seen


@lru_cache(maxsize=4096)
def find(text: str) -> Found | None:
    """The label that a line is, whole."""
    said = " ".join(text.split())
    if together := _TOGETHER.fullmatch(said):
        who, rest = together["who"].strip(" –-•"), together["rest"] or together["more"] or ""
        return Found(Label.AIMS, True, who, rest.strip(), is_telling=True)
    if not said or len(said) > _LONGEST:
        return None
    year = _YEAR.search(said)
    key = folded(_YEAR.sub("", said))
    found = int(year[1]) if year else None
    if label := _KNOWN.get(key) or _DAMAGED.get(rough(key)):
        return Found(label, True, is_telling=key in _TELLING, year=found)
    if len(key) < 10 or (said.endswith(".") and len(said.split()) > 4):
        return None
    near = (
        one for one in _KNOWN if abs(len(one) - len(key)) <= len(key) // 3
    )  # others are not alike
    label = next((_KNOWN[one] for one in near if alike(key, one) >= _ALIKE), None)
    return Found(label, False, year=found) if label else None


def before_colon(text: str) -> int:
    """How much of a line is a label that it goes on after: "Kommentar: Vi ses varje vecka."."""
    head, colon, rest = text.partition(":")
    if not colon or not rest.strip():
        return 0
    found = find(head) or find(f"{head}:")
    return len(head) + 1 if found and found.is_sure else 0


def box_in(text: str) -> Ticked | None:
    for box, words in _BOXES.items():
        if words.match(_MARK.sub(" ", text, count=1).strip()):
            return Ticked(box, mark_in(text))
    return None


def mark_in(text: str) -> bool | None:
    if _TICKED.search(text):
        return True
    return False if _UNTICKED.search(text) else None


def is_mark(text: str) -> bool:
    """A sign alone, in a cell of its own."""
    return bool(text.strip()) and not _MARK.sub("", f"{text} ", count=1).strip()


def is_of_box(text: str) -> bool:
    return _OF_BOX.match(text) is not None


def is_of_form(text: str) -> bool:
    """Whether a line is the form's own: a label, a box, or what it says after a box."""
    return bool(find(text) or before_colon(text) or box_in(text) or is_of_box(text))


def holds_areas(heading: str) -> bool:
    """The heading that the prioritised areas stand under."""
    return _AREAS.search(heading) is not None


def is_instruction(heading: str) -> bool:
    return folded(heading) in _INSTRUCTION


def is_sources(heading: str) -> bool:
    return folded(heading) in _SOURCES


def is_form(grid: Grid) -> bool:
    """A table that the form of an area is laid out in."""
    lines = [line.text for row in grid.rows for box in row for line in box.lines]
    found = {one.label for line in lines if (one := find(line))}
    return len(found) > 1 or any(map(box_in, lines))
