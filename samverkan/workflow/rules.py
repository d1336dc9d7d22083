"""What the database itself holds about what is decided, whoever writes and whichever way."""

from collections.abc import Iterable, Mapping

from samverkan.triggers import Refuse, Trigger

_SETTLED = "('beslutad', 'avslutad')"
_DECIDED = "Beslut och godkännanden kan inte ändras i efterhand"
_SENT = "Det som har skickats och tagits emot kan inte ändras i efterhand"


def never_altered(table: str, message: str) -> list[Trigger]:
    return [
        Refuse(
            name=f"{table}_is_never_altered_{event.lower()}",
            table=table,
            when=f"BEFORE {event}",
            condition="TRUE",
            message=message,
        )
        for event in ("UPDATE", "DELETE", "TRUNCATE")
    ]


def what_was_decided_stands(wing: str) -> list[Trigger]:
    """In the tables of a wing that its approvals, decisions and dispatches are kept in."""
    return [
        trigger
        for message, tables in (
            (_DECIDED, ("approval", "decision", "registrynumber", "confirmation")),
            (_SENT, ("dispatch", "sentdraft")),
        )
        for table in tables
        for trigger in never_altered(f"{wing}_{table}", message)
    ]


def rows_are_frozen(table: str, whole_of: Mapping[str, str], message: str) -> list[Trigger]:
    """Nothing is added to what is decided, altered in it or taken from it, whichever way it is
    tried. A row that is moved concerns two: the one it leaves and the one it comes to.

    `whole_of` leads from a row of each table to its whole in `table`; {row} is NEW or OLD.
    """

    def settled(whole: str) -> str:
        return f"EXISTS (SELECT 1 FROM {table} WHERE id = {whole} AND state IN {_SETTLED})"  # noqa: S608

    return [
        Refuse(
            name=f"{part}_is_frozen_{event.lower()}",
            table=part,
            when=f"BEFORE {event}",
            condition=" OR ".join(settled(whole.format(row=row)) for row in rows),
            message=message,
        )
        for part, whole in whole_of.items()
        for event, rows in (
            ("INSERT", ["NEW"]),
            ("UPDATE", ["OLD", "NEW"]),
            ("DELETE", ["OLD"]),
        )
    ]


def stays_decided(table: str, said: Iterable[str], message: str) -> list[Trigger]:
    """What its own row says in the document stands too, and no state leads back. `said` are its
    columns."""
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in said)
    return [
        Refuse(
            name=f"{table}_is_frozen_update",
            table=table,
            when="BEFORE UPDATE",
            condition=(
                f"OLD.state IN {_SETTLED} AND ({changed} OR NEW.state NOT IN {_SETTLED} "
                "OR (OLD.state = 'avslutad' AND NEW.state <> OLD.state))"
            ),
            message=message,
        ),
        Refuse(
            name=f"{table}_is_frozen_delete",
            table=table,
            when="BEFORE DELETE",
            condition=f"OLD.state IN {_SETTLED}",
            message=message,
        ),
    ]
