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


@pytest.mark.parametrize(
    ("who", "width", "scheme"),
    [(who, *DRESSES[place % 4]) for place, who in enumerate(WALKERS)],
)
def test_every_page_is_for_everybody(who, width, scheme, browser, world):
    faults = []
    with visiting(browser, world, who, width=width, scheme=scheme) as visit:
        for address in visit.walk(MOST_OF_A_KIND):
            unfold(visit.page)
            faults += [
                f"{address}: {fault}"
                for fault in faults_of(visit.page, contrast=visit.is_first_of_kind)
            ]
            wide = visit.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(f"{address}: is {wide} pixels wide in a window of {width}")
            faults += [f"{address}: {complaint}" for complaint in visit.complaints]
            visit.complaints.clear()
    assert not faults, "\n".join(faults)
