"""The plan's history tells all that has been done: forward from the beginning and back from the end
it gives the plan as it was, whatever was done, by whomever."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from plans.editable import KINDS
from plans.models import Plan
from plans.places import replayed, rewound
from plans.services import structure
from plans.services.editing import Gone, write
from plans.services.loading import to_document
from plans.services.undoing import redo, undo
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_plan, administration_of, an_agreement, police_of

WORDS = st.sampled_from(["", "Fler vuxna ute", "Nej", "Två möten i månaden", "åäö\n- punkt"])
PARENTS: dict[str, list] = {
    "section": [None],
    "problem": ["area"],
    "cause": ["problem"],
    "action": ["area", "problem", "cause"],
    "goal": ["action"],
    "commitment": ["action"],
}
MOVES: dict[str, list] = {
    name: kinds for name, kinds in PARENTS.items() if name != "commitment"
} | {"area": [None]}
TAKEN_OUT = ("problem", "cause", "action", "goal", "commitment", "section", "area")


class Editing(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        district = a_district()
        agreement = an_agreement(district)
        self.plan = a_plan(district, agreement=agreement)
        self.parties = [administration_of(district), police_of(district)]
        self.people = [
            a_member(Role.COORDINATOR, district),
            a_member(Role.EDITOR, district, police_of(district)),
        ]
        self.start = to_document(self.plan)
        # The plain model: what every version of the plan said.
        self.versions = {self.plan.version: self.start}
        self.refused = 0

    def rows(self, kind: str) -> list[UUID]:
        model = KINDS[kind]
        return list(
            model.model._default_manager.filter(**{model.to_plan: self.plan.pk})
            .order_by("pk")
            .values_list("uuid", flat=True)
        )

    def pick(self, data, kind: str) -> UUID | None:
        rows = self.rows(kind)
        return rows[data.draw(st.integers(0, len(rows) - 1))] if rows else None

    def under(self, data, kinds: list):
        kind = data.draw(st.sampled_from(kinds))
        if kind is None:
            return None
        row = self.pick(data, kind)
        return (KINDS[kind], row) if row else ...

    def attempt(self, do, **what):
        plan = Plan.objects.with_heading().get(pk=self.plan.pk)
        try:
            do(plan=plan, **what)
        except (ValidationError, PermissionDenied, Gone, structure.Stale):
            self.refused += 1
        self.versions[Plan.objects.get(pk=self.plan.pk).version] = self.now()

    def now(self):
        return to_document(Plan.objects.with_heading().get(pk=self.plan.pk))

    @rule(data=st.data(), kind=st.sampled_from(sorted(PARENTS)), who=st.integers(0, 1))
    def add(self, data, kind, who):
        under = self.under(data, PARENTS[kind])
        if under is ...:
            return
        typed = {KINDS[kind].main: data.draw(WORDS)}
        party = self.parties[data.draw(st.integers(0, 1))] if kind == "commitment" else None
        after = data.draw(st.none() | st.just(self.pick(data, kind)))
        self.attempt(
            structure.add,
            actor=self.people[who],
            kind=KINDS[kind],
            under=under,
            typed=typed,
            after=after,
            party=party,
        )

    @rule(data=st.data(), kind=st.sampled_from(sorted(KINDS)), who=st.integers(0, 1))
    def write(self, data, kind, who):
        row = self.pick(data, kind)
        if row is None:
            return
        fields = KINDS[kind].fields
        name = data.draw(st.sampled_from(sorted(fields)))
        field = fields[name]
        match field.control:
            case "text" | "line" | "rich":
                typed = data.draw(WORDS)
            case "area" | "areas":
                others = [str(area) for area in self.rows("area") if area != row]
                typed = " ".join(data.draw(st.sets(st.sampled_from(others))) if others else [])
            case "choice":
                typed = data.draw(st.sampled_from(["", *dict(field.column.choices)]))
            case "tick":
                typed = data.draw(st.sampled_from(["", "on"]))
            case "date":
                typed = data.draw(st.sampled_from(["", "2026-05-01"]))
            case _:
                typed = data.draw(st.sampled_from(["", "12", "1 000"]))
        seen = data.draw(st.sampled_from([self.plan.version, 10**6]))
        self.attempt(
            write, actor=self.people[who], kind=KINDS[kind], row=row, typed={name: typed}, seen=seen
        )

    @rule(data=st.data(), kind=st.sampled_from(sorted(MOVES)), who=st.integers(0, 1))
    def move(self, data, kind, who):
        row, under = self.pick(data, kind), self.under(data, MOVES[kind])
        if row is None or under is ...:
            return
        self.attempt(
            structure.move,
            actor=self.people[who],
            kind=KINDS[kind],
            row=row,
            under=under,
            after=data.draw(st.none() | st.just(self.pick(data, kind))),
            first=data.draw(st.booleans()),
        )

    @rule(data=st.data(), kind=st.sampled_from(TAKEN_OUT), who=st.integers(0, 1))
    def remove(self, data, kind, who):
        if row := self.pick(data, kind):
            self.attempt(
                structure.remove, actor=self.people[who], kind=KINDS[kind], row=row, seen=10**6
            )

    @rule(who=st.integers(0, 1))
    def undo(self, who):
        self.attempt(undo, actor=self.people[who])

    @rule(who=st.integers(0, 1))
    def redo(self, who):
        self.attempt(redo, actor=self.people[who])

    @invariant()
    def history_tells_it_all(self):
        changes = list(self.plan.changes.order_by("number"))
        now = self.now()
        assert replayed(self.start, changes) == now
        for version, document in self.versions.items():
            assert rewound(now, [c for c in changes if c.number > version]) == document


@pytest.mark.django_db
def test_the_history_replayed_gives_the_plan_and_rewound_gives_each_version_of_it():
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, phases=[Phase.generate]
        ),
    )
