"""A value of the plan as it is written for a reader, and the value that such words say."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from django.db.models import Choices

from samverkan import numbers
from samverkan.text import clean, clean_line


class NotSuch(ValueError):
    """The words do not say a value of that kind; says which kind, as an end of a sentence."""


def words_of(value: Any) -> str:
    if isinstance(value, Choices):
        return str(value.label)
    if isinstance(value, Decimal):
        return numbers.swedish(value)
    return "" if value is None else str(value)


def value_of(words: str, kind: Any) -> Any:
    """The value that JSON would have. `kind` is the type of the field."""
    bare = _bare(kind)
    if bare is str:
        if get_origin(kind) is not Annotated:
            return clean(words)
        line = clean_line(words)
        for meta in get_args(kind)[1:]:
            if meta.max_length and len(line) > meta.max_length:
                raise NotSuch(f"högst {meta.max_length} tecken")
        return line
    said = clean_line(words)
    if not said:
        return None
    if bare is Decimal:
        return str(_number(said, "ett tal"))
    if bare is int:
        number = _number(said, "ett helt tal")
        if number != int(number):
            raise NotSuch("ett helt tal")
        return int(number)
    if bare is date:
        try:
            return date.fromisoformat(said).isoformat()
        except ValueError as error:
            raise NotSuch("ett datum (skriv till exempel 2025-01-31)") from error
    if isinstance(bare, type) and issubclass(bare, Choices):
        for choice in bare:
            if str(choice.label).casefold() == said.casefold():
                return choice.value
        labels = ", ".join(str(label) for label in bare.labels)
        raise NotSuch(f"något av: {labels}")
    raise TypeError(f"{kind} is not written in words")


def _bare(kind: Any) -> Any:
    """The type itself, without what may be said of it beside."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return next(_bare(one) for one in get_args(kind) if one is not type(None))
    return kind


def _number(said: str, kind: str) -> Decimal:
    try:
        number = Decimal(re.sub(r"\s", "", said).replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation as error:
        raise NotSuch(kind) from error
    if not number.is_finite():
        raise NotSuch(kind)
    return number
