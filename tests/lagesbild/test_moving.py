"""A section, a figure and what is written can be moved to another place in the lägesbild."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from lagesbild.document import SectionDoc, sections_of
from lagesbild.models import Block, Report, Section
from lagesbild.presentation import ReportView
from lagesbild.services.loading import to_document
from samverkan.collaboration.undoing import undo
from samverkan.organisation.models import Party, User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member
from tests.lagesbild.demonstration import PICTURE, envelope
from tests.lagesbild.storing import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return stored(envelope(PICTURE))


@pytest.fixture
def samordnare(report: Report, client: Client) -> User:
    user = a_member(Role.COORDINATOR, report.district)
    client.force_login(user)
    return user


def fresh(report: Report) -> Report:
    return Report.objects.with_heading().get(pk=report.pk)


def view_of(report: Report) -> ReportView:
    return ReportView(to_document(fresh(report)))


def section(report: Report, heading: str) -> SectionDoc:
    found = sections_of(to_document(fresh(report)))
    return next(one for one, _ in found if one.heading == heading)


def headings(sections: Any) -> list[str]:
    return [one.heading for one in sections]


def address(report: Report, name: str, kind: str, row: UUID) -> str:
    return reverse(name, args=[report.district.slug, report.pk, kind, row])


def offered(client: Client, report: Report, kind: str, row: UUID) -> dict[str, str]:
    """What "Flytta till" offers on the page of the row, by what it is called."""
    page = client.get(address(report, "report-row", kind, row)).text
    select = re.search(r'<select id="till-[^>]*>(.*?)</select>', page, re.DOTALL)
    options = re.findall(
        r'<option value="([^"]*)"[^>]*>(.*?)</option>', select[1] if select else ""
    )
    return {unescape(label): value for value, label in options}


def move(client: Client, report: Report, kind: str, row: UUID, under: str, **how: Any) -> Any:
    return client.post(address(report, "report-row-move", kind, row), {"under": under}, **how)


def test_an_area_is_moved_with_all_that_it_holds_and_back(
    report: Report, samordnare: User, client: Client
) -> None:
    before = to_document(fresh(report))
    area = section(report, "Unga i riskzon för destruktivt beteende")
    places = offered(client, report, "section", area.uuid)
    move(client, report, "section", area.uuid, places["5 Beskrivning av stadsdelsområdet"])
    above = section(report, "Beskrivning av stadsdelsområdet")
    assert above.sections == (area,)
    undo(actor=samordnare, work=fresh(report))
    assert to_document(fresh(report)) == before


def test_a_section_becomes_one_of_the_outermost(
    report: Report, samordnare: User, client: Client
) -> None:
    moved = section(report, "Öppna drogscener")
    places = offered(client, report, "section", moved.uuid)
    move(client, report, "section", moved.uuid, places["Ytterst, inte i något annat avsnitt"])
    assert to_document(fresh(report)).sections[-1] == moved
    history = client.get(reverse("report-history", args=[report.district.slug, report.pk])).text
    said = (
        "flyttade avsnittet ”Öppna drogscener” från avsnittet ”Beskrivning av brottsligheten” "
        "till lägesbilden"
    )
    assert said in unescape(history)


def test_only_places_where_there_is_room_are_offered(
    report: Report, samordnare: User, client: Client
) -> None:
    crime = section(report, "Beskrivning av brottsligheten")
    deep = section(report, "Unga i riskzon för destruktivt beteende")
    move(client, report, "section", deep.uuid, f"section:{crime.sections[0].uuid}")
    # Three levels stand in it now: it can only be where it is, and then there is nothing to choose.
    assert offered(client, report, "section", crime.uuid) == {}
    # What is in it can be put in what is outermost, and in the second level, not in the third.
    drugs = offered(client, report, "section", crime.sections[1].uuid)
    assert "7.1 Skjutvapenvåldet fortsätter att minska" in drugs
    assert "7.1.1 Unga i riskzon för destruktivt beteende" not in drugs
    assert "7.2 Öppna drogscener" not in drugs  # itself


@pytest.mark.parametrize(
    ("moved", "under", "said"),
    [
        (
            "Beskrivning av brottsligheten",
            "Öppna drogscener",
            "Ett avsnitt kan inte läggas i sig självt.",
        ),
        (
            "Beskrivning av brottsligheten",
            "Otrygga och brottsutsatta platser",
            "Avsnitt kan ligga i högst 3 nivåer.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_has_changed(
    report: Report, samordnare: User, client: Client, moved: str, under: str, said: str
) -> None:
    before = to_document(fresh(report))
    target = f"section:{section(report, under).uuid}"
    page = move(client, report, "section", section(report, moved).uuid, target, follow=True)
    assert said in page.text
    assert to_document(fresh(report)) == before


def test_a_figure_goes_to_another_section_and_numbers_and_references_follow(
    report: Report, samordnare: User, client: Client
) -> None:
    first, second = [one for one in view_of(report).figures if one.number][:2]
    assert (first.number, second.number) == ("1", "2")
    said = (
        f'<p>Se <a href="#{first.doc.uuid}">figur</a>, <a href="#{second.doc.uuid}">figur</a>.</p>'
    )
    text = Block.objects.get(uuid=section(report, "Inledning").blocks[0].uuid)
    Block.objects.filter(pk=text.pk).update(text=said)
    places = offered(client, report, "block", first.doc.uuid)
    move(client, report, "block", first.doc.uuid, places["9 Trygghet och resultat i skolan"])
    schools = section(report, "Trygghet och resultat i skolan")
    assert schools.blocks[-1] == first.doc
    after = view_of(report)
    numbered = [one.doc.uuid for one in after.figures if one.number]
    its = numbered.index(first.doc.uuid) + 1
    assert its > 2
    [read] = [one.prose.html for one in after.all_sections[1].blocks]
    links = [re.sub("<[^>]+>", "", link) for link in re.findall("<a .*?</a>", read)]
    assert links == [f"figur\u00a0{its}", "figur\u00a01"]


def test_a_result_goes_to_another_area_and_to_nothing_but_an_area(
    report: Report, samordnare: User, client: Client
) -> None:
    young = section(report, "Unga i riskzon för destruktivt beteende")
    result = young.results[0]
    places = offered(client, report, "result", result.uuid)
    assert headings(view_of(report).areas[i].doc for i in range(5)) == [
        label.partition(" ")[2] for label in places
    ]
    move(client, report, "result", result.uuid, places["10.2 Otrygga och brottsutsatta platser"])
    assert section(report, "Otrygga och brottsutsatta platser").results[-1] == result
    text = section(report, "Inledning")
    page = move(client, report, "result", result.uuid, f"section:{text.uuid}", follow=True)
    assert "Resultat kan bara stå i ett område." in page.text
    assert section(report, "Inledning").results == ()


def test_where_it_was_going_has_been_taken_away_and_it_stays(
    report: Report, samordnare: User, client: Client
) -> None:
    figure, target = view_of(report).figures[0], section(report, "Syfte")
    stood = Block.objects.get(uuid=figure.doc.uuid).section
    client.post(address(report, "report-row-remove", "section", target.uuid), {"seen": 99})
    page = move(client, report, "block", figure.doc.uuid, f"section:{target.uuid}")
    assert page.status_code == 410
    assert "tog bort avsnitt" in page.text
    assert Block.objects.get(uuid=figure.doc.uuid).section == stood


def test_only_the_samordnare_moves_what_another_has_written(
    report: Report, samordnare: User, client: Client
) -> None:
    police = Party.objects.get(district=report.district, kind="polis")
    client.force_login(a_member(Role.EDITOR, report.district, police))
    moved = section(report, "Öppna drogscener")
    assert move(client, report, "section", moved.uuid, "").status_code == 403
    assert Section.objects.get(uuid=moved.uuid).parent is not None
