"""A file that is to be read in: kept, read, and asked about, before anything is done with it."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from msgspec.structs import replace

from plans.document import CatalogueDoc, DistrictDoc, NotAPlan, PartyDoc, RoundDoc
from plans.models import Catalogue, FollowUpRound, PriorityArea, RememberedAnswer, Upload
from plans.reading.files import FileKind, kind_of, read_file, unpacked
from plans.reading.outcome import Answers, Known, KnownArea, Reading
from plans.services.loading import agreed
from plans.services.storing import ready
from plans.vocabulary import RoundKind
from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.document import decode_as, encode
from samverkan.organisation.models import District, Party
from samverkan.organisation.vocabulary import PartyKind

MOST_BYTES = 25 * 2**20  # nginx.conf says the same
AT_ONCE = 6 * 2**20  # unpacked bytes that are read while somebody waits for the page
KEPT = timedelta(days=30)  # what nobody has done anything with
PATIENCE = timedelta(seconds=5)
GIVEN_UP = timedelta(minutes=3)  # whoever has read for longer than this has died

TOO_LARGE = (
    f"Filen är större än {MOST_BYTES // 2**20} MB och kan inte läsas in. Ta bort bilderna ur den, eller "
    "dela den."
)
_BROKEN = (
    "Något gick fel när filen lästes. Felet är antecknat i serverns logg, och inget är inläst. "
    "Hör av dig till den som sköter Samverkan om det händer igen."
)


def keep(
    *, actor: Any, district: District, name: str, content: bytes, start: date, end: date
) -> Upload:
    """The file as it came, for this time. Nothing is read yet."""
    if actor is not None:
        demand_now(actor, Right.IMPORT_PLAN, district)
    if len(content) > MOST_BYTES:
        raise ValidationError(TOO_LARGE)
    if end < start:
        raise ValidationError({"end": "Perioden kan inte sluta innan den börjar."})
    return Upload.objects.create(
        district=district,
        by=actor,
        name=name[-255:],
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        start=start,
        end=end,
        answers=remembered(district),
    )


def takes_time(upload: Upload) -> bool:
    return unpacked(bytes(upload.content)) > AT_ONCE


def read(upload: Upload) -> None:
    """What the file says, or why nobody can tell. Whoever comes first reads it."""
    now = timezone.now()
    free = Q(begun_at=None) | Q(begun_at__lt=now - GIVEN_UP)
    mine = Upload.objects.filter(free, pk=upload.pk, reading=None, refusal="", use="")
    if not mine.update(begun_at=now):
        return
    try:
        _read(upload)
    except Exception:
        Upload.objects.filter(pk=upload.pk).update(refusal=_BROKEN)
        raise


def _read(upload: Upload) -> Reading | None:
    reading = None
    found: dict[str, Any] = {"reading": None, "refusal": ""}
    try:
        reading = _as_answered(upload, upload.answers)
        found["reading"] = encode(reading)
    except NotAPlan as refusal:
        found["refusal"] = str(refusal)
    Upload.objects.filter(pk=upload.pk).update(**found)
    for field, value in found.items():
        setattr(upload, field, value)
    return reading


def _as_answered(upload: Upload, answers: Answers) -> Reading:
    known = known_of(upload.district, upload.start, upload.end)
    return read_bytes(bytes(upload.content), upload.name, known=known, answers=answers)


def read_bytes(content: bytes, name: str, *, known: Known, answers: Answers) -> Reading:
    """As `read_file`; but a file that says that it is of another kind than it is has lost its way."""
    kind = kind_of(content)
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending not in kind.endings and any(ending in other.endings for other in FileKind):
        raise NotAPlan(
            f"Filen heter {ending} men är en {kind.word}. Byt namn på den så att det slutar på "
            f"{kind.endings[0]}, och läs in den igen."
        )
    reading = read_file(content, known=known, answers=answers)
    return replace(reading, document=ready(reading.document))  # what is looked at is what is stored


def is_left(upload: Upload) -> bool:
    """A worker reads a large file. Where none does, or it died, the web process reads it itself."""
    now = timezone.now()
    if upload.begun_at is None:
        return now - upload.at > PATIENCE
    return now - upload.begun_at > GIVEN_UP


def reading_of(upload: Upload) -> Reading | None:
    """As it was read; anew, where that was before what a reading says had changed."""
    if upload.reading is None:
        return None
    try:
        return decode_as(bytes(upload.reading), Reading)
    except msgspec.DecodeError:
        Upload.objects.filter(pk=upload.pk).update(reading=None, begun_at=None)
        upload.reading = None
        return _read(upload)


def answer(*, actor: Any, upload: Upload, question: str, said: str) -> Reading:
    """The file read anew, as somebody says that it is to be read. It holds for the next one too."""
    with transaction.atomic():
        demand_now(actor, Right.IMPORT_PLAN, upload.district)
        upload = _unused(upload)
        before = reading_of(upload)
        asked = {one.key: one for one in before.questions} if before else {}
        if question not in asked:
            raise ValidationError("Frågan finns inte i filen längre.")
        options = {option.value for option in asked[question].options}
        if (options and said not in options) or len(said) > 500 or len(question) > 500:
            raise ValidationError("Välj ett av svaren.")
        answers = upload.answers | {question: said}
        try:
            reading = _as_answered(upload, answers)
        except NotAPlan as refusal:
            raise ValidationError(str(refusal)) from refusal
        upload.answers, upload.reading = answers, encode(reading)
        upload.save(update_fields=["answers", "reading"])
        RememberedAnswer.objects.update_or_create(
            district=upload.district, question=question, defaults={"answer": said}
        )
    return reading


def forget(*, actor: Any, upload: Upload) -> None:
    """A file that nothing was done with goes at once, and not when its time is up."""
    with transaction.atomic():
        demand_now(actor, Right.IMPORT_PLAN, upload.district)
        _unused(upload).delete()


def forget_unused(upload_id: int) -> None:
    Upload.objects.filter(pk=upload_id, use="").delete()


def _unused(upload: Upload) -> Upload:
    now = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if now is None or now.use:
        raise ValidationError("Filen är redan inläst, eller borttagen.")
    return now


def remembered(district: District) -> dict[str, str]:
    return dict(district.remembered_answers.values_list("question", "answer"))


def known_of(district: District, start: date, end: date) -> Known:
    """What a reader goes by in the district, for the time that the plan is of."""
    city = district.municipality
    catalogues = list(Catalogue.objects.filter(municipality=city))
    years = {catalogue.pk: catalogue.year for catalogue in catalogues}
    agreement = (
        district.agreements.filter(Q(period_end=None) | Q(period_end__gte=start))
        .filter(period_start__lte=end)
        .first()
    )
    agreement_doc, parties = agreed(agreement) if agreement else (None, ())
    others = Party.objects.filter(municipality=city).filter(Q(district=district) | Q(district=None))
    named = {party.key for party in parties}
    return Known(
        district=DistrictDoc(district.slug, district.name, city.name),
        period_start=start,
        period_end=end,
        catalogues=tuple(CatalogueDoc(one.year, one.name) for one in catalogues),
        areas=tuple(areas_known(district, years)),
        parties=(
            *parties,
            *(
                PartyDoc(party.key, party.name, party.short_name, PartyKind(party.kind))
                for party in others
                if party.key not in named
            ),
        ),
        agreement=agreement_doc,
        rounds=tuple(
            RoundDoc(
                **{name: getattr(round_, name) for name in _OF_ROUND}, kind=RoundKind(round_.kind)
            )
            for round_ in FollowUpRound.objects.filter(
                period__district=district, period__start=start, period__end=end
            )
        ),
    )


_OF_ROUND = ("uuid", "name", "reporting_date", "due_date", "questions", "opened_at", "closed_at")


def areas_known(district: District, years: dict[int, int]) -> Iterable[KnownArea]:
    """Of the newest catalogue first; then the district's own."""
    found = PriorityArea.objects.filter(Q(catalogue__in=years) | Q(district=district))
    for area in found.order_by("-catalogue__year", "position", "pk").prefetch_related(
        "aliases", "successors"
    ):
        yield KnownArea(
            slug=area.slug,
            name=area.name,
            catalogue=years.get(area.catalogue_id) if area.catalogue_id else None,
            aliases=tuple(alias.name for alias in area.aliases.all()),
            successors=tuple(after.slug for after in area.successors.all()),
        )
