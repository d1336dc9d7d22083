"""The plan that was read, once all of it has been: its areas, its layout, its follow-up."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import uuid5

from plans.counting import count_area
from plans.document import (
    ActionDoc,
    AnswerDoc,
    AreaDoc,
    CauseDoc,
    NotAPlan,
    PartyDoc,
    PlanDocument,
    ProblemDoc,
    RoundDoc,
    SectionDoc,
)
from plans.reading.disposition import compare as compare_disposition
from plans.reading.draft import ActionDraft, AreaDraft, CommitmentDraft, Draft, as_rich, said_in
from plans.reading.outcome import Reading
from plans.reading.settling import Settled, catalogue_of, settle
from plans.reading.summary import Summary
from plans.reading.words import folded
from plans.vocabulary import HandledAs, Layout, RoundKind, TimingKind
from samverkan.document import as_part
from samverkan.text import same_words

_TIMINGS = {
    folded(words): kind
    for kind in (
        TimingKind.ONGOING,
        TimingKind.ON_DEMAND,
        TimingKind.LINE_WORK,
        TimingKind.UNTIL_FURTHER_NOTICE,
    )
    for words in (kind.label, kind.value)
}
_LONGEST_NAME = 300
_HANDLED = re.compile(
    r"^\s*(?:hanteras|arbetet (?:hanteras|sker|bedrivs)|ingår i)\b", re.IGNORECASE
)


def finish(draft: Draft, summaries: Iterable[Summary]) -> Reading:
    if not draft.areas:
        raise NotAPlan(
            "Det finns ingen åtgärdsplan att läsa i filen: inget prioriterat område och ingen tabell "
            "med åtgärder har hittats. Det som kan läsas är stadens formulär i Excel, planer i Word "
            "med en tabell för varje aktivitet och filer som Samverkan har skrivit."
        )
    if not draft.known.catalogues:
        raise NotAPlan("Kommunen har ingen områdeskatalog än. Stadsledningen lägger upp den.")
    catalogue = catalogue_of(draft)
    settled, faults = settle(draft, catalogue)
    areas = tuple(area_of(one) for one in settled)
    compare_disposition(draft)
    for summary in summaries:
        summary.compare({area.title: count_area(area) for area in areas})
    document = PlanDocument(
        district=draft.known.district,
        period_start=draft.known.period_start,
        period_end=draft.known.period_end,
        layout=_layout(areas),
        catalogue=catalogue,
        annex_label=draft.annex_label,
        agreement=draft.known.agreement,
        parties=_parties(draft, areas),
        sections=tuple(
            SectionDoc(section.uuid, section.heading, as_rich(section.lines))
            for section in draft.sections
        ),
        areas=areas,
        rounds=_rounds(draft, settled),
        extras=tuple(draft.extras),
    )
    return Reading(
        document=document,
        source=draft.source,
        pieces=tuple(draft.pieces.values()),
        questions=tuple(draft.questions.values()),
        warnings=tuple(draft.warnings),
        faults=tuple(faults),
    )


def area_of(settled: Settled) -> AreaDoc:
    area, known = settled.draft, settled.known
    handled = _handled(area)
    return AreaDoc(
        uuid=area.uuid,
        slug=known.slug,
        name=known.name,
        title=settled.title,
        own=known.catalogue is None,
        overall_goal=said_in(area.said, "overall_goal"),
        situation="" if handled else as_rich(area.said.get("situation", ())),
        handled_as=handled[0] if handled else None,
        handled_note=handled[1] if handled else "",
        comment=said_in(area.said, "comment"),
        problems=tuple(
            ProblemDoc(
                problem.uuid,
                problem.text,
                causes=tuple(CauseDoc(cause.uuid, cause.text) for cause in problem.causes),
            )
            for problem in area.problems
        ),
        actions=tuple(_action(action) for action in area.actions),
    )


def _handled(area: AreaDraft) -> tuple[HandledAs, str] | None:
    """How an area without åtgärder is handled instead, where its one sentence says so."""
    texts = area.said.get("situation", ())
    if area.actions or area.problems or len(texts) != 1:
        return None
    how = handled_as(texts[0])
    return (how, texts[0]) if how else None


def handled_as(text: str) -> HandledAs | None:
    if not _HANDLED.match(text):
        return None
    return HandledAs.LINE_WORK if "linje" in text.casefold() else HandledAs.DOCUMENT


def _action(action: ActionDraft) -> ActionDoc:
    said = {name: "\n".join(texts) for name, texts in action.said.items()}
    if not said.get("name") and not said.get("description"):
        said["name"] = said.pop("undertaking", "") or "Åtgärd utan namn"
    name = said.get("name", "")
    if len(name) > _LONGEST_NAME or "\n" in name:
        said["description"] = f"{said.pop('name')}\n{said.get('description', '')}".strip()
    timing = said.get("timing", "")
    ends_on = action.ends_on or _as_date(timing)
    fields = said | {
        "uuid": action.uuid,
        "problem": action.problem.uuid if action.problem and not action.cause else None,
        "cause": action.cause.uuid if action.cause else None,
        "timing_kind": TimingKind.DATE.value if ends_on else _TIMINGS.get(folded(timing)),
        "ends_on": ends_on,
        "goals": [
            {"uuid": uuid5(action.uuid, f"mål {number}"), "text": goal}
            for number, goal in enumerate(action.goals)
        ],
        "commitments": [_commitment(one) for one in action.commitments.values()],
    }
    return as_part(fields, ActionDoc)


def _commitment(commitment: CommitmentDraft) -> dict:
    said = {name: "\n".join(texts) for name, texts in commitment.said.items()}
    return said | {"uuid": commitment.uuid, "party": commitment.party}


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _layout(areas: Iterable[AreaDoc]) -> Layout:
    """A plan whose åtgärder hang on problems is the table of causes; one of parties' åtaganden is not."""
    areas = list(areas)
    actions = [action for area in areas for action in area.actions]
    if any(area.problems for area in areas):
        return Layout.CAUSES
    is_activities = any(one.commitments or one.undertaking or one.aim for one in actions)
    return Layout.ACTIVITIES if is_activities else Layout.CAUSES


def _parties(draft: Draft, areas: Iterable[AreaDoc]) -> tuple[PartyDoc, ...]:
    """Those that are named, those of the agreement first as everybody lists them."""
    main = [entry.party for entry in draft.known.agreement.parties] if draft.known.agreement else []
    named = {one.party for area in areas for action in area.actions for one in action.commitments}
    everybody = {party.key: party for party in draft.parties.everybody}
    return tuple(
        everybody[key]
        for key in (*main, *(key for key in everybody if key not in main))
        if key in named or key in main
    )


def _rounds(draft: Draft, settled: Sequence[Settled]) -> tuple[RoundDoc, ...]:
    """What the form says has been done is the follow-up of the year's end."""
    answers = tuple(
        AnswerDoc(action.uuid, text="\n".join(action.result), state=action.state)
        for one in settled
        for action in one.draft.actions
        if action.result or action.state
    )
    if not answers:
        return ()
    year = draft.known.period_end.year
    name = f"{RoundKind.VB.label} {year}"
    same = [one for one in draft.known.rounds if same_words(one.name) == same_words(name)]
    uuid = same[0].uuid if same else uuid5(settled[0].draft.uuid, name)
    year_end = date(year, 12, 31)
    return (RoundDoc(uuid, RoundKind.VB, name, year_end, year_end, answers=answers),)
