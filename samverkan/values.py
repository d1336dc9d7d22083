"""How a value of a document is written for a person, in a cell or in words, and what she may have written
there instead."""

import re
import types
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

import msgspec
from django.db.models import Choices
from django.utils.timezone import is_naive, make_aware

from samverkan import numbers
from samverkan.text import clean, clean_line

# What a library gives of a cell: what we write there, and what Excel makes of what is typed.
Cell = Any
YES, NO = "Ja", "Nej"


class Unreadable(ValueError):
    """What stands there is not what belongs there; says what does."""


def as_text(cell: Cell) -> str:
    """What a person wrote where a text belongs; Excel may have taken it for a number or a date."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


class Value:
    """A type of the format, as it stands in a cell; text is itself."""

    choices: tuple[str, ...] = ()

    def write(self, value: Any) -> Cell:
        return value

    def read(self, cell: Cell) -> Any:
        return as_text(cell)


class _YesNo(Value):
    choices = (YES, NO)

    def write(self, value: bool) -> Cell:
        return YES if value else NO

    def read(self, cell: Cell) -> bool:
        said = as_text(cell).strip().casefold()
        if said not in (YES.casefold(), NO.casefold()):
            raise Unreadable(f"skriv {YES} eller {NO}")
        return said == YES.casefold()


class _Chosen(Value):
    def __init__(self, kind: type[Enum]):
        self.words = {
            member: str(member.label if isinstance(member, Choices) else member.value)
            for member in kind
        }
        self.choices = tuple(self.words.values())
        self.members: dict[str, Enum] = {
            said.casefold(): member
            for member, words in self.words.items()
            for said in (str(member.value), words)
        }

    def write(self, value: Enum) -> Cell:
        return self.words[value]

    def read(self, cell: Cell) -> Enum:
        found = self.members.get(as_text(cell).strip().casefold())
        if found is None:
            raise Unreadable(f"välj något av {', '.join(self.choices)}")
        return found


class _Whole(Value):
    def read(self, cell: Cell) -> int:
        number = _Decimal().read(cell)
        if number != int(number):
            raise Unreadable("skriv ett heltal")
        return int(number)


class _Decimal(Value):
    """A number where it comes back as the same digits, else its digits as text."""

    def write(self, value: Decimal) -> Cell:
        number = float(value)
        return number if str(self.read(number)) == str(value) else str(value)

    def read(self, cell: Cell) -> Decimal:
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        said = re.sub(r"\s", "", as_text(cell)).replace(",", ".").replace("−", "-")
        try:
            number = Decimal(said)
        except InvalidOperation:
            raise Unreadable("skriv ett tal") from None
        if not number.is_finite():
            raise Unreadable("skriv ett tal")
        return number


class _Date(Value):
    """A date of the calendar that Excel has; an earlier one as text."""

    def write(self, value: date) -> Cell:
        return value if value.year > 1900 else value.isoformat()

    def read(self, cell: Cell) -> date:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        try:
            return date.fromisoformat(as_text(cell).strip())
        except ValueError:
            raise Unreadable("skriv ett datum, som 2025-01-31") from None


class _Moment(Value):
    def write(self, value: datetime) -> Cell:
        return value.isoformat(" ")

    def read(self, cell: Cell) -> datetime:
        try:
            moment = datetime.fromisoformat(as_text(cell).strip())
        except ValueError:
            raise Unreadable("skriv datum och tid, som 2025-01-31 08:30") from None
        return make_aware(moment) if is_naive(moment) else moment


class Uuid(Value):
    def write(self, value: UUID) -> Cell:
        return str(value)

    def read(self, cell: Cell) -> UUID:
        try:
            return UUID(as_text(cell).strip())
        except ValueError:
            raise Unreadable("den dolda cellen är inte en uuid") from None


class _Lines(Value):
    """Several, one to a line."""

    def __init__(self, item: Value):
        self.item = item

    def write(self, value: tuple) -> Cell:
        return "\n".join(str(self.item.write(one)) for one in value)

    def read(self, cell: Cell) -> tuple:
        return tuple(self.item.read(line) for line in as_text(cell).split("\n") if line.strip())


VALUES: dict[Any, Value] = {
    str: Value(),
    bool: _YesNo(),
    int: _Whole(),
    Decimal: _Decimal(),
    date: _Date(),
    datetime: _Moment(),
    UUID: Uuid(),
}


def bare(kind: Any) -> Any:
    """The type without its limits and without the None that it may be instead."""
    if get_origin(kind) is Annotated:
        return bare(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return bare(next(one for one in get_args(kind) if one is not type(None)))
    return kind


def value_of(kind: Any) -> Value:
    kind = bare(kind)
    if get_origin(kind) is tuple:
        return _Lines(value_of(get_args(kind)[0]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Chosen(kind)
    return VALUES[kind]


# In words, among others of a text ----------------------------------------------------------------


def words_of(value: Any) -> str:
    if isinstance(value, Choices):
        return str(value.label)
    if isinstance(value, Decimal):
        return numbers.swedish(value)
    return "" if value is None else str(value)


def said_by(words: str, kind: Any) -> Any:
    """The value as JSON has it; None, where there are no words. `kind` is the type of the field."""
    if bare(kind) is str:
        return _line(words, kind) if get_origin(kind) is Annotated else clean(words)
    said = clean_line(words)
    return msgspec.to_builtins(value_of(kind).read(said)) if said else None


def _line(words: str, kind: Any) -> str:
    line = clean_line(words)
    for meta in get_args(kind)[1:]:
        if meta.max_length and len(line) > meta.max_length:
            raise Unreadable(f"skriv högst {meta.max_length} tecken")
    return line
