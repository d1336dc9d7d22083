"""Reads office files that districts have filled in, into the districts of the demonstration.

    python -m tests.formats.read_real FOLDER

Each must come in whole: the counts that the rules say, nothing unsure, every word found again. The
files are not the project's own, and lie where the folder says.
"""

import json
import sys
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import django
from django.core.management import call_command


class Office:
    """A file, the district whose plan it is, and what stands in it."""

    def __init__(self, name: str, district: str, layout: str, left_out: set[str], **counts: int):
        self.name, self.district, self.layout = name, district, layout
        self.left_out, self.counts = left_out, counts


# The demonstration has plans for the years that the files are of, so they are read into others.
YEARS = {"skarpnack": 2032, "norra-innerstaden": 2035}
UPLOADS = (
    Office(
        "atgardsplan-2022-skarpnack.docx",
        "skarpnack",
        "aktivitetstabell",
        {"sida"},  # before the number of the page
        areas=4,
        problems=0,
        causes=0,
        actions=6,
    ),
    Office(
        "atgardsplan-2025-norra-innerstaden.xlsx",
        "norra-innerstaden",
        "orsakstabell",
        set(),
        areas=5,
        problems=16,
        causes=18,
        actions=22,
    ),
)


def read(folder: Path, office: Office) -> list[str]:
    """What is wrong with how the file came in."""
    from plans.models import Upload
    from plans.services.loading import to_document
    from plans.services.uploads import UPLOADS
    from samverkan.reading.outcome import Sureness
    from tests.formats.accounts import lost_words

    said = StringIO()
    path, year = folder / office.name, YEARS[office.district]
    options = {"district": office.district, "year": year, "json": True, "stdout": said}
    call_command("import_plan", str(path), **options)
    told: Mapping[str, object] = json.loads(said.getvalue())
    expected = {"layout": office.layout, **office.counts}
    faults = [
        f"{what}: {told[what]} i stället för {value}"
        for what, value in expected.items()
        if told[what] != value
    ]
    upload = Upload.objects.get(name=office.name)
    reading = UPLOADS.reading_of(upload)
    assert reading
    assert reading.source
    assert upload.plan
    faults += [q.asks for q in reading.questions if q.sureness == Sureness.UNSURE]
    lost = lost_words(path.read_bytes(), reading.source, reading)
    faults += [f"{part}: {words}" for part, words in lost.items() if words - office.left_out]
    if to_document(upload.plan).areas != reading.document.areas:
        faults.append("planen som sparades är inte den som lästes")
    return faults


def main(folder: Path) -> int:
    found = {office.name: read(folder, office) for office in UPLOADS}
    for name, faults in found.items():
        print(f"{name}: {'; '.join(faults) or 'hel'}")
    return any(found.values())


if __name__ == "__main__":
    django.setup()
    sys.exit(main(Path(sys.argv[1])))
