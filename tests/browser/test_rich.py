"""Running text is written as it will be read, by hand and by keyboard, and kept as small HTML."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import faults_of
from tests.pasted import CASES, FIGURE

SECTION = "0b0c1f6e-1111-4222-8333-444455557777"
TARGETS = [
    {"id": FIGURE, "name": "Figur 4: Anmälda stölder"},
    {"id": SECTION, "name": "Trygghet i Tallbacken"},
]
PASTE = """(text, [html, words]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", words);
    text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


class Field:
    def __init__(self, page: Page, html: str, prose: bool, targets: list):
        self.page = page
        styles = "".join(
            f'<link rel="stylesheet" href="/static/{sheet}.css">'
            for sheet in ("bootstrap/bootstrap.min", *(f"css/{name}" for name in STYLES))
        )
        page.set_content(
            f"""<!doctype html><html lang="sv"><head><title>Prov</title>{styles}</head><body><main class="wrap">
            <h1>Prov</h1><script type="application/json" id="targets">{json.dumps(targets)}</script>
            <div class="write"><form><div class="cell" data-field="text"><label for="t">Text</label>
            <textarea id="t" name="text" data-rich {"data-prose" if prose else ""}></textarea></div>
            <button type="button" id="efter">Efter</button></form></div></main></body></html>"""
        )
        page.locator("textarea").evaluate(
            """async (area, html) => {
                area.value = html;
                const { dress } = await import("/static/js/rich/editor.js");
                dress(area);
            }""",
            html,
        )

    @property
    def text(self) -> Locator:
        return self.page.locator(".rich")

    @property
    def panel(self) -> Locator:
        return self.page.locator(".rich-ask")

    @property
    def note(self) -> Locator:
        return self.page.get_by_role("textbox", name="Fotnotens text")

    @property
    def kept(self) -> str:
        return self.page.locator("textarea").input_value()

    def tool(self, name: str) -> Locator:
        return self.page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def begin(self) -> None:
        """Into the text, after its last word."""
        self.text.focus()
        self.press("Control+End")

    def paste(self, html: str, words: str = "") -> None:
        self.text.evaluate(PASTE, [html, words])


STYLES = ("tokens", "text", "button", "page", "forms", "write", "rich")


@pytest.fixture
def field(page):
    page.goto("/konto/logga-in/")
    yield lambda html="", prose=True, targets=TARGETS: Field(page, html, prose, targets)
    # Chromium gives what it inserts a look of its own, and takes it back: our policy stops the first.
    page.complaints[:] = [said for said in page.complaints if "Applying inline style" not in said]


def test_what_is_written_is_kept_with_its_headings_emphasis_and_lists(field):
    rich = field()
    rich.begin()
    rich.tool("Rubrik").click()
    rich.type("Läget")
    rich.press("Enter")
    rich.tool("Underrubrik").click()
    rich.type("Torget")
    rich.press("Enter")
    rich.type("Det är ")
    rich.press("Control+b")
    rich.type("otryggt")
    rich.press("Control+b")
    rich.type(" och ")
    rich.press("Control+i")
    rich.type("mörkt")
    rich.press("Control+i")
    rich.type(".")
    rich.press("Enter")
    rich.tool("Punktlista").click()
    rich.type("Skolan")
    rich.press("Enter")
    rich.type("Polisen")
    assert rich.kept == (
        "<h3>Läget</h3><h4>Torget</h4><p>Det är <strong>otryggt</strong> och <em>mörkt</em>.</p>"
        "<ul><li>Skolan</li><li>Polisen</li></ul>"
    )


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith(("Word", "Google"))])
def test_what_is_pasted_stands_as_it_will_be_kept(case, field):
    html, expected = CASES[case]
    rich = field()
    rich.begin()
    rich.paste(html)
    assert rich.kept.replace("&nbsp;", "\xa0") == expected


def test_what_is_pasted_in_a_sentence_goes_on_in_it(field):
    rich = field("<p>Torget är .</p>")
    rich.begin()
    rich.press("ArrowLeft")
    rich.paste("<p class=MsoNormal><b>otryggt</b> på<o:p></o:p> kvällen</p>")
    assert rich.kept == "<p>Torget är <strong>otryggt</strong> på kvällen.</p>"


def test_one_ctrl_z_takes_back_what_was_pasted(field):
    rich = field("<p>Torget</p>")
    rich.begin()
    rich.paste("<p>Ett</p><ul><li>Två</li></ul>")
    assert "Två" in rich.kept
    rich.press("Control+z")
    assert rich.kept == "<p>Torget</p>"


def test_plain_words_are_pasted_as_they_are(field):
    rich = field()
    rich.begin()
    rich.paste("", "Ett <b>tecken</b>\nRad två")
    assert rich.kept == "<p>Ett &lt;b&gt;tecken&lt;/b&gt;</p><p>Rad två</p>"


# --- Links ---


def test_selected_words_become_a_link(field):
    rich = field("<p>Enligt Brå</p>")
    rich.begin()
    rich.press("Control+Shift+ArrowLeft", "Control+k")
    expect(rich.page.get_by_label("Webbadress eller e-postadress")).to_be_focused()
    rich.type("www.bra.se/skolan")
    rich.press("Enter")
    expect(rich.text).to_be_focused()
    assert rich.kept == '<p>Enligt <a href="https://www.bra.se/skolan">Brå</a></p>'


def test_where_nothing_is_selected_the_address_is_what_is_read(field):
    rich = field("<p>Skriv till</p>")
    rich.begin()
    rich.type(" ")
    rich.tool("Länk").click()
    rich.type("ro@example.se")
    rich.page.get_by_role("button", name="Infoga länken").click()
    assert rich.kept == '<p>Skriv till <a href="mailto:ro@example.se">ro@example.se</a></p>'


@pytest.mark.parametrize("typed", ["", "inte en adress", "javascript:alert(1)", "brå"])
def test_what_is_no_address_is_said_and_nothing_is_lost(typed, field):
    rich = field("<p>Brå</p>")
    rich.begin()
    rich.press("Control+k")
    rich.type(typed)
    rich.press("Enter")
    expect(rich.page.get_by_role("alert")).to_have_text(
        "Skriv en adress som börjar med https://, eller en e-postadress."
    )
    expect(rich.page.get_by_label("Webbadress eller e-postadress")).to_be_focused()
    rich.press("Escape")
    expect(rich.panel).to_be_hidden()
    assert rich.kept == "<p>Brå</p>"


def test_a_link_is_changed_and_taken_away(field):
    rich = field('<p><a href="https://a.se">Brå</a></p>')
    rich.begin()
    rich.press("ArrowLeft", "Control+k")
    expect(rich.page.get_by_label("Webbadress eller e-postadress")).to_have_value("https://a.se")
    rich.page.get_by_label("Webbadress eller e-postadress").fill("https://b.se")
    rich.press("Enter")
    assert rich.kept == '<p><a href="https://b.se">Brå</a></p>'
    rich.press("Control+k")
    rich.page.get_by_role("button", name="Ta bort länken").click()
    assert rich.kept == "<p>Brå</p>"


# --- Footnotes ---


def test_a_footnote_is_written_where_its_mark_stands(field):
    rich = field("<p>Stölderna ökar</p>")
    rich.begin()
    rich.tool("Fotnot").click()
    expect(rich.note).to_be_focused()
    rich.type("Källa: ")
    rich.press("Control+i")
    rich.type("Polisen")
    rich.press("Enter")
    rich.type(".")
    assert rich.kept == (
        '<p>Stölderna ökar<span class="fotnot">Källa: <em>Polisen</em></span>.</p>'
    )
    expect(rich.page.get_by_role("button", name="Fotnot 1: Källa: Polisen")).to_be_visible()


def test_a_footnote_is_opened_and_changed_by_keyboard_alone(field):
    rich = field('<p>Ökar<span class="fotnot">Polisn</span> igen</p>')
    rich.text.focus()
    rich.press("Control+Home", "Tab")
    expect(rich.page.get_by_role("button", name="Fotnot 1: Polisn")).to_be_focused()
    rich.press("Enter")
    expect(rich.note).to_be_focused()
    rich.press("Control+a")
    rich.type("Polisen")
    rich.press("Enter")
    expect(rich.text).to_be_focused()
    assert rich.kept == '<p>Ökar<span class="fotnot">Polisen</span> igen</p>'


def test_a_footnote_is_taken_away_and_brought_back(field):
    html = '<p>Ökar<span class="fotnot">Polisen</span> igen</p>'
    rich = field(html)
    rich.page.get_by_role("button", name="Fotnot 1").click()
    rich.page.get_by_role("button", name="Ta bort fotnoten").click()
    assert rich.kept == "<p>Ökar igen</p>"
    rich.press("Control+z")
    assert rich.kept == html


def test_a_footnote_without_words_is_none(field):
    rich = field("<p>Ökar</p>")
    rich.begin()
    rich.tool("Fotnot").click()
    rich.press("Enter")
    expect(rich.page.get_by_role("alert")).to_have_text("Skriv vad som ska stå i fotnoten.")
    rich.press("Escape")
    assert rich.kept == "<p>Ökar</p>"


def test_what_is_pasted_in_a_footnote_stands_on_one_line(field):
    rich = field("<p>Ökar</p>")
    rich.begin()
    rich.tool("Fotnot").click()
    rich.note.evaluate(PASTE, ["<h1>Käl<b>la</b></h1><ul><li>Polisen</li></ul>", ""])
    rich.press("Enter")
    assert rich.kept == '<p>Ökar<span class="fotnot">Källa Polisen</span></p>'


# --- References ---


def test_a_reference_follows_its_figure_and_keeps_only_its_words(field):
    rich = field("<p>Stölderna ökar, se</p>")
    rich.begin()
    rich.type(" ")
    rich.tool("Hänvisning").click()
    rich.page.get_by_label("Hänvisa till").select_option("Figur 4: Anmälda stölder")
    rich.page.get_by_role("button", name="Infoga hänvisningen").click()
    rich.type(".")
    assert rich.kept == f'<p>Stölderna ökar, se <a href="#{FIGURE}">figur</a>.</p>'
    assert rich.page.locator(".rich a").get_attribute("data-number") == "\xa04"
    expect(rich.page.get_by_role("button", name="Figur 4: Anmälda stölder")).to_be_visible()


def test_a_sentence_begins_with_a_capital(field):
    rich = field("<p>Det ökar.</p>")
    rich.begin()
    rich.type(" ")
    rich.tool("Hänvisning").click()
    rich.press("Enter")
    assert rich.kept == f'<p>Det ökar. <a href="#{FIGURE}">Figur</a></p>'


def test_what_has_no_number_is_called_by_its_name(field):
    rich = field("<p>Läs</p>")
    rich.begin()
    rich.type(" ")
    rich.tool("Hänvisning").click()
    rich.page.get_by_label("Hänvisa till").select_option("Trygghet i Tallbacken")
    rich.press("Enter")
    assert rich.kept == f'<p>Läs <a href="#{SECTION}">Trygghet i Tallbacken</a></p>'


def test_a_reference_is_led_elsewhere_and_taken_away(field):
    rich = field(f'<p>Se <a href="#{FIGURE}">figur</a> igen</p>')
    rich.page.locator(".rich a").click()
    rich.page.get_by_label("Hänvisa till").select_option("Trygghet i Tallbacken")
    rich.page.get_by_role("button", name="Ändra hänvisningen").click()
    assert f'<a href="#{SECTION}">Trygghet i Tallbacken</a>' in rich.kept
    rich.page.locator(".rich a").click()
    rich.page.get_by_role("button", name="Ta bort hänvisningen").click()
    assert rich.kept == "<p>Se Trygghet i Tallbacken igen</p>"


def test_a_reference_to_what_is_gone_is_said(field):
    rich = field(f'<p>Se <a href="#{FIGURE}">figur</a></p>', targets=TARGETS[1:])
    expect(rich.page.get_by_role("button", name="som inte finns längre")).to_be_visible()
    assert rich.kept == f'<p>Se <a href="#{FIGURE}">figur</a></p>'


def test_where_there_is_nothing_to_refer_to_it_is_said(field):
    rich = field("<p>Se </p>", targets=[])
    rich.begin()
    rich.tool("Hänvisning").click()
    expect(rich.page.get_by_role("alert")).to_contain_text("inget avsnitt att hänvisa till än")
    expect(rich.page.get_by_role("button", name="Infoga hänvisningen")).to_be_disabled()


def test_only_prose_has_footnotes_and_references(field):
    rich = field("<p>a</p>", prose=False)
    rich.begin()
    expect(rich.tool("Länk")).to_be_visible()
    expect(rich.tool("Fotnot")).to_have_count(0)
    expect(rich.tool("Hänvisning")).to_have_count(0)


# --- For hands, ears and small screens ---


def test_the_tools_are_one_stop_and_the_arrows_go_between_them(field):
    rich = field("<p>a</p>")
    rich.begin()
    rich.press("Shift+Tab")
    expect(rich.tool("Rubrik")).to_be_focused()
    rich.press("ArrowRight", "ArrowRight")
    expect(rich.tool("Fet")).to_be_focused()
    rich.press("Home", "ArrowLeft")
    expect(rich.tool("Hänvisning")).to_be_focused()
    rich.begin()
    rich.press("Shift+Tab")
    expect(rich.tool("Hänvisning")).to_be_focused()  # where one was


def test_how_the_text_stands_is_told(field):
    rich = field("<p>Ett <strong>två</strong></p>")
    rich.begin()
    expect(rich.tool("Fet")).to_have_attribute("aria-pressed", "true")
    rich.press("Control+Home")
    expect(rich.tool("Fet")).to_have_attribute("aria-pressed", "false")
    rich.tool("Kursiv").click()
    expect(rich.page.get_by_role("status")).to_have_text("Kursiv: på")
    expect(rich.tool("Kursiv")).to_have_attribute("aria-pressed", "true")


def test_words_come_back_to_where_they_were_selected_after_the_tools(field):
    rich = field("<p>Ett två</p>")
    rich.begin()
    rich.press("Control+Shift+ArrowLeft", "Shift+Tab", "ArrowRight", "ArrowRight", "Enter")
    expect(rich.text).to_be_focused()
    assert rich.kept == "<p>Ett <strong>två</strong></p>"


@pytest.mark.parametrize("tool", ["Länk", "Fotnot", "Hänvisning"])
def test_what_opens_has_no_fault_for_who_does_not_see_it(tool, field):
    rich = field(f'<p>Ökar<span class="fotnot">Polisen</span>, <a href="#{FIGURE}">figur</a> </p>')
    rich.begin()
    rich.tool(tool).click()
    assert faults_of(rich.page) == []


@pytest.mark.parametrize("tool", ["Länk", "Fotnot", "Hänvisning"])
def test_what_opens_is_whole_on_a_telephone(tool, field):
    rich = field("<p>Stölderna ökar i hela Tallbacken och vid torget</p>")
    rich.page.set_viewport_size({"width": 360, "height": 640})
    rich.begin()
    rich.tool(tool).click()
    box = rich.panel.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert rich.page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in rich.panel.get_by_role("button").all():
        assert button.bounding_box()["height"] >= 44
