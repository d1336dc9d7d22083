"""The Word file of a plan: all of its words, and well made."""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from docx import Document
from docx.oxml.ns import qn
from hypothesis import Phase, given
from hypothesis import settings as hypothesis
from msgspec.structs import replace
from pypdf import PdfReader

from plans.document import (
    ActionDoc,
    CommitmentDoc,
    Envelope,
    GoalDoc,
    PartyDoc,
    PlanDocument,
    read_json,
)
from plans.reading.our_docx import read_docx
from plans.vocabulary import Layout
from plans.writing.docx import write_docx
from samverkan.documents.standing import Standing
from samverkan.organisation.vocabulary import PartyKind
from tests.formats import samples
from tests.formats.office import convert
from tests.formats.test_pdf import DECIDED, DRAFT, letters, said
from tests.strategies import documents

DEMONSTRATION = sorted((settings.BASE_DIR / "fixtures/plans").glob("*.json"))


def demonstrated(path: Path) -> PlanDocument:
    return read_json(path.read_bytes()).document


def written(document: PlanDocument, standing: Standing = DRAFT) -> Any:
    return Document(BytesIO(write_docx(document, standing)))


def body_of(document: PlanDocument) -> Any:
    return written(document).element.body


_LETTERS = {qn("w:noBreakHyphen"): "-", qn("w:br"): "\n", qn("w:tab"): "\t"}


def words(element: Any) -> str:
    """As they stand, in order; a paragraph and a cell are apart from the next."""
    found = []
    for one in element.iter():
        if one.tag == qn("w:t"):
            found.append(one.text or "")
        elif one.tag in _LETTERS or one.tag in (qn("w:p"), qn("w:tc")):
            found.append(_LETTERS.get(one.tag, "\n"))
    return "".join(found)


def style(paragraph: Any) -> str:
    named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if named is None else named.get(qn("w:val"))


def headings(body: Any) -> list[tuple[int, str]]:
    found = [(style(one), one) for one in body.iter(qn("w:p"))]
    return [
        (int(name.removeprefix("Heading")), " ".join(words(one).split()))
        for name, one in found
        if name.startswith("Heading")
    ]


# The document -------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", Layout)
def test_every_word_date_and_number_of_the_plan_is_in_the_document(layout):
    document = samples.full(layout)
    text = letters(words(body_of(document)))
    assert [one for one in said(document) if letters(one) not in text] == []


def test_title_page_says_who_decided_when_and_under_which_numbers():
    text = letters(words(written(samples.full(), DECIDED).element.body))
    for said_there in (
        "Granstads kommun",
        "Bilaga 2",
        "Tallbacken Åtgärdsplan 2025–2026",
        "Lokalpolisområde Granstad Norr",
        "Tallbackens stadsdelsnämnd 2025-01-20, § 12",
        "Stadsdelsförvaltningen: TAL 2025/31",
        "Polisen: A987.654/2025",
        "cd" * 32,
    ):
        assert letters(said_there) in text


def test_a_draft_says_so_on_every_page_and_a_decided_plan_on_none():
    draft, decided = written(samples.full(), DRAFT), written(samples.full(), DECIDED)
    assert "UTKAST" in words(draft.element.body)
    assert "UTKAST" in words(draft.sections[0].header._element)
    assert "utkast" not in words(decided.element.body).lower()
    assert "Beslutad 2025-01-20" in words(decided.sections[0].header._element)


@pytest.mark.parametrize("layout", Layout)
def test_an_area_without_actions_says_so(layout):
    text = words(body_of(samples.full(layout)))
    # Two such areas, in the overview and where they stand.
    assert text.count("Inga åtgärder i området.") == 4


def test_a_problem_and_a_cause_stand_once_over_what_hangs_on_them():
    text = words(body_of(samples.large(30)))
    assert text.count("Otrygghet kring plats 0 under sena kvällar") == 5  # once in each area


@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: path.stem)
def test_headings_go_down_one_level_at_a_time(path):
    levels = [0] + [level for level, _ in headings(body_of(demonstrated(path)))]
    assert 1 in levels
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize("layout", Layout)
def test_contents_name_every_main_heading_and_lead_to_it(layout):
    body = body_of(samples.full(layout))
    entries = [one for one in body.iter(qn("w:p")) if style(one) == "TOC1"]
    shown = [" ".join(words(one).split()) for one in entries]
    assert shown == [text for level, text in headings(body) if level == 1]
    assert len(shown) == 12
    for entry, text in zip(entries, shown, strict=True):
        anchor = entry.find(f".//{qn('w:hyperlink')}").get(qn("w:anchor"))
        (mark,) = body.xpath(f".//w:bookmarkStart[@w:name='{anchor}']")
        assert " ".join(words(mark.getparent()).split()) == text
        assert f"PAGEREF {anchor} " in "".join(entry.xpath(".//w:instrText/text()"))


@pytest.mark.parametrize("layout", Layout)
def test_every_reference_leads_to_a_place_in_the_document(layout):
    body = body_of(samples.full(layout))
    marks = body.xpath(".//w:bookmarkStart/@w:name")
    assert set(body.xpath(".//w:hyperlink/@w:anchor")) <= set(marks)
    assert len(set(marks)) == len(marks)
    assert max(map(len, marks)) <= 40  # Word cuts off a longer one


@pytest.mark.parametrize("layout", Layout)
def test_the_head_of_a_table_stands_on_each_of_its_pages(layout):
    tables = body_of(samples.full(layout)).findall(f".//{qn('w:tbl')}")
    headed = {words(one[2]).strip().split("\n")[0]: one for one in tables}
    with_heads = {"Område", "Uppföljning", "Part", "Plats i källan"}
    with_heads |= {"Åtgärd"} if layout == Layout.CAUSES else set()
    assert with_heads <= set(headed)
    for table in tables:
        rows = table.findall(qn("w:tr"))
        repeated = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        begins = words(rows[0]).strip().split("\n")[0]
        assert repeated == [begins in with_heads or begins.startswith("Part")] + [False] * (
            len(rows) - 1
        )


def test_a_short_row_stays_on_its_page_and_a_long_one_goes_on():
    action = ActionDoc(samples.uid("a"), name="Åtgärd", description="ord " * 4000)
    short = ActionDoc(samples.uid("b"), name="Kort")
    plan = samples.with_action(action)
    plan = replace(plan, areas=(replace(plan.areas[0], actions=(action, short)),))
    rows = {
        words(row).strip()[:7]: row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
        for row in body_of(plan).iter(qn("w:tr"))
    }
    assert rows["1.1 Åtg"] is False
    assert rows["1.2 Kor"] is True


def test_a_short_table_stays_together():
    facts = list(body_of(samples.full()).iter(qn("w:tbl")))[-1]
    kept = [
        all(
            one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for one in row.iter(qn("w:p"))
        )
        for row in facts.findall(qn("w:tr"))
    ]
    assert len(kept) == 6
    assert kept == [True] * 5 + [False]


@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: path.stem)
def test_no_column_is_empty_from_top_to_bottom(path):
    for table in body_of(demonstrated(path)).iter(qn("w:tbl")):
        rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
        whole = [row for row in rows if len(row) == len(rows[0])][1:]
        for column in range(len(rows[0]) if whole else 0):
            assert any(words(row[column]).strip() for row in whole), words(rows[0][column])


@pytest.mark.parametrize("layout", Layout)
def test_charts_have_words_for_those_who_do_not_see_them(layout):
    document = written(samples.full(layout))
    said_of_charts = document.element.body.xpath(".//wp:docPr/@descr")
    parts = [part for part in document.part.package.iter_parts() if "chart" in part.partname]
    assert len(said_of_charts) == len(parts) == (1 if layout == Layout.CAUSES else 2)
    numbers = "3, 2, 3" if layout == Layout.CAUSES else "3"
    assert f"1 Otrygga platser i centrum: {numbers}" in said_of_charts[0]
    assert "Otrygga platser i centrum" in parts[0].blob.decode()


def test_the_file_is_titled_and_swedish():
    document = written(samples.full())
    core = document.core_properties
    assert core.title == "Åtgärdsplan 2025–2026, Tallbacken (utkast)"
    assert (core.language, core.author) == ("sv-SE", "Granstads kommun")
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "sv-SE"
    assert not document.styles.element.xpath(".//w:style//w:lang")


def test_one_family_of_type_and_nothing_under_nine_points():
    document = written(samples.full())
    xml = b"".join(part.blob for part in document.part.package.iter_parts()).decode()
    fonts = set(re.findall(r'<w:rFonts w:ascii="([^"]+)"|typeface="([^"]+)"', xml))
    assert {name for pair in fonts for name in pair} == {"Arial", ""}
    assert min(int(size) for size in re.findall(r'<w:szC?s? w:val="(\d+)"', xml)) >= 18
    assert min(int(size) for size in re.findall(r'\bsz="(\d+)" b=', xml)) >= 900


@pytest.mark.parametrize("layout", Layout)
def test_a_state_is_said_in_words_beside_its_mark(layout):
    text = words(body_of(samples.full(layout)))
    assert "◕ Enligt plan" in text
    assert "‖ Pausad" in text


def test_lists_with_numbers_each_begin_at_one():
    plan = replace(
        samples.full(),
        sections=tuple(
            replace(section, text="<ol><li>Ett</li><li>Två</li></ol>")
            for section in samples.full().sections
        ),
    )
    listed = [one for one in body_of(plan).iter(qn("w:p")) if style(one) == "ListNumber"]
    numbers = [one.find(f".//{qn('w:numId')}").get(qn("w:val")) for one in listed]
    assert len(numbers) == 4
    assert len(set(numbers)) == 2


def test_a_link_out_of_the_document_is_one_that_word_takes():
    text = '<p><a href="https://exempel.se/a b?ö=1">ute</a> och <a href="/inne">inne</a></p>'
    plan = replace(samples.full(), sections=(replace(samples.full().sections[0], text=text),))
    document = written(plan)
    outer = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert outer == ["https://exempel.se/a%20b?%C3%B6=1"]
    assert "ute och inne" in words(document.element.body)


def test_no_part_of_the_file_says_when_it_was_made():
    with zipfile.ZipFile(BytesIO(write_docx(samples.full(), DRAFT))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# What Word calls unreadable content is most often elements in another order than the format's.
ORDER = {
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs "
    "highlight u effect bdr shd vertAlign rtl cs lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens spacing ind contextualSpacing "
    "mirrorIndents jc textAlignment outlineLvl rPr sectPr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblW jc tblCellSpacing tblInd tblBorders shd "
    "tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection vAlign",
    "tcBorders": "top left bottom right insideH insideV",
    "tblBorders": "top left bottom right insideH insideV",
    "pBdr": "top left bottom right between bar",
    "tblCellMar": "top left bottom right",
    "tcMar": "top left bottom right",
    "numPr": "ilvl numId",
    "sdt": "sdtPr sdtContent",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "sectPr": "headerReference|footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr "
    "tcPr tblStylePr",
    "lvl": "start numFmt lvlText lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "numbering": "abstractNum num",
    "settings": "zoom defaultTabStop autoHyphenation consecutiveHyphenLimit "
    "characterSpacingControl footnotePr compat themeFontLang decimalSymbol listSeparator",
    "inline": "extent docPr cNvGraphicFramePr graphic",
}


def local(element: Any) -> str:
    return element.tag.rpartition("}")[2]


def out_of_order(document: Any) -> Iterator[str]:
    """Children that stand where the format does not have them, and cells that end in no paragraph."""
    for part in document.part.package.iter_parts():
        root = getattr(part, "element", None)
        for element in root.iter() if root is not None else ():
            if not isinstance(element.tag, str) or local(element) not in ORDER:
                continue
            places = ORDER[local(element)].split()
            order = {one: place for place, ones in enumerate(places) for one in ones.split("|")}
            children = [local(child) for child in element]
            if strange := set(children) - set(order):
                yield f"{part.partname}: {strange} in {local(element)}"
            elif children != sorted(children, key=lambda child: order[child]):
                yield f"{part.partname}: {children} in {local(element)}"
    for cell in document.element.body.iter(qn("w:tc")):
        if cell[-1].tag != qn("w:p"):
            yield "a cell that does not end in a paragraph"
    identities = document.element.body.xpath(".//w:bookmarkStart/@w:id")
    if len(set(identities)) < len(identities):
        yield "two bookmarks of one identity"


@pytest.mark.parametrize("standing", [DRAFT, DECIDED], ids=["draft", "decided"])
@pytest.mark.parametrize("layout", Layout)
def test_everything_stands_in_the_order_that_word_demands(layout, standing):
    assert list(out_of_order(written(samples.full(layout), standing))) == []


# Bad input ----------------------------------------------------------------------------------------


def awkward() -> dict[str, PlanDocument]:
    action = ActionDoc(samples.uid("a"), name="Åtgärd")
    many = tuple(
        PartyDoc(f"part-{n}", f"Part nummer {n}", f"Part {n}", PartyKind.PARTNER) for n in range(40)
    )
    commitments = tuple(
        CommitmentDoc(samples.uid(party.key), party.key, "Chef", "", f"Åtagande av {party.name}")
        for party in many
    )
    return {
        "a word of 300 letters": samples.with_action(
            replace(action, name="Nämnd" * 60, timing="x" * 300, responsible="ö" * 300)
        ),
        "40 commitments": samples.with_action(
            replace(action, commitments=commitments), parties=many
        ),
        "nothing": samples.emptiest(),
        "markup": samples.with_action(replace(action, name="<b>1 < 2</b> & <script>x</script>")),
        "emoji and right to left": samples.with_action(
            replace(
                action,
                name="👮🏽‍♀️ på مرحبا och torget",
                description="مرحبا בעולם",
                timing="\u202eabc",
            )
        ),
        "20,000 letters": samples.with_action(
            replace(
                action,
                description=" ".join(f"ord{n}" for n in range(2700)),
                goals=(GoalDoc(samples.uid("g"), " ".join(f"mål{n}" for n in range(2700))),),
                communication=" ".join(f"rad{n}" for n in range(2700)),
            )
        ),
        "lines": samples.with_action(
            replace(action, name="", description="ett\n\ntvå\ttre\nfyra", timing="\nfem\n")
        ),
    }


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", awkward())
def test_no_word_is_lost_however_awkward(name, layout, tmp_path):
    document = replace(awkward()[name], layout=layout)
    content = write_docx(document, DRAFT)
    opened = Document(BytesIO(content))
    text = letters(words(opened.element.body))
    assert [one[:40] for one in said(document) if letters(one) not in text] == []
    assert list(out_of_order(opened)) == []
    assert read_docx(content).document == document


def test_what_xml_cannot_hold_is_left_out_of_the_text_and_kept_in_the_plan():
    action = ActionDoc(samples.uid("a"), name="Nola\x00 \x0bvid\uffff torget\x1f", timing="a\rb")
    content = write_docx(samples.with_action(action), DRAFT)
    assert "Nola \nvid torget" in words(Document(BytesIO(content)).element.body)
    assert read_docx(content).document.areas[0].actions[0] == action


def shown(document: PlanDocument) -> PlanDocument:
    """Without what its layout has no room for, and what other words say."""
    has_causes = document.layout == Layout.CAUSES
    areas = [
        replace(
            area,
            problems=area.problems if has_causes else (),
            actions=tuple(
                replace(
                    action,
                    timing_kind=None,
                    problem=action.problem if has_causes else None,
                    cause=action.cause if has_causes else None,
                )
                for action in area.actions
            ),
        )
        for area in document.areas
    ]
    return replace(document, areas=tuple(areas))


@given(documents())
@hypothesis(max_examples=20, phases=[Phase.explicit, Phase.generate])
def test_any_plan_at_all_can_be_written_and_read_back(document):
    content = write_docx(document, DRAFT)
    opened = Document(BytesIO(content))
    text = letters(words(opened.element.body))
    assert [one for one in said(shown(document)) if letters(unescape(one)) not in text] == []
    assert list(out_of_order(opened)) == []
    assert read_docx(content) == Envelope(document)


# LibreOffice --------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", Layout)
def test_libreoffice_opens_it_with_every_word(layout, tmp_path):
    document = samples.full(layout)
    reader = PdfReader(BytesIO(convert(write_docx(document, DRAFT), "docx", "pdf", tmp_path)))
    pages = [page.extract_text().replace("\u2011", "-") for page in reader.pages]
    # Where a page ends, which hangs on the machine's fonts, other words stand in the midst of a text.
    text = letters("".join(pages))
    every = [word for one in said(document) for word in one.split()]
    assert [word for word in every if letters(word) not in text] == []
    assert all("UTKAST" in page for page in pages)
    assert f"Sida {len(pages)} av {len(pages)}" in pages[-1]


@pytest.mark.parametrize("name", ["20,000 letters", "a word of 300 letters"])
def test_libreoffice_cuts_nothing_off(name, tmp_path):
    document = awkward()[name]
    reader = PdfReader(BytesIO(convert(write_docx(document, DRAFT), "docx", "pdf", tmp_path)))
    found = {word for page in reader.pages for word in page.extract_text().split()}
    text = letters("".join(page.extract_text() for page in reader.pages))
    for one in said(document):
        assert set(one.split()) <= found or letters(one) in text


@pytest.mark.parametrize("layout", Layout)
def test_saved_in_libreoffice_it_is_read_back_whole(layout, tmp_path):
    document = samples.full(layout)
    saved = convert(write_docx(document, DRAFT), "docx", "docx", tmp_path)
    assert read_docx(saved).document == document


def test_saved_in_libreoffice_words_in_several_scripts_stand_once(tmp_path):
    document = awkward()["emoji and right to left"]
    saved = convert(write_docx(document, DRAFT), "docx", "docx", tmp_path)
    assert read_docx(saved).document == document
