"""A Word file as one flow: paragraphs, tables, and what is to be seen, each where it stands.

A text box stands after the paragraph that it hangs on. A table that only holds pictures in their
places, or the form of an area, is no table but what stands in it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from lagesbild.reading.tables import NumberTable, table_of
from samverkan.office.ooxml import Element
from samverkan.office.word import CHART, PICTURE, TEXT_BOX
from samverkan.office.word_pieces import Grid, Line, Thing


@dataclass
class Text:
    line: Line
    where: str


@dataclass
class Rows:
    grid: Grid
    where: str


@dataclass
class Medium:
    """What may be a figure, or a part of one."""

    where: str
    group: str  # those that stand in the same place
    about: str = ""  # for whoever does not see it
    image: str | None = None  # the part that it is; none is an image that is outside the file
    is_cropped: bool = False
    chart: Element | None = None
    table: NumberTable | None = None


Entry = Text | Rows | Medium
Place = Callable[[Thing], None]


def flow(
    blocks: Iterable[Line | Grid], is_form: Callable[[Grid], bool], place: Place
) -> Iterator[Entry]:
    """`is_form` knows the tables that are forms; `place` is told of what has come in."""
    for block in blocks:
        if isinstance(block, Line):
            where = f"stycke {block.number}" if block.number else "först i filen"
            yield from _of_line(block, where, where, place)
        else:
            yield from _of_grid(block, is_form, place)


def _of_line(line: Line, where: str, group: str, place: Place) -> Iterator[Entry]:
    kept = tuple(run for run in line.runs if run.thing is None or not _stands_apart(run.thing))
    if line.text:
        yield Text(replace(line, runs=kept), where)
    about = ""
    for thing in line.things:
        if thing.label == PICTURE:
            place(thing)
            about = thing.about
            for image in thing.images:
                yield Medium(where, group, about, image=image, is_cropped=thing.is_cropped)
        elif thing.label == CHART and thing.chart is not None and _has_series(thing.chart):
            place(thing)
            yield Medium(where, group, about, chart=thing.chart)
        elif thing.label == TEXT_BOX:
            place(thing)
            for inner in thing.lines:
                yield from _of_line(inner, f"textruta vid {where}", group, place)


def _stands_apart(thing: Thing) -> bool:
    return thing.label in (PICTURE, CHART, TEXT_BOX)


def _has_series(chart: Element) -> bool:
    return any(True for _ in chart.iter("{*}ser"))


def _of_grid(grid: Grid, is_form: Callable[[Grid], bool], place: Place) -> Iterator[Entry]:
    boxes = [box for row in grid.rows for box in row]
    things = [thing for box in boxes for line in box.lines for thing in line.things]
    has_media = any(map(_stands_apart, things))
    if is_form(grid):
        yield Rows(grid, grid.name)
        for box in boxes:  # whatever else stands in it comes after
            for line in box.lines:
                yield from _of_line(replace(line, text=""), grid.name, grid.name, place)
    elif has_media:
        for box in boxes:
            for line in box.lines:
                yield from _of_line(line, grid.name, grid.name, place)
    elif found := table_of(grid):
        yield Medium(grid.name, grid.name, table=found)
    else:
        yield Rows(grid, grid.name)
