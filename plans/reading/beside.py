"""What stands beside the cells of a sheet: comments, pictures, text boxes, charts, page headings,
and addresses that a text leads to."""

import posixpath
import re
from collections.abc import Iterator, Mapping

from plans.reading.sheet import Around, Place, place_of
from plans.reading.source import Note, cell_name
from samverkan.office.ooxml import Element, Package, Relation, linked
from samverkan.text import clean, clean_line

COMMENT, ANSWER, PICTURE, TEXT_BOX = "Kommentar", "Svar på kommentar", "Bild", "Textruta"
CHART, FIGURE, EMBEDDED, LINK = "Diagram", "Figur", "Inbäddad fil", "Länk"
_PAGE_HEADINGS = {
    "oddHeader": "Sidhuvud",
    "evenHeader": "Sidhuvud",
    "firstHeader": "Sidhuvud",
    "oddFooter": "Sidfot",
    "evenFooter": "Sidfot",
    "firstFooter": "Sidfot",
}
# In a page heading: fonts, sizes and colours; what is filled in when it is printed.
_DRESS = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[BIUESXYGHO+-])')
_PARTS = re.compile(r"&[LCR]")
_FILLED_IN = re.compile(r"&[PNDTZFA]")
_OF_PAGES = re.compile(r"\b(?:sida|sidan|sid|page|av|of)\b|[\W\d_]", re.IGNORECASE)


class Beside:
    """The notes of one sheet, in order; the pictures that it shows are remembered."""

    def __init__(self, package: Package, sheet: str, part: str, around: Around):
        self.package, self.sheet, self.tree = package, sheet, around.tree
        self.links = around.links
        self.related = package.related(part)
        self.shown: set[str] = set()

    def notes(self, texts: Mapping[Place, str]) -> Iterator[Note]:
        yield from self._comments()
        yield from self._drawings()
        yield from self._embedded()
        yield from self._links(texts)
        yield from self._page_headings()

    @property
    def has_nothing(self) -> bool:
        return (
            not self.related
            and not self.links
            and (self.tree is None or self.tree.find("{*}headerFooter") is None)
        )

    def _note(self, where: str, label: str, text: str) -> Iterator[Note]:
        if text := clean(text):
            yield Note(f"{self.sheet}, {where}" if where else self.sheet, label, text)

    def _of_kind(self, kind: str) -> Iterator[Element]:
        for one in self.related.values():
            if one.kind == kind and (tree := self.package.tree(one.target)) is not None:
                yield tree

    def _comments(self) -> Iterator[Note]:
        """A thread has a copy for an older Excel, with an explanation of why it is one."""
        in_threads = set()
        for tree in self._of_kind("threadedComment"):
            for one in tree.iterfind("{*}threadedComment"):
                in_threads.add(one.get("ref"))
                text = "".join(piece.text or "" for piece in one.iterfind("{*}text"))
                yield from self._note(
                    one.get("ref", ""), ANSWER if one.get("parentId") else COMMENT, text
                )
        for tree in self._of_kind("comments"):
            for one in tree.iterfind("{*}commentList/{*}comment"):
                if one.get("ref") not in in_threads:
                    yield from self._note(one.get("ref", ""), COMMENT, _runs(one, "{*}text//{*}t"))

    def _drawings(self) -> Iterator[Note]:
        for drawing in [one for one in self.related.values() if one.kind == "drawing"]:
            tree, related = self.package.tree(drawing.target), self.package.related(drawing.target)
            for again in [*tree.iter("{*}Fallback")] if tree is not None else ():
                again.getparent().remove(again)  # the same once more, for an older Excel
            for anchor in tree if tree is not None else ():
                where = _anchored(anchor)
                for shape in anchor.iterfind(".//{*}sp"):
                    yield from self._note(where, TEXT_BOX, _paragraphs(shape))
                for picture in anchor.iterfind(".//{*}pic"):
                    yield from self._note(where, PICTURE, self._picture(picture, related))
                for frame in anchor.iterfind(".//{*}graphicFrame"):
                    yield from self._frame(where, frame, related)

    def _picture(self, picture: Element, related: Mapping[str, Relation]) -> str:
        """What it is said to show, and what the file is called."""
        said = next(picture.iterfind(".//{*}cNvPr"), None)
        alt = (said.get("descr") or said.get("title") or "") if said is not None else ""
        targets = []
        for blip in picture.iterfind(".//{*}blip"):
            for name in ("embed", "link"):
                if found := related.get(linked(blip, name)):
                    self.shown.add(found.target)
                    targets.append(posixpath.basename(found.target))
        name = ", ".join(targets)
        return f"{clean_line(alt)} ({name})" if alt and name else clean_line(alt) or name or PICTURE

    def _frame(self, where: str, frame: Element, related: Mapping[str, Relation]) -> Iterator[Note]:
        said = next(frame.iterfind(".//{*}cNvPr"), None)
        alt = said.get("descr", "") if said is not None else ""
        for chart in frame.iterfind(".//{*}graphicData/{*}chart"):
            found = related.get(linked(chart))
            tree = self.package.tree(found.target) if found else None
            title = "\n".join(_titles(tree)) if tree is not None else ""
            yield from self._note(where, CHART, title or alt or "utan rubrik")
        for figure in frame.iterfind(".//{*}graphicData/{*}relIds"):
            found = related.get(linked(figure, "dm"))
            tree = self.package.tree(found.target) if found else None
            text = _paragraphs(tree) if tree is not None else ""
            yield from self._note(where, FIGURE, text or alt or "utan text")

    def _embedded(self) -> Iterator[Note]:
        for one in self.related.values():
            if one.kind in ("oleObject", "package") and not one.is_outside:
                yield from self._note("", EMBEDDED, posixpath.basename(one.target))

    def _links(self, texts: Mapping[Place, str]) -> Iterator[Note]:
        addresses = dict(self.links)
        for link in (
            self.tree.iterfind("{*}hyperlinks/{*}hyperlink") if self.tree is not None else ()
        ):
            found, place = self.related.get(linked(link)), place_of(link.get("ref", ""))
            if found and place:
                addresses[place] = found.target
        for place, address in addresses.items():
            if not _is_said(address, texts.get(place, "")):
                yield from self._note(cell_name(*place), LINK, address)

    def _page_headings(self) -> Iterator[Note]:
        told = set()
        for one in self.tree.iterfind("{*}headerFooter/*") if self.tree is not None else ():
            label = _PAGE_HEADINGS.get(one.tag.rpartition("}")[2])
            text = _printed(one.text or "")
            if label and (label, text) not in told:
                told.add((label, text))
                yield from self._note("", label, text)


def _runs(tree: Element, path: str) -> str:
    return "".join(run.text or "" for run in tree.iterfind(path))


def _titles(chart: Element) -> Iterator[str]:
    """Written, or fetched from a cell."""
    for title in chart.iter("{*}title"):
        yield _paragraphs(title) or _runs(title, ".//{*}strCache//{*}v")


def _paragraphs(tree: Element) -> str:
    """The text of a shape, one line to a paragraph."""
    lines = []
    for paragraph in tree.iter("{*}p"):
        pieces = []
        for one in paragraph.iter("{*}t", "{*}br"):
            pieces.append("\n" if one.tag.endswith("}br") else one.text or "")
        lines.append("".join(pieces))
    return "\n".join(lines)


def _anchored(anchor: Element) -> str:
    """The cell that the upper left corner is in, if it is in one."""
    start = next(anchor.iterfind("{*}from"), None)
    if start is None:
        return ""
    row, column = (start.findtext(f"{{*}}{name}") or "0" for name in ("row", "col"))
    return cell_name(int(row), int(column)) if f"{row}{column}".isdecimal() else ""


def _printed(heading: str) -> str:
    """The words of a page heading, without what is filled in on the paper: "Sida 1 av 3"."""
    text = _PARTS.sub("\n", _DRESS.sub("", heading.replace("&&", "\0")))
    lines = (" ".join(line.split()) for line in _FILLED_IN.sub(" ", text).splitlines())
    return "\n".join(line for line in lines if _OF_PAGES.sub("", line)).replace("\0", "&")


def _is_said(address: str, text: str) -> bool:
    """Whether one who reads the text reads the address."""
    bare = re.sub(r"^(?:mailto:|https?://)(?:www\.)?", "", address.strip(), flags=re.IGNORECASE)
    return bare.rstrip("/").casefold() in text.casefold()
