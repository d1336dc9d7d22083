"""The pages where a lägesbild is read in, as the samordnare meets them; without a script."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lagesbild.models import Report, Upload, UploadedImage
from lagesbild.tasks import forget_report_upload, read_report_upload
from lagesbild.views.importing import IMPORTING
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member
from tests.lagesbild.importing import a_place_for_word
from tests.lagesbild.reading.corpus import CORPUS
from tests.plans.test_history import words_of

pytestmark = pytest.mark.django_db
NAME = "Lägesbild 2023.docx"


@pytest.fixture
def place():
    return a_place_for_word()


@pytest.fixture
def anna(place, client):
    person = a_member(Role.COORDINATOR, place)
    client.force_login(person)
    return person


def send(client, place, which="as_the_form", **said):
    sent = {"file": SimpleUploadedFile(NAME, CORPUS[which]()), "kind": "lagesbild", "year": 2023}
    return client.post(reverse("report-import", args=[place.slug]), sent | said, follow=True)


def press(client, place, page, **said):
    html = page.content.decode()
    form = html[html.index('id="las-in"') :]
    asked = dict(re.findall(r'name="(hur|seen)" value="([^"]*)"', form))
    upload = Upload.objects.first()
    address = reverse("report-import-apply", args=[place.slug, upload.pk])
    return client.post(address, asked | said, follow=True)


def is_chosen(kind: str, html: str) -> bool:
    found = re.search(rf'<input[^>]*value="{kind}"[^>]*>', html)
    return found is not None and "checked" in found[0]


def test_a_file_is_looked_at_beside_what_it_became_and_then_read_in(client, place, anna):
    page = send(client, place)
    words = words_of(page)
    assert "Inget är sparat än" in words
    assert "Läget är bättre än i fjol" in words  # as it was, and as it became
    assert "Övrigt: Titelsidan, sparas som övrigt" in words
    assert "8 avsnitt · 2 områden · 5 figurer" in words
    assert "Prioriteringarna gäller 2024" not in words
    assert not Report.objects.exists()
    done = words_of(press(client, place, page))
    assert "Lägesbilden är inläst" in done
    assert Report.objects.get().all_sections.count() == 8


def test_its_images_are_shown_before_they_are_the_districts(client, place, anna):
    page = send(client, place)
    addresses = re.findall(r'<img src="([^"]+/bild/[^"]+)"', page.content.decode())
    assert addresses
    answer = client.get(addresses[0])
    assert answer["Content-Type"] in ("image/png", "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.force_login(a_member(Role.COORDINATOR, a_district("Granne", "granne")))
    assert client.get(addresses[0]).status_code == 404


def test_what_is_unsure_is_answered_on_the_page(client, place, anna):
    words = words_of(send(client, place, "areas_in_tables"))
    assert "1 osäkra" in words
    assert "Vilket prioriterat område är ”Egna båtar”?" in words
    upload = Upload.objects.get()
    page = client.post(
        reverse("report-import-answer", args=[place.slug, upload.pk]),
        {"question": "area:egnabatar", "answer": "eget"},
        follow=True,
    )
    words = words_of(page)
    assert "Inget är osäkert längre" in words
    assert "osäkra" not in words.split("Filen som den var")[0].replace("osäkert", "")


def test_a_report_that_is_there_can_be_filled_in_or_replaced(client, place, anna):
    press(client, place, send(client, place))
    words = words_of(send(client, place, "figures_of_many_kinds"))
    assert "Fyll på utkastet" in words
    assert "Ersätt utkastets innehåll" in words
    assert "Vad som ändras" in words
    page = client.get(_address(place), {"hur": "ersatt"})
    done = words_of(press(client, place, page))
    assert "utkastets innehåll ersatt".capitalize() in done
    assert "Se vad som ändrades" in done
    assert Report.objects.count() == 1


def _address(place):
    return reverse("report-import-preview", args=[place.slug, Upload.objects.first().pk])


def test_it_is_taken_back_with_one_press(client, place, anna):
    press(client, place, send(client, place))
    upload = Upload.objects.get()
    address = reverse("report-import-take-back", args=[place.slug, upload.pk])
    assert "Inläsningen är ångrad" in words_of(client.post(address, follow=True))
    assert not Report.objects.exists()


def test_a_file_that_is_no_report_is_refused_and_another_asked_for(client, place, anna):
    sent = {"file": SimpleUploadedFile(NAME, b"hej"), "kind": "statusrapport", "year": 2022}
    page = client.post(reverse("report-import", args=[place.slug]), sent, follow=True)
    words = words_of(page)
    assert "Filen kunde inte läsas" in words
    assert 'value="2022"' in page.content.decode()
    assert is_chosen("statusrapport", page.content.decode())


def test_a_form_without_a_file_says_so(client, place, anna):
    page = client.post(reverse("report-import", args=[place.slug]), {"year": "i fjol"})
    assert page.status_code == 422
    words = words_of(page)
    assert "Välj en fil." in words
    assert "Skriv ett år mellan 2000 och 2100." in words


def test_the_form_begins_with_what_she_came_from(client, place, anna):
    address = reverse("report-import", args=[place.slug])
    page = client.get(address, {"slag": "statusrapport", "ar": "2021"}).content.decode()
    assert 'value="2021"' in page
    assert is_chosen("statusrapport", page)


def test_a_large_file_is_read_in_the_background(client, place, anna, monkeypatch):
    monkeypatch.setattr("samverkan.reading.uploads.AT_ONCE", 10)
    asked = []
    worker = SimpleNamespace(enqueue=lambda **said: asked.append(said))
    monkeypatch.setattr(IMPORTING, "read_task", worker)
    assert "Filen läses" in words_of(send(client, place))
    read_report_upload.call(**asked[0])
    assert "Inget är sparat än" in words_of(client.get(_address(place)))


def test_a_file_is_forgotten_with_its_images(client, place, anna):
    send(client, place)
    assert UploadedImage.objects.exists()
    client.post(reverse("report-import-forget", args=[place.slug, Upload.objects.get().pk]))
    assert not Upload.objects.exists()
    assert not UploadedImage.objects.exists()
    send(client, place)
    forget_report_upload.call(upload_id=Upload.objects.get().pk)
    assert not Upload.objects.exists()


def test_the_way_there_is_offered_to_whoever_may(client, place, anna):
    address = reverse("report-import", args=[place.slug])
    assert address in client.get(reverse("reports", args=[place.slug])).content.decode()
    client.force_login(a_member(Role.READER, place))
    assert address not in client.get(reverse("reports", args=[place.slug])).content.decode()
