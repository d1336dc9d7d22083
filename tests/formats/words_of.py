"""Every word of an office file, found without asking what it means: the text of all parts that hold
any, part by part. What a reader leaves out must be found here.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

WORD = re.compile(r"\w+")
# Parts that hold words of whoever wrote the file, and not how it looks or who saved it.
_PARTS = re.compile(
    r"""
    word/ (?: document | comments | footnotes | endnotes | header\d* | footer\d*
            | charts/chart\w* | diagrams/data\w* ) \.xml
  | xl/ (?: sharedStrings | worksheets/\w+ | comments\w* | comments/\w+ | threadedComments/\w+
          | drawings/\w+ | charts/chart\w* | diagrams/data\w* | workbook ) \.xml
    """,
    re.VERBOSE,
)
# What holds text, by its name without the prefix; text that is a code is none.
_TEXT = {"t", "delText", "v", "text"}
# What is said in attributes.
_ATTRIBUTES = {
    "docPr": ("descr", "title"),
    "cNvPr": ("descr", "title"),
    "textpath": ("string",),
    "sheet": ("name",),
}
# What holds the whole of one text, so that a word is not torn apart where its look changes.
_WHOLES = {"p", "si", "is", "c", "pt", "comment", "threadedComment"}
# What somebody has struck with changes tracked; nobody reads it together with what stands around it.
_STRUCK = {"del", "moveFrom"}
# The same words once more, for programs of another age.
_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def words_of(content: bytes) -> dict[str, Counter[str]]:
    """The words of each part, in lower case, and how often."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {
            name: Counter(words_in("\n".join(_texts(archive.read(name)))))
            for name in archive.namelist()
            if _PARTS.fullmatch(name)
        }


def words_in(text: str) -> list[str]:
    return WORD.findall(text.replace("\u00ad", "").casefold())


def _texts(xml: bytes) -> Iterator[str]:
    parser = etree.XMLParser(recover=True, resolve_entities=False)
    root = etree.fromstring(xml, parser)
    for again in list(root.iter(_AGAIN)):
        again.getparent().remove(again)
    said = set()  # a picture is often called the same by two of its elements
    for element in root.iter("{*}*"):
        name = etree.QName(element).localname
        said |= {element.get(one) or "" for one in _ATTRIBUTES.get(name, ())}
        if name in _WHOLES | _STRUCK:
            yield "".join(_pieces(element))
        elif name in _TEXT and not _is_number(element) and _whole_around(element) is None:
            yield element.text or ""
    yield from sorted(said)


def _pieces(whole: etree._Element) -> Iterator[str]:
    """The text of a paragraph, without that of the paragraphs in it; tabs and breaks set apart."""
    for element in whole.iter("{*}*"):
        name = etree.QName(element).localname
        if element is whole or _whole_around(element) is not whole:
            continue
        if name in _TEXT and not _is_number(element):
            yield element.text or ""
        elif name in ("tab", "br", "cr", "sym", "noBreakHyphen", "fldChar"):
            yield " "


def _whole_around(element: etree._Element) -> etree._Element | None:
    return next(
        (
            one
            for one in element.iterancestors("{*}*")
            if etree.QName(one).localname in _WHOLES | _STRUCK
        ),
        None,
    )


def _is_number(element: etree._Element) -> bool:
    """Of a text that stands elsewhere, in a workbook."""
    around = element.getparent()
    return around is not None and around.get("t") == "s" and etree.QName(element).localname == "v"
