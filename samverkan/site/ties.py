"""Where each indicator of a district is used: in which figures, and in which goals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lagesbild.addresses import address_of as report_address
from lagesbild.models import Report
from lagesbild.services.ties import figures_tied
from plans.addresses import address_of as plan_address
from plans.models import Plan
from plans.services.ties import goals_tied
from samverkan.text import shortened


@dataclass(frozen=True)
class Use:
    kind: str  # "Figur", "Mål"
    what: str
    where: str
    url: str


def uses(reports: Iterable[Report], plans: Iterable[Plan]) -> Mapping[UUID, list[Use]]:
    """By indicator, the latest first. An action of several revisions is named in each of them."""
    reports, plans = list(reports), list(plans)
    found: dict[UUID, list[Use]] = defaultdict(list)
    for uuid, figures in figures_tied(reports).items():
        for report, caption in sorted(figures, key=lambda one: -one[0].year):
            words = shortened(caption, 80) or "utan figurtext"
            found[uuid].append(Use("Figur", words, str(report), report_address(report, reports)))
    for uuid, goals in goals_tied(plans).items():
        for plan, goal in sorted(goals, key=lambda one: -one[0].year):
            words = shortened(goal.text, 80)
            found[uuid].append(Use("Mål", words, str(plan), plan_address(plan, plans)))
    return found
