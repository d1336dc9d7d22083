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
# What a status report asks for. It can be changed, and is shown to whoever writes.
INSTRUCTION = (
    "<p>Skriv för varje område hur det har förändrats sedan förra lägesbilden: bättre, sämre eller ej "
    "förändrat. Säg hur det märks, och vad ni bygger det på: statistik, underrättelser eller den lokala "
    "bilden. Bedöm tillsammans med polisen, och ange med vilken roll och när. Nämn inga personer.</p>"
    "<p>Är något som förut räcker det med <em>ej förändrat</em>.</p>"
)


def usual_instruction(kind: ReportKind) -> str:
    return INSTRUCTION if kind == ReportKind.STATUS else ""


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
