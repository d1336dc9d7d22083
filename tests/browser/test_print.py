"""The plan page printed straight from the browser: nothing that is folded on screen is lost."""

from urllib.parse import urlencode

import pytest
from pypdf import PdfReader

from plans.models import Plan
from plans.vocabulary import Layout, PlanState
from samverkan.organisation.vocabulary import Role
from tests.browser.walk import log_in
from tests.factories import a_member
from tests.formats.samples import full
from tests.plans.storing import stored


@pytest.mark.parametrize("layout", Layout)
def test_what_is_folded_is_on_paper(layout, live_server, page, tmp_path):
    plan = stored(full(layout))
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED, in_force=True)
    log_in(page.context, live_server.url, a_member(Role.COORDINATOR, plan.district))
    page.goto(f"/{plan.district.slug}/{plan.year}/atgardsplan/")
    folded = page.eval_on_selector_all(
        ".more-about:not([open]) dd:not(.not-on-paper), .more-about:not([open]) .answer .words",
        "all => all.map(one => one.textContent)",
    )
    assert folded or layout == Layout.ACTIVITIES

    page.pdf(path=tmp_path / "plan.pdf", landscape=True)

    words = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "plan.pdf").pages)
    words = "".join(words.split()).replace("\u00ad", "").replace("-", "")
    missing = [said for said in folded if "".join(said.split()).replace("-", "") not in words]
    assert missing == []
    for never in ("Laddaner", "Meromåtgärden", "Tillinnehållet", "Ordiplanen"):
        assert never not in words


@pytest.mark.parametrize("columns", ["some", "all"])
def test_the_table_lies_down_and_is_read_without_a_glass(columns, live_server, page, tmp_path):
    """A4 on its side, all of each row on it, in letters of eight points or more."""
    plan = stored(full(Layout.CAUSES))
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED, in_force=True)
    log_in(page.context, live_server.url, a_member(Role.COORDINATOR, plan.district))
    page.goto(f"/{plan.district.slug}/{plan.year}/tabell/")
    if columns == "all":
        offered = page.locator("[name=kol]").evaluate_all("all => all.map(one => one.value)")
        page.goto(f"{page.url.split('?')[0]}?{urlencode({'kol': offered}, doseq=True)}")
    heads = page.locator(".flat thead th").all_inner_texts()

    page.pdf(path=tmp_path / "tabell.pdf", prefer_css_page_size=True)

    sheets = PdfReader(tmp_path / "tabell.pdf").pages
    assert {(round(s.mediabox.width), round(s.mediabox.height)) for s in sheets} == {(842, 595)}
    sizes, right = set(), 0.0

    def look(text, cm, tm, font, size):
        nonlocal right
        if text.strip():
            sizes.add(round(size * tm[0] * cm[0], 1))
            right = max(right, tm[4] * cm[0] + cm[4])

    words = "".join(sheet.extract_text(visitor_text=look) for sheet in sheets)
    assert min(sizes) >= 8
    assert right < 842 - 34
    squeezed = "".join(words.split()).replace("\u00ad", "").lower()
    assert all("".join(head.split()).lower() in squeezed for head in heads)
