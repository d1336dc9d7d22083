"""The title of the document: which plan the file says that it is."""

import re

from plans.reading.draft import Draft
from plans.reading.source import At, Paragraph
from plans.reading.words import folded

_PLAN = re.compile(
    r"\b(?:åtgärds|handlings|samverkans|aktivitets|trygghets)(?:plan|program)(?:en)?\b",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"^\s*(bilaga(?:\s+\d+[a-z]?)?)\s*[:.–-]?\s*", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")
# Words of a title that say nothing more about the plan.
_OF_TITLE = {
    *("för", "i", "och", "av", "vid", "med", "mellan", "samt", "lokal", "gemensam", "kommun"),
    *("stadsdel", "stadsdelsområde", "stadsdelsområdet", "stadsdelsförvaltning"),
    *("stadsdelsförvaltningen", "brottsförebyggande", "trygghetsskapande", "utkast", "version"),
    *("slutversion", "reviderad"),
}
_LONGEST = 200


class DocumentTitle:
    def __init__(self, draft: Draft):
        self._draft = draft
        self.years: set[int] = set()

    def takes(self, at: At, paragraph: Paragraph) -> bool:
        """Whether the paragraph is the title. Only before anything else is said."""
        is_first = not self._draft.areas and not self._draft.sections
        is_title = paragraph.heading == 0 or (
            is_first and not paragraph.item and bool(_PLAN.search(paragraph.text))
        )
        return is_title and self.takes_text(at, paragraph.text)

    def takes_text(self, at: At, text: str) -> bool:
        if len(text) > _LONGEST or not (_PLAN.search(text) or _ANNEX.fullmatch(text)):
            return False
        draft, known = self._draft, self._draft.known
        rest = text
        if annex := _ANNEX.match(text):
            said = annex.group(1)
            draft.annex_label = draft.annex_label or said[:1].upper() + said[1:].lower()
            rest = text[annex.end() :]
        years = {int(year) for year in _YEAR.findall(rest)}
        self.years |= years
        is_ours = folded(known.district.name) in folded(rest)
        left = _YEAR.sub(" ", _PLAN.sub(" ", rest)).casefold()
        words = [word for word in re.findall(r"\w+", left) if word not in _OF_TITLE]
        ours = {folded(word) for word in re.findall(r"\w+", known.district.name)}
        more = [word for word in words if folded(word) not in ours and not word.isdecimal()]
        if more:
            draft.keep(at, "Dokumentets rubrik", text)
            if not is_ours:
                draft.warn(
                    f"Filens rubrik är ”{text}”. Kontrollera att det är en plan för "
                    f"{known.district.name}."
                )
        else:
            draft.form(at, "Dokumentets rubrik")
        if years and not any(
            known.period_start.year <= year <= known.period_end.year for year in years
        ):
            said = " och ".join(str(year) for year in sorted(years))
            draft.warn(
                f"Filens rubrik säger {said}, men planen läses in för "
                f"{known.period_start} – {known.period_end}."
            )
        return True
