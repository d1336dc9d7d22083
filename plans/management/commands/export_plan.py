from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plans.management.lookup import the_plan
from plans.services import files
from samverkan.documents.pdf import PdfUnavailable

MAKE = {"pdf": files.as_pdf, "json": files.as_json}
FROZEN = {"pdf": files.decided_pdf, "json": files.decided_json}


class Command(BaseCommand):
    help = "Skriver en åtgärdsplan till en fil: som den står nu, eller som den beslutades."

    def add_arguments(self, parser):
        parser.add_argument("--district", required=True, metavar="SLUG")
        parser.add_argument("--year", required=True, type=int, help="året som perioden börjar")
        parser.add_argument("--format", required=True, choices=MAKE)
        parser.add_argument("--edition", choices=["internal", "public"], default="internal")
        parser.add_argument("--decided", action="store_true", help="det som beslutet frös")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *, district, year, format, edition, decided, out, **options):
        if edition == "public":
            raise CommandError(
                "Det finns ingen publik utgåva än. Välj --edition internal, och lämna inte ut filen "
                "utan att ha prövat vad som får lämnas ut."
            )
        plan = the_plan(district, year)
        try:
            content = (FROZEN if decided else MAKE)[format](plan)
        except PdfUnavailable as fault:
            raise CommandError(str(fault)) from fault
        if content is None:
            raise CommandError(f"{plan} har inget beslut med en fil i formatet {format}.")
        try:
            out.write_bytes(content)
        except OSError as fault:
            raise CommandError(f"Filen {out} kan inte skrivas ({fault.strerror}).") from fault
        self.stdout.write(f"{plan}: {out}")
