"""Answering in a round: for one's own party, for another that is to say that it is so, for all.

As in the plan, nobody's words are overwritten: who writes says which version of the round she had
before her, and a field that another has changed since is given back with both texts.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from plans.editable import ANSWER, OUTCOME
from plans.models import (
    Action,
    AnswerChange,
    AnswerLink,
    FollowUp,
    FollowUpRound,
    Goal,
    LateAnswer,
    Outcome,
    Plan,
    Understanding,
)
from plans.rounds.asking import asks_for
from plans.services.links import answered
from samverkan.access.ask import demand, demand_now, memberships_in
from samverkan.access.table import Right
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import Written, conflicts_of, current, put, read
from samverkan.collaboration.turns import Op, Recorded
from samverkan.organisation.models import Party, User
from samverkan.text import clean


@dataclass(frozen=True)
class OnFile:
    """The party itself, in a file that it has filled in: somebody reads it in for the party."""

    by: User


Actor = User | AnswerLink | OnFile


class RoundClosed(Exception):
    """The round closed while somebody wrote. What she wrote is kept, for the samordnare to let in."""

    def __init__(self, round_: FollowUpRound, late: LateAnswer | None = None):
        super().__init__(f"{round_} är stängd")
        self.round, self.late = round_, late


class LinkEnded(PermissionDenied):
    """The time of the link is over, or somebody has taken it back."""


@dataclass(frozen=True)
class About:
    """What is answered: about which action, in which round of which plan, for whom."""

    plan: Plan
    round: FollowUpRound
    action: UUID
    party: Party | None = None  # none: for all

    @property
    def address(self) -> str:
        """The party as the address says it."""
        return self.party.key.replace("/", "-") if self.party else "gemensam"


class Turn(Recorded[AnswerChange]):
    """What one person answers in one go, while nobody else answers in the round."""

    def __init__(self, round_: FollowUpRound, actor: Actor | None, *, undoes: int | None = None):
        who = written_by(actor, "by", "through")
        super().__init__(
            round_.version + 1, partial(AnswerChange, round=round_, **who), undoes=undoes
        )
        self.round = round_

    def finish(self) -> None:
        if self.changes:
            AnswerChange.objects.bulk_create(self.changes)
            self.round.version = self.changes[-1].number
            FollowUpRound.objects.filter(pk=self.round.pk).update(version=self.round.version)


@contextmanager
def turn(
    round_: FollowUpRound, actor: Actor | None, *, undoes: int | None = None
) -> Iterator[Turn]:
    with transaction.atomic():
        _lock(round_)
        if round_.opened_at is None:
            raise ValidationError(f"{round_} är inte öppnad.")
        if not round_.is_open:
            raise RoundClosed(round_)
        mine = Turn(round_, actor, undoes=undoes)
        yield mine
        mine.finish()


def _lock(round_: FollowUpRound) -> None:
    locked = FollowUpRound.objects.select_for_update().values_list("version", "closed_at")
    round_.version, round_.closed_at = locked.get(pk=round_.pk)


def answer(*, actor: Actor, about: About, typed: Mapping[str, Any], seen: int) -> Written:
    """What was typed in these fields of the answer. What another changed meanwhile is left, and told."""
    values = read(ANSWER, typed)
    demand_to_answer(actor, about)
    try:
        with turn(about.round, actor) as mine:
            demand_to_answer(actor, about)  # again: it may have ended while she waited
            row = _row_of(about, actor)
            if row._state.adding:
                if not any(values.values()):
                    return Written()
                row.save()
            unread = row.is_draft and not is_for_another(actor, about) and _is_changed(row, seen)
            written = _write(mine, ANSWER, row, values, seen)
            if mine.changes:
                _sign(row, actor, about, is_draft=unread)
                if isinstance(actor, AnswerLink):
                    answered(actor, about)
    except RoundClosed as closed:
        if any(str(raw).strip() for raw in typed.values()):
            closed.late = keep(actor, about, typed, seen)
            if isinstance(actor, AnswerLink):
                answered(actor, about, is_late=True)
        raise
    return written


def _is_changed(row: FollowUp, seen: int) -> bool:
    """Whether something in the answer has been written since."""
    return row.round.changes.filter(kind=ANSWER.name, row=row.uuid, number__gt=seen).exists()


def confirm(*, actor: Actor, about: About, seen: int) -> None:
    """The party says that what the samordnare has written for it is so."""
    demand_to_answer(actor, about)
    if is_for_another(actor, about):
        raise PermissionDenied("Parten bekräftar själv det som har skrivits åt den.")
    with turn(about.round, actor) as mine:
        demand_to_answer(actor, about)
        row = _row_of(about, actor)
        if row.is_draft and not row._state.adding:
            if _is_changed(row, seen):
                raise ValidationError("Förslaget har ändrats sedan du öppnade sidan. Läs det igen.")
            mine.record(Op.SET, ANSWER.name, row.uuid, field="is_draft", before=True, after=False)
            row.is_draft = False
            for name, who in written_by(actor, "written_by", "written_through").items():
                setattr(row, name, who)
            row.save()
            if isinstance(actor, AnswerLink):
                answered(actor, about)


@transaction.atomic
def undo(*, actor: Actor, about: About) -> Written:
    """Takes back what one wrote last in the answer, and before that the one before. What another has
    written over since is left, and told."""
    demand_to_answer(actor, about)
    _lock(about.round)  # nobody writes between what is looked at and what is done
    row = _row_of(about, actor)
    last = _last_turn(row, actor)
    if not last:
        raise ValidationError("Det finns inget av ditt att ångra här.")
    with turn(about.round, actor, undoes=last[0].turn) as mine:
        stands: dict[str, Any] = {}
        changed: dict[str, Any] = {}
        for change in last:
            one = ANSWER.fields[change.field]
            untouched = current(row, one) == change.after
            (stands if untouched else changed)[one.name] = one.read(one.typed(change.before))
        conflicts = conflicts_of(about.round, ANSWER, row, changed, last[-1].number)
        put(mine, ANSWER, row, stands)
        if mine.changes:
            _sign(row, actor, about)
            if isinstance(actor, AnswerLink):
                answered(actor, about)
    return Written(mine.changes, [conflict for conflict in conflicts.values() if conflict])


def _last_turn(row: FollowUp, actor: Actor) -> list[AnswerChange]:
    """What one wrote last, and has not taken back."""
    if row._state.adding:
        return []
    changes = list(
        row.round.changes.filter(row=row.uuid, **written_by(actor, "by", "through")).order_by(
            "number"
        )
    )
    taken_back = {change.undoes for change in changes}
    left = [one for one in changes if one.undoes is None and one.turn not in taken_back]
    return [one for one in left if one.turn == left[-1].turn]


def measure(
    *,
    actor: Any,
    plan: Plan,
    round_: FollowUpRound,
    goal: UUID,
    typed: Mapping[str, Any],
    seen: int,
) -> Written:
    """How far a goal has come. An outcome without a figure and without words is none."""
    values = read(OUTCOME, typed)
    demand_now(actor, Right.FOLLOW_UP_FOR_ALL, plan)
    if not Goal.objects.filter(action__area__plan=plan, uuid=goal).exists():
        raise Http404("Målet finns inte i planen.")
    with turn(round_, actor) as mine:
        demand_now(actor, Right.FOLLOW_UP_FOR_ALL, plan)
        row = Outcome.objects.filter(round=round_, goal=goal).first()
        row = row or Outcome(round=round_, goal=goal)
        if row._state.adding:
            if all(value in (None, "") for value in values.values()):
                return Written()
            row.save()
        return _write(mine, OUTCOME, row, values, seen)


def is_for_another(actor: Actor, about: About) -> bool:
    """Written by the samordnare for a party that is not her own."""
    if about.party is None or isinstance(actor, AnswerLink | OnFile):
        return False
    return not _is_own(actor, about)


def _is_own(user: User, about: About) -> bool:
    party = about.party.pk if about.party else None
    return party in {m.party_id for m in memberships_in(user, about.plan) if m.party_id}


def demand_to_answer(actor: Actor, about: About) -> None:
    if isinstance(actor, AnswerLink):
        _demand_by_link(actor, about)
    else:
        user = actor.by if isinstance(actor, OnFile) else actor
        if _is_own(user, about):
            demand_now(user, Right.FOLLOW_UP, about.plan, about.party)
        else:
            demand_now(user, Right.FOLLOW_UP_FOR_ALL, about.plan)
    actions = Action.objects.filter(
        area__plan=about.plan, area__plan__in_force=True, uuid=about.action
    )
    if about.party:
        actions = actions.filter(commitments__party=about.party)
    follow_up_plan = actions.values_list("follow_up_plan", flat=True).first()
    if follow_up_plan is None:
        raise Http404("Parten har inget åtagande i den åtgärden.")
    put_right = Understanding.objects.filter(period=about.plan.period_id, action=about.action)
    rounds = put_right.values_list("rounds", flat=True).first()
    if not asks_for(about.round.kind, follow_up_plan, rounds):
        raise Http404(f"{about.round} frågar inte efter den åtgärden.")
    named = set(about.round.parties.values_list("pk", flat=True))
    if about.party and named and about.party.pk not in named:
        raise Http404(f"{about.round} frågar inte {about.party}.")


def _demand_by_link(link: AnswerLink, about: About) -> None:
    link.refresh_from_db(fields=["revoked_at", "expires_at"])
    if not link.is_valid:
        raise LinkEnded("Länken gäller inte längre.")
    if (link.round_id, link.party_id) != (about.round.pk, about.party.pk if about.party else None):
        raise Http404("Länken gäller en annan part eller en annan uppföljning.")


def keep(actor: Actor, about: About, typed: Mapping[str, Any], seen: int) -> LateAnswer:
    """What was written when the round had closed. Once: the same words are not kept twice."""
    said = {name: clean(str(raw)) for name, raw in typed.items()}
    who = written_by(actor, "by", "through") | {"on_file": isinstance(actor, OnFile)}
    same = LateAnswer.objects.filter(
        round=about.round,
        action=about.action,
        party=about.party,
        settled_at=None,
        typed=said,
        **who,
    )
    return same.first() or LateAnswer.objects.create(
        round=about.round, action=about.action, party=about.party, typed=said, seen=seen, **who
    )


def let_in(*, actor: Any, plan: Plan, late: LateAnswer) -> Written:
    """Into a round that is open again. Where something else stands by now, that is told first."""
    demand(actor, Right.OPEN_ROUNDS, plan)
    about = About(plan, late.round, late.action, late.party)
    values = read(ANSWER, late.typed)
    # Whoever has left her party since wrote for it all the same.
    own = late.by and late.by.memberships.filter(party=late.party).exists() and late.party
    who = late.through or (OnFile(late.by) if late.by and (late.on_file or own) else late.by)
    with turn(late.round, who) as mine:
        row = _row_of(about, who)
        if row._state.adding:
            row.save()
        written = _write(mine, ANSWER, row, values, late.seen)
        if who and mine.changes:
            _sign(row, who, about)
        LateAnswer.objects.filter(pk=late.pk).update(settled_at=timezone.now(), was_let_in=True)
    return written


def turn_down(*, actor: Any, plan: Plan, late: LateAnswer) -> None:
    with transaction.atomic():
        _lock(late.round)
        demand_now(actor, Right.OPEN_ROUNDS, plan)
        LateAnswer.objects.filter(pk=late.pk, settled_at=None).update(settled_at=timezone.now())


def written_by(actor: Actor | None, user: str, link: str) -> dict[str, Any]:
    """Who it was, in the two columns that say so."""
    if isinstance(actor, AnswerLink):
        return {user: None, link: actor}
    return {user: actor.by if isinstance(actor, OnFile) else actor, link: None}


def _sign(row: FollowUp, actor: Actor, about: About, *, is_draft: bool = False) -> None:
    """Whose words the answer is now, once something in it has been written."""
    row.refresh_from_db()
    row.is_draft = is_draft or is_for_another(actor, about)
    row.written_at = timezone.now()
    for name, who in written_by(actor, "written_by", "written_through").items():
        setattr(row, name, who)
    row.save()


def _row_of(about: About, actor: Actor | None) -> FollowUp:
    row = FollowUp.objects.filter(
        round=about.round, action=about.action, party=about.party
    ).first() or FollowUp(
        round=about.round,
        action=about.action,
        party=about.party,
        is_draft=actor is not None and is_for_another(actor, about),
        **written_by(actor, "written_by", "written_through"),
    )
    if (
        not row._state.adding
        and not row.is_draft
        and actor is not None
        and is_for_another(actor, about)
    ):
        raise ValidationError(
            f"{about.party} har svarat själv. Skriv i den gemensamma uppföljningen i stället."
        )
    return row


def _write(mine: Turn, kind: Editable, row: Any, values: Mapping[str, Any], seen: int) -> Written:
    wanted = {
        name: value
        for name, value in values.items()
        if kind.fields[name].plain(value) != current(row, kind.fields[name])
    }
    conflicts = conflicts_of(mine.round, kind, row, wanted, seen)
    put(mine, kind, row, {n: v for n, v in wanted.items() if n not in conflicts})
    return Written(mine.changes, [conflict for conflict in conflicts.values() if conflict])
