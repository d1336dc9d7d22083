"""What a file was read as becomes a plan, or a part of one: all of it or nothing, and back again.

Whoever reads a file in has seen what it is read as, and what stands in the plan that it goes into.
If that is another now, nothing is done, and she sees it anew.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator
from msgspec.structs import replace

from plans import merging
from plans.counting import Counts, count_plan
from plans.document import NotAPlan, PlanDocument
from plans.history import Names
from plans.merging import Merged
from plans.models import (
    Action,
    Agreement,
    Approval,
    Change,
    Comment,
    Decision,
    Dispatch,
    Plan,
    PriorityArea,
    Rollover,
    Upload,
)
from plans.places import rewound
from plans.quality import personal_data
from plans.reading.outcome import Reading
from plans.services import answers
from plans.services.loading import current_document, to_document
from plans.services.removal import take_away
from plans.services.rewriting import rewrite, some_at_a_time
from plans.services.rollover import free_slug
from plans.services.storing import from_document, parties_of, ready
from plans.services.uploads import UPLOADS
from plans.vocabulary import PlanState
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.collaboration.history import event
from samverkan.collaboration.turns import turn
from samverkan.collaboration.undoing import on_top
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import District
from samverkan.reading.uploads import AlreadyUsed, Changed
from samverkan.workflow import steps
from samverkan.workflow.facts import Seen
from samverkan.workflow.vocabulary import UNDER_WAY

Use = Upload.Use


_CHANGED = (
    "Planen har ändrats sedan du öppnade förhandsgranskningen, så inget är inläst. "
    "Här är den på nytt: se vad filen gör med planen som den är nu."
)


@dataclass(frozen=True)
class Target:
    """What the period has already, and so what a file can be read in as."""

    plan: Plan | None = None
    uses: tuple[Use, ...] = (Use.NEW,)
    refusal: str = ""

    @cached_property
    def document(self) -> PlanDocument | None:
        return current_document(self.plan) if self.plan else None

    @property
    def seen(self) -> str:
        """Exactly what the plan says now, for whoever has it before her."""
        if self.plan is None or self.document is None:
            return ""
        return f"{self.plan.pk}:{self.plan.version}:{self.document.content_hash()}"


@dataclass(frozen=True)
class Outcome:
    """What a plan would say with the file in it."""

    merged: Merged
    moved: list[str]  # areas that the plan's list does not have, and what becomes of them

    @property
    def document(self) -> PlanDocument:
        return self.merged.document


def target_of(district: District, start: date, end: date) -> Target:
    plans = list(
        Plan.objects.with_heading()
        .filter(period__district=district, period__start=start, period__end=end)
        .order_by("-revision")
    )
    if not plans:
        return Target()
    if under_way := next((plan for plan in plans if plan.state in UNDER_WAY), None):
        return Target(under_way, (Use.MERGED, Use.REPLACED))
    in_force = next((plan for plan in plans if plan.in_force), plans[0])
    if in_force.state == PlanState.DECIDED and in_force.in_force:
        return Target(in_force, (Use.REVISION,))
    return Target(
        in_force,
        (),
        f"{in_force} är {in_force.state_words} och kan inte ändras. Läs in filen för en annan period.",
    )


def target_for(upload: Upload, reading: Reading) -> Target:
    document = reading.document
    return target_of(upload.district, document.period_start, document.period_end)


def outcome(
    target: Target, use: str, document: PlanDocument, from_file: Collection[str] = ()
) -> Outcome:
    """Stores nothing."""
    if target.plan is None or target.document is None:
        return Outcome(Merged(document), [])
    document, moved = _in_list_of(target.plan, document)
    if use != Use.MERGED:
        return Outcome(merging.replaced(target.document, document), moved)
    merged = merging.merged(target.document, document, from_file)
    kept = answers.left_out(target.document, merged.rounds)
    extras = merging.extras_of_both(merged.document.extras, kept)
    merged.document = replace(merged.document, extras=extras)
    return Outcome(merged, moved)


def apply(
    *, actor: Any, upload: Upload, use: str, seen: str, from_file: Collection[str] = ()
) -> Upload:
    """The file as a new plan, or in the plan that there is. What it was is told in the journal."""
    try:
        with transaction.atomic():
            return _apply(actor, upload, use, seen, from_file)
    except (NotAPlan, IntegrityError) as fault:
        if (
            target_for(upload, UPLOADS.demanded(upload)).seen != seen
        ):  # somebody else, this very moment
            raise Changed(_CHANGED) from fault
        if isinstance(fault, NotAPlan):
            raise ValidationError(str(fault)) from fault
        raise


def _apply(actor: Any, upload: Upload, use: str, seen: str, from_file: Collection[str]) -> Upload:
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    upload.district = District.objects.select_related("municipality").get(pk=upload.district_id)
    if actor is not None:  # a command: whoever runs the installation has started it
        demand_now(actor, Right.IMPORT_PLAN, upload.district)
    if upload.use:
        raise AlreadyUsed()
    reading = UPLOADS.demanded(upload)
    if reading.faults:
        raise ValidationError([*reading.faults])
    target = _locked(upload, reading)
    if use not in target.uses or seen != target.seen:
        raise Changed(_CHANGED)
    if target.plan is None or target.document is None:
        document = _free(reading.document)
        plan = from_document(replace(document, rounds=()), district=upload.district)
        rounds = document.rounds
    else:
        found = outcome(target, use, reading.document, from_file)
        plan, rounds = target.plan, found.merged.rounds
        wanted = ready(replace(found.document, rounds=()))
        if use == Use.REVISION:
            plan = steps.revise(
                actor=actor,
                work=plan,
                seen=Seen(plan.version, target.document.content_hash()),
                reason=f"Inläst från filen {upload.name}",
                document=wanted,
                by_command=actor is None,
            )
        else:
            right = Right.IMPORT_PLAN if actor is not None else None
            with turn(plan, actor, right) as mine:
                rewrite(mine, target.document, wanted)
            upload.turn = mine.changes[0].turn if mine.changes else None
    parties = parties_of(reading.document.parties, upload.district) if rounds else {}
    upload.answered = answers.put_in(plan.period, rounds, parties) if rounds else {}
    upload.use, upload.used_at = use, timezone.now()
    upload.plan, upload.plan_name = plan, str(plan)
    upload.save(update_fields=["use", "used_at", "plan", "turn", "plan_name", "answered"])
    _record(Kind.PLAN_READ_IN, actor, upload, how=str(Use(use).label))
    return upload


def _locked(upload: Upload, reading: Reading) -> Target:
    """As it is this moment; and nobody changes it until this is done."""
    document = reading.document
    plans = Plan.objects.filter(
        period__district=upload.district,
        period__start=document.period_start,
        period__end=document.period_end,
    )
    list(plans.select_for_update(of=("self",)).values_list("pk"))
    return target_for(upload, reading)


def _free(document: PlanDocument) -> PlanDocument:
    """The same; where its actions are in another plan already, rows of its own."""
    actions = [action.uuid for area in document.areas for action in area.actions]
    known = any(Action.objects.filter(uuid__in=some).exists() for some in some_at_a_time(actions))
    return merging.renewed(document) if known else document


def _in_list_of(plan: Plan, document: PlanDocument) -> tuple[PlanDocument, list[str]]:
    """The areas as the plan's list has them; one that it does not have is the district's own."""
    listed = list(plan.catalogue.areas.all())
    names = {area.slug: area.name for area in listed}
    is_same = document.catalogue.year == plan.catalogue.year
    became = {} if is_same else _successors(plan.catalogue_id, document)
    taken = {area.slug for area in document.areas if area.own}
    known = {area.slug: area.name for area in plan.district.own_areas.all()}
    said: set[str] = set()
    areas, moved = [], []
    for area in document.areas:
        if not area.own and (not is_same or area.slug not in names):
            slug = became.get(area.slug, area.slug if area.slug in names else "")
            if slug and slug not in said:
                area = replace(area, slug=slug, name=names[slug])
            else:
                slug = free_slug(area.slug, area.name, known, taken)
                taken.add(slug)
                area = replace(area, slug=slug, own=True)
                moved.append(
                    f"Området {area.title} finns inte i {plan.catalogue}, som planen bygger på. "
                    "Det läggs in som ett eget område."
                )
        said |= set() if area.own else {area.slug}
        areas.append(area)
    return replace(document, areas=tuple(areas)), moved


def _successors(catalogue: int, document: PlanDocument) -> dict[str, str]:
    """What an area of the file's list has become in the plan's, where it is one and no more."""
    links = PriorityArea.successors.through.objects.filter(
        to_priorityarea__catalogue=catalogue,
        from_priorityarea__catalogue__year=document.catalogue.year,
    )
    found: dict[str, list[str]] = {}
    for before, after in links.values_list("from_priorityarea__slug", "to_priorityarea__slug"):
        found.setdefault(before, []).append(after)
    return {before: after[0] for before, after in found.items() if len(after) == 1}


# --- And back again ---


def take_back(*, actor: Any, upload: Upload) -> None:
    """What the file did is undone, unless somebody has built on it."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().select_related("district").get(pk=upload.pk)
        demand_now(actor, Right.IMPORT_PLAN, upload.district)
        if not upload.stands or upload.plan_id is None:
            raise ValidationError("Inläsningen är redan ångrad.")
        list(Plan.objects.select_for_update().filter(pk=upload.plan_id).values_list("pk"))
        plan = Plan.objects.with_heading().get(pk=upload.plan_id)
        demand_now(actor, Right.IMPORT_PLAN, plan)
        if not answers.take_out(upload.answered):
            raise ValidationError(
                "Det går inte att ångra: någon har skrivit uppföljning som bygger på filen."
            )
        if upload.use in (Use.NEW, Use.REVISION):
            _refuse_if_touched(actor, plan)
            take_away(plan)
        elif upload.turn is not None:
            _take_back_turn(actor, plan, upload.turn)
        Upload.objects.filter(pk=upload.pk).update(taken_back_at=timezone.now())
        _record(Kind.PLAN_READ_IN_TAKEN_BACK, actor, upload)


def _refuse_if_touched(actor: Any, plan: Plan) -> None:
    """A plan that a file made goes only while it is as the file made it."""
    if last := plan.changes.select_related("by").last():
        raise _built_on(actor, plan, [last])
    for model, what in _TOUCHED:
        if model.objects.filter(plan=plan).exists():
            raise ValidationError(f"Det går inte att ångra: {what} planen sedan dess.")
    if plan.state != PlanState.DRAFT:
        raise ValidationError(f"Det går inte att ångra: planen är {plan.state_words}.")
    if Rollover.objects.filter(before=plan).exists():
        raise ValidationError("Det går inte att ångra: nästa plan bygger på den.")


_TOUCHED: list[tuple[Any, str]] = [
    (Comment, "någon har kommenterat"),
    (Approval, "någon har godkänt eller återsänt"),
    (Decision, "någon har beslutat"),
    (Dispatch, "någon har skickat"),
]


def _take_back_turn(actor: Any, plan: Plan, number: int) -> None:
    changes = list(plan.changes.filter(turn=number))
    later = list(plan.changes.filter(turn__gt=number).select_related("by"))
    if built_on := on_top(changes, later, whole="plan", within=("goals", "commitments")):
        raise _built_on(actor, plan, built_on)
    before = replace(to_document(plan), rounds=())
    try:
        wanted = ready(rewound(before, changes))
    except (KeyError, StopIteration, NotAPlan, ValueError) as fault:
        raise _built_on(actor, plan, later[-1:]) from fault
    with turn(plan, actor, Right.IMPORT_PLAN, undoes=number) as mine:
        rewrite(mine, before, wanted)


def _built_on(actor: Any, plan: Plan, changes: list[Change]) -> ValidationError:
    """Who did what; the last of it."""
    if not changes:
        return ValidationError("Det går inte att ångra: planen har ändrats sedan dess.")
    last = changes[-1]
    names = Names(actor, plan, to_document(plan))
    who = last.by.name if last.by else "Systemet"
    more = f" och {len(changes) - 1} ändringar till" if len(changes) > 1 else ""
    return ValidationError(
        f"Det går inte att ångra: {who} {event(last, names).said} sedan dess{more}. "
        "Ändra i planen i stället."
    )


def _record(kind: Kind, actor: Any, upload: Upload, **data: str) -> None:
    record(
        kind,
        actor=actor,
        district=upload.district,
        plan=upload.plan_name,
        file=upload.name,
        **data,
    )


# --- What to say of it ---


@dataclass(frozen=True)
class Contents:
    """How much there is in a file, as it was read."""

    areas: int
    counts: Counts
    follow_ups: int


def contents_of(document: PlanDocument) -> Contents:
    return Contents(
        len(document.areas),
        count_plan(document),
        sum(bool(a.text or a.state) for round_ in document.rounds for a in round_.answers),
    )


def warnings_of(reading: Reading, target: Target, found: Outcome) -> list[str]:
    """What somebody should know before the file is read in."""
    document = reading.document
    said = [*reading.warnings, *found.moved]
    if target.plan is None:
        said += [f"Perioden går in i en annan plans: {other}." for other in _overlapping(document)]
    agreement = document.agreement
    if target.plan is None and agreement and not _has(document, agreement.uuid):
        names = {party.key: party.short_name for party in document.parties}
        parties = ", ".join(names[entry.party] for entry in agreement.parties)
        said.append(
            f"Filen bär en överenskommelse som området inte har: {agreement.title}. Den läggs till, "
            f"och dess parter blir planens huvudparter ({parties or 'inga'})."
        )
    here = target.document.agreement if target.document else agreement
    if reading.source is None and agreement and agreement != here:
        said.append(
            f"Överenskommelsen i filen ({agreement.title}) är en annan än planens, som står kvar. Den läses "
            "inte in i en plan som finns."
        )
    for one in personal_data(document)[:_MOST_SAID]:
        title = Truncator(" ".join(one.title.split())).chars(80)
        said.append(f"{title}: {one.finding.sentence}" if title else one.finding.sentence)
    return list(dict.fromkeys(said))


_MOST_SAID = 20


def _overlapping(document: PlanDocument) -> Iterable[Plan]:
    period = {
        "period__start__lte": document.period_end,
        "period__end__gte": document.period_start,
    }
    others = Plan.objects.filter(period__district__slug=document.district.slug, **period)
    return others.select_related("period__district").order_by("period__start", "revision")


def _has(document: PlanDocument, agreement: UUID) -> bool:
    return Agreement.objects.filter(uuid=agreement, districts__slug=document.district.slug).exists()
