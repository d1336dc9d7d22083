"""What a clever address might reach: other revisions, other periods, other districts."""

from datetime import date

import pytest
from django.urls import reverse

from plans.services.files import KINDS
from plans.vocabulary import PlanState
from samverkan.organisation.vocabulary import Role
from tests.access.personas import Door
from tests.factories import a_district, a_member, a_plan

pytestmark = pytest.mark.django_db

PAGES = [
    *("plan", "plan-table", "plan-picture", "plan-summary", "plan-files", "plan-decided-pdf"),
    *(kind.address for kind in KINDS.values() if not kind.is_of_party),
]


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch):
    monkeypatch.setattr("plans.services.files.Wanted.make", lambda wanted: b"%PDF-")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("", 200),
        ("?revision=1", 200),
        ("?revision=2", 403),
        ("?revision=3", 404),
        ("?period=0", 404),
    ],
)
def test_a_reader_does_not_get_the_draft_by_asking_for_its_revision(page, asked, status, client):
    door = Door(PlanState.DECIDED)
    a_plan(door.district, 2025, revision=2, agreement=door.plan.agreement)
    client.force_login(door.person("läsare"))

    assert client.get(reverse(page, args=["skarpnack", 2025]) + asked).status_code == status


class TestTwoPeriodsInAYear:
    @pytest.fixture
    def district(self):
        district = a_district("Skarpnäck", "skarpnack")
        for end in (date(2026, 6, 30), date(2026, 12, 31)):
            a_plan(district, 2026, end=end)
        return district

    @pytest.mark.parametrize("page", PAGES)
    def test_who_may_read_neither_is_told_so_and_not_which_they_are(self, page, district, client):
        client.force_login(a_member(Role.READER, district))

        response = client.get(reverse(page, args=[district.slug, 2026]))

        assert response.status_code == 403
        assert "2026-06-30" not in response.text

    @pytest.mark.parametrize("page", PAGES)
    def test_who_may_read_both_is_asked_which(self, page, district, client):
        client.force_login(a_member(Role.COORDINATOR, district))

        response = client.get(reverse(page, args=[district.slug, 2026]))

        assert response.status_code == 300
        assert "2026-06-30" in response.text


@pytest.mark.parametrize(
    ("theirs", "nobodys"),
    [
        ("/farsta/", "/finns-inte/"),
        ("/farsta/2025/atgardsplan.pdf", "/finns-inte/2025/atgardsplan.pdf"),
        ("/farsta/medlemmar/", "/finns-inte/medlemmar/"),
        ("/stad/storstad/", "/stad/finns-inte/"),
    ],
)
def test_nobody_learns_whether_another_district_is_there(theirs, nobodys, client):
    door = Door()
    assert door.elsewhere.slug == "farsta"
    client.force_login(door.person("läsare"))

    there, not_there = client.get(theirs), client.get(nobodys)

    assert there.status_code == not_there.status_code == 404
    assert there.text.split("<main")[1] == not_there.text.split("<main")[1]


@pytest.mark.parametrize("page", ["plan-nearest", "report-nearest", "plan-approve"])
def test_a_number_of_five_thousand_digits_is_as_none(page, client):
    door = Door(PlanState.CONSULTATION)
    client.force_login(door.person("chef sdf" if page == "plan-approve" else "samordnare"))
    args = [door.district.slug, *([door.plan.year] if page == "plan-approve" else [])]
    plain, large = (
        client.get(reverse(page, args=args), asked)
        for asked in ({}, {"ar": "9" * 5000, "version": "9" * 5000})
    )
    assert large.status_code == plain.status_code
    assert large.headers.get("Location") == plain.headers.get("Location")


@pytest.mark.parametrize("digits", [30, 5000])
def test_an_answer_to_a_comment_that_cannot_be_is_told_so(digits, client):
    door = Door(PlanState.DRAFT)
    client.force_login(door.person("samordnare"))
    place = [door.district.slug, door.plan.pk, "action", door.action.uuid]
    answer = client.post(
        reverse("row-comments", args=place), {"text": "Håller med.", "svar": "9" * digits}
    )
    assert answer.status_code == 404
    assert not door.plan.comments.exists()
