"""A file goes into a plan: it fills in and adds, takes nothing away, and asks where two differ."""

from uuid import uuid4

from hypothesis import given
from msgspec.structs import replace

from plans.document import ActionDoc, GoalDoc, PlanDocument
from plans.merging import merged, renewed, replaced
from plans.rows import RowKind, rows, texts
from tests.formats.samples import at, full, large
from tests.strategies import documents


def words_of(document: PlanDocument) -> list[str]:
    """All that somebody has written in it, but for what a file never changes."""
    walked = rows(replace(document, rounds=()))
    return [text for row in walked if row.kind not in _NOT_MERGED for _, text in texts(row.part)]


_NOT_MERGED = {RowKind.AGREEMENT, RowKind.SIGNATORY, RowKind.PARTY}


def the_action(document: PlanDocument) -> ActionDoc:
    return document.areas[0].actions[0]


def test_the_same_file_once_more_changes_nothing():
    plan = full()
    found = merged(plan, plan)
    assert (found.document, found.clashes) == (plan, [])
    assert found.known == sum(len(area.actions) for area in plan.areas)


def test_a_file_made_elsewhere_with_the_same_words_is_the_same_plan():
    """Its rows have other UUIDs: they are known by what they say."""
    plan = large(12)
    found = merged(plan, renewed(plan))
    assert (found.document, found.clashes) == (plan, [])


def test_what_the_plan_does_not_say_is_filled_in():
    plan = at(full(), "areas", 0, "actions", 0, convener="", meetings_planned=None)
    found = merged(plan, full())
    assert found.document == full()
    assert not found.clashes


def test_where_both_say_something_the_plan_stands():
    file = at(full(), "areas", 0, "actions", 0, convener="Kommunpolisen")
    found = merged(full(), file)
    assert found.document == full()
    (clash,) = found.clashes
    assert (clash.said.label, clash.said.after) == ("Sammankallande", "Kommunpolisen")
    assert clash.row.title == the_action(full()).name


def test_the_files_words_go_in_where_they_are_chosen():
    file = at(full(), "areas", 0, "actions", 0, convener="Kommunpolisen", funding="Staden")
    convener, _ = sorted(merged(full(), file).clashes, key=lambda one: one.said.field)
    found = merged(full(), file, {convener.key})
    assert the_action(found.document).convener == "Kommunpolisen"
    assert the_action(found.document).funding == the_action(full()).funding


def test_other_white_space_is_no_other_words():
    plan = at(full(), "areas", 0, "actions", 0, convener="Samordnaren  vid\nförvaltningen")
    file = at(full(), "areas", 0, "actions", 0, convener="samordnaren vid förvaltningen")
    assert not merged(plan, file).clashes


def test_new_rows_come_last():
    new = ActionDoc(uuid4(), name="Nattvandring")
    area = full().areas[0]
    file = at(full(), "areas", 0, actions=(new, *area.actions))
    found = merged(full(), file).document.areas[0]
    assert found.actions == (*area.actions, new)


def test_a_goal_with_other_words_is_another_goal():
    plan = large(5)
    file = renewed(
        at(plan, "areas", 0, "actions", 0, goals=(GoalDoc(uuid4(), "Hälften så många"),))
    )
    found = merged(plan, file)
    said = [goal.text for goal in the_action(found.document).goals]
    assert said == ["Fler ska känna sig trygga på platsen.", "Hälften så många"]
    assert not found.clashes


def test_nothing_of_the_plan_is_gone_when_the_file_has_less():
    file = at(
        replace(full(), sections=(), extras=(), rounds=()), "areas", 0, comment="", actions=()
    )
    assert merged(full(), file).document == full()


@given(plan=documents(), file=documents())
def test_no_word_of_either_is_lost(plan, file):
    found = merged(plan, file)
    after = words_of(found.document)
    for word in words_of(plan):
        assert word in after
    # What the file says is there, or somebody is asked about it.
    asked = [clash.said.after for clash in found.clashes]
    theirs = merged(plan, file, {clash.key for clash in found.clashes})
    said = " ".join(" ".join([*after, *asked]).split()).casefold()
    for word in words_of(file):
        assert " ".join(word.split()).casefold() in said
    assert [clash.key for clash in theirs.clashes] == [clash.key for clash in found.clashes]


def test_a_plan_that_is_replaced_says_what_the_file_says():
    file = renewed(large(6))
    found = replaced(full(), file).document
    assert words_of(found) == words_of(replace(file, annex_label=full().annex_label))
    assert (found.agreement, found.revision) == (full().agreement, full().revision)


def test_a_row_that_is_in_both_keeps_its_uuid():
    plan = large(6)
    found = replaced(plan, renewed(plan)).document
    assert found.areas == plan.areas
