"""The utbytesfil from the page to Excel and back: for those who answer without logging in."""

import hashlib
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import FakePayload
from django.urls import reverse
from django.utils.html import escape
from openpyxl import load_workbook

from plans.editable import KINDS
from plans.exchange import MARK, SHEET
from plans.models import Commitment, Dispatch, ExchangeFile, FollowUp, LateAnswer
from plans.services.answering import About, answer, confirm
from plans.services.loading import current_document
from plans.services.rounds import close_round
from plans.tasks import forget_exchange_file
from samverkan.collaboration.editing import write
from samverkan.journal.models import Entry
from samverkan.organisation.models import Party
from samverkan.organisation.vocabulary import Role
from samverkan.reading.uploads import MOST_BYTES
from tests.factories import (
    a_decision,
    a_district,
    a_member,
    a_plan,
    a_round,
    administration_of,
    an_action,
    an_agreement,
    police_of,
    settle,
)
from tests.formats.office import convert
from tests.plans.test_history import words_of

pytestmark = pytest.mark.django_db

TORGET, VANDRING = "Platssamverkan Torget", "Trygghetsvandring"


class Place:
    """A plan with two actions that both parties take part in; the samordnare sits at the computer."""

    def __init__(self, client, *, is_decided: bool = True):
        self.client = client
        self.district = a_district()
        self.sdf, self.police = administration_of(self.district), police_of(self.district)
        self.plan = a_plan(self.district, 2026, agreement=an_agreement(self.district))
        self.actions = {
            name: an_action(self.plan, self.sdf, self.police, name=name)
            for name in (TORGET, VANDRING)
        }
        self.round = None
        if is_decided:
            settle(self.plan)
            a_decision(self.plan)
            self.round = a_round(self.plan)
        self.samordnare = a_member(Role.COORDINATOR, self.district, self.sdf)
        self.kommunpolis = a_member(Role.EDITOR, self.district, self.police)
        client.force_login(self.samordnare)

    def address(self, to: str = "", party: Party | None = None, *more: int) -> str:
        where = [self.district.slug, self.plan.pk, *([self.round.pk] if self.round else [])]
        name = "round-exchange" if self.round else "plan-exchange"
        return reverse(
            f"{name}-{to}" if to else name, args=[*where, (party or self.police).pk, *more]
        )

    def fetch(self, party: Party | None = None) -> bytes:
        response = self.client.post(self.address("out", party))
        assert response.status_code == 200
        return b"".join(response.streaming_content)

    def send(self, content: bytes, party: Party | None = None, name: str = "polisen.xlsx"):
        file = SimpleUploadedFile(name, content)
        return self.client.post(self.address("", party), {"file": file}, follow=True)

    def read_in(self, party: Party | None = None):
        file = ExchangeFile.objects.filter(read_in_at=None).get()
        address = self.address("in", party, file.pk)
        return self.client.post(address, {"gor": "las-in"}, follow=True)

    def sent_and_read_in(self, content: bytes, party: Party | None = None):
        self.send(content, party)
        return self.read_in(party)

    def choose(self, name: str, **said: str):
        (file,) = ExchangeFile.objects.exclude(conflicts={})
        (row,) = file.conflicts
        said = {"rad": row, "falt": name, "seen": str(self.version)} | said
        return self.client.post(self.address("in", None, file.pk), said, follow=True)

    @property
    def version(self) -> int:
        of = self.round or self.plan
        of.refresh_from_db()
        return of.version

    def about(self, name: str, party: Party | None = None) -> About:
        assert self.round
        return About(self.plan, self.round, self.actions[name].uuid, party or self.police)

    def answer(self, who, name: str = TORGET, party: Party | None = None, **typed: str):
        answer(actor=who, about=self.about(name, party), typed=typed, seen=self.version)

    def said(self, name: str = TORGET, party: Party | None = None) -> FollowUp:
        uuid = self.actions[name].uuid
        return FollowUp.objects.get(round=self.round, action=uuid, party=party or self.police)

    def answers(self) -> list[str]:
        return sorted(FollowUp.objects.values_list("text", flat=True))


@pytest.fixture
def place(client) -> Place:
    return Place(client)


@pytest.fixture
def draft(client) -> Place:
    return Place(client, is_decided=False)


def filled(content: bytes, values: dict[str, dict[str, Any]], *, add: str = "") -> bytes:
    """The file as somebody saves it in Excel: by what is in the action's cell, by field."""
    book = load_workbook(BytesIO(content))
    sheet = next(one for one in book if one.title not in (SHEET, "Fortsättning"))
    marks = next(row for row in sheet.iter_rows() if str(row[0].value).startswith(MARK))
    columns = {str(cell.value).removeprefix(MARK): cell.column for cell in marks}
    for row in sheet.iter_rows(min_row=marks[0].row + 1):
        said = str(row[columns["title"] - 1].value)
        for name, typed in values.items():
            if said.startswith(name):
                for field, value in typed.items():
                    sheet.cell(row[0].row, columns[field]).value = value
    if add:
        sheet.cell(sheet.max_row + 1, 2).value = add
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


# --- What a party fills in becomes its own words ---


def test_what_the_police_filled_in_is_looked_at_first_and_then_their_own_answer(place):
    content = filled(
        place.fetch(),
        {TORGET: {"text": "Sex möten.", "state": "Enligt plan", "meetings_held": 6}},
    )

    page = words_of(place.send(content))
    for said in ("Något nytt i 1 av 2 åtgärder, 3 fält", "Sex möten.", "Inget är sparat än"):
        assert said in page
    assert not FollowUp.objects.exists()

    assert "3 fält är sparade" in words_of(place.read_in())
    said = place.said()
    assert (said.text, said.state, said.meetings_held) == ("Sex möten.", "enligt_plan", 6)
    assert not said.is_draft
    assert said.written_by == place.samordnare
    assert current_document(place.plan).rounds[0].answers[0].party == place.police.key


def test_a_file_that_has_been_through_libreoffice_is_read(place, tmp_path):
    content = filled(place.fetch(), {TORGET: {"text": "Sex möten.", "commitment_met": "Delvis"}})

    place.sent_and_read_in(convert(content, "xlsx", "xlsx", tmp_path))

    assert (place.said().text, place.said().commitment_met) == ("Sex möten.", "delvis")
    assert place.answers() == ["Sex möten."]


def test_two_parties_fill_in_a_file_each(place):
    theirs, ours = place.fetch(), place.fetch(place.sdf)
    place.sent_and_read_in(filled(theirs, {TORGET: {"text": "Vi patrullerar."}}))
    place.sent_and_read_in(filled(ours, {TORGET: {"text": "Vi kallar."}}), place.sdf)

    assert place.said().text == "Vi patrullerar."
    assert place.said(party=place.sdf).text == "Vi kallar."


def test_the_kommunpolis_reads_in_the_file_of_the_police_and_no_other(place):
    place.client.force_login(place.kommunpolis)
    place.sent_and_read_in(filled(place.fetch(), {TORGET: {"text": "Sex möten."}}))

    assert place.said().written_by == place.kommunpolis
    assert place.client.post(place.address("out", place.sdf)).status_code == 403
    assert place.client.get(place.address("", place.sdf)).status_code == 403


def test_what_went_out_and_came_in_is_in_the_events_and_among_what_was_sent_and_received(place):
    out = place.fetch()
    back = filled(out, {TORGET: {"text": "Sex möten."}})
    place.sent_and_read_in(back)

    kinds = [str(entry.kind) for entry in Entry.objects.order_by("pk")]
    assert kinds[-2:] == ["exchange-out", "exchange-in"]
    came, went = Dispatch.objects.all()
    assert (went.kind, went.content_hash) == ("fil_ut", hashlib.sha256(out).hexdigest())
    assert (came.kind, came.content_hash) == ("fil_in", hashlib.sha256(back).hexdigest())
    assert (came.party, came.by) == (place.police, place.samordnare)
    where = reverse("plan-dispatches", args=[place.district.slug, place.plan.year])
    page = words_of(place.client.get(where))
    for said in ("Fil lämnad ut", "Fil mottagen", "polisen.xlsx"):
        assert said in page


def test_the_round_offers_a_file_for_each_party_that_is_asked(place):
    where = reverse("round", args=[place.district.slug, place.plan.pk, place.round.pk])
    for who, parties in (
        (place.samordnare, {place.sdf, place.police}),
        (place.kommunpolis, {place.police}),
        (a_member(Role.READER, place.district), set()),
    ):
        place.client.force_login(who)
        html = place.client.get(where).content.decode()
        assert {
            one for one in (place.sdf, place.police) if place.address("out", one) in html
        } == parties


def test_a_file_for_a_party_that_the_round_does_not_ask_is_not_made(place):
    place.round.parties.set([place.sdf])

    page = place.client.post(place.address("out"), follow=True)

    assert "svarar inte i" in words_of(page)
    assert not Dispatch.objects.exists()


# --- What others have written meanwhile ---


def test_fields_that_different_people_write_in_are_merged(place):
    content = filled(place.fetch(), {TORGET: {"state": "Pågår"}})
    place.answer(place.kommunpolis, text="Sex möten.")

    place.sent_and_read_in(content)

    assert (place.said().text, place.said().state) == ("Sex möten.", "pagar")
    assert ExchangeFile.objects.get().conflicts == {}


@pytest.mark.parametrize(
    ("pressed", "stands"),
    [
        ({"gor": "valj", "text": "Sex, nej sju möten."}, "Sex, nej sju möten."),
        ({"gor": "behall"}, "Sju möten."),
    ],
)
def test_where_two_have_written_in_a_field_both_are_shown_and_somebody_chooses(
    place, pressed, stands
):
    content = filled(
        place.fetch(),
        {TORGET: {"text": "Sex möten.", "state": "Pågår"}, VANDRING: {"text": "En vandring."}},
    )
    place.answer(place.kommunpolis, text="Sju möten.")
    preview = words_of(place.send(content))
    for said in ("Ändrat sedan filen gjordes", "Sju möten."):
        assert said in preview

    page = words_of(place.read_in())
    assert f"{place.kommunpolis.name} ändrade samma fält" in page
    assert place.said().text == "Sju möten."  # nobody's words are overwritten
    assert place.said().state == "pagar"  # the rest is saved
    assert place.said(VANDRING).text == "En vandring."

    assert "Allt i filen är avgjort" in words_of(place.choose("text", **pressed))
    assert place.said().text == stands
    assert not place.said().is_draft


def test_who_chooses_is_told_where_somebody_has_written_while_she_did(place):
    content = filled(place.fetch(), {TORGET: {"text": "Sex möten."}})
    place.answer(place.kommunpolis, text="Sju möten.")
    place.sent_and_read_in(content)
    seen = place.version
    place.answer(place.kommunpolis, text="Åtta möten.")

    page = words_of(place.choose("text", gor="valj", text="Sex möten.", seen=str(seen)))

    assert "Åtta" in page
    assert place.said().text == "Åtta möten."


def test_the_same_file_with_more_in_it_is_no_conflict_with_itself(place):
    empty = place.fetch()
    place.sent_and_read_in(filled(empty, {TORGET: {"text": "Sex möten."}}))
    more = {TORGET: {"text": "Sex möten, och ett till."}, VANDRING: {"text": "En vandring."}}
    page = words_of(place.send(filled(empty, more)))
    assert "Ändrat sedan filen gjordes" not in page

    place.read_in()

    assert place.answers() == ["En vandring.", "Sex möten, och ett till."]


def test_the_partys_file_stands_instead_of_what_the_samordnare_had_suggested(place):
    content = filled(place.fetch(), {TORGET: {"text": "Sju möten."}})
    place.answer(place.samordnare, text="Sex möten.", state="genomford")
    place.answer(place.samordnare, VANDRING, text="En vandring.")

    page = words_of(place.send(content))
    assert "ett förslag åt Polisen som parten inte har bekräftat" in page
    assert "Sex möten." in page

    place.read_in()
    said = place.said()
    assert (said.text, said.state, said.is_draft) == ("Sju möten.", "", False)
    assert place.said(VANDRING).is_draft  # the file says nothing of it


def test_what_the_party_has_confirmed_is_no_suggestion_any_more(place):
    content = filled(place.fetch(), {TORGET: {"text": "Sju möten."}})
    place.answer(place.samordnare, text="Sex möten.")
    confirm(actor=place.kommunpolis, about=place.about(TORGET), seen=99)

    place.sent_and_read_in(content)

    assert place.said().text == "Sex möten."
    assert ExchangeFile.objects.get().conflicts


def test_a_file_that_comes_when_the_round_has_closed_waits_for_the_samordnare(place):
    content = filled(place.fetch(), {TORGET: {"text": "Sex möten."}})
    close_round(actor=place.samordnare, plan=place.plan, round_=place.round)

    assert "är stängd" in words_of(place.send(content))
    assert "samordnaren kan släppa in dem" in words_of(place.read_in())
    assert not FollowUp.objects.exists()

    late = LateAnswer.objects.get()
    where = [place.district.slug, place.plan.pk, place.round.pk, late.pk]
    place.client.post(reverse("round-late", args=where), {"gor": "slapp-in"})
    assert (place.said().text, place.said().is_draft) == ("Sex möten.", False)


def test_a_file_is_not_handed_out_of_a_closed_round(place):
    close_round(actor=place.samordnare, plan=place.plan, round_=place.round)

    page = words_of(place.client.post(place.address("out"), follow=True))

    assert "är stängd. Öppna den igen" in page
    assert not Dispatch.objects.exists()


# --- Refused: every reason at once, and nothing is changed ---


def test_a_file_with_faults_is_refused_with_every_reason_and_nothing_is_changed(place):
    content = filled(
        place.fetch(),
        {TORGET: {"text": "Sex möten.", "state": "nästan"}, VANDRING: {"meetings_held": "några"}},
        add="En åtgärd till",
    )

    page = place.send(content)

    assert page.status_code == 422
    words = words_of(page)
    for said in ("”nästan” finns inte i listan", "inget helt tal", "finns inte i planen"):
        assert said in words
    assert not FollowUp.objects.exists()
    assert not ExchangeFile.objects.exists()


def test_a_file_of_another_party_round_or_plan_is_refused(place):
    content = place.fetch()
    other_round = a_round(place.plan, name="En annan omgång")
    of_another = Place(place.client)
    elsewhere = of_another.fetch()
    place.client.force_login(place.samordnare)

    assert "Filen är gjord för" in words_of(place.send(content, place.sdf))
    assert "Läs in den i sin egen plan" in words_of(place.send(elsewhere))
    place.round = other_round
    assert "Välj en annan fil" in words_of(place.send(content))
    assert not ExchangeFile.objects.exists()


@pytest.mark.parametrize("content", [b"", b"Hej", b"PK\x03\x04"])
def test_what_is_no_utbytesfil_is_refused_in_a_sentence(place, content):
    page = place.send(content)

    assert page.status_code == 422
    assert "kan inte läsas in. Inget är ändrat" in words_of(page)


def test_a_form_without_a_file_asks_for_one(place):
    page = place.client.post(place.address())

    assert page.status_code == 422
    assert "Välj en fil." in words_of(page)


def test_who_may_not_read_it_in_is_told_before_a_byte_is_read(place):
    class Unread(FakePayload):
        def read(self, *args):
            raise AssertionError("läst")

    place.client.force_login(a_member(Role.READER, place.district))
    sent = {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": "9",
        "wsgi.input": Unread(b"x" * 9),
    }
    assert place.client.post(place.address(), **sent).status_code == 403

    place.client.force_login(place.samordnare)
    sent["CONTENT_LENGTH"] = str(MOST_BYTES * 2)
    page = place.client.post(place.address(), **sent)
    assert page.status_code == 413
    assert "större än 25 MB" in words_of(page)


def test_the_button_pressed_twice_reads_it_in_once(place):
    place.send(filled(place.fetch(), {TORGET: {"text": "Sex möten."}}))
    file = ExchangeFile.objects.get()
    place.read_in()

    again = place.client.post(place.address("in", None, file.pk), {"gor": "las-in"}, follow=True)

    assert "redan inläst" in words_of(again)
    assert Dispatch.objects.filter(kind="fil_in").count() == 1


def test_a_file_that_is_not_read_in_is_thrown_away_at_once_or_when_its_time_is_up(place):
    content = filled(place.fetch(), {TORGET: {"text": "Sex möten."}})
    place.send(content)
    first = ExchangeFile.objects.get()
    place.client.post(place.address("in", None, first.pk), {"gor": "kasta"})
    assert not ExchangeFile.objects.exists()
    assert place.client.get(place.address("in", None, first.pk)).status_code == 404

    place.send(content)
    forget_exchange_file.call(file_id=ExchangeFile.objects.get().pk)
    assert not ExchangeFile.objects.exists()
    assert not FollowUp.objects.exists()


def test_a_file_that_was_read_in_is_kept(place):
    place.sent_and_read_in(filled(place.fetch(), {TORGET: {"text": "Sex möten."}}))

    forget_exchange_file.call(file_id=ExchangeFile.objects.get().pk)

    assert ExchangeFile.objects.exists()


# --- What a party undertakes, while the plan is written ---


def test_what_a_party_undertakes_is_filled_in_and_merged_into_the_draft(draft):
    content = filled(
        draft.fetch(), {TORGET: {"text": "Patrullerar torget.", "contact_role": "Kommunpolis"}}
    )
    theirs = Commitment.objects.get(action=draft.actions[TORGET], party=draft.police)
    write(
        actor=draft.kommunpolis,
        work=draft.plan,
        kind=KINDS["commitment"],
        row=theirs.uuid,
        typed={"contact_role": "Områdespolis"},
        seen=draft.version,
    )

    page = words_of(draft.sent_and_read_in(content))

    theirs.refresh_from_db()
    assert (theirs.text, theirs.contact_role) == ("Patrullerar torget.", "Områdespolis")
    assert "ändrade samma fält" in page
    draft.choose("contact_role", gor="valj", contact_role="Kommunpolis")
    theirs.refresh_from_db()
    assert theirs.contact_role == "Kommunpolis"


def test_the_files_of_a_draft_are_among_its_downloads_and_gone_when_it_is_decided(draft):
    where = reverse("plan-files", args=[draft.district.slug, draft.plan.year])
    assert draft.address() in draft.client.get(where).content.decode()
    content = draft.fetch()
    settle(draft.plan)
    a_decision(draft.plan)

    assert draft.address() not in draft.client.get(where).content.decode()
    assert draft.send(content).status_code == 403


def test_an_action_that_is_gone_is_told_and_left(draft):
    content = filled(
        draft.fetch(), {TORGET: {"text": "Patrullerar."}, VANDRING: {"text": "Går med."}}
    )
    Commitment.objects.filter(action=draft.actions[VANDRING], party=draft.police).delete()

    page = words_of(draft.send(content))
    assert "finns inte längre bland partens åtgärder" in page
    draft.read_in()

    assert Commitment.objects.get(action=draft.actions[TORGET], party=draft.police).text == (
        "Patrullerar."
    )


def test_the_file_that_came_back_is_downloaded_again_as_it_came(client):
    place = Place(client)
    content = filled(place.fetch(), {TORGET: {"text": "Vi var på plats."}})
    place.send(content, name="polisen ifylld.xlsx")
    page = place.client.get(place.address())
    address = next(link for _, _, link in page.context["kept"])
    assert "inte inläst" in words_of(page)
    place.read_in()

    page = place.client.get(place.address())
    response = place.client.get(address)

    assert "polisen ifylld.xlsx" in words_of(page)
    assert f"av {place.samordnare.name}" in words_of(page)
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    # And by no one whom the part is not for.
    other = a_member(Role.EDITOR, place.district, place.sdf)
    for user in (other, a_member(Role.READER, place.district)):
        client.force_login(user)
        assert client.get(address).status_code in (403, 404)


def test_a_rounds_file_is_still_there_when_a_new_revision_is_in_force(client):
    place = Place(client)
    place.sent_and_read_in(filled(place.fetch(), {TORGET: {"text": "Vi var på plats."}}))
    settle(place.plan, in_force=False)
    newer = a_plan(place.district, 2026, revision=2, agreement=place.plan.agreement)
    an_action(newer, place.police, name=TORGET)
    place.plan = settle(newer)
    a_decision(newer)

    (_, _, address) = place.client.get(place.address()).context["kept"][0]

    assert place.client.get(address).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://ond.exempel.se";"Klicka")',
        "+46|' /C calc'!A0",
        "@SUM(1+1)",
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "Före_x000B_efter _x0000_",
        "\u202egnp.exe och \u2066vidare",
        "ö" * 32_767,
    ],
    ids=["formel", "kommando", "at", "skript", "styrtecken", "höger till vänster", "längst"],
)
def test_whatever_is_written_in_the_file_is_words_on_the_page_and_in_the_next_file(place, text):
    content = filled(place.fetch(), {TORGET: {"text": text}})
    book = load_workbook(BytesIO(content))
    for row in next(one for one in book if one.title not in (SHEET, "Fortsättning")).iter_rows():
        for cell in row:
            if cell.value == text:
                cell.data_type = "s"  # typed with a ' before it, as text
    saved = BytesIO()
    book.save(saved)

    preview = place.send(saved.getvalue()).content.decode()
    after = place.read_in().content.decode()
    said = place.said().text
    again = place.fetch()

    assert said.strip()
    assert not {"\x0b", "\x00"} & set(said)
    for page in (preview, after):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert escape(said[:40]) in page
    cells = [cell for sheet in load_workbook(BytesIO(again)) for row in sheet for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" and "SUM(1" in str(cell.value)]
    written = [cell for cell in cells if str(cell.value or "").startswith(said[:20])]
    assert written
    assert {cell.data_type for cell in written} == {"s"}
