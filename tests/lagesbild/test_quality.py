"""What a report still lacks: said as a warning, of the right row, and not said where it is all right."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from lagesbild.document import (
    AimDoc,
    BlockDoc,
    DeviationDoc,
    PriorityDoc,
    ReportDocument,
    SectionDoc,
    SeriesDoc,
    SourceDoc,
    TableDoc,
)
from lagesbild.quality import Lack, personal_data, shortcomings
from lagesbild.rows import RowKind
from lagesbild.vocabulary import BlockForm, Direction, Ground, ReportKind, SectionForm
from plans.vocabulary import HandledAs
from tests.lagesbild.demonstration import PICTURE, STATUS, document
from tests.lagesbild.samples import CATALOGUE, PLACE, drawn, uid

FIGURE, WORDS, PART = uid("figur"), uid("text"), uid("del")
TABLE = TableDoc(("2022", "2023"), (SeriesDoc("Antal", (Decimal(1), Decimal(2))),))


def a_chart(**more: Any) -> BlockDoc:
    said: dict[str, Any] = {
        "caption": "Anmälda brott",
        "source": "Polisen",
        "description": "Fler än året före.",
        "table": TABLE,
    }
    return BlockDoc(FIGURE, BlockForm.BARS, **(said | more))


def some_text(*targets: Any) -> BlockDoc:
    ways = "".join(f'<a href="#{target}">figur</a> ' for target in targets)
    return BlockDoc(WORDS, text=f"<p>Se {ways}om läget.</p>")


def a_report(
    *blocks: BlockDoc, kind: ReportKind = ReportKind.PICTURE, **more: Any
) -> ReportDocument:
    section = SectionDoc(uid("avsnitt"), "Läget", blocks=blocks or (some_text(),))
    said: dict[str, Any] = {
        "sections": (section,),
        "sources": (SourceDoc(uid("källa"), "Polisen"),),
    }
    return ReportDocument(kind, PLACE, 2023, CATALOGUE, **(said | more))


def an_area(**more: Any) -> SectionDoc:
    said: dict[str, Any] = {"description": "<p>Det handlar om torget.</p>"}
    return SectionDoc(
        uid("område"), "Torget", SectionForm.AREA, slug="torget", name="Torget", **(said | more)
    )


def lacks(document: ReportDocument) -> list[Lack]:
    return [one.kind for one in shortcomings(document)]


def test_a_report_that_lacks_nothing_has_no_brister() -> None:
    assert lacks(a_report(some_text(FIGURE), a_chart())) == []


@pytest.mark.parametrize(
    ("without", "kind"),
    [
        ({"caption": ""}, Lack.NO_CAPTION),
        ({"source": " "}, Lack.NO_SOURCE),
        ({"description": ""}, Lack.NO_DESCRIPTION),
        ({"table": None}, Lack.NO_NUMBERS),
    ],
)
def test_a_figure_without_something_of_its_own_is_told_of(without: dict, kind: Lack) -> None:
    assert lacks(a_report(some_text(FIGURE), a_chart(**without))) == [kind]


def test_an_image_without_an_alternative_text_is_told_of_as_that() -> None:
    image, _ = drawn(60, 60)
    map_ = replace(a_chart(description=""), form=BlockForm.IMAGE, table=None, image=image)
    assert lacks(a_report(some_text(FIGURE), map_)) == [Lack.NO_ALTERNATIVE]
    assert lacks(a_report(some_text(FIGURE), replace(map_, description="En karta."))) == []


def test_a_table_needs_no_description_for_it_says_what_it_shows() -> None:
    table = replace(a_chart(description=""), form=BlockForm.TABLE)
    assert lacks(a_report(some_text(FIGURE), table)) == []


def test_parts_have_the_source_of_their_figure_or_it_has_theirs() -> None:
    parts = tuple(replace(a_chart(), uuid=uid(f"del {n}")) for n in range(2))
    whole = replace(a_chart(), table=None, description="", parts=parts)
    assert lacks(a_report(some_text(parts[0].uuid), replace(whole, source=""))) == []
    bare = tuple(replace(part, source="") for part in parts)
    assert lacks(a_report(some_text(FIGURE), replace(whole, parts=bare))) == []
    nowhere = replace(whole, source="", parts=bare)
    assert lacks(a_report(some_text(FIGURE), nowhere)) == [Lack.NO_SOURCE] * 3


def test_a_numbered_figure_that_nothing_refers_to_is_told_of_and_an_unnumbered_is_not() -> None:
    assert lacks(a_report(some_text(), a_chart())) == [Lack.NOT_REFERRED_TO]
    assert lacks(a_report(some_text(), a_chart(is_numbered=False))) == []
    area = an_area(priorities=(PriorityDoc(uid("prio"), "Fler kameror", FIGURE),))
    with_area = a_report(some_text(), a_chart())
    assert lacks(replace(with_area, sections=(*with_area.sections, area))) == []


def test_a_reference_whose_figure_is_gone_is_told_of_once_for_each_field() -> None:
    found = shortcomings(a_report(some_text(uid("borta"), uid("också borta"))))
    assert [(one.kind, one.uuid, one.field) for one in found] == [
        (Lack.LOST_REFERENCE, WORDS, "text")
    ]
    footnote = f'<p>Läget<span class="fotnot">Se <a href="#{uid("borta")}">figur</a></span></p>'
    assert lacks(a_report(BlockDoc(WORDS, text=footnote))) == [Lack.LOST_REFERENCE]
    area = an_area(priorities=(PriorityDoc(uid("prio"), "Fler kameror", uid("borta")),))
    assert lacks(a_report(sections=(area,))) == [Lack.LOST_REFERENCE]


def not_public(document: ReportDocument) -> list[tuple[Any, str, str]]:
    found = (one for one in shortcomings(document) if one.kind == Lack.NOT_PUBLIC)
    return [(one.uuid, one.field, one.sentence) for one in found]


def test_public_text_that_refers_to_an_internal_figure_is_told_of() -> None:
    internal = a_chart(is_internal=True)
    [(uuid, field, sentence)] = not_public(a_report(some_text(FIGURE, FIGURE), internal))
    assert (uuid, field) == (WORDS, "text")
    assert sentence == (
        "Stycket ”Se figur figur om läget.” hänvisar till figuren ”Anmälda brott”, som inte är med i "
        "den publika utgåvan."
    )
    assert not_public(a_report(some_text(FIGURE), a_chart())) == []


def test_internal_text_may_refer_to_what_is_internal() -> None:
    internal = replace(some_text(FIGURE), is_internal=True)
    assert not_public(a_report(internal, a_chart(is_internal=True))) == []


def test_what_stands_in_an_internal_section_is_internal_too() -> None:
    """The figure and the section itself; the reference in a footnote, from a priority or an area."""
    hidden = SectionDoc(uid("dolt"), "Dolt", blocks=(a_chart(),), is_internal=True)
    gone = an_area(is_internal=True)
    footnote = f'<p>Läget<span class="fotnot">Se <a href="#{hidden.uuid}">avsnitt</a></span></p>'
    area = SectionDoc(
        uid("annat"),
        "Parken",
        SectionForm.AREA,
        slug="parken",
        name="Parken",
        priorities=(PriorityDoc(uid("prio"), "Fler kameror", FIGURE),),
        handled_as=HandledAs.AREA,
        handled_in=gone.uuid,
    )
    told = not_public(
        a_report(
            BlockDoc(WORDS, text=footnote),
            sections=(
                SectionDoc(uid("avsnitt"), "Läget", blocks=(BlockDoc(WORDS, text=footnote),)),
                hidden,
                gone,
                area,
            ),
        )
    )
    assert [(uuid, field) for uuid, field, _ in told] == [
        (WORDS, "text"),
        (area.uuid, "handled_in"),
        (uid("prio"), "figure"),
    ]
    assert "hänvisar till avsnittet ”Dolt”, som" in told[0][2]
    assert "hänvisar till området ”Torget”, som" in told[1][2]


def test_a_section_without_text_is_told_of_but_not_one_that_holds_others_or_the_sources() -> None:
    empty = SectionDoc(uid("tomt"), "Inledning")
    assert lacks(a_report(sections=(empty,))) == [Lack.NO_TEXT]
    blank = replace(empty, blocks=(BlockDoc(WORDS, text="<p> </p>"),))
    assert lacks(a_report(sections=(blank,))) == [Lack.NO_TEXT]
    full = SectionDoc(uid("fullt"), "Under", blocks=(some_text(),))
    assert lacks(a_report(sections=(replace(empty, sections=(full,)),))) == []
    assert lacks(a_report(sections=(replace(empty, form=SectionForm.SOURCES),))) == []


def test_an_empty_list_of_sources_is_told_of_unless_the_figures_name_theirs() -> None:
    assert lacks(a_report(sources=())) == [Lack.NO_SOURCES]
    assert lacks(a_report(some_text(FIGURE), a_chart(), sources=())) == []
    assert lacks(a_report(sources=(), kind=ReportKind.STATUS)) == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"description": ""}, [Lack.SAYS_NOTHING]),
        ({"description": "<p></p>"}, [Lack.SAYS_NOTHING]),
        ({"description": "", "handled_as": HandledAs.LINE_WORK}, []),
        ({"description": "", "handled_note": "I trygghetsprogrammet"}, []),
        ({"description": "", "not_chosen_reason": "Inget att säga"}, []),
        ({"special_measures": True}, [Lack.NO_PRIORITY]),
        ({"special_measures": True, "priorities": (PriorityDoc(uid("p"), "Mer"),)}, []),
        ({"line_work": True}, []),
        ({"aims": (AimDoc(uid("mål"), "det ska bli bättre"),)}, []),
    ],
)
def test_an_area_says_what_it_is_about_and_what_is_to_be_done(
    more: dict, expected: list[Lack]
) -> None:
    assert lacks(a_report(sections=(an_area(**more),))) == expected


def a_deviation(direction: Direction = Direction.WORSE, **more: Any) -> DeviationDoc:
    said: dict[str, Any] = {
        "text": "Fler anmälningar.",
        "grounds": (Ground.STATISTICS,),
        "consulted": "områdespolisen",
    }
    return DeviationDoc(uid("avvikelse"), direction, **(said | more))


@pytest.mark.parametrize(
    ("deviation", "expected"),
    [
        (a_deviation(), []),
        (a_deviation(text=""), [Lack.NO_SIGN]),
        (a_deviation(grounds=()), [Lack.NO_GROUND]),
        (a_deviation(consulted=""), [Lack.NOT_CONSULTED]),
        (
            a_deviation(Direction.BETTER, text="", grounds=(), consulted=""),
            [Lack.NO_SIGN, Lack.NO_GROUND, Lack.NOT_CONSULTED],
        ),
        (a_deviation(Direction.UNCHANGED, text="", grounds=(), consulted=""), []),
    ],
)
def test_what_has_changed_says_how_it_shows_on_what_ground_and_with_whom(
    deviation: DeviationDoc, expected: list[Lack]
) -> None:
    area = an_area(description="", deviations=(deviation,))
    assert lacks(a_report(sections=(area,), kind=ReportKind.STATUS)) == expected


def test_an_area_of_a_status_report_without_a_word_is_told_of() -> None:
    area = an_area(description="")
    assert lacks(a_report(sections=(area,), kind=ReportKind.STATUS)) == [Lack.NO_DEVIATION]


def test_a_priority_need_not_be_measurable() -> None:
    area = an_area(special_measures=True, priorities=(PriorityDoc(uid("p"), "Jobba bättre"),))
    assert lacks(a_report(sections=(area,))) == []


def test_what_looks_like_personal_data_is_found_wherever_it_is_written() -> None:
    said = "Ring 070-174 06 05"
    area = an_area(
        aims=(AimDoc(uid("a"), said),), priorities=(PriorityDoc(uid("p"), said),), description=said
    )
    report = a_report(some_text(FIGURE), a_chart(caption=said))
    report = replace(report, sections=(*report.sections, area))
    found = {(one.row, one.field) for one in personal_data(report)}
    assert found == {
        (RowKind.AIM, "text"),
        (RowKind.PRIORITY, "text"),
        (RowKind.SECTION, "description"),
        (RowKind.BLOCK, "caption"),
    }


@pytest.mark.parametrize("name", [PICTURE, STATUS])
def test_each_remark_is_a_sentence_about_something_in_the_report(name: str) -> None:
    for one in shortcomings(document(name)):
        assert one.sentence.endswith(".")
        assert "None" not in one.sentence
