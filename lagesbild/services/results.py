"""What the year's follow-ups say of an area, as sentences to choose among; and those that are chosen."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from lagesbild.document import ResultDoc
from lagesbild.editable import KINDS
from lagesbild.models import Report, Section
from lagesbild.services.shape import SHAPE
from plans.access import DistrictPlans
from plans.action_view import ActionView, AnswerView, GoalView
from plans.document import PlanDocument
from plans.edition import public
from plans.models import Plan
from plans.presentation import AreaView, PlanView
from plans.services.areas import counterparts
from plans.services.loading import current_document
from plans.vocabulary import PlanState
from samverkan.access.table import Right
from samverkan.collaboration.editing import Gone
from samverkan.collaboration.turns import turn
from samverkan.numbers import swedish

_FOLLOWED_UP = (PlanState.DECIDED, PlanState.CLOSED)


@dataclass(frozen=True)
class Offer:
    """A sentence that can become a result."""

    key: str
    text: str
    said_in: str  # "Tertial 2 2025, Polisen"
    action: UUID
    is_internal: bool
    internal_reason: str
    is_taken: bool


@dataclass(frozen=True)
class OfAction:
    view: ActionView
    offers: Sequence[Offer]


@dataclass(frozen=True)
class OfPlan:
    plan: Plan
    actions: Sequence[OfAction]

    @property
    def offers(self) -> list[Offer]:
        return [offer for action in self.actions for offer in action.offers]


def offered(user: Any, section: Section, plans: Sequence[Plan]) -> list[OfPlan]:
    """Of the report's own year; where nothing is followed up in it, of the year before.

    `plans` are those of the district that the user may read. What the district was made of is
    looked in too, for a year in which it was not there itself.
    """
    report = section.report
    taken = {(row.action, row.text) for row in section.results.all() if row.action}
    for year in (report.year, report.year - 1):
        covering = _covering(plans, year) or _covering(_before(user, report), year)
        found = [_of_plan(plan, section, taken) for plan in covering]
        if any(one.offers for one in found):
            return found
    return []


def take_results(*, actor: Any, section: Section, offers: Iterable[Offer]) -> list[Any]:
    """Last in the area, in one turn. What is there already is not taken once more."""
    with turn(section.report, actor, Right.EDIT_SHARED) as mine:
        there = {(row.action, row.text) for row in section.results.all()}
        for offer in offers:
            if (offer.action, offer.text) in there:
                continue
            doc = ResultDoc(
                uuid4(), offer.text, offer.action, offer.is_internal, offer.internal_reason
            )
            try:
                place = SHAPE.place_under(
                    section.report, KINDS["result"], (KINDS["section"], section.uuid), None
                )
            except Gone as gone:
                raise ValidationError("Området finns inte i lägesbilden längre.") from gone
            SHAPE.insert(mine, KINDS["result"], doc, place)
    return mine.changes


def _covering(plans: Iterable[Plan], year: int) -> list[Plan]:
    """Those that were followed up in the year, one for each period: in force, or the latest."""
    found: dict[int, Plan] = {}
    for plan in sorted(plans, key=lambda plan: (plan.in_force, plan.revision)):
        if plan.period.start.year <= year <= plan.period.end.year and plan.state in _FOLLOWED_UP:
            found[plan.period_id] = plan
    return list(found.values())


def _before(user: Any, report: Report) -> list[Plan]:
    districts = report.district.predecessors.select_related("municipality")
    return [
        plan
        for district in districts
        for plan in DistrictPlans(user, district, lightly=True).readable
    ]


def _of_plan(plan: Plan, section: Section, taken: Collection[tuple[UUID, str]]) -> OfPlan:
    assert section.area is not None
    district = plan.district
    plan = Plan.objects.with_heading().get(pk=plan.pk)
    plan.period.district = district
    document = current_document(plan)
    alike = {(one.district_id is not None, one.slug) for one in counterparts(section.area, plan)}
    areas = [area for area in PlanView(document).areas if (area.doc.own, area.doc.slug) in alike]
    open_ = _in_public(document)
    actions = [
        OfAction(action, list(_offers(area, action, taken, open_)))
        for area in areas
        for action in area.actions
    ]
    return OfPlan(plan, [one for one in actions if one.offers])


def _in_public(document: PlanDocument) -> set[UUID]:
    """The actions and goals that the plan's public edition tells of."""
    actions = [action for area in public(document).areas for action in area.actions]
    goals = {goal.uuid for action in actions for goal in action.goals}
    return goals | {action.uuid for action in actions}


def _offers(
    area: AreaView, action: ActionView, taken: Collection[tuple[UUID, str]], open_: set[UUID]
) -> Iterator[Offer]:
    """The latest first; what was answered in common or, where nothing was, by each party. What is left
    out of the plan's public edition is left out of the report's too."""
    reasons = (part.internal_reason for part in (action.doc, area.doc))
    reason = next(filter(None, reasons), "")
    uuid = action.doc.uuid
    for key, text, said_in, about in (*_answers(action), *_outcomes(action)):
        is_internal = about not in open_
        why = reason if is_internal else ""
        yield Offer(key, text, said_in, uuid, is_internal, why, (uuid, text) in taken)


Said = tuple[str, str, str, UUID]  # the last is the action, or the goal, that it tells of


def _answers(action: ActionView) -> list[Said]:
    found: list[Said] = []
    for round_ in dict.fromkeys(answer.round.uuid for answer in reversed(action.answers)):
        here = [answer for answer in action.answers if answer.round.uuid == round_]
        common = [answer for answer in here if answer.party is None]
        found += [
            (_key(answer), text, answer.name, action.doc.uuid)
            for answer in common or here
            if (text := _sentence(action, answer))
        ]
    return found


def _key(answer: AnswerView) -> str:
    return f"svar:{answer.round.uuid}:{answer.doc.action}:{answer.doc.party or ''}"


def _sentence(action: ActionView, answer: AnswerView) -> str:
    if answer.doc.text.strip():
        return answer.doc.text.strip()
    if answer.doc.state:
        return f"{_ended(action.title)}: {answer.doc.state.label.lower()}."
    return ""


def _outcomes(action: ActionView) -> list[Said]:
    return [
        (
            f"utfall:{round_.uuid}:{outcome.goal}",
            _measured(goal, place),
            round_.name,
            goal.doc.uuid,
        )
        for goal in action.goals
        for place, (round_, outcome) in reversed(list(enumerate(goal.outcomes)))
        if outcome.value is not None or outcome.text.strip()
    ]


def _measured(goal: GoalView, place: int) -> str:
    """ "Minst elva möten: utfallet är 10 möten, målet 11." """
    outcome = goal.outcomes[place][1]
    if outcome.value is None:
        return f"{_ended(goal.doc.text)}: {outcome.text.strip()}"
    unit = f" ({goal.doc.unit})" if goal.doc.unit else ""
    target = f", målet är {swedish(goal.doc.target)}" if goal.doc.target is not None else ""
    words = f" {outcome.text.strip()}" if outcome.text.strip() else ""
    return f"{_ended(goal.doc.text)}: utfallet är {swedish(outcome.value)}{unit}{target}.{words}"


def _ended(words: str) -> str:
    return words.strip().rstrip(".")
