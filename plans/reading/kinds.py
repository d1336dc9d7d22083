"""What a file is by what it begins with and holds; what it is called says nothing."""

from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    """Each in the words that come after "Filen är"."""

    EMPTY = "tom"
    EXCEL = "en Excelfil (.xlsx)"
    BINARY_EXCEL = "en binär Excelfil (.xlsb)"
    OLD_EXCEL = "en Excelfil i det gamla formatet (.xls)"
    XML_EXCEL = "ett kalkylblad i XML från ett gammalt Excel"
    WORD = "ett Worddokument (.docx)"
    OLD_WORD = "ett Worddokument i det gamla formatet (.doc)"
    POWERPOINT = "en presentation från PowerPoint (.pptx)"
    LOCKED = "skyddad med lösenord"
    OLD_OFFICE = "en fil i ett gammalt Officeformat"
    CALC = "ett kalkylblad i OpenDocument (.ods)"
    WRITER = "ett textdokument i OpenDocument (.odt)"
    NUMBERS = "ett dokument från Numbers eller Pages"
    ZIP = "ett zip-arkiv"
    PDF = "en PDF"
    PICTURE = "en bild"
    RTF = "ett dokument i formatet RTF"
    HTML = "en webbsida (.html)"
    MAIL = "en sparad webbsida eller ett e-postmeddelande"
    CSV = "en kommaseparerad textfil (.csv)"
    TEXT = "en textfil"
    DAMAGED = "skadad"
    UNKNOWN = "av okänt slag"


_BEGINNINGS = (
    (b"%PDF", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"II*\0", Kind.PICTURE),
    (b"MM\0*", Kind.PICTURE),
)
# What a member of the archive begins with that nothing else has.
_MEMBERS = (
    ("xl/workbook.bin", Kind.BINARY_EXCEL),
    ("xl/", Kind.EXCEL),
    ("word/", Kind.WORD),
    ("ppt/", Kind.POWERPOINT),
    ("Index/Document.iwa", Kind.NUMBERS),
)
# What streams are called in a file of the old sort.
_STREAMS = (
    ("EncryptedPackage", Kind.LOCKED),
    ("Workbook", Kind.OLD_EXCEL),
    ("Book", Kind.OLD_EXCEL),
    ("WordDocument", Kind.OLD_WORD),
)


def kind_of(content: bytes) -> Kind:
    if not content:
        return Kind.EMPTY
    if content.startswith(b"PK"):
        return _in_archive(content)
    if content.startswith(OLE):
        found = (kind for name, kind in _STREAMS if name.encode("utf-16-le") in content)
        return next(found, Kind.OLD_OFFICE)
    if content[4:8] == b"ftyp":  # as phones take them
        return Kind.PICTURE
    found = (kind for beginning, kind in _BEGINNINGS if content.startswith(beginning))
    return next(found, None) or _of_text(content)


def _in_archive(content: bytes) -> Kind:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    said = member.read(100)
                return Kind.CALC if b"spreadsheet" in said else Kind.WRITER
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return Kind.DAMAGED
    for beginning, kind in _MEMBERS:
        if any(name.startswith(beginning) for name in names):
            return kind
    return Kind.ZIP


def _of_text(content: bytes) -> Kind:
    """By signs that are the same in all alphabets, so letters of an older Windows do no harm."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content[:100_000].decode("utf-16" if wide else "utf-8-sig", "replace")
    if "\0" in text:
        return Kind.UNKNOWN
    said = text.lstrip()[:2000].casefold()
    if "urn:schemas-microsoft-com:office:spreadsheet" in said:
        return Kind.XML_EXCEL
    if said.startswith(("<!doctype html", "<html", "<table", "<meta", "<head", "<body")):
        return Kind.HTML
    if said.startswith(("mime-version", "from:", "content-type")):
        return Kind.MAIL
    lines = [line for line in text.splitlines() if line.strip()][:2]
    if len(lines) > 1 and any(all(mark in line for line in lines) for mark in ";\t,"):
        return Kind.CSV
    return Kind.TEXT
