"""What a decision freezes, what then is locked, and what goes on."""

import hashlib
from io import StringIO
from uuid import uuid4

import msgspec
import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from plans.document import decode
from plans.editable import KINDS
from plans.models import (
    Action,
    Cause,
    Commitment,
    Decision,
    Dispatch,
    Extra,
    FollowUp,
    FollowUpRound,
    Goal,
    Plan,
    PlanArea,
    Problem,
    Section,
    SentDraft,
)
from plans.services import workflow
from plans.services.loading import current_document, to_document
from plans.services.workflow import PLANS
from plans.vocabulary import PlanState
from samverkan import triggers
from samverkan.access.table import Right
from samverkan.collaboration import structure
from samverkan.document import as_plain
from samverkan.documents.pdf import PdfUnavailable
from samverkan.organisation.models import Party
from samverkan.workflow import decisions
from samverkan.workflow.steps import Stale
from tests.access.personas import Door
from tests.factories import settle
from tests.formats.samples import full
from tests.plans.storing import stored
from tests.workflow.steps import approved_by_all, change, decided, in_a_week, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return Door(PlanState.CONSULTATION)


def test_it_freezes_the_document_its_hash_and_the_pdf(door):
    approved_by_all(door)
    document = to_document(door.plan).plan_part()
    decision = take(door, "decide", "samordnare")
    door.plan.refresh_from_db()
    assert (door.plan.state, door.plan.in_force) == (PlanState.DECIDED, True)
    assert decision.sha256 == document.content_hash()
    assert bytes(decision.pdf) == b"%PDF-" + decision.sha256.encode()
    assert decisions.registry_numbers_of(decision) == (
        ("Stadsdelsförvaltningen", "SKA 2025/1"),
        ("Polisen", "A1.1/2025"),
    )


def test_each_authority_has_its_number(door):
    approved_by_all(door)
    with pytest.raises(ValidationError, match="diarienumret hos Polisen"):
        take(door, "decide", "samordnare", registry_numbers={door.sdf: "1", door.police: " "})


def test_a_decision_is_not_registered_before_it_is_made(door):
    approved_by_all(door)
    with pytest.raises(ValidationError, match="när det är fattat"):
        take(door, "decide", "samordnare", decided_on=in_a_week())


def test_without_a_pdf_there_is_no_decision(door, monkeypatch):
    def no_pango(document, standing, **more):
        raise PdfUnavailable("Pango saknas.")

    monkeypatch.setattr(workflow, "write_pdf", no_pango)
    approved_by_all(door)
    with pytest.raises(ValidationError, match="Pango saknas"):
        take(door, "decide", "samordnare")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("how", ["written in", "renamed"])
def test_what_changes_while_the_pdf_is_made_stops_it(door, monkeypatch, how):
    """No lock is held meanwhile, so it is looked at again under the lock."""

    def slow(document, standing, **more):
        assert not connection.in_atomic_block or len(connection.savepoint_ids) == 0
        if how == "written in":
            change(door)
        else:
            Party.objects.filter(pk=door.police.pk).update(name="Omdöpt")
        return b"%PDF-"

    approved_by_all(door)
    monkeypatch.setattr(workflow, "write_pdf", slow)
    with pytest.raises(Stale):
        take(door, "decide", "samordnare")
    assert not Decision.objects.exists()
    assert Plan.objects.get(pk=door.plan.pk).state == PlanState.CONSULTATION


# Personal data ------------------------------------------------------------------------------------


def test_what_looks_like_personal_data_is_confirmed_one_by_one(door):
    change(door, "Ring 070-174 06 05 eller 073-174 06 06, eller igen 070-174 06 05.")
    approved_by_all(door)
    area = door.plan.areas.get(overall_goal__contains="Ring")
    found = PLANS.findings(to_document(door.plan))
    assert [finding.text for finding in found] == ["070-174 06 05", "073-174 06 06"]
    first, second = (finding.fingerprint for finding in found)
    for confirmed in ([], [first], [first, "0" * 64]):
        with pytest.raises(ValidationError, match="personuppgift"):
            take(door, "decide", "samordnare", confirmed=confirmed)
    coordinator = door.person("samordnare")
    decision = take(door, "decide", coordinator, confirmed=[first, second])
    kept = list(decision.confirmations.values_list("row", "field", "fingerprint", "by"))
    assert kept == [
        (area.uuid, "overall_goal", first, coordinator.pk),
        (area.uuid, "overall_goal", second, coordinator.pk),
    ]


# Locked -------------------------------------------------------------------------------------------


@pytest.fixture
def plan():
    return stored(full())


def rows_of(plan):
    """A row of each kind in the plan, and its model."""
    of_action = {"action__area__plan": plan}
    return {
        Section: plan.sections.first(),
        PlanArea: plan.areas.first(),
        Extra: plan.extras.first(),
        Problem: Problem.objects.filter(area__plan=plan).first(),
        Cause: Cause.objects.filter(problem__area__plan=plan).first(),
        Action: Action.objects.filter(area__plan=plan).first(),
        Goal: Goal.objects.filter(**of_action).first(),
        Commitment: Commitment.objects.filter(**of_action).first(),
        Action.also_serves.through: Action.also_serves.through.objects.filter(**of_action).first(),
    }


def attempts(model, row):
    def insert():
        row.pk = None
        if hasattr(row, "uuid"):
            row.uuid = uuid4()
        model.objects.bulk_create([row])

    field = "position" if hasattr(row, "position") else "action_id"
    return [
        lambda: model.objects.filter(pk=row.pk).update(**{field: getattr(row, field)}),
        lambda: model.objects.filter(pk=row.pk)._raw_delete("default"),
        insert,
    ]


@pytest.mark.parametrize("state", [PlanState.DECIDED, PlanState.CLOSED])
def test_no_row_of_a_decided_plan_is_added_altered_or_taken_away(plan, state):
    rows = rows_of(plan)
    settle(plan, state)
    for model, row in rows.items():
        for attempt in attempts(model, row):
            with pytest.raises(IntegrityError, match="kan inte ändras"), transaction.atomic():
                attempt()


def test_every_row_of_the_plan_part_is_guarded(plan):
    """So that a table that comes to the plan part is not forgotten."""
    tables = {model._meta.db_table for model in rows_of(plan)}
    # The agreement is other plans' too: what a decision says of it stands in the decision.
    parts = [kind for kind in KINDS.values() if kind.right != Right.EDIT_AGREEMENT]
    assert tables == {kind.model._meta.db_table for kind in parts if kind.container} | {
        "plans_action_also_serves"
    }
    frozen = {t.table for t in triggers._triggers if t.name.endswith("_is_frozen_update")}
    guarded = {table for table in frozen if table.startswith("plans_")}
    assert guarded == tables | {"plans_plan"}


def test_no_row_is_moved_into_a_decided_plan_or_out_of_it(plan):
    other = Door(PlanState.DRAFT).plan
    problem, loose = Problem.objects.filter(area__plan=plan).first(), other.areas.first()
    assert loose
    own = Problem.objects.create(area=loose, text="Ett problem")
    settle(plan)
    for row, area in ((problem, loose), (own, plan.areas.first())):
        with pytest.raises(IntegrityError, match="kan inte ändras"), transaction.atomic():
            Problem.objects.filter(pk=row.pk).update(area=area)


def test_a_draft_is_as_open_as_before(plan):
    Section.objects.create(plan=plan, heading="Ny")
    for model, row in rows_of(plan).items():
        change_, _, _ = attempts(model, row)
        change_()
    plan.areas.all().delete()
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": PlanState.DRAFT},
        {"state": PlanState.CONSULTATION},
        {"layout": "aktivitetstabell"},
        {"annex_label": "Bilaga 9"},
        {"agreement": None},
        {"revision": 7},
    ],
)
def test_the_plan_itself_stays_as_it_was_decided(plan, fields):
    settle(plan)
    with pytest.raises(IntegrityError, match="kan inte ändras"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(**{"in_force": False} | fields)


def test_what_is_closed_is_not_opened_and_not_deleted(plan):
    settle(plan, PlanState.CLOSED)
    for attempt in (
        lambda: Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED),
        lambda: Plan.objects.filter(pk=plan.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="kan inte ändras"), transaction.atomic():
            attempt()


def test_without_the_triggers_a_decided_plan_could_be_altered(plan):
    settle(plan)
    with transaction.atomic():
        triggers.drop()
        assert PlanArea.objects.filter(plan=plan).update(title="Ändrad")
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", [Dispatch, SentDraft])
def test_what_was_sent_is_never_altered(kind):
    door = Door(PlanState.DRAFT)
    take(door, "send", "samordnare")
    row = kind.objects.first()
    for attempt in (
        lambda: (
            kind.objects.filter(pk=row.pk).update(content_hash="0" * 64)
            if kind is Dispatch
            else kind.objects.filter(pk=row.pk).update(sha256="0" * 64)
        ),
        lambda: kind.objects.filter(pk=row.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="i efterhand"), transaction.atomic():
            attempt()


def test_the_services_refuse_before_the_database_has_to():
    door = decided()
    for attempt in (
        lambda: change(door),
        lambda: structure.add(
            actor=door.person("redaktör sdf"),
            work=door.plan,
            kind=KINDS["section"],
            under=None,
            typed={"heading": "Ny"},
        ),
    ):
        with pytest.raises(PermissionDenied, match="Planen är beslutad och kan inte ändras"):
            attempt()


def test_no_list_of_the_administrator_holds_a_part_of_a_plan():
    names = {model.__name__ for model in admin.site._registry}
    parts = [kind for kind in KINDS.values() if kind.right != Right.EDIT_AGREEMENT]
    assert not names & {kind.model.__name__ for kind in parts} | (
        names & {"Plan", "Decision", "Approval", "Dispatch", "AgreementParty"}
    )


def test_follow_ups_stay_open(plan):
    settle(plan)
    action = Action.objects.filter(area__plan=plan).first()
    round_ = FollowUpRound.objects.filter(period=plan.period, closed_at=None).earliest("pk")
    FollowUp.objects.filter(round=round_, action=action.uuid).delete()
    FollowUp.objects.create(round=round_, action=action.uuid, text="Klart.")


# Revisions ----------------------------------------------------------------------------------------


def without(document):
    """All that a revision has in common with the one before it."""
    from msgspec.structs import replace

    return replace(document, revision=1)


def test_a_revision_is_the_same_plan_with_the_same_uuids(plan):
    before = to_document(plan)
    settle(plan)
    from plans.services.revision import copy_of

    new = copy_of(plan, revision=2)
    assert without(to_document(new)) == without(before)
    assert (new.state, new.version, new.in_force) == (PlanState.DRAFT, 1, False)


def test_the_one_in_force_stays_so_until_the_next_is_decided():
    door = decided()
    first = door.plan
    new = take(door, "revise", "samordnare")
    assert new.revision == 2
    door.plan = new
    change(door, "Ändrat i revisionen")
    take(door, "send", "samordnare")
    first.refresh_from_db()
    assert first.in_force
    assert "Ändrat i revisionen" not in str(current_document(first))
    decided(door)
    first.refresh_from_db()
    new.refresh_from_db()
    assert (first.in_force, new.in_force) == (False, True)
    assert first.state == new.state == PlanState.DECIDED
    with pytest.raises(ValidationError, match="gäller inte längre"):
        take(door, "revise", "samordnare", plan=first)


def test_there_is_one_revision_under_way():
    door = decided()
    take(door, "revise", "samordnare")
    with pytest.raises(ValidationError, match="Revision 2 är redan på väg"):
        take(door, "revise", "samordnare")
    with pytest.raises(ValidationError, match="Revision 2 är redan på väg"):
        take(door, "close", "samordnare")


def test_closing_closes_the_older_revisions_too():
    door = decided()
    first, door.plan = door.plan, take(door, "revise", "samordnare")
    take(door, "send", "samordnare")
    decided(door)
    take(door, "close", "samordnare")
    assert set(Plan.objects.values_list("state", "in_force")) == {(PlanState.CLOSED, False)}
    assert first


# What was sent ------------------------------------------------------------------------------------


def test_what_was_sent_and_received_is_listed_and_the_draft_kept():
    door = Door(PlanState.DRAFT)
    take(door, "send", "samordnare")
    sent = door.plan.dispatches.all()
    assert {entry.party for entry in sent} == {door.sdf, door.police, door.partner}
    (draft,) = SentDraft.objects.all()
    assert {entry.draft for entry in sent} == {draft}
    as_sent = bytes(draft.document)
    take(door, "return", "chef polis")
    take(door, "withdraw", "samordnare")
    change(door)
    take(door, "send", "samordnare")
    decided(door)
    kinds = list(door.plan.dispatches.order_by("pk").values_list("kind", flat=True))
    assert kinds == (
        ["samrad"] * 3
        + ["atersandning"]
        + ["atertagen"] * 3
        + ["samrad"] * 3
        + ["godkannande"] * 2
        + ["beslut"] * 2
    )
    assert bytes(SentDraft.objects.earliest("pk").document) == as_sent
    assert SentDraft.objects.count() == 2


# verify_decisions ---------------------------------------------------------------------------------


def verify() -> str:
    out = StringIO()
    call_command("verify_decisions", stdout=out)
    return out.getvalue()


def test_every_decision_is_hashed_anew():
    assert "inga beslut" in verify()
    decided()
    assert "Det enda beslutet stämmer" in verify()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"document": b"{}"}, "dokumentet har inte den kontrollsumma"),
        ({"sha256": "0" * 64}, "dokumentet har inte den kontrollsumma"),
        ({"pdf": b"%PDF-annan"}, "PDF:en har inte den kontrollsumma"),
        ({"pdf": None}, "PDF:en saknas"),
    ],
)
def test_what_does_not_agree_is_said_and_the_command_fails(fields, said):
    decided()
    triggers.drop()
    try:
        Decision.objects.update(**fields)
    finally:
        triggers.create()
    with pytest.raises(CommandError, match=said) as fault:
        verify()
    assert "1 av 1 kontrollsummor" in str(fault.value)
    assert "Åtgärdsplan 2025 för Skarpnäck" in str(fault.value)


def test_a_decision_from_before_the_format_had_all_its_fields_still_agrees():
    """It was written with more or fewer keys than would be written today: its own bytes count."""
    content = bytes(decided().plan.decision.document)
    written = msgspec.json.encode(as_plain(decode(content)))
    assert written != content
    triggers.drop()
    try:
        Decision.objects.update(document=written, sha256=hashlib.sha256(written).hexdigest())
    finally:
        triggers.create()
    assert "Det enda beslutet stämmer" in verify()
