"""One more area in a report: of the city's list, or of the district's own."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from lagesbild.models import Report
from lagesbild.services.areas import add_area, not_in
from lagesbild.services.loading import to_document
from lagesbild.vocabulary import SectionForm
from samverkan.collaboration.undoing import undo
from samverkan.organisation.models import User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member, an_area
from tests.lagesbild.demonstration import PICTURE, STATUS, envelope
from tests.lagesbild.storing import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return stored(envelope(PICTURE))


@pytest.fixture
def samordnare(report: Report) -> User:
    return a_member(Role.COORDINATOR, report.district)


def fresh(report: Report) -> Report:
    return Report.objects.with_heading().get(pk=report.pk)


def areas_under(report: Report, heading: str) -> list[str]:
    above = report.all_sections.get(heading=heading)
    return list(above.sections.order_by("position").values_list("heading", flat=True))


def test_an_area_of_the_citys_stands_after_the_others_of_the_city(
    report: Report, samordnare: User
) -> None:
    area = an_area(report.catalogue, "Nedskräpning i parker", position=90)
    before = to_document(fresh(report))
    add_area(actor=samordnare, report=fresh(report), area=area)
    new = report.all_sections.get(area=area)
    beside = areas_under(report, new.parent.heading)
    assert new.form == SectionForm.AREA
    assert beside[-1] == "Nedskräpning i parker"
    assert len(beside) > 1
    undo(actor=samordnare, work=fresh(report))
    assert to_document(fresh(report)) == before


def test_an_own_area_of_a_status_report_stands_among_the_local_ones() -> None:
    report = stored(envelope(STATUS))
    samordnare = a_member(Role.COORDINATOR, report.district)
    add_area(actor=samordnare, report=fresh(report), name="Torget")
    assert areas_under(report, "Lokalt prioriterade områden")[-1] == "Torget"
    assert report.district.own_areas.filter(name="Torget").exists()


def test_the_first_own_area_of_a_status_report_stands_where_local_ones_do() -> None:
    report = stored(envelope(STATUS))
    samordnare = a_member(Role.COORDINATOR, report.district)
    report.all_sections.exclude(area__district=None).filter(area__isnull=False).delete()
    add_area(actor=samordnare, report=fresh(report), name="Torget")
    assert areas_under(report, "Lokalt prioriterade områden") == ["Torget"]


def test_the_first_area_of_a_report_without_areas_comes_last(
    report: Report, samordnare: User
) -> None:
    for row in report.all_sections.filter(form=SectionForm.AREA):
        row.delete()
    add_area(actor=samordnare, report=fresh(report), name="Torget")
    assert to_document(fresh(report)).sections[-1].heading == "Torget"


def test_the_same_area_twice_is_refused(report: Report, samordnare: User) -> None:
    add_area(actor=samordnare, report=fresh(report), name="Torget")
    with pytest.raises(ValidationError, match="orget finns redan i lägesbilden"):
        add_area(actor=samordnare, report=fresh(report), name="torget")


def test_the_page_offers_what_is_not_there_and_leads_to_the_new_one(
    report: Report, samordnare: User, client: Client
) -> None:
    area = an_area(report.catalogue, "Nedskräpning i parker", position=90)
    client.force_login(samordnare)
    address = reverse("report-areas", args=[report.district.slug, report.pk])
    page = client.get(address).text
    assert f'value="{area.pk}"' in page
    assert f'value="{report.all_sections.exclude(area=None)[0].area_id}"' not in page
    answer = client.post(address, {"area": area.pk}, follow=True)
    assert "Nedskräpning i parker är tillagt i lägesbilden." in answer.text
    assert area not in not_in(fresh(report))[0]
    assert "Skriv vad området heter." in client.post(address, {"area": "nytt", "name": " "}).text
