"""Sums that stand among what they are sums of: drawn beside it they would dwarf it."""

import re
from collections.abc import Sequence
from decimal import Decimal

from lagesbild.pasted.asking import Asking, Choice
from lagesbild.pasted.grid import Grid
from lagesbild.pasted.numbers import Value
from samverkan.documents.charts.tabled import said
from samverkan.text import list_of

_TOTAL = re.compile(
    r"(totalt?|total(a|en|summa)|summa|delsumma|samtliga|alla|inalles)"
    r"( (antal|alla|områden|brott|år)\b.*)?:?( \(\d+\))?",
    re.IGNORECASE,
)


def is_total(words: str) -> bool:
    return bool(_TOTAL.fullmatch(words))


def without_totals(grid: Grid[Value], asking: Asking) -> Grid[Value]:
    down = [not is_total(name.words) for name in grid.down]
    across = [not is_total(name.words) for name in grid.across]
    down = down if any(down) else [True] * len(down)
    across = across if any(across) else [True] * len(across)
    found = [
        name.words
        for names, kept in ((grid.down, down), (grid.across, across))
        for name, is_kept in zip(names, kept, strict=True)
        if not is_kept
    ]
    if not found:
        return grid
    words = list_of(f"”{word}”" for word in dict.fromkeys(found))
    answer = asking.ask(
        "totals",
        f"Tabellen har en summa, {words}. Ska den ritas bredvid det som den är en summa av?",
        (Choice("without", "Nej, utan summan"), Choice("with", "Ja, ta med summan")),
        "without",
    )
    if answer == "with":
        return grid
    asking.say(f"{words} är en summa och är inte med.")
    _compare(grid.only_across(across), down, asking)
    _compare(grid.only_down(down).turned(), across, asking)
    return grid.only_down(down).only_across(across)


def _compare(grid: Grid[Value], kept: Sequence[bool], asking: Asking) -> None:
    """Says it where a sum is not the sum. Shares have none: what is said of all is their mean."""
    if sum(not is_kept for is_kept in kept) != 1:
        return
    total = kept.index(False)
    for name, column in zip(grid.across, grid.columns, strict=True):
        numbers = [value.number for value, is_kept in zip(column, kept, strict=True) if is_kept]
        given = column[total]
        if given.number is None or None in numbers or given.unit == "%":
            continue
        counted = sum((number for number in numbers if number is not None), Decimal(0))
        if counted != given.number:
            asking.say(
                f"Summan stämmer inte för {name.words}: tabellen säger {said(given.number)}, men det "
                f"blir {said(counted)}."
            )
            return
