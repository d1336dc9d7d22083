"""How the fields of a plan are written that are neither words, numbers nor dates."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError


class NamedIndicator:
    """One of the district's register, by its UUID. A plan that came in a file may name one that is
    not there; the tie stays, for whoever has it."""

    control = "area"  # chosen among a few, as an area is

    def read(self, raw: Any) -> str | None:
        if not raw:
            return None
        try:
            return str(UUID(str(raw)))
        except ValueError as error:
            raise ValidationError("Välj en av indikatorerna.") from error

    def typed(self, plain: Any) -> str:
        return plain or ""

    def kept(self, plain: Any, stood: Any) -> Any:
        return plain
