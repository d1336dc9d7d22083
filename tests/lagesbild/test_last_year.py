"""A status report is written beside what was said the last time, and what is as it was takes one key."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from msgspec.structs import replace

from lagesbild.before import Before
from lagesbild.document import DeviationDoc, Envelope, ReportDocument, SectionDoc
from lagesbild.models import Report
from lagesbild.progress import progress_of
from lagesbild.services.creation import create_report
from lagesbild.services.earlier import earlier_of
from lagesbild.services.loading import to_document
from lagesbild.services.unchanged import note_unchanged
from lagesbild.vocabulary import Direction, ReportKind, SectionForm
from plans.models import PriorityArea
from samverkan.collaboration.undoing import redo, undo
from samverkan.organisation.models import District, User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_catalogue, a_district, a_member
from tests.lagesbild import demonstration, samples
from tests.lagesbild.storing import stored
from tests.lagesbild.test_editing import fresh, is_told
from tests.plans.test_page import words_of

pytestmark = pytest.mark.django_db


def envelope(document: ReportDocument) -> Envelope:
    return Envelope(document, images=samples.IMAGES)


@pytest.fixture
def last() -> Report:
    return stored(envelope(samples.status()))


@pytest.fixture
def samordnare(last: Report) -> User:
    return a_member(Role.COORDINATOR, last.district)


def an_empty_one(actor: User, place: District, like: Report, year: int = 2023) -> Report:
    """With an area for each of the city's, and for each of the district's own."""
    report = create_report(
        actor=actor,
        district=place,
        kind=ReportKind.STATUS,
        year=year,
        catalogue=like.catalogue,
    )
    local = report.all_sections.get(heading="Lokalt prioriterade områden")
    for area in place.own_areas.all():
        report.all_sections.create(parent=local, form="omrade", area=area, heading=area.name)
    return fresh(report)


@pytest.fixture
def this(samordnare: User, last: Report) -> Report:
    return an_empty_one(samordnare, last.district, last)


def area_of(report: Report, slug: str) -> SectionDoc:
    areas = progress_of(to_document(fresh(report))).areas
    return next(area for area in areas if area.slug == slug)


def page_of(client: Any, user: User, report: Report) -> str:
    client.force_login(user)
    page = "status-report-write" if report.kind == ReportKind.STATUS else "report-write"
    return client.get(reverse(page, args=[report.district.slug, report.year])).text


def beside(page: str, area: SectionDoc) -> str:
    """What stands beside it, in words."""
    own = page[page.index(f'id="rad-{area.uuid}"') :].split("</section>")[0]
    found = re.search(
        r'<details class="before".*?</details>\s*<div class="cells prose-cells">', own, re.S
    )
    return words_of(found[0]) if found else ""


def test_each_area_has_last_years_words_and_figures_beside_it(
    client, this: Report, last: Report, samordnare: User
) -> None:
    page = page_of(client, samordnare, this)
    told = beside(page, area_of(this, "otrygga"))
    assert "Statusrapport 2022: förbättring och försämring" in told
    assert "Fler säger att torget är tryggt på kvällen." in told
    assert "I samråd med lokalpolisområdet" in told
    assert "Två utsättningsmöten i månaden (Också under sommaren.)" in told  # its footnote too
    assert "Ur underrättelser" in beside(page, area_of(this, "rekrytering"))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_lagesbild_has_the_figures_of_the_last_one_beside_its_areas(client) -> None:
    before = stored(demonstration.envelope(demonstration.PICTURE))
    samordnare = a_member(Role.COORDINATOR, before.district)
    report = create_report(
        actor=samordnare,
        district=before.district,
        kind=ReportKind.PICTURE,
        year=2024,
        catalogue=before.catalogue,
        before=before,
    )
    page = page_of(client, samordnare, report)
    area = area_of(report, "unga-i-riskzon-for-destruktivt-beteende")
    own = page[page.index(f'id="rad-{area.uuid}"') :]
    panel = own[own.index('<details class="before"') : own.index('<div class="cells prose-cells">')]
    assert "<svg" in panel
    assert "Lägesbild 2023" in words_of(panel)
    assert "Ej förändrat" in own.split("</section>")[0]


def test_the_successor_of_two_reads_what_was_decided_by_both(client) -> None:
    first = stored(envelope(samples.status()))
    city = first.district.municipality
    other = a_district("Ekbacken", "ekbacken", municipality=city)
    place = a_district("Sammanslagna", "sammanslagna", municipality=city)
    place.predecessors.set([first.district, other])
    twin = Report.objects.create(
        kind="statusrapport", district=other, year=2022, catalogue=first.catalogue
    )
    cameras = PriorityArea.objects.get(slug="kameror", catalogue=first.catalogue)
    section = twin.all_sections.create(heading="Kameror", form="omrade", area=cameras)
    section.deviations.create(direction="samre", text="Två kameror är trasiga.")
    anna = a_member(Role.COORDINATOR, place)
    report = an_empty_one(anna, place, first)
    assert beside(page_of(client, anna, report), area_of(report, "kameror")) == ""
    Report.objects.filter(pk__in=[first.pk, twin.pk]).update(state="beslutad", in_force=True)
    told = beside(page_of(client, anna, report), area_of(report, "kameror"))
    assert f"Statusrapport 2022 för {first.district}" in told
    assert "Statusrapport 2022 för Ekbacken" in told
    assert "Två kameror är trasiga." in told
    # And the years beside each other, where both stand as one.
    [table] = [one for one in earlier_of(report) if one.district.slug == "ekbacken"]
    assert table.sections[0].deviations[0].direction == Direction.WORSE
    note_unchanged(actor=anna, report=report, section=area_of(report, "kameror").uuid)
    client.force_login(anna)
    read = words_of(client.get(reverse("status-report", args=[place.slug, 2023])).text)
    assert "Område 2022 2023" in read
    assert "Kameraövervakning Ej förändrat och försämring Ej förändrat" in read


def test_an_area_that_has_been_divided_is_told_of_by_both_that_it_became(
    client, last: Report
) -> None:
    new = a_catalogue(2025, ("Unga", "Platser"), municipality=last.district.municipality)
    old = PriorityArea.objects.get(slug="kameror", catalogue=last.catalogue)
    old.successors.set(new.areas.all())
    samordnare = a_member(Role.COORDINATOR, last.district)
    report = create_report(
        actor=samordnare,
        district=last.district,
        kind=ReportKind.STATUS,
        year=2023,
        catalogue=new,
    )
    page = page_of(client, samordnare, report)
    for slug in ("unga", "platser"):
        told = beside(page, area_of(report, slug))
        assert "Kameraövervakning , Läs den där den står Ej förändrat." in told


def test_an_area_that_the_last_one_left_empty_is_held_against_the_one_before_it(
    client, this: Report, samordnare: User
) -> None:
    following = an_empty_one(samordnare, this.district, this, 2024)
    note_unchanged(actor=samordnare, report=this, section=area_of(this, "kameror").uuid)
    page = page_of(client, samordnare, following)
    assert "Statusrapport 2023: ej förändrat" in beside(page, area_of(following, "kameror"))
    assert "Statusrapport 2022: förbättring" in beside(page, area_of(following, "otrygga"))


def test_nothing_stands_beside_what_is_told_of_for_the_first_time(
    client, last: Report, samordnare: User
) -> None:
    assert 'class="before"' not in page_of(client, samordnare, last)


def test_one_press_says_that_it_is_as_it_was_and_goes_on(
    client, this: Report, samordnare: User
) -> None:
    before = to_document(this)
    progress = progress_of(before)
    assert progress.words == f"0 av {len(progress.areas)} områden klara"
    first, second = progress.areas[:2]
    client.force_login(samordnare)
    address = reverse("report-unchanged", args=[this.district.slug, this.pk, first.uuid])
    answer = client.post(address)
    assert answer["Location"].endswith(f"#rad-{second.uuid}")
    client.post(address)  # pressed twice
    after = progress_of(to_document(fresh(this)))
    assert [one.direction for one in after.areas[0].deviations] == [Direction.UNCHANGED]
    assert after.words == f"1 av {len(progress.areas)} områden klara"
    assert first.uuid not in {area.uuid for area in after.left}
    assert is_told(this, before)


def test_last_years_text_comes_along_where_she_wants_it_and_goes_with_one_undo(
    client, this: Report, last: Report, samordnare: User
) -> None:
    area = area_of(this, "otrygga")
    before = to_document(this)
    client.force_login(samordnare)
    address = reverse("report-unchanged", args=[this.district.slug, this.pk, area.uuid])
    client.post(address, {"words": "1"})
    carried = area_of(this, "otrygga")
    [block] = carried.blocks
    assert block.text == area_of(last, "otrygga").blocks[0].text
    assert block.uuid != area_of(last, "otrygga").blocks[0].uuid
    assert is_told(this, before)
    undo(actor=samordnare, work=fresh(this))
    assert to_document(fresh(this)) == before
    redo(actor=samordnare, work=fresh(this))
    assert area_of(this, "otrygga").blocks[0].text == block.text


def test_what_is_written_already_is_never_written_over_by_last_years(
    this: Report, last: Report, samordnare: User
) -> None:
    area = area_of(this, "otrygga")
    section = this.all_sections.get(uuid=area.uuid)
    section.blocks.create(text="<p>Nytt i år.</p>")
    words = Before(samordnare, this).of(area).words
    assert words
    note_unchanged(actor=samordnare, report=this, section=area.uuid, words=words)
    assert [block.text for block in section.blocks.all()] == ["<p>Nytt i år.</p>"]


def test_what_was_internal_comes_along_as_internal(
    this: Report, last: Report, samordnare: User
) -> None:
    area = area_of(this, "otrygga")
    last.all_sections.filter(area__slug="otrygga").update(is_internal=True)
    words = Before(samordnare, this).of(area).words
    note_unchanged(actor=samordnare, report=this, section=area.uuid, words=words)
    assert area_of(this, "otrygga").is_internal


def test_whoever_only_reads_says_nothing_of_an_area(this: Report) -> None:
    reader = a_member(Role.READER, this.district)
    with pytest.raises(PermissionDenied):
        note_unchanged(actor=reader, report=this, section=area_of(this, "kameror").uuid)


def test_what_is_handled_elsewhere_is_done_and_the_first_left_comes_after_the_last() -> None:
    areas = [SectionDoc(uuid4(), name, SectionForm.AREA, slug=name) for name in "abc"]
    said = replace(areas[1], deviations=(DeviationDoc(uuid4(), Direction.BETTER),))
    document = replace(
        samples.status(), sections=(areas[0], said, replace(areas[2], handled_note="Av andra."))
    )
    progress = progress_of(document)
    assert [area.heading for area in progress.left] == ["a"]
    following = progress.next_after(said.uuid)
    assert following is not None
    assert following.heading == "a"
    assert progress.next_after(areas[0].uuid) is None  # it is being done


def test_the_instruction_is_shown_to_whoever_writes_and_can_be_changed(
    client, this: Report, samordnare: User
) -> None:
    page = page_of(client, samordnare, this)
    shown = page[page.index('id="instruktion"') :].split("</div>")[0]
    assert "bättre, sämre eller ej förändrat" in words_of(shown)
    row = reverse("report-row", args=[this.district.slug, this.pk, "report", this.uuid])
    asked = {"instruction": "<p>Skriv kort.</p>", "seen": this.version}
    news = client.post(row, asked, headers={"Accept": "application/json"}).json()
    assert "Skriv kort." in news["pieces"]["instruktion"]


@pytest.mark.parametrize("places", [1, 3])
def test_the_page_asks_as_many_questions_however_many_it_is_held_against(
    places: int, client
) -> None:
    """As many as one earlier report and three do, however much stands in them."""
    first = stored(envelope(samples.status()))
    city = first.district.municipality
    place = a_district("Nya", "nya", municipality=city)
    place.predecessors.add(first.district)
    Report.objects.filter(pk=first.pk).update(state="beslutad", in_force=True)
    for number in range(1, places):
        document = replace(
            samples.status(),
            district=replace(
                samples.status().district, slug=f"gamla-{number}", name=f"Gamla {number}"
            ),
            covers=(),
        )
        other = stored(
            envelope(document), a_district(f"Gamla {number}", f"gamla-{number}", municipality=city)
        )
        place.predecessors.add(other.district)
        Report.objects.filter(pk=other.pk).update(state="beslutad", in_force=True)
    anna = a_member(Role.COORDINATOR, place)
    report = an_empty_one(anna, place, first)
    page_of(client, anna, report)
    with CaptureQueriesContext(connection) as asked:
        assert "Statusrapport 2022" in page_of(client, anna, report)
    assert len(asked) <= 27, "\n".join(query["sql"][:90] for query in asked)
