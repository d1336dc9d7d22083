"""The sections that are usual in a report: what a new one begins with. All of them can be changed."""

from collections.abc import Iterable
from uuid import uuid4

from lagesbild.document import SectionDoc
from lagesbild.vocabulary import ReportKind, SectionForm
from plans.models import PriorityArea

INTRODUCTION = (
    ("Sammantagen bedömning", SectionForm.TEXT),
    ("Inledning", SectionForm.TEXT),
    ("Syfte", SectionForm.TEXT),
    ("Källor", SectionForm.SOURCES),
)
DESCRIPTIONS = (
    "Beskrivning av stadsdelsområdet",
    "Beskrivning av lokalpolisområdet",
    "Beskrivning av brottsligheten",
    "Beskrivning av tryggheten",
    "Trygghet och resultat i skolan",
)
AREAS = "Prioriterade samverkansområden"
CITYWIDE = "Stadsövergripande prioriterade områden"
LOCAL = "Lokalt prioriterade områden"


def usual_sections(kind: ReportKind, areas: Iterable[PriorityArea]) -> tuple[SectionDoc, ...]:
    of_areas = tuple(_area(area) for area in areas)
    if kind == ReportKind.STATUS:
        return (_section(CITYWIDE, sections=of_areas), _section(LOCAL))
    return (
        *(_section(heading, form) for heading, form in INTRODUCTION),
        *(_section(heading) for heading in DESCRIPTIONS),
        _section(AREAS, sections=of_areas),
    )


def _section(
    heading: str,
    form: SectionForm = SectionForm.TEXT,
    sections: tuple[SectionDoc, ...] = (),
) -> SectionDoc:
    return SectionDoc(uuid4(), heading, form, sections=sections)


def _area(area: PriorityArea) -> SectionDoc:
    return SectionDoc(uuid4(), area.name, SectionForm.AREA, slug=area.slug, name=area.name)
