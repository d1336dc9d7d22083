"""A report is written as a plan is: field by field, row by row, and every step can be gone back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from lagesbild.document import Envelope, ReportDocument, sections_of
from lagesbild.editable import KINDS
from lagesbild.models import Block, Image, Report, Section
from lagesbild.places import COURSE
from lagesbild.services.loading import to_document
from lagesbild.vocabulary import BlockForm
from samverkan.collaboration import structure
from samverkan.collaboration.editing import write
from samverkan.collaboration.undoing import redo, undo
from samverkan.organisation.models import User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member
from tests.lagesbild import samples
from tests.lagesbild.demonstration import PICTURE, STATUS, envelope
from tests.lagesbild.storing import stored

pytestmark = pytest.mark.django_db

SECTION, BLOCK = KINDS["section"], KINDS["block"]


@pytest.fixture
def report() -> Report:
    return stored(envelope(PICTURE))


@pytest.fixture
def samordnare(report: Report) -> User:
    return a_member(Role.COORDINATOR, report.district)


def fresh(report: Report) -> Report:
    return Report.objects.with_heading().get(pk=report.pk)


def now(report: Report) -> ReportDocument:
    return to_document(fresh(report))


def is_told(report: Report, before: ReportDocument) -> bool:
    """Whether the history goes from the one to the other and back."""
    changes = list(fresh(report).changes.order_by("number"))
    after = now(report)
    return COURSE.replayed(before, changes) == after and COURSE.rewound(after, changes) == before


def headings(report: Report) -> list[str]:
    return [section.heading for section, _ in sections_of(now(report))]


def test_what_two_write_in_different_fields_is_all_there(report: Report, samordnare: User) -> None:
    before, seen = now(report), report.version
    block = Block.objects.filter(section__report=report).exclude(table=None).first()
    assert block
    for typed in ({"caption": "En ny figurtext"}, {"source": "Kommunens egen mätning"}):
        written = write(
            actor=samordnare, work=fresh(report), kind=BLOCK, row=block.uuid, typed=typed, seen=seen
        )
        assert not written.conflicts
    block.refresh_from_db()
    assert (block.caption, block.source) == ("En ny figurtext", "Kommunens egen mätning")
    assert is_told(report, before)


def test_the_same_words_written_by_two_are_shown_side_by_side(
    report: Report, samordnare: User
) -> None:
    other = a_member(Role.COORDINATOR, report.district)
    seen, section = report.version, report.all_sections.first()
    assert section

    def writes(who: User, heading: str) -> Any:
        return write(
            actor=who,
            work=fresh(report),
            kind=SECTION,
            row=section.uuid,
            typed={"heading": heading},
            seen=seen,
        )

    assert not writes(other, "Hennes").conflicts
    [conflict] = writes(samordnare, "Mitt").conflicts
    assert (conflict.theirs, conflict.mine) == ("Hennes", "Mitt")
    section.refresh_from_db()
    assert section.heading == "Hennes"


def test_a_section_goes_under_another_with_all_that_is_in_it_and_back(
    report: Report, samordnare: User
) -> None:
    before = now(report)
    outermost = [section.uuid for section in before.sections if not section.sections]
    moved, under = outermost[0], outermost[1]
    structure.move(
        actor=samordnare, work=fresh(report), kind=SECTION, row=moved, under=(SECTION, under)
    )
    assert Section.objects.get(uuid=moved).parent == Section.objects.get(uuid=under)
    assert is_told(report, before)
    undo(actor=samordnare, work=fresh(report))
    assert now(report) == before
    redo(actor=samordnare, work=fresh(report))
    assert Section.objects.get(uuid=moved).parent == Section.objects.get(uuid=under)


def test_no_section_is_put_in_itself_or_deeper_than_there_is_room_for(
    report: Report, samordnare: User
) -> None:
    with_child = next(section for section in now(report).sections if section.sections)

    def move(row: Any, under: Any) -> None:
        structure.move(
            actor=samordnare, work=fresh(report), kind=SECTION, row=row, under=(SECTION, under)
        )

    with pytest.raises(ValidationError, match="i sig självt"):
        move(with_child.uuid, with_child.sections[0].uuid)
    grown = fresh(report)
    for depth in range(4):
        under = Section.objects.order_by("-pk")[0] if depth else None
        add: dict[str, Any] = {
            "actor": samordnare,
            "work": grown,
            "kind": SECTION,
            "typed": {"heading": "Djupare"},
        }
        if depth == 3:
            with pytest.raises(ValidationError, match="3 nivåer"):
                structure.add(**add, under=(SECTION, under.uuid) if under else None)
        else:
            structure.add(**add, under=(SECTION, under.uuid) if under else None)


@pytest.mark.parametrize("name", [PICTURE, STATUS])
def test_whatever_is_taken_away_comes_back_as_it_was(name: str) -> None:
    report = stored(envelope(name))
    samordnare = a_member(Role.COORDINATOR, report.district)
    before = now(report)
    for section in before.sections:
        structure.remove(
            actor=samordnare, work=fresh(report), kind=SECTION, row=section.uuid, seen=9999
        )
    assert now(report).sections == ()
    assert is_told(report, before)
    for _ in before.sections:
        undo(actor=samordnare, work=fresh(report))
    assert now(report) == before


def test_a_section_is_taken_away_with_an_area_that_is_handled_in_another_of_it_and_comes_back() -> (
    None
):
    report = stored(Envelope(samples.full(), images=samples.IMAGES))
    samordnare = a_member(Role.COORDINATOR, report.district)
    before = now(report)
    areas = report.all_sections.exclude(handled_in=None)[0].parent
    assert areas
    structure.remove(
        actor=samordnare, work=fresh(report), kind=SECTION, row=areas.uuid, seen=report.version
    )
    assert is_told(report, before)
    undo(actor=samordnare, work=fresh(report))
    assert now(report) == before


def test_whoever_only_reads_writes_nothing(report: Report) -> None:
    reader = a_member(Role.READER, report.district)

    with pytest.raises(PermissionDenied, match="Lägesbilden|analysen"):
        structure.add(
            actor=reader, work=report, kind=SECTION, under=None, typed={"heading": "Smyg"}
        )
    assert "Smyg" not in headings(report)


@pytest.mark.parametrize("kind", ["section", "aim", "priority", "deviation", "source"])
def test_a_row_that_says_nothing_is_refused_with_a_sentence(
    report: Report, samordnare: User, kind: str
) -> None:
    area = report.all_sections.filter(form="omrade").first()
    assert area
    under = None if kind in ("section", "source") else (SECTION, area.uuid)
    with pytest.raises(ValidationError, match="tomt|Välj"):
        structure.add(actor=samordnare, work=report, kind=KINDS[kind], under=under, typed={})


def test_a_row_is_never_given_a_name_that_another_row_in_the_report_has(
    report: Report, samordnare: User
) -> None:
    area = next(section for section, _ in sections_of(now(report)) if section.priorities)
    for taken in (area.uuid, area.priorities[0].uuid, report.uuid):
        for _ in range(2):  # the second is a second press
            structure.add(
                actor=samordnare,
                work=fresh(report),
                kind=KINDS["aim"],
                under=(SECTION, area.uuid),
                typed={"text": f"Ett mål vid {taken}"},
                row=taken,
            )
    section = next(one for one, _ in sections_of(now(report)) if one.uuid == area.uuid)
    assert len(section.aims) == len(area.aims) + 3


def test_a_figure_with_parts_stays_a_figure_and_so_do_its_parts(
    report: Report, samordnare: User
) -> None:
    def writes(kind: str, row: Any, form: str) -> None:
        write(
            actor=samordnare,
            work=fresh(report),
            kind=KINDS[kind],
            row=row,
            typed={"form": form},
            seen=fresh(report).version,
        )

    def add(block: Block, **typed: str) -> None:
        structure.add(
            actor=samordnare,
            work=fresh(report),
            kind=KINDS["part"],
            under=(BLOCK, block.uuid),
            typed=typed,
        )

    block = Block.objects.filter(section__report=report, form=BlockForm.TEXT).first()
    assert block
    with pytest.raises(ValidationError, match="kan bara stå i en figur"):
        add(block, form=BlockForm.BARS)  # a part of words
    refused = pytest.raises(ValidationError, match="kan inte vara text")
    writes("block", block.uuid, BlockForm.BARS)
    with refused:
        add(block, caption="En del")
    add(block, form=BlockForm.BARS)
    with refused:
        writes("part", block.parts.get().uuid, BlockForm.TEXT)
    with refused:
        writes("block", block.uuid, BlockForm.TEXT)
    assert now(report)


def test_the_page_of_a_row_is_not_there_under_the_name_of_the_whole(
    report: Report, samordnare: User, client: Any
) -> None:
    client.force_login(samordnare)
    for kind, status in (("report", 200), ("section", 410), ("block", 410)):
        args = [report.district.slug, report.pk, kind, report.uuid]
        assert client.get(reverse("report-row", args=args)).status_code == status


def test_an_image_of_another_district_is_not_named_in_a_report(
    report: Report, samordnare: User
) -> None:
    image, content = samples.drawn(60, 40)
    Image.objects.create(
        district=a_district(),
        sha256=image.sha256,
        content=content,
        media_type=image.media_type,
        width=image.width,
        height=image.height,
    )
    section = report.all_sections.first()
    assert section

    def add() -> None:
        structure.add(
            actor=samordnare,
            work=fresh(report),
            kind=BLOCK,
            under=(SECTION, section.uuid),
            typed={"form": BlockForm.IMAGE, "image": image.sha256, "description": "En karta"},
        )

    with pytest.raises(ValidationError, match="Bilden finns inte"):
        add()
    block = Block.objects.filter(section__report=report, image__isnull=True).first()
    assert block
    with pytest.raises(ValidationError, match="Bilden finns inte"):
        write(
            actor=samordnare,
            work=fresh(report),
            kind=BLOCK,
            row=block.uuid,
            typed={"image": image.sha256},
            seen=fresh(report).version,
        )
    Image.objects.create(
        district=report.district, sha256=image.sha256, content=content, width=60, height=40
    )
    add()
