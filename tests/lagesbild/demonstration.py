"""The demonstration's reports as they stand in their files, and everything that is in them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from lagesbild.document import Envelope, ReportDocument, read_json
from samverkan.document import Part

FIXTURES = Path(__file__).parents[2] / "fixtures"
PICTURE, STATUS = NAMES = ("lagesbild-jarva-2023", "statusrapport-spanga-tensta-2022")


@cache
def envelope(name: str) -> Envelope:
    return read_json((FIXTURES / "reports" / f"{name}.json").read_bytes())


def document(name: str) -> ReportDocument:
    return envelope(name).document


def fields(part: Part) -> Iterator[tuple[msgspec.structs.FieldInfo, object]]:
    """Every field of every part, with each thing that stands in it."""
    for field in msgspec.structs.fields(type(part)):
        value = getattr(part, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Part):
                yield from fields(item)
            else:
                yield field, item
