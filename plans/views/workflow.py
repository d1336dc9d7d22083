"""The pages on which a plan takes a step: each says what will happen, and has one button for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from plans.access import DistrictPlans, SeveralPlans, get_district
from plans.addresses import address_of
from plans.counting import count_plan
from plans.models import Decision, Plan
from plans.services import workflow as services
from plans.services.facts import Seen, main_parties
from plans.services.findings import personal_data
from plans.status import PAGES, parties_of
from plans.views.plan import ask_which, which
from plans.workflow_forms import (
    ApproveForm,
    DecisionForm,
    ReasonForm,
    ReturnForm,
    SendForm,
    StepForm,
)
from samverkan.access.table import Right
from samverkan.organisation.models import Membership, Party
from samverkan.organisation.vocabulary import Role
from samverkan.site.frame import Frame
from samverkan.text import list_of
from samverkan.workflow import table
from samverkan.workflow.ask import demand_step
from samverkan.workflow.table import Transition


class At(NamedTuple):
    """Where somebody stands who is about to take a step."""

    request: HttpRequest
    plans: DistrictPlans
    now: services.Standing
    parties: list[Party | None]

    @property
    def plan(self) -> Plan:
        return self.now.plan

    @property
    def of_party(self) -> list[Party]:
        return [party for party in self.parties if party is not None]


@dataclass(frozen=True)
class Page:
    transition: Transition
    form: type[StepForm]
    take: Callable[..., Any]
    done: Callable[[Any, At], str]  # what is said when it is done
    options: Callable[[At], dict[str, Any]] = lambda at: {}  # what the form asks for
    on_what_was_seen: bool = False  # what she read on the plan's page, not what stands now


def _step(page: Page) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, district: str, year: int) -> HttpResponse:
        place = get_district(request.user, Right.ENTER_DISTRICT, district)
        plans = DistrictPlans(request.user, place)
        try:
            plan = plans.get(page.transition.right, year, **which(request))
        except SeveralPlans as several:
            return ask_which(request, Frame(request, place, year, plans.readable), several)
        demand_step(request.user, page.transition, plan)
        parties = parties_of(request.user, page.transition, plan)
        if not parties:
            raise PermissionDenied(table_of(page.transition))
        return _answer(request, page, At(request, plans, services.standing_of(plan), parties))

    return view


def _answer(request: HttpRequest, page: Page, at: At) -> HttpResponse:
    name = PAGES[page.transition]
    seen = _seen(request) if page.on_what_was_seen else at.now.seen
    form = page.form(
        request.POST or None,
        action=page.transition.action,
        address=address_of(at.plan, at.plans.all, name),
        seen=seen or at.now.seen,
        **page.options(at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            result = page.take(actor=request.user, plan=at.plan, seen=form.seen, **form.words)
        except ValidationError as refusal:
            _add(form, refusal)
            at = at._replace(now=services.standing_of(at.plan))
            seen = form.seen
            if not page.on_what_was_seen:
                form.look_again(at.now.seen)
        else:
            messages.success(request, page.done(result, at))
            plan = result if isinstance(result, Plan) else at.plan
            return redirect(address_of(plan, DistrictPlans(request.user, at.plan.district).all))
    elif request.method == "POST":
        seen = form.seen
    return render(
        request,
        f"plans/workflow/{page.transition.name}.html",
        {
            "frame": Frame(request, at.plan.district, at.plan.year, at.plans.readable),
            "plan": at.plan,
            "plan_url": address_of(at.plan, at.plans.all),
            "form": form,
            "missing": page.transition.missing(at.now.facts),
            "counts": count_plan(at.now.document),
            "seen": seen,
            "must_read": page.on_what_was_seen and seen != at.now.seen,
            "has_read": seen is not None,
            "parties": at.of_party,
            "without_chef": _without_chef(at.plan) if page.transition == table.SEND else [],
        },
    )


def _seen(request: HttpRequest) -> Seen | None:
    """What the plan's page says that she had before her when she chose to answer."""
    version = request.GET.get("version", "")
    if not version.isdecimal():
        return None
    return Seen(int(version), request.GET.get("kontrollsumma", ""))


def _add(form: StepForm, refusal: ValidationError) -> None:
    """At the field that it is about, where the form has it; else over them all."""
    if hasattr(refusal, "error_dict"):
        for name, faults in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, faults)
    else:
        form.add_error(None, refusal)


def _without_chef(plan: Plan) -> list[Party]:
    """The main parties that nobody can approve for yet."""
    chefs = Membership.objects.filter(
        district=plan.district, role=Role.MANAGER, is_active=True, user__is_active=True
    )
    known = set(chefs.values_list("party", flat=True))
    return [party for party in main_parties(plan) if party.pk not in known]


def table_of(transition: Transition) -> str:
    from samverkan.access.table import TABLE

    return TABLE[transition.right].whose


def _decision_options(at: At) -> dict[str, Any]:
    before = Decision.objects.filter(plan__period__district=at.plan.district).first()
    return {
        "parties": main_parties(at.plan),
        "findings": personal_data(at.now.document),
        "body": before.body if before else "",
    }


def _by_all(at: At) -> str:
    left = services.standing_of(at.plan).facts.awaited
    return f"Nu väntar planen på {list_of(left)}." if left else "Alla huvudparter har godkänt."


send = _step(
    Page(
        table.SEND,
        SendForm,
        services.send,
        lambda plan, at: f"{plan} är på samråd. Parterna får ett meddelande om det.",
    )
)
withdraw = _step(
    Page(
        table.WITHDRAW,
        ReasonForm,
        services.withdraw,
        lambda plan, at: f"{plan} är ett utkast igen. Parterna får ett meddelande om det.",
        lambda at: {
            "label": "Varför tas planen tillbaka?",
            "help_text": "Skälet står på planens sida för dem som skriver i den.",
        },
    )
)
postpone = _step(
    Page(
        table.POSTPONE,
        SendForm,
        services.postpone,
        lambda plan, at: "Svarsdatumet är ändrat. Parterna får ett meddelande om det.",
        lambda at: {"now": at.plan.reply_by},
    )
)
approve = _step(
    Page(
        table.APPROVE,
        ApproveForm,
        services.approve,
        lambda approval, at: f"Planen är godkänd för {approval.party.short_name}. {_by_all(at)}",
        lambda at: {"parties": at.of_party},
        on_what_was_seen=True,
    )
)
send_back = _step(
    Page(
        table.RETURN,
        ReturnForm,
        services.send_back,
        lambda answer, at: (
            f"Planen är återsänd för {answer.party.short_name}. Samordnaren får veta det."
        ),
        lambda at: {
            "parties": at.of_party,
            "label": "Vad behöver ändras, och varför?",
            "help_text": "Skälet läses av samordnaren och av dem som skriver i planen.",
        },
        on_what_was_seen=True,
    )
)
decide = _step(
    Page(
        table.DECIDE,
        DecisionForm,
        services.decide,
        lambda decision, at: (
            f"Beslutet är registrerat. {decision.plan} gäller nu, och planens innehåll är låst."
        ),
        _decision_options,
    )
)
revise = _step(
    Page(
        table.REVISE,
        ReasonForm,
        services.revise,
        lambda plan, at: f"{plan} är öppnad som ett utkast. Revision {at.plan.revision} gäller än.",
        lambda at: {
            "label": "Vad behöver ändras?",
            "help_text": "Det du skriver står i händelserna.",
        },
    )
)
close = _step(Page(table.CLOSE, StepForm, services.close, lambda plan, at: f"{plan} är avslutad."))


def dispatches(request: HttpRequest, district: str, year: int) -> HttpResponse:
    """What has been sent and received, for the registrator."""
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    plans = DistrictPlans(request.user, place)
    frame = Frame(request, place, year, plans.readable)
    try:
        plan = plans.get(Right.READ_DISPATCHES, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, frame, several)
    query = address_of(plan, plans.all).partition("?")[2]
    return render(
        request,
        "plans/dispatches.html",
        {
            "frame": frame,
            "plan": plan,
            "plan_url": address_of(plan, plans.all),
            "query": f"?{query}" if query else "",
            "dispatches": plan.dispatches.select_related("by", "draft").defer("draft__document"),
        },
    )


def sent_draft(request: HttpRequest, district: str, year: int, pk: int) -> HttpResponse:
    """A draft exactly as it was when it was sent."""
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    plans = DistrictPlans(request.user, place)
    try:
        plan = plans.get(Right.READ_DISPATCHES, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, Frame(request, place, year, plans.readable), several)
    draft = plan.sent_drafts.filter(pk=pk).first()
    if draft is None:
        raise Http404("Det finns inget sådant utkast bland det som har skickats.")
    response = HttpResponse(bytes(draft.document), content_type="application/json")
    name = f"utkast-{place.slug}-{year}-{draft.sha256[:12]}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-cache"
    return response
