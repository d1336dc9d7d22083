"""Words come in clean and whole: control characters go, no word is lost or joined to the next."""

import re
from collections.abc import Iterable
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
    undressed = undress(
        html,
        tags=RICH_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
    )
    return clean(undressed)  # again: what was written as &#1; has become the character


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
