"""A report from the database to its document: as many queries however large it is."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model

from lagesbild.document import (
    AimDoc,
    BlockDoc,
    DeviationDoc,
    ImageDoc,
    PriorityDoc,
    ReportDocument,
    ResultDoc,
    SectionDoc,
    SourceDoc,
    TableDoc,
    blocks_of,
    decode,
)
from lagesbild.models import (
    Aim,
    Block,
    Deviation,
    FigurePart,
    Image,
    Priority,
    Report,
    Result,
    Section,
)
from lagesbild.vocabulary import BlockForm, Direction, Ground, ReportKind, SectionForm
from plans.document import CatalogueDoc, DistrictDoc, ExtraDoc, PartyDoc
from plans.vocabulary import HandledAs
from samverkan.document import as_part
from samverkan.organisation.models import District, Party
from samverkan.organisation.vocabulary import PartyKind
from samverkan.swedish import sort_key


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
        sections=_sections(report),
        sources=tuple(SourceDoc(source.uuid, source.name) for source in _some(report, "sources")),
        extras=tuple(
            ExtraDoc(extra.where, extra.label, extra.text, extra.is_internal, extra.uuid)
            for extra in _some(report, "extras")
        ),
    )


def images_of(report: Report, document: ReportDocument) -> dict[str, bytes]:
    """The bytes of the images that the document names."""
    named = {block.image.sha256 for block in blocks_of(document) if block.image}
    if not named:
        return {}
    images = Image.objects.filter(district=report.district_id, sha256__in=named)
    return {image.sha256: bytes(image.content) for image in images}


def _some(report: Report, name: str) -> Iterable[Any]:
    """The rows of a list that is often empty: not asked for where it is known to be."""
    return getattr(report, name).all() if getattr(report, f"has_{name}", True) else ()


def _covered(report: Report) -> list[District]:
    if not getattr(report, "has_more_districts", True):
        return []
    covered = report.covers.select_related("municipality")
    return sorted(covered, key=lambda district: sort_key(district.name))


def _district(district: District) -> DistrictDoc:
    return DistrictDoc(district.slug, district.name, district.municipality.name)


def _party(party: Party) -> PartyDoc:
    return PartyDoc(party.key, party.name, party.short_name, PartyKind(party.kind))


def _sections(report: Report) -> tuple[SectionDoc, ...]:
    rows = list(report.all_sections.select_related("area"))
    uuids = {row.pk: row.uuid for row in rows}
    lists = {
        name: _by_section(report, model, name)
        for name, model in (
            ("aims", Aim),
            ("results", Result),
            ("priorities", Priority),
            ("deviations", Deviation),
        )
    }
    blocks = _blocks(report)
    under: dict[int | None, list[Section]] = defaultdict(list)
    for row in rows:
        under[row.parent_id].append(row)

    def section(row: Section) -> SectionDoc:
        area = {}
        if row.area:
            area = {
                "slug": row.area.slug,
                "name": row.area.name,
                "own": row.area.district_id is not None,
                "description": row.description,
                "working_together": row.working_together,
                "aims": tuple(AimDoc(aim.uuid, aim.text) for aim in lists["aims"][row.pk]),
                "special_measures": row.special_measures,
                "line_work": row.line_work,
                "handled_as": HandledAs(row.handled_as) if row.handled_as else None,
                "handled_in": uuids.get(row.handled_in_id) if row.handled_in_id else None,
                "handled_note": row.handled_note,
                "not_chosen_reason": row.not_chosen_reason,
                "results": tuple(
                    ResultDoc(one.uuid, one.text, one.action, one.is_internal, one.internal_reason)
                    for one in lists["results"][row.pk]
                ),
                "priorities": tuple(
                    PriorityDoc(
                        one.uuid, one.text, one.figure, one.is_internal, one.internal_reason
                    )
                    for one in lists["priorities"][row.pk]
                ),
                "deviations": tuple(_deviation(one) for one in lists["deviations"][row.pk]),
            }
        return SectionDoc(
            uuid=row.uuid,
            heading=row.heading,
            form=SectionForm(row.form),
            blocks=tuple(blocks[row.pk]),
            sections=tuple(section(child) for child in under[row.pk]),
            is_internal=row.is_internal,
            internal_reason=row.internal_reason,
            **area,  # type: ignore[arg-type]
        )

    return tuple(section(row) for row in under[None])


def _deviation(row: Deviation) -> DeviationDoc:
    return DeviationDoc(
        row.uuid,
        Direction(row.direction),
        row.text,
        tuple(Ground(ground) for ground in row.grounds),
        row.consulted,
        row.consulted_on,
        row.is_internal,
        row.internal_reason,
    )


def _by_section(report: Report, model: type[Model], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    if not getattr(report, f"has_{name}", True):
        return found
    for row in model._default_manager.filter(section__report=report):
        found[row.section_id].append(row)  # type: ignore[attr-defined]
    return found


def _blocks(report: Report) -> dict[int, list[BlockDoc]]:
    parts: dict[int, list[BlockDoc]] = defaultdict(list)
    if getattr(report, "has_parts", True):
        for part in FigurePart.objects.filter(block__section__report=report):
            parts[part.block_id].append(figure_doc(part, part.uuid))
    found: dict[int, list[BlockDoc]] = defaultdict(list)
    for block in Block.objects.filter(section__report=report):
        found[block.section_id].append(
            figure_doc(block, block.uuid, text=block.text, parts=tuple(parts[block.pk]))
        )
    return found


def figure_doc(row: Block | FigurePart, uuid: UUID, **more: Any) -> BlockDoc:
    return BlockDoc(
        uuid=uuid,
        form=BlockForm(row.form),
        caption=row.caption,
        source=row.source,
        unit=row.unit,
        description=row.description,
        table=as_part(row.table, TableDoc) if row.table else None,
        image=as_part(row.image, ImageDoc) if row.image else None,
        is_numbered=row.is_numbered,
        shows_table=row.shows_table,
        is_internal=row.is_internal,
        internal_reason=row.internal_reason,
        **more,
    )
