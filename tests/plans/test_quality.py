"""Brister: what a plan still lacks is said row by row, and nothing else is."""

from uuid import uuid4

import pytest
from hypothesis import given
from msgspec.structs import replace

from plans.document import (
    ActionDoc,
    AreaDoc,
    CauseDoc,
    CommitmentDoc,
    GoalDoc,
    PlanDocument,
    ProblemDoc,
)
from plans.labels import label
from plans.quality import Lack, personal_data, shortcomings
from plans.rows import RowKind
from plans.vocabulary import HandledAs, Layout
from samverkan.personal_data import Kind
from tests.formats.samples import PARTIES, POLICE, emptiest, full, uid
from tests.strategies import documents

GOAL = GoalDoc(uid("mål"), "Minst tio vandringar.")
WHOLE = ActionDoc(
    uid("åtgärd"),
    cause=uid("orsak"),
    name="Trygghetsvandringar",
    responsible="Stadsdelsförvaltningen",
    follow_up_plan="T2 och VB",
    goals=(GOAL,),
)
PROBLEM = ProblemDoc(
    uid("problem"), "Rån på torget", causes=(CauseDoc(uid("orsak"), "Mörka gångvägar"),)
)


def a_plan(
    *actions: ActionDoc,
    problems: tuple[ProblemDoc, ...] = (PROBLEM,),
    layout: Layout = Layout.CAUSES,
    **area,
) -> PlanDocument:
    doc = AreaDoc(
        uid("område"), "torget", "Torget", "Torget", problems=problems, actions=actions, **area
    )
    return replace(emptiest(layout), areas=(doc,), parties=PARTIES)


def said(document: PlanDocument) -> list[tuple[Lack, str, str]]:
    return [(one.kind, one.field, one.sentence) for one in shortcomings(document)]


def test_a_whole_chain_lacks_nothing():
    assert said(a_plan(WHOLE)) == []


def test_a_cause_without_action():
    plan = a_plan(replace(WHOLE, cause=None))
    assert said(plan) == [
        (Lack.NO_ACTION, "actions", "Orsaken ”Mörka gångvägar” har ingen åtgärd.")
    ]


def test_a_problem_without_cause():
    problems = (PROBLEM, ProblemDoc(uid("ensamt"), "Klotter i parken"))
    assert said(a_plan(WHOLE, problems=problems)) == [
        (Lack.NO_CAUSE, "causes", "Problemet ”Klotter i parken” saknar orsak.")
    ]


def test_a_problem_on_two_rows_has_the_cause_of_either():
    problems = (PROBLEM, ProblemDoc(uid("igen"), " rån på  Torget"))
    assert [kind for kind, *_ in said(a_plan(WHOLE, problems=problems))] == [Lack.SAID_TWICE]


@pytest.mark.parametrize(
    "handled",
    [{"handled_as": HandledAs.LINE_WORK}, {"not_chosen_reason": "Läget är lugnt."}],
)
def test_an_area_that_is_handled_elsewhere_needs_no_actions(handled):
    assert said(a_plan(**handled)) == []


@pytest.mark.parametrize(
    ("without", "kind", "field", "sentence"),
    [
        ({"goals": ()}, Lack.NO_GOAL, "goals", "saknar mål."),
        ({"responsible": ""}, Lack.NO_RESPONSIBLE, "responsible", "saknar ansvarig."),
        (
            {"follow_up_plan": ""},
            Lack.NO_FOLLOW_UP_PLAN,
            "follow_up_plan",
            "saknar plan för uppföljning.",
        ),
    ],
)
def test_an_action_that_lacks_something(without, kind, field, sentence):
    assert said(a_plan(replace(WHOLE, **without))) == [
        (kind, field, f"Åtgärden ”Trygghetsvandringar” {sentence}")
    ]


def test_a_party_with_a_commitment_is_responsible():
    commitment = CommitmentDoc(uuid4(), POLICE.key, text="Går med.")
    assert said(a_plan(replace(WHOLE, responsible="", commitments=(commitment,)))) == []


def test_a_goal_that_cannot_be_measured():
    goals = (GOAL, GoalDoc(uid("vagt"), "Tryggheten ska öka."))
    [found] = shortcomings(a_plan(replace(WHOLE, goals=goals)))
    assert (found.kind, found.row, found.uuid) == (
        Lack.NOT_MEASURABLE,
        RowKind.GOAL,
        uid("vagt"),
    )
    assert found.sentence.startswith("Målet ”Tryggheten ska öka.” går inte att mäta.")


def meeting(name: str = "Samverkansmöte", cause=WHOLE.cause, problem=None) -> ActionDoc:
    return replace(WHOLE, uuid=uid(name), name=name, cause=cause, problem=problem)


def test_meetings_alone_are_no_answer_to_a_cause():
    found = said(a_plan(meeting(), meeting("Styrgrupp")))
    assert found == [
        (Lack.ONLY_MEETINGS, "actions", "Orsaken ”Mörka gångvägar” har bara möten som åtgärd.")
    ]
    assert said(a_plan(meeting(), WHOLE)) == []


def test_meetings_alone_are_no_answer_to_a_problem():
    on_problem = meeting(cause=None, problem=PROBLEM.uuid)
    bare = replace(PROBLEM, causes=())
    found = said(a_plan(on_problem, problems=(bare,)))
    assert (
        Lack.ONLY_MEETINGS,
        "actions",
        "Problemet ”Rån på torget” har bara möten som åtgärd.",
    ) in found
    assert said(a_plan(on_problem, WHOLE)) == []


def test_meetings_alone_are_no_answer_in_an_area():
    loose = meeting(cause=None)
    found = said(a_plan(loose, problems=()))
    assert found == [(Lack.ONLY_MEETINGS, "actions", "Området ”Torget” har bara möten som åtgärd.")]
    assert said(a_plan(loose, WHOLE)) == []


def test_an_activity_table_is_not_asked_for_problems_and_causes():
    activity = replace(WHOLE, cause=None, goals=(), aim="Färre rån.")
    assert said(a_plan(activity, layout=Layout.ACTIVITIES)) == []
    assert [
        kind for kind, *_ in said(a_plan(replace(activity, aim=""), layout=Layout.ACTIVITIES))
    ] == [Lack.NO_GOAL]


def test_meetings_in_an_activity_table_are_held_against_the_whole_area():
    vandring = replace(WHOLE, uuid=uid("b"), cause=None)
    assert said(a_plan(meeting(), vandring, layout=Layout.ACTIVITIES)) == []
    assert [kind for kind, *_ in said(a_plan(meeting(), layout=Layout.ACTIVITIES))] == [
        Lack.ONLY_MEETINGS
    ]


def test_the_same_action_twice():
    again = replace(WHOLE, uuid=uid("igen"), name="trygghetsvandringar")
    [found] = shortcomings(a_plan(WHOLE, again))
    assert (found.kind, found.uuid, found.field) == (Lack.SAID_TWICE, uid("igen"), "name")
    assert found.sentence == "Åtgärden ”trygghetsvandringar” står två gånger."


def test_one_action_spelled_in_two_ways_in_two_areas():
    plan = a_plan(replace(WHOLE, name="Skarpnäcksliftet", description="Jobb åt unga."))
    lift = replace(
        WHOLE,
        uuid=uid("lyft"),
        cause=None,
        name="Skarpnäckslyftet",
        description="Praktik i sommar.",
    )
    other = AreaDoc(uid("unga"), "unga", "Unga", "Unga", actions=(lift,))
    assert said(replace(plan, areas=(*plan.areas, other))) == [
        (
            Lack.SAID_TWICE,
            "name",
            "Åtgärden ”Skarpnäckslyftet” säger samma sak som ”Skarpnäcksliftet” i området ”Torget”.",
        )
    ]


def test_the_same_name_may_stand_for_two_things():
    first = replace(WHOLE, description="I parken, med de boende.")
    other = replace(WHOLE, uuid=uid("b"), description="Vid skolan, med eleverna på högstadiet.")
    assert said(a_plan(first, other)) == []


def test_the_same_cause_under_two_problems_is_two_causes():
    other = ProblemDoc(uid("p2"), "Klotter", causes=(CauseDoc(uid("o2"), "Mörka gångvägar"),))
    second = replace(WHOLE, uuid=uid("å2"), cause=uid("o2"), name="Lampor")
    assert said(a_plan(WHOLE, second, problems=(PROBLEM, other))) == []


def test_a_long_text_is_named_by_its_beginning():
    long = "Stadsdelsförvaltningen och polisen går igenom belysningen i parken, och byter sedan lampor."
    plan = a_plan(replace(WHOLE, name="", description=long, goals=()))
    assert said(plan)[0][2] == (
        "Åtgärden ”Stadsdelsförvaltningen och polisen går igenom belysningen i parken …” saknar mål."
    )


def test_shortcomings_stand_as_the_plan_reads():
    lacking = replace(WHOLE, goals=(GoalDoc(uid("vagt"), "Trygghet"),), follow_up_plan="")
    bare = replace(WHOLE, uuid=uid("sist"), cause=None, name="Lampor", goals=(), responsible="")
    problems = (ProblemDoc(uid("först"), "Klotter"), PROBLEM)
    found = shortcomings(a_plan(bare, lacking, problems=problems))
    assert [one.kind for one in found] == [
        Lack.NO_CAUSE,
        Lack.NO_FOLLOW_UP_PLAN,
        Lack.NOT_MEASURABLE,
        Lack.NO_GOAL,
        Lack.NO_RESPONSIBLE,
    ]


@given(document=documents())
def test_every_shortcoming_is_about_a_row_of_the_plan_and_has_a_sentence(document):
    for one in shortcomings(document):
        assert one.sentence.endswith(".")
        assert one.sentence.startswith(one.row.label)
        assert one.kind.label


@given(document=documents())
def test_an_activity_table_never_lacks_a_cause(document):
    found = {one.kind for one in shortcomings(replace(document, layout=Layout.ACTIVITIES))}
    assert not found & {Lack.NO_CAUSE, Lack.NO_ACTION}


def test_personal_data_is_found_in_every_text_of_the_plan():
    plan = full()
    assert plan.agreement
    number = "Ring 070-123 45 67"
    for area in plan.areas[:1]:
        action = area.actions[0]
        action = replace(
            action,
            convener=number,
            goals=(replace(action.goals[0], text=number), *action.goals[1:]),
            commitments=(replace(action.commitments[0], text=number), *action.commitments[1:]),
        )
        area = replace(
            area, situation=f"<p>Läget</p><p>{number}</p>", actions=(action, *area.actions[1:])
        )
    round_ = plan.rounds[0]
    answer = replace(round_.answers[0], text=number)
    plan = replace(
        plan,
        areas=(area, *plan.areas[1:]),
        agreement=replace(
            plan.agreement,
            parties=(
                replace(plan.agreement.parties[0], signatory=number),
                *plan.agreement.parties[1:],
            ),
        ),
        extras=(replace(plan.extras[0], text=number),),
        rounds=(replace(round_, answers=(answer, *round_.answers[1:])), *plan.rounds[1:]),
    )
    found = personal_data(plan)
    assert [(one.row.value, one.field) for one in found] == [
        ("signatory", "signatory"),
        ("area", "situation"),
        ("action", "convener"),
        ("goal", "text"),
        ("commitment", "text"),
        ("extra", "text"),
        ("answer", "text"),
    ]
    assert {one.finding.kind for one in found} == {Kind.TELEPHONE}
    assert found[1].finding.start == len("Läget\nRing ")
    assert found[2].title == "Torgvärdar på Tallbackstorget"
    assert found[6].uuid == action.uuid
    assert all(label(one.row, one.field) for one in found)


def test_the_sample_plans_hold_no_personal_data():
    assert personal_data(full()) == []
