"""A report from the database to its document: as many queries however large it is, and few."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from msgspec.structs import replace

from lagesbild.document import (
    AimDoc,
    BlockDoc,
    DeviationDoc,
    PriorityDoc,
    ReportDocument,
    ResultDoc,
    SectionDoc,
    SourceDoc,
    blocks_of,
    decode,
)
from lagesbild.models import (
    Aim,
    Block,
    Deviation,
    Extra,
    FigurePart,
    Image,
    Priority,
    Report,
    Result,
    Section,
    Source,
)
from lagesbild.vocabulary import ReportKind, SectionForm
from plans.document import CatalogueDoc, DistrictDoc, ExtraDoc, PartyDoc
from plans.vocabulary import HandledAs
from samverkan.document import as_part
from samverkan.organisation.models import District, Party
from samverkan.organisation.vocabulary import PartyKind
from samverkan.swedish import sort_key
from samverkan.union import Listed, rows_of_all


def current_document(report: Report) -> ReportDocument:
    """What the report says now. A decided one says what its decision froze, whatever has become of
    the names in it since."""
    if not hasattr(report, "decision"):
        return to_document(report)
    return decode(bytes(report.decision.document))


def to_document(report: Report) -> ReportDocument:
    """The report as its rows stand now."""
    return ReportDocument(
        kind=ReportKind(report.kind),
        district=_district(report.district),
        year=report.year,
        catalogue=CatalogueDoc(report.catalogue.year, report.catalogue.name),
        title=report.title,
        covers=tuple(_district(one) for one in _covered(report)),
        described_on=report.described_on,
        revision=report.revision,
        instruction=report.instruction,
        parties=tuple(_party(entry.party) for entry in report.behind.all()),
        sections=sections_of_all([report])[report.pk],
        **_closing(report),
    )


def _closing(report: Report) -> dict[str, Any]:
    """What stands last: its sources, and what a file said that has no place of its own."""
    lists = {
        "sources": Listed(Source.objects.filter(report=report), SourceDoc, "report_id"),
        "extras": Listed(Extra.objects.filter(report=report), ExtraDoc, "report_id"),
    }
    return {
        name: tuple(as_part(row, lists[name].doc) for _, _, row in rows)
        for name, rows in rows_of_all(lists).items()
    }


def images_of(report: Report, document: ReportDocument) -> dict[str, bytes]:
    """The bytes of the images that the document names."""
    named = {block.image.sha256 for block in blocks_of(document) if block.image}
    if not named:
        return {}
    images = Image.objects.filter(district=report.district_id, sha256__in=named)
    return {image.sha256: bytes(image.content) for image in images}


def _covered(report: Report) -> list[District]:
    if not getattr(report, "has_more_districts", True):
        return []
    covered = report.covers.select_related("municipality")
    return sorted(covered, key=lambda district: sort_key(district.name))


def _district(district: District) -> DistrictDoc:
    return DistrictDoc(district.slug, district.name, district.municipality.name)


def _party(party: Party) -> PartyDoc:
    return PartyDoc(party.key, party.name, party.short_name, PartyKind(party.kind))


def sections_of_all(reports: Collection[Report]) -> dict[int, tuple[SectionDoc, ...]]:
    """What stands in each of the reports: as many questions for several as for one."""
    rows = list(Section.objects.filter(report__in=reports).select_related("area"))
    uuids = {row.pk: row.uuid for row in rows}
    lines = _lines(reports)
    blocks = _blocks(reports)
    under: dict[tuple[int, int | None], list[Section]] = defaultdict(list)
    for row in rows:
        under[row.report_id, row.parent_id].append(row)

    def section(row: Section) -> SectionDoc:
        area = {}
        if row.area:
            area = {
                "slug": row.area.slug,
                "name": row.area.name,
                "own": row.area.district_id is not None,
                "description": row.description,
                "working_together": row.working_together,
                "special_measures": row.special_measures,
                "line_work": row.line_work,
                "handled_as": HandledAs(row.handled_as) if row.handled_as else None,
                "handled_in": uuids.get(row.handled_in_id) if row.handled_in_id else None,
                "handled_note": row.handled_note,
                "not_chosen_reason": row.not_chosen_reason,
                **{name: tuple(lists[row.pk]) for name, lists in lines.items()},
            }
        return SectionDoc(
            uuid=row.uuid,
            heading=row.heading,
            form=SectionForm(row.form),
            blocks=tuple(blocks[row.pk]),
            sections=tuple(section(child) for child in under[row.report_id, row.pk]),
            is_internal=row.is_internal,
            internal_reason=row.internal_reason,
            **area,  # type: ignore[arg-type]
        )

    return {report.pk: tuple(section(row) for row in under[report.pk, None]) for report in reports}


def _lines(reports: Collection[Report]) -> dict[str, dict[int, list[Any]]]:
    """The lists of the areas, by section."""
    lists = {
        name: Listed(model._default_manager.filter(section__report__in=reports), doc, "section_id")
        for name, model, doc in (
            ("deviations", Deviation, DeviationDoc),
            ("results", Result, ResultDoc),
            ("priorities", Priority, PriorityDoc),
            ("aims", Aim, AimDoc),
        )
    }
    found: dict[str, dict[int, list[Any]]] = {name: defaultdict(list) for name in lists}
    for name, rows in rows_of_all(lists).items():
        for section, _, row in rows:
            found[name][section].append(as_part(row, lists[name].doc))
    return found


def _blocks(reports: Collection[Report]) -> dict[int, list[BlockDoc]]:
    lists = rows_of_all(
        {
            "blocks": Listed(
                Block.objects.filter(section__report__in=reports), BlockDoc, "section_id"
            ),
            "parts": Listed(
                FigurePart.objects.filter(block__section__report__in=reports), BlockDoc, "block_id"
            ),
        }
    )
    parts: dict[int, list[BlockDoc]] = defaultdict(list)
    for block, _, row in lists["parts"]:
        parts[block].append(as_part(row, BlockDoc))
    found: dict[int, list[BlockDoc]] = defaultdict(list)
    for section, pk, row in lists["blocks"]:
        found[section].append(replace(as_part(row, BlockDoc), parts=tuple(parts[pk])))
    return found
