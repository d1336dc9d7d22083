"""The files that are sent to become plans, and what a reader of one goes by."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from msgspec.structs import replace

from plans.document import CatalogueDoc, DistrictDoc, NotAPlan, PartyDoc, RoundDoc
from plans.models import Catalogue, FollowUpRound, PriorityArea, Upload
from plans.reading.files import FileKind, kind_of, read_file, unpacked
from plans.reading.outcome import Known, KnownArea, Reading
from plans.services.loading import agreed
from plans.services.storing import ready
from plans.vocabulary import RoundKind
from samverkan.access.table import Right
from samverkan.organisation.models import District, Party
from samverkan.organisation.vocabulary import PartyKind
from samverkan.reading.outcome import Answers
from samverkan.reading.uploads import Uploads


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


class _PlanFiles(Uploads[Upload, Reading]):
    def keep(self, **sent: Any) -> Upload:
        if sent["end"] < sent["start"]:
            raise ValidationError({"end": "Perioden kan inte sluta innan den börjar."})
        return super().keep(**sent)


UPLOADS = _PlanFiles(
    Upload, Right.IMPORT_PLAN, Reading, _as_answered, refused=NotAPlan, unpacked=unpacked
)


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
