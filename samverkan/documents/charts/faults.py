"""Why a table cannot be drawn as a chart, in a sentence that says what to do instead."""

from enum import Enum

from samverkan.documents.charts.columns import Columns
from samverkan.documents.charts.looks import FILLS
from samverkan.documents.charts.moments import moment_of
from samverkan.documents.charts.tabled import Tabled, said
from samverkan.text import shortened

MOST_SERIES = len(FILLS)
MOST_ROWS = 40  # bars that lie down on a page
MOST_TIMES = 120
PAPER_WIDTH = 640


class Drawn(Enum):
    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"


def fault_of(tabled: Tabled, drawn: Drawn) -> str:
    """Nothing, where it can."""
    if not tabled.measured:
        return "Tabellen har inga värden att rita. Fyll i minst ett."
    if len(tabled.series) > MOST_SERIES:
        return (
            f"Diagrammet har {len(tabled.series)} serier, och fler än {MOST_SERIES} går inte att skilja "
            f"åt. Dela upp i flera figurer, eller välj högst {MOST_SERIES} serier."
        )
    if twice := _twice(tabled):
        return f"”{twice}” står två gånger bland rubrikerna. Ta bort den ena, eller ge den ett annat namn."
    if drawn == Drawn.LINES:
        return _fault_of_lines(tabled)
    if drawn == Drawn.STACKED and (below := _below_nought(tabled)):
        return (
            f"Staplar som läggs på varandra kan inte visa värden under noll ({below}). "
            "Välj grupperade staplar i stället."
        )
    if _is_too_long(tabled, drawn == Drawn.STACKED):
        return (
            "Diagrammet får fler staplar än det finns plats för på en sida. Dela upp i flera "
            "figurer, eller visa figuren som tabell."
        )
    return ""


def _fault_of_lines(tabled: Tabled) -> str:
    if not tabled.moments:
        other = next((label for label in tabled.labels if not moment_of(label)), "")
        why = f"”{shortened(other, 40)}” är ingen tid" if other else "tiderna är av olika slag"
        return f"En linje visar hur något ändras över tid, men {why}. Stapeldiagram passar bättre."
    if len(tabled.labels) == 1:
        return (
            "En enda tid ger ingen linje. Välj stapeldiagram, eller lägg till fler år i tabellen."
        )
    if len(tabled.slots) > MOST_TIMES:
        return (
            f"Linjen går över {len(tabled.slots)} tider, och fler än {MOST_TIMES} går inte att läsa "
            "av. Välj en kortare tid, eller visa hela år."
        )
    return ""


def _twice(tabled: Tabled) -> str:
    """A time that stands in two rows: each would be drawn over the other."""
    if not tabled.moments:
        return ""
    seen = set()
    for label, moment in zip(tabled.labels, tabled.moments, strict=True):
        if moment in seen:
            return label
        seen.add(moment)
    return ""


def _below_nought(tabled: Tabled) -> str:
    for series in tabled.series:
        for label, value in zip(tabled.labels, series.values, strict=True):
            if value is not None and value < 0:
                return f"{shortened(series.name, 40)}, {shortened(label, 40)}: {said(value, tabled.unit)}"
    return ""


def _is_too_long(tabled: Tabled, is_stacked: bool) -> bool:
    bars = len(tabled.slots) * (1 if is_stacked else len(tabled.series))
    return bars > MOST_ROWS and not Columns("", tabled, PAPER_WIDTH, is_stacked).fit
