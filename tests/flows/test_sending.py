"""Nothing is lost and nothing is sent twice by us, whatever the mail server or the machine does; what nobody can know is called uncertain."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from samsyn.chain.notice_values import Person
from samsyn.flows.notices import posting
from samsyn.records.outbox.models import LetterKind, LetterState
from samsyn.records.outbox.reads import LetterHead
from samsyn.records.outbox.sending_writes import WAITS, claim_letter, mark_sent
from samsyn.records.outbox.writes import queue_letter, try_again
from tests.flows.brought import Room
from tests.flows.post_room import MONDAY, Post, swedish
from tests.mail_server import OK, mail_server

AT = swedish(MONDAY)
ANNA, BO = Person("Anna", "anna@flows.example"), Person("Bo Berg", "bo@flows.example")


@pytest.fixture
def office(town: Room) -> Iterator[Post]:
    with mail_server() as box:
        yield Post(town, box)


def write(office: Post, person: Person = BO, **more: Any) -> UUID:
    return queue_letter(kind=LetterKind.HELP, person=person, subject="Anna behöver hjälp", text="Ring mig.", **{**office.given, "at": AT}, **more)


def one(office: Post) -> LetterHead:
    """Return Bo's letter."""
    return next(letter for letter in office.letters if letter.name == BO.name)


def test_a_letter_that_is_delayed_is_tried_again_at_growing_intervals_and_then_given_up(office: Post) -> None:
    write(office)
    assert office.box is not None
    office.box.at_rcpt = "451 Gråa listan"
    at, tries = AT, []
    while one(office).state is LetterState.READY:
        assert office.minute(at).later == 1 and office.minute(at + timedelta(minutes=4)).later == 0
        tries.append(one(office).not_before_at - at)
        at = max(one(office).not_before_at, at) + timedelta(seconds=1)
    assert [wait.total_seconds() // 60 for wait in tries[:-1]] == [wait.total_seconds() // 60 for wait in WAITS]
    assert (one(office).state, one(office).tries) == (LetterState.FAILED, len(WAITS) + 1) and "451 Gråa listan" in one(office).fault
    assert one(office).uncertain_at is None and not office.box.letters


def test_a_letter_that_was_delayed_goes_when_the_server_takes_it(office: Post) -> None:
    write(office)
    assert office.box is not None
    office.box.at_rcpt = "451 Gråa listan"
    office.minute(AT)
    office.box.at_rcpt = OK
    assert office.minute(AT + timedelta(minutes=6)).sent == 1
    assert (one(office).state, one(office).fault) == (LetterState.SENT, "") and len(office.box.letters) == 1


def test_an_address_that_is_refused_is_shown_at_once_and_can_be_put_right(office: Post) -> None:
    made = write(office)
    write(office, ANNA)
    assert office.box is not None
    office.box.refuses[BO.email] = "550 Ingen sådan här"
    done = office.minute(AT)
    assert (done.refused, done.sent, office.box.to) == (1, 1, [ANNA.email])
    assert one(office).state is LetterState.FAILED and "Ingen sådan här" in one(office).fault
    assert office.minute(AT + timedelta(days=2)).refused == 0
    try_again(letter=made, email="bo.berg@flows.example", **{**office.given, "at": AT + timedelta(days=2)})
    assert office.minute(AT + timedelta(days=2)).sent == 1 and office.box.to[-1] == "bo.berg@flows.example"


@pytest.mark.parametrize("has_come", [True, False])
def test_a_connection_that_breaks_before_the_answer_makes_the_letter_uncertain_and_it_goes_again_with_its_message_id(office: Post, has_come: bool) -> None:
    write(office)
    assert office.box is not None
    office.box.at_data = "take and drop" if has_come else "drop"
    assert office.minute(AT).uncertain == 1
    first = one(office)
    assert (first.state, first.uncertain_at is not None) == (LetterState.READY, True) and "kan ha kommit fram" in first.fault
    office.box.at_data = OK
    assert office.minute(AT + timedelta(minutes=6)).sent == 1
    assert one(office).state is LetterState.SENT and one(office).uncertain_at == first.uncertain_at
    assert len(office.box.ids) == 1 + has_come and len(set(office.box.ids)) == 1


@pytest.mark.parametrize("where", ["at_mail", "at_rcpt"])
def test_a_connection_that_breaks_before_the_letter_is_no_uncertainty(office: Post, where: str) -> None:
    write(office)
    assert office.box is not None
    setattr(office.box, where, "drop")
    assert office.minute(AT).later == 1 and one(office).uncertain_at is None


def test_a_server_that_is_away_costs_one_letter_one_try_and_the_rest_nothing(town: Room) -> None:
    with mail_server() as box:
        port = box.port
    office = Post(town, box)
    for person in (ANNA, BO):
        write(office, person)
    done = office.minute(AT)
    assert done.is_away and sorted(letter.tries for letter in office.letters) == [0, 1]
    with mail_server(port=port) as back:
        office.minute(AT + timedelta(minutes=10))
    assert sorted(back.to) == [ANNA.email, BO.email]


@pytest.mark.parametrize(("alone", "after"), [(True, timedelta(seconds=5)), (False, timedelta(minutes=11))])
def test_a_letter_whose_process_was_killed_goes_again_with_its_message_id_and_is_uncertain(office: Post, alone: bool, after: timedelta) -> None:
    made = write(office)
    claimed = claim_letter(partnership=office.room.partnership, letter=made, actor=posting.POST, at=AT)  # and then the process was killed
    assert claimed is not None and one(office).state is LetterState.SENDING
    office.alone = alone
    assert office.minute(AT + after).recovered == 1
    assert office.box is not None and office.box.ids == [claimed.message_id]
    assert one(office).state is LetterState.SENT and one(office).uncertain_at == AT + after


@pytest.mark.parametrize("after", [timedelta(minutes=9), timedelta(hours=-1)])
def test_a_letter_that_another_process_may_be_sending_is_left_to_it(office: Post, after: timedelta) -> None:
    claim_letter(partnership=office.room.partnership, letter=write(office), actor=posting.POST, at=AT)
    office.alone = False
    assert office.minute(AT + after).recovered == 0 and office.box is not None and office.box.letters == []


def test_only_one_claim_of_a_letter_wins_and_what_is_sent_is_not_claimed_again(office: Post) -> None:
    made = write(office)
    given: dict[str, Any] = {"partnership": office.room.partnership, "actor": posting.POST, "at": AT}
    first, second = claim_letter(letter=made, **given), claim_letter(letter=made, **given)
    assert first is not None and second is None
    assert mark_sent(letter=first, **given) and not mark_sent(letter=first, **given)
    assert claim_letter(letter=made, **given) is None


def test_the_attachment_that_is_gone_is_told_and_the_others_go(office: Post) -> None:
    write(office, attached=[{"kind": "minutes", "id": str(office.room.plan)}])
    write(office, ANNA)
    done = office.minute(AT)
    assert (done.refused, done.sent) == (1, 1) and "finns inte längre" in one(office).fault


def test_a_fault_of_our_own_leaves_no_letter_in_the_midst(office: Post, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    write(office)
    monkeypatch.setattr(posting, "message_of", lambda *_, **__: 1 / 0)
    assert office.minute(AT).later == 1
    assert one(office).state is LetterState.READY and one(office).fault == posting.OWN_FAULT and "ZeroDivisionError" in caplog.text


def test_a_server_that_is_told_to_stop_finishes_the_letter_in_its_hands_and_leaves_the_rest(office: Post) -> None:
    for person in (ANNA, BO):
        write(office, person)
    assert office.box is not None
    box, stop = office.box, threading.Event()
    box.while_taking = lambda letter: stop.set()
    from samsyn.flows.notices.smtp import SmtpServer

    done = posting.post(AT, SmtpServer("127.0.0.1", box.port, "samsyn@granvik.example"), "http://localhost", alone=True, is_stopping=stop.is_set)
    assert done.sent == 1 and sorted(letter.state for letter in office.letters) == [LetterState.READY, LetterState.SENT]


def test_without_a_mail_server_nothing_is_tried(town: Room) -> None:
    office = Post(town)
    write(office)
    office.minute(AT)
    assert (one(office).state, one(office).tries) == (LetterState.READY, 0)
