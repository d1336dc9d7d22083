"""The parts of an Office file as XML, and how they point to each other."""

import posixpath
from dataclasses import dataclass
from typing import Any

from lxml import etree

from plans.document import NotAPlan
from plans.reading.package import Program, open_package

MOST_TAGS = 500_000  # in what is parsed of one part: more than a plan of a thousand actions has

Element = Any  # of lxml, which says nothing of its types


@dataclass(frozen=True)
class Relation:
    """From one part to another, or to an address outside the file."""

    id: str
    kind: str  # the last word of its type: "comments", "drawing"
    target: str
    is_outside: bool


class Package:
    def __init__(self, content: bytes, program: Program):
        self.content = content
        self.parts = open_package(content, program)

    def tree(self, name: str) -> Element | None:
        return parsed(self.parts[name]) if name in self.parts else None

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


def parsed(xml: bytes) -> Element | None:
    """The XML without anything from elsewhere; None where there is no sense in it."""
    if xml.count(b"<") > MOST_TAGS:
        raise NotAPlan(
            "Filen har mer i sig än en plan kan ha, och läses inte: kopiera planen till en ny fil och "
            "läs in den i stället."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
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
