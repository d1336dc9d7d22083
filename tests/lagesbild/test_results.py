"""Results of the work are offered out of the year's follow-ups, and lead back to them."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from lagesbild.models import Report, Result
from plans.models import Action, Plan
from plans.vocabulary import ActionState
from samverkan.collaboration import undoing
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_catalogue,
    a_decision,
    a_district,
    a_member,
    a_plan,
    a_round,
    an_action,
    an_area,
    settle,
)
from tests.lagesbild.tied import YEAR, Tied
from tests.plans.test_page import words_of

pytestmark = pytest.mark.django_db
SAID = "Tre vandringar ordnades, med fyrtio deltagare."


class FollowedUp(Tied):
    """Beside the lägesbild, the plan of its own year: two actions of its area, followed up."""

    def __init__(self, year: int = YEAR, **of_walks: Any) -> None:
        super().__init__()
        self.year_plan: Plan = a_plan(self.district, year, agreement=self.agreement)
        self.walks: Action = an_action(
            self.year_plan, self.sdf, self.police, name="Vandringar", **of_walks
        )
        self.lights: Action = an_action(self.year_plan, self.sdf, name="Bättre belysning")
        self.elsewhere: Action = an_action(self.year_plan, name="Torgvärdar", area=1)
        self.goal = self.walks.goals.create(
            text="Minst två vandringar.", unit="vandringar", target=2
        )
        a_decision(settle(self.year_plan))
        self.round = a_round(self.year_plan, is_open=True, name="Tertial 2")

    def answer(self, action: Action, text: str = "", party: Any = None, **said: Any) -> None:
        self.round.follow_ups.create(action=action.uuid, party=party, text=text, **said)

    @property
    def address(self) -> str:
        place = [self.district.slug, self.report.pk, self.section.uuid]
        return reverse("report-results", args=place)

    def offered(self, client: Any) -> list[Any]:
        client.force_login(self.samordnare)
        found = client.get(self.address).context["found"]
        return [offer for of in found for offer in of.offers]

    def take(self, client: Any, *texts: str, **more: Any) -> Any:
        keys = [one.key for one in self.offered(client) if one.text in texts]
        return client.post(self.address, {"resultat": keys}, follow=True, **more)


@pytest.fixture
def followed() -> FollowedUp:
    return FollowedUp()


def texts(offers: list[Any]) -> list[str]:
    return [one.text for one in offers]


def test_what_was_answered_in_common_is_offered_of_the_actions_of_the_area(followed, client):
    followed.answer(followed.walks, SAID, state=ActionState.DONE)
    followed.answer(followed.walks, "Vi gick med.", party=followed.police)
    followed.answer(followed.elsewhere, "Fyra värdar anställdes.")
    assert texts(followed.offered(client)) == [SAID]


def test_where_nothing_was_each_party_is_heard(followed, client):
    followed.answer(followed.walks, "Vi gick med.", party=followed.police)
    followed.answer(followed.walks, "Vi bjöd in.", party=followed.sdf)
    assert [(one.text, one.said_in) for one in followed.offered(client)] == [
        ("Vi gick med.", "Tertial 2, Polisen"),
        ("Vi bjöd in.", "Tertial 2, Stadsdelsförvaltningen"),
    ]


def test_a_state_without_words_is_a_sentence_and_so_is_an_outcome(followed, client):
    followed.answer(followed.lights, state=ActionState.PARTLY_DONE)
    followed.round.outcomes.create(goal=followed.goal.uuid, value=Decimal("3"))
    assert texts(followed.offered(client)) == [
        "Minst två vandringar: utfallet är 3 (vandringar), målet är 2.",
        "Bättre belysning: delvis genomförd.",
    ]


def test_the_latest_follow_up_comes_first_whether_it_is_closed_or_open(followed, client):
    early = a_round(
        followed.year_plan, name="Tertial 1", reporting_date=f"{YEAR}-01-31", is_open=True
    )
    early.follow_ups.create(action=followed.walks.uuid, text="En vandring.")
    early.closed_at = early.opened_at
    early.save()
    followed.answer(followed.walks, SAID)
    assert texts(followed.offered(client)) == [SAID, "En vandring."]


def test_a_proposal_that_the_party_has_not_confirmed_is_no_answer(followed, client):
    followed.answer(followed.walks, "Ett förslag.", party=followed.police, is_draft=True)
    assert followed.offered(client) == []
    assert f"uppföljd {YEAR} eller året före" in words_of(client.get(followed.address).text)


def test_what_is_ticked_becomes_results_in_one_turn_that_is_undone(followed, client):
    followed.answer(followed.walks, SAID)
    followed.answer(followed.lights, "Nitton lampor byttes.")
    answer = followed.take(client, SAID, "Nitton lampor byttes.")
    rows = list(Result.objects.order_by("position"))
    assert [(row.text, row.action) for row in rows] == [
        (SAID, followed.walks.uuid),
        ("Nitton lampor byttes.", followed.lights.uuid),
    ]
    assert "2 resultat hämtade ur uppföljningen." in words_of(answer.text)
    assert answer.redirect_chain[-1][0].endswith(f"#rad-{rows[-1].uuid}")
    undoing.undo(actor=followed.samordnare, work=Report.objects.get(pk=followed.report.pk))
    assert not Result.objects.exists()
    undoing.redo(actor=followed.samordnare, work=Report.objects.get(pk=followed.report.pk))
    assert set(Result.objects.values_list("action", flat=True)) == {
        followed.walks.uuid,
        followed.lights.uuid,
    }


def test_what_is_taken_is_marked_and_is_not_taken_twice(followed, client):
    followed.answer(followed.walks, SAID)
    followed.take(client, SAID)
    [offer] = followed.offered(client)
    assert offer.is_taken
    assert "finns redan i lägesbilden" in client.get(followed.address).text
    answer = followed.take(client, SAID)
    assert Result.objects.count() == 1
    assert "Resultaten fanns redan" in words_of(answer.text)


def test_nothing_ticked_is_told_and_what_is_not_offered_is_not_taken(followed, client):
    followed.answer(followed.walks, SAID)
    client.force_login(followed.samordnare)
    for asked in ({}, {"resultat": "svar:nej"}):
        answer = client.post(followed.address, asked)
        assert answer.status_code == 422
        assert "Kryssa för det som ska bli resultat." in answer.text
    assert not Result.objects.exists()


def test_what_is_internal_in_the_plan_is_internal_in_the_lagesbild(client):
    followed = FollowedUp(is_internal=True, internal_reason="Arbetssätt")
    followed.answer(followed.walks, SAID)
    followed.take(client, SAID)
    row = Result.objects.get()
    assert (row.is_internal, row.internal_reason) == (True, "Arbetssätt")


def test_so_is_what_tells_of_a_goal_or_of_words_that_are_internal_there(client):
    followed = FollowedUp(internal_fields=["goals"], internal_reason="Arbetssätt")
    followed.answer(followed.walks, SAID)
    followed.round.outcomes.create(goal=followed.goal.uuid, value=1)
    said, measured = followed.offered(client)
    assert (said.is_internal, said.internal_reason) == (False, "")
    assert (measured.is_internal, measured.internal_reason) == (True, "Arbetssätt")


def test_an_action_that_the_public_edition_leaves_out_for_want_of_words_gives_internal_results(
    client,
):
    hidden = {"description": "Civila poliser på torget", "internal_fields": ["description"]}
    followed = FollowedUp()
    plan = a_plan(followed.district, YEAR, revision=2, agreement=followed.agreement)
    action = an_action(plan, followed.sdf)
    Action.objects.filter(pk=action.pk).update(name="", **hidden)
    Plan.objects.filter(pk=followed.year_plan.pk).update(in_force=False)
    a_decision(settle(plan))
    followed.answer(action, state=ActionState.DONE)
    [offer] = followed.offered(client)
    assert offer.text == "Civila poliser på torget: genomförd."
    assert offer.is_internal


def test_where_the_year_has_no_follow_up_that_of_the_year_before_is_offered(client):
    followed = FollowedUp(YEAR - 1)
    followed.answer(followed.walks, SAID)
    assert texts(followed.offered(client)) == [SAID]


def test_and_where_the_district_was_not_there_that_of_what_it_was(followed, client):
    followed.answer(followed.walks, SAID)
    merged = a_district("Skogen", "skogen")
    merged.predecessors.add(followed.district)
    report = Report.objects.create(
        kind="lagesbild", district=merged, year=YEAR, catalogue=followed.plan.catalogue
    )
    section = report.all_sections.create(heading="Unga", form="omrade", area=followed.section.area)
    client.force_login(a_member(Role.COORDINATOR, merged))
    address = reverse("report-results", args=[merged.slug, report.pk, section.uuid])
    [of] = client.get(address).context["found"]
    assert texts(of.offers) == [SAID]


def test_an_area_of_another_list_is_found_by_what_it_has_become(followed, client):
    followed.answer(followed.walks, SAID)
    new = an_area(a_catalogue(2027, ()), "Unga och brott")
    followed.walks.area.area.successors.set([new])
    followed.report.all_sections.filter(pk=followed.section.pk).update(area=new)
    assert texts(followed.offered(client)) == [SAID]


def test_the_page_leads_from_the_result_to_the_action(followed, client):
    followed.answer(followed.walks, SAID)
    followed.take(client, SAID)
    thread = reverse("action-thread", args=[followed.district.slug, followed.walks.uuid])
    assert thread in followed.read(client)
    assert thread in client.get(reverse("report-write", args=[followed.district.slug, YEAR])).text
    # One who may not read a plan sees the words, and no way to it.
    of_a_draft = an_action(followed.plan)
    followed.section.results.create(text="Ur ett utkast.", action=of_a_draft.uuid, position=9)
    assert followed.read(client).count("Ur uppföljningen") == 2
    Report.objects.update(state="beslutad", in_force=True)
    page = followed.read(client, a_member(Role.READER, followed.district))
    assert thread in page
    assert "Ur ett utkast." in page
    assert page.count("Ur uppföljningen") == 1


def test_the_editor_leads_there_from_each_area(followed, client):
    client.force_login(followed.samordnare)
    address = reverse("report-write", args=[followed.district.slug, YEAR])
    assert followed.address in client.get(address).text


def test_only_an_area_of_a_lagesbild_has_results_to_fetch(followed, client):
    client.force_login(followed.samordnare)
    other = followed.report.all_sections.exclude(pk=followed.section.pk).first()
    assert other
    place = [followed.district.slug, followed.report.pk, other.uuid]
    assert client.get(reverse("report-results", args=place)).status_code == 404
    Report.objects.update(kind="statusrapport")
    assert client.get(followed.address).status_code == 404
