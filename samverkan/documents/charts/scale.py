"""Where values stand: from nought, or under it, to the highest; and the few round numbers beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MOST_STEPS = 5


@dataclass(frozen=True)
class Scale:
    least: Decimal
    most: Decimal
    ticks: tuple[Decimal, ...]

    def part(self, value: Decimal) -> float:
        """How far up it stands: 0 at the least, 1 at the most."""
        return float((value - self.least) / (self.most - self.least))


def scale_of(values: Iterable[Decimal]) -> Scale:
    values = list(values)
    most, least = max([*values, Decimal(0)]), min([*values, Decimal(0)])
    if most == least:
        return Scale(Decimal(0), Decimal(1), (Decimal(0),))
    step = _round_step((most - least) / MOST_STEPS)
    if all(value == value.to_integral_value() for value in values):
        step = max(step, Decimal(1))
    first = -(-least // step)
    ticks = (step * number for number in range(int(first), int(most // step) + 1))
    return Scale(least, most, tuple(ticks))


def _round_step(least: Decimal) -> Decimal:
    """1, 2 or 5, a power of ten of them, and not less."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step for n in (1, 2, 5, 10) if (step := power * n) >= least)
