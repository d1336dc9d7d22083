"""Årshjulet: what comes round every year in a district, when, and how it stands with it.

As data, without the database. What can be known (a plan is decided, a round is closed) is known; the
samordnare says the rest. The days are those of custom, unless the district keeps others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import TextChoices

from plans.timing import phrasing
from plans.vocabulary import Moment, PlanState, RoundKind

SOON = timedelta(days=30)
TIME_TO_ANSWER = timedelta(days=12)
# What nobody has noted when the year has been over for so long is not late: nobody knows.
REMEMBERED = timedelta(days=90)

_USUAL = {
    Moment.REPORT: (1, 31),
    Moment.PRIORITIES: (2, 28),
    Moment.PLAN: (3, 31),
    Moment.T1: (4, 30),
    Moment.T2: (8, 31),
    Moment.STATUS_REPORT: (10, 31),
}
ROUNDS = (Moment.T1, Moment.T2, Moment.VB)
# What nothing in the database can tell, and somebody says.
BY_HAND = (Moment.REPORT, Moment.PRIORITIES, Moment.STATUS_REPORT, Moment.AGREEMENT)
LAW = "Lagen (2023:196) kräver att den uppdateras minst vartannat år."


def usual_day(moment: str, year: int) -> date:
    """The last day by custom; what has none of its own ends with the year."""
    return date(year, *_USUAL.get(moment, (12, 31)))  # type: ignore[call-overload]


class State(TextChoices):
    LATE = "forsenat", "Försenat"
    DUE = "dags", "Dags nu"
    UNDER_WAY = "pagar", "Pågår"
    NOT_YET = "inte_an", "Inte dags än"
    DONE = "klart", "Klart"
    NOTHING = "inget", "Inget att göra"
    UNKNOWN = "okant", "Inget antecknat"


# The shape that stands beside the word.
MARKS = {
    State.LATE: "!",
    State.DUE: "→",
    State.UNDER_WAY: "◐",
    State.NOT_YET: "○",
    State.DONE: "●",
    State.NOTHING: "–",
    State.UNKNOWN: "–",
}


class Do(TextChoices):
    """What somebody is to do, as the words of a link."""

    CREATE = "skapa", "Skapa planen"
    WRITE = "skriv", "Skriv i planen"
    GATHER = "folj", "Följ samrådet"
    REPLY = "ga_igenom", "Gå igenom er del av planen"
    APPROVE = "godkann", "Godkänn planen, eller återsänd den"
    OPEN = "oppna", "Öppna uppföljningen"
    ANSWER = "svara", "Svara i uppföljningen"
    FOLLOW = "se", "Se vilka som har svarat"
    CLOSE = "stang", "Stäng uppföljningen"
    MARK = "anteckna", "Anteckna att det är klart"
    # Of a report, whose name the moment bears.
    CREATE_REPORT = "skapa_den", "Skapa den"
    WRITE_REPORT = "skriv_i_den", "Skriv i den"
    READ_REPORT = "las_den", "Läs igenom den"
    APPROVE_REPORT = "godkann_den", "Godkänn den, eller återsänd den"


# What is somebody's turn; to follow what others do is not.
_WAITING = frozenset(Do) - {Do.FOLLOW, Do.GATHER}


@dataclass(frozen=True)
class PlanFact:
    start: date
    end: date
    state: PlanState
    period: str  # in words
    decided_on: date | None = None
    reply_by: date | None = None
    url: str = ""
    do: Do | None = None  # what I am to do with it, while it is being written
    do_url: str = ""
    open_url: str = ""  # where I open a round of it, if I may

    @property
    def is_settled(self) -> bool:
        return self.state in (PlanState.DECIDED, PlanState.CLOSED)

    @property
    def since(self) -> date:
        return self.decided_on or self.start


@dataclass(frozen=True)
class ReportFact:
    """A lägesbild, or a status report, in the words of its moment."""

    moment: Moment
    year: int
    name: str  # "Lägesbilden för 2025"
    state: PlanState
    decided_on: date | None = None
    reply_by: date | None = None
    url: str = ""
    do: Do | None = None  # what I am to do with it, while it is being written
    do_url: str = ""

    @property
    def is_settled(self) -> bool:
        return self.state in (PlanState.DECIDED, PlanState.CLOSED)


@dataclass(frozen=True)
class RoundFact:
    kind: RoundKind
    name: str
    reporting_date: date
    due_date: date
    is_open: bool = False
    closed_on: date | None = None
    url: str = ""
    left: int = 0  # what my party has not answered
    answer_url: str = ""
    close_url: str = ""  # where I close it, if I may


@dataclass(frozen=True)
class AgreementFact:
    since: date
    ends: date | None = None
    next_review: date | None = None


@dataclass(frozen=True)
class Kept:
    """What the samordnare has said of a moment."""

    day: date
    is_done: bool = False


@dataclass(frozen=True)
class Known:
    """All that is known of a district's year."""

    year: int
    today: date
    plans: Sequence[PlanFact] = ()
    reports: Sequence[ReportFact] = ()
    rounds: Sequence[RoundFact] = ()
    agreement: AgreementFact | None = None
    kept: Mapping[Moment, Kept] = field(default_factory=dict)
    reported_last_year: bool = False
    begins: date | None = None  # of a district that is not of all time
    ends: date | None = None
    became: str = ""
    keeps: bool = False  # whether I note what is done
    create_url: str = ""
    create_report_urls: Mapping[Moment, str] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    @property
    def is_long_over(self) -> bool:
        return self.today > self.last_day + REMEMBERED


@dataclass(frozen=True)
class Step:
    """A moment of the year, and how it stands with it."""

    moment: Moment | None  # none: a round of one's own
    name: str
    day: date | None
    state: State
    why: str = ""
    do: Do | None = None
    url: str = ""  # where it is done, or else read
    may_be_moved: bool = False
    may_be_marked: bool = False

    @property
    def mark(self) -> str:
        return MARKS[self.state]

    @property
    def waits(self) -> bool:
        """It is my turn."""
        return self.do in _WAITING and self.state in (State.LATE, State.DUE, State.UNDER_WAY)


def year_of(known: Known) -> list[Step]:
    """By the day; what has none comes last."""
    steps = [
        _report(known),
        _priorities(known),
        _plan(known),
        *(_round(known, moment) for moment in ROUNDS),
        *_other_rounds(known),
        _status_report(known),
        _agreement(known),
    ]
    steps = [_within(known, step) for step in steps]
    return sorted(steps, key=lambda step: (step.day is None, step.day or known.last_day))


def waiting(steps: Iterable[Step]) -> list[Step]:
    """What it is my turn to do: what is late first."""
    order = (State.LATE, State.DUE, State.UNDER_WAY)
    return sorted((step for step in steps if step.waits), key=lambda one: order.index(one.state))


# What the samordnare says ------------------------------------------------------------------------


def _report(known: Known) -> Step:
    step = _of_report(known, Moment.REPORT)
    if step.state == State.DONE or _of_year(known, Moment.REPORT):
        return step
    decided = [one.decided_on for one in _reports(known, Moment.REPORT) if one.decided_on]
    last = max((day for day in decided if day.year < known.year), default=None)
    if last and not (known.reported_last_year and last.year < known.year - 1):
        return _renewed(known, step, last)
    if known.reported_last_year:
        why = f"Gjordes {known.year - 1}. {LAW}"
        is_needed = step.state not in (State.LATE, State.UNKNOWN)
        if is_needed:
            return replace(step, why=why)
        return replace(step, state=State.NOTHING, why=why, do=None)
    return replace(step, why=f"{step.why} {LAW}") if step.state == State.LATE else step


def _renewed(known: Known, step: Step, last: date) -> Step:
    """The newest decided one is of an earlier year: it serves until the law's two years are over."""
    renew = _years_after(last, 2)
    why = f"Den senaste beslutades {phrasing.day(last)}. {LAW}"
    if renew > known.last_day:
        return replace(step, state=State.NOTHING, why=why, do=None, url="")
    assert step.day
    is_kept = Moment.REPORT in known.kept
    day = step.day if is_kept or renew.year < known.year else renew
    state = _by_day(known, day)
    if renew < known.today and known.year == known.today.year:
        state = State.LATE
        why = f"Den senaste beslutades {phrasing.day(last)}, och är äldre än två år. {LAW}"
    return _to_be_made(known, replace(step, day=day, state=state, why=why))


def _status_report(known: Known) -> Step:
    return _of_report(known, Moment.STATUS_REPORT)


def _of_report(known: Known, moment: Moment) -> Step:
    """What is written here is known; what is written elsewhere somebody says."""
    step = _by_hand(known, moment)
    of_year = _of_year(known, moment)
    decided = [one for one in of_year if one.is_settled]
    if decided:
        one = max(decided, key=lambda one: (one.year, one.decided_on or date.min))
        when = f" {phrasing.day(one.decided_on)}" if one.decided_on else ""
        return replace(
            step,
            state=State.DONE,
            why=f"{one.name} är beslutad{when}.",
            url=one.url,
            do=None,
            may_be_moved=False,
            may_be_marked=False,
        )
    if step.state == State.DONE:
        return step
    if of_year:
        return _being_written(step, of_year[0])
    return _to_be_made(known, step) if _reports(known, moment) else step


def _being_written(step: Step, one: ReportFact) -> Step:
    how = "på samråd" if one.state == PlanState.CONSULTATION else "ett utkast"
    if one.state == PlanState.CONSULTATION and one.reply_by:
        how += f", med svar senast {phrasing.day(one.reply_by)}"
    why = f"{one.name} är {how}."
    is_late = step.state == State.LATE
    if is_late and step.day:
        why += f" Den skulle ha varit beslutad senast {phrasing.day(step.day)}."
    return replace(
        step,
        state=State.LATE if is_late else State.UNDER_WAY,
        why=why,
        do=one.do,
        url=one.do_url or one.url,
        may_be_marked=False,
    )


def _to_be_made(known: Known, step: Step) -> Step:
    """Where reports are written here, so is the next one; else somebody notes that it is done."""
    if step.state not in (State.DUE, State.LATE):
        return replace(step, do=None, url="")
    assert step.moment
    if url := known.create_report_urls.get(step.moment, ""):
        return replace(step, do=Do.CREATE_REPORT, url=url)
    return replace(step, do=Do.MARK if known.keeps else None)


def _of_year(known: Known, moment: Moment) -> list[ReportFact]:
    """Those of the year, and those that were decided in it."""
    return [
        one
        for one in _reports(known, moment)
        if known.year in (one.year, one.decided_on.year if one.decided_on else None)
    ]


def _reports(known: Known, moment: Moment) -> list[ReportFact]:
    return [one for one in known.reports if one.moment == moment]


def _priorities(known: Known) -> Step:
    step = _by_hand(known, Moment.PRIORITIES)
    covering = _covering(known)
    if covering:
        plan = covering[-1]
        why = f"Områdena är valda i den beslutade planen för {plan.period}."
        return replace(
            step,
            state=State.DONE,
            why=why,
            url=plan.url,
            do=None,
            may_be_moved=False,
            may_be_marked=False,
        )
    drafts = _drafts(known)
    if drafts and step.state in (State.NOT_YET, State.DUE):
        why = f"Områdena väljs i utkastet för {drafts[0].period}."
        return replace(step, state=State.UNDER_WAY, why=why)
    return step


def _agreement(known: Known) -> Step:
    agreement, kept = known.agreement, known.kept.get(Moment.AGREEMENT)
    step = _moment(known, Moment.AGREEMENT)
    if kept:
        return _by_hand(known, Moment.AGREEMENT)
    if agreement is None:
        why = "Ingen samverkansöverenskommelse är inlagd för året."
        return replace(step, day=None, state=State.NOTHING, why=why)
    review = agreement.next_review or _every_second_year(agreement.since, known.year)
    why = "" if agreement.next_review else "Två år sedan den tecknades eller sågs över senast."
    if agreement.ends and agreement.ends <= min(review, known.last_day):
        review, why = agreement.ends, "Överenskommelsen slutar då att gälla."
    if review > known.last_day:
        why = f"Nästa översyn är {phrasing.day(review)}."
        return replace(step, day=None, state=State.NOTHING, why=why, may_be_marked=False)
    if review.year < known.year and known.year != known.today.year:
        why = f"Översynen var satt till {phrasing.day(review)}."
        return replace(step, day=None, state=State.UNKNOWN, why=why)
    return _by_hand(known, Moment.AGREEMENT, review, why)


def _every_second_year(since: date, year: int) -> date:
    """The first such day that is in the year or after it."""
    ahead = max(2, year - since.year + (year - since.year) % 2)
    return _years_after(since, ahead)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)


def _by_hand(known: Known, moment: Moment, usual: date | None = None, why: str = "") -> Step:
    step = _moment(known, moment, usual)
    assert step.day
    kept = known.kept.get(moment)
    if kept and kept.is_done:
        return replace(step, state=State.DONE, why="Samordnaren har antecknat att det är klart.")
    state = _by_day(known, step.day)
    do = Do.MARK if known.keeps and state in (State.DUE, State.LATE) else None
    if state == State.LATE:
        since = f"Det skulle ha varit klart senast {phrasing.day(step.day)}."
        why = f"{why} Ingen har antecknat att det är klart. {since}".strip()
    return replace(step, state=state, why=why, do=do)


def _moment(known: Known, moment: Moment, usual: date | None = None) -> Step:
    kept = known.kept.get(moment)
    day = kept.day if kept else usual or usual_day(moment, known.year)
    return Step(
        moment,
        moment.label,
        day,
        State.NOT_YET,
        may_be_moved=known.keeps,
        may_be_marked=known.keeps and moment in BY_HAND,
    )


def _by_day(known: Known, day: date, patience: timedelta = timedelta(0)) -> State:
    if known.today > day + patience:
        return State.UNKNOWN if known.is_long_over else State.LATE
    return State.DUE if day - known.today <= SOON else State.NOT_YET


# The plan ----------------------------------------------------------------------------------------


def _covering(known: Known) -> list[PlanFact]:
    """The decided plans that reach into the year, the earliest first."""
    first = date(known.year, 1, 1)
    return sorted(
        (p for p in known.plans if p.is_settled and p.start <= known.last_day and p.end >= first),
        key=lambda plan: (plan.start, plan.end),
    )


def _drafts(known: Known) -> list[PlanFact]:
    first = date(known.year, 1, 1)
    return [
        plan
        for plan in known.plans
        if not plan.is_settled and plan.start <= known.last_day and plan.end >= first
    ]


def _plan(known: Known) -> Step:
    step = _moment(known, Moment.PLAN)
    assert step.day
    covering = _covering(known)
    if not covering:
        drafts = _drafts(known)
        if drafts and Moment.PLAN not in known.kept:
            step = replace(step, day=max(step.day, drafts[0].start))
        return _undecided(known, step, drafts[:1], f"Ingen plan för {known.year} är beslutad.")
    until = _covered_until(covering)
    if until < min(known.last_day, known.ends or known.last_day):
        why = (
            f"Planen för {covering[-1].period} gäller till och med {phrasing.day(until)}. "
            "Ingen plan är beslutad för tiden därefter."
        )
        after = [plan for plan in _drafts(known) if plan.end > until]
        step = replace(step, day=until if Moment.PLAN not in known.kept else step.day)
        return _undecided(known, step, after, why, covering[-1].url)
    last = max(covering, key=lambda plan: plan.since)
    latest = max(plan.since for plan in known.plans if plan.is_settled)
    renew = _years_after(latest, 2)
    if renew <= known.last_day and covering[0].start < date(known.year, 1, 1):
        why = f"Den gällande planen beslutades {phrasing.day(last.since)}. {LAW}"
        step = replace(step, day=step.day if Moment.PLAN in known.kept else renew)
        return _undecided(known, step, _drafts(known), why, last.url)
    why = f"Planen för {last.period} är beslutad {phrasing.day(last.since)}."
    if last.decided_on is None:
        why = f"Planen för {last.period} är beslutad."
    elif last.end.year > last.start.year:
        why += f" Den gäller till och med {phrasing.day(last.end)}."
    return replace(step, state=State.DONE, why=why, url=last.url, may_be_moved=False)


def _covered_until(covering: Sequence[PlanFact]) -> date:
    """The last day before the first gap."""
    until = covering[0].end
    for plan in covering[1:]:
        if plan.start <= until + timedelta(days=1):
            until = max(until, plan.end)
    return until


def _undecided(
    known: Known, step: Step, drafts: Sequence[PlanFact], why: str, url: str = ""
) -> Step:
    assert step.day
    state = _by_day(known, step.day)
    since = ""
    if state == State.LATE:
        which = "Nästa" if url else "Den"
        since = f" {which} skulle ha varit beslutad senast {phrasing.day(step.day)}."
    if not drafts:
        why += since
        is_mine = known.create_url and state in (State.DUE, State.LATE)
        do, to = (Do.CREATE, known.create_url) if is_mine else (None, url)
        return replace(step, state=state, why=why, do=do, url=to)
    plan = drafts[0]
    is_sent = plan.state == PlanState.CONSULTATION
    how = f"Planen för {plan.period} är {'på samråd' if is_sent else 'ett utkast'}."
    if is_sent and plan.reply_by:
        how = f"{how[:-1]}, med svar senast {phrasing.day(plan.reply_by)}."
    if state in (State.NOT_YET, State.DUE):
        state = State.UNDER_WAY
    said = f"{why} {how}" if url else how  # there is a plan, and another is on its way
    return replace(step, state=state, why=said + since, do=plan.do, url=plan.do_url or plan.url)


# The rounds --------------------------------------------------------------------------------------


def _round(known: Known, moment: Moment) -> Step:
    rounds = [one for one in known.rounds if one.kind.value == moment.value and _is_of(known, one)]
    begun = [one for one in rounds if one.is_open or one.closed_on]
    if begun:
        return _begun(known, moment, min(begun, key=lambda one: not one.is_open))
    step = _moment(known, moment)
    assert step.day
    if rounds:
        step = replace(step, day=rounds[0].reporting_date, may_be_moved=False)
    day = step.day
    assert day
    plans = [plan for plan in known.plans if plan.start <= day <= plan.end]
    decided = [plan for plan in plans if plan.is_settled]
    if not decided:
        when = phrasing.day(day)
        if plans:
            why = f"Planen som gäller {when} är inte beslutad än. En beslutad plan följs upp."
        else:
            why = f"Ingen plan gäller {when}."
        is_ahead = known.today <= day
        return replace(step, state=State.NOT_YET if is_ahead else State.NOTHING, why=why)
    state = _by_day(known, day, TIME_TO_ANSWER)
    url = decided[-1].open_url
    is_time = state in (State.DUE, State.LATE)
    why = "Uppföljningen är inte öppnad." if state != State.NOT_YET else ""
    if state == State.LATE:
        why += f" Den skulle beskriva läget {phrasing.day(day)}."
    if is_time and url:
        return replace(step, state=state, why=why, do=Do.OPEN, url=f"{url}?slag={moment}")
    return replace(step, state=state, why=why)


def _other_rounds(known: Known) -> list[Step]:
    return [
        _begun(known, None, one)
        for one in known.rounds
        if one.kind.value not in ROUNDS and _is_of(known, one) and (one.is_open or one.closed_on)
    ]


def _is_of(known: Known, round_: RoundFact) -> bool:
    return round_.reporting_date.year == known.year


def _begun(known: Known, moment: Moment | None, one: RoundFact) -> Step:
    name = moment.label if moment else one.name
    step = Step(moment, name, one.reporting_date, State.DONE, url=one.url)
    if one.closed_on:
        return replace(step, why=f"Stängd {phrasing.day(one.closed_on)}.")
    when = phrasing.day(one.due_date)
    is_late = known.today > one.due_date
    why = f"Öppen, svar senast {when}."
    if is_late:
        why = f"Den är inte stängd. Svaren skulle ha kommit {when}."
    step = replace(step, state=State.LATE if is_late else State.UNDER_WAY, why=why)
    if one.left:
        answers = "Ett svar" if one.left == 1 else f"{one.left} svar"
        return replace(step, why=f"{why} {answers} återstår.", do=Do.ANSWER, url=one.answer_url)
    if one.close_url:
        return replace(
            step,
            do=Do.CLOSE if is_late else Do.FOLLOW,
            url=one.close_url if is_late else one.url,
        )
    return step


# A district that is not of all time --------------------------------------------------------------


def _within(known: Known, step: Step) -> Step:
    """Nothing is asked of a district before it is formed, or after it has become part of another."""
    if step.state in (State.DONE, State.NOTHING) or step.day is None:
        return step
    if known.ends and step.day > known.ends:
        became = f" och gick upp i {known.became}" if known.became else ""
        why = f"Området upphörde {phrasing.day(known.ends)}{became}."
    elif known.begins and step.day < known.begins:
        why = f"Området bildades {phrasing.day(known.begins)}."
    else:
        return step
    return replace(
        step, state=State.NOTHING, why=why, do=None, url="", may_be_moved=False, may_be_marked=False
    )
