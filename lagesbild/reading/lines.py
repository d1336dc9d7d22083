"""A paragraph cut into pieces that keep how their words look."""

import re
from collections.abc import Iterator
from dataclasses import replace

from samverkan.office.word_pieces import TYPED_ITEM, Line


def raw(line: Line) -> str:
    """Its words as its runs have them; `line.text` has been cleaned."""
    return "".join(run.words for run in line.runs)


def cut(line: Line, start: int, end: int | None = None) -> Line:
    """What stands between two places in its raw text. What stands at the end itself goes with it."""
    runs, at = [], 0
    end = len(raw(line)) if end is None else end
    for run in line.runs:
        if run.thing:
            if start <= at <= end and (at < end or at == len(raw(line))):
                runs.append(run)
            continue
        words = run.words[max(0, start - at) : max(0, end - at)]
        if words:
            runs.append(replace(run, words=words))
        at += len(run.words)
    text = "".join(run.words for run in runs).strip()
    return replace(line, runs=tuple(runs), text=text)


def rows_of(line: Line) -> Iterator[Line]:
    """Its lines, where it has been broken."""
    words, start = raw(line), 0
    if "\n" not in words:
        yield line
        return
    for part in words.split("\n"):
        piece = cut(line, start, start + len(part))
        start += len(part) + 1
        if piece.text:
            yield piece


def as_item(line: Line) -> Line:
    """An item that has been typed is one as well: without its sign."""
    if line.item or line.heading is not None:
        return line
    words = raw(line)
    before = len(words) - len(words.lstrip())
    if found := TYPED_ITEM.match(words[before:]):
        return replace(cut(line, before + found.end()), item=1)
    return line


def plain(line: Line) -> str:
    """Its words and where its links lead, without its looks."""
    said = ""
    for number, run in enumerate(line.runs):
        said += run.words
        following = line.runs[number + 1 : number + 2]
        is_last = not following or following[0].link != run.link
        if run.link and is_last and run.link not in said and run.link.startswith("http"):
            said += f" ({run.link})"
    return re.sub(r"[ \t]+", " ", said).strip()
