"""HTML to tagged PDF (PDF/UA-1). The same words give the same bytes.

WeasyPrint is imported when the first PDF is made: it takes half a second, and it needs Pango, which
a machine may lack and still do everything else.
"""

import mimetypes
import posixpath
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders

from samverkan.documents import fonts

# Static files are known to WeasyPrint under an address that leads nowhere else.
STATIC = "https://static.invalid/"
# Pango and fontconfig are not made to be used by several threads at once.
_one_at_a_time = Lock()


class PdfUnavailable(Exception):
    """No PDF can be made of this or on this machine as it is; says why."""


def render(html: str, stylesheets: tuple[str, ...]) -> bytes:
    """The PDF of a whole HTML document: language and title stand in it, and the tags come of it.

    The stylesheets are named as static files: "css/paper.css".
    """
    with _one_at_a_time:
        weasyprint = _weasyprint()
        try:
            return weasyprint.HTML(string=html, url_fetcher=_fetcher()).write_pdf(
                stylesheets=[_stylesheet(name) for name in stylesheets],
                font_config=_font_configuration(),
                pdf_variant="pdf/ua-1",
            )
        except RecursionError as error:  # lists in lists in lists, from a file that meant no good
            raise PdfUnavailable(
                "PDF kan inte göras, eftersom en text har listor eller citat i för många nivåer."
            ) from error


def static_file(url: str) -> Path:
    """One of our own static files. Nothing else is ever fetched: no network, no other file."""
    path = posixpath.normpath(unquote(urlsplit(url).path)).lstrip("/")
    if not url.startswith(STATIC) or path.startswith(".."):
        raise ValueError(f"Dokumentet hämtar bara våra egna filer, inte {url}.")
    found = finders.find(path)
    if not found:
        raise ValueError(f"Filen {path} finns inte bland våra statiska filer.")
    return Path(found)


@cache
def _weasyprint() -> Any:
    try:
        return import_module("weasyprint")
    except OSError as error:
        raise PdfUnavailable(
            "PDF kan inte göras på den här datorn, eftersom Pango saknas. På Debian och Ubuntu: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from error


@cache
def _fetcher():
    urls = _weasyprint().urls
    Fetcher: Any = urls.URLFetcher

    class OwnFiles(Fetcher):
        def fetch(self, url, headers=None):
            file = static_file(url)
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return OwnFiles()


@cache
def _font_configuration():
    if not fonts.are_built():
        raise PdfUnavailable("Teckensnitten är inte gjorda. Kör: manage.py build_fonts")
    return _weasyprint().text.fonts.FontConfiguration()


@cache
def _stylesheet(name: str):
    return _weasyprint().CSS(
        url=STATIC + name, url_fetcher=_fetcher(), font_config=_font_configuration()
    )
