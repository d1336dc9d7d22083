"""Reading in a file in a real browser: dropped, walked through, set right, read in and taken back."""

import pytest
from playwright.sync_api import expect

from lagesbild.models import Report
from plans.models import Plan, Upload
from plans.reading.files import FileKind
from plans.services import uploads
from samverkan.organisation.vocabulary import Role
from tests.browser.axe import faults_of
from tests.browser.walk import NARROW, WIDE, log_in
from tests.factories import a_catalogue, a_district, a_member
from tests.importing.readings import a_reading
from tests.lagesbild.importing import a_place_for_word
from tests.lagesbild.reading.corpus import CORPUS


@pytest.fixture
def place(live_server, page):
    a_catalogue()
    district = a_district()
    log_in(page.context, live_server.url, a_member(Role.COORDINATOR, district))
    page.goto(f"/{district.slug}/las-in/")
    return district


@pytest.fixture
def doubtful(monkeypatch):
    """Whatever is sent is read as the sample with doubts in it."""
    monkeypatch.setattr(uploads, "kind_of", lambda content: FileKind.EXCEL)
    monkeypatch.setattr(
        uploads, "read_file", lambda content, *, known, answers: a_reading(known, answers)
    )


def choose(page, name="Plan 2027.xlsx", content=b"PK en plan"):
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("#id_file").set_input_files(file)


def send(page):
    page.set_default_timeout(5_000)
    choose(page)
    page.locator("#id_year").fill("2027")
    page.get_by_role("button", name="Läs filen").click()
    expect(page.get_by_role("heading", name="Plan 2027.xlsx")).to_be_visible()


def no_faults(page):
    assert faults_of(page) == []


def test_from_a_file_to_a_plan_and_back(page, place, doubtful):
    send(page)
    ribbon = page.get_by_role("region", name="Så säker är läsningen")
    expect(ribbon).to_contain_text("3 osäkra")
    ribbon.get_by_role("link", name="Nästa osäkra").click()
    question = page.get_by_label("Vad står i kolumnen ”Ansv. pers.”?", exact=False)
    expect(question).to_be_focused()
    expect(page.locator(".source .is-current")).to_contain_text("Sdf, Polis")
    question.select_option("Spara som övrigt")
    page.get_by_role("button", name="Det stämmer").first.click()
    expect(page.get_by_text("1 kvar som är osäkra")).to_be_visible()
    expect(page.locator("#ovrigt")).to_contain_text("Trafikkontoret")
    page.get_by_role("button", name="Importera 2 åtgärder").first.click()
    expect(page.get_by_role("heading", name="Planen är inläst")).to_be_visible()
    page.get_by_role("button", name="Ångra importen").click()
    expect(page.get_by_role("heading", name="Inläsningen är ångrad")).to_be_visible()
    assert not Plan.objects.exists()


def test_nasta_osakra_goes_on_to_the_next_sheet(page, place, doubtful):
    send(page)
    page.get_by_role("link", name="Nästa osäkra").first.click()
    page.locator(".question.is-unsure").get_by_role("link", name="Nästa osäkra").click()
    expect(page.get_by_label("Vilket område är ”Brottsoffer”?", exact=False)).to_be_focused()
    expect(page.get_by_role("link", name="Blad2")).to_have_attribute("aria-current", "page")


def test_a_cell_leads_to_what_it_became(page, place, doubtful):
    send(page)
    page.get_by_role("cell", name="Hela året").get_by_role("link", name="Tid, säker").click()
    expect(page.locator("tr.action:target")).to_contain_text("Torgvärdar")
    expect(page.locator(".source .is-current")).to_contain_text("Hela året")


def test_a_file_is_dropped_on_the_form(page, place, doubtful):
    moved = page.evaluate_handle(
        """() => {
            const moved = new DataTransfer();
            moved.items.add(new File(["en plan"], "Släppt.xlsx"));
            return moved;
        }"""
    )
    page.dispatch_event(".choose-file", "drop", {"dataTransfer": moved})
    page.get_by_role("button", name="Läs filen").click()
    expect(page.get_by_role("heading", name="Släppt.xlsx")).to_be_visible()


def test_a_file_that_is_too_large_is_not_sent(page, place):
    page.evaluate("document.querySelector('.choose-file').dataset.most = 5")
    choose(page)
    expect(page.get_by_role("alert")).to_contain_text("Filen är större än 25 MB")
    page.get_by_role("button", name="Läs filen").click()
    expect(page.get_by_role("heading", name="Läs in en plan")).to_be_visible()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_preview_is_for_everybody(width, scheme, page, place, doubtful):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    no_faults(page)
    send(page)
    no_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_all_of_it_works_without_a_script(browser, live_server, place, doubtful):
    context = browser.new_context(
        base_url=live_server.url, locale="sv-SE", java_script_enabled=False
    )
    log_in(context, live_server.url, a_member(Role.COORDINATOR, place))
    page = context.new_page()
    page.goto(f"/{place.slug}/las-in/")
    send(page)
    page.get_by_role("link", name="Nästa osäkra").first.click()
    page.get_by_role("button", name="Det stämmer").first.click()
    page.get_by_role("button", name="Importera 2 åtgärder").first.click()
    expect(page.get_by_role("heading", name="Planen är inläst")).to_be_visible()
    context.close()


# --- And a lägesbild ---


@pytest.fixture
def in_word(live_server, page):
    place = a_place_for_word()
    log_in(page.context, live_server.url, a_member(Role.COORDINATOR, place))
    page.goto(f"/{place.slug}/las-in-lagesbild/")
    page.set_default_timeout(5_000)
    return place


def send_report(page, which):
    choose(page, "Lägesbild 2023.docx", CORPUS[which]())
    page.locator("#id_year").fill("2023")
    page.get_by_role("button", name="Läs filen").click()
    expect(page.get_by_role("heading", name="Lägesbild 2023.docx")).to_be_visible()


def test_from_a_word_file_to_a_lagesbild_and_back(page, in_word):
    send_report(page, "areas_in_tables")
    ribbon = page.get_by_role("region", name="Så säker är läsningen")
    expect(ribbon).to_contain_text("1 osäkra")
    ribbon.get_by_role("link", name="Nästa osäkra").click()
    question = page.get_by_label("Vilket prioriterat område är ”Egna båtar”?", exact=False)
    expect(question).to_be_focused()
    expect(page.locator(".source .is-current")).to_contain_text("Egna båtar")
    question.select_option("Systemhotande brottslighet")
    page.get_by_role("button", name="Det stämmer").click()
    expect(page.get_by_text("Inget är osäkert längre")).to_be_visible()
    expect(page.locator(".became")).to_contain_text("Området heter Systemhotande brottslighet")
    page.get_by_role("button", name="Läs in lägesbilden").first.click()
    expect(page.get_by_role("heading", name="Lägesbilden är inläst")).to_be_visible()
    page.get_by_role("button", name="Ångra importen").click()
    expect(page.get_by_role("heading", name="Inläsningen är ångrad")).to_be_visible()
    assert not Report.objects.exists()


def test_a_paragraph_leads_to_the_section_that_it_became(page, in_word):
    send_report(page, "as_the_form")
    page.locator(".source-paragraph", has_text="Fler går ut efter mörkrets inbrott").get_by_role(
        "link"
    ).click()
    expect(page.locator(".became h3:target")).to_contain_text("Kvällstid")


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_preview_of_a_lagesbild_is_for_everybody(width, scheme, page, in_word):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    no_faults(page)
    for which in ("as_the_form", "areas_in_tables"):  # with figures, and with a question
        page.goto(f"/{in_word.slug}/las-in-lagesbild/")
        send_report(page, which)
        no_faults(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
