"""Showing some of a plan: what is found is seen, and what can be chosen leads somewhere."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from msgspec.structs import replace

from plans.document import ActionDoc, AnswerDoc
from plans.filtering import Criteria, narrow
from plans.presentation import PlanView
from plans.templatetags.plan import marked
from plans.vocabulary import ActionState, Layout
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member
from tests.formats import samples
from tests.plans.storing import stored


@pytest.fixture
def ask(db, client) -> Callable[..., str]:
    """The page of a plan, narrowed to what is asked for."""

    def ask(document=None, **asked: str) -> str:
        plan = stored(document or samples.full())
        client.force_login(a_member(Role.COORDINATOR, plan.district))
        return client.get(reverse("plan", args=[plan.district.slug, plan.year]), asked).text

    return ask


def opened(page: str) -> list[bool]:
    return ["open" in tag for tag in re.findall(r'<details class="more-about"[^>]*>', page)]


@pytest.mark.parametrize(
    ("word", "where"),
    [
        ("värdarna", "Anställer och leder torg<mark>värdarna</mark>."),  # a commitment
        ("affischer", "<mark>Affischer</mark> på torget"),  # a detail
        ("FJORTON", "Fotpatrull har gått <mark>fjorton</mark> kvällar."),  # an earlier round
    ],
)
def test_what_is_found_in_mer_om_atgarden_is_unfolded_and_marked(word, where, ask):
    page = ask(q=word)
    assert where in page
    assert opened(page) == [True]


def test_what_is_found_where_all_see_it_unfolds_nothing(ask):
    page = ask(q="gula västar")
    assert "i <mark>gula</mark> <mark>västar</mark> rör" in page
    assert opened(page) == [False]


def test_all_is_folded_and_nothing_marked_where_nobody_looks(ask):
    page = ask()
    assert not any(opened(page))
    assert "<mark>" not in page


def test_an_activity_is_marked_too(ask):
    page = ask(samples.full(Layout.ACTIVITIES), q="värdarna")
    assert "torg<mark>värdarna</mark>." in page


@pytest.mark.parametrize("sought", [["<b>"], ["amp"], ["b", "<"], ["lt;"]])
def test_markup_in_what_is_written_or_looked_for_stays_text(sought):
    said = marked("<b>1 & 2</b>", sought)
    assert re.sub("</?mark>", "", said) == "&lt;b&gt;1 &amp; 2&lt;/b&gt;"


def with_answers(*answers: AnswerDoc):
    plan = samples.with_action(ActionDoc(samples.uid("a"), name="Åtgärd"))
    (round_, *_) = samples.full().rounds
    return replace(plan, rounds=(replace(round_, answers=answers, outcomes=()),))


def test_an_action_is_found_by_the_state_that_only_a_party_has_given_it(ask):
    document = with_answers(
        AnswerDoc(samples.uid("a"), party=samples.POLICE.key, state=ActionState.PAUSED)
    )
    page = ask(document, status="pausad")
    assert "Visar 1 av 1 åtgärd" in page
    assert re.search(r'<option value="pausad" selected>\s*Pausad', page)


@pytest.mark.parametrize("state", [ActionState.ON_PLAN, ActionState.PAUSED])
def test_an_action_is_found_by_what_is_said_in_common_and_by_what_a_party_says(state):
    document = with_answers(
        AnswerDoc(samples.uid("a"), state=ActionState.ON_PLAN),
        AnswerDoc(samples.uid("a"), party=samples.POLICE.key, state=ActionState.PAUSED),
    )
    areas = PlanView(document).areas
    assert narrow(areas, Criteria(state=state))
    assert not narrow(areas, Criteria(state=ActionState.DONE))


def test_there_is_no_choice_where_there_is_nothing_to_choose(ask):
    page = ask(samples.with_action(ActionDoc(samples.uid("a"), name="Åtgärd")))
    assert "Ord i planen" in page
    for nothing in ("Alla parter", "Alla lägen", "Alla tider"):
        assert nothing not in page


def test_where_nothing_matches_there_are_no_contents(ask):
    page = ask(q="finns inte i planen")
    assert "Inga åtgärder i planen stämmer med urvalet." in page
    assert "Innehåll" not in page.split("<main")[1]
