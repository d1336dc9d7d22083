"""Files to read in, and the district that they are read into."""

from datetime import date
from typing import Any

from plans.document import Envelope, PlanDocument, write_json
from plans.models import Upload
from plans.reading.outcome import Reading
from plans.services import importing
from plans.services.importing import Use
from plans.services.uploads import UPLOADS
from samverkan.organisation.models import District, Municipality
from tests.factories import a_catalogue, a_district, an_area
from tests.formats.samples import full
from tests.plans.storing import add_city_parties


def a_place_for(document: PlanDocument, name: str = "Tallbacken") -> District:
    """A district with the catalogue and the city's parties that the document speaks of."""
    city, _ = Municipality.objects.get_or_create(
        slug="granstad", defaults={"name": document.district.municipality}
    )
    catalogue = a_catalogue(document.catalogue.year, (), municipality=city)
    type(catalogue).objects.filter(pk=catalogue.pk).update(name=document.catalogue.name)
    for position, area in enumerate(document.areas):
        if not area.own and not catalogue.areas.filter(slug=area.slug).exists():
            an_area(catalogue, area.name, slug=area.slug, position=position)
    add_city_parties(document, city)
    district = a_district(name, name.lower(), municipality=city)
    for party in document.parties:
        district.parties.filter(slug=party.key).update(name=party.name, short_name=party.short_name)
    return district


def a_file(document: PlanDocument | None = None) -> bytes:
    return write_json(Envelope(document or full()))


def an_upload(
    actor: Any,
    district: District,
    content: bytes | None = None,
    name: str = "plan.json",
    year: int = 2025,
) -> Upload:
    upload = UPLOADS.keep(
        actor=actor,
        district=district,
        name=name,
        content=a_file() if content is None else content,
        start=date(year, 1, 1),
        end=date(year, 12, 31),
    )
    UPLOADS.read(upload)
    return Upload.objects.get(pk=upload.pk)


def reading_of(upload: Upload) -> Reading:
    reading = UPLOADS.reading_of(upload)
    assert reading, upload.refusal
    return reading


def read_in(actor: Any, upload: Upload, use: str = Use.NEW, from_file: Any = ()) -> Upload:
    """As somebody does who has just looked at the preview."""
    reading = reading_of(upload)
    target = importing.target_for(upload, reading)
    return importing.apply(
        actor=actor, upload=upload, use=use, seen=target.seen, from_file=from_file
    )
