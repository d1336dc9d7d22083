"""The last step: makes a PDF/A also say that it is PDF/UA-1, which it is.

WeasyPrint claims one standard at a time. PDF/A demands that a claim which it does not know itself
is explained in the metadata, and that a stranger can read the metadata without unpacking it.
"""

import re
import zlib
from enum import StrEnum
from typing import Any


class Flavour(StrEnum):
    """Which PDF/A: both are for ever, and for a screen reader."""

    WITH_FILES = "pdf/a-3a"
    WITHOUT_FILES = "pdf/a-2a"  # for an archive that takes no PDF with files in it


_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_END = b"</rdf:RDF>"
_SAME_SHAPE = re.compile(rb"> <(00a0|202f|00ad|2010|2011)>$")


def claim_accessibility(pdf: Any) -> None:
    """Adds the claim to the metadata of a PDF that WeasyPrint is about to write."""
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    (packet,) = metadata.stream
    if packet.count(_END) != 1:
        raise ValueError("WeasyPrint writes its metadata in another way than it did.")
    metadata.stream = [packet.replace(_END, _UA + _END)]
    metadata.compress = False


def name_shapes_plainly(stream: Any) -> None:
    """A shape is told to be the character that it first was. So that a search finds "två ord" and
    "a-b" also where the first space was one that does not break, they are told as on a keyboard.
    """
    if b"begincmap" in stream.stream:
        stream.stream = [_SAME_SHAPE.sub(_plainly, line) for line in stream.stream]


def _plainly(named: re.Match) -> bytes:
    return b"> <0020>" if named[1] in (b"00a0", b"202f") else b"> <002d>"


def pack(stream: Any) -> None:
    """Compresses a stream once; pydyf does it once more, and harder, to give the file its /ID."""
    if stream.compress:
        stream.compress = False
        stream.stream = [zlib.compress(content_of(stream))]
        stream.extra["Filter"] = "/FlateDecode"


def content_of(stream: Any) -> bytes:
    """Of one that is not packed yet."""
    return stream.data.partition(b"stream\n")[2].removesuffix(b"\nendstream")
