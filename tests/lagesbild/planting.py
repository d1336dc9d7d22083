"""A word of its own in each text of a report, to look for afterwards."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import msgspec

from lagesbild.document import ReportDocument
from lagesbild.edition import PUBLIC
from samverkan.document import Part

# What says to machines which thing it is.
CODES = {"slug", "key", "kind", "sha256", "media_type"}
_WORD_OF_PROSE = re.compile(r">([^<>]*\w[^<>]*)<")


def planted(document: ReportDocument) -> tuple[ReportDocument, set[str], set[str]]:
    """The same report with words of its own; which are internal, and which are public."""
    number = count(100_000)
    hidden: set[str] = set()
    shown: set[str] = set()

    def plant(part: Any, is_hidden: bool) -> Any:
        is_hidden = is_hidden or getattr(part, "is_internal", False)
        values: dict[str, Any] = {}
        for field in part.__struct_fields__:
            value = getattr(part, field)
            inside = is_hidden or field not in PUBLIC[type(part)]

            def word(inside: bool = inside) -> str:
                made = f"ord{next(number)}"
                (hidden if inside else shown).add(made)
                return made

            if isinstance(value, Part):
                values[field] = plant(value, inside)
            elif isinstance(value, tuple) and value and isinstance(value[0], Part):
                values[field] = tuple(plant(one, inside) for one in value)
            elif isinstance(value, tuple) and value and type(value[0]) is str:
                values[field] = tuple(word() for _ in value)
            elif type(value) is str and value and field not in CODES:
                values[field] = (
                    _WORD_OF_PROSE.sub(lambda _: f">{word()}<", value) if "<" in value else word()
                )
        return msgspec.structs.replace(part, **values)

    return plant(document, False), hidden, shown


def parts_in(part: Part) -> Iterator[Part]:
    yield part
    for field in part.__struct_fields__:
        value = getattr(part, field)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Part):
                yield from parts_in(one)
