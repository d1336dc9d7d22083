"""A whole plan typed in with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from plans.models import Action, Plan
from plans.services.loading import to_document
from tests.browser.axe import faults_of

pytestmark = pytest.mark.once
AREAS = 2
PROBLEMS_PER_AREA = 2
ACTIONS_PER_CAUSE = 5  # twenty in all


@pytest.fixture
def chain():
    """The plan is empty to begin with."""


def tab_to(page, label: str, most: int = 60) -> None:
    """On with Tab until one is there, as somebody without a mouse goes."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "document.activeElement.ariaLabel ?? document.activeElement.textContent"
        )
        if said.strip() == label:
            return
    raise AssertionError(f"{label} was not to be found with Tab")


def test_a_plan_of_twenty_actions_is_typed_in_without_the_mouse(samordnare, plan):
    page = samordnare.page
    keys = page.keyboard
    for area in range(AREAS):
        for _ in range(min(area, 1) + 1):  # past the one of the area before
            tab_to(page, "Nytt problem")
        for number in range(PROBLEMS_PER_AREA):
            name = f"{area}.{number}"
            keys.type(f"Problem {name}")
            keys.press("Tab")
            keys.type(f"Orsak {name}")
            keys.press("Tab")
            for place in range(ACTIONS_PER_CAUSE):
                keys.type(f"Åtgärd {name}.{place}")
                keys.press("Tab")
                keys.type("Minst tio")
                keys.press("Tab")
                keys.type("T1 och T2")
                keys.press("Tab")
                keys.type("Polisen")
                keys.press("Tab")
                keys.type("Vid varje möte")
                typed = (area * PROBLEMS_PER_AREA + number) * ACTIONS_PER_CAUSE + place + 1
                expect(page.locator(".entry-action")).to_have_count(typed)
                expect(page.locator(":focus")).to_have_attribute("name", "follow_up_plan")
                tab_to(page, "Ny åtgärd", most=2)
            if number < PROBLEMS_PER_AREA - 1:
                tab_to(page, "Nytt problem", most=3)
    expect(page.locator(".entry-action")).to_have_count(20)
    page.keyboard.press("Tab")
    expect(page.locator("#skriv[data-waiting='0']")).to_be_visible(timeout=30_000)

    document = to_document(Plan.objects.with_heading().get(pk=plan.pk))
    for number, written in enumerate(document.areas[:AREAS]):
        assert [problem.text for problem in written.problems] == [
            f"Problem {number}.{place}" for place in range(PROBLEMS_PER_AREA)
        ]
        causes = [cause for problem in written.problems for cause in problem.causes]
        for action in written.actions:
            cause = next(cause for cause in causes if cause.uuid == action.cause)
            assert action.description.startswith(cause.text.replace("Orsak", "Åtgärd"))
            assert (action.timing, action.responsible, action.follow_up_plan) == (
                "T1 och T2",
                "Polisen",
                "Vid varje möte",
            )
            assert [goal.text for goal in action.goals] == ["Minst tio"]
    assert Action.objects.count() == 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_to_write_in_is_for_everybody(writer, samordnare, plan, scheme):
    page = samordnare.page
    page.emulate_media(color_scheme=scheme)
    samordnare.new("problem", f"area:{plan.areas.first().uuid}").focus()
    page.keyboard.type("Problem")
    page.keyboard.press("Tab")
    page.keyboard.type("Orsak")
    page.keyboard.press("Tab")
    page.keyboard.type("Åtgärd")
    page.keyboard.press("Tab")
    expect(page.locator(".entry-action")).to_have_count(1)
    page.locator(".entry-action > form .row-more").first.click()
    expect(page.locator(".row-all")).to_be_visible()
    for details in page.locator("details:not(.menu) > summary").all():
        details.click()
    assert not faults_of(page)


def test_arrows_go_between_cells_and_enter_writes(samordnare, plan):
    page = samordnare.page
    samordnare.new("problem", f"area:{plan.areas.first().uuid}").focus()
    for words in ("Problem", "Orsak", "Åtgärd ett"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("[data-field=timing] textarea")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-field=responsible] textarea")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.type("Maj")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("i ")
    page.keyboard.press("Escape")
    expect(page.locator("[data-field=timing] textarea")).to_have_value("Mai j")
    expect(samordnare.said).to_contain_text("Sparat")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-field=responsible] textarea")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 360])
def test_what_one_has_come_to_is_whole_in_sight_and_nothing_lies_over_it(samordnare, width):
    page = samordnare.page
    page.set_viewport_size({"width": width, "height": 640})
    keys = page.keyboard
    tab_to(page, "Nytt problem")
    for text in ("Otrygghet", "Få vuxna", "Nattvandring", "Minst tio", "T1 och T2", "Polisen"):
        keys.type(text)
        keys.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("name", "follow_up_plan")
    keys.type("Vid varje möte")
    expect(page.locator("[data-waiting='0']")).to_be_visible()
    assert page.evaluate(
        """() => {
          const field = document.activeElement;
          const { left, right, top, bottom } = field.getBoundingClientRect();
          const spots = [[left + 4, top + 4], [right - 4, bottom - 4], [left + 4, bottom - 4]];
          return bottom <= innerHeight && spots.every(([x, y]) => document.elementFromPoint(x, y) === field);
        }"""
    )
