"""Writing in a plan: what is written stands, what another wrote is not overwritten, all can be
taken back."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from plans.editable import KINDS
from plans.edition import public
from plans.models import Action, Cause, Extra, Goal, Plan, Problem
from plans.places import rewound
from plans.reading.clipboard import read_clipboard
from plans.services.loading import to_document
from plans.services.pasting import look, paste
from plans.vocabulary import PlanState
from samverkan.collaboration import structure
from samverkan.collaboration.editable import LONGEST
from samverkan.collaboration.editing import Gone, write
from samverkan.collaboration.undoing import redo, stacks, take_back, undo
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_member,
    administration_of,
    police_of,
)
from tests.formats.samples import full
from tests.plans.rows import fresh
from tests.plans.storing import stored

pytestmark = pytest.mark.django_db

ACTION = KINDS["action"]


def put(actor, plan, row, seen=None, **typed):
    plan = fresh(plan)
    seen = plan.version if seen is None else seen
    return write(actor=actor, work=plan, kind=ACTION, row=row.uuid, typed=typed, seen=seen)


def test_a_field_is_written_and_the_history_says_by_whom_and_what_stood_there(
    plan, chain, samordnare
):
    put(samordnare, plan, chain.action, timing="Hela året")
    chain.action.refresh_from_db()
    assert chain.action.timing == "Hela året"
    change = plan.changes.get()
    assert (change.by, change.field, change.before, change.after) == (
        samordnare,
        "timing",
        "T1 och T2",
        "Hela året",
    )


def test_what_stands_there_already_is_no_change(plan, chain, samordnare):
    assert put(samordnare, plan, chain.action, timing="T1 och T2").changes == []
    assert fresh(plan).version == plan.version


def test_the_same_field_changed_by_two_is_given_back_with_both_texts(
    plan, chain, samordnare, kommunpolis
):
    put(samordnare, plan, chain.action, responsible="Förvaltningen")
    written = put(kommunpolis, plan, chain.action, seen=plan.version, responsible="Polisen")
    (conflict,) = written.conflicts
    assert (conflict.theirs, conflict.mine, conflict.by) == (
        "Förvaltningen",
        "Polisen",
        samordnare.name,
    )
    chain.action.refresh_from_db()
    assert chain.action.responsible == "Förvaltningen"


def test_a_field_that_only_came_along_in_a_stale_form_is_left_as_the_other_wrote_it(
    plan, chain, samordnare, kommunpolis
):
    put(samordnare, plan, chain.action, responsible="Förvaltningen")
    whole_row = {"responsible": "", "timing": "Maj"}  # as it stood when the form was opened
    written = put(kommunpolis, plan, chain.action, seen=plan.version, **whole_row)
    assert not written.conflicts
    chain.action.refresh_from_db()
    assert (chain.action.responsible, chain.action.timing) == ("Förvaltningen", "Maj")


def test_a_page_that_is_a_day_old_saves_nothing_silently(plan, chain, samordnare, kommunpolis):
    seen = plan.version
    for text in ("Ett", "Två", "Tre"):
        put(samordnare, plan, chain.action, timing=text)
    assert put(kommunpolis, plan, chain.action, seen=seen, timing="Gammalt").conflicts


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("ends_on", "i våras", "Fyll i ett giltigt datum."),
        ("meetings_planned", "många", "Skriv ett helt tal, till exempel 12."),
        ("name", "x" * 301, "högst 300 tecken"),
        ("description", "x" * (LONGEST + 1), f"högst {LONGEST} tecken"),
        ("description", "", "En åtgärd behöver ett namn eller en beskrivning."),
        ("also_serves", "17", "Välj ett område i planen."),
    ],
)
def test_what_cannot_be_written_is_refused_with_a_sentence(
    plan, chain, samordnare, field, typed, sentence
):
    with pytest.raises(ValidationError) as refusal:
        put(samordnare, plan, chain.action, **{field: typed})
    assert sentence in " ".join(refusal.value.messages)
    chain.action.refresh_from_db()
    assert chain.action.description == "Nattvandring"


def test_an_action_does_not_also_serve_the_area_it_stands_in(plan, chain, samordnare, client):
    own, other = plan.areas.order_by("position")
    for areas in (f"{own.uuid}", f"{own.uuid} {other.uuid}"):
        with pytest.raises(ValidationError, match="Välj ett annat område än det egna"):
            put(samordnare, plan, chain.action, also_serves=areas)
    with pytest.raises(ValidationError, match="Välj ett annat område än det egna"):
        write(
            actor=samordnare,
            work=fresh(plan),
            kind=KINDS["area"],
            row=own.uuid,
            typed={"handled_as": "omrade", "handled_in": str(own.uuid)},
            seen=1,
        )
    assert to_document(fresh(plan))
    client.force_login(samordnare)
    page = client.get(
        reverse("row", args=[plan.district.slug, plan.pk, "action", chain.action.uuid])
    )
    assert f'name="also_serves" form="form-{chain.action.uuid}" value="{other.uuid}"' in page.text
    assert f'value="{own.uuid}"' not in page.text


@pytest.mark.parametrize("kind", ["action", "cause", "problem"])
def test_what_moves_to_an_area_that_it_served_stands_there_and_serves_it_no_more(
    plan, chain, samordnare, kind
):
    there = plan.areas.get(position=1)
    problem = Problem.objects.create(area=there, text="Ett problem där")
    put(samordnare, plan, chain.action, also_serves=str(there.uuid))
    served = to_document(fresh(plan))
    under = (KINDS["problem"], problem.uuid) if kind == "cause" else (KINDS["area"], there.uuid)
    structure.move(
        actor=samordnare,
        work=fresh(plan),
        kind=KINDS[kind],
        row=getattr(chain, kind).uuid,
        under=under,
    )
    moved = to_document(fresh(plan))
    (action,) = [one for one in moved.areas[1].actions if one.uuid == chain.action.uuid]
    assert not action.also_serves
    assert rewound(moved, plan.changes.filter(number__gt=2)) == served
    undo(actor=samordnare, work=fresh(plan))
    assert to_document(fresh(plan)) == served
    redo(actor=samordnare, work=fresh(plan))
    assert to_document(fresh(plan)) == moved


def test_numbers_are_written_in_swedish(plan, chain, samordnare):
    goal = KINDS["goal"]
    write(
        actor=samordnare,
        work=fresh(plan),
        kind=goal,
        row=chain.goal.uuid,
        typed={"target": "1 234,5"},
        seen=plan.version,
    )
    assert str(Goal.objects.get().target) == "1234.5000"


def test_a_double_press_makes_one_row(plan, chain, samordnare):
    row = chain.problem.uuid  # any name will do, as long as both say the same
    for _ in range(2):
        structure.add(
            actor=samordnare,
            work=fresh(plan),
            kind=ACTION,
            under=(KINDS["cause"], chain.cause.uuid),
            typed={"description": "En gång"},
            row=row,
        )
    assert Action.objects.filter(description="En gång").count() == 1


def test_a_form_that_is_sent_again_with_other_words_makes_a_row_of_its_own(plan, chain, samordnare):
    row = uuid4()  # back in the browser, and something else is typed
    for text in ("Ett", "Två", "Två"):
        structure.add(
            actor=samordnare,
            work=fresh(plan),
            kind=ACTION,
            under=(KINDS["cause"], chain.cause.uuid),
            typed={"description": text},
            row=row,
        )
    listed = [action.description for action in chain.cause.actions.order_by("position")]
    assert listed == ["Nattvandring", "Bättre belysning", "Ett", "Två"]


def test_a_new_action_comes_last_under_its_cause_and_not_last_in_the_area(plan, chain, samordnare):
    loose = Action.objects.create(area=chain.action.area, description="Fristående", position=2)
    structure.add(
        actor=samordnare,
        work=fresh(plan),
        kind=ACTION,
        under=(KINDS["cause"], chain.cause.uuid),
        typed={"description": "Ny"},
    )
    listed = [a.description for a in chain.action.area.actions.all()]
    assert listed == ["Nattvandring", "Bättre belysning", "Ny", loose.description]


def test_a_problem_goes_with_all_that_hangs_on_it_and_comes_back_whole(plan, chain, samordnare):
    structure.remove(
        actor=samordnare,
        work=fresh(plan),
        kind=KINDS["problem"],
        row=chain.problem.uuid,
        seen=plan.version,
    )
    assert not Problem.objects.exists()
    assert not Action.objects.exists()
    undo(actor=samordnare, work=fresh(plan))
    cause = Cause.objects.get()
    assert cause.uuid == chain.cause.uuid
    assert [a.description for a in cause.actions.order_by("position")] == [
        "Nattvandring",
        "Bättre belysning",
    ]
    assert Goal.objects.get().uuid == chain.goal.uuid


def test_a_problem_that_moves_to_another_area_takes_its_actions_along_and_back(
    plan, chain, samordnare
):
    other = plan.areas.get(position=1)
    structure.move(
        actor=samordnare,
        work=fresh(plan),
        kind=KINDS["problem"],
        row=chain.problem.uuid,
        under=(KINDS["area"], other.uuid),
    )
    assert [a.description for a in other.actions.all()] == ["Nattvandring", "Bättre belysning"]
    undo(actor=samordnare, work=fresh(plan))
    assert not other.actions.exists()
    redo(actor=samordnare, work=fresh(plan))
    assert other.actions.count() == 2


def test_what_came_with_anothers_action_is_not_taken_away_by_whoever_has_not_seen_it(
    plan, chain, samordnare, kommunpolis
):
    words = "Åtgärd\tOperativa mål\nNattvandring\tTio kvällar\n"
    under, source = (KINDS["area"], chain.problem.area.uuid), read_clipboard("", words)
    found = look(actor=kommunpolis, plan=plan, under=under, source=source)
    seen = plan.version
    paste(actor=kommunpolis, plan=plan, under=under, found=found)
    goal = Goal.objects.get(text="Tio kvällar")
    with pytest.raises(structure.Stale):
        structure.remove(
            actor=samordnare, work=fresh(plan), kind=KINDS["goal"], row=goal.uuid, seen=seen
        )


def test_a_row_that_another_changed_meanwhile_is_not_taken_away(
    plan, chain, samordnare, kommunpolis
):
    put(kommunpolis, plan, chain.action, timing="Varje fredag")
    with pytest.raises(structure.Stale):
        structure.remove(
            actor=samordnare, work=fresh(plan), kind=ACTION, row=chain.action.uuid, seen=1
        )
    assert Action.objects.filter(pk=chain.action.pk).exists()


def test_only_the_samordnare_takes_away_what_others_wrote(plan, chain, kommunpolis):
    with pytest.raises(PermissionDenied, match="Bara samordnaren"):
        structure.remove(
            actor=kommunpolis, work=fresh(plan), kind=ACTION, row=chain.action.uuid, seen=99
        )
    assert Action.objects.filter(pk=chain.action.pk).exists()


def test_an_editor_takes_away_what_she_wrote_herself(plan, chain, kommunpolis):
    changes = structure.add(
        actor=kommunpolis,
        work=fresh(plan),
        kind=ACTION,
        under=(KINDS["cause"], chain.cause.uuid),
        typed={"description": "Min egen"},
    )
    structure.remove(actor=kommunpolis, work=fresh(plan), kind=ACTION, row=changes[0].row, seen=99)
    assert not Action.objects.filter(description="Min egen").exists()


def test_what_another_has_built_on_is_not_undone_but_what_came_before_is(
    plan, chain, samordnare, kommunpolis
):
    put(samordnare, plan, chain.other, timing="Våren")
    put(samordnare, plan, chain.action, timing="Hela året")
    put(kommunpolis, plan, chain.action, timing="Halva året")
    undo(actor=samordnare, work=fresh(plan))
    chain.action.refresh_from_db()
    chain.other.refresh_from_db()
    assert (chain.action.timing, chain.other.timing) == ("Halva året", "")
    with pytest.raises(ValidationError, match="har ändrat samma sak"):
        undo(actor=samordnare, work=fresh(plan))


def test_what_another_chose_again_is_not_undone_though_it_says_the_same(
    plan, chain, samordnare, kommunpolis
):
    put(samordnare, plan, chain.action, timing="Maj")
    put(kommunpolis, plan, chain.action, timing="Juni")
    put(kommunpolis, plan, chain.action, timing="Maj")
    with pytest.raises(ValidationError, match=f"{kommunpolis.name} har ändrat samma sak"):
        undo(actor=samordnare, work=fresh(plan))
    chain.action.refresh_from_db()
    assert chain.action.timing == "Maj"


@pytest.mark.parametrize("did", ["moved it too", "wrote in it", "wrote under it"])
def test_a_move_is_not_undone_by_an_editor_when_another_has_moved_or_written_there_since(
    plan, chain, samordnare, kommunpolis, did
):
    def do(who, act, **what):
        return act(actor=who, work=fresh(plan), kind=KINDS["problem"], **what)

    area = (KINDS["area"], plan.areas.get(position=1).uuid)
    added = [
        do(kommunpolis, structure.add, under=area, typed={"text": text})[0].row
        for text in ("Ett", "Två", "Tre")
    ]
    do(kommunpolis, structure.move, row=added[0], under=area)
    match did:
        case "moved it too":
            do(samordnare, structure.move, row=added[0], under=area, after=added[1])
        case "wrote in it":
            do(samordnare, write, row=added[0], typed={"text": "Ett och ett"}, seen=99)
        case _:
            structure.add(
                actor=samordnare,
                work=fresh(plan),
                kind=KINDS["cause"],
                under=(KINDS["problem"], added[0]),
                typed={"text": "En orsak"},
            )
    stood = [problem.uuid for problem in Problem.objects.filter(area__uuid=area[1])]
    turns = stacks(plan, kommunpolis)[0]
    with pytest.raises(ValidationError, match="Det går inte att ångra"):
        take_back(kommunpolis, fresh(plan), turns[-1])
    assert [problem.uuid for problem in Problem.objects.filter(area__uuid=area[1])] == stood


def test_a_row_that_is_gone_says_who_took_it(plan, chain, samordnare, kommunpolis):
    structure.remove(
        actor=samordnare, work=fresh(plan), kind=ACTION, row=chain.action.uuid, seen=99
    )
    with pytest.raises(Gone) as gone:
        put(kommunpolis, plan, chain.action, timing="Maj")
    assert gone.value.removal.by == samordnare


def test_a_party_writes_its_own_commitment_and_no_others(plan, chain, kommunpolis):
    def commit(party):
        return structure.add(
            actor=kommunpolis,
            work=fresh(plan),
            kind=KINDS["commitment"],
            under=(ACTION, chain.action.uuid),
            typed={"text": "Två bilar på fredagar"},
            party=party,
        )

    assert commit(police_of(plan.district))
    with pytest.raises(PermissionDenied):
        commit(administration_of(plan.district))


@pytest.mark.parametrize("state", [PlanState.DECIDED, PlanState.CLOSED])
def test_a_decided_plan_is_written_in_by_nobody(plan, chain, samordnare, state):
    Plan.objects.filter(pk=plan.pk).update(state=state)
    with pytest.raises(PermissionDenied, match="kan inte ändras"):
        put(samordnare, plan, chain.action, timing="Ändå")


def test_a_plan_that_was_decided_while_i_wrote_is_not_written_in(plan, chain, samordnare):
    mine = fresh(plan)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED)
    with pytest.raises(PermissionDenied):
        write(
            actor=samordnare,
            work=mine,
            kind=ACTION,
            row=chain.action.uuid,
            typed={"timing": "Ändå"},
            seen=mine.version,
        )


class TestWithoutScript:
    """Every operation also works as a plain form."""

    @pytest.fixture
    def client(self, samordnare):
        client = Client()
        client.force_login(samordnare)
        return client

    def address(self, plan, name, *args):
        return reverse(name, args=[plan.district.slug, plan.pk, *args])

    def test_a_whole_row_is_saved_and_one_is_back_at_the_row(self, client, plan, chain):
        url = self.address(plan, "row", "action", chain.action.uuid)
        response = client.post(
            url, {"timing": "Juni", "responsible": "Polisen", "seen": plan.version}
        )
        assert response.status_code == 302
        assert response.url.endswith(f"#rad-{chain.action.uuid}")
        chain.action.refresh_from_db()
        assert (chain.action.timing, chain.action.responsible) == ("Juni", "Polisen")

    def test_a_conflict_shows_both_and_keeps_what_was_typed(self, client, plan, chain, kommunpolis):
        put(kommunpolis, plan, chain.action, timing="Maj")
        url = self.address(plan, "row", "action", chain.action.uuid)
        page = client.post(url, {"timing": "Juni", "seen": plan.version})
        assert page.status_code == 409
        text = page.content.decode()
        assert "Maj" in text
        assert f"{kommunpolis.name} ändrade samma fält" in text
        assert ">\nJuni</textarea>" in text

    def test_a_fault_keeps_what_was_typed(self, client, plan, chain):
        url = self.address(plan, "row", "action", chain.action.uuid)
        page = client.post(url, {"ends_on": "i våras", "timing": "Juni", "seen": plan.version})
        assert page.status_code == 422
        assert "Fyll i ett giltigt datum." in page.content.decode()
        assert ">\nJuni</textarea>" in page.content.decode()

    def test_a_row_is_added_moved_removed_and_brought_back(self, client, plan, chain):
        client.post(
            self.address(plan, "row-add", "action"),
            {"under": f"cause:{chain.cause.uuid}", "description": "Ny", "seen": plan.version},
        )
        new = Action.objects.get(description="Ny")
        client.post(
            self.address(plan, "row-move", "action", new.uuid),
            {"under": f"cause:{chain.cause.uuid}", "after": "", "seen": 99},
        )
        assert chain.cause.actions.order_by("position").first() == new
        client.post(self.address(plan, "row-remove", "action", new.uuid), {"seen": 99})
        assert not Action.objects.filter(description="Ny").exists()
        client.post(self.address(plan, "plan-undo"))
        assert Action.objects.filter(description="Ny").exists()

    def test_a_text_of_a_megabyte_is_refused_with_a_sentence(self, client, plan, chain):
        url = self.address(plan, "row", "action", chain.action.uuid)
        page = client.post(
            url,
            {"description": "ord " * 250_000, "seen": plan.version},
            headers={"accept": "application/json"},
        )
        assert page.status_code == 422
        assert "tecken" in page.json()["said"]


@pytest.mark.parametrize("kind", ["section", "area"])
def test_what_has_no_page_of_all_fields_has_them_all_where_it_stands(kind, client, db):
    plan = stored(full())
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    page = client.get(reverse("plan-write", args=[plan.district.slug, plan.year]))
    text = b"".join(page).decode() if page.streaming else page.text
    row: Any = KINDS[kind].model._default_manager.filter(plan=plan).first()
    for field in KINDS[kind].fields:
        assert f'name="{field}" form="form-{row.uuid}"' in text, field


class TestWhatHadNoPlaceInTheSource:
    """It is edited where it stands, as all else in the plan."""

    @pytest.fixture
    def extra(self, plan):
        first = Extra.objects.create(
            plan=plan, where="Unga/G14", label="Anteckning", text="Fråga fritidsgården", position=0
        )
        Extra.objects.create(plan=plan, where="Sist", label="Bildtext", text="Torget", position=1)
        return first

    def write(self, actor, plan, extra, **typed):
        plan = fresh(plan)
        return write(
            actor=actor,
            work=plan,
            kind=KINDS["extra"],
            row=extra.uuid,
            typed=typed,
            seen=plan.version,
        )

    def test_its_words_change_and_it_is_let_out_into_the_public_edition(
        self, plan, extra, kommunpolis
    ):
        self.write(kommunpolis, plan, extra, label="Att göra", text="Fråga igen", is_internal="")
        doc = to_document(fresh(plan)).extras[0]
        assert (doc.label, doc.text, doc.is_internal) == ("Att göra", "Fråga igen", False)
        assert doc in public(to_document(fresh(plan))).extras

    def test_the_history_takes_it_back_to_what_it_was(self, plan, extra, samordnare):
        before = to_document(fresh(plan))
        self.write(samordnare, plan, extra, text="Fråga igen")
        structure.remove(
            actor=samordnare, work=fresh(plan), kind=KINDS["extra"], row=extra.uuid, seen=99
        )
        assert [doc.label for doc in to_document(fresh(plan)).extras] == ["Bildtext"]
        assert rewound(to_document(fresh(plan)), fresh(plan).changes.all()) == before

    def test_taken_away_it_can_be_put_back_where_it_stood(self, plan, extra, samordnare):
        before = to_document(fresh(plan))
        structure.remove(
            actor=samordnare, work=fresh(plan), kind=KINDS["extra"], row=extra.uuid, seen=99
        )
        undo(actor=samordnare, work=fresh(plan))
        assert to_document(fresh(plan)) == before

    def test_what_came_in_with_a_file_is_taken_away_by_the_samordnare_only(
        self, plan, extra, kommunpolis
    ):
        with pytest.raises(PermissionDenied):
            structure.remove(
                actor=kommunpolis, work=fresh(plan), kind=KINDS["extra"], row=extra.uuid, seen=99
            )

    def test_without_script_there_is_a_button_that_takes_it_away(
        self, client: Client, plan, extra, samordnare
    ):
        client.force_login(samordnare)
        page: Any = client.get(reverse("plan-write", args=[plan.district.slug, plan.year]))
        address = reverse("row-remove", args=[plan.district.slug, plan.pk, "extra", extra.uuid])
        assert f'formaction="{address}"' in b"".join(page.streaming_content).decode()
        client.post(address, {"seen": fresh(plan).version, "text": "Fråga fritidsgården"})
        assert not Extra.objects.filter(pk=extra.pk).exists()
