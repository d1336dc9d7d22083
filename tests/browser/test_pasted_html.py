"""What is pasted in a browser stands at once as the server will have it."""

import pytest
from hypothesis import given

from samverkan.pasted_html import from_clipboard
from tests.pasted import CASES, FIGURE
from tests.test_pasted_html import pieces


@pytest.fixture
def in_browser(page):
    page.goto("/konto/logga-in/")

    def clean(html: str, is_prose: bool = True) -> str:
        return page.evaluate(
            """async ([html, isProse]) => {
                const { fromClipboard } = await import("/static/js/rich/small.js");
                return fromClipboard(html, isProse);
            }""",
            [html, is_prose],
        )

    return clean


def test_the_browser_makes_the_same_of_it_as_the_server(in_browser):
    made = {case: in_browser(html) for case, (html, _) in CASES.items()}
    assert made == {case: from_clipboard(html) for case, (html, _) in CASES.items()}


def test_where_there_are_no_footnotes_it_is_the_same_too(in_browser):
    html = CASES["our own, as it stands"][0]
    assert in_browser(html, False) == from_clipboard(html, is_prose=False)


def test_whatever_it_is_the_two_agree(in_browser):
    @given(pieces)
    def agree(html):
        assert in_browser(html) == from_clipboard(html)

    agree()


def test_a_reference_that_is_copied_on_the_page_is_still_one(in_browser, page):
    assert in_browser(f'<a href="{page.url}#{FIGURE}">figur</a>') == (
        f'<p><a href="#{FIGURE}">figur</a></p>'
    )


def test_nothing_that_is_pasted_is_fetched_or_run(in_browser, page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    in_browser(
        "<img src='/spar.gif' onerror='document.title=1'><link rel=stylesheet href='/spar.css'>"
        "<script src='/spar.js'></script><iframe src='/spar.html'></iframe>"
    )
    assert not [url for url in asked if "/spar" in url]
    assert page.title() != "1"
