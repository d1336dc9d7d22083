"""A cell of a pasted table: a number, a place where nothing was measured, or a word.

Whether a point or a comma stands before decimals or between thousands is seen on the whole table,
and where it cannot be seen somebody is asked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

MISSING = "–"
_MISSING = {
    *("", "-", "–", "—", "−", ".", "..", "...", "…", "n/a", "na", "#n/a"),
    *("saknas", "uppgift saknas", "uppgifter saknas", "ingen uppgift", "ej mätt", "mättes ej"),
}
_EXCEL_FAULT = re.compile(r"#[A-ZÅÄÖ/0-9]+[!?]?", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<sign>[+\-−–‑]?)\s?(?P<body>\d[\d\s.,]*)(?P<unit>%|procent|kronor|kr|tkr|mkr|st)?\s?\**",
    re.IGNORECASE,
)
_UNITS = {"procent": "%", "kronor": "kr"}


class Mark(Enum):
    """What a point or a comma stands before."""

    DECIMALS = "decimaler"
    THOUSANDS = "tusental"


@dataclass(frozen=True)
class Marks:
    point: Mark = Mark.DECIMALS
    comma: Mark = Mark.DECIMALS


def is_missing(cell: str) -> bool:
    return cell.casefold() in _MISSING or is_excel_fault(cell)


def is_excel_fault(cell: str) -> bool:
    """#DIVISION/0!, #SAKNAS!: Excel found no number either."""
    return bool(_EXCEL_FAULT.fullmatch(cell))


def is_number(cell: str) -> bool:
    """Whether it is meant as one. It may still be written so that it cannot be read."""
    return bool(_NUMBER.fullmatch(cell))


def unit_in(cell: str) -> str:
    found = _NUMBER.fullmatch(cell)
    unit = (found["unit"] or "").lower() if found else ""
    return _UNITS.get(unit, unit)


def number_in(cell: str, marks: Marks) -> Decimal | None:
    """None where it cannot be read."""
    found = _NUMBER.fullmatch(cell)
    if not found:
        return None
    between, before = r"\s", ""
    for letter, mark in ((".", marks.point), (",", marks.comma)):
        if mark is Mark.THOUSANDS:
            between += letter
        else:
            before += letter
    decimals = rf"(?:[{before}](?P<decimals>\d+))?" if before else "(?P<decimals>)"
    grouped = rf"\d{{1,3}}(?P<between>[{between}])\d{{3}}(?:(?P=between)\d{{3}})*"
    whole = re.fullmatch(rf"(?P<whole>{grouped}|\d+){decimals}", found["body"].strip())
    if not whole:
        return None
    digits = re.sub(r"\D", "", whole["whole"])
    number = Decimal(f"{digits}.{whole['decimals'] or 0}")
    return -number if found["sign"] not in ("", "+") else number


def mark_of(letter: str, cells: Iterable[str]) -> Mark | None:
    """What the letter must mean in them; None where "1.234" may be either."""
    other = "," if letter == "." else "."
    may_be_either = False
    for cell in cells:
        found = _NUMBER.fullmatch(cell)
        body = re.sub(r"\s", "", found["body"]) if found else ""
        if letter not in body:
            continue
        if body.count(letter) > 1 or re.search(rf"\{letter}\d+\{other}", body):
            return Mark.THOUSANDS
        if re.fullmatch(rf"[1-9]\d{{0,2}}\{letter}\d{{3}}", body):
            may_be_either = True
        else:
            return Mark.DECIMALS
    return None if may_be_either else Mark.DECIMALS
