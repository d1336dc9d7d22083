"""The plan page printed straight from the browser: nothing that is folded on screen is lost."""

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
