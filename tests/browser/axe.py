"""What shuts somebody out of a page, as axe finds it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()


def faults_of(page: Page, *, contrast: bool = True) -> list[str]:
    """A line for each. Without the contrast of colours it takes a third of the time."""
    rules = {"color-contrast": {"enabled": contrast}}
    results = _AXE.run(page, options={"resultTypes": ["violations"], "rules": rules})
    return [
        f"{fault['id']}: {fault['help']} ({node['html'][:160]})"
        for fault in results.response["violations"]
        for node in fault["nodes"]
    ]
