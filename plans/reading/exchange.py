"""An utbytesfil that came back: what somebody has typed in it, and no more.

The file may have been sorted, saved by another program, unlocked and rebuilt. A row is known by the id
in its hidden cell, a column by the name above it, or by its heading. What differs from what stood in a
cell when the file was made is read; the rest is not touched. Where anything cannot be read as it was
meant the whole file is refused, with every reason.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from unicodedata import combining, normalize
from uuid import UUID

from plans.document import NotAPlan
from plans.exchange import (
    BAND,
    MARK,
    SHEET,
    Control,
    Exchange,
    ExchangeRow,
    Filled,
    FilledRow,
    NotAnExchange,
    OpenField,
    locked_columns,
    unpacked,
)
from plans.reading.excel import STRANGE, in_words
from plans.reading.sheet import place_of
from plans.reading.source import cell_name
from plans.reading.workbook import SheetRows, sheets_in, with_rest
from plans.sheets import ABOUT_FILE
from samverkan.documents.xlsx import CONTINUED
from samverkan.office.ooxml import Package, parsed
from samverkan.office.package import EXCEL, NotOffice
from samverkan.text import clean, clean_line, list_of
from samverkan.values import Unreadable, as_text

_NAMED = 8  # cells in one sentence
_NAME = 100  # characters of what may be a heading
_WHOLE = re.compile(r"([+\-−]?)(\d{1,9})(?:[.,]0+)?")


def read_exchange(content: bytes) -> Filled:
    """NotAnExchange says why it is refused, in a sentence for each reason."""
    try:
        package = Package(content, EXCEL)
        sheets = with_rest({sheet.name: sheet for sheet in sheets_in(package)})
        return _Reader(package, sheets).filled()
    except NotAnExchange:
        raise
    except (NotAPlan, NotOffice) as error:
        raise NotAnExchange(str(error)) from error


@dataclass(frozen=True)
class _Formula:
    is_calculated: bool
    error: str  # that the cell shows


class _Reader:
    def __init__(self, package: Package, sheets: Mapping[str, SheetRows]):
        self.sheets = sheets
        self.exchange = self._exchange()
        self.fields = {field.name: field for field in self.exchange.open_fields}
        self.ids = {str(row.action): row for row in self.exchange.rows}
        self.reasons: list[str] = []
        self.warnings: list[str] = []
        self.sheet = self._sheet()
        self.rows = self.sheet.rows
        self.cells = _remarkable(package, self.sheet)
        if any(name.endswith("vbaProject.bin") for name in package.parts):
            self.warnings.append("Filen har makron. De har inte lästs och inte körts.")

    def _exchange(self) -> Exchange:
        if SHEET in self.sheets:
            return unpacked(as_text(row[0]) for row in self.sheets[SHEET].rows[1:] if row)
        if ABOUT_FILE in self.sheets:
            raise NotAnExchange(
                "Filen är en hel plan i Excel, och ingen utbytesfil. Den läses in där planer läses in."
            )
        raise NotAnExchange(
            "Filen saknar uppgiften om vilken plan den hör till, som står på en dold flik i en "
            "utbytesfil. Välj den fil som du fyllde i, eller hämta en ny och för över det som är ifyllt."
        )

    def _sheet(self) -> SheetRows:
        """The one with the rows, whatever it is called now."""
        others = [one for name, one in self.sheets.items() if name not in (SHEET, CONTINUED)]
        found = [one for one in others if any(map(self._id_in, one.rows))]
        if len(found) > 1:
            names = list_of(one.name for one in found)
            raise NotAnExchange(
                f"Samma rader står på flera flikar ({names}). Ta bort de flikar som inte gäller."
            )
        if not found and self.ids:
            raise NotAnExchange(
                "Ingen rad i filen går att känna igen: den dolda första kolumnen är borta, eller alla "
                "rader. Hämta en ny utbytesfil och för över det som är ifyllt."
            )
        if not others:
            raise NotAnExchange("Filen har ingen flik att läsa.")
        for one in others:
            if one not in found[:1] and found and any(map(_says_something, one.rows)):
                self.warnings.append(
                    f"Fliken {one.name} hör inte till utbytesfilen och läses inte."
                )
        return found[0] if found else others[0]

    def _id_in(self, row: Sequence[Any]) -> str:
        return next((said for cell in row if (said := as_text(cell).strip()) in self.ids), "")

    # --- The whole ---

    def filled(self) -> Filled:
        head, columns = self._columns()
        id_at = self._id_column()
        found: dict[UUID, FilledRow] = {}
        for place, row in enumerate(self.rows):
            said = as_text(row[id_at]).strip() if len(row) > id_at else ""
            if known := self.ids.get(said):
                self._add(found, self._read_row(place, row, known, columns))
                self._tell_beside(place, row, columns, id_at)
            elif place > head and said == BAND:
                self._refuse_in_band(place, row, columns)
            elif place > head and _says_something(row):
                self._refuse_added(place, row)
        if self.reasons:
            raise NotAnExchange(*self.reasons)
        rows = self.exchange.rows
        return Filled(
            self.exchange,
            tuple(found[row.action] for row in rows if row.action in found),
            tuple(row for row in rows if row.action not in found),
            tuple(self.warnings),
        )

    def _add(self, found: dict[UUID, FilledRow], one: FilledRow) -> None:
        """A row may have been copied, as long as its copies say the same."""
        before = found.setdefault(one.row.action, one)
        if before.typed != one.typed:
            self.reasons.append(
                f"Rad {one.line} gäller samma åtgärd som rad {before.line} ({_named(one.row)}), och "
                "de säger olika saker. Ta bort den ena."
            )

    # --- Columns ---

    def _columns(self) -> tuple[int, dict[str, int]]:
        """The last row of the head, and where each column is: by its hidden name, else by its heading."""
        labels = {one.name: one.label for one in locked_columns(self.exchange)}
        labels |= {field.name: field.label for field in self.fields.values()}
        by_heading = {_folded(heading): name for name, heading in labels.items()}
        marks = [{} if _is_band(row) else _places(row, _marked) for row in self.rows]
        heads = [_places(row, lambda cell: by_heading.get(_folded(cell), "")) for row in self.rows]
        at_marks = _fullest(marks)
        at_head = _fullest(heads)
        columns = {**(heads[at_head] if heads else {}), **(marks[at_marks] if marks else {})}
        for name, field in self.fields.items():
            if name not in columns:
                self.reasons.append(
                    f"Kolumnen ”{field.label}” saknas. Hämta en ny utbytesfil och för över det som är "
                    "ifyllt."
                )
        head = max(
            (at for at, found in ((at_marks, marks), (at_head, heads)) if found and found[at]),
            default=-1,
        )
        known = {*labels, "id"}
        return head, {name: column for name, column in columns.items() if name in known}

    def _id_column(self) -> int:
        found = Counter(
            column
            for row in self.rows
            for column, cell in enumerate(row)
            if as_text(cell).strip() in self.ids
        )
        return found.most_common(1)[0][0] if found else 0

    # --- Rows ---

    def _read_row(
        self, place: int, row: Sequence[Any], known: ExchangeRow, columns: Mapping[str, int]
    ) -> FilledRow:
        typed: dict[str, str] = {}
        for name, field in self.fields.items():
            if name not in columns:
                continue
            column = columns[name]
            cell = row[column] if column < len(row) else ""
            before = known.values.get(name, "")
            try:
                said = self._typed(field, cell, place, column)
            except Unreadable as error:
                self.reasons.append(f"{_where(place, field.label)}: {error}")
                continue
            if said != (_cleaned(field, before) if field.control == Control.TEXT else before):
                typed[name] = said
        for locked in locked_columns(self.exchange):
            column = columns.get(locked.name, -1)
            if 0 <= column < len(row) and not _is_same(row[column], getattr(known, locked.name)):
                self.warnings.append(
                    f"{_where(place, locked.label)} har ändrats i filen. Det läses inte in: här skrivs "
                    "bara det som är partens att fylla i."
                )
        return FilledRow(known, place + 1, typed)

    def _typed(self, field: OpenField, cell: Any, place: int, column: int) -> str:
        where = _where(place, field.label)
        if formula := self.cells.get((place, column)):
            if formula.error:
                raise Unreadable(
                    f"rutan visar felvärdet {formula.error}. Skriv det som ska stå där."
                )
            if not formula.is_calculated:
                raise Unreadable(
                    "rutan har en formel som inte är uträknad. Skriv det som ska stå där, eller öppna "
                    "filen i Excel och spara den igen."
                )
            self.warnings.append(f"{where}: rutan har en formel. Det den visar är läst.")
        if isinstance(cell, str) and STRANGE.search(cell):
            self.warnings.append(f"{where}: styrtecken, som inte syns, har tagits bort.")
        if field.control == Control.TEXT:
            if isinstance(cell, (date, time, timedelta)):
                self.warnings.append(
                    f"{where}: Excel har gjort ett datum av det som skrevs. Det läses som "
                    f"{in_words(cell)}."
                )
            return _text(field, cell)
        said = "" if isinstance(cell, str) and not clean_line(cell) else cell
        if said in ("", None):
            return ""
        return _READERS[field.control](field, said)

    def _tell_beside(
        self, place: int, row: Sequence[Any], columns: Mapping[str, int], id_at: int
    ) -> None:
        known = {*columns.values(), id_at}
        beside = [
            cell_name(place, column)
            for column, cell in enumerate(row)
            if column not in known and clean(as_text(cell))
        ]
        if beside:
            self.warnings.append(
                f"Rad {place + 1}: det som står bredvid tabellen ({list_of(beside[:_NAMED])}) läses inte."
            )

    def _refuse_in_band(self, place: int, row: Sequence[Any], columns: Mapping[str, int]) -> None:
        for name, field in self.fields.items():
            column = columns.get(name, -1)
            if 0 <= column < len(row) and (said := clean(as_text(row[column]))):
                self.reasons.append(
                    f"{_where(place, field.label)}: ”{_cut(said)}” står i en rubrikrad. Flytta det "
                    "till åtgärdens rad."
                )

    def _refuse_added(self, place: int, row: Sequence[Any]) -> None:
        said = next(text for cell in row if (text := clean(as_text(cell))))
        self.reasons.append(
            f"Rad {place + 1} finns inte i planen: ”{_cut(said)}”. Ta bort raden ur filen, och be "
            "samordnaren lägga till åtgärden i planen om den ska vara med."
        )


# --- What stands in a cell ---


def _text(field: OpenField, cell: Any) -> str:
    said = _cleaned(field, cell if isinstance(cell, str) else in_words(cell))
    if len(said) > field.most:
        raise Unreadable(
            f"texten är {len(said)} tecken. Här får den vara högst {field.most} tecken."
        )
    return said


def _cleaned(field: OpenField, text: str) -> str:
    return clean_line(text) if field.is_line else clean(text)


def _chosen(field: OpenField, cell: Any) -> str:
    said = _folded(in_words(cell) if not isinstance(cell, str) else cell)
    for typed, words in field.choices.items():
        if said in (_folded(words), _folded(typed)):
            return typed
    *most, last = field.choices.values()
    raise Unreadable(
        f"”{_cut(clean_line(in_words(cell)))}” finns inte i listan. Välj {', '.join(most)} eller {last}."
    )


def _number(field: OpenField, cell: Any) -> str:
    said = clean_line(in_words(cell))
    found = _WHOLE.fullmatch("".join(said.split()))
    if found is None:
        raise Unreadable(f"”{_cut(said)}” är inget helt tal. Skriv till exempel 12.")
    number = int(found[2])
    if (found[1] in ("-", "−") and number) or number > field.most:
        raise Unreadable(
            f"”{_cut(said)}” går inte att läsa in. Skriv ett helt tal mellan 0 och {field.most}."
        )
    return str(number)


def _date(field: OpenField, cell: Any) -> str:
    try:
        return field.typed(field.value.read(cell))
    except Unreadable as error:
        raise Unreadable(f"”{_cut(clean_line(in_words(cell)))}” är inget datum: {error}.") from None


_READERS = {
    Control.CHOICE: _chosen,
    Control.YES_NO: _chosen,
    Control.NUMBER: _number,
    Control.DATE: _date,
}


def _is_same(cell: Any, said: str) -> bool:
    return _folded(in_words(cell) if not isinstance(cell, str) else cell) == _folded(said)


def _folded(words: Any) -> str:
    """Without what people write differently: capitals, spaces, dots and rings."""
    letters = normalize("NFKD", clean(as_text(words)).casefold().replace("_", " "))
    return " ".join("".join(one for one in letters if not combining(one)).split()).rstrip(".")


def _cut(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= 60 else f"{line[:60].rstrip()} …"


def _where(place: int, heading: str) -> str:
    return f"Rad {place + 1}, {heading}"


def _named(row: ExchangeRow) -> str:
    return f"{row.number} {_cut(row.title)}"


# --- Rows and columns ---


def _says_something(row: Sequence[Any]) -> bool:
    return any(clean(as_text(cell)) for cell in row)


def _is_band(row: Sequence[Any]) -> bool:
    return any(as_text(cell).strip() == BAND for cell in row)


def _marked(cell: Any) -> str:
    said = as_text(cell).strip()
    return said.removeprefix(MARK) if said.startswith(MARK) else ""


def _places(row: Sequence[Any], name_of: Any) -> dict[str, int]:
    """Where the names are that a row says, each where it is first."""
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        if isinstance(cell, str) and len(cell) <= _NAME and (name := name_of(cell)):
            found.setdefault(name, column)
    return found


def _fullest(found: Sequence[Mapping[str, int]]) -> int:
    return max(range(len(found)), key=lambda at: len(found[at]), default=0)


def _remarkable(package: Package, sheet: SheetRows) -> dict[tuple[int, int], _Formula]:
    """The cells that hold a formula or show an error, which the library says nothing of."""
    tree = parsed(package.parts.get(sheet.part, b""))
    if tree is None:
        raise NotAnExchange(
            "Filen är trasig och går inte att läsa: öppna den i Excel, spara den på nytt och läs in den "
            "igen."
        )
    found: dict[tuple[int, int], _Formula] = {}
    for place, cell in _cells(tree):
        value = cell.findtext("{*}v") or ""
        error = value if cell.get("t") == "e" else ""
        if cell.find("{*}f") is not None or error:
            found[place] = _Formula(bool(value) or cell.get("t") == "str", error)
    return found


def _cells(tree: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """What does not say where it stands comes after the one before it."""
    row = -1
    for line in tree.iterfind("{*}sheetData/{*}row"):
        said = line.get("r", "")
        row = int(said) - 1 if said.isascii() and said.isdigit() else row + 1
        column = -1
        for cell in line.iterfind("{*}c"):
            place = place_of(cell.get("r", "")) or (row, column + 1)
            column = place[1]
            yield place, cell
