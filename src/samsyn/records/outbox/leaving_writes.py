"""What becomes of the post of somebody who leaves: no link of theirs opens anything more, and no letter goes after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.outbox.models import UNFINISHED, Letter, LetterState, Link


@dataclass(frozen=True, slots=True)
class LetGo:
    """How many links were made worthless, and how many letters that had not been sent were taken away."""

    links: int
    letters: int


def let_go(*, partnership: UUID, email: str, actor: Actor, at: datetime) -> LetGo:
    """
    Make every living link that was made for an address worthless, calendars too, and take away the letters to it that have not been sent.

    email   not empty
    """
    address = email.strip().lower()
    with writing(actor=actor, at=at, act=Act(kind="post.let_go", words="drog in länkar och utskick till någon som har slutat", partnership=partnership)):
        links = Link.objects.within(partnership).filter(email=address, revoked_at=None).update(revoked_at=at, revoked_by=actor.name)
        letters = Letter.objects.within(partnership).filter(email__iexact=address, state__in=UNFINISHED).update(state=LetterState.DROPPED)
    return LetGo(links, letters)
