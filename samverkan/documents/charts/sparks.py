"""A line so small that its numbers stand beside it, in the table that it is drawn in."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from samverkan.documents.charts.drawing import INK, stroke, svg

TALL = 28


def spark(description: str, values: Sequence[Decimal | None]) -> str:
    """From the first value to the last, broken where one is missing; the last has a dot. The scale
    begins at nought, or below it where a value does."""
    numbers = [value for value in values if value is not None]
    most, least = max([*numbers, Decimal(0)]), min([*numbers, Decimal(0)])
    span = (most - least) or Decimal(1)

    def y(value: Decimal) -> float:
        return round(4 + TALL * float((most - value) / span), 1)

    places = [round(4 + 92 * place / max(len(values) - 1, 1), 2) for place in range(len(values))]
    parts = [stroke(0, y(least), 100, y(least), "axis", 0.75)]
    pairs = list(zip(places, values, strict=True))
    for (one, first), (other, second) in pairwise(pairs):
        if first is not None and second is not None:
            parts.append(stroke(one, y(first), other, y(second), "series", 1.75))
    drawn = [(place, value) for place, value in pairs if value is not None]
    alone = {
        at
        for at, (_, value) in enumerate(pairs)
        if value is not None and not any(_at(values, beside) for beside in (at - 1, at + 1))
    }
    for at, (place, value) in enumerate(pairs):
        if value is not None and (at in alone or (place, value) == drawn[-1]):
            parts.append(
                f'<circle class="point" cx="{place:g}%" cy="{y(value)}" r="3" fill="{INK}"/>'
            )
    return svg(description, TALL + 8, "", parts)


def _at(values: Sequence[Decimal | None], place: int) -> bool:
    return 0 <= place < len(values) and values[place] is not None
