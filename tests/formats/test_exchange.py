"""The utbytesfil: one party's part of a plan as an Excel file, filled in anywhere and read back."""

import json
import re
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from plans import exchange
from plans.document import AnswerDoc, AreaDoc, Envelope, NotAPlan
from plans.editable import ANSWER, KINDS
from plans.exchange import (
    BAND,
    LONGEST,
    MARK,
    SHEET,
    Control,
    Exchange,
    NotAnExchange,
    OpenField,
    check,
    exchange_of,
    open_fields,
    typed_of,
)
from plans.exchange_summary import summary
from plans.reading.exchange import read_exchange
from plans.reading.files import read_file
from plans.vocabulary import ActionState, Met
from plans.writing.exchange import write_exchange
from plans.writing.xlsx import write_xlsx
from samverkan.collaboration import editable
from samverkan.documents.standing import Standing
from samverkan.documents.xlsx import CONTINUED
from tests import strategies
from tests.formats import samples
from tests.formats.corpus_excel_refused import REFUSED
from tests.formats.office import convert
from tests.formats.samples import uid
from tests.reading.sources import known

POLICE, TRAFFIC = samples.POLICE.key, samples.TRAFFIC.key
T1, T2 = uid("t1"), uid("t2")
ANSWERS = {field.label: field.name for field in open_fields(AnswerDoc)}


def made(document=None, **changes) -> Exchange:
    asked: dict[str, Any] = {
        "plan": uid("plan"),
        "party": TRAFFIC,
        "round": T2,
        "seen": 7,
        "made_at": datetime(2025, 8, 1, 6, 30, tzinfo=UTC),
        "send_to": "trygghetssamordnaren",
    }
    return exchange_of(document or samples.full(), **(asked | changes))


def many() -> Exchange:
    """Ten rows in five areas."""
    return made(samples.large(10), party=POLICE, round=None)


MARKS = {"is_internal", "internal_reason", "internal_fields"}


class Filler:
    """Somebody with the file open."""

    def __init__(self, exchange: Exchange):
        self.book = load_workbook(BytesIO(write_exchange(exchange)))
        self.sheet = self.book.worksheets[0]
        self.sheet.protection.sheet = False

    def column(self, label: str) -> int:
        for row in self.sheet.iter_rows():
            for cell in row:
                if cell.value == label:
                    return cell.column
        raise AssertionError(label)

    def lines(self) -> list[int]:
        """The rows with an action."""
        return [
            row
            for row in range(1, self.sheet.max_row + 1)
            if re.fullmatch(r"[0-9a-f-]{36}", str(self.sheet.cell(row, 1).value))
        ]

    def cell(self, label: str, number: int = 0):
        return self.sheet.cell(self.lines()[number], self.column(label))

    def write(self, label: str, value, number: int = 0) -> "Filler":
        self.cell(label, number).value = value
        return self

    def saved(self) -> bytes:
        file = BytesIO()
        self.book.save(file)
        return file.getvalue()


def typed(content: bytes) -> dict[str, str]:
    """What was filled in, of the one row where something was."""
    changed = read_exchange(content).changed
    return dict(changed[0].typed) if changed else {}


def reasons(content: bytes) -> tuple[str, ...]:
    with pytest.raises(NotAnExchange) as refused:
        read_exchange(content)
    return refused.value.reasons


def reason(content: bytes) -> str:
    (only,) = reasons(content)
    return only


# --- What is in it ---


def test_a_party_gets_the_actions_where_it_undertakes_something_and_no_other():
    exchange = made()
    assert [row.number for row in exchange.rows] == ["1.1", "1.2"]
    assert exchange.rows[1].commitment_text == "Byter armaturerna."
    assert exchange.rows[1].commitment == uid("atagande-park")
    assert "Byter armaturerna" not in str(made(party=POLICE))


def test_a_round_asks_for_the_actions_that_it_names():
    assert [row.action for row in made(asked={uid("belysning")}).rows] == [uid("belysning")]


def test_a_round_that_is_not_the_plans_is_never_taken_for_its_commitments():
    with pytest.raises(KeyError):
        made(round=uuid4())


def test_in_a_round_the_follow_up_can_be_filled_in_and_nothing_else():
    assert [field.label for field in made().open_fields] == [
        "Vad har gjorts",
        "Status",
        "Har åtagandet mötts",
        "Fortsätter nästa år",
        "Planerade möten",
        "Hållna möten",
    ]


def test_without_a_round_what_the_party_undertakes_can_be_filled_in_and_nothing_else():
    assert [field.label for field in made(round=None).open_fields] == [
        "Kontakt",
        "Övriga deltagare",
        "Åtagande",
    ]


@pytest.mark.parametrize("kind", [ANSWER, KINDS["commitment"]])
def test_what_is_read_is_what_the_form_of_the_field_reads(kind):
    on_the_page = {name: field for name, field in kind.fields.items() if name not in MARKS}
    in_the_file = {field.name: field for field in open_fields(kind.doc)}
    assert in_the_file.keys() == on_the_page.keys()
    for name, field in in_the_file.items():
        page = on_the_page[name]
        assert field.label == page.label
        assert field.choices == dict(page.choices)
        for typed in field.choices or {Control.NUMBER: ["0", "12"]}.get(field.control, ["Ord"]):
            assert page.typed(page.plain(page.read(typed))) == typed
    assert editable.LONGEST == LONGEST


def test_yes_and_no_are_told_apart_from_no_answer():
    said = {
        answer: typed_of(AnswerDoc(uid("x"), continues_next_year=answer))["continues_next_year"]
        for answer in (True, False, None)
    }
    assert said == {True: "ja", False: "nej", None: ""}


def test_a_field_of_a_kind_that_no_cell_holds_is_not_passed_over(monkeypatch):
    monkeypatch.setitem(exchange._CLOSED, AreaDoc, frozenset())
    with pytest.raises(TypeError, match=r"AreaDoc\.uuid"):
        open_fields(AreaDoc)


def test_what_the_party_said_the_last_time_stands_beside():
    (row,) = made(party=POLICE).rows
    assert row.before == (
        "Våren 2025: Delvis genomförd. Åtagandet uppfyllt: delvis. Fortsätter inte nästa år.\n"
        "Fotpatrull har gått fjorton kvällar."
    )
    (first,) = made(party=POLICE, round=T1).rows
    assert first.before == ""
    assert first.values["commitment_met"] == Met.PARTLY


def test_what_the_party_said_last_year_stands_beside_until_it_has_said_something_since():
    said = {uid("torgvardar"): ("VB 2024", AnswerDoc(uid("x"), text="Två värdar."))}
    (first,) = made(party=POLICE, round=T1, earlier=said).rows
    assert first.before == "VB 2024:\nTvå värdar."
    (second,) = made(party=POLICE, round=T2, earlier=said).rows
    assert second.before.startswith("Våren 2025:")
    (draft,) = made(party=POLICE, round=None, earlier=said).rows
    assert draft.before == ""


def test_one_sheet_is_seen_and_only_what_is_to_be_filled_in_is_open():
    row = made(party=POLICE).rows[0]
    values = row.values | {"text": "- så", "meetings_held": "3"}
    exchange = replace(made(party=POLICE), rows=(replace(row, values=values),))
    filler = Filler(exchange)
    book = load_workbook(BytesIO(write_exchange(exchange)))
    assert [one.title for one in book.worksheets if one.sheet_state == "visible"] == ["Uppföljning"]
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    opened = {
        (cell.row, cell.column)
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    (line,) = filler.lines()
    assert opened == {(line, filler.column(label)) for label in ANSWERS}
    assert book.worksheets[0].column_dimensions["A"].hidden
    tint = {filler.cell(label).fill.fgColor.rgb for label in ANSWERS}
    assert len(tint) == 1
    assert filler.cell("Åtgärd").fill.fgColor.rgb not in tint


def test_what_is_written_is_helped_by_lists_and_told_in_swedish():
    sheet = load_workbook(BytesIO(write_exchange(made(party=POLICE)))).worksheets[0]
    filler = Filler(made(party=POLICE))
    rules = {
        next(iter(rule.sqref.ranges)).min_col: rule
        for rule in sheet.data_validations.dataValidation
    }
    for label, words in (
        ("Status", ActionState.labels),
        ("Har åtagandet mötts", Met.labels),
        ("Fortsätter nästa år", ["Ja", "Nej"]),
    ):
        rule = rules[filler.column(label)]
        assert rule.type == "list"
        assert rule.formula1.strip('"').split(",") == [str(word) for word in words]
    whole = rules[filler.column("Hållna möten")]
    assert (whole.type, whole.formula1) == ("whole", "0")
    assert "helt tal" in whole.error


def test_the_head_says_what_it_is_for_whom_and_where_to_send_it():
    exchange = made(party=POLICE, round=T1)
    sheet = Filler(exchange).sheet
    said = "\n".join(str(sheet.cell(row, 2).value) for row in range(1, 6))
    for words in (
        "Uppföljning Våren 2025: Polisen",
        "Lokalpolisområde Granstad Norr",
        "Svara senast 2025-05-09",
        "skicka den till trygghetssamordnaren",
        "Vad har gjorts sedan årsskiftet?",
    ):
        assert words in said
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.freeze_panes is not None
    properties = load_workbook(BytesIO(write_exchange(exchange))).properties
    assert properties.title == "Uppföljning Våren 2025: Polisen. Åtgärdsplan 2025–2026, Tallbacken"


def test_a_party_with_nothing_to_answer_gets_a_sheet_that_says_so():
    exchange = made(party=samples.SCHOOLS.key, asked=())
    content = write_exchange(exchange)
    assert read_exchange(content).rows == ()
    assert "inga åtaganden" in str(list(Filler(exchange).sheet.values))


def test_words_that_look_like_formulas_are_words():
    row = made(party=POLICE).rows[0]
    evil = '=HYPERLINK("http://example.org";"Klicka")'
    exchange = replace(
        made(party=POLICE),
        rows=(replace(row, title=evil, before="+1", values=row.values | {"text": evil}),),
    )
    filler = Filler(exchange)
    assert filler.cell("Vad har gjorts").data_type == "s"
    assert filler.cell("Åtgärd").data_type == "s"
    assert read_exchange(write_exchange(exchange)).changed == []


# --- There and back ---


answers = st.fixed_dictionaries(
    {
        "text": st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
        | st.sampled_from(["=1+1", "_x000D_", "<r>x</r>", "a\n\nb", "x" * 40_000, MARK + "text"]),
        "state": st.sampled_from(["", *ActionState.values]),
        "commitment_met": st.sampled_from(["", *Met.values]),
        "continues_next_year": st.sampled_from(["", "ja", "nej"]),
        "meetings_planned": st.sampled_from(["", "0", "32767"]),
        "meetings_held": st.integers(0, 60).map(str),
    }
)


@given(answers, strategies.words)
def test_a_file_that_nobody_has_filled_in_says_nothing_new(values, words):
    row = made(party=POLICE).rows[0]
    exchange = replace(
        made(party=POLICE), rows=(replace(row, title=words, before=words, values=values),)
    )
    filled = read_exchange(write_exchange(exchange))
    assert filled.exchange == exchange
    assert filled.changed == []
    assert filled.removed == ()
    assert not [said for said in filled.warnings if "styrtecken" not in said]


@settings(max_examples=20)
@given(strategies.documents(), st.data())
def test_so_of_any_plan_party_and_round(document, data):
    acting = {one.party for area in document.areas for a in area.actions for one in a.commitments}
    assume(acting)
    party = data.draw(st.sampled_from(sorted(acting)))
    round_ = data.draw(st.sampled_from([None, *(one.uuid for one in document.rounds)]))
    exchange = made(document, party=party, round=round_)
    filled = read_exchange(write_exchange(exchange))
    assert filled.exchange == exchange
    assert [row.row for row in filled.rows] == list(exchange.rows)
    assert filled.changed == []


FILLED = {
    "Vad har gjorts": (
        "Tolv lampor är bytta.\nTre återstår.",
        "Tolv lampor är bytta.\nTre återstår.",
    ),
    "Status": ("Delvis genomförd", "delvis_genomford"),
    "Har åtagandet mötts": ("Nej", "nej"),
    "Fortsätter nästa år": ("Nej", "nej"),
    "Planerade möten": (11, "11"),
    "Hållna möten": (0, "0"),
}


def filled_in() -> Filler:
    filler = Filler(made())
    for label, (value, _) in FILLED.items():
        filler.write(label, value, 1)
    return filler


def test_what_was_filled_in_comes_as_the_form_would_have_sent_it():
    filled = read_exchange(filled_in().saved())
    (row,) = filled.changed
    assert row.row.action == uid("belysning")
    assert row.typed == {ANSWERS[label]: said for label, (_, said) in FILLED.items()}
    assert filled.warnings == ()


def test_what_was_undertaken_comes_as_it_was_written():
    filler = Filler(made(round=None)).write("Kontakt", "Enhetschefen", 1)
    assert typed(filler.saved()) == {"contact_role": "Enhetschefen"}


@pytest.mark.parametrize("filled", [True, False])
def test_a_file_saved_by_libreoffice_is_read(filled, tmp_path):
    content = filled_in().saved() if filled else write_exchange(made())
    read = read_exchange(convert(content, "xlsx", "xlsx", tmp_path))
    assert read.warnings == ()
    assert [dict(row.typed) for row in read.changed] == (
        [{ANSWERS[label]: said for label, (_, said) in FILLED.items()}] if filled else []
    )


def test_a_file_saved_as_ods_is_refused_with_what_to_do(tmp_path):
    said = reason(convert(write_exchange(made()), "xlsx", "ods", tmp_path))
    assert "(.ods)" in said
    assert "spara den som .xlsx" in said


def test_an_emptied_cell_is_read_as_empty():
    filler = Filler(made(party=POLICE, round=T1)).write("Vad har gjorts", None)
    assert typed(filler.saved()) == {"text": ""}


def test_a_text_with_no_room_in_its_cell_is_kept_whole_and_can_be_written_on():
    row = made(party=POLICE).rows[0]
    text = "ord " * 9_000 + "slut"
    exchange = replace(made(party=POLICE), rows=(replace(row, values=row.values | {"text": text}),))
    filler = Filler(exchange)
    assert read_exchange(filler.saved()).changed == []
    filler.write("Vad har gjorts", "Först: " + filler.cell("Vad har gjorts").value)
    assert typed(filler.saved()) == {"text": "Först: " + text}


def test_a_long_text_that_a_whole_sheet_names_does_not_fill_the_memory():
    filler = Filler(made())
    rest = filler.book[CONTINUED]
    for row in range(2, 72):
        rest.cell(row, 1).value, rest.cell(row, 2).value = "1", "x" * 15_000
    for row in range(20, 45):
        filler.sheet.cell(row, 3).value = f"Lång … [fortsätter på fliken {CONTINUED}, nr 1]"
    assert reason(filler.saved()).startswith("Filen har mer i sig än en plan kan ha")


def test_the_same_content_is_the_same_bytes():
    assert write_exchange(made()) == write_exchange(made())


# --- Words, numbers and dates where they were typed ---


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("Status", "  enligt   PLAN ", "enligt_plan"),
        ("Status", "Pågar", "pagar"),
        ("Status", "Ej paborjad.", "ej_paborjad"),
        ("Status", "inget_behov", "inget_behov"),
        ("Har åtagandet mötts", "delvis", "delvis"),
        ("Fortsätter nästa år", "JA", "ja"),
        ("Fortsätter nästa år", False, "nej"),
        ("Hållna möten", "10", "10"),
        ("Hållna möten", 10.0, "10"),
        ("Hållna möten", " 1 000 ", "1000"),
        ("Vad har gjorts", 12, "12"),
        ("Vad har gjorts", "  text  \n", "text"),
    ],
)
def test_what_can_be_understood_is(label, value, said):
    content = Filler(made(party=POLICE)).write(label, value).saved()
    assert typed(content) == {ANSWERS[label]: said}
    assert read_exchange(content).warnings == ()


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("Status", "klart", "”klart” finns inte i listan. Välj Ej påbörjad, Pågår,"),
        ("Status", 3, "”3” finns inte i listan"),
        ("Fortsätter nästa år", "kanske", "Välj Ja eller Nej."),
        ("Hållna möten", 2.5, "”2,5” är inget helt tal"),
        ("Hållna möten", "tre", "”tre” är inget helt tal"),
        ("Hållna möten", "1e999999999", "inget helt tal"),
        ("Hållna möten", True, "”Ja” är inget helt tal"),
        ("Hållna möten", date(2025, 3, 4), "”2025-03-04” är inget helt tal"),
        ("Hållna möten", -1, "mellan 0 och 32767"),
        ("Planerade möten", 40_000, "mellan 0 och 32767"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_row_and_column(label, value, said):
    filler = Filler(made()).write(label, value, 1)
    told = reason(filler.saved())
    assert told.startswith(f"Rad {filler.lines()[1]}, {label}: ")
    assert said in told


@pytest.mark.parametrize("value", [date(2025, 3, 4), "2025-03-04", " 2025-03-04 "])
def test_a_field_that_is_a_date_is_read_as_one(value, monkeypatch):
    fields = (OpenField("text", "Klart den", date | None),)
    monkeypatch.setattr(Exchange, "open_fields", property(lambda self: fields))
    row = made(party=POLICE).rows[0]
    exchange = replace(made(party=POLICE), rows=(replace(row, values={"text": "2025-01-31"}),))
    filler = Filler(exchange)
    assert filler.cell("Klart den").is_date
    assert read_exchange(filler.saved()).changed == []
    assert typed(filler.write("Klart den", value).saved()) == {"text": "2025-03-04"}
    assert "”i mars” är inget datum" in reason(filler.write("Klart den", "i mars").saved())


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_read():
    filler = Filler(made()).write("Status", "klart").write("Hållna möten", "x", 1)
    filler.write("Vad har gjorts", "Gott.")
    assert len(reasons(filler.saved())) == 2


def test_a_date_where_a_text_belongs_is_read_as_it_is_written_and_told():
    content = Filler(made()).write("Vad har gjorts", date(2025, 3, 4)).saved()
    assert typed(content) == {"text": "2025-03-04"}
    (told,) = read_exchange(content).warnings
    assert "gjort ett datum" in told


def test_control_characters_are_taken_out_and_told():
    content = Filler(made()).write("Vad har gjorts", "ett\u0086två\u200b").saved()
    assert typed(content) == {"text": "ett två\u200b"}
    (told,) = read_exchange(content).warnings
    assert "styrtecken" in told


def test_a_text_over_the_limit_is_refused():
    filler = Filler(made()).write("Vad har gjorts", "MARKERAT")
    content = with_part(
        filler.saved(), "xl/worksheets/sheet1.xml", b"MARKERAT", b"x" * (LONGEST + 1)
    )
    assert "högst 100000 tecken" in reason(content)


def with_part(content: bytes, name: str, before: bytes, after: bytes) -> bytes:
    made_of = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made_of, "w") as new:
        for one in old.namelist():
            part = old.read(one)
            if one == name:
                assert before in part
                part = part.replace(before, after)
            new.writestr(one, part)
    return made_of.getvalue()


# --- Formulas ---


def test_a_formula_that_nobody_has_worked_out_is_refused_with_its_cell():
    filler = Filler(made()).write("Hållna möten", "=5+6")
    told = reason(filler.saved())
    assert told.startswith(f"Rad {filler.lines()[0]}, Hållna möten: rutan har en formel")


def test_a_formula_that_is_worked_out_is_read_and_told(tmp_path):
    content = convert(
        Filler(made()).write("Hållna möten", "=5+6").saved(), "xlsx", "xlsx", tmp_path
    )
    assert typed(content) == {"meetings_held": "11"}
    (told,) = read_exchange(content).warnings
    assert "formel" in told


def test_a_cell_that_shows_an_error_is_refused(tmp_path):
    content = convert(
        Filler(made()).write("Hållna möten", "=1/0").saved(), "xlsx", "xlsx", tmp_path
    )
    assert "felvärdet #DIV/0!" in reason(content)


def test_what_a_formula_somewhere_else_says_does_not_matter():
    filler = Filler(made())
    filler.book.create_sheet("Räkning")["A1"] = "=1+1"
    assert read_exchange(filler.saved()).changed == []


# --- Rows ---


def test_an_added_row_is_refused_with_its_row():
    filler = Filler(made())
    row = filler.sheet.max_row + 1
    filler.sheet.cell(row, filler.column("Åtgärd")).value = "En helt ny åtgärd"
    filler.write("Vad har gjorts", "Gott.")
    told = reason(filler.saved())
    assert told.startswith(f"Rad {row} finns inte i planen: ”En helt ny åtgärd”.")


def test_what_is_written_beside_a_heading_is_refused_with_its_row():
    filler = Filler(made())
    row = filler.lines()[0] - 1
    filler.sheet.cell(row, filler.column("Vad har gjorts")).value = "Hamnade fel"
    assert reason(filler.saved()).startswith(f"Rad {row}, Vad har gjorts: ”Hamnade fel”")


def test_a_row_that_was_taken_out_is_not_answered_and_that_is_told():
    filler = Filler(made()).write("Vad har gjorts", "Gott.", 1)
    filler.sheet.delete_rows(filler.lines()[0])
    filled = read_exchange(filler.saved())
    assert [row.row.number for row in filled.rows] == ["1.2"]
    assert [row.number for row in filled.removed] == ["1.1"]
    assert typed(filler.saved()) == {"text": "Gott."}


def test_rows_may_be_sorted():
    filler = Filler(many())
    for number in range(10):
        filler.write("Kontakt", f"Kontakt {number}", number)
    first, last = filler.lines()[0] - 1, filler.sheet.max_row
    values = [[cell.value for cell in row] for row in filler.sheet.iter_rows(first, last)]
    for row, line in enumerate(sorted(values, key=lambda one: str(one[2])[::-1]), start=first):
        for column, value in enumerate(line, start=1):
            filler.sheet.cell(row, column).value = value
    filled = read_exchange(filler.saved())
    assert [row.typed["contact_role"] for row in filled.rows] == [f"Kontakt {n}" for n in range(10)]


def test_a_copied_row_is_refused_where_the_two_say_different_things():
    filler = Filler(made())
    row = filler.sheet.max_row + 1
    for column in range(1, filler.sheet.max_column + 1):
        filler.sheet.cell(row, column).value = filler.cell("Nr").offset(0, column - 2).value
    assert read_exchange(filler.saved()).changed == []
    filler.write("Vad har gjorts", "Gott.")
    first = filler.lines()[0]
    assert reason(filler.saved()).startswith(f"Rad {row} gäller samma åtgärd som rad {first}")


def test_all_the_rows_gone_is_refused():
    filler = Filler(made())
    filler.sheet.delete_cols(1)
    assert "Ingen rad i filen går att känna igen" in reason(filler.saved())


# --- Columns ---


def test_a_column_that_is_gone_is_refused_by_its_name():
    filler = Filler(made())
    filler.sheet.delete_cols(filler.column("Status"))
    assert reason(filler.saved()).startswith("Kolumnen ”Status” saknas.")


def test_columns_may_be_moved_and_renamed():
    filler = filled_in()
    status, done = filler.column("Status"), filler.column("Vad har gjorts")
    for row in range(1, filler.sheet.max_row + 1):
        one, other = filler.sheet.cell(row, status), filler.sheet.cell(row, done)
        if not isinstance(one, MergedCell) and row > 3:
            one.value, other.value = other.value, one.value
    for row in filler.sheet.iter_rows():
        for cell in row:
            if cell.value == "Hållna möten":
                cell.value = "Möten vi haft"
    assert typed(filler.saved()) == {ANSWERS[label]: said for label, (_, said) in FILLED.items()}


def test_without_the_hidden_names_the_headings_are_enough():
    filler = filled_in()
    marks = next(row for row in range(1, 9) if filler.sheet.cell(row, 1).value == f"{MARK}id")
    filler.sheet.delete_rows(marks)
    assert typed(filler.saved()) == {ANSWERS[label]: said for label, (_, said) in FILLED.items()}


def test_what_is_changed_in_a_locked_cell_is_told_and_not_read():
    content = Filler(made()).write("Åtgärd", "Något annat").saved()
    filled = read_exchange(content)
    assert filled.changed == []
    assert "Åtgärd har ändrats i filen" in filled.warnings[0]


def test_what_stands_beside_the_table_is_told_and_not_read():
    filler = Filler(made())
    cell = filler.sheet.cell(filler.lines()[0], filler.sheet.max_column + 2, "Fråga Kalle")
    filled = read_exchange(filler.saved())
    assert filled.changed == []
    assert cell.coordinate in filled.warnings[0]


# --- Sheets and files ---


def test_the_sheet_may_be_renamed_and_another_put_beside_it():
    filler = Filler(made()).write("Vad har gjorts", "Gott.")
    filler.sheet.title = "Vår uppföljning"
    filler.book.create_sheet("Anteckningar", 0)["A1"] = "Ring"
    filled = read_exchange(filler.saved())
    assert typed(filler.saved()) == {"text": "Gott."}
    assert filled.warnings == ("Fliken Anteckningar hör inte till utbytesfilen och läses inte.",)


def test_macros_are_left_alone_and_told():
    file = BytesIO(filled_in().saved())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"makro")
    filled = read_exchange(file.getvalue())
    assert len(filled.changed) == 1
    assert filled.warnings == ("Filen har makron. De har inte lästs och inte körts.",)


def test_a_copied_sheet_is_refused():
    filler = Filler(made())
    filler.book.copy_worksheet(filler.sheet)
    assert "flera flikar (Uppföljning och Uppföljning Copy)" in reason(filler.saved())


def test_without_the_hidden_sheet_nobody_knows_whose_it_is():
    filler = Filler(made())
    del filler.book[SHEET]
    assert reason(filler.saved()).startswith("Filen saknar uppgiften om vilken plan den hör till")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "har ändrats"),
        ("[]", "har ändrats"),
        ("[" * 20_000, "har ändrats"),
        ('{"format": "samverkan-utbytesfil/1"}', "har ändrats"),
        ('{"format": "samverkan-utbytesfil/9"}', "Filen har formatet samverkan-utbytesfil/9"),
        ("", "har ändrats"),
    ],
)
def test_a_hidden_sheet_that_somebody_has_written_in_is_refused(text, said):
    filler = Filler(made())
    hidden = filler.book[SHEET]
    hidden.delete_rows(2, 100)
    hidden["A2"] = text
    assert said in reason(filler.saved())


def test_a_whole_plan_and_any_workbook_are_told_from_an_utbytesfil():
    plan = write_xlsx(
        Envelope(samples.full()), Standing("Utkast", "ab" * 32, printed_on=date(2025, 2, 3))
    )
    assert "hel plan" in reason(plan)
    file = BytesIO()
    Workbook().save(file)
    assert "Filen saknar uppgiften" in reason(file.getvalue())


def test_an_utbytesfil_is_not_read_as_a_plan():
    with pytest.raises(NotAPlan, match="utbytesfil"):
        read_file(write_exchange(made()), known=known(), answers={})


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_opened_is_refused_with_a_sentence(name):
    (said,) = reasons(REFUSED[name]())
    assert said.endswith(".")


@pytest.mark.parametrize("cut", [10, 400, 4000])
def test_half_a_file_is_refused(cut):
    assert reason(write_exchange(made())[:cut])


def test_a_file_without_end_of_rows_that_are_not_in_the_plan_names_some():
    filler = Filler(made())
    for number in range(200):
        filler.sheet.cell(filler.sheet.max_row + 1, 3).value = f"Ny {number}"
    told = reasons(filler.saved())
    assert len(told) == NotAnExchange.MOST + 1
    assert told[-1] == "Och 170 fel till."


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1901, 1, 1)),
    st.times(),
    st.sampled_from(
        [BAND, f"{MARK}id", f"{MARK}text", "=1+", "Status", "Nr", str(uid("belysning"))]
    ),
    strategies.words,
)


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 16), anything), max_size=8), st.data())
def test_whatever_is_done_to_it_it_is_read_or_refused_with_a_sentence(typed_in, data):
    filler = filled_in()
    for row, column, value in typed_in:
        cell = filler.sheet.cell(row, column)
        if not isinstance(cell, MergedCell):
            cell.value = value
    for remove in data.draw(st.lists(st.sampled_from(["delete_rows", "delete_cols"]), max_size=2)):
        getattr(filler.sheet, remove)(data.draw(st.integers(1, 10)))
    try:
        filled = read_exchange(filler.saved())
    except NotAnExchange as refused:
        assert all(said.endswith(".") for said in refused.reasons)  # noqa: PT017
    else:
        assert len(filled.rows) + len(filled.removed) == 2
        assert summary(filled).in_short


@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused_with_a_sentence(at, bytes_there):
    content = write_exchange(made())
    at %= len(content)
    try:
        read_exchange(content[:at] + bytes_there + content[at + len(bytes_there) :])
    except NotAnExchange as refused:
        assert refused.reasons  # noqa: PT017


@given(
    st.dictionaries(
        st.sampled_from([*Exchange.__struct_fields__, "x"]),
        st.none() | st.text() | st.lists(st.integers()),
        max_size=3,
    )
)
def test_a_hidden_sheet_with_other_things_in_it_is_read_or_refused(changes):
    filler = Filler(made())
    hidden = filler.book[SHEET]
    said = json.loads(hidden["A2"].value) | changes
    hidden["A2"] = ILLEGAL_CHARACTERS_RE.sub("", json.dumps(said))
    try:
        read_exchange(filler.saved())
    except NotAnExchange as refused:
        assert refused.reasons  # noqa: PT017


# --- Whether it belongs here ---


def verdict(came: Exchange, expected: Exchange):
    return check(read_exchange(write_exchange(came)), expected)


def test_the_file_belongs_where_it_was_made():
    assert verdict(made(), replace(made(), seen=12)).refusal == ""


def test_another_plans_file_is_refused_with_its_name():
    other = replace(samples.full(), period_start=date(2023, 1, 1), period_end=date(2024, 12, 31))
    said = verdict(made(other, plan=uuid4()), made()).refusal
    assert "Åtgärdsplan 2023–2024, Tallbacken" in said


def test_another_partys_file_is_refused():
    assert "Lokalpolisområde Granstad Norr" in verdict(made(party=POLICE), made()).refusal


@pytest.mark.parametrize("round_", [T1, None])
def test_another_rounds_file_is_refused(round_):
    assert "Sommaren 2025" in verdict(made(round=round_), made()).refusal


def test_what_is_undertaken_in_an_older_revision_is_refused():
    older = made(replace(samples.full(), revision=2), plan=uuid4(), round=None)
    said = verdict(older, made(round=None)).refusal
    assert "revision 2" in said
    assert "revision 3" in said


def test_what_is_undertaken_in_a_draft_that_was_begun_anew_is_refused():
    said = verdict(made(plan=uuid4(), round=None), made(round=None)).refusal
    assert "inte finns längre" in said


def test_a_follow_up_of_an_older_revision_goes_on_action_by_action():
    older = made(replace(samples.full(), revision=2), plan=uuid4())
    filler = Filler(older).write("Vad har gjorts", "Gott.").write("Vad har gjorts", "Bättre.", 1)
    filled = read_exchange(filler.saved())
    found = check(filled, made(asked={uid("belysning")}))
    assert found.refusal == ""
    assert found.gone == {uid("torgvardar")}
    assert "revision 2" in found.warnings[0]
    assert "finns inte längre" in found.warnings[1]


# --- Before it is read in ---


def test_the_preview_says_what_is_new_field_by_field():
    filler = Filler(made(party=POLICE, round=T1)).write("Status", "Genomförd")
    filler.write("Fortsätter nästa år", None)
    found = summary(read_exchange(filler.saved()))
    (row,) = found.rows
    assert [(one.label, one.before, one.after) for one in row.fields] == [
        ("Status", "Delvis genomförd", "Genomförd"),
        ("Fortsätter nästa år", "Nej", ""),
    ]
    assert found.in_short == "Något nytt i 1 av 1 åtgärd, 2 fält."


def test_the_preview_counts_what_is_untouched_and_what_is_gone():
    filler = Filler(many()).write("Kontakt", "Gruppchefen", 3)
    filler.sheet.delete_rows(filler.lines()[0])
    found = summary(read_exchange(filler.saved()))
    assert (len(found.rows), found.untouched, len(found.removed)) == (1, 8, 1)
    assert found.in_short == "Något nytt i 1 av 10 åtgärder, 1 fält."
    assert summary(read_exchange(write_exchange(many()))).in_short == "Inget är nytt i filen."


def test_the_preview_marks_what_the_plan_no_longer_asks_for():
    filled = read_exchange(filled_in().saved())
    found = summary(filled, check(filled, made(asked={uid("torgvardar")})))
    assert [row.is_gone for row in found.rows] == [True]
    assert found.in_short == "Inget är nytt i filen."
    assert "finns inte längre" in found.warnings[-1]
