"""A calendar of one's own to subscribe to: due dates and meeting days, and nothing that one may not see."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from plans.limits import RATES
from plans.models import CalendarAddress, FollowUpRound, Plan, Understanding
from plans.services.calendars import new_address
from plans.tokens import token_of
from samverkan.organisation.models import Membership, User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member, a_party
from tests.follow_up.rounds import a_followed_up_plan, a_round

pytestmark = pytest.mark.django_db
TUESDAYS = "sista tisdagen i månaden utom juli"


@pytest.fixture
def it():
    return a_followed_up_plan()


@pytest.fixture
def anna(it):
    return a_police_officer(it)


def feed_of(user: User) -> str:
    address = CalendarAddress.objects.filter(user=user, revoked_at=None).first()
    return reverse("calendar-feed", args=[token_of(address or new_address(user))])


def events(client, user: User) -> list[tuple[str, Any]]:
    response = client.get(feed_of(user))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return [
        (str(event["summary"]), event["dtstart"].dt)
        for event in Calendar.from_ical(response.content).walk("VEVENT")
    ]


def a_police_officer(it) -> User:
    return a_member(Role.EDITOR, it.district, it.police)


def test_the_last_day_of_what_is_asked_of_my_party(it, anna, client):
    a_round(it.plan, name="Bara partnern", due_in=9).parties.set([it.partner])
    assert events(client, anna) == [
        ("Tertial 1 2026: svar senast i dag (Järva)", it.round.due_date)
    ]
    FollowUpRound.objects.update(closed_at=timezone.now())
    assert events(client, anna) == []


def test_the_samordnare_has_every_round_of_her_plan(it, client):
    a_round(it.plan, name="Bara partnern", due_in=9).parties.set([it.partner])
    assert len(events(client, it.samordnare)) == 2


def test_the_days_that_the_words_say(client):
    it = a_followed_up_plan(shared={"meeting_frequency": TUESDAYS})
    meetings = [
        day
        for title, day in events(client, a_police_officer(it))
        if title == "Möte: Trygga portar (Järva)"
    ]
    assert len(meetings) == 11
    assert {day.weekday() for day in meetings} == {1}
    assert 7 not in {day.month for day in meetings}


def test_no_days_where_the_words_say_none(client):
    it = a_followed_up_plan(shared={"meeting_frequency": "2 ggr/år"})
    assert len(events(client, a_police_officer(it))) == 1


def test_as_somebody_has_put_it_right(client):
    it = a_followed_up_plan(shared={"meeting_frequency": "2 ggr/år"})
    Understanding.objects.create(
        period=it.plan.period, action=it.shared.uuid, meetings=TUESDAYS, by=it.samordnare
    )
    assert len(events(client, a_police_officer(it))) == 12


def test_not_the_meetings_of_actions_that_are_others(client):
    it = a_followed_up_plan(police_only={"meeting_frequency": TUESDAYS})
    partner = a_member(Role.EDITOR, it.district, it.partner)
    assert len(events(client, partner)) == 1


def test_not_those_of_a_party_of_the_city_where_one_is_there_for_another(client):
    office = a_party(None, name="Trafikkontoret")
    meets = {"meeting_frequency": TUESDAYS}
    it = a_followed_up_plan(with_police=[office])
    other = a_followed_up_plan("Farsta", "farsta", police_only=meets, with_police=[office])
    anna = a_member(Role.EDITOR, it.district, office)
    a_member(Role.EDITOR, other.district, other.partner, user=anna)
    assert len(events(client, anna)) == 2
    a_member(Role.EDITOR, other.district, office, user=anna)
    assert len(events(client, anna)) == 2 + 11


@pytest.mark.parametrize("marked", [{"is_internal": True}, {"internal_fields": ["name"]}])
def test_what_is_internal_has_no_name_outside(client, marked):
    it = a_followed_up_plan(shared={"meeting_frequency": TUESDAYS} | marked)
    assert {title for title, _ in events(client, a_police_officer(it))} == {
        "Tertial 1 2026: svar senast i dag (Järva)",
        "Möte i åtgärdsplanen (Järva)",
    }


# Rights are those of now ----------------------------------------------------------------------------


def test_who_has_left_has_an_empty_calendar(it, anna, client):
    assert events(client, anna)
    Membership.objects.filter(user=anna).update(is_active=False)
    assert events(client, anna) == []


def test_a_plan_that_is_not_in_force_is_not_in_it(it, anna, client):
    feed_of(anna)
    Plan.objects.update(in_force=False)
    assert events(client, anna) == []


def test_who_is_shut_out_has_none(anna, client):
    address = feed_of(anna)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert client.get(address).status_code == 404


# The address ----------------------------------------------------------------------------------------


def test_one_makes_it_changes_it_and_takes_it_back(anna, client):
    page = reverse("calendar")
    client.force_login(anna)
    assert "Skapa en kalenderadress" in client.get(page).content.decode()
    client.post(page, {"gor": "ny"})
    first = feed_of(anna)
    assert first in client.get(page).content.decode()
    client.post(page, {"gor": "ny"})
    second = feed_of(anna)
    client.logout()
    assert [client.get(url).status_code for url in (first, second)] == [404, 200]
    client.force_login(anna)
    client.post(page, {"gor": "stang"})
    assert client.get(second).status_code == 404
    assert "Skapa en kalenderadress" in client.get(page).content.decode()


def test_a_guessed_address_gives_nothing(it, anna, client):
    feed_of(anna)
    number = CalendarAddress.objects.get().pk
    for token in (f"{number}", f"{number}.gissad", token_of(it.link())):
        assert client.get(reverse("calendar-feed", args=[token])).status_code == 404


def test_what_has_not_changed_is_not_sent_again(it, anna, client):
    address = feed_of(anna)
    tag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    FollowUpRound.objects.update(due_date=date(2030, 1, 1))
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_who_asks_too_often_waits(anna, client, monkeypatch, caplog):
    monkeypatch.setitem(RATES, "calendar", "2/h/key")
    address = feed_of(anna)
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    assert address not in caplog.text


def test_it_asks_as_much_however_many_the_plans_and_actions(client):
    def questions(user: User) -> int:
        address = feed_of(user)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    meets = {"meeting_frequency": TUESDAYS}
    few = questions(a_police_officer(a_followed_up_plan(police_only=meets)))
    many = a_member(Role.READER)
    for number in range(4):
        more = a_followed_up_plan(
            f"Område {number}", f"omrade-{number}", police_only=meets, police_actions=10
        )
        a_member(Role.EDITOR, more.district, more.police, user=many)
    assert questions(many) == few + 1  # for who is in several, which of them have become one
    assert few <= 20
