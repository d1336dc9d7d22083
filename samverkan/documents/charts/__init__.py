"""Charts as SVG, made on the server: the same on the page and on paper, readable in grey.

Every chart says its numbers, and the whole says in words what it shows (`<title>`). Ink, tints and
patterns tell the series apart; a page may colour them anew by their classes.

`bars`, `stacked`, `line` and `spark` fill the width that there is: lengths across are parts of it and all
else is in pixels, so that their text is as large on a phone as on paper. `of_table` draws for a
width, since what has room beside what depends on it: a page has one for a phone and one for the rest.
"""

from samverkan.documents.charts.drawing import FONT, INK, PALE, PAPER, TINT
from samverkan.documents.charts.faults import MOST_SERIES, PAPER_WIDTH, Drawn, fault_of
from samverkan.documents.charts.groups import Group, bars
from samverkan.documents.charts.of_table import PHONE_WIDTH, of_table
from samverkan.documents.charts.points import Point, line
from samverkan.documents.charts.shares import LOOKS, ROW, Share, stacked
from samverkan.documents.charts.sparks import spark
from samverkan.documents.charts.tabled import Series, Tabled

__all__ = [
    "FONT",
    "INK",
    "LOOKS",
    "MOST_SERIES",
    "PALE",
    "PAPER",
    "PAPER_WIDTH",
    "PHONE_WIDTH",
    "ROW",
    "TINT",
    "Drawn",
    "Group",
    "Point",
    "Series",
    "Share",
    "Tabled",
    "bars",
    "fault_of",
    "line",
    "of_table",
    "spark",
    "stacked",
]
