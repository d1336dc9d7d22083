"""What a field of the plan is called. The models say so; nothing is called two things."""

from django.apps import apps

from plans.rows import RowKind, kind_of
from samverkan.document import Part
from samverkan.text import list_of

_MODELS = {
    RowKind.PLAN: "Plan",
    RowKind.AGREEMENT: "Agreement",
    RowKind.SIGNATORY: "AgreementParty",
    RowKind.SECTION: "Section",
    RowKind.AREA: "PlanArea",
    RowKind.PROBLEM: "Problem",
    RowKind.CAUSE: "Cause",
    RowKind.ACTION: "Action",
    RowKind.GOAL: "Goal",
    RowKind.COMMITMENT: "Commitment",
    RowKind.EXTRA: "Extra",
    RowKind.ROUND: "FollowUpRound",
    RowKind.ANSWER: "FollowUp",
    RowKind.OUTCOME: "Outcome",
    RowKind.PARTY: "organisation.Party",
}
# What stands in another row of the database than in the document, or under another name.
_ELSEWHERE = {
    (RowKind.PLAN, "district"): "Period.district",
    (RowKind.PLAN, "period_start"): "Period.start",
    (RowKind.PLAN, "period_end"): "Period.end",
    (RowKind.AGREEMENT, "parties"): "AgreementParty.party",
    (RowKind.AREA, "slug"): "PriorityArea.slug",
    (RowKind.AREA, "name"): "PriorityArea.name",
    (RowKind.AREA, "own"): "PriorityArea.district",
    (RowKind.PARTY, "key"): "organisation.Party.slug",
    (RowKind.ACTION, "goals"): "Goal.text",
}


def label(row: RowKind, field: str) -> str:
    """As a heading: "Plan för uppföljning"."""
    path = _ELSEWHERE.get((row, field), f"{_MODELS[row]}.{field}")
    model, name = path.rsplit(".", 1)
    found = apps.get_model(model if "." in model else f"plans.{model}")
    said = str(found._meta.get_field(name).verbose_name)
    return said[:1].upper() + said[1:]


def internal_fields(part: Part) -> str:
    """What of the row is in the internal edition only: "Kontakt och finansiering"."""
    row = kind_of(type(part))
    names = [label(row, name) for name in getattr(part, "internal_fields", ())]
    return list_of([*names[:1], *(name.lower() for name in names[1:])])
