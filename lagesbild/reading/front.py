"""The title page: what the report is called, when it describes, and for whom."""

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date

from lagesbild.reading.draft import Draft
from lagesbild.reading.flow import Entry, Medium, Rows, Text
from lagesbild.vocabulary import ReportKind
from plans.document import DistrictDoc
from plans.reading.words import folded
from samverkan.text import clean_line

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)

_REPORT = re.compile(r"\b(?:lägesbild|statusrapport|lägesrapport)(?:en)?\b", re.I)
_STATUS = re.compile(r"\b(?:statusrapport)", re.I)
_PLAN = re.compile(r"\b(?:åtgärdsplan|handlingsplan|aktivitetsplan)(?:en)?\b", re.I)
_YEAR = re.compile(r"\b(20\d\d)\b")
_DAY = re.compile(rf"(?:\b(\d{{1,2}})\s+)?\b({'|'.join(MONTHS)})\s+(20\d\d)\b", re.I)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_SHORT = 160
_TITLE = 200
_MOST_LINES = 12  # of a title page


def names_a_report(heading: str) -> bool:
    """Whether a heading is the name of the whole, and not of a section."""
    return len(heading) <= _TITLE and bool(_REPORT.match(heading) or _PLAN.search(heading))


class Front:
    """What has been understood of it. `rest` is what stands before the first heading and is text."""

    def __init__(self, draft: Draft):
        self._draft = draft
        self.title = ""
        self.described_on: date | None = None
        self.covers: tuple[DistrictDoc, ...] = ()
        self.rest: list[Entry] = []
        self._said: list[str] = []

    def read(self, entries: Sequence[Entry], *, is_followed: bool) -> None:
        """`is_followed` by headings; where there are none only a line that says so is the title."""
        is_text = any(isinstance(one, Text) and len(one.line.text) > _SHORT for one in entries)
        is_front = True
        for number, entry in enumerate(entries):
            if isinstance(entry, Text):
                is_short = len(entry.line.text) <= _SHORT and not entry.line.item
                is_front = is_front and is_short and number < _MOST_LINES
                follows = is_followed or any(isinstance(one, Rows) for one in entries)
                if is_front and (follows or self._is_title(entry)):
                    self.take(entry)
                    continue
            if (
                isinstance(entry, Medium)
                and entry.image
                and is_front
                and not is_text
                and is_followed
            ):
                what = entry.about or entry.image.rpartition("/")[2] or "utan beskrivning"
                self._draft.keep(entry.where, "Bild på titelsidan", what)
                continue
            is_front = False
            self.rest.append(entry)

    def take(self, entry: Text) -> None:
        """One line of the title page."""
        text = clean_line(entry.line.text)
        self._said.append(text)
        if self._is_title(entry):
            self.title = text
            self._draft.note(entry.where, text, "Titel")
        else:
            self._draft.keep(entry.where, "Titelsidan", text)

    def _is_title(self, entry: Text) -> bool:
        text = entry.line.text
        says_so = entry.line.heading == 0 or _REPORT.search(text) or _PLAN.search(text)
        return not self.title and len(text) <= _TITLE and bool(says_so)

    def compare(self, says: Callable[[str], bool], *, is_like_a_plan: bool) -> None:
        """What the file says that it is, against what it is read as. `says` knows all of it."""
        draft, known = self._draft, self._draft.known
        said = " ".join(self._said)
        self._date(said)
        years = {int(year) for year in _YEAR.findall(said)}
        if years and known.year not in years:
            all_years = " och ".join(map(str, sorted(years)))
            draft.warn(f"Filen säger {all_years}, men läses in för {known.year}.")
        if not says(known.district.name):
            draft.warn(f"Filen nämner inte {known.district.name}: kontrollera att det är rätt fil.")
        is_plan = bool(_PLAN.search(self.title)) and not _REPORT.search(self.title)
        if is_plan or is_like_a_plan:
            draft.warn(
                "Filen ser ut att vara en åtgärdsplan och ingen lägesbild. En åtgärdsplan läses in där "
                "planer läses in."
            )
        if _STATUS.search(said) and known.kind != ReportKind.STATUS:
            draft.warn("Filen säger att den är en statusrapport, men läses in som en lägesbild.")
        others = (one for one in known.districts if one.slug != known.district.slug)
        self.covers = tuple(one for one in others if folded(one.name) in folded(said))

    def _date(self, said: str) -> None:
        if found := _ISO.search(said):
            year, month, day = map(int, found.groups())
        elif found := _DAY.search(said):
            year, month = int(found[3]), MONTHS.index(found[2].lower()) + 1
            day = int(found[1] or 0)
        else:
            return
        if not 1 <= month <= 12 or day > calendar.monthrange(year, month)[1]:
            return
        self.described_on = date(year, month, day or calendar.monthrange(year, month)[1])
        if not day:
            self._draft.doubt(
                "titelsidan", f"”{found[0]}” är inläst som månadens sista dag, {self.described_on}."
            )
