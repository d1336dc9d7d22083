"""An image comes into a report: made anew, without what was said beside its pixels."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from lagesbild.editable import KINDS
from lagesbild.models import Report
from lagesbild.services.storing import keep_image
from lagesbild.vocabulary import BlockForm
from samverkan.access.ask import demand
from samverkan.access.table import Right
from samverkan.collaboration import structure
from samverkan.images import clean_image

MOST = 15_000_000  # bytes


def add_image(
    *, actor: Any, report: Report, section: UUID, file: UploadedFile, description: str
) -> tuple[list[Any], str]:
    """A figure last in the section, with what whoever sent it should know."""
    demand(actor, Right.EDIT_SHARED, report)
    if not description.strip():
        raise ValidationError("Skriv vad bilden visar, för den som inte ser den.")
    if file.size and file.size > MOST:
        raise ValidationError(
            f"”{file.name}” är för stor. En bild får vara högst 15 MB. Spara den mindre, som PNG "
            "eller JPEG."
        )
    image = clean_image(file.read(), file.name or "bilden")
    with transaction.atomic():
        keep_image(image, report.district)
        changes = structure.add(
            actor=actor,
            work=report,
            kind=KINDS["block"],
            under=(KINDS["section"], section),
            typed={
                "form": BlockForm.IMAGE,
                "image": image.sha256,
                "description": description,
                "is_numbered": "on",
            },
        )
    return changes, image.remark
