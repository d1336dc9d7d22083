"""A report in the database, out of its document."""

from lagesbild.document import Envelope, sections_of
from lagesbild.models import Report
from lagesbild.services.storing import from_document
from samverkan.organisation.models import District
from tests.factories import a_catalogue, a_district, a_municipality, an_area


def a_place_for(envelope: Envelope) -> District:
    """The district, its city's catalogue with the areas that the document names, and what it covers."""
    document = envelope.document
    city = a_municipality(document.district.municipality, "granstad")
    catalogue = a_catalogue(document.catalogue.year, (), municipality=city)
    catalogue.name = document.catalogue.name
    catalogue.save()
    for position, (section, _) in enumerate(sections_of(document)):
        if section.slug and not section.own:
            an_area(catalogue, section.name, slug=section.slug, position=position)
    for covered in document.covers:
        a_district(covered.name, covered.slug, municipality=city)
    district = a_district(document.district.name, document.district.slug, municipality=city)
    district.parties.all().delete()  # the document brings its own
    return district


def stored(envelope: Envelope, district: District | None = None) -> Report:
    district = district or a_place_for(envelope)
    report = from_document(envelope.document, district=district, images=envelope.images)
    return Report.objects.with_heading().get(pk=report.pk)
