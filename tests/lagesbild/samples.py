"""Reports that use everything there is, about a place that does not exist."""

import hashlib
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from PIL import Image, ImageDraw

from lagesbild.document import (
    AimDoc,
    BlockDoc,
    DeviationDoc,
    ImageDoc,
    PriorityDoc,
    ReportDocument,
    ResultDoc,
    SectionDoc,
    SeriesDoc,
    SourceDoc,
    TableDoc,
)
from lagesbild.vocabulary import BlockForm, Direction, Ground, ReportKind, SectionForm
from plans.document import CatalogueDoc, DistrictDoc, ExtraDoc, PartyDoc
from plans.vocabulary import HandledAs
from samverkan.organisation.vocabulary import PartyKind

PLACE = DistrictDoc("tallbacken", "Tallbacken", "Granstads kommun")
NEXT_DOOR = DistrictDoc("granbacken", "Granbacken", "Granstads kommun")
CATALOGUE = CatalogueDoc(2024, "Kommunens prioriterade områden 2024")
PARTIES = (
    PartyDoc(
        "sdf",
        "Tallbackens stadsdelsförvaltning",
        "Stadsdelsförvaltningen",
        PartyKind.ADMINISTRATION,
    ),
    PartyDoc("polis", "Lokalpolisområde Granstad Norr", "Polisen", PartyKind.POLICE),
)


def uid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"lagesbild/{name}")


def drawn(width: int, height: int, media_type: Any = "image/png") -> tuple[ImageDoc, bytes]:
    """A map of sorts."""
    image = Image.new("RGB", (width, height), "#eef4f6")
    pen = ImageDraw.Draw(image)
    for place in range(0, width, 60):
        pen.line([(place, 0), (width - place, height)], fill="#7fa9b8", width=5)
    pen.ellipse([width // 3, height // 3, width // 2, height // 2], outline="#0a4d68", width=7)
    written = BytesIO()
    image.save(written, media_type.removeprefix("image/").upper())
    content = written.getvalue()
    return ImageDoc(hashlib.sha256(content).hexdigest(), media_type, width, height), content


MAP, MAP_CONTENT = drawn(1200, 700)
PHOTO, PHOTO_CONTENT = drawn(500, 640, "image/jpeg")
SECRET, SECRET_CONTENT = drawn(300, 300)
IMAGES = {
    MAP.sha256: MAP_CONTENT,
    PHOTO.sha256: PHOTO_CONTENT,
    SECRET.sha256: SECRET_CONTENT,
}


def text(name: str, html: str, **more: Any) -> BlockDoc:
    return BlockDoc(uid(name), text=html, **more)


def numbers(*values: str) -> tuple[Decimal | None, ...]:
    return tuple(Decimal(value) if value else None for value in values)


YEARS = ("2018", "2019", "2020", "2021", "2022", "2023")
THEFTS = BlockDoc(
    uid("stolder"),
    BlockForm.LINE,
    caption="Antal anmälda cykelstölder i Tallbacken 2018–2023",
    source="polisens anmälningsstatistik",
    unit="antal",
    description="Antalet minskar från 274 år 2018 till 142 år 2023. För 2020 saknas uppgift.",
    table=TableDoc(
        YEARS,
        (SeriesDoc("Cykelstölder", numbers("274", "251", "", "190.5", "163", "142"), uid("i1")),),
        "År",
    ),
    shows_table=True,
)
SAFETY = BlockDoc(
    uid("trygghet"),
    BlockForm.GROUPED,
    caption="Andel som känner sig trygga ute sent en kväll",
    source="Kommunens trygghetsmätning.",
    unit="procent",
    description="Tryggheten ökar mest i Norra Tallbacken.",
    table=TableDoc(
        ("2021", "2022", "2023"),
        (
            SeriesDoc("Norra Tallbacken", numbers("48", "53", "61")),
            SeriesDoc("Södra Tallbacken", numbers("66", "64", "67")),
        ),
        "År",
    ),
)
SCHOOLS = BlockDoc(
    uid("skolor"),
    BlockForm.STACKED,
    caption="Elever som känner sig trygga i skolan, per årskurs",
    source="Skolenkäten",
    description="Två diagram, ett för varje årskurs.",
    parts=(
        BlockDoc(
            uid("skola-a"),
            BlockForm.BARS,
            caption="Årskurs 5",
            source="Skolenkäten",
            unit="procent",
            description="Ökar från 81 till 88.",
            table=TableDoc(
                ("2021", "2022", "2023"), (SeriesDoc("Åk 5", numbers("81", "84", "88")),)
            ),
        ),
        BlockDoc(
            uid("skola-b"),
            BlockForm.BARS,
            caption="Årskurs 8",
            unit="procent",
            description="Minskar från 79 till 74.",
            table=TableDoc(
                ("2021", "2022", "2023"), (SeriesDoc("Åk 8", numbers("79", "77", "74")),)
            ),
        ),
    ),
)
TABLE = BlockDoc(
    uid("tabell"),
    BlockForm.TABLE,
    caption="Anmälda brott per plats",
    source="polisens anmälningsstatistik",
    unit="antal",
    description="Flest brott anmäls vid torget.",
    table=TableDoc(
        ("Torget", "Stationen", "Skolgården", "Parken"),
        (
            SeriesDoc("Stöld", numbers("1240", "330", "12", "45")),
            SeriesDoc("Skadegörelse", numbers("88", "61", "30", "")),
        ),
        "Plats",
    ),
)
AREA_MAP = BlockDoc(
    uid("karta"),
    BlockForm.IMAGE,
    caption="Karta över Tallbackens stadsdelar",
    source="Stadsbyggnadskontoret",
    description="Kartan visar stadsdelarna norr och söder om järnvägen.",
    image=MAP,
    is_numbered=False,
)
PHOTOGRAPHED = BlockDoc(
    uid("torget"),
    BlockForm.IMAGE,
    caption="Torget före och efter ombyggnaden",
    description="Två bilder av torget.",
    parts=(
        BlockDoc(uid("fore"), BlockForm.IMAGE, caption="Före", description="Mörkt.", image=PHOTO),
        BlockDoc(uid("efter"), BlockForm.IMAGE, caption="Efter", description="Ljust.", image=PHOTO),
    ),
)
TRADE = BlockDoc(
    uid("handel"),
    BlockForm.IMAGE,
    caption="Platser där narkotika säljs",
    source="Underrättelserapport",
    description="Kartan visar två platser.",
    image=SECRET,
    is_internal=True,
    internal_reason="Visar var narkotika säljs",
)


def to(name: str, words: str) -> str:
    return f'<a href="#{uid(name)}">{words}</a>'


def note(words: str) -> str:
    return f'<span class="fotnot">{words}</span>'


INTRODUCTION = SectionDoc(
    uid("inledning"),
    "Inledning",
    blocks=(
        text(
            "inledning-1",
            "<p>Kommunen och polisen beskriver här tillsammans hur det ser ut i Tallbacken. Bilden "
            "ligger till grund för åtgärdsplanen"
            + note("Överenskommelsen gäller tills vidare. Den ses över vartannat år.")
            + " och skrivs om varje år.</p>"
            "<p>Den bygger på <strong>statistik</strong>, <em>enkäter</em> och samtal med dem som "
            f"bor och arbetar i området. Källorna står i avsnittet {to('kallor', 'Källor')}.</p>",
        ),
        AREA_MAP,
    ),
)
CRIME = SectionDoc(
    uid("brott"),
    "Beskrivning av brottsligheten",
    blocks=(
        text(
            "brott-1",
            f"<p>Cykelstölderna har blivit färre för varje år, se {to('stolder', 'figur')}. "
            f"Vid torget anmäls flest brott ({to('tabell', 'figur')}), och det är dit "
            "insatserna riktas"
            + note(
                "Se <em>Rutin för platssamverkan</em>, "
                '<a href="https://exempel.se/rutin">exempel.se/rutin</a>, och '
                + to("trygghet", "figur")
                + "."
            )
            + ".</p><ul><li>Stölderna sker mest på dagen.</li><li>Skadegörelsen sker mest "
            "på natten:<ol><li>vid stationen</li><li>vid skolan</li></ol></li></ul>",
        ),
        THEFTS,
        TABLE,
        text(
            "brott-2",
            "<h3>Vid stationen</h3><p>Där står cyklarna tätast.</p>"
            "<blockquote>Jag låser alltid två gånger.</blockquote>",
        ),
    ),
    sections=(
        SectionDoc(
            uid("droger"),
            "Öppen handel",
            blocks=(
                text(
                    "droger-1",
                    f"<p>Handeln syns på två platser, se {to('handel', 'figur')}.</p>",
                    is_internal=True,
                    internal_reason="Pekar ut platser",
                ),
                TRADE,
                text("droger-2", "<p>Färre ser den öppna handeln än för två år sedan.</p>"),
            ),
            sections=(
                SectionDoc(
                    uid("droger-kvall"),
                    "På kvällarna",
                    blocks=(
                        text("kvall", f"<p>Tryggheten ökar ändå ({to('trygghet', 'figur')}).</p>"),
                    ),
                ),
            ),
        ),
        SectionDoc(
            uid("aktorer"),
            "Aktörer",
            blocks=(text("aktorer-1", "<p>Det är få som begår många brott.</p>"),),
            is_internal=True,
            internal_reason="Beskriver aktörer",
        ),
    ),
)
SAFE = SectionDoc(
    uid("avsnitt-trygghet"),
    "Beskrivning av tryggheten",
    blocks=(
        text(
            "trygghet-1",
            f"<p>{to('trygghet', 'Figur')} visar att tryggheten ökar. I skolan är det olika: "
            f"de yngre är tryggare ({to('skola-a', 'figur')}), de äldre mindre trygga "
            f"({to('skola-b', 'figur')}). Torget har byggts om, se {to('torget', '')}. "
            f"Stadsdelarna syns på {to('karta', 'kartan')}.</p>",
        ),
        SAFETY,
        SCHOOLS,
        PHOTOGRAPHED,
    ),
)
YOUNG = SectionDoc(
    uid("unga"),
    "Unga i riskzon",
    SectionForm.AREA,
    slug="unga",
    name="Unga i riskzon för destruktivt beteende",
    description="<p>Barn som tidigt får rätt stöd hamnar mer sällan i brott"
    + note("Brottsförebyggande rådet har samlat forskningen.")
    + ".</p>",
    working_together="Skola, socialtjänst, polis och fritid",
    aims=(
        AimDoc(uid("mal-1"), "Barn i riskzon upptäcks tidigt."),
        AimDoc(uid("mal-2"), "Fler unga har något att göra på fritiden."),
    ),
    special_measures=True,
    line_work=True,
    blocks=(
        text(
            "unga-1",
            "<p>Samverkan sker i två nav. Naven möts varannan vecka och har representanter från "
            f"skolan, socialtjänsten och polisen. Tryggheten i skolan framgår av {to('skolor', 'figur')}.</p>"
            "<h3>Föräldrar</h3><p>Dialogmöten hålls i alla skolor.</p>",
        ),
    ),
    results=(
        ResultDoc(uid("resultat-1"), "Åtta dialogmöten har hållits.", uid("atgard")),
        ResultDoc(
            uid("resultat-2"),
            "En ungdomsgård bevakas.",
            is_internal=True,
            internal_reason="Pekar ut en plats",
        ),
    ),
    priorities=(
        PriorityDoc(uid("prio-1"), "Få med de fristående skolorna i naven.", uid("skolor")),
        PriorityDoc(
            uid("prio-2"),
            "Följa en grupp närmare.",
            uid("handel"),
            is_internal=True,
            internal_reason="Beskriver en grupp",
        ),
        PriorityDoc(uid("prio-3"), "Utvärdera dialogmötena.", uid("handel")),
    ),
    deviations=(
        DeviationDoc(
            uid("avvikelse-1"),
            Direction.BETTER,
            "Fler elever i årskurs 5 är trygga.",
            (Ground.STATISTICS, Ground.LOCAL),
            "kommunpolisen",
            date(2023, 11, 14),
        ),
        DeviationDoc(
            uid("avvikelse-2"),
            Direction.WORSE,
            "Rekryteringen går allt längre ner i åldrarna.",
            (Ground.INTELLIGENCE,),
            is_internal=True,
            internal_reason="Ur underrättelser",
        ),
    ),
)
PLACES = SectionDoc(
    uid("platser"),
    "Otrygga och brottsutsatta platser",
    SectionForm.AREA,
    slug="platser",
    name="Otrygga och brottsutsatta platser",
    description="<p>Platser med mycket brott behöver fler än en aktör.</p>",
    working_together="Stadsdelsförvaltning och polis",
    line_work=True,
    deviations=(DeviationDoc(uid("avvikelse-3"), Direction.UNCHANGED),),
)
VICTIMS = SectionDoc(
    uid("brottsoffer"),
    "Särskilt utsatta brottsoffer",
    SectionForm.AREA,
    slug="brottsoffer",
    name="Särskilt utsatta brottsoffer",
    handled_as=HandledAs.AREA,
    handled_in=uid("unga"),
    handled_note="En gemensam grupp arbetar med båda.",
)
NIGHT = SectionDoc(
    uid("natt"),
    "Nattliv",
    SectionForm.AREA,
    slug="nattliv",
    name="Nattliv",
    own=True,
    not_chosen_reason="Området har inga ställen som är öppna om natten.",
)
AREAS = SectionDoc(
    uid("omraden"),
    "Prioriterade områden",
    blocks=(text("omraden-1", "<p>Områdena är kommunens, utom det sista.</p>"),),
    sections=(YOUNG, PLACES, VICTIMS, NIGHT),
)
SOURCES = SectionDoc(
    uid("kallor"),
    "Källor",
    SectionForm.SOURCES,
    blocks=(text("kallor-1", "<p>Det här har vi läst.</p>"),),
)


def full() -> ReportDocument:
    """A lägesbild in which every field of every part is used."""
    return ReportDocument(
        ReportKind.PICTURE,
        PLACE,
        2023,
        CATALOGUE,
        title="Lägesbild hösten 2023",
        covers=(NEXT_DOOR,),
        described_on=date(2023, 11, 30),
        revision=2,
        instruction="<p>Beskriv hur det ser ut.</p>",
        parties=PARTIES,
        sections=(INTRODUCTION, CRIME, SAFE, AREAS, SOURCES),
        sources=(
            SourceDoc(uid("kalla-1"), "Öppna jämförelser"),
            SourceDoc(uid("kalla-2"), "Brottsstatistik (Brå)"),
            SourceDoc(uid("kalla-3"), "Ärendesystemet"),
            SourceDoc(uid("kalla-4"), "Underrättelserapport"),
        ),
        extras=(
            ExtraDoc("Sida 3, ruta", "Ruta", "Text som stod bredvid.", False, uid("ovrigt")),
            ExtraDoc("Sida 4", "Marginal", "Bara för oss.", True, uid("ovrigt-2")),
        ),
    )


def area(slug: str, heading: str, *, own: bool = False, **more: Any) -> SectionDoc:
    return SectionDoc(
        uid(f"status-{slug}"), heading, SectionForm.AREA, slug=slug, name=heading, own=own, **more
    )


def deviation(name: str, direction: Direction, words: str = "", **more: Any) -> DeviationDoc:
    return DeviationDoc(uid(f"andring-{name}"), direction, words, **more)


def status(year: int = 2022) -> ReportDocument:
    """A status report with areas of both kinds, and deviations of every direction."""
    better = year % 2 == 0
    return ReportDocument(
        ReportKind.STATUS,
        PLACE,
        year,
        CATALOGUE,
        covers=(NEXT_DOOR,),
        described_on=date(year, 12, 1),
        instruction="<p>Skriv Ej förändrat där inget är nytt.</p>",
        parties=PARTIES,
        sections=(
            area(
                "platser",
                "Riktat arbete mot utsatta platser",
                handled_as=HandledAs.AREA,
                handled_in=uid("status-otrygga"),
            ),
            area(
                "otrygga",
                "Otrygga platser",
                own=True,
                deviations=(
                    deviation(
                        "otrygga-1",
                        Direction.BETTER if better else Direction.UNCHANGED,
                        "Fler säger att torget är tryggt på kvällen.",
                        grounds=(Ground.STATISTICS, Ground.LOCAL),
                        consulted="lokalpolisområdet",
                        consulted_on=date(year, 11, 20),
                    ),
                    deviation(
                        "otrygga-2", Direction.WORSE, "Klottret har ökat.", grounds=(Ground.LOCAL,)
                    ),
                ),
                blocks=(
                    text(
                        f"status-{year}-otrygga",
                        f"<ul><li>Två utsättningsmöten i månaden{note('Också under sommaren.')}.</li>"
                        "<li>En arbetsgrupp för näringslivet har börjat.</li></ul>",
                    ),
                ),
            ),
            area("avhoppare", "Avhopparverksamhet", handled_as=HandledAs.LINE_WORK),
            area(
                "extremism",
                "Våldsbejakande extremism",
                handled_as=HandledAs.DOCUMENT,
                handled_note="Se handlingsplanen mot våldsbejakande extremism.",
            ),
            area(
                "kameror",
                "Kameraövervakning",
                deviations=(
                    deviation("kameror", Direction.UNCHANGED if better else Direction.WORSE),
                ),
            ),
            area(
                "ordningsvakter",
                "Ordningsvakter",
                blocks=(
                    text(
                        "status-vakter",
                        "<p>Vakterna har fått ett större område"
                        f"{note('Beslutet togs i juni.')}.</p>",
                    ),
                ),
            ),
            area(
                "rekrytering",
                "Nyrekrytering",
                own=True,
                deviations=(
                    deviation(
                        "rekrytering",
                        Direction.WORSE,
                        "Yngre än förut.",
                        is_internal=True,
                        internal_reason="Ur underrättelser",
                    ),
                ),
            ),
        ),
    )
