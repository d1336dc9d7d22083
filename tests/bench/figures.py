"""A figure and its floor: how they are measured, told and kept."""

import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

KEPT = Path(__file__).resolve().parents[2] / "var/bench.json"
ROUNDS = 15


@dataclass(frozen=True)
class Figure:
    name: str
    floor: str
    milliseconds: float
    floor_milliseconds: float

    @property
    def ratio(self) -> float:
        return self.milliseconds / self.floor_milliseconds


def timed(run: Callable) -> Callable[[], float]:
    """The same, telling how many milliseconds it took."""

    def taken() -> float:
        start = time.perf_counter()
        run()
        return (time.perf_counter() - start) * 1000

    return taken


def measure(
    name: str, thing: Callable, floor_name: str, floor: Callable, rounds: int = ROUNDS
) -> Figure:
    return compare(name, timed(thing), floor_name, timed(floor), rounds)


def compare(
    name: str,
    thing: Callable[[], float],
    floor_name: str,
    floor: Callable[[], float],
    rounds: int = ROUNDS,
) -> Figure:
    """Run the two in turn, so that a slow moment strikes both; each tells its milliseconds."""
    thing(), floor()
    times = [(thing(), floor()) for _ in range(rounds)]
    return Figure(
        name,
        floor_name,
        *(round(statistics.median(taken), 2) for taken in zip(*times, strict=True)),
    )


def tell(figures: Iterable[Figure]) -> None:
    print(f"{'':<50}{'ms':>9}{'golv ms':>10}{'kvot':>7}  golv")
    for figure in figures:
        print(
            f"{figure.name:<50}{figure.milliseconds:>9.1f}"
            f"{figure.floor_milliseconds:>10.1f}{figure.ratio:>7.2f}  {figure.floor}"
        )


def keep(figures: Iterable[Figure]) -> None:
    KEPT.parent.mkdir(exist_ok=True)
    rows = [asdict(figure) | {"ratio": round(figure.ratio, 3)} for figure in figures]
    KEPT.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
