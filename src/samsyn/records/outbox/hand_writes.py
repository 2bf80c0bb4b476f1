"""Letters that somebody has passed on by hand: ticked, several at once, and the tick taken back the same day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from samsyn.chain.wording import counted, local_day
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, writing
from samsyn.records.editing import Gone
from samsyn.records.outbox.models import UNFINISHED, Letter, LetterState


class TooLate(Exception):
    """A tick can be taken back the day it was made, not later: the next reminder builds on it."""


def tick_letters(*, partnership: UUID, letters: Iterable[UUID], actor: Actor, at: datetime, once: str = "") -> int:
    """
    Say that somebody has passed letters on by hand, in one act: they count as sent. Returns how many.

    Those that are sent, being sent or taken away already are left as they are.
    raises   Gone   if none of them waits; AlreadyDone
    """
    asked = Letter.objects.within(partnership).filter(id__in=list(letters))
    waiting = asked.filter(state__in=UNFINISHED)
    known = list((waiting if waiting.exists() else asked).values_list("id", "name", "subject"))
    if not known:
        raise Gone
    one = known[0] if len(known) == 1 else None
    words = f"skickade för hand till {one[1]}: {one[2]}" if one else f"skickade {counted(len(known), 'utskick', 'utskick', neuter=True)} för hand"
    act = Act(kind="letter.ticked", words=words, partnership=partnership, once=once, subject_kind="letter", subject=one[0] if one else None)
    with writing(actor=actor, at=at, act=act):
        rows = list(waiting)
        if not rows:
            raise Gone
        for row in rows:
            row.state, row.sent_at, row.ticked_by = LetterState.TICKED, at, actor.name
            row.save(update_fields=["state", "sent_at", "ticked_by"])
    return len(rows)


def tick_letter(*, partnership: UUID, letter: UUID, actor: Actor, at: datetime, once: str = "") -> None:
    """Say that somebody has passed one letter on by hand. As `tick_letters`."""
    tick_letters(partnership=partnership, letters=[letter], actor=actor, at=at, once=once)


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
