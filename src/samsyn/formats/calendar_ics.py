"""
Calendars as other programs read them (iCalendar, RFC 5545): a feed of days and meetings, and the invitation to one meeting.

Moments are written in UTC, which every calendar shows in its own time zone and which has no daylight saving to be wrong about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from samsyn.chain.mail_address import BadAddress, sent_address
from samsyn.chain.notice_values import Person

MIME = 'text/calendar; charset="utf-8"'
PRODUCT = "-//Samsyn//Samsyn//SV"
REFRESH = timedelta(hours=6)  # how often a subscribing calendar is asked to look again
MOST_TEXT = 2_000             # characters of a description; a title is cut at 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """
    Something that stands in a calendar: a whole day (`on`), or a meeting that begins at a moment (`starts_at`); one of the two.

    uid         the same for the same thing for ever: "atgard-<id>", "mote-<id>"
    minutes     how long a meeting lasts
    url         where it is read about in Samsyn; "" = nowhere
    sequence    how many times the invitation has changed
    changed_at  when it was last changed, with time zone; None = not known
    """

    uid: str
    title: str
    on: date | None = None
    starts_at: datetime | None = None
    minutes: int = 60
    place: str = ""
    text: str = ""
    url: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    changed_at: datetime | None = None


def feed(events: Iterable[CalendarEvent], *, name: str, made_at: datetime) -> bytes:
    """
    Return a calendar to subscribe to, with a name that the reader's calendar shows. UTF-8, lines of at most 75 octets.

    made_at   with time zone
    raises    ValueError   if an event has neither a day nor a moment, or both
    """
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", _line(name))
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for event in events:
        calendar.add_component(_event(event, made_at))
    return bytes(calendar.to_ical())


def meeting_calendar(event: CalendarEvent, *, organizer: Person, attendees: Sequence[Person], made_at: datetime) -> bytes:
    """
    Return the invitation to a meeting (METHOD REQUEST), or that it is cancelled (METHOD CANCEL) if the event says so.

    organizer   who calls; without an address it is left out, and the calendar is a plain one to open (METHOD PUBLISH)
    attendees   who are called; those without an address are left out, for iCalendar has no other name for a person
    """
    called_by = _address(organizer)
    method = "CANCEL" if event.is_cancelled else "REQUEST"
    calendar = _calendar(method if called_by else "PUBLISH")
    component = _event(event, made_at)
    if called_by:
        component.add("organizer", _person(organizer, called_by))
        for address, person in {_address(person).lower(): person for person in attendees}.items():
            if address:
                component.add("attendee", _attendee(person, address), encode=0)
    calendar.add_component(component)
    return bytes(calendar.to_ical())


def _address(person: Person) -> str:
    """Return a person's address, "" if it is not one and no more: what else stood there would be another line of the file."""
    try:
        return sent_address(person.email) if person.email.strip() else ""
    except BadAddress:
        return ""


def _calendar(method: str) -> Any:
    from icalendar import Calendar  # a tenth of a second, so only when a calendar is asked for

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(event: CalendarEvent, made_at: datetime) -> Any:
    from icalendar import Event

    component = Event()
    component.add("uid", f"{event.uid}@samsyn")
    component.add("dtstamp", made_at.astimezone(UTC))
    component.add("sequence", event.sequence)
    component.add("summary", _line(event.title)[:200])
    _when(component, event)
    for name, value in (("location", _line(event.place)), ("description", _text(event.text)[:MOST_TEXT]), ("url", event.url)):
        if value:
            component.add(name, value)
    if event.changed_at:
        component.add("last-modified", event.changed_at.astimezone(UTC))
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    component.add("class", "PRIVATE")
    return component


def _when(component: Any, event: CalendarEvent) -> None:
    """A day takes no time from anybody's calendar; a meeting does."""
    if (event.on is None) == (event.starts_at is None):
        raise ValueError(f"{event.uid}: a calendar event is a day or a moment, not both and not neither.")
    if event.starts_at is not None:
        starts_at = event.starts_at.astimezone(UTC)
        component.add("dtstart", starts_at)
        component.add("dtend", starts_at + timedelta(minutes=event.minutes))
        component.add("transp", "OPAQUE")
    elif event.on is not None:
        component.add("dtstart", event.on)
        component.add("dtend", event.on + timedelta(days=1))
        component.add("transp", "TRANSPARENT")


def _person(person: Person, email: str) -> Any:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{email}")
    if name := _line(person.name).replace('"', "'"):
        address.params["CN"] = name
    return address


def _attendee(person: Person, email: str) -> Any:
    address = _person(person, email)
    address.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
    return address


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    """Return a text without control characters and lone surrogates, and with one kind of line break."""
    whole = re.sub("\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return "".join(c for c in whole if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co")).strip()
