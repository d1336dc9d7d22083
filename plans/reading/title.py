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

    def takes(self, at: At, paragraph: Paragraph) -> bool:
        """Whether the paragraph is the title. Only before anything else is said."""
        is_first = not self._draft.areas and not self._draft.sections
        is_title = paragraph.heading == 0 or (
            is_first and not paragraph.item and bool(_PLAN.search(paragraph.text))
        )
        return is_title and self.takes_text(at, paragraph.text)

    def takes_text(self, at: At, text: str) -> bool:
        if not self._is_title(text):
            return False
        draft, known = self._draft, self._draft.known
        if (annex := _ANNEX.match(text)) and not draft.annex_label:
            said = annex.group(1)
            draft.annex_label = said[:1].upper() + said[1:].lower()
        if self.says_no_more(text):
            draft.form(at, "Dokumentets rubrik")
        else:
            draft.keep(at, "Dokumentets rubrik", text)
            if folded(known.district.name) not in folded(text):
                draft.warn(
                    f"Filens rubrik är ”{text}”. Kontrollera att det är en plan för "
                    f"{known.district.name}."
                )
        years = {int(year) for year in _YEAR.findall(text)}
        if years and not any(
            known.period_start.year <= year <= known.period_end.year for year in years
        ):
            said = " och ".join(str(year) for year in sorted(years))
            draft.warn(
                f"Filens rubrik säger {said}, men planen läses in för "
                f"{known.period_start} – {known.period_end}."
            )
        return True

    def says_no_more(self, text: str) -> bool:
        """Whether the title says only what is known: that it is a plan, for whom and when."""
        if not self._is_title(text):
            return False
        ours = {folded(word) for word in re.findall(r"\w+", self._draft.known.district.name)}
        rest = _YEAR.sub(" ", _PLAN.sub(" ", _ANNEX.sub("", text))).casefold()
        words = (word for word in re.findall(r"\w+", rest) if word not in _OF_TITLE)
        return all(folded(word) in ours or word.isdecimal() for word in words)

    @staticmethod
    def _is_title(text: str) -> bool:
        return len(text) <= _LONGEST and bool(_PLAN.search(text) or _ANNEX.fullmatch(text))
