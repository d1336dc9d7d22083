"""The plan as Excel: the city's form, whole, with a summary that is right."""

from dataclasses import replace as with_standing
from datetime import date
from io import BytesIO

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from plans.counting import count_area, count_plan
from plans.document import ActionDoc, AreaDoc, CauseDoc, Envelope, PlanDocument, ProblemDoc
from plans.reading.our_xlsx import read_xlsx
from plans.sheets import OWN_AREA, RESERVED, SUMMARY
from plans.vocabulary import Layout
from plans.writing.xlsx import write_xlsx
from samverkan.documents.standing import Standing
from tests.formats import samples
from tests.formats.office import convert
from tests.formats.samples import uid

DRAFT = Standing("Utkast", content_hash="ab" * 32, printed_on=date(2025, 2, 3))
PLACES, YOUTH = "Otrygga platser i centrum", "Unga i Tallbacken"


def written(document: PlanDocument, standing: Standing = DRAFT) -> bytes:
    return write_xlsx(Envelope(document), standing)


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def column_of(sheet: Worksheet, heading: str) -> int:
    return place_of(sheet, heading)[1]


def place_of(sheet: Worksheet, text: str) -> tuple[int, int]:
    """The row and the column of the first cell that says this."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == text:
                return cell.row, cell.column
    raise AssertionError(f"{sheet.title}: {text} saknas")


def first_row(sheet: Worksheet) -> int:
    return place_of(sheet, "Tid")[0] + 2


# --- The form ---


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(written(samples.full()))


def test_each_area_has_the_citys_form(book):
    sheet = book[PLACES]
    head, _ = place_of(sheet, "Tid")
    assert [sheet.cell(head, column).value for column in range(1, 8)] == [
        "Problem",
        "Orsak",
        "Åtgärd",
        "Operativa mål",
        "Tid",
        "Ansvar",
        "Uppföljning",
    ]
    assert sheet["A1"].value == "Otrygga platser i centrum"
    assert sheet.cell(head + 1, 1).value == "Vilket problem eller vilken utmaning gäller det?"
    assert [sheet.cell(head + 2, column).value for column in range(1, 8)] == [
        "Torget upplevs som otryggt efter mörkrets inbrott",
        "Få människor i rörelse och svag belysning",
        "Torgvärdar på Tallbackstorget\nVärdar i gula västar rör sig på torget och pratar med dem som är där.",
        "– Antalet personrån på torget ska halveras.\n– Fyra av fem besökare ska känna sig trygga.",
        "Varje fredag och lördag, april–oktober",
        "Stadsdelsförvaltningen, Polisen",
        "Sex värdar är anställda och schemat är lagt.",
    ]


def test_above_the_form_stands_what_the_area_says(book):
    sheet = book[PLACES]
    assert sheet.cell(*_beside(sheet, "Övergripande mål och syfte")).value == (
        "Fler ska våga vistas på torget.\nFärre ska utsättas för brott där."
    )
    assert "Belysningen byttes i våras." in sheet.cell(*_beside(sheet, "Lägesbild")).value
    sheet = book["Ordningsvakter"]
    assert sheet.cell(*_beside(sheet, "Hanteras inom området")).value == f"1 {PLACES}"


def _beside(sheet: Worksheet, heading: str) -> tuple[int, int]:
    row, column = place_of(sheet, heading)
    return row, column + 1


def test_a_problem_over_several_rows_is_one_merged_cell(book):
    sheet = book[PLACES]
    row = first_row(sheet)
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert f"A{row}:A{row + 1}" in merged
    # A cause without action and a problem without cause keep their rows.
    assert sheet.cell(row + 1, 2).value == "Öppen försäljning av narkotika vid tunnelbanan"
    assert sheet.cell(row + 3, 1).value == "Olovlig körning med mopeder på gångbanor"
    assert sheet.cell(row + 3, 3).value is None


def test_the_form_scrolls_prints_and_folds_as_a_form_should(book):
    sheet = book[PLACES]
    head, _ = place_of(sheet, "Tid")
    assert sheet.freeze_panes == f"A{head + 1}"
    assert sheet.print_title_rows == f"${head}:${head}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_area.startswith(f"'{PLACES}'!$A$1:$G$")
    assert sheet.cell(head + 2, 3).alignment.wrap_text
    beside = sheet.column_dimensions["K"]
    assert (beside.hidden, beside.outlineLevel) == (True, 1)
    assert "Åtgärdsplan 2025–2026, Tallbacken" in sheet.oddHeader.left.text
    assert sheet.oddHeader.right.text == "UTKAST"
    assert sheet.oddFooter.right.text == "Sida &P av &N"


def test_there_are_drop_downs_where_there_is_a_choice(book):
    def lists(name: str) -> dict[str, str]:
        sheet = book[name]
        head, _ = place_of(sheet, "Tid") if name == PLACES else (1, 1)
        return {
            sheet.cell(head, cells.min_col).value: str(one.formula1)
            for one in sheet.data_validations.dataValidation
            for cells in one.sqref.ranges
        }

    assert "tills vidare" in lists(PLACES)["Åtgärden: Slags tid"]
    assert lists(PLACES)["Åtgärden: Internt"] == '"Ja,Nej"'
    answers = lists("Uppföljning")
    assert "Enligt plan" in answers["Status"]
    assert answers["Fortsätter nästa år"] == '"Ja,Nej"'
    assert answers["Part"].startswith("'Parter'!")
    sheet = book["Parter"]
    assert sheet.cell(1, 1).value == "Kortnamn"


def test_an_activity_plan_has_the_columns_of_its_own_form():
    sheet = opened(written(samples.full(Layout.ACTIVITIES)))[PLACES]
    head, _ = place_of(sheet, "Sammankallande")
    assert [sheet.cell(head, column).value for column in range(1, 9)] == [
        "Samverkansåtagande",
        "Aktivitet",
        "Mål och syfte",
        "Löptid",
        "Mötesfrekvens",
        "Sammankallande",
        "Parternas åtaganden",
        "Uppföljning",
    ]
    assert "Polisen: kontakt: Kommunpolisen" in sheet.cell(head + 2, 7).value


def test_the_sheets_stand_in_the_order_of_the_form_and_the_file_is_told_about_last(book):
    names = book.sheetnames
    assert names[:7] == [
        *(PLACES, YOUTH, "Ordningsvakter", "Arbete mot våldsbejakande"),
        *(OWN_AREA, SUMMARY, "Alla åtgärder"),
    ]
    assert names[-1] == "Om filen"
    assert set(names[7:]) <= set(RESERVED)
    assert book[OWN_AREA]["A1"].value == "[Eget prioriterat område]"


def test_sheets_are_named_so_that_excel_takes_them():
    titles = ["Mål", "a/b:c?d*[e]\\f", "Å" * 200, "å" * 200, "'", "History", "🎉" * 40]
    areas = tuple(
        AreaDoc(uid(title), f"omrade-{n}", title, title) for n, title in enumerate(titles)
    )
    document = replace(samples.emptiest(), areas=areas)
    content = written(document)
    names = opened(content).sheetnames[: len(titles)]
    assert names[:2] == ["Mål (2)", "a b c d e f"]
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)
    assert read_xlsx(content).document == document


def test_the_flat_sheet_has_a_row_for_each_action_and_nothing_merged(book):
    sheet = book["Alla åtgärder"]
    assert sheet.max_row == 1 + count_plan(samples.full()).actions
    assert not sheet.merged_cells.ranges
    assert sheet.auto_filter.ref.startswith("A1:")
    area, name = column_of(sheet, "Område"), column_of(sheet, "Namn")
    assert [sheet.cell(2, column).value for column in (1, area, name)] == [
        "1.1",
        PLACES,
        "Torgvärdar på Tallbackstorget",
    ]


def test_no_cell_that_somebody_wrote_is_a_formula():
    document = samples.with_action(ActionDoc(uid("action"), name="=1+1", aim="@A1", funding="-2+3"))
    for sheet in opened(written(document)):
        if sheet.title not in (SUMMARY, "Räkning"):
            assert [
                c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"
            ] == []


def test_the_last_sheet_says_which_plan_it_is_how_it_stands_and_when_it_was_made():
    decided = Standing(
        "Beslutad",
        "cd" * 32,
        date(2025, 3, 4),
        is_decided=True,
        decided_on=date(2025, 1, 20),
        body="Tallbackens stadsdelsnämnd",
        paragraph="§ 12",
        registry_numbers=(("Polisen", "A987.654/2025"),),
    )
    content = written(samples.full(), decided)
    sheet = opened(content)["Om filen"]
    said = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for words in (
        "Åtgärdsplan 2025–2026, Tallbacken",
        "Tallbackens stadsdelsnämnd, 2025-01-20, § 12",
        "Polisen: A987.654/2025",
        "cd" * 32,
        "2025-03-04",
        "samverkansplan/1",
    ):
        assert words in said
    properties = opened(content).properties
    assert properties.title == "Åtgärdsplan 2025–2026, Tallbacken"
    assert properties.category == "Åtgärdsplan"
    assert opened(content).custom_doc_props["Language"].value == "sv-SE"
    assert properties.subject == "Revision 3, Beslutad 2025-01-20"


def test_the_same_plan_is_the_same_bytes():
    assert written(samples.full()) == written(samples.full())
    later = with_standing(DRAFT, printed_on=date(2025, 2, 4))
    assert written(samples.full(), later) != written(samples.full())


# --- Sammanställningen ---


def summary_of(content: bytes) -> list[list]:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(SUMMARY).to_python()
    begin = next(n for n, row in enumerate(rows) if row[0] == "Prioriterat område")
    return [row for row in rows[begin + 1 :] if row[0]]


def counting_of(content: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Räkning").to_python()


def counted(document: PlanDocument) -> list[list]:
    areas = [(area.title, count_area(area)) for area in document.areas]
    lines = [*areas, ("Summa", count_plan(document))]
    return [[title, n.problems, n.causes, n.actions] for title, n in lines]


REPEATED = replace(
    samples.emptiest(),
    areas=(
        AreaDoc(
            uid("area"),
            "centrum",
            "Centrum",
            "Centrum",
            problems=(
                ProblemDoc(
                    uid("p1"),
                    "Mörka  gångvägar\noch få som rör sig" + " där" * 200,
                    causes=(CauseDoc(uid("c1"), "Trasig belysning"),),
                ),
                ProblemDoc(uid("p2"), "Buller*", causes=(CauseDoc(uid("c2"), "trasig belysning"),)),
                ProblemDoc(
                    uid("p3"),
                    "mörka gångvägar och få som rör sig" + " där" * 200,
                    causes=(
                        CauseDoc(uid("c3"), "TRASIG belysning "),
                        CauseDoc(uid("c4"), "Inga hus vid vägen"),
                    ),
                ),
                ProblemDoc(uid("p4"), "Buller?"),
                ProblemDoc(uid("p5"), ">1"),
            ),
            actions=(ActionDoc(uid("a1"), name="Lys"), ActionDoc(uid("a2"), name="Bygg")),
        ),
        AreaDoc(uid("empty"), "tomt", "Tomt's", "Tomt's"),
    ),
)


@pytest.mark.parametrize("document", [samples.full(), REPEATED], ids=["full", "repeated"])
def test_the_summary_is_right_before_any_formula_has_been_run(document):
    assert summary_of(written(document)) == counted(document)


@pytest.mark.parametrize("document", [samples.full(), REPEATED], ids=["full", "repeated"])
def test_the_formulas_say_what_we_counted(document, tmp_path):
    book = opened(written(document))  # openpyxl saves formulas without what they came to
    saved = BytesIO()
    book.save(saved)
    content = convert(saved.getvalue(), "xlsx", "xlsx", tmp_path)
    assert summary_of(content) == counted(document)
    assert counting_of(content) == counting_of(written(document))


def test_a_row_that_is_put_in_is_counted_by_the_formulas(tmp_path):
    book = opened(written(samples.full()))
    sheet = book[YOUTH]
    row = first_row(sheet) + 1
    for column, text in enumerate(("Nytt problem", "Ny orsak", "Ny åtgärd"), start=1):
        sheet.cell(row, column).value = text
    saved = BytesIO()
    book.save(saved)
    content = convert(saved.getvalue(), "xlsx", "xlsx", tmp_path)
    document = read_xlsx(content).document
    assert (
        count_area(document.areas[1]).problems == count_area(samples.full().areas[1]).problems + 1
    )
    assert summary_of(content) == counted(document)


def test_an_activity_plan_counts_activities_and_what_each_party_takes_part_in(tmp_path):
    document = samples.full(Layout.ACTIVITIES)
    content = written(document)
    book = opened(content)
    saved = BytesIO()
    book.save(saved)
    rows = summary_of(content)
    assert rows[0] == [PLACES, 3, 1, 1, 1, 2, 1]
    assert summary_of(convert(saved.getvalue(), "xlsx", "xlsx", tmp_path)) == rows


def test_the_summary_has_a_chart(book):
    (chart,) = book[SUMMARY]._charts
    assert len(chart.series) == 3
