"""Words come in clean and whole: control characters go, no word is lost or joined to the next."""

import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser
from typing import Any

import nh3

# What Word and Excel put between words. The rest of the control characters become a space.
_TRANSLATED = {
    "\r": "\n",
    "\x0b": "\n",  # Word's line break within a paragraph
    "\x0c": "\n",  # page break
    "\x1e": "\u2011",  # Word's non-breaking hyphen
    "\x1f": "\u00ad",  # Word's optional hyphen
    "\x85": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\ufeff": "",
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

# nh3 falls over one that says half of what alphabet the text is in. What they say is never read.
_META = re.compile(r"<meta(?=[\s/>])", re.IGNORECASE)

RICH_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "a", "blockquote"}
LINKS = {"http", "https", "mailto"}

NOTE = "fotnot"  # the class of a footnote's <span>
REFERENCE = re.compile(r"#[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def clean(text: str) -> str:
    """Plain text without control characters and without space at its ends."""
    if _CONTROL.search(text):
        text = text.replace("\r\n", "\n")
        text = _CONTROL.sub(lambda found: _TRANSLATED.get(found.group(), " "), text)
    return text.strip()


def clean_line(text: str) -> str:
    """A text that stands on one line: a name, a heading."""
    return " ".join(clean(text).split())


def clean_rich(html: str) -> str:
    """The small HTML that a lägesbild is written in; what is not in it loses its dress."""
    undressed = undress(html, tags=RICH_TAGS, attributes={"a": {"href"}}, url_schemes=LINKS)
    return clean(undressed)  # again: what was written as &#1; has become the character


def clean_prose(html: str) -> str:
    """The same with footnotes and references: `<span class="fotnot">`, `<a href="#uuid">`."""
    undressed = undress(
        html,
        tags=RICH_TAGS | {"span"},
        attributes={"a": {"href"}},
        allowed_classes={"span": {NOTE}},
        url_schemes=LINKS,
    )
    writer = _Prose()
    writer.feed(clean(undressed))
    writer.close()
    return clean("".join(writer.written))


class _Prose(HTMLParser):
    """Writes what nh3 has made whole, with its footnotes inline, filled and out of all links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.ends: list[str] = []  # what is written where each open tag ends
        self.note: list[str] | None = None  # of the one that is open
        self.waiting: list[str] = []  # footnotes in a link, until it ends
        self.is_linked = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        start, end = f"<{tag}>", f"</{tag}>"
        if tag == "span":
            start = end = ""
            if dict(attrs).get("class") == NOTE and self.note is None:
                self.note, end = [], NOTE
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            is_kept = _leads_somewhere(href) and not self.is_linked
            start, end = (f'<a href="{escape(href)}">', "</a>") if is_kept else ("", "")
            self.is_linked = self.is_linked or (is_kept and self.note is None)
        elif self.note is not None and tag not in ("strong", "em"):
            start = end = " "
        self._write(start)
        if tag != "br":
            self.ends.append(end)

    def handle_endtag(self, tag: str) -> None:
        end = self.ends.pop()
        if end == NOTE:
            self._end_note()
            return
        self._write(end)
        if end == "</a>" and self.note is None:
            self.is_linked = False
            self.written += self.waiting
            self.waiting = []

    def handle_data(self, data: str) -> None:
        self._write(escape(data, quote=False).replace("\xa0", "&nbsp;"))

    def _write(self, piece: str) -> None:
        (self.written if self.note is None else self.note).append(piece)

    def _end_note(self) -> None:
        note, self.note = "".join(self.note or []).strip(), None
        if re.sub(r"<[^>]*>|&nbsp;|\s", "", note):
            place = self.waiting if self.is_linked else self.written
            place.append(f'<span class="{NOTE}">{note}</span>')


def _leads_somewhere(href: str) -> bool:
    """To a page or an address; on a page only to a row, by its UUID."""
    scheme, colon, _ = href.partition(":")
    return bool(colon and scheme.lower() in LINKS) or bool(REFERENCE.fullmatch(href))


def undress(html: str, **what_stays: Any) -> str:
    return nh3.clean(_META.sub("<no-meta", clean(html)), link_rel=None, **what_stays)


def list_of(things: Iterable[object]) -> str:
    """ "a, b och c", as it stands in a sentence."""
    *most, last = [str(thing) for thing in things] or [""]
    return f"{', '.join(most)} och {last}" if most else last


def shortened(text: str, most: int) -> str:
    """On one line of at most so many letters, cut between two words."""
    line = clean_line(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    if not line[most - 1].isspace():
        cut = cut.rpartition(" ")[0] or cut  # one endless word is cut where it has to be
    return f"{cut.rstrip(' ,;:–-')}\u00a0…"  # which is never left alone on a line


# So much of a text is enough to know it by.
_KNOWN_BY = 70


def quoted(text: str) -> str:
    """So that it can be known again: ”Nattvandring på …”"""
    text = " ".join(text.split())
    if len(text) > _KNOWN_BY:
        text = text[:_KNOWN_BY].rsplit(" ", 1)[0].rstrip(",.;:–- ") + " …"
    return f"”{text}”" if text else ""


def same_words(text: str) -> str:
    """Two texts are one where this is the same: neither white space nor case counts."""
    return " ".join(text.split()).casefold()
