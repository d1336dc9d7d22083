"""Whether it can be said afterwards that a goal was reached.

It can where there is something to count ("minst tre", "halveras", "alla skolor"), or where the
answer is yes or no: something is to be done or to be there ("har tagits fram", "genomförs senast
i maj"). A direction without a number is neither ("tryggheten ska öka"): it is the commonest
shortcoming, and what Brå's method warns of. In doubt the goal passes; this gives warnings.
"""

import re

from plans.document import GoalDoc

_WORDS = re.IGNORECASE

# Figures that count nothing: days and years, paragraphs, school years, tertials, line numbers.
_NO_COUNTS = re.compile(
    r"\b(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?\b"
    r"|\b\d{1,2}(?::e|\.)?\s+(?:januari|februari|mars|april|maj|juni|juli|augusti|september"
    r"|oktober|november|december)\b"
    r"|\b(?:kl|klockan|årskurs(?:erna)?|åk|klass|kap|kapitel|§|linje|etapp|fas|lag|punkt|nr)\.?\s*"
    r"\(?\d+(?:[:–-]\d+)*\)?"
    r"|\b\d+\s*(?:kap\b|§)"
    r"|\b[a-zåäö]+\d+\b",  # T1, F6
    _WORDS,
)
_COUNTS = re.compile(
    r"\d"
    r"|\b(?:noll|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton"
    r"|sjutton|arton|nitton|(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)\w*"
    r"|(?:fler|fem|två|tre|fyr)?hundra\w*|tusen\w*|dussin\w*|tiotal\w*)\b"
    r"|\b(?:halver|dubbl|fördubbl|tredubbl|fyrdubbl)\w+|\bhälften\b|\b\w*(?:tredje|fjärde|femte)del\w*"
    r"|\b(?:ingen|inga|inget|majoriteten|merparten|samtliga)\b"
    # "öppet för alla" is no count; "alla skolor" is.
    r"|(?<!\bför\s)\b(?:alla|varje|varenda)\b(?!\s+(?:år|termin|månad|vecka|dag|kvartal|tertial)\b)"
    r"|\b(?:minst|högst|ytterligare|mer än|fler än|färre än)\s+(?:en|ett)\b",
    _WORDS,
)
# How often: enough for what is held or visited, not for what is to go up or down.
_FREQUENCY = re.compile(
    r"\b(?:en gång|gånger|varannan|årlig\w*|månatlig\w*|månadsvis|veckovis|dagligen"
    r"|(?:varje|per)\s+(?:år|termin|månad|vecka|dag|kvartal|tertial))\b",
    _WORDS,
)
_PURPOSE = re.compile(r"\b(?:för att|i syfte att|så att|med syfte)\b[^.;\n]*", _WORDS)
_DIRECTION = re.compile(
    r"\b(?:minsk|ök|stärk|förstärk|förbättr|utveckl|fördjup|motverk|främj|förebygg|underlätt"
    r"|bidr[ao]|sträva|verka för|arbeta för)\w*"
    r"|\b(?:fler|färre|bättre|sämre|mer|mera|mindre|högre|lägre|tryggare|snabbare|tidigare)\b",
    _WORDS,
)
_DONE = re.compile(
    # har tagits, genomförts, inrättats; but no plats, no insats.
    r"\b(?!\w*(?:plats|sats|råts|skatts|krets)\b)\w{3,}(?:[aegiou]ts|[dnlrtg]ts)\b(?<!ets)"
    r"|\b(?:klar|färdig|framtag|genomför|inför|upprätt|inrätt|etabler|fastställ|beslut|antag"
    r"|anställ|utsedd|utbild|installer|monter|utvärder|kartlag|kartlägg|publicer|teckna|upphandl"
    r"|avslut|rekryter|identifier|tillsätt|starta|byggs|byts|bytt|sätts|satt)\w*"
    r"|\b(?:(?<!som )finns|på plats|i drift|i gång|igång|i bruk|tas|antas|tagen|taget|tagna|utses|bildas"
    r"|öppnas|stängs|hålls|erbjuds|ges|skrivs)\b",
    _WORDS,
)
_DEADLINE = re.compile(r"\b(?:senast|före|innan|till och med|t\.o\.m\.)\b", _WORDS)


def is_measurable(goal: GoalDoc) -> bool:
    if goal.target is not None or _COUNTS.search(_NO_COUNTS.sub(" ", goal.text)):
        return True
    if _DIRECTION.search(_PURPOSE.sub(" ", goal.text)):
        return False
    return bool(
        goal.target_date
        or _FREQUENCY.search(goal.text)
        or _DONE.search(goal.text)
        or _DEADLINE.search(goal.text)
    )
