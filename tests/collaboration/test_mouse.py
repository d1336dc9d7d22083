"""With the mouse: rows are dragged, and taken away."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from plans.models import Action, Extra

pytestmark = pytest.mark.once


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


def test_what_had_no_place_in_the_source_is_taken_away_and_comes_back(samordnare, plan):
    extra = Extra.objects.create(plan=plan, where="Sist", label="Bildtext", text="Torget")
    page = samordnare.page
    page.reload()
    page.wait_for_selector("html[data-ready]")
    row = page.locator(f"#rad-{extra.uuid}")
    row.hover()
    row.get_by_role("button", name="Ta bort raden").click()
    expect(row).to_have_count(0)
    assert not Extra.objects.exists()
    page.get_by_role("button", name="Ångra").click()
    expect(row).to_be_visible()
    assert Extra.objects.get().text == "Torget"


class TestTicks:
    """Several boxes that are one field, as which fields are internal."""

    @pytest.fixture
    def boxes(self, samordnare, chain):
        page = samordnare.page
        page.locator(f"#rad-{chain.action.uuid}").hover()
        page.locator(f"#form-{chain.action.uuid} .row-more").click()
        return page.locator(f"#f-{chain.action.uuid}-internal_fields")

    def test_each_is_saved_at_once_and_all_together(self, boxes, samordnare, chain):
        boxes.get_by_label("Ansvar").check()
        expect(samordnare.said).to_contain_text("Sparat")
        boxes.get_by_label("Finansiering").check()
        expect(samordnare.page.locator("#skriv[data-waiting='0']")).to_be_visible()
        chain.action.refresh_from_db()
        assert chain.action.internal_fields == ["responsible", "funding"]
        boxes.get_by_label("Ansvar").uncheck()
        expect(samordnare.page.locator("#skriv[data-waiting='0']")).to_be_visible()
        chain.action.refresh_from_db()
        assert chain.action.internal_fields == ["funding"]

    def test_the_keyboard_goes_through_them(self, boxes, samordnare, chain):
        boxes.get_by_label("Ansvar").focus()
        samordnare.page.keyboard.press("Space")
        samordnare.page.keyboard.press("Tab")
        samordnare.page.keyboard.press("Space")
        expect(samordnare.page.locator("#skriv[data-waiting='0']")).to_be_visible()
        chain.action.refresh_from_db()
        assert len(chain.action.internal_fields) == 2

    def test_what_another_ticks_is_seen(self, boxes, kommunpolis, samordnare, chain):
        page = kommunpolis.page
        page.locator(f"#rad-{chain.action.uuid}").hover()
        page.locator(f"#form-{chain.action.uuid} .row-more").click()
        page.locator(f"#f-{chain.action.uuid}-internal_fields").get_by_label("Ansvar").check()
        expect(boxes.get_by_label("Ansvar")).to_be_checked()

    def test_without_script_they_are_sent_with_the_row(self, client, samordnare, plan, chain):
        client.force_login(samordnare.user)
        address = reverse("row", args=[plan.district.slug, plan.pk, "action", chain.action.uuid])
        assert 'type="checkbox" name="internal_fields"' in client.get(address).text
        client.post(address, {"seen": 0, "internal_fields": ["", "responsible", "funding"]})
        chain.action.refresh_from_db()
        assert chain.action.internal_fields == ["responsible", "funding"]
