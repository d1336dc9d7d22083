"""A Word document: A4, one type family, real headings, contents, head and foot, and the same bytes
for the same words.

What it looks like stands in `word/styles.xml`; what it is made of in `wordml.py`.
"""

import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from lxml.etree import XMLSyntaxError

from samverkan.documents import docx_charts, docx_places, docx_rich
from samverkan.documents.charts import Group
from samverkan.documents.wordml import (
    Element,
    field_of,
    inline,
    link,
    paragraph,
    run,
    w,
    words_in,
    writable,
)

LANGUAGE = "sv-SE"
TWIPS = 56.6929  # in a millimetre
EMU = 36_000
WIDEST = 9354  # 165 mm: as wide as a list of pages is, and a table of facts
_PARTS = Path(__file__).with_name("word")
_MIDNIGHT = (1980, 1, 1, 0, 0, 0)  # the first that a zip can tell


@dataclass(frozen=True)
class Margins:
    """What stands at the edges of every page but the first, which has no head."""

    head: str
    head_right: str
    foot: str


class Paper:
    def __init__(
        self,
        *,
        title: str,
        author: str,
        made_on: date,
        margins: Margins,
        is_landscape: bool = False,
        contents_depth: int = 1,
    ) -> None:
        self._document: Any = Document(BytesIO(_skeleton()))
        self._body = self._document.element.body
        # Anchor, words, level: what the contents are made of, down to the deepest that they name.
        self._headings: list[tuple[str, str, int]] = []
        self._contents_depth = contents_depth
        self._notes: XmlPart | None = None
        self._contents: Element | None = None
        self._anchors = 0
        self._lists = docx_rich.BULLETS + 1
        self._charts = self._pictures = self._drawings = 0
        self._set_up_pages(is_landscape)
        self._set_up_margins(margins)
        self._name(title, author, made_on)

    @property
    def width(self) -> int:
        """Of the text, in twentieths of a point."""
        section = self._document.sections[0]
        return round(
            (section.page_width - section.left_margin - section.right_margin) / EMU * TWIPS
        )

    # Putting things in ----------------------------------------------------------------------------

    def add(self, *blocks: Element) -> None:
        for block in blocks:
            self._body.insert(len(self._body) - 1, block)  # before the set-up of the pages

    def heading(
        self, content: Any, level: int, anchor: str = "", *, new_page: bool = False
    ) -> Element:
        """Made, not put in: it may stand in a place together with what it is about."""
        made = paragraph(content, f"Heading{level}")
        if new_page:
            made.pPr.append(w("pageBreakBefore"))
        if level <= self._contents_depth:
            anchor = anchor or f"rubrik-{len(self._headings) + 1}"
            self._headings.append((bookmark(anchor), " ".join(words_in(made).split()), level))
        return self.anchored(made, anchor) if anchor else made

    def anchored(self, block: Element, anchor: str) -> Element:
        """The paragraph, so that a link can lead to it."""
        start, end = self.anchoring(anchor)
        block.insert(1 if block.pPr is not None else 0, start)
        block.append(end)
        return block

    def anchoring(self, anchor: str) -> tuple[Element, Element]:
        """What stands before and after the words that a link leads to."""
        self._anchors += 1
        start = w("bookmarkStart", id=self._anchors, name=bookmark(anchor))
        return start, w("bookmarkEnd", id=self._anchors)

    def contents(self, heading: str) -> None:
        """The place of the contents; they are written when all headings are known."""
        self._contents = w("sdtContent", paragraph(heading, "TOCHeading"))
        properties = w(
            "sdtPr",
            w("id", val=900_000),
            w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique")),
        )
        self.add(w("sdt", properties, self._contents))

    def rich(
        self, html: str, under: int, inserted: docx_rich.Inserted | None = None
    ) -> list[Element]:
        """`inserted` is what stands in the text and is no words of it (see docx_rich)."""
        return docx_rich.to_paragraphs(
            html,
            under=under,
            new_list=self._new_list,
            link_to=partial(_link_from, self._document.part),
            inserted=inserted or {},
        )

    def note(self, html: str, inserted: docx_rich.Inserted | None = None) -> Element:
        """Puts a footnote at the foot of the page, and gives its mark."""
        if self._notes is None:
            self._notes = self._begin_notes()
        notes = self._notes.element
        number = len(notes) - 1  # two of them are the lines over the others
        link_to = partial(_link_from, self._notes)
        words = docx_rich.to_runs(html, link_to=link_to, inserted=inserted or {})
        mark = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
        notes.append(w("footnote", paragraph([mark, run(" "), *words], "FootnoteText"), id=number))
        reference = w("footnoteReference", id=number)
        return w("r", w("rPr", w("rStyle", val="FootnoteReference")), reference)

    def _begin_notes(self) -> XmlPart:
        lines = [
            w("footnote", paragraph(w("r", w(kind)), "Between"), type=kind, id=number)
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        ]
        package, own = self._document.part.package, self._document.part
        name = PackURI("/word/footnotes.xml")
        notes = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, w("footnotes", *lines), package)
        own.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self._document.settings.element
        known = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
        settings.find(qn("w:compat")).addprevious(known)
        return notes

    def chart(self, description: str, series: Sequence[str], groups: Sequence[Group]) -> None:
        height = min(docx_charts.height(series, groups), 165)
        drawing = self.drawn(docx_charts.bars(series, groups), description, 165, height)
        self.add(paragraph(drawing))

    def drawn(self, chart: bytes, description: str, width: float, height: float) -> Element:
        """A chart that Word draws, as what stands in a paragraph; its size in millimetres."""
        self._charts += 1
        part = Part(
            PackURI(f"/word/charts/chart{self._charts}.xml"),
            CONTENT_TYPE.DML_CHART,
            chart,
            self._document.part.package,
        )
        relation = self._document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        inside = (
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
            f'r:id="{relation}"/></a:graphicData>'
        )
        return self._drawing(inside, f"Diagram {self._charts}", description, width, height)

    def picture(self, content: bytes, description: str, width: float, height: float) -> Element:
        """A picture, as what stands in a paragraph; its size in millimetres."""
        relation, _ = self._document.part.get_or_add_image(BytesIO(content))
        self._pictures += 1
        size = f'cx="{round(width * EMU)}" cy="{round(height * EMU)}"'
        inside = (
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:nvPicPr><pic:cNvPr id="0" name="Bild {self._pictures}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        )
        return self._drawing(inside, f"Bild {self._pictures}", description, width, height)

    def _drawing(
        self, inside: str, name: str, description: str, width: float, height: float
    ) -> Element:
        """With words for those who do not see it."""
        self._drawings += 1
        size = f'cx="{round(width * EMU)}" cy="{round(height * EMU)}"'
        drawing = parse_xml(
            f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{self._drawings}" name="{name}"/>'
            f"<wp:cNvGraphicFramePr/><a:graphic>{inside}</a:graphic></wp:inline></w:drawing>"
        )
        drawing.find(".//{*}docPr").set("descr", writable(description))
        return w("r", drawing)

    def attach(self, namespace: str, text: str) -> None:
        """Data that rides along, out of sight."""
        root = parse_xml(f'<plan xmlns="{namespace}"/>')
        root.text = text
        part = Part(
            PackURI("/customXml/item1.xml"),
            CONTENT_TYPE.XML,
            serialize_part_xml(root),
            self._document.part.package,
        )
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
        # LibreOffice keeps only what has a name.
        identity = str(uuid5(NAMESPACE_URL, namespace)).upper()
        properties = (
            '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
            f'<ds:datastoreItem ds:itemID="{{{identity}}}" xmlns:ds="{_CUSTOM_XML}">'
            f'<ds:schemaRefs><ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs></ds:datastoreItem>'
        )
        part.relate_to(
            Part(
                PackURI("/customXml/itemProps1.xml"),
                CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
                properties.encode(),
                self._document.part.package,
            ),
            RELATIONSHIP_TYPE.CUSTOM_XML_PROPS,
        )

    def opened(self) -> "Opened":
        """As a reader would find it."""
        return Opened(self._document)

    def save(self) -> bytes:
        self._fill_contents()
        written = BytesIO()
        self._document.save(written)
        return _settled(written)

    # Setting up -----------------------------------------------------------------------------------

    def _set_up_pages(self, is_landscape: bool) -> None:
        section = self._document.sections[0]
        height, width = Mm(297), Mm(210)
        if is_landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            height, width = width, height
        section.page_width, section.page_height = width, height
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin, section.bottom_margin = Mm(24), Mm(20)
        section.header_distance, section.footer_distance = Mm(11), Mm(9)
        section.different_first_page_header_footer = True
        # What leads to a page is not wider than a line is read.
        for style in ("TOC1", "TOC2", "TOC3", "Pages"):
            dress = self._document.styles.element.find(f"*[@{qn('w:styleId')}='{style}']").pPr
            dress.ind.set(qn("w:right"), str(self.width - WIDEST))
            if dress.tabs is not None:
                dress.tabs[0].set(qn("w:pos"), str(WIDEST))

    def _set_up_margins(self, margins: Margins) -> None:
        section = self._document.sections[0]
        page = [run("Sida "), *field_of("PAGE", "1"), run(" av "), *field_of("NUMPAGES", "1")]
        for part, left, right in [
            (section.header, margins.head, [run(margins.head_right, bold=True)]),
            (section.footer, margins.foot, page),
            (section.first_page_header, "", []),
            (section.first_page_footer, margins.foot, page),
        ]:
            part.is_linked_to_previous = False
            line = part.paragraphs[0]._p
            line.extend(
                [*inline(left), w("r", w("tab")), *(deepcopy(one) for one in inline(right))]
                if left or right
                else []
            )
            line.get_or_add_pPr().append(w("tabs", w("tab", val="right", pos=self.width)))

    def _name(self, title: str, author: str, made_on: date) -> None:
        core = self._document.core_properties
        core.title, core.author, core.language = (
            writable(title)[:255],
            writable(author)[:255],
            LANGUAGE,
        )
        core.last_modified_by, core.revision = writable(author)[:255], 1
        core.created = core.modified = datetime(made_on.year, made_on.month, made_on.day)

    def _new_list(self) -> int:
        """A list with numbers, from one."""
        self._lists += 1
        numbering = self._document.part.numbering_part.element
        numbering.append(
            w(
                "num",
                w("abstractNumId", val=2),
                w("lvlOverride", w("startOverride", val=1), ilvl=0),
                numId=self._lists,
            )
        )
        return self._lists

    def _fill_contents(self) -> None:
        if self._contents is None:
            return
        begun = field_of(f'TOC \\o "1-{self._contents_depth}" \\h \\z \\u')
        for place, (anchor, words, level) in enumerate(self._headings):
            # No number until Word has worked it out: one that is wrong would be worse.
            entry = link(anchor, [run(words), w("r", w("tab")), *field_of(f"PAGEREF {anchor} \\h")])
            made = paragraph([*(begun[:3] if place == 0 else []), entry], f"TOC{level}")
            self._contents.append(made)
        if self._headings:
            self._contents.append(paragraph(begun[3:], "Between"))


def _link_from(part: Part, address: str, content: list[Element]) -> Element | list[Element]:
    """Out of the document, where the address is one that Word takes."""
    try:
        is_whole = urlsplit(address).scheme in ("http", "https", "mailto")
    except ValueError:
        is_whole = False
    if not is_whole:
        return content
    relation = part.relate_to(
        quote(address, safe="%:/?#[]@!$&'()*+,;=~"),
        RELATIONSHIP_TYPE.HYPERLINK,
        is_external=True,
    )
    made = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}" w:history="1"/>')
    made.extend(content)
    return made


def bookmark(anchor: str) -> str:
    """As Word lets a bookmark be called; hidden among those that people make."""
    return "_" + anchor.replace("-", "_")


def pages(entries: Sequence[tuple[str, str]]) -> list[Element]:
    """A list of what stands elsewhere: anchor, words. With the page, once Word has worked it out."""
    return [
        paragraph(
            [
                link(bookmark(anchor), words),
                w("r", w("tab")),
                *field_of(f"PAGEREF {bookmark(anchor)} \\h"),
            ],
            "Pages",
        )
        for anchor, words in entries
    ]


class NotWord(ValueError):
    """The bytes are no Word document that can be read."""


# Unpacked. The largest plan is a tenth of it; what is meant to fill the memory is far more.
LARGEST = 100_000_000


def open_word(content: bytes) -> "Opened":
    """Somebody's file. Its XML is read without entities (python-docx sees to it)."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise NotWord("too large")
        return Opened(Document(BytesIO(content)))
    except NotWord:
        raise
    except Exception as error:  # whatever python-docx stumbles over in a broken file
        raise NotWord(str(error)) from error


class _Beside:
    """What stands beside the text of a document, or of its footnotes."""

    def __init__(self, part: Any) -> None:
        self._part = part

    def address(self, relation: str) -> str:
        found = self._part.rels.get(relation)
        return str(found.target_ref) if found is not None and found.is_external else ""

    def picture(self, relation: str) -> bytes | None:
        found = self._part.rels.get(relation)
        return found.target_part.blob if found is not None and not found.is_external else None

    def note(self, number: str) -> docx_places.Text | None:
        return self._notes.get(number)

    @cached_property
    def _notes(self) -> dict[str, docx_places.Text]:
        for relation in self._part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not relation.is_external:
                part = relation.target_part
                try:
                    root = parse_xml(part.blob)
                except XMLSyntaxError as error:
                    raise NotWord(str(error)) from error
                return {
                    note.get(qn("w:id")): docx_places.read_note(note, _Beside(part))
                    for note in root.findall(qn("w:footnote"))
                }
        return {}


class Opened:
    """A document to read: what stands in its places, and in none."""

    def __init__(self, document: Any) -> None:
        self._part, self._body = document.part, document.element.body

    @cached_property
    def found(self) -> docx_places.Found:
        return docx_places.read(self._body, _Beside(self._part))

    def attached(self, namespace: str) -> str | None:
        """What `Paper.attach` let ride along, whatever a program has called the file since."""
        for relation in self._part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not relation.is_external:
                try:
                    root = parse_xml(relation.target_part.blob)
                except XMLSyntaxError as error:
                    raise NotWord(str(error)) from error
                if root.tag == f"{{{namespace}}}plan":
                    return root.text
        return None

    def is_numbered(self, number: str, level: int) -> bool:
        """Whether that list has numbers on that level, or only points."""
        return (number, level) in self._numbered

    @cached_property
    def _numbered(self) -> set[tuple[str, int]]:
        """What has numbers: the number of the list, the level."""
        try:
            numbering = self._part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            return set()
        levels = {
            (kind.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl"))))
            for kind in numbering.findall(qn("w:abstractNum"))
            for level in kind.findall(qn("w:lvl"))
            if (form := level.find(qn("w:numFmt"))) is not None
            and form.get(qn("w:val")) not in ("bullet", "none")
        }
        return {
            (one.get(qn("w:numId")), level)
            for one in numbering.findall(qn("w:num"))
            for kind, level in levels
            if one.find(qn("w:abstractNumId")).get(qn("w:val")) == kind
        }


_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OWN = ("styles", "numbering", "settings")


@cache
def _skeleton() -> bytes:
    """An empty document in our own styles, for python-docx to begin from."""
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name}+xml"/>' for name in _OWN
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(_OWN, start=1)
    )
    files = {
        "[Content_Types].xml": f'{declaration}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'{declaration}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f"{declaration}<w:document {nsdecls('w', 'r')}><w:body>"
        "<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": f'{declaration}<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
    }
    files |= {f"word/{name}.xml": (_PARTS / f"{name}.xml").read_text("utf-8") for name in _OWN}
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MIDNIGHT), content)
    return made.getvalue()


def _settled(written: BytesIO) -> bytes:
    """The same file, whenever it was made."""
    made = BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _MIDNIGHT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return made.getvalue()
