"""The public edition: what is internal is not in it, and all that is not internal is."""

from uuid import UUID

import msgspec
import pytest
from hypothesis import given

from plans.document import ActionDoc, PlanDocument
from plans.edition import PUBLIC, edited, markable, public
from samverkan.document import Part, encode
from samverkan.edition import Edition
from tests.formats.samples import HOUSING, at, full, uid
from tests.planting import planted
from tests.strategies import documents


@given(documents())
def test_no_internal_word_is_left_and_no_other_is_lost(document):
    document, hidden, shown = planted(document)
    text = encode(public(document)).decode()
    assert not [word for word in hidden if word in text]
    # An action that has lost its only name is left out, with all that it says.
    nameless = {
        action.uuid
        for area in document.areas
        for action in area.actions
        if not action.name and "description" in action.internal_fields
    }
    if not nameless:
        assert not [word for word in shown if word not in text]


@given(documents())
def test_the_public_edition_is_a_plan_and_has_nothing_more_to_leave_out(document):
    once = public(document)
    assert public(once) == once
    assert once.district == document.district
    assert [section.uuid for section in once.sections] == [s.uuid for s in document.sections]


def test_the_internal_edition_is_the_whole_plan():
    assert edited(full(), Edition.INTERNAL) == full()
    assert edited(full(), Edition.PUBLIC) == public(full())


def open_plan() -> PlanDocument:
    """The sample plan with nothing in it marked."""
    changes = {"is_internal": False, "internal_reason": "", "internal_fields": ()}

    def unmarked(part: Part) -> Part:
        values = {}
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if name in changes:
                values[name] = changes[name]
            elif isinstance(value, tuple) and value and isinstance(value[0], Part):
                values[name] = tuple(unmarked(one) for one in value)
        return msgspec.structs.replace(part, **values)

    return unmarked(full())  # type: ignore[return-value]


def action_of(document: PlanDocument, uuid: UUID) -> ActionDoc | None:
    found = [a for area in document.areas for a in area.actions if a.uuid == uuid]
    return found[0] if found else None


def place_of_action(document: PlanDocument, uuid: UUID) -> tuple:
    for number, area in enumerate(document.areas):
        for place, action in enumerate(area.actions):
            if action.uuid == uuid:
                return ("areas", number, "actions", place)
    raise LookupError(uuid)


TORGVARDAR = uid("torgvardar")


def marked(**changes) -> PlanDocument:
    document = open_plan()
    return at(document, *place_of_action(document, TORGVARDAR), **changes)


def test_an_internal_action_is_left_out_with_what_is_answered_about_it():
    document = public(marked(is_internal=True))
    assert action_of(document, TORGVARDAR) is None
    answered = {answer.action for round_ in document.rounds for answer in round_.answers}
    assert TORGVARDAR not in answered


def test_a_marked_field_is_left_out_and_the_action_stays():
    action = action_of(public(marked(internal_fields=("funding", "goals"))), TORGVARDAR)
    assert action.funding == ""
    assert action.goals == ()
    assert action.communication == "Affischer på torget och inlägg på kommunens webbplats"


def test_an_action_without_any_name_left_is_left_out():
    document = marked(name="", internal_fields=("description",))
    assert action_of(public(document), TORGVARDAR) is None


def test_the_action_of_an_internal_cause_stays_without_it():
    document = open_plan()
    number, *_ = [n for n, area in enumerate(document.areas) if area.problems]
    cause = document.areas[number].problems[0].causes[0]
    document = at(document, "areas", number, "problems", 0, "causes", 0, is_internal=True)
    assert action_of(document, TORGVARDAR).cause == cause.uuid
    left = action_of(public(document), TORGVARDAR)
    assert left.cause is None
    assert left.name == "Torgvärdar på Tallbackstorget"


def test_an_area_that_is_left_out_is_pointed_to_by_nobody():
    document = open_plan()
    serves = action_of(document, TORGVARDAR).also_serves
    number = next(n for n, area in enumerate(document.areas) if area.uuid == serves[0])
    left = public(at(document, "areas", number, is_internal=True))
    assert action_of(left, TORGVARDAR).also_serves == ()
    assert serves[0] not in [area.uuid for area in left.areas]


def test_a_party_that_only_an_internal_commitment_names_is_not_named():
    document = at(open_plan(), rounds=())
    place = place_of_action(document, TORGVARDAR)
    commitments = action_of(document, TORGVARDAR).commitments
    number = next(n for n, c in enumerate(commitments) if c.party == HOUSING.key)
    assert HOUSING in public(document).parties
    document = at(document, *place, "commitments", number, is_internal=True)
    assert HOUSING not in public(document).parties


def test_a_field_that_nobody_has_declared_is_internal(monkeypatch):
    monkeypatch.setitem(PUBLIC, ActionDoc, PUBLIC[ActionDoc] - {"communication"})
    assert action_of(public(open_plan()), TORGVARDAR).communication == ""


def every_part(kind: type = PlanDocument) -> set[type[Part]]:
    found = {kind}
    for field in msgspec.structs.fields(kind):
        for one in getattr(field.type, "__args__", (field.type,)):
            if isinstance(one, type) and issubclass(one, Part) and one not in found:
                found |= every_part(one)
    return found


def test_every_part_of_a_plan_has_its_edition_declared():
    assert every_part() == set(PUBLIC)
    for kind, shown in PUBLIC.items():
        assert shown <= set(kind.__struct_fields__), kind


@pytest.mark.parametrize("kind", [kind for kind in PUBLIC if markable(kind)])
def test_each_field_that_can_be_marked_can_be_left_out(kind):
    """It has a value to fall back on."""
    required = {f.name for f in msgspec.structs.fields(kind) if f.required}
    assert not required & set(markable(kind))
