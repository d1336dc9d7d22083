"""Paragraphs, lists and tables of words as the small HTML of a report."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby

from lagesbild.reading.flow import Rows, Text
from lagesbild.reading.lines import as_item, raw, rows_of
from samverkan.office.word import ENDNOTE, FOOTNOTE
from samverkan.office.word_pieces import Box, Line, Run, Thing
from samverkan.text import LINKS, clean_prose, clean_rich

_HEADINGS = 2  # that a text has of its own: h3, h4

Place = Callable[[Thing], None]


def prose(entries: Iterable[Text | Rows], place: Place | None) -> str:
    """`place` is told of each footnote that has come in; without it there are none, in a rich text."""
    html: list[str] = []
    items: list[tuple[int, bool, str]] = []

    def end_list() -> None:
        if items:
            html.append(_list(items))
            items.clear()

    for entry in entries:
        if isinstance(entry, Rows):
            end_list()
            html.append(_table(entry, place))
            continue
        for line in _typed(entry.line):
            said = inline(line, place)
            if line.item and said:
                items.append((line.item, line.is_ordered, said))
                continue
            end_list()
            if line.heading is not None and said:
                level = 2 + min(max(line.heading, 1), _HEADINGS)
                html.append(f"<h{level}>{said}</h{level}>")
            elif said:
                html.append(f"<p>{said}</p>")
    end_list()
    written = "".join(html)
    return clean_prose(written) if place else clean_rich(written)


def inline(line: Line, place: Place | None = None) -> str:
    looks = _heading_looks if line.heading is not None else _looks
    html = ""
    for (thing, is_bold, is_italic, link), runs in groupby(line.runs, looks):
        if thing is None:
            words = "".join(run.words for run in runs)
            html += _dressed(words, is_bold=is_bold, is_italic=is_italic, link=link)
        elif place and thing.label in (FOOTNOTE, ENDNOTE):
            said = "<br>".join(filter(None, map(inline, thing.lines)))
            html = html.rstrip() + f'<span class="fotnot">{said}</span>' if said else html
            place(thing)
    return re.sub(r"^(?:\s|<br>)+|(?:\s|<br>)+$", "", re.sub(r"[ \t]+", " ", html))


def _looks(run: Run) -> tuple[Thing | None, bool, bool, str]:
    return run.thing, run.is_bold, run.is_italic, run.link


def _heading_looks(run: Run) -> tuple[Thing | None, bool, bool, str]:
    return run.thing, False, False, run.link


def _dressed(words: str, *, is_bold: bool, is_italic: bool, link: str) -> str:
    """The tags stand close to the words, and the space around them outside."""
    bare = words.strip()
    if not bare:
        return escape(words, quote=False).replace("\n", "<br>")
    before, after = words[: words.index(bare)], words[words.index(bare) + len(bare) :]
    html = escape(bare, quote=False).replace("\n", "<br>")
    if is_italic:
        html = f"<em>{html}</em>"
    if is_bold:
        html = f"<strong>{html}</strong>"
    if link.partition(":")[0].lower() in LINKS:
        html = f'<a href="{escape(link)}">{html}</a>'
    return (before + html + after).replace("\n", "<br>")


def _typed(line: Line) -> Iterable[Line]:
    """A paragraph in which a list has been typed is one; any other is as it stands."""
    rows = [as_item(row) for row in rows_of(line)]
    if line.item or not any(row.item for row in rows):
        return [line]
    return rows


def _list(items: Sequence[tuple[int, bool, str]]) -> str:
    """Items that stand deeper are a list within the one above them."""
    html = ""
    open_lists: list[tuple[int, str]] = []
    for depth, is_ordered, said in items:
        while open_lists and open_lists[-1][0] > depth:
            html += f"</li></{open_lists.pop()[1]}>"
        tag = "ol" if is_ordered else "ul"
        if open_lists and open_lists[-1] == (depth, tag):
            html += "</li>"
        else:
            if open_lists and open_lists[-1][0] == depth:
                html += f"</li></{open_lists.pop()[1]}>"
            open_lists.append((depth, tag))
            html += f"<{tag}>"
        html += f"<li>{said}"
    while open_lists:
        html += f"</li></{open_lists.pop()[1]}>"
    return html


def _table(rows: Rows, place: Place | None) -> str:
    """A table of words: what its first row says, and an item for each row below."""
    said = [[_cell(box, place) for box in row] for row in rows.grid.rows]
    said = [[cell for cell in row if cell] for row in said]
    said = [row for row in said if row]
    if max((len(row) for row in said), default=0) < 2:
        return "".join(f"<p>{cell}</p>" for row in said for cell in row)
    html = ""
    first = rows.grid.rows[0]
    if len(said) > 1 and all(box.is_bold for box in first if box.text):
        bare = [re.sub(r"</?strong>", "", cell) for cell in said.pop(0)]
        html = f"<p><strong>{' – '.join(bare)}</strong></p>"
    return html + _list([(1, False, " – ".join(row)) for row in said])


def _cell(box: Box, place: Place | None) -> str:
    found = []
    for line in box.lines:
        for row in _typed(line):
            mark = "– " if row.item and raw(row).strip() else ""
            found.append(mark + inline(row, place))
    return "<br>".join(filter(None, found))
