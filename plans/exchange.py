"""What an utbytesfil holds: one party's part of one plan, to be filled in wherever there is Excel.

With a round it asks for the party's follow-up; without one, for what the party undertakes. Which
fields can be filled in comes from the document: `open_fields`. What stood in them when the file was
made goes with it, so that only what somebody has changed is read back.

`plans.writing.exchange` writes the file, `plans.reading.exchange` reads it; they agree here.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, get_args
from uuid import UUID

import msgspec
from django.db.models import Choices

from plans.action_view import ActionView, facts_of
from plans.document import AnswerDoc, CommitmentDoc, NotAPlan, PartyDoc, PlanDocument, RoundDoc
from plans.labels import label
from plans.presentation import PlanView
from plans.rows import kind_of
from samverkan.document import Moment, Part, decode_as, encode
from samverkan.values import Value, bare, value_of

FORMAT = "samverkan-utbytesfil/1"
LONGEST = 100_000  # characters in one field, as where the plan is written
SHORT = 250  # characters of what stands in the file only to be read beside

# The sheet that nobody sees: what the file is, and what stood in it when it was made.
SHEET = "Utbytesfil"
# How hidden cells of the other sheet begin: over a column its name, before a row what it is.
MARK = "samverkan:"
BAND = f"{MARK}rubrik"
_PIECE = 15_000  # characters in a cell


# --- What can be filled in ---


class Control(Enum):
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"


_CONTROLS = {
    str: Control.TEXT,
    bool: Control.YES_NO,
    int: Control.NUMBER,
    date: Control.DATE,
}
# What says which row it is, or is for the samordnare to say about it.
_CLOSED: dict[type[Part], frozenset[str]] = {
    AnswerDoc: frozenset({"action", "party"}),
    CommitmentDoc: frozenset(
        {"uuid", "party", "is_internal", "internal_reason", "internal_fields"}
    ),
}
YES, NO = "ja", "nej"


@dataclass(frozen=True)
class OpenField:
    """A field of the answer, or of the commitment, that the party fills in.

    Its value is `typed`: as a web form would have sent it. A choice is its code, a date is ISO.
    """

    name: str
    label: str
    type: Any  # in the document

    @property
    def control(self) -> Control:
        kind = bare(self.type)
        return _CONTROLS.get(kind, Control.CHOICE)

    @property
    def has_control(self) -> bool:
        kind = bare(self.type)
        return kind in _CONTROLS or (isinstance(kind, type) and issubclass(kind, Enum))

    @property
    def value(self) -> Value:
        return value_of(self.type)

    @property
    def choices(self) -> Mapping[str, str]:
        """What is typed, and in which word the file has it."""
        if self.control == Control.YES_NO:
            return dict(zip((YES, NO), self.value.choices, strict=True))
        if self.control == Control.CHOICE:
            return dict(zip(bare(self.type).values, self.value.choices, strict=True))
        return {}

    @property
    def is_line(self) -> bool:
        return self._limit("max_length") is not None

    @property
    def most(self) -> int:
        """Characters of a text; else the largest number."""
        if self.control == Control.NUMBER:
            return self._limit("le") or 2**31 - 1
        return self._limit("max_length") or LONGEST

    def _limit(self, name: str) -> int | None:
        said = [getattr(part, name, None) for kind in _layers(self.type) for part in kind]
        return next((limit for limit in said if limit is not None), None)

    def typed(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return YES if value else NO
        return str(value.value if isinstance(value, Choices) else value)

    def words(self, typed: str) -> str:
        """As a person reads it."""
        return self.choices.get(typed, typed)


def _layers(kind: Any) -> Iterable[tuple[Any, ...]]:
    """What is said of a type, and of that which it may be instead of None."""
    yield get_args(kind)
    for inner in get_args(kind):
        yield get_args(inner)


@cache
def open_fields(kind: type[Part]) -> tuple[OpenField, ...]:
    """Of an AnswerDoc or a CommitmentDoc, in its order; refuses a field of a type unknown here."""
    fields = []
    for field in msgspec.structs.fields(kind):
        if field.name not in _CLOSED[kind]:
            fields.append(OpenField(field.name, label(kind_of(kind), field.name), field.type))
            if not fields[-1].has_control:
                raise TypeError(f"{kind.__name__}.{field.name}: no cell holds it yet")
    return tuple(fields)


def typed_of(part: AnswerDoc | CommitmentDoc) -> dict[str, str]:
    """What the open fields of the part say now."""
    fields = open_fields(type(part))
    return {field.name: field.typed(getattr(part, field.name)) for field in fields}


# --- What the file holds ---


class ExchangePlan(Part):
    uuid: UUID  # of this revision
    title: str
    district: str  # its slug
    district_name: str
    period_start: date
    period_end: date
    revision: int
    content_hash: str


class ExchangeRound(Part):
    uuid: UUID
    name: str
    due_date: date
    questions: str = ""


class ExchangeParty(Part):
    key: str
    name: str
    short_name: str


class ExchangeRow(Part):
    action: UUID
    commitment: UUID
    area: str
    number: str
    title: str
    timing: str
    commitment_text: str
    before: str  # what the party answered in the round before
    values: dict[str, str]  # by the names of the open fields, as typed

    @property
    def heading(self) -> str:
        return f"{self.number} {_line(self.title)}"


class Exchange(Part, omit_defaults=False):  # a file says its format
    plan: ExchangePlan
    party: ExchangeParty
    round: ExchangeRound | None
    seen: int  # the version of the round, or of the plan, that the file was made from
    made_at: Moment
    send_to: str  # where it goes when it is filled in, in words
    fields: tuple[str, ...]  # that could be filled in when it was made
    rows: tuple[ExchangeRow, ...]
    format: str = FORMAT

    @property
    def open_fields(self) -> tuple[OpenField, ...]:
        known = open_fields(AnswerDoc if self.round else CommitmentDoc)
        return tuple(field for field in known if field.name in self.fields)

    @property
    def title(self) -> str:
        what = f"Uppföljning {self.round.name}" if self.round else "Åtaganden"
        return f"{what}: {self.party.short_name}"


Said = tuple[str, AnswerDoc]  # in which round, and what


def exchange_of(
    document: PlanDocument,
    *,
    plan: UUID,
    party: str,
    seen: int,
    made_at: datetime,
    send_to: str,
    round: UUID | None = None,
    asked: Collection[UUID] | None = None,
    earlier: Mapping[UUID, Said] | None = None,
) -> Exchange:
    """The party's part of the plan. `asked` are the actions that the round asks for; none: all.

    `earlier` is what the party last said of an action in the plan before, which the document does not
    know; what it has said in this plan goes before it.
    """
    view = PlanView(document)
    who = view.parties[party]
    rounds = {one.uuid: one for one in document.rounds}
    about = rounds[round] if round else None
    rows = []
    for area in view.areas:
        for action in area.actions:
            own = [one for one in action.doc.commitments if one.party == party]
            if own and (asked is None or action.doc.uuid in asked):
                before = _last(action, party, about, document.rounds)
                before = before or (earlier or {}).get(action.doc.uuid)
                rows.append(_row(area.doc.title, action, own[0], about, before))
    return Exchange(
        plan=ExchangePlan(
            uuid=plan,
            title=f"{view.title}, {document.district.name}",
            district=document.district.slug,
            district_name=document.district.name,
            period_start=document.period_start,
            period_end=document.period_end,
            revision=document.revision,
            content_hash=document.content_hash(),
        ),
        party=_party(who),
        round=_round(about) if about else None,
        seen=seen,
        made_at=made_at,
        send_to=send_to,
        fields=tuple(field.name for field in open_fields(AnswerDoc if about else CommitmentDoc)),
        rows=tuple(rows),
    )


def _party(party: PartyDoc) -> ExchangeParty:
    return ExchangeParty(party.key, party.name, party.short_name)


def _round(round_: RoundDoc) -> ExchangeRound:
    return ExchangeRound(round_.uuid, round_.name, round_.due_date, round_.questions)


def _row(
    area: str,
    action: ActionView,
    commitment: CommitmentDoc,
    about: RoundDoc | None,
    before: Said | None,
) -> ExchangeRow:
    asks = None
    if about:
        now = [one for one in about.answers if one.action == action.doc.uuid]
        asks = next((one for one in now if one.party == commitment.party), None)
        asks = asks or AnswerDoc(action.doc.uuid, commitment.party)
    return ExchangeRow(
        action=action.doc.uuid,
        commitment=commitment.uuid,
        area=area,
        number=action.number,
        title=_short("\n".join(filter(None, (action.title, action.text)))),
        timing=action.doc.timing,
        commitment_text=commitment.text,
        before=_in_words(*before) if before and about else "",
        values=typed_of(asks or commitment),
    )


def _last(
    action: ActionView, party: str, about: RoundDoc | None, rounds: Collection[RoundDoc]
) -> Said | None:
    """What the party said of the action in the last round before this one."""
    uuids = [one.uuid for one in rounds]
    earlier = uuids[: uuids.index(about.uuid)] if about else []
    said = [
        (one.round.name, one.doc)
        for one in action.answers
        if one.party and one.party.key == party and one.round.uuid in earlier
    ]
    return next((one for one in reversed(said) if _says_something(one[1])), None)


def _in_words(round_name: str, answer: AnswerDoc) -> str:
    state = [str(answer.state.label)] if answer.state else []
    facts = "".join(f" {fact}." for fact in [*state, *facts_of(answer)])
    return "\n".join(filter(None, (f"{round_name}:{facts}", answer.text)))


def _says_something(answer: AnswerDoc) -> bool:
    return any(typed_of(answer).values())


def _short(text: str) -> str:
    text = re.sub(r"\n\s*\n", "\n", text)
    if len(text) <= SHORT:
        return text
    return text[:SHORT].rpartition(" ")[0].rstrip(" ,;.") + " …"


# --- As cells ---


@dataclass(frozen=True)
class LockedColumn:
    name: str  # the field of the row
    label: str
    width: int


def locked_columns(exchange: Exchange) -> list[LockedColumn]:
    """What stands beside the open cells to be read."""
    columns = [
        LockedColumn("number", "Nr", 6),
        LockedColumn("title", "Åtgärd", 30),
        LockedColumn("timing", "Tid", 13),
    ]
    if exchange.round:
        columns.append(LockedColumn("commitment_text", "Vårt åtagande", 28))
        if any(row.before for row in exchange.rows):
            columns.append(LockedColumn("before", "Förra gången skrev vi", 26))
    return columns


def packed(exchange: Exchange) -> list[str]:
    """The whole as JSON, in pieces that a cell holds."""
    written = encode(exchange).decode()
    return [written[start : start + _PIECE] for start in range(0, len(written), _PIECE)]


def unpacked(pieces: Iterable[str]) -> Exchange:
    try:
        written = "".join(pieces).encode()
        said = msgspec.json.decode(written, type=_Said).format
        if said == FORMAT:
            return decode_as(written, Exchange)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise NotAnExchange(
            f"Det som står på den dolda fliken {SHEET} har ändrats och går inte att läsa. Hämta en "
            "ny utbytesfil och för över det som är ifyllt."
        ) from error
    raise NotAnExchange(
        f"Filen har formatet {said[:60]}, som inte kan läsas här. Det som kan läsas är {FORMAT}."
    )


class _Said(msgspec.Struct):
    """What a file of any version says first."""

    format: str


class NotAnExchange(NotAPlan):
    """The file is refused, and nothing of it is read: a sentence for each reason."""

    MOST = 30  # said of one file

    def __init__(self, *reasons: str):
        more = len(reasons) - self.MOST
        self.reasons = reasons[: self.MOST] + ((f"Och {more} fel till.",) if more > 0 else ())
        super().__init__(" ".join(self.reasons))


# --- What was read back ---


@dataclass(frozen=True)
class FilledRow:
    row: ExchangeRow
    line: int  # in the sheet, as Excel counts
    typed: Mapping[str, str]  # what differs from what stood there when the file was made


@dataclass(frozen=True)
class Filled:
    exchange: Exchange
    rows: tuple[FilledRow, ...]  # those that are left in the file, in the order of the plan
    removed: tuple[ExchangeRow, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def changed(self) -> list[FilledRow]:
        return [row for row in self.rows if row.typed]


@dataclass(frozen=True)
class Verdict:
    """Whether the file belongs where it is read."""

    refusal: str = ""  # a sentence; none: it does
    gone: frozenset[UUID] = frozenset()  # actions that are filled in, and no longer asked for
    warnings: tuple[str, ...] = ()


def check(filled: Filled, expected: Exchange) -> Verdict:
    """The file held against the one that would be made now."""
    if refusal := _refusal(filled.exchange, expected):
        return Verdict(refusal)
    known = {(row.action, None if expected.round else row.commitment) for row in expected.rows}
    gone = [
        one
        for one in filled.changed
        if (one.row.action, None if expected.round else one.row.commitment) not in known
    ]
    warnings = [
        f"Rad {one.line}: {one.row.heading} finns inte längre bland partens "
        "åtgärder, och det som är ifyllt där läses inte in."
        for one in gone
    ]
    if filled.exchange.plan.revision != expected.plan.revision:
        warnings.insert(
            0,
            f"Filen gjordes av revision {filled.exchange.plan.revision} av planen. Svaren läses in "
            f"i revision {expected.plan.revision}, åtgärd för åtgärd.",
        )
    return Verdict("", frozenset(one.row.action for one in gone), tuple(warnings))


def _refusal(came: Exchange, expected: Exchange) -> str:
    mine, yours = came.plan, expected.plan
    same_plan = (mine.district, mine.period_start, mine.period_end) == (
        yours.district,
        yours.period_start,
        yours.period_end,
    )
    if not same_plan:
        return (
            f"Filen hör till {mine.title}, och inte till {yours.title}. Läs in den i sin egen plan."
        )
    if came.party.key != expected.party.key:
        return (
            f"Filen är gjord för {came.party.name}, och läses här in för {expected.party.name}. "
            "Välj den part som filen gäller, eller en annan fil."
        )
    if (came.round and came.round.uuid) != (expected.round and expected.round.uuid):
        return f"Filen gäller {_about(came)}, och läses här in i {_about(expected)}. Välj en annan fil."
    if not came.round and mine.uuid != yours.uuid:
        if mine.revision == yours.revision:
            return (
                "Filen gjordes av ett utkast som inte finns längre. Hämta en ny utbytesfil och för "
                "över det som är ifyllt."
            )
        return (
            f"Filen gjordes av revision {mine.revision} av planen, och här är det revision "
            f"{yours.revision} som skrivs. Hämta en ny utbytesfil och för över det som är ifyllt."
        )
    return ""


def _about(exchange: Exchange) -> str:
    return f"uppföljningen {exchange.round.name}" if exchange.round else "planens åtaganden"


def _line(text: str) -> str:
    return text.split("\n")[0][:80]
