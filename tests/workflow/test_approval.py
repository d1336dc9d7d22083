"""An approval is of exactly what the chef had before her, and a change after it voids it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.editable import KINDS
from plans.models import Approval, Plan
from plans.vocabulary import PlanState
from samverkan.collaboration import editing
from samverkan.journal.models import Entry
from samverkan.organisation.models import Party
from samverkan.workflow.facts import Seen, answers_about, standing_of
from samverkan.workflow.steps import Stale
from tests.access.personas import Door
from tests.workflow.steps import approved_by_all, change, in_a_week, seen, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return Door(PlanState.CONSULTATION)


def approved(door):
    plan = Plan.objects.get(pk=door.plan.pk)
    return {one.party.short_name for one in answers_about(plan, seen(plan)) if one.is_approved}


def test_it_stands_on_the_content_and_the_version(door):
    approval = take(door, "approve", "chef polis")
    assert approved(door) == {"Polisen"}
    now = seen(door.plan)
    assert (approval.version, approval.content_hash) == (now.version, now.content_hash)


@pytest.mark.parametrize("step", ["approve", "return"])
def test_who_read_another_content_is_refused_and_nothing_is_written(door, step):
    before = seen(door.plan)
    change(door)
    for stale in (
        before,
        Seen(before.version, seen(door.plan).content_hash),
        Seen(seen(door.plan).version, before.content_hash),
        Seen(0, ""),
    ):
        with pytest.raises(Stale, match="har ändrats sedan du öppnade sidan"):
            take(door, step, "chef polis", seen=stale)
    assert not Approval.objects.exists()


def test_nobody_approves_for_another_party(door):
    with pytest.raises(PermissionDenied, match="bara godkänna för din egen part"):
        take(door, "approve", "chef polis", party=door.sdf)


def test_a_change_voids_it_and_changing_back_does_not_mend_it(door):
    area = door.plan.areas.first()
    assert area.overall_goal == ""
    approved_by_all(door)
    change(door, "Nytt mål")
    assert approved(door) == set()
    change(door, "")
    assert approved(door) == set()


def test_a_new_name_voids_it_too(door):
    approved_by_all(door)
    Party.objects.filter(pk=door.police.pk).update(name="Polisen, omdöpt", short_name="Polisen 2")
    assert approved(door) == set()


def test_the_last_answer_counts(door):
    take(door, "approve", "chef polis")
    take(door, "return", "chef polis")
    assert standing_of(door.plan).facts.returned == ("Polisen",)
    take(door, "approve", "chef polis")
    assert approved(door) == {"Polisen"}


@pytest.mark.parametrize("step", ["withdraw", "return", "revise"])
def test_a_reason_is_needed(step):
    door = Door(PlanState.DECIDED if step == "revise" else PlanState.CONSULTATION)
    with pytest.raises(ValidationError, match="Skriv v"):
        take(door, step, "chef polis" if step == "return" else "samordnare", reason="  ")


# Told ---------------------------------------------------------------------------------------------


def test_those_who_had_approved_and_the_coordinator_are_told_once(
    door, django_capture_on_commit_callbacks
):
    coordinator = door.person("samordnare")
    editor, chef, other = (door.person(who) for who in ("kommunpolis", "chef polis", "chef sdf"))
    take(door, "approve", chef)
    with django_capture_on_commit_callbacks(execute=True):
        change(door, "Ett", editor)
        change(door, "Två", editor)

    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        [coordinator.email, chef.email]
    )
    assert other.email not in {message.to[0] for message in mail.outbox}
    assert Entry.objects.filter(kind="approval-voided").count() == 1
    text = mail.outbox[0].body
    assert f"{editor.name} har ändrat" in text
    assert "http://127.0.0.1:8000/skarpnack/2025/atgardsplan/" in text


def test_a_return_and_a_draft_have_nothing_to_void(door):
    take(door, "return", "chef polis")
    change(door)
    assert not Entry.objects.filter(kind="approval-voided").exists()


@pytest.mark.parametrize("has_approved", [True, False])
def test_a_field_is_still_saved_within_the_budget(door, has_approved):
    """Twelve, with the session, the user, her memberships and the plan, which a view asks for."""
    editor = door.person("kommunpolis")
    if has_approved:
        take(door, "approve", "chef polis")
    area = door.plan.areas.get(position=0)
    plan = Plan.objects.with_heading().get(pk=door.plan.pk)
    assert editor.standing
    with CaptureQueriesContext(connection) as asked:
        editing.write(
            actor=editor,
            work=plan,
            kind=KINDS["area"],
            row=area.uuid,
            typed={"overall_goal": "Nytt mål"},
            seen=plan.version,
        )
    statements = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert Entry.objects.filter(kind="approval-voided").exists() is has_approved
    assert len(statements) + 4 <= 12, "\n".join(statements)


def test_a_write_by_many_conflicts_as_before(door):
    take(door, "approve", "chef polis")
    written = change(door, "Nytt mål", "kommunpolis")
    assert isinstance(written, editing.Written)
    assert written.changes


# Mail ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "state", "by", "told"),
    [
        ("send", PlanState.DRAFT, "samordnare", {"kommunpolis", "bidragsgivare", "chef polis"}),
        (
            "withdraw",
            PlanState.CONSULTATION,
            "samordnare",
            {"kommunpolis", "bidragsgivare", "chef polis"},
        ),
        ("approve", PlanState.CONSULTATION, "chef sdf", {"samordnare"}),
        ("return", PlanState.CONSULTATION, "chef sdf", {"samordnare"}),
        ("revise", PlanState.DECIDED, "samordnare", {"kommunpolis", "chef polis"}),
    ],
)
def test_those_concerned_are_told_and_what_is_written_stays_in_here(
    step, state, by, told, django_capture_on_commit_callbacks
):
    door = Door(state)
    people = {
        who: door.person(who)
        for who in (
            "samordnare",
            "kommunpolis",
            "bidragsgivare",
            "bidragsgivare utan åtagande",
            "chef polis",
            "läsare",
        )
    }
    with django_capture_on_commit_callbacks(execute=True):
        take(door, step, people.get(by, by))
    names = {user.email: who for who, user in people.items()}
    assert {names[message.to[0]] for message in mail.outbox} == told
    for message in mail.outbox:
        assert len(message.to) == 1
        assert "/skarpnack/2025/atgardsplan/" in message.body
        assert "Målet går inte att mäta" not in message.body
        assert "\n\n\n" not in message.body


def test_the_decision_is_told_when_it_is_stored(django_capture_on_commit_callbacks, door):
    chef = door.person("chef polis")
    approved_by_all(door)
    with django_capture_on_commit_callbacks(execute=True):
        take(door, "decide", "samordnare")
    said = [message for message in mail.outbox if message.to == [chef.email]]
    assert "beslutad av Stadsdelsnämnden" in said[0].body


# The date to answer by ----------------------------------------------------------------------------


def test_the_parties_get_another_date_and_what_they_have_answered_stands(
    door, django_capture_on_commit_callbacks
):
    chef = door.person("chef polis")
    take(door, "approve", "chef sdf")
    date = in_a_week() + timedelta(days=14)
    with django_capture_on_commit_callbacks(execute=True):
        take(door, "postpone", "samordnare", reply_by=date)
    assert Plan.objects.get(pk=door.plan.pk).reply_by == date
    assert approved(door) == {"Stadsdelsförvaltningen"}
    told = door.plan.dispatches.filter(kind="svarsdatum")
    assert {one.note for one in told} == {f"Svar senast {date}"}
    assert {one.party_name for one in told} == {
        "Stadsdelsförvaltningen",
        "Polisen",
        "Bostadsbolaget",
    }
    assert {letter.subject for letter in mail.outbox} == {f"Nytt svarsdatum: {door.plan}"}
    assert chef.email in {letter.to[0] for letter in mail.outbox}


@pytest.mark.parametrize(
    ("days", "said"), [(-8, "Det datumet har redan varit."), (0, "redan gäller")]
)
def test_a_date_that_is_past_or_the_same_is_no_new_date(door, days, said):
    Plan.objects.filter(pk=door.plan.pk).update(reply_by=in_a_week())
    with pytest.raises(ValidationError, match=said):
        take(door, "postpone", "samordnare", reply_by=in_a_week() + timedelta(days=days))
    assert not door.plan.dispatches.filter(kind="svarsdatum").exists()
