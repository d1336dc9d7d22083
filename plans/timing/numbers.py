"""Numbers as they stand in running Swedish: 3, tre, tredje, 3:e."""

from collections.abc import Iterable

_COUNT = (
    "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton"
    " arton nitton tjugo"
)
_RANK = (
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde"
    " fjortonde"
)
LAST, LAST_BUT_ONE = -1, -2

_WORTH = {word: worth for worth, word in enumerate(_COUNT.split())} | {"ett": 1}
_RANKED = {word: worth for worth, word in enumerate(_RANK.split(), 1)} | {
    "sista": LAST,
    "näst sista": LAST_BUT_ONE,
}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


NUMBER = rf"(?:[0-9]{{1,3}}|{_any_of(_WORTH)})"
RANK = rf"(?:[0-9]{{1,2}}\s?:?[ae](?!\w)|{_any_of(_RANKED)})"


def number(said: str) -> int:
    return int(said) if said.isdecimal() else _WORTH[said]


def rank(said: str) -> int:
    return _RANKED[said] if said in _RANKED else int(said.rstrip("ae: "))


def listed(one: str) -> str:
    """The pattern of one, or several with comma, och, samt or & between."""
    return rf"{one}(?:(?:,\s?(?:och\s|samt\s)?|\soch\s|\ssamt\s|\s?&\s?){one}){{0,11}}"
