"""The city's page and its catalogues of prioritised areas, as the stadsledning uses them."""

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.models import Catalogue, PriorityArea
from plans.overview import plan_that_counts
from plans.services import catalogues as services
from plans.vocabulary import PlanState
from samverkan.journal.kinds import sentence
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_catalogue,
    a_district,
    a_member,
    a_municipality,
    a_plan,
    a_user,
    an_action,
    an_area,
    settle,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return a_municipality()


@pytest.fixture
def client(city):
    return logged_in(a_member(Role.CITY, user=a_user("Stadsledaren")))


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def events() -> list[str]:
    return [sentence(entry) for entry in Entry.objects.all()]


NOT_THE_CITY = [
    (Role.CITY, 200),
    (Role.COORDINATOR, 404),
    (Role.MANAGER, 404),
    (Role.READER, 404),
    (Role.ADMINISTRATOR, 403),
]


# The city -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "status"), NOT_THE_CITY)
def test_the_city_at_a_glance_is_for_the_stadsledning(city, role, status):
    a_catalogue()
    member = logged_in(a_member(role))

    for page in (
        reverse("city", args=[city.slug]),
        reverse("catalogues", args=[city.slug]),
        reverse("catalogue", args=[city.slug, 2024]),
    ):
        assert member.get(page).status_code == status


def test_another_city_is_not_there(client):
    a_municipality("Annanstad", "annanstad")

    assert client.get("/stad/annanstad/").status_code == 404
    assert client.get("/stad/finns-inte/").status_code == 404


def test_each_district_stands_with_the_plan_that_counts_and_its_number_of_actions(client, city):
    jarva = a_district("Järva", "jarva")
    today = date.today()
    plan = a_plan(jarva, today.year)
    for area in (0, 0, 1):
        an_action(plan, area=area)
    settle(plan)
    an_action(a_plan(jarva, today.year + 1))
    a_district("Utan plan", "utan-plan")
    ended = a_district("Rinkeby-Kista", "rinkeby-kista", valid_to=date(2023, 6, 30))
    jarva.predecessors.add(ended)

    response = client.get(reverse("city", args=[city.slug]))

    current, past = response.content.decode().split("Områden som har upphört</h2>")
    assert "1 av 2 områden har en åtgärdsplan som gäller." in current
    assert f"/jarva/{today.year}/atgardsplan/" in current
    assert "Beslutad" in current
    assert 'class="amount">3<' in current
    assert "Ingen plan än" in current
    assert 'till 30 juni 2023, nu <a href="/jarva/">Järva</a>' in past
    assert "Ingen plan än" not in past
    assert f'href="/jarva/{today.year}/atgardsplan/">Åtgärdsplan {today.year}<' in current


def test_the_city_asks_the_database_as_often_for_two_districts_as_for_twenty(client, city):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("city", args=[city.slug])).status_code == 200
        return len(asked)

    def more(number):
        for _ in range(number):
            district = a_district()
            for year in (2025, 2026):
                an_action(a_plan(district, year))

    more(2)
    few = queries()
    more(18)
    assert queries() == few


def test_a_new_draft_does_not_hide_the_plan_that_is_in_force():
    district = a_district()
    old = a_plan(district, 2024, state=PlanState.DECIDED)
    todays = a_plan(district, 2025, state=PlanState.DECIDED)
    revision = a_plan(district, 2025, revision=2)
    coming = a_plan(district, 2026)
    plans = [coming, revision, todays, old]

    assert plan_that_counts(plans, date(2025, 5, 1)) == todays
    assert plan_that_counts(plans, date(2024, 5, 1)) == old
    assert plan_that_counts(plans, date(2026, 5, 1)) == todays
    assert plan_that_counts([coming, revision], date(2028, 5, 1)) == coming


# The catalogues -----------------------------------------------------------------------------------


def catalogue_page(year=2024) -> str:
    return reverse("catalogue", args=["storstad", year])


def at(what: str, area: PriorityArea) -> str:
    return reverse(f"area-{what}", args=["storstad", area.catalogue.year, area.pk])


def change(client, area, **typed):
    form = {"name": area.name, "description": "", "aliases": ""} | typed
    return client.post(at("change", area), form)


def names(year=2024) -> list[str]:
    return [area.name for area in Catalogue.objects.get(year=year).areas.all()]


def test_a_new_catalogue_is_laid_up_and_filled_with_areas(client, city):
    response = client.post(
        reverse("catalogues", args=[city.slug]), {"year": "2028", "name": "Områden\x0b2028"}
    )
    assert response.url == catalogue_page(2028)
    assert said(response) == ["Områden 2028 är upplagd. Lägg till områdena här."]

    for name in ("Otrygga platser", "Unga i riskzon"):
        client.post(catalogue_page(2028), {"name": name})

    assert names(2028) == ["Otrygga platser", "Unga i riskzon"]
    page = client.get(catalogue_page(2028)).content.decode()
    assert page.index("Otrygga platser") < page.index("Unga i riskzon")
    assert events() == [
        "Stadsledaren lade till området Unga i riskzon i Områden 2028.",
        "Stadsledaren lade till området Otrygga platser i Områden 2028.",
        "Stadsledaren lade upp områdeskatalogen Områden 2028.",
    ]


def test_a_second_catalogue_from_the_same_year_is_refused_and_what_was_typed_is_kept(client, city):
    a_catalogue(2024)

    page = client.post(
        reverse("catalogues", args=[city.slug]), {"year": "2024", "name": "En till"}
    ).content.decode()

    assert "Det finns redan en katalog från 2024: Stadens områden 2024." in page
    assert 'value="En till"' in page


def test_two_areas_with_names_that_look_alike_in_the_address_are_two(client):
    a_catalogue(areas=("Unga",))

    client.post(catalogue_page(), {"name": "Unga!"})

    assert names() == ["Unga", "Unga!"]
    assert len(set(PriorityArea.objects.values_list("slug", flat=True))) == 2


def test_an_area_that_is_there_already_is_refused(client):
    area = a_catalogue(areas=("Unga i riskzon",)).areas.get()
    area.aliases.create(name="Ungdomar")

    for taken, words in {
        "unga i riskzon": "Unga i riskzon finns redan i Stadens områden 2024.",
        "UNGDOMAR": "Ungdomar är redan ett annat namn på Unga i riskzon.",
    }.items():
        page = client.post(catalogue_page(), {"name": taken}).content.decode()
        assert words in page
        assert f'value="{taken}"' in page
    assert names() == ["Unga i riskzon"]


def test_areas_are_moved_up_and_down(client):
    catalogue = a_catalogue(areas=("Ett", "Två", "Tre"))
    one, two, three = catalogue.areas.all()

    client.post(at("move", three), {"vart": "upp"})
    assert names() == ["Ett", "Tre", "Två"]
    client.post(at("move", one), {"vart": "ner"})
    assert names() == ["Tre", "Ett", "Två"]
    client.post(at("move", two), {"vart": "ner"})
    assert names() == ["Tre", "Ett", "Två"]
    assert len(events()) == 2
    page = client.get(catalogue_page()).content.decode()
    assert page.index(">Tre</a>") < page.index(">Ett</a>") < page.index(">Två</a>")


def test_the_latest_catalogue_stands_first(client, city):
    for year in (2019, 2028, 2024):
        a_catalogue(year)

    page = client.get(reverse("catalogues", args=[city.slug])).content.decode()

    assert page.index("områden 2028") < page.index("områden 2024") < page.index("områden 2019")


def test_an_area_gets_another_name_and_other_names_and_the_plans_keep_their_heading(client):
    area = a_catalogue(areas=("Systemhotande",)).areas.get()
    plan = a_plan()

    response = change(
        client,
        area,
        name="Systemhotande brottslighet",
        aliases="Systemhotade brottslighet\r\n\r\nSystemhot\x07\r\nSystemhot",
        description="Allt som hotar systemen.",
    )

    assert said(response) == ["Ändringarna i Systemhotande brottslighet är sparade."]
    area.refresh_from_db()
    assert area.description == "Allt som hotar systemen."
    assert [alias.name for alias in area.aliases.all()] == [
        "Systemhot",
        "Systemhotade brottslighet",
    ]
    assert plan.areas.get().title == "Systemhotande"
    assert events()[0] == (
        "Stadsledaren ändrade området Systemhotande till Systemhotande brottslighet "
        "i Stadens områden 2024."
    )

    change(client, area, name="Systemhotande brottslighet", aliases="Systemhot")
    assert [alias.name for alias in area.aliases.all()] == ["Systemhot"]


def test_a_name_that_means_another_area_is_no_alias(client):
    catalogue = a_catalogue(areas=("Unga", "Platser"))
    unga, places = catalogue.areas.all()
    places.aliases.create(name="Torg")

    for alias, words in {
        "platser": "Platser finns redan i Stadens områden 2024.",
        "torg": "Torg är redan ett annat namn på Platser.",
        "x" * 201: "Ett namn är högst 200 tecken.",
    }.items():
        page = change(client, unga, aliases=alias).content.decode()
        assert words in page
        assert f"{alias}</textarea>" in page
    assert not unga.aliases.exists()


def test_old_areas_map_to_new_ones_many_to_many(client):
    skola, unga = a_catalogue(2019, ("Skolan som brottsplats", "Unga")).areas.all()
    youth, places = a_catalogue(2024, ("Unga i riskzon", "Otrygga platser")).areas.all()

    change(client, skola, successors=[youth.pk, places.pk])
    change(client, unga, successors=[youth.pk])

    assert set(skola.successors.all()) == {youth, places}
    assert set(youth.predecessors.all()) == {skola, unga}
    assert "Unga i riskzon (2024)" in client.get(catalogue_page(2019)).content.decode()
    assert "Skolan som brottsplats (2019)" in client.get(catalogue_page(2024)).content.decode()
    ticked = client.get(at("change", unga)).content.decode()
    assert ticked.count("checked") == 1

    change(client, skola, successors=[])
    assert not skola.successors.exists()


def test_the_new_area_says_which_old_ones_it_comes_from(client):
    skola, unga = a_catalogue(2019, ("Skolan som brottsplats", "Unga")).areas.all()
    youth = a_catalogue(2024, ("Unga i riskzon",)).areas.get()
    a_catalogue(2028, ("Unga 2028",))

    page = client.get(at("change", youth)).content.decode()
    assert "Kommer ur" in page
    assert "Skolan som brottsplats (2019)" in page
    change(client, youth, predecessors=[skola.pk, unga.pk])
    assert set(youth.predecessors.all()) == {skola, unga}
    assert list(skola.successors.all()) == [youth]

    change(client, youth, predecessors=[unga.pk])
    assert list(youth.predecessors.all()) == [unga]
    change(client, unga, predecessors=[youth.pk], successors=[youth.pk])  # a newer one is no origin
    assert not unga.predecessors.exists()


def test_a_catalogue_gets_another_name(client, city):
    catalogue = a_catalogue()
    page = reverse("catalogue-change", args=[city.slug, 2024])
    assert page in client.get(catalogue_page()).content.decode()

    assert "måste fyllas i" in client.post(page, {"name": " "}).content.decode()
    response = client.post(page, {"name": "Prioriterade områden 2024"})

    assert said(response) == ["Katalogen heter nu Prioriterade områden 2024."]
    catalogue.refresh_from_db()
    assert catalogue.name == "Prioriterade områden 2024"
    assert events() == [
        "Stadsledaren ändrade namnet på områdeskatalogen Stadens områden 2024 "
        "till Prioriterade områden 2024."
    ]


def test_a_catalogue_that_no_plan_uses_is_removed_with_its_areas(client, city):
    old = a_catalogue(2019, ("Unga",)).areas.get()
    new = a_catalogue(2024, ("Unga i riskzon",)).areas.get()
    new.aliases.create(name="Ungdomar")
    old.successors.add(new)
    assert "försvinner också dess område," in (
        client.get(reverse("catalogue-change", args=[city.slug, 2024])).content.decode()
    )

    response = client.post(reverse("catalogue-delete", args=[city.slug, 2024]))

    assert said(response) == ["Stadens områden 2024 är borttagen."]
    assert [catalogue.year for catalogue in Catalogue.objects.all()] == [2019]
    assert not old.successors.exists()
    assert events() == ["Stadsledaren tog bort områdeskatalogen Stadens områden 2024."]


def test_a_catalogue_that_plans_use_stays_and_they_are_named(client, city):
    district = a_district("Järva", "jarva")
    for year in range(2025, 2032):
        a_plan(district, year)

    response = client.post(reverse("catalogue-delete", args=[city.slug, 2024]))

    sentence = (
        "Stadens områden 2024 används i Åtgärdsplan 2031 för Järva, Åtgärdsplan 2030 för Järva, "
        "Åtgärdsplan 2029 för Järva, Åtgärdsplan 2028 för Järva och 3 planer till "
        "och kan inte tas bort."
    )
    assert said(response) == [sentence]
    page = client.get(response.url).content.decode()
    assert page.count(sentence) >= 1
    assert "Ta bort Stadens områden 2024</button>" not in page
    assert Catalogue.objects.exists()


def test_an_area_is_not_followed_by_an_older_one_or_by_another_citys(client):
    old = a_catalogue(2019, ("Unga",)).areas.get()
    new = a_catalogue(2024, ("Unga i riskzon",)).areas.get()
    other = a_municipality("Annanstad", "annanstad")
    theirs = an_area(a_catalogue(2030, (), municipality=other), "Deras")

    change(client, new, successors=[old.pk])
    assert not new.successors.exists()
    assert change(client, old, successors=[theirs.pk]).status_code == 200
    assert not old.successors.exists()


def test_an_area_that_a_plan_has_is_not_deleted(client):
    used, unused = a_catalogue(areas=("Använt", "Oanvänt")).areas.all()
    plan = a_plan()
    plan.areas.filter(area=unused).delete()

    refused = client.post(at("delete", used))
    done = client.post(at("delete", unused))

    assert said(refused) == [f"Använt används i {plan} och kan inte tas bort."]
    assert said(done)[-1] == "Oanvänt är borttaget."
    assert names() == ["Använt"]
    assert events() == ["Stadsledaren tog bort området Oanvänt ur Stadens områden 2024."]
    assert (
        f"används i {plan} och kan inte tas bort" in client.get(at("change", used)).content.decode()
    )


@pytest.mark.parametrize(("role", "status"), NOT_THE_CITY)
def test_only_the_stadsledning_keeps_the_catalogues(city, role, status):
    area, _ = a_catalogue(areas=("Ett", "Två")).areas.all()
    member = logged_in(a_member(role))
    went_well = {200: 302}.get(status, status)

    assert change(member, area, name="Nytt").status_code == went_well
    assert member.post(at("move", area), {"vart": "ner"}).status_code == went_well
    assert member.post(at("delete", area)).status_code == went_well
    assert member.post(catalogue_page(), {"name": "Tre"}).status_code == went_well
    assert (
        member.post(
            reverse("catalogues", args=[city.slug]), {"year": "2030", "name": "Ny"}
        ).status_code
        == went_well
    )
    assert names() == (["Två", "Tre"] if status == 200 else ["Ett", "Två"])


def test_an_unknown_year_or_area_is_not_there(client):
    area = a_catalogue(2019, ("Ett",)).areas.get()
    a_catalogue(2024)

    assert client.get(catalogue_page(1999)).status_code == 404
    wrong_year = reverse("area-change", args=["storstad", 2024, area.pk])
    assert client.get(wrong_year).status_code == 404


def test_the_catalogue_asks_the_database_as_often_for_two_areas_as_for_twenty(client):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(catalogue_page())
        return len(asked)

    catalogue = a_catalogue(areas=("Ett", "Två"))
    few = queries()
    for number in range(18):
        an_area(catalogue, f"Område {number}").aliases.create(name=f"Även {number}")
    with_more = queries()
    assert with_more == few


def test_no_service_is_done_for_who_has_not_the_right(city):
    """Whatever page or command it is called from."""
    catalogue = a_catalogue()
    area = catalogue.areas.all()[0]
    administrator = a_member(Role.ADMINISTRATOR)
    as_before: dict[str, Any] = {"name": "Nytt", "description": ""} | dict.fromkeys(
        ("aliases", "successors", "predecessors"), ()
    )

    for attempt in (
        lambda: services.add_catalogue(
            actor=administrator, municipality=city, year=2030, name="Ny"
        ),
        lambda: services.add_area(actor=administrator, catalogue=catalogue, name="Nytt"),
        lambda: services.change_area(actor=administrator, area=area, **as_before),
        lambda: services.move_area(actor=administrator, area=area, steps=1),
        lambda: services.delete_area(actor=administrator, area=area),
    ):
        with pytest.raises(PermissionDenied, match="Bara stadsledningen ändrar"):
            attempt()
    assert events() == []


def test_the_service_itself_holds_that_what_follows_is_newer():
    old = a_catalogue(2019, ("Unga",)).areas.get()
    new = a_catalogue(2024, ("Unga i riskzon",)).areas.get()

    def change(area, **related):
        services.change_area(
            actor=a_member(Role.CITY),
            area=area,
            name=area.name,
            description="",
            **{"aliases": [], "successors": [], "predecessors": []} | related,
        )

    with pytest.raises(ValidationError, match="Unga står inte i någon nyare katalog"):
        change(new, successors=[old])
    with pytest.raises(ValidationError, match="Unga i riskzon står inte i någon äldre katalog"):
        change(old, predecessors=[new])
