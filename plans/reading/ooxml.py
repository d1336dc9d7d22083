"""An Office file as its parts: a zip of XML, opened only once it is known to be safe to open.

No library that reads Office files stops one that unfolds to more than the machine holds, so that is
looked for before any of them is asked. XML that declares entities is no part of such a file.
"""

import posixpath
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from plans.document import NotAPlan

MOST_FILE = 50 * 2**20
MOST_BYTES = 100 * 2**20  # unpacked
MOST_MEMBERS = 5_000

Element = Any  # of lxml, which says nothing of its types

# All that zipfile says of a file that is broken, encrypted or packed in some other way.
NO_ZIP = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
# In eight bits and in sixteen, either way round. Without it there are no entities.
_DECLARES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
# A picture may be SVG, with a declaration of its own. Nobody reads those.
_PICTURES = ("xl/media/", "word/media/")


@dataclass(frozen=True)
class Relation:
    """From one part to another, or to an address outside the file."""

    id: str
    kind: str  # the last word of its type: "comments", "drawing"
    target: str
    is_outside: bool


class Package:
    """Raises what zipfile raises when the file is broken."""

    def __init__(self, content: bytes):
        if len(content) > MOST_FILE:
            raise NotAPlan(
                f"Filen är {len(content) / 2**20:.0f} MB och högst {MOST_FILE // 2**20} MB kan "
                "läsas: ta bort bilder och annat som inte hör till planen och spara den igen."
            )
        self.content = content
        self.archive = ZipFile(BytesIO(content))
        members = self.archive.infolist()
        if sum(member.file_size for member in members) > MOST_BYTES or len(members) > MOST_MEMBERS:
            raise NotAPlan(
                f"Filen blir större än {MOST_BYTES // 2**20} MB när den packas upp och läses inte: "
                "kopiera planen till en ny fil och läs in den i stället."
            )
        self.names = {member.filename: None for member in members}  # in their order

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """All of them, one at a time; each is looked through for what must not be there."""
        for name in self.names:
            content = self.archive.read(name)
            if not name.startswith(_PICTURES) and _declares(content):
                raise NotAPlan(
                    f"Filen har en XML-deklaration (DOCTYPE) i {name}, som inga filer från Office "
                    "har, och läses inte: öppna den i Office och spara den som en ny fil."
                )
            yield name, content

    def tree(self, name: str) -> Element | None:
        return parsed(self.archive.read(name)) if name in self.names else None

    def related(self, name: str) -> dict[str, Relation]:
        """What a part points to, by the ids that it uses. The package itself is the part ""."""
        folder, base = posixpath.split(name)
        tree = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for one in tree if tree is not None else ():
            target, is_outside = one.get("Target", ""), one.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = one.get("Type", "").rpartition("/")[2]
            found[one.get("Id", "")] = Relation(one.get("Id", ""), kind, target, is_outside)
        return found


def _declares(xml: bytes) -> bool:
    wide = b"\0" in xml[:4]
    return any(sign in xml for sign in (_DECLARES if wide else _DECLARES[:1]))


def parsed(xml: bytes) -> Element | None:
    """The XML without anything from elsewhere; None where there is no sense in it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        return etree.fromstring(xml, parser) if xml.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        return None


def linked(element: Element, name: str = "id") -> str:
    """The id of what an element points to, in the ordinary or the strict namespace of relations."""
    return next(
        (
            value
            for key, value in element.attrib.items()
            if key.startswith("{") and key.endswith(f"relationships}}{name}")
        ),
        "",
    )
