"""A Word file as the XML of its parts, and how they hang together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from samverkan.office.ooxml import Element, Relation, relations, relations_part
from samverkan.office.package import WORD, NotOffice, open_package

MOST_TAGS = 1_000_000  # in one part: more than a plan of a thousand actions has

_NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
# What Word calls them where it saves as "Strict Open XML".
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_OPEN = rb"http://schemas.openxmlformats.org/\1/2006/"
# Signs that XML forbids, as they are or by their number. Programs that put files together from
# pieces of text write them; Word does not.
_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));",
    re.I,
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


@cache
def qn(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


@dataclass
class WordFile:
    parts: dict[str, bytes]
    had_control_characters: bool = False
    unread: list[str] = field(default_factory=list)  # parts that are missing or broken

    @classmethod
    def opened(cls, content: bytes) -> "WordFile":
        return cls(open_package(content, WORD))

    @property
    def has_macros(self) -> bool:
        return any(name.lower().endswith("vbaproject.bin") for name in self.parts)

    def main(self) -> tuple[str, Element]:
        """The name of the part with the document, and its body."""
        name = next(
            self.related("", "officeDocument"),
            "word/document.xml",
        )
        root = self.xml(name)
        body = root.find(qn("w:body")) if root is not None else None
        if body is None:
            raise NotOffice(
                f"Filen är trasig ({name} går inte att läsa): öppna den i Word, spara den på nytt "
                "och läs in den igen."
            )
        return name, body

    def xml(self, name: str) -> Element | None:
        """The root of the part; nothing where it cannot be read, which is noted."""
        content = self.parts.get(name)
        if content is None:
            self.unread.append(name)
            return None
        if content.count(b"<") > MOST_TAGS:
            raise NotOffice(
                f"Filen har mer i sig än ett dokument som kan läsas in (i {name}), och läses inte: dela "
                "upp den och läs in en del i taget."
            )
        if not content.startswith(_UTF_16):
            content, found = _CONTROL.subn(b" ", content)
            self.had_control_characters |= found > 0
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(_STRICT.sub(_OPEN, content), parser)
        except (etree.XMLSyntaxError, ValueError):
            self.unread.append(name)
            return None

    def relations(self, name: str) -> dict[str, Relation]:
        """What the part with that name points to; the file itself has none."""
        source = relations_part(name)
        return relations(name, self.xml(source) if source in self.parts else None)

    def related(self, name: str, kind: str) -> Iterator[str]:
        """The parts of that kind that a part points to."""
        for relation in self.relations(name).values():
            if relation.kind == kind and relation.target and not relation.is_outside:
                yield relation.target
