"""The running text of a plan: written as it is read, pasted with its structure, saved as any field."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_rich import PASTE
from tests.pasted import CASES

pytestmark = pytest.mark.once


@pytest.fixture
def situation(plan, samordnare):
    """The lägesbild of the first area, open to be written in."""
    area = plan.areas.get(position=0)
    field = samordnare.cell(area, "situation")
    samordnare.page.locator(f"#rad-{area.uuid} .more-about summary").click()
    text = samordnare.page.get_by_role("textbox", name="Lägesbild").first
    expect(text).to_be_visible()

    def stored() -> str:
        area.refresh_from_db()
        return area.situation

    return field, text, stored


def test_what_is_pasted_from_word_is_saved_with_its_structure(samordnare, situation):
    _, text, stored = situation
    text.focus()
    text.evaluate(PASTE, [CASES["Word: a list in a list, and numbers"][0], ""])
    text.blur()
    expect(samordnare.said).to_contain_text("Sparat")
    assert stored() == CASES["Word: a list in a list, and numbers"][1]


def test_a_footnote_that_is_pasted_in_a_plan_stands_in_its_text(samordnare, situation):
    _, text, stored = situation
    text.focus()
    text.evaluate(PASTE, [CASES["Word: footnotes"][0], ""])
    text.blur()
    expect(samordnare.said).to_contain_text("Sparat")
    assert stored() == (
        "<p>Stölderna ökar. [fotnot: Källa: <em>Polisen</em>, 2023.] Rånen minskar. "
        "[fotnot: Avser Tallbacken.]</p>"
    )


def test_a_link_is_made_before_anything_is_saved_and_saved_with_the_text(samordnare, situation):
    field, text, stored = situation
    text.focus()
    samordnare.page.keyboard.type("Enligt Brå")
    samordnare.page.keyboard.press("Control+Shift+ArrowLeft")
    samordnare.page.keyboard.press("Control+k")
    samordnare.page.keyboard.type("bra.se")
    assert stored() == ""  # the question is part of the field
    samordnare.page.keyboard.press("Enter")
    expect(field).to_have_value('<p>Enligt <a href="https://bra.se">Brå</a></p>')
    text.blur()
    expect(samordnare.said).to_contain_text("Sparat")
    assert stored() == '<p>Enligt <a href="https://bra.se">Brå</a></p>'


def test_what_another_writes_comes_where_it_is_read(plan, samordnare, kommunpolis, situation):
    _, text, _ = situation
    area = plan.areas.get(position=0)
    kommunpolis.page.locator(f"#rad-{area.uuid} .more-about summary").click()
    theirs = kommunpolis.page.get_by_role("textbox", name="Lägesbild").first
    theirs.focus()
    kommunpolis.page.keyboard.type("Torget")
    kommunpolis.page.keyboard.press("Control+a")
    kommunpolis.page.keyboard.press("Control+b")
    theirs.blur()
    expect(text.locator("strong")).to_have_text("Torget")
