"""The plan's page: every field of the plan stands on it, in both forms."""

import html
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.labels import label
from plans.models import Period, Plan
from plans.rows import kind_of
from plans.services.loading import to_document
from plans.vocabulary import Layout, PlanState
from samverkan.document import Part
from samverkan.numbers import swedish
from samverkan.organisation.vocabulary import Role
from tests.factories import a_decision, a_member
from tests.formats.samples import full
from tests.plans.storing import stored

# Of the document, but not of what it says to a reader.
NOT_SAID = {"uuid", "slug", "key", "party", "action", "goal"}
# Said in other words: how the chain hangs together, whether something is marked.
SAID_OTHERWISE = {"problem", "cause", "also_serves", "handled_as", "handled_in", "predecessor"}


@pytest.fixture(params=Layout)
def plan(request, db) -> Plan:
    return stored(full(request.param))


def words_of(page: str) -> str:
    """What a reader sees of the page: no tags, the spaces as one."""
    text = re.sub(r"<(script|style|title)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def values_of(part: Part, where: str = "") -> Iterator[tuple[str, str]]:
    """Every value in the document as the page says it, and where it stood."""
    for name in part.__struct_fields__:
        value, place = getattr(part, name), f"{where}.{name}"
        if name in NOT_SAID | SAID_OTHERWISE:
            continue
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Part):
                yield from values_of(item, place)
            elif name == "internal_fields":
                yield place, label(kind_of(type(part)), item)
            elif said := _said(name, item):
                yield place, said


def _said(name: str, value) -> str:
    match value:
        case None | "" | False | UUID():
            return ""
        case True:
            return {"own": "Eget område", "continues_next_year": "Fortsätter nästa år"}.get(
                name, "Internt"
            )
        case Enum():
            return str(value.label)  # type: ignore[attr-defined]
        case datetime():
            return f"{timezone.localtime(value):%Y-%m-%d %H.%M}"
        case date():
            return value.isoformat()
        case Decimal():
            return swedish(value)
    return words_of(str(value))


@pytest.fixture
def page(plan, client) -> str:
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    response = client.get(reverse("plan", args=[plan.district.slug, plan.year]))
    return words_of(response.content.decode())


def test_every_value_stands_on_the_page(plan, page):
    page = page.casefold()
    missing = [
        (place, said)
        for place, said in values_of(to_document(plan))
        if " ".join(said.split()).casefold() not in page
    ]
    assert missing == []


@pytest.mark.parametrize(
    "words",
    [
        "Hanteras inom 1 Otrygga platser i centrum . Hör ihop med bemanningen av torget.",
        "Hanteras i linjeverksamheten.",
        "Bidrar även till 2 Unga i Tallbacken",
        "Hit bidrar även 1.1 Torgvärdar på Tallbackstorget .",
        "Fortsätter en åtgärd i en tidigare plan.",
    ],
)
def test_what_hangs_together_is_said(words, page):
    assert words in page


def test_an_area_without_actions_says_so(plan, page):
    of_the_kind = "åtgärder" if plan.layout == Layout.CAUSES else "aktiviteter"
    assert page.count(f"(inga {of_the_kind})") == 4  # two areas, in two tables of contents
    assert page.count(f"Inga {of_the_kind} i området.") == 2


def test_the_filter_shows_a_part_and_says_how_much(plan, client):
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    address = reverse("plan", args=[plan.district.slug, plan.year])
    some = words_of(client.get(address, {"q": "torgvärdar"}).content.decode())
    none = words_of(client.get(address, {"q": "finns inte i planen"}).content.decode())
    assert "Visar 1 av 4" in some
    assert "Torgvärdar på Tallbackstorget" in some
    assert "Närvaroteam" not in some
    assert "Visar 0 av 4" in none
    assert "Inga åtgärder i planen stämmer med urvalet." in none


def test_who_filters_with_htmx_gets_an_address_to_share(plan, client):
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    address = reverse("plan", args=[plan.district.slug, plan.year])
    asked = {"q": "torg", "part": "", "status": "", "tid": ""}
    response = client.get(address, asked, headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == f"{address}?q=torg"


def test_what_is_not_decided_says_so(plan, client):
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    address = reverse("plan", args=[plan.district.slug, plan.year])
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.CONSULTATION, reply_by=date(2025, 3, 14))
    page = words_of(client.get(address).content.decode())
    assert "På samråd svar senast 14 mars 2025" in page


@pytest.mark.parametrize("pdf", [b"%PDF-1.7", None])
def test_the_pdf_of_the_decision_is_offered_where_there_is_one(pdf, plan, client):
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED, in_force=True)
    a_decision(plan, pdf)
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    args = [plan.district.slug, plan.year]
    page = client.get(reverse("plan", args=args)).content.decode()
    offered = f'href="{reverse("plan-decided-pdf", args=args)}"' in page
    assert offered == (client.get(reverse("plan-decided-pdf", args=args)).status_code == 200)
    assert offered == (pdf is not None)
    assert ("Oförändrad sedan 20 januari 2025" in page) == offered


def test_a_closed_plan_says_that_the_date_is_that_of_the_decision(plan, client):
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.CLOSED)
    a_decision(plan)
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    page = words_of(client.get(reverse("plan", args=[plan.district.slug, plan.year])).text)
    assert "Avslutad , beslutad 20 januari 2025 av Stadsdelsnämnden" in page


@pytest.mark.parametrize("is_over", [True, False])
def test_a_plan_in_force_whose_period_is_over_says_so(is_over, plan, client):
    today = timezone.localdate()
    end = today - timedelta(days=1) if is_over else today
    Period.objects.filter(pk=plan.period_id).update(end=end, start=date(today.year - 1, 1, 1))
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED, in_force=True)
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    page = words_of(client.get(reverse("plan", args=[plan.district.slug, today.year - 1])).text)
    assert "gäller" in page
    assert ("perioden slutade" in page) is is_over
