"""Words compared as a careful reader compares them: past case, accents, spelling and scanning faults."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

# What a scanner or an old code page makes of å, ä and ö, and of what they stand beside.
_ROUGH = str.maketrans({"d": "a", "e": "o", "6": "o", "0": "o", "1": "l", "i": "l"})
_NOT_WORD = re.compile(r"[^a-z0-9#%]+")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Only letters and figures, without accents or spaces: "Samman kallande" is "sammankallande"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _NOT_WORD.sub("", plain)


@lru_cache(maxsize=4096)
def rough(text: str) -> str:
    """The same where å, ä and ö have been damaged: "dtgdrd" is "åtgärd"."""
    return folded(text).translate(_ROUGH)


def alike(one: str, other: str) -> float:
    """How alike two texts are, of 1: their letters in the same order."""
    one, other = folded(one), folded(other)
    if one == other:
        return 1.0 if one else 0.0
    matcher = SequenceMatcher(a=one, b=other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.5 else 0.0
