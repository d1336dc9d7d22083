"""With the mouse: rows are dragged, and taken away."""

import pytest
from playwright.sync_api import Page, expect

from plans.models import Action


@pytest.fixture
def third(chain):
    return Action.objects.create(
        area=chain.problem.area, cause=chain.cause, description="Öppna fritidsgården", position=2
    )


def drag(page: Page, row, below) -> None:
    """As a hand does it: over the row its handle is seen; pressed, moved in steps, let go."""
    page.locator(f"#rad-{row.uuid}").hover()
    handle = page.locator(f"#form-{row.uuid} [data-drag]").bounding_box()
    target = page.locator(f"#rad-{below.uuid}").bounding_box()
    assert handle
    assert target
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + target["height"] - 6, steps=8)
    page.mouse.up()


def order(chain) -> list[str]:
    return list(
        Action.objects.filter(cause=chain.cause)
        .order_by("position")
        .values_list("description", flat=True)
    )


def test_one_row_after_another_is_dragged(third, samordnare, chain):
    page = samordnare.page
    page.reload()
    page.wait_for_selector("html[data-ready]")
    rows = page.locator(".entry-action [name=description]")
    drag(page, chain.action, below=third)
    expect(rows.nth(2)).to_have_value("Nattvandring")
    expect(samordnare.said).to_have_text("Flyttat. Ångra med Ctrl+Z.")
    assert order(chain) == ["Bättre belysning", "Öppna fritidsgården", "Nattvandring"]
    drag(page, chain.other, below=third)
    expect(rows.nth(1)).to_have_value("Bättre belysning")
    drag(page, third, below=chain.action)
    expect(rows.nth(2)).to_have_value("Öppna fritidsgården")
    assert order(chain) == ["Bättre belysning", "Nattvandring", "Öppna fritidsgården"]
