"""Charts as SVG, made on the server: the same on the page and on paper, readable in grey.

Every chart says its numbers, and the whole says in words what it shows (`<title>`). Ink, tints and
patterns tell the series apart; a page may colour them anew by their classes.

`bars`, `stacked` and `line` fill the width that there is: lengths across are parts of it and all
else is in pixels, so that their text is as large on a phone as on paper.
"""

from samverkan.documents.charts.drawing import FONT, INK, PALE, PAPER, TINT
from samverkan.documents.charts.groups import Group, bars
from samverkan.documents.charts.points import Point, line
from samverkan.documents.charts.shares import LOOKS, ROW, Share, stacked

__all__ = [
    "FONT",
    "INK",
    "LOOKS",
    "PALE",
    "PAPER",
    "ROW",
    "TINT",
    "Group",
    "Point",
    "Share",
    "bars",
    "line",
    "stacked",
]
