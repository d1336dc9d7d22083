"""What the database refused, in the words of the constraint that refused it."""

from django.db import IntegrityError, models

_REFUSED = "Det gick inte att spara: uppgifterna går inte ihop med det som redan står där."


def sentence(model: type[models.Model], error: IntegrityError) -> str:
    said = str(error)
    for constraint in model._meta.constraints:
        # PostgreSQL names the constraint; SQLite names the columns where they must be unique.
        columns = ", ".join(
            f"{model._meta.db_table}.{getattr(model._meta.get_field(name), 'column', name)}"
            for name in getattr(constraint, "fields", ())
        )
        if constraint.name in said or (columns and said.endswith(columns)):
            return str(constraint.get_violation_error_message())
    return _REFUSED
