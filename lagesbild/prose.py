"""The running text of a report, in the pieces that are more than words: footnotes and references.

A footnote stands where its mark stands, `<span class="fotnot">its words</span>`. A reference leads to
a figure or a section by its UUID, `<a href="#uuid">figur</a>`: the number is not in the text.
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from uuid import UUID

from samverkan.text import RICH_TAGS, undress

NOTE = "fotnot"
_IN_A_NOTE = {"strong", "em", "a", "br"}


@dataclass(frozen=True)
class Reference:
    target: UUID
    words: str  # as HTML: what stands before the number


@dataclass(frozen=True)
class Note:
    pieces: tuple["Piece", ...]  # no footnotes among them


# A str is HTML that is only words and their form.
Piece = str | Note | Reference


def clean_prose(html: str) -> str:
    """The small HTML of a rich text, with footnotes and references; nothing else is left of it."""
    return undress(
        html,
        tags=RICH_TAGS | {"span"},
        attributes={"a": {"href"}},
        allowed_classes={"span": {NOTE}},
        url_schemes={"http", "https", "mailto"},
    )


def pieces_of(html: str) -> list[Piece]:
    reader = _Reader()
    reader.feed(clean_prose(html))
    reader.close()
    return reader.whole()


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


def without_references(html: str, known: Set[UUID]) -> str:
    """The same text, in which what leads to anything else than that is plain words."""
    if 'href="#' not in html:
        return html

    def kept(reference: Reference) -> str:
        if reference.target not in known:
            return reference.words
        return f'<a href="#{reference.target}">{reference.words}</a>'

    def whole(note: Note) -> str:
        return f'<span class="{NOTE}">{joined(note.pieces, whole, kept)}</span>'

    return joined(pieces_of(html), whole, kept)


@dataclass
class _Open:
    """A footnote or a reference that has begun."""

    pieces: list[Piece] = field(default_factory=list)
    target: UUID | None = None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Open()]
        self.spans: list[bool] = []  # of those that are open: whether it begins a footnote
        self.links: list[bool] = []  # whether it is a reference

    def whole(self) -> list[Piece]:
        return self.open[0].pieces

    @property
    def in_note(self) -> bool:
        return any(self.spans)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        if tag == "span":
            is_note = given.get("class") == NOTE and not self.in_note
            self.spans.append(is_note)
            if is_note:
                self.open.append(_Open())
        elif tag == "a" and (given.get("href") or "").startswith("#"):
            self.links.append(True)
            self.open.append(_Open(target=_uuid(given["href"][1:])))
        else:
            if tag == "a":
                self.links.append(False)
            if not self.in_note or tag in _IN_A_NOTE:
                self._add(
                    "".join([f"<{tag}", *(f' {k}="{escape(v or "")}"' for k, v in attrs), ">"])
                )

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            if self.spans and self.spans.pop():
                note = self.open.pop()
                self._add(Note(tuple(note.pieces)))
        elif tag == "a" and self.links and self.links.pop():
            ended = self.open.pop()
            words = joined(ended.pieces, lambda note: "", lambda inner: inner.words)
            self._add(Reference(ended.target, words) if ended.target else words)
            self.open[-1].pieces += [one for one in ended.pieces if isinstance(one, Note)]
        elif not self.in_note or tag in _IN_A_NOTE:
            self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._add(escape(data, quote=False))

    def _add(self, piece: Piece) -> None:
        pieces = self.open[-1].pieces
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
