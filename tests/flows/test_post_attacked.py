"""One partnership, one letter or one link that misbehaves does not stop, double or flood the post of the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from samsyn.chain.answers import Answer
from samsyn.chain.notice_values import Person
from samsyn.flows.answering import MOST_CRIES, Answered, answer_by_link
from samsyn.flows.notices import posting
from samsyn.flows.notices.gather import POST
from samsyn.records.outbox.link_reads import open_link, token_of
from samsyn.records.outbox.link_writes import make_answer_link
from samsyn.records.outbox.models import Letter, LetterKind, LetterState
from samsyn.records.outbox.reads import kept_address, whole
from samsyn.records.outbox.sending_reads import KILLED_AFTER, left_in_the_midst
from samsyn.records.outbox.sending_writes import claim_letter, recover
from samsyn.records.outbox.writes import queue_letter
from samsyn.records.plan.models import CheckIn
from tests.flows.brought import Room
from tests.flows.post_room import MONDAY, Post, day, swedish
from tests.mail_server import mail_server

AT = swedish(MONDAY)


@pytest.fixture
def office(town: Room) -> Iterator[Post]:
    with mail_server() as box:
        yield Post(town, box)


def write_to(office: Post, email: str, text: str = "Ord") -> Any:
    return queue_letter(kind=LetterKind.HELP, person=Person(email, email), subject=f"Till {email}", text=text, **office.given)


def test_a_partnership_whose_letters_cannot_be_written_does_not_stop_the_others(
        office: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    office.action("Byt lampor", due_on=day(1))
    office.morning(MONDAY)
    write_to(office, "cai@x.example")
    monkeypatch.setattr(posting, "claim_letters", lambda *given: 1 / 0)
    done = office.minute(AT)
    assert (done.sent, done.composed) == (1, 0) and "could not be written" in caplog.text
    monkeypatch.undo()
    assert office.minute(AT).composed == 1, "what was to be told waits until it can be"


def test_a_letter_that_cannot_be_written_out_does_not_stop_the_others(office: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = write_to(office, "bad@x.example"), write_to(office, "good@x.example")
    made = posting.message_of

    def hostile(letter: Any, **given: Any) -> Any:
        message = made(letter, **given)
        if letter.head.id == bad:
            message.set_payload("\udcff\ud800")
        return message

    monkeypatch.setattr(posting, "message_of", hostile)
    done = office.minute(AT)
    assert (done.sent, done.later) == (1, 1)
    assert Letter.objects.within(office.room.partnership).get(id=good).state == LetterState.SENT
    assert Letter.objects.within(office.room.partnership).get(id=bad).state == LetterState.READY


def test_a_letter_that_was_left_is_found_by_one_process_only(office: Post) -> None:
    letter = write_to(office, "bo@x.example")
    of: dict[str, Any] = {"partnership": office.room.partnership, "letter": letter, "actor": POST}
    assert claim_letter(**of, at=AT)
    later = AT + KILLED_AFTER + timedelta(minutes=1)
    assert left_in_the_midst(later, alone=False), "two processes find it in the same moment"
    recover(**of, at=later)
    assert claim_letter(**of, at=later), "the first has it again"
    recover(**of, at=later)
    assert Letter.objects.within(office.room.partnership).get(id=letter).state == LetterState.SENDING
    assert claim_letter(**of, at=later) is None, "and the second does not send it once more"


def test_one_link_cannot_fill_a_mailbox_and_every_cry_is_kept(office: Post) -> None:
    action = office.action("Byt lampor")
    link = make_answer_link(subject_kind="action", subject_id=action, person=Person("Gun", "gun@x.example"), **{**office.given, "at": AT})
    opened = open_link(token_of(link.id), AT)
    assert opened is not None
    for number in range(MOST_CRIES + 3):
        answer_by_link(opened, Answered(answer=Answer.HELP, text=f"Hjälp {number}"), once=uuid4().hex, at=AT + timedelta(minutes=number))
    cries = Letter.objects.within(office.room.partnership).filter(kind=LetterKind.HELP)
    assert cries.count() == MOST_CRIES
    assert CheckIn.objects.within(office.room.partnership).filter(action_id=action).count() == MOST_CRIES + 3
    answer_by_link(opened, Answered(answer=Answer.HELP, text="Nästa dag"), once=uuid4().hex, at=AT + timedelta(days=1, minutes=10))
    assert cries.count() == MOST_CRIES + 1


def test_an_address_that_somebody_writes_themselves_is_given_no_secret(office: Post) -> None:
    """Whoever knows the id of another's link cannot have its secret by writing "/svar/lank-<id>/" where a letter quotes it."""
    link = make_answer_link(partnership=office.room.partnership, subject_kind="action", subject_id=uuid4(), person=Person("Carin", "carin@flows.example"),
                            actor=POST, at=AT)
    own = kept_address("", link.id)
    tried = [f"/svar/lank-{link.id.hex}/", f"/svar/lank-{link.id.hex}-{'0' * 32}/", own.replace(link.id.hex, uuid4().hex)]
    letter = write_to(office, "bo@flows.example", "\n".join([*tried, f"vår: {own}"]))
    shown = whole(Letter.objects.in_every_partnership().get(id=letter)).text
    assert shown.splitlines()[:3] == tried
    assert shown.splitlines()[3] == f"vår: /svar/{token_of(link.id)}/", "what we have written ourselves is filled in"
