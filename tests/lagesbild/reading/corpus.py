"""Reports as districts may have written them. The places, the figures and the sentences are made up;
the labels are those of the forms.
"""

import zipfile
from collections.abc import Callable
from io import BytesIO

from docx import Document

from tests.lagesbild.reading.paper import (
    Paper,
    bars,
    box,
    element,
    jpeg,
    old_box,
    png,
    run,
    sequence,
)

Builder = Callable[[], bytes]
CORPUS: dict[str, Builder] = {}

UNGA = "Unga i riskzon för destruktivt beteende"
PLATSER = "Otrygga och brottsutsatta platser"
SYSTEM = "Systemhotande brottslighet"
OFFER = "Särskilt utsatta och sårbara brottsoffer"
SPECIAL = "Pågår/finns behov av särskilda åtgärder inom området. Inkluderas i åtgärdsplan."
LINE = "Arbete sker i linjeverksamhet. Beskrivs under rubriken ”Kommentar” nedan."


def of_corpus(builder: Builder) -> Builder:
    CORPUS[builder.__name__] = builder
    return builder


@of_corpus
def as_the_form() -> bytes:
    """A whole lägesbild: title page, contents, sources, figures of every kind, footnotes, areas."""
    paper = Paper()
    paper.title("Lägesbild")
    paper.text("Ängsholmens stadsdelsförvaltning och lokalpolisområde Ängsholmen", "December 2023")
    paper.block(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent><w:p>{run('Källor 3')}</w:p><w:p>{run('Beskrivning av tryggheten 4')}"
        "</w:p></w:sdtContent></w:sdt>"
    )
    paper.heading("Sammantagen bedömning")
    paper.xml(
        run("Läget är "),
        run("bättre", "<w:b/>"),
        run(" än i fjol, se figur 1 och 2."),
        paper.footnote("Enligt nämndens beslut i maj."),
        run(" Mer finns hos "),
        paper.link("Brottsförebyggande rådet", "https://bra.example/rapport"),
        run(", och "),
        run("helheten", "<w:i/>"),
        run(" syns i figur 3b."),
    )
    paper.heading("Källor")
    paper.items("Polisens anmälningsstatistik", "Stadens trygghetsmätning")
    paper.heading("Beskrivning av tryggheten")
    paper.heading("Kvällstid", 2)
    paper.text("Fler går ut efter mörkrets inbrott:")
    paper.items("på torget", "längs strandstigen")
    paper.items("bron", style="List Bullet 2")
    paper.items("hämta in", "tänd upp", style="List Number")
    paper.chart(bars({"Ängsholmen": [274, 198, 142]}, ["2021", "2022", "2023"]), "Stapeldiagram")
    paper.xml(
        sequence("Figur", 1), run(". Anmälda brott på torget. Källa: Polisen."), style="Caption"
    )
    paper.picture(png(), "Karta över strandstigen")
    paper.text("Figur 2. Var människor känner sig otrygga. Källa: Trygghetsmätningen 2023.")
    paper.heading("Detaljer", 3)
    paper.heading("Ännu djupare", 4)
    paper.text("Det här står djupt ner.")
    paper.picture(jpeg(), "Hösten")
    paper.picture(png(60, 40, "red"), "Våren")
    paper.text("Figur 3. Besök på ungdomsgården 2022\nBesök på ungdomsgården 2023\nKälla: Fritid")
    paper.table(
        ("Plats", "2021", "2022", "2023"),
        ("Torget", "1 204", "12,5", ".."),
        ("Bron", "-", "7", "8"),
    )
    paper.text("Tabell 1. Anmälningar per plats.", "Tabell 1 visar att torget är värst.")
    paper.table(("Parti", "Vad"), ("Väst", "Lugnt på kvällarna"), ("Öst", "Oroligt"))
    paper.heading("Prioriterade samverkansområden")
    paper.text("Områdena är valda tillsammans.")
    _area(paper, UNGA, ticked=(True, True))
    paper.picture(png(30, 30, "gold"), "Skolan")
    paper.caption("Figur 4. Behöriga till gymnasiet. Källa: Skolverket.")
    paper.text("Resultat av arbetet")
    paper.text("✓ Två nya grupper har börjat träffas", "✓ Lägret blev av")
    paper.text("Prioriteringar och åtgärder 2024")
    paper.items("Öppna gården på söndagar", "Se över rutinen")
    paper.items("med skolan", style="List Bullet 2")
    _area(paper, SYSTEM, ticked=(False, True))
    return paper.written()


def _area(paper: Paper, title: str, ticked: tuple[bool, bool]) -> None:
    paper.heading(title, 2)
    paper.text("Beskrivning av området:", "Här samlas det som rör flera.")
    paper.text("Skola, socialtjänst och polis samverkar för att:")
    paper.items("alla ska bli sedda", "ingen ska lämnas ensam")
    paper.xml(box(is_ticked=ticked[0]), run(f" {SPECIAL}"))
    paper.xml(box(is_ticked=ticked[1]), run(f" {LINE}"))
    paper.text("Kommentar:", f"Vi har mötts varje månad om {title.lower()}, se figur 4.")


@of_corpus
def status_report() -> bytes:
    """The form of 2022: two tables of areas and the instruction."""
    paper = Paper()
    paper.text("Lägesbild december 2022", "[Ange område här]")
    paper.table(
        ("Stadsövergripande prioriterade områden", "Kommentarer"),
        (
            f"1. {UNGA}",
            "Arbetet hanteras inom ramen för det lokalt prioriterade området trygga torg, se nedan.",
        ),
        (f"2. {PLATSER}", "Ej förändrat"),
        (f"3. {SYSTEM}", "Arbetet hanteras inom polisens linjeorganisation."),
        (f"4. {OFFER}", "Positiv förändring enligt statistik: färre anmälda bedrägerier."),
    )
    paper.text("")
    paper.table(
        ("Lokalt prioriterade områden", "Kommentar"),
        ("Trygga torg", "✓ Gruppen träffas varje vecka\n✓ Belysningen är lagad"),
        ("Båtstölder", "Negativ avvikelse. Fler båtar har försvunnit.\nVi vet inte varför."),
    )
    paper.bold("Instruktioner")
    paper.text("Skriv kort vad som skiljer sig från förra året.")
    paper.items("Gör det tillsammans med polisen")
    return paper.written()


@of_corpus
def without_styles() -> bytes:
    """Bold lines for headings, the larger over the smaller, and signs typed before items."""
    paper = Paper()
    big, small = '<w:b/><w:sz w:val="36"/>', '<w:b/><w:sz w:val="28"/>'
    paper.xml(run("LÄGESBILD 2023 ÄNGSHOLMEN", '<w:b/><w:sz w:val="48"/>'))
    paper.xml(run("Beskrivning av brottsligheten", big))
    paper.text("Det stjäls cyklar.", "• vid stationen\n• vid badet", "- På gården")
    paper.xml(run("Cykelstölder", small))
    paper.text("De flesta sker på natten.")
    paper.xml(run("Prioriterade samverkansområden", big))
    paper.xml(run(PLATSER, small))
    paper.bold("Beskrivning av området")
    paper.text("Platser som många undviker.")
    paper.bold("Stadsdelsförvaltning och polis samverkar för att säkerställa:")
    paper.text("✓ Trygga platser")
    paper.text(f"☒ {SPECIAL}", f"☐ {LINE}")
    paper.bold("Kommentar: ")
    paper.text("Vi går rundor.")
    paper.bold("Resultat av arbetet 2023")
    paper.text("– Sju rundor")
    paper.bold("Prioriteringar och åtgärder 2024")
    paper.text("– Fler rundor")
    return paper.written()


@of_corpus
def areas_in_tables() -> bytes:
    """The form of an area as a table, with its boxes as signs in cells of their own."""
    paper = Paper()
    paper.heading("Inledning")
    paper.text("Den här bilden gäller Ängsholmen 2023.")
    paper.heading("Prioriterade samverkansområden")
    paper.heading(UNGA, 2)
    paper.table(
        ("Beskrivning av området", "Unga som far illa."),
        ("Skola och polis samverkar för att", "de ska må bättre"),
        ("x", SPECIAL),
        ("☐", LINE),
        ("Kommentar", "Möten varje vecka."),
        ("Resultat av arbetet", "✓ Färre bråk\n✓ Lugnare skolgård"),
        ("Prioriteringar och åtgärder 2024", "- Fortsätt"),
    )
    paper.heading("Egna båtar", 2)
    paper.xml(old_box(is_ticked=False), run(f" {SPECIAL}"))
    paper.xml(old_box(is_ticked=True), run(f" {LINE}"))
    paper.text("Kommentar: Båtklubben vaktar själv.")
    return paper.written()


@of_corpus
def beside_the_text() -> bytes:
    """Tracked changes, hidden words, text boxes, head and foot, equations, tables within tables."""
    paper = Paper()
    made = paper.document
    made.sections[0].header.paragraphs[0].text = "Ängsholmen, utkast"
    made.sections[0].footer.paragraphs[0].text = "Diarienummer saknas"
    paper.heading("Beskrivning")
    paper.xml(
        run("Kvar "),
        f'<w:ins w:id="1" w:author="A">{run("tillagt")}</w:ins>',
        '<w:del w:id="2" w:author="A"><w:r><w:delText>struket</w:delText></w:r></w:del>',
        run(" osynligt", "<w:vanish/>"),
    )
    inner = f"<w:p>{run('Faktaruta: så räknar vi.')}</w:p>"
    paper.xml(
        run("Texten har en ruta."),
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    )
    paper.xml("<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>")
    outer = paper.table(("Utanför", "Bredvid"), ("Under", ""))
    nested = outer.cell(1, 1).add_table(1, 2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "Innanför", "Sist"
    paper.xml(run("Rubrik i ruta"), '<w:r><w:br w:type="page"/></w:r>', run("efter brytningen"))
    paper.heading("Rubrik med " + "väldigt " * 40 + "många ord")
    paper.text("Slut.")
    return paper.written()


@of_corpus
def figures_of_many_kinds() -> bytes:
    """Two charts in a row of a table, an image that cannot be shown, captions in text boxes, captions
    above, a figure without an image, and charts of other kinds.
    """
    paper = Paper()
    paper.heading("Statistik")
    paper.text("Se diagrammen i figur 1–2, (figur 3 och 9) samt karta 1.")
    table = paper.document.add_table(2, 2)
    for column, colour in enumerate(("red", "blue")):
        cell = table.cell(0, column)
        cell.paragraphs[0].add_run().add_picture(BytesIO(png(20, 20, colour)))
    table.cell(1, 0).text = "Figur 1a. Hösten. Källa: Skolan"
    table.cell(1, 1).text = "Figur 1b. Våren. Källa: Skolan"
    paper.chart(
        bars(
            {"Stöld": [0.25, 0.5], "Våld": [0.75, 0.5]},
            ["2022", "2023"],
            grouping="stacked",
            code="0%",
            title="Andelar",
        )
    )
    paper.text("Figur 2: Hur brotten fördelas")
    paper.text("Källa: Polisen")
    paper.text("Efter det kommer linjer.")
    paper.text("Figur 3. Linjer")
    paper.chart(
        bars(
            {"Oro": [3, 2]},
            ["2022", "2023"],
            kind="lineChart",
            grouping="standard",
            title="Oro kvällstid",
        )
    )
    paper.text("Sedan en utan bild.", "Figur 4. Den bild som försvann. Källa: Okänd.")
    paper.text("Och en karta.")
    paper.picture(png(11, 12), "Kartan")
    paper.text("Karta 1. Torget med omnejd")
    paper.picture(png(13, 12), "Utan figurtext")
    paper.text("Sist två serier.")
    paper.chart(bars({"A": [1, 2], "B": [2, 3]}, ["x", "y"], title="Två serier"))
    paper.chart(bars({"A": [1, 2]}, ["x", "y"], kind="pieChart"))
    return _with_part(
        paper.written(), "word/media/image9.emf", b"\x01\0\0\0" + b"\0" * 36 + b" EMF"
    )


@of_corpus
def captions_in_text_boxes() -> bytes:
    """A floating picture with its caption in a text box of its own."""
    paper = Paper()
    paper.heading("Kartor")
    paper.picture(png(15, 15), "Området uppifrån")
    inner = f"<w:p>{run('Figur 1. Området från ovan. Källa: Lantmäteriet.')}</w:p>"
    paper.xml(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:extent cx='1' cy='1'/>"
        "<wp:docPr id='9' name='Textruta 9'/><a:graphic><a:graphicData uri='wps'><wps:wsp><wps:txbx>"
        f"<w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
    paper.text("Figur 1 visar hela området.")
    return paper.written()


@of_corpus
def plain_text_only() -> bytes:
    """Nothing but paragraphs."""
    paper = Paper()
    paper.text("Lägesbild för Ängsholmen 2023", "Det är lugnt.", "Inget mer att säga.")
    return paper.written()


@of_corpus
def an_action_plan() -> bytes:
    """Not a lägesbild at all."""
    paper = Paper()
    paper.title("Åtgärdsplan 2023")
    paper.heading(UNGA)
    paper.table(
        ("Aktivitet", "Läxhjälp"),
        ("Löptid", "Tillsvidare"),
        ("Mötesfrekvens", "Varje vecka"),
        ("Sammankallande", "Ungdomssamordnaren"),
    )
    return paper.written()


@of_corpus
def status_without_tables() -> bytes:
    """A status report with the areas as lines and their comments under them."""
    paper = Paper()
    paper.title("Statusrapport 2022")
    paper.heading("Stadsövergripande prioriterade områden")
    paper.text(f"1. {UNGA}", "Oförändrat")
    paper.text(f"2. {PLATSER}", "Försämring: fler bråk på torget.", "Polisen delar bilden.")
    return paper.written()


def _with_part(content: bytes, name: str, part: bytes) -> bytes:
    made = BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, part)
    return made.getvalue()


def with_image_replaced(content: bytes, by: bytes, ending: str = "png") -> bytes:
    """The file where its images are something else than their names say."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            is_image = name.startswith("word/media/") and name.endswith(ending)
            target.writestr(name, by if is_image else source.read(name))
    return made.getvalue()


def empty() -> bytes:
    made = BytesIO()
    Document().save(made)
    return made.getvalue()


__all__ = ["CORPUS", "element", "empty", "with_image_replaced"]
