"""Something is copied in Excel, Word or Teams and pasted where the plan is written."""

import re

import pytest
from playwright.sync_api import expect

from plans.models import Action, Cause, Problem
from samverkan.organisation.vocabulary import Role
from tests.browser.walk import log_in
from tests.collaboration.conftest import Writer, address
from tests.collaboration.test_together import PASTE
from tests.factories import a_member

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--
.xl65 {font-weight:700;} .xl66 {white-space:normal;}--></style></head><body><table>
<!--StartFragment--><col width=80>
<tr><td class=xl65>Problem</td><td class=xl65>Orsak</td><td class=xl65>&Aring;tg&auml;rd</td>
<td class=xl65>Uppf&ouml;ljning</td></tr>
<tr><td rowspan=2 class=xl66>Mörk tunnel</td><td rowspan=2>Trasiga lampor</td>
<td>Armaturer: byt alla<br style='mso-data-placement:same-cell;'>före hösten</td><td>Klart</td></tr>
<tr><td>M&aring;la om</td></tr><!--EndFragment--></table></body></html>"""
EXCEL_TEXT = (
    "Problem\tOrsak\tÅtgärd\tUppföljning\r\n"
    'Mörk tunnel\tTrasiga lampor\t"Armaturer: byt alla\nföre hösten"\tKlart\r\n\t\tMåla om\t\r\n'
)

WORD = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><body lang=SV><!--StartFragment-->
<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Aktivitet</b></p></td>
<td><p class=MsoNormal>Nattvandring<o:p></o:p></p></td></tr>
<tr><td><p class=MsoNormal>L&ouml;ptid</p></td><td><p class=MsoNormal>Hela 2025</p></td></tr>
<tr><td><p class=MsoNormal>Polisens &aring;tagande</p></td><td>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>-<span>&nbsp;</span></span><![endif]>G&aring;r med</p></td></tr>
</table><!--EndFragment--></body></html>"""
WORD_TEXT = "Aktivitet\tNattvandring\r\nLöptid\tHela 2025\r\nPolisens åtagande\t- Går med\r\n"

TEAMS = """<div><p>Vi ska:</p><ul><li><p>Grannstöd: tio gator</p></li><li><p>Öppet café</p></li></ul></div>"""
TEAMS_TEXT = "Vi ska:\n\n- Grannstöd: tio gator\n- Öppet café\n"


def paste(writer: Writer, into: str, text: str, html: str) -> None:
    writer.page.evaluate(PASTE, [into, text, html])


@pytest.fixture
def new_action(samordnare, chain) -> str:
    return samordnare.new("action", f"cause:{chain.cause.uuid}").get_attribute("id")


def test_merged_cells_out_of_excel_become_a_problem_its_orsak_and_two_actions(
    samordnare, new_action
):
    paste(samordnare, new_action, EXCEL_TEXT, EXCEL)
    expect(samordnare.question).to_contain_text("resultatet skrivs i uppföljningen, inte i planen")
    samordnare.question.get_by_role(
        "button", name="Lägg in 2 åtgärder, 1 problem och 1 orsak"
    ).click()
    expect(samordnare.said).to_contain_text("2 åtgärder, 1 problem och 1 orsak klistrades in")
    cause = Cause.objects.get(text="Trasiga lampor")
    assert [action.name or action.description for action in cause.actions.all()] == [
        "Armaturer",
        "Måla om",
    ]
    samordnare.page.keyboard.press("Escape")
    samordnare.page.locator(f"#{new_action}").focus()
    samordnare.page.keyboard.press("Control+z")
    expect(samordnare.page.locator(".entry-action")).to_have_count(2)
    assert not Problem.objects.filter(text="Mörk tunnel").exists()


def test_what_a_column_is_can_be_chosen_and_is_seen_at_once(samordnare, new_action):
    paste(samordnare, new_action, EXCEL_TEXT, EXCEL)
    samordnare.question.get_by_label("Vad står i kolumnen ”Uppföljning”?").select_option(
        "Plan för uppföljning"
    )
    expect(samordnare.question).not_to_contain_text("Tas inte med:")
    expect(samordnare.question.locator(".paste-left")).to_have_count(0)
    expect(samordnare.question.locator(".pasted")).to_contain_text("Klart")
    samordnare.question.get_by_role("button", name="Lägg in 2 åtgärder").click()
    expect(samordnare.said).to_contain_text("klistrades in")
    assert Action.objects.get(name="Armaturer").follow_up_plan == "Klart"


def test_a_table_of_an_activity_out_of_word_becomes_one_action(samordnare, new_action, chain):
    paste(samordnare, new_action, WORD_TEXT, WORD)
    samordnare.question.get_by_role("button", name="Lägg in 1 åtgärd").click()
    expect(samordnare.said).to_contain_text("1 åtgärd klistrades in")
    action = Action.objects.get(name="Nattvandring")
    assert (action.timing, action.cause, action.commitments.get().text) == (
        "Hela 2025",
        chain.cause,
        "- Går med",
    )


def test_a_list_out_of_teams_is_an_action_to_an_item(samordnare, new_action):
    paste(samordnare, new_action, TEAMS_TEXT, TEAMS)
    expect(samordnare.question.locator(".paste-left")).to_contain_text("Vi ska:")
    samordnare.question.get_by_role("button", name="Lägg in 2 åtgärder").click()
    expect(samordnare.said).to_contain_text("2 åtgärder klistrades in")
    assert Action.objects.get(name="Grannstöd").description == "tio gator"


def test_a_list_pasted_among_the_problems_is_problems(samordnare, chain):
    new = samordnare.new("problem", f"area:{chain.problem.area.uuid}").get_attribute("id")
    paste(
        samordnare, new, "- Tunneln\n- Stationen\n", "<ul><li>Tunneln</li><li>Stationen</li></ul>"
    )
    samordnare.question.get_by_role("button", name="Lägg in 2 problem").click()
    expect(samordnare.said).to_contain_text("2 problem klistrades in")
    assert Problem.objects.filter(text__in=["Tunneln", "Stationen"]).count() == 2


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("En enda cell", "<table><tr><td>En enda cell</td></tr></table>"),
        ("Två meningar.\nUtan lista.", "<p>Två <b>meningar</b>.</p><p>Utan lista.</p>"),
    ],
)
def test_a_single_cell_and_running_text_are_text(samordnare, new_action, text, html):
    paste(samordnare, new_action, text, html)
    expect(samordnare.question).not_to_be_visible()


def test_without_script_the_same_is_done_with_a_page(browser, live_server, plan, chain):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    log_in(context, live_server.url, a_member(Role.COORDINATOR, plan.district))
    page = context.new_page()
    page.goto(address(plan))
    page.get_by_role("link", name=re.compile("Klistra in")).first.click()
    page.get_by_label("Kopiera i Excel").fill(EXCEL_TEXT)
    page.get_by_role("button", name="Visa hur det blir").click()
    page.get_by_label("Vad står i kolumnen ”Uppföljning”?").select_option("Plan för uppföljning")
    page.get_by_role("button", name="Visa igen").click()
    page.get_by_role("button", name="Lägg in 2 åtgärder").click()
    expect(page.get_by_text("2 åtgärder, 1 problem och 1 orsak klistrades in")).to_be_visible()
    assert Action.objects.get(name="Armaturer").follow_up_plan == "Klart"
    context.close()
