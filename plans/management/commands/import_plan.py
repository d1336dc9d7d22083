import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from plans.document import NotAPlan
from plans.management.lookup import the_district, the_plan
from plans.models import Upload
from plans.reading.outcome import Reading
from plans.services import importing
from plans.services.uploads import UPLOADS
from samverkan.organisation.models import District

Use = Upload.Use
INTO = {"draft": Use.MERGED, "revision": Use.REVISION}


class Command(BaseCommand):
    help = (
        "Läser in en plan från en fil: vår egen JSON, PDF, Excel eller Word, eller någon annans Excel "
        "eller Word. Allt läses in eller inget."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--district", required=True, metavar="SLUG")
        parser.add_argument("--year", required=True, type=int, help="året som perioden börjar")
        parser.add_argument(
            "--into",
            choices=INTO,
            help="draft: fyll i det utkast som finns; revision: en ny revision av den beslutade planen",
        )
        parser.add_argument("--dry-run", action="store_true", help="läs och räkna, spara inget")
        parser.add_argument("--json", action="store_true", help="skriv resultatet som JSON")

    def handle(self, *, file, district, year, into, dry_run, json, **options):
        place = the_district(district)
        try:
            content = file.read_bytes()
        except OSError as fault:
            raise CommandError(f"Filen {file} kan inte läsas ({fault.strerror}).") from fault
        start, end = self._period(place, year, into)
        try:
            with transaction.atomic():
                told = self._import(place, file.name, content, start, end, into)
                transaction.set_rollback(dry_run)
        except NotAPlan as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        told["dry_run"] = dry_run
        self._print(told, as_json=json)

    @staticmethod
    def _period(district: District, year: int, into: str | None) -> tuple[date, date]:
        """The calendar year; or that of the plan which the file goes into."""
        try:
            if into:
                plan = the_plan(district.slug, year)
                return plan.period.start, plan.period.end
            return date(year, 1, 1), date(year, 12, 31)
        except ValueError as fault:
            raise CommandError(f"{year} är inget år.") from fault

    def _import(
        self,
        district: District,
        name: str,
        content: bytes,
        start: date,
        end: date,
        into: str | None,
    ) -> dict[str, Any]:
        upload = UPLOADS.keep(
            actor=None, district=district, name=name, content=content, start=start, end=end
        )
        UPLOADS.read(upload)
        if upload.refusal:
            raise ValidationError(upload.refusal)
        reading = UPLOADS.reading_of(upload)
        assert reading
        if reading.faults:
            raise ValidationError([*reading.faults])
        target = importing.target_for(upload, reading)
        use = self._use(target, into)
        found = importing.outcome(target, use, reading.document)
        warnings = importing.warnings_of(reading, target, found)
        warnings += [
            f"{clash.row.title}, {clash.said.label}: planen säger något annat än filen, och planens "
            "text står kvar."
            for clash in found.merged.clashes
        ]
        importing.apply(actor=None, upload=upload, use=use, seen=target.seen)
        return _told(reading, warnings)

    @staticmethod
    def _use(target: importing.Target, into: str | None) -> Use:
        if into is None:
            if target.plan is not None:
                ways = " eller ".join(
                    f"--into {way}" for way, use in INTO.items() if use in target.uses
                )
                raise ValidationError(
                    f"{target.plan} finns redan ({target.plan.state_words}). "
                    + (f"Ange {ways} för att läsa in filen i den." if ways else target.refusal)
                )
            return Use.NEW
        use = INTO[into]
        if use not in target.uses:
            if target.plan is None:
                raise ValidationError(
                    "Det finns ingen plan för den perioden. Utelämna --into för att skapa den."
                )
            what = "inget utkast" if use == Use.MERGED else "ingen gällande beslutad plan"
            raise ValidationError(
                f"{target.plan} är {target.plan.state_words}, så det finns {what} att läsa in filen i."
            )
        return use

    def _print(self, told: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        done = "Inget är sparat (--dry-run)." if told["dry_run"] else "Inläst."
        self.stdout.write(f"{told['district']} {told['year']}, {told['layout']}. {done}")
        self.stdout.write(", ".join(f"{told[key]} {word}" for key, word in _COUNTED.items()))
        for warning in told["warnings"]:
            self.stdout.write(f"Varning: {warning}")
        if told["extras"]:
            self.stdout.write(f"Sparas som övrigt ({len(told['extras'])}):")
        for extra in told["extras"]:
            self.stdout.write(f"  {extra['where']}, {extra['label']}: {extra['text']}")


_COUNTED = {
    "areas": "områden",
    "problems": "problem",
    "causes": "orsaker",
    "actions": "åtgärder",
    "goals": "mål",
    "commitments": "åtaganden",
    "follow_ups": "uppföljningar",
}


def _told(reading: Reading, warnings: list[str]) -> dict[str, Any]:
    """What was read, under the names that scripts rely on."""
    document = reading.document
    contents = importing.contents_of(document)
    counts = contents.counts
    return {
        "district": document.district.slug,
        "year": document.period_start.year,
        "layout": document.layout.value,
        "areas": contents.areas,
        "problems": counts.problems,
        "causes": counts.causes,
        "actions": counts.actions,
        "goals": counts.goals,
        "commitments": counts.commitments,
        "follow_ups": contents.follow_ups,
        "extras": [
            {"where": extra.where, "label": extra.label, "text": extra.text}
            for extra in document.extras
        ],
        "warnings": warnings,
    }
