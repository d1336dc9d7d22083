"""Påminnelser: who is told of a round that waits for her, and when.

One letter to each person over all her plans, parties and rounds, and none where nothing is left. It says
how much is left, where, and leads there: what the plan says stays in here. What has been told of is a row,
so that whoever runs it twice, or two at once, tells it once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from plans.cards import Sheet, sheets
from plans.mine import Mine, is_asked
from plans.models import AnswerLink, FollowUpRound, Plan, Reminder, ReminderChoice
from plans.services.links import with_place
from plans.vocabulary import Occasion
from samverkan.access.ask import demand_now, may
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record
from samverkan.journal.models import Entry
from samverkan.organisation.models import Membership, Party, User
from samverkan.workflow.notices import deliver

A_WEEK = timedelta(days=7)
Occasions = Collection[str]


def occasion_of(round_: FollowUpRound, today: date) -> Occasion | None:
    """What there is to tell of the round today. A day on which nobody ran it is made up for."""
    if round_.opened_at is None:
        return None
    opened = timezone.localdate(round_.opened_at)
    due = round_.due_date
    if opened >= today:
        return Occasion.OPENED
    if today > due:
        return Occasion.AFTER
    if today == due:
        return Occasion.ON_THE_DAY
    if opened < due - A_WEEK <= today:
        return Occasion.WEEK_BEFORE
    return Occasion.OPENED if today - opened <= A_WEEK else None


@dataclass(frozen=True)
class Line:
    """What is left in one round: for a party that one answers for, or, for the samordnare, in all."""

    plan: Plan
    round: FollowUpRound
    left: int
    total: int
    party: Party | None = None
    awaited: tuple[Party, ...] = ()  # in all: those that have not answered everything

    @property
    def is_late(self) -> bool:
        return self.round.due_date < timezone.localdate()


@dataclass
class Digest:
    """One letter: everything that is left for its reader, sent because of some of it."""

    user: User | None = None
    link: AnswerLink | None = None
    lines: list[Line] = field(default_factory=list)
    because: dict[FollowUpRound, Occasion] = field(default_factory=dict)

    @property
    def to(self) -> str:
        return self.user.email if self.user else self.link.email if self.link else ""

    @property
    def own(self) -> list[Line]:
        return [line for line in self.lines if line.party]

    @property
    def coordinated(self) -> list[Line]:
        return [line for line in self.lines if not line.party]

    @property
    def awaited(self) -> set[Party]:
        """Each of them once, in however many rounds it is waited for."""
        return {party for line in self.coordinated for party in line.awaited}


class Waiting:
    """What is left in the rounds that are open, for everybody: asked for once."""

    def __init__(self, rounds: Iterable[FollowUpRound] | None = None):
        self._only = None if rounds is None else {round_.pk for round_ in rounds}

    @cached_property
    def plans(self) -> dict[int, Plan]:
        """By period, those in force."""
        found = (
            Plan.objects.filter(in_force=True, period__rounds__in=self.rounds)
            .select_related("period__district__municipality", "agreement")
            .prefetch_related("agreement__parties")
            .distinct()
        )
        return {plan.period_id: plan for plan in found}

    @cached_property
    def rounds(self) -> list[FollowUpRound]:
        is_open = FollowUpRound.objects.filter(opened_at__isnull=False, closed_at=None)
        if self._only is not None:
            is_open = is_open.filter(pk__in=self._only)
        return list(
            is_open.select_related("period__district")
            .prefetch_related("parties")
            .order_by("due_date", "pk")
        )

    @cached_property
    def _committed(self) -> dict[int, list[Party]]:
        """By plan, the parties that have undertaken something in it."""
        pairs = list(
            Party.objects.filter(commitments__action__area__plan__in=self.plans.values())
            .order_by("short_name", "pk")
            .values_list("pk", "commitments__action__area__plan")
            .distinct()
        )
        parties = Party.objects.in_bulk({pk for pk, _ in pairs})
        found: dict[int, list[Party]] = defaultdict(list)
        for pk, plan in pairs:
            found[plan].append(parties[pk])
        return found

    @cached_property
    def sheets(self) -> dict[tuple[int, int], Sheet]:
        """By round and party: those of which something is asked."""
        found = sheets(
            (plan, round_, party)
            for round_ in self.rounds
            if (plan := self.plans.get(round_.period_id))
            for party in self._committed[plan.pk]
            if is_asked(party, round_)
        )
        return {(one.round.pk, one.party.pk): one for one in found if one.party}

    @cached_property
    def _by_round(self) -> dict[int, list[Sheet]]:
        found: dict[int, list[Sheet]] = defaultdict(list)
        for sheet in self.sheets.values():
            found[sheet.round.pk].append(sheet)
        return found

    @cached_property
    def users(self) -> list[User]:
        """The members of their districts, each with all her memberships."""
        districts = {plan.district.pk for plan in self.plans.values()}
        cities = {plan.district.municipality_id for plan in self.plans.values()}
        found: dict[User, list[Membership]] = defaultdict(list)
        for one in (
            Membership.objects.filter(is_active=True, user__is_active=True, municipality__in=cities)
            .select_related("user", "municipality", "district__municipality", "party")
            .order_by("user__email", "role")
        ):
            found[one.user].append(one)
        for user, memberships in found.items():
            user.__dict__["standing"] = memberships
            user.__dict__["predecessors"] = set()  # what has merged is not followed up
            parties = {one.party for one in memberships if one.party}
            for plan in self.plans.values():  # known already, so that the rights need not ask
                for party in parties:
                    takes_part = party in self._committed[plan.pk]
                    setattr(plan, f"takes_part_{party.pk}", takes_part)
        return [
            user
            for user, memberships in found.items()
            if any(one.district_id in districts for one in memberships)
        ]

    def lines_of(self, user: User) -> list[Line]:
        mine = Mine(user, self.plans.values())
        lines = []
        for round_ in self.rounds:
            plan = self.plans.get(round_.period_id)
            if plan is None:
                continue
            for party in mine.parties_in(plan):
                sheet = self.sheets.get((round_.pk, party.pk))
                if sheet and sheet.left:
                    lines.append(Line(plan, round_, sheet.left, len(sheet.cards), party))
            if may(user, Right.FOLLOW_UP_FOR_ALL, plan):
                asked = self._by_round[round_.pk]
                awaited = tuple(sheet.party for sheet in asked if sheet.left and sheet.party)
                if awaited:
                    lines.append(Line(plan, round_, len(awaited), len(asked), awaited=awaited))
        return lines

    @cached_property
    def links(self) -> list[tuple[AnswerLink, Line]]:
        now = timezone.now()
        rows = with_place().filter(round__in=self.rounds, revoked_at=None, expires_at__gte=now)
        found = []
        for link in rows.order_by("email", "pk"):
            sheet = self.sheets.get((link.round_id, link.party_id))
            if sheet and sheet.left:
                line = Line(sheet.plan, sheet.round, sheet.left, len(sheet.cards), link.party)
                found.append((link, line))
        return found


def digests(today: date, only: Occasions = Occasion.values) -> list[Digest]:
    """To whom something is to be said today that has not been said before."""
    waiting = Waiting()
    told = _Told(waiting.rounds)
    chosen = dict(ReminderChoice.objects.values_list("user", "occasions"))
    found = []
    for user in waiting.users:
        wanted = set(chosen.get(user.pk, Occasion.values)) & set(only)
        lines = waiting.lines_of(user)
        because = {
            line.round: occasion
            for line in lines
            if (occasion := _occasion_for(line, today))
            and occasion in wanted
            and not told.user(user, line.round, occasion)
        }
        if because:
            found.append(Digest(user=user, lines=lines, because=because))
    for link, line in waiting.links:
        occasion = occasion_of(line.round, today)
        is_new = occasion == Occasion.OPENED or timezone.localdate(link.created_at) >= today
        if occasion and occasion in only and not is_new and not told.link(link, occasion):
            found.append(Digest(link=link, lines=[line], because={line.round: occasion}))
    return found


def remind(today: date | None = None, only: Occasions = Occasion.values) -> list[Digest]:
    """Those that were sent."""
    today = today or timezone.localdate()
    return [digest for digest in digests(today, only) if _send(digest)]


def remind_now(*, actor: Any, plan: Plan, round_: FollowUpRound) -> int:
    """The samordnare asks those who have answers left, whatever they have chosen; once a day. How many
    were asked."""
    with transaction.atomic():
        locked = FollowUpRound.objects.select_for_update().values_list("closed_at", flat=True)
        round_.closed_at = locked.get(pk=round_.pk)
        demand_now(actor, Right.OPEN_ROUNDS, plan)
        if not round_.is_open:
            raise ValidationError("Uppföljningen är stängd. Det finns inget att påminna om.")
        if is_reminded_today(plan, round_):
            raise ValidationError("De har redan påmints i dag. I morgon går det att påminna igen.")
        waiting = Waiting([round_])
        asked = [
            Digest(user=user, lines=own)
            for user in waiting.users
            if (own := [line for line in waiting.lines_of(user) if line.party])
        ] + [Digest(link=link, lines=[line]) for link, line in waiting.links]
        for digest in asked:
            _mail(digest)
        record(
            Kind.ROUND_REMINDED,
            actor=actor,
            district=plan.district,
            plan=str(plan),
            round=round_.name,
        )
    return len(asked)


def is_reminded_today(plan: Plan, round_: FollowUpRound) -> bool:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Entry.objects.filter(
        kind=Kind.ROUND_REMINDED,
        district=plan.district,
        at__gte=midnight,
        data__plan=str(plan),
        data__round=round_.name,
    ).exists()


def choose(user: User, occasions: Iterable[str]) -> None:
    ReminderChoice.objects.update_or_create(user=user, defaults={"occasions": list(occasions)})


def chosen_by(user: User) -> list[str]:
    choice = ReminderChoice.objects.filter(user=user).first()
    return choice.occasions if choice else list(Occasion.values)


def subject(rounds: Iterable[str]) -> str:
    names = list(dict.fromkeys(rounds))
    return f"Svar väntar: {names[0]}" if len(names) == 1 else "Svar väntar i flera uppföljningar"


class _Told:
    def __init__(self, rounds: Iterable[FollowUpRound]):
        rows = Reminder.objects.filter(round__in=list(rounds))
        self._rows: set[tuple[Any, ...]] = set(
            rows.values_list("round", "occasion", "user", "link")
        )

    def user(self, user: User, round_: FollowUpRound, occasion: str) -> bool:
        return (round_.pk, occasion, user.pk, None) in self._rows

    def link(self, link: AnswerLink, occasion: str) -> bool:
        return (link.round_id, occasion, None, link.pk) in self._rows


def _occasion_for(line: Line, today: date) -> Occasion | None:
    """Whoever holds the round together opened it herself; unless it was the city that did."""
    occasion = occasion_of(line.round, today)
    if not line.party and occasion == Occasion.OPENED and not line.round.city_round_id:
        return None
    return occasion


def _send(digest: Digest) -> bool:
    """Whether it was: another may have told of it all since it was asked what there is to tell."""
    with transaction.atomic():
        keeper: Any = User if digest.user else AnswerLink
        who = digest.user or digest.link
        assert who
        keeper.objects.select_for_update().get(pk=who.pk)
        told = _Told(digest.because)
        new = [
            Reminder(round=round_, occasion=occasion, user=digest.user, link=digest.link)
            for round_, occasion in digest.because.items()
            if not (
                told.user(digest.user, round_, occasion)
                if digest.user
                else told.link(digest.link, occasion)  # type: ignore[arg-type]
            )
        ]
        if not new:
            return False
        Reminder.objects.bulk_create(new)
        _mail(digest)
    return True


def _mail(digest: Digest) -> None:
    """When it is stored that it has been sent."""
    if digest.link:
        from plans.letters import remind_by_link  # which uses this

        send = partial(remind_by_link.enqueue, link_id=digest.link.pk, left=digest.lines[0].left)
    else:
        words = {
            "user": digest.user,
            "own": digest.own,
            "answers": urljoin(settings.SITE_URL, reverse("my-commitments")),
            "rounds": [
                (line, urljoin(settings.SITE_URL, _address(line))) for line in digest.coordinated
            ],
            "choices": urljoin(settings.SITE_URL, reverse("reminders")),
        }
        text = render_to_string("plans/email/reminder.txt", words)
        about = subject(line.round.name for line in digest.lines)
        send = partial(deliver.enqueue, address=digest.to, subject=about, text=text)
    transaction.on_commit(send)


def _address(line: Line) -> str:
    return reverse("round", args=[line.plan.district.slug, line.plan.pk, line.round.pk])
