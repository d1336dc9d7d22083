from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lagesbild.management.lookup import the_report
from lagesbild.services.files import KINDS, Wanted, decided_json
from lagesbild.vocabulary import ReportKind
from samverkan.documents.pdf import PdfUnavailable
from samverkan.edition import Edition
from samverkan.workflow.decisions import decided_pdf

FROZEN = {"pdf": decided_pdf, "json": decided_json}
FORMATS = list(dict.fromkeys(kind.extension for kind in KINDS.values()))


class Command(BaseCommand):
    help = "Skriver en lägesbild eller statusrapport till en fil: som den står nu, eller som den beslutades."

    def add_arguments(self, parser):
        parser.add_argument("--district", required=True, metavar="SLUG")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--kind", required=True, choices=ReportKind.values)
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--edition", choices=Edition.values, default=Edition.INTERNAL)
        parser.add_argument("--decided", action="store_true", help="det som beslutet frös")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *, district, year, kind, format, edition, decided, out, **options):
        if decided and (edition == Edition.PUBLIC or format not in FROZEN):
            raise CommandError(
                "Beslutet frös lägesbilden som PDF och JSON, i den interna utgåvan. "
                "Utelämna --decided för att få den i en annan form."
            )
        report = the_report(district, year, ReportKind(kind))
        wanted = Wanted(report, KINDS[f"{kind}.{format}"], Edition(edition))
        try:
            content = FROZEN[format](report) if decided else wanted.make()
        except PdfUnavailable as fault:
            raise CommandError(str(fault)) from fault
        if content is None:
            raise CommandError(f"{report} har inget beslut med en fil i formatet {format}.")
        try:
            out.write_bytes(content)
        except OSError as fault:
            raise CommandError(f"Filen {out} kan inte skrivas ({fault.strerror}).") from fault
        self.stdout.write(f"{report}: {out}")
