"""Whoever may not log in answers through a link: for one party, in one round, for a time."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plans.limits import RATES
from plans.models import (
    AnswerChange,
    AnswerLink,
    CalendarAddress,
    Dispatch,
    FollowUp,
    LateAnswer,
    Understanding,
)
from plans.services import answering, links
from plans.services.answering import About
from plans.services.rounds import close_round
from plans.tokens import token_of
from plans.vocabulary import RoundKind
from samverkan.journal.kinds import Kind, sentence
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member
from tests.follow_up.rounds import PARTNER, a_followed_up_plan, a_round, card_of, page_of
from tests.plans.test_creation_race import at_once

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def it():
    return a_followed_up_plan()


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """A link that is sent, and its letter."""

    def sent(it, **fields) -> AnswerLink:
        with django_capture_on_commit_callbacks(execute=True):
            return it.link(**fields)

    return sent


def journal(kind: Kind) -> list[str]:
    return [sentence(entry) for entry in Entry.objects.filter(kind=kind).order_by("pk")]


# Sent ---------------------------------------------------------------------------------------------


def test_the_letter_has_the_way_in_and_says_what_it_is(it, send, client):
    link = send(it)
    (letter,) = mail.outbox
    assert letter.to == [PARTNER]
    assert letter.subject == "Uppföljning: Tertial 1 2026, Järva"
    assert "Bostadsbolaget" in letter.body
    assert "skicka den inte vidare" in letter.body
    assert "Trygga portar" not in letter.body
    (address,) = re.findall(r"http://\S+(/svara/\S+)", str(letter.body))
    assert client.get(address).status_code == 200
    assert journal(Kind.LINK_SENT) == [
        f"{it.samordnare.name} skickade en svarslänk för Tertial 1 2026 av {it.plan} till "
        f"Bostadsbolaget ({PARTNER})."
    ]
    assert token_of(link) not in str(AnswerLink.objects.values())


def test_it_lasts_until_two_weeks_after_the_last_day(it):
    last = timezone.localtime(it.link().expires_at).date()
    assert last == it.round.due_date + timedelta(14)


def test_but_never_more_than_ninety_days(it):
    far = a_round(it.plan, name="VB", due_in=200)
    assert links.usual_last_day(far) == timezone.localdate() + timedelta(90)
    with pytest.raises(ValidationError, match="Välj en dag"):
        it.link(last_day=timezone.localdate() + timedelta(91))
    with pytest.raises(ValidationError, match="Välj en dag"):
        it.link(last_day=timezone.localdate() - timedelta(1))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER, Role.READER])
def test_only_who_opens_rounds_sends_links(it, role):
    it.samordnare = a_member(role, it.district)
    with pytest.raises(PermissionDenied):
        it.link()


def test_who_gets_a_new_link_has_no_use_for_the_old(it, client):
    old, other, new = it.link(), it.link(email="en.annan@bostadsbolaget.example"), it.link()
    assert [client.get(page_of(link)).status_code for link in (old, other, new)] == [410, 200, 200]


def test_the_samordnare_sends_and_takes_back_on_the_pages_of_the_round(
    it, client, django_capture_on_commit_callbacks
):
    client.force_login(it.samordnare)
    place = [it.district.slug, it.plan.pk, it.round.pk]
    form = reverse("round-link", args=place)
    page = client.get(form, {"part": it.partner.key}).content.decode()
    assert f'value="{it.partner.pk}" selected' in page
    words = {"party": it.partner.pk, "email": PARTNER, "last_day": f"{it.round.due_date}"}
    wrong = client.post(form, words | {"email": "vaktmästaren"})
    assert "Skriv en hel e-postadress" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(form, words).status_code == 302
    assert len(mail.outbox) == 1
    of_round = client.get(reverse("round", args=place)).content.decode()
    assert PARTNER in of_round
    link = AnswerLink.objects.get()
    client.post(reverse("round-link-revoke", args=[*place, link.pk]))
    assert client.get(page_of(link)).status_code == 410
    assert "återkallad" in client.get(reverse("round", args=place)).content.decode()
    assert len(journal(Kind.LINK_REVOKED)) == 1


# Used ---------------------------------------------------------------------------------------------


def test_the_page_shows_what_the_party_has_promised_and_nothing_else(it, client):
    FollowUp.objects.create(
        round=it.round, action=it.shared.uuid, party=it.police, text="Polisens egna ord."
    )
    page = client.get(page_of(it.link())).content.decode()
    assert "Trygga portar" in page
    assert "Bostadsbolaget deltar." in page
    for hidden in ("Punktmarkering", "Polisens egna ord", f"{it.police} deltar", "Logga ut"):
        assert hidden not in page


def test_whoever_is_logged_in_as_somebody_else_is_here_the_holder_of_the_link(it, client):
    client.force_login(it.samordnare)
    page = client.get(page_of(it.link())).content.decode()
    assert it.samordnare.name not in page
    client.post(card_of(it.link(), it.shared), {"text": "Klart.", "seen": 0}, headers=JSON)
    answer = FollowUp.objects.get()
    assert (answer.written_by, answer.written_through.email) == (None, PARTNER)


def test_the_address_is_kept_to_those_who_have_it(it, client):
    for response in (
        client.get(page_of(it.link())),
        client.get(reverse("answer-link", args=["1.fel"])),
        client.post(card_of(it.link(), it.shared), {"text": "Klart.", "seen": 0}),
    ):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]


def test_no_address_is_written_in_the_log(it, client, caplog):
    link = it.link()
    card = card_of(link, it.shared)
    client.post(card, {"meetings_held": "många", "seen": 0}, headers=JSON)
    client.get(card)
    links.revoke_link(actor=it.samordnare, plan=it.plan, link=link)
    client.get(page_of(link))
    assert token_of(link) not in caplog.text


@pytest.mark.parametrize("headers", [{}, JSON], ids=["form", "script"])
def test_an_answer_is_the_partys_own(it, client, headers):
    client = Client(enforce_csrf_checks=True)
    link = it.link()
    fields = {"text": "Vi bytte alla portar.", "state": "pagar", "seen": 0, "sida": page_of(link)}
    answer = client.post(card_of(link, it.shared), fields, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    row = FollowUp.objects.get()
    assert (row.party, row.text, row.state) == (it.partner, "Vi bytte alla portar.", "pagar")
    assert not row.is_draft
    assert {change.who for change in AnswerChange.objects.all()} == {"Bostadsbolaget, genom länk"}
    assert "Vi bytte alla portar." in client.get(page_of(link)).content.decode()


def test_the_party_says_that_a_draft_is_so(it, client):
    about = About(it.plan, it.round, it.shared.uuid, it.partner)
    answering.answer(actor=it.samordnare, about=about, typed={"text": "Portarna är bytta."}, seen=0)
    client.post(card_of(it.link(), it.shared), {"gor": "bekrafta", "seen": 9}, headers=JSON)
    assert not FollowUp.objects.get().is_draft
    assert len(journal(Kind.LINK_ANSWERED)) == 1


def test_what_another_wrote_meanwhile_is_shown_beside_mine(it, client):
    first, second = it.link(), it.link(email="en.annan@bostadsbolaget.example")
    client.post(card_of(first, it.shared), {"text": "Det första.", "seen": 1}, headers=JSON)
    mine = {"text": "Mitt.", "seen": 1, "sida": page_of(second)}
    by_script = client.post(card_of(second, it.shared), mine, headers=JSON)
    assert by_script.status_code == 409
    as_form = client.post(card_of(second, it.shared), mine)
    assert as_form.status_code == 409
    for html in (by_script.json()["conflict"], as_form.content.decode()):
        assert "Det första." in html
        assert "Mitt." in html
        assert f'action="{card_of(second, it.shared)}"' in html
        assert "/jarva/plan/" not in html


@pytest.mark.parametrize("which", ["the police's own", "none at all"])
def test_another_partys_action_is_not_there(it, client, which):
    link = it.link()
    action = it.police_only if which == "the police's own" else a_followed_up_plan("Ö", "o").shared
    response = client.post(card_of(link, action), {"text": "Klart.", "seen": 0}, headers=JSON)
    assert response.status_code == 404
    assert not FollowUp.objects.exists()


def test_an_action_that_the_round_does_not_ask_for_is_not_there(it, client):
    Understanding.objects.create(
        period=it.plan.period, action=it.shared.uuid, rounds=["T2"], by=it.samordnare
    )
    it.round.kind = RoundKind.T1
    it.round.save()
    link = it.link()
    assert client.post(card_of(link, it.shared), {"text": "x"}, headers=JSON).status_code == 404
    assert "har inget att svara på" in client.get(page_of(link)).content.decode()


# Told of ------------------------------------------------------------------------------------------


def test_each_visit_is_in_the_journal_once(it, client):
    link = it.link()
    client.get(page_of(link))
    client.get(page_of(link))
    assert journal(Kind.LINK_OPENED) == [
        f"Bostadsbolaget öppnade svarslänken för Tertial 1 2026 av {it.plan} ({PARTNER})."
    ]
    link.refresh_from_db()
    assert link.used_at


def test_a_mail_filter_that_only_looks_leaves_no_trace(it, client):
    link = it.link()
    assert client.head(page_of(link)).status_code == 200
    link.refresh_from_db()
    assert link.used_at is None
    assert journal(Kind.LINK_OPENED) == []


def test_and_one_that_reads_the_page_answers_nothing(it, client):
    client.get(page_of(it.link()))
    assert client.get(card_of(it.link(), it.shared)).status_code == 405
    assert not FollowUp.objects.exists()
    assert not Dispatch.objects.exists()


def test_what_is_answered_is_in_the_journal_and_once_a_day_for_the_registrator(it, client):
    link = it.link()
    card = card_of(link, it.shared)
    for fields in ({"text": "Portarna är bytta."}, {"state": "genomford"}, {"meetings_held": "3"}):
        client.post(card, fields | {"seen": 9}, headers=JSON)
    assert journal(Kind.LINK_ANSWERED) == [
        f"Bostadsbolaget svarade genom länk i Tertial 1 2026 av {it.plan} ({PARTNER}): "
        "Trygga portar."
    ]
    (dispatch,) = Dispatch.objects.all()
    assert (dispatch.kind, dispatch.party_name) == ("lank", "Bostadsbolaget")
    assert dispatch.note == f"Tertial 1 2026, genom länk till {PARTNER}"
    assert dispatch.content_hash == it.plan.decision.sha256


# Ended --------------------------------------------------------------------------------------------


def an_ended_link(it, how: str) -> AnswerLink:
    link = it.link()
    match how:
        case "its time is over":
            AnswerLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
        case "taken back":
            links.revoke_link(actor=it.samordnare, plan=it.plan, link=link)
        case "the round is closed":
            close_round(actor=it.samordnare, plan=it.plan, round_=it.round)
        case "no plan is in force":
            type(it.plan).objects.filter(pk=it.plan.pk).update(in_force=False)
    return link


ENDED = ["its time is over", "taken back", "the round is closed", "no plan is in force"]


@pytest.mark.parametrize("how", ENDED)
def test_an_ended_link_says_whom_to_ask_and_not_why(it, client, how):
    response = client.get(page_of(an_ended_link(it, how)))
    page = response.content.decode()
    assert response.status_code == 410
    assert "Fråga samordnaren i Järva" in page
    assert "Trygga portar" not in page
    for reason in ("återkallad", "stängd", "gick ut"):
        assert reason not in page


@pytest.mark.parametrize("how", [how for how in ENDED if how != "the round is closed"])
def test_what_is_sent_through_an_ended_link_is_given_back(it, client, how):
    link = an_ended_link(it, how)
    as_form = client.post(card_of(link, it.shared), {"text": "Det jag skrev.", "seen": 0})
    assert as_form.status_code == 410
    assert "Det jag skrev." in as_form.content.decode()
    by_script = client.post(card_of(link, it.shared), {"text": "x", "seen": 0}, headers=JSON)
    assert (by_script.status_code, "samordnaren i Järva" in by_script.json()["sentence"]) == (
        410,
        True,
    )
    assert not FollowUp.objects.exists()


def test_what_was_written_when_the_round_closed_is_kept_for_the_samordnare(it, client):
    link = an_ended_link(it, "the round is closed")
    fields = {"text": "Kom sent.", "seen": 0, "sida": page_of(link)}
    page = client.post(card_of(link, it.shared), fields, follow=True).content.decode()
    assert "Din text är sparad hos samordnaren" in page
    late = LateAnswer.objects.get()
    assert (late.through, late.typed["text"]) == (link, "Kom sent.")
    assert "kom när uppföljningen var stängd" in journal(Kind.LINK_ANSWERED)[0]


def test_a_link_that_is_taken_back_while_an_answer_is_on_its_way_lets_nothing_in(it):
    link = it.link()
    AnswerLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())
    about = About(it.plan, it.round, it.shared.uuid, it.partner)
    with pytest.raises(answering.LinkEnded):
        answering.answer(actor=link, about=about, typed={"text": "x"}, seen=0)


@pytest.mark.parametrize("alter", ["another number", "another end", "nothing but a number"])
def test_an_altered_address_opens_nothing(it, client, alter):
    link, other = it.link(), it.link(email="en.annan@bostadsbolaget.example")
    number, signature = token_of(link).split(".")
    token = {
        "another number": f"{other.pk}.{signature}",
        "another end": f"{number}.{signature[:-2]}xx",
        "nothing but a number": number,
    }[alter]
    response = client.get(reverse("answer-link", args=[token]))
    assert response.status_code == 404
    assert "Järva" not in response.content.decode()


def test_a_calendars_address_is_no_link(it, client):
    link = it.link()
    calendar = token_of(CalendarAddress(pk=link.pk))
    assert client.get(reverse("answer-link", args=[calendar])).status_code == 404


@pytest.mark.parametrize("token", ["of a link", "guessed"])
def test_whoever_asks_too_often_waits(it, client, token, monkeypatch):
    monkeypatch.setitem(RATES, "answer-link", "4/m/ip,2/m/key")
    address = page_of(it.link())
    guessed = [reverse("answer-link", args=[f"{number}.gissad"]) for number in range(5)]
    asked = [address] * 3 if token == "of a link" else guessed
    *before, last = [client.get(url) for url in asked]
    assert 429 not in {response.status_code for response in before}
    assert last.status_code == 429
    assert "Vänta en stund" in last.content.decode()


# At once ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_taken_back_and_answered_at_once_is_one_or_the_other():
    it = a_followed_up_plan()
    link = it.link()
    about = About(it.plan, it.round, it.shared.uuid, it.partner)
    by_link = AnswerLink.objects.get(pk=link.pk)
    met = at_once(
        partial(answering.answer, actor=by_link, about=about, typed={"text": "Klart."}, seen=0),
        partial(links.revoke_link, actor=it.samordnare, plan=it.plan, link=link),
    )
    link.refresh_from_db()
    assert link.revoked_at
    refused = [one for one in met if isinstance(one, answering.LinkEnded)]
    assert FollowUp.objects.exists() is (not refused)
