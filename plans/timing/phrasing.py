"""How what was understood is said, in plain Swedish."""

from collections.abc import Iterable
from datetime import date

from plans.timing.months import ALL_MONTHS, MONTHS, WEEKDAYS
from plans.timing.recurrence import Recurrence, Unit
from plans.vocabulary import TimingKind

_RANKS = {
    1: "första",
    2: "andra",
    3: "tredje",
    4: "fjärde",
    5: "femte",
    -1: "sista",
    -2: "näst sista",
}
_NEUTER = {
    Unit.QUARTER,
    Unit.TERTIAL,
    Unit.HALF_YEAR,
    Unit.SCHOOL_YEAR,
    Unit.YEAR,
}


def day(when: date) -> str:
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} och {last}" if first else last


def times(number: int) -> str:
    return f"{number} gång" if number == 1 else f"{number} gånger"


def sentence(parts: Iterable[str]) -> str:
    whole = "; ".join(part for part in parts if part)
    return whole[:1].upper() + whole[1:]


def limits(starts: date | None, ends: date | None) -> str:
    if starts and ends:
        whole_years = (starts.month, starts.day, ends.month, ends.day) == (1, 1, 12, 31)
        if whole_years and starts.year == ends.year:
            return f"under {starts.year}"
        if whole_years:
            return f"under {starts.year}–{ends.year}"
        return f"från {day(starts)} till och med {day(ends)}"
    if starts:
        return f"från {day(starts)}"
    return f"till och med {day(ends)}" if ends else ""


def time(kind: TimingKind | None, starts: date | None, ends: date | None) -> str:
    if kind is None:
        return ""
    if kind is TimingKind.DATE:
        if ends is None:
            return "klart ett visst datum som inte är angivet"
        start = f", från {day(starts)}" if starts else ""
        return f"klart senast {day(ends)}{start}"
    said = limits(starts, ends)
    if kind is TimingKind.PERIOD:
        return said if ends else f"{said or 'under en tid'}, utan slutdatum"
    return ", ".join([kind.label, said if ends else f"{said}, utan slutdatum".lstrip(", ")])


def frequency(recurrence: Recurrence) -> str:
    """ "11 gånger per år, sista tisdagen i månaden utom juli"."""
    if recurrence.weekdays:
        in_a_year = recurrence.in_a_year if recurrence.ranks else None
        number = f"{times(in_a_year)} per år, " if in_a_year else ""
        return number + _days(recurrence) + _months(recurrence)
    if recurrence.per is Unit.MONTH and len(recurrence.months) < 8:  # feb, maj, sep och nov
        return f"{times(recurrence.in_a_year or 0)} per år,{_months(recurrence)}"
    number = times(recurrence.times)
    if recurrence.at_most:
        number = f"{recurrence.times}–{times(recurrence.at_most)}"
    if recurrence.is_at_least:
        number = f"minst {number}"
    return number + _per(recurrence) + _months(recurrence)


def _per(recurrence: Recurrence) -> str:
    if recurrence.per is None:
        return ""
    unit = recurrence.per.value
    if recurrence.week_parity is not None:
        return f" i {_parity(recurrence.week_parity)} veckor"
    if recurrence.every == 1:
        return f" per {unit}"
    if recurrence.every == 2:
        return f" {'vartannat' if recurrence.per in _NEUTER else 'varannan'} {unit}"
    each = "vart" if recurrence.per in _NEUTER else "var"
    return f" {each} {_rank(recurrence.every)} {unit}"


def _rank(number: int) -> str:
    return _RANKS.get(number) or f"{number}:{'a' if number % 10 in (1, 2) else 'e'}"


def _parity(week_parity: int) -> str:
    return "udda" if week_parity else "jämna"


def _days(recurrence: Recurrence) -> str:
    names = [WEEKDAYS[at] for at in recurrence.weekdays]
    if recurrence.ranks:
        ranks = listed(_rank(at) for at in recurrence.ranks)
        return f"{ranks} {listed(f'{name}en' for name in names)}"
    if recurrence.week_parity is not None:
        return f"{listed(f'{name}ar' for name in names)} i {_parity(recurrence.week_parity)} veckor"
    if recurrence.every == 1:
        return f"varje {listed(names)}"
    each = "varannan" if recurrence.every == 2 else f"var {_rank(recurrence.every)}"
    return f"{each} {listed(names)}"


def _months(recurrence: Recurrence) -> str:
    """I månaden utom juli; i februari, maj och november."""
    without = ALL_MONTHS - recurrence.months
    if len(without) >= 5:
        return f" i {_named(recurrence.months)}"
    exceptions = f" utom {_named(without)}" if without else ""
    return f" i månaden{exceptions}" if recurrence.ranks else exceptions


def _named(months: frozenset[int]) -> str:
    return listed(MONTHS[at - 1] for at in sorted(months))
