"""The rows that something is made of: what each kind is called, holds, and hangs on.

A row is known by its kind and its UUID. A field that the model and the document call by the same
name can be written by standing in both; nothing more is needed here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from samverkan import numbers
from samverkan.access.table import Right
from samverkan.document import Part, Prose, Rich, as_plain
from samverkan.forms import (
    CleanCharField,
    CleanTextField,
    DateField,
    NumberField,
    ProseField,
    RichTextField,
)

_RICH: dict[Any, type[RichTextField]] = {Rich: RichTextField, Prose: ProseField}

LONGEST = 100_000  # characters in one field: some forty pages


def _nothing_to_point_at(found: Any, uuids: list[str]) -> list[Any]:
    raise ValidationError("Här finns inget att välja.")


def _as_written(values: dict[str, Any]) -> dict[str, Any]:
    return values


class Way(Protocol):
    """How what is kept as a piece of a document of its own is written: a table as lines of text."""

    @property
    def control(self) -> str: ...

    def read(self, raw: Any) -> Any: ...

    def typed(self, plain: Any) -> str: ...

    def shown(self, plain: Any, names: Any) -> str:
        """For a reader, who knows the rows by what they are called."""
        ...

    def kept(self, plain: Any, stood: Any) -> Any:
        """What was written, with that of what stood there which nobody can write."""
        ...


@dataclass(frozen=True)
class Editable:
    name: str
    model: type[models.Model]
    doc: type[Part]
    container: str  # the foreign key of the list that it has its place in; none: there is one only
    to_work: str  # from the row to what it stands in: the plan, the report
    main: str  # the field that a new row begins with
    right: Right = Right.EDIT_SHARED  # that it takes to write in it
    owner: str = (
        ""  # the kind of what its list belongs to, where the foreign key is called otherwise
    )
    # The fields that can be marked as internal one by one, and what each is called.
    markable: Callable[[], list[tuple[str, str]]] = list
    # The rows that a reference names, out of those that this row can point to.
    pointed_at: Callable[[Any, list[str]], list[Any]] = _nothing_to_point_at
    ways: Mapping[str, Way] = field(
        default_factory=dict, compare=False
    )  # of fields that are written otherwise
    fixed: frozenset[str] = frozenset()  # what it was given as it came, and keeps
    # What is written in one field may decide what stands in another.
    settled: Callable[[dict[str, Any]], dict[str, Any]] = _as_written

    @property
    def by_party(self) -> bool:
        """Is a party's own to write."""
        return self.right == Right.EDIT_OWN

    @property
    def names_party(self) -> bool:
        return "party" in self.doc.__struct_fields__

    @property
    def hangs_on(self) -> str:
        """The kind of row that its list belongs to."""
        return self.owner or self.container

    @property
    def word(self) -> str:
        return str(self.model._meta.verbose_name)

    @cached_property
    def needed(self) -> list[str]:
        """The fields without which there is no such row."""
        parts = msgspec.structs.fields(self.doc)
        return [part.name for part in parts if part.required and part.name in self.fields]

    @cached_property
    def ties(self) -> list[str]:
        """What it came with and keeps, that nobody types: which row elsewhere it was made of."""
        return [
            column.name
            for column in self.model._meta.concrete_fields
            if isinstance(column, models.UUIDField)
            and not column.editable
            and column.name != "uuid"
            and column.name in self.doc.__struct_fields__
        ]

    @property
    def _given(self) -> frozenset[str]:
        """What says which row it is and where it stands."""
        return self.fixed | _PLACES

    @cached_property
    def fields(self) -> Mapping[str, "Field"]:
        """What can be written in the row, in the order of the model; last what is said about it."""
        documented = {part.name: part.type for part in msgspec.structs.fields(self.doc)}
        return {
            column.name: Field(
                column.name,
                column,
                documented[column.name],
                self.markable,
                self.ways.get(column.name),
            )
            for column in sorted(
                [*self.model._meta.concrete_fields, *self.model._meta.many_to_many],
                key=lambda column: column.name in _MARKS,
            )
            if column.editable and column.name in documented and column.name not in self._given
        }


_MARKS = {"is_internal", "internal_reason", "internal_fields"}
# What says where a row stands, not what it says: it is moved there, or stood there from the start.
_PLACES = frozenset(
    ("problem", "cause", "party", "revision", "catalogue", "agreement", "action", "goal")
)


@dataclass(frozen=True)
class Field:
    name: str
    column: Any  # the model's field
    documented: Any  # what the document says that it is
    markable: Callable[[], list[tuple[str, str]]] = list
    way: Way | None = None

    @property
    def is_rich(self) -> bool:
        return self.documented in _RICH

    @property
    def label(self) -> str:
        return str(self.column.verbose_name).capitalize()

    @property
    def points(self) -> bool:
        """Names one area of the plan, or several."""
        return bool(self.column.is_relation)

    @property
    def is_several(self) -> bool:
        """Some of a few words: of what has been chosen, or of the fields of its own row."""
        return isinstance(self.column, models.JSONField) and self.way is None

    @property
    def is_many(self) -> bool:
        return bool(self.column.many_to_many) or self.is_several

    @property
    def _may_be_unsaid(self) -> bool:
        """Yes, no, or nothing said: a box that is not ticked would say no."""
        return isinstance(self.column, models.BooleanField) and self.column.null

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """The words that it can be, and how each is shown; none where it can be any."""
        if self._may_be_unsaid:
            return [("ja", "Ja"), ("nej", "Nej")]
        if self.is_several:
            return [(str(v), str(w)) for v, w in self.column.choices or self.markable()]
        return [(value, str(shown)) for value, shown in self.column.choices or ()]

    @property
    def control(self) -> str:
        """How it is written: as running text, on a line, by choosing …"""
        column = self.column
        if self.way:
            return self.way.control
        if self.points:
            return "areas" if self.is_many else "area"
        if self.is_rich:
            return "prose" if self.documented == Prose else "rich"
        if self.is_several:
            return "fields"
        if self.choices:
            return "choice"
        for kind, control in _CONTROLS:
            if isinstance(column, kind):
                return control
        return "line"

    def read(self, raw: Any) -> Any:
        """What was typed as what the row holds; ValidationError with one sentence where it cannot
        be. A reference comes as the UUIDs that it names."""
        if self.way:
            return self.way.read(raw)
        if self.points:
            return self._read_references(raw)
        if self.is_several:
            return self._read_names(raw)
        value = self._form_field.clean(raw)
        return {"": None, "ja": True, "nej": False}[value] if self._may_be_unsaid else value

    def kept(self, value: Any, stood: Any) -> Any:
        return self.way.kept(value, stood) if self.way else value

    def restored(self, plain: Any) -> Any:
        """What stands in the history, as the row holds it: also that of it which nobody can write."""
        return plain if self.way else self.read(self.typed(plain))

    def plain(self, value: Any) -> Any:
        """As JSON, for the history."""
        if isinstance(value, dict):
            return value
        if isinstance(value, Part):
            return as_plain(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return str(numbers.plain(value))
        if isinstance(value, (list, tuple)):
            return [str(item) for item in value]
        return value if value is None or isinstance(value, (bool, int)) else str(value)

    def typed(self, plain: Any) -> str:
        """What stands in the history, as somebody would have typed it."""
        if self.way:
            return self.way.typed(plain)
        if self._may_be_unsaid and plain is not None:
            return "ja" if plain else "nej"
        if plain is None or plain is False:
            return ""
        if plain is True:
            return "on"
        if isinstance(self.column, models.DecimalField):
            return plain.replace(".", ",")
        return " ".join(plain) if isinstance(plain, list) else str(plain)

    @property
    def _form_field(self) -> forms.Field:
        column = self.column
        if self.is_rich:
            return _RICH[self.documented](required=False, max_length=LONGEST)
        if self.choices:
            return forms.ChoiceField(
                choices=[("", ""), *self.choices],
                required=not column.blank,
                error_messages={"required": "Välj något av alternativen."},
            )
        match column:
            case models.BooleanField():
                return forms.BooleanField(required=False)
            case models.DateField():
                return DateField(
                    required=not column.blank,
                    error_messages={"required": f"Skriv ett datum: {self.label.lower()}."},
                )
            case models.DecimalField():
                return NumberField(
                    required=False,
                    max_digits=column.max_digits,
                    decimal_places=column.decimal_places,
                )
            case models.IntegerField():
                return forms.IntegerField(
                    required=False,
                    min_value=0,
                    max_value=32767,
                    error_messages={"invalid": "Skriv ett helt tal, till exempel 12."},
                )
        running = isinstance(column, models.TextField)
        return (CleanTextField if running else CleanCharField)(
            required=not column.blank,
            max_length=LONGEST if running else column.max_length,
            error_messages={
                "required": f"{self.label} kan inte vara tomt. Ta bort raden i stället."
            },
        )

    def _read_names(self, raw: Any) -> list[str]:
        said = set(str(raw or "").split())
        known = [name for name, _ in self.choices]
        if said.difference(known):
            raise ValidationError("Välj bland dem som finns här.")
        return [name for name in known if name in said]

    def _read_references(self, raw: Any) -> list[str]:
        try:
            found = [str(UUID(word)) for word in str(raw or "").split()]
        except ValueError as error:
            raise ValidationError("Välj ett område i planen.") from error
        return found if self.is_many else found[:1]


_CONTROLS: list[tuple[type[models.Field], str]] = [
    (models.BooleanField, "tick"),
    (models.DateField, "date"),
    (models.DecimalField, "number"),
    (models.IntegerField, "number"),
    (models.TextField, "text"),
]
