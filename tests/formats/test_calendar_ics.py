"""Calendars say what they were given, as another parser reads them, and no text becomes a line of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from samsyn.chain.notice_values import Person
from samsyn.formats.calendar_ics import CalendarEvent, feed, meeting_calendar

AT = datetime(2026, 11, 23, 8, 14, tzinfo=UTC)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
DUE = CalendarEvent(uid="atgard-1", title="Byt lampor längs Parkvägen", on=date(2027, 3, 31), text="Ansvarig: Bo", url="https://samsyn.example/planer/1/")
MEETING = CalendarEvent(uid="mote-1", title="Styrgruppen, möte", starts_at=datetime(2026, 12, 1, 13, 0, tzinfo=STOCKHOLM), minutes=90,
                        place="Rådhuset; sal B, våning 2", text="Att ta upp:\nÅÄÖ\\slut", sequence=2)
ANNA, BO = Person("Anna", "anna@granviken.example"), Person("Bo", "bo@granvikshus.example")
HOSTILE = ("BEGIN:VEVENT", "a\r\nATTENDEE:mailto:x@y.example", "a\nb\rc", "semi;colon,comma\\back", '"citat"', "x" * 10_000, "å" * 500, "tab\there",
           "\x00\x07\x1b[2Jfarligt", "\ud800ensam", "END:VCALENDAR\r\nBEGIN:VCALENDAR", "😀👩‍🚒" * 60, ":;,=", "\u2028rad", "\u202eomvänt")


def read(content: bytes) -> Any:
    return vobject.readOne(content.decode("utf-8"))


def only(content: bytes) -> Any:
    (event,) = read(content).vevent_list
    return event


def raw(content: bytes) -> list[str]:
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_a_due_day_is_a_whole_day_that_takes_no_time() -> None:
    event = only(feed([DUE], name="Planen", made_at=AT))
    assert (event.dtstart.value, event.dtend.value) == (date(2027, 3, 31), date(2027, 4, 1))
    assert event.summary.value == "Byt lampor längs Parkvägen"
    assert (event.transp.value, event.uid.value, event.url.value) == ("TRANSPARENT", "atgard-1@samsyn", DUE.url)


def test_a_meeting_has_its_moment_place_and_text() -> None:
    event = only(feed([MEETING], name="Styrgruppen", made_at=AT))
    assert event.dtstart.value == datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)
    assert event.location.value == "Rådhuset; sal B, våning 2"
    assert event.description.value == "Att ta upp:\nÅÄÖ\\slut"


@pytest.mark.parametrize(("local", "utc_hour"), [
    (datetime(2027, 3, 27, 13, 0), 12), (datetime(2027, 3, 28, 13, 0), 11), (datetime(2027, 10, 30, 13, 0), 11), (datetime(2027, 10, 31, 13, 0), 12)])
def test_a_meeting_keeps_its_swedish_hour_when_the_clocks_are_moved(local: datetime, utc_hour: int) -> None:
    event = only(feed([replace(MEETING, starts_at=local.replace(tzinfo=STOCKHOLM))], name="x", made_at=AT))
    assert event.dtstart.value.hour == utc_hour
    assert event.dtstart.value.astimezone(STOCKHOLM).replace(tzinfo=None) == local


def test_a_meeting_in_the_hour_that_comes_twice_lasts_as_long_as_it_says() -> None:
    for fold in (0, 1):
        starts_at = datetime(2027, 10, 31, 2, 30, tzinfo=STOCKHOLM, fold=fold)
        event = only(feed([replace(MEETING, starts_at=starts_at)], name="x", made_at=AT))
        assert event.dtstart.value == datetime(2027, 10, 31, fold, 30, tzinfo=UTC)
        assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_a_line_of_its_own(words: str) -> None:
    hostile = replace(MEETING, title=words, place=words, text=words)
    content = feed([hostile, DUE], name=words, made_at=AT)
    calendar = read(content)
    assert len(calendar.vevent_list) == 2
    assert sorted(calendar.vevent_list[0].contents) == sorted(
        name for name in ("uid", "dtstamp", "sequence", "summary", "dtstart", "dtend", "transp", "location", "description", "status", "class"))
    assert [line for line in raw(content) if line.startswith("BEGIN:")] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VEVENT"]


@pytest.mark.parametrize("words", ["semi;colon, komma \\ bak", "ÅÄÖ åäö é ü", "rad ett\nrad två", "😀👩‍🚒"])
def test_a_text_is_read_back_as_it_was_written(words: str) -> None:
    assert only(feed([replace(MEETING, text=words)], name="x", made_at=AT)).description.value == words


def test_every_line_is_at_most_75_octets_and_no_letter_is_cut() -> None:
    content = feed([replace(MEETING, title="ÅÄÖ😀" * 40, text="räksmörgås " * 100)], name="x" * 300, made_at=AT)
    lines = content.split(b"\r\n")
    assert len(lines) > 20
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)


def test_a_feed_tells_its_name_and_how_often_to_look() -> None:
    content = feed([], name="Bos åtgärder", made_at=AT)
    assert {"X-WR-CALNAME:Bos åtgärder", "METHOD:PUBLISH", "X-PUBLISHED-TTL:PT6H", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"} <= set(raw(content))


def test_an_event_without_a_day_or_with_two_is_refused() -> None:
    for wrong in (replace(DUE, on=None), replace(MEETING, on=date(2026, 12, 1))):
        with pytest.raises(ValueError, match="a day or a moment"):
            feed([wrong], name="x", made_at=AT)


def test_an_invitation_says_who_calls_and_who_is_called() -> None:
    content = meeting_calendar(MEETING, organizer=ANNA, attendees=[BO, Person("Dana"), Person("Bo igen", "BO@granvikshus.example")], made_at=AT)
    calendar = read(content)
    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert (event.organizer.value, event.organizer.cn_param) == ("mailto:anna@granviken.example", "Anna")
    assert [one.value.lower() for one in event.attendee_list] == ["mailto:bo@granvikshus.example"]
    assert event.attendee.rsvp_param == "TRUE"
    assert (event.uid.value, event.sequence.value) == ("mote-1@samsyn", "2")


def test_a_cancelled_meeting_is_taken_out_of_the_same_calendar_entry() -> None:
    called = read(meeting_calendar(MEETING, organizer=ANNA, attendees=[BO], made_at=AT))
    cancelled = read(meeting_calendar(replace(MEETING, sequence=3, is_cancelled=True), organizer=ANNA, attendees=[BO], made_at=AT))
    assert cancelled.method.value == "CANCEL"
    assert cancelled.vevent.status.value == "CANCELLED"
    assert cancelled.vevent.uid.value == called.vevent.uid.value
    assert int(cancelled.vevent.sequence.value) > int(called.vevent.sequence.value)


def test_without_an_address_to_call_from_it_is_a_plain_calendar_entry() -> None:
    calendar = read(meeting_calendar(MEETING, organizer=Person("Anna"), attendees=[BO], made_at=AT))
    assert calendar.method.value == "PUBLISH"
    assert "organizer" not in calendar.vevent.contents and "attendee" not in calendar.vevent.contents


@pytest.mark.parametrize("name", ['Bo "chefen" Ek', "Bo\r\nATTENDEE:mailto:x@y.example", "Bo; Ek, chef: jour", "Åsa Öberg"])
def test_a_name_cannot_break_the_invitation(name: str) -> None:
    content = meeting_calendar(MEETING, organizer=Person(name, ANNA.email), attendees=[Person(name, BO.email)], made_at=AT)
    event = read(content).vevent
    assert len(event.attendee_list) == 1 and event.attendee.value == "mailto:bo@granvikshus.example"
    assert event.attendee.cn_param.split() == name.replace('"', "'").split()


@pytest.mark.parametrize("address", ["", "bo", "bo@x.example\r\nATTENDEE:mailto:z@y.example", "a@x.example,b@x.example", "a@x.example b@x.example",
                                     "Bo <bo@x.example>", "a@b@c", "a@x.example;b", "x" * 250 + "@y.example"])
def test_what_is_not_one_address_is_not_called(address: str) -> None:
    assert "attendee" not in read(meeting_calendar(MEETING, organizer=ANNA, attendees=[Person("Bo", address)], made_at=AT)).vevent.contents


@pytest.mark.parametrize(("address", "written"), [
    ("bo.ek+jour@granvikshus.example", "mailto:bo.ek+jour@granvikshus.example"), ("bo@öster.example", "mailto:bo@xn--ster-4qa.example")])
def test_an_ordinary_address_is_called(address: str, written: str) -> None:
    assert read(meeting_calendar(MEETING, organizer=ANNA, attendees=[Person("Bo", address)], made_at=AT)).vevent.attendee.value == written
