"""HTML to PDF, for an archive and for a screen reader at once: PDF/A-3a or 2a, and PDF/UA-1.

The same words give the same bytes.

WeasyPrint is imported when the first PDF is made: it takes half a second, and it needs Pango, which
a machine may lack and still do everything else.
"""

import gc
import mimetypes
import os
import posixpath
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

import cssselect2
from django.contrib.staticfiles import finders

from samverkan.documents import fonts
from samverkan.documents.archive import Flavour, claim_accessibility, name_shapes_plainly, pack
from samverkan.documents.attachments import Attachment, attach
from samverkan.documents.glyphs import printable
from samverkan.documents.markup import parsed

# Static files are known to WeasyPrint under an address that leads nowhere else, and so are the
# pictures of a document, by their names: <img src="https://picture.invalid/name">.
STATIC = "https://static.invalid/"
PICTURES = "https://picture.invalid/"
ELEMENTS = "css/paper-elements.css"
FONTCONFIG = "FONTCONFIG_FILE"
# Pango and fontconfig are not made to be used by several threads at once.
_one_at_a_time = Lock()


class PdfUnavailable(Exception):
    """No PDF can be made of this or on this machine as it is; says why."""


def render(
    html: str,
    stylesheets: tuple[str, ...],
    *,
    attachments: Sequence[Attachment] = (),
    flavour: Flavour = Flavour.WITH_FILES,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """The PDF of a whole HTML document: language and title stand in it, and the tags come of it.

    The stylesheets are named as static files: "css/paper.css".
    """
    if attachments and flavour == Flavour.WITHOUT_FILES:
        raise ValueError("PDF/A-2 bär inga bilagor.")

    def finish(document: Any, pdf: Any) -> None:
        attach(pdf, attachments)
        claim_accessibility(pdf)
        for thing in pdf.objects:
            if hasattr(thing, "stream"):
                name_shapes_plainly(thing)
                pack(thing)

    with _one_at_a_time, _no_search_for_garbage():
        try:
            sheets = [_stylesheet(name) for name in stylesheets]
            painter = import_module("samverkan.documents.painting").Painter()
            with painter.at_once():
                document = _document()(printable(html), pictures).render(
                    stylesheets=sheets, font_config=_font_configuration()
                )
            painter.finish(document)
            return document.write_pdf(finisher=finish, pdf_variant=flavour.value)
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
        weasyprint = import_module("weasyprint")
    except OSError as error:
        raise PdfUnavailable(
            "PDF kan inte göras på den här datorn, eftersom Pango saknas. På Debian och Ubuntu: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from error
    # It has no other place for somebody else's tags.
    weasyprint.pdf.add_tags = import_module("samverkan.documents.structure").add_tags
    return weasyprint


@cache
def _document() -> Any:
    """How WeasyPrint takes in HTML, without what costs and gives nothing here: its own parser of
    HTML, since what our templates write is XML as well, and its own stylesheet of all elements.
    """
    HTML: Any = _weasyprint().HTML

    class Document(HTML):
        def __init__(self, html: str, pictures: Mapping[str, bytes]) -> None:
            root, fetcher = parsed(html), _fetcher(pictures)
            if root is None:
                super().__init__(string=html, url_fetcher=fetcher)
                return
            self.base_url = None
            self.url_fetcher = fetcher
            self.media_type = "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, None)
            self.etree_element = root

        def _ua_stylesheets(self, forms=False):
            return [_stylesheet(ELEMENTS)]

    return Document


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """A layout is millions of objects that are all needed: to search them takes an eighth of the
    time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _fetcher(pictures: Mapping[str, bytes] = MappingProxyType({})) -> Any:
    urls = _weasyprint().urls
    Fetcher: Any = urls.URLFetcher

    class OwnFiles(Fetcher):
        def fetch(self, url, headers=None):
            if url.startswith(PICTURES):
                return urls.URLFetcherResponse(url, pictures[url.removeprefix(PICTURES)])
            file = static_file(url)
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return OwnFiles()


@cache
def _font_configuration():
    if not fonts.are_built():
        raise PdfUnavailable("Teckensnitten är inte gjorda. Kör: manage.py build_fonts")
    with _no_fonts_of_the_machine():
        return _weasyprint().text.fonts.FontConfiguration()


@contextmanager
def _no_fonts_of_the_machine() -> Iterator[None]:
    """fontconfig is told of none, when it is asked: what is printed is set in our own, everywhere."""
    before = os.environ.get(FONTCONFIG)
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        file.write('<?xml version="1.0"?><fontconfig></fontconfig>')
        file.flush()
        os.environ[FONTCONFIG] = file.name
        try:
            yield
        finally:
            if before is None:
                del os.environ[FONTCONFIG]
            else:
                os.environ[FONTCONFIG] = before


@cache
def _stylesheet(name: str):
    return _weasyprint().CSS(
        url=STATIC + name, url_fetcher=_fetcher(), font_config=_font_configuration()
    )
