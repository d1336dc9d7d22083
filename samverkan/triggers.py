"""Rules that span tables, or forbid change, held by the database itself on both databases.

A CHECK sees one row of one table. These see more: that an action stands in the same area as its
cause, that the journal is never altered. They are written once, as a condition in the SQL that
both databases share, and created anew after every migrate: SQLite rebuilds a table when a column
changes, and would lose them silently.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DatabaseError, connections, transaction
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True)
class Trigger:
    name: str
    table: str
    when: str  # e.g. "BEFORE UPDATE", "AFTER UPDATE OF area_id"

    def body(self, vendor: str) -> str:
        raise NotImplementedError

    def create(self, vendor: str) -> Iterator[str]:
        whole_table = "TRUNCATE" in self.when
        if vendor == "sqlite" and whole_table:
            return  # there is no such statement
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {self.name} {self.when} ON {self.table} "
                f"FOR EACH ROW BEGIN {self.body(vendor)} END"
            )
        else:
            result = "OLD" if "DELETE" in self.when else "NEW"
            yield (
                f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN {self.body(vendor)} RETURN {result}; END $$"
            )
            yield (
                f"CREATE TRIGGER {self.name} {self.when} ON {self.table} "
                f"FOR EACH {'STATEMENT' if whole_table else 'ROW'} EXECUTE FUNCTION {self.name}()"
            )

    def drop(self, vendor: str) -> Iterator[str]:
        if vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {self.name}"
        else:
            yield f"DROP FUNCTION IF EXISTS {self.name}() CASCADE"


@dataclass(frozen=True)
class Refuse(Trigger):
    """Stop the statement with an IntegrityError where the condition holds."""

    condition: str
    message: str

    def body(self, vendor: str) -> str:
        if vendor == "sqlite":
            return f"SELECT RAISE(ABORT, '{self.message}') WHERE {self.condition};"
        return (
            f"IF {self.condition} THEN RAISE EXCEPTION '{self.message}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        )


@dataclass(frozen=True)
class Follow(Trigger):
    """Run a statement when the row has changed."""

    statement: str

    def body(self, vendor: str) -> str:
        return f"{self.statement};"


_triggers: list[Trigger] = []


def register(*triggers: Trigger) -> None:
    """For an app's ready()."""
    _triggers.extend(triggers)


def append_only() -> set[str]:
    """The tables in which nothing is ever altered or removed."""
    return {trigger.table for trigger in _triggers if "TRUNCATE" in trigger.when}


def create(using: str = "default") -> None:
    """All of them anew, or none: at no moment is there a database without."""
    with transaction.atomic(using=using):
        for trigger in _placed(using):
            _create(trigger, using)


def restore(using: str = "default") -> list[str]:
    """As many as the tables can hold after a migration that failed; the names of the rest."""
    missing = []
    for trigger in _placed(using):
        try:
            with transaction.atomic(using=using):
                _create(trigger, using)
        except DatabaseError:
            missing.append(trigger.name)
    return missing


def _placed(using: str) -> list[Trigger]:
    """Those whose table is there."""
    with connections[using].cursor() as cursor:
        tables = set(connections[using].introspection.table_names(cursor))
    return [trigger for trigger in _triggers if trigger.table in tables]


def _create(trigger: Trigger, using: str) -> None:
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        for statement in (*trigger.drop(vendor), *trigger.create(vendor)):
            cursor.execute(statement)


def drop(using: str = "default") -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        for trigger in _triggers:
            for statement in trigger.drop(connection.vendor):
                cursor.execute(statement)


def follow_migrate(sender) -> None:
    """Drop before and create after each migrate; `sender` is the app that speaks for all.

    Where there is nothing to migrate nothing is dropped. Where it fails midway, the command
    `migrate` restores them (samverkan/site/management/commands/migrate.py).
    """
    pre_migrate.connect(
        lambda using, plan=(), **_: drop(using) if plan else None,
        sender=sender,
        weak=False,
        dispatch_uid="drop-triggers",
    )
    post_migrate.connect(
        lambda using, **_: create(using), sender=sender, weak=False, dispatch_uid="create-triggers"
    )
