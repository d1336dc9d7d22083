"""The rows of a plan, one by one, in the order in which it is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import TextChoices

from plans.document import (
    ActionDoc,
    AgreementDoc,
    AnswerDoc,
    AreaDoc,
    CauseDoc,
    CommitmentDoc,
    ExtraDoc,
    GoalDoc,
    OutcomeDoc,
    PartyDoc,
    PlanDocument,
    ProblemDoc,
    RoundDoc,
    SectionDoc,
    SignatoryDoc,
)
from plans.presentation import AreaView, PlanView
from samverkan.document import Part
from samverkan.document import texts as texts_of


class RowKind(TextChoices):
    PLAN = "plan", "Planen"
    AGREEMENT = "agreement", "Överenskommelsen"
    SIGNATORY = "signatory", "Avtalsparten"
    PARTY = "party", "Parten"
    SECTION = "section", "Avsnittet"
    AREA = "area", "Området"
    PROBLEM = "problem", "Problemet"
    CAUSE = "cause", "Orsaken"
    ACTION = "action", "Åtgärden"
    GOAL = "goal", "Målet"
    COMMITMENT = "commitment", "Åtagandet"
    EXTRA = "extra", "Uppgiften"
    ROUND = "round", "Uppföljningen"
    ANSWER = "answer", "Svaret"
    OUTCOME = "outcome", "Utfallet"


_KINDS: dict[type[Part], RowKind] = {
    PlanDocument: RowKind.PLAN,
    AgreementDoc: RowKind.AGREEMENT,
    SignatoryDoc: RowKind.SIGNATORY,
    PartyDoc: RowKind.PARTY,
    SectionDoc: RowKind.SECTION,
    AreaDoc: RowKind.AREA,
    ProblemDoc: RowKind.PROBLEM,
    CauseDoc: RowKind.CAUSE,
    ActionDoc: RowKind.ACTION,
    GoalDoc: RowKind.GOAL,
    CommitmentDoc: RowKind.COMMITMENT,
    ExtraDoc: RowKind.EXTRA,
    RoundDoc: RowKind.ROUND,
    AnswerDoc: RowKind.ANSWER,
    OutcomeDoc: RowKind.OUTCOME,
}


def kind_of(part: type[Part]) -> RowKind:
    return _KINDS[part]


@dataclass(frozen=True, eq=False)
class Row:
    """A part of the document and what it hangs on: an action on its cause, its problem or its area."""

    part: Part
    parent: "Row | None" = None

    @property
    def kind(self) -> RowKind:
        return _KINDS[type(self.part)]

    @property
    def label(self) -> str:
        """What it is: "Åtgärden"."""
        return str(self.kind.label)

    @property
    def uuid(self) -> UUID | None:
        """Its own; of an answer or an outcome that of the action or the goal it is about."""
        part = self.part
        if isinstance(part, AnswerDoc):
            return part.action
        if isinstance(part, OutcomeDoc):
            return part.goal
        return getattr(part, "uuid", None)

    @property
    def title(self) -> str:
        """What it is called where only one line is said of it."""
        part = self.part
        if isinstance(part, ActionDoc):
            return part.name or part.description
        if isinstance(part, SignatoryDoc) and self.parent and self.parent.parent:
            plan: Any = self.parent.parent.part
            return next((p.short_name for p in plan.parties if p.key == part.party), part.party)
        for field in ("title", "heading", "name", "label", "text"):
            if said := getattr(part, field, ""):
                return said
        return ""

    @property
    def container(self) -> "Row | None":
        """The row whose part it is written in: what an action hangs on does not hold it, its area does."""
        row = self.parent
        while row and self.kind == RowKind.ACTION and row.kind != RowKind.AREA:
            row = row.parent
        return row

    @property
    def area(self) -> AreaDoc | None:
        if isinstance(self.part, AreaDoc):
            return self.part
        return self.parent.area if self.parent else None


def rows(document: PlanDocument) -> Iterator[Row]:
    plan = Row(document)
    yield plan
    if document.agreement:
        agreement = Row(document.agreement, plan)
        yield agreement
        yield from (Row(part, agreement) for part in document.agreement.parties)
    for part in (*document.parties, *document.sections):
        yield Row(part, plan)
    for area in PlanView(document).areas:
        yield from _of_area(area, plan)
    for extra in document.extras:
        yield Row(extra, plan)
    for round_ in document.rounds:
        row = Row(round_, plan)
        yield row
        yield from (Row(part, row) for part in (*round_.answers, *round_.outcomes))


def _of_area(view: AreaView, plan: Row) -> Iterator[Row]:
    area = Row(view.doc, plan)
    yield area
    for problems in view.chain:
        problem = Row(problems.problem, area) if problems.problem else area
        if problem is not area:
            yield problem
        for causes in problems.causes:
            cause = Row(causes.cause, problem) if causes.cause else problem
            if cause is not problem:
                yield cause
            for action_view in causes.actions:
                action = Row(action_view.doc, cause)
                yield action
                doc = action_view.doc
                yield from (Row(part, action) for part in (*doc.goals, *doc.commitments))


# Keys, which nobody writes by hand.
_NO_TEXTS = {"slug", "key", "party"}


def texts(part: Part) -> Iterator[tuple[str, str]]:
    """The fields in which somebody has written something, and what; of rich text its words."""
    return texts_of(part, but=_NO_TEXTS)
