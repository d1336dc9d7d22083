"""What is said of how a time was understood: only where that says more than the words themselves."""

import re
from collections.abc import Collection, Iterable

from plans.timing import phrasing
from plans.timing.months import MONTHS
from plans.timing.understanding import Understood
from plans.vocabulary import RoundKind

_DAY = rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}})"
_PLAIN = re.compile(
    rf"(?:klar[at]?|ska vara klart)? ?(?:senast)? ?(?:den)? ?{_DAY}(?: ?(?:-|–|till|till och med) ?{_DAY})?\.?"
)
_PLANNED = re.compile(r"; \d+ möten? planera(?:t|de)$")
_ROUNDS = {
    RoundKind.T1: "T1",
    RoundKind.T2: "T2",
    RoundKind.VB: "VB",
    RoundKind.YEARLY: "den årliga uppföljningen",
}


def is_doubtful(understood: Understood) -> bool:
    return bool(understood.words) and understood.kind is None and understood.meetings is None


def said_back(timing: str, meeting_frequency: str, understood: Understood) -> str:
    """Nothing, where the words are plain days or say the same as was understood."""
    said = " ".join(f"{timing} {meeting_frequency}".casefold().split())
    words = understood.words
    if understood.kind is None:  # only how often is understood
        words = phrasing.sentence([words.split("; ")[-1]])
    if not words or is_doubtful(understood) or _PLAIN.fullmatch(said):
        return ""
    words = _PLANNED.sub("", words)  # somebody has said how many, and that is said already
    told = words.replace(", utan slutdatum", "")
    return "" if _letters(told) in _letters(said) else words


def rounds_said(kinds: Collection[str]) -> str:
    """ "T1 och VB"; a round of one's own asks for everything, and is not named."""
    names = [name for kind, name in _ROUNDS.items() if kind in kinds]
    if len(names) == len(_ROUNDS):
        return "varje uppföljning"
    return phrasing.listed(names) if names else ""


def says_rounds(follow_up_plan: str, kinds: Collection[str]) -> bool:
    """Whether the words name these rounds as we do."""
    return all(name in follow_up_plan for name in _short(kinds))


def _short(kinds: Collection[str]) -> Iterable[str]:
    return (_ROUNDS[RoundKind(kind)] for kind in kinds if kind in _ROUNDS)


def _letters(text: str) -> str:
    text = text.casefold()
    for short, whole in (("ggr", "gånger"), ("/", " per "), ("en gång", "1 gång")):
        text = text.replace(short, whole)
    return re.sub(r"\W", "", text)
