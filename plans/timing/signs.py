"""The words around a time that say what to make of it, and those that say that there is no end."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from plans.timing.scanning import Phrase, phrase
from plans.vocabulary import TimingKind


class Role(Enum):
    """What a word makes of the next time."""

    BY = auto()  # senast
    BEFORE = auto()  # före
    TO = auto()  # till
    UNTIL = auto()  # till och med
    HYPHEN = auto()
    FROM = auto()
    AFTER = auto()
    DURING = auto()


class Sign(Enum):
    """What a word makes of the text from there on."""

    DONE = auto()  # the times that follow are when it is to be done
    THEREAFTER = auto()
    ONWARD = auto()
    UNSURE = auto()
    RESTS = auto()
    WHOLE_PERIOD = auto()


@dataclass(frozen=True)
class Part:
    which: int  # the beginning (0), the middle (1) or the end (2) of the next time


KINDS: tuple[Phrase, ...] = (
    phrase(
        r"(?:i\s)?(?:linjearbetet?|linjeverksamhet(?:en)?|linjen"
        r"|ordinarie\s(?:verksamhet(?:en)?|arbete))",
        lambda m: TimingKind.LINE_WORK,
    ),
    phrase(r"tills?\s?vidare", lambda m: TimingKind.UNTIL_FURTHER_NOTICE),
    phrase(
        r"(?:vid|efter|utifrån)\s(?:\w{1,20}\s(?:och|eller)\s)?behov(?:et)?|när\sbehov\suppstår"
        r"|om\sbehov\s(?:finns|uppstår)|behovs(?:styr[dt]|basera[dt])",
        lambda m: TimingKind.ON_DEMAND,
    ),
    phrase(
        r"löpande|kontinuerlig[ta]?|pågående|pågår|regelbunde[tn]|återkommande|ständigt|permanent"
        r"|fortlöpande",
        lambda m: TimingKind.ONGOING,
    ),
)

SIGNS: tuple[Phrase, ...] = (
    phrase(
        r"pausa[dt]|pausas|paus|vilar|vilande|utgår|utgått|inställ[dt]|ställs\sin|uppskjute[nt]"
        r"|skjuts\supp|framflytta[dt]",
        lambda m: Sign.RESTS,
    ),
    phrase(r"(?:hela\s|under\s)?(?:plan|avtals|samverkans)?perioden", lambda m: Sign.WHOLE_PERIOD),
    phrase(r"senast|(?:inte|ej)\ssenare\sän|(?:före|innan|vid)\sutgången\sav", lambda m: Role.BY),
    phrase(r"före|innan|inför", lambda m: Role.BEFORE),
    phrase(
        r"(?:fram\s)?(?:till\soch\smed|t\.?\s?o\.?\s?m\.?)|fram\still|längst\still",
        lambda m: Role.UNTIL,
    ),
    phrase(
        r"från\soch\smed|fr\.?\s?o\.?\s?m\.?|fr\.|from|från|med\sstart|(?:upp)?start(?:ar|as|datum)?"
        r"|börjar?|inleds|påbörjas",
        lambda m: Role.FROM,
    ),
    phrase(r"efter", lambda m: Role.AFTER),
    phrase(r"till", lambda m: Role.TO),
    phrase(r"under|hela|inom|uppdrag(?:et)?|projekt(?:et)?|mellan|gäller", lambda m: Role.DURING),
    Phrase(re.compile("-"), lambda m: Role.HYPHEN),
    # Not "klara": that is a place in Stockholm too.
    phrase(
        r"klart?|färdig\w{0,12}|införd|infört|införas|införs|genomförd|genomfört|slutför\w{1,2}"
        r"|leverera[ds]|framtage[nt]|upprätta[dt]|fastställ[dt]|antage[nt]|lämnas|på\splats|i\sdrift"
        r"|deadline|slutdatum|avslutas",
        lambda m: Sign.DONE,
    ),
    phrase(r"(?:och\s)?(?:framåt|framöver)", lambda m: Sign.ONWARD),
    phrase(r"därefter|sedan|sen|fortsätter|fortsatt|fortlöper", lambda m: Sign.THEREAFTER),
    phrase(r"(?:i\s)?(?:början|inledningen)\s(?:av|på)", lambda m: Part(0)),
    phrase(r"(?:i\s)?mitten\s(?:av|på)", lambda m: Part(1)),
    phrase(r"(?:i\s)?slutet\s(?:av|på)", lambda m: Part(2)),
    phrase(
        r"ej|inte|icke|oklart?|okän[dt]|eventuellt|ev\.|kanske|preliminärt?|prel\."
        r"|tidigast|eller\ssenare",
        lambda m: Sign.UNSURE,
    ),
    Phrase(re.compile(r"\?"), lambda m: Sign.UNSURE),
)
