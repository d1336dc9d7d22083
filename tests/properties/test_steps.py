"""From one plan to any other in steps, and the same way back: nothing is lost on the way."""

from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from plans.document import PlanDocument
from plans.places import LISTS, replayed, rewound
from plans.steps import LISTED, Rewrite, listed
from tests.strategies import documents

PLAN = UUID(int=1)


class Numbered:
    def __init__(self, number, step):
        self.number, self.step = number, step

    def __getattr__(self, name):
        return getattr(self.step, name)


def test_every_kind_of_row_is_followed():
    """A new one has to be put in a file's way too, or a draft that is replaced would lose it."""
    assert set(LISTED) == set(LISTS) - {"signatory"}  # of the agreement, which is left as it is


def of_one_plan(one: PlanDocument, other: PlanDocument) -> tuple[PlanDocument, PlanDocument]:
    """The two as if they were the same plan at two times: what a rewrite leaves is that of one."""
    parties = {party.key: party for party in (*one.parties, *other.parties)}
    one = replace(one, rounds=(), agreement=None, parties=tuple(parties.values()))
    other = replace(
        one,
        layout=other.layout,
        annex_label=other.annex_label,
        sections=other.sections,
        areas=other.areas,
        extras=other.extras,
    )
    return one, other


def check(before, wanted):
    steps = [
        Numbered(number, step) for number, step in enumerate(Rewrite(PLAN, before, wanted).steps)
    ]
    assert replayed(before, steps) == wanted
    assert rewound(wanted, steps) == before


@given(one=documents(), other=documents())
def test_a_plan_becomes_any_other_and_itself_again(one, other):
    check(*of_one_plan(one, other))


def shuffled(draw, rows):
    return tuple(draw(st.permutations(rows)))[: draw(st.integers(0, len(rows)))] if rows else ()


@st.composite
def rearranged(draw):
    """A plan, and the same with areas, actions and goals in another order, some of them gone."""
    plan = draw(documents())
    areas = tuple(
        replace(
            area,
            comment=draw(st.sampled_from([area.comment, "Något annat"])),
            handled_as=None,
            handled_in=None,
            problems=tuple(draw(st.permutations(area.problems))),
            actions=tuple(
                replace(
                    action,
                    also_serves=(),
                    goals=shuffled(draw, action.goals),
                    commitments=shuffled(draw, action.commitments),
                    cause=draw(st.sampled_from([None, action.cause])),
                )
                for action in shuffled(draw, area.actions)
            ),
        )
        for area in shuffled(draw, plan.areas)
    )
    sections = shuffled(draw, plan.sections)
    return of_one_plan(plan, replace(plan, areas=areas, sections=sections, rounds=()))


@given(pair=rearranged())
def test_rows_that_have_changed_places_are_followed(pair):
    before, wanted = pair
    rows = [(row.kind, row.uuid) for row in listed(before)]
    assume(len(set(rows)) == len(rows))
    check(before, wanted)
    rewrite = Rewrite(PLAN, before, wanted)
    stood = [row for row in rewrite.kept if row[0] == "area"]
    assert bool(stood) is bool(wanted.areas)  # the longest run of them is left where it is
