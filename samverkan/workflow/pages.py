"""The pages on which a step is taken: each says what will happen, and has one button for it; and what
has been sent and received. A wing says how what it is about is found, and what frames the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samverkan.access.ask import told
from samverkan.access.table import TABLE, Right
from samverkan.organisation.models import Membership, Party
from samverkan.organisation.vocabulary import Role
from samverkan.text import list_of
from samverkan.workflow import steps, table
from samverkan.workflow.ask import demand_step
from samverkan.workflow.facts import Seen, Standing, standing_of
from samverkan.workflow.forms import (
    ApproveForm,
    DecisionForm,
    ReasonForm,
    ReturnForm,
    SendForm,
    StepForm,
)
from samverkan.workflow.status import parties_of
from samverkan.workflow.table import Transition
from samverkan.workflow.wings import Wing, wing_of


@dataclass(frozen=True)
class Found:
    """What a page is about, in its frame, and those of its district among which it has its address."""

    work: Any
    frame: Any
    among: Sequence[Any]

    @property
    def wing(self) -> Wing:
        return wing_of(self.work)

    def address(self, page: str = "") -> str:
        return self.wing.address(self.work, page, self.among)


# The right, and where it is said to be, to what that is. It refuses whoever has no right to it.
Find = Callable[..., Found]


class At(NamedTuple):
    """Where somebody stands who is about to take a step."""

    found: Found
    now: Standing
    parties: list[Party | None]

    @property
    def work(self) -> Any:
        return self.now.work

    @property
    def the(self) -> str:
        return self.work.word_for_it.lower()

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
    on_what_was_seen: bool = False  # what she read on its page, not what stands now


def step_view(find: Find, transition: Transition) -> Callable[..., HttpResponse]:
    page = PAGES[transition]

    def view(request: HttpRequest, **where: Any) -> HttpResponse:
        found = find(request, transition.right, **where)
        demand_step(request.user, transition, found.work)
        parties = parties_of(request.user, transition, found.work)
        if not parties:
            raise PermissionDenied(TABLE[transition.right].whose)
        return _answer(request, page, At(found, standing_of(found.work), parties))

    return view


def _answer(request: HttpRequest, page: Page, at: At) -> HttpResponse:
    transition, found = page.transition, at.found
    seen = _seen(request) if page.on_what_was_seen else at.now.seen
    form = page.form(
        request.POST or None,
        action=told(transition.action, at.work),
        address=found.address(transition.name),
        seen=seen or at.now.seen,
        **page.options(at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            result = page.take(actor=request.user, work=at.work, seen=form.seen, **form.words)
        except ValidationError as refusal:
            _add(form, refusal)
            at = at._replace(now=standing_of(at.work))
            seen = form.seen
            if not page.on_what_was_seen:
                form.look_again(at.now.seen)
        else:
            messages.success(request, page.done(result, at))
            work = result if isinstance(result, type(at.work)) else at.work
            return redirect(found.wing.address(work))
    elif request.method == "POST":
        seen = form.seen
    return render(
        request,
        f"workflow/{transition.name}.html",
        {
            "frame": found.frame,
            "work": at.work,
            "The": at.work.word_for_it,
            "the": at.the,
            "wing": found.wing,
            "work_url": found.address(),
            "form": form,
            "missing": transition.missing(at.now.facts),
            "counted": found.wing.counted(at.now.document),
            "seen": seen,
            "must_read": page.on_what_was_seen and seen != at.now.seen,
            "has_read": seen is not None,
            "parties": at.of_party,
            "without_chef": _without_chef(at) if transition == table.SEND else [],
        },
    )


def _seen(request: HttpRequest) -> Seen | None:
    """What its page says that she had before her when she chose to answer."""
    version = request.GET.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        return None
    return Seen(int(version), request.GET.get("kontrollsumma", ""))


def _add(form: StepForm, refusal: ValidationError) -> None:
    """At the field that it is about, where the form has it; else over them all."""
    if hasattr(refusal, "error_dict"):
        for name, faults in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, faults)
    else:
        form.add_error(None, refusal)


def _without_chef(at: At) -> list[Party]:
    """The main parties that nobody can approve for yet."""
    chefs = Membership.objects.filter(
        district=at.work.district, role=Role.MANAGER, is_active=True, user__is_active=True
    )
    known = set(chefs.values_list("party", flat=True))
    return [party for party in at.found.wing.main_parties(at.work) if party.pk not in known]


def _decision_options(at: At) -> dict[str, Any]:
    wing = at.found.wing
    here = {f"{wing.name}__in": wing.in_district(at.work.district)}
    before = wing.decision._default_manager.filter(**here).first()
    return {
        "parties": wing.main_parties(at.work),
        "findings": wing.findings(at.now.document),
        "body": before.body if before else "",
    }


def _where_the_date_is(at: At) -> str:
    return f"Datumet står på {at.the}s sida och i meddelandet till parterna."


def _by_all(at: At) -> str:
    left = standing_of(at.work).facts.awaited
    return f"Nu väntar {at.the} på {list_of(left)}." if left else "Alla huvudparter har godkänt."


PAGES = {
    page.transition: page
    for page in (
        Page(
            table.SEND,
            SendForm,
            steps.send,
            lambda work, at: f"{work} är på samråd. Parterna får ett meddelande om det.",
            lambda at: {"help_text": _where_the_date_is(at)},
        ),
        Page(
            table.WITHDRAW,
            ReasonForm,
            steps.withdraw,
            lambda work, at: f"{work} är ett utkast igen. Parterna får ett meddelande om det.",
            lambda at: {
                "label": f"Varför tas {at.the} tillbaka?",
                "help_text": f"Skälet står på {at.the}s sida för dem som skriver i den.",
            },
        ),
        Page(
            table.POSTPONE,
            SendForm,
            steps.postpone,
            lambda work, at: "Svarsdatumet är ändrat. Parterna får ett meddelande om det.",
            lambda at: {"now": at.work.reply_by, "help_text": _where_the_date_is(at)},
        ),
        Page(
            table.APPROVE,
            ApproveForm,
            steps.approve,
            lambda approval, at: (
                f"{at.work.word_for_it} är godkänd för {approval.party.short_name}. {_by_all(at)}"
            ),
            lambda at: {"parties": at.of_party},
            on_what_was_seen=True,
        ),
        Page(
            table.RETURN,
            ReturnForm,
            steps.send_back,
            lambda answer, at: (
                f"{at.work.word_for_it} är återsänd för {answer.party.short_name}. Samordnaren får "
                "veta det."
            ),
            lambda at: {
                "parties": at.of_party,
                "label": "Vad behöver ändras, och varför?",
                "help_text": f"Skälet läses av samordnaren och av dem som skriver i {at.the}.",
            },
            on_what_was_seen=True,
        ),
        Page(
            table.DECIDE,
            DecisionForm,
            steps.decide,
            lambda decision, at: (
                f"Beslutet är registrerat. {decision.work} gäller nu, och {at.the}s innehåll är låst."
            ),
            _decision_options,
        ),
        Page(
            table.REVISE,
            ReasonForm,
            steps.revise,
            lambda work, at: (
                f"{work} är öppnad som ett utkast. Revision {at.work.revision} gäller än."
            ),
            lambda at: {
                "label": "Vad behöver ändras?",
                "help_text": "Det du skriver står i händelserna.",
            },
        ),
        Page(table.CLOSE, StepForm, steps.close, lambda work, at: f"{work} är avslutad."),
    )
}


def dispatches_view(find: Find) -> Callable[..., HttpResponse]:
    """What has been sent and received, for the registrator."""

    def view(request: HttpRequest, **where: Any) -> HttpResponse:
        found = find(request, Right.READ_DISPATCHES, **where)
        drafts, mark, query = found.address("dispatches").partition("?")
        sent = found.work.dispatches.select_related("by", "draft").defer("draft__document")
        return render(
            request,
            "workflow/dispatches.html",
            {
                "frame": found.frame,
                "work": found.work,
                "work_url": found.address(),
                "drafts": drafts,
                "query": mark + query,
                "dispatches": sent,
            },
        )

    return view


def sent_draft_view(find: Find) -> Callable[..., HttpResponse]:
    """A draft exactly as it was when it was sent."""

    def view(request: HttpRequest, draft: int, **where: Any) -> HttpResponse:
        found = find(request, Right.READ_DISPATCHES, **where)
        kept = found.work.sent_drafts.filter(pk=draft).first()
        if kept is None:
            raise Http404("Det finns inget sådant utkast bland det som har skickats.")
        content = wing_of(found.work).file_of(found.work, bytes(kept.document))
        response = HttpResponse(content, content_type="application/json")
        place = found.work.district.slug
        name = f"utkast-{place}-{found.work.year}-{kept.sha256[:12]}.json"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-cache"
        return response

    return view
