"""A field that names one among a few, by its UUID: a figure of the report, an indicator."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError


@dataclass(frozen=True)
class Chosen:
    """It may name one that is not there, in what has come in a file: whoever has it, knows it."""

    control: str
    refusal: str

    def read(self, raw: Any) -> str | None:
        try:
            return str(UUID(str(raw))) if raw else None
        except ValueError as error:
            raise ValidationError(self.refusal) from error

    def typed(self, plain: Any) -> str:
        return str(plain or "")

    def shown(self, plain: Any, names: Any) -> str:
        return names.chosen(self.control, plain)

    def kept(self, plain: Any, stood: Any) -> Any:
        return plain
