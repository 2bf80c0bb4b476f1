"""What becomes of a letter that is sent: claimed by one process, then sent, kept for later, or given up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.outbox.models import Letter, LetterState
from samsyn.records.outbox.reads import WholeLetter, whole
from samsyn.records.outbox.sending_reads import was_left

WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6), *[timedelta(days=1)] * 5)
"""How long to wait after the first, second ... try that did not succeed. After the last the letter is given up."""

KILLED = "Sändningen avbröts innan servern hade svarat. Brevet kan ha kommit fram två gånger."


def claim_letter(*, partnership: UUID, letter: UUID, actor: Actor, at: datetime) -> WholeLetter | None:
    """Take a letter to be sent by this process alone. Returns None, and changes nothing, if another has taken it or it no longer waits."""
    ready = Letter.objects.within(partnership).filter(id=letter, state=LetterState.READY)
    if not ready.exists():
        return None
    with writing(actor=actor, at=at, act=_act(partnership, letter, "claimed", "började skicka ett utskick")):
        row = ready.first()
        if row is None:
            return None
        row.state, row.claimed_at, row.tries = LetterState.SENDING, at, row.tries + 1
        row.save(update_fields=["state", "claimed_at", "tries"])
    return whole(row)


def mark_sent(*, partnership: UUID, letter: WholeLetter, actor: Actor, at: datetime) -> bool:
    """Write down that the server has taken the letter."""
    return _end(partnership, letter, f"skickade till {letter.head.name}: {letter.head.subject}", "sent", actor, at,
                {"state": LetterState.SENT, "sent_at": at, "fault": ""})


def mark_refused(*, partnership: UUID, letter: WholeLetter, fault: str, actor: Actor, at: datetime) -> bool:
    """Write down that the server will never take the letter, and why."""
    return _end(partnership, letter, f"kunde inte skicka till {letter.head.name}: {letter.head.subject}", "failed", actor, at,
                {"state": LetterState.FAILED, "fault": fault})


def mark_later(*, partnership: UUID, letter: WholeLetter, fault: str, is_uncertain: bool, actor: Actor, at: datetime) -> bool:
    """
    Let a letter that could not be sent wait for its next try; after the last it is given up.

    is_uncertain   True if the connection broke before the server had answered: it may have come
    """
    values: dict[str, Any] = {"fault": fault, **({"uncertain_at": at} if is_uncertain else {})}
    if letter.head.tries > len(WAITS):
        return _end(partnership, letter, f"gav upp att skicka till {letter.head.name}: {letter.head.subject}", "failed", actor, at,
                    {"state": LetterState.FAILED, **values})
    later = at + WAITS[max(letter.head.tries, 1) - 1]
    return _end(partnership, letter, f"kunde inte skicka just nu till {letter.head.name}: {letter.head.subject}", "delayed", actor, at,
                {"state": LetterState.READY, "not_before_at": later, **values})


def recover(*, partnership: UUID, letter: UUID, alone: bool = False, actor: Actor, at: datetime) -> None:
    """
    Let a letter whose process ended in the midst of sending it be sent again, with the same Message-ID, and call it uncertain.

    One that another process has found first, and is sending now, is left alone. `alone` as in `left_in_the_midst`.
    """
    act = _act(partnership, letter, "recovered", "tog hand om ett utskick som avbröts")
    with writing(actor=actor, at=at, act=act):
        Letter.objects.within(partnership).filter(was_left(at, alone=alone), id=letter).update(
            state=LetterState.READY, not_before_at=at, uncertain_at=at, fault=KILLED)


def _end(partnership: UUID, letter: WholeLetter, words: str, verb: str, actor: Actor, at: datetime, values: dict[str, Any]) -> bool:
    """Set what became of a letter that this process has claimed. Returns False if it no longer is this claim's."""
    head = letter.head
    with writing(actor=actor, at=at, act=_act(partnership, head.id, verb, words)):
        mine = Letter.objects.within(partnership).filter(id=head.id, state=LetterState.SENDING, tries=head.tries)
        return bool(mine.update(**values))


def _act(partnership: UUID, letter: UUID, verb: str, words: str) -> Act:
    return Act(kind=f"letter.{verb}", words=words, partnership=partnership, subject_kind="letter", subject=letter)
