"""What somebody has written in a report's Word file is read back, and nothing else is changed by it."""

import re
import zipfile
from copy import deepcopy
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from docx.oxml.ns import qn
from msgspec.structs import fields, replace

from lagesbild.document import (
    BlockDoc,
    NotAReport,
    ReportDocument,
    SectionDoc,
    blocks_of,
    sections_of,
)
from lagesbild.edition import envelope_of
from lagesbild.reading.our_docx import NOT_READ, AsAnyOther, ReadBack, read_docx
from lagesbild.vocabulary import BlockForm, Direction
from lagesbild.writing.docx import NAMESPACE, write_docx
from samverkan.document import DecisionDoc, Part, encode
from samverkan.documents.docx import open_word
from samverkan.documents.docx_carried import Carried, field_type, is_html, parts_with_names
from samverkan.documents.wordml import paragraph, run
from samverkan.edition import Edition
from tests.formats.edited_word import EditedWord
from tests.formats.office import convert
from tests.formats.test_our_docx import other, with_part
from tests.lagesbild import demonstration, samples
from tests.lagesbild.formats.standings import DECIDED, DRAFT
from tests.lagesbild.formats.test_pdf import AWKWARD, one_section
from tests.lagesbild.samples import uid

OF_THE_DEMONSTRATION = {
    name: (demonstration.document(name), demonstration.envelope(name).images)
    for name in demonstration.NAMES
}
SAMPLES = {"full": samples.full(), "status": samples.status()}
REPORTS = OF_THE_DEMONSTRATION | {
    name: (document, samples.IMAGES) for name, document in (SAMPLES | AWKWARD).items()
}


def back(content: bytes) -> ReadBack:
    read = read_docx(content)
    assert read is not None
    return read


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read_back_as_it_was(name, edition):
    document, images = REPORTS[name]
    read = back(write_docx(document, DRAFT, images, edition=edition))
    assert read == ReadBack(envelope_of(document, images, edition=edition), ())


def test_the_decision_rides_along():
    decision = DecisionDoc("Tallbackens stadsdelsnämnd", date(2024, 1, 20), "cd" * 32, "§ 12")
    content = write_docx(samples.full(), DECIDED, samples.IMAGES, decision=decision)
    assert back(content).envelope == envelope_of(samples.full(), samples.IMAGES, decision)


# What is changed ----------------------------------------------------------------------------------


class Edited(EditedWord):
    def __init__(self, document: ReportDocument | None = None) -> None:
        super().__init__(write_docx(document or samples.full(), DRAFT, samples.IMAGES))

    def back(self) -> ReadBack:
        return back(self.saved())

    def read(self) -> ReportDocument:
        return self.back().envelope.document

    def warnings(self) -> str:
        return " ".join(self.back().warnings)

    def type_after(self, words: str, *typed: Any) -> "Edited":
        """New paragraphs, after the one in which those words stand."""
        place = self.paragraph(words)
        for one in reversed(typed):
            place.addnext(paragraph(one) if isinstance(one, str) else one)
        return self

    def type_point_after(self, words: str, typed: str) -> "Edited":
        """A new point in a list, as Enter makes one."""
        before = self.paragraph(words)
        made = paragraph(typed)
        made.insert(0, deepcopy(before.pPr))
        before.addnext(made)
        return self


def in_section(document: ReportDocument, name: str) -> SectionDoc:
    return next(one for one, _ in sections_of(document) if one.uuid == uid(name))


def block(document: ReportDocument, name: str) -> BlockDoc:
    return next(one for one in blocks_of(document) if one.uuid == uid(name))


def changed(was: Any, now: Any, name: str = "") -> dict[str, Any]:
    """What differs: where, and what it is now."""
    if isinstance(was, Part) and type(was) is type(now):
        found: dict[str, Any] = {}
        for field in was.__struct_fields__:
            below = f"{name}.{field}".lstrip(".")
            found |= changed(getattr(was, field), getattr(now, field), below)
        return found
    if isinstance(was, tuple) and isinstance(now, tuple) and len(was) == len(now):
        return {
            key: value
            for n, (one, other) in enumerate(zip(was, now, strict=True))
            for key, value in changed(one, other, f"{name}.{n}").items()
        }
    return {} if was == now else {name: now}


YOUNG, THEFTS = "sections.3.sections.0", "sections.1.blocks.1"
WRITTEN = {
    "title": "Lägesbild vintern 2023",
    "sections.1.heading": "Brotten",
    f"{THEFTS}.caption": "Stölder av cyklar",
    f"{THEFTS}.source": "Brå",
    f"{YOUNG}.aims.0.text": "Barn upptäcks tidigare än förut.",
    f"{YOUNG}.results.0.text": "Nio möten.\nOch ett till.",
    f"{YOUNG}.priorities.2.text": "Börja om.",
    f"{YOUNG}.working_together": "Skola och polis",
    f"{YOUNG}.deviations.0.text": "Fler är trygga.",
    f"{YOUNG}.deviations.0.consulted": "polisen",
    f"{YOUNG}.deviations.1.internal_reason": "Hemligt",
    "sections.3.sections.2.handled_note": "Samma grupp.",
    "sections.3.sections.3.not_chosen_reason": "Där är tyst.",
    "sources.1.name": "Brottsstatistiken",
    "extras.0.text": "Ny text.",
}


def test_what_is_written_in_word_is_in_the_report_and_nothing_else_is_changed():
    edited = Edited()
    for name, words in WRITTEN.items():
        edited.write(name, words)
    assert changed(samples.full(), edited.read()) == WRITTEN
    assert f"{len(WRITTEN)} texter är ändrade" in edited.warnings()


def test_boxes_directions_dates_and_numbers_are_read_as_they_are_written():
    edited = (
        Edited()
        .write(f"{YOUNG}.special_measures", "☐")
        .write("sections.3.sections.1.special_measures", "☒")
        .write(f"{YOUNG}.deviations.0.direction", "försämring")
        .write(f"{YOUNG}.deviations.0.consulted_on", "2023-12-01")
        .write(f"{THEFTS}.table.series.0.values.3", "1 190,25")
        .write(f"{THEFTS}.table.series.0.values.5", "–")
        .write(f"{THEFTS}.table.labels.0", "2017")
        .write(f"{THEFTS}.table.series.0.name", "Stulna cyklar")
    )
    assert changed(samples.full(), edited.read()) == {
        f"{YOUNG}.special_measures": False,
        "sections.3.sections.1.special_measures": True,
        f"{YOUNG}.deviations.0.direction": Direction.WORSE,
        f"{YOUNG}.deviations.0.consulted_on": date(2023, 12, 1),
        f"{THEFTS}.table.series.0.values.3": Decimal("1190.25"),
        f"{THEFTS}.table.series.0.values.5": None,
        f"{THEFTS}.table.labels.0": "2017",
        f"{THEFTS}.table.series.0.name": "Stulna cyklar",
    }


def test_a_box_of_a_status_report_that_is_taken_away_is_not_ticked():
    document = samples.status()
    first = replace(document.sections[0], line_work=True)
    document = replace(document, sections=(first, *document.sections[1:]))
    edited = Edited(document)
    (box,) = edited.controls("sections.0.line_work")
    read = edited.remove(next(box.iterancestors(qn("w:p")))).read()
    assert changed(document, read) == {"sections.0.line_work": False}


@pytest.mark.parametrize(
    ("place", "text", "complaint"),
    [
        (
            f"{THEFTS}.table.series.0.values.3",
            "ca 30",
            "”ca 30” .* kan inte stå där: skriv ett tal",
        ),
        (f"{THEFTS}.table.series.0.values.3", "12345678901", "går inte ihop: .*ryms inte"),
        (f"{YOUNG}.deviations.0.direction", "bra", "”bra” .* välj något av Förbättring, "),
        (f"{YOUNG}.deviations.0.consulted_on", "i höst", "skriv ett datum, som 2025-01-31"),
        ("sections.1.heading", "x" * 201, "skriv högst 200 tecken"),
        ("sections.1.heading", "", "är borta ur filen, men annat som hör dit står kvar"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_the_words_themselves(place, text, complaint):
    with pytest.raises(NotAReport, match=complaint):
        Edited().write(place, text).read()


def test_a_text_with_footnotes_and_references_keeps_them_when_it_is_edited():
    edited = Edited()
    words = edited.paragraph("Vid torget anmäls flest").findall(f".//{qn('w:t')}")
    words[0].text = "Nytt: " + words[0].text
    text = block(samples.full(), "brott-1").text
    after = changed(samples.full(), edited.read())
    assert after == {"sections.1.blocks.0.text": text.replace("<p>C", "<p>Nytt: C", 1)}


def test_a_reference_without_words_stays_without():
    edited = Edited()
    edited.paragraph("Torget har byggts om").findall(f".//{qn('w:t')}")[-1].text += "Slut."
    text = block(edited.read(), "trygghet-1").text
    assert f'<a href="#{uid("torget")}"></a>' in text
    assert f'<a href="#{uid("skola-a")}">figur</a>' in text


def test_what_is_written_in_a_footnote_is_in_it():
    content = write_docx(samples.full(), DRAFT, samples.IMAGES)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        notes = archive.read("word/footnotes.xml")
    ours = "Brottsförebyggande rådet har samlat forskningen.".encode()
    assert notes.count(ours) == 1
    new = notes.replace(ours, "Rådet har samlat allt.".encode())
    read = back(with_part(content, "word/footnotes.xml", new)).envelope.document
    description = in_section(samples.full(), "unga").description.replace(
        ours.decode(), "Rådet har samlat allt."
    )
    assert changed(samples.full(), read) == {f"{YOUNG}.description": description}


# What is added ------------------------------------------------------------------------------------


def test_a_new_paragraph_in_a_text_is_a_paragraph_of_it():
    edited = Edited().type_after("Det är få som begår", "Och <färre> än förr.", "De är äldre.")
    pieces = in_section(edited.read(), "aktorer").blocks
    assert [one.text for one in pieces] == [
        "<p>Det är få som begår många brott.</p>"
        "<p>Och &lt;färre&gt; än förr.</p><p>De är äldre.</p>"
    ]
    assert "1 text är ändrad" in edited.warnings()


@pytest.mark.parametrize(
    ("after", "section", "place"),
    [
        ("Öppen handel", "droger", 0),
        ("Karta över Tallbackens stadsdelar", "inledning", 2),
        ("Anmälda brott per plats", "brott", 3),  # between the caption and its table
    ],
    ids=["under a heading", "under a picture", "under a caption"],
)
def test_a_new_paragraph_may_stand_anywhere_in_a_section(after, section, place):
    read = Edited().type_after(after, "Nya ord.").read()
    was = in_section(samples.full(), section).blocks
    now = in_section(read, section).blocks
    assert now[place].text == "<p>Nya ord.</p>"
    assert (*now[:place], *now[place + 1 :]) == was


def test_a_new_paragraph_below_a_table_of_numbers_is_a_piece_after_the_figure():
    edited = Edited()
    last = edited.row_of("sections.1.blocks.2.table.series.0.name").getparent()
    last.addnext(paragraph("Under tabellen."))
    pieces = in_section(edited.read(), "brott").blocks
    assert pieces[3].text == "<p>Under tabellen.</p>"


def test_a_new_paragraph_in_a_status_report_is_said_of_its_area():
    edited = Edited(samples.status()).type_after("En arbetsgrupp för näringslivet", "Den växer.")
    (piece,) = in_section(edited.read(), "status-otrygga").blocks
    assert piece.text.endswith("har börjat.</li></ul><p>Den växer.</p>")


@pytest.mark.parametrize("rows", ["aims", "results", "priorities"])
def test_a_new_point_is_a_row_of_its_list(rows):
    was = getattr(in_section(samples.full(), "unga"), rows)
    edited = Edited().type_point_after(was[0].text, "En ny punkt.")
    now = getattr(in_section(edited.read(), "unga"), rows)
    assert [one.text for one in now] == [
        was[0].text,
        "En ny punkt.",
        *(one.text for one in was[1:]),
    ]
    assert (now[0], *now[2:]) == was


def test_a_new_source_is_one():
    read = Edited().type_point_after("Öppna jämförelser", "Vår egen räkning").read()
    assert [one.name for one in read.sources][:2] == ["Öppna jämförelser", "Vår egen räkning"]


def test_a_point_that_is_copied_and_written_in_is_a_row_too():
    edited = Edited()
    name = f"{YOUNG}.aims.0.text"
    original = next(edited.controls(name)[0].iterancestors(qn("w:p")))
    original.addnext(deepcopy(original))
    edited.controls(name)[1].find(f".//{qn('w:t')}").text = "Ett nytt mål."
    assert [one.text for one in in_section(edited.read(), "unga").aims] == [
        "Barn i riskzon upptäcks tidigt.",
        "Ett nytt mål.",
        "Fler unga har något att göra på fritiden.",
    ]


def test_what_is_new_beside_something_internal_is_internal_as_well():
    read = Edited().type_point_after("En ungdomsgård bevakas.", "En till bevakas.").read()
    results = in_section(read, "unga").results
    assert (results[2].is_internal, results[2].internal_reason) == (True, "Pekar ut en plats")


def test_the_same_file_gives_the_same_report():
    content = Edited().type_after("Karta över", "Nytt.").saved()
    assert back(content) == back(content)


def test_what_has_no_place_is_kept_and_said():
    edited = Edited().type_after("Resultat av arbetet", "Vad har vi nått?")
    document = edited.read()
    assert document.sections == samples.full().sections
    (extra,) = document.extras[2:]
    assert (extra.label, extra.text) == ("Skrivet utanför lägesbildens fält", "Vad har vi nått?")
    assert extra.is_internal
    assert "sparas som övrigt: ”Vad har vi nått?”" in edited.warnings()


def is_in_contents(element: Any) -> bool:
    """Which Word makes anew itself, whatever has been written in them."""
    return bool(element.xpath("ancestor::w:sdt/w:sdtPr/w:docPartObj"))


@pytest.mark.parametrize("name", ["full", "status", *demonstration.NAMES])
def test_nothing_that_is_typed_is_lost_wherever_it_is_typed(name):
    document, images = REPORTS[name]
    edited = EditedWord(write_docx(document, DRAFT, images))
    typed: list[str] = []
    for one in list(edited.body.iter(qn("w:p"))):
        if not is_in_contents(one):
            typed.append(f"Ord{len(typed)}slut")
            one.addnext(paragraph(typed[-1]))
    text = encode(back(edited.saved()).envelope.document).decode()
    assert [words for words in typed if words not in text] == []


@pytest.mark.parametrize("name", ["full", "status", *demonstration.NAMES])
def test_nothing_that_is_typed_among_other_words_is_lost(name):
    document, images = REPORTS[name]
    edited = EditedWord(write_docx(document, DRAFT, images))
    typed: list[str] = []
    for one in list(edited.body.iter(qn("w:t"))):
        tags = one.xpath("ancestor::w:sdt/w:sdtPr/w:tag/@w:val")
        is_number = one.xpath("preceding-sibling::w:fldChar | ancestor::w:hyperlink")
        is_kind = any(
            re.search(r"values|direction|consulted_on|_measures|line_work", tag) for tag in tags
        )
        is_worked_out = one.xpath(
            "../preceding-sibling::w:r[1]/w:fldChar[@w:fldCharType='separate']"
        )
        if not (is_in_contents(one) or is_number or is_kind or is_worked_out):
            typed.append(f"Ord{len(typed)}slut")
            one.text = f"{one.text} {typed[-1]}"
    text = encode(back(edited.saved()).envelope.document).decode()
    assert [words for words in typed if words not in text] == []


def test_a_comment_is_kept():
    edited = Edited()
    words = edited.paragraph("Det är få som begår")
    edited.word.add_comment(
        [one for one in edited.word.paragraphs if one._p is words][0].runs,
        "Kan vi säga hur många?",
        author="Lo",
    )
    (extra,) = edited.read().extras[2:]
    assert (extra.label, extra.is_internal) == ("Kommentar", True)
    assert "Kan vi säga hur många?" in extra.text


# What is removed ----------------------------------------------------------------------------------


def test_a_paragraph_a_point_and_a_source_that_are_removed_are_gone():
    edited = Edited()
    edited.remove(edited.paragraph("Fler unga har något att göra"))
    edited.remove(edited.paragraph("Brottsstatistik (Brå)"))
    for words in ("Vid stationen", "Där står cyklarna tätast", "Jag låser alltid"):
        edited.remove(edited.paragraph(words))
    remove_mark(edited, "sections.1.blocks.3.text")
    read = edited.read()
    young = in_section(read, "unga")
    assert [one.text for one in young.aims] == ["Barn i riskzon upptäcks tidigt."]
    assert "Brottsstatistik (Brå)" not in [one.name for one in read.sources]
    assert uid("brott-2") not in [one.uuid for one in in_section(read, "brott").blocks]
    said = edited.warnings()
    assert "3 är borttagna" in said
    assert "”Fler unga har något att göra på fritiden.”" in said


def remove_mark(edited: Edited, name: str) -> None:
    """Word takes a bookmark away with all that it stands around."""
    number = edited_names(edited).index(name)
    (start,) = edited.body.xpath(f".//w:bookmarkStart[@w:name='_plats{number}']")
    identity = start.get(qn("w:id"))
    (end,) = edited.body.xpath(f".//w:bookmarkEnd[@w:id='{identity}']")
    edited.remove(start).remove(end)


def edited_names(edited: Edited) -> list[str]:
    text = open_word(edited.saved()).attached(NAMESPACE)
    return list(Carried.from_text(text or "").places)


def test_a_point_that_is_emptied_is_gone():
    read = Edited().write(f"{YOUNG}.aims.0.text", "").read()
    assert len(in_section(read, "unga").aims) == 1


def test_a_figure_that_is_removed_is_gone_and_what_referred_to_it_is_words():
    edited = Edited()
    caption = edited.paragraph("Antal anmälda cykelstölder")
    table = edited.row_of(f"{THEFTS}.table.series.0.name").getparent()
    edited.remove(caption.getprevious()).remove(caption).remove(table)
    read = edited.read()
    assert uid("stolder") not in [one.uuid for one in blocks_of(read)]
    assert "för varje år, se figur. Vid" in block(read, "brott-1").text
    assert "figuren ”Antal anmälda cykelstölder" in edited.warnings()


def test_an_area_that_is_removed_is_no_longer_where_another_is_handled():
    edited = Edited()
    first = edited.paragraph("4.1 Unga i riskzon")
    while first is not None and "Otrygga och brottsutsatta" not in "".join(first.itertext()):
        following = first.getnext()
        edited.remove(first)
        first = following
    read = edited.read()
    assert [one.uuid for one in in_section(read, "omraden").sections] == [
        uid("platser"),
        uid("brottsoffer"),
        uid("natt"),
    ]
    assert in_section(read, "brottsoffer").handled_in is None


def test_rows_and_columns_of_numbers_are_taken_away_with_their_heads():
    edited = Edited()
    table = edited.row_of("sections.1.blocks.2.table.series.0.name").getparent()
    edited.remove(edited.row_of("sections.1.blocks.2.table.series.1.name"))
    for row in table.findall(qn("w:tr")):
        row.remove(row.findall(qn("w:tc"))[2])  # Stationen
    numbers = block(edited.read(), "tabell").table
    assert numbers is not None
    assert numbers.labels == ("Torget", "Skolgården", "Parken")
    assert [(one.name, one.values) for one in numbers.series] == [
        ("Stöld", samples.numbers("1240", "12", "45"))
    ]


def test_numbers_removed_from_under_a_chart_are_still_those_of_the_chart():
    edited = Edited()
    edited.remove(edited.row_of(f"{THEFTS}.table.series.0.name").getparent())
    assert changed(samples.full(), edited.read()) == {f"{THEFTS}.shows_table": False}
    assert "Diagrammet finns kvar med sina siffror" in edited.warnings()


def test_a_chart_removed_from_over_its_caption_is_said_to_be_left():
    edited = Edited()
    edited.remove(edited.paragraph("Antal anmälda cykelstölder").getprevious())
    assert edited.read() == samples.full()
    assert "Diagrammet i figuren ”Antal anmälda cykelstölder" in edited.warnings()


def test_much_may_be_done_to_one_section_at_once():
    """What is removed does not move what is done to what comes after it."""
    edited = Edited()
    section = "sections.1.blocks"
    for words in ("Cykelstölderna har blivit", "Stölderna sker mest", "Skadegörelsen sker mest"):
        edited.remove(edited.paragraph(words))
    for words in ("vid stationen", "vid skolan"):
        edited.remove(edited.paragraph(words))
    remove_mark(edited, f"{section}.0.text")
    edited.remove(edited.row_of(f"{section}.1.table.series.0.name").getparent())
    for row in edited.row_of(f"{section}.2.table.series.0.name").getparent().findall(qn("w:tr")):
        row.remove(row.findall(qn("w:tc"))[2])  # Stationen
    edited.type_after("2 Beskrivning av brottsligheten", "Först.")
    edited.type_after("Anmälda brott per plats", "Sedan.")
    new, thefts, table, after, last = in_section(edited.read(), "brott").blocks
    assert (new.text, after.text) == ("<p>Först.</p>", "<p>Sedan.</p>")
    assert (thefts.uuid, thefts.shows_table) == (uid("stolder"), False)
    assert table.table is not None
    assert table.table.labels == ("Torget", "Skolgården", "Parken")
    assert last.uuid == uid("brott-2")


# Pictures -----------------------------------------------------------------------------------------


def drawing_over(edited: Edited, caption: str) -> Any:
    return edited.paragraph(caption).getprevious().find(f".//{qn('w:drawing')}")


def other_picture(edited: Edited, content: bytes) -> str:
    relation, _ = edited.word.part.get_or_add_image(BytesIO(content))
    return relation


def test_a_picture_that_is_changed_for_another_is_the_other():
    edited = Edited()
    blip = drawing_over(edited, "Karta över").find(f".//{qn('a:blip')}")
    new, content = samples.drawn(80, 60)
    blip.set(qn("r:embed"), other_picture(edited, content))
    read = edited.back()
    assert block(read.envelope.document, "karta").image == new
    assert read.envelope.images[new.sha256] == content
    assert samples.MAP.sha256 not in read.envelope.images
    assert "en annan än den som filen hämtades med" in edited.warnings()


def test_a_picture_that_is_removed_leaves_its_words():
    edited = Edited()
    edited.remove(drawing_over(edited, "Karta över"))
    figure = block(edited.read(), "karta")
    assert (figure.image, figure.caption) == (None, "Karta över Tallbackens stadsdelar")
    assert "finns inte i filen" in edited.warnings()


@pytest.mark.parametrize("after", ["Det är få som begår", "Aktörer"])
def test_a_new_picture_is_a_figure_where_it_stands(after):
    edited = Edited()
    drawing = deepcopy(drawing_over(edited, "Karta över"))
    new, content = samples.drawn(80, 60)
    drawing.find(f".//{qn('a:blip')}").set(qn("r:embed"), other_picture(edited, content))
    made = run("")
    made.append(drawing)
    edited.type_after(after, paragraph(made))
    read = edited.back()
    (figure,) = (one for one in in_section(read.envelope.document, "aktorer").blocks if one.image)
    assert (figure.form, figure.image) == (BlockForm.IMAGE, new)
    assert read.envelope.images[new.sha256] == content


# What is not read ---------------------------------------------------------------------------------


def test_the_list_of_what_is_not_read_is_whole_and_true():
    """Everything that can be written in is written in; what is as it was has not been read."""
    used, read = set(), set()
    for document in SAMPLES.values():
        before = dict(parts_with_names(document))
        edited = Edited(document)
        for name in edited.names():
            way, _, field = name.rpartition(".")
            if field in ("special_measures", "line_work"):
                edited.write(name, "☐" if getattr(before[way], field) else "☒")
            elif is_html(field_type(ReportDocument, name)):
                edited.add_words(name, " ändrat")
            elif way in before:
                edited.write(name, other(getattr(before[way], field)))
            elif ".values." in name:
                edited.write(name, "7")
            else:
                edited.write(name, "ändrat")
        after = dict(parts_with_names(edited.read()))
        assert after.keys() == before.keys()
        for name, part in before.items():
            for said in fields(part):
                value = getattr(part, said.name)
                holds_parts = isinstance(value, Part) or (
                    isinstance(value, tuple) and any(isinstance(item, Part) for item in value)
                )
                if value != said.default and not holds_parts:
                    key = f"{type(part).__name__}.{said.name}"
                    used.add(key)
                    read |= {key} if value != getattr(after[name], said.name) else set()
    unread = used - read
    read_somewhere = {key.partition(".")[2] for key in read}
    in_short = {
        key if (name := key.partition(".")[2]) in read_somewhere else name for key in unread
    }
    assert in_short == set(NOT_READ)
    assert len(NOT_READ) == len(set(NOT_READ))


def test_places_have_names_that_word_has_room_for():
    deep = one_section(samples.SCHOOLS)
    for depth in range(2):
        section = SectionDoc(uid(f"djup-{depth}"), "Djupare", sections=deep.sections)
        deep = replace(deep, sections=(section,))
    longest = max(Edited(deep).names(), key=len)
    assert len(longest) <= 64
    assert Edited(deep).read() == deep


# Other files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["full", "status", *demonstration.NAMES])
def test_saved_in_libreoffice_it_is_read_back_whole(name, tmp_path):
    document, images = REPORTS[name]
    saved = convert(write_docx(document, DRAFT, images), "docx", "docx", tmp_path)
    assert back(saved) == ReadBack(envelope_of(document, images), ())


def test_a_file_without_its_marks_is_to_be_read_as_any_other():
    with pytest.raises(AsAnyOther, match="märkena runt texterna finns inte"):
        read_docx(Edited().remove_marks().saved())


def test_a_file_from_before_it_could_be_read_back_is_to_be_read_as_any_other():
    envelope = encode(envelope_of(samples.full(), samples.IMAGES)).decode()
    data = f'<plan xmlns="urn:samverkan:lagesbild:1">{envelope}</plan>'.replace("&", "&amp;")
    data = data.replace("<", "&lt;").replace("&lt;plan", "<plan").replace("&lt;/plan", "</plan")
    content = write_docx(samples.full(), DRAFT, samples.IMAGES)
    with pytest.raises(AsAnyOther):
        read_docx(with_part(content, "customXml/item1.xml", data.encode()))


@pytest.mark.parametrize("data", ['{"envelope":{},"places":{},"loose":[]}', '{"places":{}}', "[1]"])
def test_data_that_are_broken_are_refused_or_passed_by(data):
    content = write_docx(samples.full(), DRAFT, samples.IMAGES)
    part = f'<plan xmlns="urn:samverkan:lagesbild:1">{data}</plan>'.encode()
    with pytest.raises((NotAReport, AsAnyOther)):
        read_docx(with_part(content, "customXml/item1.xml", part))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 och annat"])
def test_another_file_is_none_of_ours(content):
    assert read_docx(content) is None


def test_new_rows_have_uuids_of_their_own():
    edited = Edited().type_after("Karta över", "Nytt.")
    edited.type_point_after("Barn i riskzon upptäcks tidigt.", "Nytt mål.")
    found: list[UUID] = [one.uuid for one in blocks_of(edited.read())]
    assert len(set(found)) == len(found)
