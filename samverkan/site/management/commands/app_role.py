"""The database role of the web processes and the worker: it owns nothing and alters no history."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from samverkan import triggers

ROLE = "samverkan_app"


class Command(BaseCommand):
    help = (
        f"Skapar databasrollen {ROLE} med lösenordet i POSTGRES_APP_PASSWORD, eller ger den på nytt "
        "de rättigheter den ska ha. Körs efter migrate, som databasens ägare."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Bara PostgreSQL har roller.")
        if not settings.POSTGRES_APP_PASSWORD:
            raise CommandError("POSTGRES_APP_PASSWORD måste anges.")
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in self._statements(cursor):
                cursor.execute(statement)
        self.stdout.write(f"Rollen {ROLE} har sina rättigheter.")

    def _statements(self, cursor: Any) -> list[Any]:
        from psycopg import sql  # not there where SQLite is all there is

        role = sql.Identifier(ROLE)
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
        password = sql.Literal(settings.POSTGRES_APP_PASSWORD)
        made = sql.SQL("{} ROLE {} LOGIN NOSUPERUSER PASSWORD {}").format(verb, role, password)
        each = "REVOKE ALL ON ALL {} IN SCHEMA public FROM {}"
        return [
            made,
            *(sql.SQL(each).format(sql.SQL(kind), role) for kind in ("TABLES", "SEQUENCES")),
            sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role),
            *(
                sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(what), sql.Identifier(table), role)
                for table, what in self._rights(cursor)
            ),
        ]

    def _rights(self, cursor: Any) -> list[tuple[str, str]]:
        history = triggers.append_only()
        rights = []
        for table in connection.introspection.table_names(cursor):
            if table == "django_migrations":
                what = "SELECT"
            elif table in history:
                what = "SELECT, INSERT"
            else:
                what = "SELECT, INSERT, UPDATE, DELETE"
            rights.append((table, what))
        return rights
