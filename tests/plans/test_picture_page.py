"""Läget on the page: of a plan, and of all the plans of a city."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from msgspec.structs import replace

from plans.models import FollowUp, FollowUpRound, Plan, Understanding
from plans.picture import picture_of
from plans.services.files import KINDS, Wanted
from plans.services.loading import current_document
from plans.services.pictures import light_documents, pictures_of
from plans.vocabulary import ActionState, Edition, Layout, PlanState, RoundKind
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_district,
    a_member,
    a_municipality,
    a_plan,
    a_user,
    administration_of,
    an_action,
    police_of,
    settle,
)
from tests.formats.samples import full, large
from tests.formats.test_editions import everything_in
from tests.plans.following import followed_up
from tests.plans.storing import stored
from tests.plans.test_history import words_of
from tests.test_query_counts import ask

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


def a_round(plan, kind=RoundKind.VB, at=date(2026, 12, 31), **fields) -> FollowUpRound:
    fields.setdefault("opened_at", datetime(2026, 12, 1, tzinfo=UTC))
    return FollowUpRound.objects.create(
        period=plan.period,
        kind=kind,
        name=f"Omgång {kind}",
        reporting_date=at,
        due_date=at,
        **fields,
    )


def answer(round_, action, state="", party=None, **fields) -> None:
    FollowUp.objects.create(round=round_, action=action.uuid, state=state, party=party, **fields)


def page(client, plan, user=None, **asked):
    client.force_login(user or a_member(Role.COORDINATOR, plan.district))
    response = client.get(reverse("plan-picture", args=[plan.district.slug, plan.year]), asked)
    assert response.status_code == 200
    return response


@pytest.fixture
def plan():
    return a_plan()


def test_a_chef_sees_first_how_it_goes_then_what_needs_something_and_why(plan, client):
    police = police_of(plan.district)
    well = an_action(plan, police, name="Nattvandring")
    badly = an_action(plan, police, name="Bättre belysning", area=1)
    round_ = a_round(plan)
    answer(round_, well, ActionState.DONE)
    answer(round_, badly, ActionState.NOT_DONE, text="Stolparna kom aldrig.")
    response = page(client, plan, a_member(Role.MANAGER, plan.district))
    words = words_of(response)
    told = [
        "1 av 2 åtgärder går som planerat. En behöver beslut.",
        "Bättre belysning",
        "Ej genomförd",
        "Stolparna kom aldrig.",
        "Område för område",
        "0 av 2, sen" if date.today() > round_.due_date else "0 av 2, 2 kvar",
    ]
    places = [words.index(text) for text in told]
    assert places == sorted(places)
    plan_url = reverse("plan", args=[plan.district.slug, plan.year])
    assert f'href="{plan_url}#atgard-2-1"' in response.content.decode()
    assert f'href="{plan_url}?status=ej_genomford"' in response.content.decode()


def test_each_link_leads_to_a_row_that_is_there(client):
    plan = stored(followed_up(full()))
    user = a_member(Role.COORDINATOR, plan.district)
    picture = page(client, plan, user).content.decode()
    there = client.get(reverse("plan", args=[plan.district.slug, plan.year])).content.decode()
    anchors = {part.split('"')[0] for part in picture.split("atgardsplan/#")[1:]}
    assert {anchor for anchor in anchors if f'id="{anchor}"' not in there} == set()
    assert len(anchors) > 4


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ([], "Planen har inga åtgärder."),
        (["åtgärd"], "Planen har inte följts upp än."),
        (["åtgärd", "omgång"], "Ingen har svarat i Omgång VB än."),
    ],
)
def test_what_is_not_there_yet_is_said(plan, client, filled, sentence):
    if "åtgärd" in filled:
        an_action(plan, administration_of(plan.district))
    if "omgång" in filled:
        a_round(plan)
    words = words_of(page(client, plan))
    assert sentence in words
    assert "Område för område" not in words


def test_an_earlier_round_is_chosen_by_its_name_and_nonsense_is_passed_over(plan, client):
    action = an_action(plan)
    first = a_round(plan, RoundKind.T1, date(2026, 4, 30))
    answer(first, action, ActionState.PAUSED)
    answer(a_round(plan), action, ActionState.DONE)
    latest = words_of(page(client, plan))
    assert "Den enda åtgärden går som planerat." in latest
    assert "Ladda ner på en sida" in latest
    earlier = words_of(page(client, plan, omgang=str(first.uuid)))
    assert "Den enda åtgärden vilar." in earlier
    assert "Ladda ner på en sida" not in earlier  # the paper is of the latest
    for nonsense in ("abc", str(uuid4())):
        assert words_of(page(client, plan, omgang=nonsense)) == latest


def test_what_was_drafted_for_a_party_is_not_its_answer(plan, client):
    police = police_of(plan.district)
    action = an_action(plan, police)
    round_ = a_round(plan)
    answer(round_, action, ActionState.DONE)
    answer(round_, action, ActionState.NOT_DONE, police, is_draft=True)
    assert "0 av 1" in words_of(page(client, plan))
    light = pictures_of(list(Plan.objects.with_heading()), today=date(2026, 12, 31))[plan.pk]
    assert light.parties[0].answered == 0


def test_a_party_that_the_round_does_not_turn_to_is_not_missing(plan, client):
    police, administration = police_of(plan.district), administration_of(plan.district)
    action = an_action(plan, police, administration)
    round_ = a_round(plan)
    round_.parties.add(police)
    answer(round_, action, ActionState.DONE, police)
    answered = words_of(page(client, plan)).partition("Vem har svarat")[2].partition("Mål")[0]
    assert "Parten har svarat om allt." in answered or "Alla parter har svarat" in answered
    assert administration.short_name not in answered


@pytest.mark.parametrize("layout", Layout)
def test_a_large_plan_asks_as_many_questions_as_a_small_one(layout, client):
    asked = []
    for actions in (2, 300):
        document = replace(
            large(actions, layout),
            period_start=date(2000 + actions, 1, 1),
            period_end=date(2000 + actions, 12, 31),
        )
        plan = stored(followed_up(document))
        settle(plan)
        user = a_member(Role.MANAGER, plan.district, administration_of(plan.district))
        asked.append(ask(client, user, reverse("plan-picture", args=["tallbacken", plan.year])))
    assert asked[0] == asked[1] <= MOST_QUERIES


def test_what_somebody_has_put_right_counts_on_the_page_in_the_city_and_on_paper(plan, client):
    action = an_action(plan, timing="Klart mars 2026")
    answer(a_round(plan), action, ActionState.NOT_STARTED, continues_next_year=True)
    paper = Wanted(plan, KINDS["uppfoljning.pdf"])
    key, version = paper.key, paper.version
    assert "Den enda åtgärden behöver beslut." in words_of(page(client, plan))
    Understanding.objects.create(
        period=plan.period,
        action=action.uuid,
        ends_on=date(2027, 6, 30),
        by=a_user(),
    )
    assert "Den enda åtgärden har en bit kvar." in words_of(page(client, plan))
    light = pictures_of(list(Plan.objects.with_heading()), today=date(2026, 12, 31))[plan.pk]
    assert light.sentence == "Den enda åtgärden har en bit kvar."
    changed = Wanted(plan, KINDS["uppfoljning.pdf"])
    assert changed.key != key
    assert changed.version != version


# The city -----------------------------------------------------------------------------------------


def city_page(client):
    client.force_login(a_member(Role.CITY, user=a_user("Stadsledaren")))
    return client.get(reverse("city-picture", args=[a_municipality().slug]))


def test_the_city_sees_its_districts_in_swedish_order_each_with_its_sentence(client):
    for name, state in (("Årsta", ActionState.DONE), ("Älvsjö", ActionState.PAUSED)):
        plan = a_plan(a_district(name))
        answer(a_round(plan), an_action(plan), state)
        settle(plan)
    a_district("Bromma")
    response = city_page(client)
    words = words_of(response)
    told = ["Bromma", "Ingen plan än.", "Årsta", "Den enda åtgärden går som planerat."]
    told += ["Älvsjö", "Den enda åtgärden vilar."]
    places = [words.index(text) for text in told]
    assert places == sorted(places)
    assert response.content.decode().count("/laget/") >= 2


def test_a_city_without_districts_says_so(client):
    assert "Staden har inga områden än." in words_of(city_page(client))


def test_the_citys_page_leads_to_the_picture(client):
    city = a_municipality()
    client.force_login(a_member(Role.CITY))
    assert reverse("city-picture", args=[city.slug]) in (
        client.get(reverse("city", args=[city.slug])).content.decode()
    )


def a_district_followed_up(number: int, actions: int) -> None:
    name = f"Område {number}"
    plan = large(actions)
    plan = replace(plan, district=replace(plan.district, slug=f"omrade-{number}", name=name))
    settle(stored(followed_up(plan)))


def test_eleven_districts_with_sixty_actions_each_ask_no_more_than_two(client):
    asked = []
    stadsledaren = a_user("Stadsledaren")
    for numbers in (range(2), range(2, 11)):
        for number in numbers:
            a_district_followed_up(number, 60)
        city = Plan.objects.first().district.municipality
        if not stadsledaren.memberships.exists():
            a_member(Role.CITY, user=stadsledaren, municipality=city)
        client.force_login(stadsledaren)
        address = reverse("city-picture", args=[city.slug])
        with CaptureQueriesContext(connection) as queries:
            words = words_of(client.get(address))
        assert words.count("av 60 åtgärder går som planerat.") == numbers[-1] + 1
        asked.append(len(queries))
    assert asked[0] == asked[1] <= MOST_QUERIES


@pytest.mark.parametrize("layout", Layout)
def test_the_citys_picture_of_a_plan_is_the_plans_own(layout):
    plan = stored(followed_up(full(layout)))
    plan = Plan.objects.with_heading().get(pk=plan.pk)
    settle(plan, PlanState.CLOSED)
    whole = picture_of(current_document(plan), today=date(2027, 6, 1))
    light = pictures_of([plan], today=date(2027, 6, 1))[plan.pk]
    assert light.sentence == whole.sentence
    assert light.counts == whole.counts
    assert [row.counts for row in light.areas] == [row.counts for row in whole.areas]
    assert {row.party.key: (row.asked, row.answered, row.is_late) for row in light.parties} == {
        row.party.key: (row.asked, row.answered, row.is_late) for row in whole.parties
    }
    assert (light.goals_sentence, light.meetings_sentence) == (
        whole.goals_sentence,
        whole.meetings_sentence,
    )
    assert [item.verdict for item in light.items] == [item.verdict for item in whole.items]
    assert not any(answer.text for round_ in light.document.rounds for answer in round_.answers)


def test_the_city_too_knows_whom_a_round_turns_to(plan):
    police, administration = police_of(plan.district), administration_of(plan.district)
    action = an_action(plan, police, administration)
    round_ = a_round(plan)
    round_.parties.add(police)
    answer(round_, action, ActionState.DONE, police)
    light = pictures_of(list(Plan.objects.with_heading()), today=date(2026, 12, 31))[plan.pk]
    assert [row.party.short_name for row in light.parties] == [police.short_name]
    assert len(light.document.rounds) == 1


def test_no_plans_no_pictures():
    assert light_documents([]) == ({}, {})


def test_what_was_put_right_of_an_internal_time_is_in_no_stream_of_the_public_page(plan):
    """The day is kept beside the plan, where nothing marks it as internal."""
    marked: dict[str, Any] = {"internal_fields": ["timing"], "internal_reason": "18 kap. 1 § OSL"}
    secret = an_action(plan, name="Insats vid porten", timing="I mars", **marked)
    told = an_action(plan, name="Nattvandring", timing="I mars")
    round_ = a_round(plan)
    for action in (secret, told):
        answer(round_, action, ActionState.NOT_STARTED, continues_next_year=True)
        Understanding.objects.create(
            period=plan.period,
            action=action.uuid,
            ends_on=date(2026, 3, 17),
            by=a_member(Role.COORDINATOR, plan.district),
            at=datetime(2026, 12, 1, tzinfo=UTC),
        )
    settle(plan)

    def paper(edition):
        return everything_in(Wanted(plan, KINDS["uppfoljning.pdf"], edition).make())

    whole, public = paper(Edition.INTERNAL), paper(Edition.PUBLIC)

    assert (whole.count("2026-03-17"), public.count("2026-03-17")) == (2, 1)
