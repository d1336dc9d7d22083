"""How a plan is set on its pages: what belongs together stands together, and all of it can be read."""

from dataclasses import replace as replaced
from itertools import combinations

import pytest
from msgspec.structs import replace

from plans.document import ActionDoc, AreaDoc, CommitmentDoc, PartyDoc, PlanDocument, SectionDoc
from plans.vocabulary import Layout
from plans.writing.pdf import write_pdf
from samverkan.organisation.vocabulary import PartyKind
from tests.formats import samples
from tests.formats.pages import HYPHEN, Page, Piece, pages_of
from tests.formats.test_pdf import DRAFT, letters

SMALLEST = 9
HEADING = 12.4  # what is larger is a heading
SIDE = 50  # nearly as wide as the margin is
LANDSCAPE_ROOM = 20  # lines, about, that a landscape page holds


def printed(document: PlanDocument) -> list[Page]:
    return pages_of(write_pdf(document, DRAFT))


def paragraphs(number: int) -> str:
    return "<p>Läget följs av parterna.</p>" * number


def pushed_down(document: PlanDocument, lines: int) -> PlanDocument:
    """The same with so many lines before each area's table, so that the pages break elsewhere."""
    areas = tuple(replace(area, situation=paragraphs(lines)) for area in document.areas)
    return replace(document, areas=areas)


def shapes() -> dict[str, PlanDocument]:
    plans = {
        f"{layout.value}, pushed down {lines} lines": pushed_down(samples.full(layout), lines)
        for layout in Layout
        for lines in range(0, LANDSCAPE_ROOM, 3)
    }
    return plans | {f"{layout.value}, sixty": samples.large(60, layout) for layout in Layout}


@pytest.fixture(scope="module", params=shapes())
def pages(request, built_fonts) -> list[Page]:
    return printed(shapes()[request.param])


def test_no_heading_is_the_last_thing_on_a_page(pages):
    stranded = [piece for page in pages for piece in page.last_line if piece.size > HEADING]
    assert [piece.text for piece in stranded if piece.size < 20 or piece.text != "UTKAST"] == []


def test_no_problem_and_no_cause_stands_at_the_foot_of_a_page_without_what_hangs_on_it(pages):
    for page in pages:
        bands = [piece for piece in page.body if piece.text.strip() in ("PROBLEM", "ORSAK")]
        if bands:
            lowest = min(band.bottom for band in bands)
            below = [piece for piece in page.body if piece.top < lowest and piece.left < 60]
            assert below, page.text


def test_the_head_row_is_repeated_on_each_page_that_the_table_runs_over(pages):
    in_tables = [
        (page, piece) for page in pages for piece in page.body if abs(piece.size - 10) < 0.1
    ]
    if pages[0].width < pages[0].height:
        return
    for page, _ in in_tables:
        heads = [piece for piece in page.body if piece.text.strip() == "Åtgärd"]
        assert heads, page.text


def test_nothing_is_smaller_than_nine_points(pages):
    assert min(piece.size for page in pages for piece in page.pieces) > SMALLEST - 0.01


def test_all_words_stand_inside_the_margins_and_none_upon_another(pages):
    assert [faults for page in pages if (faults := crowded(page) + outside(page))] == []


def outside(page: Page) -> list[str]:
    return [
        piece.text
        for piece in page.pieces
        if piece.left < SIDE
        or piece.right > page.width - SIDE
        or piece.bottom < SIDE / 2
        or piece.top > page.height - SIDE / 2
    ]


def crowded(page: Page) -> list[str]:
    return [
        f"{one.text} / {other.text}"
        for one, other in combinations(page.pieces, 2)
        if overlap(one, other)
    ]


def overlap(one: Piece, other: Piece) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    up = min(one.top, other.top) - max(one.bottom, other.bottom)
    return across > 2 and up > 2


@pytest.mark.parametrize("parties", range(9, 17))
def test_no_row_of_a_table_is_left_alone_on_a_page(parties):
    many = tuple(
        PartyDoc(f"p{number}", f"Förening nummer {number}", f"Förening {number}", PartyKind.PARTNER)
        for number in range(parties)
    )
    pages = printed(replace(samples.emptiest(), parties=many))
    for page in pages:
        rows = [piece for piece in page.body if piece.text.startswith("Förening nummer")]
        assert len(rows) != 1, page.text


WORD = "Bostadsrättsföreningsstyrelse"
AWKWARD = {
    "a word of 300 letters": "x" * 300,
    "a cell of 20,000 letters": " ".join(f"ord{number}" for number in range(2500)),
    "right to left": "مرحبا بكم في الحي " * 40 + "שלום לכולם " * 40,
    "emoji": "👮🏽‍♀️🚓 möter 👩‍👩‍👧 på torget " * 30,
    "long words": f"{WORD} " * 60,
}


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("words", AWKWARD)
def test_nothing_is_clipped_or_stands_upon_something_else_however_awkward(words, layout):
    text = AWKWARD[words]
    party = samples.POLICE
    action = ActionDoc(
        samples.uid("a"),
        name=text[:300].strip(),
        description=text,
        timing=text[:2000],
        responsible=text[:2000],
        communication=text,
        commitments=(CommitmentDoc(samples.uid("c"), party.key, text[:300], text[:600], text),),
    )
    pages = printed(samples.with_action(action, layout))
    assert [faults for page in pages if (faults := crowded(page) + outside(page))] == []


@pytest.mark.parametrize("layout", Layout)
def test_an_action_with_forty_parties_and_a_plan_with_thirty_areas_are_whole(layout):
    many = tuple(
        PartyDoc(f"p{number}", f"Part nummer {number}", f"Part {number}", PartyKind.PARTNER)
        for number in range(40)
    )
    commitments = tuple(
        CommitmentDoc(samples.uid(party.key), party.key, "Chef", "", f"{party.name} är med.")
        for party in many
    )
    action = ActionDoc(samples.uid("a"), name="Alla är med", commitments=commitments)
    areas = tuple(
        AreaDoc(
            samples.uid(f"area {number}"),
            f"omrade-{number}",
            f"Område {number}",
            f"Område {number} med ett namn som inte ryms på en rad i ett diagram",
            actions=(action,) if number == 0 else (),
        )
        for number in range(30)
    )
    document = replace(samples.emptiest(layout), parties=many, areas=areas)
    pages = printed(document)
    assert [faults for page in pages if (faults := crowded(page) + outside(page))] == []
    charts = letters("".join(page.text for page in pages)).split("perområde(1av", 1)[1]
    assert letters(f"{len(areas)} {areas[-1].title}") in charts


def test_the_fault_that_is_looked_for_is_found():
    """Two words on one spot, a word in the margin."""
    word = Piece("ett", 60, 100, 90, 108, 10)
    page = Page(595, 842, [word, replaced(word, text="två", left=70), replaced(word, left=20)])
    assert crowded(page)
    assert outside(page) == ["ett"]
    assert not crowded(replaced(page, pieces=[word, replaced(word, bottom=112, top=120)]))


def test_a_word_is_broken_where_swedish_breaks_it():
    section = SectionDoc(
        samples.uid("s"), "Bakgrund", f"<p>{'samverkansöverenskommelse ' * 40}</p>"
    )
    pages = printed(replace(samples.emptiest(), sections=(section,)))
    lines = [piece.text.split()[-1] for page in pages for piece in page.pieces]
    broken = {line.removesuffix(HYPHEN) for line in lines if line.endswith(HYPHEN)}
    assert broken
    assert broken <= {"samver", "samverkans", "samverkansöverens", "samverkansöverenskom"}


def test_a_heading_of_two_lines_is_not_torn_apart(built_fonts):
    """What the activity is part of stands over its name, and goes with it to the next page."""
    plan = samples.full(Layout.ACTIVITIES)
    over = {action.undertaking for area in plan.areas for action in area.actions}
    torn = []
    for lines in range(14, 40, 2):
        for page in printed(pushed_down(plan, lines)):
            torn += [piece.text for piece in page.last_line if piece.text.strip() in over - {""}]
    assert torn == []


def test_the_figures_and_their_chart_stand_on_one_page_that_lies_down(built_fonts):
    pages = printed(samples.full(Layout.CAUSES))
    (page,) = [page for page in pages if "Hela planen" in said_on(page)]
    assert "Problem, orsaker och åtgärder per område" in said_on(page)


def said_on(page: Page) -> str:
    return " ".join(piece.text.strip() for piece in page.body)
