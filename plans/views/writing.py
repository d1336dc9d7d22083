"""Writing in a plan: its page, and how its rows stand there."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from plans.access import DistrictPlans, SeveralPlans, get_district, get_plan
from plans.addresses import address_of
from plans.earlier import Earlier
from plans.editable import KINDS
from plans.filtering import Hidden, hidden, narrow
from plans.forms import ShownForm
from plans.models import Action, Goal, Plan
from plans.moving import spots
from plans.origins import Origins, priorities_of
from plans.places import LISTS
from plans.presentation import AreaView, PlanView
from plans.rounds.times import SAYS_TIME
from plans.services.loading import goal_doc, to_document
from plans.services.ties import kept_for
from plans.table import WRITE_COLUMNS
from plans.timed import while_writing
from plans.views.choosing import address, led_on, sent
from plans.views.plan import ask_which, which
from plans.writer import Writer
from samverkan.access.table import Right
from samverkan.collaboration import desk
from samverkan.collaboration.comments import Talk
from samverkan.collaboration.desk import Row, asks_for_json
from samverkan.collaboration.desk import listed as rows_listed
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.moving import Spots
from samverkan.indicators.register import kept_among
from samverkan.organisation.models import Party
from samverkan.site.frame import Frame


def page(request: HttpRequest, district: str, year: int) -> HttpResponseBase:
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    frame = Frame(request, plans.district, year, plans.readable)
    asked_for = which(request)
    try:
        plan = plans.get(Right.EDIT_OWN, year, **asked_for)
    except SeveralPlans as several:
        return ask_which(request, frame, several, "plan-write")
    context = _context(request, plan, frame)
    view: PlanView = context["view"]
    earlier = Earlier(request.user, plan, view.document, plans.readable)

    def make(data: QueryDict) -> ShownForm:
        return ShownForm(data, plan=view, earlier=earlier.name, offered=WRITE_COLUMNS)

    if request.method == "POST" and asks_for_json(request):
        form = sent(request, "skriv", make)
        context |= _shown(form, view, earlier, asked_for)
        return JsonResponse(_told(request, form, context, asked_for))
    answer = led_on(request, "skriv", make, asked_for)
    if isinstance(answer, HttpResponse):
        return answer
    context |= _shown(answer, view, earlier, asked_for)
    return StreamingHttpResponse(_in_pieces(request, context))


def _shown(
    form: ShownForm, view: PlanView, earlier: Earlier, asked_for: dict[str, Any]
) -> dict[str, Any]:
    """What the filter leaves out. All rows are on the page: those are hidden, with the number of
    them said, so that what others do finds its place."""
    criteria = form.criteria
    changes = earlier.of if criteria.since else {}
    narrowed = narrow(view.areas, criteria, changes)
    return {
        "filter": form,
        "which": f"?{urlencode(asked_for)}" if asked_for else "",
        "is_filtered": bool(criteria),
        "shown": sum(len(area.actions) for area in narrowed),
        "hidden": hidden(view.areas, narrowed) if criteria else Hidden(),
    }


def _told(
    request: HttpRequest, form: ShownForm, context: dict[str, Any], asked_for: dict[str, Any]
) -> dict[str, Any]:
    """The same, for a page that is there already."""

    def piece(name: str, **more: Any) -> str:
        return render_to_string(f"plans/{name}.html", context | more, request)

    return {
        "address": address(request, form, asked_for),
        "result": piece("parts/filter_result"),
        "is_filtered": context["is_filtered"],
        "hidden": sorted(str(row) for row in context["hidden"].rows),
        "lines": {
            str(area.doc.uuid): piece("write/hidden", area=area) for area in context["view"].areas
        },
        "without": [column.name for column in form.not_shown],
    }


def _in_pieces(request: HttpRequest, context: dict[str, Any]) -> Iterable[str]:
    """The page as it is made, so that a plan of three hundred actions is there as soon as one of
    thirty: its first rows are written in while the last ones are on their way."""

    def piece(name: str, **more: Any) -> str:
        return render_to_string(f"plans/write/{name}.html", context | more, request)

    # Made before the answer begins: it sets the cookie that the forms need.
    before, after = piece("page", rows=_HERE).split(_HERE)

    def pieces() -> Iterator[str]:
        yield (
            before
            + piece("sections", **_of_agreement(context))
            + '<div class="rows" data-rows="area" data-under="">'
        )
        for area in context["view"].areas:
            groups = [group for group in area.chain if group.problem]
            head, _, tail = piece("area", area=area, problems=_HERE).partition(_HERE)
            yield head
            for group in groups if tail else ():
                yield piece("problem", problem=group.problem, causes=group.causes)
            yield tail
        yield "</div>" + piece("extras") + after

    return pieces()


def _of_agreement(context: dict[str, Any]) -> dict[str, Any]:
    plan, writer, agreement = context["plan"], context["writer"], context["view"].document.agreement
    if agreement is None:
        return {}
    there = {entry.party for entry in agreement.parties}
    parties = writer.own_parties if writer.changes_parties else []
    return {
        "others_rest": plan.agreement.plans.exclude(pk=plan.pk).exists(),
        "missing_parties": [party for party in parties if party.key not in there],
    }


_HERE = SafeString("<!-- rows -->")


class Desk(desk.Desk):
    kinds = KINDS
    folder = "plans/write"
    drawn = LISTS.keys() - {"commitment"}
    in_the_row = {
        "plan": {"layout", "annex_label"},
        "section": {"heading", "text"},
        "area": set(KINDS["area"].fields),
        "problem": {"text"},
        "cause": {"text"},
        "action": {"name", "description", "timing", "responsible", "follow_up_plan"},
        "goal": {"text"},
        "commitment": {"contact_role", "other_participants", "text"},
        "extra": set(KINDS["extra"].fields),
        "agreement": set(KINDS["agreement"].fields),
        "signatory": set(KINDS["signatory"].fields),
    }

    def get(self, request: HttpRequest, right: Right, district: str, pk: int) -> Plan:
        return get_plan(request.user, right, district, pk)

    def home(self, work: Plan) -> str:
        return address_of(work, [work], "plan-write", **which_of(work))

    def read_address(self, work: Plan) -> str:
        return address_of(work, [work], **which_of(work))

    def writer(self, user: Any, work: Plan) -> Writer:
        return Writer(user, work)

    def frame(self, request: HttpRequest, work: Plan) -> Frame:
        return Frame(request, work.district, work.year, [work])

    def context(self, request: HttpRequest, work: Plan) -> dict[str, Any]:
        return _context(request, work, self.frame(request, work))

    def walk(self, view: PlanView) -> Iterator[Row]:
        return _walk(view)

    def find(self, view: PlanView, kind: str, row: Any) -> Any:
        agreement = view.document.agreement
        if kind == "agreement" and agreement and agreement.uuid == row:
            return agreement
        return super().find(view, kind, row)

    def news(
        self, request: HttpRequest, work: Plan, seen: int, mine: Sequence[Any] = ()
    ) -> dict[str, Any]:
        """And how a time that has changed is understood now, and what a goal's indicator says of it."""
        told = super().news(request, work, seen, mine)
        tied = {one["row"] for one in told["fields"] if one["field"] in _OF_A_TIE}
        if tied:
            told["pieces"] = told.get("pieces", {}) | self._ties(request, work, tied)
        timed = {one["row"] for one in told["fields"] if one["field"] in SAYS_TIME}
        if timed:
            actions = Action.objects.filter(area__plan=work, uuid__in=timed)
            told["pieces"] = told.get("pieces", {}) | {
                f"forstatt-{action.uuid}": escape(while_writing(action, work.period))
                for action in actions
            }
        return told

    def _ties(self, request: HttpRequest, work: Plan, rows: set[str]) -> dict[str, str]:
        goals = list(Goal.objects.filter(action__area__plan=work, uuid__in=rows))
        told = {
            "register": kept_among(request.user, work.district, {g.indicator for g in goals}),
            "writer": self.writer(request.user, work),
            "work": work,
            "frame": {"district": work.district},
        }
        return {
            f"indikator-{goal.uuid}": render_to_string(
                "plans/write/tie.html", told | {"goal": goal_doc(goal)}, request
            )
            for goal in goals
        }

    def spots(self, view: PlanView, kind: str, doc: Any) -> list[Spots]:
        return spots(kind, doc, view)

    def more_of_row(self, context: dict[str, Any], kind: Editable, doc: Any) -> dict[str, Any]:
        action = None
        if kind.name == "action":
            action = next(one for one in context["view"].actions if one.doc.uuid == doc.uuid)
        return {
            "action": action,
            "missing_parties": _missing_parties(context["writer"], action),
        }


# The fields of a goal on which it hangs what its indicator can say of it.
_OF_A_TIE = {"indicator", "baseline", "unit"}
DESK = Desk()


def _missing_parties(writer: Writer, action: Any) -> list[Party]:
    """Those that she could add an åtagande for, and that have none in the action."""
    if action is None:
        return []
    there = {commitment.party for commitment in action.doc.commitments}
    return [party for party in writer.own_parties if party.key not in there]


def _context(request: HttpRequest, plan: Plan, frame: Frame) -> dict[str, Any]:
    document = to_document(plan)
    talk = Talk(request.user, plan)
    return {
        "frame": frame,
        "plan": plan,
        "work": plan,
        "talk": talk,
        "marks": json.dumps(talk.told),
        "origins": Origins(request.user, plan.district, priorities_of(document)),
        "view": PlanView(document),
        "register": kept_for(request.user, plan, document),
        "writer": Writer(request.user, plan, document),
        "read_url": address_of(plan, frame.plans),
    }


def which_of(plan: Plan) -> dict[str, str]:
    return {"period": str(plan.period_id), "revision": str(plan.revision)}


def _walk(view: PlanView) -> Iterator[Row]:
    """Every row in the order of the page, with what it stands under and which it stands after."""

    def listed(kind: str, under: str, docs: Any, more: Any = None) -> Iterator[Row]:
        return rows_listed(kind, under, docs, more or (lambda item: {kind: item}))

    def actions(under: str, views: Any) -> Iterator[Row]:
        yield from listed("action", under, views)
        for action in views:
            yield from listed("goal", f"action:{action.doc.uuid}", action.doc.goals)
            yield from listed("commitment", f"action:{action.doc.uuid}", action.doc.commitments)

    if agreement := view.document.agreement:
        yield from listed(
            "signatory",
            f"agreement:{agreement.uuid}",
            agreement.parties,
            lambda doc: {"signatory": doc, "party": view.parties[doc.party]},
        )
    yield from listed("section", "", view.document.sections)
    yield from listed("area", "", view.areas)
    for area in view.areas:
        yield from _chain(area, listed, actions)
    yield from listed("extra", "", view.document.extras)


def _chain(area: AreaView, listed: Any, actions: Any) -> Iterator[Row]:
    groups = area.chain
    problems = {group.problem.uuid: group for group in groups if group.problem}

    def whole(problem: Any) -> dict[str, Any]:
        return {"problem": problem, "causes": problems[problem.uuid].causes}

    under = f"area:{area.doc.uuid}"
    yield from listed("problem", under, [g.problem for g in groups if g.problem], whole)
    for group in groups:
        if group.problem is None:
            yield from actions(under, group.causes[0].actions)
            continue
        causes = {part.cause.uuid: part for part in group.causes if part.cause}
        yield from listed(
            "cause",
            f"problem:{group.problem.uuid}",
            [part.cause for part in group.causes if part.cause],
            lambda cause, causes=causes: {"cause": cause, "actions": causes[cause.uuid].actions},
        )
        for part in group.causes:
            owner = f"cause:{part.cause.uuid}" if part.cause else f"problem:{group.problem.uuid}"
            yield from actions(owner, part.actions)
