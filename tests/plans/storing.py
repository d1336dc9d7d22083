"""A sample document in the database, with the district and the catalogue that it speaks of."""

from plans.document import PlanDocument
from plans.models import Plan
from plans.services.storing import from_document
from samverkan.organisation.models import District, Municipality, Party
from tests.factories import a_catalogue, a_district, an_area


def stored(document: PlanDocument) -> Plan:
    city, _ = Municipality.objects.get_or_create(
        slug="granstad", defaults={"name": document.district.municipality}
    )
    catalogue = a_catalogue(document.catalogue.year, (), municipality=city)
    catalogue.name = document.catalogue.name
    catalogue.save()
    for position, area in enumerate(document.areas):
        if not area.own and not catalogue.areas.filter(slug=area.slug).exists():
            an_area(catalogue, area.name, slug=area.slug, position=position)
    district = District.objects.filter(slug=document.district.slug).first()
    if district is None:
        district = a_district(document.district.name, document.district.slug, municipality=city)
        district.parties.all().delete()  # the document brings its own
    add_city_parties(document, city)
    return from_document(document, district=district)


def add_city_parties(document: PlanDocument, city: Municipality) -> None:
    """Those of the whole city, which a file never adds."""
    for party in document.parties:
        slug = party.key.removeprefix("stad/")
        if slug != party.key:
            Party.objects.get_or_create(
                municipality=city,
                district=None,
                slug=slug,
                defaults={"name": party.name, "short_name": party.short_name, "kind": party.kind},
            )
