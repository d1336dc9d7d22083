"""Rulla vidare: next year's plan out of this one, action by action."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from plans.access import DistrictPlans, get_plan
from plans.action_view import ActionView
from plans.addresses import address_of
from plans.forms import RolloverForm
from plans.models import Plan, Rollover
from plans.presentation import AreaView, PlanView
from plans.rollover import Choice, Undecided, proposed
from plans.services.creation import AlreadyPlanned
from plans.services.loading import to_document
from plans.services.rollover import OWN, Following, NotSettled, prepared, roll_over
from plans.vocabulary import Carry
from samverkan.access.ask import demand, may
from samverkan.access.table import Right
from samverkan.site.frame import Frame


@dataclass(frozen=True)
class Chosen:
    """An action, and what was chosen for it, whether or not it will do."""

    action: ActionView
    carry: str
    reason: str

    @property
    def fault(self) -> str:
        is_reasonless = self.carry == Carry.CLOSE and not self.reason.strip()
        return "Skriv varför åtgärden avslutas." if is_reasonless else ""

    @property
    def anchor(self) -> str:
        return f"val-{self.action.doc.uuid}"


@dataclass(frozen=True)
class AreaChoices:
    area: AreaView
    actions: list[Chosen]


@dataclass(frozen=True)
class Unsettled:
    """An area that needs a place in the new list, and the one that was chosen for it."""

    area: Undecided
    chosen: str

    @property
    def anchor(self) -> str:
        return f"omrade-{self.area.area}"


def page(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan = get_plan(request.user, Right.READ, district, pk)
    demand(request.user, Right.CREATE_PLAN, plan.district)
    plans = DistrictPlans(request.user, plan.district).readable
    said = request.POST if request.method == "POST" else None
    document = to_document(plan)
    form = RolloverForm(said, plan=plan)
    areas = _choices(PlanView(document), said)
    settled = _settled(said)
    wants_to_store = said is not None and "alla" not in said
    faults: list[Any] = []
    if said is not None and not wants_to_store:
        form = RolloverForm(None, plan=plan)
        form.initial.update({name: said.get(name) for name in form.fields if name in said})
    elif wants_to_store and form.is_valid():
        faults = [
            format_html('<a href="#{}">{}: {}</a>', one.anchor, one.action.title[:80], one.fault)
            for group in areas
            for one in group.actions
            if one.fault
        ]
        if not faults:
            answer = _store(request, plan, form, areas, settled)
            if isinstance(answer, HttpResponse):
                return answer
            faults = answer
    for fault in faults:
        form.add_error(None, fault)
    return render(
        request,
        "plans/rollover.html",
        {
            "frame": Frame(request, plan.district, plan.year, plans),
            "plan": plan,
            "plan_url": address_of(plan, plans),
            "form": form,
            "areas": areas,
            "carries": Carry.choices,
            "count": sum(len(group.actions) for group in areas),
            "is_sent": wants_to_store,
            "unsettled": _unsettled(document, plan, form, settled),
            "listed": _listed(form),
            "own": OWN,
        },
    )


def _store(
    request: HttpRequest,
    plan: Plan,
    form: RolloverForm,
    areas: list[AreaChoices],
    settled: Mapping[UUID, str],
) -> HttpResponse | list[Any]:
    """The new plan's page; or what stands in the way."""
    following = Following(
        **form.plan,
        choices={
            one.action.doc.uuid: Choice(Carry(one.carry), one.reason)
            for group in areas
            for one in group.actions
        },
        areas=settled,
    )
    try:
        new = roll_over(actor=request.user, plan=plan, following=following)
    except NotSettled as refusal:
        return [
            format_html('<a href="#omrade-{}">{}</a>', area.area, area.sentence)
            for area in refusal.undecided
        ]
    except AlreadyPlanned as refusal:
        readable = DistrictPlans(request.user, plan.district).readable
        url = address_of(refusal.plan, readable)
        return [format_html('{} <a href="{}">{}</a>', refusal.message, url, refusal.plan)]
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return []
    messages.success(request, f"{new} är skapad ur {plan}. Den är ett utkast.")
    return redirect("plan-carried", plan.district.slug, new.pk)


def _choices(view: PlanView, said: QueryDict | None) -> list[AreaChoices]:
    """What was chosen; to begin with what the last follow-up suggests."""
    everything = str(said.get("alla", "")) if said is not None else ""
    groups = []
    for area in view.areas:
        chosen = []
        for action in area.actions:
            uuid = action.doc.uuid
            suggested = proposed(action)
            carry, reason = suggested.carry.value, suggested.reason
            if said is not None:
                carry = said.get(f"val-{uuid}", Carry.ON.value)
                carry = carry if carry in Carry.values else Carry.ON.value
                reason = said.get(f"skal-{uuid}", "")
            if everything and everything == str(area.doc.uuid):
                carry = Carry.ON.value
            chosen.append(Chosen(action, carry, reason))
        if chosen:
            groups.append(AreaChoices(area, chosen))
    return groups


def _settled(said: QueryDict | None) -> dict[UUID, str]:
    found = {}
    for name, value in (said or {}).items():
        if name.startswith("omrade-") and value:
            try:
                found[UUID(name.removeprefix("omrade-"))] = str(value)
            except ValueError:
                continue
    return found


def _unsettled(
    document: Any, plan: Plan, form: RolloverForm, settled: Mapping[UUID, str]
) -> list[Unsettled]:
    """Every area that is to be decided about, also where that has been done."""
    catalogue = _catalogue(form)
    if catalogue is None or catalogue.pk == plan.catalogue_id:
        return []
    # Only what the list says matters here: the rest is as it stands.
    following = Following(
        plan.period.start, plan.period.end, plan.layout, catalogue, plan.agreement
    )
    return [
        Unsettled(area, settled.get(area.area, ""))
        for area in prepared(document, plan, following).undecided
    ]


def _catalogue(form: RolloverForm) -> Any:
    field: Any = form.fields["catalogue"]
    said = form["catalogue"].value()
    return next((one for one in field.queryset if str(one.pk) == str(said)), None)


def _listed(form: RolloverForm) -> list[tuple[str, str]]:
    catalogue = _catalogue(form)
    return list(catalogue.areas.values_list("slug", "name")) if catalogue else []


def carried(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    """Where the plan came from: what became of each action, and what to look at now."""
    plan = get_plan(request.user, Right.READ, district, pk)
    readable = DistrictPlans(request.user, plan.district).readable
    made = Rollover.objects.filter(after=plan).select_related("by").first()
    before = next((one for one in readable if made and one.pk == made.before_id), None)
    groups: list[dict[str, Any]] = []
    if made and before:
        titles = {
            action.uuid: action.name or action.description
            for area in to_document(before).areas
            for action in area.actions
        }
        for carry, heading in _HEADINGS.items():
            rows = [
                {"title": titles.get(one.action, ""), "reason": one.reason, "uuid": one.action}
                for one in made.carried.all()
                if one.carry == carry
            ]
            if rows:
                groups.append({"heading": heading, "rows": rows})
    writes = bool(may(request.user, Right.EDIT_SHARED, plan))
    return render(
        request,
        "plans/carried.html",
        {
            "frame": Frame(request, plan.district, plan.year, readable),
            "plan": plan,
            "plan_url": address_of(plan, readable),
            "write_url": address_of(plan, readable, "plan-write") if writes else "",
            "made": made,
            "before": before,
            "before_url": address_of(before, readable) if before else "",
            "groups": groups,
            "reviews": _reviews(plan, made) if made else [],
            "differences_url": f"{reverse('plan-differences', args=[district])}"
            f"?fran={before.pk}&till={plan.pk}"
            if before
            else "",
        },
    )


def _reviews(plan: Plan, made: Rollover) -> list[dict[str, Any]]:
    """What is to be looked at, of that which is still in the plan: each row once."""
    document = to_document(plan)
    titles = {str(document.agreement.uuid): document.agreement.title} if document.agreement else {}
    for area in document.areas:
        titles[str(area.uuid)] = area.title
        titles |= {str(a.uuid): a.name or a.description for a in area.actions}
    found: dict[str, dict[str, Any]] = {}
    for one in made.to_review:
        row = one["row"]
        if row in titles:
            told = found.setdefault(row, {"row": row, "title": titles[row], "sentences": []})
            told["sentences"].append(one["sentence"])
    return list(found.values())


_HEADINGS = {
    Carry.CLOSE: "Avslutade",
    Carry.PAUSE: "Pausade",
    Carry.SPLIT: "Delade i två",
    Carry.CHANGE: "Ska ändras",
    Carry.ON: "Fortsätter",
}
