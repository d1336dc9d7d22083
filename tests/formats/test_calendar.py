"""The calendar feed, read back with the library that others read it with."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from icalendar import Calendar

from plans.writing.calendar import Event, write

CHANGED = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
MEETING = Event(
    uid="atgard-1-2025-01-28@samverkan",
    title="Styrgrupp Åkerby, å ä ö",
    starts_on=date(2025, 1, 28),
    changed_at=CHANGED,
    url="https://samverkan.example/plan/1/#atgard-1",
    description="Sista tisdagen i månaden; utom juli, se planen.\nAndra raden",
    sequence=3,
)
DUE = Event("atgard-2-klar@samverkan", "Klart senast", date(2025, 6, 30), CHANGED)


def events(written: bytes):
    return Calendar.from_ical(written).walk("VEVENT")


def test_an_event_is_read_back_as_it_was_written():
    calendar = Calendar.from_ical(write([MEETING]))
    assert (calendar["x-wr-calname"], calendar["name"]) == ("Samverkan", "Samverkan")
    (event,) = calendar.walk("VEVENT")
    assert str(event["uid"]) == MEETING.uid
    assert str(event["summary"]) == MEETING.title
    assert str(event["description"]) == MEETING.description
    assert str(event["url"]) == MEETING.url
    assert event["sequence"] == 3
    assert event["dtstamp"].dt == CHANGED


def test_an_event_is_a_whole_day_or_several():
    several = replace(DUE, uid="flera", ends_on=date(2025, 7, 2))
    one, more = events(write([DUE, several]))
    assert (one["dtstart"].dt, one["dtend"].dt) == (date(2025, 6, 30), date(2025, 7, 1))
    assert (more["dtstart"].dt, more["dtend"].dt) == (date(2025, 6, 30), date(2025, 7, 3))
    assert one["dtstart"].params["VALUE"] == "DATE"


def test_the_same_events_are_the_same_bytes_in_whatever_order_they_come():
    assert write([MEETING, DUE]) == write([DUE, MEETING])
    elsewhere = replace(MEETING, changed_at=CHANGED.astimezone(timezone(timedelta(hours=2))))
    assert write([elsewhere]) == write([MEETING])
    assert write([replace(MEETING, sequence=4)]) != write([MEETING])


def test_lines_end_and_fold_as_the_standard_says():
    written = write([replace(MEETING, title="Å" * 200)])
    assert written.endswith(b"END:VCALENDAR\r\n")
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line for line in lines)
    (event,) = events(written)
    assert str(event["summary"]) == "Å" * 200


def test_nothing_in_a_text_can_become_a_line_of_its_own():
    title = "Möte\r\nATTENDEE:mailto:x@example.se\x0bSlut\x00"
    (event,) = events(write([replace(MEETING, title=title)]))
    assert "attendee" not in event
    assert str(event["summary"]) == "Möte ATTENDEE:mailto:x@example.se Slut"
    with pytest.raises(ValueError, match="CR or LF"):
        write([replace(MEETING, url="https://samverkan.example/\r\nATTENDEE:x")])


def test_a_calendar_without_events_is_a_calendar():
    assert events(write([])) == []
    assert Calendar.from_ical(write([], name="Mina möten"))["x-wr-calname"] == "Mina möten"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        write([replace(MEETING, changed_at=datetime(2025, 1, 15, 9, 30))])
