"""What somebody has written in the plan's Word file is read back, and nothing else is changed by it."""

import re
import zipfile
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db.models import Choices
from docx import Document
from docx.oxml.ns import qn
from msgspec.structs import fields, replace

from plans.document import ActionDoc, Envelope, NotAPlan, PlanDocument
from plans.reading.our_docx import NOT_READ, read_docx
from plans.vocabulary import Layout
from plans.writing.docx import write_docx
from samverkan.document import DecisionDoc, Part, Rich
from samverkan.documents import docx
from samverkan.documents.docx_carried import field_type, parts_with_names
from samverkan.values import words_of
from tests.formats import samples
from tests.formats.edited_word import EditedWord
from tests.formats.test_docx import DEMONSTRATION, demonstrated
from tests.formats.test_pdf import DECIDED, DRAFT


@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: path.stem)
def test_a_plan_of_the_demonstration_is_read_back_as_it_was(path):
    document = demonstrated(path)
    assert read_docx(write_docx(document, DRAFT)) == Envelope(document)


@pytest.mark.parametrize("layout", Layout)
def test_a_plan_that_uses_everything_is_read_back_as_it_was(layout):
    document = samples.full(layout)
    assert read_docx(write_docx(document, DECIDED)) == Envelope(document)


def test_the_decision_rides_along():
    decision = DecisionDoc("Tallbackens stadsdelsnämnd", date(2025, 1, 20), "cd" * 32, "§ 12")
    envelope = Envelope(samples.full(), decision)
    assert read_docx(write_docx(samples.full(), DECIDED, envelope)) == envelope


class Edited(EditedWord):
    def __init__(self, document: PlanDocument) -> None:
        super().__init__(write_docx(document, DRAFT))

    def read(self) -> PlanDocument:
        return read_docx(self.saved()).document


ACTION = "areas.0.actions.0"


def first_action(document: PlanDocument) -> ActionDoc:
    return document.areas[0].actions[0]


@pytest.mark.parametrize("layout", Layout)
def test_what_is_written_in_word_is_in_the_plan_and_nothing_else_is_changed(layout):
    document = samples.full(layout)
    read = (
        Edited(document)
        .write(f"{ACTION}.name", "Torgvärdar på torget och i parken")
        .write(f"{ACTION}.commitments.1.text", "Går till fots.\nKommer i tid.")
        .write("areas.0.title", "Otrygga platser")
        .read()
    )
    action = first_action(read)
    assert action.name == "Torgvärdar på torget och i parken"
    assert action.commitments[1].text == "Går till fots.\nKommer i tid."
    assert read.areas[0].title == "Otrygga platser"
    commitments = list(action.commitments)
    commitments[1] = first_action(document).commitments[1]
    action = replace(action, name=first_action(document).name, commitments=tuple(commitments))
    area = replace(read.areas[0], title=document.areas[0].title)
    area = replace(area, actions=(action, *area.actions[1:]))
    assert replace(read, areas=(area, *read.areas[1:])) == document


def test_numbers_dates_and_states_are_read_as_they_are_written():
    read = (
        Edited(samples.full())
        .write(f"{ACTION}.goals.0.target", "1 250,5")
        .write(f"{ACTION}.goals.0.target_date", "2026-12-01")
        .write("rounds.0.answers.0.state", "genomförd")
        .write("rounds.0.answers.0.meetings_held", "4")
        .write("rounds.0.due_date", "2025-05-16")
        .read()
    )
    goal = first_action(read).goals[0]
    assert (goal.target, goal.target_date) == (Decimal("1250.5"), date(2026, 12, 1))
    answer = read.rounds[0].answers[0]
    assert (str(answer.state), answer.meetings_held) == ("genomford", 4)
    assert read.rounds[0].due_date == date(2025, 5, 16)


@pytest.mark.parametrize(
    ("place", "text", "complaint"),
    [
        (
            f"{ACTION}.goals.0.target",
            "ungefär tio",
            "”ungefär tio” .* kan inte stå där: skriv ett tal",
        ),
        (
            f"{ACTION}.goals.0.target_date",
            "i höst",
            "”i höst” .* kan inte stå där: skriv ett datum, som 2025-01-31",
        ),
        (
            "rounds.0.answers.0.state",
            "bra",
            "”bra” .* kan inte stå där: välj något av Ej påbörjad, ",
        ),
        ("rounds.0.answers.0.meetings_held", "2,5", "skriv ett heltal"),
        ("areas.0.title", "x" * 201, "skriv högst 200 tecken"),
        (f"{ACTION}.goals.0.text", "", "är borta ur filen, men annat som hör dit står kvar"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_the_words_themselves(place, text, complaint):
    with pytest.raises(NotAPlan, match=complaint):
        Edited(samples.full()).write(place, text).read()


@pytest.mark.parametrize("layout", Layout)
def test_a_text_with_form_keeps_it_when_it_is_edited(layout):
    document = samples.full(layout)
    read = (
        Edited(document)
        .add_words("sections.0.text", " Ja & nej.")
        .add_words("areas.0.situation", " Och <mer>.")
        .read()
    )
    # What the HTML says otherwise is the same: a heading is of the highest level that is used.
    before = document.sections[0].text.replace("h4>", "h3>").replace("'", '"')
    assert read.sections[0].text == before.replace("tryggare.", "tryggare. Ja &amp; nej.")
    assert read.areas[0].situation == document.areas[0].situation.replace(
        "våras.", "våras. Och &lt;mer&gt;."
    )


def test_a_text_that_is_emptied_is_empty():
    read = Edited(samples.full()).write(f"{ACTION}.responsible", "").read()
    assert first_action(read).responsible == ""


def test_a_row_that_is_removed_is_gone_with_what_hangs_on_it():
    document = samples.full()
    edited = Edited(document)
    row = edited.row_of(f"{ACTION}.name")
    below = row.getnext()
    read = edited.remove(row).remove(below).read()
    assert [action.uuid for action in read.areas[0].actions] == [
        action.uuid for action in document.areas[0].actions[1:]
    ]
    gone = document.areas[0].actions[0].uuid
    assert all(answer.action != gone for round_ in read.rounds for answer in round_.answers)
    assert [outcome for round_ in read.rounds for outcome in round_.outcomes] == []
    assert read.areas[1:] == document.areas[1:]
    assert read.extras == document.extras


def test_the_row_of_a_cause_removed_leaves_its_actions_under_the_problem():
    edited = Edited(samples.full())
    read = edited.remove(edited.row_of("areas.0.problems.0.causes.0.text")).read()
    action = first_action(read)
    assert (action.cause, action.problem) == (None, samples.uid("problem-torget"))
    assert [cause.uuid for cause in read.areas[0].problems[0].causes] == [samples.uid("orsak-utan")]


def test_a_column_removed_from_the_table_of_the_parties_is_gone():
    edited = Edited(samples.full(Layout.ACTIVITIES))
    table = next(edited.controls(f"{ACTION}.commitments.1.text")[0].iterancestors(qn("w:tbl")))
    for row in table.findall(qn("w:tr")):
        row.remove(row.findall(qn("w:tc"))[2])
    parties = [commitment.party for commitment in first_action(edited.read()).commitments]
    assert parties == [
        "stadsdelsforvaltningen",
        "utbildningsforvaltningen",
        "stad/trafikkontoret",
        "granhem",
    ]


def test_half_a_row_removed_is_refused_and_said():
    edited = Edited(samples.full())
    with pytest.raises(NotAPlan, match="en åtgärd saknar både namn och beskrivning.$|är borta ur"):
        edited.remove(edited.row_of(f"{ACTION}.name")).read()


def test_a_party_that_is_removed_but_still_acts_is_refused_and_said():
    edited = Edited(samples.full())
    with pytest.raises(NotAPlan, match="går inte ihop: parten polisen finns inte"):
        edited.remove(edited.row_of("parties.1.name")).read()


def test_what_is_written_elsewhere_in_the_document_is_kept():
    document = samples.full()
    edited = Edited(document)
    edited.body.insert(40, edited.word.add_paragraph("Glöm inte grannsamverkan!")._p)
    assert [extra.text for extra in edited.read().extras[len(document.extras) :]] == [
        "Glöm inte grannsamverkan!"
    ]


def test_what_is_written_in_a_heading_of_ours_over_a_text_is_kept():
    edited = Edited(samples.full())
    (control,) = edited.controls("areas.0.situation")
    heading = control.find(f".//{qn('w:p')}")
    heading.append(deepcopy(heading.find(qn("w:r"))))
    heading.findall(f".//{qn('w:t')}")[-1].text = " i höst"
    read = edited.read()
    assert read.areas == samples.full().areas
    assert read.extras[-1].text.endswith(" i höst")


def test_a_row_that_is_copied_and_written_in_is_kept():
    document = samples.full()
    edited = Edited(document)
    name = "areas.0.actions.2.name"
    row = edited.row_of(name)
    row.addnext(deepcopy(row))
    second = edited.controls(name)[1].find(f".//{qn('w:t')}")
    second.text = "En helt ny åtgärd"
    read = edited.read()
    assert read.areas == document.areas
    assert [extra.text for extra in read.extras[len(document.extras) :]] == ["En helt ny åtgärd"]


def test_tracked_changes_are_read_as_they_will_be():
    edited = Edited(samples.full())
    run = edited.controls(f"{ACTION}.timing")[0].find(f".//{qn('w:r')}")
    deleted, inserted = run.makeelement(qn("w:del")), run.makeelement(qn("w:ins"))
    run.addprevious(deleted)
    new = deepcopy(run)
    new.find(qn("w:t")).text = "Varje dag"
    deleted.append(run)
    inserted.append(new)
    deleted.addnext(inserted)
    assert first_action(edited.read()).timing == "Varje dag"


def other(value: Any) -> str:
    """Other words of the same kind."""
    if isinstance(value, Choices):
        kinds = list(type(value))
        return words_of(kinds[(kinds.index(value) + 1) % len(kinds)])
    if isinstance(value, Decimal | int):
        return words_of(value + 1)
    if isinstance(value, date):
        return words_of(value + timedelta(days=1))
    return f"{value} ändrat"


def test_the_list_of_what_is_not_read_is_whole_and_true():
    """Everything that can be written in is written in; what is as it was has not been read."""
    used, changed = set(), set()
    for layout in Layout:
        document = samples.full(layout)
        before = dict(parts_with_names(document))
        edited = Edited(document)
        for name in edited.names():
            way, _, said_there = name.rpartition(".")
            value = getattr(before[way], said_there)
            if field_type(PlanDocument, name) == Rich:
                edited.add_words(name, " ändrat")
            else:
                edited.write(name, other(value))
        after = dict(parts_with_names(edited.read()))
        assert after.keys() == before.keys()
        for name, part in before.items():
            for field in fields(part):
                value = getattr(part, field.name)
                holds_parts = isinstance(value, Part) or (
                    isinstance(value, tuple) and any(isinstance(item, Part) for item in value)
                )
                if value != field.default and not holds_parts:
                    key = f"{type(part).__name__}.{field.name}"
                    used.add(key)
                    changed |= {key} if value != getattr(after[name], field.name) else set()
    unread = used - changed
    read_somewhere = {key.partition(".")[2] for key in changed}
    in_short = {
        key if (name := key.partition(".")[2]) in read_somewhere else name for key in unread
    }
    assert in_short == set(NOT_READ)
    assert len(NOT_READ) == len(set(NOT_READ))


@pytest.mark.parametrize("layout", Layout)
def test_places_have_names_that_word_has_room_for(layout):
    names = Edited(samples.full(layout)).names()
    longest = max(re.sub(r"\d+", "999", name) for name in names)
    assert len(longest) <= 64


# Other files --------------------------------------------------------------------------------------


def a_word_file() -> bytes:
    made, document = BytesIO(), Document()
    document.add_paragraph("Åtgärdsplan 2020")
    document.save(made)
    return made.getvalue()


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for one in source.namelist():
            target.writestr(one, data if one == name else source.read(one), zipfile.ZIP_DEFLATED)
        if name not in source.namelist():
            target.writestr(name, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "går inte att läsa som ett Word-dokument"),
        (b"%PDF-1.7", "går inte att läsa som ett Word-dokument"),
        (b"PK\x03\x04 och annat", "går inte att läsa som ett Word-dokument"),
        (a_word_file(), "inte en Word-fil från Samverkan"),
    ],
    ids=["nothing", "a PDF", "rubbish", "another Word file"],
)
def test_another_file_is_refused_in_a_sentence(content, complaint):
    with pytest.raises(NotAPlan, match=complaint):
        read_docx(content)


def test_a_file_that_would_fill_the_memory_is_refused_unread(monkeypatch):
    content = write_docx(samples.emptiest(), DRAFT)
    monkeypatch.setattr(docx, "LARGEST", 3_000_000)
    assert read_docx(content).document == samples.emptiest()
    bomb = with_part(content, "word/media/bild.bin", b"\0" * 3_000_001)
    with pytest.raises(NotAPlan, match="går inte att läsa som ett Word-dokument"):
        read_docx(bomb)


def test_entities_are_not_unfolded():
    content = write_docx(samples.emptiest(), DRAFT)
    xml = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
    declared = xml.replace("<w:document", '<!DOCTYPE x [<!ENTITY e "HEMLIGT">]><w:document', 1)
    declared = declared.replace("UTKAST", "UTKAST &e;")
    assert declared.count("&e;") == 1
    read = read_docx(with_part(content, "word/document.xml", declared.encode())).document
    assert read == samples.emptiest()


@pytest.mark.parametrize(
    "data",
    [
        b"<plan",
        b'<plan xmlns="urn:samverkan:plan:1">{}</plan>',
        b'<plan xmlns="urn:samverkan:plan:1">[1]</plan>',
        b'<plan xmlns="urn:samverkan:plan:1">{"envelope": {}, "places": {}, "loose": []}</plan>',
    ],
)
def test_data_that_are_broken_are_refused(data):
    content = with_part(write_docx(samples.emptiest(), DRAFT), "customXml/item1.xml", data)
    with pytest.raises(NotAPlan):
        read_docx(content)


def test_a_file_without_its_marks_is_refused_instead_of_read_as_emptied():
    edited = Edited(samples.full())
    for control in list(edited.body.iter(qn("w:sdt"))):
        control.getparent().remove(control)
    for mark in edited.body.xpath(".//w:bookmarkStart"):
        mark.getparent().remove(mark)
    with pytest.raises(NotAPlan, match="tagit bort märkena"):
        edited.read()
