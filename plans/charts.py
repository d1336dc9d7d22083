"""The charts of a plan, the same on the page and on paper.

A chart cannot be broken over two pages: for paper it is made as several, none of more bars than a
page has room for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from plans.going import Group
from plans.picture import Counts
from plans.presentation import PlanView
from samverkan.documents import charts
from samverkan.spread import spread


@dataclass(frozen=True)
class Chart:
    title: str
    series: Sequence[str]
    groups: Sequence[charts.Group]
    most: int  # the highest value in its scale

    @property
    def description(self) -> str:
        """What it shows, in words."""
        said = "; ".join(
            f"{group.label}: {', '.join(str(value) for value in group.values)}"
            for group in self.groups
        )
        return f"Stapeldiagram. {self.title}. {said}."

    @property
    def svg(self) -> SafeString:
        svg = charts.bars(self.description, self.series, self.groups, self.most)
        return mark_safe(svg)  # noqa: S308 - charts escapes every word


BARS_OF_A_PAGE = 18  # a landscape A4, with a heading of two lines over each group


def charts_of(plan: PlanView, most_bars: int = 0) -> list[Chart]:
    """Problems, causes and actions for each area; where a plan has only activities, those."""
    if not plan.actions:
        return []
    series = ["Problem", "Orsaker", "Åtgärder"] if plan.has_causes else ["Aktiviteter"]
    by_area = [
        charts.Group(
            f"{row.area.number} {row.area.doc.title}",
            [row.counts.problems, row.counts.causes, row.counts.actions][-len(series) :],
        )
        for row in plan.summary
    ]
    made = _charts(f"{_listed(series)} per område", series, by_area, most_bars)
    if not plan.has_causes and plan.acting_parties:
        by_party = [charts.Group(party.short_name, [total]) for party, _, total in plan.taking_part]
        made += _charts("Aktiviteter som varje part deltar i", ["Aktiviteter"], by_party, most_bars)
    return made


def _charts(
    title: str, series: list[str], groups: list[charts.Group], most_bars: int
) -> list[Chart]:
    """All of them in one scale."""
    most = max(value for group in groups for value in group.values)
    parts = spread(groups, max(most_bars // len(series), 1)) if most_bars else [groups]
    if len(parts) == 1:
        return [Chart(title, series, groups, most)]
    return [
        Chart(f"{title} ({number} av {len(parts)})", series, part, most)
        for number, part in enumerate(parts, start=1)
    ]


def _listed(words: list[str]) -> str:
    first, *rest = words
    words = [first, *(word.lower() for word in rest)]
    return " och ".join([", ".join(words[:-1]), words[-1]]) if rest else first


# How it goes, as a bar: told apart in grey too, the more that is needed the more ink across.
_LOOKS = {
    Group.PLANNED: "full",
    Group.BEHIND: "half",
    Group.DECISION: "cross",
    Group.RESTING: "rest",
    Group.NO_NEED: "none",
    Group.UNKNOWN: "dots",
}


ROW_OF_PAPER = 425


def bar_of(counts: Counts, of_what: str, row: float = charts.ROW) -> SafeString:
    shares = [
        charts.Share(group.label.lower(), number, _LOOKS[group]) for group, number in counts.told
    ]
    svg = charts.stacked(f"{of_what}: {counts.words}.", shares, row)
    return mark_safe(svg)  # noqa: S308 - charts escapes every word


def bar_on_paper(counts: Counts, of_what: str) -> SafeString:
    return bar_of(counts, of_what, ROW_OF_PAPER)
