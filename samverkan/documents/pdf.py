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
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders

from samverkan.documents import fonts

# Static files are known to WeasyPrint under an address that leads nowhere else.
STATIC = "https://static.invalid/"
# Pango and fontconfig are not made to be used by several threads at once.
_one_at_a_time = Lock()


class PdfUnavailable(Exception):
    """No PDF can be made on this machine as it is; says what is missing."""


def render(html: str, stylesheets: tuple[str, ...]) -> bytes:
    """The PDF of a whole HTML document: language and title stand in it, and the tags come of it.

    The stylesheets are named as static files: "css/paper.css".
    """
    with _one_at_a_time:
        weasyprint = _weasyprint()
        return weasyprint.HTML(string=html, url_fetcher=fetch).write_pdf(
            stylesheets=[_stylesheet(name) for name in stylesheets],
            font_config=_font_configuration(),
            pdf_variant="pdf/ua-1",
        )


def fetch(url: str, headers: dict | None = None):
    """Our own static files, and nothing else: no network, no other file of this machine."""
    parts = urlsplit(url)
    path = posixpath.normpath(unquote(parts.path)).lstrip("/")
    if not url.startswith(STATIC) or path.startswith(".."):
        raise ValueError(f"Dokumentet hämtar bara våra egna filer, inte {url}.")
    found = finders.find(path)
    if not found:
        raise ValueError(f"Filen {path} finns inte bland våra statiska filer.")
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = _weasyprint().urls.URLFetcherResponse
    return response(url, Path(found).read_bytes(), {"Content-Type": kind})


@cache
def _weasyprint():
    try:
        return import_module("weasyprint")
    except OSError as error:
        raise PdfUnavailable(
            "PDF kan inte göras på den här datorn, eftersom Pango saknas. På Debian och Ubuntu: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from error


@cache
def _font_configuration():
    if not fonts.are_built():
        raise PdfUnavailable("Teckensnitten är inte gjorda. Kör: manage.py build_fonts")
    return _weasyprint().text.fonts.FontConfiguration()


@cache
def _stylesheet(name: str):
    return _weasyprint().CSS(
        url=STATIC + name, url_fetcher=fetch, font_config=_font_configuration()
    )
