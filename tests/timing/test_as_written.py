"""Every kind of time that is written in the plans we have seen: as written, understood, late or not."""

import json
from datetime import date
from pathlib import Path

import pytest

from plans.timing.standing import Due, standing
from plans.timing.understanding import Understood, understand
from plans.vocabulary import TimingKind

DATE, PERIOD = TimingKind.DATE, TimingKind.PERIOD
RECURRING, ONGOING = TimingKind.RECURRING, TimingKind.ONGOING
ON_DEMAND, LINE_WORK = TimingKind.ON_DEMAND, TimingKind.LINE_WORK
ALWAYS = TimingKind.UNTIL_FURTHER_NOTICE
LATE, SOON, NOT_YET = Due.LATE, Due.SOON, Due.NOT_YET
ENDLESS, UNKNOWN = Due.ENDLESS, Due.UNKNOWN


def read(timing: str, year: int = 2025, often: str = "", **said) -> Understood:
    return understand(
        timing, often, period_start=date(year, 1, 1), period_end=date(year, 12, 31), **said
    )


# As written | the plan's year | kind, first day, last day | how many in the year, how many dated
# | on this day | it is
ROWS = [
    # A day
    ("2025-06-30", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("2022-12-31", 2022, DATE, "", "2022-12-31", None, 0, "2022-12-31", SOON),
    ("20250630", 2025, DATE, "", "2025-06-30", None, 0, "2025-06-30", SOON),
    ("250630", 2025, DATE, "", "2025-06-30", None, 0, "2025-05-30", NOT_YET),
    ("25-06-30", 2025, DATE, "", "2025-06-30", None, 0, "2025-05-31", SOON),
    ("30/6 2025", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("30/6", 2024, DATE, "", "2024-06-30", None, 0, "2024-07-01", LATE),
    ("30.6.2025", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("30 juni", 2025, DATE, "", "2025-06-30", None, 0, "2025-06-30", SOON),
    ("Den 30 juni.", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("30 juni -25", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("torsdag 12 juni", 2025, DATE, "", "2025-06-12", None, 0, "2025-06-13", LATE),
    ("Senast 30 juni 2025", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("Inte senare än 30 juni", 2025, DATE, "", "2025-06-30", None, 0, "2025-06-30", SOON),
    ("före 30 juni", 2025, DATE, "", "2025-06-29", None, 0, "2025-06-29", SOON),
    ("29 februari 2024", 2024, DATE, "", "2024-02-29", None, 0, "2024-03-01", LATE),
    # A week, a month, a season, a quarter
    ("v. 24", 2025, DATE, "", "2025-06-15", None, 0, "2025-06-15", SOON),
    ("Klart vecka 24", 2025, DATE, "", "2025-06-15", None, 0, "2025-06-16", LATE),
    ("v. 53 2026", 2026, DATE, "", "2027-01-03", None, 0, "2027-01-04", LATE),
    ("juni 2020", 2020, DATE, "", "2020-06-30", None, 0, "2020-06-30", SOON),
    ("Klar juni 2020", 2020, DATE, "", "2020-06-30", None, 0, "2020-07-01", LATE),
    ("Klart i oktober 2024", 2024, DATE, "", "2024-10-31", None, 0, "2024-11-01", LATE),
    ("2025-06", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("Slutet av maj", 2025, DATE, "", "2025-05-31", None, 0, "2025-06-01", LATE),
    ("I början av 2025", 2025, DATE, "", "2025-04-30", None, 0, "2025-04-30", SOON),
    ("våren 2020", 2020, DATE, "", "2020-06-30", None, 0, "2020-06-01", SOON),
    ("sommaren", 2025, DATE, "", "2025-08-31", None, 0, "2025-09-01", LATE),
    ("hösten 2025", 2025, DATE, "", "2025-12-31", None, 0, "2025-12-01", SOON),
    ("vintern 2024/2025", 2025, DATE, "", "2025-02-28", None, 0, "2025-03-01", LATE),
    ("HT 2025", 2025, DATE, "", "2025-12-31", None, 0, "2026-01-01", LATE),
    ("vt-25", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("kvartal 2", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("Q2", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("första halvåret", 2025, DATE, "", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("före sommaren", 2025, DATE, "", "2025-05-31", None, 0, "2025-06-01", LATE),
    ("Klart till hösten", 2025, DATE, "", "2025-09-30", None, 0, "2025-09-30", SOON),
    ("Införd till höstterminen 2024", 2024, DATE, "", "2024-08-31", None, 0, "2024-09-01", LATE),
    # The tertials, and the year's end
    ("T1", 2025, DATE, "", "2025-04-30", None, 0, "2025-05-01", LATE),
    ("Klart till T2", 2022, DATE, "", "2022-08-31", None, 0, "2022-08-31", SOON),
    ("VB", 2025, DATE, "", "2025-12-31", None, 0, "2025-12-31", SOON),
    ("T1, T2 och VB", 2025, DATE, "", "2025-12-31", None, 0, "2025-09-01", NOT_YET),
    ("Tertial 1 och 2 2024", 2025, DATE, "", "2024-08-31", None, 0, "2024-09-01", LATE),
    ("Tertial 1-3", 2025, DATE, "", "2025-12-31", None, 0, "2025-05-01", NOT_YET),
    ("Klart till T1 2024", 2024, DATE, "", "2024-04-30", None, 0, "2024-05-01", LATE),
    ("Planen klar till T1 …", 2020, DATE, "", "2020-04-30", None, 0, "2020-05-01", LATE),
    ("Före årsskiftet", 2025, DATE, "", "2025-12-31", None, 0, "2025-12-31", SOON),
    ("Vid årets slut", 2025, DATE, "", "2025-12-31", None, 0, "2026-01-01", LATE),
    ("Etapp 1 klar 30 april, etapp 2 klar 30 september", 2025, DATE, "", "2025-09-30", None, 0, "2025-09-01", SOON),
    ("Startar i mars, klart i juni", 2025, DATE, "2025-03-01", "2025-06-30", None, 0, "2025-07-01", LATE),
    ("Tre trygghetsvandringar klara senast 1 juni", 2025, DATE, "", "2025-06-01", 3, 0, "2025-06-02", LATE),
    # A time in which it goes on
    ("Uppdrag 2020", 2020, PERIOD, "2020-01-01", "2020-12-31", None, 0, "2020-11-30", NOT_YET),
    ("2025", 2025, PERIOD, "2025-01-01", "2025-12-31", None, 0, "2025-12-31", SOON),
    ("Under 2025", 2025, PERIOD, "2025-01-01", "2025-12-31", None, 0, "2026-01-01", LATE),
    ("Under året 2025 kommer vi att ha träffar", 2024, PERIOD, "2025-01-01", "2025-12-31", None, 0, "2025-01-01", NOT_YET),
    ("2025-2026", 2025, PERIOD, "2025-01-01", "2026-12-31", None, 0, "2026-01-01", NOT_YET),
    ("Hela året", 2025, PERIOD, "2025-01-01", "2025-12-31", None, 0, "2025-06-01", NOT_YET),
    ("Under hösten", 2025, PERIOD, "2025-09-01", "2025-12-31", None, 0, "2025-06-01", NOT_YET),
    ("1 mars – 30 juni 2025", 2025, PERIOD, "2025-03-01", "2025-06-30", None, 0, "2025-06-01", SOON),
    ("mars–juni", 2025, PERIOD, "2025-03-01", "2025-06-30", None, 0, "2025-06-01", SOON),
    ("november–februari 2026", 2025, PERIOD, "2025-11-01", "2026-02-28", None, 0, "2025-12-01", NOT_YET),
    ("15 november – 15 februari 2026", 2025, PERIOD, "2025-11-15", "2026-02-15", None, 0, "2025-12-01", NOT_YET),
    ("Läsåret 2024/2025", 2024, PERIOD, "2024-08-01", "2025-06-30", None, 0, "2024-12-31", NOT_YET),
    ("Läsåret 2019/2020 och höstterminen 2020", 2020, PERIOD, "2019-08-01", "2020-12-31", None, 0, "2020-07-01", NOT_YET),
    ("Planen klar till T1, arbetet fortsätter året ut", 2020, PERIOD, "", "2020-12-31", None, 0, "2020-05-01", NOT_YET),
    ("T.o.m. 30 juni 2025", 2025, PERIOD, "", "2025-06-30", None, 0, "2025-06-30", SOON),
    ("Från april 2024", 2024, PERIOD, "2024-04-01", "", None, 0, "2030-01-01", ENDLESS),
    ("2025 och framåt", 2025, PERIOD, "2025-01-01", "", None, 0, "2030-01-01", ENDLESS),
    ("Fr.o.m. 1 september", 2025, PERIOD, "2025-09-01", "", None, 0, "2030-01-01", ENDLESS),
    # No end
    ("Tillsvidare.", 2022, ALWAYS, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Tills vidare från 1 mars", 2022, ALWAYS, "2022-03-01", "", None, 0, "2030-01-01", ENDLESS),
    ("April 2025 – tills vidare", 2025, ALWAYS, "2025-04-01", "", None, 0, "2030-01-01", ENDLESS),
    ("Linjearbete", 2025, LINE_WORK, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Linjearbete: akuta situationer", 2025, LINE_WORK, "", "", None, 0, "2030-01-01", ENDLESS),
    ("I linjeverksamheten", 2025, LINE_WORK, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Ordinarie verksamhet", 2025, LINE_WORK, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Löpande", 2025, ONGOING, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Kontinuerligt", 2025, ONGOING, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Pågående", 2025, ONGOING, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Regelbundet", 2025, ONGOING, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Löpande, T1, T2 och VB", 2025, ONGOING, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Löpande under 2025", 2025, ONGOING, "2025-01-01", "2025-12-31", None, 0, "2030-01-01", ENDLESS),
    ("Klart T1, därefter löpande", 2025, ONGOING, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Vid behov", 2025, ON_DEMAND, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Efter behov", 2025, ON_DEMAND, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Vid behov löpande under året.", 2025, ON_DEMAND, "2025-01-01", "2025-12-31", None, 0, "2030-01-01", ENDLESS),
    # Again and again
    ("2 ggr/år", 2025, RECURRING, "", "", 2, 0, "2030-01-01", ENDLESS),
    ("1 gång/termin", 2025, RECURRING, "", "", 2, 0, "2030-01-01", ENDLESS),
    ("2 gånger/termin", 2025, RECURRING, "", "", 4, 0, "2030-01-01", ENDLESS),
    ("En gång per termin", 2025, RECURRING, "", "", 2, 0, "2030-01-01", ENDLESS),
    ("1 gång per termin samt vid behov.", 2025, RECURRING, "", "", 2, 0, "2030-01-01", ENDLESS),
    ("1-2 gånger per termin", 2025, RECURRING, "", "", 2, 0, "2030-01-01", ENDLESS),
    ("Vid behov, minst 2 ggr/år", 2025, RECURRING, "", "", 2, 0, "2030-01-01", ENDLESS),
    ("2 ggr/veckan, löpande", 2025, RECURRING, "", "", 104, 0, "2030-01-01", ENDLESS),
    ("Fyra gånger per år", 2022, RECURRING, "", "", 4, 0, "2030-01-01", ENDLESS),
    ("Sex gånger per år", 2022, RECURRING, "", "", 6, 0, "2030-01-01", ENDLESS),
    ("Två gånger per år, mörk tid.", 2022, RECURRING, "", "", 2, 0, "2030-01-01", ENDLESS),
    ("1 gång per månad", 2020, RECURRING, "", "", 12, 0, "2030-01-01", ENDLESS),
    ("Månadsvis", 2025, RECURRING, "", "", 12, 0, "2030-01-01", ENDLESS),
    ("3 ggr/tertial", 2025, RECURRING, "", "", 9, 0, "2030-01-01", ENDLESS),
    ("Varje kvartal", 2025, RECURRING, "", "", 4, 0, "2030-01-01", ENDLESS),
    ("En gång per läsår", 2025, RECURRING, "", "", 1, 0, "2030-01-01", ENDLESS),
    ("T1, 2 ggr/år", 2025, RECURRING, "", "", 2, 0, "2030-01-01", ENDLESS),
    ("Årligen", 2025, RECURRING, "", "", 1, 0, "2030-01-01", ENDLESS),
    ("Varje år senast 30 juni", 2025, RECURRING, "", "", 1, 0, "2025-07-01", ENDLESS),
    ("En gång om året, i november", 2025, RECURRING, "", "", 1, 0, "2030-01-01", ENDLESS),
    ("Vår och höst", 2025, RECURRING, "", "", 2, 0, "2030-01-01", ENDLESS),
    ("Två rundor under 2022", 2022, RECURRING, "2022-01-01", "2022-12-31", 2, 0, "2030-01-01", ENDLESS),
    ("Varannan vecka.", 2022, RECURRING, "", "", 26, 0, "2030-01-01", ENDLESS),
    ("Var tredje vecka", 2022, RECURRING, "", "", 17, 0, "2030-01-01", ENDLESS),
    ("Var 6:e vecka", 2025, RECURRING, "", "", 8, 0, "2030-01-01", ENDLESS),
    ("Varje vecka från 1 mars", 2024, RECURRING, "2024-03-01", "", 43, 0, "2030-01-01", ENDLESS),
    ("Varje månad utom juli", 2025, RECURRING, "", "", 11, 0, "2030-01-01", ENDLESS),
    ("1 gång i månaden utom juni–augusti", 2025, RECURRING, "", "", 9, 0, "2030-01-01", ENDLESS),
    ("feb, maj, sep och nov", 2025, RECURRING, "", "", 4, 0, "2030-01-01", ENDLESS),
    ("Varannan tisdag", 2025, RECURRING, "", "", 26, 0, "2030-01-01", ENDLESS),
    ("Varannan tisdag från 14 januari", 2025, RECURRING, "2025-01-14", "", 26, 26, "2030-01-01", ENDLESS),
    ("Varje fredag", 2022, RECURRING, "", "", 52, 52, "2030-01-01", ENDLESS),
    ("Tisdagar jämna veckor", 2025, RECURRING, "", "", 26, 26, "2030-01-01", ENDLESS),
    ("Första och tredje onsdagen i månaden", 2025, RECURRING, "", "", 24, 24, "2030-01-01", ENDLESS),
    ("11 gånger/år – sista tisdagen i månaden utom juli", 2025, RECURRING, "", "", 11, 11, "2030-01-01", ENDLESS),
    ("10 gånger/år – sista tisdagen i månaden utom juli", 2025, RECURRING, "", "", 10, 0, "2030-01-01", ENDLESS),
    ("Sista fredagen i maj", 2025, RECURRING, "", "", 1, 1, "2030-01-01", ENDLESS),
    ("Var annan vecka", 2025, RECURRING, "", "", 26, 0, "2030-01-01", ENDLESS),
    ("15 maj och 15 november varje år", 2025, RECURRING, "", "", 2, 0, "2025-12-01", ENDLESS),
    ("Varje vecka, rapport i december", 2025, RECURRING, "", "", 52, 0, "2030-01-01", ENDLESS),
    ("Varje vecka våren 2025", 2025, RECURRING, "2025-03-01", "2025-06-30", 17, 0, "2030-01-01", ENDLESS),
    ("Femte tisdagen i månaden", 2025, RECURRING, "", "", 4, 4, "2030-01-01", ENDLESS),
    ("Varje fredag utom lov", 2025, RECURRING, "", "", None, 0, "2030-01-01", ENDLESS),
    # Nothing is understood, and nothing is late
    ("", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("Enligt överenskommelse", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("Ej beslutat, juni?", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("Juni 2025?", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("1 juni eller senare", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("2025 –", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("Före 1 januari", 1, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("Efter årets slut", 9999, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("31 februari", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("v. 53 2025", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("Tillsvidare, klart senast 30 juni", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("2025-06-30 – 2025-02-01", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("15 november – 15 februari", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("Under hösten 2025 och våren 2025", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("Styrgrupp 1 gång/månad, arbetsgrupp 2 ggr/termin", 2025, RECURRING, "", "", None, 0, "2030-01-01", ENDLESS),
    ("Pausad 2025. Före pausen: klart senast 2025-06-30", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
    ("Nämnden fattade sitt beslut 2025-01-15 efter samråd med polisen", 2025, None, "", "", None, 0, "2030-01-01", UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "year", "kind", "starts", "ends", "planned", "dated", "day", "due"), ROWS
)
def test_as_written_is_understood_and_late_or_not(
    written, year, kind, starts, ends, planned, dated, day, due
):
    understood = read(written, year)
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = understood.meetings.dates(first, last) if understood.meetings else ()
    assert (
        understood.kind,
        str(understood.starts_on or ""),
        str(understood.ends_on or ""),
        understood.meetings_planned,
        len(days),
    ) == (kind, starts, ends, planned, dated)
    assert standing(understood, None, date.fromisoformat(day)).due == due


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Klar juni 2020", "Klart senast 30 juni 2020"),
        ("Löpande", "Löpande, utan slutdatum"),
        ("Löpande under 2025", "Löpande, under 2025"),
        ("Uppdrag 2020", "Under 2020"),
        ("mars–juni", "Från 1 mars 2025 till och med 30 juni 2025"),
        ("Från april", "Från 1 april 2025, utan slutdatum"),
        (
            "11 gånger/år – sista tisdagen i månaden utom juli",
            "11 gånger per år, sista tisdagen i månaden utom juli",
        ),
        ("Sista fredagen i maj", "1 gång per år, sista fredagen i maj"),
        ("Varje vecka från 1 mars", "1 gång per vecka; från 1 mars 2025"),
        ("feb, maj, sep och nov", "4 gånger per år, i februari, maj, september och november"),
        ("Vid behov, minst 2 ggr/år", "Minst 2 gånger per år"),
        ("1-2 ggr/termin", "1–2 gånger per termin"),
        ("Tisdagar jämna veckor", "Tisdagar i jämna veckor"),
        ("", ""),
        ("Enligt överenskommelse", "Tiden är inte förstådd"),
        ("31 februari", "Tiden är inte förstådd: den finns inte i kalendern"),
        ("Juni?", "Tiden är inte förstådd: texten är osäker"),
        (
            "Tillsvidare, klart senast 30 juni",
            "Tiden är inte förstådd: texten säger emot sig själv",
        ),
        ("Senast 1 juni" + " och" * 200, "Tiden är inte förstådd: texten är för lång"),
    ],
)
def test_it_is_said_in_plain_swedish_how_it_was_understood(written, said):
    assert read(written).words == said


def test_the_meetings_have_a_field_of_their_own_that_comes_first():
    assert read("Tillsvidare", often="Varannan vecka").words == (
        "Tills vidare, utan slutdatum; 1 gång varannan vecka"
    )
    assert read("2 ggr/år", often="Varje månad").meetings_planned == 12
    # The same said twice: the one that says the days is the better.
    both = read("11 gånger/år – sista tisdagen i månaden utom juli", often="Varje månad utom juli")
    assert both.meetings
    assert both.meetings.says_dates
    assert read("Klar juni 2020", 2020, "Tre möten under våren").meetings_planned == 3
    assert read("", often="Varje månad").kind is RECURRING
    assert read("Under 2025", often="Inte bestämt").meetings is None


def test_the_meetings_end_when_the_action_does():
    understood = read("Klart till T2", 2022, "Var tredje vecka")
    assert understood.meetings_planned == 11


def test_what_a_person_has_said_wins_over_the_words():
    assert read("Klart senast 30 juni", ends_on=date(2025, 9, 30)).ends_on == date(2025, 9, 30)
    line_work = read("Klart senast 30 juni", timing_kind=LINE_WORK)
    assert (line_work.kind, line_work.ends_on) == (LINE_WORK, None)
    planned = read("1 gång per termin i varje nav", meetings_planned=8)
    assert planned.meetings_planned == 8
    assert planned.words == "1 gång per termin; 8 möten planerade"
    assert read("Efter överenskommelse", ends_on=date(2025, 9, 30)).kind is DATE
    later = read("Klart senast 30 juni", starts_on=date(2025, 8, 1))
    assert (later.starts_on, later.ends_on) == (date(2025, 8, 1), None)


def test_a_year_that_is_not_written_is_the_last_that_the_plan_reaches():
    def last_day(text, start, end):
        return understand(text, period_start=start, period_end=end).ends_on

    two_years = date(2024, 1, 1), date(2025, 12, 31)
    assert last_day("30 juni", *two_years) == date(2025, 6, 30)
    school_year = date(2024, 7, 1), date(2025, 6, 30)
    assert last_day("30 oktober", *school_year) == date(2024, 10, 30)
    assert last_day("T1", *school_year) == date(2025, 4, 30)


FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "plans").glob("*.json"))


def _actions(found):
    if isinstance(found, dict):
        if found.get("timing") or found.get("meeting_frequency"):
            yield found
        for below in found.values():
            yield from _actions(below)
    elif isinstance(found, list):
        for below in found:
            yield from _actions(below)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_time_in_the_demonstration_is_understood_as_it_was_set_down_by_hand(path):
    plan = json.loads(path.read_text())
    plan = plan.get("document", plan)
    start, end = (date.fromisoformat(plan[key]) for key in ("period_start", "period_end"))
    seen = 0
    for action in _actions(plan):
        seen += 1
        written, often = action.get("timing", ""), action.get("meeting_frequency", "")
        understood = understand(written, often, period_start=start, period_end=end)
        assert understood.kind == action.get("timing_kind"), written
        assert not often or understood.meetings, often
        if understood.kind is DATE:  # never before the day that was set down, nor a month after
            by_hand = date.fromisoformat(action["ends_on"])
            assert understood.ends_on
            assert understood.ends_on >= by_hand, written
            assert understood.ends_on.replace(day=1) == by_hand.replace(day=1), written
    assert seen
