"""The status report's table of areas: what has become of each since it was last described."""

import re
from collections.abc import Callable, Sequence

from lagesbild.document import DeviationDoc, ResultDoc
from lagesbild.reading.areas import AreaForm
from lagesbild.reading.draft import Draft
from lagesbild.reading.flow import Rows, Text
from lagesbild.reading.lines import as_item, plain, rows_of
from lagesbild.vocabulary import Direction, Ground
from plans.reading import areas
from plans.reading.outcome import KnownArea
from plans.vocabulary import HandledAs
from samverkan.office.word_pieces import Box, Grid, Line
from samverkan.reading.outcome import Sureness
from samverkan.text import clean_line

_AREA_HEADER = re.compile(r"prioritera\w*\s+\w*område|^\W*områden?\W*$|samverkansområde", re.I)
_COMMENT_HEADER = re.compile(r"kommentar|avvikelse|förändring|bedömning|beskrivning", re.I)
_PLAIN_HEADER = re.compile(r"\W*(?:kommentar(?:er)?|avvikelse(?:r)?|bedömning|förändring)\W*", re.I)

_UNCHANGED = re.compile(
    r"\W*(?:(?:läget|bilden|situationen|området)\s+(?:är|har)\s+)?"
    r"(?:(?:(?:ej|inte)\s+|o)förändra(?:ts?|d|de)\b|(?:ingen|inga)\s+(?:förändring(?:ar)?|avvikelser?)\b"
    r"|inget att rapportera\b)",
    re.I,
)
_BETTER = re.compile(
    r"\W*(?:positiv|förbättr|bättre)|\bpositiv\s+(?:förändring|avvikelse|utveckling|riktning)|\bhar\s+förbättrats\b",
    re.I,
)
_WORSE = re.compile(
    r"\W*(?:negativ|försämr|sämre)|\bnegativ\s+(?:förändring|avvikelse|utveckling|riktning)|\bhar\s+försämrats\b",
    re.I,
)
_GROUNDS = {
    Ground.STATISTICS: re.compile(r"statisti", re.I),
    Ground.INTELLIGENCE: re.compile(r"underrättelse", re.I),
    Ground.LOCAL: re.compile(r"\blokala?\s+(?:bild|lägesbild)", re.I),
}
_HANDLED = re.compile(
    r"\b(?:hanteras|omhändertas|ingår|bedrivs|redovisas|beskrivs)\b.{0,60}?\b(?:inom|i|under)\b|^\W*se\b",
    re.I | re.S,
)
_LINE_WORK = re.compile(r"linje(?:organisation|verksamhet|arbete)", re.I)
_DOCUMENT = re.compile(r"(?:plan|program|strategi|dokument|rutin|överenskommelse|rapport)\w*", re.I)


def is_table_of_areas(grid: Grid, known: Sequence[KnownArea]) -> bool:
    rows = [
        [clean_line(box.text) for box in row] for row in grid.rows if any(box.text for box in row)
    ]
    if not rows or max(map(len, rows)) < 2:
        return False
    header = rows[0]
    if (
        len(header) > 1
        and _AREA_HEADER.search(header[0])
        and _COMMENT_HEADER.search(" ".join(header[1:]))
    ):
        return True
    named = (areas.find(row[0], known).sureness for row in rows if row[0] and len(row) > 1)
    return sum(sureness == Sureness.CERTAIN for sureness in named) > 1


def header_of(grid: Grid) -> tuple[str, list[str]] | None:
    """What stands over the areas, and over each other column; none, where the first row is an area."""
    first = [clean_line(box.text) for box in grid.rows[0]]
    return (first[0], first[1:]) if first and _AREA_HEADER.search(first[0]) else None


def rows_below(rows: Rows) -> list[tuple[Box | None, list[Box]]]:
    """Each area with what is said of it; one that goes on below stands there as none."""
    found: list[tuple[Box | None, list[Box]]] = []
    for row in rows.grid.rows[1 if header_of(rows.grid) else 0 :]:
        boxes = list(row)
        is_first = bool(boxes) and boxes[0].column == 0
        said = boxes[1:] if is_first else boxes
        if any(box.text for box in boxes):
            found.append((boxes[0] if is_first and boxes[0].text else None, said))
    return found


def read_comments(
    draft: Draft, where: str, boxes: Sequence[Box], headers: Sequence[str], form: AreaForm
) -> None:
    """What stands beside an area. A column with a name of its own is said by it."""
    for box in boxes:
        header = headers[box.column - 1] if 0 < box.column <= len(headers) else ""
        named = "" if not header or _PLAIN_HEADER.fullmatch(header) else header
        for line in box.lines:
            read_line(draft, where, line, form, named)


def read_line(draft: Draft, where: str, line: Line, form: AreaForm, named: str = "") -> None:
    rows = [as_item(row) for row in rows_of(line)]
    for row in rows if any(one.item for one in rows) else [line]:
        said = plain(row)
        if not said:
            continue
        if named:
            said = f"{named}: {said}"
        grounds = tuple(ground for ground, words in _GROUNDS.items() if words.search(said))
        direction = _direction(said)
        if direction == Direction.UNCHANGED and not _rest(said):
            form.deviations.append(DeviationDoc(draft.name(where, "avvikelse"), direction))
            draft.form(where, said, "Ej förändrat")
        elif direction:
            form.deviations.append(
                DeviationDoc(draft.name(where, "avvikelse"), direction, said, grounds)
            )
            draft.note(where, said, direction.label, Sureness.LIKELY)
        elif row.item:
            form.results.append(ResultDoc(draft.name(where, "resultat"), said))
            draft.note(where, said, "Resultat", Sureness.LIKELY)
        else:
            form.pieces.append(Text(row, where))
            draft.note(where, said, "Kommentar")
            if named:
                draft.keep(where, "Kolumn i tabellen", named)


def _direction(said: str) -> Direction | None:
    """Only where the words themselves say which."""
    better, worse = bool(_BETTER.search(said)), bool(_WORSE.search(said))
    if better != worse:
        return Direction.BETTER if better else Direction.WORSE
    return Direction.UNCHANGED if not better and _UNCHANGED.match(said) else None


def _rest(said: str) -> str:
    return re.sub(r"\W+", "", said[found.end() :]) if (found := _UNCHANGED.match(said)) else said


def handled_in(text: str, by_name: Callable[[str], Sequence[object]]) -> HandledAs | None:
    """Where the words say that an area is taken care of, if they do."""
    if not _HANDLED.search(text) or len(text) > 400:
        return None
    if by_name(text):
        return HandledAs.AREA
    if _LINE_WORK.search(text):
        return HandledAs.LINE_WORK
    return HandledAs.DOCUMENT if _DOCUMENT.search(text) else None
