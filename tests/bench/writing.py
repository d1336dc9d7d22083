"""Writing in a plan in Chromium: how soon its first rows can be written in, and what a key costs."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

from django.urls import reverse
from msgspec.structs import replace
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from plans.models import Action, Plan
from samverkan.organisation.vocabulary import Role
from tests import chromium
from tests.bench.figures import Figure, compare
from tests.browser.walk import log_in
from tests.factories import a_member
from tests.formats.samples import large
from tests.plans.storing import stored

ROUNDS = 7
LONG = "Värdarna rör sig på torget och pratar med dem som är där. " * 60
TYPED = "Nu skrivs hundra tecken till i fältet, ett i taget, medan någon ser efter hur lång tid varje tar nu."

# Whether the first row can be written in is asked before each picture that the browser draws.
USABLE = """
window.usable = new Promise((tell) => {
  const look = () => {
    const field = document.querySelector(".entry-action textarea");
    if (field?.offsetParent && document.documentElement.dataset.ready) tell(performance.now());
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
"""

# From the moment that an event reaches the window until it has been through all who listen to it.
LISTENED = """
window.handled = [];
const begun = new WeakMap();
for (const type of ["keydown", "keypress", "beforeinput", "input", "keyup", "focusout", "focusin"]) {
  addEventListener(type, (event) => begun.set(event, performance.now()), true);
  addEventListener(type, (event) => {
    window.handled.push({ type, key: event.key, took: performance.now() - begun.get(event) });
  });
}
"""


def opening_and_typing() -> list[Figure]:
    short, long = (_plan(actions, year) for actions, year in ((30, 2031), (300, 2033)))
    user = a_member(Role.COORDINATOR, short.district, short.agreement.parties.first().party)
    with _context(user) as context:
        opening = [
            compare(
                f"Sidan att skriva i, 300 åtgärder: {what}",
                partial(until, context, long),
                "30 åtgärder",
                partial(until, context, short),
                ROUNDS,
            )
            for what, until in {"första raden": _until_usable, "allt": _until_at_rest}.items()
        ]
        page, bare = _opened(context, long), context.new_page()
        bare.add_init_script(LISTENED)
        bare.goto("data:text/html,<textarea></textarea>")
        typing = compare(
            "En tangent, 300 åtgärder: den längsta",
            lambda: _longest(page, ".entry-action [name=description]"),
            "tom sida med ett fält",
            lambda: _longest(bare, "textarea"),
            ROUNDS,
        )
    return [*opening, typing]


def _plan(actions: int, year: int) -> Plan:
    document = replace(
        large(actions), period_start=date(year, 1, 1), period_end=date(year + 1, 12, 31)
    )
    plan = stored(document)
    action = Action.objects.filter(area__plan=plan)[actions // 2]
    Action.objects.filter(pk=action.pk).update(description=LONG)
    return plan


@contextmanager
def _context(user) -> Iterator[BrowserContext]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread
    server = LiveServer("localhost")
    with chromium.started() as browser:
        context = browser.new_context(base_url=server.url, locale="sv-SE")
        log_in(context, server.url, user)
        yield context
        context.close()
    server.stop()


def _address(plan: Plan) -> str:
    return reverse("plan-write", args=[plan.district.slug, plan.year])


def _until_usable(context: BrowserContext, plan: Plan) -> float:
    """From the navigation until the first row is there and the script listens to it; so it does,
    for what is typed is saved."""
    page = context.new_page()
    page.add_init_script(USABLE)
    page.goto(_address(plan), wait_until="commit")
    taken = page.evaluate("window.usable")
    page.locator(".entry-action textarea").first.press_sequentially("a")
    page.keyboard.press("Tab")
    page.wait_for_selector("#sparat:has-text('Sparat')")
    page.close()
    return taken


def _until_at_rest(context: BrowserContext, plan: Plan) -> float:
    """Until the browser has done all that it does with a page that has come whole."""
    page = context.new_page()
    page.goto(_address(plan))
    taken = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
    page.close()
    return taken


def _opened(context: BrowserContext, plan: Plan) -> Page:
    page = context.new_page()
    page.add_init_script(LISTENED)
    page.goto(_address(plan))
    page.wait_for_selector("html[data-ready]")
    return page


def _longest(page: Page, field: str) -> float:
    """A hundred characters in the field, and then on from it with the keys of a spreadsheet."""
    long = page.locator(field).nth(page.locator(field).count() // 2)
    long.focus()
    page.evaluate("window.handled = []")
    page.keyboard.type(TYPED)
    page.keyboard.press("Escape")
    for key in ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Tab"] * 3:
        page.keyboard.press(key)
    return page.evaluate("Math.max(...window.handled.map(({ took }) => took))")
