"""A way in to one round for one party, without a log-in: sent, used, taken back.

The link is personal, ends by itself and does one thing. What is done with it stands in the journal, and
what has been answered through it stands once a day among what the party has sent, for the registrator.
"""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from plans.models import Action, AnswerLink, Dispatch, FollowUpRound, Plan
from plans.services.loading import current_document
from plans.tokens import number_in, token_of
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record
from samverkan.journal.models import Entry
from samverkan.organisation.models import Party

if TYPE_CHECKING:
    from plans.services.answering import About

AFTER_DUE = timedelta(days=14)
LONGEST = timedelta(days=90)
_ONE_VISIT = timedelta(hours=1)


def usual_last_day(round_: FollowUpRound) -> date:
    today = timezone.localdate()
    return min(max(round_.due_date, today) + AFTER_DUE, today + LONGEST)


def send_link(
    *, actor: Any, plan: Plan, round_: FollowUpRound, party: Party, email: str, last_day: date
) -> AnswerLink:
    """Whoever had one for the party before has a new one instead: the old one may have gone astray."""
    today = timezone.localdate()
    if not today <= last_day <= today + LONGEST:
        latest = today + LONGEST
        raise ValidationError({"last_day": f"Välj en dag från i dag till {latest:%Y-%m-%d}."})
    with transaction.atomic():
        _lock(actor, plan, round_)
        if not round_.is_open:
            raise ValidationError("Uppföljningen är stängd. Öppna den igen för att skicka länkar.")
        for old in round_.links.filter(party=party, email__iexact=email, revoked_at=None):
            _revoke(actor, plan, old)
        link = AnswerLink.objects.create(
            round=round_,
            party=party,
            email=email,
            created_by=actor,
            expires_at=timezone.make_aware(datetime.combine(last_day, time.max)),
        )
        _record(Kind.LINK_SENT, plan, link, actor=actor)
        _mail(link)
    return link


def revoke_link(*, actor: Any, plan: Plan, link: AnswerLink) -> None:
    with transaction.atomic():
        _lock(actor, plan, link.round)
        link.refresh_from_db(fields=["revoked_at"])
        if link.revoked_at is None:
            _revoke(actor, plan, link)


def links_of(round_: FollowUpRound) -> QuerySet[AnswerLink]:
    return round_.links.select_related("party").order_by("party__short_name", "created_at", "pk")


def link_by(token: str) -> AnswerLink | None:
    """Whether it still holds is another question."""
    pk = number_in(token, AnswerLink)
    return with_place().filter(pk=pk).first() if pk else None


def with_place() -> QuerySet[AnswerLink]:
    return AnswerLink.objects.select_related("party", "round__period__district__municipality")


def address_of(link: AnswerLink) -> str:
    """The key itself: for the letter to whoever has the link, and nowhere else."""
    return urljoin(settings.SITE_URL, reverse("answer-link", args=[token_of(link)]))


def plan_of(link: AnswerLink) -> Plan | None:
    """The revision that is in force now: it is what the round asks about."""
    plan = Plan.objects.filter(period=link.round.period_id, in_force=True).first()
    if plan:
        plan.period = link.round.period
    return plan


def can_be_answered(link: AnswerLink) -> bool:
    return link.is_valid and link.round.is_open and plan_of(link) is not None


def opened(link: AnswerLink, plan: Plan) -> None:
    """Told once for each visit. It may be a mail filter that looks: it changes nothing else."""
    now = timezone.now()
    with transaction.atomic():
        AnswerLink.objects.filter(pk=link.pk).update(used_at=now)  # and locks it
        if not _is_told(Kind.LINK_OPENED, plan, link, since=now - _ONE_VISIT):
            _record(Kind.LINK_OPENED, plan, link)


def answered(link: AnswerLink, about: "About", *, is_late: bool = False) -> None:
    """Each action once a day, however many fields are written; in full it stands among the changes."""
    plan = about.plan
    name = str(Action.objects.get(area__plan=plan, uuid=about.action))
    action = f"{name} (kom när uppföljningen var stängd)" if is_late else name
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if not _is_told(Kind.LINK_ANSWERED, plan, link, since=midnight, action=action):
        _record(Kind.LINK_ANSWERED, plan, link, action=action)
    received = {
        "plan": plan,
        "kind": Dispatch.Kind.LINK_ANSWERED,
        "party": link.party,
        "note": f"{link.round}, genom länk till {link.email}",
    }
    if not Dispatch.objects.filter(**received, at__gte=midnight).exists():
        Dispatch.objects.create(
            **received, party_name=link.party.short_name, content_hash=_hash_of(plan)
        )


def _hash_of(plan: Plan) -> str:
    """Of the plan that the answers are about."""
    decision = getattr(plan, "decision", None)
    if decision:
        return decision.sha256
    return current_document(Plan.objects.with_heading().get(pk=plan.pk)).content_hash()


def _revoke(actor: Any, plan: Plan, link: AnswerLink) -> None:
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
    _record(Kind.LINK_REVOKED, plan, link, actor=actor)


def _lock(actor: Any, plan: Plan, round_: FollowUpRound) -> None:
    locked = FollowUpRound.objects.select_for_update().values_list("opened_at", "closed_at")
    round_.opened_at, round_.closed_at = locked.get(pk=round_.pk)
    demand_now(actor, Right.OPEN_ROUNDS, plan)


def _mail(link: AnswerLink) -> None:
    from plans.letters import send_answer_link  # which uses this

    transaction.on_commit(partial(send_answer_link.enqueue, link_id=link.pk))


def _words(plan: Plan, link: AnswerLink) -> dict[str, str]:
    return {
        "plan": str(plan),
        "round": link.round.name,
        "party": link.party.short_name,
        "email": link.email,
    }


def _record(kind: Kind, plan: Plan, link: AnswerLink, *, actor: Any = None, **more: str) -> None:
    record(kind, actor=actor, district=plan.district, **_words(plan, link), **more)


def _is_told(kind: Kind, plan: Plan, link: AnswerLink, *, since: datetime, **more: str) -> bool:
    same = {f"data__{name}": said for name, said in (_words(plan, link) | more).items()}
    return Entry.objects.filter(kind=kind, district=plan.district, at__gte=since, **same).exists()
