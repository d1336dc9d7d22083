"""What is to be held and what is to be done, as days in a calendar that others subscribe to.

The same events give the same bytes, in whatever order they come: an ETag stands on them. So
nothing here asks what time it is; when an event was changed, and how often, comes with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Component

from samverkan.text import clean, clean_line

NAME = "Samverkan"
_MAKER = "-//Samverkan//Kalender//SV"
_ASK_AGAIN = timedelta(hours=12)


@dataclass(frozen=True)
class Event:
    """All of one day, or of several."""

    uid: str  # the same for as long as it is the same event
    title: str
    starts_on: date
    changed_at: datetime  # with its time zone
    ends_on: date | None = None  # the last day; None: one day only
    url: str = ""
    description: str = ""
    sequence: int = 0  # goes up by one when the event is changed: the row's version


def write(events: Iterable[Event], *, name: str = NAME) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for event in sorted(events, key=lambda one: (one.starts_on, one.uid)):
        calendar.add_component(_component(event))
    return calendar.to_ical()


def _component(event: Event) -> Component:
    if event.changed_at.tzinfo is None:
        raise ValueError(f"{event.uid}: changed_at has no time zone")
    changed_at = event.changed_at.astimezone(UTC).replace(microsecond=0)
    component = Component()
    component.add("uid", event.uid)
    component.add("dtstamp", changed_at)
    component.add("last-modified", changed_at)
    component.add("sequence", event.sequence)
    component.add("dtstart", event.starts_on)
    component.add("dtend", (event.ends_on or event.starts_on) + timedelta(1))  # not included
    component.add("summary", clean_line(event.title))
    if event.description:
        component.add("description", clean(event.description))
    if event.url:
        component.add("url", event.url)
    component.add("transp", "TRANSPARENT")  # a day to know of, and not one that is taken
    return component
