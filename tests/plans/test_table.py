"""The table: every action in the order, the part and the columns that somebody has chosen."""

import re
from datetime import date

import pytest
from django.urls import reverse

from plans.models import Remembered
from plans.rollover import Choice
from plans.services.rollover import Following, roll_over
from plans.vocabulary import ActionState, Carry, Layout, PlanState, TimingKind
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_district,
    a_member,
    a_plan,
    administration_of,
    an_action,
    an_agreement,
    police_of,
    settle,
)
from tests.plans.test_page import words_of
from tests.plans.test_roll_over import follow_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    district = a_district()
    plan = a_plan(district, 2026, agreement=an_agreement(district))
    sdf, police = administration_of(district), police_of(district)
    an_action(
        plan, sdf, name="Åka runt", timing="11 ggr/år", responsible="Polisen", follow_up_plan="Vår"
    )
    an_action(plan, sdf, police, name="Ordningsvakter", timing="2 ggr/år", area=1)
    an_action(
        plan,
        police,
        name="Belysning",
        area=1,
        responsible="Ägarna",
        ends_on=date(2026, 5, 1),
        timing_kind=TimingKind.DATE,
    )
    an_action(plan, name="Zebralinjer", responsible="Adolf Fredrik", area=1)
    return plan


@pytest.fixture
def anna(plan, client):
    user = a_member(Role.COORDINATOR, plan.district)
    client.force_login(user)
    return user


def address(plan, page="plan-table"):
    return reverse(page, args=[plan.district.slug, plan.year])


def names(response) -> list[str]:
    return re.findall(r'<th scope="row".*?<a [^>]*>(.*?)</a>', response.text)


def heads(response) -> list[str]:
    return [
        words_of(head) for head in re.findall(r"<button[^>]*sortera-.*?</button>", response.text)
    ]


OWN_ORDER = ["Åka runt", "Ordningsvakter", "Belysning", "Zebralinjer"]


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("", OWN_ORDER),
        ("-nr", OWN_ORDER[::-1]),
        ("namn", ["Belysning", "Ordningsvakter", "Zebralinjer", "Åka runt"]),
        # A date comes before words, 2 before 11, and what says nothing is last either way.
        ("tid", ["Belysning", "Ordningsvakter", "Åka runt", "Zebralinjer"]),
        ("-tid", ["Åka runt", "Ordningsvakter", "Belysning", "Zebralinjer"]),
        ("ansvar", ["Zebralinjer", "Åka runt", "Belysning", "Ordningsvakter"]),
        ("-ansvar", ["Belysning", "Åka runt", "Zebralinjer", "Ordningsvakter"]),
        ("parter", ["Belysning", "Åka runt", "Ordningsvakter", "Zebralinjer"]),
        ("finnsinte", OWN_ORDER),
    ],
)
def test_the_actions_stand_in_the_order_asked_for(by, order, plan, anna, client):
    assert names(client.get(address(plan), {"sortera": by, "part": ""})) == order


def test_it_sorts_by_how_it_stands(plan, anna, client):
    actions = {one.name: one for area in plan.areas.all() for one in area.actions.all()}
    follow_up(plan, actions["Zebralinjer"], ActionState.IN_PROGRESS)
    follow_up(plan, actions["Belysning"], ActionState.DONE)
    shown = names(client.get(address(plan), {"sortera": "-lage"}))
    assert shown[:2] == ["Belysning", "Zebralinjer"]


def test_a_heading_says_which_way_it_sorts_and_turns_it(plan, anna, client):
    page = client.get(address(plan), {"sortera": "tid"}).text
    assert re.search(r'aria-sort="ascending"><button[^>]*name="sortera" value="-tid"', page)
    assert page.count("aria-sort") == 1
    page = client.get(address(plan), {"sortera": "-tid"}).text
    assert re.search(r'aria-sort="descending"><button[^>]*name="sortera" value="tid"', page)


def test_the_filter_of_the_plan_narrows_the_table_too(plan, anna, client):
    asked = {"part": police_of(plan.district).key}
    response = client.get(address(plan), asked)
    assert names(response) == ["Ordningsvakter", "Belysning"]
    assert "Visar 2 av 4 åtgärder" in response.text
    assert "Inga åtgärder i planen stämmer" in client.get(address(plan), {"q": "xyz"}).text


def test_columns_are_shown_and_hidden(plan, anna, client):
    usual = heads(client.get(address(plan)))
    assert usual == ["Nr ↑", "Åtgärd", "Område", "Tid", "Ansvar", "Uppföljning"]
    chosen = heads(client.get(address(plan), {"kol": ["namn", "folja", "problem"]}))
    assert chosen == ["Nr ↑", "Åtgärd", "Problem", "Plan för uppföljning"]


def test_a_plan_of_activities_has_no_problems_to_show(anna, client):
    plan = a_plan(a_member(Role.COORDINATOR).memberships.get().district, layout=Layout.ACTIVITIES)
    an_action(plan)
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    page = client.get(address(plan), {"kol": ["namn", "problem"]})
    assert heads(page) == ["Nr ↑", "Aktivitet"]
    assert 'value="orsak"' not in page.text


def test_what_i_chose_is_there_when_i_come_back_and_in_the_next_plan(plan, anna, client):
    said = client.post(address(plan), {"sortera": "-tid", "kol": ["namn", "tid"], "tid": ""})
    assert said.url == f"{address(plan)}?sortera=-tid&kol=nr&kol=namn&kol=tid"
    other = a_plan(plan.district, 2027)
    an_action(other)
    for one in (plan, other):
        answer = client.get(address(one), follow=True)
        assert heads(answer) == ["Nr", "Åtgärd", "Tid ↓"]
    # On another machine it is the same: it is kept with her, not in the browser.
    client.logout()
    client.force_login(anna)
    assert client.get(address(plan)).url == said.url


def test_a_link_shows_what_it_says_whatever_i_chose_myself(plan, anna, client):
    client.post(address(plan), {"sortera": "-tid", "part": police_of(plan.district).key})
    kept = Remembered.objects.get().query
    response = client.get(address(plan), {"sortera": "namn"})
    assert len(names(response)) == 4
    assert names(response)[0] == "Belysning"
    assert Remembered.objects.get().query == kept


def test_what_one_chose_is_hers_alone(plan, anna, client):
    client.post(address(plan), {"sortera": "-tid"})
    client.force_login(a_member(Role.EDITOR, plan.district))
    assert names(client.get(address(plan))) == OWN_ORDER


def test_words_are_looked_for_once(plan, anna, client):
    said = client.post(address(plan), {"q": "belysning", "sortera": "namn"})
    assert "q=belysning" in said.url
    assert client.get(address(plan)).url == f"{address(plan)}?sortera=namn"


def test_the_filter_is_cleared_for_good_and_the_columns_stay(plan, anna, client):
    client.post(address(plan), {"part": police_of(plan.district).key, "kol": ["namn", "mal"]})
    cleared = client.post(
        address(plan),
        {"part": police_of(plan.district).key, "kol": ["namn", "mal"], "rensa": "filter"},
    )
    assert client.get(address(plan)).url == cleared.url
    page = client.get(cleared.url)
    assert names(page) == OWN_ORDER
    assert heads(page) == ["Nr ↑", "Åtgärd", "Operativa mål"]
    client.post(address(plan), {"kol": ["namn", "mal"], "rensa": "kolumner"})
    assert not Remembered.objects.exists()
    assert client.get(address(plan)).status_code == 200


def test_a_party_that_the_plan_has_nothing_of_does_not_empty_it(plan, anna, client):
    client.post(address(plan), {"part": police_of(plan.district).key})
    other = a_plan(plan.district, 2027)
    an_action(other, name="Utan polis")
    assert names(client.get(address(other), follow=True)) == ["Utan polis"]


def test_which_revision_stays_in_the_address(plan, anna, client):
    settle(plan, PlanState.DRAFT)
    said = client.post(f"{address(plan)}?revision=1", {"sortera": "tid"})
    assert said.url == f"{address(plan)}?revision=1&sortera=tid"
    assert client.get(f"{address(plan)}?revision=1").url == said.url


def test_it_leads_to_the_place_in_the_plan_and_for_a_writer_to_where_it_is_written(
    plan, anna, client
):
    action = plan.areas.first().actions.get()
    there = f'href="{address(plan, "plan-write")}#rad-{action.uuid}"'
    page = client.get(address(plan)).text
    assert f'href="{address(plan, "plan")}#atgard-1-1"' in page
    assert there in page
    client.force_login(a_member(Role.MANAGER, plan.district))
    assert there not in client.get(address(plan)).text


def test_a_plan_with_nothing_in_it_says_so(anna, client):
    plan = a_plan(a_member(Role.COORDINATOR).memberships.get().district)
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    page = words_of(client.get(address(plan)).text)
    assert "Planen har inga åtgärder än. Skriv i planen" in page


# Since the year before ------------------------------------------------------------------------------


@pytest.fixture
def later(plan, anna):
    """The next plan: one action ended, one is another, one is new."""
    actions = {one.name: one for area in plan.areas.all() for one in area.actions.all()}
    following = Following(
        date(2027, 1, 1),
        date(2027, 12, 31),
        plan.layout,
        plan.catalogue,
        plan.agreement,
        choices={actions["Belysning"].uuid: Choice(Carry.CLOSE, "Lamporna är uppe.")},
    )
    later = roll_over(actor=anna, plan=plan, following=following)
    an_action(later, name="Torgvärdar")
    changed = next(
        one for area in later.areas.all() for one in area.actions.all() if one.name == "Zebralinjer"
    )
    changed.responsible = "Trafikkontoret"
    changed.save()
    return later


def test_each_action_says_what_has_become_of_it(later, client):
    page = client.get(address(later))
    assert heads(page)[-1] == "Sedan 2026"
    rows = {
        names_[0]: words_of(row) for row in page.text.split("<tr")[2:] if (names_ := _name(row))
    }
    assert "+ Ny" in rows["Torgvärdar"]
    assert "≠ Ändrad , 2.2 Ansvar" in rows["Zebralinjer"]
    assert "Oförändrad" in rows["Ordningsvakter"]
    assert "Fanns 2026 men inte i den här planen Belysning" in words_of(page.text)
    assert "Lamporna är uppe." in page.text


def _name(row: str) -> list[str]:
    return re.findall(r'<th scope="row".*?<a [^>]*>(.*?)</a>', row)


@pytest.mark.parametrize(
    ("since", "found"),
    [
        ("ny", ["Torgvärdar"]),
        ("andrad", ["Zebralinjer"]),
        ("oforandrad", ["Åka runt", "Ordningsvakter"]),
    ],
)
@pytest.mark.parametrize("page", ["plan-table", "plan", "plan-write"])
def test_what_is_new_or_changed_can_be_picked_out(page, since, found, later, client):
    asked = client.get(address(later, page), {"andring": since})
    shown = asked.getvalue().decode()
    assert f"Visar {len(found)} av 4 åtgärder" in shown
    if page == "plan-table":
        assert names(asked) == found
    elif page == "plan":
        assert all(name in shown for name in found)


def test_a_changed_action_leads_to_both_years(later, client):
    changed = later.areas.all()[1].actions.get(name="Zebralinjer")
    there = reverse("action-thread", args=[later.district.slug, changed.uuid])
    assert f'<a href="{there}">Ändrad' in client.get(address(later)).text


@pytest.mark.parametrize("page", ["plan", "plan-table"])
def test_the_earlier_plan_is_only_for_those_who_may_read_it(page, plan, later, client):
    settle(later)
    client.force_login(a_member(Role.READER, later.district))  # of 2026 there is only a draft
    assert "2026" not in words_of(client.get(address(later, page)).text)


def test_a_first_plan_is_held_against_nothing(plan, anna, client):
    page = client.get(address(plan)).text
    assert "Sedan" not in page
    assert "Nya och gamla" not in page


class TestTheFirstPlanOfADistrictThatOthersHaveBecome:
    """It is held against the last plan that each of them had."""

    @pytest.fixture
    def merged(self):
        district = a_district("Järva", "jarva")
        for name in ("Spånga-Tensta", "Rinkeby-Kista"):
            before = a_district(name)
            district.predecessors.add(before)
            for year in (2021, 2022):
                plan = a_plan(before, year, agreement=an_agreement(before))
                an_action(plan, name=f"Nattvandring i {name}", timing=f"Hela {year}")
                an_action(plan, name=f"Trygghetsdagar {year} i {name}")
                settle(plan)
        plan = a_plan(district, 2024, agreement=an_agreement(district))
        an_action(plan, name="Nattvandring i Rinkeby-Kista", timing="Hela 2022")
        an_action(plan, name="Nattvandring i Spånga-Tensta", timing="Våren")
        an_action(plan, name="Öppna fritidsgården")
        return plan

    @pytest.fixture
    def eva(self, merged, client):
        user = a_member(Role.COORDINATOR, merged.district)
        client.force_login(user)
        return user

    def test_each_action_says_what_has_become_of_it(self, merged, eva, client):
        page = client.get(address(merged) + "?kol=namn&kol=andring")
        assert "Sedan 2022 i Rinkeby-Kista och Spånga-Tensta" in words_of(page.text)
        told = {
            name: [word for word in ("Ny", "Ändrad", "Oförändrad") if f" {word}" in words_of(row)]
            for row in page.text.split("<tr")
            for name in re.findall(r'<th scope="row".*?<a [^>]*>(.*?)</a>', row)
        }
        assert told == {
            "Nattvandring i Rinkeby-Kista": ["Oförändrad"],
            "Nattvandring i Spånga-Tensta": ["Ändrad"],
            "Öppna fritidsgården": ["Ny"],
        }

    def test_what_did_not_come_along_is_listed_from_both(self, merged, eva, client):
        page = words_of(client.get(address(merged)).text)
        assert "Fanns 2022 i Rinkeby-Kista och Spånga-Tensta men inte i den här planen" in page
        assert "Trygghetsdagar 2022 i Rinkeby-Kista" in page
        assert "Trygghetsdagar 2022 i Spånga-Tensta" in page
        assert "2021" not in page

    def test_it_can_be_filtered_on(self, merged, eva, client):
        page = client.get(address(merged) + "?andring=ny", follow=True)
        assert names(page) == ["Öppna fritidsgården"]

    def test_a_draft_of_theirs_is_not_told_of(self, merged, eva, client):
        draft = a_plan(merged.district.predecessors.first(), 2023)
        an_action(draft, name="Trygghetsdagar 2023")
        page = words_of(client.get(address(merged)).text)
        assert "Trygghetsdagar 2023" not in page
        assert "Trygghetsdagar 2022" in page

    def test_once_it_has_a_plan_of_its_own_before_it_is_held_against_that(
        self, merged, eva, client
    ):
        later = a_plan(merged.district, 2025, agreement=merged.agreement)
        page = words_of(client.get(address(later)).text)
        assert "Fanns 2024 men inte i den här planen" in page
        assert "Rinkeby-Kista och Spånga-Tensta" not in page
