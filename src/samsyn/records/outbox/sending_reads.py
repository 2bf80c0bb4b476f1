"""What the posting asks: which letters are to go now, and which were left in the midst of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from samsyn.records.outbox.models import Letter, LetterKind, LetterState

KILLED_AFTER = timedelta(minutes=10)  # longer than a mail server is waited for


@dataclass(frozen=True, slots=True)
class ToSend:
    """A letter that may be tried now. `is_reminder` = it keeps to the quiet hours; others were asked for by somebody and go at once."""

    partnership: UUID
    letter: UUID
    is_reminder: bool


def letters_to_send(at: datetime) -> tuple[ToSend, ...]:
    """Return the letters with an address that may be tried now: those that were asked for first, then by how long they have waited."""
    rows = Letter.objects.in_every_partnership().filter(state=LetterState.READY, not_before_at__lte=at).exclude(email="")
    found = rows.order_by("not_before_at", "made_at", "id").values_list("partnership_id", "id", "kind")
    waiting = (ToSend(partnership, letter, kind == LetterKind.NOTICES) for partnership, letter, kind in found)
    return tuple(sorted(waiting, key=lambda one: one.is_reminder))


def left_in_the_midst(at: datetime, *, alone: bool) -> tuple[tuple[UUID, UUID], ...]:
    """
    Return (partnership, letter) of those that were being sent when their process ended.

    alone   True if no other process can be sending now: then every letter that is being sent is such a one. Else those claimed
            more than ten minutes ago
    """
    rows = Letter.objects.in_every_partnership().filter(was_left(at, alone=alone))
    return tuple(rows.order_by("claimed_at").values_list("partnership_id", "id"))


def was_left(at: datetime, *, alone: bool) -> Q:
    """Return the condition of a letter whose process has ended in the midst of sending it; as `left_in_the_midst`."""
    sending = Q(state=LetterState.SENDING)
    return sending if alone else sending & Q(claimed_at__lte=at - KILLED_AFTER)
