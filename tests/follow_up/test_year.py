"""Årshjulet: what comes round every year, when, how it stands with it, and whose turn it is."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from plans.models import YearDate
from plans.services import year as services
from plans.services.rounds import Words, close_round, open_round
from plans.timing import phrasing
from plans.vocabulary import Moment, PlanState, RoundKind
from plans.waiting_year import waiting_in_year
from plans.wheel import wheel
from plans.year import (
    AgreementFact,
    Do,
    Kept,
    Known,
    PlanFact,
    RoundFact,
    State,
    waiting,
    year_of,
)
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_decision,
    a_district,
    a_member,
    a_plan,
    administration_of,
    an_action,
    an_agreement,
    police_of,
    settle,
)
from tests.test_query_counts import ask

SVG = "{http://www.w3.org/2000/svg}"


def a_decided(start=date(2026, 1, 1), end=date(2026, 12, 31), **fields):
    fields.setdefault("decided_on", start)
    fields.setdefault("period", str(start.year))
    return PlanFact(start, end, PlanState.DECIDED, **fields)


def a_draft(start=date(2026, 1, 1), end=date(2026, 12, 31), **fields):
    return PlanFact(start, end, fields.pop("state", PlanState.DRAFT), "2026", **fields)


def a_round(kind=RoundKind.T1, **fields):
    fields.setdefault("reporting_date", date(2026, 4, 30))
    fields.setdefault("due_date", date(2026, 5, 12))
    return RoundFact(kind, "Tertial 1 2026", **fields)


def step_of(moment, today, year=2026, **known):
    steps = year_of(Known(year=year, today=today, **known))
    return next(step for step in steps if step.moment == moment)


# When ---------------------------------------------------------------------------------------------


def test_the_usual_days_are_those_of_the_tertials_and_of_custom():
    days = {step.moment: step.day for step in year_of(Known(year=2026, today=date(2026, 1, 1)))}
    assert days == {
        Moment.REPORT: date(2026, 1, 31),
        Moment.PRIORITIES: date(2026, 2, 28),
        Moment.PLAN: date(2026, 3, 31),
        Moment.T1: date(2026, 4, 30),
        Moment.T2: date(2026, 8, 31),
        Moment.STATUS_REPORT: date(2026, 10, 31),
        Moment.VB: date(2026, 12, 31),
        Moment.AGREEMENT: None,  # there is none
    }


def test_a_round_has_its_own_date_and_the_samordnare_her_own_day():
    opened = a_round(reporting_date=date(2026, 4, 15), is_open=True)
    kept = {Moment.T2: Kept(date(2026, 9, 15)), Moment.T1: Kept(date(2026, 4, 2))}
    known = {"plans": [a_decided()], "rounds": [opened], "kept": kept, "keeps": True}
    assert step_of(Moment.T1, date(2026, 4, 1), **known).day == date(2026, 4, 15)
    assert not step_of(Moment.T1, date(2026, 4, 1), **known).may_be_moved
    assert step_of(Moment.T2, date(2026, 4, 1), **known).day == date(2026, 9, 15)


# What the samordnare says -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 8, 1), State.NOT_YET),
        (date(2026, 10, 1), State.DUE),
        (date(2026, 10, 31), State.DUE),
        (date(2026, 11, 1), State.LATE),
        (date(2027, 3, 1), State.LATE),
        (date(2027, 6, 1), State.UNKNOWN),  # the year is long over: nobody knows
    ],
)
def test_what_is_marked_by_hand_goes_by_its_day(today, state):
    assert step_of(Moment.STATUS_REPORT, today).state == state
    done = {Moment.STATUS_REPORT: Kept(date(2026, 10, 31), is_done=True)}
    assert step_of(Moment.STATUS_REPORT, today, kept=done).state == State.DONE


def test_the_lagesbild_is_asked_for_every_year_but_late_only_every_second():
    after = date(2026, 3, 1)
    late = step_of(Moment.REPORT, after)
    assert (late.state, "2023:196" in late.why) == (State.LATE, True)
    last_year = step_of(Moment.REPORT, after, reported_last_year=True)
    assert last_year.state == State.NOTHING
    assert "Gjordes 2025" in last_year.why


# The plan -----------------------------------------------------------------------------------------


def test_a_decided_plan_is_done_and_its_priorities_with_it():
    decided = a_decided(decided_on=date(2026, 1, 20))
    plan = step_of(Moment.PLAN, date(2026, 6, 1), plans=[decided], keeps=True)
    assert (plan.state, plan.why) == (
        State.DONE,
        "Planen för 2026 är beslutad 20 januari 2026.",
    )
    assert not plan.may_be_marked
    chosen = step_of(Moment.PRIORITIES, date(2026, 6, 1), plans=[decided], keeps=True)
    assert (chosen.state, chosen.may_be_marked) == (State.DONE, False)


def test_a_plan_of_two_years_is_done_in_the_second_until_the_law_asks_for_another():
    def second_year(decided_on, *more):
        plan = a_decided(
            date(2025, 1, 1), date(2026, 12, 31), decided_on=decided_on, period="2025–2026"
        )
        return step_of(Moment.PLAN, date(2026, 12, 15), plans=[plan, *more])

    assert second_year(date(2025, 1, 20)).state == State.DONE
    early = second_year(date(2024, 12, 10))
    assert (early.state, early.day) == (State.LATE, date(2026, 12, 10))
    assert "vartannat år" in early.why
    newer = a_decided(date(2027, 1, 1), date(2027, 12, 31), decided_on=date(2026, 12, 1))
    assert second_year(date(2024, 12, 10), newer).state == State.DONE


def test_a_plan_of_a_quarter_says_until_when_it_holds():
    quarter = a_decided(end=date(2026, 3, 31), period="2026-01-01 – 2026-03-31")

    def plan(today, *more):
        return step_of(Moment.PLAN, today, plans=[quarter, *more])

    assert plan(date(2026, 2, 1)).state == State.NOT_YET
    assert plan(date(2026, 3, 15)).state == State.DUE
    gone = plan(date(2026, 4, 2))
    assert gone.state == State.LATE
    assert "gäller till och med 31 mars 2026. Ingen plan är beslutad för tiden" in gone.why
    rest = a_decided(date(2026, 4, 1), date(2026, 12, 31))
    assert plan(date(2026, 4, 2), rest).state == State.DONE
    # And no round is asked for where no plan holds.
    t1 = step_of(Moment.T1, date(2026, 5, 30), plans=[quarter])
    assert (t1.state, t1.why) == (State.NOTHING, "Ingen plan gäller 30 april 2026.")


def test_a_draft_is_under_way_until_its_day():
    draft = a_draft(do=Do.WRITE)
    step = step_of(Moment.PLAN, date(2026, 3, 1), plans=[draft])
    assert (step.state, step.do) == (State.UNDER_WAY, Do.WRITE)
    assert step_of(Moment.PLAN, date(2026, 4, 1), plans=[draft]).state == State.LATE
    t1 = step_of(Moment.T1, date(2026, 5, 30), plans=[draft])
    assert t1.state == State.NOTHING
    assert "inte beslutad än" in t1.why


def test_an_empty_district_is_told_what_is_missing_and_nothing_more():
    steps = {
        step.moment: step
        for step in year_of(Known(year=2026, today=date(2026, 5, 1), create_url="/ny/"))
    }
    assert (steps[Moment.PLAN].state, steps[Moment.PLAN].do) == (State.LATE, Do.CREATE)
    assert steps[Moment.T1].state == State.NOTHING
    assert steps[Moment.AGREEMENT].state == State.NOTHING


def test_a_merged_district_is_asked_for_nothing_afterwards():
    known = {"ends": date(2026, 6, 30), "became": "Järva", "plans": [a_decided()]}
    t2 = step_of(Moment.T2, date(2026, 9, 5), **known)
    assert (t2.state, t2.why) == (
        State.NOTHING,
        "Området upphörde 30 juni 2026 och gick upp i Järva.",
    )
    assert step_of(Moment.T1, date(2026, 4, 20), **known).state == State.DUE
    new = {"begins": date(2026, 7, 1)}
    assert step_of(Moment.REPORT, date(2026, 7, 5), **new).state == State.NOTHING


def the_year_in_november(**known):
    return year_of(Known(year=2026, today=date(2026, 11, 22), **known))


QUARTER = a_decided(end=date(2026, 3, 31), period="januari till mars 2026")
OLD = a_decided(date(2024, 1, 1), date(2026, 12, 31), decided_on=date(2024, 1, 20))


@pytest.mark.parametrize(
    ("known", "moment", "missing", "since"),
    [
        ({}, Moment.REPORT, "Ingen har antecknat att det är klart", date(2026, 1, 31)),
        ({}, Moment.STATUS_REPORT, "Ingen har antecknat att det är klart", date(2026, 10, 31)),
        ({}, Moment.PLAN, "Ingen plan för 2026 är beslutad", date(2026, 3, 31)),
        ({"plans": [a_draft()]}, Moment.PLAN, "är ett utkast", date(2026, 3, 31)),
        ({"plans": [QUARTER]}, Moment.PLAN, "för tiden därefter", date(2026, 3, 31)),
        ({"plans": [OLD]}, Moment.PLAN, "minst vartannat år", date(2026, 1, 20)),
        ({"plans": [a_decided()]}, Moment.T1, "är inte öppnad", date(2026, 4, 30)),
        ({"rounds": [a_round(is_open=True)]}, Moment.T1, "är inte stängd", date(2026, 5, 12)),
        ({"agreement": AgreementFact(date(2024, 5, 1))}, Moment.AGREEMENT, "Två år sedan",
         date(2026, 5, 1)),
    ],
)  # fmt: skip
def test_what_is_late_says_what_is_missing_and_since_when(known, moment, missing, since):
    step = next(one for one in the_year_in_november(**known) if one.moment == moment)
    assert step.state == State.LATE
    assert missing in step.why
    assert phrasing.day(since) in step.why


# The rounds ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "rounds", "state"),
    [
        (date(2026, 3, 1), [], State.NOT_YET),
        (date(2026, 4, 15), [], State.DUE),
        (date(2026, 5, 12), [], State.DUE),  # there is time to answer
        (date(2026, 5, 13), [], State.LATE),
        (date(2026, 5, 12), [a_round(is_open=True)], State.UNDER_WAY),
        (date(2026, 5, 13), [a_round(is_open=True)], State.LATE),
        (date(2028, 1, 1), [a_round(is_open=True)], State.LATE),  # it is known to be open
        (date(2026, 5, 13), [a_round(closed_on=date(2026, 5, 10))], State.DONE),
        (date(2028, 1, 1), [], State.UNKNOWN),
    ],
)
def test_a_round_is_due_open_late_or_done(today, rounds, state):
    assert step_of(Moment.T1, today, plans=[a_decided()], rounds=rounds).state == state


def test_a_round_of_ones_own_stands_there_too():
    own = a_round(RoundKind.OWN, is_open=True)
    steps = year_of(Known(year=2026, today=date(2026, 5, 1), rounds=[own]))
    assert "Tertial 1 2026" in [step.name for step in steps if step.moment is None]


# The agreement ------------------------------------------------------------------------------------


def test_the_agreement_is_reviewed_when_it_says_or_every_second_year():
    def review(year, **agreement):
        fact = AgreementFact(date(2022, 5, 1), **agreement)
        return step_of(Moment.AGREEMENT, date(year, 1, 2), year=year, agreement=fact)

    assert review(2026).day == date(2026, 5, 1)
    assert review(2027).state == State.NOTHING
    assert "1 maj 2028" in review(2027).why
    assert review(2027, next_review=date(2027, 9, 1)).day == date(2027, 9, 1)
    assert review(2027, ends=date(2027, 3, 31)).day == date(2027, 3, 31)


# Whose turn ---------------------------------------------------------------------------------------


def test_what_is_late_comes_first_of_what_waits_for_me():
    steps = year_of(
        Known(
            year=2026,
            today=date(2026, 5, 13),
            plans=[a_decided(open_url="/oppna/")],
            rounds=[a_round(is_open=True, left=2, answer_url="/mina/")],
            kept={Moment.STATUS_REPORT: Kept(date(2026, 5, 20))},
            keeps=True,
        )
    )
    assert [(step.moment, step.do) for step in waiting(steps)] == [
        (Moment.REPORT, Do.MARK),
        (Moment.T1, Do.ANSWER),
        (Moment.STATUS_REPORT, Do.MARK),
    ]


@pytest.fixture
def place(db):
    district = a_district()
    an_agreement(district, next_review=timezone.localdate() + timedelta(days=9000))
    return district


def the_page(client, user, place, year):
    client.force_login(user)
    return client.get(reverse("year-cycle", args=[place.slug, year]))


def turns(response):
    return [step.do for step in response.context["waiting"]]


def a_round_in(place, year, opener):
    plan = a_plan(place, year)
    an_action(plan, administration_of(place), police_of(place))
    settle(plan)
    a_decision(plan)
    today = timezone.localdate()
    words = Words(RoundKind.T1, "Tertial 1", date(year, 4, 30), today + timedelta(days=5))
    return plan, open_round(actor=opener, plan=plan, words=words)


def test_the_party_answers_and_the_samordnare_closes(client, place):
    year = timezone.localdate().year
    anna = a_member(Role.COORDINATOR, place)
    plan, round_ = a_round_in(place, year, anna)
    polis = a_member(Role.EDITOR, place, police_of(place))
    assert Do.ANSWER in turns(the_page(client, polis, place, year))
    reader = the_page(client, a_member(Role.READER, place), place, year)
    assert turns(reader) == []
    close_round(actor=anna, plan=plan, round_=round_)
    closed = the_page(client, polis, place, year)
    assert turns(closed) == []
    t1 = next(step for step in closed.context["steps"] if step.moment == Moment.T1)
    assert t1.state == State.DONE


def test_a_chef_approves_what_is_on_consultation(client, place):
    year = timezone.localdate().year
    settle(a_plan(place, year), PlanState.CONSULTATION)
    chef = a_member(Role.MANAGER, place, police_of(place))
    assert turns(the_page(client, chef, place, year)) == [Do.APPROVE]
    assert Do.APPROVE not in turns(the_page(client, a_member(Role.COORDINATOR, place), place, year))


def test_a_draft_is_not_told_of_to_those_who_may_not_read_it(client, place):
    a_plan(place, 2099)
    said = the_page(client, a_member(Role.READER, place), place, 2099).content.decode()
    assert "utkast" not in said
    said = the_page(client, a_member(Role.COORDINATOR, place), place, 2099).content.decode()
    assert "utkast" in said


def test_the_samordnare_moves_a_day_and_notes_what_is_done(client, place):
    anna = a_member(Role.COORDINATOR, place)
    client.force_login(anna)
    address = reverse("year-moment", args=[place.slug, 2026, "lagesbild"])
    assert client.get(address).status_code == 200
    client.post(address, {"day": "2025-11-15", "is_done": "on"})
    kept = YearDate.objects.get(district=place)
    assert (kept.day, kept.is_done) == (date(2025, 11, 15), True)
    assert Entry.objects.filter(kind="year-kept", actor=anna).exists()
    page = the_page(client, anna, place, 2026)
    report = next(step for step in page.context["steps"] if step.moment == Moment.REPORT)
    assert (report.state, report.day) == (State.DONE, date(2025, 11, 15))
    client.post(address, {"aterstall": "1"})
    assert not YearDate.objects.exists()


def test_what_the_plans_know_is_never_marked_by_hand(place):
    anna = a_member(Role.COORDINATOR, place)
    keep = {"actor": anna, "district": place, "year": 2026, "day": date(2026, 3, 1)}
    with pytest.raises(ValidationError, match="blir klar av sig själv"):
        services.keep(**keep, moment=Moment.PLAN, is_done=True)
    services.keep(**keep, moment=Moment.PLAN, is_done=False)
    polis = a_member(Role.EDITOR, place, police_of(place))
    with pytest.raises(PermissionDenied, match="Bara samordnaren"):
        services.keep(**keep | {"actor": polis}, moment=Moment.REPORT, is_done=True)


@pytest.mark.parametrize("year", [1999, 2101, 99999])
def test_a_year_out_of_this_world_is_not_there(client, place, year):
    assert the_page(client, a_member(Role.READER, place), place, year).status_code == 404


MOST = 15


def test_the_page_asks_as_few_questions_of_ten_years_as_of_one(client, place):
    anna = a_member(Role.COORDINATOR, place)
    a_round_in(place, 2026, anna)
    address = reverse("year-cycle", args=[place.slug, 2026])
    one = ask(client, anna, address)
    for year in range(2015, 2025):
        settle(a_plan(place, year))
    a_plan(place, 2025)
    assert ask(client, anna, address) == one <= MOST


# The wheel ----------------------------------------------------------------------------------------


def drawn(today=date(2026, 6, 1), **known):
    steps = year_of(Known(year=2026, today=today, **known))
    return ElementTree.fromstring(wheel(steps, 2026, today))  # noqa: S314 - our own


def test_the_wheel_says_in_words_what_it_shows():
    svg = drawn(plans=[a_decided()])
    title = svg.find(f"{SVG}title").text
    assert title.startswith("Årshjul 2026. ")
    assert "Åtgärdsplan 31 mar, klart" in title
    words = [text.text for text in svg.iter(f"{SVG}text")]
    assert {"jan", "dec", "i dag", "Åtgärdsplan", "Tertial 1"} <= set(words)


def test_no_two_names_stand_on_each_other_however_close_the_days_are():
    kept = {moment: Kept(date(2026, 12, 1)) for moment in Moment}
    svg = drawn(kept=kept, plans=[a_decided()])
    names = [text for text in svg.iter(f"{SVG}text") if text.get("class") == "name"]
    heights = sorted(float(text.get("y")) for text in names)
    assert len(heights) == len(Moment)
    assert all(lower - upper >= 40 for upper, lower in zip(heights, heights[1:], strict=False))
    assert 0 < heights[0] < heights[-1] < float(svg.get("viewBox").split()[3])


# Among what waits for me on the start page --------------------------------------------------------


def year_tasks(user, today):
    user.__dict__.pop("standing", None)
    return [task.what for task in waiting_in_year(user, today)]


def test_what_the_year_asks_of_the_samordnare_waits_on_the_start_page(place):
    anna = a_member(Role.COORDINATOR, place)
    assert year_tasks(anna, date(2026, 5, 2)) == [
        "Lägesbild: anteckna att det är klart",
        "Prioriteringar: anteckna att det är klart",
        "Åtgärdsplan: skapa planen",
    ]
    plan = settle(a_plan(place, 2026))
    a_decision(plan)
    tasks = waiting_in_year(anna, date(2026, 5, 2))
    opens = next(task for task in tasks if task.step.do == Do.OPEN)
    assert opens.what == "Uppföljning tertial 1: öppna uppföljningen"
    assert opens.url == reverse("round-open", args=[place.slug, plan.pk]) + "?slag=T1"
    police = police_of(place)
    for other in (a_member(Role.EDITOR, place, police), a_member(Role.READER, place)):
        assert year_tasks(other, date(2026, 5, 2)) == []


def test_what_waits_by_itself_is_not_said_twice(place):
    """A draft to write and a round to answer or close stand there as tasks of their own."""
    year = timezone.localdate().year
    anna = a_member(Role.COORDINATOR, place, administration_of(place))
    a_round_in(place, year, anna)
    asked_for = {task.step.do for task in waiting_in_year(anna, timezone.localdate())}
    assert asked_for <= {Do.MARK, Do.OPEN}


def test_last_years_is_asked_for_in_january_and_not_in_may(place):
    anna = a_member(Role.COORDINATOR, place)
    a_decision(settle(a_plan(place, 2026)))
    last = [(t.year, t.what) for t in waiting_in_year(anna, date(2027, 1, 20))]
    assert (2026, "Uppföljning verksamhetsberättelse: öppna uppföljningen") in last
    assert {t.year for t in waiting_in_year(anna, date(2027, 5, 1))} == {2027}


def test_the_start_page_shows_what_the_year_asks_with_its_reason(client, place):
    year = timezone.localdate().year
    late = timezone.localdate() - timedelta(days=3)
    YearDate.objects.create(district=place, year=year, moment=Moment.STATUS_REPORT, day=late)
    client.force_login(a_member(Role.COORDINATOR, place))

    page = client.get(reverse("start")).content.decode()

    assert "Statusrapport: anteckna att det är klart" in page
    assert f"Det skulle ha varit klart senast {phrasing.day(late)}." in page
    assert f'href="{reverse("year-moment", args=[place.slug, year, "statusrapport"])}"' in page
