import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from msgspec.structs import replace

from lagesbild.document import ReportDocument, blocks_of, sections_of
from lagesbild.models import Upload
from lagesbild.reading.outcome import ReportReading
from lagesbild.services import importing
from lagesbild.services.creation import refuse_a_second
from lagesbild.services.uploads import UPLOADS
from lagesbild.vocabulary import BlockForm, ReportKind, SectionForm
from plans.management.lookup import the_district
from samverkan.organisation.models import District

# What a file holds, as it is counted and told.
COUNTED = {
    "sections": "avsnitt",
    "areas": "områden",
    "figures": "figurer",
    "images": "bilder",
    "sources": "källor",
    "deviations": "avvikelser",
    "results": "resultat",
    "priorities": "prioriteringar",
}


class Command(BaseCommand):
    help = (
        "Läser in en lägesbild eller statusrapport från en fil: Word eller vår egen JSON. "
        "Allt läses in eller inget."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--district", required=True, metavar="SLUG")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--kind", required=True, choices=ReportKind.values)
        parser.add_argument("--dry-run", action="store_true", help="läs och räkna, spara inget")
        parser.add_argument("--json", action="store_true", help="skriv resultatet som JSON")

    def handle(self, *, file, district, year, kind, dry_run, json, **options):
        place = the_district(district)
        if not 1990 <= year <= 2200:
            raise CommandError(f"{year} är inget år som en lägesbild kan gälla.")
        try:
            content = file.read_bytes()
        except OSError as fault:
            raise CommandError(f"Filen {file} kan inte läsas ({fault.strerror}).") from fault
        try:
            with transaction.atomic():
                reading = self._import(place, year, ReportKind(kind), file.name, content)
                transaction.set_rollback(dry_run)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self._print(_told(reading) | {"dry_run": dry_run}, as_json=json)

    @staticmethod
    def _import(
        district: District, year: int, kind: ReportKind, name: str, content: bytes
    ) -> ReportReading:
        refuse_a_second(district, kind, year)
        upload = UPLOADS.keep(
            actor=None, district=district, name=name, content=content, kind=kind, year=year
        )
        UPLOADS.read(upload)
        reading = UPLOADS.demanded(upload)
        importing.apply(actor=None, upload=upload, use=Upload.Use.NEW, seen="")
        if reading.decision:
            remark = "Det som står i filen är beslutat. Det läses in som ett utkast."
            reading = replace(reading, warnings=(*reading.warnings, remark))
        return reading

    def _print(self, told: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        done = "Inget är sparat (--dry-run)." if told["dry_run"] else "Inläst som utkast."
        self.stdout.write(f"{told['district']} {told['year']}, {told['kind']}. {done}")
        self.stdout.write(", ".join(f"{told[key]} {word}" for key, word in COUNTED.items()))
        for warning in told["warnings"]:
            self.stdout.write(f"Varning: {warning}")
        for doubt in told["doubts"]:
            self.stdout.write(f"Osäkert, {doubt['where']}: {doubt['says']}")
        if told["extras"]:
            self.stdout.write(f"Sparas som övrigt ({len(told['extras'])}):")
        for extra in told["extras"]:
            self.stdout.write(f"  {extra['where']}, {extra['label']}: {extra['text']}")


def _told(reading: ReportReading) -> dict[str, Any]:
    """What was read, under the names that scripts rely on."""
    document = reading.document
    return {
        "district": document.district.slug,
        "year": document.year,
        "kind": document.kind.value,
        **_counts(document),
        "extras": [
            {"where": extra.where, "label": extra.label, "text": extra.text}
            for extra in document.extras
        ],
        "warnings": list(reading.warnings),
        "doubts": [{"where": doubt.where, "says": doubt.says} for doubt in reading.doubts],
    }


def _counts(document: ReportDocument) -> dict[str, int]:
    sections = [section for section, _ in sections_of(document)]
    figures = [block for section in sections for block in section.blocks if block.is_figure]
    return {
        "sections": len(sections),
        "areas": sum(section.form == SectionForm.AREA for section in sections),
        "figures": len(figures),
        "images": sum(block.form == BlockForm.IMAGE for block in blocks_of(document)),
        "sources": len(document.sources),
        "deviations": sum(len(section.deviations) for section in sections),
        "results": sum(len(section.results) for section in sections),
        "priorities": sum(len(section.priorities) for section in sections),
    }
