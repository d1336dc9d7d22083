"""A round: what it asks for, that a closed one is locked, and what is frozen when it closes."""

import hashlib
import json
import re
from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from plans.mine import Mine
from plans.models import Action, FollowUp, Outcome, Plan, RoundSnapshot, Understanding
from plans.picture import picture_of
from plans.rounds.asking import asks_for
from plans.rounds.snapshot import decode_snapshot
from plans.services import rounds
from plans.services.files import KINDS, Wanted
from plans.services.rounds import Words
from plans.vocabulary import RoundKind
from samverkan import triggers
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_decision,
    a_district,
    a_member,
    a_municipality,
    a_plan,
    a_round,
    administration_of,
    an_action,
    police_of,
    settle,
)

pytestmark = pytest.mark.django_db


def a_decided_plan(district=None, year: int = 2026, **fields):
    district = district or a_district()
    plan = a_plan(district, year, **fields)
    an_action(plan, administration_of(district), police_of(district))
    settle(plan)
    a_decision(plan)
    return plan


def the_action(plan: Plan) -> UUID:
    return Action.objects.get(area__plan=plan).uuid


@pytest.fixture
def plan():
    return a_decided_plan()


@pytest.fixture
def samordnare(plan):
    return a_member(Role.COORDINATOR, plan.district)


def words(**other: Any) -> Words:
    said: dict[str, Any] = {
        "kind": "T1",
        "name": "Tertial 1 2026",
        "reporting_date": date(2026, 4, 30),
        "due_date": date(2026, 5, 12),
    }
    return Words(**said | other)


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("", "T1 T2 VB arlig egen"),
        ("Vid möten", "T1 T2 VB arlig egen"),
        ("T1, T2 och VB", "T1 T2 VB egen"),
        ("T2 och VB", "T2 VB egen"),
        ("följs upp i T2", "T2 egen"),
        ("årligen", "VB arlig egen"),
    ],
)
def test_a_round_asks_for_the_actions_whose_plan_names_it(said, kinds):
    assert {kind for kind in RoundKind if asks_for(kind, said)} == set(kinds.split())


def test_what_somebody_has_put_right_decides_over_the_words():
    assert asks_for("T1", "årligen", ["T1"])
    assert not asks_for("VB", "årligen", ["T1"])


def test_an_open_round_waits_for_each_party_that_has_undertaken_something(plan, samordnare):
    rounds.open_round(actor=samordnare, plan=plan, words=words())

    kommunpolis = a_member(Role.EDITOR, plan.district, police_of(plan.district))
    (sheet,) = Mine(kommunpolis).sheets
    assert (sheet.party, len(sheet.cards)) == (police_of(plan.district), 1)


def test_a_round_may_ask_some_of_the_parties_only(plan, samordnare):
    party = administration_of(plan.district)
    rounds.open_round(actor=samordnare, plan=plan, words=words(), parties=[party])

    kommunpolis = a_member(Role.EDITOR, plan.district, police_of(plan.district))
    assert Mine(kommunpolis).sheets == []
    assert [sheet.party for sheet in Mine(samordnare).sheets] == [party]


def test_a_draft_is_not_followed_up(samordnare):
    draft = a_plan(a_district(), 2026)
    with pytest.raises(PermissionDenied):
        rounds.open_round(
            actor=a_member(Role.COORDINATOR, draft.district), plan=draft, words=words()
        )


def test_two_rounds_of_a_plan_are_not_called_the_same(plan, samordnare):
    rounds.open_round(actor=samordnare, plan=plan, words=words())
    with pytest.raises(ValidationError, match="redan en uppföljning som heter så"):
        rounds.open_round(actor=samordnare, plan=plan, words=words())


def test_nobody_is_waited_for_in_a_closed_round(client, plan, samordnare):
    round_ = a_round(plan, due_date=date(2020, 5, 9), reporting_date=date(2020, 4, 30))
    where = reverse("round", args=[plan.district.slug, plan.pk, round_.pk])
    client.force_login(samordnare)
    assert "väntar" in client.get(where).content.decode()

    rounds.close_round(actor=samordnare, plan=plan, round_=round_)

    page = client.get(where).content.decode()
    assert "väntar" not in page
    assert "svarade inte" in page


def test_the_database_itself_keeps_a_closed_round_as_it_is(plan, samordnare):
    round_ = a_round(plan)
    said = FollowUp.objects.create(round=round_, action=the_action(plan), text="Klart.")
    rounds.close_round(actor=samordnare, plan=plan, round_=round_)

    for attempt in (
        lambda: FollowUp.objects.filter(pk=said.pk).update(text="Nej."),
        lambda: FollowUp.objects.filter(pk=said.pk).delete(),
        lambda: Outcome.objects.create(round=round_, goal=the_action(plan), value=1),
        lambda: RoundSnapshot.objects.update(sha256="0"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_what_is_frozen_is_what_was_asked_and_answered_and_by_which_plan(plan, samordnare):
    round_ = a_round(plan)
    FollowUp.objects.create(round=round_, action=the_action(plan), text="Klart.", state="genomford")

    frozen = rounds.close_round(actor=samordnare, plan=plan, round_=round_)

    content = bytes(frozen.document)
    assert hashlib.sha256(content).hexdigest() == frozen.sha256
    assert frozen.plan_hash == plan.decision.sha256
    snapshot = decode_snapshot(content)
    assert snapshot.asked == (the_action(plan),)
    assert snapshot.round.answers[0].text == "Klart."
    assert json.loads(content)["format"] == "samverkansuppfoljning/1"


def test_what_was_frozen_is_hashed_anew_by_the_command(plan, samordnare):
    rounds.close_round(actor=samordnare, plan=plan, round_=a_round(plan))
    out = StringIO()
    call_command("verify_decisions", stdout=out)
    assert "uppföljningar som är frysta: 1" in out.getvalue()

    triggers.drop()
    try:
        RoundSnapshot.objects.update(document=b"{}")
    finally:
        triggers.create()

    with pytest.raises(CommandError, match="den frysta uppföljningen har inte"):
        call_command("verify_decisions")


def test_a_round_is_opened_again_with_a_reason_and_what_was_frozen_stays(plan, samordnare):
    round_ = a_round(plan)
    rounds.close_round(actor=samordnare, plan=plan, round_=round_)
    with pytest.raises(ValidationError):
        rounds.reopen_round(actor=samordnare, plan=plan, round_=round_, reason=" ")

    rounds.reopen_round(
        actor=samordnare, plan=plan, round_=round_, reason="Polisen fick fel frågor."
    )
    rounds.close_round(actor=samordnare, plan=plan, round_=round_)

    assert round_.snapshots.count() == 2
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["round-closed", "round-reopened", "round-closed"]


def test_whoever_is_asked_again_reads_who_opened_it_when_and_why(client, plan, samordnare):
    round_ = a_round(plan)
    rounds.close_round(actor=samordnare, plan=plan, round_=round_)
    rounds.reopen_round(actor=samordnare, plan=plan, round_=round_, reason="Fel frågor.")
    day = f"{timezone.localdate().day} "
    said = f"av {samordnare.name}: Fel frågor."
    where = reverse("round", args=[plan.district.slug, plan.pk, round_.pk])
    kommunpolis = a_member(Role.EDITOR, plan.district, police_of(plan.district))
    for user, page in ((samordnare, where), (kommunpolis, reverse("my-commitments"))):
        client.force_login(user)
        words = client.get(page).content.decode()
        assert f"Öppnad igen {day}" in words
        assert said in words

    rounds.close_round(actor=samordnare, plan=plan, round_=round_)
    assert "Öppnad igen" not in client.get(where).content.decode()


def test_what_is_answered_without_a_log_in_stands_in_one_place_after_the_answers(
    client, plan, samordnare
):
    round_ = a_round(plan)
    client.force_login(samordnare)
    where = reverse("round", args=[plan.district.slug, plan.pk, round_.pk])

    page = client.get(where).content.decode()

    assert re.findall(r"<h2[^>]*>([^<]*)", page) == [
        "Vilka har svarat",
        "Hur det går",
        "Svara utan inloggning",
    ]
    last = page.split('id="utan-inloggning"')[1]
    assert "Skicka en svarslänk" in last
    assert "Hämta filen" in last


def test_the_city_opens_a_round_in_each_plan_that_is_in_force_on_the_day(client):
    today = timezone.localdate()
    first, second = a_decided_plan(year=today.year), a_decided_plan(year=today.year)
    a_plan(a_district(), today.year)  # a draft
    a_round(second, name="Tertial 1 2026")
    client.force_login(a_member(Role.CITY))
    data = {
        "kind": "T1",
        "name": "Tertial 1 2026",
        "reporting_date": f"{today.year}-04-30",
        "due_date": f"{today + timedelta(10)}",
        "seen": f"{first.pk}",  # the plans that stood over the button
    }

    response = client.post(reverse("city-rounds", args=[a_municipality().slug]), data, follow=True)

    page = response.content.decode()
    assert first.period.rounds.get().city_round.name == "Tertial 1 2026"
    assert second.period.rounds.get().city_round is None
    assert "är öppen i 1 plan" in page


def test_the_city_is_told_when_no_plan_is_in_force_on_the_day(client):
    a_decided_plan()
    client.force_login(a_member(Role.CITY))
    data = {"kind": "T1", "name": "T1", "reporting_date": "2099-04-30", "due_date": "2099-05-12"}

    response = client.post(reverse("city-rounds", args=[a_municipality().slug]), data)

    page = response.content.decode()
    assert "Uppföljningen öppnas inte i någon plan" in page
    assert "planen som gäller är för 2026" in page


def test_nobody_is_asked_to_have_answered_before_she_was_asked(plan, samordnare, client):
    client.force_login(samordnare)
    yesterday = timezone.localdate() - timedelta(1)
    data = {
        "kind": "T1",
        "name": "T1",
        "reporting_date": f"{yesterday}",
        "due_date": f"{yesterday}",
    }

    where = [plan.district.slug, plan.pk]
    response = client.post(reverse("round-open", args=where), data)

    assert "Den dagen har redan passerat" in response.content.decode()
    assert not plan.period.rounds.exists()


def commitments_in(plans: int, each: int):
    user = None
    for _ in range(plans):
        district = a_district()
        plan = a_plan(district, 2026)
        for _ in range(each):
            an_action(plan, police_of(district))
        settle(plan)
        a_decision(plan)
        a_round(plan)
        user = a_member(Role.EDITOR, district, police_of(district), user=user)
    return user


@pytest.mark.parametrize(("plans", "each"), [(4, 5), (12, 17)])
def test_mina_ataganden_asks_twelve_questions_at_most_however_many_there_are(
    client, django_assert_max_num_queries, plans, each
):
    client.force_login(commitments_in(plans, each))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("my-commitments")).content.decode()

    assert page.count("data-card>") == plans * each


def test_a_rounds_page_asks_as_many_questions_for_a_large_plan_as_for_a_small_one(
    client, django_assert_max_num_queries
):
    for actions in (2, 60):
        plan = a_plan(a_district(), 2026)
        for _ in range(actions):
            an_action(plan, administration_of(plan.district), police_of(plan.district))
        settle(plan)
        a_decision(plan)
        client.force_login(a_member(Role.COORDINATOR, plan.district))
        where = [plan.district.slug, plan.pk, a_round(plan).pk]
        with django_assert_max_num_queries(30):
            assert client.get(reverse("round", args=where)).status_code == 200


def what_is_shown_of(client, plan, round_, user):
    """Which actions, and the words, on the page of the round, in the picture and on its paper."""
    client.force_login(user)
    where = [plan.district.slug, plan.pk, round_.pk]
    common = client.get(reverse("round", args=where)).context["common"]
    year = reverse("plan-picture", args=[plan.district.slug, plan.year])
    picture = client.get(year, {"omgang": str(round_.uuid)}).context["picture"]
    paper = Wanted(Plan.objects.get(pk=plan.pk), KINDS["uppfoljning.pdf"])
    drawn = picture_of(paper._paper.envelope.document, beside=paper._paper.beside)
    cards = {card.action.uuid for card in common.cards} if common else set()
    assert {item.key for item in picture.items} == cards == {item.key for item in drawn.items}
    return cards, picture.sentence, [(item.key, item.going) for item in picture.items]


def test_what_is_shown_of_a_closed_round_is_what_was_frozen_whatever_is_said_since(
    client, plan, samordnare
):
    round_ = a_round(plan)
    action = the_action(plan)
    FollowUp.objects.create(round=round_, action=action, text="Klart.", state="genomford")
    snapshot = decode_snapshot(
        bytes(rounds.close_round(actor=samordnare, plan=plan, round_=round_).document)
    )
    shown = what_is_shown_of(client, plan, round_, samordnare)
    assert shown[0] == set(snapshot.asked) == {action}

    # Its time is put right, and the plan is revised: another action, which T1 would ask for.
    Understanding.objects.create(
        period=plan.period, action=action, rounds=["VB"], by=samordnare, at=timezone.now()
    )
    assert what_is_shown_of(client, plan, round_, samordnare) == shown
    settle(plan, in_force=False)
    newer = a_plan(plan.district, 2026, revision=2)
    new = an_action(newer, police_of(plan.district), name="Ny åtgärd")
    kept = an_action(newer, administration_of(plan.district), police_of(plan.district))
    Action.objects.filter(pk=kept.pk).update(uuid=action)
    settle(newer)
    a_decision(newer)
    after = what_is_shown_of(client, newer, round_, samordnare)
    assert (after[0], after[1]) == (shown[0], shown[1])

    # Opened again it asks as it would today.
    rounds.reopen_round(actor=samordnare, plan=newer, round_=round_, reason="En åtgärd till.")
    where = reverse("round", args=[plan.district.slug, newer.pk, round_.pk])
    common = client.get(where).context["common"]
    assert [card.action.uuid for card in common.cards] == [new.uuid]
