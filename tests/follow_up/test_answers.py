"""Answering in a round: for one's own party, for another, for all; and nobody's words are lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from plans.models import Action, FollowUp, FollowUpRound, LateAnswer, Understanding
from plans.services import rounds
from plans.services.answering import RoundClosed, confirm, measure, undo
from plans.services.loading import current_document
from plans.services.rounds import close_round
from plans.vocabulary import ActionState
from samverkan.organisation.vocabulary import PartyKind, Role
from tests.factories import a_decision, a_member, a_party, a_plan, a_round, an_action, settle
from tests.follow_up.place import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


def test_the_kommunpolis_answers_for_the_police(place):
    place.answer(
        place.kommunpolis,
        place.police,
        text="Sex möten.",
        state="enligt_plan",
        commitment_met="ja",
        continues_next_year="ja",
        meetings_held="6",
    )

    said = place.said(place.police)
    assert (said.text, said.state, said.commitment_met) == ("Sex möten.", "enligt_plan", "ja")
    assert (said.continues_next_year, said.meetings_held) == (True, 6)
    assert said.written_by == place.kommunpolis
    assert not said.is_draft


def test_an_answer_left_empty_is_none(place):
    place.answer(place.kommunpolis, place.police, text="", state="")

    assert not FollowUp.objects.exists()


def test_the_kommunpolis_answers_for_nobody_else(place):
    for party in (place.sdf, None):
        with pytest.raises(PermissionDenied):
            place.answer(place.kommunpolis, party, text="Sex möten.")
    assert not FollowUp.objects.exists()


def test_a_party_without_a_commitment_in_the_action_is_not_asked(place):
    partner = a_party(place.district, PartyKind.PARTNER)
    with pytest.raises(Http404):
        place.answer(place.samordnare, partner, text="Sex möten.")


def test_what_a_round_does_not_ask_is_not_answered_in_it(place):
    place.round = a_round(place.plan, kind="T2", name="T2", reporting_date="2026-08-31")
    Understanding.objects.create(
        period=place.plan.period, action=place.action.uuid, rounds=["VB"], by=place.samordnare
    )
    with pytest.raises(Http404):
        place.answer(place.kommunpolis, place.police, text="Sex möten.")

    place.round = a_round(place.plan, kind="VB", name="VB", reporting_date="2026-12-31")
    place.round.parties.add(place.sdf)
    with pytest.raises(Http404):
        place.answer(place.kommunpolis, place.police, text="Sex möten.")
    assert not FollowUp.objects.exists()


def test_the_samordnare_answers_for_her_own_and_for_all(place):
    place.answer(place.samordnare, place.sdf, text="Vi kallar.")
    place.answer(place.samordnare, None, text="Det går bra.", state="enligt_plan")

    assert not place.said(place.sdf).is_draft
    assert place.said(None).state == ActionState.ON_PLAN


def test_what_the_samordnare_writes_for_the_police_is_a_draft_until_they_say_that_it_is_so(place):
    place.answer(place.samordnare, place.police, text="Sex möten.", state="enligt_plan")

    assert place.said(place.police).is_draft
    assert not current_document(place.plan).rounds[0].answers  # no answer of the police's yet

    with pytest.raises(PermissionDenied):
        confirm(actor=place.samordnare, about=place.about(place.police), seen=99)
    confirm(actor=place.kommunpolis, about=place.about(place.police), seen=place.round.version)

    assert not place.said(place.police).is_draft
    assert current_document(place.plan).rounds[0].answers[0].text == "Sex möten."


def test_a_draft_that_was_changed_since_it_was_read_is_not_confirmed(place):
    place.answer(place.samordnare, place.police, text="Sex möten.")
    read = place.round.version
    place.answer(place.samordnare, place.police, text="Inga möten.")
    with pytest.raises(ValidationError, match="Läs det igen"):
        confirm(actor=place.kommunpolis, about=place.about(place.police), seen=read)

    assert place.said(place.police).is_draft


def test_a_draft_that_the_party_has_not_seen_does_not_become_its_answer(place):
    before = place.round.version
    place.answer(place.samordnare, place.police, text="Inga möten.", state="ej_genomford")
    place.answer(place.kommunpolis, place.police, meetings_held="6", seen=before)

    assert place.said(place.police).is_draft


def test_that_a_draft_was_confirmed_stands_in_the_rounds_history(place):
    place.answer(place.samordnare, place.police, text="Sex möten.")
    confirm(actor=place.kommunpolis, about=place.about(place.police), seen=place.round.version)

    last = place.round.changes.last()
    assert (last.field, last.before, last.after, last.by) == (
        "is_draft",
        True,
        False,
        place.kommunpolis,
    )


def test_a_draft_is_shown_as_one_and_only_to_those_who_work_with_the_plan(place, client):
    place.answer(place.samordnare, place.police, text="FORSLAG")
    where = [place.district.slug, place.plan.pk, place.round.pk]
    pages = {
        reverse("action-thread", args=[place.district.slug, place.action.uuid]): False,
        reverse("round", args=where): True,
        reverse("round", args=where) + "?part=polisen": True,
    }
    client.force_login(a_member(Role.READER, place.district))
    assert not any("FORSLAG" in client.get(page).content.decode() for page in pages)

    client.force_login(a_member(Role.MANAGER, place.district, place.sdf))
    for page, is_shown in pages.items():
        said = client.get(page).content.decode()
        assert ("FORSLAG" in said) is is_shown
        assert ("inte bekräftat" in said) is is_shown


def test_a_revision_that_another_has_taken_the_place_of_takes_no_answers(place, client):
    old = place.plan
    settle(old, in_force=False)
    new = a_plan(place.district, 2026, revision=2)
    an_action(new, place.police)
    settle(new)
    a_decision(new)
    where = [place.district.slug, old.pk, place.round.pk]
    client.force_login(place.kommunpolis)
    assert client.post(address(place, place.police), {"text": "Sex."}).status_code == 403
    assert client.get(reverse("round", args=where)).url == reverse(
        "round", args=[place.district.slug, new.pk, place.round.pk]
    )

    client.force_login(place.samordnare)
    assert client.post(reverse("round-close", args=where)).status_code == 403
    with pytest.raises(ValidationError, match="nyare revision"):
        close_round(actor=place.samordnare, plan=old, round_=place.round)
    assert not place.round.snapshots.exists()


def test_a_late_answer_is_settled_once(place):
    close_round(actor=place.samordnare, plan=place.plan, round_=place.round)
    with pytest.raises(RoundClosed):
        place.answer(place.kommunpolis, place.police, text="Sju möten.")
    late = LateAnswer.objects.get()
    rounds.let_in(actor=place.samordnare, plan=place.plan, late=late)
    with pytest.raises(ValidationError, match="redan avgjort"):
        rounds.let_in(actor=place.samordnare, plan=place.plan, late=late)

    assert place.round.snapshots.count() == 2


def test_what_cannot_be_let_in_is_told_in_a_sentence(place, client):
    place.answer(place.samordnare, place.police, text="Sex möten.")
    close_round(actor=place.samordnare, plan=place.plan, round_=place.round)
    with pytest.raises(RoundClosed):
        place.answer(place.samordnare, place.police, text="Inga möten.")
    FollowUpRound.objects.update(closed_at=None)
    place.answer(place.kommunpolis, place.police, text="Sju möten.")
    where = [place.district.slug, place.plan.pk, place.round.pk, LateAnswer.objects.get().pk]
    client.force_login(place.samordnare)

    page = client.post(reverse("round-late", args=where), {"gor": "slapp-in"}, follow=True)

    assert "har svarat själv" in page.content.decode()


def test_a_character_that_no_text_has_is_taken_out_of_a_late_answer_too(place):
    close_round(actor=place.samordnare, plan=place.plan, round_=place.round)
    with pytest.raises(RoundClosed):
        place.answer(place.kommunpolis, place.police, text="Sju\x00möten.")

    assert LateAnswer.objects.get().typed == {"text": "Sju möten."}


def test_a_draft_that_the_party_changes_is_its_answer(place):
    place.answer(place.samordnare, place.police, text="Sex möten.", state="enligt_plan")
    place.answer(place.kommunpolis, place.police, text="Sju möten.")

    said = place.said(place.police)
    assert (said.text, said.state, said.is_draft) == ("Sju möten.", "enligt_plan", False)


def test_the_samordnare_does_not_write_over_what_the_party_has_answered(place):
    place.answer(place.kommunpolis, place.police, text="Sju möten.")
    with pytest.raises(ValidationError, match="har svarat själv"):
        place.answer(place.samordnare, place.police, text="Sex möten.")

    assert place.said(place.police).text == "Sju möten."


def test_two_who_answer_for_the_same_party_merge_field_by_field(place):
    seen = place.round.version
    other = a_member(Role.EDITOR, place.district, place.police)
    place.answer(place.kommunpolis, place.police, text="Sex möten.", seen=seen)
    written = place.answer(other, place.police, state="enligt_plan", text="", seen=seen)

    assert not written.conflicts
    said = place.said(place.police)
    assert (said.text, said.state) == ("Sex möten.", "enligt_plan")


def test_two_who_write_in_the_same_field_are_told_of_each_other(place):
    seen = place.round.version
    other = a_member(Role.EDITOR, place.district, place.police)
    place.answer(place.kommunpolis, place.police, text="Sex möten.", seen=seen)
    written = place.answer(other, place.police, text="Fem möten.", state="pagar", seen=seen)

    (conflict,) = written.conflicts
    assert (conflict.theirs, conflict.mine, conflict.by) == (
        "Sex möten.",
        "Fem möten.",
        place.kommunpolis.name,
    )
    said = place.said(place.police)
    assert (said.text, said.state) == ("Sex möten.", "pagar")


def test_what_one_wrote_last_is_taken_back_and_then_the_one_before(place):
    place.answer(place.kommunpolis, place.police, text="Sex möten.", state="pagar")
    place.answer(place.kommunpolis, place.police, text="Sju möten.")

    undo(actor=place.kommunpolis, about=place.about(place.police))
    assert (place.said(place.police).text, place.said(place.police).state) == (
        "Sex möten.",
        "pagar",
    )

    undo(actor=place.kommunpolis, about=place.about(place.police))
    assert (place.said(place.police).text, place.said(place.police).state) == ("", "")
    with pytest.raises(ValidationError, match="inget av ditt att ångra"):
        undo(actor=place.kommunpolis, about=place.about(place.police))


def test_what_another_has_written_over_is_not_taken_back(place):
    other = a_member(Role.EDITOR, place.district, place.police)
    place.answer(place.kommunpolis, place.police, text="Sex möten.", state="pagar")
    place.answer(other, place.police, text="Sju möten.")

    written = undo(actor=place.kommunpolis, about=place.about(place.police))

    assert [conflict.theirs for conflict in written.conflicts] == ["Sju möten."]
    said = place.said(place.police)
    assert (said.text, said.state) == ("Sju möten.", "")


def test_a_number_that_is_none_is_told_in_a_sentence_and_nothing_is_written(place):
    with pytest.raises(ValidationError) as refusal:
        place.answer(place.kommunpolis, place.police, text="Sex möten.", meetings_held="sex")

    assert refusal.value.message_dict == {"meetings_held": ["Skriv ett helt tal, till exempel 12."]}
    assert not FollowUp.objects.exists()


def test_what_is_written_when_the_round_has_closed_is_kept_and_can_be_let_in(place, client):
    place.answer(place.samordnare, place.sdf, text="Vi kallar.")
    close_round(actor=place.samordnare, plan=place.plan, round_=place.round)
    with pytest.raises(RoundClosed):
        place.answer(place.kommunpolis, place.police, text="Sju möten.")
    with pytest.raises(RoundClosed):
        place.answer(place.kommunpolis, place.police, text="Sju möten.")

    late = LateAnswer.objects.get()  # once, however often it was sent
    assert (late.typed, late.by) == ({"text": "Sju möten."}, place.kommunpolis)
    client.force_login(place.samordnare)
    where = [place.district.slug, place.plan.pk, place.round.pk]
    page = client.get(reverse("round", args=where))
    [(shown, action)] = page.context["late"]  # what it is about, or nobody can tell if it fits
    assert (shown, action) == (late, str(Action.objects.get(uuid=late.action)))
    assert "Sju möten." in page.content.decode()

    client.post(reverse("round-late", args=[*where, late.pk]), {"gor": "slapp-in"})

    said = place.said(place.police)
    assert (said.text, said.written_by) == ("Sju möten.", place.kommunpolis)
    assert place.round.snapshots.count() == 2  # frozen anew, with the answer
    place.round.refresh_from_db()
    assert not place.round.is_open


def test_a_goal_is_measured_by_the_samordnare(place):
    about = {"plan": place.plan, "round_": place.round, "goal": place.goal.uuid}
    measure(actor=place.samordnare, typed={"value": "10"}, seen=place.round.version, **about)

    assert current_document(place.plan).rounds[0].outcomes[0].value == 10
    with pytest.raises(PermissionDenied):
        measure(actor=place.kommunpolis, typed={"value": "9"}, seen=place.round.version, **about)


def test_no_outcome_is_no_figure_and_never_a_zero(place):
    about = {"plan": place.plan, "round_": place.round, "goal": place.goal.uuid}
    measure(
        actor=place.samordnare, typed={"value": "", "text": ""}, seen=place.round.version, **about
    )

    assert not place.round.outcomes.exists()


# The page ----------------------------------------------------------------------------------------


def address(place, party) -> str:
    where = [place.district.slug, place.plan.pk, place.round.pk, place.action.uuid]
    return (
        reverse("answer-of-party", args=[*where, party.pk])
        if party
        else reverse("answer", args=where)
    )


def test_without_a_script_one_comes_back_to_the_card(place, client):
    client.force_login(place.kommunpolis)
    page = client.get(reverse("my-commitments")).content.decode()
    assert address(place, place.police) in page

    response = client.post(
        address(place, place.police),
        {"text": "Sex möten.", "seen": "1", "sida": "/mina-ataganden/"},
    )

    assert response.status_code == 302
    assert response.url.startswith("/mina-ataganden/#kort-")
    assert "1</span> av 1 klara" in client.get("/mina-ataganden/").content.decode()


def test_without_a_script_a_conflict_shows_both_texts(place, client):
    seen = place.round.version
    other = a_member(Role.EDITOR, place.district, place.police)
    place.answer(other, place.police, text="Sex möten.")
    client.force_login(place.kommunpolis)

    response = client.post(
        address(place, place.police),
        {"text": "Fem möten.", "seen": seen, "sida": "/mina-ataganden/"},
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Så står det nu" in page
    assert "Fem möten." in page
    assert place.said(place.police).text == "Sex möten."


def test_without_a_script_what_was_typed_stays_beside_what_is_wrong(place, client):
    client.force_login(place.kommunpolis)

    response = client.post(
        address(place, place.police),
        {"text": "Sex möten.", "meetings_held": "sex", "seen": "1", "sida": "/mina-ataganden/"},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Skriv ett helt tal" in page
    assert "Sex möten." in page


def test_last_rounds_answer_is_copied_with_one_button(place, client):
    place.answer(place.kommunpolis, place.police, text="Sex möten.", state="enligt_plan")
    close_round(actor=place.samordnare, plan=place.plan, round_=place.round)
    place.round = a_round(place.plan, kind="T2", reporting_date="2026-08-31", due_date="2026-09-12")
    client.force_login(place.kommunpolis)
    assert "Kopiera hit" in client.get("/mina-ataganden/").content.decode()

    client.post(address(place, place.police), {"gor": "kopiera", "seen": "1"})

    said = place.said(place.police)
    assert (said.text, said.state) == ("Sex möten.", "enligt_plan")
    assert "Kopiera hit" not in client.get("/mina-ataganden/").content.decode()


def test_the_way_back_is_never_to_another_site(place, client):
    client.force_login(place.kommunpolis)

    response = client.post(
        address(place, place.police),
        {"text": "Sex möten.", "seen": "1", "sida": "https://exempel.se/"},
    )

    assert response.url.startswith("/#kort-")


def test_more_meetings_than_were_planned_are_not_so_many_of_them(place, client):
    place.answer(
        place.kommunpolis,
        place.police,
        text="Tre vandringar.",
        meetings_held="3",
        meetings_planned="2",
    )
    client.force_login(place.samordnare)
    where = reverse("round", args=[place.district.slug, place.plan.pk, place.round.pk])

    page = client.get(where).content.decode()

    assert "3 möten, 2 planerade" in page
    assert "3 av 2" not in page
