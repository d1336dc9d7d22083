"""A plan's Excel file is read back as what it was, with what was written in it."""

import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from openpyxl import Workbook

from plans.document import (
    ActionDoc,
    AreaDoc,
    CommitmentDoc,
    Envelope,
    GoalDoc,
    NotAPlan,
    PlanDocument,
    ProblemDoc,
    read_json,
)
from plans.reading.our_xlsx import read_xlsx
from plans.sheets import OWN_AREA
from plans.vocabulary import ActionState, HandledAs, Layout, RoundKind, TimingKind
from plans.writing.xlsx import write_xlsx
from samverkan.document import DecisionDoc, RegistryNumberDoc, encode
from samverkan.office import package
from tests.formats import samples
from tests.formats.office import convert
from tests.formats.samples import uid
from tests.formats.test_xlsx import (
    DRAFT,
    PLACES,
    YOUTH,
    column_of,
    first_row,
    opened,
    place_of,
    written,
)
from tests.strategies import documents

DEMO = sorted(Path("fixtures/plans").glob("*.json"))


def edited(document: PlanDocument, edit: Callable[[Workbook], None]) -> PlanDocument:
    """The plan after somebody has opened the file, done something in it and saved it."""
    book = opened(written(document))
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return read_xlsx(saved.getvalue()).document


def action_named(document: PlanDocument, name: str) -> ActionDoc:
    return next(
        action
        for area in document.areas
        for action in area.actions
        if name in (action.name, action.description)
    )


# --- Nothing is lost ---


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_a_plan_of_the_demonstration_is_the_same_when_its_excel_file_is_read(path):
    envelope = read_json(path.read_bytes())
    read = read_xlsx(write_xlsx(envelope, DRAFT))
    assert read == envelope
    assert encode(read) == encode(envelope)


@pytest.mark.parametrize("layout", Layout)
def test_every_field_comes_back_and_so_does_the_decision(layout):
    envelope = Envelope(
        samples.full(layout),
        DecisionDoc(
            "Tallbackens stadsdelsnämnd",
            date(2025, 1, 20),
            "cd" * 32,
            "§ 12",
            (RegistryNumberDoc("polisen", "A987.654/2025"), RegistryNumberDoc("stad/x", "")),
        ),
    )
    assert encode(read_xlsx(write_xlsx(envelope, DRAFT))) == encode(envelope)


@pytest.mark.parametrize("layout", Layout)
def test_a_plan_with_nothing_in_it_comes_back(layout):
    document = samples.emptiest(layout)
    assert read_xlsx(written(document)).document == document


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents())
def test_any_plan_comes_back_with_the_same_hash(document):
    assert encode(read_xlsx(written(document)).document) == encode(document)


AWKWARD = {
    "formula": '=HYPERLINK("http://x";"klicka")\n+46 -1 @SUM(A1)',
    "plus": "+1",
    "minus": "-1",
    "at": "@x",
    "tab": "\t=1",
    "number": "0012",
    "error": "#N/A",
    "control": "a\x0bb\x00\x1f",
    "carriage return": "a\rb\r\nc",
    "escape": "_x000B_ __x000D_ _x005F_x000B_x000B_ \\u005f",
    "not in XML": "före\ufffe\uffffefter",
    "rich to XlsxWriter": "<r><t>hej</t></r>",
    "our own reference": "Allt … [fortsätter på fliken Fortsättning, nr 1]",
    "spaces": "  inne  och\u00a0ute \n\n ",
    "emoji": "👩🏽\u200d🚒 🎉",
    "right to left": "שלום \u202eabc مرحبا",
    "word of 300 characters": "x" * 300,
    "longer than a cell": "Trygghet på torget. " * 2_000 + "\\slut <r> _x000B_",
    "long emoji": "🎉" * 20_000,
}


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_any_text_comes_back_as_it_was(text):
    action = ActionDoc(
        uid("action"),
        description=text,
        aim=text,
        timing=text,
        goals=(GoalDoc(uid("goal"), text),),
        commitments=(CommitmentDoc(uid("c"), "polisen", text=text),),
    )
    document = samples.with_action(action)
    assert read_xlsx(written(document)).document == document


@pytest.mark.parametrize("digits", ["29", "29.50", "-0", "9999999999.9999", "0.0001", "1E+3"])
def test_a_number_keeps_its_digits(digits):
    goal = GoalDoc(uid("goal"), "Mål", target=Decimal(digits))
    document = samples.with_action(ActionDoc(uid("action"), name="Ett", goals=(goal,)))
    read = read_xlsx(written(document)).document
    assert str(read.areas[0].actions[0].goals[0].target) == digits


@pytest.mark.parametrize(
    "day", [date(1, 1, 1), date(1900, 2, 28), date(2024, 2, 29), date(9999, 12, 31)]
)
def test_a_date_is_the_same_day_also_before_the_calendar_of_excel(day):
    action = ActionDoc(uid("action"), name="Ett", starts_on=day)
    document = samples.with_action(action)
    assert read_xlsx(written(document)).document == document


def test_what_has_no_room_in_its_cell_says_where_it_goes_on():
    document = samples.with_action(ActionDoc(uid("action"), description="ord " * 10_000))
    sheet = opened(written(document))["Centrum"]
    said = sheet.cell(first_row(sheet), 3).value
    assert len(said) < 32_767
    assert said.endswith("… [fortsätter på fliken Fortsättning, nr 1]")


def test_forty_commitments_on_an_action_are_forty_rows():
    parties = tuple(replace(samples.POLICE, key=f"part-{n}") for n in range(40))
    commitments = tuple(CommitmentDoc(uid(f"c{n}"), f"part-{n}", text="Gör.") for n in range(40))
    action = ActionDoc(uid("action"), name="Stor", commitments=commitments)
    document = samples.with_action(action, parties=parties)
    content = written(document)
    assert opened(content)["Åtaganden"].max_row == 41
    assert read_xlsx(content).document == document


# --- In other hands ---


@pytest.mark.parametrize("layout", Layout)
def test_a_file_that_libreoffice_has_saved_is_still_the_same_plan(layout, tmp_path):
    document = samples.full(layout)
    content = convert(written(document), "xlsx", "xlsx", tmp_path)
    assert encode(read_xlsx(content).document) == encode(document)


def test_libreoffice_prints_it(tmp_path):
    assert convert(written(samples.full()), "xlsx", "pdf", tmp_path).startswith(b"%PDF")


def test_an_edited_cell_of_the_form_changes_that_and_nothing_else():
    def edit(book: Workbook) -> None:
        sheet = book[PLACES]
        row = first_row(sheet)
        sheet.cell(row, 1).value = "Torget är otryggt"
        sheet.cell(row, 2).value = "Det är mörkt"
        sheet.cell(row, 3).value = "Torgvärdar på Tallbackstorget\nTolv värdar."
        sheet.cell(row, 5).value = 2026
        sheet.cell(row, 6).value = "Polisen"

    before = samples.full()
    after = edited(before, edit)
    area = before.areas[0]
    problem = area.problems[0]
    action = replace(
        area.actions[0], description="Tolv värdar.", timing="2026", responsible="Polisen"
    )
    cause = replace(problem.causes[0], text="Det är mörkt")
    problem = replace(problem, text="Torget är otryggt", causes=(cause, *problem.causes[1:]))
    area = replace(
        area,
        problems=(problem, *area.problems[1:]),
        actions=(action, *area.actions[1:]),
    )
    assert after == replace(before, areas=(area, *before.areas[1:]))


def test_an_edited_field_beside_the_form_is_read():
    def edit(book: Workbook) -> None:
        sheet = book[PLACES]
        row = first_row(sheet)
        sheet.cell(row, column_of(sheet, "Åtgärden: Namn")).value = "Värdar"
        sheet.cell(row, column_of(sheet, "Åtgärden: Slags tid")).value = "löpande"
        sheet.cell(row, column_of(sheet, "Åtgärden: Internt")).value = "nej"
        sheet.cell(row, column_of(sheet, "Åtgärden: Börjar")).value = date(2025, 5, 5)

    action = edited(samples.full(), edit).areas[0].actions[0]
    assert (action.name, action.timing_kind) == ("Värdar", TimingKind.ONGOING)
    assert (action.is_internal, action.starts_on) == (False, date(2025, 5, 5))


def test_an_edited_goal_keeps_its_measure_and_an_added_one_is_new():
    def edit(book: Workbook) -> None:
        sheet = book[PLACES]
        sheet.cell(
            first_row(sheet), 4
        ).value = (
            "– Fyra av fem besökare ska känna sig trygga.\n– Rånen ska bli färre.\n– Ett nytt mål"
        )

    before = samples.full().areas[0].actions[0].goals
    goals = edited(samples.full(), edit).areas[0].actions[0].goals
    assert goals[:2] == (before[1], replace(before[0], text="Rånen ska bli färre."))
    assert goals[2].text == "Ett nytt mål"
    assert goals[2].uuid not in {goal.uuid for goal in before}


def test_a_row_that_is_added_is_a_new_action_on_the_cause_above():
    def edit(book: Workbook) -> None:
        sheet = book[YOUTH]
        row = first_row(sheet) + 1
        sheet.cell(row, 3).value = "Läxhjälp på biblioteket"
        sheet.cell(row, 4).value = "Fler klarar skolan"
        sheet.cell(row, 5).value = "T2"
        sheet.cell(row, column_of(sheet, "Nr")).value = "2.9"
        table = book["Åtaganden"]
        row = table.max_row + 1
        table.cell(row, 1).value = "2.9"
        table.cell(row, column_of(table, "Part")).value = "polisen"
        table.cell(row, column_of(table, "Åtagande")).value = "Kommer ibland."

    before = samples.full()
    after = edited(before, edit)
    added = action_named(after, "Läxhjälp på biblioteket")
    known = {action.uuid for area in before.areas for action in area.actions}
    assert added.uuid not in known
    assert added.cause == before.areas[1].actions[0].cause
    assert (added.timing, added.goals[0].text) == ("T2", "Fler klarar skolan")
    assert added.commitments[0].text == "Kommer ibland."
    area = replace(after.areas[1], actions=after.areas[1].actions[:-1])
    assert replace(after, areas=(after.areas[0], area, *after.areas[2:])) == before


def test_a_row_that_is_added_with_a_problem_of_its_own_brings_it():
    def edit(book: Workbook) -> None:
        sheet = book[YOUTH]
        row = first_row(sheet) + 1
        for column, text in enumerate(("Nytt problem", "Ny orsak", "Ny åtgärd"), start=1):
            sheet.cell(row, column).value = text
        sheet.cell(row + 1, 3).value = "Ännu en åtgärd"

    area = edited(samples.full(), edit).areas[1]
    problem = area.problems[-1]
    assert (problem.text, [cause.text for cause in problem.causes]) == (
        "Nytt problem",
        ["Ny orsak"],
    )
    assert [action.cause for action in area.actions[-2:]] == [problem.causes[0].uuid] * 2


def test_the_same_file_read_twice_gives_a_new_row_the_same_uuid():
    book = opened(written(samples.full()))
    sheet = book[YOUTH]
    sheet.cell(first_row(sheet) + 1, 3).value = "Läxhjälp"
    saved = BytesIO()
    book.save(saved)
    assert read_xlsx(saved.getvalue()) == read_xlsx(saved.getvalue())


def test_a_row_that_is_copied_is_an_action_of_its_own():
    def edit(book: Workbook) -> None:
        sheet = book[YOUTH]
        row = first_row(sheet)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row + 1, column).value = sheet.cell(row, column).value

    first, second = edited(samples.full(), edit).areas[1].actions
    assert first == samples.full().areas[1].actions[0]
    assert second.uuid != first.uuid
    assert (second.name, second.cause) == (first.name, first.cause)


def test_a_row_whose_cells_are_emptied_is_an_action_taken_out_with_what_stood_about_it():
    def edit(book: Workbook) -> None:
        sheet = book[PLACES]
        for column in range(3, 8):
            sheet.cell(first_row(sheet), column).value = None

    before = samples.full()
    after = edited(before, edit)
    taken_out = before.areas[0].actions[0].uuid
    assert [a.uuid for a in after.areas[0].actions] == [
        a.uuid for a in before.areas[0].actions if a.uuid != taken_out
    ]
    assert after.areas[0].problems == before.areas[0].problems
    assert all(answer.action != taken_out for round_ in after.rounds for answer in round_.answers)


def test_a_problem_stays_where_its_first_row_is_taken_out():
    def edit(book: Workbook) -> None:
        sheet = book["Centrum"]
        sheet.unmerge_cells(
            start_row=first_row(sheet), end_row=first_row(sheet) + 1, start_column=1, end_column=1
        )
        sheet.delete_rows(first_row(sheet))

    problem = ProblemDoc(uid("problem"), "Mörkt")
    actions = tuple(ActionDoc(uid(n), name=n, problem=problem.uuid) for n in ("Lys", "Bygg"))
    area = AreaDoc(
        uid("area"), "centrum", "Centrum", "Centrum", problems=(problem,), actions=actions
    )
    document = replace(samples.emptiest(), areas=(area,))
    after = edited(document, edit).areas[0]
    assert (after.problems, after.actions) == ((problem,), actions[1:])


def test_a_row_that_is_gone_from_a_list_is_gone_from_the_plan():
    before = samples.full()
    after = edited(before, lambda book: book["Åtaganden"].delete_rows(2))
    commitments = before.areas[0].actions[0].commitments
    assert after.areas[0].actions[0].commitments == commitments[1:]


def test_a_sheet_that_is_gone_is_an_area_taken_out():
    def edit(book: Workbook) -> None:
        del book["Arbete mot våldsbejakande"]

    before = samples.full()
    assert edited(before, edit) == replace(before, areas=before.areas[:-1])


def test_the_empty_form_filled_in_is_an_area_of_the_districts_own():
    def edit(book: Workbook) -> None:
        sheet = book[OWN_AREA]
        sheet["A1"].value = "Nyrekrytering"
        sheet.cell(first_row(sheet), 1).value = "Unga värvas"
        sheet.cell(first_row(sheet), 3).value = "Möt dem först"

    area = edited(samples.full(), edit).areas[-1]
    assert (area.title, area.slug, area.own) == ("Nyrekrytering", "nyrekrytering", True)
    assert area.actions[0].problem == area.problems[0].uuid


def test_what_is_written_in_the_empty_form_is_not_lost_where_the_area_has_no_name():
    def edit(book: Workbook) -> None:
        sheet = book[OWN_AREA]
        sheet.cell(first_row(sheet), 3).value = "Möt dem först"

    with pytest.raises(NotAPlan, match="Eget prioriterat område, cell A1: skriv områdets namn"):
        edited(samples.full(), edit)


def test_a_sheet_that_is_copied_is_an_area_of_its_own():
    def edit(book: Workbook) -> None:
        book.copy_worksheet(book[YOUTH])["A1"].value = "Unga vuxna"

    before = samples.full()
    after = edited(before, edit)
    assert after.areas[:-1] == before.areas
    copy, copied = after.areas[-1], before.areas[1]
    assert (copy.title, copy.own) == ("Unga vuxna", True)
    assert [action.name for action in copy.actions] == [action.name for action in copied.actions]
    assert {action.uuid for action in copy.actions}.isdisjoint(a.uuid for a in copied.actions)


def test_actions_stand_as_somebody_has_moved_their_rows():
    document = samples.with_action(ActionDoc(uid("one"), name="Ett"))
    area = document.areas[0]
    area = replace(area, actions=(*area.actions, ActionDoc(uid("two"), name="Två")))
    document = replace(document, areas=(area,))

    def edit(book: Workbook) -> None:
        sheet = book["Centrum"]
        row = first_row(sheet)
        for column in range(1, sheet.max_column + 1):
            one, two = sheet.cell(row, column), sheet.cell(row + 1, column)
            one.value, two.value = two.value, one.value

    assert [action.name for action in edited(document, edit).areas[0].actions] == ["Två", "Ett"]


def test_a_follow_up_written_in_the_form_is_that_of_the_year_where_there_is_no_round():
    document = samples.with_action(ActionDoc(uid("one"), name="Ett"))

    def edit(book: Workbook) -> None:
        sheet = book["Centrum"]
        sheet.cell(first_row(sheet), 7).value = "Sju möten hölls."

    (round_,) = edited(document, edit).rounds
    assert (round_.kind, round_.reporting_date) == (RoundKind.VB, date(2025, 12, 31))
    assert (round_.answers[0].action, round_.answers[0].text) == (uid("one"), "Sju möten hölls.")


def test_an_answer_and_an_outcome_may_be_added_by_their_numbers():
    def edit(book: Workbook) -> None:
        table = book["Uppföljning"]
        row = table.max_row + 1
        table.cell(row, 1).value = "2"
        table.cell(row, 2).value = "1.2"
        table.cell(row, column_of(table, "Part")).value = "polisen"
        table.cell(row, column_of(table, "Status")).value = "Pausad"
        table = book["Utfall"]
        row = table.max_row + 1
        table.cell(row, 1).value = "2"
        table.cell(row, 2).value = "1.1.1"
        table.cell(row, column_of(table, "Utfall")).value = "1 234,5"

    before = samples.full()
    after = edited(before, edit).rounds[1]
    answer, outcome = after.answers[-1], after.outcomes[-1]
    assert (answer.action, answer.state) == (uid("belysning"), ActionState.PAUSED)
    assert (outcome.goal, outcome.value) == (uid("mal-ran"), Decimal("1234.5"))
    assert after.answers[:-1] == before.rounds[1].answers


def test_rich_text_that_is_edited_becomes_paragraphs_and_else_keeps_its_form():
    def edit(book: Workbook) -> None:
        sheet = book["Avsnitt"]
        sheet.cell(2, column_of(sheet, "Text")).value = "Nytt & kort.\nTvå stycken."

    before = samples.full()
    bakgrund, kommunikation = edited(before, edit).sections
    assert bakgrund.text == "<p>Nytt &amp; kort.</p><p>Två stycken.</p>"
    assert kommunikation == before.sections[1]


def test_what_has_no_place_of_its_own_is_kept_as_it_was_headed():
    def edit(book: Workbook) -> None:
        sheet = book["Mål"]
        sheet.cell(1, sheet.max_column + 1).value = "Min anteckning"
        sheet.cell(2, sheet.max_column).value = "Fråga chefen"
        book.create_sheet("Lösblad")["B2"].value = "Ring Kalle"

    extras = edited(samples.full(), edit).extras[len(samples.full().extras) :]
    assert {(extra.label, extra.text.strip(), extra.is_internal) for extra in extras} == {
        ("Min anteckning", "Fråga chefen", True),
        ("Lösblad", "Ring Kalle", True),
    }


# --- What cannot be read ---


def refused(document: PlanDocument, edit: Callable[[Workbook], None], words: str) -> None:
    with pytest.raises(NotAPlan, match=re.escape(words)):
        edited(document, edit)


def test_a_word_that_is_not_in_the_list_is_refused_with_its_place_and_the_list():
    def edit(book: Workbook) -> None:
        sheet = book[PLACES]
        sheet.cell(first_row(sheet), column_of(sheet, "Åtgärden: Slags tid")).value = "ibland"

    refused(samples.full(), edit, "välj något av klart ett visst datum, under en tid")


def test_a_row_about_an_action_that_is_not_there_is_refused():
    def edit(book: Workbook) -> None:
        sheet = book["Åtaganden"]
        row = sheet.max_row + 1
        sheet.cell(row, 1).value = "9.9 Finns inte"
        sheet.cell(row, column_of(sheet, "Part")).value = "polisen"

    refused(samples.full(), edit, "det finns ingen åtgärd med numret 9.9")


def test_a_plan_that_contradicts_itself_is_refused_in_words():
    def edit(book: Workbook) -> None:
        sheet = book["Åtaganden"]
        sheet.cell(2, column_of(sheet, "Part")).value = "okänd"

    refused(samples.full(), edit, "går inte ihop: parten okänd finns inte i listan över parter.")


def test_a_sheet_without_which_something_would_be_lost_is_asked_for():
    refused(samples.full(), lambda book: book.remove(book["Mål"]), "Fliken Mål saknas.")
    refused(
        samples.full(),
        lambda book: book["Mål"].delete_cols(1),
        "Fliken Mål saknar kolumnen Målets nr.",
    )


def test_a_workbook_of_somebody_elses_is_refused_in_one_sentence():
    other = BytesIO()
    Workbook().save(other)
    with pytest.raises(NotAPlan, match="Filen är inte en åtgärdsplan som Samverkan har skrivit"):
        read_xlsx(other.getvalue())


@pytest.mark.parametrize("content", [b"", b"hej", b"PK\x03\x04trasig"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(NotAPlan, match="Excelfil|trasig"):
        read_xlsx(content)


def test_a_file_that_was_damaged_on_its_way_is_refused_and_nothing_else():
    content = written(samples.full())
    for place in range(40, len(content), len(content) // 100):
        damaged = content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :]
        with suppress(NotAPlan):  # or it was damaged where nothing is read
            read_xlsx(damaged)


def test_a_file_that_unfolds_to_more_than_a_plan_is_never_unfolded(monkeypatch):
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (package.MOST_UNPACKED + 1))
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unfolded"))
    with pytest.raises(NotAPlan, match="packas upp"):
        read_xlsx(bomb.getvalue())


@pytest.mark.parametrize("cell", ["A1048576", "XFD1"])
def test_a_cell_far_outside_the_plan_is_refused_before_the_cells_are_laid_out(cell):
    def edit(book: Workbook) -> None:
        book["Mål"][cell].value = "x"

    refused(samples.full(), edit, "Ta bort det som står långt utanför planen.")


def test_an_area_may_point_to_another_by_its_number():
    def edit(book: Workbook) -> None:
        sheet = book["Arbete mot våldsbejakande"]
        row, column = place_of(sheet, "Hanteras")
        sheet.cell(row, column + 1).value = "i ett annat område"
        row, column = place_of(sheet, "Hanteras inom området")
        sheet.cell(row, column + 1).value = "2"

    area = edited(samples.full(), edit).areas[-1]
    assert (area.handled_as, area.handled_in) == (HandledAs.AREA, samples.full().areas[1].uuid)
