"""How the figures of a report are written: a table as lines of text, an image by its name."""

from typing import Any

from django.core.exceptions import ValidationError

from lagesbild import tables
from lagesbild.document import ImageDoc, TableDoc
from lagesbild.kept import tied_as
from lagesbild.models import Image
from samverkan.document import as_part, as_plain


class WrittenTable:
    """As Excel has it on the clipboard. What may be meant in two ways is asked about before it
    comes here (views/tables.py); here it is what it says."""

    control = "table"

    def read(self, raw: Any) -> dict[str, Any] | None:
        if isinstance(raw, TableDoc):
            return as_plain(raw)
        if not str(raw or "").strip():
            return None
        try:
            return as_plain(tables.read(str(raw), tables.AS_IT_STANDS).table)
        except tables.NotATable as fault:
            raise ValidationError(str(fault)) from fault

    def typed(self, plain: Any) -> str:
        return tables.as_text(as_part(plain, TableDoc)) if plain else ""

    def kept(self, plain: Any, stood: Any) -> Any:
        """The series stay tied to their indicators."""
        if not plain or not stood:
            return plain
        return as_plain(tied_as(as_part(plain, TableDoc), as_part(stood, TableDoc)))

    def shown(self, plain: Any, names: Any) -> str:
        return self.typed(plain).replace("\t", " | ")


class NamedImage:
    """An image has been sent before it is named: what is written is its SHA-256."""

    control = "image"

    def read(self, raw: Any) -> dict[str, Any] | None:
        if not raw:
            return None
        image = Image.objects.defer("content").filter(sha256=raw).first()
        if image is None:
            raise ValidationError("Bilden finns inte. Skicka den igen.")
        doc = ImageDoc(image.sha256, image.media_type, image.width, image.height)  # type: ignore[arg-type]
        return as_plain(doc)

    def typed(self, plain: Any) -> str:
        return plain["sha256"] if plain else ""

    def kept(self, plain: Any, stood: Any) -> Any:
        return plain

    def shown(self, plain: Any, names: Any) -> str:
        return f"En bild, {plain['width']} × {plain['height']} bildpunkter" if plain else ""
