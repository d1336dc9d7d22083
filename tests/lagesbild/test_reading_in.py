"""A file becomes a report, or goes into one: all of it or nothing, told in the history, and undone."""

import base64
import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from msgspec.structs import replace

from lagesbild.document import Envelope, ReportDocument, blocks_of, sections_of
from lagesbild.editable import KINDS
from lagesbild.models import Image, Report, Upload
from lagesbild.places import COURSE
from lagesbild.services import importing
from lagesbild.services.importing import Use, take_back
from lagesbild.services.storing import store_images
from lagesbild.services.uploads import UPLOADS
from plans.models import RememberedAnswer
from samverkan.collaboration.becoming import become
from samverkan.collaboration.editing import write
from samverkan.collaboration.turns import turn
from samverkan.collaboration.undoing import undo
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from samverkan.reading.uploads import AlreadyUsed, Changed
from samverkan.workflow.vocabulary import State
from tests.factories import a_catalogue, a_decision, a_member, settle
from tests.lagesbild import samples
from tests.lagesbild.importing import (
    a_file,
    a_place_for_samples,
    a_place_for_word,
    an_upload,
    now,
    read_in,
)
from tests.lagesbild.reading.corpus import CORPUS
from tests.lagesbild.samples import full
from tests.lagesbild.storing import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return a_place_for_samples()


@pytest.fixture
def anna(place):
    return a_member(Role.COORDINATOR, place)


@pytest.fixture
def bo(place):
    return a_member(Role.COORDINATOR, place)


@pytest.fixture
def draft(place):
    document = replace(full(), sections=full().sections[:2], sources=(), revision=1)
    return stored(Envelope(document, images=samples.IMAGES), place)


def headings(document: ReportDocument) -> list[str]:
    return [section.heading for section, _ in sections_of(document)]


# --- Into a new one ---


def test_a_file_becomes_a_new_draft_with_its_images(place, anna):
    upload = read_in(anna, an_upload(anna, place, a_file()))
    document = now(upload.report)
    assert headings(document) == headings(full())
    assert document.parties == full().parties
    named = {block.image.sha256 for block in blocks_of(document) if block.image}
    assert named == set(Image.objects.values_list("sha256", flat=True))
    assert Entry.objects.filter(kind="report-read-in").exists()


def test_what_comes_out_of_word_is_stood_behind_by_the_administration_and_the_police():
    place = a_place_for_word()
    anna = a_member(Role.COORDINATOR, place)
    upload = an_upload(anna, place, CORPUS["as_the_form"](), "lägesbild.docx")
    report = read_in(anna, upload).report
    kinds = [entry.party.kind for entry in report.behind.select_related("party")]
    assert kinds == ["stadsdelsforvaltning", "polis"]


def test_a_file_of_another_year_gets_rows_of_its_own(place, anna):
    first = read_in(anna, an_upload(anna, place, a_file())).report
    second = read_in(anna, an_upload(anna, place, a_file(), year=2024)).report
    ones, others = ({s.uuid for s, _ in sections_of(now(one))} for one in (first, second))
    assert not ones & others


def test_a_file_is_read_in_once(place, anna):
    upload = an_upload(anna, place, a_file())
    read_in(anna, upload)
    with pytest.raises(AlreadyUsed):
        importing.apply(actor=anna, upload=upload, use=Use.NEW, seen="")
    assert Report.objects.count() == 1


def test_only_the_samordnare_reads_files_in(place):
    chef = a_member(Role.READER, place)
    with pytest.raises(PermissionDenied):
        an_upload(chef, place, a_file())


def test_an_image_that_is_none_is_refused_with_its_name(place, anna):
    told = json.loads(a_file())
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    sha = hashlib.sha256(svg).hexdigest()
    text = json.dumps(told).replace(samples.MAP.sha256, sha)
    told = json.loads(text)
    told["images"][sha] = base64.b64encode(svg).decode()
    upload = an_upload(anna, place, json.dumps(told).encode())
    assert "SVG" in upload.refusal
    assert not Image.objects.exists()


# --- Into a draft ---


def test_a_draft_is_filled_in_and_its_history_tells_of_it(place, anna, draft):
    before = now(draft)
    upload = read_in(anna, an_upload(anna, place, a_file()), Use.MERGED)
    after = now(draft)
    assert set(headings(full())) <= set(headings(after))
    changes = list(draft.changes.all())
    assert {change.turn for change in changes} == {upload.turn}
    assert COURSE.rewound(after, changes) == before


def test_the_content_of_a_draft_is_replaced(place, anna, draft):
    other = replace(full(), sections=full().sections[2:], sources=full().sources[:1])
    read_in(anna, an_upload(anna, place, a_file(other)), Use.REPLACED)
    after = now(draft)
    assert headings(after) == headings(other)
    assert len(after.sources) == 1
    assert after.parties == full().parties


def test_what_is_read_into_a_draft_is_taken_back_whole(place, anna, draft):
    before = now(draft)
    for use in (Use.MERGED, Use.REPLACED):
        other = replace(full(), sections=full().sections[2:])
        upload = read_in(anna, an_upload(anna, place, a_file(other)), use)
        assert now(draft) != before
        take_back(actor=anna, upload=upload)
        assert now(draft) == before


def test_a_draft_that_has_changed_meanwhile_gets_nothing(place, anna, bo, draft):
    upload = an_upload(anna, place, a_file())
    target = importing.target_of(upload)
    section = draft.all_sections.first()
    said = {"row": section.uuid, "seen": draft.version, "typed": {"heading": "Bos rubrik"}}
    write(actor=bo, work=draft, kind=KINDS["section"], **said)
    with pytest.raises(Changed):
        importing.apply(actor=anna, upload=upload, use=Use.REPLACED, seen=target.seen)
    assert not Upload.objects.get().use


def test_it_is_not_taken_back_where_somebody_has_built_on_it(place, anna, bo, draft):
    upload = read_in(anna, an_upload(anna, place, a_file()), Use.MERGED)
    draft.refresh_from_db()
    new = draft.all_sections.get(uuid=full().sections[-1].uuid)
    said = {"row": new.uuid, "seen": draft.version, "typed": {"heading": "Det vi har läst"}}
    write(actor=bo, work=draft, kind=KINDS["section"], **said)
    with pytest.raises(ValidationError, match="Det går inte att ångra: .* har ändrat lägesbilden"):
        take_back(actor=anna, upload=upload)
    assert "Det vi har läst" in headings(now(draft))


def test_ctrl_z_in_the_editor_leaves_the_file_to_its_own_page(place, anna, draft):
    read_in(anna, an_upload(anna, place, a_file()), Use.MERGED)
    draft.refresh_from_db()
    with pytest.raises(ValidationError, match="Läs in en lägesbild"):
        undo(actor=anna, work=draft)


def test_a_report_that_a_file_made_goes_while_nobody_has_touched_it(place, anna):
    upload = read_in(anna, an_upload(anna, place, a_file()))
    take_back(actor=anna, upload=upload)
    assert not Report.objects.exists()
    with pytest.raises(ValidationError, match="redan ångrad"):
        take_back(actor=anna, upload=upload)


def test_a_report_that_somebody_has_commented_stays(place, anna):
    upload = read_in(anna, an_upload(anna, place, a_file()))
    report = upload.report
    row = report.all_sections.first()
    report.comments.create(kind="section", row=row.uuid, text="Bra!", by=anna)
    with pytest.raises(ValidationError, match="någon har kommenterat lägesbilden"):
        take_back(actor=anna, upload=upload)


# --- Into what is decided ---


def test_a_decided_report_gets_a_revision_that_says_what_the_file_says(place, anna, draft):
    a_decision(draft)
    report = settle(draft)
    upload = an_upload(anna, place, a_file())
    assert importing.target_of(upload).uses == (Use.REVISION,)
    revision = read_in(anna, upload).report
    assert (revision.revision, revision.state) == (2, State.DRAFT)
    assert headings(now(revision)) == headings(full())
    assert headings(now(report)) == headings(now(draft))


# --- What somebody has said ---


def test_an_answer_is_kept_for_the_next_file():
    place = a_place_for_word()
    anna = a_member(Role.COORDINATOR, place)
    upload = an_upload(anna, place, CORPUS["areas_in_tables"](), "lägesbild.docx")
    (question,) = UPLOADS.demanded(upload).questions
    assert question.asks == "Vilket prioriterat område är ”Egna båtar”?"
    wanted = next(one.value for one in question.options if one.words.startswith("Otrygga"))
    reading = UPLOADS.answer(actor=anna, upload=upload, question=question.key, said=wanted)
    assert [one.sureness for one in reading.questions] == ["saker"]
    assert not any(doubt.question for doubt in reading.doubts)
    section = next(s for s, _ in sections_of(reading.document) if s.heading == "Egna båtar")
    assert not section.own
    assert RememberedAnswer.objects.get().answer == wanted
    again = an_upload(anna, place, CORPUS["areas_in_tables"](), "lägesbild.docx", year=2024)
    section = next(
        s for s, _ in sections_of(UPLOADS.demanded(again).document) if s.heading == "Egna båtar"
    )
    assert not section.own


# --- From one document to another, whatever they say ---

DOCUMENTS = {
    "full": full(),
    "empty": replace(full(), sections=(), sources=(), extras=()),
    "turned": replace(
        full(),
        sections=tuple(
            replace(one, blocks=one.blocks[::-1], sections=one.sections[::-1])
            for one in full().sections[::-1]
        ),
    ),
    "half": replace(full(), title="", sections=full().sections[::2], sources=full().sources[1:]),
}


@pytest.mark.parametrize("before", DOCUMENTS)
@pytest.mark.parametrize("after", DOCUMENTS)
def test_a_draft_becomes_any_other_and_its_history_goes_both_ways(before, after, place, anna):
    images = samples.IMAGES
    report = stored(Envelope(replace(DOCUMENTS[before], revision=1), images=images), place)
    store_images(DOCUMENTS[after], place, images)
    was, wanted = now(report), replace(DOCUMENTS[after], revision=1)
    with turn(report, anna, None) as mine:
        become(mine, COURSE, was, wanted)
    assert now(report) == wanted
    assert COURSE.replayed(was, mine.changes) == wanted
    assert COURSE.rewound(wanted, mine.changes) == was


# --- Areas that the city's list here does not have ---


class TestAnAreaThatIsNotInTheList:
    @pytest.fixture
    def renamed(self, place):
        """What the file calls by another name and slug."""
        areas = place.municipality.catalogues.get().areas
        areas.filter(slug="platser").update(name="Torg och parker", slug="torg")

    @pytest.fixture
    def name(self):
        return next(s.name for s, _ in sections_of(full()) if s.slug == "platser")

    def test_the_preview_says_which_it_is_and_asks(self, place, anna, renamed, name, client):
        upload = an_upload(anna, place, a_file())
        client.force_login(anna)
        page = client.get(reverse("report-import-preview", args=[place.slug, upload.pk]))
        assert f"Området {name} finns inte i Kommunens prioriterade områden 2024." in page.text
        assert f"Vilket prioriterat område är ”{name}”?" in page.text

    def test_it_becomes_the_one_that_somebody_says(self, place, anna, renamed, name):
        upload = an_upload(anna, place, a_file())
        reading = UPLOADS.reading_of(upload)
        question = next(q for q in reading.questions if name in q.asks)
        torg = next(o.value for o in question.options if o.words == "Torg och parker")
        UPLOADS.answer(actor=anna, upload=upload, question=question.key, said=torg)
        document = now(read_in(anna, Upload.objects.get(pk=upload.pk)).report)
        assert ("torg", False) in {(s.slug, s.own) for s, _ in sections_of(document)}

    def test_in_a_draft_it_goes_by_the_list_of_the_draft(self, place, anna, draft, name):
        later = a_catalogue(2025, (), municipality=place.municipality)
        Report.objects.update(catalogue=later)
        upload = an_upload(anna, place, a_file())
        document = now(read_in(anna, upload, Use.REPLACED).report)
        found = {(s.name, s.own) for s, _ in sections_of(document) if s.slug}
        assert (name, True) in found

    def test_a_file_that_goes_by_a_list_of_another_city_goes_by_the_one_here(self, place, anna):
        place.municipality.catalogues.update(year=2022)
        document = now(read_in(anna, an_upload(anna, place, a_file())).report)
        assert document.catalogue.year == 2022
        assert headings(document) == headings(full())
