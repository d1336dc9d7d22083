"""Two who write in the same plan at the same time, each in a browser of her own."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page

from plans.models import Plan
from samverkan.organisation.models import User
from samverkan.organisation.vocabulary import Role
from tests.browser.walk import log_in
from tests.factories import a_district, a_member, a_plan, an_agreement, police_of
from tests.plans.rows import a_chain


@dataclass
class Writer:
    user: User
    page: Page

    def cell(self, row, field: str) -> Locator:
        return self.page.locator(f"#f-{row.uuid}-{field}")

    def new(self, kind: str, under: str) -> Locator:
        form = self.page.locator(f".new-{kind}").filter(
            has=self.page.locator(f"input[name=under][value='{under}']")
        )
        return form.locator("textarea").last

    @property
    def said(self) -> Locator:
        return self.page.locator("#sparat")

    @property
    def question(self) -> Locator:
        return self.page.locator("#fraga")


@pytest.fixture
def plan(transactional_db) -> Plan:
    district = a_district("Tallbacken", "tallbacken")
    return a_plan(district, 2026, agreement=an_agreement(district))


@pytest.fixture
def chain(plan):
    return a_chain(plan)


def address(plan: Plan) -> str:
    return f"/{plan.district.slug}/{plan.year}/skriv/"


@pytest.fixture
def writer(browser, live_server, plan, chain):
    """Opens the plan for somebody; a test that expects the browser to complain clears `complaints`."""
    opened = []

    def open_for(user: User, at: str = live_server.url, **options) -> Writer:
        context = browser.new_context(base_url=at, locale="sv-SE", **options)
        log_in(context, at, user)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address(plan))
        page.wait_for_function("document.documentElement.dataset.ready === 'ja'")
        opened.append(page)
        return Writer(user, page)

    yield open_for
    complaints = [complaint for page in opened for complaint in page.complaints]
    for page in opened:
        page.context.close()
    assert not complaints


@pytest.fixture
def samordnare(plan, writer) -> Writer:
    return writer(a_member(Role.COORDINATOR, plan.district))


@pytest.fixture
def kommunpolis(plan, writer) -> Writer:
    return writer(a_member(Role.EDITOR, plan.district, police_of(plan.district)))
