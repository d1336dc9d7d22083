"""The parts of an Office file as XML, and how they point to each other."""

import posixpath
from dataclasses import dataclass
from typing import Any

from lxml import etree

from samverkan.office.package import NotOffice, Program, open_package

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
        return relations(name, self.tree(relations_part(name)))


def relations_part(name: str) -> str:
    """Where it stands what a part points to."""
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def relations(name: str, tree: Element | None) -> dict[str, Relation]:
    found = {}
    for one in tree if tree is not None else ():
        target, is_outside = one.get("Target") or "", one.get("TargetMode") == "External"
        if not is_outside:
            base = posixpath.join("/", posixpath.dirname(name), target)
            target = posixpath.normpath(base).lstrip("/")
        kind = (one.get("Type") or "").rpartition("/")[2]
        found[one.get("Id") or ""] = Relation(one.get("Id") or "", kind, target, is_outside)
    return found


def parsed(xml: bytes) -> Element | None:
    """The XML without anything from elsewhere; None where there is no sense in it."""
    if xml.count(b"<") > MOST_TAGS:
        raise NotOffice(
            "Filen har mer i sig än ett dokument som kan läsas in, och läses inte: kopiera det som "
            "behövs till en ny fil och läs in den i stället."
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
