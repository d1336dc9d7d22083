"""Läget: what a chef sees in ten seconds, drawn from a plan and one of its rounds.

As data: the page, the paper and the city's list show the same picture.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from plans.document import ActionDoc, AnswerDoc, AreaDoc, PartyDoc, PlanDocument, RoundDoc
from plans.going import Going, Group, going
from plans.measured import COMPARED, Measured, Meetings, Reached, measure, meetings
from plans.rounds.asking import asks_for
from plans.rounds.times import SAYS_TIME, time_of
from plans.vocabulary import ActionState, HandledAs, Layout, TimingKind
from samverkan.numbers import in_words
from samverkan.text import list_of, shortened

LETTERS_OF_A_REASON = 170
LETTERS_OF_A_TITLE = 90
# From the worst to the best; what rests or is not told is neither.
_RANK = {Group.DECISION: 0, Group.BEHIND: 1, Group.PLANNED: 2}


@dataclass(frozen=True)
class PutRight:
    """How somebody has put right what the words of an action mean."""

    timing_kind: TimingKind | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    meetings: str = ""
    rounds: tuple[str, ...] | None = None  # those that ask for it


@dataclass(frozen=True)
class Beside:
    """What the picture is drawn from and the document does not say."""

    # By round, the parties that are to answer: of those rounds that not every party is.
    answering: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    put_right: Mapping[UUID, PutRight] = field(default_factory=dict)  # by action
    # By round that is closed, the actions that it asked for when it was.
    asked: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)

    def public(self, document: PlanDocument) -> "Beside":
        """What has been put right of a time that is internal in the document is internal too."""
        hidden = {
            action.uuid
            for area in document.areas
            for action in area.actions
            if SAYS_TIME & set(action.internal_fields)
        }
        put_right = {
            action: PutRight(rounds=one.rounds) if action in hidden else one
            for action, one in self.put_right.items()
        }
        return replace(self, put_right=put_right)


@dataclass(frozen=True)
class Item:
    """An action that the round asks for, and how it goes with it."""

    action: ActionDoc
    area: AreaDoc
    number: str
    going: Going
    was: Group | None  # in the round before
    reason: str  # in the words of whoever answered
    said_by: PartyDoc | None  # none: all together, or nobody
    goals: Sequence[Measured]
    meetings: Meetings | None

    @property
    def key(self) -> UUID:
        return self.action.uuid

    @property
    def anchor(self) -> str:
        """Where it stands on the plan's page."""
        return f"atgard-{self.number.replace('.', '-')}"

    @property
    def title(self) -> str:
        return shortened(self.action.name or self.action.description, LETTERS_OF_A_TITLE)

    @property
    def group(self) -> Group:
        return self.going.group

    @property
    def verdict(self) -> str:
        """ "Delvis genomförd, det är inte sagt om den fortsätter"."""
        state = self.going.state.label if self.going.state else Group.UNKNOWN.label
        goes_on = self.group == Group.BEHIND and self.going.goes_on
        why = self.going.why or ("fortsätter nästa år" if goes_on else "")
        return f"{state}, {why}" if why else str(state)

    @property
    def moved(self) -> int:
        """Above nought where it goes better than in the round before, below where it goes worse."""
        if self.was not in _RANK or self.group not in _RANK:
            return 0
        return _RANK[self.group] - _RANK[self.was]


@dataclass(frozen=True)
class Counts:
    """How many actions there are of each group."""

    of: dict[Group, int]

    @classmethod
    def among(cls, items: Iterable[Item]) -> "Counts":
        found = Counter(item.group for item in items)
        return cls({group: found[group] for group in Group})

    @property
    def total(self) -> int:
        return sum(self.of.values())

    @property
    def told(self) -> list[tuple[Group, int]]:
        """Those that there are any of."""
        return [(group, number) for group, number in self.of.items() if number]

    def __getitem__(self, group: Group) -> int:
        return self.of[group]

    @property
    def words(self) -> str:
        """ "3 går som planerat, 1 vilar"."""
        return ", ".join(f"{number} {group.label.lower()}" for group, number in self.told)


@dataclass(frozen=True)
class AreaRow:
    area: AreaDoc
    number: int
    items: Sequence[Item]
    note: str  # where there is nothing to count: why

    @property
    def anchor(self) -> str:
        return f"omrade-{self.number}"

    @property
    def name(self) -> str:
        return f"{self.number} {self.area.title}"

    @cached_property
    def counts(self) -> Counts:
        return Counts.among(self.items)


@dataclass(frozen=True)
class PartyRow:
    """How many of the actions in which it has an undertaking a party has answered about."""

    party: PartyDoc
    asked: int
    answered: int
    is_late: bool

    @property
    def left(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True)
class Picture:
    document: PlanDocument
    round: RoundDoc | None  # none: nothing has been followed up
    before: RoundDoc | None
    items: Sequence[Item]
    areas: Sequence[AreaRow]
    parties: Sequence[PartyRow]
    not_asked: int  # actions that the round does not ask for
    is_answered: bool

    # What it says ----------------------------------------------------------------------------

    @property
    def sentence(self) -> str:
        return " ".join(self.sentences)

    @property
    def sentences(self) -> list[str]:
        """What a chef reads first."""
        if not any(area.actions for area in self.document.areas):
            return [f"Planen har inga {self._several}."]
        if self.round is None:
            return ["Planen har inte följts upp än."]
        if not self.items:
            return [f"{self.round.name} frågar inte efter någon {self._one} i planen."]
        if not self.is_answered:
            return [f"Ingen har svarat i {self.round.name} än."]
        return [said for said in (self._as_planned, self._in_need, self._untold) if said]

    @property
    def _as_planned(self) -> str:
        going_well, total = self.counts[Group.PLANNED], self.counts.total
        if total == 1:
            return f"Den enda {self._the_one} {_VERBS[self.items[0].group]}."
        if going_well == total:
            return f"Alla {total} {self._several} går som planerat."
        if not going_well:
            return f"Ingen av {total} {self._several} går som planerat."
        return f"{going_well} av {total} {self._several} går som planerat."

    @property
    def _in_need(self) -> str:
        decide, behind = self.counts[Group.DECISION], self.counts[Group.BEHIND]
        if self.counts.total == 1 or not (decide or behind):
            return ""
        if not behind:
            return _sentence(f"{in_words(decide)} behöver beslut")
        if not decide:
            return _sentence(f"ingen behöver beslut, {in_words(behind)} har en bit kvar")
        return _sentence(f"{in_words(decide)} behöver beslut, {in_words(behind)} har en bit kvar")

    @property
    def _untold(self) -> str:
        untold = self.counts[Group.UNKNOWN]
        if not untold or self.counts.total == 1:
            return ""
        return _sentence(f"{in_words(untold)} har inget läge angivet")

    @property
    def changes(self) -> str:
        """What has become of it since the round before, where that can be told."""
        if self.before is None or not self.is_answered:
            return ""
        better = sum(item.moved > 0 for item in self.items)
        worse = sum(item.moved < 0 for item in self.items)
        if not any(item.was for item in self.items if item.was != Group.UNKNOWN):
            return ""
        since = f"Sedan {self.before.name} har"
        if not better and not worse:
            return f"{since} ingen {self._one} gått framåt eller bakåt."
        moved = [f"{in_words(better)} gått framåt"] if better else []
        moved += [f"{in_words(worse)} gått bakåt"] if worse else []
        return f"{since} {list_of(moved)}."

    # Counted ---------------------------------------------------------------------------------

    @cached_property
    def counts(self) -> Counts:
        return Counts.among(self.items)

    @cached_property
    def needing(self) -> list[Item]:
        """What needs a decision first, then what has a bit left."""
        return [*self.in_group(Group.DECISION), *self.in_group(Group.BEHIND)]

    def in_group(self, group: Group) -> list[Item]:
        return [item for item in self.items if item.group == group]

    @property
    def groups(self) -> list[tuple[Group, list[Item]]]:
        return [(group, self.in_group(group)) for group, _ in self.counts.told]

    @property
    def states(self) -> list[tuple[ActionState, int]]:
        found = Counter(item.going.state for item in self.items)
        return [(state, found[state]) for state in ActionState if found[state]]

    # Who has answered ------------------------------------------------------------------------

    @property
    def waiting_for(self) -> list[PartyRow]:
        return [row for row in self.parties if row.left]

    @property
    def answers_sentence(self) -> str:
        if not self.parties:
            return "Ingen part har något åtagande i det som följs upp."
        done = len(self.parties) - len(self.waiting_for)
        if not self.waiting_for:
            return "Alla parter har svarat om allt." if done > 1 else "Parten har svarat om allt."
        return f"{done} av {len(self.parties)} parter har svarat om allt."

    # Goals and meetings ----------------------------------------------------------------------

    @cached_property
    def goals(self) -> list[tuple[Item, Measured]]:
        return [(item, one) for item in self.items for one in item.goals]

    @property
    def compared_goals(self) -> list[tuple[Item, Measured]]:
        """Those that can be told: what was not reached first."""
        found = [pair for pair in self.goals if pair[1].reached in COMPARED]
        return sorted(found, key=lambda pair: -COMPARED.index(pair[1].reached))

    @property
    def goals_sentence(self) -> str:
        number = Counter(one.reached for _, one in self.goals)
        if not self.goals:
            return "Inga mål är satta."
        compared = len(self.compared_goals)
        if not compared:
            return "Inget mål kan jämföras med ett målvärde än."
        met = number[Reached.MET]
        yet = " än" if number[Reached.NOT_YET] and not met else ""
        if compared == 1:
            return f"Det enda mål som kan mätas är {'' if met else 'inte '}uppfyllt{yet}."
        if met == compared:
            return f"Alla {in_words(compared)} mål som kan mätas är uppfyllda."
        return _sentence(
            f"{in_words(met, neuter=True) if met else 'inget'} av {in_words(compared)} mål som kan "
            f"mätas är {'uppfyllda' if met > 1 else 'uppfyllt'}{yet}"
        )

    @property
    def goals_left_out(self) -> str:
        """Why the others cannot be told."""
        number = Counter(one.reached for _, one in self.goals)
        said = [
            (in_words(number[reached], neuter=True), words)
            for reached, words in _LEFT_OUT.items()
            if number[reached]
        ]
        if not said:
            return ""
        (first, words), *rest = said
        return _sentence(list_of([f"{first} mål {words}", *(" ".join(one) for one in rest)]))

    @property
    def meetings(self) -> list[tuple[Item, Meetings]]:
        """Where fewer were held than planned first."""
        found = [(item, item.meetings) for item in self.items if item.meetings]
        return sorted(found, key=lambda pair: not pair[1].is_short)

    @property
    def meetings_sentence(self) -> str:
        counted = [one for _, one in self.meetings if one.planned is not None and not one.rests]
        if not counted:
            return ""
        kept = sum(not one.is_short for one in counted)
        if len(counted) == 1:
            return f"De möten som planerats har {'' if kept else 'inte alla '}hållits."
        if kept == len(counted):
            return f"De möten som planerats har hållits, i {in_words(kept)} {self._several}."
        return _sentence(
            f"{in_words(kept) if kept else 'ingen'} av {in_words(len(counted))} {self._several} "
            "har hållit de möten som planerats"
        )

    # Words -----------------------------------------------------------------------------------

    @property
    def has_causes(self) -> bool:
        return self.document.layout == Layout.CAUSES

    @property
    def _one(self) -> str:
        return "åtgärd" if self.has_causes else "aktivitet"

    @property
    def _the_one(self) -> str:
        return "åtgärden" if self.has_causes else "aktiviteten"

    @property
    def _several(self) -> str:
        return "åtgärder" if self.has_causes else "aktiviteter"


_VERBS = {
    Group.PLANNED: "går som planerat",
    Group.BEHIND: "har en bit kvar",
    Group.DECISION: "behöver beslut",
    Group.RESTING: "vilar",
    Group.NO_NEED: "har inte behövts",
    Group.UNKNOWN: "har inget läge angivet",
}
_LEFT_OUT = {
    Reached.NO_TARGET: "har inget målvärde",
    Reached.NOT_MEASURED: "har inte mätts",
    Reached.NOT_NEEDED: "hör till det som vilar eller inte behövdes",
}


def picture_of(
    document: PlanDocument,
    *,
    round_uuid: UUID | None = None,
    beside: Beside | None = None,
    today: date | None = None,
) -> Picture:
    """Of the round that is asked for or, where none is, the latest in which somebody has answered.

    What was answered counts, whether the round asks for it or not. Without `today` nobody is late:
    paper does not know the day on which it is read.
    """
    beside = beside or Beside()
    rounds = sorted(document.rounds, key=lambda one: one.reporting_date)
    shown = shown_round(rounds, round_uuid)
    if shown is None:
        areas = [
            AreaRow(area, number, (), _note(area, None, document))
            for number, area in enumerate(document.areas, start=1)
        ]
        return Picture(document, None, None, (), areas, (), 0, False)
    so_far = rounds[: rounds.index(shown) + 1]
    drawing = _Drawing(document, so_far, beside)
    areas = [drawing.area(number, area) for number, area in enumerate(document.areas, start=1)]
    items = [item for row in areas for item in row.items]
    is_late = bool(today and today > shown.due_date and shown.closed_at is None)
    return Picture(
        document,
        shown,
        drawing.before,
        items,
        areas,
        _party_rows(document, items, drawing.answers, beside.answering.get(shown.uuid), is_late),
        not_asked=sum(len(area.actions) for area in document.areas) - len(items),
        is_answered=bool(drawing.answers),
    )


class _Period(NamedTuple):
    start: date
    end: date


class _Drawing:
    """What is drawn of each action, by the last of these rounds and the one before it."""

    def __init__(self, document: PlanDocument, rounds: Sequence[RoundDoc], beside: Beside):
        self.document, self.rounds, self.beside = document, rounds, beside
        self._period = _Period(document.period_start, document.period_end)
        self.round = rounds[-1]
        self.before = rounds[-2] if len(rounds) > 1 else None
        self.parties = {party.key: party for party in document.parties}
        self.answers = _by_action(self.round)
        self._earlier = _by_action(self.before)

    def area(self, number: int, area: AreaDoc) -> AreaRow:
        items = [
            self._item(area, f"{number}.{place}", action)
            for place, action in enumerate(area.actions, start=1)
            if action.uuid in self.answers or self._asks_for(action)
        ]
        return AreaRow(area, number, items, "" if items else _note(area, self.round, self.document))

    def _asks_for(self, action: ActionDoc) -> bool:
        if (frozen := self.beside.asked.get(self.round.uuid)) is not None:
            return action.uuid in frozen
        put_right = self.beside.put_right.get(action.uuid)
        return asks_for(
            self.round.kind, action.follow_up_plan, put_right.rounds if put_right else None
        )

    def _item(self, area: AreaDoc, number: str, action: ActionDoc) -> Item:
        answers = self.answers.get(action.uuid, [])
        end = self.document.period_end
        time = time_of(action, self._period, self.beside.put_right.get(action.uuid))
        now = going(answers, time, at=self.round.reporting_date, period_end=end)
        was = None
        if self.before:
            then = self._earlier.get(action.uuid, [])
            was = going(then, time, at=self.before.reporting_date, period_end=end).group
        reason, said_by = _reason(now, answers)
        return Item(
            action,
            area,
            number,
            now,
            was,
            reason,
            self.parties[said_by] if said_by else None,
            [measure(goal, self.rounds, now, period_end=end) for goal in action.goals],
            meetings(answers, time.meetings_planned, now),
        )


def shown_round(rounds: Sequence[RoundDoc], wanted: UUID | None = None) -> RoundDoc | None:
    """The one asked for; else the latest with answers; else the latest that has been opened."""
    asked_for = [round_ for round_ in rounds if round_.uuid == wanted]
    answered = [round_ for round_ in rounds if round_.answers]
    opened = [round_ for round_ in rounds if round_.opened_at]
    return next((found[-1] for found in (asked_for, answered, opened) if found), None)


def _by_action(round_: RoundDoc | None) -> dict[UUID, list[AnswerDoc]]:
    found: dict[UUID, list[AnswerDoc]] = {}
    for answer in round_.answers if round_ else ():
        found.setdefault(answer.action, []).append(answer)
    return found


def _reason(now: Going, answers: Sequence[AnswerDoc]) -> tuple[str, str | None]:
    """The words of the answer that decided it or, where it has none, of the first that has."""
    for answer in [*([now.said_by] if now.said_by else []), *answers]:
        if answer.text:
            return shortened(answer.text, LETTERS_OF_A_REASON), answer.party
    return "", now.said_by.party if now.said_by else None


def _note(area: AreaDoc, round_: RoundDoc | None, document: PlanDocument) -> str:
    several = "åtgärder" if document.layout == Layout.CAUSES else "aktiviteter"
    if area.actions:
        return f"Inget i området följs upp i {round_.name}." if round_ else ""
    if area.handled_as == HandledAs.LINE_WORK:
        return f"Inga {several}: området hanteras i linjeverksamheten."
    if area.handled_as == HandledAs.AREA:
        title = next((one.title for one in document.areas if one.uuid == area.handled_in), "")
        return f"Inga {several}: området hanteras inom {title or 'ett annat område'}."
    if area.handled_as == HandledAs.DOCUMENT:
        return f"Inga {several}: området hanteras i ett annat dokument."
    return f"Inga {several} i området."


def _party_rows(
    document: PlanDocument,
    items: Sequence[Item],
    answers: dict[UUID, list[AnswerDoc]],
    answering: Collection[str] | None,
    is_late: bool,
) -> list[PartyRow]:
    """A party that nothing is asked of is not missing: it is not there."""
    asked: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for item in items:
        spoken = {answer.party for answer in answers.get(item.key, [])}
        for commitment in item.action.commitments:
            asked[commitment.party] += 1
            answered[commitment.party] += commitment.party in spoken
    return [
        PartyRow(
            party,
            asked[party.key],
            answered[party.key],
            is_late and answered[party.key] < asked[party.key],
        )
        for party in document.parties
        if asked[party.key] and (not answering or party.key in answering)
    ]


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
