"""Everything that `make run` needs before it can serve, in one process so that it starts fast."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Förbereder en demonstration på den här maskinen: typsnitt, databas, exempel, statiska filer."
    requires_system_checks = []  # they ask for directories that this command is about to make

    def handle(self, *args, **options):
        call_command("build_fonts")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.collect_static_files()
        call_command("demo", stdout=self.stdout)

    def collect_static_files(self) -> None:
        """Collect and compress anew when a file was added, changed or removed; it takes seconds."""
        stamp = settings.STATIC_ROOT / ".collected"
        found = fingerprint_of_static_files()
        if stamp.exists() and stamp.read_text() == found:
            return
        call_command("collectstatic", clear=True, interactive=False, verbosity=0)
        stamp.write_text(found)


def fingerprint_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            changed = storage.get_modified_time(path).timestamp()
            digest.update(f"{storage.location}\0{path}\0{changed}\0{storage.size(path)}\n".encode())
    return digest.hexdigest()
