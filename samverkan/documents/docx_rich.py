"""The small HTML of samverkan.text as paragraphs in Word, and back."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from types import MappingProxyType

from samverkan.documents.docx_places import HEADING, Paragraph, Piece, Text, with_dates
from samverkan.documents.wordml import Element, paragraph, run
from samverkan.text import NOTE, clean_prose, clean_rich

BULLETS = 1  # the list of all that have bullets; one with numbers begins anew each time
LOWEST = 5  # of the headings that the styles know
DEEPEST = 8  # a list in a list in …

# How words become a link, and what stands in a text by its key.
LinkTo = Callable[[str, list[Element]], Element | list[Element]]
Inserted = Mapping[str, Sequence[Element]]
IsNumbered = Callable[[str, int], bool]

# In the language of whoever's Word has added them.
_QUOTE = re.compile(r"Quote|Citat")
_LETTER = re.compile(r"[a-z]{1,2}")  # of a part of a figure
_BULLETED, _NUMBERED = re.compile(r"ListBullet|Punktlista"), re.compile(r"ListNumber|Numreradlista")


def to_paragraphs(
    html: str,
    *,
    under: int,
    new_list: Callable[[], int],
    link_to: LinkTo,
    inserted: Inserted = MappingProxyType({}),
) -> list[Element]:
    """Under a heading of that level: its own headings follow with no level skipped.

    What is no words, a footnote say, stands in the text as <span id="key"></span>: a text with such
    has been cleaned by whoever put them in.
    """
    writer = _Writer(under, new_list, link_to, inserted)
    writer.feed(html if inserted else clean_rich(html))
    writer.close()
    writer.end_paragraph()
    return writer.paragraphs


def to_runs(
    html: str, *, link_to: LinkTo, inserted: Inserted = MappingProxyType({})
) -> list[Element]:
    """What stands within a paragraph."""
    writer = _Writer(0, lambda: BULLETS, link_to, inserted)
    writer.feed(html if inserted else clean_rich(html))
    writer.close()
    return writer.runs


class _Writer(HTMLParser):
    def __init__(
        self, under: int, new_list: Callable[[], int], link_to: LinkTo, inserted: Inserted
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.under, self.new_list, self.link_to = under, new_list, link_to
        self.inserted = inserted
        self.paragraphs: list[Element] = []
        self.runs: list[Element] = []
        self.lists: list[tuple[str, int]] = []  # those that are open: style, number
        self.heading_levels: dict[str, int] = {}
        self.heading = ""
        self.quotes = self.bold = self.italic = 0
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        match tag:
            case "p" if self.lists and self.runs:  # a second paragraph of a point in a list
                self.runs.append(run("\n"))
            case "p" | "li":
                self.end_paragraph()
            case "br":
                self.runs.append(run("\n"))
            case "span":
                self.runs += self.inserted.get(dict(attrs).get("id") or "", [])
            case "strong":
                self.bold += 1
            case "em":
                self.italic += 1
            case "a":
                self.link = dict(attrs).get("href") or ""
            case "blockquote":
                self.end_paragraph()
                self.quotes += 1
            case "ul":
                self.end_paragraph()
                self.lists.append(("ListBullet", BULLETS))
            case "ol":
                self.end_paragraph()
                self.lists.append(("ListNumber", self.new_list()))
            case "h3" | "h4":
                self.end_paragraph()
                deeper = tag == "h4" and "h3" in self.heading_levels
                self.heading_levels.setdefault(tag, min(self.under + 1 + deeper, LOWEST))
                self.heading = f"Heading{self.heading_levels[tag]}"

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "strong":
                self.bold -= 1
            case "em":
                self.italic -= 1
            case "a":
                self.link = ""
            case "p" if self.lists:
                pass
            case "p" | "li" | "h3" | "h4":
                self.end_paragraph()
                self.heading = ""
            case "blockquote":
                self.end_paragraph()
                self.quotes -= 1
            case "ul" | "ol":
                self.end_paragraph()
                self.lists.pop()

    def handle_data(self, data: str) -> None:
        words = re.sub(r"[ \t\n]+", " ", data)
        if not self.runs:
            words = words.lstrip(" ")
        if words:
            style = "Hyperlink" if self.link else ""
            made = run(words, style, bold=self.bold > 0, italic=self.italic > 0)
            linked = self.link_to(self.link, [made]) if self.link else made
            self.runs += linked if isinstance(linked, list) else [linked]

    def end_paragraph(self) -> None:
        if self.runs:
            if self.heading:
                made = paragraph(self.runs, self.heading)
            elif self.lists:
                style, number = self.lists[-1]
                level = min(len(self.lists) - 1, DEEPEST)
                made = paragraph(self.runs, style, level=level, list_number=number)
            else:
                made = paragraph(self.runs, "Quote" if self.quotes > 0 else "")
            self.paragraphs.append(made)
        self.runs = []


def to_html(text: Text, is_numbered: IsNumbered) -> str:
    """`is_numbered` says of a list in the document, on some level, whether it has numbers."""
    return clean_rich(_html(text, is_numbered, None))


def to_prose(text: Text, is_numbered: IsNumbered, anchors: Mapping[str, str]) -> str:
    """The same with its footnotes, and with references to what stands at those bookmarks."""
    return clean_prose(_html(text, is_numbered, anchors))


def _html(text: Text, is_numbered: IsNumbered, anchors: Mapping[str, str] | None) -> str:
    highest = min((level for level in map(_heading_level, text) if level), default=0)
    parts: list[str] = []
    lists: list[str] = []  # those that are open

    def close(down_to: int) -> None:
        while len(lists) > down_to:
            parts.append(f"</li></{lists.pop()}>")

    for part in text:
        words = _words(part, anchors)
        if not words.strip():
            continue
        level = _list_level(part)
        if level is None:
            close(0)
            parts.append(_block(part, words, highest))
            continue
        kind = "ol" if _is_numbered(part, level, is_numbered) else "ul"
        close(level + 1)
        if len(lists) == level + 1 and lists[-1] != kind:
            close(level)
        if len(lists) == level + 1:
            parts.append("</li><li>")
        while len(lists) < level + 1:
            lists.append(kind)
            parts.append(f"<{kind}><li>")
        parts.append(words)
    close(0)
    return "".join(parts)


def _block(part: Paragraph, words: str, highest: int) -> str:
    if level := _heading_level(part):
        tag = "h3" if level == highest else "h4"
        return f"<{tag}>{words}</{tag}>"
    if _QUOTE.match(part.style):
        return f"<blockquote>{words}</blockquote>"
    return f"<p>{words}</p>"


def _words(part: Paragraph, anchors: Mapping[str, str] | None) -> str:
    """Without `anchors`, a footnote is words among the others, and there are no references."""
    made = []
    for link, pieces in groupby(part.pieces, key=lambda piece: piece.link):
        if not link.startswith("#"):
            words = _dressed(pieces, anchors)
            is_link = link and words.strip()
            made.append(f'<a href="{escape(link)}">{words}</a>' if is_link else words)
        elif anchors and link[1:] in anchors:
            made.append(_reference(anchors[link[1:]], list(pieces), anchors))
        else:
            made.append(_dressed(pieces, anchors))
    return with_dates("".join(made))


def _reference(target: str, pieces: list[Piece], anchors: Mapping[str, str]) -> str:
    """The words before its number; the number itself, and the letter of a part, are not the text's."""
    worked_out = [place for place, piece in enumerate(pieces) if piece.is_worked_out]
    after = pieces[worked_out[-1] + 1 :] if worked_out else []
    if after and _LETTER.fullmatch(after[0].text):
        after = after[1:]
    words = _dressed(pieces[: worked_out[0]] if worked_out else pieces, anchors)
    return f'<a href="#{target}">{words.rstrip()}</a>{_dressed(after, anchors)}'


def _dressed(pieces: Iterable[Piece], anchors: Mapping[str, str] | None) -> str:
    made = []
    # Word tears a word apart where it has looked at its spelling.
    for (bold, italic, is_words), alike in groupby(pieces, key=_dress):
        if not is_words:
            made += [_note(piece.note, anchors) for piece in alike if piece.note is not None]
            continue
        words = "".join(piece.text for piece in alike)
        words = escape(words, quote=False).replace("\n", "<br>")
        if words.strip():
            words = f"<em>{words}</em>" if italic else words
            words = f"<strong>{words}</strong>" if bold else words
        made.append(words)
    return "".join(made)


def _dress(piece: Piece) -> tuple[bool, bool, bool]:
    return piece.bold, piece.italic, piece.note is None


def _note(note: Text, anchors: Mapping[str, str] | None) -> str:
    words = "<br>".join(_words(paragraph, anchors).strip() for paragraph in note)
    return f" [fotnot: {words}]" if anchors is None else f'<span class="{NOTE}">{words}</span>'


def _heading_level(part: Paragraph) -> int:
    found = HEADING.match(part.style)
    return int(found[1]) if found else 0


def is_listed(part: Paragraph) -> bool:
    return _list_level(part) is not None


def _list_level(part: Paragraph) -> int | None:
    if part.level is None and (_BULLETED.match(part.style) or _NUMBERED.match(part.style)):
        return 0
    return part.level


def _is_numbered(part: Paragraph, level: int, is_numbered: IsNumbered) -> bool:
    if part.list_number:
        return is_numbered(part.list_number, level)
    return bool(_NUMBERED.match(part.style))
