"""A district's page, and a new plan from the city's form."""

import re
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from plans.services.creation import create_plan
from plans.vocabulary import Layout, PlanState
from samverkan.journal.kinds import sentence
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_catalogue,
    a_district,
    a_member,
    a_municipality,
    a_party,
    a_plan,
    a_user,
    administration_of,
    an_action,
    an_agreement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return a_district("Järva", "jarva")


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(district, user) -> str:
    response = logged_in(user).get(reverse("district", args=[district.slug]))
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


# The district -------------------------------------------------------------------------------------


def test_the_plans_stand_there_newest_first_with_revision_and_state(district):
    a_plan(district, 2024, state=PlanState.CLOSED)
    a_plan(district, 2025, state=PlanState.DECIDED)
    a_plan(district, 2025, revision=2)

    page = page_of(district, a_member(Role.COORDINATOR, district))

    assert page.index("/jarva/2025/atgardsplan/?revision=2") < page.index(
        "/jarva/2025/atgardsplan/?revision=1"
    )
    assert page.index("?revision=1") < page.index("/jarva/2024/atgardsplan/")
    for words in ("Utkast", "Beslutad", "Avslutad", "Gäller"):
        assert words in page


def test_two_plans_that_start_the_same_year_are_told_apart(district):
    a_plan(district, 2025)
    quarter = a_plan(district, start=date(2025, 7, 1), end=date(2025, 9, 30))

    page = page_of(district, a_member(Role.COORDINATOR, district))

    assert f"/jarva/2025/atgardsplan/?period={quarter.period_id}" in page
    assert "2025-07-01 – 2025-09-30" in re.sub("<[^>]+>", "", page)


def test_a_reader_sees_what_is_decided_and_a_partner_what_it_takes_part_in(district):
    a_plan(district, 2024, state=PlanState.DECIDED)
    draft = a_plan(district, 2025)
    partner = a_party(district)
    an_action(draft, partner)

    reader = page_of(district, a_member(Role.READER, district))
    contributor = page_of(district, a_member(Role.CONTRIBUTOR, district, partner))
    onlooker = page_of(district, a_member(Role.CONTRIBUTOR, district))

    assert ("/2024/" in reader, "/2025/" in reader) == (True, False)
    assert ("/2024/" in contributor, "/2025/" in contributor) == (False, True)
    assert ("/2024/" in onlooker, "/2025/" in onlooker) == (False, False)
    assert "ingen som är beslutad eller som du deltar i" in onlooker


def test_the_links_are_those_that_the_person_may_follow(district):
    links = [reverse(name, args=["jarva"]) for name in ("plan-create", "members", "journal")]

    def shown(role):
        page = page_of(district, a_member(role, district))
        return [f'href="{link}"' in page for link in links]

    assert shown(Role.COORDINATOR) == [True, True, True]
    assert shown(Role.MANAGER) == [False, False, True]
    assert shown(Role.READER) == [False, False, False]


def test_the_plans_of_the_predecessors_are_found_from_the_district_that_they_became(district):
    before = a_district("Rinkeby-Kista", "rinkeby-kista", valid_to=date(2023, 6, 30))
    district.predecessors.add(before)
    a_plan(before, 2022, state=PlanState.CLOSED)
    a_plan(before, 2023)

    page = page_of(district, a_member(Role.COORDINATOR, district))

    assert "Rinkeby-Kista</a> (till 30 juni 2023)" in page
    assert "/rinkeby-kista/2022/atgardsplan/" in page
    assert "/rinkeby-kista/2023/" not in page  # a draft that was never decided


def test_an_ended_district_says_what_it_became(district):
    before = a_district("Rinkeby-Kista", "rinkeby-kista", valid_to=date(2023, 6, 30))
    district.predecessors.add(before)

    hers = page_of(before, a_member(Role.READER, before))
    the_citys = page_of(before, a_member(Role.CITY))

    assert "upphörde 30 juni 2023" in hers
    assert "Järva" in hers
    assert 'href="/jarva/"' not in hers
    assert 'href="/jarva/"' in the_citys


def test_a_district_that_has_ended_waits_for_no_plan(district):
    before = a_district("Rinkeby-Kista", "rinkeby-kista", valid_to=date(2023, 6, 30))

    page = page_of(before, a_member(Role.COORDINATOR, before))

    assert "Området upphörde 30 juni 2023." in page
    assert "ingen plan än" not in page


def test_a_year_without_a_plan_leads_to_the_years_that_have_one(district):
    a_plan(district, 2025, state=PlanState.DECIDED)
    client = logged_in(a_member(Role.READER, district))

    for address in ("/jarva/2019/atgardsplan/", "/jarva/2019/sammanstallning/"):
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == 404
        assert "Det finns ingen plan för år 2019 i Järva." in page
        assert 'href="/jarva/">Planerna i Järva</a>' in page

    page = client.get("/jarva/2025/atgardsplan/?revision=7").content.decode()
    assert "Det finns ingen sådan revision av planen för år 2025 i Järva." in page


def test_an_unknown_district_and_one_that_is_not_yours_are_not_there(district):
    client = logged_in(a_member(Role.COORDINATOR, a_district()))

    assert client.get("/finns-inte/").status_code == 404
    assert client.get("/jarva/").status_code == 404


# Ny plan ------------------------------------------------------------------------------------------


@pytest.fixture
def catalogue():
    a_catalogue(2019, ("Skolan", "Ordningsvakter"))
    return a_catalogue(2024, ("Unga i riskzon", "Otrygga platser", "Kriminella miljöer"))


@pytest.fixture
def client(district):
    return logged_in(a_member(Role.COORDINATOR, district, user=a_user("Samordnaren")))


@pytest.fixture
def create(client, district, catalogue):
    def create(client=client, **typed):
        form = {
            "period": "ar",
            "year": "2027",
            "layout": Layout.CAUSES,
            "catalogue": catalogue.pk,
            "agreement": "",
            "annex_label": "",
        } | typed
        return client.post(reverse("plan-create", args=[district.slug]), form)

    return create


def test_a_new_plan_has_the_areas_of_the_catalogue_in_its_order_and_nothing_in_them(
    create, district
):
    response = create(annex_label="Bilaga\x0b2")

    assert response.url == "/jarva/2027/atgardsplan/"
    (message,) = get_messages(response.wsgi_request)
    assert str(message) == (
        "Åtgärdsplan 2027 för Järva är skapad, med områdena i Stadens områden 2024. "
        "Den är ett utkast."
    )
    plan = Plan.objects.get()
    assert (plan.state, plan.layout, plan.annex_label) == ("utkast", "orsakstabell", "Bilaga 2")
    assert [area.title for area in plan.areas.all()] == [
        "Unga i riskzon",
        "Otrygga platser",
        "Kriminella miljöer",
    ]
    assert [sentence(entry) for entry in district.journal.all()] == [
        "Samordnaren skapade Åtgärdsplan 2027 för Järva."
    ]


def test_what_is_usual_is_filled_in_already(client, district, catalogue):
    an_agreement(district, title="Den äldre", period_start=date(2020, 1, 1))
    latest = an_agreement(district, title="Den senaste", period_start=date(2024, 1, 1))
    an_agreement(a_district(), title="Någon annans")

    page = client.get(reverse("plan-create", args=[district.slug]))

    form = page.context["form"]
    assert form["catalogue"].value() == catalogue.pk
    assert form["agreement"].value() == latest.pk
    assert form["layout"].value() == Layout.CAUSES
    assert "Den äldre" in page.content.decode()
    assert "Någon annans" not in page.content.decode()


def test_the_year_is_the_first_that_has_no_plan(client, district, catalogue):
    this_year = date.today().year
    a_plan(district, this_year)

    form = client.get(reverse("plan-create", args=[district.slug])).context["form"]

    assert form["year"].value() == this_year + 1


def test_a_plan_may_run_between_two_dates(create):
    create(period="datum", year="", start="2027-07-01", end="2028-06-30")

    assert str(Plan.objects.get().period) == "2027-07-01 – 2028-06-30"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"year": ""}, "Skriv vilket år planen gäller."),
        ({"year": "tjugosju"}, "Skriv ett år mellan 2000 och 2100."),
        ({"year": "27"}, "Skriv ett år mellan 2000 och 2100."),
        ({"period": "datum", "start": "2027-07-01"}, "Skriv båda datumen."),
        (
            {"period": "datum", "start": "2027-07-01", "end": "2027-01-31"},
            "Perioden kan inte sluta innan den börjar.",
        ),
        ({"period": "datum", "start": "i somras", "end": "2027-01-31"}, "giltigt datum"),
        ({"catalogue": "0"}, "inte bland tillgängliga alternativ"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(create, typed, words):
    response = create(annex_label="Bilaga <2>", **typed)

    page = response.content.decode()
    assert words in page
    assert "Bilaga &lt;2&gt;" in page
    assert all(f'value="{value}"' in page for value in typed.values() if len(value) > 4)
    assert not Plan.objects.exists()


def test_a_second_plan_for_the_period_is_refused_by_naming_the_first(create, district):
    a_plan(district, 2027, state=PlanState.DECIDED)

    page = create(annex_label="Bilaga 2").content.decode()

    assert (
        "Det finns redan en plan för 2027: Åtgärdsplan 2027 för Järva (beslutad). "
        '<a href="/jarva/2027/atgardsplan/">Öppna den</a>, eller välj en annan period.'
    ) in page
    assert 'value="Bilaga 2"' in page
    assert Plan.objects.count() == 1


def test_another_districts_agreement_and_another_citys_catalogue_cannot_be_chosen(create):
    other = a_district(municipality=a_municipality("Annanstad", "annanstad"))

    assert create(agreement=an_agreement(other).pk).status_code == 200
    assert (
        create(catalogue=a_catalogue(2024, municipality=other.municipality).pk).status_code == 200
    )
    assert not Plan.objects.exists()


def test_the_parties_of_the_agreement_become_main_parties(create, district):
    agreement = an_agreement(district, administration_of(district))

    create(agreement=agreement.pk)

    assert Plan.objects.get().is_main_party(administration_of(district))


def test_without_a_catalogue_the_page_says_who_lays_it_up(client, district):
    page = client.get(reverse("plan-create", args=[district.slug])).content.decode()

    assert "Storstad har ingen områdeskatalog än." in page
    assert "<form" not in page.split("<h1>")[1]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 302),
        (Role.EDITOR, 403),
        (Role.CONTRIBUTOR, 403),
        (Role.MANAGER, 403),
        (Role.READER, 403),
        (Role.CITY, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_only_the_coordinator_creates_a_plan(create, district, role, status):
    response = create(client=logged_in(a_member(role, district)))

    assert response.status_code == status
    assert Plan.objects.exists() is (status == 302)


def test_the_coordinator_of_another_district_finds_nothing(create):
    assert create(client=logged_in(a_member(Role.COORDINATOR, a_district()))).status_code == 404


def test_the_service_itself_asks_for_the_right(district, catalogue):
    with pytest.raises(PermissionDenied, match="Bara samordnaren skapar en ny plan."):
        create_plan(
            actor=a_member(Role.MANAGER, district),
            district=district,
            start=date(2027, 1, 1),
            end=date(2027, 12, 31),
            layout=Layout.CAUSES,
            catalogue=catalogue,
            agreement=None,
        )


def test_a_year_that_is_not_used_does_not_stand_in_the_way(create):
    create(period="datum", year="tjugosju", start="2027-07-01", end="2027-09-30")

    assert str(Plan.objects.get().period) == "2027-07-01 – 2027-09-30"


# Periods that run into one another ------------------------------------------------------------------


def test_a_new_plan_whose_period_runs_into_anothers_is_created_and_that_is_said(create, district):
    a_plan(district, 2026, end=date(2027, 6, 30))

    response = create()

    assert response.status_code == 302
    assert (
        "Perioden går in i en annan plans: Åtgärdsplan 2026-01-01 – 2027-06-30 för Järva (utkast)."
    ) in [str(message) for message in get_messages(response.wsgi_request)]


def test_each_plan_whose_period_runs_into_anothers_says_so_and_leads_there(district):
    a_plan(district, 2026, end=date(2027, 12, 31))
    a_plan(district, 2027)
    a_plan(district, 2027, revision=2)
    a_plan(district, 2028)
    client = logged_in(a_member(Role.COORDINATOR, district))

    pages = {year: client.get(f"/jarva/{year}/atgardsplan/").text for year in (2026, 2027, 2028)}

    said = {
        year: page.count("Planens period går in i en annan plans") for year, page in pages.items()
    }
    assert said == {2026: 1, 2027: 1, 2028: 0}
    assert "Läs Åtgärdsplan 2027 för Järva, revision 2</a>" in pages[2026]
    assert 'href="/jarva/2026/atgardsplan/">Läs Åtgärdsplan 2026–2027 för Järva</a>' in pages[2027]


def test_who_must_choose_between_plans_is_told_their_revisions(district):
    a_plan(district, 2027)
    a_plan(district, revision=2, start=date(2027, 7, 1), end=date(2027, 9, 30))
    client = logged_in(a_member(Role.COORDINATOR, district))

    page = re.sub("<[^>]+>", "", client.get("/jarva/2027/atgardsplan/").text)

    assert "Åtgärdsplan 2027, revision 1" in page
    assert "Åtgärdsplan 2027-07-01 – 2027-09-30, revision 2" in page


# The frame around the district ----------------------------------------------------------------------


def test_the_tab_leads_to_the_plan_in_force_and_not_to_a_newer_draft(district):
    today = date.today()
    a_plan(district, today.year, state=PlanState.DECIDED)
    a_plan(district, today.year + 1)
    client = logged_in(a_member(Role.COORDINATOR, district))

    tabs = client.get("/jarva/").text.split('class="wrap tabs"')[1].split("</nav>")[0]

    assert f'href="/jarva/{today.year}/atgardsplan/"' in tabs
    assert f'href="/jarva/{today.year}/sammanstallning/"' in tabs
    assert str(today.year + 1) not in tabs


@pytest.mark.parametrize(
    ("address", "tab"),
    [
        ("/jarva/ny-plan/", "Åtgärdsplan"),
        ("/jarva/plan/{plan}/historik/", "Åtgärdsplan"),
        ("/jarva/plan/{plan}/uppfoljning/ny/", "Uppföljning"),
        ("/jarva/ny-lagesbild/", "Lägesbild"),
        ("/jarva/medlemmar/", ""),
    ],
)
def test_the_tab_that_a_page_hangs_on_is_marked(district, address, tab):
    plan = a_plan(district, 2026, state=PlanState.DECIDED, in_force=True)
    client = logged_in(a_member(Role.COORDINATOR, district))

    tabs = client.get(address.format(plan=plan.pk), follow=True).text
    tabs = tabs.split('class="wrap tabs"')[1].split("</nav>")[0]

    marked = re.findall(r'aria-current="page">([^<]+)<', tabs.split("apart")[0])
    assert marked == [tab][: bool(tab)]


def test_a_plan_of_two_years_stands_under_both_in_the_menu(district):
    a_plan(district, 2027, end=date(2028, 12, 31))
    a_plan(district, 2026)
    client = logged_in(a_member(Role.COORDINATOR, district))

    menu = client.get("/jarva/2027/atgardsplan/").text.split("<main")[0]

    assert "</span>2027–2028</summary>" in menu
    assert 'href="/jarva/2027/atgardsplan/" aria-current="true">2027–2028</a>' in menu
    assert 'href="/jarva/2026/atgardsplan/">2026</a>' in menu
