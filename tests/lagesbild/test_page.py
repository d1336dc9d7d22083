"""A report as the page to read: all that it says, where each thing leads, and what it is when there is none."""

import html
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lagesbild.document import Envelope, ReportDocument, read_json
from lagesbild.models import Report
from samverkan.document import Part
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member, a_plan
from tests.lagesbild import samples
from tests.lagesbild.demonstration import PICTURE, STATUS, envelope
from tests.lagesbild.storing import a_place_for, stored
from tests.plans.test_page import words_of

pytestmark = pytest.mark.django_db
MOST_QUESTIONS = 15
DOCUMENTS = {"lagesbild": samples.full, "statusrapport": samples.status}
PAGES = {"lagesbild": "report", "statusrapport": "status-report"}
# What is on the page in other words than its own: by its number, its unit, or not at all.
NOT_AS_WORDS = {
    *("uuid", "form", "slug", "kind", "table", "image", "handled_as", "grounds", "direction"),
    *("instruction", "name", "working_together", "consulted_on", "key", "short_name", "source"),
    *("described_on", "municipality"),
}


def a_sample(kind: str) -> Report:
    return stored(Envelope(DOCUMENTS[kind](), images=samples.IMAGES))


def read(client, report: Report, **asked):
    client.force_login(a_member(Role.COORDINATOR, report.district))
    return client.get(reverse(PAGES[report.kind], args=[report.district.slug, report.year]), asked)


def said_in(part: Part) -> Iterator[str]:
    """The words of the document, as a reader sees them."""
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if name in NOT_AS_WORDS:
            continue
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Part):
                yield from said_in(item)
            elif isinstance(item, str) and item:
                # Footnotes and references stand elsewhere, or have a number that is not in them.
                for piece in re.split(r"<span class=\"fotnot\">|</span>|<a href=\"#.*?</a>", item):
                    yield words_of(piece)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_all_that_the_report_says_stands_on_its_page(kind: str, client) -> None:
    page = read(client, a_sample(kind)).content.decode()
    read_aloud = " ".join(re.findall(r'alt="([^"]*)"', page))  # for those who do not see the image
    seen = f"{words_of(page)} {html.unescape(read_aloud)}"
    document: ReportDocument = DOCUMENTS[kind]()
    missing = [said for said in said_in(document) if said.rstrip(".") not in seen]
    assert missing == []
    assert "Utkast" in seen


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_way_on_the_page_leads_to_something_there(kind: str, client) -> None:
    page = read(client, a_sample(kind)).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_a_footnote_leads_from_its_mark_to_its_words_and_back(client) -> None:
    page = read(client, a_sample("lagesbild")).content.decode()
    assert '<a id="fotnot-1-i-texten" href="#fotnot-1"' in page
    assert '<li id="fotnot-1">' in page
    assert 'href="#fotnot-1-i-texten"' in page


def test_a_chart_has_its_figures_one_click_away_and_a_map_says_what_it_shows(client) -> None:
    page = read(client, stored(envelope(PICTURE))).content.decode()
    figure = page[page.index('id="figur-1"') :].split("</figure>")[0]
    assert "<svg" in figure
    assert "Visa siffrorna" in figure
    assert "<details" in figure
    assert "<table" in figure
    assert " open" not in figure
    images = re.findall(r"<img [^>]*>", page)
    assert images
    assert all(re.search(r'alt="[^"]{10,}"', image) for image in images)


def test_a_status_report_is_its_two_tables(client) -> None:
    page = read(client, stored(envelope(STATUS))).content.decode()
    tables = re.findall(r'<table class="table table-cards deviation-table">.*?</table>', page, re.S)
    assert [table.count('<tr><th scope="row"') for table in tables] == [10, 4]


def test_an_image_is_sent_to_be_kept_for_ever_and_only_with_the_report_that_names_it(
    client,
) -> None:
    whole = envelope(PICTURE)
    report = stored(whole)
    sha256, content = next(iter(whole.images.items()))
    client.force_login(a_member(Role.COORDINATOR, report.district))
    answer = client.get(reverse("report-image", args=[report.district.slug, report.pk, sha256]))
    assert answer.content == content
    assert answer["Content-Type"] in ("image/png", "image/jpeg")
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    other = Report.objects.create(
        kind="statusrapport", district=report.district, year=2023, catalogue=report.catalogue
    )
    address = reverse("report-image", args=[report.district.slug, other.pk, sha256])
    assert client.get(address).status_code == 404


def test_a_year_without_a_report_says_so_and_leads_to_what_there_is(client) -> None:
    report = a_sample("lagesbild")
    client.force_login(a_member(Role.COORDINATOR, report.district))
    answer = client.get(reverse("report", args=[report.district.slug, report.year + 2]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"Det finns ingen lägesbild för {report.year + 2}" in page
    assert reverse("report", args=[report.district.slug, report.year]) in page
    assert f"ny-lagesbild/?slag=lagesbild&amp;ar={report.year + 2}" in page


def test_what_could_not_be_placed_is_for_those_who_write(client) -> None:
    report = a_sample("lagesbild")
    Report.objects.filter(pk=report.pk).update(state="beslutad", in_force=True)
    client.force_login(a_member(Role.READER, report.district))
    address = reverse("report", args=[report.district.slug, report.year])
    assert 'id="ovrigt"' not in client.get(address).content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CITY])
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_the_page_asks_few_questions(kind: str, role: Role, client) -> None:
    """Of a report that uses all that there is: other districts, sources, what had no place, parts."""
    report = a_sample(kind)
    a_plan(report.district, report.year)
    city = report.district.municipality
    user = a_member(role, None if role == Role.CITY else report.district, municipality=city)
    client.force_login(user)
    address = reverse(PAGES[kind], args=[report.district.slug, report.year])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= MOST_QUESTIONS, "\n".join(query["sql"][:90] for query in asked)


def test_the_json_is_the_report_and_the_public_one_has_nothing_internal(client) -> None:
    whole = envelope(PICTURE)
    report = stored(whole)
    client.force_login(a_member(Role.COORDINATOR, report.district))
    address = reverse("report-json", args=[report.district.slug, report.year])
    sent = read_json(b"".join(client.get(address)))
    assert sent.document == whole.document
    assert sent.images == whole.images
    public = b"".join(client.get(address, {"utgava": "publik"}))
    assert read_json(public).edition == "public"
    assert b"Nordkapsgatan" not in public


def test_the_tab_stands_first_also_where_there_is_no_plan(client) -> None:
    report = a_sample("lagesbild")
    page = read(client, report).content.decode()
    tabs = page[page.index('aria-label="Sidor för') :].split("</nav>")[0]
    assert words_of(tabs.split(">", 1)[1]).startswith("Lägesbild")
    assert "Åtgärdsplan" not in tabs
    a_plan(report.district, report.year + 1)
    page = client.get(reverse("plan", args=[report.district.slug, report.year + 1])).text
    tabs = page[page.index('aria-label="Sidor för') :].split("</nav>")[0]
    assert words_of(tabs.split(">", 1)[1]).startswith("Lägesbild Åtgärdsplan")


def test_the_years_of_reports_are_among_the_years(client) -> None:
    report = a_sample("lagesbild")
    a_plan(report.district, report.year + 1)
    years = read(client, report).context["frame"].years
    assert [(link.label, link.is_current) for link in years] == [
        (str(report.year + 1), False),
        (str(report.year), True),
    ]


def test_a_successor_finds_the_reports_of_what_it_was_and_one_that_is_covered_those_that_cover_it(
    client,
) -> None:
    whole = Envelope(samples.full(), images=samples.IMAGES)
    before = a_place_for(whole)
    report = stored(whole, before)
    Report.objects.filter(pk=report.pk).update(state="beslutad", in_force=True)
    covered = report.covers.get()
    successor = a_member(Role.COORDINATOR).memberships.get().district
    successor.municipality = before.municipality
    successor.save()
    successor.predecessors.add(before)
    user = a_member(Role.COORDINATOR, successor)
    client.force_login(user)
    address = reverse("report", args=[before.slug, report.year])
    assert address in client.get(reverse("reports", args=[successor.slug])).content.decode()
    user = a_member(Role.CITY, municipality=before.municipality)
    client.force_login(user)
    assert address in client.get(reverse("reports", args=[covered.slug])).content.decode()
