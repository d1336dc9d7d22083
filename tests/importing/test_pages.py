"""The pages where a file is read in, as the samordnare meets them; without a script."""

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import FakePayload
from django.urls import reverse
from django.utils import timezone
from msgspec.structs import replace

from plans.models import Plan, RememberedAnswer, Upload
from plans.services import uploads
from plans.services.uploads import UPLOADS
from plans.tasks import forget_upload
from plans.views.importing import IMPORTING
from samverkan.organisation.vocabulary import Role
from samverkan.reading.uploads import MOST_BYTES
from tests.factories import a_catalogue, a_district, a_member, a_plan
from tests.formats.samples import at, full, large
from tests.importing.files import a_file, a_place_for, an_upload
from tests.importing.readings import OTHER, QUESTION, a_reading, a_word_reading
from tests.plans.test_history import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return a_place_for(full())


@pytest.fixture
def anna(place, client):
    person = a_member(Role.COORDINATOR, place)
    client.force_login(person)
    return person


def sent(content=None, name="plan.json"):
    content = a_file() if content is None else content
    return {"file": SimpleUploadedFile(name, content), "period": "ar", "year": 2025}


def send(client, place, content=None, name="plan.json", **said):
    return client.post(
        reverse("import", args=[place.slug]), sent(content, name) | said, follow=True
    )


def the_form(page) -> dict:
    """What the button of the preview sends."""
    html = page.content.decode()
    form = html[html.index('id="las-in"') :]
    return dict(re.findall(r'name="(hur|seen)" value="([^"]*)"', form))


def press(client, place, page, **said):
    upload = Upload.objects.first()
    address = reverse("import-apply", args=[place.slug, upload.pk])
    return client.post(address, the_form(page) | said, follow=True)


# --- From a file to a plan ---


def test_a_file_is_looked_at_first_and_then_read_in(client, place, anna):
    page = send(client, place)
    words = words_of(page)
    actions = sum(len(area.actions) for area in full().areas)
    assert f"Importera {actions} åtgärder" in words
    assert "Inget är sparat än" in words
    assert full().areas[0].actions[0].name in words
    assert not Plan.objects.exists()
    done = words_of(press(client, place, page))
    assert "Planen är inläst" in done
    assert "Ångra importen" in done
    assert Plan.objects.count() == 1


def test_the_import_is_taken_back_with_one_press(client, place, anna):
    press(client, place, send(client, place))
    upload = Upload.objects.get()
    said = client.post(reverse("import-take-back", args=[place.slug, upload.pk]), follow=True)
    assert "Inläsningen är ångrad" in words_of(said)
    assert not Plan.objects.exists()


def test_the_file_can_be_had_as_it_came(client, place, anna):
    send(client, place)
    answer = client.get(reverse("import-file", args=[place.slug, Upload.objects.get().pk]))
    assert b"".join(answer.streaming_content) == a_file()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"


def test_earlier_files_are_listed_with_what_became_of_them(client, place, anna):
    press(client, place, send(client, place, name="Plan 2025.json"))
    words = words_of(client.get(reverse("import", args=[place.slug])))
    assert "Plan 2025.json" in words
    assert "en ny plan" in words


def test_a_plan_that_is_there_can_be_filled_in_or_replaced(client, place, anna):
    press(client, place, send(client, place))
    changed = at(full(), "areas", 0, "actions", 0, convener="Kommunpolisen")
    page = send(client, place, a_file(changed))
    words = words_of(page)
    assert "finns redan (utkast)" in words
    assert "Fyll på utkastet" in words
    assert "Ersätt utkastets innehåll" in words
    assert "Där planen och filen säger olika" in words
    upload = Upload.objects.first()
    address = reverse("import-preview", args=[place.slug, upload.pk])
    replacing = words_of(client.get(address, {"hur": "ersatt"}))
    assert "Där planen och filen säger olika" not in replacing
    assert "1 ändrad" in replacing
    press(
        client,
        place,
        page,
        **{"ur-filen": re.findall(r'name="ur-filen"[^>]*value="([^"]*)"', page.content.decode())},
    )
    plan = Plan.objects.get()
    assert plan.areas.first().actions.first().convener == "Kommunpolisen"


def test_who_comes_second_sees_the_preview_anew(client, place, anna):
    press(client, place, send(client, place))
    page = send(client, place, a_file(at(full(), "areas", 0, comment="Nytt")))
    Plan.objects.update(version=7)
    again = press(client, place, page)
    assert again.status_code == 409
    assert "Planen har ändrats sedan du öppnade förhandsgranskningen" in words_of(again)
    assert "Importera" in words_of(again)
    assert not Upload.objects.first().use
    press(client, place, again)
    assert Upload.objects.first().use == Upload.Use.MERGED


def test_the_same_press_twice_reads_it_in_once(client, place, anna):
    page = send(client, place)
    press(client, place, page)
    assert "Planen är inläst" in words_of(press(client, place, page))
    assert Plan.objects.count() == 1


def test_what_looks_like_personal_data_is_told_before(client, place, anna):
    file = at(full(), "areas", 0, comment="Ring 070-174 06 05 vid frågor.")
    words = words_of(send(client, place, a_file(file)))
    assert "”070-174 06 05” ser ut som ett telefonnummer." in words


def test_a_file_that_nobody_wants_goes(client, place, anna):
    send(client, place)
    client.post(reverse("import-forget", args=[place.slug, Upload.objects.get().pk]))
    assert not Upload.objects.exists()


def test_a_file_goes_after_a_month_unless_it_was_read_in(client, place, anna):
    press(client, place, send(client, place))
    send(client, place)
    unused, used = Upload.objects.all()
    for upload in (unused, used):
        forget_upload.call(upload_id=upload.pk)
    assert Upload.objects.get() == used


def test_the_way_here_is_shown_to_the_coordinator_and_to_nobody_else(client, place, anna):
    a_plan(place, 2026, catalogue=place.municipality.catalogues.first())
    pages = {
        "district": [place.slug],
        "plan-create": [place.slug],
        "plan-write": [place.slug, 2026],
    }
    link = reverse("import", args=[place.slug])
    for page, args in pages.items():
        answer = client.get(reverse(page, args=args))
        assert link in b"".join(answer).decode(), page
    client.force_login(a_member(Role.EDITOR, place))
    for page in ("district", "plan-write"):
        answer = client.get(reverse(page, args=pages[page]))
        assert link not in b"".join(answer).decode(), page


def test_another_agreement_is_told_of_and_left(client, place, anna):
    press(client, place, send(client, place))
    file = at(full(), "agreement", title="En annan överenskommelse")
    words = words_of(send(client, place, a_file(file)))
    assert "Överenskommelsen i filen (En annan överenskommelse) är en annan än planens" in words
    assert "är en annan än planens" not in words_of(send(client, place))


def test_a_large_plan_of_ours_is_shown_area_by_area(client, anna):
    document = large(200)
    place = a_place_for(document, "Storvik")
    client.force_login(a_member(Role.COORDINATOR, place))
    send(client, place, a_file(document))
    upload = Upload.objects.get()
    words = words_of(preview(client, upload, blad=2)).partition("Planen den blev")[2]
    assert "Importera 200 åtgärder" in words_of(preview(client, upload))
    assert words.count("40 åtgärder") == 1
    assert "Prioriterat område 4" in words  # the way to it


def test_another_plan_of_the_same_time_is_told_of(client, place, anna):
    press(client, place, send(client, place))  # of 2025–2026
    words = words_of(send(client, place, year=2026))
    assert "Perioden går in i en annan plans: Åtgärdsplan 2025–2026 för Tallbacken" in words


def test_what_an_older_version_has_read_is_read_anew(client, place, anna):
    send(client, place)
    Upload.objects.update(reading=b'{"document": {}}')
    page = client.get(reverse("import-preview", args=[place.slug, Upload.objects.get().pk]))
    assert "Importera 4 åtgärder" in words_of(page)


# --- What is not read ---


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "tom.xlsx", "Filen är tom."),
        (b"bara text", "plan.xlsx", "Filen är ingen Excelfil (.xlsx) som går att öppna"),
        (b"\x89PNG\r\n", "tabell.xlsx", "Filen är en bild, och ord i en bild kan inte läsas"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 gammal", "plan.xls", "gammalt Officeformat"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "plan.xlsx",
            "skyddad med lösenord",
        ),
        (b"PK\x03\x04 avklippt", "plan.xlsx", "trasig och går inte att packa upp"),
        (b'{"document": {}}', "plan.json", "inte en plan i formatet samverkansplan/1"),
        (b"%PDF-1.7 utan plan", "plan.pdf", "PDF-filen bär ingen plan"),
        (a_file(), "plan.xlsx", "heter .xlsx men är en JSON-fil"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_asks_for_another(
    content, name, sentence, client, place, anna
):
    page = send(client, place, content, name)
    words = words_of(page)
    assert page.status_code == 422
    assert sentence in words
    assert "Läs in en annan fil" in words
    assert 'value="2025"' in page.content.decode()
    assert not Plan.objects.exists()


def test_without_a_file_the_form_says_so_and_keeps_what_was_chosen(client, place, anna):
    page = client.post(reverse("import", args=[place.slug]), {"period": "ar", "year": 2031})
    assert page.status_code == 422
    assert "Välj en fil." in words_of(page)
    assert 'value="2031"' in page.content.decode()


def test_a_reader_that_breaks_does_not_take_the_page_with_it(client, place, anna, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(uploads, "read_file", broken)
    client.raise_request_exception = False  # as in use: the page of a fault, not the fault
    assert send(client, place).status_code == 500
    upload = Upload.objects.get()
    page = client.get(reverse("import-preview", args=[place.slug, upload.pk]))
    assert "Något gick fel när filen lästes" in words_of(page)


def test_a_large_file_is_read_in_the_background(client, place, anna, monkeypatch):
    monkeypatch.setattr("samverkan.reading.uploads.AT_ONCE", 10)
    asked = []
    worker = SimpleNamespace(enqueue=lambda **said: asked.append(said))
    monkeypatch.setattr(IMPORTING, "read_task", worker, raising=True)
    page = send(client, place)
    assert page.status_code == 202
    assert "Filen läses" in words_of(page)
    assert asked == [{"upload_id": Upload.objects.get().pk}]
    Upload.objects.update(at=timezone.now() - timedelta(minutes=1))  # nobody has taken it
    page = client.get(reverse("import-preview", args=[place.slug, Upload.objects.get().pk]))
    assert "Importera" in words_of(page)


# --- Before a byte is read ---


class Untouched(FakePayload):
    """What somebody sends, and whether anybody has read of it."""

    was_read = False

    def read(self, *args, **kwargs):
        self.was_read = True
        return super().read(*args, **kwargs)


def send_unread(client, place, length=100):
    sending = Untouched(b"x" * 100)
    asked = {
        "PATH_INFO": reverse("import", args=[place.slug]),
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "wsgi.input": sending,
    }
    return client.request(**asked), sending


@pytest.mark.parametrize(
    ("role", "status"), [(Role.EDITOR, 403), (Role.MANAGER, 403), (Role.READER, 403), (None, 404)]
)
def test_who_may_not_is_told_before_a_byte_is_read(role, status, place):
    person = a_member(role, place) if role else a_member(Role.COORDINATOR, a_district())
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    answer, sending = send_unread(client, place)
    assert answer.status_code == status
    assert not sending.was_read


def test_whoever_may_is_read(place, client, anna):
    """The guard above would hold of anybody if nothing was ever read."""
    _, sending = send_unread(client, place)
    assert sending.was_read


def test_a_file_from_another_site_is_not_taken(place, anna):
    """Whoever may is asked for the token too: what comes first does not come instead."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    assert client.post(reverse("import", args=[place.slug]), sent()).status_code == 403
    assert not Upload.objects.exists()


def test_nobody_who_is_not_logged_in_is_read(place):
    answer, sending = send_unread(Client(enforce_csrf_checks=True), place)
    assert answer.status_code == 302
    assert not sending.was_read


def test_a_file_that_is_too_large_is_refused_by_its_length(place, client, anna):
    answer, sending = send_unread(client, place, 60 * 2**20)
    assert answer.status_code == 413
    assert "Filen är större än 25 MB" in words_of(answer)
    assert not sending.was_read


def test_the_proxy_lets_through_what_we_take_and_says_no_in_swedish():
    nginx = (Path(__file__).parents[2] / "nginx.conf").read_text()
    (most,) = map(int, re.findall(r"client_max_body_size (\d+)m", nginx))
    assert MOST_BYTES < most * 2**20 <= MOST_BYTES + 2**20
    assert "Filen är större än 25 MB" in nginx


# --- A file with doubts in it ---


@pytest.fixture
def doubtful(place, anna, monkeypatch):
    """Whatever is sent is read as the sample, whose areas are the city's."""
    a_catalogue(2024, (), municipality=place.municipality)

    def read(content, *, known, answers):
        return a_reading(known, answers)

    monkeypatch.setattr(uploads, "read_file", read)
    return an_upload(anna, place)


def preview(client, upload, **asked):
    address = reverse("import-preview", args=[upload.district.slug, upload.pk])
    return client.get(address, asked)


def test_the_ribbon_says_how_sure_the_reading_is(client, doubtful):
    words = words_of(preview(client, doubtful))
    assert "7 säkra 2 troliga 3 osäkra 1 sparas som övrigt" in re.sub(r"[●◐?■] ", "", words)


def test_one_sheet_is_shown_at_a_time_with_what_it_became(client, doubtful):
    first = words_of(preview(client, doubtful))
    assert "Ansv. pers." in first
    assert "Torgvärdar" in first.partition("Planen den blev")[2]
    second = words_of(preview(client, doubtful, blad=2))
    assert "Ansv. pers." not in second
    assert "Torgvärdar" not in second
    assert "Vilket område är ”Brottsoffer”?" in second


def test_nasta_osakra_walks_through_the_sheets_and_round(client, doubtful):
    address = reverse("import-preview", args=[doubtful.district.slug, doubtful.pk])
    html = preview(client, doubtful).content.decode()
    assert f'href="{address}?blad=1#fraga-1" data-next-unsure' in html
    assert f'class="question-next" href="{address}?blad=2#fraga-2"' in html
    html = preview(client, doubtful, blad=2).content.decode()
    assert 'id="fraga-2"' in html
    assert f'class="question-next" href="{address}?blad=1#fraga-1"' in html


def test_an_answer_is_read_by_at_once_and_remembered_for_the_next_file(client, place, doubtful):
    address = reverse("import-answer", args=[place.slug, doubtful.pk])
    page = client.post(address, {"question": QUESTION, "answer": "extra"}, follow=True)
    words = words_of(page)
    assert "1 kvar som är osäkra" in words
    assert "Trafikkontoret" in words.partition("Övrigt ur källan")[2]
    assert RememberedAnswer.objects.get().answer == "extra"
    upload = an_upload(doubtful.by, place)
    assert UPLOADS.reading_of(upload).questions[0].answer == "extra"


def test_an_answer_that_was_not_offered_is_none(client, place, doubtful):
    address = reverse("import-answer", args=[place.slug, doubtful.pk])
    for said in ({"question": QUESTION, "answer": "annat"}, {"question": "hittepå", "answer": "x"}):
        assert (
            "Välj ett av svaren." in (words := words_of(client.post(address, said, follow=True)))
            or "Frågan finns inte" in words
        )
    assert not RememberedAnswer.objects.exists()


def test_what_must_be_answered_stands_in_the_way(client, place, doubtful, monkeypatch):
    fault = "Två blad heter ”Torget”. Välj om de är samma område."

    def read(content, *, known, answers):
        return replace(a_reading(known, answers), faults=() if OTHER in answers else (fault,))

    monkeypatch.setattr(uploads, "read_file", read)
    upload = an_upload(doubtful.by, place)
    page = preview(client, upload)
    assert fault in words_of(page)
    assert "Importera 2 åtgärder" not in words_of(page)
    refused = press(client, place, page)
    assert refused.status_code == 422
    assert not Plan.objects.exists()
    answer = {"question": OTHER, "answer": "omr1"}
    client.post(reverse("import-answer", args=[place.slug, upload.pk]), answer)
    assert "Importera 2 åtgärder" in words_of(preview(client, upload))


def test_a_word_file_flows_as_it_was(client, place, anna, monkeypatch):
    monkeypatch.setattr(
        uploads, "read_file", lambda content, *, known, answers: a_word_reading(known)
    )
    words = words_of(preview(client, an_upload(anna, place)))
    source = words.partition("Filen som den var")[2]
    assert source.index("Tryggheten ska öka.") < source.index("Styrgruppen")
    assert "Övergripande mål, trolig" in source


def test_a_long_sheet_comes_in_pieces(client, place, anna, monkeypatch):
    monkeypatch.setattr(
        uploads, "read_file", lambda content, *, known, answers: a_reading(known, rows=600)
    )
    upload = an_upload(anna, place)
    words = words_of(preview(client, upload))
    assert "Torget, rad 1–250" in words
    assert "Rad 200" in words
    assert "Rad 300" not in words
    assert "Rad 300" in words_of(preview(client, upload, blad=2))
