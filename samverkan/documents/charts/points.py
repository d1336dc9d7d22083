"""A small line through the times that something was measured, with the target it had each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from samverkan.documents.charts.drawing import INK, centred, stroke, svg
from samverkan.numbers import swedish

TALL = 96


@dataclass(frozen=True)
class Point:
    """What was measured at a time; nothing, where nothing was: there the line is broken."""

    label: str
    value: Decimal | None
    target: Decimal | None = None


def line(description: str, points: Sequence[Point]) -> str:
    """From the first time to the last, each value said at its point, the target as a thin line.

    The scale begins at nought, or below it where a value does.
    """
    numbers = [n for point in points for n in (point.value, point.target) if n is not None]
    most, least = max([*numbers, Decimal(0)]), min([*numbers, Decimal(0)])
    span = (most - least) or Decimal(1)

    def y(value: Decimal) -> float:
        return round(22 + TALL * float((most - value) / span), 1)

    places = [round(100 * (place + 0.5) / len(points), 2) for place in range(len(points))]
    half = 50 / len(points) if points else 0
    floor = y(least)
    parts = [stroke(0, floor, 100, floor, "axis", 0.75)]
    for place, point in zip(places, points, strict=True):
        if point.target is not None:
            at = y(point.target)
            parts.append(stroke(place - half, at, place + half, at, "target", 1, dashes=True))
    pairs = zip(places, points, strict=True)
    for (one, first), (other, second) in pairwise(pairs):
        if first.value is not None and second.value is not None:
            parts.append(stroke(one, y(first.value), other, y(second.value), "series", 1.75))
    for place, point in zip(places, points, strict=True):
        if point.value is not None:
            parts.append(
                f'<circle class="point" cx="{place}%" cy="{y(point.value)}" r="4" fill="{INK}"/>'
            )
            above = point.target is None or not 2 < y(point.value) - y(point.target) < 24
            beside = y(point.value) + (-9 if above else 19)  # not where the target is drawn
            parts.append(centred(place, beside, swedish(point.value), "value"))
        for row, words in enumerate(point.label.split("\n")):
            parts.append(centred(place, floor + 16 + 15 * row, words, "label"))
    rows = max((point.label.count("\n") + 1 for point in points), default=1)
    return svg(description, floor + 8 + 15 * rows, "", parts)
