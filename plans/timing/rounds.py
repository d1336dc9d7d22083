"""Which rounds a plan for follow-up names."""

from dataclasses import dataclass
from functools import lru_cache

from plans.timing.frequency import FREQUENCIES, Each
from plans.timing.recurrence import Recurrence, Unit
from plans.timing.scanning import Phrase, phrase, scan
from plans.vocabulary import RoundKind

_LONGEST = 2000  # a plan for follow-up may be a paragraph
_TERTIALS = (RoundKind.T1, RoundKind.T2, RoundKind.VB)

_BY_NUMBER = dict(zip("123", _TERTIALS, strict=True))
_TERTIAL = r"(?:(?:t|tertial(?:rapport(?:en)?)?)\s?[123]|vb|verksamhetsberättelse\w{0,5})"
_NOT = r"(?:utom|förutom|inte|ej)\s(?:(?:i|vid|till|under)\s)?"


def _numbered(said: str) -> frozenset[RoundKind]:
    numbers = [digit for digit in said if digit in _BY_NUMBER]
    if "-" in said and len(numbers) > 1:
        numbers = [digit for digit in "123" if numbers[0] <= digit <= numbers[-1]]
    return frozenset(_BY_NUMBER[digit] for digit in numbers)


@dataclass(frozen=True)
class _Without:
    """Rounds that are named in order to leave them out."""

    rounds: frozenset[RoundKind]


def _without(said: str) -> _Without:
    return _Without(_numbered(said) or frozenset({RoundKind.VB}))


_NAMES: tuple[Phrase, ...] = (
    phrase(rf"{_NOT}({_TERTIAL})", lambda m: _without(m[1])),
    phrase(r"t\s?1\s?-\s?vb", lambda m: frozenset(_TERTIALS)),
    phrase(
        r"(?:t|tertial(?:rapport(?:en)?)?)\s?[123](?:(?:\s?[,&/+-]\s?|\s(?:och|samt)\s)t?[123](?!\w))*",
        lambda m: _numbered(m[0]),
    ),
    phrase(r"första\stertialet", lambda m: frozenset({RoundKind.T1})),
    phrase(r"andra\stertialet", lambda m: frozenset({RoundKind.T2})),
    phrase(r"(?:tredje|sista)\stertialet", lambda m: frozenset({RoundKind.VB})),
    phrase(r"alla\stertial(?:en)?", lambda m: frozenset(_TERTIALS)),
    phrase(
        r"(?:tertial|delårs)rapport(?:er|erna)", lambda m: frozenset({RoundKind.T1, RoundKind.T2})
    ),
    phrase(r"delårs(?:rapport|bokslut)(?:en|et)?", lambda m: frozenset({RoundKind.T2})),
    phrase(
        r"vb|verksamhetsberättelse\w{0,5}|årsberättelse\w{0,3}|årsredovisning\w{0,3}"
        r"|(?:års)?bokslut\w{0,2}|årsskifte\w{0,2}|årsslut\w{0,2}|årets\sslut|slutet\sav\såret"
        r"|när\såret\sär\sslut",
        lambda m: frozenset({RoundKind.VB}),
    ),
)


def rounds_named(text: str) -> frozenset[RoundKind] | None:
    """None where no round is named: then every round asks.

    Once a year is answered in the annual report as well as in a yearly round.
    """
    return _named(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)  # "T2 och VB" stands in plan after plan
def _named(text: str) -> frozenset[RoundKind] | None:
    named: set[RoundKind] = set()
    without: set[RoundKind] = set()
    for found in scan(text, (*_NAMES, *FREQUENCIES)).found:
        if isinstance(found.meaning, _Without):
            without |= found.meaning.rounds
        elif isinstance(found.meaning, frozenset):
            named |= found.meaning
        elif isinstance(found.meaning, Recurrence | Each):
            named |= _in_the_year(found.meaning)
    if without and not named:
        named = set(_TERTIALS)
    return frozenset(named - without) or None


def _in_the_year(often: Recurrence | Each) -> frozenset[RoundKind]:
    often = often.once if isinstance(often, Each) else often
    if often.in_a_year == 1:
        return frozenset({RoundKind.YEARLY, RoundKind.VB})
    if often.in_a_year == 3 and often.per in (Unit.TERTIAL, Unit.YEAR):
        return frozenset(_TERTIALS)
    return frozenset()
