"""What the year cycle says of the reports that are written here."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from lagesbild.models import Report
from plans.vocabulary import Moment, PlanState
from plans.year import Do, Kept, Known, ReportFact, State, year_of
from samverkan.organisation.vocabulary import Role
from tests.access.personas import Door
from tests.factories import a_decision, a_member, settle

DRAFT, CONSULTATION, DECIDED, CLOSED = PlanState
CREATE = {Moment.REPORT: "/ny-lagesbild/"}


def a_report(year=2026, moment=Moment.REPORT, **fields):
    fields.setdefault("state", DECIDED)
    if fields["state"] == DECIDED:
        fields.setdefault("decided_on", date(year, 1, 20))
    return ReportFact(moment, year, f"Lägesbilden för {year}", **fields)


def step_of(*reports, today, year=2026, moment=Moment.REPORT, **known):
    facts: dict[str, Any] = {"create_report_urls": CREATE, "keeps": True} | known
    steps = year_of(Known(year=year, today=today, reports=reports, **facts))
    return next(step for step in steps if step.moment == moment)


# The rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("of_year", [2025, 2026])
def test_a_decided_one_of_the_year_or_in_it_is_done_and_nobody_has_to_note_it(of_year):
    report = a_report(of_year, decided_on=date(2026, 1, 20), url="/lagesbild/")
    step = step_of(report, today=date(2026, 5, 1))
    assert (step.state, step.do, step.url) == (State.DONE, None, "/lagesbild/")
    assert step.why == f"Lägesbilden för {of_year} är beslutad 20 januari 2026."
    assert not step.may_be_marked


def test_one_that_is_being_written_is_under_way_and_then_late():
    draft = a_report(state=DRAFT, do=Do.WRITE_REPORT, do_url="/skriv/")
    step = step_of(draft, today=date(2026, 1, 10))
    assert (step.state, step.do, step.url) == (State.UNDER_WAY, Do.WRITE_REPORT, "/skriv/")
    sent = a_report(state=CONSULTATION, reply_by=date(2026, 2, 10))
    step = step_of(sent, today=date(2026, 2, 3))
    assert step.state == State.LATE
    assert step.why == (
        "Lägesbilden för 2026 är på samråd, med svar senast 10 februari 2026. "
        "Den skulle ha varit beslutad senast 31 januari 2026."
    )


@pytest.mark.parametrize(
    ("decided_on", "today", "state", "day"),
    [
        (date(2025, 2, 10), date(2026, 11, 1), State.NOTHING, date(2026, 1, 31)),
        (date(2024, 12, 10), date(2026, 3, 1), State.NOT_YET, date(2026, 12, 10)),
        (date(2024, 12, 10), date(2026, 12, 1), State.DUE, date(2026, 12, 10)),
        (date(2024, 12, 10), date(2026, 12, 11), State.LATE, date(2026, 12, 10)),
        (date(2023, 12, 14), date(2026, 1, 2), State.LATE, date(2026, 1, 31)),
    ],
)
def test_the_newest_decided_one_serves_for_the_two_years_of_the_law(decided_on, today, state, day):
    older = a_report(2021, decided_on=date(2021, 1, 20))
    step = step_of(older, a_report(decided_on.year, decided_on=decided_on), today=today)
    assert (step.state, step.day) == (state, day)
    assert "minst vartannat år" in step.why
    assert ("är äldre än två år" in step.why) == (state == State.LATE)
    is_asked_for = state in (State.DUE, State.LATE)
    assert (step.do, step.url) == (
        (Do.CREATE_REPORT, "/ny-lagesbild/") if is_asked_for else (None, "")
    )


def test_what_was_made_elsewhere_and_noted_serves_too():
    old = a_report(2020)
    today = date(2026, 5, 1)
    assert step_of(old, today=today, reported_last_year=True).state == State.NOTHING
    noted = {Moment.REPORT: Kept(date(2026, 1, 31), is_done=True)}
    assert step_of(old, today=today, kept=noted).state == State.DONE


def test_where_no_report_is_written_here_it_is_noted_as_before():
    step = step_of(today=date(2026, 5, 1))
    assert (step.state, step.do) == (State.LATE, Do.MARK)


def test_a_status_report_is_done_when_it_is_decided():
    status = {"moment": Moment.STATUS_REPORT}
    before, now = a_report(2025, **status), a_report(2026, **status)
    late = step_of(before, today=date(2026, 11, 3), create_report_urls={}, **status)
    assert (late.state, late.do) == (State.LATE, Do.MARK)
    assert step_of(before, now, today=date(2026, 11, 3), **status).state == State.DONE
    assert step_of(now, today=date(2026, 11, 3)).state == State.LATE  # it is no lägesbild


# The page and the start page ----------------------------------------------------------------------


@pytest.fixture
def door(db):
    return Door(CONSULTATION)


def page(client, door, who, year=2025):
    client.force_login(door.person(who))
    return client.get(reverse("year-cycle", args=[door.district.slug, year]))


def turns(response):
    return {step.do for step in response.context["waiting"] if step.moment == Moment.REPORT}


@pytest.mark.parametrize(
    ("who", "do"),
    [
        ("chef polis", {Do.APPROVE_REPORT}),
        ("kommunpolis", {Do.READ_REPORT}),
        ("samordnare", set()),
        ("stadsledning", set()),
    ],
)
def test_each_is_told_what_is_hers_to_do_with_the_report(door, client, who, do):
    assert door.report
    assert turns(page(client, door, who)) == do


def test_a_draft_is_not_told_of_to_those_who_may_not_read_it(door, client):
    said = "Lägesbilden för 2025 är på samråd"
    assert door.report
    assert said in page(client, door, "samordnare").text
    assert said not in page(client, door, "läsare").text
    assert said not in page(client, door, "bidragsgivare utan åtagande").text


def test_the_decided_one_is_told_of_to_all(door, client):
    settle(door.report, DECIDED)
    a_decision(door.report)
    for who in ("läsare", "samordnare"):
        assert "Lägesbilden för 2025 är beslutad 20 januari 2025." in page(client, door, who).text


def test_the_start_page_asks_for_a_new_one_when_two_years_have_passed(door, client):
    year = timezone.localdate().year
    Report.objects.filter(pk=door.report.pk).update(year=year - 3)
    settle(door.report, DECIDED)
    a_decision(Report.objects.get(pk=door.report.pk), decided_on=date(year - 3, 1, 2))
    client.force_login(a_member(Role.COORDINATOR, door.district))
    start = client.get(reverse("start")).text
    assert "Lägesbild: skapa den" in start
    assert "är äldre än två år" in start
    assert f"ny-lagesbild/?slag=lagesbild&amp;ar={year}" in start
