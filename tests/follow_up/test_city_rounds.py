"""The city's form for a round: which one it suggests, and in which plans it says it will open."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import FollowUpRound
from plans.round_forms import next_round
from plans.vocabulary import PlanState, RoundKind
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_decision,
    a_district,
    a_member,
    a_municipality,
    a_plan,
    a_round,
    settle,
)

T1, T2, VB = RoundKind.T1, RoundKind.T2, RoundKind.VB
TODAY = date(2026, 11, 22)


def a_year(year: int, until: int = 0):
    return SimpleNamespace(start=date(year, 1, 1), end=date(until or year, 12, 31))


@pytest.mark.parametrize(
    ("periods", "there", "today", "suggested"),
    [
        ([a_year(2026)], [], date(2026, 4, 20), (T1, date(2026, 4, 30))),
        ([a_year(2026)], [], TODAY, (VB, date(2026, 12, 31))),
        ([a_year(2026)], [(VB, 2026)], TODAY, (T2, date(2026, 8, 31))),
        # Last year's, in January; and no plan of this year's is decided yet.
        ([a_year(2026)], [(T1, 2026), (T2, 2026)], date(2027, 1, 8), (VB, date(2026, 12, 31))),
        # The plan in force begins after T1 of this year has been.
        ([SimpleNamespace(start=date(2026, 7, 1), end=date(2027, 6, 30))], [], date(2026, 5, 2),
         (T2, date(2026, 8, 31))),
        ([a_year(2026, 2027)], [(VB, 2026)], date(2027, 2, 1), (T1, date(2027, 4, 30))),
        # All are there: one of one's own.
        ([a_year(2026)], [(T1, 2026), (T2, 2026), (VB, 2026)], TODAY,
         (RoundKind.OWN, date(2026, 12, 31))),
        # The last plan in force is so old that nobody is asked about it any more.
        ([a_year(2022)], [], TODAY, (RoundKind.OWN, date(2026, 12, 31))),
        # A quarter in which no tertial ends.
        ([SimpleNamespace(start=date(2026, 1, 1), end=date(2026, 3, 31))], [], date(2026, 2, 1),
         (RoundKind.OWN, date(2026, 3, 31))),
    ],
)  # fmt: skip
def test_the_round_nearest_in_time_that_a_plan_covers_is_suggested(
    periods, there, today, suggested
):
    assert next_round([(period, there) for period in periods], today) == suggested


def test_the_kind_that_was_chosen_is_suggested_for_a_day_that_a_plan_covers():
    after = date(2027, 2, 1)
    assert next_round([(a_year(2026), [])], after, T1) == (T1, date(2026, 4, 30))
    assert next_round([], TODAY, T1) == (T1, date(2026, 4, 30))


def test_what_one_plan_has_by_itself_is_suggested_where_another_has_it_not():
    assert next_round([(a_year(2026), [(VB, 2026)]), (a_year(2026), [])], TODAY)[0] == VB


pages = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year


def a_decided(name: str, year: int = THIS_YEAR):
    plan = settle(a_plan(a_district(name), year))
    a_decision(plan)
    return plan


@pytest.fixture
def city(client, db):
    client.force_login(a_member(Role.CITY))
    return reverse("city-rounds", args=[a_municipality().slug])


def typed(**other):
    last = timezone.localdate() + timedelta(10)
    said = {"kind": "VB", "name": "VB", "reporting_date": f"{THIS_YEAR}-12-31", "due_date": last}
    return said | other


def test_the_city_sees_before_she_opens_in_which_plans_and_why_not_in_the_others(client, city):
    opens = a_decided("Almby")
    a_round(opens, name="En annan")
    a_decided("Björkby", THIS_YEAR - 5)
    a_plan(a_district("Cederby"), THIS_YEAR)
    settle(a_plan(a_district("Dalby"), THIS_YEAR), PlanState.CLOSED, in_force=True)
    a_round(a_decided("Ekeby"), name=f"{VB.label} {THIS_YEAR}", kind=VB)

    page = client.get(f"{city}?slag=VB").content.decode()

    before = page[: page.index("Öppna i alla planer")]
    opened, not_opened = before.split("Öppnas inte i")
    assert "Almby" in opened.split("Öppnas i 1 plan")[1]
    for district, why in (
        ("Björkby", f"planen som gäller är för {THIS_YEAR - 5}"),
        ("Cederby", "ingen plan gäller"),
        ("Dalby", "planen är avslutad"),
        ("Ekeby", "har redan en uppföljning som heter så"),
    ):
        assert why in not_opened.split(district)[1].split("</li>")[0]


def test_it_opens_in_no_other_plan_than_those_that_were_said(client, city):
    """She changes the day in the form: the list that stood there was about another day."""
    this, later = a_decided("Almby"), a_decided("Björkby", THIS_YEAR + 5)
    said = client.get(f"{city}?slag=VB").context["reach"].seen

    other_day = typed(reporting_date=f"{THIS_YEAR + 5}-12-31")
    page = client.post(city, other_day | {"seen": said})

    assert not FollowUpRound.objects.exists()
    words = page.content.decode()
    assert "Läs listan och tryck igen" in words
    assert "Björkby" in words.split("Öppnas i 1 plan")[1].split("Öppnas inte i")[0]
    client.post(city, other_day | {"seen": page.context["reach"].seen})
    assert later.period.rounds.get().city_round
    assert not this.period.rounds.exists()


def test_a_city_in_which_no_plan_is_in_force_is_told_so_and_asked_for_nothing(client, city):
    a_plan(a_district("Cederby"), THIS_YEAR)

    page = client.get(city).content.decode()

    assert "Ingen plan i staden gäller än" in page
    assert "Öppna i alla planer" not in page
