"""A report as plain data: what it holds, and what contradicts itself."""

import hashlib
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from uuid import UUID, uuid4

import jsonschema
import msgspec
import pytest
from django.core.management import call_command

from lagesbild.document import (
    BlockDoc,
    Envelope,
    ImageDoc,
    NotAReport,
    ReportDocument,
    SectionDoc,
    SeriesDoc,
    TableDoc,
    json_schema,
    read_json,
    write_json,
)
from lagesbild.vocabulary import BlockForm, ReportKind, SectionForm
from plans.document import CatalogueDoc, DistrictDoc
from plans.vocabulary import HandledAs
from tests.lagesbild.demonstration import NAMES, envelope

FORMAT_DIR = Path(__file__).parents[2] / "docs/format"
PLACE = DistrictDoc("jarva", "Järva", "Stockholms stad")
CONTENT = b"an image"
IMAGE = ImageDoc(hashlib.sha256(CONTENT).hexdigest(), "image/png", 40, 30)


def report(*sections: SectionDoc) -> ReportDocument:
    return ReportDocument(
        ReportKind.PICTURE, PLACE, 2023, CatalogueDoc(2024, "Stadens områden"), sections=sections
    )


def section(*blocks: BlockDoc, uuid: UUID | None = None) -> SectionDoc:
    return SectionDoc(uuid or uuid4(), "Tryggheten", blocks=blocks)


def area(slug: str, **more: object) -> SectionDoc:
    return SectionDoc(uuid4(), slug, SectionForm.AREA, slug=slug, name=slug, **more)  # type: ignore[arg-type]


def figure(*values: Decimal | None) -> BlockDoc:
    table = TableDoc(("2021", "2022"), (SeriesDoc("Stöld", values),), "År")
    return BlockDoc(uuid4(), BlockForm.LINE, caption="Stölder", table=table)


def test_a_report_is_written_and_read_back_whole() -> None:
    document = report(
        section(
            BlockDoc(uuid4(), text="<p>Det minskar.</p>"),
            figure(Decimal("274"), None),
            BlockDoc(uuid4(), BlockForm.IMAGE, image=IMAGE, description="Karta"),
        ),
        area("unga", special_measures=True, line_work=True),
    )
    envelope = Envelope(document, images={IMAGE.sha256: CONTENT})
    assert read_json(write_json(envelope)) == envelope


def test_an_image_that_is_not_the_one_it_was_is_refused() -> None:
    document = report(section(BlockDoc(uuid4(), BlockForm.IMAGE, image=IMAGE)))
    for images in ({}, {IMAGE.sha256: b"another"}):
        with pytest.raises(NotAReport, match="bild"):
            read_json(write_json(Envelope(document, images=images)))


def deep(levels: int) -> SectionDoc:
    inner = (deep(levels - 1),) if levels > 1 else ()
    return SectionDoc(uuid4(), f"Nivå {levels}", sections=inner)


ONE = uuid4()
POINTING = area("unga", handled_as=HandledAs.AREA, handled_in=uuid4())


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: report(deep(4)), "3 nivåer"),
        (lambda: report(section(uuid=ONE), section(uuid=ONE)), "samma uuid"),
        (lambda: report(area("unga"), area("unga")), "samma område"),
        (lambda: report(POINTING), "hanteras"),
        (lambda: report(section(figure(Decimal(1)))), "ett värde"),
        (lambda: report(section(figure(Decimal("1e12"), None))), "ryms"),
        (lambda: report(SectionDoc(uuid4(), "x", SectionForm.AREA)), "katalogen"),
        (lambda: report(section(BlockDoc(uuid4(), parts=(figure(None, None),)))), "delar"),
    ],
)
def test_what_contradicts_itself_is_no_report(make: object, fault: str) -> None:
    with pytest.raises(NotAReport, match=fault):
        make()  # type: ignore[operator]


def test_the_schema_in_the_docs_is_the_format_of_the_code() -> None:
    """Where it is not: manage.py report_schema > docs/format/samverkanslagesbild-1.schema.json"""
    of_the_code = StringIO()
    call_command("report_schema", stdout=of_the_code)
    published = (FORMAT_DIR / "samverkanslagesbild-1.schema.json").read_text(encoding="utf-8")
    assert published == of_the_code.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_a_report_holds_the_published_schema_and_one_with_a_strange_word_does_not(
    name: str,
) -> None:
    file = json.loads(write_json(envelope(name)))
    jsonschema.validate(file, json_schema())
    file["document"]["kind"] = "protokoll"
    with pytest.raises(jsonschema.ValidationError, match="protokoll"):
        jsonschema.validate(file, json_schema())


def test_what_is_left_at_its_default_is_not_written() -> None:
    assert msgspec.json.decode(msgspec.json.encode(section()))["heading"] == "Tryggheten"
    assert b"handled" not in write_json(Envelope(report(section())))
