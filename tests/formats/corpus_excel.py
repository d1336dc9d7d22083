"""Workbooks as districts fill them in: each named, and unlike the others in what its docstring says.

They are built, not kept, so that what is in them can be read here. `CORPUS` holds those that become
plans; those that nothing can be read out of are in `corpus_excel_refused`.
"""

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

Build = Callable[[], bytes]
Row = Sequence[Any]

CORPUS: dict[str, Build] = {}

HEADINGS = ("Problem", "Orsak", "Åtgärd", "Operativa mål", "Tid", "Ansvar", "Uppföljning")
HELP = (
    "Beskriv det som är otryggt eller brottsligt, så att någon utifrån förstår det.",
    "Ange varför problemet finns. Flera orsaker skrivs på var sin rad.",
    "Beskriv vad som ska göras åt orsaken och på vilket sätt.",
    "Ange vad åtgärden ska leda till, så att det går att mäta.",
    "Ange när det ska vara klart.",
    "Ange vilka som gör det.",
    "Fyll i när åtgärden följs upp: vad blev gjort?",
)


def picture(colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (12, 8), colour).save(file, "PNG")
    return file.getvalue()


def _corpus(build: Build) -> Build:
    CORPUS[build.__name__] = build
    return build


class Book:
    """A workbook with the looks that a form has."""

    def __init__(self) -> None:
        self.file = BytesIO()
        self.workbook = Workbook(self.file, {"in_memory": True})
        self.bold = self.workbook.add_format({"bold": True, "text_wrap": True})
        self.plain = self.workbook.add_format({"text_wrap": True, "valign": "top"})
        self.italic = self.workbook.add_format({"italic": True, "text_wrap": True})
        self.day = self.workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.percent = self.workbook.add_format({"num_format": "0%"})

    def sheet(self, name: str, rows: Iterable[Row] = (), start: int = 0) -> Worksheet:
        sheet = self.workbook.add_worksheet(name)
        self.write(sheet, start, rows)
        return sheet

    def write(self, sheet: Worksheet, start: int, rows: Iterable[Row], looks: Any = None) -> None:
        for row, cells in enumerate(rows, start):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, self.day)
                elif cell not in ("", None):
                    sheet.write(row, column, cell, looks or self.plain)

    def form(
        self,
        name: str,
        title: str,
        rows: Iterable[Row],
        headings: Sequence[str] = HEADINGS,
        helps: Sequence[str] = HELP,
    ) -> Worksheet:
        """A sheet of the city's form: the area, the headings, what to write, and what was written."""
        sheet = self.workbook.add_worksheet(name)
        self.write(sheet, 0, [[title]], self.bold)
        self.write(sheet, 1, [headings], self.bold)
        if helps:
            self.write(sheet, 2, [helps], self.italic)
        self.write(sheet, 3 if helps else 2, rows)
        return sheet

    def content(self) -> bytes:
        self.workbook.close()
        return self.file.getvalue()


def with_parts(content: bytes, change: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """The same file with parts put in, or changed."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in dict.fromkeys([*old.namelist(), *change]):
            to = change.get(name)
            if to is None:
                new.writestr(name, old.read(name))
            else:
                new.writestr(name, to if isinstance(to, bytes) else to(old.read(name)))
    return made.getvalue()


def _put(before: str, what: str) -> Callable[[bytes], bytes]:
    def put(xml: bytes) -> bytes:
        assert before.encode() in xml
        return xml.replace(before.encode(), f"{what}{before}".encode(), 1)

    return put


# --- The city's form, filled in by one hand or another ---


@_corpus
def the_form_as_it_should_be() -> bytes:
    """Two areas, one to a sheet, a row of help under the headings, and a summary that counts right."""
    book = Book()
    book.form(
        "Unga i riskzon",
        "Unga i riskzon för destruktivt beteende",
        [
            (
                "Elever i årskurs 8 provar narkotika",
                "Föräldrar märker det sent",
                "Föräldramöten om narkotika på tre skolor",
                "- Minst 60 procent av föräldrarna kommer\n- Alla skolor har haft möte",
                "T1",
                "Stadsdelsförvaltningen, Polisen",
                "Två möten är hållna.",
            ),
            (
                "",
                "Fritidsgården stänger tidigt",
                "Öppet till klockan 22 på fredagar",
                "40 besök per kväll",
                "Löpande",
                "Stadsdelsförvaltningen",
                "",
            ),
        ],
    )
    book.form(
        "Otrygga platser",
        "Otrygga och brottsutsatta platser",
        [
            (
                "Parkeringen vid sporthallen",
                "Trasig belysning",
                "Byt armaturer och klipp häcken",
                "Ingen mörk sträcka kvar",
                date(2025, 10, 31),
                "Trafikkontoret",
                "",
            ),
        ],
    )
    book.sheet(
        "Sammanställning",
        [
            ("Sammanställning över prioriterade områden",),
            ("Område", "Antal problem", "Antal identifierade orsaker", "Antal åtgärder"),
            ("Unga i riskzon för destruktivt beteende", 1, 2, 2),
            ("Otrygga och brottsutsatta platser", 1, 1, 1),
        ],
    )
    return book.content()


@_corpus
def headings_far_down() -> bytes:
    """A logotype's rows, a title, a registry number and an empty row stand above the headings; the
    help stands below them; there is an empty column to the left."""
    book = Book()
    sheet = book.sheet("Plan")
    above = [("", "Norra stadsdelen"), ("", "Åtgärdsplan 2025"), ("", "Dnr 1.2-345/2024"), ()]
    book.write(sheet, 2, above, book.bold)
    book.write(sheet, 6, [("", "Område: Systemhotande brottslighet")], book.bold)
    book.write(sheet, 8, [("", *HEADINGS)], book.bold)
    book.write(sheet, 9, [("", *HELP)], book.italic)
    book.write(
        sheet,
        10,
        [
            (
                "",
                "Butiker används för att tvätta pengar",
                "Ägare byts utan att någon ser det",
                "Gemensam tillsyn av tolv butiker",
                "Tolv besök före sommaren",
                "T1 och T2",
                "Polisen\nStadsdelsförvaltningen",
                "",
            ),
            (
                "",
                "",
                "",
                "Utbildning för den som handlägger tillstånd",
                "Alla handläggare har gått den",
                "Klart i maj",
                "Stadsdelsförvaltningen",
                "",
            ),
            (
                "",
                "Företagare pressas på skydd",
                "De vågar inte anmäla",
                "Företagarnätverk med polisen",
                "Fyra träffar",
                "4 ggr/år",
                "Polisen",
                "",
            ),
        ],
    )
    return book.content()


@_corpus
def damaged_letters() -> bytes:
    """The headings have lost their å, ä and ö on the way, in more than one manner, and so has the
    name of the area; what was written since is whole."""
    book = Book()
    book.form(
        "Sarskilt utsatta",
        "Sarskilt utsatta och sarbara brottsoffer",
        [
            (
                "Äldre luras vid dörren",
                "De är ensamma på dagen",
                "Grannstöd i fyra trapphus",
                "Fyra trapphus är med",
                "2025",
                "Polisen",
                "",
            ),
            (
                "Våld i nära relation anmäls sällan",
                "Den utsatta vet inte vart man vänder sig",
                "Affischer på vårdcentralen",
                "Tio platser",
                "Vid behov",
                "Stadsdelsförvaltningen",
                "",
            ),
            (
                "",
                "",
                "Samtal med personalen på apoteket",
                "Alla apotek",
                "T2",
                "Stadsdelsförvaltningen",
                "",
            ),
        ],
        headings=(
            "Problem",
            "Orsak",
            "dtgdrd",
            "Operativa mal",
            "Tid",
            "Ansvar (vem ska géra)",
            "Uppf÷ljning",
        ),
        helps=(),
    )
    return book.content()


@_corpus
def columns_in_another_order() -> bytes:
    """The one who made it began with who and when; Orsak is missing, Kostnad and Prioritet are added."""
    book = Book()
    book.form(
        "Kriminella miljöer",
        "Kriminella miljöer och livsstilar",
        [
            (
                "Polisen",
                "T1",
                "Öppen försäljning vid stationen",
                "Synlig polis vid stationen torsdag till lördag",
                "Färre än fem anmälningar i månaden",
                25000,
                "Hög",
                "Pågår som det är tänkt.",
            ),
            (
                "Stadsdelsförvaltningen",
                "T2",
                "Öppen försäljning vid stationen",
                "Fältassistenter på samma tider",
                "Två pass i veckan",
                0,
                "Hög",
                "",
            ),
            (
                "Kriminalvården",
                "Löpande",
                "Män återvänder till gamla vänner efter häktet",
                "Möte före frigivning",
                "Alla som vill har fått ett möte",
                7500.5,
                "Medel",
                "",
            ),
        ],
        headings=(
            "Ansvar",
            "Tid",
            "Problem",
            "Åtgärd",
            "Operativa mål",
            "Kostnad, kr",
            "Prioritet",
            "Uppföljning",
        ),
        helps=(),
    )
    return book.content()


@_corpus
def spelling_faults() -> bytes:
    """Labels typed in a hurry: Problemm, Orskar, Åtgärdder, Opertiva mål, Tidd, Anvsar, Upföljning.
    The area is called Systemhotade brottslighet, and the sheet "Blad 1"."""
    book = Book()
    book.form(
        "Blad 1",
        "Systemhotade brottslighet",
        [
            (
                "Falska hyreskontrakt säljs",
                "Låg kontroll av andrahand",
                "Gemensam kontroll av tvåhundra kontrakt",
                "200 kontrakt",
                "halvår",
                "Fastighetsägare",
                "",
            ),
            ("", "", "Information på fyra språk", "Broschyr delad", "T2", "Sdf", ""),
            (
                "Assistansbolag fuskar",
                "Ingen jämför uppgifterna",
                "Möte mellan myndigheterna varje kvartal",
                "4 möten",
                "1 gång/kvartal",
                "Polisen, sdf",
                "",
            ),
        ],
        headings=(
            "Problemm",
            "Orskar",
            "Åtgärdder",
            "Opertiva mål",
            "Tidd",
            "Anvsar",
            "Upföljning",
        ),
        helps=(),
    )
    return book.content()


@_corpus
def other_words() -> bytes:
    """Made elsewhere: Utmaning, Bakomliggande faktor, Insats, Förväntat resultat, När, Aktör, Status."""
    book = Book()
    sheet = book.sheet("Unga")
    heads = (
        "Utmaning",
        "Bakomliggande faktor",
        "Insats",
        "Förväntat resultat",
        "När",
        "Aktör",
        "Status",
    )
    book.write(sheet, 0, [heads], book.bold)
    book.write(
        sheet,
        1,
        [
            (
                "Skolkande elever rekryteras",
                "Frånvaro följs inte upp",
                "Skolfrånvaroteam på två skolor",
                "Frånvaron halveras",
                "HT 2025",
                "Skolan, socialtjänsten",
                "Påbörjad",
            ),
            (
                "Skolkande elever rekryteras",
                "Ingen vuxen i centrum på dagen",
                "Vuxna i centrum mellan 10 och 14",
                "Fem pass i veckan",
                "Hela året",
                "Föreningen, fältarna",
                "Ej påbörjad",
            ),
            (
                "Sommaren är tom",
                "Få sommarjobb",
                "Femtio sommarjobb till",
                "50 ungdomar",
                "Juni–augusti",
                "Stadsdelen",
                "Klar",
            ),
        ],
    )
    return book.content()


@_corpus
def merged_cells() -> bytes:
    """A problem is merged over four rows and a cause over two of them; the title over all columns."""
    book = Book()
    sheet = book.form("Otrygga platser", "", (), helps=())
    sheet.merge_range(0, 0, 0, 6, "Otrygga och brottsutsatta platser", book.bold)
    sheet.merge_range(2, 0, 5, 0, "Gångtunneln under järnvägen", book.plain)
    sheet.merge_range(2, 1, 3, 1, "Den är mörk och luktar", book.plain)
    sheet.write(4, 1, "Ingen går där efter åtta", book.plain)
    sheet.write(5, 1, "Cyklister kör fort", book.plain)
    actions = (
        ("Måla om i ljusa färger", "Målat före juni", "Juni 2025", "Trafikkontoret", ""),
        ("Nya armaturer", "Tolv armaturer", "Augusti 2025", "Trafikkontoret", ""),
        ("Nattvandring genom tunneln", "Två kvällar i veckan", "Löpande", "Föräldraföreningen", ""),
        ("Räfflor i asfalten", "Klart", "T2", "Trafikkontoret", ""),
    )
    book.write(sheet, 2, [("", "", *action) for action in actions])
    return book.content()


@_corpus
def empty_cells_continue() -> bytes:
    """Nothing is merged: a problem and a cause are written once, and the rows below are left empty."""
    book = Book()
    book.form(
        "Unga i riskzon",
        "Unga i riskzon för destruktivt beteende",
        [
            (
                "Bråk utanför simhallen",
                "Många köar samtidigt",
                "Dela upp insläppet",
                "Högst trettio i kön",
                "T1",
                "Fastighetskontoret",
                "",
            ),
            (
                "",
                "",
                "Vakter på lördagar",
                "Åtta lördagar",
                "Hösten",
                "Avarn",
                "Åtta av åtta lördagar.",
            ),
            ("", "Inget att göra medan man väntar", "Basketkorg på torget", "", "VB", "Sdf", ""),
            (
                "Mopeder på gångvägen",
                "Genväg till skolan",
                "Bommar vid båda ändar",
                "Två bommar",
                "T2",
                "Trafikkontoret",
                "",
            ),
            ("", "", "Samtal med föräldrar", "Alla berörda", "Vid behov", "Skolan, Polisen", ""),
        ],
        helps=(),
    )
    return book.content()


@_corpus
def the_same_problem_far_apart() -> bytes:
    """The rows were sorted by who is responsible, so the same problem comes back further down, once
    with a capital letter and a full stop that it did not have before."""
    book = Book()
    book.form(
        "Otrygga platser",
        "Otrygga och brottsutsatta platser",
        [
            ("Skadegörelse på förskolan", "Gården är öppen", "Grind", "1 grind", "T1", "Sisab", ""),
            ("Cykelstölder vid tåget", "Få ställ", "Fler cykelställ", "80 st", "T1", "SL", ""),
            (
                "skadegörelse på förskolan.",
                "Ingen rör sig där",
                "Kvällsrond",
                "7 kvällar/vecka",
                "Löpande",
                "Väktare",
                "",
            ),
            (
                "Cykelstölder vid tåget",
                "Få ställ",
                "Märkning av cyklar",
                "Två märkdagar",
                "Maj, sept",
                "Polisen",
                "",
            ),
        ],
        helps=(),
    )
    return book.content()


@_corpus
def named_actions() -> bytes:
    """Names of actions: before a colon, on a line of their own, in bold within the cell, and none; and
    a colon that is no name."""
    book = Book()
    sheet = book.form("Kriminella miljöer", "Kriminella miljöer och livsstilar", (), helps=())
    rows = [
        (
            "Rekrytering på torget",
            "Snabba pengar lockar",
            "Torgkraft: fältare och poliser går ihop.",
        ),
        ("", "", "Vägen ut\nEn fast kontakt för den som vill hoppa av."),
        ("", "Äldre syskon är förebilder", ""),
        ("", "", "Möten i skolan om lagar och följder"),
        ("", "", "Vi gör så här: först frågar vi, sedan går vi dit."),
    ]
    book.write(sheet, 2, rows)
    sheet.write_rich_string(4, 2, book.bold, "Syskonkvällar", "\nKvällar för hela familjen.")
    for row in range(2, 7):
        sheet.write(row, 4, "Löpande", book.plain)
        sheet.write(row, 5, "Sdf, Polis", book.plain)
    return book.content()


@_corpus
def all_sorts_of_time() -> bytes:
    """Tid as a date of Excel's, a date without its format, a year as a number, a moment, a date as
    text, T1 and words; goals as a number, a part of a hundred and a yes."""
    book = Book()
    sheet = book.form("Brottsoffer", "Särskilt utsatta och sårbara brottsoffer", (), helps=())
    actions = [f"Information i kanal {number}" for number in range(1, 8)]
    book.write(sheet, 2, [("Bedrägerier på nätet", "Nya sätt hela tiden", "")])
    book.write(sheet, 2, [("", "", action) for action in actions])
    sheet.write_datetime(2, 4, date(2025, 3, 15), book.day)
    sheet.write_number(3, 4, 45747)
    sheet.write_number(4, 4, 2025)
    moment = book.workbook.add_format({"num_format": "d mmm yyyy hh:mm"})
    sheet.write_number(5, 4, 45762.5, moment)
    sheet.write_string(6, 4, "2025-05-01")
    sheet.write_string(7, 4, "T1")
    sheet.write_string(8, 4, "senast första veckan i juni")
    sheet.write_number(2, 3, 12)
    sheet.write_number(3, 3, 0.5, book.percent)
    sheet.write_boolean(4, 3, True)
    sheet.write_number(5, 3, 2.5)
    return book.content()


@_corpus
def hidden_things() -> bytes:
    """A hidden row with an action, a hidden column with notes, a hidden sheet with last year's plan and
    one that Excel does not even offer to show."""
    book = Book()
    rows = [
        (
            "Buskörning på ängen",
            "Öppen grind",
            "Lås grinden",
            "Låst",
            "T1",
            "Sdf",
            "",
            "Ring först",
        ),
        ("", "", "Stenar vid infarten", "Sex stenar", "T2", "Trafikkontoret", "", "Offert finns"),
        ("", "", "Skyltar", "Fyra skyltar", "T2", "Trafikkontoret", "", ""),
    ]
    headings = (*HEADINGS, "Egna anteckningar")
    sheet = book.form("Otrygga platser", "Otrygga och brottsutsatta platser", rows, headings, ())
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column(7, 7, 20, None, {"hidden": True})
    book.sheet("2024", [("Problem", "Åtgärd"), ("Buskörning", "Bom vid ängen")]).hide()
    book.sheet("Listor", [("Pågår",), ("Klar",)]).very_hidden()
    return book.content()


@_corpus
def a_summary_that_counts_wrong() -> bytes:
    """The summary counts rows for problems (three where there is one), leaves an area out and has one
    that has no sheet; it also holds a chart."""
    book = Book()
    book.form(
        "Unga i riskzon",
        "Unga i riskzon för destruktivt beteende",
        [
            ("Bråk på bussen", "Trångt", "Fler turer", "2 turer", "T1", "SL", ""),
            ("", "", "Värdar på bussen", "Fem dagar", "T1", "Sdf", ""),
            ("", "", "Samtal i klasserna", "Alla åttor", "T2", "Skolan", ""),
        ],
        helps=(),
    )
    book.form(
        "Systemhotande",
        "Systemhotande brottslighet",
        [("Svartklubb", "Tom lokal", "Tillsyn", "Tre besök", "T1", "Polisen", "")],
        helps=(),
    )
    sheet = book.sheet(
        "Sammanställning",
        [
            ("Sammanställning över prioriterade områden",),
            ("Område", "Antal problem", "Antal identifierade orsaker", "Antal åtgärder"),
            ("Unga i riskzon för destruktivt beteende", 3, 1, 3),
            ("Kriminella miljöer och livsstilar", 1, 1, 1),
            ("Summa", 4, 2, 4),
        ],
    )
    chart = book.workbook.add_chart({"type": "bar"})
    chart.add_series({"values": "=Sammanställning!$D$3:$D$4"})
    chart.set_title({"name": "Åtgärder per område"})
    sheet.insert_chart("F2", chart)
    return book.content()


@_corpus
def a_table_per_action() -> bytes:
    """Label and value, one above the other: a small table to each action, with the older labels."""
    book = Book()
    rows: list[Row] = [("Skolan som brottsplats",), ()]
    for name, who, how in (
        ("Trygga raster", "Rektor", "Vuxna på gården varje rast."),
        ("Öppna korridorer", "Skolvärdarna", "Dörrarna till skåphallen hålls öppna."),
        ("Digitala hot", "Kuratorn", "Genomgång med alla klasser i årskurs sex."),
    ):
        rows += [
            ("Aktivitet", name),
            ("Mål och syfte", how),
            ("Löptid", "Läsåret 2025/2026"),
            ("Mötesfrekvens", "1 gång per månad"),
            ("Sammankallande", who),
            ("Polisen kontakt", "Kommunpolis"),
            ("Övriga deltagare", "Elevrådet"),
            ("Uppföljning", "Enkät till eleverna i maj"),
            (),
        ]
    sheet = book.sheet("Skolan", rows)
    sheet.write(0, 0, rows[0][0], book.bold)
    return book.content()


@_corpus
def areas_as_rows() -> bytes:
    """One table with all areas: a row with only the area's name, in bold and merged, before its rows."""
    book = Book()
    sheet = book.form("Åtgärdsplan", "Åtgärdsplan för stadsdelen 2025", (), helps=())
    row = 2
    for area, rows in (
        (
            "Otillåten påverkan",
            [
                ("Handläggare hotas", "Ensamarbete", "Larm till alla", "60 larm", "T1", "Sdf", ""),
                ("", "", "Övning med polisen", "En övning", "Maj", "Polisen", "Gjord 12 maj."),
            ],
        ),
        (
            "Ordningsvakter",
            [("Oro i centrum", "Få vuxna", "Ordningsvakter", "Alla dagar", "Löpande", "Sdf", "")],
        ),
        (
            "Kameraövervakning",
            [("Rån i parken", "Skymd sikt", "Kamera", "1 st", "VB", "Polis", "")],
        ),
    ):
        sheet.merge_range(row, 0, row, 6, area, book.bold)
        book.write(sheet, row + 1, rows)
        row += 1 + len(rows)
    return book.content()


@_corpus
def an_area_column() -> bytes:
    """A register: the area stands in a column of each row, and each row has a running number."""
    book = Book()
    sheet = book.sheet("Register")
    heads = ("Nr", "Prioriterat område", "Problembild", "Aktivitet", "Effektmål", "Klart", "Ägare")
    book.write(sheet, 0, [heads], book.bold)
    book.write(
        sheet,
        1,
        [
            (1, "Unga i riskzon", "Cannabis i parken", "Parkvärdar", "30 pass", "2025-09", "Sdf"),
            (2, "Unga i riskzon", "Cannabis i parken", "Röjning", "Fri sikt", "2025-04", "TK"),
            (3, "Otrygga platser", "Mörk busshållplats", "Lampor", "6 st", date(2025, 11, 1), "TK"),
            (4, "Unga i riskzon", "Slagsmål i kö", "Nytt kösystem", "Klart", "2025-05", "SL"),
        ],
    )
    return book.content()


@_corpus
def comments_and_pictures() -> bytes:
    """Comments, a text box, a picture with a description and one without, a page heading, and a link
    behind a word."""
    book = Book()
    sheet = book.form(
        "Otrygga platser",
        "Otrygga och brottsutsatta platser",
        [
            ("Lekparken", "Skräp och glas", "Städning på morgonen", "Varje dag", "T1", "TK", ""),
            ("", "", "Fler papperskorgar", "Åtta", "T2", "TK", ""),
            ("Kiosken", "Öppet sent", "Dialog med ägaren", "Två möten", "Mars", "Polisen", ""),
        ],
        helps=(),
    )
    sheet.write_comment("C3", "Vem betalar helgerna?", {"author": "Samordnaren"})
    sheet.write_comment("E5", "Kan det bli tidigare?\nFråga igen.")
    sheet.insert_textbox("I2", "Prioritera lekparken,\nden används mest.")
    sheet.insert_image(
        "I10",
        "karta.png",
        {"image_data": BytesIO(picture("green")), "description": "Karta över lekparken"},
    )
    sheet.insert_image("I20", "foto.png", {"image_data": BytesIO(picture("grey"))})
    sheet.write_url("H3", "https://exempel.se/stadplan", book.plain, "Städplanen")
    sheet.write_url("H4", "https://exempel.se/korgar", book.plain, "exempel.se/korgar")
    sheet.set_header('&L&"Arial,Fet"&12Arbetsmaterial && utkast&RSida &P av &N')
    sheet.set_footer("&CSida &P av &N")
    return book.content()


@_corpus
def a_thread_of_comments() -> bytes:
    """Comments as Excel keeps them today: a thread with an answer, and a copy for an older Excel."""
    book = Book()
    sheet = book.form(
        "Unga",
        "Unga i riskzon för destruktivt beteende",
        [
            ("Klotter i tunnelbanan", "Tomma kvällar", "Laglig vägg", "1 vägg", "T2", "Sdf", ""),
            ("", "", "Snabb sanering", "Inom ett dygn", "Löpande", "SL", ""),
            ("", "", "Kvällsöppen verkstad", "Två kvällar", "T1", "Föreningen", ""),
        ],
        helps=(),
    )
    sheet.write_comment("C3", "[Trådad kommentar]\nDin version av Excel kan inte visa tråden.")
    sheet.write_comment("C5", "Vanlig anteckning")
    threads = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        'threadedcomments"><threadedComment ref="C3" dT="2025-01-10T08:00:00" personId="{1}" '
        'id="{A}"><text>Var ska väggen stå?</text></threadedComment><threadedComment ref="C3" '
        'dT="2025-01-11T08:00:00" personId="{2}" id="{B}" parentId="{A}"><text>Vid &amp; bakom '
        "idrottsplatsen.</text></threadedComment></ThreadedComments>"
    )
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2017/10/relationships/'
        'threadedComment" Target="../threadedComments/threadedComment1.xml"/>'
    )
    return with_parts(
        book.content(),
        {
            "xl/threadedComments/threadedComment1.xml": threads.encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": _put("</Relationships>", relation),
        },
    )


@_corpus
def an_own_area() -> bytes:
    """An area that the city does not have, named by the district where the form says to."""
    book = Book()
    book.form(
        "Eget prioriterat område",
        "Nyrekrytering",
        [
            (
                "Barn bär vapen åt andra",
                "De straffas inte",
                "Tidiga samtal",
                "Inom 48 h",
                "Löpande",
                "Polisen",
                "",
            ),
            ("", "Pengar", "Ungdomsjobb", "20 jobb", "T2", "Sdf", "Tolv jobb i april."),
            ("", "", "Mentor", "Tio par", "VB", "Föreningen", ""),
        ],
    )
    return book.content()


@_corpus
def areas_without_actions() -> bytes:
    """One area is filled in. One only has its headings and help, and one is the form's own "[Eget
    prioriterat område]", untouched. One says that it is line work."""
    book = Book()
    book.form(
        "Systemhotande",
        "Systemhotande brottslighet",
        [
            ("Olovlig verkstad", "Tom industri", "Tillsynsdag", "Tre dagar", "T1", "Polisen", ""),
            ("", "", "Brev till ägarna", "Alla ägare", "Februari", "Sdf", ""),
            ("", "Låga böter", "Rapport till nämnden", "En rapport", "VB", "Sdf", ""),
        ],
    )
    book.form("Kriminella miljöer", "Kriminella miljöer och livsstilar", ())
    line = [("Hanteras i linjearbetet under året.",)]
    book.form("Brottsoffer", "Särskilt utsatta och sårbara brottsoffer", line)
    book.form("Eget område", "[Eget prioriterat område]", ())
    return book.content()


@_corpus
def a_plain_list() -> bytes:
    """No table at all: headings in bold and under each a list, one item to a row, in one column."""
    book = Book()
    sheet = book.sheet("Blad1")
    rows = (
        ("Åtgärder 2025", True),
        ("Unga i riskzon för destruktivt beteende", True),
        ("• Sommarskola för årskurs nio", False),
        ("• Fotboll klockan 20 på lördagar (polisen och föreningen)", False),
        ("Otrygga och brottsutsatta platser", True),
        ("- Nya lampor vid dammen, klart i oktober", False),
        ("- Trygghetsvandring i april", False),
    )
    for row, (text, is_heading) in enumerate(rows):
        sheet.write_string(row, 0, text, book.bold if is_heading else book.plain)
    return book.content()


@_corpus
def two_areas_on_one_sheet() -> bytes:
    """Two forms above each other on one sheet, each with its title and headings, empty rows between."""
    book = Book()
    sheet = book.form(
        "Plan 2025",
        "Unga i riskzon för destruktivt beteende",
        [
            ("Fester i skogen", "Ingen annan plats", "Kvällscafé", "Fredagar", "T1", "Kyrkan", ""),
            ("", "", "Fältare i skogen", "Alla lov", "Lov", "Sdf", ""),
        ],
        helps=(),
    )
    book.write(sheet, 6, [["Otrygga och brottsutsatta platser"], HEADINGS], book.bold)
    book.write(
        sheet,
        8,
        [
            (
                "Rökning i porten",
                "Porten står öppen",
                "Nytt lås",
                "Ett lås",
                "T1",
                "Svenska Bostäder",
                "",
            )
        ],
    )
    return book.content()


@_corpus
def goals_and_background_above() -> bytes:
    """Above the table stand övergripande mål and lägesbild, as label and text; below it a source."""
    book = Book()
    sheet = book.sheet("Skolan")
    above = [
        ("Prioriterat område:", "Skolan som brottsplats"),
        ("Övergripande mål:", "Alla elever är trygga hela dagen."),
        ("Lägesbild:", "Anmälningarna ökade från 41 till 58.\n• flest på höstterminen\n• mest hot"),
        (),
    ]
    book.write(sheet, 0, above)
    book.write(sheet, 4, [HEADINGS], book.bold)
    book.write(
        sheet,
        5,
        [
            ("Hot i korridoren", "Få vuxna", "Värdar", "4 värdar", "HT", "Skolan", ""),
            ("", "", "Kameror vid skåpen", "6 st", "VT", "Skolan", ""),
            ("Stölder ur skåp", "Dåliga lås", "Nya lås", "Alla skåp", "T1", "Sisab", ""),
            (),
            ("Källa: skolans egen statistik.",),
        ],
    )
    return book.content()


@_corpus
def every_party_its_column() -> bytes:
    """Ansvar is split in a column per party with what each will do, under a heading of two rows."""
    book = Book()
    sheet = book.sheet("Brottsoffer")
    sheet.write(0, 0, "Särskilt utsatta och sårbara brottsoffer", book.bold)
    for column, heading in enumerate(("Problem", "Åtgärd", "Tid")):
        sheet.merge_range(1, column, 2, column, heading, book.bold)
    sheet.merge_range(1, 3, 1, 5, "Åtaganden", book.bold)
    book.write(sheet, 2, [("", "", "", "Stadsdelsförvaltningen", "Polisen", "Kyrkan")], book.bold)
    book.write(
        sheet,
        3,
        [
            ("Äldre rånas", "Följa-med-tjänst", "T1", "Bokar och betalar", "Utbildar", "Går med"),
            ("", "Träff om bluff", "Mars", "Lokal", "Håller i träffen", ""),
            ("Hatbrott", "Trygg väg till gudstjänst", "Löpande", "", "Patrull", "Värdar ute"),
        ],
    )
    return book.content()


@_corpus
def with_macros_links_and_odd_characters() -> bytes:
    """Saved with macros, fetches figures from another file, and has control characters pasted from
    Word and a cell with #REF! in it."""
    book = Book()
    sheet = book.form(
        "Otrygga platser",
        "Otrygga och brottsutsatta platser",
        [
            ("Grillplatsen\x07", "Ingen\x0bstädar", "Städa", "Ren", "T1", "Sdf", ""),
            ("", "", "Ny\x01 soptunna", "Två", "T2", "Sdf", ""),
            ("", "", "Flytta bänkarna", "", "T2", "Sdf", ""),
        ],
        helps=(),
    )
    sheet.write_formula("D5", "=[1]Budget!B2", book.plain, "#REF!")
    outside = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><externalBook '
        'r:id="rId1"/></externalLink>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    path = (
        f'{head}<Relationship Id="rId1" Type="{office}/externalLinkPath" '
        'Target="file:///G:\\Planer\\budget%202025.xlsx" TargetMode="External"/></Relationships>'
    )
    to_it = (
        f'<Relationship Id="rId98" Type="{office}/externalLink" '
        'Target="externalLinks/externalLink1.xml"/>'
    )
    return with_parts(
        book.content(),
        {
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 makron",
            "xl/externalLinks/externalLink1.xml": outside.encode(),
            "xl/externalLinks/_rels/externalLink1.xml.rels": path.encode(),
            "xl/_rels/workbook.xml.rels": _put("</Relationships>", to_it),
        },
    )
