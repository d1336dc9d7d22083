"""The commands that write a report to a file and read one in."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from msgspec.structs import replace

from lagesbild.document import Envelope, read_json, write_json
from lagesbild.models import Image, Report
from lagesbild.services.loading import to_document
from tests.lagesbild import samples
from tests.lagesbild.demonstration import PICTURE, envelope
from tests.lagesbild.storing import a_place_for, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_fonts")]


def asked(whole: Envelope, **more) -> dict:
    document = whole.document
    return {
        "district": document.district.slug,
        "year": document.year,
        "kind": document.kind.value,
    } | more


def read_in(path, whole: Envelope, **more) -> str:
    said = StringIO()
    call_command("import_report", path, stdout=said, **asked(whole, **more))
    return said.getvalue()


@pytest.mark.parametrize("format_", ["pdf", "docx", "json"])
def test_a_report_is_written_to_a_file(format_: str, tmp_path) -> None:
    whole = envelope(PICTURE)
    stored(whole)
    out = tmp_path / f"ut.{format_}"
    call_command("export_report", out=out, format=format_, stdout=StringIO(), **asked(whole))
    start = {"pdf": b"%PDF", "docx": b"PK", "json": b"{"}[format_]
    assert out.read_bytes().startswith(start)
    if format_ == "json":
        assert read_json(out.read_bytes()).document == whole.document


def test_the_public_edition_says_that_it_is_one(tmp_path) -> None:
    whole = envelope(PICTURE)
    stored(whole)
    out = tmp_path / "ut.json"
    call_command(
        "export_report",
        out=out,
        format="json",
        edition="public",
        stdout=StringIO(),
        **asked(whole),
    )
    assert read_json(out.read_bytes()).edition == "public"


def test_what_is_exported_can_be_imported_with_its_images_made_anew(tmp_path) -> None:
    whole = envelope(PICTURE)
    a_place_for(whole)
    path = tmp_path / "in.json"
    path.write_bytes(write_json(whole))
    told = json.loads(read_in(path, whole, json=True))
    assert (told["areas"], told["sources"], told["dry_run"]) == (5, 12, False)
    document = to_document(Report.objects.with_heading().get())
    assert [s.heading for s in document.sections] == [s.heading for s in whole.document.sections]
    images = {one.sha256: bytes(one.content) for one in Image.objects.all()}
    assert read_json(write_json(Envelope(document, images=images))).document == document


def test_a_dry_run_tells_and_stores_nothing(tmp_path) -> None:
    whole = envelope(PICTURE)
    a_place_for(whole)
    path = tmp_path / "in.json"
    path.write_bytes(write_json(whole))
    assert "Inget är sparat" in read_in(path, whole, dry_run=True)
    assert not Report.objects.exists()
    assert not Image.objects.exists()


def test_one_that_exists_is_refused(tmp_path) -> None:
    whole = envelope(PICTURE)
    stored(whole)
    path = tmp_path / "in.json"
    path.write_bytes(write_json(whole))
    with pytest.raises(CommandError, match="finns redan"):
        read_in(path, whole)
    assert Report.objects.count() == 1


def test_a_file_that_is_no_report_is_refused_with_a_sentence(tmp_path) -> None:
    whole = envelope(PICTURE)
    a_place_for(whole)
    path = tmp_path / "in.json"
    path.write_text("{}")
    with pytest.raises(CommandError, match="samverkanslagesbild"):
        read_in(path, whole)


def test_an_image_that_is_none_stops_all_of_it(tmp_path) -> None:
    whole = Envelope(samples.full(), images=samples.IMAGES)
    a_place_for(whole)
    broken = dict.fromkeys(samples.IMAGES, b"MZ\x90\x00 ett program")
    path = tmp_path / "in.json"
    content = write_json(replace(whole, images=broken))
    path.write_bytes(content)
    with pytest.raises(CommandError):
        read_in(path, whole)
    assert not Report.objects.exists()


def test_the_year_that_is_asked_for_wins_over_the_file_and_is_said(tmp_path) -> None:
    whole = envelope(PICTURE)
    a_place_for(whole)
    path = tmp_path / "in.json"
    path.write_bytes(write_json(whole))
    assert "Filen gäller 2023" in read_in(path, whole, year=2025)
    assert Report.objects.get().year == 2025
