"""Many people do all that can be done to a plan, in any order, and it is held against a plan kept on
paper: no lost update, no illegal state, and the history tells all of it.

What each may do, and from where, stands here as the rules state it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from inspect import signature
from typing import Any
from uuid import UUID, uuid4

import hypothesis
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils import timezone
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from msgspec.structs import replace

from plans.document import PartyDoc, PlanDocument
from plans.editable import KINDS
from plans.models import Action, Commitment, Decision, Extra, Plan, Section
from plans.places import replayed, rewound
from plans.reading.clipboard import read_clipboard
from plans.services import pasting
from plans.services.loading import current_document, to_document
from plans.vocabulary import PlanState
from samverkan.collaboration import editing, restoring, structure, undoing
from samverkan.collaboration.shape import Under
from samverkan.organisation.models import Party, User
from samverkan.organisation.vocabulary import PartyKind, Role
from samverkan.workflow import steps
from samverkan.workflow.facts import Seen, answers_about
from tests.factories import (
    a_district,
    a_member,
    a_party,
    a_plan,
    administration_of,
    an_agreement,
    police_of,
)
from tests.plans.rows import a_chain
from tests.properties.paper import Paper, Row, word

D, C, B, A = PlanState
OPEN = (D, C)

WRITES_ALL = {"samordnare", "redaktör", "kommunpolis"}
WRITES_OWN = {*WRITES_ALL, "bidragsgivare"}
STEPS: dict[str, tuple[PlanState, set[str], Callable]] = {
    "send": (D, {"samordnare"}, steps.send),
    "withdraw": (C, {"samordnare"}, steps.withdraw),
    "approve": (C, {"chef", "polischef"}, steps.approve),
    "return": (C, {"chef", "polischef"}, steps.send_back),
    "decide": (C, {"samordnare"}, steps.decide),
    "revise": (B, {"samordnare"}, steps.revise),
    "close": (B, {"samordnare"}, steps.close),
}
PEOPLE = ("samordnare", "kommunpolis", "redaktör", "bidragsgivare", "chef", "polischef", "läsare")
# Those who write are drawn more often than those who are refused.
WHO = st.sampled_from([*["samordnare", "kommunpolis"] * 3, "redaktör", *PEOPLE])

WORDS = st.sampled_from(["", "Fler vuxna ute", "Nej", "Två möten i månaden", "åäö\n- punkt"])
NAMING = {"also_serves", "handled_in", "handled_as"}  # goes when what is named goes
UNDER: dict[str, list[str]] = {
    "section": [""],
    "problem": ["area"],
    "cause": ["problem"],
    "action": ["area", "problem", "cause"],
    "goal": ["action"],
    "commitment": ["action"],
}
MOVED: dict[str, list[str]] = {kind: on for kind, on in UNDER.items() if kind != "commitment"}
MOVED |= {"area": [""], "extra": [""], "signatory": ["agreement"]}
DEEDS = [
    *["write"] * 8,
    *["add", "move", "undo"] * 3,
    *["remove", "redo", "paste", "restore_a_text", "step"] * 2,
    *["put_back_what_was_taken_away", "all_agree"],
]
REFUSED = (PermissionDenied, Http404)


@dataclass
class Said:
    """That somebody has changed a field, or a row, and in which version of the plan."""

    version: int
    by: str
    before: Any = None


@dataclass
class Frozen:
    pk: int
    document: PlanDocument
    pdf: bytes


class ManyHands(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        district = a_district()
        self.parties: dict[str, Party] = {
            "sdf": administration_of(district),
            "polisen": police_of(district),
            "bolaget": a_party(district, name="Bostadsbolaget"),
        }
        sdf, police, partner = self.parties.values()
        self.people: dict[str, tuple[User, Party | None]] = {
            "samordnare": (a_member(Role.COORDINATOR, district, sdf), sdf),
            "kommunpolis": (a_member(Role.EDITOR, district, police), police),
            "redaktör": (a_member(Role.EDITOR, district, sdf), sdf),
            "bidragsgivare": (a_member(Role.CONTRIBUTOR, district, partner), partner),
            "chef": (a_member(Role.MANAGER, district, sdf), sdf),
            "polischef": (a_member(Role.MANAGER, district, police), police),
            "läsare": (a_member(Role.READER, district), None),
        }
        self.state: PlanState = D
        self.last = "samordnare"  # who changed something
        self.frozen: list[Frozen] = []
        plan = a_plan(district, agreement=an_agreement(district))
        Section.objects.create(plan=plan, heading="Bakgrund", position=0)
        for position, label in enumerate(("Anteckning", "Bildtext")):
            Extra.objects.create(plan=plan, where="Sist", label=label, position=position)
        action = a_chain(plan).action
        for position, party in enumerate((police, partner)):
            Commitment.objects.create(action=action, party=party, text="Vi", position=position)
        Action.objects.create(area=plan.areas.get(position=1), name="Fältgrupp")
        self.begin(plan)

    def begin(self, plan: Plan) -> None:
        self.plan = Plan.objects.with_heading().get(pk=plan.pk)
        self.start = self.told = self.document()
        self.hashes: dict[int, str] = {}
        self.paper = Paper.of(self.start)
        self.version = plan.version
        self.versions: dict[int, Paper] = {self.version: self.paper.copy()}
        self.fields: dict[tuple[str, str], list[Said]] = {}
        self.touched: dict[str, list[Said]] = {}
        self.added: dict[str, set[str]] = {}
        self.answers: dict[str, tuple[str, int]] = {}

    # What stands there ----------------------------------------------------------------------------

    def document(self) -> PlanDocument:
        """With all parties, whether they have something in it just now or not."""
        document = to_document(self.plan)
        parties = [
            PartyDoc(party.key, party.name, party.short_name, PartyKind(party.kind))
            for party in self.parties.values()
        ]
        return replace(document, parties=tuple(parties))

    def seen_by_step(self) -> Seen:
        if self.version not in self.hashes:
            self.hashes[self.version] = current_document(self.plan).content_hash()
        return Seen(self.version, self.hashes[self.version])

    def pick(self, data: Any, kind: str) -> str | None:
        rows = self.paper.of_kind(kind)
        return data.draw(st.sampled_from(rows)) if rows else None

    def under(self, data: Any, kinds: list[str]) -> str | None:
        kind = data.draw(st.sampled_from(kinds))
        return self.pick(data, kind) if kind else ""

    def owner(self, uuid: str) -> Under | None:
        return (KINDS[self.paper.rows[uuid].kind], UUID(uuid)) if uuid else None

    def a_version(self, data: Any) -> int:
        """The one that is now, or an earlier: a page that has stood open."""
        return data.draw(st.sampled_from([self.version, *self.versions]))

    # Who may --------------------------------------------------------------------------------------

    def may_write(self, who: str, kind: str, party: str = "") -> bool:
        if self.state not in OPEN:
            return False
        if kind in ("agreement", "signatory"):
            return who == "samordnare"
        if kind != "commitment":
            return who in WRITES_ALL
        _, own = self.people[who]
        if who == "samordnare":
            return True
        if who not in WRITES_OWN or own is None or own.key != party:
            return False
        return who in WRITES_ALL or self.takes_part(party)

    def takes_part(self, party: str) -> bool:
        return any(
            self.paper.rows[row].says("party") == party for row in self.paper.of_kind("commitment")
        )

    def is_hers(self, who: str, uuid: str) -> bool:
        """The samordnare takes away and moves everything; others what they alone have written."""
        return who == "samordnare" or all(
            who in self.added.get(row, ()) and all(said.by == who for said in self.of_row(row))
            for row in self.paper.branch(uuid)
        )

    def of_row(self, row: str) -> list[Said]:
        return self.touched.get(row, [])

    # What is done ---------------------------------------------------------------------------------

    def do(self, who: str, act: Callable, **what: Any) -> Any:
        """What came of it: what it gave, or how it was refused."""
        try:
            where = "work" if "work" in signature(act).parameters else "plan"
            return act(actor=self.people[who][0], **{where: self.plan}, **what)
        except (ValidationError, *REFUSED, editing.Gone, structure.Stale) as refusal:
            return refusal

    def settle(self, who: str, expected: Paper | None, *, touches: Iterable[str] = ()) -> None:
        """The plan is what was expected; and what is new is noted, by whom and when."""
        before, document = self.paper, self.document()
        now = Paper.of(document)
        if expected is not None:
            assert now.same(expected)
        assert not list(now.faults())
        changes = list(self.plan.changes.filter(number__gt=self.version))
        assert bool(changes) or now.same(before)
        assert Paper.of(replayed(self.told, changes)).same(now)
        self.last = who if changes else self.last
        self.version, self.paper, self.told = self.version + len(changes), now, document
        self.versions[self.version] = now.copy()
        new = Said(self.version, who)
        touched = {*touches, *(row for row in now.rows if row not in before.rows)}
        for uuid, row in now.rows.items():
            old = before.rows.get(uuid)
            if old is None:
                self.added.setdefault(uuid, set()).add(who)
                continue
            for name in {*old.words, *row.words}:
                if old.says(name) != row.says(name):
                    said = Said(self.version, who, old.says(name))
                    self.fields.setdefault((uuid, name), []).append(said)
                    touched.add(uuid)
        for uuid in touched:
            self.touched.setdefault(uuid, []).append(new)
        self.what_was_decided_is_as_it_was_decided()
        if self.state == C:
            self.answers_stand_as_long_as_nothing_is_changed()

    def unchanged(self) -> None:
        """No change is told; that none was made is seen the next time that one is, and at the end."""
        assert not self.plan.changes.filter(number__gt=self.version).exists()

    @rule(data=st.data(), deed=st.sampled_from(DEEDS), who=WHO)
    def somebody(self, data: Any, deed: str, who: str) -> None:
        if self.state == B and data.draw(st.booleans()):
            deed = "a_revision"
        getattr(self, deed)(data, who)

    # Words ----------------------------------------------------------------------------------------

    def write(self, data: Any, who: str) -> None:
        kind = data.draw(st.sampled_from(sorted(KINDS)))
        uuid = self.pick(data, kind)
        if uuid is None:
            return
        names = data.draw(
            st.lists(st.sampled_from(sorted(KINDS[kind].fields)), min_size=1, max_size=3)
        )
        typed = {name: self.typed(data, kind, name, uuid) for name in names}
        self.write_typed(data, who, uuid, typed, self.a_version(data))

    def typed(self, data: Any, kind: str, name: str, uuid: str) -> str:
        field = KINDS[kind].fields[name]
        match field.control:
            case "text" | "line" | "rich":
                return data.draw(WORDS)
            case "area" | "areas":
                others = [area for area in self.paper.listed("area", "") if area != uuid]
                chosen = data.draw(st.sets(st.sampled_from(others))) if others else set()
                return " ".join(area for area in others if area in chosen)
            case "choice":
                return data.draw(st.sampled_from(["", *dict(field.column.choices)]))
            case "tick":
                return data.draw(st.sampled_from(["", "on"]))
            case "date":
                return data.draw(st.sampled_from(["", "2026-05-01"]))
            case _:
                return data.draw(st.sampled_from(["", "12", "1 000"]))

    def write_typed(
        self, data: Any, who: str, uuid: str, typed: dict[str, str], seen: int, act: Any = None
    ) -> None:
        row = self.paper.rows[uuid]
        kind = KINDS[row.kind]
        met = (
            act()
            if act
            else self.do(who, editing.write, kind=kind, row=UUID(uuid), typed=typed, seen=seen)
        )
        try:
            values = editing.read(kind, typed)
        except ValidationError:
            assert isinstance(met, (ValidationError, *REFUSED))
            return self.unchanged()
        if not self.may_write(who, row.kind, row.says("party")):
            assert isinstance(met, REFUSED), f"{who} wrote in {row.kind}"
            return self.unchanged()
        if isinstance(met, ValidationError):  # what the row as a whole cannot say
            return self.unchanged()
        expected, conflicts = self.paper.copy(), set()
        for name, value in values.items():
            mine = word(kind.fields[name].plain(value))
            since = [s for s in self.fields.get((uuid, name), []) if s.version > seen]
            if mine == row.says(name):
                continue
            if not since:
                expected.write(uuid, name, mine)
            elif mine != since[0].before:
                conflicts.add(name)
        assert {conflict.field.name for conflict in met.conflicts} == conflicts
        return self.settle(who, expected)

    def restore_a_text(self, data: Any, who: str) -> None:
        before = data.draw(st.booleans())
        changes = [c for c in self.plan.changes.filter(op="set") if str(c.row) in self.paper.rows]
        if not changes:
            return
        change = data.draw(st.sampled_from(changes))
        kind, uuid, seen = KINDS[change.kind], str(change.row), self.a_version(data)
        typed = kind.fields[change.field].typed(change.before if before else change.after)
        self.write_typed(
            data,
            who,
            uuid,
            {change.field: typed},
            seen,
            lambda: self.do(
                who,
                restoring.restore,
                kind=kind,
                row=change.row,
                number=change.number,
                before=before,
                seen=seen,
            ),
        )

    # Rows -----------------------------------------------------------------------------------------

    def add(self, data: Any, who: str) -> None:
        kind = data.draw(st.sampled_from(sorted(UNDER)))
        party = data.draw(st.sampled_from(sorted(self.parties)))
        presses = data.draw(st.integers(1, 2))
        under = self.under(data, UNDER[kind])
        if under is None:
            return None
        uuid, text = str(uuid4()), data.draw(WORDS)
        after = data.draw(st.none() | st.just(self.pick(data, kind)))
        whose = self.parties[party] if kind == "commitment" else None
        for _ in range(presses):
            met = self.do(
                who,
                structure.add,
                kind=KINDS[kind],
                under=self.owner(under),
                typed={KINDS[kind].main: text},
                row=UUID(uuid),
                after=UUID(after) if after else None,
                party=whose,
            )
        key = whose.key if whose else ""
        if isinstance(met, ValidationError):
            return self.unchanged()
        if not self.may_write(who, kind, key):
            assert isinstance(met, REFUSED), f"{who} added {kind}"
            return self.unchanged()
        expected = self.paper.copy()
        words = {KINDS[kind].main: KINDS[kind].fields[KINDS[kind].main].read(text)} if text else {}
        area, hangs_on = expected.place(kind, under)
        row = Row(kind, area, words | ({"party": key} if whose else {}), hangs_on)
        expected.add(uuid, row, after)
        return self.settle(who, expected)

    def paste(self, data: Any, who: str) -> None:
        uuid = self.pick(data, data.draw(st.sampled_from(["area", "problem", "cause"])))
        if uuid is None:
            return None
        words = f"Problem\tOrsak\tÅtgärd\tOperativa mål\n{uuid4()}\tMörkt\tEtt\tTio\n\t\tTvå\n"
        source, under = read_clipboard("", words), self.owner(uuid)
        met = self.do(who, pasting.look, under=under, source=source)
        if not isinstance(met, Exception):
            met = self.do(who, pasting.paste, under=under, found=met)
        if isinstance(met, Exception):
            assert isinstance(met, REFUSED) is not self.may_write(who, "action")
            return self.unchanged()
        assert self.may_write(who, "action")
        now = Paper.of(self.document())
        new = [row for row in now.rows if row not in self.paper.rows]
        assert sorted(now.rows[row].kind for row in new) == sorted(
            ["action", "action", "cause", "goal", "problem"]
        )
        without = now.copy()
        for row in new:
            if row in without.rows:
                without.remove(row)
        assert without.same(self.paper), "what stood there is as it was"
        return self.settle(who, None)

    def move(self, data: Any, who: str) -> None:
        kind, first = data.draw(st.sampled_from(sorted(MOVED))), data.draw(st.booleans())
        uuid, under = self.pick(data, kind), self.under(data, MOVED[kind])
        if uuid is None or under is None:
            return None
        after = data.draw(st.none() | st.just(self.pick(data, kind)))
        met = self.do(
            who,
            structure.move,
            kind=KINDS[kind],
            row=UUID(uuid),
            under=self.owner(under),
            after=UUID(after) if after else None,
            first=first,
        )
        if not (self.may_write(who, kind) and self.is_hers(who, uuid)):
            assert isinstance(met, REFUSED), f"{who} moved {kind}"
            return self.unchanged()
        assert not isinstance(met, Exception), met
        expected = self.paper.copy()
        expected.move(uuid, under, after, first)
        return self.settle(who, expected, touches={uuid} if met else set())

    def remove(self, data: Any, who: str) -> None:
        kind = data.draw(st.sampled_from(sorted({*UNDER, "area"})))
        uuid = self.pick(data, kind)
        if uuid is None:
            return None
        seen = self.a_version(data)
        branch = set(self.paper.branch(uuid))
        party = self.paper.rows[uuid].says("party")
        met = self.do(who, structure.remove, kind=KINDS[kind], row=UUID(uuid), seen=seen)
        if not (self.may_remove(who, kind, party) and self.is_hers(who, uuid)):
            assert isinstance(met, REFUSED), f"{who} took {kind} away"
            return self.unchanged()
        if any(s.version > seen and s.by != who for row in branch for s in self.of_row(row)):
            assert isinstance(met, structure.Stale)
            return self.unchanged()
        assert not isinstance(met, Exception), met
        expected = self.paper.copy()
        expected.remove(uuid)
        # What goes with an action has no line of its own in the history.
        parts = {"goal", "commitment"}
        told = {row for row in branch if self.paper.rows[row].kind not in parts} | {uuid}
        return self.settle(who, expected, touches=told)

    def may_remove(self, who: str, kind: str, party: str) -> bool:
        return self.may_write(who, kind, party)

    # Back again -----------------------------------------------------------------------------------

    def undo(self, data: Any, who: str) -> None:
        # Whoever did something last has something to take back.
        self.take_back(data.draw(st.sampled_from([who, self.last])), undoing.undo)

    def redo(self, data: Any, who: str) -> None:
        self.take_back(data.draw(st.sampled_from([who, self.last])), undoing.redo)

    def put_back_what_was_taken_away(self, data: Any, who: str) -> None:
        turns = list(self.plan.changes.filter(op="removed").values_list("turn", flat=True))
        if turns:
            number = data.draw(st.sampled_from(turns))
            self.take_back(who, restoring.put_back, number=number)

    def take_back(self, who: str, act: Callable, **what: Any) -> None:
        last = self.plan.changes.last()
        met = self.do(who, act, **what)
        if isinstance(met, Exception):
            return self.unchanged()
        assert self.state in OPEN
        assert who in WRITES_OWN
        assert act != restoring.put_back or who == "samordnare"
        now = Paper.of(self.document())
        undone = met[0].undoes
        if last.turn == undone:  # nothing has happened since
            before = max(version for version in self.versions if version < undone)
            assert now.same(self.versions[before])
        came = {str(change.row) for change in met if change.op == "added"}
        for uuid, row in self.paper.rows.items():
            if uuid not in now.rows or uuid in came:
                continue
            if (row.under, row.hangs_on) != (now.rows[uuid].under, now.rows[uuid].hangs_on):
                assert self.is_hers(who, uuid), "what another had moved or written in was moved"
            for name in {*row.words, *now.rows[uuid].words} - NAMING:
                said = self.fields.get((uuid, name))
                if said and said[-1].by != who:
                    same = now.rows[uuid].says(name) == row.says(name)
                    assert same, "what another wrote was taken back"
        parts = {str(c.row) for c in met}
        return self.settle(who, None, touches=parts)

    # Steps ----------------------------------------------------------------------------------------

    def step(self, data: Any, who: str) -> None:
        name = data.draw(st.sampled_from(sorted(STEPS)))
        is_stale = len(self.versions) > 1 and data.draw(st.booleans())
        self.take(name, who, is_stale=is_stale)

    def all_agree(self, data: Any, who: str) -> None:
        if self.state == D:
            self.take("send", "samordnare")
        if self.state == C:
            for name, one in (("approve", "chef"), ("approve", "polischef"), ("decide", who)):
                self.take(name, one)

    def a_revision(self, data: Any, who: str) -> None:
        self.take("revise", "samordnare")

    def take(self, name: str, who: str, *, is_stale: bool = False) -> None:
        source, allowed, act = STEPS[name]
        party = self.people[who][1]
        seen = self.seen_by_step()
        if is_stale:
            seen = Seen(min(self.versions), seen.content_hash)
        met = self.do(who, act, seen=seen, **self.words_of(name, party))
        if who not in allowed or self.state != source:
            assert isinstance(met, REFUSED), f"{who} took {name} from {self.state}"
            return self.unchanged()
        if is_stale and seen.version != self.version:
            assert isinstance(met, steps.Stale)
            return self.unchanged()
        agreed = {
            key
            for key, (answer, version) in self.answers.items()
            if answer == "approve" and version == self.version
        }
        mains = {self.parties["sdf"].key, self.parties["polisen"].key}
        if name == "decide" and agreed != mains:
            assert isinstance(met, ValidationError)
            return self.unchanged()
        assert not isinstance(met, Exception), met
        self.unchanged()
        match name:
            case "send":
                self.state = C
            case "withdraw":
                self.state = D
            case "approve" | "return":
                assert party is not None
                self.answers[party.key] = (name, self.version)
            case "decide":
                self.state = B
                document = to_document(self.plan).plan_part()
                self.frozen.append(Frozen(self.plan.pk, document, bytes(met.pdf)))
            case "close":
                self.state = A
            case "revise":
                old = self.paper
                self.told_in_full()
                self.state = D
                self.begin(met)
                assert self.paper.same(old), "the revision begins as what was decided"
        return None

    def words_of(self, name: str, party: Party | None) -> dict[str, Any]:
        today = timezone.localdate()
        match name:
            case "send":
                return {"reply_by": today + timedelta(days=7)}
            case "withdraw" | "revise":
                return {"reason": "Något har hänt."}
            case "approve":
                return {"party": party or self.parties["sdf"]}
            case "return":
                return {"party": party or self.parties["sdf"], "reason": "Målet går inte att mäta."}
            case "decide":
                return {
                    "body": "Nämnden",
                    "decided_on": today,
                    "paragraph": "§ 6",
                    "registry_numbers": {
                        self.parties[name]: f"Dnr {name}" for name in ("sdf", "polisen")
                    },
                }
        return {}

    # What always holds ----------------------------------------------------------------------------

    @invariant()
    def the_plan_is_where_its_steps_have_brought_it(self) -> None:
        plan = Plan.objects.values("state", "version").get(pk=self.plan.pk)
        assert plan == {"state": self.state, "version": self.version}

    def answers_stand_as_long_as_nothing_is_changed(self) -> None:
        for about in answers_about(self.plan, self.seen_by_step()):
            answer, version = self.answers.get(about.party.key, ("", 0))
            stands = version == self.version
            assert about.is_approved == (stands and answer == "approve")
            assert about.is_returned == (stands and answer == "return")

    def what_was_decided_is_as_it_was_decided(self) -> None:
        for number, frozen in enumerate(self.frozen):
            plan = Plan.objects.with_heading().get(pk=frozen.pk)
            # The agreement lives on in the plans that are open; what was decided has it as it was.
            was = frozen.document
            rows = replace(to_document(plan), agreement=was.agreement, parties=was.parties)
            assert rows.plan_part() == was
            assert current_document(plan).plan_part() == was
            assert Decision.objects.filter(plan=plan, pdf=frozen.pdf).exists()
            is_last = number == len(self.frozen) - 1
            assert plan.in_force == (is_last and self.state != A)

    def told_in_full(self) -> None:
        """Forward from the beginning and back from the end: each version of the plan."""
        changes = list(self.plan.changes.order_by("number"))
        now = self.document()
        assert Paper.of(now).same(self.paper)
        for version, paper in self.versions.items():
            until = [change for change in changes if change.number <= version]
            assert Paper.of(replayed(self.start, until)).same(paper)
            since = [change for change in changes if change.number > version]
            assert Paper.of(rewound(now, since)).same(paper)

    def teardown(self) -> None:
        self.told_in_full()
        self.what_was_decided_is_as_it_was_decided()


@pytest.mark.django_db
def test_whatever_many_people_do_nothing_is_lost_and_no_step_is_skipped(monkeypatch):
    monkeypatch.setattr(
        "plans.services.workflow.write_pdf",
        lambda document, standing, **more: b"%PDF-" + standing.content_hash.encode(),
    )
    run_state_machine_as_test(
        ManyHands,
        settings=hypothesis.settings(
            max_examples=hypothesis.settings.default.max_examples * 2 // 5,
            stateful_step_count=40,
            deadline=None,
            phases=[Phase.generate],
        ),
    )
