"""The page and the paper call the same thing by the same name, and it reads well."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from msgspec.structs import replace

from plans.document import ActionDoc, GoalDoc, OutcomeDoc
from plans.presentation import HEADINGS, PlanView
from plans.vocabulary import Layout
from plans.writing.pdf import to_html
from samverkan.documents.standing import Standing
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member
from tests.formats import samples
from tests.plans.storing import stored

DRAFT = Standing("Utkast", content_hash="ab" * 32, printed_on=date(2025, 2, 3))


@pytest.fixture
def page_of(db, client):
    def page_of(document) -> str:
        plan = stored(document)
        client.force_login(a_member(Role.COORDINATOR, plan.district))
        return client.get(reverse("plan", args=[plan.district.slug, plan.year])).text

    return page_of


def headings(html: str) -> set[str]:
    """What stands in headings of parts and of columns, with no number before it."""
    found = re.findall(r"<(h2|th)\b[^>]*>(.*?)</\1>", html)
    return {re.sub("<[^>]+>", "", words).strip() for _, words in found}


@pytest.mark.parametrize("layout", Layout)
def test_page_and_paper_have_the_same_words(layout, page_of):
    document = samples.full(layout)
    page, paper = page_of(document), to_html(document, DRAFT)
    said = {words for name, words in HEADINGS.items() if name not in ("parties", "goals")}
    for html in (page, paper):
        assert said - {HEADINGS["about_extras"]} <= headings(html)
        assert HEADINGS["about_extras"] in html
        assert HEADINGS["goals"] in html
    for other in ("Operativt mål", "Om dokumentet"):
        assert other not in page + paper


def test_a_plan_without_an_agreement_names_none_on_page_or_paper(page_of):
    document = replace(samples.full(), agreement=None)
    for html in (page_of(document), to_html(document, DRAFT)):
        assert "Parter" in headings(html)
        assert "överenskommelse" not in html


@pytest.mark.parametrize(
    ("outcome", "unit", "reads"),
    [
        (OutcomeDoc(samples.uid("g"), Decimal(1)), "vandringar", "1 (vandringar)"),
        (
            OutcomeDoc(samples.uid("g"), Decimal(1), "I maj."),
            "vandringar",
            "1 (vandringar). I maj.",
        ),
        (OutcomeDoc(samples.uid("g"), Decimal("1234.5")), "", "1\u00a0234,5"),
        (OutcomeDoc(samples.uid("g"), text="Enkäten görs i höst."), "%", "Enkäten görs i höst."),
    ],
)
def test_an_outcome_reads_well_whatever_its_unit_is_called(outcome, unit, reads):
    goal = GoalDoc(samples.uid("g"), "Fler vandringar", unit=unit)
    document = samples.with_action(ActionDoc(samples.uid("a"), name="Åtgärd", goals=(goal,)))
    (round_, *_) = samples.full().rounds
    document = replace(document, rounds=(replace(round_, answers=(), outcomes=(outcome,)),))
    (line,) = PlanView(document).actions[0].goals[0].results
    assert (line.label, line.value) == ("Utfall Våren 2025", reads)
    assert f"<b>Utfall Våren 2025:</b> {reads}</span>" in to_html(document, DRAFT)


def test_a_party_whose_short_name_is_its_name_is_named_once(page_of):
    same = replace(samples.HOUSING, name="Granhem", short_name="Granhem")
    parties = tuple(same if party is samples.HOUSING else party for party in samples.PARTIES)
    document = replace(samples.full(), parties=parties)
    for html in (page_of(document), to_html(document, DRAFT)):
        (parties,) = re.findall(r'<section[^>]* id="parter".*?</section>', html, re.DOTALL)
        assert parties.count("Granhem") == 1


def test_what_is_asked_for_is_called_uppfoljning_wherever_it_is_read():
    """Never "omgång": not in a page, a letter, a paper, or what tells of them."""
    root = Path(settings.BASE_DIR)
    said = [
        *root.glob("templates/**/*.*"),
        *root.glob("docs/anvandare/*.md"),
        root / "CHANGELOG.md",
    ]
    found = {
        path.name: match[0]
        for path in said
        if (match := re.search(r"\b(uppföljnings)?omgång\w*", path.read_text(), re.IGNORECASE))
    }
    assert found == {}
