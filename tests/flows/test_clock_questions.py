"""What the small clock process asks in SQL, and the words it repeats, are those of the program that it wakes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from samsyn.chain.notice_values import STEERING_LIST, Person
from samsyn.cli import clocks
from samsyn.jobs.every_morning import IN_THE_MORNING
from samsyn.records.outbox import sending_reads
from samsyn.records.outbox.models import LetterKind
from samsyn.records.outbox.sending_writes import claim_letter, mark_sent
from samsyn.records.outbox.writes import queue_letter
from tests.flows.brought import Room
from tests.flows.post_room import MONDAY, Post, day, swedish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_installation")]
NOW = swedish(MONDAY)


def finds(question: str, *moments: datetime) -> bool:
    """Ask the program's own database what the clock asks."""
    with connection.cursor() as cursor:
        cursor.execute(question.replace("?", "%s"), [clocks._stored(moment) for moment in moments])
        return cursor.fetchone() is not None


def test_what_it_repeats_is_the_same() -> None:
    assert clocks.SEVEN == IN_THE_MORNING
    assert clocks.KILLED_AFTER == sending_reads.KILLED_AFTER
    assert f"'{STEERING_LIST}'" in clocks.WAITING_NOTICES


def test_it_finds_a_letter_that_waits_and_one_that_was_left_and_none_when_it_is_sent(town: Room) -> None:
    given: dict[str, Any] = {**Post(town).given, "at": NOW}
    assert not finds(clocks.WAITING_LETTERS, NOW) and not finds(clocks.NEW_LETTERS, NOW - timedelta(minutes=1), NOW)
    letter = queue_letter(kind=LetterKind.HELP, person=Person("Bo", "bo@flows.example"), subject="Hjälp", text="Ring.", **given)
    assert finds(clocks.WAITING_LETTERS, NOW) and finds(clocks.NEW_LETTERS, NOW - timedelta(minutes=1), NOW)
    held = claim_letter(letter=letter, **given)
    assert held is not None
    assert not finds(clocks.WAITING_LETTERS, NOW)
    assert finds(clocks.LEFT_LETTERS, NOW) and not finds(clocks.LEFT_LETTERS, NOW - clocks.KILLED_AFTER)
    mark_sent(letter=held, **given)
    assert not finds(clocks.LEFT_LETTERS, NOW)


def test_it_finds_a_notice_that_waits_and_none_when_it_is_in_a_letter(town: Room) -> None:
    office = Post(town)
    office.action("Byt lampor", due_on=day(1))
    assert not finds(clocks.WAITING_NOTICES)
    office.morning(MONDAY)
    assert finds(clocks.WAITING_NOTICES)
    office.minute(NOW)
    assert not finds(clocks.WAITING_NOTICES)
