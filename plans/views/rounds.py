"""Follow-up rounds: those of a plan, one of them, and those that the city opens everywhere."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from plans.access import (
    DistrictPlans,
    SeveralPlans,
    get_district,
    get_municipality,
    get_plan,
    get_round,
    parties_of,
)
from plans.addresses import address_of
from plans.cards import Card, Sheet, sheets
from plans.mine import Mine, is_asked
from plans.models import Action, CityRound, FollowUpRound, Goal, LateAnswer, Period, Plan
from plans.round_forms import (
    ChangeRoundForm,
    CityRoundForm,
    OpenRoundForm,
    ReopenForm,
    next_round,
    usual,
)
from plans.rounds.reach import CityPlans
from plans.services import rounds as services
from plans.services.answering import turn_down
from plans.services.links import links_of
from plans.services.ties import outcomes_offered
from plans.views.plan import ask_which, which
from plans.vocabulary import RoundKind
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.organisation.models import Party
from samverkan.site.frame import Frame
from samverkan.text import list_of


def page(request: HttpRequest, district: str, year: int) -> HttpResponse:
    """The rounds of a plan: what is open, who has answered, what has been frozen."""
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    frame = Frame(request, plans.district, year, plans.readable)
    try:
        plan = plans.get(Right.READ, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, frame, several, "follow-up")
    rounds = list(plan.period.rounds.prefetch_related("parties", "snapshots__closed_by"))
    by_party = _by_party(plan, [round_ for round_ in rounds if round_.is_open])
    return render(
        request,
        "plans/rounds/page.html",
        {
            "frame": frame,
            "plan": plan,
            "plan_url": address_of(plan, plans.readable),
            "rounds": [
                {"round": round_, "sheets": by_party.get(round_.pk, [])}
                for round_ in reversed(rounds)
            ],
            "opens": may(request.user, Right.OPEN_ROUNDS, plan),
            "answers": bool(Mine(request.user).parties_in(plan)),
            "today": timezone.localdate(),
        },
    )


def round_page(request: HttpRequest, district: str, pk: int, round_: int) -> HttpResponse:
    """One round: what is answered for all and by whom; or what one party is asked (?part=polisen)."""
    plan, found = get_round(request.user, Right.READ, district, pk, round_)
    if newer := plan.period.plans.filter(in_force=True).exclude(pk=plan.pk).first():
        return redirect(
            "round", district, newer.pk, found.pk
        )  # it is followed up by what is in force
    of_party = _by_party(plan, [found]).get(found.pk, [])
    writes = found.is_open and may(request.user, Right.FOLLOW_UP_FOR_ALL, plan)
    chosen = next(
        (one for one in of_party if one.party and one.party.key == request.GET.get("part")), None
    )
    own = Mine(request.user).parties_in(plan) if found.is_open else []
    context = {
        "frame": Frame(
            request, plan.district, plan.year, DistrictPlans(request.user, plan.district).readable
        ),
        "plan": plan,
        "round": found,
        "parties": of_party,
        "own": [party.pk for party in own],
        "writes": writes,
        "opens": may(request.user, Right.OPEN_ROUNDS, plan),
        "today": timezone.localdate(),
        "shows_drafts": bool(may(request.user, Right.READ_HISTORY, plan)),
    }
    if chosen:
        is_own = chosen.party in own
        return render(
            request,
            "plans/rounds/of_party.html",
            context
            | {
                "sheet": chosen,
                "is_ours": is_own,
                "confirms": is_own,
                "may_write": writes or is_own,
            },
        )
    common = sheets([(plan, found, None)], with_goals=True)
    said: dict[UUID, list[Card]] = {}
    for sheet in of_party:
        for card in sheet.cards:
            said.setdefault(card.action.uuid, []).append(card)
    return render(
        request,
        "plans/rounds/round.html",
        context
        | {
            "common": common[0] if common else None,
            "said": said,
            "offered": outcomes_offered(request.user, plan, found, _goals(common)),
            "exchanges": [
                one.party for one in of_party if may(request.user, Right.FOLLOW_UP, plan, one.party)
            ],
            "reads_minutes": bool(may(request.user, Right.READ_HISTORY, plan)),
            "adds_minutes": _adds_minutes(common, said, own, bool(writes)) if found.is_open else (),
            "late": _late(found, plan) if context["opens"] else (),
            "snapshots": found.snapshots.select_related("closed_by"),
            "left": found.is_open and any(sheet.left for sheet in of_party),
            "links": links_of(found) if context["opens"] else (),
        },
    )


def _goals(asked: Iterable[Sheet]) -> list[Goal]:
    return [line.goal for sheet in asked for card in sheet.cards for line in card.goals]


def _late(round_: FollowUpRound, plan: Plan) -> list[tuple[LateAnswer, str]]:
    """What is still to be settled, each with the name of the action that it is about."""
    late = round_.late_answers.filter(settled_at=None).select_related("party", "by")
    names = {
        action.uuid: str(action)
        for action in Action.objects.filter(area__plan=plan, uuid__in=late.values("action"))
    }
    return [(one, names.get(one.action, "En åtgärd som inte finns kvar i planen")) for one in late]


def _adds_minutes(
    common: Iterable[Sheet], said: dict[UUID, list[Card]], own: list[Party], is_for_all: bool
) -> set[UUID]:
    """The actions to which I add protokoll: all of them, or those in which my party takes part."""
    if is_for_all:
        return {card.action.uuid for sheet in common for card in sheet.cards}
    return {
        action for action, cards in said.items() if any(card.about.party in own for card in cards)
    }


def open_(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan = get_plan(request.user, Right.OPEN_ROUNDS, district, pk)
    usual_ = _suggested(request, [plan.period])
    form = OpenRoundForm(request.POST or None, parties=parties_of(plan), initial=usual_)
    if request.method == "POST" and form.is_valid():
        try:
            found = services.open_round(
                actor=request.user,
                plan=plan,
                words=form.words,
                parties=form.cleaned_data["parties"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{found} är öppen. Parterna får ett meddelande.")
            return redirect("round", district, plan.pk, found.pk)
    return _form_page(
        request, plan, form, "Öppna en uppföljning", kind=usual_["kind"], kinds=RoundKind
    )


def change(request: HttpRequest, district: str, pk: int, round_: int) -> HttpResponse:
    plan, found = get_round(request.user, Right.OPEN_ROUNDS, district, pk, round_)
    form = ChangeRoundForm(
        request.POST or None, parties=parties_of(plan), initial=ChangeRoundForm.of(found)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_round(
                actor=request.user,
                plan=plan,
                round_=found,
                words=form.words,
                parties=form.cleaned_data["parties"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{form.words.name} är ändrad.")
            return redirect("round", district, plan.pk, found.pk)
    return _form_page(request, plan, form, f"Ändra {found}", back=_address(plan, found))


def close(request: HttpRequest, district: str, pk: int, round_: int) -> HttpResponse:
    """Asks first, and says who has not answered."""
    plan, found = get_round(request.user, Right.OPEN_ROUNDS, district, pk, round_)
    if request.method == "POST":
        try:
            services.close_round(actor=request.user, plan=plan, round_=found)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, f"{found} är stängd. Svaren är frysta som de står.")
        return redirect("round", district, plan.pk, found.pk)
    return render(
        request,
        "plans/rounds/close.html",
        on_plan(request, plan)
        | {
            "round": found,
            "back": _address(plan, found),
            "left": [one for one in _by_party(plan, [found]).get(found.pk, []) if one.left],
            "drafts": found.follow_ups.filter(is_draft=True).count(),
        },
    )


def reopen(request: HttpRequest, district: str, pk: int, round_: int) -> HttpResponse:
    plan, found = get_round(request.user, Right.OPEN_ROUNDS, district, pk, round_)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reopen_round(
                actor=request.user, plan=plan, round_=found, reason=form.cleaned_data["reason"]
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{found} är öppen igen.")
            return redirect("round", district, plan.pk, found.pk)
    return _form_page(request, plan, form, f"Öppna {found} igen", back=_address(plan, found))


def snapshot(
    request: HttpRequest, district: str, pk: int, round_: int, snapshot: int
) -> HttpResponse:
    """The very bytes that were frozen when the round closed."""
    _, found = get_round(request.user, Right.READ_HISTORY, district, pk, round_)
    frozen = found.snapshots.filter(pk=snapshot).first()
    if frozen is None:
        raise Http404("Uppföljningen har inte frysts så.")
    name = f"{found} {frozen.closed_at:%Y-%m-%d}.json"
    return HttpResponse(
        bytes(frozen.document),
        content_type="application/json",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


@require_POST
def settle(request: HttpRequest, district: str, pk: int, round_: int, late: int) -> HttpResponse:
    """What somebody had written when the round closed: let in, or not."""
    plan, found = get_round(request.user, Right.OPEN_ROUNDS, district, pk, round_)
    answer = (
        found.late_answers.select_related("party", "by").filter(pk=late, settled_at=None).first()
    )
    if answer is None:
        messages.info(request, "Det svaret är redan avgjort.")
    elif request.POST.get("gor") == "slapp-in":
        try:
            conflicts = services.let_in(actor=request.user, plan=plan, late=answer)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("round", district, plan.pk, found.pk)
        if conflicts:
            messages.warning(
                request, f"Svaret är insläppt, men inte {list_of(conflicts)}: där står något annat."
            )
        else:
            messages.success(request, "Svaret är insläppt.")
    else:
        turn_down(actor=request.user, plan=plan, late=answer)
        messages.success(request, "Svaret släpptes inte in. Det finns kvar i historiken.")
    return redirect("round", district, plan.pk, found.pk)


def of_city(request: HttpRequest, municipality: str) -> HttpResponse:
    """The city's rounds, and a new one in all of its plans."""
    city = get_municipality(request.user, Right.OPEN_CITY_ROUNDS, municipality)
    rounds = city.rounds.annotate(
        plans=Count("rounds"), closed=Count("rounds", filter=Q(rounds__closed_at__isnull=False))
    )
    plans = CityPlans(city)
    usual_ = _suggested(request, plans.followed_up, _known(rounds))
    form = CityRoundForm(request.POST or None, initial=usual_)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    words = usual_ | said
    reach = plans.reached(words["reporting_date"], words["name"])
    if said and not reach.plans:
        form.add_error(None, "Uppföljningen öppnas inte i någon plan. Varför står över knappen.")
    elif said and reach.seen != request.POST.get("seen"):
        form.add_error(
            None, "Den öppnas i andra planer än dem som stod här. Läs listan och tryck igen."
        )
    elif said:
        try:
            opened = services.open_city_round(
                actor=request.user, city=city, words=form.words, plans=reach.plans
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _opened(opened))
            for plan, why in opened.without:
                messages.warning(request, f"{plan}: {why}")
            return redirect("city-rounds", municipality)
    return render(
        request,
        "plans/rounds/city.html",
        {
            "city": city,
            "rounds": rounds,
            "form": form,
            "kind": usual_["kind"],
            "kinds": RoundKind,
            "reach": reach,
            "day": words["reporting_date"],
            "has_plans": bool(plans.followed_up),
        },
    )


def _opened(opened: services.Opened) -> str:
    number = len(opened.rounds)
    return f"{opened.round} är öppen i {number} {'plan' if number == 1 else 'planer'}."


def _suggested(
    request: HttpRequest, periods: Iterable[Period], there: Collection[tuple[str, int]] = ()
) -> dict[str, Any]:
    """Of the kind that she has chosen, or else the one that is nearest."""
    said = request.POST.get("kind") or request.GET.get("slag", "")
    chosen = RoundKind(said) if said in RoundKind.values else None
    each = [(period, {*there, *_known(period.rounds.all())}) for period in periods]
    return usual(*next_round(each, timezone.localdate(), chosen))


def _known(rounds: Iterable[CityRound | FollowUpRound]) -> list[tuple[str, int]]:
    return [(one.kind, one.reporting_date.year) for one in rounds]


def _by_party(plan: Plan, rounds: Iterable[FollowUpRound]) -> dict[int, list[Sheet]]:
    """By round, what each of the parties is asked."""
    parties = parties_of(plan)
    found: dict[int, list[Sheet]] = {}
    for sheet in sheets(
        (plan, round_, party) for round_ in rounds for party in parties if is_asked(party, round_)
    ):
        found.setdefault(sheet.round.pk, []).append(sheet)
    return found


def asked_parties(plan: Plan, round_: FollowUpRound) -> list[Party]:
    """Those that the round asks something of."""
    return [sheet.party for sheet in _by_party(plan, [round_]).get(round_.pk, []) if sheet.party]


def _address(plan: Plan, round_: FollowUpRound) -> str:
    return reverse("round", args=[plan.district.slug, plan.pk, round_.pk])


def on_plan(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    readable = DistrictPlans(request.user, plan.district).readable
    return {
        "frame": Frame(request, plan.district, plan.year, readable),
        "plan": plan,
        "plan_url": address_of(plan, readable, "follow-up"),
    }


def _form_page(
    request: HttpRequest, plan: Plan, form: Any, title: str, **more: Any
) -> HttpResponse:
    context = on_plan(request, plan) | {"form": form, "title": title} | more
    return render(request, "plans/rounds/form.html", context)
