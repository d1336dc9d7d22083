"""Which figures are drawn from which indicators."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from lagesbild.models import Block, FigurePart, Report


def figures_tied(reports: Iterable[Report]) -> Mapping[UUID, list[tuple[Report, str]]]:
    """By indicator: the reports' figures that a series of it stands in, by their captions."""
    by_pk = {report.pk: report for report in reports}
    found: dict[UUID, list[tuple[Report, str]]] = defaultdict(list)
    for pk, table, caption in _tables(by_pk):
        for series in table.get("series", ()):
            if (uuid := series.get("indicator")) and (by_pk[pk], caption) not in found[UUID(uuid)]:
                found[UUID(uuid)].append((by_pk[pk], caption))
    return found


def _tables(reports: Iterable[int]) -> Iterator[tuple[int, dict[str, Any], str]]:
    for rows, path in (
        (Block.objects, "section__report"),
        (FigurePart.objects, "block__section__report"),
    ):
        of_reports = rows.filter(**{f"{path}__in": list(reports), "table__isnull": False})
        yield from of_reports.values_list(path, "table", "caption").order_by(path, "pk")
