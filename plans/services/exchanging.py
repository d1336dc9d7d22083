"""The utbytesfil: handed out, kept when it comes back, looked at, read in as the party's own words.

It is merged field by field as everything that is written is. Where another has written in the same
field meanwhile both texts are kept, until somebody has chosen.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans.cards import Card, sheets
from plans.document import AnswerDoc
from plans.editable import ANSWER, KINDS
from plans.exchange import (
    Exchange,
    ExchangeRow,
    Filled,
    FilledRow,
    NotAnExchange,
    Verdict,
    check,
    exchange_of,
    open_fields,
)
from plans.exchange_summary import FieldChange, RowChange, Summary, summary
from plans.mine import is_asked
from plans.models import Commitment, Dispatch, ExchangeFile, FollowUp, FollowUpRound, Plan
from plans.reading.exchange import read_exchange
from plans.services.answering import About, OnFile, RoundClosed, answer
from plans.services.loading import current_document
from plans.services.rounds import asked_of
from plans.vocabulary import ActionState, Met
from plans.writing.exchange import write_exchange
from samverkan.access.ask import demand_now, may
from samverkan.access.table import Right
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import Conflict, Written, current, read, write
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import Party
from samverkan.reading.uploads import MOST_BYTES

TOO_LARGE = f"Filen är större än {MOST_BYTES // 2**20} MB och är ingen utbytesfil."
_COMMITMENT = KINDS["commitment"]


class AlreadyReadIn(Exception):
    """Somebody has pressed the button before, or thrown the file away."""


@dataclass(frozen=True)
class Place:
    """Where a file belongs: a party's answers in a round, or (no round) what it undertakes."""

    plan: Plan
    party: Party
    round: FollowUpRound | None = None

    @property
    def right(self) -> Right:
        return Right.FOLLOW_UP if self.round else Right.EDIT_OWN

    @property
    def kind(self) -> Editable:
        return ANSWER if self.round else _COMMITMENT

    @property
    def version(self) -> int:
        return self.round.version if self.round else self.plan.version

    @property
    def title(self) -> str:
        return f"Utbytesfil, {self.round.name if self.round else 'åtaganden'}"


# --- Out ---


@dataclass(frozen=True)
class HandedOut:
    name: str
    content: bytes


def hand_out(*, actor: Any, place: Place) -> HandedOut:
    with transaction.atomic():
        demand_now(actor, place.right, place.plan, place.party)
        if place.round and not place.round.is_open:
            raise ValidationError(f"{place.round} är stängd. Öppna den igen för att hämta en fil.")
        if place.round and not is_asked(place.party, place.round):
            raise ValidationError(f"{place.party} svarar inte i {place.round}.")
        content = write_exchange(made_now(place, _send_to(actor, place.plan)))
        sha256 = hashlib.sha256(content).hexdigest()
        _tell(Kind.EXCHANGE_OUT, Dispatch.Kind.FILE_OUT, actor, place, sha256)
    name = (
        f"{place.title}, {place.party.short_name}, {place.plan.period} {place.plan.district}.xlsx"
    )
    return HandedOut(name.replace("/", "-"), content)


def made_now(place: Place, send_to: str = "") -> Exchange:
    """The file that would be handed out as things stand."""
    seen = place.version  # before anything is read: what comes after it is told
    plan = Plan.objects.with_heading().get(pk=place.plan.pk)
    document = current_document(plan)
    return exchange_of(
        document,
        plan=plan.uuid,
        party=place.party.key,
        seen=seen,
        made_at=timezone.now(),
        send_to=send_to,
        round=place.round.uuid if place.round else None,
        asked=asked_of(plan, place.round) if place.round else None,
        earlier={
            action: (card.earlier.round.name, _as_document(card.earlier, place.party))
            for action, card in _cards(place).items()
            if card.earlier
        },
    )


def _cards(place: Place) -> dict[UUID, Card]:
    """What the party is asked in the round, by action."""
    asked = [(place.plan, place.round, place.party)] if place.round else []
    return {card.action.uuid: card for sheet in sheets(asked) for card in sheet.cards}


def _as_document(row: FollowUp, party: Party) -> AnswerDoc:
    said = {one.name: getattr(row, one.name) for one in open_fields(AnswerDoc)}
    said["state"] = ActionState(row.state) if row.state else None
    said["commitment_met"] = Met(row.commitment_met) if row.commitment_met else None
    return AnswerDoc(action=row.action, party=party.key, **said)


def _send_to(actor: Any, plan: Plan) -> str:
    """Whoever hands the file out for another takes it back."""
    if may(actor, Right.CREATE_PLAN, plan.district):
        return f"{actor.name}, {actor.email}"
    return f"samordnaren i {plan.district}"


def _tell(
    kind: Kind, dispatched: Dispatch.Kind, actor: Any, place: Place, sha256: str, note: str = ""
) -> None:
    plan, party = place.plan, place.party
    Dispatch.objects.create(
        plan=plan,
        kind=dispatched,
        party=party,
        party_name=party.short_name,
        by=actor,
        note=note or place.title,
        content_hash=sha256,
    )
    record(kind, actor=actor, district=plan.district, plan=str(plan), party=party.short_name)


# --- In: kept, and looked at ---


def keep(*, actor: Any, place: Place, name: str, content: bytes) -> ExchangeFile:
    """NotAnExchange says why it cannot be read in here; it is not kept then."""
    demand_now(actor, place.right, place.plan, place.party)
    if len(content) > MOST_BYTES:
        raise NotAnExchange(TOO_LARGE)
    filled = read_exchange(content)
    _checked(filled, made_now(place))
    return ExchangeFile.objects.create(
        plan=place.plan,
        round=place.round,
        party=place.party,
        made_at=filled.exchange.made_at,
        name=name[-255:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        by=actor,
    )


def _checked(filled: Filled, expected: Exchange) -> Verdict:
    verdict = check(filled, expected)
    if verdict.refusal:
        raise NotAnExchange(verdict.refusal)
    return verdict


@dataclass(frozen=True)
class LookField:
    change: FieldChange
    now: str  # in words
    is_there: bool  # what the file says stands there already
    is_anothers: bool  # somebody has written something else there since the file was made


@dataclass(frozen=True)
class LookRow:
    change: RowChange
    filled: FilledRow
    fields: list[LookField]
    draft: FollowUp | None  # what the samordnare had suggested, which the party's words replace

    @property
    def row(self) -> ExchangeRow:
        return self.filled.row


@dataclass(frozen=True)
class Look:
    """What the file says, held against what stands there now."""

    exchange: Exchange
    summary: Summary
    rows: list[LookRow]  # that are read in
    earlier: Mapping[UUID, Mapping[str, str]]  # what was read in out of an earlier copy of it


def look(file: ExchangeFile, place: Place) -> Look:
    filled = read_exchange(bytes(file.content))
    expected = made_now(place)
    found = summary(filled, _checked(filled, expected))
    now = {row.action: row.values for row in expected.rows}
    earlier = _said_before(file)
    drafts = {action: card.answer for action, card in _cards(place).items() if card.is_draft}
    by_action = {one.row.action: one for one in filled.changed}
    words = {one.name: one.words for one in filled.exchange.open_fields}
    rows = []
    for change in found.coming:
        one = by_action[change.row.action]
        fields = []
        for each in change.fields:
            stands = now[one.row.action].get(each.name, "")
            known = (
                one.typed[each.name],
                one.row.values.get(each.name, ""),
                earlier.get(one.row.action, {}).get(each.name),
            )
            fields.append(
                LookField(each, words[each.name](stands), stands == known[0], stands not in known)
            )
        rows.append(LookRow(change, one, fields, drafts.get(one.row.action)))
    return Look(filled.exchange, found, rows, earlier)


def _said_before(file: ExchangeFile) -> dict[UUID, Mapping[str, str]]:
    """The same file may come again, with more in it: what it said the last time is the party's own."""
    before = ExchangeFile.objects.filter(
        plan=file.plan_id, round=file.round_id, party=file.party_id, made_at=file.made_at
    ).exclude(read_in_at=None)
    said: dict[UUID, Mapping[str, str]] = {}
    for one in before.exclude(pk=file.pk).order_by("read_in_at", "pk"):
        for row in read_exchange(bytes(one.content)).changed:
            said[row.row.action] = {**said.get(row.row.action, {}), **row.typed}
    return said


# --- Read in ---


@dataclass
class ReadIn:
    fields: int = 0
    late: int = 0  # actions: the round had closed
    conflicts: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_in(*, actor: Any, file: ExchangeFile, place: Place) -> ReadIn:
    """Everything that the file says, or nothing."""
    with transaction.atomic():
        mine = _unread(file)
        demand_now(actor, place.right, place.plan, place.party)
        _lock(place)
        found = look(mine, place)
        done = ReadIn()
        for one in found.rows:
            _read_row(done, actor, place, one, found)
        mine.read_in_at, mine.conflicts = timezone.now(), done.conflicts
        mine.save(update_fields=["read_in_at", "conflicts"])
        note = f"{place.title}: {mine.name}"
        _tell(Kind.EXCHANGE_IN, Dispatch.Kind.FILE_IN, actor, place, mine.sha256, note)
    return done


def _read_row(done: ReadIn, actor: Any, place: Place, one: LookRow, found: Look) -> None:
    typed, seen = one.filled.typed, found.exchange.seen
    if one.draft:  # nobody has said that it is so: the party's own words stand instead, all of them
        typed, seen = {**one.row.values, **typed}, place.version
    try:
        written = _write(actor, place, one.row, typed, seen)
    except RoundClosed:
        done.late += 1
        return
    done.fields += len(written.changes)
    said = found.earlier.get(one.row.action, {})
    again = {
        conflict.field.name: conflict.mine_typed
        for conflict in written.conflicts
        if conflict.field.typed(conflict.theirs) == said.get(conflict.field.name)
    }
    if again:
        done.fields += len(_write(actor, place, one.row, again, place.version).changes)
    for conflict in written.conflicts:
        if conflict.field.name not in again:
            done.conflicts.setdefault(str(one.row.action), {})[conflict.field.name] = _kept(
                conflict
            )


def _write(
    actor: Any, place: Place, row: ExchangeRow, typed: Mapping[str, Any], seen: int
) -> Written:
    if place.round is None:
        return write(
            actor=actor,
            work=place.plan,
            kind=_COMMITMENT,
            row=row.commitment,
            typed=typed,
            seen=seen,
        )
    about = About(place.plan, place.round, row.action, place.party)
    return answer(actor=OnFile(actor), about=about, typed=typed, seen=seen)


def _unread(file: ExchangeFile) -> ExchangeFile:
    found = ExchangeFile.objects.select_for_update().filter(pk=file.pk, read_in_at=None).first()
    if found is None:
        raise AlreadyReadIn
    return found


def _lock(place: Place) -> None:
    """Nobody writes between what is looked at and what is written."""
    if place.round:
        locked = FollowUpRound.objects.select_for_update().values_list("version", "closed_at")
        place.round.version, place.round.closed_at = locked.get(pk=place.round.pk)
    else:
        locked_plan = Plan.objects.select_for_update().get(pk=place.plan.pk)
        place.plan.version = locked_plan.version


def forget(*, actor: Any, file: ExchangeFile, place: Place) -> None:
    with transaction.atomic():
        demand_now(actor, place.right, place.plan, place.party)
        _unread(file).delete()


# --- Where two have written ---


@dataclass(frozen=True)
class Choice:
    """A field where somebody is still to choose between what stands there and what the file says."""

    row: ExchangeRow
    conflict: Conflict


def _kept(conflict: Conflict) -> dict[str, str]:
    return {
        "typed": conflict.mine_typed,
        "by": conflict.by,
        "at": conflict.at.isoformat(),
    }


def choices(file: ExchangeFile, place: Place) -> list[Choice]:
    if not file.conflicts:
        return []
    found = []
    for row in read_exchange(bytes(file.content)).exchange.rows:
        for name, kept in file.conflicts.get(str(row.action), {}).items():
            if conflict := _conflict(place, row, name, kept):
                found.append(Choice(row, conflict))
    return found


def _conflict(
    place: Place, row: ExchangeRow, name: str, kept: Mapping[str, str]
) -> Conflict | None:
    known = place.kind.fields[name]
    stored: Any = (
        FollowUp.objects.filter(round=place.round, action=row.action, party=place.party)
        if place.round
        else Commitment.objects.filter(action__area__plan=place.plan, uuid=row.commitment)
    ).first()
    if stored is None:
        return None
    return Conflict(
        field=known,
        theirs=current(stored, known),
        mine=known.plain(read(place.kind, {name: kept["typed"]})[name]),
        by=kept["by"],
        at=datetime.fromisoformat(kept["at"]),
    )


def choose(
    *,
    actor: Any,
    file: ExchangeFile,
    place: Place,
    action: UUID,
    name: str,
    typed: str | None,
    seen: int,
) -> ReadIn:
    """What is to stand in a field where two had written; no text: what stands there stays."""
    with transaction.atomic():
        mine = ExchangeFile.objects.select_for_update().get(pk=file.pk)
        demand_now(actor, place.right, place.plan, place.party)
        left = mine.conflicts.get(str(action), {})
        row = next(
            (
                row
                for row in read_exchange(bytes(mine.content)).exchange.rows
                if row.action == action
            ),
            None,
        )
        done = ReadIn()
        if row is None or name not in left:
            return done
        if typed is not None:
            try:
                written = _write(actor, place, row, {name: typed}, seen)
                done.fields = len(written.changes)
                done.conflicts = {str(action): {c.field.name: _kept(c) for c in written.conflicts}}
            except RoundClosed:
                done.late = 1
        still = done.conflicts.get(str(action), {})
        rest = {one: kept for one, kept in left.items() if one != name} | still
        mine.conflicts = {**mine.conflicts, str(action): rest}
        mine.conflicts = {one: kept for one, kept in mine.conflicts.items() if kept}
        mine.save(update_fields=["conflicts"])
        file.conflicts = mine.conflicts
    return done
