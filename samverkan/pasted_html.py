"""What is copied in Word, LibreOffice, Google Docs, Outlook or a browser, as our own small HTML.

Words and their structure stay: headings, paragraphs, lists, emphasis, links, footnotes. A row of a
table becomes a paragraph. What nobody saw where it was copied (scripts, styles, tracking pictures,
hidden text, comments between colleagues, deleted words) is gone.

    from_clipboard('<p class=MsoNormal><b>Torget</b> är otryggt<o:p></o:p></p>')
    -> '<p><strong>Torget</strong> är otryggt</p>'

nh3 reads the HTML as a browser does; what it has made whole is walked here and written anew, block by
block. The same is done in a browser by static/js/rich/small.js, and tests/pasted.py holds the two
together.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from samverkan.text import LINKS, NOTE, REFERENCE, clean_prose, undress

MOST_DEPTH = 500  # of tags in tags; the time that it takes to clean them grows with its square

BOLD = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:(bold|[6-9]00)|normal|400)", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![\w-])font-style\s*:\s*(?:(italic|oblique)|normal)", re.IGNORECASE)
# A list of Word's is paragraphs; the mark before each is text that a browser is told to pass over.
LIST_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel(\d)", re.IGNORECASE)
LIST_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_LEFT_OUT = re.compile(
    rf"{NOT_SHOWN.pattern}|mso-hide\s*:\s*all|mso-element\s*:\s*comment-list", re.I
)
_LEFT_OUT_CLASSES = {"MsoCommentReference", "msocomanchor", "msoDel"}
_LIST = re.compile(r"mso-list\s*:\s*(l\d+)\s+level\d+\s+(lfo\d+)", re.IGNORECASE)
_OUTLINE = re.compile(r"mso-outline-level\s*:\s*([1-9])", re.IGNORECASE)
# Where Word's own words about a list are gone, only its mark and the space after it are left.
_BARE_MARK = re.compile(
    r"\s*([·•▪●◦§Øüo–-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])(?:\t|[\s\xa0]{2,})"
)
_NUMBER = re.compile(r"\s*\(?(?:(?:\d+\.)*\d+|[a-z]|[ivx]+)[.)]\s*", re.IGNORECASE)

_SPACES = re.compile("[ \t\r\n\f\xa0]{2,}|[\t\r\n\f]")
_SPACE = " \t\r\n\f\xa0"
_LEVELS = set("12345678")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    *("p", "div", "pre", "ul", "ol", "li", "blockquote", "dl", "dt", "dd", "hr", "center"),
    *("table", "caption", "tr", "td", "th", "article", "section", "header", "footer", "main"),
    *("aside", "nav", "address", "figure", "figcaption", "details", "summary", "fieldset"),
    *_HEADINGS,
}
_SAID_OF_ALL = {"class", "style", "id", "role", "aria-level", "data-aria-level"}
_ALLOWED: dict[str, set[str]] = {
    **dict.fromkeys(
        {*_BLOCKS, "span", "b", "strong", "i", "em", "font", "del", "br"}, _SAID_OF_ALL
    ),
    "ol": {*_SAID_OF_ALL, "start"},
    "a": {*_SAID_OF_ALL, "href", "name"},
}
_GONE = {
    "script",
    "style",
    "title",
    "template",
    "noscript",
    "xml",
    "svg",
    "math",
    "iframe",
    "object",
}
_GONE |= {"video", "audio", "canvas", "select", "datalist"}
_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)
# Nobody has to end these.
_UNENDED = {"p", "li", "td", "th", "tr", "br", "img", "col", "meta", "link", "hr", "input", "o:p"}


def from_clipboard(html: str, *, is_prose: bool = True) -> str:
    """Where it is no prose, footnotes stand in the text and references lead nowhere; no word is lost."""
    while tag := too_deep(html):
        html = re.sub(rf"</?{re.escape(tag)}(?=[\s/>])[^>]*>", " ", html, flags=re.IGNORECASE)
    reader = _Reader()
    reader.feed(undress(html, tags=set(_ALLOWED), attributes=_ALLOWED, clean_content_tags=_GONE))
    reader.close()
    return clean_prose(_Writer(_Walk(reader.root), is_prose).written())


def too_deep(html: str) -> str:
    """The tag that stands in itself so many times that the rest is a waste of time, if one does."""
    is_open: Counter[str] = Counter()
    for end, name in _TAG.findall(html):
        tag = name.lower()
        if tag in _UNENDED or (end and not is_open[tag]):
            continue
        is_open[tag] += -1 if end else 1
        if is_open[tag] > MOST_DEPTH:
            return tag
    return ""


# --- The tree that nh3 has made whole ---


@dataclass(eq=False)
class _Node:
    tag: str
    said: dict[str, str]
    parent: "_Node | None" = None
    children: list["_Node | str"] = field(default_factory=list)

    @property
    def looks(self) -> str:
        return self.said.get("style", "")

    def all(self) -> Iterator["_Node"]:
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, _Node)]

    def words(self) -> str:
        return "".join(
            child for node in self.all() for child in node.children if isinstance(child, str)
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = _Node("", {})

    def handle_starttag(self, tag: str, attrs: list) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(node)
        if tag not in ("br", "hr"):
            self.at = node

    def handle_endtag(self, tag: str) -> None:
        self.at = self.at.parent or self.at

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def _notes(root: _Node) -> dict[_Node, _Node]:
    """The mark of each footnote, and what holds its words: two links that lead to each other."""
    links = [node for node in root.all() if node.tag == "a"]
    named = {name: link for link in links for name in (link.said.get("name"), link.said.get("id"))}
    order = {link: place for place, link in enumerate(links)}

    def target(link: _Node) -> _Node | None:
        href = link.said.get("href", "")
        return named.get(href[1:]) if len(href) > 1 and href.startswith("#") else None

    pairs = [
        (mark, twin)
        for mark in links
        if (twin := target(mark)) and target(twin) is mark and order[mark] < order[twin]
    ]
    ends = {link for pair in pairs for link in pair}
    return {mark: _holder(twin, ends) for mark, twin in pairs}


def _holder(twin: _Node, ends: set[_Node]) -> _Node:
    """The paragraph that a footnote begins with, or what is there to hold all its paragraphs."""
    holder = twin
    while (parent := holder.parent) and parent.tag:
        is_whole = parent.tag == "div" and ("id" in parent.said or "mso-element" in parent.looks)
        if holder.tag in _BLOCKS and not is_whole:
            break
        if any(node in ends and node is not twin for node in parent.all()):
            break
        holder = parent
    return holder


# --- What is read off the tree ---


@dataclass(frozen=True)
class _Run:
    """Words in one dress; or a line break, or the place of a footnote."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: int = -1


_LINE = _Run("\n", note=-2)


@dataclass
class _Block:
    runs: list[_Run]
    heading: int | None = None
    is_quote: bool = False
    level: int = 0  # of the list that it is a point in; 0 where it is in none
    is_numbered: bool = False
    of_list: object = None  # two lists of numbers after each other are two
    goes_on: bool = False  # the point that it stands in has begun already


@dataclass(frozen=True)
class _Dress:
    """What holds for the words here."""

    bold: bool = False
    italic: bool = False
    link: str = ""
    heading: int | None = None
    is_quote: bool = False
    is_as_typed: bool = False
    is_left_out: bool = False
    lists: tuple[_Node, ...] = ()
    level: int = 0
    item: _Node | None = None  # the point in a list
    may_be_item: bool = False
    note: int = -1  # the footnote that the words are in


class _Walk:
    def __init__(self, root: _Node) -> None:
        self.blocks: list[_Block] = []
        self.notes: list[list[_Run]] = []
        self.placed: set[int] = set()
        self.runs: list[_Run] = []
        self.dress = _Dress()
        self.begun: set[_Node] = set()  # points of which something has been said
        self.numbered: set[_Node] = set()  # points of Word's lists
        self.rows: list[list[int]] = []  # where the cells of each open row begin
        self.marks: dict[_Node, int] = {}
        self.holders: dict[_Node, int] = {}
        self.twins: set[str | None] = set()
        for mark, holder in _notes(root).items():
            if holder not in self.holders:  # one with two marks has its words at the first
                self.marks[mark] = self.holders[holder] = len(self.notes)
                self.notes.append([])
                self.twins.add(mark.said["href"][1:])
        self._walk(root)
        self._break()
        for number, runs in enumerate(self.notes):
            if number not in self.placed and runs:
                self.blocks += [_Block(part) for part in _paragraphs(runs, is_whole=True)]

    def _walk(self, root: _Node) -> None:
        """With a stack of its own: what is pasted may be deeper than Python goes."""
        waiting: list[tuple[_Node, Iterator, _Dress]] = [(root, iter(root.children), self.dress)]
        while waiting:
            node, children, before = waiting[-1]
            child = next(children, None)
            if child is None:
                waiting.pop()
                self._end(node)
                self.dress = before
            elif isinstance(child, str):
                self._say(child)
            else:
                waiting.append((child, iter(child.children), self.dress))
                self._start(child)

    def _start(self, node: _Node) -> None:
        tag, style = node.tag, node.looks
        classes = set(node.said.get("class", "").split())
        if tag in _BLOCKS:
            self._break()
        if tag == "del" or _LEFT_OUT.search(style) or classes & _LEFT_OUT_CLASSES:
            self._wear(is_left_out=True)
        if node in self.holders and self.dress.note < 0:
            self._break()
            self._wear(note=self.holders[node])
        if LIST_MARK.search(style):
            if self.dress.item is not None and _NUMBER.fullmatch(node.words()):
                self.numbered.add(self.dress.item)
            self._wear(is_left_out=True)
        if tag == "br":
            self._add(_LINE)
        elif tag == "a":
            self._start_link(node)
        elif tag == "span" and NOTE in classes:
            self._start_note()
        elif tag in ("b", "strong", "i", "em"):
            self._wear(**{"bold" if tag in ("b", "strong") else "italic": True})
        elif tag in _BLOCKS:
            self._start_block(node, classes)
        for name, look in (("bold", BOLD), ("italic", _ITALIC)):
            if found := look.search(style):
                self._wear(**{name: bool(found[1])})

    def _start_link(self, node: _Node) -> None:
        href = node.said.get("href", "").strip()
        if node in self.marks and self.dress.note < 0:
            self._place(self.marks[node])
            self._wear(is_left_out=True)  # its number runs by itself
        elif self.twins & {node.said.get("name"), node.said.get("id")} and self.dress.note >= 0:
            self._wear(is_left_out=True)
        elif REFERENCE.fullmatch(href):
            self._wear(link=href)
            self._add(_Run("", link=href))
        elif href.partition(":")[0].lower() in LINKS:
            self._wear(link=href)

    def _start_note(self) -> None:
        if self.dress.note < 0:
            self.notes.append([])
            self._place(len(self.notes) - 1)
            self._wear(note=len(self.notes) - 1, bold=False, italic=False, link="")
        else:
            self._add(_Run(" "))

    def _start_block(self, node: _Node, classes: set[str]) -> None:
        tag = node.tag
        heading = _heading(node, classes)
        if heading is not None:
            self._wear(heading=heading)
        if tag in ("ul", "ol"):
            self._wear(lists=(*self.dress.lists, node), item=None)
        elif tag == "li":
            told = node.said.get("data-aria-level") or node.said.get("aria-level") or ""
            level = max(len(self.dress.lists), int(told) if told in _LEVELS else 1)
            self._wear(item=node, level=level, heading=None)
        elif (
            heading is None and self.dress.item is None and (found := LIST_LEVEL.search(node.looks))
        ):
            self._wear(item=node, level=int(found[1]))
        elif tag == "blockquote":
            self._wear(is_quote=True)
        elif tag == "pre":
            self._wear(is_as_typed=True)
        elif tag == "tr":
            self.rows.append([len(self.blocks)])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append(len(self.blocks))
        self._wear(may_be_item=any(name.startswith("MsoListParagraph") for name in classes))

    def _end(self, node: _Node) -> None:
        if node.tag in _BLOCKS:
            self._break()
        if node.tag == "tr" and self.rows:
            self._end_row(self.rows.pop())

    def _end_row(self, begins: list[int]) -> None:
        """One paragraph, where each cell is at most one; else the cells stand after each other."""
        places = [*begins, len(self.blocks)]
        cells = [self.blocks[one:other] for one, other in zip(places, places[1:], strict=False)]
        said = [cell for cell in cells if cell]
        if len(said) < 2 or any(map(_is_more_than_a_line, said)):
            return
        runs = [run for (block,) in said for run in (_Run(" | "), *block.runs)]
        self.blocks[begins[0] :] = [replace(said[0][0], runs=runs[1:])]

    def _wear(self, **changes: object) -> None:
        self.dress = replace(self.dress, **changes)  # type: ignore[arg-type]

    def _say(self, words: str) -> None:
        dress = self.dress
        words = words.replace("\u200b", "")  # no width, no word: an editor's own room beside a mark
        for place, line in enumerate(words.split("\n") if dress.is_as_typed else [words]):
            if place:
                self._add(_LINE)
            self._add(_Run(line, dress.bold and dress.heading is None, dress.italic, dress.link))

    def _add(self, run: _Run) -> None:
        if self.dress.is_left_out:
            return
        if self.dress.note >= 0:
            self.notes[self.dress.note].append(_Run(" ") if run == _LINE else run)
        else:
            self.runs.append(run)

    def _place(self, note: int) -> None:
        self.placed.add(note)
        self._add(_Run("", note=note))

    def _break(self) -> None:
        """A paragraph ends."""
        dress = self.dress
        if dress.note >= 0:
            self._add(_Run(" "))
            return
        runs, self.runs = self.runs, []
        made = _Block([], dress.heading, dress.is_quote)
        if dress.item is not None:
            made = self._point(dress)
        elif dress.may_be_item and (mark := _BARE_MARK.match(_text(runs))):
            runs = _without(runs, mark.end())
            made = _Block([], level=1, is_numbered=bool(_NUMBER.fullmatch(mark[1])))
        for part in _paragraphs(runs, is_whole=made.level > 0):
            self.blocks.append(replace(made, runs=part))
            if dress.item is not None:
                self.begun.add(dress.item)

    def _point(self, dress: _Dress) -> _Block:
        item, lists = dress.item, dress.lists
        assert item is not None
        of_list: object = None
        if item.tag == "li":
            is_numbered = bool(lists) and lists[-1].tag == "ol"
            if is_numbered and lists[-1].said.get("start", "1") == "1":
                of_list = lists[-1]
        else:
            is_numbered = item in self.numbered
            found = _LIST.search(item.looks)
            of_list = found.groups() if found else None
        goes_on = item in self.begun
        return _Block([], None, dress.is_quote, dress.level, is_numbered, of_list, goes_on)


def _heading(node: _Node, classes: set[str]) -> int | None:
    if node.tag in _HEADINGS:
        return _HEADINGS[node.tag]
    if "MsoTitle" in classes:
        return 0
    if node.said.get("role") == "heading":
        told = node.said.get("aria-level", "")
        return int(told) if told in _LEVELS else 2
    found = _OUTLINE.search(node.looks)
    return int(found[1]) if found and node.tag == "p" else None


def _is_more_than_a_line(cell: list[_Block]) -> bool:
    return len(cell) > 1 or cell[0].level > 0 or cell[0].heading is not None


def _text(runs: Iterable[_Run]) -> str:
    return "".join(run.text for run in runs)


def _without(runs: list[_Run], letters: int) -> list[_Run]:
    """The same words without the first so many letters."""
    left = []
    for run in runs:
        left.append(replace(run, text=run.text[letters:]))
        letters = max(0, letters - len(run.text))
    return left


def _paragraphs(runs: list[_Run], *, is_whole: bool) -> Iterator[list[_Run]]:
    """Two line breaks in a row begin a new paragraph, except in a point of a list."""
    lines = _lines(runs)
    if is_whole:
        lines = [line for line in lines if line]
    for is_empty, together in groupby(lines, key=lambda line: not line):
        if not is_empty:
            yield _joined(together)


def _joined(lines: Iterable[list[_Run]]) -> list[_Run]:
    return [run for line in lines for run in (_LINE, *line)][1:]


def _lines(runs: list[_Run]) -> list[list[_Run]]:
    lines: list[list[_Run]] = [[]]
    for run in runs:
        if run == _LINE:
            lines.append([])
        else:
            lines[-1].append(run)
    return [_tidy(line) for line in lines]


def _tidy(line: list[_Run]) -> list[_Run]:
    """One space between two words, and none at the ends; a single no-break space is one on purpose."""
    tidy: list[_Run] = []
    is_after_space = True
    for run in line:
        text = _SPACES.sub(" ", run.text)
        if is_after_space:
            text = text.lstrip(_SPACE)
        if text or run.note >= 0 or REFERENCE.fullmatch(run.link):
            tidy.append(replace(run, text=text))
            is_after_space = text[-1:] in (" ", "\xa0") if text else False
    if tidy and tidy[-1].note < 0:
        last = tidy.pop()
        text = last.text.rstrip(_SPACE)
        if text or REFERENCE.fullmatch(last.link):
            tidy.append(replace(last, text=text))
        else:
            return _tidy(tidy)  # it was a space and no more: what is before it may end in one too
    return tidy


# --- What is written ---


class _Writer:
    def __init__(self, walk: _Walk, is_prose: bool) -> None:
        self.blocks = walk.blocks
        self.notes = [_tidy(runs) for runs in walk.notes]
        self.is_prose = is_prose
        self.parts: list[str] = []
        self.lists: list[tuple[str, object]] = []  # those that are open
        self.is_quote = False

    def written(self) -> str:
        levels = {block.heading for block in self.blocks if block.heading is not None}
        is_ours = levels <= {3, 4}
        for block in self.blocks:
            words = self._inline(block.runs)
            if not words:
                continue
            if block.is_quote != self.is_quote:
                self._close_lists(0)
                self._quote(block.is_quote)
            if block.level:
                self._point(block, words)
                continue
            self._close_lists(0)
            tag = "p"
            if block.heading is not None:
                is_highest = block.heading == (3 if is_ours else min(levels))
                tag = "h3" if is_highest else "h4"
            self.parts.append(f"<{tag}>{words}</{tag}>")
        self._close_lists(0)
        self._quote(False)
        return "".join(self.parts)

    def _quote(self, is_quote: bool) -> None:
        if is_quote != self.is_quote:
            self.parts.append("<blockquote>" if is_quote else "</blockquote>")
        self.is_quote = is_quote

    def _point(self, block: _Block, words: str) -> None:
        if block.goes_on and self.lists:
            is_after_list = len(self.lists) > block.level
            self._close_lists(block.level)
            self.parts += [words] if is_after_list else ["<br>", words]
            return
        level = min(block.level, len(self.lists) + 1)
        kind = "ol" if block.is_numbered else "ul"
        self._close_lists(level)
        if len(self.lists) == level:
            before, of_list = self.lists[-1]
            is_another = block.is_numbered and block.of_list not in (None, of_list)
            if before != kind or is_another:
                self._close_lists(level - 1)
        if len(self.lists) == level:
            self.parts.append("</li><li>")
        else:
            self.parts.append(f"<{kind}><li>")
            self.lists.append((kind, block.of_list))
        self.parts.append(words)

    def _close_lists(self, down_to: int) -> None:
        while len(self.lists) > down_to:
            self.parts.append(f"</li></{self.lists.pop()[0]}>")

    def _inline(self, runs: list[_Run]) -> str:
        written = ""
        for link, linked in groupby(runs, key=lambda run: run.link):
            words = "".join(self._run(run) for run in _merged(linked))
            if link and (self.is_prose if link.startswith("#") else words):
                words = f'<a href="{escape(link)}">{words}</a>'
            written += words
        return written

    def _run(self, run: _Run) -> str:
        if run == _LINE:
            return "<br>"
        if run.note >= 0:
            return self._note(self._inline(self.notes[run.note]))
        words = escape(run.text, quote=False)
        if not words.strip():
            return words
        words = f"<em>{words}</em>" if run.italic else words
        return f"<strong>{words}</strong>" if run.bold else words

    def _note(self, words: str) -> str:
        if not words:
            return ""
        if self.is_prose:
            return f'<span class="{NOTE}">{words}</span>'
        return f" [fotnot: {words}]"


def _merged(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Word tears a word apart where it has looked at its spelling."""

    def dress(run: _Run) -> tuple:
        return run.bold, run.italic, run.note, run == _LINE

    for _, alike in groupby(runs, key=dress):
        first, *more = alike
        if first == _LINE or first.note >= 0:
            yield from (first, *more)
        else:
            yield replace(first, text=_text([first, *more]))
