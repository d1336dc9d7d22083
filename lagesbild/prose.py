"""The running text of a report, in the pieces that are more than words: footnotes and references.

A footnote stands where its mark stands, `<span class="fotnot">its words</span>`. A reference leads to
a figure or a section by its UUID, `<a href="#uuid">figur</a>`: the number is not in the text.
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from uuid import UUID

from samverkan.text import NOTE, clean_prose

_IN_A_NOTE = {"strong", "em", "a", "br"}


@dataclass(frozen=True)
class Reference:
    target: UUID
    words: str  # as HTML: what stands before the number

    @property
    def html(self) -> str:
        return f'<a href="#{self.target}">{self.words}</a>'


@dataclass(frozen=True)
class Note:
    pieces: tuple["Piece", ...]  # no footnotes among them


# A str is HTML that is only words and their form.
Piece = str | Note | Reference


def pieces_of(html: str) -> list[Piece]:
    reader = _Reader()
    reader.feed(clean_prose(html))
    reader.close()
    (text,) = reader.open
    return text.pieces


def joined(
    pieces: Iterable[Piece],
    note: Callable[[Note], str],
    reference: Callable[[Reference], str],
) -> str:
    """The pieces as HTML again, with what somebody makes of each footnote and each reference."""
    said = []
    for piece in pieces:
        if isinstance(piece, Note):
            said.append(note(piece))
        else:
            said.append(reference(piece) if isinstance(piece, Reference) else piece)
    return "".join(said)


def with_references(html: str, said: Callable[[Reference], str]) -> str:
    """The same text, with what somebody makes of each reference in it and in its footnotes."""

    def whole(note: Note) -> str:
        return f'<span class="{NOTE}">{joined(note.pieces, whole, said)}</span>'

    return joined(pieces_of(html), whole, said)


def references_in(html: str) -> list[Reference]:
    """Those of the text, and of its footnotes."""
    found: list[Reference] = []

    def kept(one: Reference) -> str:
        found.append(one)
        return one.html

    with_references(html, kept)
    return found


def without_references(html: str, known: Set[UUID]) -> str:
    """The same text, in which what leads to anything else than that is plain words."""
    if 'href="#' not in html:
        return html
    return with_references(html, lambda one: one.html if one.target in known else one.words)


@dataclass
class _Open:
    """The text itself, or a footnote or a reference in it that has begun."""

    pieces: list[Piece] = field(default_factory=list)
    target: UUID | None = None


class _Reader(HTMLParser):
    """Of what `clean_prose` has written: no footnote stands in another, nor in a link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Open()]

    def handle_starttag(self, tag: str, attrs: list) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "span":
            self.open.append(_Open())
        elif href.startswith("#"):
            self.open.append(_Open(target=UUID(href[1:])))
        else:
            self._add(f'<a href="{escape(href)}">' if href else f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._add(Note(tuple(self.open.pop().pieces)))
        elif tag == "a" and self.open[-1].target:
            ended = self.open.pop()
            words = "".join(piece for piece in ended.pieces if isinstance(piece, str))
            self._add(Reference(ended.target, words) if ended.target else words)
        else:
            self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._add(escape(data, quote=False))

    def _add(self, piece: Piece) -> None:
        pieces = self.open[-1].pieces
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
