"""Whether an action is nothing but meetings: people who already work with it see each other.

A meeting with those whom it is about (föräldramöte, medborgarmöte) is an action like any other.
"""

import re

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.;:!?\n•]+")

# What the meeting is between, about and for says nothing of what is done.
_REST = re.compile(
    r"(?<!\bdelta )(?<!\bdeltar )\b(?:för att|i syfte|syftar till|mellan|med|kring|om|på|i|för|av|till|inom|avseende|gällande"
    r"|rörande|vid|hos|där)\b.*",
    re.DOTALL,
)
_MEETING = re.compile(
    r"(?:samverkans?|samråds?|styrgrupps?|lednings?grupps?|arbetsgrupps?|nätverks?|avstämnings?"
    r"|uppföljnings?|planerings?|arbets|månads|vecko|års|dialog|lägesbilds?|lägesrapports?|trepart?s?"
    r"|referensgrupps?|kontakt|regelbundna)?(?:möte|möten|mötet|mötena|mötes|träff|träffar|träffarna)"
    r"|(?:styr|arbets|samverkans|lednings|referens|projekt|nätverks|besluts|berednings)grupp"
    r"(?:en|er|erna|s|ens)?"
    r"|nätverk(?:et|en)?|avstämning(?:ar|en|arna)?|samråd(?:et)?|mötesserie|mötesstruktur"
    r"|möts|mötas|träffas|sammanträden?|sammanträder|nätverksträff(?:ar)?"
)
_ABOUT_IT = re.compile(
    r"(?:och|eller|samt|en|ett|den|det|de|som|ska|har|är|att|vi|alla|sig|varje|per|gång|gånger|året"
    r"|år|termin|månad|månaden|vecka|veckan|kvartal|tertial|varannan|var|\d+|två|tre|fyra|fem|sex"
    r"|tio|minst|regelbund\w+|återkomm\w+|månat\w+|vecko\w*|års?\w*|lokal\w*|gemensam\w*|löpande"
    r"|strategisk\w*|operativ\w*|ordinarie|nya?|fasta?|i|fortsatt\w*|fortsätt\w*|delta\w*|håll\w*"
    r"|bilda\w*|starta\w*|inrätta\w*|skapa\w*|bjuda|bjuder|kalla\w*|genomför\w*|anordna\w*|ordna\w*"
    r"|upprätta\w*|medverka\w*|part\w*|polis\w*|kommun\w*|stadsdels\w*|stadsdelen|förvaltning\w*"
    r"|aktör\w*|fastighetsägar\w*|skol\w*|socialtjänst\w*|samverkan|dialog|info\w*|lägesbild\w*)"
)


def is_only_meetings(text: str) -> bool:
    """Every sentence, as far as its first preposition, is a meeting and what belongs to one."""
    said = " ".join(_REST.sub("", sentence) for sentence in _SENTENCE.split(text.casefold()))
    meetings = False
    for word in _WORD.findall(said):
        if _MEETING.fullmatch(word):
            meetings = True
        elif not _ABOUT_IT.fullmatch(word):
            return False
    return meetings
