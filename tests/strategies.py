"""Random plans that hang together: every field, empty and filled, in any mix."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from plans.document import (
    ActionDoc,
    AgreementDoc,
    AnswerDoc,
    AreaDoc,
    CatalogueDoc,
    CauseDoc,
    CommitmentDoc,
    DistrictDoc,
    ExtraDoc,
    GoalDoc,
    OutcomeDoc,
    PartyDoc,
    PlanDocument,
    ProblemDoc,
    RoundDoc,
    SectionDoc,
    SignatoryDoc,
)
from plans.edition import markable
from plans.vocabulary import ActionState, HandledAs, Layout, Met, RoundKind, TimingKind
from samverkan.organisation.vocabulary import PartyKind
from samverkan.swedish import sort_key
from samverkan.text import clean, clean_rich

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])
    | st.sampled_from("åäöÅÄÖ –”\n<>&=+@-"),
    max_size=40,
).map(clean)
said = words.filter(bool)
rich = st.lists(said, max_size=2).map(
    lambda texts: clean_rich("".join(f"<p>{text}</p>" for text in texts))
)
dates = st.dates(date(2019, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(2019, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
numbers = st.decimals(-9_999, 9_999, places=2).map(lambda n: Decimal(f"{n.normalize():f}"))
counts = st.integers(0, 60)
marked = {"is_internal": st.booleans(), "internal_reason": words}


def marks_of(kind):
    """Some of the fields of such a part that can be marked one by one."""
    return st.lists(st.sampled_from(markable(kind)), unique=True, max_size=3).map(tuple)


def maybe(strategy):
    return st.none() | strategy


def several(strategy, most=3):
    return st.lists(strategy, max_size=most).map(tuple)


def unique(strategy, key, most=3):
    return st.lists(strategy, max_size=most, unique_by=key).map(tuple)


parties = st.builds(
    PartyDoc,
    key=st.sampled_from(["sdf", "polisen", "utbildning", "stad/trafikkontoret", "stad/brå"]),
    name=said,
    short_name=said,
    kind=st.sampled_from(PartyKind),
)
goals = st.builds(
    GoalDoc,
    uuid=st.uuids(),
    text=said,
    unit=words,
    baseline=maybe(numbers),
    target=maybe(numbers),
    target_date=maybe(dates),
    indicator=maybe(st.uuids()),
)
causes = st.builds(CauseDoc, uuid=st.uuids(), text=said, **marked)
problems = st.builds(
    ProblemDoc,
    uuid=st.uuids(),
    text=said,
    priority=maybe(st.uuids()),
    causes=unique(causes, lambda cause: cause.uuid),
    **marked,
)


@st.composite
def actions(draw, keys, problems):
    chain: list[dict] = [{}]
    chain += [{"problem": problem.uuid} for problem in problems]
    chain += [{"cause": cause.uuid} for problem in problems for cause in problem.causes]
    acting = draw(st.lists(st.sampled_from(keys), unique=True, max_size=3)) if keys else []
    texts = {
        field: draw(words)
        for field in ActionDoc.__struct_fields__
        if ActionDoc.__annotations__[field] is str
    }
    return ActionDoc(
        uuid=draw(st.uuids()),
        name=draw(said),
        timing_kind=draw(maybe(st.sampled_from(TimingKind))),
        starts_on=draw(maybe(dates)),
        ends_on=draw(maybe(dates)),
        meetings_planned=draw(maybe(counts)),
        predecessor=draw(maybe(st.uuids())),
        priority=draw(maybe(st.uuids())),
        is_internal=draw(st.booleans()),
        internal_fields=draw(marks_of(ActionDoc)),
        goals=draw(unique(goals, lambda goal: goal.uuid, most=2)),
        commitments=tuple(
            draw(
                st.builds(
                    CommitmentDoc,
                    uuid=st.uuids(),
                    party=st.just(key),
                    contact_role=words,
                    other_participants=words,
                    text=words,
                    **marked,
                    internal_fields=marks_of(CommitmentDoc),
                )
            )
            for key in acting
        ),
        **texts,
        **draw(st.sampled_from(chain)),
    )


@st.composite
def areas(draw, keys):
    found = draw(unique(problems, lambda problem: problem.uuid, most=2))
    return AreaDoc(
        uuid=draw(st.uuids()),
        slug=draw(st.uuids().map(str)),
        name=draw(said),
        title=draw(said),
        own=True,
        overall_goal=draw(words),
        situation=draw(rich),
        comment=draw(words),
        handled_as=draw(maybe(st.sampled_from(HandledAs))),
        handled_note=draw(words),
        not_chosen_reason=draw(words),
        is_internal=draw(st.booleans()),
        internal_reason=draw(words),
        internal_fields=draw(marks_of(AreaDoc)),
        problems=found,
        actions=draw(st.lists(actions(keys, found), max_size=3).map(tuple)),
    )


@st.composite
def rounds(draw, keys, actions, goals):
    pairs = [(action, key) for action in actions for key in [None, *keys]]
    answered = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3)) if pairs else []
    measured = draw(st.lists(st.sampled_from(goals), unique=True, max_size=2)) if goals else []
    opened = draw(maybe(moments))
    return RoundDoc(
        uuid=draw(st.uuids()),
        kind=draw(st.sampled_from(RoundKind)),
        name=draw(said),
        reporting_date=draw(dates),
        due_date=draw(dates),
        questions=draw(words),
        opened_at=opened,
        closed_at=draw(maybe(moments)) if opened else None,
        answers=tuple(
            draw(
                st.builds(
                    AnswerDoc,
                    action=st.just(action),
                    party=st.just(key),
                    text=words,
                    state=maybe(st.sampled_from(ActionState)),
                    commitment_met=maybe(st.sampled_from(Met)),
                    continues_next_year=maybe(st.booleans()),
                    meetings_planned=maybe(counts),
                    meetings_held=maybe(counts),
                )
            )
            for action, key in answered
        ),
        outcomes=tuple(
            draw(st.builds(OutcomeDoc, goal=st.just(goal), value=maybe(numbers), text=words))
            for goal in measured
        ),
    )


@st.composite
def documents(draw):
    """A plan as the database would tell it: parties and rounds in their order, none unnamed."""
    named = draw(unique(parties, lambda party: party.key, most=4))
    keys = [party.key for party in named]
    main = draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    agreement = draw(maybe(_agreements(main)))
    main = [entry.party for entry in agreement.parties] if agreement else []
    plan_areas = draw(unique(areas(keys), lambda area: area.uuid, most=3))
    plan_areas = _pointing(draw, plan_areas)
    all_actions = [action for area in plan_areas for action in area.actions]
    plan_rounds = draw(
        st.lists(
            rounds(
                keys,
                [action.uuid for action in all_actions],
                [goal.uuid for action in all_actions for goal in action.goals],
            ),
            max_size=2,
            unique_by=lambda round_: round_.name,
        )
    )
    acting = {commitment.party for action in all_actions for commitment in action.commitments}
    acting |= {answer.party for round_ in plan_rounds for answer in round_.answers}
    others = [party for party in named if party.key in acting and party.key not in main]
    by_key = {party.key: party for party in named}
    start, end = sorted([draw(dates), draw(dates)])
    return PlanDocument(
        district=DistrictDoc("skarpnack", "Skarpnäck", "Stockholms stad"),
        period_start=start,
        period_end=end,
        layout=draw(st.sampled_from(Layout)),
        catalogue=CatalogueDoc(2024, "Områden 2024"),
        revision=draw(st.integers(1, 9)),
        annex_label=draw(words),
        agreement=agreement,
        parties=(
            *(by_key[key] for key in main),
            *sorted(others, key=lambda party: (sort_key(party.short_name), party.key)),
        ),
        sections=draw(
            unique(
                st.builds(SectionDoc, uuid=st.uuids(), heading=said, text=rich),
                lambda section: section.uuid,
            )
        ),
        areas=plan_areas,
        rounds=tuple(sorted(plan_rounds, key=lambda round_: round_.reporting_date)),
        extras=draw(
            unique(
                st.builds(
                    ExtraDoc,
                    where=said,
                    label=said,
                    text=words,
                    is_internal=st.booleans(),
                    uuid=st.uuids(),
                ),
                lambda extra: extra.uuid,
            )
        ),
    )


def _agreements(keys):
    entries = st.tuples(
        *(
            st.builds(
                SignatoryDoc,
                party=st.just(key),
                signatory=words,
                registry_number=words,
                uuid=st.uuids(),
            )
            for key in keys
        )
    )
    return st.builds(
        AgreementDoc,
        uuid=st.uuids(),
        title=said,
        period_start=st.just(date(2019, 1, 1)),
        period_end=maybe(dates),
        signed_on=maybe(dates),
        registry_number=words,
        next_review=maybe(dates),
        parties=entries,
    )


def _pointing(draw, plan_areas):
    """Let some areas point to others, and some actions serve another area too."""
    from msgspec.structs import replace

    uuids = [area.uuid for area in plan_areas]
    result = []
    for area in plan_areas:
        others = [uuid for uuid in uuids if uuid != area.uuid]
        if others and area.handled_as == HandledAs.AREA:
            area = replace(area, handled_in=draw(maybe(st.sampled_from(others))))
        if others:
            serving = st.lists(st.sampled_from(others), unique=True, max_size=2).map(tuple)
            area = replace(
                area,
                actions=tuple(
                    replace(action, also_serves=draw(serving)) for action in area.actions
                ),
            )
        result.append(area)
    return tuple(result)
