"""A stored file is served without the plan being read, and never when the plan says something else.

Everything that a file is made of is changed here, one column and one row at a time: what is served
is each time what would have been made anew.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans import document
from plans.models import (
    Action,
    Agreement,
    AgreementParty,
    Approval,
    Catalogue,
    Cause,
    Commitment,
    Extra,
    FollowUp,
    FollowUpRound,
    Goal,
    Outcome,
    Plan,
    PlanArea,
    Problem,
    Section,
)
from plans.models.paper import PLANS_THAT_SAY
from plans.services import files
from plans.services.files import Paper, Wanted
from plans.vocabulary import Layout, PlanState
from samverkan.document import encode
from samverkan.organisation.models import District, Party
from samverkan.organisation.vocabulary import Role
from tests.factories import a_decision, a_member, settle
from tests.formats.samples import full
from tests.plans.storing import stored

pytestmark = pytest.mark.django_db
KIND = "sammanstallning.csv"


def says(paper: Paper) -> bytes:
    """All that a file may say."""
    standing = replace(paper.standing, printed_on=date.min)
    return encode(paper.envelope) + msgspec.json.encode(standing)


@pytest.fixture(autouse=True)
def _a_kind_that_says_all(monkeypatch):
    monkeypatch.setitem(files.KINDS, KIND, replace(files.KINDS[KIND], write=says))


def a_full_plan(*, decided: bool) -> Plan:
    plan = stored(full(Layout.CAUSES))
    FollowUpRound.objects.update(closed_at=None)  # in a closed round no answer can be changed
    main = plan.agreement.parties.first().party
    manager = a_member(Role.MANAGER, plan.district, main)
    content = Wanted(plan, files.KINDS[KIND])._paper.standing.content_hash
    Approval.objects.create(
        plan=plan, party=main, answer="godkand", content_hash=content, by=manager
    )
    if decided:
        decision = a_decision(plan)
        decision.registry_numbers.create(party=main, number="SDN 2025/1")
        settle(plan)
    return plan


@pytest.fixture(params=[False, True], ids=["utkast", "beslutad"])
def plan(request) -> Plan:
    return a_full_plan(decided=request.param)


@pytest.fixture
def get(client, plan):
    client.force_login(a_member(Role.COORDINATOR, plan.district))

    def served() -> bytes:
        now = Plan.objects.select_related("period__district").get(pk=plan.pk)
        response = client.get(
            reverse("plan-sammanstallning-csv", args=[now.district.slug, now.year])
        )
        assert response.status_code == 200, response
        return b"".join(response)

    return served


def made_anew(plan: Plan) -> bytes:
    return Wanted(Plan.objects.get(pk=plan.pk), files.KINDS[KIND]).make()


def tables_read(plan: Plan) -> set[str]:
    """By everything that a file is made of."""
    with CaptureQueriesContext(connection) as asked:
        assert Wanted(Plan.objects.get(pk=plan.pk), files.KINDS[KIND]).key
    return {
        table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
    }


def test_every_table_that_a_file_is_made_of_raises_the_version(plan):
    # Whether the plan has been carried on or sent, whether its district was another before or keeps
    # indicators, and whether its times have been put right is told on its page, and in no file.
    on_pages = {
        "plans_rollover",
        "plans_dispatch",
        "plans_understanding",
        "organisation_district_predecessors",
        "indicators_indicator",
    }
    own = {"plans_plan", "organisation_user"}  # those have triggers of their own, by column
    assert tables_read(plan) - on_pages - own <= set(PLANS_THAT_SAY)


def models_of(tables: set[str]) -> list[type[models.Model]]:
    found = [m for m in apps.get_models(include_auto_created=True) if m._meta.db_table in tables]
    assert len(found) == len(tables)
    return found


def others(row: models.Model, field: Any) -> list[Any]:
    """Values that the row might have there instead."""
    value = getattr(row, field.attname)
    if field.is_relation:
        keys = field.related_model.objects.exclude(pk=value).values_list("pk", flat=True)
        return [*keys[:2], *([None] if field.null else [])]
    if field.choices:
        return [choice for choice, _ in field.choices if choice != value][:2]
    match field:
        case models.BooleanField():
            return [not value]
        case models.JSONField():
            return [[]]
        case models.UUIDField():
            return [uuid4()]
        case models.DateTimeField():
            return [(value or datetime(2025, 5, 5, tzinfo=UTC)) + timedelta(days=1)]
        case models.DateField():
            return [(value or date(2025, 5, 5)) + timedelta(days=1)]
        case models.IntegerField() | models.DecimalField():
            return [(value or 0) + 1]
        case models.SlugField():
            return [f"{value}-x"]
        case models.CharField() | models.TextField():
            return [f"{value} x"[-(field.max_length or 100) :]]
        case models.BinaryField():
            return [b"{}"]
    raise AssertionError(field)


def attempts(row: models.Model):
    """Each column of the row with another value, as far as the database lets it."""
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in {"paper_version", "password"}:
            continue
        for value in others(row, field):
            yield field.name, {field.attname: value}


# What the document calls something, and the row that it is read from.
ROWS = {
    document.PlanDocument: Plan,
    document.AgreementDoc: Agreement,
    document.SignatoryDoc: AgreementParty,
    document.CatalogueDoc: Catalogue,
    document.DistrictDoc: District,
    document.PartyDoc: Party,
    document.SectionDoc: Section,
    document.ExtraDoc: Extra,
    document.AreaDoc: PlanArea,
    document.ProblemDoc: Problem,
    document.CauseDoc: Cause,
    document.ActionDoc: Action,
    document.GoalDoc: Goal,
    document.CommitmentDoc: Commitment,
    document.RoundDoc: FollowUpRound,
    document.AnswerDoc: FollowUp,
    document.OutcomeDoc: Outcome,
}


def said(doc: Any, model: type[models.Model]) -> set[str]:
    """The plain columns; where a row points, there may be nowhere else to point."""
    columns = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    return {f"{model.__name__}.{name}" for name in doc.__struct_fields__ if name in columns}


def test_whatever_is_changed_what_is_served_is_what_would_be_made_anew(plan, get):
    before = get()
    followed = set()
    for model in models_of(tables_read(plan)):
        row = model._default_manager.order_by("pk").first()
        for name, values in attempts(row) if row else ():
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=row.pk).update(**values)
                    served = get()
                    assert served == made_anew(plan), (model, values)
                    transaction.set_rollback(True)
            except (IntegrityError, document.NotAPlan):
                continue  # what is refused, no file has to follow
            if served != before:
                followed.add(f"{model.__name__}.{name}")
    if plan.state == PlanState.DRAFT:
        everything = set().union(*(said(doc, model) for doc, model in ROWS.items()))
        assert everything - followed == set()
        assert {"Municipality.name", "PriorityArea.name", "Party.name", "User.name"} <= followed
    else:
        follow_up = (document.RoundDoc, document.AnswerDoc, document.OutcomeDoc)
        assert set().union(*(said(doc, ROWS[doc]) for doc in follow_up)) <= followed


def test_a_row_that_is_taken_away_or_comes_back_is_followed(plan, get):
    before = get()
    followed = set()
    for model in models_of(tables_read(plan)):
        row = model._default_manager.order_by("pk").last()
        if row is None:
            continue
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=row.pk).delete()
                without = get()
                assert without == made_anew(plan), model
                row.save(force_insert=True)
                assert get() == made_anew(plan), model
                transaction.set_rollback(True)
        except (IntegrityError, models.ProtectedError, models.RestrictedError, Http404):
            continue
        if without != before:
            followed.add(model)
    if plan.state == PlanState.DRAFT:
        parts = {PlanArea, Section, Extra, Problem, Cause, Action, Goal, Commitment}
        assert parts | {AgreementParty, FollowUp, Outcome} <= followed
    else:
        assert {FollowUp, Outcome} <= followed


@pytest.mark.parametrize("plan", [False], ids=["utkast"], indirect=True)
def test_an_approval_and_a_decision_are_followed(plan, get):
    main = plan.agreement.parties.last().party
    content = Wanted(plan, files.KINDS[KIND])._paper.standing.content_hash
    manager = a_member(Role.MANAGER, plan.district, main)
    steps = [
        lambda: Approval.objects.create(
            plan=plan, party=main, answer="godkand", content_hash=content, by=manager
        ),
        lambda: a_decision(plan),
        lambda: plan.decision.registry_numbers.create(party=main, number="SDN 2025/2"),
        lambda: settle(plan),
    ]
    for step in steps:
        before = get()
        step()
        assert get() == made_anew(plan) != before


def test_a_stored_file_is_served_without_the_plan_being_read(client, plan, get):
    get()
    with CaptureQueriesContext(connection) as asked:
        get()
    mine = 1  # what this test itself asks, for the address
    assert len(asked) - mine <= 6, "\n".join(query["sql"][:90] for query in asked)
