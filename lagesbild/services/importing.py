"""What a file was read as becomes a report, or goes into one: all of it or nothing, and back again.

Whoever reads a file in has seen what it is read as, and what stands in the report that it goes into.
If that is another now, nothing is done, and she sees it anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from msgspec.structs import replace

from lagesbild import merging, quality
from lagesbild.document import NotAReport, ReportDocument, sections_of
from lagesbild.merging import Merged
from lagesbild.models import (
    Approval,
    Change,
    Comment,
    Decision,
    Dispatch,
    Report,
    Section,
    Upload,
)
from lagesbild.places import COURSE
from lagesbild.reading.outcome import ReportReading
from lagesbild.renaming import renewed
from lagesbild.services.creation import parties_behind
from lagesbild.services.loading import current_document, images_of, to_document
from lagesbild.services.storing import from_document, ready, store_images
from lagesbild.services.uploads import UPLOADS
from plans.document import NotAPlan
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.collaboration.becoming import become
from samverkan.collaboration.turns import turn
from samverkan.collaboration.undoing import on_top
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import District
from samverkan.reading.uploads import AlreadyUsed, Changed
from samverkan.workflow import steps
from samverkan.workflow.facts import Seen
from samverkan.workflow.vocabulary import UNDER_WAY, State

Use = Upload.Use

_CHANGED = (
    "Lägesbilden har ändrats sedan du öppnade förhandsgranskningen, så inget är inläst. "
    "Här är den på nytt: se vad filen gör med den som den är nu."
)


@dataclass(frozen=True)
class Target:
    """What the year has already, and so what a file can be read in as."""

    report: Report | None = None
    uses: tuple[Use, ...] = (Use.NEW,)
    refusal: str = ""

    @cached_property
    def document(self) -> ReportDocument | None:
        return current_document(self.report) if self.report else None

    @property
    def seen(self) -> str:
        """Exactly what the report says now, for whoever has it before her."""
        if self.report is None or self.document is None:
            return ""
        return f"{self.report.pk}:{self.report.version}:{self.document.content_hash()}"


def target_of(upload: Upload) -> Target:
    reports = list(
        Report.objects.with_heading()
        .filter(district=upload.district_id, kind=upload.kind, year=upload.year)
        .order_by("-revision")
    )
    if not reports:
        return Target()
    if under_way := next((one for one in reports if one.state in UNDER_WAY), None):
        return Target(under_way, (Use.MERGED, Use.REPLACED))
    in_force = next((one for one in reports if one.in_force), reports[0])
    if in_force.state == State.DECIDED and in_force.in_force:
        return Target(in_force, (Use.REVISION,))
    return Target(
        in_force,
        (),
        f"{in_force} är {in_force.state_words} och kan inte ändras. Läs in filen för ett annat år.",
    )


def outcome(
    target: Target, use: str, document: ReportDocument, from_file: Collection[str] = ()
) -> Merged:
    """What the report would say with the file in it. Stores nothing."""
    if target.document is None:
        return Merged(document)
    if use == Use.MERGED:
        return merging.merged(target.document, document, from_file)
    return merging.replaced(target.document, document)


def warnings_of(reading: ReportReading, target: Target) -> list[str]:
    """What there is to know before the file is read in."""
    said = list(reading.warnings)
    if target.document and reading.document.covers != target.document.covers:
        said.append(
            "Vilka stadsdelsområden som beskrivs står kvar som det är i lägesbilden, vad filen än säger."
        )
    said += [
        f"{one.title}: {one.finding.sentence}" if one.title else one.finding.sentence
        for one in quality.personal_data(reading.document)[:_MOST_SAID]
    ]
    return list(dict.fromkeys(said))


_MOST_SAID = 20


def apply(
    *, actor: Any, upload: Upload, use: str, seen: str, from_file: Collection[str] = ()
) -> Upload:
    """The file as a new report, or in the report that there is. What it was is told in the journal."""
    try:
        with transaction.atomic():
            return _apply(actor, upload, use, seen, from_file)
    except (NotAReport, NotAPlan, IntegrityError) as fault:
        if target_of(upload).seen != seen:  # somebody else, this very moment
            raise Changed(_CHANGED) from fault
        if isinstance(fault, IntegrityError):
            raise
        raise ValidationError(str(fault)) from fault


def _apply(actor: Any, upload: Upload, use: str, seen: str, from_file: Collection[str]) -> Upload:
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    upload.district = District.objects.select_related("municipality").get(pk=upload.district_id)
    if actor is not None:  # a command: whoever runs the installation has started it
        demand_now(actor, Right.CREATE_REPORT, upload.district)
    if upload.use:
        raise AlreadyUsed()
    reading = UPLOADS.demanded(upload)
    target = _locked(upload)
    if use not in target.uses or seen != target.seen:
        raise Changed(_CHANGED)
    images = {image.sha256: bytes(image.content) for image in upload.images.all()}
    if target.report is None:
        document = _free(reading.document)
        if not document.parties:
            document = replace(document, parties=parties_behind(upload.district))
        report = from_document(document, district=upload.district, images=images)
    else:
        wanted = ready(outcome(target, use, reading.document, from_file).document)
        report, before = target.report, target.document
        assert before
        if use == Use.REVISION:
            report = steps.revise(
                actor=actor,
                work=report,
                seen=Seen(report.version, before.content_hash()),
                reason=f"Inläst från filen {upload.name}",
                by_command=actor is None,
            )
            before = to_document(report)
        store_images(wanted, upload.district, images_of(report, wanted) | images)
        with turn(report, actor, Right.EDIT_SHARED if actor is not None else None) as mine:
            become(mine, COURSE, before, wanted)
        upload.turn = mine.changes[0].turn if mine.changes else None
    upload.use, upload.used_at = use, timezone.now()
    upload.report, upload.report_name = report, str(report)
    upload.save(update_fields=["use", "used_at", "report", "turn", "report_name"])
    if use == Use.NEW:
        _record(Kind.REPORT_READ_IN, actor, upload)
    else:
        _record(Kind.REPORT_READ_INTO, actor, upload, how=str(Use(use).label))
    return upload


def _locked(upload: Upload) -> Target:
    """As it is this moment; and nobody changes it until this is done."""
    reports = Report.objects.filter(district=upload.district_id, kind=upload.kind, year=upload.year)
    list(reports.select_for_update(of=("self",)).values_list("pk"))
    return target_of(upload)


def _free(document: ReportDocument) -> ReportDocument:
    """The same; where its rows are in another report already, rows of its own."""
    sections = [section.uuid for section, _ in sections_of(document)]
    known = Section.objects.filter(uuid__in=sections).exists()
    return renewed(document) if known else document


def _record(kind: Kind, actor: Any, upload: Upload, **more: str) -> None:
    told = {"report": upload.report_name, "file": upload.name} | more
    record(kind, actor=actor, district=upload.district, **told)


# --- And back again ---


def take_back(*, actor: Any, upload: Upload) -> None:
    """What the file did is undone, unless somebody has built on it."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().select_related("district").get(pk=upload.pk)
        demand_now(actor, Right.CREATE_REPORT, upload.district)
        if not upload.stands or upload.report_id is None:
            raise ValidationError("Inläsningen är redan ångrad.")
        list(Report.objects.select_for_update().filter(pk=upload.report_id).values_list("pk"))
        report = Report.objects.with_heading().get(pk=upload.report_id)
        if upload.use == Use.NEW:
            demand_now(actor, Right.EDIT_SHARED, report)
            _refuse_if_touched(report)
            report.delete()
        elif upload.turn is not None:
            _take_back_turn(actor, report, upload.turn)
        Upload.objects.filter(pk=upload.pk).update(taken_back_at=timezone.now())
        _record(Kind.REPORT_READ_IN_TAKEN_BACK, actor, upload)


def _refuse_if_touched(report: Report) -> None:
    """A report that a file made goes only while it is as the file made it."""
    if last := report.changes.select_related("by").last():
        raise _built_on(report, last)
    for model, what in _TOUCHED:
        if model.objects.filter(report=report).exists():
            raise ValidationError(
                f"Det går inte att ångra: {what} {report.word_for_it.lower()} sedan dess."
            )


_TOUCHED: list[tuple[Any, str]] = [
    (Comment, "någon har kommenterat"),
    (Approval, "någon har godkänt eller återsänt"),
    (Decision, "någon har beslutat"),
    (Dispatch, "någon har skickat"),
]


def _take_back_turn(actor: Any, report: Report, number: int) -> None:
    changes = list(report.changes.filter(turn=number))
    later = list(report.changes.filter(turn__gt=number).select_related("by"))
    if built_on := on_top(changes, later, whole=COURSE.whole):
        raise _built_on(report, built_on[-1])
    before = to_document(report)
    try:
        wanted = ready(COURSE.rewound(before, changes))
    except (KeyError, StopIteration, ValueError) as fault:
        raise _built_on(report, later[-1] if later else changes[-1]) from fault
    with turn(report, actor, Right.EDIT_SHARED, undoes=number) as mine:
        become(mine, COURSE, before, wanted)


def _built_on(report: Report, last: Change) -> ValidationError:
    return ValidationError(
        f"Det går inte att ångra: {last.who} har ändrat {report.word_for_it.lower()} sedan dess, i det "
        "som filen lade in."
    )
