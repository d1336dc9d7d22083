"""Prints the JSON Schema of the report format, for docs/format/."""

import json

from django.core.management import BaseCommand

from lagesbild.document import json_schema


class Command(BaseCommand):
    help = "Skriv ut JSON-schemat för samverkanslagesbild/1."

    def handle(self, **_):
        self.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2))
