"""Every page as each role, in real Chromium: no axe violation, nothing sideways, no complaint."""

import pytest

from tests.browser.axe import faults_of
from tests.browser.walk import NARROW, WALKERS, WIDE, build_world, unfold, visiting


@pytest.fixture
def world(live_server):
    build_world()
    return live_server.url


# Axe takes its time, so each walker sees all kinds of pages in one dress, and all dresses are seen
# by somebody. Colours, which take most of it, come of the stylesheets: they are looked at on the first
# page of a kind. The picture script, `make shots`, walks everywhere in every dress.
DRESSES = [(WIDE, "light"), (NARROW, "dark"), (NARROW, "light"), (WIDE, "dark")]
MOST_OF_A_KIND = 3


@pytest.mark.parametrize(("width", "scheme"), DRESSES)
def test_every_page_is_for_everybody(width, scheme, browser, world):
    """The world takes its time too: those who go in the same dress go there after each other."""
    first = DRESSES.index((width, scheme))
    faults: list[str] = []
    for who in list(WALKERS)[first :: len(DRESSES)]:
        with visiting(browser, world, who, width=width, scheme=scheme) as visit:
            faults += [f"{who}: {fault}" for fault in faults_on_the_way(visit, width)]
    assert not faults, "\n".join(faults)


def faults_on_the_way(visit, width):
    for address in visit.walk(MOST_OF_A_KIND):
        unfold(visit.page)
        for fault in faults_of(visit.page, contrast=visit.is_first_of_kind):
            yield f"{address}: {fault}"
        wide = visit.page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{address}: is {wide} pixels wide in a window of {width}"
        for complaint in visit.complaints:
            yield f"{address}: {complaint}"
        visit.complaints.clear()
