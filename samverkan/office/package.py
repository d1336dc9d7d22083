"""A file from Word or Excel as its parts, once it is known to be one and no larger than can be read.

Both are zip files with XML in them. No library that reads them stops one that unfolds to more than the
machine holds, or says which other kind of file it was given; so both are looked for before any of them
is asked.
"""

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 50 * 2**20  # as it comes
MOST_UNPACKED = 100 * 2**20
MOST_PARTS = 5_000


class NotOffice(ValueError):
    """The file cannot be read; says what it is, and what to do."""


@dataclass(frozen=True)
class Program:
    name: str
    suffix: str
    old_suffix: str
    old_stream: str  # what the old kind of file has inside
    main: re.Pattern[bytes]  # how [Content_Types].xml says that the package is one of its files

    @property
    def file(self) -> str:
        return f"{self.name}fil ({self.suffix})"


WORD = Program(
    "Word",
    ".docx",
    ".doc",
    "WordDocument",
    re.compile(rb"wordprocessingml\.(?:document|template)\.main|ms-word\.\w+\.macroEnabled"),
)
EXCEL = Program(
    "Excel",
    ".xlsx",
    ".xls",
    "Workbook",
    re.compile(rb"spreadsheetml\.(?:sheet|template)\.main|ms-excel\.\w+\.macroEnabled"),
)

# All that zipfile says of a file that is broken, encrypted or packed in some other way.
NO_ZIP = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENT_TYPES = "[Content_Types].xml"
# How files begin that are often given another name, or taken by mistake.
_PICTURE = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM|II\*\0|MM\0\*|RIFF....WEBP|....ftyphei", re.S)
_BEGINNINGS = (
    (re.compile(rb"\{\\rtf"), "en RTF-fil (.rtf)"),
    (re.compile(rb"%PDF"), "en PDF"),
    (re.compile(rb"\s*<(?:!doctype|html|head|body|meta|table)", re.I), "en webbsida (.html)"),
    (re.compile(rb"\s*<\?xml"), "en XML-fil"),
    (re.compile(rb"mime-version|from:|content-type", re.I), "en sparad webbsida eller ett brev"),
)
# Two lines with the same mark between their words, as Excel and other systems write plain text.
_SEPARATED = re.compile(rb"[^\n\0]*([;\t,])[^\n\0]*\n[^\n\0]*\1[^\n\0]*")
# What the members of other packages are called, or their content types say.
_OTHER_PACKAGES = (
    (b"sheet.binary.macroEnabled", "en binär Excelfil (.xlsb)"),
    (b"presentationml.", "en presentation från PowerPoint (.pptx)"),
)
_OPEN_DOCUMENT = {b"text": "(.odt)", b"spreadsheet": "(.ods)", b"presentation": "(.odp)"}


def open_package(content: bytes, program: Program) -> dict[str, bytes]:
    """Its parts by their names; refused with a sentence that says what it is and what to do."""
    if not content:
        raise NotOffice(f"Filen är tom: välj en {program.file} med något i.")
    if len(content) > MOST_BYTES:
        raise NotOffice(
            f"Filen är {len(content) / 2**20:.0f} MB, och mer än {MOST_BYTES // 2**20} MB läses inte: "
            "ta bort bilder och bilagor ur den och läs in den igen."
        )
    if content.startswith(_OLE):
        raise NotOffice(_ole(content, program))
    if not content.startswith(b"PK"):
        raise NotOffice(_other(content, program))
    try:
        parts = _unpacked(content)
    except NotOffice:
        raise
    except NO_ZIP as error:
        raise NotOffice(
            f"Filen är trasig och går inte att packa upp: öppna den i {program.name}, spara den på nytt "
            "och läs in den igen."
        ) from error
    if not program.main.search(parts.get(_CONTENT_TYPES, b"")):
        raise NotOffice(_other_package(parts, program))
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")) and _has_entities(part):
            raise NotOffice(
                f"Filen har egna XML-entiteter (i {name}), som {program.name} aldrig skriver, och läses "
                f"inte: öppna den i {program.name}, spara den på nytt och läs in den igen."
            )
    return parts


def _unpacked(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if sum(member.file_size for member in members) > MOST_UNPACKED:
            raise NotOffice(
                f"Filen blir större än {MOST_UNPACKED // 2**20} MB när den packas upp, och läses inte: "
                "ta bort bilder och bilagor ur den och läs in den igen."
            )
        if len(members) > MOST_PARTS:
            raise NotOffice(
                f"Filen har fler än {MOST_PARTS} delar, och läses inte: "
                "ta bort bilder och bilagor ur den och läs in den igen."
            )
        # zipfile reads no more of a part than the size that was added up here.
        return {member.filename: archive.read(member) for member in members}


def _has_entities(xml: bytes) -> bool:
    """Without a DOCTYPE there are none."""
    is_wide = b"\0" in xml[:4]  # UTF-16
    return b"<!DOCTYPE" in (xml.replace(b"\0", b"") if is_wide else xml)


def _ole(content: bytes, program: Program) -> str:
    """Of files in the form that Office had before 2007, and still has around what is encrypted."""
    if _holds(content, "EncryptedPackage"):
        return (
            f"Filen är skyddad med lösenord: öppna den i {program.name}, ta bort lösenordet under Arkiv "
            "och Info, spara och läs in den igen."
        )
    for kind in (WORD, EXCEL):
        if _holds(content, kind.old_stream):
            return (
                f"Filen är i {kind.name}s gamla format ({kind.old_suffix}): öppna den i {kind.name}, spara "
                f"den som {kind.suffix} och läs in den igen."
            )
    return f"Filen är i ett gammalt Officeformat och är ingen {program.file}: välj en annan fil."


def _holds(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def _other(content: bytes, program: Program) -> str:
    if _PICTURE.match(content):
        return f"Filen är en bild, och ord i en bild kan inte läsas: välj en {program.file} med orden i."
    for beginning, kind in _BEGINNINGS:
        if beginning.match(content):
            return _not_this(kind, program)
    if program is EXCEL and _SEPARATED.match(content[:2000]):
        return _not_this("en kommaseparerad textfil (.csv)", program)
    return f"Filen är ingen {program.file} som går att öppna: välj en annan fil."


def _other_package(parts: dict[str, bytes], program: Program) -> str:
    for other in (WORD, EXCEL):
        if other.main.search(parts.get(_CONTENT_TYPES, b"")):
            return (
                f"Filen är en {other.file}, fast den lästes som en {program.file}: välj rätt fil."
            )
    for sign, name in _OTHER_PACKAGES:
        if sign in parts.get(_CONTENT_TYPES, b""):
            return _not_this(name, program)
    if "Index/Document.iwa" in parts:
        return _not_this("ett dokument från Numbers eller Pages", program)
    kind = parts.get("mimetype", b"").rpartition(b".")[2].strip()
    if kind in _OPEN_DOCUMENT:
        return _not_this(f"ett OpenDocument-dokument {_OPEN_DOCUMENT[kind]}", program)
    return f"Filen är ett zip-arkiv och ingen {program.file}: välj en annan fil."


def _not_this(kind: str, program: Program) -> str:
    return (
        f"Filen är {kind} och ingen {program.file}: öppna den i {program.name}, spara den som "
        f"{program.suffix} och läs in den igen."
    )
