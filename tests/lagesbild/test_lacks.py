"""What a report lacks, said where it is written: each remark with the way to its place."""

import re

import pytest
from django.urls import reverse

from lagesbild.document import Envelope
from lagesbild.models import Block, Deviation, Report
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member
from tests.lagesbild import samples
from tests.lagesbild.storing import stored

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}
NUMBER = "Ring 070-174 06 05"
DOCUMENTS = {"report": samples.full, "status-report": samples.status}


@pytest.fixture
def report() -> Report:
    return stored(Envelope(samples.full(), images=samples.IMAGES))


def lacks(report: Report) -> str:
    return reverse("report-lacks", args=[report.district.slug, report.pk])


def remarks(client, report: Report) -> dict[str, str]:
    """Each remark and where on the page it leads."""
    html = client.get(lacks(report)).text
    found = re.findall(r'<a href="[^"#]*#([^"]+)" data-do="go">([^<]+)</a>', html)
    return {sentence: target for target, sentence in found}


@pytest.mark.parametrize("page", DOCUMENTS)
def test_every_place_that_a_remark_leads_to_is_on_the_page(page: str, client) -> None:
    report = stored(Envelope(DOCUMENTS[page](), images=samples.IMAGES))
    # So that there is something to say of everything.
    figures = Block.objects.filter(section__report=report).exclude(form="text")
    figures.update(caption="", source="", description=NUMBER)
    Deviation.objects.filter(section__report=report).update(text=NUMBER, consulted="")
    report.sources.all().delete()
    report.all_sections.update(special_measures=True, description="")
    client.force_login(a_member(Role.COORDINATOR, report.district))
    written = client.get(reverse(f"{page}-write", args=[report.district.slug, report.year])).text
    targets = set(remarks(client, report).values())
    assert len(targets) > 3
    assert {target for target in targets if f'id="{target}"' not in written} == set()


def test_the_count_is_that_of_the_list_and_the_panel_gets_a_piece(report: Report, client) -> None:
    client.force_login(a_member(Role.COORDINATOR, report.district))
    Block.objects.filter(section__report=report).update(caption=NUMBER)
    count = client.get(lacks(report), headers=JSON).json()["count"]
    assert count == len(re.findall("<li", client.get(lacks(report), headers={"X-Piece": "1"}).text))
    assert count > 0


def test_a_remark_stands_under_the_section_that_it_is_about(report: Report, client) -> None:
    client.force_login(a_member(Role.COORDINATOR, report.district))
    section = report.all_sections.create(heading="Ett tomt avsnitt", position=99)
    html = client.get(lacks(report)).text
    heading = html.index('<h2 class="lack-area">')
    assert "Ett tomt avsnitt</h2>" in html[heading:]
    sentence = "Avsnittet ”Ett tomt avsnitt” har ingen text."
    assert remarks(client, report)[sentence] == f"ny-block-{section.uuid}"


def test_personal_data_is_told_of_while_it_is_written(report: Report, client) -> None:
    client.force_login(a_member(Role.COORDINATOR, report.district))
    address = reverse("report-personal-data", args=[report.district.slug, report.pk])
    answer = client.post(address, {"text": NUMBER}, headers=JSON)
    assert answer.json() == {"sentences": ["”070-174 06 05” ser ut som ett telefonnummer."]}
