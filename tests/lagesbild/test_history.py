"""Historik: who changed what in a report, what stood there before, and the way back to it."""

from typing import Any

import pytest
from django.urls import reverse
from msgspec.structs import replace

from lagesbild.comparing import compared
from lagesbild.document import Envelope
from lagesbild.editable import KINDS
from lagesbild.models import Approval, Block, Report, Section
from lagesbild.services.creation import create_report
from lagesbild.services.loading import to_document
from lagesbild.services.revision import copy_of
from lagesbild.services.versions import as_of
from lagesbild.vocabulary import ReportKind
from samverkan.collaboration import commenting, structure
from samverkan.collaboration.editing import write
from samverkan.organisation.models import Party, User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member, a_user
from tests.lagesbild import samples
from tests.lagesbild.demonstration import PICTURE, envelope
from tests.lagesbild.storing import stored
from tests.plans.test_history import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return stored(Envelope(samples.full(), images=samples.IMAGES))


@pytest.fixture
def anna(report: Report) -> User:
    return a_member(Role.COORDINATOR, report.district, user=a_user("Anna Berg"))


@pytest.fixture
def kim(report: Report) -> User:
    police = Party.objects.get(district=report.district, slug="polis")
    return a_member(Role.EDITOR, report.district, police, user=a_user("Kim Polis"))


def fresh(report: Report) -> Report:
    return Report.objects.with_heading().get(pk=report.pk)


def put(actor: User, report: Report, row: Any, kind: str, **typed: str) -> None:
    report = fresh(report)
    written = write(
        actor=actor,
        work=report,
        kind=KINDS[kind],
        row=row.uuid,
        typed=typed,
        seen=report.version,
    )
    assert written.changes


def take_away(actor: User, report: Report, row: Any, kind: str) -> None:
    report = fresh(report)
    structure.remove(actor=actor, work=report, kind=KINDS[kind], row=row.uuid, seen=report.version)


def a_figure(report: Report) -> Block:
    figures = Block.objects.filter(section__report=report).exclude(table=None)
    return figures.exclude(caption="").order_by("pk")[0]


def a_section(report: Report) -> Section:
    return report.all_sections.filter(parent=None, form="text")[0]


def look(client, user: User, report: Report, name: str = "report-history", args=(), **asked: Any):
    client.force_login(user)
    answer = client.get(reverse(name, args=[report.district.slug, report.pk, *args]), asked)
    assert answer.status_code == 200
    return answer


def test_it_says_who_changed_which_field_of_what_and_marks_the_words(
    report: Report, anna: User, client
) -> None:
    figure = a_figure(report)
    put(anna, report, figure, "block", source="Kommunens egen mätning")
    words = words_of(look(client, anna, report))
    assert f"Anna Berg ändrade Källa i ”{figure.caption}”" in words
    assert "tillagt: Kommunens egen mätning" in words


def test_what_was_added_moved_and_removed_is_told_in_words(
    report: Report, anna: User, client
) -> None:
    area = report.all_sections.filter(form="omrade")[0]
    structure.add(
        actor=anna,
        work=fresh(report),
        kind=KINDS["priority"],
        under=(KINDS["section"], area.uuid),
        typed={"text": "Fler kvällsvandringar"},
    )
    section = a_section(report)
    structure.move(
        actor=anna, work=fresh(report), kind=KINDS["section"], row=section.uuid, under=None
    )
    figure = a_figure(report)
    take_away(anna, report, figure, "block")
    words = words_of(look(client, anna, report))
    added = f"lade till prioriteringen ”Fler kvällsvandringar” i området ”{area.heading}”"
    assert added in words
    assert f"flyttade avsnittet ”{section.heading}” till en annan plats i ordningen" in words
    assert f"tog bort figuren ”{figure.caption}” i" in words


def test_a_table_that_was_changed_is_told_in_its_numbers(
    report: Report, anna: User, client
) -> None:
    figure = a_figure(report)
    put(anna, report, figure, "block", table="År\tSkjutningar\n2021\t12\n2022\t4711\n")
    row = look(client, anna, report, "report-row-history", ["block", figure.uuid])
    words = words_of(row)
    assert "4711" in words
    assert "{" not in words  # nothing of how it is kept


@pytest.mark.parametrize(
    ("form", "noun"), [("linje", "Figur"), ("tabell", "Tabell"), ("bild", "Bild eller karta")]
)
def test_a_figure_is_called_what_it_is_on_its_own_pages(
    report: Report, anna: User, client, form: str, noun: str
) -> None:
    figure = Block.objects.filter(section__report=report, form=form)[0]
    put(anna, report, figure, "block", source="Kommunens egen mätning")
    place = ["block", figure.uuid]
    page = look(client, anna, report, "report-row-history", place)
    assert f"<title>Historik för {noun.lower()}, " in page.text
    assert f">{noun} i " in page.text
    assert f"<h1>{noun}</h1>" in look(client, anna, report, "report-row", place).text
    take_away(anna, report, figure, "block")
    gone = look(client, anna, report, "report-row-history", place).text
    assert f">{noun} i " in gone
    assert "Stycke" not in gone


def test_the_history_is_narrowed_to_a_person_or_a_section(
    report: Report, anna: User, kim: User, client
) -> None:
    area, section = report.all_sections.filter(form="omrade")[0], a_section(report)
    put(anna, report, section, "section", heading="Ett annat namn")
    put(kim, report, area, "section", working_together="Polis och skola")
    assert "tillagt: Ett annat namn" not in words_of(look(client, anna, report, vem=kim.pk))
    of_area = words_of(look(client, anna, report, omrade=str(area.uuid)))
    assert "Polis och skola" in of_area
    assert "tillagt: Ett annat namn" not in of_area


def test_an_earlier_text_is_restored_as_a_new_change(
    report: Report, anna: User, kim: User, client
) -> None:
    section = a_section(report)
    first = section.heading
    put(anna, report, section, "section", heading="Ett annat namn")
    page = look(client, kim, report, "report-row-history", ["section", section.uuid])
    assert "Återställ den här texten" in words_of(page)
    address = reverse(
        "report-row-history-restore",
        args=[report.district.slug, report.pk, "section", section.uuid],
    )
    said = {"text": "2-fore", "seen": fresh(report).version}
    answer = client.post(address, said, follow=True)
    assert "Texten är återställd." in words_of(answer)
    section.refresh_from_db()
    assert section.heading == first
    last = report.changes.last()
    assert last
    assert last.by == kim


def test_what_was_taken_away_is_put_back_with_all_that_was_in_it(
    report: Report, anna: User, kim: User, client
) -> None:
    before = to_document(fresh(report))
    section = a_section(report)
    take_away(anna, report, section, "section")
    last = report.changes.last()
    assert last
    assert "Lägg tillbaka" not in words_of(look(client, kim, report))
    assert "Lägg tillbaka" in words_of(look(client, anna, report))
    address = reverse("report-row-restore", args=[report.district.slug, report.pk, last.turn])
    answer = client.post(address, follow=True)
    assert "tillbaka där" in words_of(answer)
    assert to_document(fresh(report)) == before


def test_the_history_of_a_row_that_is_gone_is_still_there(
    report: Report, anna: User, client
) -> None:
    figure = a_figure(report)
    put(anna, report, figure, "block", caption="En ny figurtext")
    take_away(anna, report, figure, "block")
    words = words_of(look(client, anna, report, "report-row-history", ["block", figure.uuid]))
    assert "Raden är borttagen ur lägesbilden." in words
    assert "En ny figurtext" in words
    missing = [report.district.slug, report.pk, "aim", figure.uuid]
    assert client.get(reverse("report-row-history", args=missing)).status_code == 404


def test_whoever_only_reads_what_is_decided_never_sees_what_stood_in_the_draft(
    report: Report, anna: User, client
) -> None:
    put(anna, report, a_section(report), "section", heading="Ett annat namn")
    Report.objects.filter(pk=report.pk).update(state="beslutad", in_force=True)
    client.force_login(a_member(Role.READER, report.district))
    place = [report.district.slug, report.pk]
    assert client.get(reverse("report-history", args=place)).status_code == 403
    page = client.get(reverse("report", args=[report.district.slug, report.year])).text
    assert reverse("report-history", args=place) not in page
    differences = reverse("report-differences", args=[report.district.slug])
    asked = {"till": report.pk, "sedan": 1}
    assert client.get(differences, asked).status_code == 403


# As it was, and what differs --------------------------------------------------------------------------


def differences(client, user: User, report: Report, **asked: Any) -> str:
    client.force_login(user)
    answer = client.get(reverse("report-differences", args=[report.district.slug]), asked)
    assert answer.status_code == 200
    return words_of(answer)


def test_the_report_as_it_was_is_the_report_that_was(report: Report, anna: User) -> None:
    before, version = to_document(fresh(report)), report.version
    put(anna, report, a_section(report), "section", heading="Ett annat namn")
    take_away(anna, report, a_figure(report), "block")
    for section in report.all_sections.filter(parent=None):
        take_away(anna, report, section, "section")
    assert to_document(fresh(report)).sections == ()
    assert as_of(fresh(report), version) == before
    assert as_of(fresh(report), None) == to_document(fresh(report)) != before


def test_since_a_version_shows_what_has_changed_after_it(
    report: Report, anna: User, client
) -> None:
    section, figure = a_section(report), a_figure(report)
    put(anna, report, section, "section", heading="Ett annat namn")
    since = fresh(report).version
    put(anna, report, figure, "block", source="Kommunens egen mätning")
    take_away(anna, report, report.sources.all()[0], "source")
    words = differences(client, anna, report, till=report.pk, sedan=since)
    assert "tillagt: Kommunens egen mätning" in words
    assert "Borttaget Källan" in words
    assert "1 borttagen, 1 ändrad" in words
    assert "tillagt: Ett annat namn" not in words  # that was before


def test_two_years_are_compared_by_their_words_and_nothing_has_changed_that_was_copied(
    client,
) -> None:
    whole = envelope(PICTURE)
    report = stored(whole)
    anna = a_member(Role.COORDINATOR, report.district)
    later = create_report(
        actor=anna,
        district=report.district,
        kind=ReportKind.PICTURE,
        year=report.year + 1,
        catalogue=report.catalogue,
        before=report,
    )
    found = compared(to_document(report), to_document(later))
    told = {(one.kind, one.difference.is_removed) for one in found.entries}
    # What a copy leaves behind, and what the year is called.
    assert {kind for kind, gone in told if gone} <= {"Resultatet", "Prioriteringen", "Avvikelsen"}
    assert {kind for kind, gone in told if not gone} <= {"Rapporten"}
    words = differences(client, anna, later, till=later.pk)
    assert f"Från Lägesbild {report.year} (utkast) till Lägesbild {later.year} (utkast)" in words


def test_everything_that_is_said_in_a_section_comes_and_goes_with_it() -> None:
    before = samples.full()
    after = replace(before, sections=before.sections[1:])
    found = compared(before, after)
    gone = [one for one in found.entries if one.difference.is_removed]
    assert len(gone) == 1
    assert gone[0].title == before.sections[0].heading
    assert compared(after, before).entries[0].difference.is_added


def test_the_same_report_is_not_said_to_differ() -> None:
    assert compared(samples.full(), samples.full()).entries == []


def test_what_a_party_approved_can_be_compared_with_what_stands_there_now(
    report: Report, anna: User, kim: User, client
) -> None:
    police = Party.objects.get(district=report.district, slug="polis")
    said: dict[str, Any] = {"party": police, "by": kim, "content_hash": "0" * 64}
    Approval.objects.create(report=report, answer="godkand", version=report.version, **said)
    put(anna, report, a_section(report), "section", heading="Ett annat namn")
    words = differences(client, anna, report, till=report.pk, fran=f"{report.pk}:{report.version}")
    assert "tillagt: Ett annat namn" in words
    assert "som Polisen godkände" in words
    reader = a_member(Role.CITY, municipality=report.district.municipality)
    assert "som Polisen godkände" in differences(client, reader, report)  # who reads the history


def test_a_revision_begins_without_what_was_said_of_the_one_before(
    report: Report, anna: User
) -> None:
    section = a_section(report)
    commenting.say(
        actor=anna, work=report, kind=KINDS["section"], row=section.uuid, text="Stämmer det?"
    )
    new = copy_of(fresh(report), revision=7)
    assert not new.comments.exists()
    assert new.comments_version == 0
    assert not new.changes.exists()
