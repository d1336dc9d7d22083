"""The administrator's lists, as the systemförvaltare uses them."""

import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from plans.models import PriorityArea
from samverkan.access.ask import may_administer
from samverkan.journal.kinds import sentence
from samverkan.journal.models import Entry
from samverkan.organisation.models import District, Membership, Party, PoliceArea, User
from samverkan.organisation.vocabulary import RESERVED, PartyKind, Role
from samverkan.site.lists import Csv
from tests.factories import (
    a_catalogue,
    a_district,
    a_member,
    a_municipality,
    a_party,
    a_plan,
    a_user,
    an_agreement,
    police_of,
)

pytestmark = pytest.mark.django_db

LISTS = {
    "organisation_membership",
    "organisation_policearea",
    "organisation_district",
    "organisation_party",
    "plans_priorityarea",
}


@pytest.fixture
def administrator():
    return a_member(Role.ADMINISTRATOR, user=a_user("Systemförvaltaren"))


@pytest.fixture
def client(administrator):
    return logged_in(administrator)


@pytest.fixture
def district():
    return a_district("Järva", "jarva")


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(what: str, name: str, *args) -> str:
    return reverse(f"admin:{name}_{what}", args=args)


def events() -> list[str]:
    return [sentence(entry) for entry in Entry.objects.all()]


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def everything() -> None:
    """Something in every list."""
    district = a_district()
    district.predecessors.add(a_district())
    a_member(Role.EDITOR, district, police_of(district))
    old, new = a_catalogue(2019, ("Skolan",)), a_catalogue(2024)
    old.areas.get().successors.set(new.areas.all())
    a_plan(district, agreement=an_agreement(district))
    a_party(name="Trafikkontoret")


# Who comes in -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.COORDINATOR, 403),
        (Role.EDITOR, 403),
        (Role.CONTRIBUTOR, 403),
        (Role.MANAGER, 403),
        (Role.READER, 403),
        (Role.CITY, 403),
    ],
)
def test_the_administrator_and_nobody_else_comes_to_any_page(role, status):
    everything()
    member = logged_in(a_member(role))

    for page in every_page():
        met = member.get(page).status_code
        assert met == status or (status == 200 and met in (302, 403)), page
        if status == 403:
            assert member.post(page).status_code == 403, page


def every_page() -> list[str]:
    """The lists, and for each of them the page to add, to change one, and the files."""
    pages = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        first = model._default_manager.first()
        pages += [address("changelist", name), address("add", name)]
        if first is not None:
            pages += [address(what, name, first.pk) for what in ("change", "history", "delete")]
        if name in LISTS:
            pages += [address("import", name), address("export", name)]
    return pages


def test_the_refusal_says_why(district, rf):
    request = rf.get("/admin/")
    request.user = a_member(Role.COORDINATOR, district)

    with pytest.raises(PermissionDenied, match="Bara systemförvaltaren kommer åt"):
        admin.site.admin_view(admin.site.index)(request)
    assert not admin.site.has_permission(request)
    for model_admin in admin.site._registry.values():
        assert not model_admin.has_module_permission(request)
        assert not any(model_admin.get_model_perms(request).values())


def test_who_is_not_logged_in_logs_in_where_everybody_does():
    visitor = Client()

    for page in ("/admin/", "/admin/organisation/user/"):
        response = visitor.get(page)
        while response.status_code == 302 and "/konto/" not in response["Location"]:
            response = visitor.get(response["Location"])
        assert response["Location"] == f"{reverse('account_login')}?next={page}"


def test_whoever_installed_it_comes_in_without_a_membership():
    User.objects.create_superuser("forst@exempel.se", "hemligt", name="Först")

    assert logged_in(User.objects.get(name="Först")).get("/admin/").status_code == 200


def test_an_ended_administrator_is_out_at_once(administrator, client):
    assert client.get("/admin/").status_code == 200

    administrator.memberships.update(is_active=False)

    assert client.get("/admin/").status_code == 403


def test_a_closed_account_administers_nothing():
    installer = User.objects.create_superuser("forst@exempel.se", "hemligt", name="Först")
    assert may_administer(installer)

    installer.is_active = False

    assert not may_administer(installer)


def test_every_list_opens_with_its_pages(client):
    everything()
    a_member(Role.READER, a_district())

    for page in every_page():
        expected = {200}
        if "/journal/entry/" in page or page.endswith("/delete/"):
            expected |= {403}
        assert client.get(page).status_code in expected, page


def test_the_lists_are_ours_alone_and_plans_are_not_among_them(client):
    shown = {model._meta.label for model in admin.site._registry}

    assert shown == {
        "organisation.User",
        "organisation.Membership",
        "organisation.Municipality",
        "organisation.PoliceArea",
        "organisation.District",
        "organisation.Party",
        "plans.Catalogue",
        "plans.PriorityArea",
        "plans.Agreement",
        "journal.Entry",
    }


def test_log_out_and_password_are_those_of_everybody(client):
    assert client.get("/admin/password_change/")["Location"] == reverse("account_change_password")
    assert client.post("/admin/logout/")["Location"] == reverse("account_logout")


# Keeping the lists --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("organisation_user", lambda: a_user()),
        ("organisation_membership", lambda: a_member(Role.READER).memberships.get()),
        ("organisation_district", a_district),
        ("plans_agreement", lambda: an_agreement(a_district())),
        ("journal_entry", lambda: Entry.objects.create(kind="list-exported")),
    ],
)
def test_what_others_stand_on_is_never_deleted(client, name, thing):
    thing = thing()

    assert client.post(address("delete", name, thing.pk), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": thing.pk, "post": "yes"}
    client.post(address("changelist", name), action)
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_a_district_cannot_be_called_what_the_address_means_already(client):
    form = {
        "municipality": a_municipality().pk,
        "kind": "stadsdelsomrade",
        "name": "Konto",
        "slug": "konto",
        "police_areas": PoliceArea.objects.create(name="Lokalpolisområde Konto").pk,
    }

    page = client.post(address("add", "organisation_district"), form).content.decode()

    assert "Adressen /konto/ används redan till annat." in page
    assert not District.objects.exists()
    client.post(address("add", "organisation_district"), form | {"slug": "kontot"})
    assert District.objects.get().slug == "kontot"


def test_times_are_written_as_on_the_other_pages(client):
    user = a_user("Karin")
    User.objects.filter(pk=user.pk).update(last_login=datetime(2026, 1, 31, 13, 5, tzinfo=UTC))

    page = client.get(address("changelist", "organisation_user")).content.decode()

    assert "2026-01-31 14.05" in page


def test_the_file_is_called_what_the_list_is(client):
    response = client.get(address("export", "organisation_district"))

    name = f"Stadsdelsområden {timezone.localdate()}.csv"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(name)}"


def test_what_is_wrong_in_a_file_is_said_in_the_order_of_its_rows(client):
    a_municipality()
    PoliceArea.objects.create(name="Nord")
    head = "kommun;kortnamn;namn;slag;lokalpolisområden;föregångare;gäller från;gäller till och med"

    rows = [
        "storstad;stad;Ett;kommun;Nord;;;",  # an address that is taken: what the row becomes
        "storstad;tva;Två;kommun;Syd;;;",  # a cell that is not understood
        "storstad;stad;Tre;kommun;Nord;;;",
        "storstad;fyra;Fyra;kommun;Nord;;i går;",
    ]
    shown = preview(client, "organisation_district", "\n".join([head, *rows]))

    assert [error.split(",")[0].split(":")[0] for error in errors(shown)] == [
        "Rad 2",
        "Rad 3",
        "Rad 4",
        "Rad 5",
    ]


def test_every_first_word_of_an_address_is_reserved():
    first = {
        str(pattern.pattern).split("/")[0]
        for pattern in get_resolver().url_patterns
        if "/" in str(pattern.pattern)
    }
    for included in get_resolver().url_patterns:
        if not str(included.pattern):
            for pattern in getattr(included, "url_patterns", []):
                first.add(str(pattern.pattern).split("/")[0])

    assert {word for word in first if word and "<" not in word} | {"static"} == RESERVED


def test_a_change_stands_in_the_journal_with_the_fields_and_which_way(client):
    user = a_user("Fel Namn")

    client.post(
        address("change", "organisation_user", user.pk), {"name": "Rätt Namn", "email": user.email}
    )

    user.refresh_from_db()
    assert (user.name, user.is_active) == ("Rätt Namn", False)
    assert events() == ["Systemförvaltaren ändrade Rätt Namn bland användare: namn, aktiv (nej)."]


def test_a_user_who_is_closed_is_out_at_once(client, district):
    user = a_member(Role.READER, district)
    her_browser = logged_in(user)
    assert her_browser.get(reverse("district", args=["jarva"])).status_code == 200

    client.post(
        address("change", "organisation_user", user.pk), {"name": user.name, "email": user.email}
    )

    response = her_browser.get(reverse("district", args=["jarva"]))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_nobody_closes_her_own_account(client, administrator):
    form = {"name": "Systemförvaltaren", "email": administrator.email}

    client.post(address("change", "organisation_user", administrator.pk), form)

    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_change_in_a_district_stands_in_its_own_journal(client, district):
    user = a_user("Ny Samordnare")
    form = {
        "user": user.pk,
        "role": Role.COORDINATOR,
        "municipality": district.municipality_id,
        "district": district.pk,
        "party": district.parties.get(kind=PartyKind.ADMINISTRATION).pk,
        "is_active": "on",
    }

    client.post(address("add", "organisation_membership"), form)

    assert [sentence(entry) for entry in district.journal.all()] == [
        "Systemförvaltaren lade till Ny Samordnare: Samordnare bland medlemskap."
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"role": Role.CITY}, "Stadsledning och systemförvaltare gäller hela staden"),
        ({"party": ""}, "företräder en part"),
        ({"party": "elsewhere"}, "är inte en part i Järva"),
        ({"municipality": "elsewhere"}, "Järva ligger inte i den kommunen."),
        ({}, "Personen har redan den rollen här."),
    ],
)
def test_a_membership_that_does_not_hang_together_is_refused_in_a_sentence(
    client, district, changed, words
):
    member = a_member(Role.EDITOR, district, police_of(district))
    elsewhere = {
        "party": lambda: police_of(a_district()).pk,
        "municipality": lambda: a_municipality("Annanstad", "annanstad").pk,
    }
    form = {
        "user": member.pk,
        "role": Role.EDITOR,
        "municipality": district.municipality_id,
        "district": district.pk,
        "party": police_of(district).pk,
        "is_active": "on",
    } | {
        field: elsewhere[field]() if value == "elsewhere" else value
        for field, value in changed.items()
    }

    page = client.post(address("add", "organisation_membership"), form).content.decode()

    assert words in page
    assert member.memberships.count() == 1


def test_invitations_go_to_those_who_have_not_been_in(
    client, administrator, district, django_capture_on_commit_callbacks
):
    waiting = a_member(Role.READER, district)
    form = {"action": "invite", "_selected_action": [waiting.pk, administrator.pk]}

    response = client.post(address("changelist", "organisation_user"), form)

    assert [letter.to for letter in mail.outbox] == [[waiting.email]]
    assert "Järva" in mail.outbox[0].subject
    assert said(response) == [
        "Inbjudan är skickad till 1 användare.",
        "1 har redan loggat in eller är inte aktiva, och fick ingen.",
    ]


# Files --------------------------------------------------------------------------------------------


def exported(client, name: str) -> bytes:
    response = client.get(address("export", name))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return response.content


def lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines()


def preview(client, name: str, content: bytes | str):
    content = content.encode() if isinstance(content, str) else content
    upload = SimpleUploadedFile("lista.csv", content, "text/csv")
    form = {"import_file": upload, "format": "0", "resource": "0"}
    return client.post(address("import", name), form)


def import_(client, name: str, content: bytes | str):
    shown = preview(client, name, content)
    form = shown.context.get("confirm_form")
    assert form is not None, shown.content.decode()
    return client.post(address("process_import", name), form.initial)


def errors(response) -> list[str]:
    assert "confirm_form" not in response.context
    found = re.search(
        r'<ul class="errorlist"[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL
    )
    return re.findall(r"<li>(.*?)</li>", found[1]) if found else []


def test_a_cell_that_looks_like_a_formula_is_text_in_the_file_and_comes_back_as_it_was(client):
    names = ["=1+1", "+46", "-1", "@SUM(A1)", "'=1", "Trafikkontoret; ”norra”"]
    for name in names:
        a_party(name=name, short_name="Part")

    content = exported(client, "organisation_party")

    cells = [line.split(";")[4] for line in lines(content)[1:]]
    assert {"'=1+1", "'+46", "'-1", "'@SUM(A1)", "''=1"} < set(cells)
    assert not [cell for cell in cells if cell.startswith(Csv.ACTIVE)]
    response = import_(client, "organisation_party", content)
    assert said(response) == ["Filen är inläst: 0 nya, 0 ändrade, 6 lika."]
    assert sorted(Party.objects.values_list("name", flat=True)) == sorted(names)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_what_was_downloaded_is_read_back_as_the_same(client, name):
    everything()
    content = exported(client, name)
    count = len(lines(content)) - 1
    assert count

    response = import_(client, name, content)

    assert said(response) == [f"Filen är inläst: 0 nya, 0 ändrade, {count} lika."]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_only_the_administrator_reads_in_and_downloads(client, district, name):
    coordinator = logged_in(a_member(Role.COORDINATOR, district))

    for who, status in ((client, 200), (coordinator, 403)):
        assert who.get(address("export", name)).status_code == status
        assert who.get(address("import", name)).status_code == status
        assert who.post(address("import", name), {}).status_code == status
    assert coordinator.post(address("process_import", name), {}).status_code == 403


def test_a_download_stands_in_the_journal(client):
    exported(client, "organisation_membership")

    assert events() == ["Systemförvaltaren laddade ner listan över medlemskap."]


MEMBERS = "e-post;namn;roll;kommun;område;part;aktiv\n"


def test_users_come_in_with_their_memberships(client, district):
    a_party(slug="utbildningsforvaltningen", name="Utbildningsförvaltningen")
    known = a_user("Känd", "kand@exempel.se")

    response = import_(
        client,
        "organisation_membership",
        MEMBERS
        + "ny@exempel.se;Ny Person;Redaktör;storstad;jarva;polisen;ja\n"
        + "ny@exempel.se;Ny Person;chef;storstad;jarva;polisen;ja\n"
        + "KAND@exempel.se;;bidragsgivare;storstad;jarva;stad/utbildningsforvaltningen;ja\n"
        + "kand@exempel.se;;Läsare;storstad;jarva;;nej\n"
        + "kand@exempel.se;;Stadsledning;storstad;;;ja\n",
    )

    assert said(response) == ["Filen är inläst: 5 nya, 0 ändrade, 0 lika."]
    new = User.objects.get(email="ny@exempel.se")
    assert new.name == "Ny Person"
    assert not new.has_usable_password()
    assert set(new.memberships.values_list("role", "party__slug", "is_active")) == {
        ("redaktor", "polisen", True),
        ("chef", "polisen", True),
    }
    assert set(known.memberships.values_list("role", "party__slug", "is_active")) == {
        ("bidragsgivare", "utbildningsforvaltningen", True),
        ("lasare", None, False),
        ("stadsledning", None, True),
    }
    assert "Systemförvaltaren lade till Känd: Läsare bland medlemskap." in events()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("inte en adress;X;Läsare;storstad;jarva;;ja", "”inte en adress” är ingen e-postadress."),
        ("ny@exempel.se;;Läsare;storstad;jarva;;ja", "ny@exempel.se är ny. Skriv personens namn."),
        ("ny@exempel.se;X;Kung;storstad;jarva;;ja", "”Kung” är inget av valen: Samordnare,"),
        ("ny@exempel.se;X;Läsare;storstad;finnsinte;;ja", "”finnsinte” finns inte bland stadsdels"),
        ("ny@exempel.se;X;Läsare;storstad;jarva;;kanske", "”kanske” ska vara ja eller nej."),
        ("ny@exempel.se;X;Redaktör;storstad;jarva;okänd;ja", "”okänd” finns inte bland parter."),
        ("ny@exempel.se;X;Redaktör;storstad;jarva;;ja", "företräder en part"),
        ("ny@exempel.se;X;Läsare;storstad;jarva;;ja;mer", "Rad 3 har fler celler"),
    ],
)
def test_a_row_that_is_wrong_is_said_with_its_number_and_nothing_is_read_in(
    client, district, row, words
):
    before = User.objects.count()

    shown = preview(
        client,
        "organisation_membership",
        MEMBERS + "bra@exempel.se;Bra;Läsare;storstad;jarva;;ja\n" + row + "\n",
    )

    (error,) = errors(shown)
    assert words in error
    assert error.startswith("Rad 3")
    assert User.objects.count() == before
    assert Membership.objects.filter(district=district).count() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("namn;färg\nX;blå\n", "Kolumnen ”färg” känns inte igen. Listan har kolumnerna"),
        ("kommun;namn\nstorstad;X\n", "Kolumnen ”kortnamn” saknas i filen."),
        ("", "tom"),
        ("kommun;kortnamn\n", "inga rader"),
    ],
)
def test_a_file_that_is_another_list_is_refused(client, content, words):
    a_municipality()
    shown = preview(client, "organisation_district", content)

    assert words in shown.content.decode()
    assert not District.objects.exists()


def test_when_the_list_has_changed_since_the_preview_nothing_is_read_in(client):
    a_municipality()
    header = "kommun;kortnamn;namn;slag\n"
    rows = "".join(f"storstad;{slug};{slug};kommun\n" for slug in ("ett", "tva"))
    shown = preview(client, "organisation_district", header + rows)
    a_district("tva", "tva-har-redan-kommit")

    response = client.post(
        address("process_import", "organisation_district"), shown.context["confirm_form"].initial
    )

    assert said(response) == [
        "Listan ändrades medan du granskade filen. Inget är inläst. Försök igen."
    ]
    assert list(District.objects.values_list("slug", flat=True)) == ["tva-har-redan-kommit"]


def test_excels_old_csv_and_commas_are_understood(client):
    import_(client, "organisation_policearea", "namn\nLokalpolisområde Örby\n".encode("cp1252"))
    import_(
        client,
        "organisation_district",
        "kommun,kortnamn,namn,slag,lokalpolisområden\n"
        f'{a_municipality().slug},orby,"Örby, östra",stadsdelsområde,Lokalpolisområde Örby\n',
    )

    assert District.objects.get().name == "Örby, östra"
    assert str(District.objects.get().police_areas.get()) == "Lokalpolisområde Örby"


def test_a_police_area_that_is_not_known_is_said_and_not_passed_over(client, district):
    shown = preview(
        client,
        "organisation_district",
        "kortnamn;kommun;lokalpolisområden\njarva;storstad;Lokalpolisområde Järva | Finns inte\n",
    )

    assert errors(shown) == ["Rad 2: ”Finns inte” finns inte bland lokalpolisområden."]


def test_a_district_from_a_file_cannot_take_a_reserved_address(client):
    a_municipality()

    shown = preview(
        client,
        "organisation_district",
        "kommun;kortnamn;namn;slag\nstorstad;stad;Staden;stadsdelsområde\n",
    )

    assert errors(shown) == [
        "Rad 2, kortnamn: Adressen /stad/ används redan till annat. Välj ett annat kortnamn."
    ]


def test_areas_come_in_with_what_they_have_become(client):
    a_catalogue(2019, ())
    a_catalogue(2024, ("Unga i riskzon",))

    import_(
        client,
        "plans_priorityarea",
        "kommun;katalog;kortnamn;namn;beskrivning;ordning;motsvaras av\n"
        "storstad;2019;unga;Unga\x0bi risk;;0;2024/unga-i-riskzon\n",
    )

    area = PriorityArea.objects.get(slug="unga")
    assert [str(new) for new in area.successors.all()] == ["Unga i riskzon"]


def test_the_preview_shows_what_becomes_of_each_row_and_dresses_nothing_up(client, district):
    content = lines(exported(client, "organisation_party"))
    changed = "\n".join(content).replace("Polisen Järva", "<b>Polisen</b>")

    page = preview(client, "organisation_party", changed).content.decode()

    assert "<del>Polisen Järva</del> <ins>&lt;b&gt;Polisen&lt;/b&gt;</ins>" in page
    assert "Ändras" in page
    assert "Lika" in page
    assert "style=" not in page.split("<h2>Förhandsvisning")[1]


def test_an_agreement_that_a_plan_rests_on_is_not_changed_behind_the_plan(client):
    """It is written where the plan is, so that its history and its approvals know of it."""
    district = a_district()
    agreement = an_agreement(district)
    first = agreement.parties.get(position=0)
    form = {
        "title": "Ändrad",
        "municipality": agreement.municipality.pk,
        "districts": [district.pk, a_district().pk],
        "period_start": "2025-01-01",
        "parties-TOTAL_FORMS": 1,
        "parties-INITIAL_FORMS": 1,
        "parties-0-id": first.pk,
        "parties-0-agreement": agreement.pk,
        "parties-0-party": first.party.pk,
        "parties-0-position": 0,
        "parties-0-signatory": "någon annan",
    }
    at = address("change", "plans_agreement", agreement.pk)
    client.post(at, form)
    agreement.refresh_from_db()
    assert agreement.title == "Ändrad"
    a_plan(district, agreement=agreement)
    client.post(at, form | {"title": "Bakom ryggen", "parties-0-signatory": "en tredje"})
    agreement.refresh_from_db()
    first.refresh_from_db()
    assert (agreement.title, first.signatory) == ("Ändrad", "någon annan")
    assert agreement.districts.count() == 2
    assert "Samordnaren ändrar den där planen skrivs" in client.get(at).content.decode()
