"""Rows of several tables, asked for in one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Field, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from samverkan.document import Part


@dataclass(frozen=True)
class Listed:
    """The rows of one table, each as the part of a document that it becomes."""

    rows: QuerySet
    doc: type[Part]
    owner: str  # the column that says in whose list a row stands

    @property
    def columns(self) -> list[Field]:
        """Those that the table and the part call the same."""
        names = self.doc.__struct_fields__
        return [field for field in self.rows.model._meta.concrete_fields if field.name in names]


Row = tuple[int, int, dict[str, Any]]  # its owner, its own key, and what it says


def rows_of_all(lists: Mapping[str, Listed]) -> dict[str, list[Row]]:
    """By the names that the lists are given here, each in its order.

    A column that a table does not have is empty there, and of the type that it has in the others: PostgreSQL
    puts no date under what it has taken for a text.
    """
    columns: dict[str, Field] = {}
    for listed in lists.values():
        columns = {field.name: field for field in listed.columns} | columns
    asked = []
    for number, listed in enumerate(lists.values()):
        own = {field.name for field in listed.columns}
        said = [
            F(name) if name in own else Cast(Value(None), field.clone())
            for name, field in columns.items()
        ]
        which = Value(number, IntegerField())
        places = (F(listed.owner), F("position"), F("pk"))
        asked.append(listed.rows.order_by().values_list(which, *places, *said))
    first, *others = asked
    found: dict[str, list[Row]] = {name: [] for name in lists}
    names = list(lists)
    for number, owner, _, pk, *values in sorted(
        first.union(*others, all=True), key=lambda row: row[:4]
    ):
        own = {field.name for field in lists[names[number]].columns}
        row = {name: value for name, value in zip(columns, values, strict=True) if name in own}
        found[names[number]].append((owner, pk, row))
    return found
