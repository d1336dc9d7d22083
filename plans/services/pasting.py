"""What is pasted becomes rows of the plan: looked at first, then all of it or nothing."""

from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from msgspec.structs import replace

from plans.document import CauseDoc, PartyDoc, ProblemDoc
from plans.editable import KINDS
from plans.models import Change, Plan, PlanArea
from plans.reading.labels import DESCRIPTION, Meaning
from plans.reading.pasted import Into, Pasted, read_pasted
from plans.reading.source import Source
from plans.services.shape import SHAPE
from plans.services.uploads import known_of
from plans.writer import Writer
from samverkan.access.table import TABLE, Right
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import current, find, put, read
from samverkan.collaboration.shape import Under
from samverkan.collaboration.turns import Op, turn
from samverkan.document import Part
from samverkan.organisation.vocabulary import PartyKind
from samverkan.reading.outcome import Answers
from samverkan.reading.uploads import remembered

AREA, PROBLEM, CAUSE = KINDS["area"], KINDS["problem"], KINDS["cause"]
ACTION, GOAL, COMMITMENT = KINDS["action"], KINDS["goal"], KINDS["commitment"]
_FACTS = ("overall_goal", "situation", "comment")  # of an area, that a text can hold
_MOST = 500


def look(
    *,
    actor: Any,
    plan: Plan,
    under: Under,
    source: Source,
    begins: Meaning = DESCRIPTION,
    answers: Answers | None = None,
) -> Pasted:
    """What it would become there. Stores nothing."""
    known = known_of(plan.district, plan.period.start, plan.period.end)
    found = read_pasted(
        source,
        into=_into(actor, plan, under, begins),
        known=known,
        answers=remembered(plan.district) | dict(answers or {}),
    )
    if len(found.area.actions) > _MOST:
        raise ValidationError(
            f"Det är fler än {_MOST} åtgärder. Spara dem som en fil och läs in den i stället."
        )
    return found


def paste(*, actor: Any, plan: Plan, under: Under, found: Pasted, press: str = "") -> list[Change]:
    """The actions last under what they were pasted in. Where what was pasted names problems and
    orsaker of its own, those come last in the area, each once, with their actions under them. The
    same press once more puts in nothing."""
    _check(found)
    press, made = press or str(uuid4()), count()
    names: dict[UUID | None, UUID] = {uuid: uuid for uuid in found.stands}

    def new(row: UUID | None = None) -> UUID:
        names[row] = uuid5(NAMESPACE_OID, f"{press} {next(made)}")
        return names[row]

    with turn(plan, actor, Right.EDIT_SHARED) as mine:
        if plan.changes.filter(op=Op.ADDED, row=uuid5(NAMESPACE_OID, f"{press} 0")).exists():
            return []
        pasted, area = found.area, (AREA, _area_of(plan, under).uuid)
        for problem in pasted.problems:
            if problem.uuid not in found.stands:
                doc: Part = ProblemDoc(uuid=new(problem.uuid), text=problem.text)
                SHAPE.insert(mine, PROBLEM, doc, SHAPE.place_under(plan, PROBLEM, area, None))
            for cause in problem.causes:
                if cause.uuid not in found.stands:
                    above = (PROBLEM, names[problem.uuid])
                    doc = CauseDoc(uuid=new(cause.uuid), text=cause.text)
                    SHAPE.insert(mine, CAUSE, doc, SHAPE.place_under(plan, CAUSE, above, None))
        parties = {party.key for party in Writer(actor, plan).own_parties}
        for action in pasted.actions:
            owner = area
            if action.cause:
                owner = (CAUSE, names[action.cause])
            elif action.problem:
                owner = (PROBLEM, names[action.problem])
            if not parties.issuperset(one.party for one in action.commitments):
                raise PermissionDenied(TABLE[Right.EDIT_OWN].whose)
            doc = replace(
                action,
                uuid=new(),
                goals=tuple(replace(goal, uuid=new()) for goal in action.goals),
                commitments=tuple(replace(one, uuid=new()) for one in action.commitments),
            )
            SHAPE.insert(mine, ACTION, doc, SHAPE.place_under(plan, ACTION, owner, None))
        if facts := _facts(found):
            row = find(plan, *area)
            if any(current(row, AREA.fields[name]) for name in facts):
                raise ValidationError(
                    "Någon har skrivit om området medan du tittade, så inget är inklistrat. Visa igen."
                )
            put(mine, AREA, row, read(AREA, facts))
    return mine.changes


def _into(actor: Any, plan: Plan, under: Under, begins: Meaning) -> Into:
    kind, row = under
    area = _area_of(plan, under)
    hangs_on = {kind.name: row} if kind in (PROBLEM, CAUSE) else {}
    return Into(
        area=area.uuid,
        title=area.title,
        problems=tuple(
            ProblemDoc(
                problem.uuid,
                problem.text,
                causes=tuple(CauseDoc(cause.uuid, cause.text) for cause in problem.causes.all()),
            )
            for problem in area.problems.prefetch_related("causes")
        ),
        begins=begins,
        written=frozenset(name for name in _FACTS if getattr(area, name)),
        parties=tuple(
            PartyDoc(party.key, party.name, party.short_name, PartyKind(party.kind))
            for party in Writer(actor, plan).own_parties
        ),
        **hangs_on,
    )


def _area_of(plan: Plan, under: Under) -> PlanArea:
    kind, uuid = under
    if kind not in (AREA, PROBLEM, CAUSE):
        raise ValidationError("Klistra in i ett område, under ett problem eller under en orsak.")
    found: Any = find(plan, kind, uuid)
    while not isinstance(found, PlanArea):
        found = getattr(found, "area", None) or found.problem
    return found


def _facts(found: Pasted) -> dict[str, str]:
    return {name: said for name in _FACTS if (said := getattr(found.area, name))}


def _check(found: Pasted) -> None:
    """Each text as its field would take it, before anything is written."""
    for kind, part in _parts(found):
        texts = {
            name: text
            for name in part.__struct_fields__
            if name in kind.fields and (text := getattr(part, name)) and isinstance(text, str)
        }
        try:
            read(kind, texts)
        except ValidationError as fault:
            first = " ".join(next(iter(texts.values())).split())[:60]
            raise ValidationError(f"”{first}”: {' '.join(fault.messages)}") from fault


def _parts(found: Pasted) -> Iterator[tuple[Editable, Part]]:
    area = found.area
    for problem in area.problems:
        yield PROBLEM, problem
        yield from ((CAUSE, cause) for cause in problem.causes)
    for action in area.actions:
        yield ACTION, action
        yield from ((GOAL, goal) for goal in action.goals)
        yield from ((COMMITMENT, one) for one in action.commitments)
