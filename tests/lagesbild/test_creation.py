"""A new lägesbild or status report: with the usual sections, or out of last year's."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from lagesbild.document import Envelope, blocks_of, sections_of
from lagesbild.models import Report
from lagesbild.services.creation import create_report
from lagesbild.services.loading import images_of, to_document
from lagesbild.vocabulary import ReportKind, SectionForm
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import PartyKind, Role
from samverkan.workflow.vocabulary import State
from tests.factories import a_catalogue, a_district, a_member
from tests.lagesbild import samples
from tests.lagesbild.storing import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return a_district()


@pytest.fixture
def catalogue(place):
    return a_catalogue(municipality=place.municipality)


def test_a_new_one_has_the_usual_sections_with_an_area_for_each_of_the_catalogue(
    place, catalogue
) -> None:
    report = create_report(
        actor=a_member(Role.COORDINATOR, place),
        district=place,
        kind=ReportKind.PICTURE,
        year=2026,
        catalogue=catalogue,
    )
    document = to_document(report)
    headings = [section.heading for section in document.sections]
    assert headings[0] == "Sammantagen bedömning"
    assert headings[-1] == "Prioriterade samverkansområden"
    areas = [s.slug for s, _ in sections_of(document) if s.form == SectionForm.AREA]
    assert areas == [area.slug for area in catalogue.areas.all()]
    assert {party.kind for party in document.parties} == {
        PartyKind.ADMINISTRATION,
        PartyKind.POLICE,
    }
    assert report.state == "utkast"
    assert Entry.objects.filter(kind="report-created").count() == 1


def test_a_copy_has_the_words_and_figures_of_last_year_and_rows_of_its_own() -> None:
    before = stored(Envelope(samples.full(), images=samples.IMAGES))
    created = create_report(
        actor=a_member(Role.COORDINATOR, before.district),
        district=before.district,
        kind=ReportKind.PICTURE,
        year=2024,
        catalogue=before.catalogue,
        before=before,
    )
    last, this = to_document(before), to_document(created)
    assert [s.heading for s, _ in sections_of(this)] == [s.heading for s, _ in sections_of(last)]
    assert [b.table for b in blocks_of(this)] == [b.table for b in blocks_of(last)]
    assert images_of(created, this) == images_of(before, last)
    ours = {block.uuid for block in blocks_of(this)} | {s.uuid for s, _ in sections_of(this)}
    theirs = {block.uuid for block in blocks_of(last)} | {s.uuid for s, _ in sections_of(last)}
    assert not ours & theirs
    said = " ".join(block.text for block in blocks_of(this))
    assert 'href="#' in said
    assert not any(str(uuid) in said for uuid in theirs)  # references lead to figures of its own
    assert not any(s.results or s.priorities or s.deviations for s, _ in sections_of(this))
    assert Entry.objects.filter(kind="report-continued").count() == 1


def test_a_copy_covers_no_district_that_has_become_part_of_this_one() -> None:
    before = stored(Envelope(samples.full(), images=samples.IMAGES))
    new = a_district("Skogen", "skogen", municipality=before.district.municipality)
    new.predecessors.set([before.district, *before.covers.all()])
    Report.objects.filter(pk=before.pk).update(state=State.DECIDED)  # it is read there from then on
    before.refresh_from_db()
    created = create_report(
        actor=a_member(Role.COORDINATOR, new),
        district=new,
        kind=ReportKind.PICTURE,
        year=2025,
        catalogue=before.catalogue,
        before=before,
    )
    assert before.covers.exists()
    assert not created.covers.exists()


def test_a_year_has_one_of_each_kind(place, catalogue) -> None:
    actor = a_member(Role.COORDINATOR, place)
    asked = {"actor": actor, "district": place, "year": 2026, "catalogue": catalogue}
    create_report(kind=ReportKind.PICTURE, **asked)
    create_report(kind=ReportKind.STATUS, **asked)
    with pytest.raises(ValidationError, match="finns redan en lägesbild"):
        create_report(kind=ReportKind.PICTURE, **asked)


def test_only_the_samordnare_creates_one(place, catalogue) -> None:
    with pytest.raises(PermissionDenied, match="samordnaren"):
        create_report(
            actor=a_member(Role.EDITOR, place),
            district=place,
            kind=ReportKind.PICTURE,
            year=2026,
            catalogue=catalogue,
        )
    assert not Report.objects.exists()


def test_the_form_creates_it_and_shows_it(place, catalogue, client) -> None:
    client.force_login(a_member(Role.COORDINATOR, place))
    address = reverse("report-create", args=[place.slug])
    said = {"kind": "statusrapport", "year": 2026, "catalogue": catalogue.pk, "title": ""}
    answer = client.post(address, said)
    assert answer["Location"] == reverse("status-report", args=[place.slug, 2026])
    assert client.get(answer["Location"]).status_code == 200
    again = client.post(address, said)
    assert "Öppna den</a>" in again.content.decode()


def test_the_form_asks_for_one_of_the_same_kind_from_an_earlier_year(client) -> None:
    before = stored(Envelope(samples.full(), images=samples.IMAGES))
    client.force_login(a_member(Role.COORDINATOR, before.district))
    address = reverse("report-create", args=[before.district.slug])
    said = {"kind": "statusrapport", "year": 2020, "catalogue": before.catalogue_id}
    page = client.post(address, said | {"before": before.pk}).content.decode()
    assert "av samma slag" in page
    assert "från ett tidigare år" in page
