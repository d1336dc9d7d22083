"""Who is reminded of what, when; and once."""

import re
from datetime import date, timedelta
from functools import partial
from io import StringIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plans.models import FollowUp, FollowUpRound, Reminder
from plans.services.links import revoke_link
from plans.services.reminding import choose, digests, occasion_of, remind, remind_now
from plans.services.rounds import Words, open_city_round, open_round
from plans.vocabulary import Occasion, RoundKind
from samverkan.journal.kinds import Kind
from samverkan.journal.models import Entry
from samverkan.organisation.models import Membership, User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member
from tests.follow_up.rounds import PARTNER, a_followed_up_plan, a_round
from tests.plans.test_creation_race import at_once

pytestmark = pytest.mark.django_db

OPENED, WEEK_BEFORE, ON_THE_DAY, AFTER = Occasion


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """The letters that a call gives, by address."""

    def letters(call=remind, **words) -> dict[str, str]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            call(**words)
        by_address = {letter.to[0]: str(letter.body) for letter in mail.outbox}
        assert len(by_address) == len(mail.outbox), "more than one to somebody"
        return by_address

    return letters


def a_police_officer(it) -> User:
    return a_member(Role.EDITOR, it.district, it.police)


def answer(it, *actions, party=None, round_=None) -> None:
    for action in actions:
        FollowUp.objects.create(
            round=round_ or it.round, action=action.uuid, party=party or it.police, text="Klart."
        )


# When ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opened", "due_in", "occasion"),
    [
        (0, 30, OPENED),
        (0, 0, OPENED),  # opened on its last day: that is what there is to tell
        (3, 30, OPENED),  # the worker stood still that day
        (8, 30, None),
        (30, 8, None),
        (30, 7, WEEK_BEFORE),
        (30, 1, WEEK_BEFORE),  # made up for
        (3, 3, OPENED),  # opened within the week: nobody is told twice of it
        (30, 0, ON_THE_DAY),
        (30, -1, AFTER),
        (30, -20, AFTER),
    ],
)
def test_what_there_is_to_tell_hangs_on_the_day(opened, due_in, occasion):
    it = a_followed_up_plan(opened=opened, due_in=due_in)
    assert occasion_of(it.round, timezone.localdate()) == occasion


def test_each_occasion_is_told_once_through_the_whole_round(sent):
    it = a_followed_up_plan(opened=0, due_in=30)
    anna = a_police_officer(it)
    told = []
    for day in range(45):
        today = timezone.localdate() + timedelta(day)
        if anna.email in sent(today=today):
            told.append(day)
    assert told == [0, 23, 30, 31]


def test_twice_on_the_same_day_sends_nothing_more(sent):
    it = a_followed_up_plan(due_in=0, opened=20)
    a_police_officer(it)
    assert sent()
    assert sent() == {}


# To whom, and what ----------------------------------------------------------------------------------


def test_one_letter_about_everything_that_is_left(sent):
    it, other = a_followed_up_plan(due_in=7, opened=20), a_followed_up_plan("Farsta", "farsta")
    a_round(it.plan, name="Egen uppföljning")
    anna = a_police_officer(it)
    a_member(Role.EDITOR, other.district, other.police, user=anna)
    answer(it, it.shared)
    letter = sent()[anna.email]
    assert "Tertial 1 2026, Järva: 1 av 2 kvar för Polisen" in letter
    assert "Egen uppföljning, Järva: 2 av 2 kvar för Polisen" in letter
    assert "Tertial 1 2026, Farsta: 2 av 2 kvar för Polisen" in letter
    assert "/mina-ataganden/" in letter
    assert "/paminnelser/" in letter


def test_a_day_that_has_passed_is_said_to_have_passed(sent):
    it = a_followed_up_plan(due_in=-1, opened=20)
    anna = a_police_officer(it)
    assert "för Polisen, sista dagen var" in sent()[anna.email]


def test_no_word_of_the_plan_or_of_an_answer_is_in_it(sent):
    it = a_followed_up_plan(due_in=0, opened=20)
    a_police_officer(it)
    it.link()
    FollowUp.objects.create(
        round=it.round, action=it.shared.uuid, party=it.police, text="Hemliga ord.", is_draft=True
    )
    letters = sent(today=timezone.localdate() + timedelta(1))
    assert len(letters) == 3
    for letter in letters.values():
        for word in ("Trygga portar", "Punktmarkering", "deltar", "Hemliga"):
            assert word not in letter


def test_nothing_where_all_is_answered(sent):
    it = a_followed_up_plan(due_in=0, opened=20)
    anna = a_police_officer(it)
    answer(it, it.shared, it.police_only)
    answer(it, it.shared, party=it.partner)
    it.link()
    assert sent(today=timezone.localdate() + timedelta(1)) == {}
    FollowUp.objects.filter(action=it.police_only.uuid).update(is_draft=True)
    assert anna.email in sent(today=timezone.localdate() + timedelta(1))


@pytest.mark.parametrize("how", ["closed", "not opened", "asks another party", "no plan in force"])
def test_nothing_of_a_round_that_asks_nothing(sent, how):
    it = a_followed_up_plan(due_in=0, opened=20)
    anna = a_police_officer(it)
    match how:
        case "closed":
            FollowUpRound.objects.update(closed_at=timezone.now())
        case "not opened":
            FollowUpRound.objects.update(opened_at=None)
        case "asks another party":
            it.round.parties.set([it.partner])
        case "no plan in force":
            type(it.plan).objects.update(in_force=False)
    assert anna.email not in sent()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.READER, Role.CITY])
def test_who_does_not_answer_is_not_reminded(sent, role):
    it = a_followed_up_plan(due_in=0, opened=20)
    somebody = a_member(role, it.district)
    assert somebody.email not in sent()


def test_who_has_left_is_not_reminded(sent):
    it = a_followed_up_plan(due_in=0, opened=20)
    anna = a_police_officer(it)
    Membership.objects.filter(user=anna).update(is_active=False)
    assert anna.email not in sent()


def test_the_samordnare_hears_how_many_parties_are_left(sent):
    it = a_followed_up_plan(due_in=7, opened=20)
    answer(it, it.shared, party=it.partner)
    letter = sent()[it.samordnare.email]
    assert "Tertial 1 2026, Järva: 1 av 2 parter har inte svarat på allt" in letter
    assert reverse("round", args=["jarva", it.plan.pk, it.round.pk]) in letter
    assert "Det här väntar på ditt svar" not in letter


def test_she_is_not_told_of_what_she_has_opened_herself(sent):
    it = a_followed_up_plan()
    anna = a_police_officer(it)
    assert set(sent()) == {anna.email}


def test_who_has_a_link_is_reminded_through_it_while_it_holds(sent, client):
    it = a_followed_up_plan(due_in=7, opened=20)
    link = it.link()
    assert PARTNER not in sent()  # she has just had it
    tomorrow = timezone.localdate() + timedelta(1)
    letter = sent(today=tomorrow)[PARTNER]
    assert "Bostadsbolaget har 1 svar kvar" in letter
    (address,) = re.findall(r"(/svara/\S+)", letter)
    assert client.get(address).status_code == 200
    assert PARTNER not in sent(today=tomorrow)
    revoke_link(actor=it.samordnare, plan=it.plan, link=link)
    assert PARTNER not in sent(today=tomorrow + timedelta(6))


# One's own choice -----------------------------------------------------------------------------------


def test_each_chooses_what_to_be_reminded_of(sent, client):
    it = a_followed_up_plan(due_in=7, opened=20)
    anna = a_police_officer(it)
    client.force_login(anna)
    address = reverse("reminders")
    assert client.get(address).content.decode().count("checked") == 4
    client.post(address, {"occasions": [ON_THE_DAY]})
    assert client.get(address).content.decode().count("checked") == 1
    assert anna.email not in sent()
    assert anna.email in sent(today=it.round.due_date)
    client.post(address, {})
    assert client.get(address).content.decode().count("checked") == 0
    assert anna.email not in sent(today=it.round.due_date + timedelta(1))


def test_what_was_not_wanted_is_not_kept_for_later(sent):
    it = a_followed_up_plan(due_in=7, opened=20)
    anna = a_police_officer(it)
    choose(anna, [])
    sent()
    choose(anna, Occasion.values)
    assert anna.email in sent()


# Opened ---------------------------------------------------------------------------------------------


def words(name: str = "Tertial 2", due_in: int = 20) -> Words:
    due = timezone.localdate() + timedelta(due_in)
    return Words(RoundKind.OWN, name, date(due.year, 12, 31), due)


def test_the_members_are_told_at_once_when_a_round_opens(sent):
    it = a_followed_up_plan(opened=20)
    anna = a_police_officer(it)
    open_it = partial(open_round, actor=it.samordnare, plan=it.plan, words=words())
    assert "Tertial 2, Järva: 2 av 2 kvar" in sent(open_it)[anna.email]
    assert sent() == {}


@pytest.mark.django_db(transaction=True)
def test_when_the_city_opens_one_everywhere_each_has_one_letter():
    it, other = a_followed_up_plan(opened=20), a_followed_up_plan("Farsta", "farsta", opened=20)
    anna = a_police_officer(it)
    a_member(Role.EDITOR, other.district, other.police, user=anna)
    mail.outbox.clear()
    open_city_round(
        actor=a_member(Role.CITY),
        city=it.district.municipality,
        words=words(),
        plans=[it.plan, other.plan],
    )
    to_anna = [str(letter.body) for letter in mail.outbox if letter.to == [anna.email]]
    (letter,) = to_anna
    assert "Tertial 2, Järva" in letter
    assert "Tertial 2, Farsta" in letter
    # it was not she who opened it
    assert [it.samordnare.email] in [letter.to for letter in mail.outbox]


# By hand --------------------------------------------------------------------------------------------


def test_the_samordnare_reminds_those_who_have_answers_left_once_a_day(sent, client):
    it = a_followed_up_plan(opened=9, due_in=20)
    anna, has_answered = a_police_officer(it), a_member(Role.EDITOR, it.district, it.partner)
    choose(anna, [])
    answer(it, it.shared, party=it.partner)
    client.force_login(it.samordnare)
    address = reverse("round-remind", args=["jarva", it.plan.pk, it.round.pk])
    assert set(sent(partial(client.post, address))) == {anna.email}
    page = client.post(address, follow=True).content.decode()
    assert "De har redan påmints i dag" in page
    assert Entry.objects.filter(kind=Kind.ROUND_REMINDED).count() == 1
    assert has_answered.email not in {letter.to[0] for letter in mail.outbox}


def test_nobody_is_reminded_of_a_closed_round():
    it = a_followed_up_plan()
    FollowUpRound.objects.update(closed_at=timezone.now())
    with pytest.raises(ValidationError, match="stängd"):
        remind_now(actor=it.samordnare, plan=it.plan, round_=it.round)


# The command ----------------------------------------------------------------------------------------


def test_a_dry_run_says_to_whom_and_what_and_does_nothing(django_capture_on_commit_callbacks):
    it = a_followed_up_plan(due_in=0, opened=20)
    anna = a_police_officer(it)
    said = StringIO()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remind", "--dry-run", stdout=said)
    assert f"{anna.email}: Tertial 1 2026, Järva: på sista dagen. 2 svar kvar." in said.getvalue()
    assert "2 påminnelser skulle skickas." in said.getvalue()
    assert mail.outbox == []
    assert not Reminder.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remind", stdout=said)
    assert "2 påminnelser skickade." in said.getvalue()
    assert len(mail.outbox) == 2


def test_a_party_that_is_waited_for_in_two_rounds_is_counted_once():
    it = a_followed_up_plan(due_in=0, opened=20)
    a_round(it.plan, name="Egen", due_in=0, opened=20)
    said = StringIO()
    call_command("remind", "--dry-run", stdout=said)
    line = next(one for one in said.getvalue().splitlines() if it.samordnare.email in one)
    assert "Väntar på 2 parter." in line  # the police and the partner


def test_it_asks_as_much_however_many_rounds_and_people_there_are():
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert digests(timezone.localdate())
        return len(asked)

    it = a_followed_up_plan(due_in=0, opened=20)
    a_police_officer(it)
    it.link()
    few = questions()
    for number in range(4):
        more = a_followed_up_plan(f"Område {number}", f"omrade-{number}", due_in=0, opened=20)
        for _ in range(3):
            a_police_officer(more)
        a_round(more.plan, name="Egen", due_in=0, opened=20)
        more.link()
    assert questions() == few <= 20


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_send_one_letter_to_each():
    it = a_followed_up_plan(due_in=0, opened=20)
    a_police_officer(it)
    met = at_once(remind, remind)
    assert sorted(len(sent) for sent in met) in ([0, 2], [1, 1])
    assert len(mail.outbox) == 2
    assert Reminder.objects.count() == 2


# What a name may hold -------------------------------------------------------------------------------

HOSTILE = "Tertial 1\r\nBcc: ond@exempel.se\n\nLogga in: https://ond.exempel.se"


def test_no_name_makes_a_header_or_a_line_of_its_own_in_a_letter(
    django_capture_on_commit_callbacks,
):
    """Such a name comes with a file that is read in. The letters are sent all the same."""
    it = a_followed_up_plan(due_in=0, opened=20, name=HOSTILE)
    it.district.name = HOSTILE
    it.police.short_name = it.partner.short_name = HOSTILE[:60]  # as much as there is room for
    for row in (it.district, it.police, it.partner):
        row.save()
    anna = a_police_officer(it)
    User.objects.update(name=HOSTILE)
    with django_capture_on_commit_callbacks(execute=True):
        link = it.link()
        type(link).objects.update(created_at=timezone.now() - timedelta(days=2))
        remind()
    to = [message.to for message in mail.outbox]
    assert sorted(to) == sorted([[PARTNER], [PARTNER], [anna.email], [it.samordnare.email]])
    for message in mail.outbox:
        assert "Bcc" not in message.message()
        assert len(str(message.subject).splitlines()) == 1
        begins = [
            line for line in str(message.body).splitlines() if line.startswith(("Bcc", "Logga"))
        ]
        assert begins == []


def test_a_letter_holds_nothing_of_what_the_plan_or_the_answers_say(
    django_capture_on_commit_callbacks,
):
    it = a_followed_up_plan(
        due_in=0,
        opened=20,
        questions="Frågan om Stolpvägen",
        shared={"name": "Narkotikan i porten", "description": "Kameran på Stolpvägen"},
    )
    FollowUp.objects.create(
        round=it.round, action=it.police_only.uuid, party=it.partner, text="Vi såg Kalle Anka."
    )
    a_police_officer(it)
    with django_capture_on_commit_callbacks(execute=True):
        link = it.link()
        type(link).objects.update(created_at=timezone.now() - timedelta(days=2))
        remind()
    assert len(mail.outbox) == 4
    for message in mail.outbox:
        for secret in ("Stolpvägen", "Narkotikan", "Kalle", "Punktmarkering", "deltar"):
            assert secret not in f"{message.subject}{message.body}"
