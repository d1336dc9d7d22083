"""When meetings are, and how many are to have been held by a day."""

from datetime import date

import pytest

from plans.timing.understanding import understand


def meetings(often: str, year: int = 2025, **said):
    understood = understand(
        "", often, period_start=date(year, 1, 1), period_end=date(year, 12, 31), **said
    )
    assert understood.meetings
    return understood.meetings


def days_of(often: str, year: int = 2025, **said) -> list[str]:
    found = meetings(often, year, **said).dates(date(year, 1, 1), date(year, 12, 31))
    return [str(day) for day in found]


def test_the_last_tuesday_of_every_month_but_july_is_eleven_days():
    assert days_of("11 gånger/år – sista tisdagen i månaden utom juli") == [
        "2025-01-28",
        "2025-02-25",
        "2025-03-25",
        "2025-04-29",
        "2025-05-27",
        "2025-06-24",
        "2025-08-26",
        "2025-09-30",
        "2025-10-28",
        "2025-11-25",
        "2025-12-30",
    ]


def test_the_twenty_ninth_of_february_is_a_day_in_a_leap_year():
    assert "2024-02-29" in days_of("Sista torsdagen i månaden", 2024)
    assert "2025-02-27" in days_of("Sista torsdagen i månaden", 2025)


def test_there_is_a_fifth_friday_in_some_months_only():
    assert days_of("Femte fredagen i månaden") == [
        "2025-01-31",
        "2025-05-30",
        "2025-08-29",
        "2025-10-31",
    ]


def test_a_year_with_fifty_three_weeks_has_two_odd_weeks_in_a_row():
    odd = days_of("Tisdagar udda veckor", 2026)
    assert len(odd) == 26
    assert odd[-1] == "2026-12-29"  # week 53
    of_two_years = meetings("Tisdagar udda veckor", 2026).dates(
        date(2026, 12, 20), date(2027, 1, 10)
    )
    assert [str(day) for day in of_two_years] == ["2026-12-29", "2027-01-05"]
    even = days_of("Tisdagar jämna veckor", 2026)
    assert (len(even), even[0], even[-1]) == (26, "2026-01-06", "2026-12-22")


def test_every_other_tuesday_has_days_when_it_is_known_where_it_begins():
    assert days_of("Varannan tisdag") == []
    assert days_of("Varannan tisdag", starts_on=date(2025, 1, 8))[:3] == [
        "2025-01-14",
        "2025-01-28",
        "2025-02-11",
    ]
    # Asked for from March on, it is the same Tuesdays.
    from_march = meetings("Varannan tisdag från 14 januari").dates(
        date(2025, 3, 1), date(2025, 3, 31)
    )
    assert [day.day for day in from_march] == [11, 25]


def test_two_days_every_other_week_are_in_the_same_weeks():
    found = days_of("Varannan vecka, måndagar och onsdagar", starts_on=date(2025, 1, 14))
    assert found[:3] == ["2025-01-15", "2025-01-27", "2025-01-29"]


def test_a_number_that_does_not_agree_with_the_days_leaves_the_days_unsaid():
    assert days_of("1 gång/vecka, tisdagar och torsdagar") == []
    assert meetings("1 gång/vecka, tisdagar och torsdagar").in_a_year == 52
    assert len(days_of("Varje vecka, tisdagar och torsdagar")) == 104


def test_two_days_a_week_stand_in_order():
    assert days_of("Tisdagar och torsdagar")[:4] == [
        "2025-01-02",
        "2025-01-07",
        "2025-01-09",
        "2025-01-14",
    ]


def test_the_months_of_a_weekday_can_be_listed():
    assert days_of("Första måndagen i feb, maj, sep och nov") == [
        "2025-02-03",
        "2025-05-05",
        "2025-09-01",
        "2025-11-03",
    ]
    assert days_of("Sista tisdagen i varje kvartal") == [
        "2025-03-25",
        "2025-06-24",
        "2025-09-30",
        "2025-12-30",
    ]


@pytest.mark.parametrize(
    "often", ["1 gång per månad", "2 ggr/år", "Varannan vecka", "3 möten", "feb, maj och nov"]
)
def test_no_day_is_made_up_from_a_frequency(often):
    assert not meetings(often).says_dates
    assert days_of(often) == []


@pytest.mark.parametrize(
    ("often", "until", "planned"),
    [
        ("Sista tisdagen i månaden utom juli", "2025-08-31", 7),
        ("1 gång per månad", "2025-04-30", 4),
        ("1 gång per månad", "2025-04-15", 3),  # April's may still come
        ("1 gång per månad utom juli", "2025-08-31", 7),
        ("1 gång per månad", "2025-01-15", None),
        ("2 gånger per termin", "2025-08-31", 2),
        ("2 gånger per termin", "2025-04-30", None),
        ("1 gång per tertial", "2025-08-31", 2),
        ("1 gång per kvartal", "2025-08-31", 2),
        ("2 ggr/år", "2025-08-31", None),
        ("2 ggr/år", "2026-12-31", 4),
        ("Varannan vecka", "2025-04-30", 8),
        ("Tre möten", "2025-04-30", None),
        ("Tre möten", "2025-12-31", 3),
        ("Tre möten under våren", "2025-08-31", 3),
        ("Vartannat år", "2026-12-31", 1),
    ],
)
def test_how_many_are_to_have_been_held_by_a_day(often, until, planned):
    assert meetings(often).planned(date(2025, 1, 1), date.fromisoformat(until)) == planned


def test_a_unit_counts_when_at_least_half_of_it_is_left():
    by_term = meetings("2 gånger per termin")
    assert by_term.planned(date(2025, 1, 15), date(2025, 12, 31)) == 4
    assert by_term.planned(date(2025, 5, 1), date(2025, 12, 31)) == 2


def test_there_are_none_before_it_begins():
    from_march = meetings("Varje vecka från 1 mars")
    assert from_march.planned(date(2025, 1, 1), date(2025, 2, 28)) == 0
