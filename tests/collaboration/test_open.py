"""The page to write in is for everybody, whatever is open on it."""

import pytest
from playwright.sync_api import expect

from plans.editable import KINDS
from plans.models import Plan
from samverkan.collaboration import structure
from samverkan.collaboration.editing import write
from samverkan.organisation.vocabulary import Role
from tests.browser.axe import faults_of
from tests.collaboration.test_faults import BLOCK, paste
from tests.factories import a_member, police_of

pytestmark = pytest.mark.once


@pytest.fixture
def other(plan):
    return a_member(Role.EDITOR, plan.district, police_of(plan.district))


@pytest.fixture
def another_samordnare(plan):
    return a_member(Role.COORDINATOR, plan.district)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_each_thing_that_opens_is_for_everybody(
    width, scheme, plan, chain, writer, other, another_samordnare
):
    def now() -> Plan:
        return Plan.objects.with_heading().get(pk=plan.pk)

    samordnare = a_member(Role.COORDINATOR, plan.district)
    who = writer(samordnare, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = who.page
    faults: list[str] = []

    def look(what: str) -> None:
        faults.extend(f"{what}: {fault}" for fault in faults_of(page))
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"{what}: is {wide} pixels wide")

    who.cell(chain.action, "timing").focus()  # the row's own tools come with it
    page.locator(f"#rad-{chain.action.uuid}").locator("> form .row-more").click()
    expect(page.locator(".row-all")).to_be_visible()
    look("all the fields of a row")

    page.locator(".write-bar summary").click()
    look("the keys")
    page.keyboard.press("Escape")

    paste(who, chain, BLOCK)
    expect(who.question).to_contain_text("Klistra in 2 åtgärder")
    look("what is pasted")
    who.question.get_by_text("Avbryt").click()

    page.context.set_offline(True)
    paste(who, chain, BLOCK)
    expect(who.question).to_contain_text("Inget nät")
    look("what is pasted, without a network")
    who.question.get_by_text("Avbryt").click()
    page.context.set_offline(False)

    # The others are not heard of before the field is left: both questions come.
    page.route("**/nytt/?**", lambda route: route.abort())
    kind = KINDS["action"]
    write(
        actor=other,
        work=now(),
        kind=kind,
        row=chain.action.uuid,
        typed={"timing": "Maj och juni"},
        seen=now().version,
    )
    who.cell(chain.action, "timing").fill("Maj och juli")
    page.keyboard.press("Tab")
    expect(who.question).to_contain_text("ändrade samma fält")
    look("two texts")
    who.question.get_by_role("button", name="Behåll som det står nu").click()

    structure.remove(
        actor=another_samordnare, work=now(), kind=kind, row=chain.other.uuid, seen=10_000
    )
    who.cell(chain.other, "timing").fill("Hösten")
    page.keyboard.press("Tab")
    expect(who.question).to_contain_text("tog bort")
    look("a row that is gone")
    assert not faults, "\n".join(faults)
