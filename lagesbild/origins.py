"""Which priority something in a plan comes from, and the figure that shows why: told to the plan's pages.

Two questions, however many there are. Only reports of the plan's own district, and of those that
became it, are looked in: a file may name anybody's priority.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from lagesbild.addresses import address_of
from lagesbild.document import BlockDoc
from lagesbild.models import Behind, Block, Priority
from lagesbild.presentation import NO_BREAK, FigureView, numbered_figures
from lagesbild.vocabulary import BlockForm, ReportKind
from plans.origins import Origin
from samverkan.access.ask import may, parties_asked_of
from samverkan.access.table import Right
from samverkan.organisation.models import District


def find(user: Any, district: District, uuids: Collection[UUID]) -> dict[UUID, Origin]:
    found: dict[UUID, Priority] = {}
    for priority in _priorities(user, district, uuids):
        report = priority.section.report
        if report.district_id == district.pk:
            report.district = district  # known already, with its city
        if may(user, Right.READ, report):
            found[priority.uuid] = priority  # the last is the one to tell of
    figures = _figures({p.section.report_id for p in found.values() if p.figure})
    return {
        uuid: _origin(priority, figures[priority.section.report_id], district)
        for uuid, priority in found.items()
    }


def _priorities(user: Any, district: District, uuids: Collection[UUID]) -> Iterable[Priority]:
    """Last that of the revision in force, or else the latest; of the district itself."""
    here = District.objects.filter(Q(pk=district.pk) | Q(successors=district))
    parties = {party for party in parties_asked_of(user, Right.READ, district) if party}
    behind = Behind.objects.filter(report=OuterRef("section__report"))
    rows = (
        Priority.objects.filter(
            uuid__in=uuids,
            section__report__kind=ReportKind.PICTURE,
            section__report__district__in=here,
        )
        .select_related("section__report__district")
        .annotate(**{_behind(party): Exists(behind.filter(party=party)) for party in parties})
        .order_by("section__report__in_force", "section__report__revision")
    )
    found = list(rows)
    for priority in found:
        for party in parties:
            report = priority.section.report
            setattr(report, _behind(party), getattr(priority, _behind(party)))
    return sorted(found, key=lambda one: one.section.report.district_id == district.pk)


def _behind(party: int) -> str:
    """What a report calls it (Report.is_main_party)."""
    return f"is_behind_{party}"


def _origin(priority: Priority, figures: dict[UUID, FigureView], district: District) -> Origin:
    report = priority.section.report
    elsewhere = f" i {report.district}" if report.district_id != district.pk else ""
    page = address_of(report, revision=str(report.revision))
    figure = figures.get(priority.figure) if priority.figure else None
    return Origin(
        text=priority.text,
        where=f"lägesbilden för {report.year}{elsewhere}",
        url=f"{page}#prioritering-{priority.uuid}",
        figure=(f"figur{NO_BREAK}{figure.number}" if figure.number else "figuren")
        if figure
        else "",
        caption=figure.name if figure else "",
        figure_url=f"{page}#{figure.anchor}" if figure else "",
    )


def _figures(reports: set[int]) -> dict[int, dict[UUID, FigureView]]:
    """By report: its figures with the numbers that they have on its page, and no more of them."""
    found: dict[int, dict[UUID, FigureView]] = defaultdict(dict)
    if not reports:
        return found
    # In the order in which the page is read: the pieces of a section before those of its sections.
    above = ("section__parent__parent", "section__parent", "section")
    rows = (
        Block.objects.filter(section__report__in=reports)
        .exclude(form=BlockForm.TEXT)
        .order_by("position", "pk", "parts__position", "parts__pk")
        .values_list(
            "section__report",
            *(name for one in above for name in (f"{one}__position", one)),
            *("uuid", "form", "caption", "is_numbered"),
            *("parts__uuid", "parts__form", "parts__caption"),
        )
    )
    blocks: dict[int, dict[UUID, tuple[list, BlockDoc]]] = defaultdict(dict)
    for report, *said in rows:
        path = [(said[n], said[n + 1]) for n in (0, 2, 4) if said[n + 1] is not None]
        uuid, form, caption, is_numbered, part, part_form, part_caption = said[6:]
        _, block = blocks[report].get(uuid, ((), None))
        parts = block.parts if block else ()
        if part:
            parts = (*parts, BlockDoc(part, BlockForm(part_form), caption=part_caption))
        blocks[report][uuid] = (
            path,
            BlockDoc(uuid, BlockForm(form), caption=caption, is_numbered=is_numbered, parts=parts),
        )
    for report, those in blocks.items():
        in_order = sorted(those.values(), key=lambda one: one[0])
        for figure in numbered_figures(block for _, block in in_order):
            found[report] |= {one.doc.uuid: one for one in (figure, *figure.parts)}
    return found
