"""How a time was understood is shown and can be put right; what is late by it, and who asks, follows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from plans.models import FollowUpRound, Plan, Understanding
from plans.presentation import PlanView
from plans.services.loading import current_document
from plans.services.rounds import asked_of
from plans.services.understanding import PutRight, put_right, take_back
from plans.timed import Timed
from plans.timing.saying import said_back
from plans.timing.understanding import understand
from plans.vocabulary import Layout, RoundKind, TimingKind
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_decision,
    a_district,
    a_member,
    a_plan,
    administration_of,
    an_action,
    police_of,
    settle,
)
from tests.test_query_counts import ask

TODAY = timezone.localdate()
THIS_YEAR = TODAY.year
GONE = date(THIS_YEAR, 1, 1)  # the first day of the year has always been


@pytest.fixture
def place(db):
    return a_district()


def a_plan_with(place, layout=Layout.CAUSES, answered="", **fields):
    """A decided plan of this year with one action in it."""
    plan = a_plan(place, THIS_YEAR, layout=layout)
    action = an_action(plan, administration_of(place), police_of(place), **fields)
    if answered:
        round_ = FollowUpRound.objects.create(
            period=plan.period,
            kind=RoundKind.OWN,
            name="Delårskoll",
            reporting_date=TODAY,
            due_date=TODAY,
            opened_at=timezone.now(),
        )
        round_.follow_ups.create(action=action.uuid, state=answered)
    settle(plan)
    a_decision(plan)
    return Plan.objects.with_heading().get(pk=plan.pk), action


def read(client, user, plan, page="plan"):
    client.force_login(user)
    response = client.get(reverse(page, args=[plan.district.slug, plan.year]))
    return " ".join(response.content.decode().split())


# Shown --------------------------------------------------------------------------------------------

YEAR: dict[str, Any] = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}


@pytest.mark.parametrize(
    "timing",
    ["", "2025-06-30", "Senast 30 juni 2025", "Klart senast 2025-06-30.", "Löpande", "Linjearbete"],
)
def test_plain_words_are_not_said_once_more(timing):
    assert said_back(timing, "", understand(timing, **YEAR)) == ""


def test_the_number_of_meetings_that_somebody_has_said_is_not_said_once_more():
    understood = understand("1 gång per termin", "", meetings_planned=8, **YEAR)
    assert said_back("1 gång per termin", "", understood) == ""
    said = said_back("Terminsvis", "", understand("Terminsvis", "", meetings_planned=8, **YEAR))
    assert said == "1 gång per termin"


@pytest.mark.parametrize(
    "timing",
    [
        "2 ggr/år",
        "En gång per termin",
        "11 gånger/år – sista tisdagen i månaden utom juli",
    ],
)
def test_another_way_to_write_the_same_is_not_said_once_more(timing):
    assert said_back(timing, "", understand(timing, **YEAR)) == ""


@pytest.mark.parametrize(
    ("timing", "meetings", "words"),
    [
        ("T1", "", "Klart senast 30 april 2025"),
        ("Våren 2025", "", "Klart senast 30 juni 2025"),
        ("Se nedan", "två ggr/år", "2 gånger per år"),
        ("", "Sista tisdagen varje månad, ej juli", "sista tisdagen i månaden utom juli"),
    ],
)
def test_what_is_not_plain_is_said_as_it_was_understood(timing, meetings, words):
    assert words in said_back(timing, meetings, understand(timing, meetings, **YEAR))


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("page", ["plan", "plan-table"])
def test_the_plan_says_how_a_time_was_understood(client, place, layout, page):
    plan, _ = a_plan_with(place, layout, timing="T2", follow_up_plan="Tertialvis")
    client.force_login(reader := a_member(Role.READER, place))
    client.get(reverse(page, args=[place.slug, plan.year]))  # the table leads on to what is chosen
    said = read(client, reader, plan, page)
    assert f"Förstått som: Klart senast 31 augusti {THIS_YEAR}." in said
    assert "Följs upp i T1, T2 och VB." in said
    assert "Rätta" not in said  # she may not
    assert ">Rätta<span" in read(client, a_member(Role.COORDINATOR, place), plan, page)


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("page", ["plan", "plan-table"])
@pytest.mark.parametrize(
    ("timing", "said"),
    [
        (f"Senast 30 april {THIS_YEAR}", f"Förstått som: Klart senast 30 april {THIS_YEAR}."),
        ("", "Ingen tid är angiven."),
    ],
)
def test_who_can_put_it_right_always_sees_what_and_where(client, place, layout, page, timing, said):
    """Also where the words are plain: what is not seen is not put right."""
    plan, action = a_plan_with(place, layout, timing=timing)
    client.force_login(anna := a_member(Role.COORDINATOR, place))
    client.get(reverse(page, args=[place.slug, plan.year]))
    where = reverse("action-understood", args=[place.slug, plan.pk, action.uuid])

    words = read(client, anna, plan, page)

    assert said in words
    assert words.count(f'href="{where}"') == 1
    client.force_login(reader := a_member(Role.READER, place))
    client.get(reverse(page, args=[place.slug, plan.year]))
    assert said not in read(client, reader, plan, page)


@pytest.mark.parametrize("layout", Layout)
def test_where_the_plan_is_written_the_time_says_how_it_is_understood(client, place, layout):
    plan = a_plan(place, THIS_YEAR, layout=layout)
    action = an_action(plan, administration_of(place), timing="T2")
    client.force_login(a_member(Role.COORDINATOR, place))
    line = f"forstatt-{action.uuid}"
    page = b"".join(client.get(reverse("plan-write", args=[place.slug, THIS_YEAR]))).decode()
    said = f"Förstått som: Klart senast 31 augusti {THIS_YEAR}."
    assert f'"{line}">{said}<' in page

    def saved(**typed):
        where = reverse("row", args=[place.slug, plan.pk, "action", action.uuid])
        plan.refresh_from_db()
        typed |= {"seen": plan.version}
        return client.post(where, typed, headers={"Accept": "application/json"}).json()

    told = saved(timing="Kanske i juni eller så?")["pieces"]
    assert "Tiden är inte förstådd" in told[line]
    assert saved(timing=f"Senast 30 april {THIS_YEAR}")["pieces"] == {line: ""}
    assert "pieces" not in saved(name="Ett annat namn")


def test_a_doubt_is_told_to_whoever_can_put_it_right(client, place):
    plan, _ = a_plan_with(place, timing="Kanske i juni eller så?")
    assert "Tiden är inte förstådd" not in read(client, a_member(Role.READER, place), plan)
    assert "Tiden är inte förstådd" in read(client, a_member(Role.COORDINATOR, place), plan)


# Late ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "is_late"),
    [
        ({"timing": f"{GONE}"}, TODAY > GONE),
        ({"timing": f"Senast {date(THIS_YEAR + 1, 6, 30)}"}, False),
        ({"timing": "Löpande"}, False),
        ({"timing": "Linjearbete"}, False),
        ({"timing": "Vid behov"}, False),
        ({"timing": "Tills vidare"}, False),
        ({"timing": "2 ggr/år"}, False),
        ({"timing": f"{GONE}", "answered": "pausad"}, False),
        ({"timing": f"{GONE}", "answered": "inget_behov"}, False),
        ({"timing": f"{GONE}", "answered": "genomford"}, False),
        ({"timing": f"{GONE}", "answered": "pagar"}, TODAY > GONE),
    ],
)
def test_what_is_late_is_said_so_and_nothing_else_is(client, place, fields, is_late):
    plan, _ = a_plan_with(place, **fields)
    assert ("Försenad." in read(client, a_member(Role.READER, place), plan)) is is_late


def test_nothing_is_late_in_a_plan_whose_time_is_over_or_that_is_not_decided(client, place):
    old = a_plan(place, 2019)
    an_action(old, administration_of(place), timing="2019-03-01")
    anna = a_member(Role.COORDINATOR, place)
    assert "Försenad." not in read(client, anna, old)
    settle(old)
    a_decision(old)
    assert "Försenad." not in read(client, anna, old)


# Put right ----------------------------------------------------------------------------------------


def read_of(user, plan, action):
    plan = Plan.objects.with_heading().get(pk=plan.pk)
    view = next(one for one in PlanView(current_document(plan)).actions)
    return Timed(user, plan).of(view)


def test_a_time_that_is_put_right_is_late_by_that_and_by_its_words_again_afterwards(place):
    anna = a_member(Role.COORDINATOR, place)
    plan, action = a_plan_with(place, timing="När det passar")
    assert not read_of(anna, plan, action).late
    yesterday = TODAY - timedelta(days=1)
    put_right(actor=anna, plan=plan, action=action.uuid, said=PutRight("datum", ends_on=yesterday))
    said = read_of(anna, plan, action)
    assert said.is_put_right
    assert "i går" in said.late
    put_right(actor=anna, plan=plan, action=action.uuid, said=PutRight(TimingKind.LINE_WORK))
    assert not read_of(anna, plan, action).late
    take_back(actor=anna, plan=plan, action=action.uuid)
    assert not Understanding.objects.exists()
    kinds = list(Entry.objects.values_list("kind", flat=True))
    assert kinds.count("time-put-right") == 2
    assert kinds.count("time-as-written") == 1


def test_the_rounds_that_ask_are_those_that_were_chosen(place):
    anna = a_member(Role.COORDINATOR, place)
    plan, action = a_plan_with(place, follow_up_plan="Följs upp i T2")
    t1, t2 = (FollowUpRound(period=plan.period, kind=kind) for kind in (RoundKind.T1, RoundKind.T2))
    assert (asked_of(plan, t1), asked_of(plan, t2)) == (set(), {action.uuid})
    put_right(actor=anna, plan=plan, action=action.uuid, said=PutRight(rounds=["T1"]))
    assert (asked_of(plan, t1), asked_of(plan, t2)) == ({action.uuid}, set())
    assert read_of(anna, plan, action).rounds == "Följs upp i T1."
    take_back(actor=anna, plan=plan, action=action.uuid)
    assert (asked_of(plan, t1), asked_of(plan, t2)) == (set(), {action.uuid})


def address(plan, action):
    return reverse("action-understood", args=[plan.district.slug, plan.pk, action.uuid])


def test_the_page_says_back_how_it_reads_what_is_typed(client, place):
    plan, action = a_plan_with(place, timing="Se nedan", follow_up_plan="T2")
    client.force_login(a_member(Role.COORDINATOR, place))
    often = "sista tisdagen i månaden utom juli"
    typed = {"timing_kind": "aterkommande", "meetings": often, "rounds": ["T2"]}
    said = client.post(address(plan, action), typed, follow=True).content.decode()
    assert "Tiden förstås så här: 11 gånger per år, sista tisdagen i månaden utom juli." in said
    assert Understanding.objects.get().rounds is None  # as the words say: no more is kept
    gone = client.post(address(plan, action), {"ta-bort": "1"}, follow=True).content.decode()
    assert "Rättelsen är borttagen" in gone


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"meetings": "när andan faller på"}, "Det går inte att förstå hur ofta det är."),
        ({"starts_on": "2025-05-01", "ends_on": "2025-04-01"}, "sluta innan den börjar"),
        ({"timing_kind": "datum"}, "Välj vilken dag det ska vara klart."),
    ],
)
def test_what_is_not_understood_comes_back_with_one_sentence(client, place, typed, sentence):
    plan, action = a_plan_with(place, timing="Se nedan")
    client.force_login(a_member(Role.COORDINATOR, place))
    assert sentence in client.post(address(plan, action), typed).content.decode()
    assert not Understanding.objects.exists()


def test_nothing_typed_is_no_correction(place):
    plan, action = a_plan_with(place, timing="T1")
    anna = a_member(Role.COORDINATOR, place)
    put_right(actor=anna, plan=plan, action=action.uuid, said=PutRight())
    assert not Understanding.objects.exists()
    with pytest.raises(PermissionDenied):
        put_right(
            actor=a_member(Role.EDITOR, place, police_of(place)),
            plan=plan,
            action=action.uuid,
            said=PutRight(TimingKind.ONGOING),
        )
    with pytest.raises(ValidationError):
        put_right(actor=anna, plan=plan, action=action.uuid, said=PutRight(meetings="ibland"))


def test_only_a_plan_where_something_is_put_right_asks_for_it(client, place):
    anna = a_member(Role.COORDINATOR, place)
    plan, action = a_plan_with(place, timing="T1")
    page = reverse("plan", args=[place.slug, plan.year])
    before = ask(client, anna, page)
    put_right(actor=anna, plan=plan, action=action.uuid, said=PutRight(TimingKind.ONGOING))
    assert ask(client, anna, page) == before + 1
