"""Rows once more, for a revision: each keeps its UUID, for others point to it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model


def copied(model: type[Model], rows: Iterable[Any], **given: Any) -> dict[int, Any]:
    """The new rows by the keys of the old. What they hang on is given: one for all, or the new one
    for each old one."""
    copies = {}
    for row in rows:
        values = {
            field.attname: getattr(row, field.attname)
            for field in model._meta.concrete_fields
            if not field.primary_key and field.name not in given and field.name != "version"
        }
        for name, target in given.items():
            key = getattr(row, f"{name}_id")
            values[name] = (target[key] if key else None) if isinstance(target, dict) else target
        copies[row.pk] = model(**values)
    model._default_manager.bulk_create(copies.values())
    return copies
