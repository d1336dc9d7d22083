"""An utbytesfil as Excel: one sheet to fill in, locked but for the tinted cells, and one that nobody
sees with what the file is and what stood in it.

The lock is a help against slips and no more: it has no password, and what is read back is held
against the hidden sheet.
"""

from datetime import date
from itertools import groupby
from typing import Any

from plans.exchange import (
    BAND,
    MARK,
    SHEET,
    Control,
    Exchange,
    ExchangeRow,
    OpenField,
    locked_columns,
    packed,
)
from samverkan.documents.charts import INK
from samverkan.documents.xlsx import GREY, Book, Cell, Sheet, height

_WIDTHS = {
    Control.TEXT: 42,
    Control.CHOICE: 15,
    Control.YES_NO: 11,
    Control.NUMBER: 10,
    Control.DATE: 12,
}
LOWEST, TALLEST = 48, 409  # room to write in; what Excel allows
HEAD_WIDTH = 100  # characters of the lines above the table: as much as a small screen shows
ROOM_ABOVE = 200  # points that may stand still above the rows, on an ordinary screen
_FIRST_DAY = date(2000, 1, 1)
_MAY = {"format_columns": True, "format_rows": True}  # to make room


def write_exchange(exchange: Exchange) -> bytes:
    return _Writer(exchange).write()


class _Writer:
    def __init__(self, exchange: Exchange):
        self.exchange = exchange
        self.fields = exchange.open_fields
        self.locked = locked_columns(exchange)
        names = ["id", *(column.name for column in self.locked)]
        self.names = [*names, *(field.name for field in self.fields)]
        self.headings = [*(one.label for one in self.locked), *(one.label for one in self.fields)]
        self.widths = [
            *(float(column.width) for column in self.locked),
            *(float(_WIDTHS[field.control]) for field in self.fields),
        ]
        self.first_open = 1 + len(self.locked)
        self.book = Book(
            {
                "title": f"{exchange.title}. {exchange.plan.title}",
                "subject": f"Utbytesfil för {exchange.party.name}",
                "category": "Utbytesfil",
                "comments": "Fylls i och skickas tillbaka. Läses in i Samverkan.",
            },
            created=exchange.made_at.date(),
        )

    def write(self) -> bytes:
        sheet = self.book.add("Uppföljning" if self.exchange.round else "Åtaganden", INK)
        sheet.paper(self.exchange.plan.title, self.exchange.title)
        head = self._write_head(sheet)
        last = self._write_rows(sheet, head + 1)
        for place, field in enumerate(self.fields, start=self.first_open):
            self._validate(sheet, field, head + 1, last, place)
        sheet.worksheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.worksheet.print_area(0, 1, last, len(self.names) - 1)
        sheet.worksheet.protect("", _MAY)
        rest = self.book.add_rest()
        rest.sheet.worksheet.protect("", _MAY)
        self._write_hidden(self.book.add(SHEET, GREY))
        rest.fill()
        return self.book.content()

    def _write_head(self, sheet: Sheet) -> int:
        """What the file is and how it is filled in; the row that the headings of the table are in."""
        exchange = self.exchange
        last = 1
        while last < len(self.widths) and sum(self.widths[:last]) < HEAD_WIDTH:
            last += 1
        lines = [
            (exchange.title, "title"),
            (f"{exchange.party.name}. {_about(exchange)}", "text"),
            (_guide(exchange), "text"),
        ]
        if exchange.round and exchange.round.questions:
            lines.append((f"Frågor: {exchange.round.questions}", "label"))
        above: float = 0
        for row, (text, style) in enumerate(lines):
            sheet.across(row, 1, row, last, text, style)
            size = 18 if style == "title" else 10
            high = min(height([(text, sum(self.widths[:last]))], size) + 2, TALLEST)
            sheet.worksheet.set_row(row, high)
            above += high
        for column, name in enumerate(self.names):
            sheet.put(len(lines), column, f"{MARK}{name}", "line")
        sheet.worksheet.set_row(len(lines), None, None, {"hidden": True})
        head = len(lines) + 1
        for column, (heading, width) in enumerate(
            zip(self.headings, self.widths, strict=True), start=1
        ):
            sheet.worksheet.set_column(column, column, width)
            sheet.put(head, column, heading, "head")
        high = height(zip(self.headings, self.widths, strict=True)) + 6
        sheet.worksheet.set_row(head, high)
        sheet.worksheet.repeat_rows(head)
        sheet.worksheet.freeze_panes(head + 1 if above < ROOM_ABOVE else 0, 2)
        return head

    def _write_rows(self, sheet: Sheet, row: int) -> int:
        """The last row that was written."""
        for area, rows in groupby(self.exchange.rows, key=lambda one: one.area):
            sheet.put(row, 0, BAND, "line")
            for column in range(1, len(self.names)):
                sheet.put(row, column, area if column == 1 else None, "band")
            sheet.worksheet.set_row(row, 21)
            row += 1
            for one in rows:
                self._write_row(sheet, row, one)
                row += 1
        if not self.exchange.rows:
            sheet.put(row, 0, BAND, "line")
            sheet.put(row, 1, "Parten har inga åtaganden att svara om.", "line")
            row += 1
        return row - 1

    def _write_row(self, sheet: Sheet, row: int, one: ExchangeRow) -> None:
        said: list[tuple[Cell, str]] = [
            (getattr(one, column.name), "key" if column.name == "number" else "cell")
            for column in self.locked
        ]
        said += [(_cell(field, one.values.get(field.name, "")), "open") for field in self.fields]
        sheet.put(row, 0, str(one.action), "line")
        for column, (cell, style) in enumerate(said, start=1):
            sheet.put(row, column, cell, style)
        texts = [f"{cell or ''}" for cell, _ in said]
        high = height(zip(texts, self.widths, strict=True))
        sheet.worksheet.set_row(row, max(LOWEST, min(high, TALLEST)))

    def _validate(self, sheet: Sheet, field: OpenField, row: int, last: int, column: int) -> None:
        if rule := _rule(field):
            what = {"error_type": "stop", "error_title": "Det går inte att läsa in"}
            sheet.worksheet.data_validation(row, column, last, column, what | rule)

    def _write_hidden(self, sheet: Sheet) -> None:
        sheet.put(
            0, 0, "Uppgifter som Samverkan läser när filen kommer tillbaka. Ändra inte.", "line"
        )
        for row, piece in enumerate(packed(self.exchange), start=1):
            sheet.put(row, 0, piece, "line")
        sheet.worksheet.protect("", _MAY)
        sheet.worksheet.hide()


def _about(exchange: Exchange) -> str:
    plan = f"{exchange.plan.title}, revision {exchange.plan.revision}"
    if exchange.round is None:
        return f"{plan}."
    return f"{plan}. Svara senast {exchange.round.due_date}."


def _guide(exchange: Exchange) -> str:
    what = "vad som har gjorts" if exchange.round else "vad ni åtar er"
    has_lists = any(field.choices for field in exchange.open_fields)
    said = [
        f"Fyll i de gula rutorna med {what}. Det andra är låst.",
        "Välj ord ur listan där det finns en." if has_lists else "",
        "Bara det som du ändrar läses in; det du inte rör blir som det är.",
        "Skriv roller, inte namn på personer.",
        f"Spara filen som .xlsx och skicka den till {exchange.send_to}.",
    ]
    return " ".join(filter(None, said))


def _cell(field: OpenField, typed: str) -> Cell:
    if typed and field.control == Control.NUMBER:
        return int(typed)
    if typed and field.control == Control.DATE:
        return field.value.write(field.value.read(typed))
    return field.words(typed)


def _rule(field: OpenField) -> dict[str, Any]:
    """What may be filled in; a text may be any."""
    if field.choices:
        return {
            "validate": "list",
            "source": list(field.choices.values()),
            "error_message": "Välj ett av orden i listan, eller lämna rutan tom.",
        }
    if field.control == Control.NUMBER:
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": field.most,
            "error_message": "Skriv ett helt tal, 0 eller mer, till exempel 12. Eller lämna rutan tom.",
        }
    if field.control == Control.DATE:
        return {
            "validate": "date",
            "criteria": ">=",
            "value": _FIRST_DAY,
            "error_message": "Skriv ett datum, till exempel 2025-01-31. Eller lämna rutan tom.",
        }
    return {}
