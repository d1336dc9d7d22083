"""A file that contradicts itself, or reaches for what is another's, is refused in a sentence or kept
to its own district; never half stored, and never with something silently lost."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from msgspec.structs import replace

from plans.document import AgreementDoc, Envelope, NotAPlan, PlanDocument, read_json, write_json
from plans.models import Agreement, Plan
from plans.services.loading import to_document
from plans.services.storing import from_document
from samverkan.document import as_plain
from samverkan.organisation.models import Party
from tests.factories import a_district
from tests.formats.samples import full
from tests.plans.storing import stored

NEW = "00000000-0000-4000-8000-000000000001"


def read(damage: Callable[[Any], object]) -> PlanDocument:
    file = json.loads(write_json(Envelope(full()))) | {"document": as_plain(full())}
    damage(file["document"])
    return read_json(json.dumps(file)).document


def first(plan: Any, what: str) -> dict:
    """The first action or round that has any of what is asked for."""
    actions = [action for area in plan["areas"] for action in area["actions"]]
    return next(part for part in [*actions, *plan["rounds"]] if part.get(what))


def area_with_causes(plan: Any) -> dict:
    return next(a for a in plan["areas"] if any(p["causes"] for p in a["problems"]))


def same_problem_twice(plan):
    problems = area_with_causes(plan)["problems"]
    problems.append(problems[0] | {"text": "Ett annat problem", "causes": []})


def same_cause_under_two_problems(plan):
    problems = area_with_causes(plan)["problems"]
    problems.append({"uuid": NEW, "text": "Ett annat", "causes": problems[0]["causes"]})


def twice(items: list) -> None:
    items.append(deepcopy(items[0]))


def renamed_twice(items: list) -> None:
    items.append(items[0] | {"uuid": NEW})


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (same_problem_twice, "samma uuid"),
        (same_cause_under_two_problems, "samma uuid"),
        (lambda plan: twice(plan["sections"]), "samma uuid"),
        (lambda plan: twice(first(plan, "goals")["goals"]), "samma uuid"),
        (lambda plan: twice(first(plan, "also_serves")["also_serves"]), "två gånger"),
        (lambda plan: twice(plan["agreement"]["parties"]), "två gånger"),
        (lambda plan: twice(plan["rounds"]), "samma namn eller uuid"),
        (lambda plan: renamed_twice(plan["rounds"]), "samma namn eller uuid"),
        (lambda plan: twice(first(plan, "answers")["answers"]), "två svar"),
        (lambda plan: twice(first(plan, "outcomes")["outcomes"]), "två svar"),
        (lambda plan: first(plan, "answers")["answers"][0].update(action=NEW), "inte finns"),
        (lambda plan: first(plan, "outcomes")["outcomes"][0].update(goal=NEW), "inte finns"),
        (
            lambda plan: plan["rounds"][0].update(opened_at=None, closed_at="2025-05-01T08:00:00Z"),
            "aldrig öppnats",
        ),
        (lambda plan: plan["rounds"][0].update(opened_at="2025-05-01T08:00:00"), "opened_at"),
        (lambda plan: plan["rounds"][0].update(opened_at="0001-01-01T00:00:00+14:00"), "tidpunkt"),
        (lambda plan: plan["agreement"].update(period_end="1999-01-01"), "slutar innan"),
        (lambda plan: plan["agreement"]["parties"][0].update(signatory="x" * 151), "signatory"),
        (lambda plan: plan["parties"][0].update(name="x" * 151), "name"),
        (lambda plan: plan["parties"][0].update(short_name="x" * 61), "short_name"),
        (lambda plan: plan["parties"][0].update(key="stad/"), "key"),
        (lambda plan: plan["parties"][0].update(key="två ord"), "key"),
        (lambda plan: plan["areas"][0].update(slug="x" * 101), "slug"),
        (lambda plan: plan["areas"][0].update(slug=""), "slug"),
    ],
)
def test_a_contradiction_is_refused_with_the_reason(damage, said):
    with pytest.raises(NotAPlan, match=said):
        read(damage)


@pytest.mark.parametrize(
    "number", ["NaN", "sNaN", "Infinity", "1E+20", "1E+999999", "12345678901", "0.00001", "1.23456"]
)
@pytest.mark.parametrize("field", ["baseline", "target"])
def test_a_number_that_there_is_no_room_for_is_refused_and_not_rounded(number, field):
    with pytest.raises(NotAPlan, match="ryms inte"):
        read(lambda plan: first(plan, "goals")["goals"][0].update({field: number}))


def test_an_outcome_is_a_number_like_any_other():
    with pytest.raises(NotAPlan, match="ryms inte"):
        read(lambda plan: first(plan, "outcomes")["outcomes"][0].update(value="Infinity"))


def test_minus_zero_is_zero(db):
    document = read(lambda plan: first(plan, "goals")["goals"][0].update(target="-0"))
    assert b'"-0"' not in write_json(Envelope(to_document(stored(document))))


def test_what_is_empty_once_it_is_clean_is_refused_in_a_sentence(db):
    document = read(lambda plan: first(plan, "goals").update(name="\x00", description=""))
    with pytest.raises(NotAPlan, match="saknar både namn och beskrivning"):
        stored(document)
    assert not Plan.objects.exists()


def test_the_same_plan_a_second_time_is_refused_in_a_sentence(db):
    stored(full())
    with pytest.raises(NotAPlan, match="Det finns redan"):
        stored(full())


def test_a_round_of_another_name_than_the_one_that_is_there_is_refused_in_a_sentence(db):
    stored(full())
    again = read(lambda plan: plan.update(revision=9) or plan["rounds"][0].update(uuid=NEW))
    with pytest.raises(NotAPlan, match="en annan uppföljning"):
        stored(again)


class TestAnotherDistrict:
    """The file of one district read into another."""

    @pytest.fixture
    def theirs(self, db):
        return stored(full())

    @pytest.fixture
    def ours(self, theirs):
        return a_district("Granbacken", municipality=theirs.district.municipality)

    def test_it_does_not_join_the_others_agreement(self, theirs, ours):
        plan = from_document(full(), district=ours)

        assert plan.agreement != theirs.agreement
        assert list(theirs.agreement.districts.all()) == [theirs.district]
        assert plan.agreement.title == theirs.agreement.title
        assert {entry.party.district for entry in plan.agreement.parties.all()} <= {ours, None}

    def test_it_learns_nothing_of_an_agreement_by_naming_its_uuid(self, theirs, ours):
        guess = AgreementDoc(theirs.agreement.uuid, "Gissad", theirs.agreement.period_start)
        plan = from_document(replace(full(), agreement=guess), district=ours)

        assert plan.agreement.title == "Gissad"
        assert not plan.agreement.parties.exists()

    def test_its_rounds_are_its_own(self, theirs, ours):
        plan = from_document(full(), district=ours)

        assert plan.period.rounds.count() == theirs.period.rounds.count() == len(full().rounds)

    def test_the_districts_own_agreement_is_still_found(self, theirs):
        later = stored(replace(full(), revision=9))

        assert later.agreement == theirs.agreement
        assert Agreement.objects.count() == 1

    def test_it_does_not_make_a_party_for_the_whole_city(self, theirs, ours):
        Party.objects.filter(district=None).update(slug="en-annan")
        with pytest.raises(NotAPlan, match="stad/trafikkontoret"):
            from_document(full(), district=ours)
        assert not ours.periods.exists()
