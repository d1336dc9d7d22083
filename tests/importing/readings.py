"""What a stranger's file is read as, built by hand: two sheets, one of them with doubts in it."""

from msgspec.structs import replace

from plans.document import ActionDoc, AreaDoc, CauseDoc, ExtraDoc, GoalDoc, PlanDocument, ProblemDoc
from plans.reading.outcome import Known, Piece, Reading
from plans.reading.source import At, Cell, Note, Origin, Paragraph, Source, Table
from plans.vocabulary import Layout
from samverkan.reading.outcome import Option, Question, Sureness
from tests.formats.samples import uid

HEADS = ("Problem", "Orsak", "Åtgärd", "Operativa mål", "Tid", "Ansv. pers.", "Anteckning")
ROWS = (
    (
        "Otrygghet vid torget sena kvällar",
        "Mörka gångvägar och få som rör sig där",
        "Torgvärdar: Värdar finns på torget fredag och lördag.",
        "Färre som väljer en annan väg",
        "Hela året",
        "Sdf, Polis",
        "",
    ),
    (
        "",
        "",
        "Bättre belysning längs gångvägen.",
        "Ny belysning på plats",
        "T2",
        "Trafikkontoret",
        "Ring entreprenören först",
    ),
)
SURENESS = (
    Sureness.CERTAIN,
    Sureness.CERTAIN,
    Sureness.LIKELY,
    Sureness.CERTAIN,
    Sureness.CERTAIN,
    Sureness.UNSURE,
    Sureness.EXTRA,
)
BECAME = ("Problem", "Orsak", "Åtgärd", "Operativt mål", "Tid", "Ansvar", "")
QUESTION = "kolumn:ansv. pers."
OTHER = "blad:blad2"


def a_document(known: Known, responsible: bool = True) -> PlanDocument:
    problem = ProblemDoc(uid("p"), ROWS[0][0], causes=(CauseDoc(uid("c"), ROWS[0][1]),))
    actions = tuple(
        ActionDoc(
            uid(f"a{number}"),
            cause=uid("c"),
            name=row[2].partition(": ")[0] if ": " in row[2] else "",
            description=row[2].rpartition(": ")[2],
            timing=row[4],
            responsible=row[5] if responsible else "",
            goals=(GoalDoc(uid(f"g{number}"), row[3]),),
        )
        for number, row in enumerate(ROWS)
    )
    listed = [area for area in known.areas if area.catalogue]
    areas = tuple(
        AreaDoc(uid(f"omr{number}"), area.slug, area.name, area.name)
        for number, area in enumerate(listed[:2])
    )
    areas = (replace(areas[0], problems=(problem,), actions=actions), *areas[1:])
    extras = [ExtraDoc("Torget, G5", HEADS[6], ROWS[1][6])]
    if not responsible:
        extras += [ExtraDoc(f"Torget, F{n + 4}", HEADS[5], row[5]) for n, row in enumerate(ROWS)]
    return PlanDocument(
        district=known.district,
        period_start=known.period_start,
        period_end=known.period_end,
        layout=Layout.CAUSES,
        catalogue=known.catalogues[0],
        agreement=known.agreement,
        parties=known.parties,
        areas=areas,
        extras=tuple(extras),
    )


def a_reading(known: Known, answers=None, rows: int = 0) -> Reading:
    """As `read_file` gives it; `rows` more of them make the sheet a long one."""
    answers = answers or {}
    said = answers.get(QUESTION, "responsible")
    sheet = [tuple(Cell(0, 0, "Torget", is_bold=True, columns=3) for _ in range(1))]
    sheet.append(tuple(Cell(2, n, head, is_bold=True) for n, head in enumerate(HEADS)))
    pieces = [Piece(At(0, 0, 0), Sureness.CERTAIN, "Område", str(uid("omr0")))]
    pieces += [Piece(At(0, 2, n), Sureness.FORM, "Rubrik") for n in range(len(HEADS))]
    for number, row in enumerate(ROWS):
        at = number + 3
        sheet.append(tuple(Cell(at, n, text) for n, text in enumerate(row) if text))
        for n, text in enumerate(row):
            sure = SURENESS[n]
            asked = ""
            if n == 5:
                asked = QUESTION
                if QUESTION in answers:
                    sure = Sureness.CERTAIN if said == "responsible" else Sureness.EXTRA
            if text:
                pieces.append(Piece(At(0, at, n), sure, BECAME[n], str(uid(f"a{number}")), asked))
    for number in range(rows):
        sheet.append((Cell(number + 5, 0, f"Rad {number}"),))
        pieces.append(Piece(At(0, number + 5, 0), Sureness.EXTRA, ""))
    blocks = (
        Table("Torget", tuple(sheet), is_sheet=True),
        Table("Blad2", ((Cell(0, 0, "Brottsoffer"),),), is_sheet=True),
    )
    pieces.append(Piece(At(1, 0, 0), Sureness.UNSURE, "Område", str(uid("omr1")), OTHER))
    questions = [
        Question(
            QUESTION,
            "Vad står i kolumnen ”Ansv. pers.”?",
            said,
            Sureness.CERTAIN if QUESTION in answers else Sureness.UNSURE,
            (Option("responsible", "Ansvar"), Option("extra", "Spara som övrigt")),
        ),
    ]
    if OTHER not in answers:
        options = (Option("omr1", "Område ur listan"), Option("form", "Inget område"))
        questions.append(
            Question(OTHER, "Vilket område är ”Brottsoffer”?", "omr1", Sureness.UNSURE, options)
        )
    return Reading(
        a_document(known, responsible=said == "responsible"),
        source=Source(Origin.EXCEL, blocks, (Note("Torget, C4", "Kommentar", "Stäm av."),)),
        pieces=tuple(pieces),
        questions=tuple(questions),
        warnings=("Bladet ”Gammalt” är dolt. Det läses inte som ett område.",),
    )


def a_word_reading(known: Known) -> Reading:
    """Paragraphs and a table that flow."""
    blocks = (
        Paragraph("Torget", 1, heading=1),
        Paragraph("Tryggheten ska öka.", 2),
        Table(
            "tabell 1",
            (
                (Cell(0, 0, "Aktivitet"), Cell(0, 1, "Arbetsgrupp")),
                (Cell(1, 0, "Torgvärdar"), Cell(1, 1, "Styrgruppen")),
            ),
        ),
    )
    pieces = (
        Piece(At(0), Sureness.CERTAIN, "Område", str(uid("omr0"))),
        Piece(At(1), Sureness.LIKELY, "Övergripande mål", str(uid("omr0"))),
        Piece(At(2, 1, 0), Sureness.CERTAIN, "Namn", str(uid("a0"))),
        Piece(At(2, 1, 1), Sureness.EXTRA, ""),
    )
    return Reading(a_document(known), source=Source(Origin.WORD, blocks), pieces=pieces)
