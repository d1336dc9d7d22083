"""Egna områden: a plan gets one more area, of the city's list or of the district's own."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from plans.models import Plan, PlanArea
from plans.places import rewound
from plans.services.areas import add_area, not_in
from plans.services.loading import to_document
from plans.vocabulary import PlanState
from samverkan.collaboration import structure, undoing
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_plan, an_area
from tests.plans.rows import fresh
from tests.plans.test_history import look, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(plan):
    return a_member(Role.COORDINATOR, plan.district)


def titles(plan) -> list[str]:
    return list(plan.areas.values_list("title", flat=True))


def test_an_area_of_the_citys_stands_in_the_citys_order(plan, anna):
    area = plan.catalogue.areas.get(name="Unga i riskzon")
    plan.areas.filter(area=area).delete()
    add_area(actor=anna, plan=fresh(plan), area=area)
    assert titles(plan) == ["Unga i riskzon", "Otrygga platser"]


def test_an_own_area_comes_last_and_is_known_in_the_district_from_then_on(plan, anna):
    add_area(actor=anna, plan=fresh(plan), name="Torget")
    assert titles(plan) == ["Unga i riskzon", "Otrygga platser", "Torget"]
    own = plan.district.own_areas.get()
    assert own.name == "Torget"
    next_year = a_plan(plan.district, 2027)
    assert own in not_in(next_year)[1]
    add_area(actor=anna, plan=fresh(next_year), name=" torget ")
    assert plan.district.own_areas.count() == 1


def test_the_history_knows_it_and_it_can_be_undone(plan, anna, client):
    before = to_document(fresh(plan))
    changes = add_area(actor=anna, plan=fresh(plan), name="Torget")
    now = to_document(fresh(plan))
    assert rewound(now, changes) == before
    assert "lade till området ”Torget”" in words_of(look(client, anna, plan))
    undoing.undo(actor=anna, work=fresh(plan))
    assert to_document(fresh(plan)) == before
    undoing.redo(actor=anna, work=fresh(plan))
    assert to_document(fresh(plan)) == now


@pytest.mark.parametrize("again", ["Torget", "TORGET"])
def test_the_same_area_twice_is_refused(again, plan, anna):
    add_area(actor=anna, plan=fresh(plan), name="Torget")
    with pytest.raises(ValidationError, match="finns redan i planen"):
        add_area(actor=anna, plan=fresh(plan), name=again)
    with pytest.raises(ValidationError, match="finns redan i planen"):
        add_area(actor=anna, plan=fresh(plan), area=plan.catalogue.areas.first())


def test_two_names_that_look_alike_in_an_address_are_two_areas(plan, anna):
    add_area(actor=anna, plan=fresh(plan), name="Förskolor")
    add_area(actor=anna, plan=fresh(plan), name="Forskolor")
    assert titles(plan)[-2:] == ["Förskolor", "Forskolor"]
    assert plan.district.own_areas.count() == 2


def test_an_area_of_another_list_or_district_is_refused(plan, anna):
    elsewhere = a_district().own_areas.create(slug="hamnen", name="Hamnen")
    with pytest.raises(ValidationError, match="hör till en annan lista"):
        add_area(actor=anna, plan=fresh(plan), area=elsewhere)


def test_who_may_not_write_what_is_shared_adds_no_area(plan):
    for user in (a_member(Role.CONTRIBUTOR, plan.district), a_member(Role.CITY)):
        with pytest.raises(PermissionDenied):
            add_area(actor=user, plan=fresh(plan), name="Torget")


def test_a_decided_plan_gets_no_area(plan, anna):
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED)
    with pytest.raises(PermissionDenied):
        add_area(actor=anna, plan=fresh(plan), name="Torget")


def address(plan):
    return reverse("plan-areas", args=[plan.district.slug, plan.pk])


def test_the_page_offers_what_is_not_in_the_plan(plan, anna, client):
    area = an_area(plan.catalogue, "Kriminella miljöer", position=5)
    client.force_login(anna)
    page = client.get(address(plan))
    assert f'value="{area.pk}"' in page.content.decode()
    assert f'value="{plan.areas.first().area_id}"' not in page.content.decode()
    answer = client.post(address(plan), {"area": area.pk})
    row = PlanArea.objects.get(plan=plan, area=area)
    assert answer.url.endswith(f"/skriv/#rad-{row.uuid}")


def test_a_new_area_needs_its_name_and_what_was_chosen_is_kept(plan, anna, client):
    an_area(plan.catalogue, "Kriminella miljöer", position=5)
    client.force_login(anna)
    answer = client.post(address(plan), {"area": "nytt", "name": " "})
    assert "Skriv vad området heter." in words_of(answer)
    assert 'value="nytt"' in answer.content.decode()
    assert client.post(address(plan), {"area": "nytt", "name": "Torget"}).status_code == 302
    assert "Torget" in titles(plan)


def test_an_area_is_not_made_as_other_rows_are(plan, anna):
    from plans.editable import KINDS

    with pytest.raises(ValidationError, match="Lägg till ett område"):
        structure.add(
            actor=anna, work=fresh(plan), kind=KINDS["area"], under=None, typed={"title": "Torget"}
        )


def test_a_draft_that_somebody_has_worked_in_is_not_removed_as_empty(plan, anna, client):
    area = an_area(plan.catalogue, "Kriminella miljöer", position=5)
    add_area(actor=anna, plan=fresh(plan), area=area)
    client.force_login(anna)
    page = client.post(reverse("plan-remove", args=[plan.district.slug, plan.year]), follow=True)
    assert "har innehåll och kan inte tas bort" in words_of(page)
