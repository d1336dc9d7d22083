"""Whether something is late on a given day. A false alarm is worse than none.

- What goes on without an end is never late, and how many meetings were held never makes it so.
- What a follow-up has closed is not late: carried out, ended, paused, no need. "Ej genomförd" is such
  an answer too. It is a fact that the reader is shown as it stands; to call it late as well would
  ask once more for what has been answered.
- A day by which it is to be done is late when it has passed. A period ("under 2025") is when it is
  worked with: where a follow-up says that it was under way, the period is over and nothing is late.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from plans.timing import phrasing
from plans.timing.understanding import Understood
from plans.vocabulary import ActionState, TimingKind

SOON_DAYS = 30


class Due(TextChoices):
    LATE = "forsenad", "Försenad"
    SOON = "snart", "Snart dags"
    NOT_YET = "inte_an", "Inte dags än"
    OVER = "over", "Tiden är ute"
    SETTLED = "avgjord", "Avgjord"
    ENDLESS = "utan_slut", "Utan slutdatum"
    UNKNOWN = "okand", "Tiden är okänd"


@dataclass(frozen=True)
class Standing:
    due: Due
    reason: str  # a Swedish sentence

    @property
    def is_late(self) -> bool:
        return self.due is Due.LATE


_SETTLED = {
    ActionState.DONE: "Åtgärden är genomförd.",
    ActionState.ENDED: "Åtgärden är avslutad.",
    ActionState.PAUSED: "Åtgärden är pausad.",
    ActionState.NO_NEED: "Inget behov uppstod.",
    ActionState.NOT_DONE: "Åtgärden blev inte genomförd, enligt uppföljningen.",
}
_UNDER_WAY = {ActionState.IN_PROGRESS, ActionState.ON_PLAN, ActionState.PARTLY_DONE}


def standing(understood: Understood, state: ActionState | None, on: date) -> Standing:
    if state in _SETTLED:
        return Standing(Due.SETTLED, _SETTLED[state])
    if understood.is_endless:
        assert understood.kind
        return Standing(Due.ENDLESS, f"{_capital(understood.kind.label)}: kan inte bli försenat.")
    if understood.ends_on is None:
        if understood.kind is TimingKind.PERIOD:
            return Standing(Due.ENDLESS, "Inget slutdatum är angivet.")
        return Standing(Due.UNKNOWN, _unknown(understood))
    last_day = phrasing.day(understood.ends_on)
    days = (understood.ends_on - on).days
    is_period = understood.kind is TimingKind.PERIOD
    if days >= 0:
        due = Due.SOON if days <= SOON_DAYS else Due.NOT_YET
        said = "Pågår till och med" if is_period else "Ska vara klar senast"
        return Standing(due, f"{said} {last_day}, {_in_days(days)}.")
    if is_period and state in _UNDER_WAY:
        return Standing(Due.OVER, f"Tiden gick ut {last_day}. Åtgärden var då i gång.")
    said = "Tiden gick ut" if is_period else "Skulle ha varit klar senast"
    return Standing(Due.LATE, f"{said} {last_day}, {_ago(-days)}.")


def _unknown(understood: Understood) -> str:
    return f"{understood.words}." if understood.words else "Ingen tid är angiven."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _in_days(days: int) -> str:
    return {0: "i dag", 1: "i morgon"}.get(days, f"om {days} dagar")


def _ago(days: int) -> str:
    return "i går" if days == 1 else f"för {days} dagar sedan"
