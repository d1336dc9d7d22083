from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plans.management.lookup import the_plan
from plans.services import files
from samverkan.documents.pdf import PdfUnavailable
from samverkan.edition import Edition
from samverkan.workflow.decisions import decided_pdf

FORMATS = [kind.extension for kind in files.KINDS.values() if kind.name.startswith("atgardsplan.")]
FROZEN = {"pdf": decided_pdf, "json": files.decided_json}


class Command(BaseCommand):
    help = "Skriver en åtgärdsplan till en fil: som den står nu, eller som den beslutades."

    def add_arguments(self, parser):
        parser.add_argument("--district", required=True, metavar="SLUG")
        parser.add_argument("--year", required=True, type=int, help="året som perioden börjar")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--edition", choices=Edition.values, default=Edition.INTERNAL)
        parser.add_argument("--decided", action="store_true", help="det som beslutet frös")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *, district, year, format, edition, decided, out, **options):
        if decided and (edition == Edition.PUBLIC or format not in FROZEN):
            raise CommandError(
                "Beslutet frös planen som PDF och JSON, i den interna utgåvan. "
                "Utelämna --decided för att få den i en annan form."
            )
        plan = the_plan(district, year)
        wanted = files.Wanted(plan, files.KINDS[f"atgardsplan.{format}"], Edition(edition))
        try:
            content = FROZEN[format](plan) if decided else wanted.make()
        except PdfUnavailable as fault:
            raise CommandError(str(fault)) from fault
        if content is None:
            raise CommandError(f"{plan} har inget beslut med en fil i formatet {format}.")
        try:
            out.write_bytes(content)
        except OSError as fault:
            raise CommandError(f"Filen {out} kan inte skrivas ({fault.strerror}).") from fault
        self.stdout.write(f"{plan}: {out}")
