"""The table of rights as the rules state it: role × state × right, and the reason for each no."""

import pytest

from plans.vocabulary import PlanState
from samverkan.access.answers import Allowed, Denied
from samverkan.access.ask import may
from samverkan.access.table import TABLE, Right
from samverkan.organisation.vocabulary import Role
from tests.access.personas import CITY, EVERYBODY, INSIDE, OUTSIDE, Door
from tests.factories import a_district, a_member

D, C, B, A = PlanState.DRAFT, PlanState.CONSULTATION, PlanState.DECIDED, PlanState.CLOSED
MAIN_EDITORS = {"redaktör sdf", "kommunpolis"}
TAKING_PART = (
    MAIN_EDITORS
    | {"redaktör partner", "bidragsgivare", "chef sdf", "chef polis", "chef partner"}
    | {"samordnare", "stadsledning"}
)

# Who has the right to a plan, in which of its states. Whoever is not named has not.
PLAN_RIGHTS = {
    Right.READ: dict.fromkeys((D, C), TAKING_PART)
    | dict.fromkeys((B, A), TAKING_PART | {"läsare"}),
    Right.READ_HISTORY: dict.fromkeys((D, C, B, A), TAKING_PART),
    Right.COMMENT: {
        D: {"samordnare", *MAIN_EDITORS, "bidragsgivare", "chef sdf", "chef polis"},
        C: {"samordnare", *MAIN_EDITORS, "bidragsgivare", "chef sdf", "chef polis"},
        B: {"samordnare", *MAIN_EDITORS},
    },
    Right.READ_COMMENTS: dict.fromkeys(
        PlanState, {"samordnare", *MAIN_EDITORS, "bidragsgivare", "chef sdf", "chef polis"}
    ),
    Right.EDIT_SHARED: dict.fromkeys((D, C), {"samordnare", *MAIN_EDITORS}),
    Right.EDIT_OWN: dict.fromkeys(
        (D, C), {"samordnare", *MAIN_EDITORS, "redaktör partner", "bidragsgivare"}
    ),
    Right.EDIT_AGREEMENT: dict.fromkeys((D, C), {"samordnare"}),
    Right.READ_AGREEMENT: dict.fromkeys((D, C), {*INSIDE, "stadsledning"} - {"läsare"})
    | dict.fromkeys((B, A), {*INSIDE, "stadsledning"}),
    Right.DELETE_AND_MOVE: dict.fromkeys((D, C), {"samordnare"}),
    Right.DELETE_PLAN: {D: {"samordnare"}},
    Right.IMPORT_PLAN: dict.fromkeys((D, C), {"samordnare"}),
    Right.CHANGE_STATE: dict.fromkeys((D, C, B), {"samordnare"}),
    Right.APPROVE: {C: {"chef sdf", "chef polis"}},
    Right.REGISTER_DECISION: {C: {"samordnare"}},
    Right.REVISE: {B: {"samordnare"}},
    Right.OPEN_ROUNDS: {B: {"samordnare"}},
    Right.READ_DISPATCHES: dict.fromkeys(
        (D, C, B, A), {"samordnare", "chef sdf", "chef polis", "chef partner"}
    ),
    Right.FOLLOW_UP_FOR_ALL: {B: {"samordnare"}},
    Right.FOLLOW_UP: {B: {"samordnare", *MAIN_EDITORS, "redaktör partner", "bidragsgivare"}},
}
DISTRICT_RIGHTS = {
    Right.ENTER_DISTRICT: {*INSIDE, "stadsledning"},
    Right.CREATE_PLAN: {"samordnare"},
    Right.CREATE_REPORT: {"samordnare"},
    Right.IMPORT_PLAN: {"samordnare"},
    Right.KEEP_YEAR: {"samordnare"},
    Right.READ_INTERNAL_INDICATORS: {*INSIDE, "stadsledning"} - {"läsare"},
    Right.KEEP_INDICATORS: {"samordnare", *MAIN_EDITORS},
    Right.MANAGE_MEMBERS: {"samordnare"},
    Right.READ_JOURNAL: {"samordnare", "chef sdf", "chef polis", "chef partner"},
}
CITY_RIGHTS = {
    Right.READ_CITY: {"stadsledning"},
    Right.KEEP_CATALOGUES: {"stadsledning"},
    Right.KEEP_CITY_AGREEMENTS: {"stadsledning"},
    Right.OPEN_CITY_ROUNDS: {"stadsledning"},
    Right.ADMINISTER: {"systemförvaltare"},
}


def test_every_right_has_a_row_in_this_test_and_in_the_table():
    assert PLAN_RIGHTS.keys() | DISTRICT_RIGHTS.keys() | CITY_RIGHTS.keys() == set(Right)
    assert TABLE.keys() == set(Right)


def check(door, place, right, allowed):
    for who in EVERYBODY:
        answer = may(door.person(who), right, place)
        if who in allowed:
            assert isinstance(answer, Allowed), f"{who} borde få {right}"
            continue
        assert isinstance(answer, Denied), f"{who} borde inte få {right}"
        hidden = who in OUTSIDE if place != door.district.municipality else who not in CITY
        assert answer.hidden is hidden, f"{who}: {right}"
        assert answer.reason.endswith((".", "?")), "skälet är en mening"
        assert "{" not in answer.reason


@pytest.mark.parametrize("state", PlanState)
@pytest.mark.parametrize("right", PLAN_RIGHTS)
def test_rights_in_a_plan(right, state, db):
    door = Door(state)
    check(door, door.plan, right, PLAN_RIGHTS[right].get(state, set()))


@pytest.mark.parametrize("right", DISTRICT_RIGHTS)
def test_rights_in_a_district(right, db):
    door = Door()
    check(door, door.district, right, DISTRICT_RIGHTS[right])


@pytest.mark.parametrize("right", CITY_RIGHTS)
def test_rights_in_the_city(right, db):
    door = Door()
    check(door, door.district.municipality, right, CITY_RIGHTS[right])


@pytest.mark.parametrize(
    ("who", "right", "state"),
    [
        ("kommunpolis", Right.EDIT_OWN, D),
        ("bidragsgivare", Right.EDIT_OWN, C),
        ("redaktör sdf", Right.FOLLOW_UP, B),
        ("bidragsgivare", Right.FOLLOW_UP, B),
        ("chef polis", Right.APPROVE, C),
    ],
)
def test_a_party_acts_for_itself_and_for_no_other(who, right, state, db):
    door = Door(state)
    user = door.person(who)
    own = user.standing[0].party
    for party in (door.sdf, door.police, door.partner):
        assert bool(may(user, right, door.plan, party)) is (party == own)


def test_the_coordinator_may_fill_in_for_any_party(db):
    door = Door(PlanState.DRAFT)
    user = door.person("samordnare")
    assert all(
        may(user, Right.EDIT_OWN, door.plan, party)
        for party in (door.sdf, door.police, door.partner)
    )


def test_a_person_with_two_roles_has_the_rights_of_both(db):
    door = Door(PlanState.CONSULTATION)
    user = door.person("läsare")
    assert not may(user, Right.READ, door.plan)
    a_member(Role.MANAGER, door.district, door.police, user=user)
    assert may(user, Right.APPROVE, door.plan, door.police)


def test_the_reason_names_the_state_the_plan_is_in(db):
    door = Door(PlanState.DECIDED)
    answer = may(door.person("samordnare"), Right.EDIT_SHARED, door.plan)
    assert "Planen är beslutad" in answer.reason
    assert "ny revision" in answer.reason


class TestSuccessors:
    """Järva reads what Rinkeby-Kista decided before the two became one."""

    @pytest.mark.parametrize("state", PlanState)
    def test_a_member_of_the_successor_reads_what_was_decided(self, state, db):
        door = Door(state)
        door.elsewhere.predecessors.add(door.district)
        user = door.person("samordnare i annat område")
        assert bool(may(user, Right.READ, door.plan)) is (state in (B, A))
        assert not may(user, Right.EDIT_SHARED, door.plan)
        assert not may(user, Right.MANAGE_MEMBERS, door.district)

    @pytest.mark.parametrize("also", ["systemförvaltare", "bidragsgivare utan åtagande"])
    def test_one_more_role_takes_nothing_away(self, also, db):
        door = Door(PlanState.DECIDED)
        door.elsewhere.predecessors.add(door.district)
        user = door.person(also)
        a_member(Role.COORDINATOR, door.elsewhere, user=user)
        assert may(user, Right.READ, door.plan)

    def test_history_survives_two_mergers(self, db):
        door = Door(PlanState.CLOSED)
        between = a_district("Mellan", "mellan")
        between.predecessors.add(door.district)
        door.elsewhere.predecessors.add(between)
        assert may(door.person("samordnare i annat område"), Right.READ, door.plan)

    def test_a_predecessor_does_not_read_its_successor(self, db):
        door = Door(PlanState.DECIDED)
        door.district.predecessors.add(door.elsewhere)
        assert not may(door.person("samordnare i annat område"), Right.READ, door.plan)

    def test_a_circle_of_predecessors_does_not_hang(self, db):
        door = Door(PlanState.DECIDED)
        other = a_district("Mellan", "mellan")
        other.predecessors.add(door.district)
        door.district.predecessors.add(other)
        assert not may(door.person("samordnare i annat område"), Right.READ, door.plan)
