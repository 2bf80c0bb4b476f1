"""Notices: queued once, put into one letter a person, or dropped when they are no longer true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.notice_values import DueNotice, Person
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.outbox.models import Letter, LetterKind, LetterState, Notice
from samsyn.records.outbox.notice_reads import DERIVED, Key, standing_keys
from samsyn.records.outbox.writes import new_letter, one_line

AT_ONCE = 200  # rows in one statement: SQLite takes a limited number of values, and memory grows with them


@dataclass(frozen=True, slots=True)
class Queued:
    """How many notices were queued, and how many that waited were dropped."""

    queued: int
    dropped: int


class TakenMeanwhile(Exception):
    """Another process has put the notices into letters already, or dropped them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """A letter of reminders to be made, with the notices (ids) that it tells."""

    person: Person
    subject: str
    text: str
    html: str
    notices: tuple[UUID, ...]


def key_of(notice: DueNotice) -> Key:
    """Return the unique key of a notice, as it is stored."""
    return str(notice.kind), str(notice.level), notice.subject, notice.person.key, notice.period


def queue_notices(*, partnership: UUID, notices: Iterable[DueNotice], waiting: Mapping[Key, UUID], actor: Actor, at: datetime) -> Queued:
    """
    Make what is queued the same as what is true: add what is new, take up what was dropped and is true again, drop what is no longer true.

    notices  all that is true now
    waiting  key -> id of those in no letter
    Those that stand already are left alone, also when another process adds them in the same moment.
    """
    act = Act(kind=DERIVED, words="gick igenom vad som är dags att påminna om", partnership=partnership)
    with writing(actor=actor, at=at, act=act):
        standing = dict(standing_keys(partnership))
        true = {key_of(notice): notice for notice in notices}
        rows = [_row(partnership, notice, at) for key, notice in true.items() if key not in standing]
        Notice.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
        again = [dropped for key in true if (dropped := standing.get(key))]
        _set(partnership, again, dropped_at=None, queued_at=at)
        untrue = [notice for key, notice in waiting.items() if key not in true]
        _set(partnership, untrue, dropped_at=at)
    return Queued(len(rows) + len(again), len(untrue))


def drop_notices(*, partnership: UUID, notices: Sequence[UUID], actor: Actor, at: datetime) -> None:
    """Drop notices that are no longer true. Those that are in a letter already are left alone."""
    if notices:
        with writing(actor=actor, at=at, act=Act(kind="notices.dropped", words="tog bort påminnelser som inte längre behövs", partnership=partnership)):
            _set(partnership, notices, dropped_at=at)


def put_in_letters(*, partnership: UUID, letters: Sequence[NewLetter], actor: Actor, at: datetime) -> int:
    """
    Write letters of reminders, each with its notices. Returns how many were written: one whose notices another process has taken is not.

    raises   TakenMeanwhile   if all of them are taken; nothing is written
             BadAddress       if a person's address cannot be used; nothing is written
    """
    words = f"skrev påminnelser till {len(letters)} personer" if len(letters) > 1 else f"skrev en påminnelse till {letters[0].person.name}"
    with writing(actor=actor, at=at, act=Act(kind="letter.composed", words=words, partnership=partnership)):
        free = _still_waiting(partnership, [notice for letter in letters for notice in letter.notices])
        whole = [letter for letter in letters if free.issuperset(letter.notices)]
        if not whole:
            raise TakenMeanwhile
        rows = [new_letter(partnership=partnership, kind=LetterKind.NOTICES, person=letter.person, subject=letter.subject, text=letter.text,
                           html=letter.html, at=at) for letter in whole]
        Letter.objects.bulk_create(rows, batch_size=AT_ONCE)
        for letter, row in zip(whole, rows, strict=True):
            _set(partnership, letter.notices, letter=row)
    return len(whole)


def take_apart(*, partnership: UUID, letter: UUID, untrue: Sequence[UUID], actor: Actor, at: datetime) -> bool:
    """
    Take away a letter that has not been sent and tells what is no longer true; what is still true waits for a new one.

    untrue    the notices (ids) of the letter that are no longer true
    returns   False, and nothing changed, if the letter is being sent or has been
    """
    act = Act(kind="letter.taken_apart", words="tog bort ett utskick som inte längre stämmer", partnership=partnership, subject_kind="letter", subject=letter)
    with writing(actor=actor, at=at, act=act):
        unsent = Letter.objects.within(partnership).filter(id=letter, state=LetterState.READY, uncertain_at=None)
        if not unsent.update(state=LetterState.DROPPED):
            return False
        of_letter = Notice.objects.within(partnership).filter(letter_id=letter)
        of_letter.filter(id__in=untrue).update(letter=None, dropped_at=at)
        of_letter.update(letter=None)
    return True


def _row(partnership: UUID, notice: DueNotice, at: datetime) -> Notice:
    person = notice.person
    return Notice(
        id=uuid4(), partnership_id=partnership, kind=notice.kind, level=notice.level, subject_kind=notice.subject_kind,
        subject_id=UUID(notice.subject), plan_id=UUID(notice.plan) if notice.plan else None, person=person.key,
        name=one_line(person.name, 200), email=person.email, period=notice.period, about_on=notice.about_on, queued_at=at)


def _still_waiting(partnership: UUID, notices: Sequence[UUID]) -> set[UUID]:
    rows = Notice.objects.within(partnership).filter(letter=None, dropped_at=None)
    return {found for some in _parts(notices) for found in rows.filter(id__in=some).values_list("id", flat=True)}


def _set(partnership: UUID, notices: Sequence[UUID], **values: Any) -> None:
    """Set values of those of some notices that are in no letter."""
    for some in _parts(notices):
        Notice.objects.within(partnership).filter(id__in=some, letter=None).update(**values)


def _parts(notices: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (notices[start:start + AT_ONCE] for start in range(0, len(notices), AT_ONCE))
