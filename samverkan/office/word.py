"""A Word file as what stands in it and where: paragraphs and tables in their order, and all that
stands beside them as notes. What stands among the words of a paragraph is in it too: a footnote, a
picture, a chart, a text box.

python-docx is not asked: it passes by what stands in content controls, in tracked changes and in text
boxes, and whoever filled in the form cannot know that hers was such a one.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from samverkan.office.ooxml import Relation
from samverkan.office.package import NotOffice
from samverkan.office.word_drawings import about, chart_words, drawing_words, images_of, is_cropped
from samverkan.office.word_file import Element, WordFile, qn
from samverkan.office.word_pieces import (
    Box,
    Field,
    Grid,
    Line,
    Note,
    Run,
    Saying,
    Thing,
    WordText,
)
from samverkan.office.word_said import HIDDEN, PROMPT, STRUCK, warnings, why_empty
from samverkan.office.word_styles import OFF, Styles, is_on, number_of, value
from samverkan.office.word_symbols import plain, symbol
from samverkan.text import clean

CONTENTS = "Innehållsförteckning"
PICTURE, CHART, TEXT_BOX = "Bild", "Diagram", "Textruta"
COMMENT, FOOTNOTE, ENDNOTE = "Kommentar", "Fotnot", "Slutnot"

MOST_FIELDS = 30  # in one another

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_CONTROL = qn("w:sdt")
_STRUCK = {qn("w:del"), qn("w:moveFrom")}
_DRESS = {_CONTROL: qn("w:sdtPr"), _ROW: qn("w:trPr"), _CELL: qn("w:tcPr")}
# What has no words of the document in it: how it looks, and what a field is worked out by.
_PASSED_BY = {
    *(qn(f"w:{name}") for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr")),
    *(qn(f"w:{name}") for name in ("sectPr", "tblGrid", "ffData", "delInstrText")),
}
_TEXT = {qn("w:t"), qn("w:delText"), qn("m:t")}
_LETTERS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_REFERENCES = {
    qn("w:commentReference"): ("comments", COMMENT),
    qn("w:footnoteReference"): ("footnotes", FOOTNOTE),
    qn("w:endnoteReference"): ("endnotes", ENDNOTE),
}
_PICTURES = {qn(name) for name in ("wp:inline", "wp:anchor", "v:shape", "v:rect")}
_CHARTS = {qn("c:chart"): qn("r:id"), qn("cx:chart"): qn("r:id"), qn("dgm:relIds"): qn("r:dm")}
_EDGES = {"header": ("sidhuvudet", "Sidhuvud"), "footer": ("sidfoten", "Sidfot")}
_PAGE_FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF"}
# LibreOffice lets the line of the contents stand in the field that has its number.
_PAGE_NUMBER = re.compile(r"[\s-]*(?:\d+|[ivxlc]+|[IVXLC]+)?[\s-]*")
# What is left of "Sida 2 (4)" when the numbers are gone, or when somebody typed them.
_PAGE_WORDS = re.compile(r"(?:sid(?:a|an|or)?|s|av|page|of|nr|[\d\W_])*", re.I)
_ADDRESS = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.I)
_NUMBER_BEFORE = re.compile(r"\d+(?:\.\d+)*\.?\s+")
_BROKEN = "Filen är trasig och går inte att läsa: öppna den i Word, spara den på nytt och läs in den igen."


def text_of(file: WordFile) -> WordText:
    """NotOffice says why there is nothing to read."""
    try:
        return _Reader(file).text()
    except RecursionError as error:
        raise NotOffice(_BROKEN) from error


class _Reader:
    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.main, self.body = file.main()
        self.related = file.relations(self.main)
        self.styles = Styles(self._part("styles"), self._part("numbering"))
        self.beside = {kind: self._entries(kind) for kind, _ in _REFERENCES.values()}
        self.links: list[str] = []
        self.notes: list[Note] = []
        self.pending: list[tuple[str, str]] = []  # label, words: until it is known where they stand
        self.objects: list[str] = []  # likewise
        self.places: dict[str, list[str]] = {}  # what is to be warned of: where it was seen
        self.asides: list[str] = []
        self.fields: list[Field] = []
        self.saying: list[Saying] = []
        self.paragraphs = self.tables = 0
        self.had_control_characters = False

    def text(self) -> WordText:
        blocks = tuple(self._blocks(self.body))
        self._edges()
        self._left_over()
        notes = tuple(self._without_contents(blocks))
        says_nothing = not any(isinstance(block, Grid) or block.text for block in blocks)
        if says_nothing and not any(note.label == TEXT_BOX for note in notes):
            beside = {note.label for note in notes} - {label for _, label in _EDGES.values()}
            raise NotOffice(why_empty(beside | set(self.places)))
        return WordText(blocks, notes, tuple(self._warnings()))

    # Blocks ---------------------------------------------------------------------------------------

    def _blocks(self, container: Element) -> Iterator[Line | Grid]:
        for element in self._children(container, {_PARAGRAPH, _TABLE}):
            if element.tag == _PARAGRAPH:
                line = self._line(element)
                if line.text:
                    self.paragraphs += 1
                if line.text or line.things:
                    yield replace(line, number=self.paragraphs)
                place = f"stycke {self.paragraphs}"
                self._put_down(place if line.text else f"efter {place}")
            elif (frame := self._framed(element)) is not None:
                yield from self._blocks(frame)
            else:
                self.tables += 1
                grid = self._table(element, f"Tabell {self.tables}")
                if any(box.lines for row in grid.rows for box in row):
                    yield grid

    def _framed(self, table: Element) -> Element | None:
        """What stands in a table that is only a frame around others: of one cell."""
        cells = [cell for cell in table.iter(_CELL) if next(cell.iterancestors(_TABLE)) is table]
        if len(cells) != 1 or cells[0].find(f".//{_TABLE}") is None:
            return None
        return None if self._why_beside(cells[0].getparent()) else cells[0]

    def _table(self, element: Element, name: str) -> Grid:
        self.fields.clear()  # a table stands in no field: it was never ended
        first_row, first_column = self.styles.emphasis(element)
        rows: list[list[Box]] = []
        above: dict[int, Box] = {}  # those that may go on below, by their column
        for number, row in enumerate(self._children(element, {_ROW})):
            boxes: list[Box] = []
            going_on: dict[int, Box] = {}
            column = number_of(_in(row.find(qn("w:trPr")), "w:gridBefore")) or 0
            for cell in self._children(row, {_CELL}):
                lines = self._lines(cell)
                self._put_down(f"{name}, rad {number + 1}, kolumn {column + 1}")
                dress = cell.find(qn("w:tcPr"))
                span = max(1, number_of(_in(dress, "w:gridSpan")) or 1)
                merged, across = _in(dress, "w:vMerge"), _in(dress, "w:hMerge")
                if boxes and across is not None and value(across) != "restart":
                    boxes[-1].columns += span
                    boxes[-1].lines += lines
                elif merged is not None and value(merged) != "restart" and column in above:
                    box = going_on[column] = above[column]
                    box.rows += 1
                    box.lines += lines
                else:
                    is_emphasised = (first_row and not number) or (first_column and not column)
                    boxes.append(Box(number, column, span, is_emphasised, lines))
                    if merged is not None:
                        going_on[column] = boxes[-1]
                column += span
            rows.append(boxes)
            above = going_on
        return Grid(name, tuple(map(tuple, rows)), self.paragraphs)

    def _lines(self, container: Element) -> list[Line]:
        """The paragraphs of a cell, a note, a text box; those of tables in it in their order."""
        lines = []
        for element in self._children(container, {_PARAGRAPH, _TABLE}):
            if element.tag == _PARAGRAPH:
                line = self._line(element)
                lines += [line] if line.text or line.things else []
            else:
                for row in self._children(element, {_ROW}):
                    for cell in self._children(row, {_CELL}):
                        lines += self._lines(cell)
        return lines

    def _children(self, container: Element, wanted: set[str]) -> Iterator[Element]:
        """Those that stand in it, and in what is wrapped around them."""
        for child in container:
            if child.tag == qn("w:altChunk"):
                self.objects.append("infogad fil")
            elif child.tag not in _PASSED_BY:
                with self._aside(self._why_beside(child)):
                    if child.tag in wanted:
                        yield child
                    else:
                        yield from self._children(_content(child), wanted)

    # Within a paragraph ---------------------------------------------------------------------------

    def _line(self, element: Element) -> Line:
        heading = self.styles.heading(element)
        if heading is not None:  # no heading stands in a field: it was never ended
            self.fields.clear()
        saying = Saying(element)
        self.saying.append(saying)
        self._walk(element)
        self.saying.pop()
        self.fields = [one for one in self.fields if one.has_result]  # no code is that long
        for label in dict.fromkeys(label for label, _ in saying.beside):
            words = [self._clean(words) for other, words in saying.beside if other == label]
            is_title = label == CONTENTS and self.styles.is_contents_heading(element)
            if any(words) and not is_title:
                self.pending.append((label, " … ".join(filter(None, words))))
        item = self.styles.item(element) if heading is None else None
        return Line(
            self._clean(saying.text),
            heading,
            item,
            saying.is_bold,
            is_ordered=bool(item) and self.styles.is_ordered(element),
            is_caption=saying.has_number or self.styles.is_caption(element),
            size=saying.size,
            runs=tuple(saying.runs),
        )

    def _walk(self, element: Element) -> None:
        for child in element:
            self._take(child)

    def _take(self, element: Element) -> None:
        tag = element.tag
        if tag in _PASSED_BY:
            return
        if tag in _TEXT:
            # A line break in the file is no line break in the text.
            self._say((element.text or "").replace("\n", " "), element)
        elif tag in _LETTERS:
            self._say(_LETTERS[tag], element)
        elif tag == qn("w:sym"):
            self._say(symbol(element.get(qn("w:char"))), element)
        elif tag == qn("w:instrText"):
            if self.fields:
                self.fields[-1].code += element.text or ""
        elif tag == qn("w:fldChar"):
            self._field(element)
        elif tag == qn("w:fldSimple"):
            around = len(self.fields)
            self.fields.append(Field(element.get(qn("w:instr")) or "", has_result=True))
            self._walk(element)
            del self.fields[around:]
        elif tag in _REFERENCES:
            kind, label = _REFERENCES[tag]
            self._refer(kind, label, element.get(qn("w:id")) or "")
        elif tag == qn("w:txbxContent"):
            lines = self._lines_apart(element)
            label = self.asides[0] if self.asides else TEXT_BOX
            words = self._note(label, in_words(lines))
            self._put(Thing(label, words, lines=tuple(lines)))
        elif tag == qn("w:object"):
            self._object(element)
        elif tag in _PICTURES:
            words = self._note(PICTURE, drawing_words(element))
            self._put(
                Thing(
                    PICTURE,
                    words,
                    images=tuple(map(self._part_at, images_of(element))),
                    is_cropped=is_cropped(element),
                    about=about(element),
                )
            )
            self._walk(element)
        elif tag in _CHARTS:
            root = self._root_at(element.get(_CHARTS[tag]))
            words = self._note(CHART, chart_words(root) if root is not None else "")
            self._put(Thing(CHART, words, chart=root))
        elif tag == qn("w:hyperlink"):
            self.links.append(self._address(element.get(qn("r:id"))))
            self._walk(element)
            self.links.pop()
        elif tag == _CONTROL and (box := _ticked(element)):
            self._say(box, element)
        elif tag == qn("a:p"):  # of a shape that is not Word's own
            self._note(TEXT_BOX, "".join(text.text or "" for text in element.iter(qn("a:t"))))
        elif tag == qn("v:textpath"):
            self._note(TEXT_BOX, element.get("string") or "")
        else:
            with self._aside(self._why_beside(element)):
                self._walk(_content(element))

    def _say(self, words: str, element: Element) -> None:
        saying = self.saying[-1]
        run = element.getparent()
        if any(not one.has_result for one in self.fields):
            return  # it is a code
        if any(one.kind in _PAGE_FIELDS for one in self.fields) and _PAGE_NUMBER.fullmatch(words):
            return
        words = plain(words)
        if label := self._label(run, saying.element):
            saying.say_beside(label, words)
        else:
            styles, paragraph = self.styles, saying.element
            is_bold, is_italic = styles.is_bold(run, paragraph), styles.is_italic(run, paragraph)
            saying.say(Run(words, is_bold, is_italic, self._link()))
            saying.has_number |= any(one.kind == "SEQ" for one in self.fields)
            if words.strip():
                saying.size = max(saying.size, styles.size(run))

    def _put(self, thing: Thing) -> None:
        """Among the words; what is said beside them has its note alone."""
        if self.saying and not self.asides:
            self.saying[-1].say(Run("", thing=thing))

    def _link(self) -> str:
        if self.links:
            return self.links[-1]
        codes = (one.code for one in reversed(self.fields) if one.kind == "HYPERLINK")
        return next((found[1] for code in codes if (found := _ADDRESS.match(code))), "")

    def _label(self, run: Element, paragraph: Element) -> str:
        """Of what is said beside the text, if it is."""
        if self.asides:
            return self.asides[0]
        if any(one.kind == "TOC" for one in self.fields):
            return CONTENTS
        return HIDDEN if self.styles.is_hidden(run, paragraph) else ""

    def _field(self, element: Element) -> None:
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            if chosen := _chosen(element.find(qn("w:ffData"))):
                self._say(chosen, element)
            if len(self.fields) > MOST_FIELDS:
                self.fields.clear()  # they were never ended
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].has_result = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    # Beside the text ------------------------------------------------------------------------------

    @contextmanager
    def _aside(self, label: str) -> Iterator[None]:
        """What is said meanwhile stands beside the text, under that label."""
        if label:
            self.asides.append(label)
        yield
        if label:
            self.asides.pop()

    def _why_beside(self, element: Element) -> str:
        """Under what label its words stand, if they stand beside the text."""
        if element.tag in _STRUCK:
            return STRUCK
        if element.tag == _PARAGRAPH:
            return CONTENTS if self.styles.is_contents(element) else ""
        dress = element.find(_DRESS[element.tag]) if element.tag in _DRESS else None
        if dress is None:
            return ""
        if any(dress.find(qn(name)) is not None for name in ("w:del", "w:cellDel")):
            return STRUCK
        if is_on(dress.find(qn("w:hidden"))):
            return HIDDEN
        if is_on(dress.find(qn("w:showingPlcHdr"))):
            return PROMPT
        gallery = _in(dress.find(qn("w:docPartObj")), "w:docPartGallery")
        return CONTENTS if value(gallery) == "Table of Contents" else ""

    def _note(self, label: str, words: str) -> str:
        if words := self._clean(plain(words)):
            self.pending.append((label, words))
        return words

    def _put_down(self, where: str) -> None:
        """What was said beside the text, now that it is known where."""
        for label, words in self.pending:
            self.notes.append(Note(where, label, words))
            if label in (STRUCK, HIDDEN):
                self.places.setdefault(label, []).append(where)
        for what in self.objects:
            self.places.setdefault(what, []).append(where)
        self.pending, self.objects = [], []

    def _lines_apart(self, container: Element) -> list[Line]:
        """Of what has a text of its own: no field and no aside of the one around it reaches in."""
        outer = self.fields, self.asides, self.links
        self.fields, self.asides, self.links = [], [], []
        lines = self._lines(container)
        self.fields, self.asides, self.links = outer
        return lines

    def _entries(self, kind: str) -> dict[str, Element]:
        root = self._part(kind)
        return {
            entry.get(qn("w:id")): entry
            for entry in (root if root is not None else ())
            if entry.get(qn("w:type"), "normal") == "normal"  # the others are lines between them
        }

    def _refer(self, kind: str, label: str, identity: str) -> None:
        entry = self.beside[kind].pop(identity, None)
        if entry is None:
            return
        with self._pointing_from(next(self.file.related(self.main, kind))):
            lines = self._lines_apart(entry)
        words = self._note(label, in_words(lines))
        if label != COMMENT:
            self._put(Thing(label, words, lines=tuple(lines)))

    @contextmanager
    def _pointing_from(self, part: str) -> Iterator[None]:
        """What is pointed to meanwhile is so from that part."""
        outer, self.related = self.related, self.file.relations(part)
        yield
        self.related = outer

    def _left_over(self) -> None:
        """What nothing in the text refers to."""
        for kind, label in _REFERENCES.values():
            for identity in list(self.beside[kind]):
                self._refer(kind, label, identity)
        self._put_down("sist i filen")

    def _edges(self) -> None:
        """The heads and feet of pages; what stands in several of them is said once."""
        seen: set[tuple[str, str]] = set()
        for relation in self.related.values():
            if relation.kind in _EDGES and not relation.is_outside:
                where, label = _EDGES[relation.kind]
                root = self.file.xml(relation.target)
                with self._pointing_from(relation.target):
                    words = in_words(self._lines_apart(root)) if root is not None else ""
                self._note(label, "" if _PAGE_WORDS.fullmatch(words) else words)
                self.pending = [one for one in self.pending if one not in seen]
                seen.update(self.pending)
                self._put_down(where)

    def _object(self, element: Element) -> None:
        kind = next((one.get("ProgID") for one in element.iter(qn("o:OLEObject"))), "") or "okänd"
        self.objects.append(f"inbäddad fil ({kind.partition('.')[0]})")

    def _inside(self, identity: str | None) -> Relation | None:
        relation = self.related.get(identity or "")
        return None if relation is None or relation.is_outside else relation

    def _part_at(self, identity: str) -> str:
        """Its name; none where the image is outside the file."""
        relation = self._inside(identity)
        return relation.target if relation else ""

    def _root_at(self, identity: str | None) -> Element | None:
        relation = self._inside(identity)
        return self.file.xml(relation.target) if relation else None

    def _address(self, identity: str | None) -> str:
        relation = self.related.get(identity or "")
        return relation.target if relation and relation.is_outside else ""

    def _part(self, kind: str) -> Element | None:
        name = next(self.file.related(self.main, kind), None)
        return self.file.xml(name) if name else None

    def _without_contents(self, blocks: Iterable[Line | Grid]) -> Iterator[Note]:
        """The contents say again what stands in the text; only what they alone say is worth a note."""
        said = {
            _squeezed(line)
            for block in blocks
            for text in (
                [block.text]
                if isinstance(block, Line)
                else [box.text for row in block.rows for box in row]
            )
            for line in [text, *text.split("\n")]
        }
        for note in self.notes:
            if note.label != CONTENTS or _squeezed(note.text) not in said:
                yield note

    def _clean(self, words: str) -> str:
        cleaned = clean(words)
        self.had_control_characters |= cleaned != words.strip()
        return cleaned

    def _warnings(self) -> Iterator[str]:
        if self.file.has_macros:
            yield "Filen har makron, som inte läses; det som står i den är läst."
        yield from warnings(self.places)
        if self.had_control_characters or self.file.had_control_characters:
            yield "Filen hade styrtecken, som inte syns; de är borttagna."
        for name in dict.fromkeys(self.file.unread):
            yield f"En del av filen ({name}) saknas eller är trasig, och är inte läst."


def in_words(lines: Iterable[Line]) -> str:
    return "\n".join(line.in_cell() for line in lines if line.text)


def _content(element: Element) -> Element:
    """What counts of an element: one of the two ways that Word has written it in, for new programs
    and for old ones.
    """
    if element.tag != qn("mc:AlternateContent"):
        return element
    choice = element.find(qn("mc:Choice"))
    return element if choice is None else choice


def _in(dress: Element | None, name: str) -> Element | None:
    return None if dress is None else dress.find(qn(name))


def _chosen(form: Element | None) -> str:
    """What is chosen in a field of an old kind of form."""
    box, choices = _in(form, "w:checkBox"), _in(form, "w:ddList")
    if box is not None:
        checked = box.find(qn("w:checked"))
        return "☒" if is_on(box.find(qn("w:default")) if checked is None else checked) else "☐"
    if choices is not None:
        entries = choices.findall(qn("w:listEntry"))
        chosen = number_of(choices.find(qn("w:result"))) or 0
        return entries[chosen].get(qn("w:val")) or "" if chosen < len(entries) else ""
    return ""


def _ticked(control: Element) -> str:
    """A box of a new kind of form, whatever sign it shows."""
    box = control.find(f"{qn('w:sdtPr')}/{qn('w14:checkbox')}")
    shown = "".join(text.text or "" for text in control.iter(qn("w:t")))
    if box is None or len(shown) > 1:
        return ""
    checked = box.find(qn("w14:checked"))
    is_ticked = checked is not None and checked.get(qn("w14:val")) not in OFF
    return "☒" if is_ticked else "☐"


def _squeezed(text: str) -> str:
    """Without the number before a heading, and that of the page after it."""
    words = text[found.end() :] if (found := _NUMBER_BEFORE.match(text)) else text
    return " ".join(words.rstrip("0123456789").rstrip(" .…\t").casefold().split())
