"""What of a table is drawn, and which way: years along the chart, one unit, names of their own."""

from collections.abc import Sequence
from dataclasses import replace

from lagesbild.pasted.asking import Asking, Choice
from lagesbild.pasted.grid import Grid, Name, words_of
from lagesbild.pasted.headings import year_of
from lagesbild.pasted.numbers import Value
from lagesbild.pasted.separated import NotATable
from samverkan.documents.charts import MOST_SERIES as DRAWABLE
from samverkan.documents.charts.moments import moment_of, moments_of
from samverkan.documents.charts.tabled import is_percent
from samverkan.text import list_of, shortened

MOST_LABELS, MOST_SERIES, LONGEST = 200, 40, 300


def with_years(grid: Grid[Value], asking: Asking) -> Grid[Value]:
    """ "2 021" in the place of a name is a year that a spreadsheet took for a number."""
    for names in (grid.down, grid.across):
        years = [year_of(name.words) for name in names]
        spaced = next(
            (name.words for name, y in zip(names, years, strict=True) if y not in ("", name.words)),
            "",
        )
        if not spaced or not all(years):
            continue
        answer = asking.ask(
            "years",
            f"Är ”{spaced}” bland rubrikerna ett år eller ett tal?",
            (Choice("year", f"Året {year_of(spaced)}"), Choice("number", f"Talet {spaced}")),
            "year",
        )
        if answer == "year":
            named = tuple(replace(name, words=y) for name, y in zip(names, years, strict=True))
            is_down = names is grid.down
            grid = replace(grid, down=named) if is_down else replace(grid, across=named)
    return grid


def the_right_way(grid: Grid[Value], asking: Asking) -> Grid[Value]:
    """What stands along the chart stands down the table. Years do, unless they become too many series."""
    down, across = words_of(grid.down), words_of(grid.across)
    years_down, years_across = moments_of(down), moments_of(across)
    if len(across) < 2 or years_down or (len(down) == 1 and not years_across):
        return grid
    turns = bool(years_across) and not (len(down) > DRAWABLE >= 3 >= len(across))
    choices = (
        Choice("rows", f"Längs diagrammet: {_some(down)}. Serier: {_some(across)}"),
        Choice("columns", f"Längs diagrammet: {_some(across)}. Serier: {_some(down)}"),
    )
    if len(down) == 1 and "way" not in asking.answers:
        answer = "columns"  # a single row of years
    else:
        answer = asking.ask(
            "way",
            "Vad ska stå längs diagrammet, och vad ska vara serier?",
            choices,
            "columns" if turns else "rows",
        )
    if answer == "rows":
        return grid
    asking.say("Tabellen är vänd: kolumnerna har blivit rader.")
    is_in_years = years_across is not None and years_across[0].parts == 1
    return grid.turned("År" if is_in_years else "")


def _some(words: Sequence[str]) -> str:
    shown = [shortened(word, 30) for word in words[:3]]
    return ", ".join(shown) + (" …" if len(words) > len(shown) else "")


def of_one_unit(grid: Grid[Value], asking: Asking) -> tuple[Grid[Value], list[str]]:
    """Shares and numbers have no scale in common. With the unit of each series that is left."""
    units = [
        _unit_of(name.words, column) for name, column in zip(grid.across, grid.columns, strict=True)
    ]
    shares = [unit == "%" for unit in units]
    if any(shares) and not all(shares):
        answer = asking.ask(
            "units",
            f"Tabellen blandar andelar i procent ({_named(grid, shares)}) med annat "
            f"({_named(grid, [not share for share in shares])}). Vad ska ritas?",
            (
                Choice("numbers", "Det som inte är procent"),
                Choice("shares", "Andelarna"),
                Choice("all", "Allt"),
            ),
            "shares" if shares[0] else "numbers",
        )
        if answer != "all":
            kept = [share == (answer == "shares") for share in shares]
            asking.say(f"Med i figuren: {_named(grid, kept)}.")
            grid = grid.only_across(kept)
            units = [unit for unit, is_kept in zip(units, kept, strict=True) if is_kept]
    return grid, units


def _unit_of(name: str, column: Sequence[Value]) -> str:
    said = {value.unit for value in column if value.unit}
    if "%" in said or any(is_percent(word) for word in name.replace("(", " ").split()):
        return "%"
    return said.pop() if len(said) == 1 else ""


def _named(grid: Grid[Value], which: Sequence[bool]) -> str:
    names = [name.words for name, chosen in zip(grid.across, which, strict=True) if chosen]
    return list_of(f"”{shortened(name, 40)}”" for name in names)


def named(grid: Grid[Value], asking: Asking) -> Grid[Value]:
    """Every row and column has a name, and no two the same."""
    shares = all(
        value.unit == "%" for row in grid.rows for value in row if value.number is not None
    )
    nameless = [name for name in grid.across if not name.words]
    alone = ("Andel" if shares else "Antal") if len(grid.across) == 1 else ""
    across = [
        replace(name, words=name.words or alone or f"Serie {place}")
        for place, name in enumerate(grid.across, start=1)
    ]
    if nameless:
        made = list_of(
            f"”{name.words}”"
            for name, before in zip(across, grid.across, strict=True)
            if not before.words
        )
        asking.say(f"{made} hade ingen rubrik. Skriv en egen.")
    down = [replace(name, words=name.words or name.where.capitalize()) for name in grid.down]
    for name, before in zip(down, grid.down, strict=True):
        if not before.words:
            asking.say(f"{name.where.capitalize()} hade ingen rubrik. Skriv en egen.")
    return replace(grid, across=_apart(across, asking), down=_apart(down, asking))


def _apart(names: list[Name], asking: Asking) -> tuple[Name, ...]:
    """A second "Övrigt" is called "Övrigt (2)"; a second 2021 is a mistake."""
    given = {name.words for name in names}
    seen: dict[str, Name] = {}
    apart = []
    for name in names:
        if len(name.words) > LONGEST:
            raise NotATable(
                f"Rubriken ”{shortened(name.words, 40)}” är längre än {LONGEST} tecken. Korta den."
            )
        words = name.words
        if words in seen and moment_of(words):
            raise NotATable(
                f"”{words}” står två gånger, i {seen[words].where} och i {name.where}. "
                "Ta bort den ena, eller skriv vad som skiljer dem."
            )
        copy = 2
        while words in seen or (words != name.words and words in given):
            words, copy = f"{name.words} ({copy})", copy + 1
        if words != name.words:
            asking.say(f"”{name.words}” står flera gånger. En av dem heter nu ”{words}”.")
        seen[words] = name
        apart.append(replace(name, words=words))
    return tuple(apart)


def refuse_too_much(grid: Grid[Value]) -> None:
    """Or too little."""
    if all(value.number is None for row in grid.rows for value in row):
        raise NotATable("Tabellen har inga tal. Kopiera också cellerna med tal.")
    if len(grid.down) > MOST_LABELS:
        raise NotATable(
            f"Tabellen har {len(grid.down)} rader; en figur kan ha högst {MOST_LABELS}. Ta med dem som "
            "figuren handlar om, eller räkna ihop till exempel månader till år."
        )
    if len(grid.across) > MOST_SERIES:
        raise NotATable(
            f"Tabellen har {len(grid.across)} serier; en figur kan ha högst {MOST_SERIES}. Dela upp den i "
            "flera figurer."
        )
