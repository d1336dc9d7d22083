"""The rows that a report is made of: what each kind is called, holds, and hangs on."""

from typing import Any

from django.core.exceptions import ValidationError

from lagesbild.document import (
    AimDoc,
    BlockDoc,
    DeviationDoc,
    PriorityDoc,
    ReportDocument,
    ResultDoc,
    SectionDoc,
    SourceDoc,
)
from lagesbild.models import (
    Aim,
    Block,
    Deviation,
    Extra,
    FigurePart,
    Priority,
    Report,
    Result,
    Section,
    Source,
)
from lagesbild.vocabulary import SectionForm
from lagesbild.written import NamedImage, WrittenTable
from plans.document import ExtraDoc
from plans.editable import handled_once
from samverkan.collaboration.chosen import Chosen
from samverkan.collaboration.editable import Editable, Way


def _areas_beside(found: Section, uuids: list[str]) -> list[Section]:
    """An area of the report names another."""
    areas = list(found.report.all_sections.filter(uuid__in=uuids, form=SectionForm.AREA))
    if len(areas) < len(set(uuids)):
        raise ValidationError("Området finns inte längre.")
    if found in areas:
        raise ValidationError("Välj ett annat område än det egna.")
    return areas


def _of_area(name: str, model: Any, doc: Any, main: str = "text", **ways: Way) -> Editable:
    return Editable(name, model, doc, "section", "section__report", main, ways=ways)


def _figure(name: str, model: Any, container: str, to_report: str, main: str) -> Editable:
    ways: dict[str, Way] = {"table": WrittenTable(), "image": NamedImage()}
    return Editable(name, model, BlockDoc, container, to_report, main, ways=ways)


KINDS = {
    kind.name: kind
    for kind in (
        Editable(
            "report",
            Report,
            ReportDocument,
            "",
            "pk",
            "title",
            fixed=frozenset(("kind", "district", "year", "covers", "parties")),
        ),
        Editable(
            "section",
            Section,
            SectionDoc,
            "parent",
            "report",
            "heading",
            owner="section",
            pointed_at=_areas_beside,
            settled=handled_once,
        ),
        _figure("block", Block, "section", "section__report", "text"),
        _figure("part", FigurePart, "block", "block__section__report", "caption"),
        _of_area("aim", Aim, AimDoc),
        _of_area("result", Result, ResultDoc),
        _of_area(
            "priority",
            Priority,
            PriorityDoc,
            figure=Chosen("figure", "Välj en figur i lägesbilden."),
        ),
        _of_area("deviation", Deviation, DeviationDoc, "direction"),
        Editable("source", Source, SourceDoc, "report", "report", "name"),
        Editable("extra", Extra, ExtraDoc, "report", "report", "label"),
    )
}
