"""A letter is queued by an act, passed on by hand, tried again or taken away; a stranger sees none of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from samsyn.chain.mail_address import BadAddress
from samsyn.chain.notice_values import Person
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.models import Event
from samsyn.records.editing import Gone
from samsyn.records.outbox.hand_writes import tick_letter
from samsyn.records.outbox.models import Letter, LetterKind, LetterState
from samsyn.records.outbox.reads import letter, letters, letters_about, letters_waiting
from samsyn.records.outbox.writes import drop_letter, queue_letter, try_again
from tests.records.conftest import AT, LATER, Room

BO = Person("Bo Ek", "bo@granvikshus.example")


def queued(room: Room, person: Person = BO, **more: Any) -> UUID:
    return queue_letter(kind=LetterKind.HELP, person=person, subject="Bo behöver hjälp", text="Ring mig.", **room.given, **more)


def test_a_queued_letter_waits_for_its_partnership_only(room: Room, elsewhere: Room) -> None:
    made = queued(room, attached=[{"kind": "minutes", "id": "1"}], subject_kind="meeting", subject_id=room.plan)
    assert [head.id for head in letters_waiting(room.partnership)] == [made] == [head.id for head in letters_about(room.partnership, room.plan)]
    found = letter(room.partnership, made)
    assert found is not None and (found.head.email, found.head.state, found.text) == (BO.email, LetterState.READY, "Ring mig.")
    assert found.attached == ({"kind": "minutes", "id": "1"},) and found.message_id.startswith("<") and "@" in found.message_id
    assert letters_waiting(elsewhere.partnership) == () == letters(elsewhere.partnership) and letter(elsewhere.partnership, made) is None


def test_two_addresses_or_a_line_break_are_refused_and_nothing_is_written(room: Room) -> None:
    for bad in ("bo@granvik.example, erik@norr.example", "bo@granvik.example\nBcc: erik@norr.example"):
        with pytest.raises(BadAddress):
            queued(room, Person("Bo", bad))
    assert letters(room.partnership) == () and not Event.objects.filter(kind="letter.queued").exists()


def test_a_line_break_in_a_name_or_a_subject_becomes_a_space(room: Room) -> None:
    made = queue_letter(kind=LetterKind.HELP, person=Person("Bo\r\nBcc: erik@norr.example"), subject="Hjälp\r\nX: y" + "ö" * 400, text="Ring.", **room.given)
    found = letter(room.partnership, made)
    assert found is not None and found.head.name == "Bo Bcc: erik@norr.example" and "\n" not in found.head.subject and len(found.head.subject) == 300


def test_a_letter_that_is_ticked_counts_as_sent_once(room: Room) -> None:
    made = queued(room, Person("Bo Ek"))
    key = uuid4().hex
    given = {"partnership": room.partnership, "letter": made, "actor": room.actor, "at": LATER}
    tick_letter(**given, once=key)
    head = letters(room.partnership)[0]
    assert (head.state, head.sent_at, head.ticked_by) == (LetterState.TICKED, LATER, room.actor.name) and letters_waiting(room.partnership) == ()
    with pytest.raises(AlreadyDone):
        tick_letter(**given, once=key)
    for change in (tick_letter, try_again, drop_letter):
        with pytest.raises(Gone):
            change(**given)


@pytest.mark.parametrize("change", [tick_letter, try_again, drop_letter])
def test_a_letter_of_another_partnership_or_one_being_sent_is_left_alone(room: Room, elsewhere: Room, change: Callable[..., None]) -> None:
    made = queued(room)
    with pytest.raises(Gone):
        change(partnership=elsewhere.partnership, letter=made, actor=elsewhere.actor, at=LATER)
    change(partnership=room.partnership, letter=made, actor=room.actor, at=LATER)
    other = Letter(id=uuid4(), partnership_id=room.partnership, kind="help", state="sending", name="Bo", subject="a", text="b", message_id="<1@a>",
                   made_at=AT, not_before_at=AT, claimed_at=AT)
    from samsyn.records.access.acts import Act
    from samsyn.records.access.writes import writing

    with writing(actor=room.actor, at=AT, act=Act(kind="letter.queued", words="skrev", partnership=room.partnership)):
        other.save(force_insert=True)
    with pytest.raises(Gone):
        change(partnership=room.partnership, letter=other.id, actor=room.actor, at=LATER)


def test_a_letter_can_be_sent_again_to_a_better_address_and_keeps_its_message_id(room: Room) -> None:
    made = queued(room)
    before = letter(room.partnership, made)
    with pytest.raises(BadAddress):
        try_again(partnership=room.partnership, letter=made, email="bo", actor=room.actor, at=LATER)
    try_again(partnership=room.partnership, letter=made, email=" bo@hem.example", actor=room.actor, at=LATER)
    after = letter(room.partnership, made)
    assert before is not None and after is not None and after.message_id == before.message_id
    assert (after.head.email, after.head.tries, after.head.not_before_at) == ("bo@hem.example", 0, LATER)
