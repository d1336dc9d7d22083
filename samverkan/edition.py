"""The two editions of a document. The public one is a document of its own, made out of the whole.

What is internal is gone before anything is written of it, so that no file, however it is made, can
hold it. A field that is not declared as public is internal: a new one stays inside until it is.
What each wing shows, and what becomes of that which pointed to what is gone, stands in its edition.py.
"""

from collections.abc import Iterable, Mapping, Set
from typing import Any

from django.db.models import TextChoices

from samverkan.document import Part


class Edition(TextChoices):
    """Two editions of the same document. What is marked as internal is in one of them only."""

    INTERNAL = "internal", "Intern utgåva"
    PUBLIC = "public", "Publik utgåva"


class Public:
    """Makes what the public may see of a document's parts, by a table of which fields that is."""

    def __init__(
        self, table: Mapping[type[Part], Set[str]], never_alone: Set[str] = frozenset()
    ) -> None:
        self._table, self._never_alone = table, never_alone

    def of(self, part: Any, **decided: Any) -> Any:
        """The part with what is public of it and nothing else; `decided` has been looked at already."""
        marked = set(getattr(part, "internal_fields", ())) & set(self.markable(type(part)))
        shown = self._table[type(part)] - marked
        values = {name: decided.get(name, self._value(getattr(part, name))) for name in shown}
        return type(part)(**values)

    def kept(self, values: Iterable[Any]) -> tuple:
        return tuple(self.of(one) if isinstance(one, Part) else one for one in left_open(values))

    def markable(self, kind: type[Part]) -> list[str]:
        """The fields of a part that can be marked as internal one by one, in the format's order."""
        if "internal_fields" not in kind.__struct_fields__:
            return []
        shown = self._table[kind] - self._never_alone
        return [name for name in kind.__struct_fields__ if name in shown]

    def _value(self, value: Any) -> Any:
        if isinstance(value, Part):
            return self.of(value)
        return self.kept(value) if isinstance(value, tuple) else value


def left_open(values: Iterable[Any]) -> Iterable[Any]:
    """Those that nobody has marked as internal."""
    return (one for one in values if not getattr(one, "is_internal", False))
