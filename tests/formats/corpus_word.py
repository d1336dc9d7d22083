"""Word files as districts have filled them in: G1 and G2, and what their like have become in between.

Each builder makes one file and says what is special about it. The places and the sentences are made up;
the labels are those of the forms.
"""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

import openpyxl
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from PIL import Image

Builder = Callable[[], bytes]
CORPUS: dict[str, Builder] = {}

UNGA = "Unga i risk för kriminalitet"
SKOLAN = "Skolan som brottsplats"
OFFER = "Särskilt utsatta och sårbara brottsoffer"
PLATSER = "Riktat arbete mot avgränsade platser"


def of_corpus(builder: Builder) -> Builder:
    CORPUS[builder.__name__] = builder
    return builder


# The forms, as far as they are the same everywhere ------------------------------------------------


@of_corpus
def g2_as_the_form() -> bytes:
    """G2 as it was handed out: an area is a table of its own whose first row is its name, an activity
    one whose first row is undertaking and name. The disposition agrees with what follows.
    """
    document = Document()
    document.add_heading("Bilaga 2: Åtgärdsplan för Ängsholmen 2022", 0)
    document.add_heading("Beskrivning och disposition", 1)
    document.add_paragraph(
        "Planen följer överenskommelsen mellan stadsdelsförvaltningen och lokalpolisområdet."
    )
    _disposition(
        document,
        {
            UNGA: ["Delad bild av unga på väg in i brott- Ungdomsgruppen"],
            SKOLAN: ["Trygg skolväg- Skolrundan"],
        },
    )
    _area_table(
        document,
        UNGA,
        "Färre unga ska pröva droger och fler ska hitta tillbaka till skolan.",
        "Fritidsgårdarna möter allt yngre som rör sig ute sent på helgkvällar.",
    )
    _rows(
        document,
        ("Delad bild av unga på väg in i brott", "Ungdomsgruppen"),
        ("Mål och syfte", "Ingen ung som någon av oss oroas för ska falla mellan stolarna."),
        ("Löptid", "Tillsvidare"),
        ("Mötesfrekvens", "Varannan vecka"),
        ("Samman kallande", "Samordnare för unga"),
        ("Stadsdelsförvaltningens kontakt", "Samordnare för unga"),
        ("Stadsdelsförvaltningens övriga deltagare", "Fältassistenter och fritidsledare"),
        ("Stadsdelsförvaltningens åtagande", "Kalla, föra minnesanteckningar och erbjuda stöd."),
        ("Polisen kontakt", "Gruppchef för ungdomspoliserna"),
        ("Polisen övriga deltagare", "Ungdomspolis"),
        ("Polisen åtagande", "Berätta vad som har setts ute under de två senaste veckorna."),
        ("Övriga deltagare", "Rektor vid behov"),
        ("Finansiering", "Inom ordinarie ram"),
        ("Kommunikation", "Kallelse i kalendern"),
        ("Uppföljning", "T1, T2 och VB"),
    )
    _area_table(
        document,
        SKOLAN,
        "Elever ska vara trygga på väg till, i och från skolan.",
        "Bråk uppstår oftast på vägen mellan skolan och tunnelbanan.",
    )
    _rows(
        document,
        ("Trygg skolväg", "Skolrundan"),
        ("Mål och syfte", "Vuxna syns längs skolvägen varje eftermiddag."),
        ("Löptid", "2022-12-31"),
        ("Mötesfrekvens", "Två gånger per termin"),
        ("Sammanställande", "Rektor för Ängsholmsskolan"),
        ("Stadsdelsförvaltningens kontakt", "Preventionssamordnare"),
        ("Stadsdelsförvaltningens åtagande", "Bemanna rundan tre dagar i veckan."),
        ("Polisens åtagande", "Gå med på rundan en gång i månaden."),
        ("Uppföljning", "Årligen i december"),
    )
    return written(document)


@of_corpus
def g2_areas_as_headings() -> bytes:
    """G2 with the area as a heading and its goal and lägesbild as prose under headings of their own.
    The tables have no first row of area; a party has an åtagande and no kontakt.
    """
    document = Document()
    document.add_heading("Åtgärdsplan 2022", 1)
    document.add_paragraph("Den här planen gäller för Ängsholmen under ett år.")
    document.add_heading(PLATSER, 2)
    document.add_heading("Övergripande mål och syfte", 3)
    document.add_paragraph("Torget ska kännas tryggt också efter att butikerna har stängt.")
    document.add_heading("Lägesbild", 3)
    document.add_paragraph("Tre platser står för mer än hälften av anmälningarna i området:")
    for place in ("torget vid stationen", "parkeringen bakom simhallen", "gångtunneln"):
        document.add_paragraph(place, "List Bullet")
    document.add_paragraph("Bilden är densamma som året innan.")
    _rows(
        document,
        ("Trygghet på utvalda platser", "Platsgruppen"),
        ("Beskrivning och syfte", "Gruppen väljer varje månad en plats att arbeta med."),
        ("Löptid", "Tillsvidare"),
        ("Mötesfrekvens", "11 gånger/år – sista tisdagen i månaden utom juli"),
        ("Sammanfattande", "Stadsdelsförvaltningen"),
        ("Stadsdelsförvaltningens kontakt", "Parkingenjör"),
        ("Stadsdelsförvaltningens åtagande", "Beskära buskage och laga belysning."),
        ("Polisen kontakt", "Kommunpolis"),
        ("Polisen åtagande", "Lägga fotpatrull där gruppen har valt."),
        ("Utbildningsförvaltningens åtagande", "Låsa skolgården klockan 22."),
        ("Övriga deltagare", "Fastighetsägare runt torget"),
        ("Uppföljning", "Följs upp i T2"),
    )
    document.add_heading("Våldsbejakande extremism", 2)
    document.add_paragraph("Hanteras inom linjearbetet och har inga egna åtgärder i år.")
    return written(document)


@of_corpus
def g1_areas_as_bold_lines() -> bytes:
    """G1: areas are bold lines, goals and lägesbild prose under bold labels with bullets of figures.
    "Aktivitet" and "Arbetsgrupp" are header cells with their values in the next row; one carries a
    sub-heading; "Samman kallande" stands as a value and points to the row above.
    """
    document = Document()
    _bold(document, "Åtgärdsplan 2020 Ängsholmen")
    _bold(document, OFFER)
    _bold(document, "Övergripande mål")
    document.add_paragraph("Den som har utsatts för våld ska få hjälp samma dag.")
    _bold(document, "Lägesbild")
    document.add_paragraph("Anmälningarna har gått åt olika håll:")
    for figure in (
        "Misshandel i nära relation, från 84 till 97",
        "Brott mot äldre, från 31 till 22",
    ):
        document.add_paragraph(figure, "List Bullet")
    _rows(
        document,
        ("Aktivitet Våld i nära relation", "Arbetsgrupp"),
        ("Gemensam mottagning en dag i veckan", "Relationsgruppen"),
        ("Löptid", "Tillsvidare"),
        ("Mötesfrekvens", "1 gång per månad"),
        ("Samman kallande", "Enhetschef för relationsvåld"),
        ("Stadsdelsförvaltningens kontakt", "Samman kallande"),
        ("Polisen kontakt", "Brottsoffersamordnare"),
        ("Övriga deltagare", "Kvinnojour"),
        ("Uppföljning", "Antal ärenden räknas vid årets slut"),
    )
    document.add_paragraph("")
    _rows(
        document,
        ("Aktivitet", "Arbetsgrupp"),
        ("Äldre Bilda en grupp som åker hem till den som har blivit bestulen", ""),
        ("Löptid", "Klar juni 2020"),
        ("Mötesfrekvens", "Vid behov"),
        ("Sammankallande", "Hemtjänstchef"),
        ("Stadsdelsförvaltningens kontakt", "Samman kallande"),
        ("Polisen kontakt", "Kommunpolis"),
        ("Uppföljning", "Muntligt i styrgruppen"),
    )
    return written(document)


@of_corpus
def g1_values_under_their_labels() -> bytes:
    """G1 where every label is a header cell and all values stand in the row below; a row may have
    two, three or four of them.
    """
    document = Document()
    document.add_heading("Avhopparverksamhet för kriminella", 1)
    document.add_heading("Övergripande mål och syfte", 2)
    document.add_paragraph("Den som vill lämna ska veta vart hon kan vända sig.")
    document.add_heading("Lägesbild", 2)
    document.add_paragraph("Sex personer har fått stöd sedan starten; två har avbrutit.")
    table = _grid(
        document,
        [
            ["Aktivitet", "Arbetsgrupp", "", ""],
            ["En väg in för den som vill hoppa av", "Avhoppargruppen", "", ""],
            ["Löptid", "Mötesfrekvens", "Sammanställande", "Övriga deltagare"],
            ["Uppdrag 2020", "Varje kvartal", "Socialtjänsten", "Frivården"],
            ["Stadsdelsförvaltningens kontakt", "", "Polisen kontakt", ""],
            ["Enhetschef vuxen", "", "Kontaktpolis", ""],
            ["Uppföljning", "", "", ""],
            ["Planen klar till T1 och följs sedan upp varje tertial", "", "", ""],
        ],
    )
    for row in (0, 1):
        table.cell(row, 1).merge(table.cell(row, 3))
    for row in (4, 5):
        table.cell(row, 0).merge(table.cell(row, 1))
        table.cell(row, 2).merge(table.cell(row, 3))
    for row in (6, 7):
        table.cell(row, 0).merge(table.cell(row, 3))
    for row in (0, 2, 4, 6):
        _embolden(table.rows[row].cells)
    return written(document)


@of_corpus
def tables_that_go_on() -> bytes:
    """A table has been torn apart where a page ended: once with the head repeated, once without, and
    once in the middle of a value.
    """
    document = Document()
    _area_table(document, UNGA, "Tidiga insatser.", "Nyrekryteringen går fort.")
    head = ("Stöd i rätt tid", "Insatsgruppen")
    _rows(
        document,
        head,
        ("Mål och syfte", "Varje orosanmälan får ett svar inom en vecka."),
        ("Löptid", "Tillsvidare"),
    )
    document.add_paragraph("")
    _rows(
        document,
        head,
        ("Mötesfrekvens", "Varje vecka"),
        ("Samman kallande", "Gruppledare"),
        ("Uppföljning", "T2 och VB"),
    )
    _rows(
        document,
        ("Nattvandring", "Vandrargruppen"),
        ("Mål och syfte", "Fler vuxna ute på fredagar."),
        ("Stadsdelsförvaltningens kontakt", "Föreningssamordnare"),
    )
    document.add_paragraph("")
    _rows(
        document,
        ("Stadsdelsförvaltningens åtagande", "Bjuda på kaffe och ge reflexvästar."),
        ("Polisen åtagande", "Möta vandrarna"),
        bold_head=False,
    )
    document.add_paragraph("")
    _rows(
        document,
        ("", "innan de går ut och berätta om läget."),
        ("Uppföljning", "Antal vandringar räknas"),
        bold_head=False,
    )
    return written(document)


@of_corpus
def merged_cells() -> bytes:
    """The undertaking is merged downwards over two activities, labels are merged over the parties
    that they hold for, and one value is merged across.
    """
    document = Document()
    document.add_heading("Otillåtna bosättningar", 1)
    table = _grid(
        document,
        [
            ["Samverkan om bosättningar", "Tillsynsrundan", "Avstämning"],
            ["", "Mål och syfte", "Upptäcka nya platser inom en vecka"],
            ["", "Löptid", "Löpande"],
            ["Åtagande", "Stadsdelsförvaltningen", "Gå rundan varje måndag"],
            ["", "Polisen", "Följa med när det behövs"],
            ["", "Trafikkontoret", "Städa efteråt"],
            ["Uppföljning", "Antal platser noteras i en gemensam lista", ""],
        ],
    )
    table.cell(0, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(5, 0))
    table.cell(6, 1).merge(table.cell(6, 2))
    return written(document)


@of_corpus
def bullets_in_cells() -> bytes:
    """Goals and åtaganden are lists in their cells: Word's own in two levels, and typed ones with a
    dash, a point and a number; a line break keeps an item together.
    """
    document = Document()
    _area_table(document, SKOLAN, "Lugn på rasterna.", "Mest händer på lunchen.")
    table = _rows(
        document,
        ("Trygga raster", "Rastgruppen"),
        ("Mål och syfte", "Målen för läsåret är"),
        ("Löptid", "Läsåret"),
        (
            "Stadsdelsförvaltningens åtagande",
            "- Ordna aktiviteter på rasten\n- Följa upp varje vecka",
        ),
        ("Polisens åtagande", "• Besöka skolan\n• Svara på elevernas frågor"),
        ("Utbildningsförvaltningens åtagande", "1. Bemanna matsalen\n2. Rapportera till gruppen"),
    )
    goals = table.cell(1, 1)
    goals.add_paragraph("Minst två vuxna ute på varje rast", "List Bullet")
    goals.add_paragraph("en vid grinden", "List Bullet 2")
    goals.add_paragraph("en på gården", "List Bullet 2")
    goals.add_paragraph(
        "Högst fem anmälningar per termin,\nräknat i januari och juni", "List Bullet"
    )
    goals.add_paragraph("De ses över i april.")
    return written(document)


@of_corpus
def front_matter_and_contents() -> bytes:
    """A long beginning: a table of contents that Word has made (with a line that is no longer true),
    background, communication, organisation, and an area that is handled in another document.
    """
    document = Document()
    document.add_heading("Lokal åtgärdsplan", 0)
    entries = [
        ("Bakgrund", 2),
        ("Kommunikation", 2),
        ("Organisation för arbetet", 3),
        ("Kameraövervakning", 4),
        ("Ordningsvakter på bussarna", 5),
    ]
    document.element.body.insert(1, _contents(entries))
    document.add_heading("Bakgrund", 1)
    document.add_paragraph(
        "Stadsdelsförvaltningen och polisen har skrivit en överenskommelse för 2019-2022."
    )
    document.add_paragraph("Den grundar sig på en gemensam lägesbild.")
    document.add_heading("Kommunikation", 1)
    document.add_paragraph("Båda parter berättar om arbetet två gånger om året.")
    document.add_heading("Organisation för arbetet", 1)
    document.add_paragraph("Styrgrupp", "List Number")
    document.add_paragraph("Arbetsgrupper", "List Number")
    document.add_heading("Kameraövervakning", 1)
    document.add_paragraph("Hanteras inom stadens arbete med kameror, se dess plan.")
    document.add_heading("Ordningsvakter", 1)
    document.add_paragraph("Övergripande mål: Vakterna ska finnas där de behövs.")
    document.add_paragraph("Lägesbild: Behovet är störst på helgerna.")
    _rows(
        document,
        ("Aktivitet", "Arbetsgrupp"),
        ("Vakter på torget", "Vaktgruppen"),
        ("Löptid", "Uppdrag 2020"),
        ("Samman kallande", "Säkerhetssamordnare"),
    )
    return written(document)


@of_corpus
def disposition_that_disagrees() -> bytes:
    """The list of areas and activities names one that does not follow, spells another otherwise, and
    has them in an order of its own; one that follows is not in it.
    """
    document = Document()
    document.add_heading("Beskrivning och disposition", 1)
    _disposition(
        document,
        {
            "Skola som brottsplats": ["Närvaroteamet"],
            "Otillåten påverkan": ["Stöd till anställda som hotas"],
            UNGA: ["Ängsholms lyftet"],
        },
    )
    for area, undertaking, name in (
        (UNGA, "Insats på kvällar", "Ängsholmslyftet"),
        (SKOLAN, "Frånvaro", "Närvaroteamet"),
        (PLATSER, "Belysning", "Ljusa stråk"),
    ):
        _area_table(document, area, "Målet är färre brott.", "Läget är oförändrat.")
        _rows(
            document,
            (undertaking, name),
            ("Mål och syfte", "Arbetet ska märkas för dem som bor här."),
            ("Löptid", "Tillsvidare"),
            ("Uppföljning", "Årligen."),
        )
    return written(document)


@of_corpus
def parties_in_plenty() -> bytes:
    """Five parties in one activity: some with kontakt, övriga deltagare and åtagande, one with only
    an åtagande, one with only a kontakt, and one that no form has heard of.
    """
    document = Document()
    _area_table(document, PLATSER, "Färre brott på torget.", "Handel med droger i tunneln.")
    _rows(
        document,
        ("Trygghet i centrum", "Centrumgruppen"),
        ("Mål och syfte", "Halvera antalet anmälningar till sista december."),
        ("Löptid", "T1-VB"),
        ("Mötesfrekvens", "Sex möten per år"),
        ("Sammanställande", "Stadsdelsförvaltningen"),
        ("Stadsdelsförvaltningens kontakt", "Säkerhetsstrateg"),
        ("Stadsdelsförvaltningens övriga deltagare", "Fältassistenter"),
        ("Stadsdelsförvaltningens åtagande", "Sköta marken."),
        ("Polisen kontakt", "Kommunpolis"),
        ("Polisens övriga deltagare", "Områdespoliser"),
        ("Polisens åtagande", "Patrullera till fots."),
        ("Trafikkontorets kontakt", "Stadsdelssamordnare"),
        ("Trafikkontorets övriga deltagare", "Belysningsingenjör"),
        ("Trafikkontorets åtagande", "Byta lampor inom tre dagar."),
        ("Utbildningsförvaltningens åtagande", "Informera föräldrar."),
        ("Stockholmshems kontakt", "Bosocial utvecklare"),
        ("Hembygdsföreningens kontakt", "Ordförande"),
        ("Hembygdsföreningens åtagande", "Öppna stugan på lördagar."),
        ("Övriga deltagare", "MTR och Svenska Bostäder"),
        ("Finansiering", "Var och en bär sin kostnad"),
        ("Kommunikation", "Anslag i porten"),
        ("Uppföljning", "T2 och VB"),
    )
    return written(document)


@of_corpus
def g3_as_a_word_table() -> bytes:
    """The columns of the Excel form as a table in Word, on a page that lies down: a row of help texts,
    problem and cause merged downwards.
    """
    document = Document()
    document.add_heading("Otrygga och brottsutsatta platser", 1)
    table = _grid(
        document,
        [
            ["Problem", "Orsak", "Åtgärd", "Operativa mål", "Tid", "Ansvar", "Uppföljning"],
            ["Identifierat problem", "Varför", "Vad och hur", "Mätbart", "När", "Vem", "Resultat"],
            [
                "Otryggt i tunneln",
                "Dålig belysning",
                "Ljusa tunneln: byt armaturer",
                "Alla lampor lyser",
                "T1",
                "Trafikkontoret",
                "Bytt i mars",
            ],
            ["", "", "Måla väggarna ljusa", "Klart före sommaren", "T2", "Stadsdelen", ""],
            ["", "Få passerar", "Flytta busshållplatsen", "", "VB", "Trafikförvaltningen", ""],
        ],
        style="Light List Accent 1",
    )
    table.cell(2, 0).merge(table.cell(4, 0))
    table.cell(2, 1).merge(table.cell(3, 1))
    return written(document)


@of_corpus
def plain_list_under_headings() -> bytes:
    """No tables: an activity is an item of a list under the heading of its area."""
    document = Document()
    for area, activities in {
        UNGA: ["Lovaktiviteter, ansvar: fritidsgårdarna", "Samtal med föräldrar – senast i maj"],
        OFFER: ["Stödsamtal inom en vecka"],
        "Otillåten påverkan": [],
    }.items():
        document.add_heading(area, 1)
        for activity in activities:
            document.add_paragraph(activity, "List Number")
    return written(document)


# What Word does to a form -------------------------------------------------------------------------


@of_corpus
def content_controls() -> bytes:
    """A form with content controls around words, paragraphs, cells and rows; one is not filled in and
    says so; a list to choose from, and a box that is ticked.
    """
    document = Document()
    body = document.element.body
    put(body, _control(_p(_control(_r("Kriminella miljöer")), style="Heading1")))
    put(body, _p(_r("Ansvarig nämnd: "), _control(_r("Ängsholmens nämnd"))))
    put(body, _p(_control(_r("Klicka här och skriv målet"), "<w:showingPlcHdr/>")))
    put(
        body,
        _p(
            _control(_r("☒"), "<w:id w:val='7'/>"),
            _r(" Särskilda åtgärder "),
            _control(
                _r("Linjearbete"), "<w:dropDownList><w:listItem w:value='1'/></w:dropDownList>"
            ),
        ),
    )
    rows = _tr(_tc(_p(_r("Mål och syfte"))), _control(_tc(_p(_r("Färre nya i miljön")))))
    rows += _control(_tr(_tc(_p(_r("Löptid"))), _tc(_control(_p(_r("Tillsvidare"))))))
    put(body, _tbl(rows))
    return written(document)


@of_corpus
def tracked_changes() -> bytes:
    """Somebody has changed the plan with changes tracked, and nobody has said yes to them: words put
    in, words struck, words moved, a row struck.
    """
    document = Document()
    body = document.element.body
    put(body, _p(_r("Unga i risk"), style="Heading1"))
    put(
        body,
        _p(
            _r("Gruppen möts "),
            f"<w:del {_AUTHOR}>{_r('varje månad', 'delText')}</w:del>",
            f"<w:ins {_AUTHOR}>{_r('varannan vecka')}</w:ins>",
            _r(" på biblioteket."),
        ),
    )
    put(body, _p(f"<w:moveFrom {_AUTHOR}>{_r('Nämnden läser planen i mars.')}</w:moveFrom>"))
    struck = _tr(
        _tc(_p(f"<w:del {_AUTHOR}>{_r('Finansiering', 'delText')}</w:del>")),
        _tc(_p(f"<w:del {_AUTHOR}>{_r('Söks hos staten', 'delText')}</w:del>")),
        properties=f"<w:del {_AUTHOR}/>",
    )
    put_in = _tr(
        _tc(_p(f"<w:ins {_AUTHOR}>{_r('Uppföljning')}</w:ins>")),
        _tc(_p(f"<w:ins {_AUTHOR}>{_r('VB')}</w:ins>")),
        properties=f"<w:ins {_AUTHOR}/>",
    )
    head = _tr(_tc(_p(_r("Ungdomslyftet", bold=True))), _tc(_p(_r("Lyftgruppen", bold=True))))
    put(body, _tbl(head + struck + put_in))
    put(body, _p(f"<w:moveTo {_AUTHOR}>{_r('Nämnden läser planen i mars.')}</w:moveTo>"))
    return written(document)


@of_corpus
def beside_the_text() -> bytes:
    """What is easy to lose: a comment, a footnote and an endnote, a text box, a picture with its
    alternative text, a chart, SmartArt, hidden words, head and foot.
    """
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Ängsholmens stadsdelsnämnd\tDnr 2022/117"
    _append(section.footer.paragraphs[0], _r("Sida "), field("PAGE", "2"), _r(" av "))
    _append(section.footer.paragraphs[0], field("NUMPAGES", "9"))
    document.add_heading("Kameraövervakning", 1)
    said = document.add_paragraph("Kamerorna på torget ska utvärderas.")
    document.add_comment(said.runs, "Stäm av med juristen", author="Redaktör", initials="R")
    notes = _notes_part(document, "footnotes", "Enligt nämndens beslut i maj.")
    _append(said, f'<w:r><w:footnoteReference w:id="{notes}"/></w:r>')
    notes = _notes_part(document, "endnotes", "Källa: egna mätningar.")
    _append(said, f'<w:r><w:endnoteReference w:id="{notes}"/></w:r>')
    _append(
        said,
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve"> Internt: kolla.</w:t></w:r>',
    )
    document.add_paragraph("Karta över kamerorna:")
    shape = document.add_picture(BytesIO(picture()), width=Cm(2))
    shape._inline.docPr.set("descr", "Karta med fyra kameror runt torget")
    box = _p(_r("Kom ihåg: nytt tillstånd söks i oktober."))
    _append(
        document.add_paragraph("Tillståndet gäller ett år."),
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        "<wp:docPr id='9' name='Textruta 9'/><a:graphic><a:graphicData uri='wps'><wps:wsp><wps:txbx>"
        f"<w:txbxContent>{box}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id='Textruta 9'><v:textbox>"
        f"<w:txbxContent>{box}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
    )
    chart = _part(document, "charts/chart1.xml", CONTENT_TYPE.DML_CHART, _CHART)
    art = _part(document, "diagrams/data1.xml", CONTENT_TYPE.DML_DIAGRAM_DATA, _ART)
    _append(
        document.add_paragraph(),
        _drawing(f'<c:chart r:id="{document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)}"/>'),
        _drawing(
            f'<dgm:relIds r:dm="{document.part.relate_to(art, RELATIONSHIP_TYPE.DIAGRAM_DATA)}"/>'
        ),
    )
    return written(document)


@of_corpus
def swedish_styles_and_signs() -> bytes:
    """Styles with Swedish names, and some that are only based on a heading; outline levels without a
    style; numbered headings; optional hyphens, spaces and hyphens that do not break, Wingdings.
    """
    document = Document()
    styles = document.styles.element
    styles.find(f"*[@{qn('w:styleId')}='Heading1']").set(qn("w:styleId"), "Rubrik1")
    for identity, name, based in (
        ("Omrde", "Område", "Rubrik1"),
        ("Rubrik22", "Rubrik 2", "Normal"),
        ("Punkter", "Punktlista 2", "Normal"),
    ):
        styles.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{identity}"><w:name '
                f'w:val="{name}"/><w:basedOn w:val="{based}"/></w:style>'
            )
        )
    body = document.element.body
    put(body, _p(_r("Systemhotande brottslighet"), style="Omrde"))
    put(body, _p(_r("Lägesbild"), style="Rubrik22"))
    put(body, _p(_r("Felaktiga utbetal\u00adningar\u00a0m.m. ökar, se 2022\u201112\u201131.")))
    put(body, _p(_r("Egna bolag"), style="Punkter"))
    put(body, _p(_r("1.2 Åtgärder"), properties='<w:outlineLvl w:val="1"/>'))
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    put(body, _p(_r("Tips"), sign, _r("kontroll"), "<w:r><w:noBreakHyphen/></w:r>", _r("rond")))
    put(body, _p("<w:r><w:t>Sam</w:t><w:softHyphen/><w:t>verkan</w:t></w:r>"))
    put(body, _p(_r("\uf0b7\tGemensam tillsyn av lokaler")))
    return written(document)


@of_corpus
def tables_in_a_frame() -> bytes:
    """The whole plan stands in a table of one cell, as a frame around the page; and a cell has a table
    of its own.
    """
    document = Document()
    frame = document.add_table(1, 1).cell(0, 0)
    frame.paragraphs[0].text = "Ordningsvakter"
    inner = frame.add_table(3, 2)
    for row, (label, value) in enumerate(
        (("Vakter i centrum", "Vaktgruppen"), ("Löptid", "Tillsvidare"), ("Bemanning", "Så här:"))
    ):
        inner.cell(row, 0).text, inner.cell(row, 1).text = label, value
    shifts = inner.cell(2, 1).add_table(2, 2)
    for row, (day, number) in enumerate((("Fredag", "fyra vakter"), ("Lördag", "sex vakter"))):
        shifts.cell(row, 0).text, shifts.cell(row, 1).text = day, number
    frame.add_paragraph("Slut på planen.")
    return written(document)


@of_corpus
def with_macros() -> bytes:
    """A .docm: it has a macro, which nobody runs."""
    document = Document()
    document.add_heading(UNGA, 1)
    _rows(document, ("Aktivitet", "Arbetsgrupp"), ("Läxhjälp", "Biblioteket"))
    return changed(
        written(document),
        {
            "[Content_Types].xml": lambda xml: xml.replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        },
        {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen"},
    )


@of_corpus
def with_files_inside() -> bytes:
    """An Excel sheet is embedded, and another file is put in to be taken up when Word opens it."""
    document = Document()
    document.add_heading("Otillåten påverkan", 1)
    document.add_paragraph("Stöd till den som hotas i tjänsten.")
    sheet = _part(document, "embeddings/oleObject1.bin", CONTENT_TYPE.OFC_OLE_OBJECT, "x")
    identity = document.part.relate_to(sheet, RELATIONSHIP_TYPE.OLE_OBJECT)
    _append(
        document.add_paragraph("Siffrorna:"),
        f'<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="{identity}"/></w:object></w:r>',
    )
    page = _part(document, "afchunk1.html", "text/html", "<p>Bilaga</p>")
    put(document.element.body, f'<w:altChunk r:id="{document.part.relate_to(page, _CHUNK)}"/>')
    return written(document)


@of_corpus
def with_control_characters() -> bytes:
    """Made by another system, which has let signs through that no XML may have."""
    document = Document()
    document.add_heading(SKOLAN, 1)
    document.add_paragraph("Rastvakter @ på gården # varje dag")
    return changed(
        written(document),
        {"word/document.xml": lambda xml: xml.replace(b"@", b"\x0b").replace(b"#", b"&#x1;")},
    )


# What must be refused -----------------------------------------------------------------------------


def empty_document() -> bytes:
    return written(Document())


def only_pictures() -> bytes:
    """The plan is a photograph of itself."""
    document = Document()
    document.add_picture(BytesIO(picture()), width=Cm(10))
    return written(document)


def bomb(size: int) -> bytes:
    """Nothing but the same sign, `size` times, which packs to almost nothing."""
    return changed(written(Document()), {}, {"word/media/image1.bmp": b"0" * size})


def with_entities() -> bytes:
    """Ten entities of ten each: a billion words, if anybody were to count them out."""
    laughs = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10)
    ).encode()
    document = Document()
    document.add_paragraph("@")
    return changed(
        written(document),
        {
            "word/document.xml": lambda xml: xml.replace(
                b"<w:document", b"<!DOCTYPE w:document [" + laughs + b"]><w:document", 1
            ).replace(b"@", b"&a9;")
        },
    )


def only_hidden() -> bytes:
    document = Document()
    document.add_paragraph().add_run("Ingen ser mig").font.hidden = True
    return written(document)


def old_office(stream: str) -> bytes:
    """The beginning of a file in the form of before 2007, and the name of what it has inside."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)
    )


def open_document() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:document-content/>")
    return made.getvalue()


def archive() -> bytes:
    """Somebody has packed the plan together with its attachments."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("plan.docx", b"")
    return made.getvalue()


def workbook() -> bytes:
    made = BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def too_deep() -> bytes:
    """Tables in tables in tables, more than anybody can have meant."""
    document = Document()
    inner = _p(_r("innerst"))
    for _ in range(600):
        inner = _tbl(_tr(_tc(inner)))
    made = written(document)
    return changed(
        made,
        {"word/document.xml": lambda xml: xml.replace(b"<w:body>", b"<w:body>" + inner.encode())},
    )


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(made, "PNG")
    return made.getvalue()


# Putting a form together --------------------------------------------------------------------------


def written(document: Any) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def changed(
    content: bytes,
    changes: dict[str, Callable[[bytes], bytes]],
    added: dict[str, bytes] | None = None,
) -> bytes:
    """The file with some of its parts written otherwise, as no library would."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, changes.get(name, bytes)(part), zipfile.ZIP_DEFLATED)
        for name, part in (added or {}).items():
            target.writestr(name, part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _bold(document: Any, words: str) -> None:
    document.add_paragraph().add_run(words).bold = True


def _disposition(document: Any, areas: dict[str, list[str]]) -> None:
    for area, activities in areas.items():
        document.add_paragraph(area, "List Bullet")
        for activity in activities:
            document.add_paragraph(activity, "List Bullet 2")


def _area_table(document: Any, name: str, goal: str, situation: str) -> None:
    table = _rows(
        document, (name, ""), ("Övergripande mål och syfte", goal), ("Lägesbild", situation)
    )
    table.cell(0, 0).merge(table.cell(0, 1))


def _rows(document: Any, *rows: tuple[str, str], bold_head: bool = True) -> Any:
    """Labels to the left in bold, and the first row whole."""
    table = _grid(document, rows)
    _embolden(table.columns[0].cells)
    if bold_head:
        _embolden(table.rows[0].cells)
    document.add_paragraph("")
    return table


def _grid(document: Any, rows: Sequence[Sequence[str]], style: str = "Table Grid") -> Any:
    table = document.add_table(len(rows), len(rows[0]), style)
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            cell = table.cell(number, column)
            first, *more = words.split("\n")
            cell.text = first
            for line in more:
                cell.add_paragraph(line)
    return table


def _embolden(cells: Iterable[Any]) -> None:
    for cell in cells:
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.bold = True


# XML that python-docx does not write --------------------------------------------------------------

_AUTHOR = 'w:id="1" w:author="Redaktör" w:date="2022-02-01T10:00:00Z"'
_CHUNK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
_SPACES = nsdecls("w", "wp", "a", "r", "c", "dgm", "pic") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_CHART = (
    f"<c:chartSpace {nsdecls('c', 'a')}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Anmälda brott på "
    "torget</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx><c:strRef>"
    "<c:strCache><c:pt idx='0'><c:v>Rån</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef>"
    "<c:strCache><c:pt idx='0'><c:v>Våren</c:v></c:pt><c:pt idx='1'><c:v>Hösten</c:v></c:pt>"
    "</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx='0'><c:v>12</c:v></c:pt>"
    "<c:pt idx='1'><c:v>7</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart>"
    "</c:plotArea></c:chart></c:chartSpace>"
)
_ART = (
    f"<dgm:dataModel {nsdecls('dgm', 'a')}><dgm:ptLst><dgm:pt modelId='1'><dgm:t><a:p><a:r>"
    "<a:t>Upptäcka</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt modelId='2'><dgm:t><a:p><a:r>"
    "<a:t>Agera</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
)


def _element(xml: str) -> Any:
    """Of XML that does not say what its prefixes mean."""
    end = min(xml.index(sign) for sign in " />" if sign in xml)
    return parse_xml(f"{xml[:end]} {_SPACES}{xml[end:]}")


def put(body: Any, xml: str) -> None:
    body.insert(len(body) - 1, _element(xml))


def _append(paragraph: Any, *runs: str) -> None:
    for xml in runs:
        for run in _element(f"<w:p>{xml}</w:p>"):
            paragraph._p.append(run)


def _p(*content: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{''.join(content)}</w:p>"


def _r(words: str, tag: str = "t", *, bold: bool = False) -> str:
    dress = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{dress}<w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def _control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _tbl(rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"


def _tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _tc(*content: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(content)}</w:tc>"


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_r(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _contents(entries: list[tuple[str, int]]) -> Any:
    """As Word makes it: a control with a heading, a field with a line for each entry."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = "".join(
        _p(
            *([begin] if not number else []),
            f"<w:hyperlink w:anchor='_Toc{number}'>{_r(words)}<w:r><w:tab/></w:r>"
            f"{field(f'PAGEREF _Toc{number}', str(page))}</w:hyperlink>",
        )
        for number, (words, page) in enumerate(entries)
    )
    end = _p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    return _element(
        _control(
            _p(_r("Innehåll"), style="TOCHeading") + lines + end,
            '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>',
        )
    )


def _drawing(content: str) -> str:
    return (
        "<w:r><w:drawing><wp:inline><wp:docPr id='3' name='Figur 3'/><a:graphic><a:graphicData uri='x'>"
        f"{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _part(document: Any, name: str, kind: str, content: str) -> Part:
    return Part(PackURI(f"/word/{name}"), kind, content.encode(), document.part.package)


def _notes_part(document: Any, kind: str, words: str) -> int:
    """A part of footnotes or endnotes with one, and the line above them; the number of the one."""
    tag = kind[:-1]
    separator = "<w:p><w:r><w:separator/></w:r></w:p>"
    xml = (
        f'<w:{kind} {_SPACES}><w:{tag} w:type="separator" w:id="-1">{separator}</w:{tag}>'
        f'<w:{tag} w:id="1">{_p("<w:r><w:footnoteRef/></w:r>", _r(" " + words))}</w:{tag}></w:{kind}>'
    )
    part = _part(
        document,
        f"{kind}.xml",
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml",
        xml,
    )
    document.part.relate_to(
        part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    )
    return 1
