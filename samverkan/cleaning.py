"""A document's words come in clean, whatever file it was read from: running text as running text."""

from decimal import Decimal
from typing import Any

import msgspec
from msgspec.structs import replace

from samverkan.document import Part, Prose, Rich
from samverkan.numbers import plain
from samverkan.text import clean, clean_prose, clean_rich

_CLEAN = {Rich: clean_rich, Prose: clean_prose}


def cleaned(part: Any) -> Any:
    """The same part with every text in it clean."""
    changes = {}
    for field in msgspec.structs.fields(part):
        value = getattr(part, field.name)
        if type(value) is str:
            changes[field.name] = _CLEAN.get(field.type, clean)(value)
        else:
            changes[field.name] = _cleaned_value(value)
    return replace(part, **changes)


def _cleaned_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Part):
        return cleaned(value)
    if isinstance(value, tuple):
        return tuple(_cleaned_value(item) for item in value)
    return value
