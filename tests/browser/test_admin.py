"""The administrator's lists in a real browser, under our Content-Security-Policy."""

import pytest
from django.urls import reverse

from samverkan.organisation.models import Membership
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_user, administration_of


@pytest.fixture
def administrator(transactional_db):
    return a_member(Role.ADMINISTRATOR, user=a_user("Systemförvaltaren"))


@pytest.fixture
def logged_in(page, administrator, client, live_server):
    client.force_login(administrator)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return page


def test_a_membership_is_added_with_the_search_for_people_and_parties(logged_in):
    district = a_district("Järva", "jarva")
    a_user("Ny Samordnare", "ny@exempel.se")
    page = logged_in

    page.goto(reverse("admin:organisation_membership_add"))
    page.locator(".field-user .select2-selection").click()
    page.locator(".select2-search__field").fill("ny@ex")
    page.get_by_role("option", name="Ny Samordnare").click()
    page.locator("#id_role").select_option(Role.COORDINATOR)
    page.locator("#id_municipality").select_option(label="Storstad")
    page.locator("#id_district").select_option(label="Järva")
    page.locator(".field-party .select2-selection").click()
    page.get_by_role("option", name="Järva stadsdelsförvaltning").click()
    page.get_by_role("button", name="Spara", exact=True).click()
    page.locator(".messagelist .success").wait_for()

    added = Membership.objects.get(district=district)
    assert (added.user.name, added.party) == ("Ny Samordnare", administration_of(district))


def test_a_list_is_downloaded_and_read_back(logged_in, tmp_path):
    a_district("Järva", "jarva")
    page = logged_in

    page.goto(reverse("admin:organisation_district_changelist"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner listan").click()
    file = tmp_path / "lista.csv"
    download.value.save_as(file)
    file.write_text(file.read_text("utf-8-sig").replace(";Järva;", ";Nya Järva;"), "utf-8")
    page.get_by_role("link", name="Läs in från fil").click()
    page.locator("#id_import_file").set_input_files(file)
    page.get_by_role("button", name="Granska filen").click()
    assert page.locator("ins").first.inner_text() == "Nya Järva"
    page.get_by_role("button", name="Läs in listan").click()

    assert "1 ändrade" in page.locator(".messagelist").inner_text()


@pytest.mark.parametrize(
    "name", ["user", "membership", "district", "party", "policearea", "municipality"]
)
def test_every_page_of_a_list_keeps_to_the_policy(logged_in, administrator, name):
    district = a_district("Järva", "jarva")
    things = {
        "user": administrator,
        "membership": administrator.memberships.get(),
        "district": district,
        "party": administration_of(district),
        "policearea": district.police_areas.get(),
        "municipality": district.municipality,
    }
    page = logged_in

    for what, args in (("changelist", []), ("add", []), ("change", [things[name].pk])):
        page.goto(reverse(f"admin:organisation_{name}_{what}", args=args))
        assert page.locator("#site-name").inner_text() == "Administration"
