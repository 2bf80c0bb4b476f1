"""What is sent, as whoever looks after it meets it: ready texts, ticks, failures, what is uncertain and what has gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email import message_from_string
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from samsyn.chain.notice_values import Person
from samsyn.records.access.acts import Act, Actor, ActorKind
from samsyn.records.access.models import Event
from samsyn.records.access.writes import writing
from samsyn.records.outbox.hand_reads import post_counts
from samsyn.records.outbox.hand_writes import TooLate, tick_letters, untick_letter
from samsyn.records.outbox.models import Letter, LetterKind, LetterState, Notice
from samsyn.records.outbox.writes import queue_letter
from samsyn.web.parts.mailto import holds_text, mailto
from tests.web.conftest import NOW, Town
from tests.web.html_page import Page

Enter = Callable[..., Client]
TEXT = "Hej Bo!\n\nHur går det? 50 % & mer = \"bra\"?\nHälsningar, Åsa #1"


@pytest.fixture
def own_room(town: Town, db: None) -> Town:
    """The town with no letters but the test's own."""
    with writing(actor=Actor(ActorKind.JOB, "prov", "Prov"), at=NOW, act=Act(kind="test", words="prov", partnership=town.partnership)):
        Notice.objects.within(town.partnership).delete()
        Letter.objects.within(town.partnership).delete()
    return town


def given(town: Town) -> dict[str, Any]:
    return {"partnership": town.partnership, "actor": Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), "at": NOW}


def letter(town: Town, name: str = "Bo", email: str = "bo@granvikshus.example", text: str = TEXT, **columns: Any) -> UUID:
    made = queue_letter(kind=LetterKind.NOTICES, person=Person(name, email), subject=f"Hur går det, {name}?", text=text, **given(town))
    with writing(actor=Actor(ActorKind.JOB, "prov", "Prov"), at=NOW, act=Act(kind="test", words="prov", partnership=town.partnership)):
        row = Letter.objects.within(town.partnership).get(id=made)
        for field, value in columns.items():
            setattr(row, field, value)
        row.save()
    return made


def state(town: Town, made: UUID) -> str:
    return str(Letter.objects.within(town.partnership).get(id=made).state)


def with_server(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, SAMSYN_SMTP_HOST="smtp.example"))


def test_an_empty_page_says_what_will_come(own_room: Town, anna: Client) -> None:
    html = anna.get("/utskick/").content.decode()
    assert "Inget att skicka" in html and "Inget har skickats än" in html and "Ingen mejlserver är kopplad" in html


def test_without_a_mail_server_every_letter_is_a_ready_text_with_its_mail_link(own_room: Town, anna: Client) -> None:
    letter(own_room)
    letter(own_room, "Vaktmästaren", "")
    page = Page(anna.get("/utskick/").content.decode())
    links = [str(at["href"]) for tag, at in page.tags if tag == "a" and str(at.get("href")).startswith("mailto:")]
    assert sorted(link.partition("?")[0] for link in links) == ["mailto:", "mailto:bo@granvikshus.example"]
    sent = parse_qs(urlsplit(max(links)).query, strict_parsing=True)
    assert sent == {"subject": ["Hur går det, Bo?"], "body": [TEXT.replace("\n", "\r\n")]}
    assert sum("data-copy" in at for tag, at in page.tags if tag == "button") == 2


@pytest.mark.parametrize("email", ["a&bcc=offer@x.example", "a?x=1@b.example", "å@b.example", "a%0d%0aBcc:x@b.example"])
def test_a_mail_link_has_one_receiver_whatever_the_address_holds(email: str) -> None:
    link = mailto(email, "Ämne\r\nBcc: x@y.example", "text")
    parts = urlsplit(link)
    assert unquote(parts.path) == email and set(parse_qs(parts.query)) == {"subject", "body"}
    assert "\n" not in link and "\r" not in link and " " not in link


def test_a_text_too_long_for_the_mail_program_is_left_to_be_copied() -> None:
    assert holds_text("a@b.example", "Hej", "kort") and "body=" in mailto("a@b.example", "Hej", "kort")
    assert not holds_text("a@b.example", "Hej", "lång " * 500) and "body=" not in mailto("a@b.example", "Hej", "lång " * 500)


def test_one_is_ticked_with_its_own_button_and_the_tick_is_taken_back_the_same_day(own_room: Town, anna: Client) -> None:
    first, second = letter(own_room), letter(own_room, "Tove", "tove@ung.example")
    anna.post("/utskick/skickade/", {"one": str(first), "letter": [str(second)]})
    assert (state(own_room, first), state(own_room, second)) == ("ticked", "ready")
    row = Letter.objects.within(own_room.partnership).get(id=first)
    assert (row.sent_at, row.ticked_by) == (NOW, "Anna")
    anna.post(f"/utskick/{first}/", {"act": "untick"})
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.ticked_by) == ("ready", None, "")


def test_several_are_ticked_in_one_act_and_a_second_click_changes_nothing(own_room: Town, anna: Client) -> None:
    made = [letter(own_room, f"Person {n}", f"p{n}@x.example") for n in range(3)]
    events = Event.objects.count()
    for _ in range(2):
        assert anna.post("/utskick/skickade/", {"letter": [str(one) for one in made[:2]]}).status_code == 302
    assert [state(own_room, one) for one in made] == ["ticked", "ticked", "ready"]
    assert Event.objects.count() == events + 1


@pytest.mark.parametrize("sent", [{}, {"letter": ["x"]}, {"one": "'; DROP TABLE"}, {"letter": ["00000000-0000-0000-0000-000000000000"]}])
def test_a_tick_for_nothing_is_answered_kindly(sent: dict[str, Any], own_room: Town, anna: Client) -> None:
    made = letter(own_room)
    assert anna.post("/utskick/skickade/", sent, follow=True).status_code == 200
    assert state(own_room, made) == "ready"


def test_a_tick_cannot_be_taken_back_another_day(own_room: Town) -> None:
    made = letter(own_room)
    tick_letters(letters=[made], **given(own_room))
    with pytest.raises(TooLate):
        untick_letter(letter=made, **{**given(own_room), "at": NOW + timedelta(days=1)})
    untick_letter(letter=made, **{**given(own_room), "at": NOW + timedelta(hours=2)})
    assert state(own_room, made) == "ready"


def test_what_is_on_its_way_or_gone_cannot_be_ticked(own_room: Town, anna: Client) -> None:
    sending, gone = letter(own_room, state="sending", claimed_at=NOW), letter(own_room, "Tove", "t@x.example", state="sent", sent_at=NOW)
    for made in (sending, gone):
        for sent in ({"act": "tick"}, {"act": "drop"}, {"act": "again", "email": ""}, {"act": "untick"}):
            anna.post(f"/utskick/{made}/", sent)
    assert (state(own_room, sending), state(own_room, gone)) == ("sending", "sent")


def test_a_failure_says_why_and_can_be_tried_again_at_another_address(own_room: Town, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with_server(monkeypatch)
    made = letter(own_room, state="failed", tries=7, fault="550 okänd mottagare")
    html = anna.get("/utskick/").content.decode()
    assert "Ett utskick gick inte att skicka" in html and "550 okänd mottagare" in html and "Mejl går av sig själva" in html
    anna.post(f"/utskick/{made}/", {"act": "again", "email": " bo@ny.example "})
    row = Letter.objects.within(own_room.partnership).get(id=made)
    assert (row.state, row.email, row.tries) == ("ready", "bo@ny.example", 0)


@pytest.mark.parametrize("bad", ["a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "Bo <a@b.example>", "ingen", "a@b@c"])
def test_an_address_that_is_not_one_is_refused_with_its_reason(bad: str, own_room: Town, anna: Client) -> None:
    made = letter(own_room, state="failed", fault="x")
    response = anna.post(f"/utskick/{made}/", {"act": "again", "email": bad})
    assert response.status_code == 400 and "Adressen går inte att använda" in response.content.decode()
    assert state(own_room, made) == "failed"


def test_with_a_mail_server_only_what_has_no_address_waits_for_a_person(own_room: Town, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with_server(monkeypatch)
    letter(own_room)
    letter(own_room, "Vaktmästaren", "")
    letter(own_room, "Kim", "kim@x.example", state="sent", sent_at=NOW, uncertain_at=NOW)
    html = anna.get("/utskick/").content.decode()
    assert "Ett meddelande att skicka" in html and "På väg" in html and "Osäkert om det kom fram" in html
    assert html.count('name="letter"') == 1
    counts = post_counts(own_room.partnership, has_server=True)
    assert (counts.by_hand, counts.on_the_way, counts.uncertain, counts.sent, counts.failed, counts.to_do) == (1, 1, 1, 1, 0, 1)
    assert post_counts(own_room.partnership, has_server=False).by_hand == 2


def test_what_was_sent_stands_newest_first_a_page_at_a_time(own_room: Town, anna: Client) -> None:
    for n in range(52):
        letter(own_room, f"Person {n:02}", f"p{n}@x.example", state="sent", sent_at=NOW + timedelta(minutes=n))
    first, second = (anna.get("/utskick/", {"skickade": n}).content.decode() for n in (1, 2))
    assert "Skickat, 52" in first and first.index("Person 51") < first.index("Person 50") and "Person 01" not in first
    assert "Person 01" in second and "Person 51" not in second
    for odd in ("0", "-1", "x", "999999999999", "²"):
        assert anna.get("/utskick/", {"skickade": odd, "sida": odd}).status_code == 200


def test_the_list_as_a_file_holds_no_text_with_personal_links(own_room: Town, anna: Client) -> None:
    letter(own_room, text="Svara: http://x.example/svar/hemligt/")
    file = anna.get("/utskick.csv").content.decode("utf-8-sig")
    assert "bo@granvikshus.example" in file and "hemligt" not in file


def test_another_partnerships_letter_is_not_here(own_room: Town, enter: Enter) -> None:
    made = letter(own_room)
    erik = enter("Erik")
    assert erik.get(f"/utskick/{made}/").status_code == 404
    erik.post("/utskick/skickade/", {"one": str(made)})
    assert state(own_room, made) == LetterState.READY and "Hur går det" not in erik.get("/utskick/").content.decode()


def test_a_mail_link_reads_as_a_letter_in_a_mail_program() -> None:
    query = parse_qs(urlsplit(mailto("bo@x.example", "Å ä & ö", "rad 1\nrad 2")).query)
    read = message_from_string(f"Subject: {query['subject'][0]}\r\n\r\n{query['body'][0]}")
    assert read["Subject"] == "Å ä & ö" and read.get_payload() == "rad 1\r\nrad 2"
