"""Files that a PDF carries with it: "associated files" of PDF/A-3, so that the data goes along."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import pydyf


class Relationship(StrEnum):
    """What the file is to the document, in the words of PDF/A-3."""

    DATA = "Data"
    SOURCE = "Source"
    ALTERNATIVE = "Alternative"
    SUPPLEMENT = "Supplement"


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    mime_type: str
    description: str
    modified: datetime
    relationship: Relationship = Relationship.DATA


def attach(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Adds the files to a PDF that WeasyPrint is about to write."""
    if not attachments:
        return
    files = {one.name: _file(pdf, one) for one in sorted(attachments, key=lambda one: one.name)}
    if len(files) < len(attachments):
        raise ValueError("Två bilagor i en PDF kan inte ha samma namn.")
    named = pydyf.Array()
    for name, file in files.items():
        named.extend((pydyf.String(name), file.reference))
    names = pdf.catalog.setdefault("Names", pydyf.Dictionary())
    names["EmbeddedFiles"] = pydyf.Dictionary({"Names": named})
    pdf.catalog["AF"] = pydyf.Array(file.reference for file in files.values())


def _file(pdf: Any, attachment: Attachment) -> Any:
    content = attachment.content
    stream = pydyf.Stream(
        [content],
        {
            "Type": "/EmbeddedFile",
            "Subtype": f"/{attachment.mime_type.replace('/', '#2f')}",
            "Params": pydyf.Dictionary(
                {
                    "Size": len(content),
                    "ModDate": pydyf.String(_moment(attachment.modified)),
                    "CheckSum": f"<{hashlib.md5(content, usedforsecurity=False).hexdigest()}>",
                }
            ),
        },
        compress=True,
    )
    pdf.add_object(stream)
    file = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(attachment.name),
            "UF": pydyf.String(attachment.name),
            "Desc": pydyf.String(attachment.description),
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "AFRelationship": f"/{attachment.relationship}",
        }
    )
    pdf.add_object(file)
    return file


def _moment(at: datetime) -> str:
    """2025-01-20 14:30 in the zone of its own, as a PDF writes it."""
    zone = at.strftime("%z") or "+0000"
    return f"D:{at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}"
