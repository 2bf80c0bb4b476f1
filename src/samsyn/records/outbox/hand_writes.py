"""Letters that somebody has passed on by hand: ticked, several at once, and the tick taken back the same day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from samsyn.chain.wording import counted, local_day
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, writing
from samsyn.records.editing import Gone
from samsyn.records.outbox.models import Letter, LetterState
from samsyn.records.outbox.writes import BY_HAND


class TooLate(Exception):
    """A tick can be taken back the day it was made, not later: the next reminder builds on it."""


def tick_letters(*, partnership: UUID, letters: Iterable[UUID], actor: Actor, at: datetime, once: str = "") -> int:
    """
    Say that somebody has passed letters on by hand, in one act: they count as sent. Returns how many.

    Those that are sent, being sent or taken away already are left as they are.
    raises   Gone   if none of them waits; AlreadyDone
    """
    wanted = list(letters)
    waiting = Letter.objects.within(partnership).filter(id__in=wanted, state__in=BY_HAND)
    act = Act(kind="letter.ticked", words=f"skickade {counted(len(wanted), 'utskick', 'utskick')} för hand", partnership=partnership, once=once,
              subject_kind="letter", subject=wanted[0] if len(wanted) == 1 else None)
    if not waiting.exists():
        raise Gone
    with writing(actor=actor, at=at, act=act):
        rows = list(waiting)
        if not rows:
            raise Gone
        for row in rows:
            row.state, row.sent_at, row.ticked_by = LetterState.TICKED, at, actor.name
            row.save(update_fields=["state", "sent_at", "ticked_by"])
    return len(rows)


def untick_letter(*, partnership: UUID, letter: UUID, actor: Actor, at: datetime) -> None:
    """
    Take back that a letter was passed on by hand: it waits again.

    raises   Gone      if it is not ticked
             TooLate   if it was ticked another day
    """
    ticked = Letter.objects.within(partnership).filter(id=letter, state=LetterState.TICKED)
    known = found(ticked.first())
    act = Act(kind="letter.unticked", words=f"tog tillbaka krysset för {known.subject}", partnership=partnership, subject_kind="letter", subject=letter)
    with writing(actor=actor, at=at, act=act):
        row = found(ticked.first())
        if row.sent_at is None or local_day(row.sent_at) != local_day(at):
            raise TooLate
        row.state, row.sent_at, row.ticked_by = LetterState.READY, None, ""
        row.save(update_fields=["state", "sent_at", "ticked_by"])
