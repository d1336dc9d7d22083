"""A user's calendar: its address, which she can take back, and what stands in it.

Rights are asked for each time that it is read: an address outlives a membership, and what it gives
does not. Then it is empty, so that the days go from the calendar that has them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from plans.models import Action, CalendarAddress, Commitment, FollowUpRound, Plan, Understanding
from plans.rounds.times import time_of
from plans.tokens import number_in, token_of
from plans.writing.calendar import Event
from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.organisation.models import User

MEETING = "Möte i åtgärdsplanen"


def address_of(user: User) -> CalendarAddress | None:
    return CalendarAddress.objects.filter(user=user, revoked_at=None).first()


def url_of(address: CalendarAddress) -> str:
    return urljoin(settings.SITE_URL, reverse("calendar-feed", args=[token_of(address)]))


def new_address(user: User) -> CalendarAddress:
    """Instead of the one that there may be."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        revoke_address(user)
        return CalendarAddress.objects.create(user=user)


def revoke_address(user: User) -> None:
    CalendarAddress.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())


def owner_of(token: str) -> User | None:
    pk = number_in(token, CalendarAddress)
    if pk is None:
        return None
    found = (
        CalendarAddress.objects.filter(pk=pk, revoked_at=None, user__is_active=True)
        .select_related("user")
        .first()
    )
    return found.user if found else None


@dataclass(frozen=True)
class _Part:
    """A user's part in a plan in force that she may read."""

    plan: Plan
    parties: frozenset[int]
    sees_all: bool  # the samordnare: what is asked of anybody

    def is_asked(self, round_: FollowUpRound) -> bool:
        named = {party.pk for party in round_.parties.all()}
        return self.sees_all or bool(self.parties & named if named else self.parties)


def events_of(user: User) -> list[Event]:
    parts = _parts_of(user)
    return [*_due(parts), *_meetings(parts)] if parts else []


def _parts_of(user: User) -> list[_Part]:
    standing = [one for one in user.standing if one.district_id and one.party_id]
    if not standing:
        return []
    plans = (
        Plan.objects.filter(in_force=True, period__district__in={m.district_id for m in standing})
        .select_related("period__district__municipality")
        .for_parties({one.party_id for one in standing})
    )
    return [
        _Part(
            plan,
            frozenset(
                one.party_id
                for one in memberships_in(user, plan)
                if one.party_id and one.party and plan.takes_part(one.party)
            ),
            bool(may(user, Right.FOLLOW_UP_FOR_ALL, plan)),
        )
        for plan in plans
        if may(user, Right.READ, plan)
    ]


def _due(parts: Iterable[_Part]) -> Iterator[Event]:
    by_period = {part.plan.period_id: part for part in parts}
    is_open = FollowUpRound.objects.filter(
        period__in=by_period, opened_at__isnull=False, closed_at=None
    )
    for round_ in is_open.prefetch_related("parties"):
        part = by_period[round_.period_id]
        if part.is_asked(round_):
            assert round_.opened_at
            yield Event(
                uid=f"uppfoljning-{round_.uuid}@samverkan",
                title=f"{round_}: svar senast i dag ({part.plan.district})",
                starts_on=round_.due_date,
                changed_at=round_.opened_at,
                sequence=round_.version,
                url=_url("my-commitments"),
            )


def _meetings(parts: Iterable[_Part]) -> Iterator[Event]:
    """On the days that the words say, and no others: "varannan vecka" gives none."""
    by_plan = {part.plan.pk: part for part in parts if part.parties}
    put_right = {
        (one.period_id, one.action): one
        for one in Understanding.objects.filter(
            period__in={part.plan.period_id for part in by_plan.values()}
        )
    }
    parties = {party for part in by_plan.values() for party in part.parties}
    seen = set()
    for one in Commitment.objects.filter(
        action__area__plan__in=by_plan, party__in=parties
    ).select_related("action__area"):
        action, part = one.action, by_plan[one.action.area.plan_id]
        if one.party_id not in part.parties or action.pk in seen:
            continue
        seen.add(action.pk)
        period = part.plan.period
        meetings = time_of(action, period, put_right.get((period.pk, action.uuid))).meetings
        for day in meetings.dates(period.start, period.end) if meetings else ():
            yield Event(
                uid=f"mote-{action.uuid}-{day:%Y%m%d}@samverkan",
                title=f"{_title(action)} ({part.plan.district})",
                starts_on=day,
                changed_at=part.plan.changed_at or part.plan.created_at,
                sequence=part.plan.version,
                url=_url("action-thread", part.plan.district.slug, action.uuid),
            )


def _title(action: Action) -> str:
    """What is internal has no name outside."""
    called = "name" if action.name else "description"
    is_internal = action.is_internal or action.area.is_internal
    if is_internal or called in action.internal_fields:
        return MEETING
    return f"Möte: {Truncator(action).chars(80)}"


def _url(name: str, *args: Any) -> str:
    return urljoin(settings.SITE_URL, reverse(name, args=args))
