"""The charts of a plan, the same on the page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from plans.presentation import PlanView
from samverkan.documents import charts


@dataclass(frozen=True)
class Chart:
    title: str
    series: Sequence[str]
    groups: Sequence[charts.Group]

    @property
    def description(self) -> str:
        said = "; ".join(
            f"{group.label}: {', '.join(str(value) for value in group.values)}"
            for group in self.groups
        )
        return f"Stapeldiagram. {self.title}. {said}."

    @property
    def svg(self) -> SafeString:
        svg = charts.bars(self.description, self.series, self.groups)
        return mark_safe(svg)  # noqa: S308 - charts escapes every word


def charts_of(plan: PlanView) -> list[Chart]:
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
    made = [Chart(f"{_listed(series)} per område", series, by_area)]
    if not plan.has_causes and plan.acting_parties:
        by_party = [charts.Group(party.short_name, [total]) for party, _, total in plan.taking_part]
        made.append(Chart("Aktiviteter som varje part deltar i", ["Aktiviteter"], by_party))
    return made


def _listed(words: list[str]) -> str:
    first, *rest = words
    words = [first, *(word.lower() for word in rest)]
    return " och ".join([", ".join(words[:-1]), words[-1]]) if rest else first
