"""The samverkansöverenskommelse as a document of its own: written, signed, and looked over in time."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lagesbild.models import Report
from plans.agreement import AgreementDocument, read_json
from plans.models import Agreement, Plan, PriorityArea
from plans.services.agreement_files import KINDS, Wanted
from plans.services.agreements import agreement_document
from plans.services.loading import to_document
from plans.services.reviews import remind_of_reviews, review_letters, reviews_for
from plans.vocabulary import AgreementLevel, PlanState
from samverkan.documents.carried import carried_in
from samverkan.journal.models import Entry
from samverkan.organisation.models import District, Party, User
from samverkan.organisation.vocabulary import PartyKind, Role
from tests.factories import (
    a_catalogue,
    a_district,
    a_member,
    a_municipality,
    a_party,
    a_plan,
    administration_of,
    an_agreement,
    police_of,
    settle,
)
from tests.plans.test_page import words_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


@pytest.fixture
def district() -> District:
    return a_district("Tallbacken", "tallbacken")


@pytest.fixture
def agreement(district: District) -> Agreement:
    return an_agreement(district)


@pytest.fixture
def samordnare(district: District) -> User:
    return a_member(Role.COORDINATOR, district)


def form_of(client: Any, address: str) -> dict[str, Any]:
    """What a browser would send back from the form as it stands."""
    filled = client.get(address).context["filled"]
    typed: dict[str, Any] = {}
    forms = [filled.main, *(row for one in filled.lists for row in one.forms)]
    forms += [one.management_form for one in filled.lists]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False and value != "":
                typed[field.html_name] = getattr(value, "pk", value)
    seen = client.get(address).context["seen"]
    return typed | ({"seen": seen} if seen else {})


def save(client: Any, user: User, agreement: Agreement, **typed: Any) -> Any:
    client.force_login(user)
    address = reverse("agreement-edit", args=[agreement.pk])
    return client.post(address, form_of(client, address) | typed)


def now(agreement: Agreement) -> AgreementDocument:
    return agreement_document(Agreement.objects.get(pk=agreement.pk))


WHOLE = {
    "avsnitt-0-heading": "Syfte",
    "avsnitt-0-text": "Färre brott.\nTryggare torg.",
    "grupp-0-kind": "styrgrupp",
    "grupp-0-members": "Stadsdelsdirektören, lokalpolisområdeschefen",
    "grupp-0-meetings": "Två gånger om året",
}


def a_new_one(client, district: District) -> tuple[str, dict, PriorityArea]:
    """Where it is written, all that its form says, and the area chosen in it."""
    area = a_catalogue(municipality=district.municipality).areas.all()[0]
    address = reverse("agreement-create", args=[district.slug])
    typed = form_of(client, address) | WHOLE
    typed |= {"title": "Tryggare Tallbacken", "period_start": "2026-01-01", "areas": [area.pk]}
    return address, typed, area


def test_a_new_one_begins_with_the_parties_of_the_district_and_stands_as_it_was_written(
    client, district: District, samordnare: User
) -> None:
    client.force_login(samordnare)
    address, typed, area = a_new_one(client, district)
    typed["part-0-signatory"] = "Stadsdelsdirektören"
    answer = client.post(address, typed)
    made = Agreement.objects.get()
    assert answer["Location"] == reverse("agreement", args=[made.pk])
    document = now(made)
    assert [party.kind for party in document.parties] == [
        PartyKind.ADMINISTRATION,
        PartyKind.POLICE,
    ]
    assert document.signatories[0].signatory == "Stadsdelsdirektören"
    assert [one.name for one in document.areas] == [area.name]
    [group], [section] = document.groups, document.sections
    assert (group.title, group.meetings) == ("Styrgrupp", "Två gånger om året")
    assert section.text == "Färre brott.\nTryggare torg."
    assert document.period_end is None
    page = words_of(client.get(reverse("agreement", args=[made.pk])).text)
    for words in ("Tryggare torg.", "lokalpolisområdeschefen", "tills vidare", area.name):
        assert words in page
    assert Entry.objects.filter(kind="agreement-created", district=district).count() == 1
    assert "Tryggare Tallbacken" in client.get(reverse("agreements", args=[district.slug])).text


def test_a_second_press_leads_to_the_one_that_the_first_made_and_what_says_more_is_another(
    client, district: District, samordnare: User
) -> None:
    client.force_login(samordnare)
    address, typed, area = a_new_one(client, district)
    first, second = client.post(address, typed), client.post(address, typed, follow=True)
    made = Agreement.objects.get()
    assert first["Location"] == second.redirect_chain[0][0] == f"/overenskommelse/{made.pk}/"
    assert "finns redan, och säger just det som du skrev" in words_of(second.text)
    assert Entry.objects.filter(kind="agreement-created").count() == 1
    client.post(address, typed | {"avsnitt-0-text": "Färre brott."})
    assert Agreement.objects.count() == 2


def test_what_the_plan_says_of_it_is_changed_in_the_open_plan_as_a_turn_of_hers(
    client, agreement: Agreement, district: District, samordnare: User
) -> None:
    plan = a_plan(district, 2026, agreement=agreement)
    next_year = a_plan(district, 2027, agreement=agreement)
    save(client, samordnare, agreement, title="Ett nytt namn", registry_number="TAL 7")
    for one in (plan, next_year):
        one = Plan.objects.with_heading().get(pk=one.pk)
        doc = to_document(one).agreement
        assert doc
        assert (doc.title, doc.registry_number) == ("Ett nytt namn", "TAL 7")
        assert {change.field for change in one.changes.all()} == {"title", "registry_number"}
        assert {change.by for change in one.changes.all()} == {samordnare}


def test_a_party_comes_and_another_goes_also_where_a_plan_rests_on_it(
    client, agreement: Agreement, district: District, samordnare: User
) -> None:
    plan = a_plan(district, 2026, agreement=agreement)
    partner = a_party(district, name="Bostadsbolaget")
    save(
        client,
        samordnare,
        agreement,
        **{"part-2-party": partner.pk, "part-2-signatory": "Chefen", "part-1-DELETE": "on"},
    )
    parties = [entry.party for entry in Agreement.objects.get().parties.all()]
    assert parties == [administration_of(district), partner]
    doc = to_document(Plan.objects.with_heading().get(pk=plan.pk)).agreement
    assert doc
    assert [entry.party for entry in doc.parties] == [party.key for party in parties]


def test_the_parties_of_what_is_decided_lie_fast_and_the_rest_is_still_written(
    client, agreement: Agreement, district: District, samordnare: User
) -> None:
    settle(a_plan(district, 2026, agreement=agreement), PlanState.DECIDED)
    partner = a_party(district, name="Bostadsbolaget")
    save(
        client,
        samordnare,
        agreement,
        next_review="2027-01-01",
        **WHOLE,
        **{"part-0-party": partner.pk, "part-1-DELETE": "on"},
    )
    parties = {entry.party for entry in Agreement.objects.get().parties.all()}
    assert parties == {administration_of(district), police_of(district)}
    assert now(agreement).next_review == date(2027, 1, 1)
    assert now(agreement).groups


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"period_end": "2001-01-01"}, "kan inte sluta innan den börjar"),
        ({"title": ""}, "Skriv en rubrik."),
        ({"part-1-DELETE": "on"}, "minst två parter"),
        ({"part-2-signatory": "Någon"}, "Välj en part"),
        ({"next_review": "snart"}, "Skriv ett datum"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(
    client, agreement: Agreement, samordnare: User, typed: dict, said: str
) -> None:
    before = now(agreement)
    answer = save(client, samordnare, agreement, **({"title": "Annat"} | typed))
    assert answer.status_code == 200
    assert said in words_of(answer.text)
    assert now(agreement) == before


@pytest.mark.parametrize("field", ["areas", "above", "part-0-party"])
@pytest.mark.parametrize("number", ["0", "9" * 30, "9" * 5000])
def test_a_choice_that_was_never_offered_is_refused_however_large_and_what_was_typed_is_kept(
    client, district: District, samordnare: User, field: str, number: str
) -> None:
    an_agreement_of_the_city(district)
    client.force_login(samordnare)
    address = reverse("agreement-create", args=[district.slug])
    typed = form_of(client, address) | WHOLE
    typed |= {"title": "Tryggare Tallbacken", "period_start": "2026-01-01", field: number}
    answer = client.post(address, typed)
    [fault] = answer.context["filled"].faults
    assert "Välj ett giltigt alternativ" in fault or "inte ett giltigt värde" in fault
    assert 'value="Tryggare Tallbacken"' in answer.text
    assert "Tryggare torg." in answer.text
    assert not Agreement.objects.filter(level=AgreementLevel.LOCAL).exists()


def an_agreement_of_the_city(district: District) -> Agreement:
    return Agreement.objects.create(
        municipality=district.municipality,
        level=AgreementLevel.CITY,
        title="Staden och polisen",
        period_start=date(2026, 1, 1),
    )


def test_what_somebody_else_has_saved_meanwhile_is_not_written_over_unseen(
    client, agreement: Agreement, samordnare: User
) -> None:
    client.force_login(samordnare)
    address = reverse("agreement-edit", args=[agreement.pk])
    mine = form_of(client, address) | {"title": "Mitt"}
    save(client, samordnare, agreement, title="Hennes")
    answer = client.post(address, mine)
    assert "Någon annan har sparat" in words_of(answer.text)
    assert 'value="Mitt"' in answer.text
    assert now(agreement).title == "Hennes"
    client.post(address, mine | {"seen": answer.context["seen"]})
    assert now(agreement).title == "Mitt"


def test_whoever_is_samordnare_in_one_of_two_districts_only_reads_it(
    client, agreement: Agreement, samordnare: User
) -> None:
    agreement.districts.add(a_district("Grannen", "grannen"))
    answer = save_refused(client, samordnare, agreement)
    assert answer.status_code == 403
    assert "Grannen" in answer.text
    assert client.get(reverse("agreement", args=[agreement.pk])).status_code == 200


def save_refused(client: Any, user: User, agreement: Agreement) -> Any:
    client.force_login(user)
    return client.get(reverse("agreement-edit", args=[agreement.pk]))


def test_that_of_the_city_is_kept_by_its_leadership_and_those_under_it_lead_to_it(
    client, agreement: Agreement, district: District, samordnare: User
) -> None:
    city = district.municipality
    a_party(kind=PartyKind.ADMINISTRATION, name="Stadsledningskontoret", municipality=city)
    a_party(kind=PartyKind.POLICE, name="Polisregionen", municipality=city)
    leader = a_member(Role.CITY)
    client.force_login(leader)
    address = reverse("city-agreement-create", args=[city.slug])
    typed = form_of(client, address) | {"title": "Staden och polisen", "period_start": "2026-01-01"}
    client.post(address, typed)
    of_city = Agreement.objects.get(level=AgreementLevel.CITY)
    assert [party.name for party in now(of_city).parties] == [
        "Stadsledningskontoret",
        "Polisregionen",
    ]
    save(client, samordnare, agreement, above=of_city.pk)
    above = now(agreement).above
    assert above
    assert above.title == "Staden och polisen"
    page = client.get(reverse("agreement", args=[agreement.pk])).text
    assert reverse("agreement", args=[of_city.pk]) in page
    client.force_login(leader)
    assert agreement.title in client.get(reverse("agreement", args=[of_city.pk])).text
    assert "Staden och polisen" in client.get(reverse("city-agreements", args=[city.slug])).text


def test_the_areas_with_measures_in_the_lagesbild_are_ticked_and_nothing_is_stored_yet(
    client, agreement: Agreement, district: District, samordnare: User
) -> None:
    catalogue = a_catalogue(municipality=district.municipality)
    report = Report.objects.create(
        kind="lagesbild", district=district, year=2025, catalogue=catalogue
    )
    first, second = catalogue.areas.all()
    report.all_sections.create(heading="A", form="omrade", area=first, special_measures=True)
    report.all_sections.create(heading="B", form="omrade", area=second)
    client.force_login(samordnare)
    asked = {"overenskommelse": agreement.pk, "rapport": report.pk}
    page = client.get(reverse("agreement-areas", args=[district.slug]), asked, follow=True)
    assert "Ett område med särskilda åtgärder i Lägesbild 2025" in words_of(page.text)
    assert re.findall(r'name="areas" value="(\d+)"[^>]* checked', page.text) == [str(first.pk)]
    assert not agreement.areas.exists()
    lead = client.get(reverse("report", args=[district.slug, 2025])).text
    assert f"{reverse('agreement-areas', args=[district.slug])}?rapport={report.pk}" in lead


def test_its_files_carry_it_and_its_pdf_has_a_line_for_each_who_signs(
    agreement: Agreement, client, samordnare: User
) -> None:
    save(client, samordnare, agreement, **WHOLE, **{"part-0-signatory": "Stadsdelsdirektören"})
    whole = Agreement.objects.get()
    assert read_json(Wanted(whole, KINDS["overenskommelse.json"]).make()) == now(whole)
    pdf = Wanted(whole, KINDS["overenskommelse.pdf"]).make()
    carried = carried_in(pdf, "samverkansoverenskommelse/1")
    assert carried
    assert read_json(carried) == now(whole)
    assert Wanted(whole, KINDS["overenskommelse.docx"]).make()[:2] == b"PK"


@pytest.fixture
def reviewed(agreement: Agreement) -> Agreement:
    agreement.next_review = TODAY + timedelta(days=30)
    agreement.save()
    return agreement


def test_those_who_keep_it_are_told_once_when_the_review_nears_and_once_when_it_has_passed(
    reviewed: Agreement, district: District, samordnare: User, django_capture_on_commit_callbacks
) -> None:
    for role in (Role.READER, Role.EDITOR, Role.MANAGER):
        a_member(role, district)
    a_member(Role.COORDINATOR, a_district())
    a_member(Role.CITY, municipality=a_municipality())
    assert remind_of_reviews(TODAY - timedelta(days=1)) == []

    def sent(day: date) -> list[str]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            remind_of_reviews(day)
        return [to for message in mail.outbox for to in message.to]

    assert sent(TODAY) == [samordnare.email]
    assert reverse("agreement", args=[reviewed.pk]) in mail.outbox[0].body
    assert sent(TODAY) == []
    assert sent(TODAY + timedelta(days=31)) == [samordnare.email]
    assert "skulle ha varit" in mail.outbox[0].body
    assert sent(TODAY + timedelta(days=60)) == []


def test_a_new_day_is_a_new_review_and_what_holds_no_longer_has_none(
    reviewed: Agreement, samordnare: User
) -> None:
    assert remind_of_reviews(TODAY)
    reviewed.next_review = TODAY + timedelta(days=20)
    reviewed.save()
    assert review_letters(TODAY)
    reviewed.period_end = TODAY - timedelta(days=1)
    reviewed.save()
    assert review_letters(TODAY) == []


def test_the_review_waits_on_the_start_page_of_those_who_keep_it(
    client, agreement: Agreement, district: District, samordnare: User
) -> None:
    agreement.next_review = timezone.localdate() - timedelta(days=3)
    agreement.save()
    client.force_login(samordnare)
    page = words_of(client.get("/").text)
    assert page.count("Se över överenskommelsen") == 1
    assert "Översyn av överenskommelsen" not in page  # and not once more by the year cycle
    reader = a_member(Role.READER, district)
    assert reviews_for(reader, timezone.localdate()) == []


def test_no_district_is_reached_by_naming_its_agreement(client, agreement: Agreement) -> None:
    client.force_login(a_member(Role.COORDINATOR, a_district()))
    assert client.get(reverse("agreement", args=[agreement.pk])).status_code == 404
    assert Party.objects.count() == 4


# What nobody types, but somebody may send ------------------------------------------------------------


def test_a_row_is_never_given_a_name_that_another_row_has(client, district, agreement, samordnare):
    name = str(uuid4())
    rows = {
        "grupp-0-uuid": name,
        "grupp-0-kind": "styrgrupp",
        "grupp-0-name": "Ledningen",
        "avsnitt-0-uuid": name,
        "avsnitt-0-heading": "Syfte",
        "avsnitt-0-text": "Trygghet.",
    }
    save(client, samordnare, agreement, **rows)
    new = reverse("agreement-create", args=[district.slug])
    typed = form_of(client, new) | {"title": "En ny", "period_start": "2026-01-01"}
    client.post(new, typed | rows)
    made = Agreement.objects.get(title="En ny")
    for one in (agreement, made):
        assert client.get(reverse("agreement", args=[one.pk])).status_code == 200
    # … nor that of one in the other list, once it is there.
    section = now(agreement).sections[0].uuid
    save(client, samordnare, agreement, **{"grupp-0-uuid": str(section)})
    assert client.get(reverse("agreement", args=[agreement.pk])).status_code == 200
    assert now(agreement).groups[0].name == "Ledningen"


def test_two_parties_that_change_places_are_the_same_rows(client, district, agreement, samordnare):
    plan = a_plan(district, 2026, agreement=agreement)
    names = {entry.party_id: entry.uuid for entry in agreement.parties.all()}
    first, second = (entry.party_id for entry in agreement.parties.all())
    swapped = {
        "part-0-party": second,
        "part-0-signatory": "Chefen för lokalpolisområdet",
        "part-1-party": first,
    }
    assert save(client, samordnare, agreement, **swapped).status_code == 302
    assert {entry.party_id: entry.uuid for entry in agreement.parties.all()} == names
    assert agreement.parties.get(party=second).signatory == "Chefen för lokalpolisområdet"
    assert to_document(Plan.objects.with_heading().get(pk=plan.pk)).agreement


def test_a_reader_is_not_told_of_an_agreement_under_or_over_that_is_not_signed(
    client, district, agreement
):
    of_city = Agreement.objects.create(
        municipality=district.municipality,
        level=AgreementLevel.CITY,
        title="Staden och polisen",
        period_start=date(2024, 1, 1),
        signed_on=date(2024, 1, 1),
    )
    Agreement.objects.filter(pk=agreement.pk).update(above=of_city, title="Inte klar")
    client.force_login(a_member(Role.READER, district))
    assert "Inte klar" not in client.get(reverse("agreement", args=[of_city.pk])).text
    Agreement.objects.filter(pk=agreement.pk).update(signed_on=date(2024, 1, 1))
    assert "Inte klar" in client.get(reverse("agreement", args=[of_city.pk])).text
    Agreement.objects.filter(pk=of_city.pk).update(signed_on=None)
    page = client.get(reverse("agreement", args=[agreement.pk])).text
    assert reverse("agreement", args=[of_city.pk]) + '"' not in page
