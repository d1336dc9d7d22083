"""How a report is laid out for reading: numbered, referred to, labelled. Page and paper share it.

Nothing here knows of the database or of any file. Figures and footnotes are numbered in the order in
which they are read, and a reference says the number that its figure has now.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import count, product
from string import ascii_lowercase

from django.utils.safestring import SafeString, mark_safe

from lagesbild import prose
from lagesbild.charts import fault_of, svg_of
from lagesbild.document import (
    BlockDoc,
    DeviationDoc,
    PriorityDoc,
    ReportDocument,
    SectionDoc,
    TableDoc,
)
from lagesbild.edition import source_key
from lagesbild.told import alternative_text, told
from lagesbild.vocabulary import BlockForm, Direction, ReportKind, SectionForm
from plans.vocabulary import HandledAs
from samverkan.numbers import swedish
from samverkan.text import list_of

NO_BREAK = "\u00a0"
NOTHING_MEASURED = "–"
MOST_COLUMNS = 9  # of figures that there is room for beside each other
CHART_WIDTH, NARROW_WIDTH = 559, 257  # of the column on paper, and of one of two beside each other
NARROW = 4  # as many labels as a chart of half the width has room for

# What the parts of a report are called, on the page and on paper.
HEADINGS = {
    "description": "Beskrivning av området",
    "comment": "Kommentar",
    "results": "Resultat av arbetet",
    "deviations": "Utveckling sedan förra lägesbilden",
    "not_chosen": "Varför området inte valdes",
    "handled": "Var området hanteras",
    "sources": "Källor",
    "citywide": "Stadsövergripande prioriterade områden",
    "local": "Lokalt prioriterade områden",
    "development": "Förändring över åren",
    "approvals": "Godkännanden",
    "extras": "Övrigt ur källan",
    "about_extras": "Det som stod i filen som rapporten lästes in från och som inte har någon egen "
    "plats i den.",
    "place_in_source": "Plats i källan",
}
# The two boxes of the form; both may be ticked.
BOXES = {
    "special_measures": "Särskilda åtgärder pågår eller behövs. De tas med i åtgärdsplanen.",
    "line_work": "Arbetet sker i linjeverksamheten.",
}


# Words --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Target:
    """What a reference leads to."""

    anchor: str
    number: str  # of a figure; a section, and a figure without one, is called by its name
    name: str


@dataclass(frozen=True)
class ReferenceView:
    """Words that lead to a figure or a section; to nothing, where that is gone."""

    words: str  # as HTML
    target: Target | None

    @property
    def html(self) -> str:
        if self.target is None:
            return self.words
        return f'<a class="reference" href="#{self.target.anchor}">{self.said}</a>'

    @property
    def said(self) -> str:
        """With the number that it has now."""
        if self.target is None:
            return self.words
        if not self.target.number:
            return self.words or escape(self.target.name)
        return self.words + NO_BREAK * bool(self.words) + self.target.number


@dataclass(frozen=True)
class NoteView:
    number: int
    pieces: Sequence["str | ReferenceView"]

    @property
    def anchor(self) -> str:
        return f"fotnot-{self.number}"

    @property
    def call(self) -> str:
        """Where its mark stands."""
        return f"fotnot-{self.number}-i-texten"

    @property
    def html(self) -> SafeString:
        return _safe(one if isinstance(one, str) else one.html for one in self.pieces)

    @property
    def quoted(self) -> str:
        """Among the words that it belongs to, where nothing stands at the foot."""
        return f" ({''.join(one if isinstance(one, str) else one.said for one in self.pieces)})"


@dataclass(frozen=True)
class ProseView:
    """Running text in pieces, each ready to be said in one way or another."""

    pieces: Sequence["str | ReferenceView | NoteView"]

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def said(
        self, note: Callable[[NoteView], str], reference: Callable[[ReferenceView], str]
    ) -> SafeString:
        return _safe(
            piece
            if isinstance(piece, str)
            else note(piece)
            if isinstance(piece, NoteView)
            else reference(piece)
            for piece in self.pieces
        )

    @property
    def html(self) -> SafeString:
        """For the page, where a mark leads to its footnote, and that back to its mark."""
        return self.said(
            lambda note: (
                f'<sup class="note-mark"><a id="{note.call}" href="#{note.anchor}" '
                f'aria-label="Fotnot {note.number}">{note.number}</a></sup>'
            ),
            lambda reference: reference.html,
        )

    @property
    def quoted(self) -> SafeString:
        """Away from its report, where neither its footnotes nor what it refers to stands."""
        return self.said(lambda note: note.quoted, lambda reference: reference.said)

    @property
    def on_paper(self) -> SafeString:
        """For the one who sets it, who puts each footnote at the foot of its page."""
        return self.said(
            lambda note: f'<small data-number="{note.number}">{note.html}</small>',
            lambda reference: reference.html,
        )


def _safe(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - lagesbild.prose has cleaned it


# Figures ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TableView:
    """Labels by series, as they stand on paper: the longer way is down."""

    corner: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    is_turned: bool = False  # whether the labels go down, and the series across
    first: int = 0  # of its columns, among those of the whole table

    def text(self, row: int | None, column: int | None) -> str:
        """Of a cell; without a row of the head over it, without a column of what the row is called."""
        if row is None:
            return "" if column is None else self.heads[column]
        head, values = self.rows[row]
        return head if column is None else values[column]

    @property
    def in_widths(self) -> "list[TableView]":
        """In as many tables under each other as there is room for beside each other."""
        return [
            TableView(
                self.corner,
                self.heads[start : start + MOST_COLUMNS],
                [(head, row[start : start + MOST_COLUMNS]) for head, row in self.rows],
                self.is_turned,
                start,
            )
            for start in range(0, max(len(self.heads), 1), MOST_COLUMNS)
        ]


@dataclass(frozen=True)
class FigureView:
    doc: BlockDoc
    number: str  # "4", "3a"; nothing where it has none
    anchor: str
    parts: Sequence["FigureView"] = ()
    letter: str = ""  # of a part
    whole: BlockDoc | None = None  # the figure that it is a part of

    is_figure = True

    @property
    def label(self) -> str:
        """What stands before its caption: "Figur 4.", and "a)" before that of a part."""
        if self.letter:
            return f"{self.letter})"
        return f"Figur{NO_BREAK}{self.number}." if self.number else ""

    @property
    def caption(self) -> str:
        return _ended(self.doc.caption)

    @property
    def source(self) -> str:
        return _ended(f"Källa: {self.doc.source.strip()}") if self.doc.source.strip() else ""

    @property
    def name(self) -> str:
        """What it is called where it has no number."""
        return self.doc.caption or self.doc.form.label

    @cached_property
    def svg(self) -> SafeString:
        """The chart; nothing where it is none, or cannot be drawn."""
        return self.drawn(CHART_WIDTH)

    def drawn(self, width: int) -> SafeString:
        if self.doc.table is None or self.doc.form in (BlockForm.TABLE, BlockForm.IMAGE):
            return SafeString("")
        return svg_of(self.doc, width=width, whole=self.whole)

    @property
    def alternative(self) -> str:
        """What it shows, for those who do not see it. The kind of a chart is a part of that."""
        return alternative_text(self.doc) if self.svg else self.doc.description or self.name

    @property
    def svg_beside(self) -> SafeString:
        """As one of two beside each other."""
        return self.drawn(NARROW_WIDTH)

    @property
    def fault(self) -> str:
        """Why it cannot be drawn, for whoever writes."""
        return fault_of(self.doc) if self.doc.table else ""

    @property
    def drafted(self) -> str:
        """What it shows, as its numbers say."""
        return told(self.doc)

    @property
    def shows_table(self) -> bool:
        """Also where that is all there is to show."""
        table = self.doc.table
        if table is None or not (table.labels and table.series):
            return False
        return self.doc.shows_table or not self.svg

    @property
    def is_kept(self) -> bool:
        """Whether a series of it is kept from year to year."""
        return (
            any(series.indicator for series in self.doc.table.series) if self.doc.table else False
        )

    @property
    def has_table_alone(self) -> bool:
        """A table has its caption over it, a picture has it under it."""
        return self.doc.table is not None and not self.svg and not self.doc.image

    @cached_property
    def table(self) -> TableView | None:
        return table_view(self.doc.table) if self.doc.table else None

    @property
    def is_side_by_side(self) -> bool:
        """Whether its parts have room beside each other."""
        return len(self.parts) in (2, 4) and all(_is_narrow(part.doc) for part in self.parts)


def numbered_figures(blocks: Iterable[BlockDoc]) -> list[FigureView]:
    """Those of the pieces that are figures, numbered in the order in which they are read."""
    found: list[FigureView] = []
    with_number, without = count(1), count(1)
    for block in blocks:
        if not block.is_figure:
            continue
        number = f"{next(with_number)}" if block.is_numbered else ""
        anchor = f"figur-{number}" if number else f"bild-{next(without)}"
        parts = tuple(
            FigureView(
                part,
                f"{number}{letter}" if number else "",
                f"{anchor}{letter}",
                letter=letter,
                whole=block,
            )
            for part, letter in zip(block.parts, _letters(), strict=False)
        )
        found.append(FigureView(block, number, anchor, parts))
    return found


def _is_narrow(block: BlockDoc) -> bool:
    if block.image:
        return block.image.width <= block.image.height * 1.5
    return block.table is not None and len(block.table.labels) <= NARROW and not block.shows_table


def table_view(table: TableDoc) -> TableView:
    rows = [(series.name, [_number(value) for value in series.values]) for series in table.series]
    if len(table.labels) <= max(len(table.series), MOST_COLUMNS):
        return TableView("", table.labels, rows)
    turned = [
        (label, [values[place] for _, values in rows]) for place, label in enumerate(table.labels)
    ]
    return TableView(table.labels_are, [name for name, _ in rows], turned, is_turned=True)


def _number(value: object) -> str:
    return NOTHING_MEASURED if value is None else swedish(value)  # type: ignore[arg-type]


def _ended(sentence: str) -> str:
    """With a full stop, where it does not end already."""
    sentence = sentence.strip()
    return sentence if not sentence or sentence[-1] in ".!?…" else f"{sentence}."


@dataclass(frozen=True)
class TextView:
    doc: BlockDoc
    prose: ProseView

    is_figure = False


# Sections -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DeviationView:
    doc: DeviationDoc

    @property
    def direction(self) -> str:
        return str(self.doc.direction.label)

    @property
    def grounds(self) -> str:
        return list_of(ground.label for ground in self.doc.grounds)

    @property
    def consulted(self) -> str:
        """With whom it has been settled, and when."""
        when = f"{self.doc.consulted_on}" if self.doc.consulted_on else ""
        return ", ".join(filter(None, [self.doc.consulted, when]))

    @property
    def facts(self) -> list[str]:
        """How one knows, in sentences."""
        grounds = f"Bygger på {self.grounds}." if self.doc.grounds else ""
        consulted = f"I samråd med {self.consulted}." if self.consulted else ""
        return [fact for fact in (grounds, consulted) if fact]


@dataclass(frozen=True)
class PriorityView:
    doc: PriorityDoc
    figure: ReferenceView | None  # what shows why

    @property
    def before_figure(self) -> str:
        """What leads from its words to the figure: a sentence of its own, or the end of one."""
        return " Se " if self.doc.text.rstrip().endswith((".", "!", "?")) else ", se "

    @property
    def after_figure(self) -> str:
        return "." if self.before_figure.startswith(" ") else ""


@dataclass(frozen=True)
class SectionView:
    doc: SectionDoc
    number: str  # "2.1"
    depth: int  # 1 is outermost
    blocks: Sequence[TextView | FigureView]
    sections: "Sequence[SectionView]"
    description: ProseView
    handled_in: ReferenceView | None
    priorities: Sequence[PriorityView]
    next_year: int

    @property
    def anchor(self) -> str:
        return anchor_of(self.number)

    @property
    def level(self) -> int:
        """Of its heading: the first is the report's own."""
        return self.depth + 1

    @property
    def is_area(self) -> bool:
        return self.doc.form == SectionForm.AREA

    @property
    def lists_sources(self) -> bool:
        return self.doc.form == SectionForm.SOURCES

    @property
    def working_together(self) -> str:
        return f"{self.doc.working_together.strip() or 'Parterna'} samverkar för att:"

    @property
    def boxes(self) -> list[tuple[bool, str]]:
        return [(getattr(self.doc, name), words) for name, words in BOXES.items()]

    @property
    def shows_boxes(self) -> bool:
        """Where neither is ticked they say so, unless something else says what is done."""
        is_elsewhere = self.is_handled_elsewhere or self.doc.not_chosen_reason
        return not is_elsewhere or any(is_ticked for is_ticked, _ in self.boxes)

    @property
    def is_handled_elsewhere(self) -> bool:
        return bool(self.doc.handled_as or self.doc.handled_note)

    @property
    def handled(self) -> ReferenceView | None:
        """Where it is handled, if that is not here."""
        if self.handled_in:
            return self.handled_in
        if self.doc.handled_as:
            return ReferenceView(f"Hanteras {self.doc.handled_as.label}", None)
        return None

    @property
    def priorities_heading(self) -> str:
        return f"Prioriteringar och åtgärder {self.next_year}"

    @property
    def deviations(self) -> list[DeviationView]:
        return [DeviationView(one) for one in self.doc.deviations]

    @property
    def deviations_say_how(self) -> bool:
        """Whether any of them says more than which way it went."""
        return any(one.doc.text or one.facts for one in self.deviations)

    @property
    def says_nothing(self) -> bool:
        """Of an area: only its heading is there."""
        doc = self.doc
        said = (doc.blocks, doc.sections, doc.description, doc.aims, doc.handled_as)
        more = (doc.handled_note, doc.not_chosen_reason, doc.results, doc.priorities)
        return not any((*said, *more, doc.deviations))

    @property
    def below(self) -> "Iterator[SectionView]":
        """It, and all that is in it."""
        yield self
        for section in self.sections:
            yield from section.below


@dataclass(frozen=True)
class Development:
    """How the areas have changed, year by year: what was said of each, in a word."""

    years: Sequence[int]
    rows: Sequence[tuple[str, Sequence[str]]]


class ReportView:
    """The whole report, ready to be walked through by a template. `earlier`: those before it."""

    def __init__(self, document: ReportDocument, earlier: Iterable[ReportDocument] = ()) -> None:
        self.document = document
        self.earlier = sorted(earlier, key=lambda one: (one.year, one.revision))
        self.notes: list[NoteView] = []
        numbered = list(self._numbered(document.sections))
        self.figures = numbered_figures(
            block for _, section in numbered for block in section.blocks
        )
        self._figure_views = {figure.doc.uuid: figure for figure in self.figures}
        self.targets = {
            section.uuid: Target(anchor_of(number), "", section.heading)
            for number, section in numbered
        } | {
            one.doc.uuid: Target(one.anchor, one.number, one.name)
            for figure in self.figures
            for one in (figure, *figure.parts)
        }
        self.sections = self._sections(document.sections)

    # What it is called -------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        return str(self.document.kind.label)

    @property
    def is_status(self) -> bool:
        return self.document.kind == ReportKind.STATUS

    @property
    def title(self) -> str:
        return self.document.title or f"{self.kind} {self.document.year}"

    @property
    def places(self) -> str:
        """The district, and the others that the report covers."""
        document = self.document
        return list_of(district.name for district in (document.district, *document.covers))

    @property
    def headings(self) -> dict[str, str]:
        return HEADINGS | {"about": f"Om {'statusrapporten' if self.is_status else 'lägesbilden'}"}

    # What stands in it -------------------------------------------------------------------------

    @property
    def all_sections(self) -> list[SectionView]:
        return [one for section in self.sections for one in section.below]

    @property
    def contents(self) -> list[SectionView]:
        """What the contents name, with its level."""
        return [section for section in self.all_sections if section.doc.heading]

    @cached_property
    def sources(self) -> list[str]:
        """The report's own and those that its figures name: each once, in Swedish order."""
        own = [source.name.strip() for source in self.document.sources]
        named = [
            one.doc.source.strip().removesuffix(".")
            for figure in self.figures
            for one in (figure, *figure.parts)
        ]
        found = {source_key(name): name for name in reversed([*own, *named]) if name}
        return [found[key] for key in sorted(found)]

    @property
    def closes_with_sources(self) -> bool:
        """Where no section has the list of sources, it comes last."""
        return bool(self.sources) and not any(one.lists_sources for one in self.all_sections)

    # The status report -------------------------------------------------------------------------

    @property
    def areas(self) -> list[SectionView]:
        return [section for section in self.all_sections if section.is_area]

    @property
    def tables(self) -> list[tuple[str, str, list[SectionView]]]:
        """The two tables of a status report: heading, the head of the comments, the areas."""
        parts = [
            (HEADINGS["citywide"], "Kommentarer", [a for a in self.areas if not a.doc.own]),
            (HEADINGS["local"], HEADINGS["comment"], [a for a in self.areas if a.doc.own]),
        ]
        return [part for part in parts if part[2]]

    @cached_property
    def beside_tables(self) -> tuple[list[SectionView], list[SectionView]]:
        """What a status report says before its tables, and after them: section by section."""
        before: list[SectionView] = []
        after: list[SectionView] = []

        def walk(sections: Sequence[SectionView], met: bool) -> bool:
            for section in sections:
                if section.is_area:
                    met = True
                    continue
                if section.blocks or section.lists_sources or not _holds_area(section):
                    (after if met else before).append(section)
                met = walk(section.sections, met)
            return met

        walk(self.sections, False)
        return before, after

    @cached_property
    def development(self) -> Development | None:
        """Over several years, where there are earlier reports to tell of."""
        said: dict[int, dict[tuple, list[Direction]]] = {}
        names: dict[tuple, str] = {}
        for report in [*self.earlier, self.document]:
            for area in _areas(report.sections):
                if area.deviations:
                    key = (area.own, area.slug)
                    names[key] = area.name or area.heading
                    # Two districts that have become one may each have said something that year.
                    directions = said.setdefault(report.year, {}).setdefault(key, [])
                    directions += [one.direction for one in area.deviations]
        if len(said) < 2:
            return None
        rows = [
            (
                name,
                [
                    _in_a_word(year[key]) if key in year else NOTHING_MEASURED
                    for year in said.values()
                ],
            )
            for key, name in names.items()
        ]
        return Development(list(said), rows)

    # How it is made ----------------------------------------------------------------------------

    def _here(
        self, sections: Sequence[SectionDoc], above: str = ""
    ) -> Iterator[tuple[str, SectionDoc]]:
        """The sections with their numbers. In a status report the city's areas stand together."""
        if self.is_status:
            own = [one for one in sections if one.form == SectionForm.AREA and one.own]
            last = max(
                (n for n, one in enumerate(sections) if one.form == SectionForm.AREA), default=0
            )
            others = [
                one for one in sections[: last + 1] if one.form != SectionForm.AREA or not one.own
            ]
            sections = [*others, *own, *sections[last + 1 :]]
        for place, section in enumerate(sections, start=1):
            yield f"{above}{place}", section

    def _numbered(
        self, sections: Sequence[SectionDoc], above: str = ""
    ) -> Iterator[tuple[str, SectionDoc]]:
        """And all that is in them, in the order in which it is read."""
        for number, section in self._here(sections, above):
            yield number, section
            yield from self._numbered(section.sections, f"{number}.")

    def _sections(
        self, sections: Sequence[SectionDoc], above: str = "", depth: int = 1
    ) -> list[SectionView]:
        return [
            self._section(section, number, depth) for number, section in self._here(sections, above)
        ]

    def _section(self, section: SectionDoc, number: str, depth: int) -> SectionView:
        description = self._prose(section.description)
        blocks = [self._block(block) for block in section.blocks]
        handled_in = None
        if section.handled_as == HandledAs.AREA and section.handled_in:
            target = self.targets[section.handled_in]
            handled_in = ReferenceView("", target)
        return SectionView(
            doc=section,
            number=number,
            depth=depth,
            blocks=blocks,
            sections=self._sections(section.sections, f"{number}.", depth + 1),
            description=description,
            handled_in=handled_in,
            priorities=[self._priority(one) for one in section.priorities],
            next_year=self.document.year + 1,
        )

    def _priority(self, priority: PriorityDoc) -> PriorityView:
        target = self.targets.get(priority.figure) if priority.figure else None
        words = "figur" if target and target.number else ""
        return PriorityView(priority, ReferenceView(words, target) if target else None)

    def _block(self, block: BlockDoc) -> TextView | FigureView:
        if block.is_figure:
            return self._figure_views[block.uuid]
        return TextView(block, self._prose(block.text))

    def _prose(self, html: str) -> ProseView:
        return ProseView([self._piece(piece) for piece in prose.pieces_of(html)])

    def _piece(self, piece: prose.Piece) -> "str | ReferenceView | NoteView":
        if isinstance(piece, str):
            return piece
        if isinstance(piece, prose.Reference):
            return ReferenceView(piece.words, self.targets.get(piece.target))
        note = NoteView(len(self.notes) + 1, ())
        self.notes.append(note)  # before what it says, which has no footnotes of its own
        pieces = [self._piece(one) for one in piece.pieces]
        self.notes[-1] = whole = NoteView(note.number, pieces)  # type: ignore[arg-type]
        return whole


def anchor_of(number: str) -> str:
    return f"avsnitt-{number.replace('.', '-')}"


def _letters() -> Iterator[str]:
    """a … z, aa … zz, and so on."""
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))


def _holds_area(section: SectionView) -> bool:
    return any(one.is_area for one in section.below)


def _areas(sections: Sequence[SectionDoc]) -> Iterator[SectionDoc]:
    for section in sections:
        if section.form == SectionForm.AREA:
            yield section
        yield from _areas(section.sections)


def _in_a_word(directions: Sequence[Direction]) -> str:
    """Several changes of one area may go different ways."""
    return list_of(dict.fromkeys(str(one.label) for one in directions)).capitalize()
