"""What the fields of a plan are called, in all the ways that offices have called them.

A label means something where it stands: "Uppföljning" is what has been done in the city's form of
2024, and how it will be followed up in the tables before that.
"""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache, lru_cache

import msgspec

from plans import labels
from plans.document import ActionDoc
from plans.reading.words import alike, folded, rough
from plans.rows import RowKind
from samverkan.reading.outcome import Answers, Sureness

_NUMBERED = re.compile(r"^\s*\d+(?:\.\d+)*\.?\s+(?=\S)")
# From where on a label is taken for another that is spelled so alike, and from where on it is a guess.
_ALIKE, _PERHAPS = 0.84, 0.7
_SHORT = 5  # letters
_CUT_OFF = 4
_SINGLE = 80  # characters in a label
_LONGEST = 160  # with what it says in brackets, or on its next lines


class Setting(Enum):
    """Where a label stands."""

    CHAIN = "the head of a table with an action to a row"
    ACTIVITY = "the first column of a table about one activity"
    AREA = "before what is said of an area as a whole"


class Meaning(msgspec.Struct, frozen=True, gc=False):
    row: str  # RowKind
    field: str
    party: str = ""  # as the label writes it: "Polisens"

    @property
    def value(self) -> str:
        return f"{self.row}.{self.field}" + (f"@{self.party}" if self.party else "")

    @property
    def words(self) -> str:
        said = labels.label(RowKind(self.row), self.field) if self.field else "Löpnummer"
        return f"{said} ({self.party})" if self.party else said

    @classmethod
    def of(cls, value: str) -> "Meaning | None":
        """What a value says, where it says something that there is."""
        path, _, party = value.partition("@")
        row, _, field = path.partition(".")
        found = cls(row, field, party)
        return found if any(found == replace_party(one, party) for one in everything()) else None


def replace_party(meaning: Meaning, party: str) -> Meaning:
    return Meaning(meaning.row, meaning.field, party if meaning.row == RowKind.COMMITMENT else "")


PROBLEM = Meaning(RowKind.PROBLEM, "text")
CAUSE = Meaning(RowKind.CAUSE, "text")
NAME = Meaning(RowKind.ACTION, "name")
DESCRIPTION = Meaning(RowKind.ACTION, "description")
UNDERTAKING = Meaning(RowKind.ACTION, "undertaking")
AIM = Meaning(RowKind.ACTION, "aim")
TIMING = Meaning(RowKind.ACTION, "timing")
RESPONSIBLE = Meaning(RowKind.ACTION, "responsible")
CONVENER = Meaning(RowKind.ACTION, "convener")
FOLLOW_UP_PLAN = Meaning(RowKind.ACTION, "follow_up_plan")
GOALS = Meaning(RowKind.GOAL, "text")
RESULT = Meaning(RowKind.ANSWER, "text")
STATE = Meaning(RowKind.ANSWER, "state")
NUMBER = Meaning("number", "")
OVERALL_GOAL = Meaning(RowKind.AREA, "overall_goal")
SITUATION = Meaning(RowKind.AREA, "situation")
COMMENT = Meaning(RowKind.AREA, "comment")
TITLE = Meaning(RowKind.AREA, "title")


def _action(field: str) -> Meaning:
    return Meaning(RowKind.ACTION, field)


_OF_AREA: dict[Meaning, str] = {
    TITLE: "prioriterat område; prioriterat samverkansområde; samverkansområde; område; insatsområde",
    OVERALL_GOAL: "övergripande mål; övergripande mål och syfte; mål för området; inriktningsmål; "
    "övergripande målsättning; samverkansmål; mål och syfte för området",
    SITUATION: "lägesbild; nuläge; nulägesbeskrivning; lägesbeskrivning; lokal lägesbild; problembild; "
    "gemensam lägesbild; lägesbild och problembild",
    COMMENT: "kommentar; kommentarer; övrigt; anmärkning",
}
_OF_ACTION: dict[Meaning, str] = {
    NAME: "namn; benämning; aktivitetens namn; åtgärdens namn",
    DESCRIPTION: "åtgärd; åtgärder; insats; insatser; åtgärd/insats; beskrivning av åtgärd; "
    "beskrivning; vad ska göras; vad gör vi; vad; genomförande; så här gör vi",
    UNDERTAKING: "samverkansåtagande; samverkansform",
    _action("working_group"): "arbetsgrupp; grupp",
    AIM: "mål och syfte; syfte och mål; beskrivning och syfte; syfte och beskrivning; syfte",
    TIMING: "tid; löptid; när; tidplan; tidsplan; klart; klar; klart senast; klar senast; slutdatum; "
    "tidpunkt; tidsperiod; period; datum; deadline; tidsram; tid för genomförande",
    _action("meeting_frequency"): "mötesfrekvens; frekvens; hur ofta; antal möten; möten",
    CONVENER: "sammankallande; sammanställande; sammanfattande; samman kallande; kallar till möte",
    RESPONSIBLE: "ansvar; ansvarig; ansvariga; ansvarig part; aktör; aktörer; vem; "
    "ägare; huvudansvar; huvudansvarig; ansvarig aktör; ansvarig funktion; vem gör det; ansvarsfördelning",
    _action("other_participants"): "övriga deltagare; deltagare; medverkande; samverkanspartner; "
    "samverkansparter; samarbetsparter; övriga aktörer; samarbetspartners",
    _action("funding"): "finansiering; kostnad; kostnader; budget; resurser",
    _action("communication"): "kommunikation; kommunikationsinsatser",
    FOLLOW_UP_PLAN: "plan för uppföljning; hur följs det upp; hur följer vi upp; uppföljningsplan; "
    "uppföljningsmetod; så följs det upp",
    _action("promise"): "medborgarlöfte; löfte; löfte till medborgarna",
}
_OF_CHAIN: dict[Meaning, str] = {
    **_OF_ACTION,
    PROBLEM: "problem; problem/utmaning; problem eller utmaning; utmaning; utmaningar; problemområde; "
    "identifierat problem; identifierade problem; identifierat problemområde; problemformulering; "
    "problembeskrivning; problembild",
    CAUSE: "orsak; orsaker; bakomliggande orsak; bakomliggande orsaker; orsaksanalys; varför; "
    "orsak till problemet; identifierade orsaker; identifierad orsak",
    GOALS: "operativa mål; operativt mål; mål; delmål; mätbart mål; mätbara mål; effektmål; målvärde; "
    "målsättning; förväntat resultat; förväntad effekt; vad ska vi uppnå",
    TITLE: _OF_AREA[TITLE],
    RESULT: "uppföljning; resultat; vad har gjorts; vad har genomförts; utfall; uppföljning och resultat; "
    "uppföljning av åtgärd; genomfört; resultat av arbetet; kommentar till uppföljning",
    STATE: "status; läge; genomförd; genomförandestatus; status för åtgärden",
    NUMBER: "nr; nummer; löpnr; löpnummer; #; id",
}
_OF_CHAIN[DESCRIPTION] += "; aktivitet; aktiviteter"
_OF_ACTIVITY: dict[Meaning, str] = {
    **_OF_ACTION,
    NAME: f"{_OF_ACTION[NAME]}; aktivitet",
    FOLLOW_UP_PLAN: f"{_OF_ACTION[FOLLOW_UP_PLAN]}; uppföljning",
    GOALS: "operativa mål; operativt mål; mål; delmål; mätbara mål",
    PROBLEM: "problem; identifierat problem; utmaning",
    CAUSE: "orsak; orsaker; bakomliggande orsak",
    RESULT: "resultat; vad har gjorts; utfall; genomfört",
    STATE: "status",
}
_IN: Mapping[Setting, Mapping[Meaning, str]] = {
    Setting.CHAIN: _OF_CHAIN,
    Setting.ACTIVITY: _OF_ACTIVITY,
    Setting.AREA: _OF_AREA,
}
# A party's own: "Polisens åtagande", "Trafikkontorets övriga deltagare".
_OF_PARTY = (
    (re.compile(r"^(.{2,80}?)\s+kontakt(?:er|person|personer|funktion)?$"), "contact_role"),
    (re.compile(r"^(.{2,80}?)\s+(?:övriga\s+)?deltagare$"), "other_participants"),
    (re.compile(r"^(.{2,80}?)\s+(?:åtagande|åtaganden|ansvar|insats|insatser)$"), "text"),
)
_TO_PARTY = (
    (re.compile(r"^kontakt(?:er|person|personer)?\s+(.{2,80})$"), "contact_role"),
    (re.compile(r"^(?:åtaganden?|ansvar|insatser?)\s+(?:för\s+)?(.{2,80})$"), "text"),
)
# The same where the party stands in a cell of its own.
_OF_EACH_PARTY = {
    **dict.fromkeys(("atagande", "ataganden", "ansvar", "insatser"), "text"),
    **dict.fromkeys(("kontakt", "kontakter", "kontaktperson", "kontaktpersoner"), "contact_role"),
    **dict.fromkeys(("ovrigadeltagare", "deltagare"), "other_participants"),
}
# What no party is called: "Övriga deltagare" belongs to nobody.
_NOBODY = {"övriga", "övrig", "andra", "vårt", "gemensamt", "gemensamma", "huvud", "eget"}


class Found(msgspec.Struct, frozen=True, gc=False):
    """What a label was taken for."""

    meaning: Meaning
    sureness: Sureness


def question_about(text: str) -> str:
    """The key under which an answer about the label is remembered."""
    return f"label:{folded(_head(text))}"


def find(text: str, setting: Setting, answers: Answers) -> Found | None:
    """What the label means; nothing where it is no label that anybody knows."""
    if not text or len(text) > (_LONGEST if "(" in text or "\n" in text else _SINGLE):
        return None
    if answers and (said := answers.get(question_about(text))):
        meaning = Meaning.of(said)
        return Found(meaning, Sureness.CERTAIN) if meaning else None
    return _find(text, setting)


def guess(text: str, setting: Setting, answers: Answers) -> Found | None:
    """The same, and what it may be spelled like: where it is known that labels stand."""
    found = find(text, setting, answers)
    if found or len(text) > _LONGEST or question_about(text) in answers:
        return found
    return _guess(text, setting)


@lru_cache(maxsize=4096)
def _guess(text: str, setting: Setting) -> Found | None:
    head = _head(text)
    if of_each_party(head):
        return None
    if meaning := _beginning(head, setting):
        return Found(meaning, Sureness.LIKELY)
    closest, likeness = None, 0.0
    for meaning, key in _keys(setting):
        if (said := _likeness(head, key)) > likeness:
            closest, likeness = meaning, said
    if closest is None or likeness < _PERHAPS:
        return None
    return Found(closest, Sureness.LIKELY if likeness >= _ALIKE else Sureness.UNSURE)


def _beginning(head: str, setting: Setting) -> Meaning | None:
    """The longest label that the words begin with: "Ansvarig handläggare", "Uppföljning 2024"."""
    words = head.split()
    for length in range(len(words) - 1, 0, -1):
        if meaning := _known(setting).get(folded(" ".join(words[:length]))):
            return meaning
    return None


def _likeness(head: str, key: str) -> float:
    """How like a known label; a short word is like many others, unless it is one cut short."""
    said = folded(head)
    if len(said) >= 4 and key.startswith(said) and len(key) - len(said) <= _CUT_OFF:
        return _ALIKE
    likeness = alike(said, key)
    return likeness if min(len(said), len(key)) > _SHORT or likeness >= _ALIKE else 0.0


@lru_cache(maxsize=4096)
def _find(text: str, setting: Setting) -> Found | None:
    head = _head(text)
    known = _known(setting)
    if meaning := known.get(folded(head)) or known.get(folded(text)):
        return Found(meaning, Sureness.CERTAIN)
    if setting != Setting.AREA and (of_party := _party(head)):
        return Found(of_party, Sureness.CERTAIN)
    if len(head) > 3 and (meaning := _damaged(setting).get(rough(head))):
        return Found(meaning, Sureness.CERTAIN)
    return None


def _party(head: str) -> Meaning | None:
    said = " ".join(head.split())
    for pattern, field in (*_OF_PARTY, *_TO_PARTY):
        if found := pattern.match(said.casefold()):
            party = said[found.start(1) : found.end(1)].strip(" :–-")
            if party.casefold() not in _NOBODY:
                return Meaning(RowKind.COMMITMENT, field, party)
    return None


def of_each_party(text: str) -> str:
    """The field of an åtagande that the label is for, where it names no party: "Åtagande"."""
    return _OF_EACH_PARTY.get(folded(_head(text)), "")


def _head(text: str) -> str:
    """A label without what it says in brackets or on its next lines."""
    first = _NUMBERED.sub("", text.strip().split("\n")[0])
    return re.split(r"\s*[(\[]|:\s|:$", first)[0].strip(" *.:–-") or first


@cache
def _known(setting: Setting) -> dict[str, Meaning]:
    found = {
        folded(said): meaning
        for meaning, words in _IN[setting].items()
        for said in words.split(";")
    }
    if setting == Setting.AREA:
        return found
    # As we call the fields ourselves.
    for field in msgspec.structs.fields(ActionDoc):
        if (field.type is str or field.name == "name") and field.name != "internal_reason":
            ours = Meaning(RowKind.ACTION, field.name)
            found.setdefault(folded(ours.words), ours)
    return found


@cache
def _damaged(setting: Setting) -> dict[str, Meaning | None]:
    """The same with damaged letters; what could be two of them is none."""
    found: dict[str, Meaning | None] = {}
    for key, meaning in _known(setting).items():
        said = rough(key)
        found[said] = meaning if found.get(said, meaning) == meaning else None
    return found


@cache
def _keys(setting: Setting) -> tuple[tuple[Meaning, str], ...]:
    return tuple((meaning, key) for key, meaning in _known(setting).items())


@cache
def everything() -> tuple[Meaning, ...]:
    """All that a label can mean, each once."""
    known: Iterable[Meaning] = (m for setting in Setting for m in _known(setting).values())
    parties = (Meaning(RowKind.COMMITMENT, field) for _, field in _OF_PARTY)
    return tuple(dict.fromkeys([*known, *parties]))
