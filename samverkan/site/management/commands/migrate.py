"""Django's own, but that a migration that fails does not leave the database without its rules."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DatabaseError

from samverkan import triggers


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            super().handle(*args, **options)
        except BaseException:  # also when somebody presses Ctrl-C
            self._restore(options["database"])
            raise

    def _restore(self, using: str) -> None:
        try:
            missing = triggers.restore(using)
        except DatabaseError:  # not to be reached at all: what went wrong first is what to say
            return
        if missing:
            self.stderr.write(f"Utlösare som saknas tills migrate går igenom: {', '.join(missing)}")
