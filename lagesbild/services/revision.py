"""A revision: the same report once more, row by row, to be changed while the one in force stands."""

from lagesbild.models import (
    Aim,
    Block,
    Deviation,
    FigurePart,
    Priority,
    Report,
    Result,
    Section,
)
from samverkan.workflow.copying import copied


def copy_of(report: Report, *, revision: int) -> Report:
    """A draft with the same rows. Each keeps its UUID: references and priorities lead to it."""
    new = Report.objects.create(
        kind=report.kind,
        district=report.district,
        year=report.year,
        revision=revision,
        title=report.title,
        described_on=report.described_on,
        instruction=report.instruction,
        catalogue=report.catalogue,
    )
    new.covers.set(report.covers.all())
    for listed in (report.behind, report.sources, report.extras):
        copied(listed.model, listed.all(), report=new)
    sections = copied(Section, report.all_sections.all(), report=new, parent=None, handled_in=None)
    for pk, parent, handled_in in report.all_sections.values_list("pk", "parent", "handled_in"):
        sections[pk].parent = sections[parent] if parent else None
        sections[pk].handled_in = sections[handled_in] if handled_in else None
    Section.objects.bulk_update(sections.values(), ["parent", "handled_in"])
    for model in (Aim, Result, Priority, Deviation):
        rows = model._default_manager.filter(section__report=report)
        copied(model, rows, section=sections)
    blocks = copied(Block, Block.objects.filter(section__report=report), section=sections)
    parts = FigurePart.objects.filter(block__section__report=report)
    copied(FigurePart, parts, block=blocks)
    return new
