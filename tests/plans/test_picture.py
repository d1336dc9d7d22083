"""Läget, as data: how it goes with each action and with the whole, in the words that a chef reads."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from plans.document import (
    ActionDoc,
    AnswerDoc,
    AreaDoc,
    CommitmentDoc,
    GoalDoc,
    OutcomeDoc,
    PlanDocument,
    RoundDoc,
    read_json,
)
from plans.going import Group
from plans.measured import Reached
from plans.picture import Beside, Picture, PutRight, picture_of
from plans.vocabulary import ActionState, HandledAs, Layout, Met, RoundKind, TimingKind
from samverkan.numbers import in_words
from samverkan.text import shortened
from tests.formats.samples import ADMINISTRATION, PARTIES, POLICE, TRAFFIC, emptiest, uid

S = ActionState
AUGUST = date(2025, 8, 31)  # there is time left
OPENED = datetime(2025, 12, 1, 7, tzinfo=UTC)


def an_action(name: str, *parties, **fields) -> ActionDoc:
    return ActionDoc(
        uid(name),
        name=name,
        commitments=tuple(
            CommitmentDoc(uid(f"{name}-{party.key}"), party.key) for party in parties
        ),
        **fields,
    )


def said(name: str, state=None, party=None, **fields) -> AnswerDoc:
    return AnswerDoc(uid(name), party.key if party else None, state=state, **fields)


def a_round(*answers: AnswerDoc, kind=RoundKind.VB, at=date(2025, 12, 31), **fields) -> RoundDoc:
    name = {RoundKind.T1: "Tertial 1", RoundKind.T2: "Tertial 2"}.get(kind, "Helåret")
    fields = {"opened_at": OPENED} | fields
    return RoundDoc(uid(name), kind, name, at, at + timedelta(days=16), answers=answers, **fields)


def a_plan(*actions: ActionDoc, rounds=(), layout=Layout.CAUSES) -> PlanDocument:
    area = AreaDoc(uid("torg"), "torg", "Torg", "Torg och platser", actions=actions)
    return replace(
        emptiest(layout), parties=PARTIES, areas=(area,) if actions else (), rounds=tuple(rounds)
    )


def picture(*actions, rounds=(), layout=Layout.CAUSES, **asked) -> Picture:
    return picture_of(a_plan(*actions, rounds=rounds, layout=layout), **asked)


def group_of(action: ActionDoc, *answers: AnswerDoc, **round_) -> Group:
    return picture(action, rounds=[a_round(*answers, **round_)]).items[0].group


# How an action stands -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "group"),
    [
        (S.ON_PLAN, Group.PLANNED),
        (S.IN_PROGRESS, Group.PLANNED),
        (S.DONE, Group.PLANNED),
        (S.ENDED, Group.PLANNED),
        (S.NOT_STARTED, Group.BEHIND),
        (S.NOT_DONE, Group.DECISION),
        (S.PAUSED, Group.RESTING),
        (S.NO_NEED, Group.NO_NEED),
        (None, Group.UNKNOWN),
    ],
)
def test_the_common_answer_says_how_it_goes(state, group):
    answer = said("Vandra", state, text="Så här blev det.")
    assert group_of(an_action("Vandra"), answer, at=AUGUST) == group


def test_what_the_parties_say_does_not_change_what_they_have_said_together():
    answers = said("Vandra", S.ON_PLAN), said("Vandra", S.NOT_DONE, POLICE)
    assert group_of(an_action("Vandra", POLICE), *answers) == Group.PLANNED


@pytest.mark.parametrize(
    ("one", "other", "group"),
    [
        (S.ON_PLAN, S.NOT_DONE, Group.DECISION),
        (S.DONE, S.NOT_STARTED, Group.BEHIND),
        (S.PAUSED, S.IN_PROGRESS, Group.PLANNED),  # somebody goes on
        (S.NO_NEED, S.PAUSED, Group.RESTING),
        (S.NO_NEED, S.NO_NEED, Group.NO_NEED),
    ],
)
def test_without_a_common_answer_the_party_that_needs_the_most_is_heard(one, other, group):
    action = an_action("Vandra", ADMINISTRATION, POLICE)
    answers = said("Vandra", one, ADMINISTRATION), said("Vandra", other, POLICE)
    assert group_of(action, *answers, at=AUGUST) == group
    assert group_of(action, *answers[::-1], at=AUGUST) == group


def test_a_common_answer_without_a_state_leaves_it_to_the_parties():
    answers = said("Vandra", text="Vi ses."), said("Vandra", S.DONE, POLICE)
    assert group_of(an_action("Vandra", POLICE), *answers) == Group.PLANNED


@pytest.mark.parametrize("state", [S.PAUSED, S.NO_NEED, S.DONE, S.ENDED])
def test_no_alarm_where_a_party_did_not_do_its_part_of_what_rests_or_is_done(state):
    answers = said("Vandra", state), said("Vandra", party=POLICE, commitment_met=Met.NO)
    assert group_of(an_action("Vandra", POLICE), *answers) != Group.DECISION


def test_an_undertaking_that_is_not_met_is_for_the_chefs_with_the_partys_own_words():
    answers = (
        said("Vandra", S.ON_PLAN, text="Det rullar på."),
        said("Vandra", S.ON_PLAN, POLICE, commitment_met=Met.NO, text="Vi har saknat personal."),
    )
    item = picture(an_action("Vandra", POLICE), rounds=[a_round(*answers)]).needing[0]
    assert item.group == Group.DECISION
    assert item.verdict == "Enligt plan, åtagandet är inte uppfyllt"
    assert (item.reason, item.said_by) == ("Vi har saknat personal.", POLICE)


@pytest.mark.parametrize("met", [Met.YES, Met.PARTLY, Met.NO_NEED])
def test_an_undertaking_that_is_met_in_part_is_no_alarm(met):
    answers = said("Vandra", S.ON_PLAN), said("Vandra", S.ON_PLAN, POLICE, commitment_met=met)
    assert group_of(an_action("Vandra", POLICE), *answers) == Group.PLANNED


@pytest.mark.parametrize(
    ("goes_on", "at", "group"),
    [
        (None, AUGUST, Group.BEHIND),
        (True, date(2025, 12, 31), Group.BEHIND),
        (None, date(2025, 12, 31), Group.DECISION),
        (False, date(2025, 12, 31), Group.DECISION),
    ],
)
def test_half_done_when_the_time_is_out_has_to_be_decided_unless_it_goes_on(goes_on, at, group):
    answer = said("Vandra", S.PARTLY_DONE, continues_next_year=goes_on)
    assert group_of(an_action("Vandra"), answer, at=at) == group


@pytest.mark.parametrize(
    ("times", "group"),
    [
        ({"starts_on": date(2025, 9, 1)}, Group.PLANNED),
        ({"starts_on": date(2025, 1, 1)}, Group.BEHIND),
        ({"ends_on": date(2025, 3, 31)}, Group.DECISION),
        ({"timing": "Klart mars 2025"}, Group.DECISION),
        ({"timing": "September–december 2025"}, Group.PLANNED),
        ({"timing": "Hela året"}, Group.BEHIND),
        ({"ends_on": date(2025, 3, 31), "timing_kind": TimingKind.LINE_WORK}, Group.BEHIND),
        ({"ends_on": date(2025, 3, 31), "timing_kind": TimingKind.ON_DEMAND}, Group.BEHIND),
        ({"ends_on": date(2025, 3, 31), "timing_kind": TimingKind.ONGOING}, Group.BEHIND),
        (
            {"ends_on": date(2025, 3, 31), "timing_kind": TimingKind.UNTIL_FURTHER_NOTICE},
            Group.BEHIND,
        ),
    ],
)
def test_what_has_not_begun_is_late_only_where_a_date_for_it_has_passed(times, group):
    answer = said("Vandra", S.NOT_STARTED)
    assert group_of(an_action("Vandra", **times), answer, at=date(2025, 4, 30)) == group


def test_what_was_to_be_done_and_is_still_under_way_has_a_bit_left():
    action = an_action("Vandra", timing_kind=TimingKind.DATE, ends_on=date(2025, 3, 31))
    item = picture(action, rounds=[a_round(said("Vandra", S.IN_PROGRESS))]).items[0]
    assert item.group == Group.BEHIND
    assert item.verdict == "Pågår, skulle ha varit klar 2025-03-31"


@pytest.mark.parametrize("state", [S.NOT_STARTED, S.PARTLY_DONE])
def test_what_has_no_end_needs_no_decision_to_go_on(state):
    action = an_action("Vandra", timing_kind=TimingKind.LINE_WORK)
    assert group_of(action, said("Vandra", state)) == Group.BEHIND
    assert group_of(an_action("Vandra"), said("Vandra", state)) == Group.DECISION


# The sentence -------------------------------------------------------------------------------------


def of_groups(*states, layout=Layout.CAUSES) -> Picture:
    names = [f"Åtgärd {number}" for number, _ in enumerate(states)]
    answers = [said(name, state, text="Text.") for name, state in zip(names, states, strict=True)]
    return picture(*map(an_action, names), rounds=[a_round(*answers, at=AUGUST)], layout=layout)


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        ([S.ON_PLAN] * 17 + [S.NOT_DONE] * 3 + [S.PAUSED] * 2, "17 av 22 åtgärder går som planerat. Tre behöver beslut."),
        ([S.ON_PLAN, S.NOT_DONE], "1 av 2 åtgärder går som planerat. En behöver beslut."),
        ([S.ON_PLAN] * 3, "Alla 3 åtgärder går som planerat."),
        ([S.ON_PLAN], "Den enda åtgärden går som planerat."),
        ([S.NOT_DONE], "Den enda åtgärden behöver beslut."),
        ([S.PAUSED, S.NO_NEED], "Ingen av 2 åtgärder går som planerat."),
        ([S.DONE, S.IN_PROGRESS, S.NOT_STARTED], "2 av 3 åtgärder går som planerat. Ingen behöver beslut, en har en bit kvar."),
        ([S.NOT_DONE] * 2 + [S.NOT_STARTED] * 13, "Ingen av 15 åtgärder går som planerat. Två behöver beslut, 13 har en bit kvar."),
        ([S.DONE] + [None] * 12, "1 av 13 åtgärder går som planerat. Tolv har inget läge angivet."),
    ],
)  # fmt: skip
def test_the_first_sentence_says_how_it_goes(states, sentence):
    assert of_groups(*states).sentence == sentence


def test_a_plan_of_activities_speaks_of_activities():
    assert of_groups(S.DONE, S.DONE, layout=Layout.ACTIVITIES).sentence == (
        "Alla 2 aktiviteter går som planerat."
    )


def test_what_cannot_be_told_is_said_plainly():
    assert picture().sentence == "Planen har inga åtgärder."
    assert picture(an_action("Vandra")).sentence == "Planen har inte följts upp än."
    nobody = picture(an_action("Vandra"), rounds=[a_round()])
    assert nobody.sentence == "Ingen har svarat i Helåret än."
    none = picture(an_action("Vandra", follow_up_plan="T1"), rounds=[a_round()])
    assert none.sentence == "Helåret frågar inte efter någon åtgärd i planen."


def test_a_round_that_has_not_been_opened_is_no_follow_up():
    coming = a_round(opened_at=None)
    assert picture(an_action("Vandra"), rounds=[coming]).sentence == (
        "Planen har inte följts upp än."
    )


@pytest.mark.parametrize(
    ("number", "words"), [(0, "noll"), (1, "en"), (12, "tolv"), (13, "13"), (1200, "1\xa0200")]
)
def test_numbers_are_words_to_twelve(number, words):
    assert in_words(number) == words
    assert in_words(1, neuter=True) == "ett"


# What needs something, and what has changed -------------------------------------------------------


def test_what_needs_a_decision_stands_before_what_has_a_bit_left():
    shown = of_groups(S.NOT_STARTED, S.DONE, S.NOT_DONE, S.PAUSED, S.NO_NEED)
    assert [item.title for item in shown.needing] == ["Åtgärd 2", "Åtgärd 0"]


def test_a_reason_is_cut_between_words():
    text = "Vi har inte kunnat börja eftersom ingen lokal har varit ledig. " * 5
    action, answer = an_action("Vandra"), said("Vandra", S.NOT_DONE, text=text)
    reason = picture(action, rounds=[a_round(answer)]).needing[0].reason
    assert len(reason) <= 171
    assert reason.endswith("\xa0…")
    assert text.startswith(reason.removesuffix("\xa0…"))
    assert text[len(reason) - 2] in " ."


def test_shortening():
    assert shortened("Kort nog.", 9) == "Kort nog."
    assert shortened("Torget\noch parken", 10) == "Torget\xa0…"
    assert shortened("Oavbrutetlångt", 5) == "Oavb\xa0…"


def test_what_has_become_of_it_since_the_round_before():
    actions = [an_action(name) for name in ("Upp", "Ner", "Lika", "Vilar")]
    first = a_round(
        said("Upp", S.NOT_STARTED), said("Ner", S.ON_PLAN), said("Lika", S.DONE),
        said("Vilar", S.ON_PLAN), kind=RoundKind.T1, at=date(2025, 4, 30),
    )  # fmt: skip
    second = a_round(
        said("Upp", S.DONE), said("Ner", S.NOT_DONE), said("Lika", S.DONE), said("Vilar", S.PAUSED)
    )
    shown = picture(*actions, rounds=[first, second])
    assert shown.changes == "Sedan Tertial 1 har en gått framåt och en gått bakåt."
    assert picture(*actions, rounds=[first]).changes == ""


def test_an_earlier_round_can_be_asked_for():
    first = a_round(said("Vandra", S.PAUSED), kind=RoundKind.T1, at=date(2025, 4, 30))
    plan = a_plan(an_action("Vandra"), rounds=[first, a_round(said("Vandra", S.DONE))])
    assert picture_of(plan, round_uuid=first.uuid).items[0].group == Group.RESTING
    assert picture_of(plan).items[0].group == Group.PLANNED
    assert picture_of(plan, round_uuid=uid("någon annan")).round == plan.rounds[1]


def test_a_round_in_which_nobody_has_answered_yet_does_not_hide_the_one_before():
    first = a_round(said("Vandra", S.PAUSED), kind=RoundKind.T1, at=date(2025, 4, 30))
    assert picture(an_action("Vandra"), rounds=[first, a_round()]).round == first


def test_what_the_round_does_not_ask_for_is_not_missing():
    plans = {"Frågad": "VB", "Inte frågad": "T1", "Svarad ändå": "T2"}
    actions = [an_action(name, POLICE, follow_up_plan=plan) for name, plan in plans.items()]
    shown = picture(*actions, rounds=[a_round(said("Frågad", S.DONE), said("Svarad ändå", S.DONE))])
    assert [item.title for item in shown.items] == ["Frågad", "Svarad ändå"]
    assert shown.not_asked == 1
    assert shown.parties[0].asked == 2
    assert shown.sentence == "Alla 2 åtgärder går som planerat."


@pytest.mark.parametrize(
    ("kind", "asked_for"),
    [
        (RoundKind.T1, ["Alltid"]),
        (RoundKind.T2, ["Alltid", "T2 och VB"]),
        (RoundKind.VB, ["Alltid", "T2 och VB", "Bara VB"]),
        (RoundKind.YEARLY, ["Alltid"]),
        (RoundKind.OWN, ["Alltid", "T2 och VB", "Bara VB"]),
    ],
)
def test_a_round_asks_for_what_the_plan_for_follow_up_says(kind, asked_for):
    plans = {"Alltid": "", "T2 och VB": "T2 och VB", "Bara VB": "Följs upp i VB"}
    actions = [an_action(name, follow_up_plan=plan) for name, plan in plans.items()]
    shown = picture(*actions, rounds=[a_round(kind=kind)])
    assert [item.title for item in shown.items] == asked_for
    assert shown.not_asked == 3 - len(asked_for)


def test_what_somebody_has_put_right_is_what_counts():
    action = an_action("Vandra", timing="Klart mars 2025", follow_up_plan="T1")
    round_ = a_round(said("Vandra", S.NOT_STARTED), at=AUGUST)
    assert picture(action, rounds=[round_]).items[0].group == Group.DECISION
    later = PutRight(ends_on=date(2025, 11, 30), rounds=("VB",))
    beside = Beside(put_right={action.uuid: later})
    assert picture(action, rounds=[round_], beside=beside).items[0].group == Group.BEHIND
    assert picture(action, rounds=[a_round()], beside=beside).not_asked == 0
    assert picture(action, rounds=[a_round()]).not_asked == 1


# Areas --------------------------------------------------------------------------------------------


def test_each_area_counts_its_own_and_one_without_actions_says_why():
    empty = AreaDoc(uid("tom"), "tom", "Tom", "Tom")
    line = replace(empty, uuid=uid("linje"), slug="linje", handled_as=HandledAs.LINE_WORK)
    other = replace(
        empty, uuid=uid("i"), slug="i", handled_as=HandledAs.AREA, handled_in=uid("torg")
    )
    plan = a_plan(an_action("Ett"), an_action("Två"))
    plan = replace(plan, areas=(*plan.areas, empty, line, other))
    plan = replace(plan, rounds=(a_round(said("Ett", S.DONE), said("Två", S.PAUSED)),))
    rows = picture_of(plan).areas
    assert rows[0].counts.words == "1 går som planerat, 1 vilar"
    assert [row.note for row in rows] == [
        "",
        "Inga åtgärder i området.",
        "Inga åtgärder: området hanteras i linjeverksamheten.",
        "Inga åtgärder: området hanteras inom Torg och platser.",
    ]


# Who has answered ---------------------------------------------------------------------------------


def test_each_party_is_counted_for_what_it_has_undertaken_and_no_other_is_there():
    actions = an_action("Ett", ADMINISTRATION, POLICE), an_action("Två", POLICE)
    round_ = a_round(said("Ett", S.DONE, POLICE), said("Två", S.DONE), said("Ett", party=TRAFFIC))
    shown = picture(*actions, rounds=[round_])
    assert [(row.party, row.answered, row.asked) for row in shown.parties] == [
        (ADMINISTRATION, 0, 1),
        (POLICE, 1, 2),
    ]
    assert shown.answers_sentence == "0 av 2 parter har svarat om allt."


def test_a_party_that_the_round_does_not_turn_to_is_not_missing():
    round_ = a_round(said("Ett", S.DONE))
    action = an_action("Ett", ADMINISTRATION, POLICE)
    shown = picture(action, rounds=[round_], beside=Beside({round_.uuid: ("polisen",)}))
    assert [row.party for row in shown.parties] == [POLICE]


@pytest.mark.parametrize(
    ("today", "closed", "late"),
    [
        (date(2026, 1, 16), None, False),  # the day itself is in time
        (date(2026, 1, 17), None, True),
        (date(2026, 1, 17), OPENED, False),  # nobody can answer any more
        (None, None, False),
    ],
)
def test_a_party_is_late_when_the_day_is_over_and_the_round_is_open(today, closed, late):
    actions = an_action("Ett", ADMINISTRATION, POLICE)
    round_ = a_round(said("Ett", S.DONE, POLICE), closed_at=closed)
    rows = picture(actions, rounds=[round_], today=today).parties
    assert [row.is_late for row in rows] == [late, False]


# Goals and meetings -------------------------------------------------------------------------------


def goal(**fields) -> GoalDoc:
    return GoalDoc(uid("mål"), "Färre brott", **fields)


def measured(the_goal, *values, state=S.ON_PLAN, at=date(2025, 12, 31)):
    """Through as many rounds as there are values; None where nothing was measured."""
    kinds = [RoundKind.T1, RoundKind.T2, RoundKind.VB][-len(values) :]
    times = [date(2025, 4, 30), date(2025, 8, 31), at][-len(values) :]
    rounds = [
        a_round(
            said("Vandra", state),
            kind=kind,
            at=time,
            outcomes=() if value is None else (OutcomeDoc(uid("mål"), Decimal(value)),),
        )
        for kind, time, value in zip(kinds, times, values, strict=True)
    ]
    return picture(an_action("Vandra", goals=(the_goal,)), rounds=rounds).goals[0][1]


@pytest.mark.parametrize(
    ("baseline", "target", "value", "reached", "words"),
    [
        (None, "11", "10", Reached.NOT_MET, "10 av 11 brott"),
        (None, "2", "3", Reached.MET, "3 av minst 2 brott"),
        ("96", "104", "104", Reached.MET, "104 av 104 brott"),
        ("40", "20", "18", Reached.MET, "18 mot högst 20 brott"),
        ("40", "20", "20.5", Reached.NOT_MET, "20,5 mot högst 20 brott"),
        ("40", None, "0", Reached.NO_TARGET, "0 brott, inget målvärde"),
        (None, "0", "0", Reached.MET, "0 av 0 brott"),
    ],
)
def test_a_goal_is_met_or_not_whichever_way_it_is_to_go(baseline, target, value, reached, words):
    the_goal = goal(
        unit="brott",
        baseline=baseline and Decimal(baseline),
        target=target and Decimal(target),
    )
    found = measured(the_goal, value)
    assert (found.reached, found.words) == (reached, words)


def test_a_goal_is_not_failed_before_its_time():
    assert measured(goal(target=Decimal(11)), 4, at=date(2025, 8, 31)).reached == Reached.NOT_YET
    due = goal(target=Decimal(11), target_date=date(2025, 6, 30))
    assert measured(due, 4, at=date(2025, 8, 31)).reached == Reached.NOT_MET


def test_what_was_not_measured_is_not_nought_and_an_earlier_figure_counts():
    assert measured(goal(target=Decimal(5)), None).words == "inte mätt"
    earlier = measured(goal(target=Decimal(5)), 6, None)
    assert earlier.reached == Reached.MET
    assert earlier.round.name == "Tertial 2"


@pytest.mark.parametrize("state", [S.NO_NEED, S.PAUSED])
def test_a_goal_of_what_rests_or_was_not_needed_is_not_failed(state):
    assert measured(goal(target=Decimal(2)), 0, state=state).reached == Reached.NOT_NEEDED


def test_meetings_held_of_those_planned():
    actions = [
        an_action("Klara", meetings_planned=11), an_action("Styrgrupp"), an_action("Fler"),
        an_action("Oplanerat"), an_action("Utan möten"),
    ]  # fmt: skip
    round_ = a_round(
        said("Klara", S.ON_PLAN, meetings_held=10),
        said("Styrgrupp", S.NO_NEED, meetings_planned=2, meetings_held=0),
        said("Fler", S.DONE, meetings_planned=2, meetings_held=3),
        said("Oplanerat", S.DONE, meetings_held=1),
        said("Utan möten", S.DONE),
    )
    shown = picture(*actions, rounds=[round_])
    assert [one.words for _, one in shown.meetings] == [
        "10 av 11 möten",
        "0 av 2 möten, inget behov",
        "3 möten, 2 planerade",
        "1 möte",
    ]
    assert shown.meetings_sentence == "En av två åtgärder har hållit de möten som planerats."


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        ([10], "De möten som planerats har inte alla hållits."),
        ([11], "De möten som planerats har hållits."),
        ([11, 12], "De möten som planerats har hållits, i två åtgärder."),
        ([10, 9], "Ingen av två åtgärder har hållit de möten som planerats."),
        ([], ""),
    ],
)
def test_whether_the_meetings_were_held(held, sentence):
    names = [f"Forum {number}" for number, _ in enumerate(held)]
    answers = [
        said(name, S.ON_PLAN, meetings_held=number, meetings_planned=11)
        for name, number in zip(names, held, strict=True)
    ]
    shown = picture(*map(an_action, names or ["Ett"]), rounds=[a_round(*answers)])
    assert shown.meetings_sentence == sentence


# Norra innerstaden 2025, as it went ---------------------------------------------------------------


@pytest.fixture(scope="module")
def norra() -> Picture:
    file = Path(__file__).parents[2] / "fixtures/plans/norra-innerstaden-2025.json"
    return picture_of(read_json(file.read_bytes()).document)


def its(norra: Picture, name: str):
    return next(item for item in norra.items if item.action.name == name)


def test_three_safety_walks_of_at_least_two(norra):
    walks = its(norra, "Trygghetsvandring")
    assert (walks.going.state, walks.group) == (S.DONE, Group.PLANNED)
    assert [(one.reached, one.words) for one in walks.goals] == [
        (Reached.MET, "3 av minst 2 vandringar")
    ]


def test_ten_of_eleven_meetings(norra):
    klara = its(norra, "Platssamverkan Klara")
    assert (klara.going.state, klara.group) == (S.ON_PLAN, Group.PLANNED)
    assert klara.meetings.words == "10 av 11 möten"


def test_no_steering_meeting_since_there_was_no_need(norra):
    steering = its(norra, "Styrgrupp Vision Klara")
    assert (steering.going.state, steering.group) == (S.NO_NEED, Group.NO_NEED)
    assert steering.meetings.words == "0 av 2 möten, inget behov"
    assert {one.reached for one in steering.goals} == {Reached.NOT_NEEDED}


def test_odenplan_is_paused_and_no_failure_though_a_party_did_not_do_its_part(norra):
    odenplan = its(norra, "Platssamverkan Odenplan")
    assert (odenplan.going.state, odenplan.group) == (S.PAUSED, Group.RESTING)
    assert odenplan not in norra.needing


def test_what_was_not_carried_out_because_no_need_arose_is_no_failure(norra):
    sharing = its(norra, "Informationsdelning mellan polis och socialtjänst")
    assert (sharing.going.state, sharing.group) == (S.NO_NEED, Group.NO_NEED)


def test_the_whole_of_norra_innerstaden(norra):
    assert norra.sentence == (
        "16 av 22 åtgärder går som planerat. Ingen behöver beslut, tre har en bit kvar."
    )
    assert norra.goals_sentence == "Tre av sex mål som kan mätas är uppfyllda."
    assert norra.areas[2].note == "Inga åtgärder i området."
