"""Årshjulet drawn: twelve months, each moment at its day with its name beside it, and today.

SVG from the server, in ink and shapes: it reads in grey, and the page colours it by its classes.
"""

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import cos, pi, sin

from django.utils.safestring import SafeString, mark_safe

from plans.timing.months import MONTHS
from plans.year import State, Step
from samverkan.documents.charts import FONT, INK, PAPER, TINT

WIDTH, HEIGHT = 820, 430
MIDDLE = (WIDTH / 2, HEIGHT / 2)
RIM, INNER, NAMES = 168, 118, 143  # where the ring ends, where it begins, where the months stand
BESIDE = 212  # from the middle to the words
LINE, BETWEEN = 17, 44


@dataclass
class _Label:
    step: Step
    angle: float
    y: float

    @property
    def is_right(self) -> bool:
        return sin(self.angle) >= 0


def wheel(steps: Sequence[Step], year: int, today: date) -> SafeString:
    """Only what has a day in the year; the list has the rest."""
    shown = [step for step in steps if step.day and step.day.year == year]
    parts = [*_ring(), *_today(today, year)]
    for label in _labels(shown, year):
        parts += _moment(label)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="wheel" role="img" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONT}" font-size="14" fill="#1b1f23">'
        f"<title>{escape(_described(shown, year))}</title>{''.join(parts)}</svg>"
    )
    return mark_safe(svg)  # noqa: S308 - every word is escaped


def _described(steps: Sequence[Step], year: int) -> str:
    said = "; ".join(f"{step.name} {_day(step)}, {step.state.label.lower()}" for step in steps)
    return f"Årshjul {year}. {said}." if said else f"Årshjul {year}."


def _day(step: Step) -> str:
    assert step.day
    return f"{step.day.day} {MONTHS[step.day.month - 1][:3]}"


def _short(step: Step) -> str:
    """Beside a wheel it is plain that a tertial is followed up."""
    name = step.name.removeprefix("Uppföljning ")
    return name[:1].upper() + name[1:]


def _angle(day: date) -> float:
    """From the top, with the sun."""
    days = 366 if isleap(day.year) else 365
    return 2 * pi * (day.timetuple().tm_yday - 0.5) / days


def _at(angle: float, radius: float) -> tuple[float, float]:
    return round(MIDDLE[0] + radius * sin(angle), 1), round(MIDDLE[1] - radius * cos(angle), 1)


def _ring() -> list[str]:
    x, y = MIDDLE
    parts = [
        f'<circle class="rim" cx="{x:g}" cy="{y:g}" r="{radius}" fill="none" stroke="{INK}" '
        f'stroke-width="{width}"/>'
        for radius, width in ((RIM, 1.5), (INNER, 0.75))
    ]
    for month, name in enumerate(MONTHS):
        begins = pi * month / 6
        (x1, y1), (x2, y2) = _at(begins, INNER), _at(begins, RIM)
        parts.append(_line("spoke", x1, y1, x2, y2, 0.75))
        x, y = _at(begins + pi / 12, NAMES)
        parts.append(_words(x, y + 5, name[:3], "month", "middle"))
    return parts


def _today(today: date, year: int) -> list[str]:
    if today.year != year:
        x, y = MIDDLE
        return [_words(x, y + 9, f"{year}", "year", "middle")]
    angle = _angle(today)
    (x1, y1), (x2, y2) = _at(angle, 40), _at(angle, RIM)
    x, y = MIDDLE
    return [
        _line("today", x1, y1, x2, y2, 2),
        _words(x, y - 2, "i dag", "now", "middle"),
        _words(x, y + 16, f"{today.day} {MONTHS[today.month - 1][:3]}", "now", "middle"),
    ]


def _labels(steps: Sequence[Step], year: int) -> list[_Label]:
    """Down each side, none upon another."""
    found = [_Label(step, _angle(step.day), 0) for step in steps if step.day]
    for is_right in (True, False):
        side = [label for label in found if label.is_right == is_right]
        side.sort(key=lambda label: -cos(label.angle))
        top = 20.0
        for place, label in enumerate(side):
            below = BETWEEN * (len(side) - 1 - place)
            wanted = MIDDLE[1] - (RIM + 14) * cos(label.angle)
            label.y = max(top, min(wanted, HEIGHT - 26 - below))
            top = label.y + BETWEEN
    return found


def _moment(label: _Label) -> list[str]:
    step, side = label.step, 1 if label.is_right else -1
    x, y = _at(label.angle, RIM)
    edge = MIDDLE[0] + side * BESIDE
    anchor = "start" if label.is_right else "end"
    return [
        f'<g class="moment is-{step.state}">',
        _line("leader", x, y, edge - side * 6, label.y - 5, 0.75),
        *_shape(step.state, x, y),
        _words(edge, label.y, _short(step), "name", anchor),
        _words(edge, label.y + LINE, f"{_day(step)} · {step.state.label.lower()}", "when", anchor),
        "</g>",
    ]


def _shape(state: State, x: float, y: float) -> list[str]:
    """Told apart without colour: full, half, empty, a cross of warning, a dash."""
    ring = f'<circle class="mark" cx="{x}" cy="{y}" r="9" fill="{PAPER}" stroke="{INK}" stroke-width="2"/>'
    match state:
        case State.DONE:
            return [
                f'<circle class="mark-full" cx="{x}" cy="{y}" r="9" fill="{INK}" stroke="{INK}" '
                'stroke-width="2"/>'
            ]
        case State.UNDER_WAY:
            half = f"M{x} {y - 9}A9 9 0 0 1 {x} {y + 9}Z"
            return [ring, f'<path class="mark-full" d="{half}" fill="{INK}"/>']
        case State.DUE:
            dot = f'<circle class="mark-full" cx="{x}" cy="{y}" r="4" fill="{INK}"/>'
            return [ring, dot]
        case State.LATE:
            return [ring, _words(x, y + 6, "!", "warning", "middle")]
        case State.NOT_YET:
            return [ring]
        case _:
            return [
                f'<circle class="mark-faint" cx="{x}" cy="{y}" r="6" fill="{PAPER}" '
                f'stroke="{TINT}" stroke-width="1.5"/>'
            ]


def _line(role: str, x1: float, y1: float, x2: float, y2: float, width: float) -> str:
    return (
        f'<line class="{role}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{INK}" '
        f'stroke-width="{width}"/>'
    )


def _words(x: float, y: float, words: str, role: str, anchor: str) -> str:
    weight = ' font-weight="600"' if role in ("name", "now", "year", "warning") else ""
    return (
        f'<text class="{role}" x="{x:g}" y="{y:g}" text-anchor="{anchor}"{weight}>'
        f"{escape(words)}</text>"
    )
