"""Questions about letters: which wait, which failed, and what one says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from samsyn.records.outbox.link_reads import token_of
from samsyn.records.outbox.models import UNFINISHED, Letter, LetterKind, LetterState

HEAD = ("id", "kind", "state", "name", "email", "subject", "made_at", "not_before_at", "sent_at", "uncertain_at", "tries", "fault", "ticked_by",
        "subject_kind", "subject_id")
LINKS = re.compile(r"(?<=/svar/)lank-([0-9a-f]{32})-([0-9a-f]{32})(?=/)")


@dataclass(frozen=True, slots=True)
class LetterHead:
    """
    A letter without its words. READY or FAILED = somebody has to do something, or a mail server has it in its queue.

    email          "" when nobody knows it: it is passed on by hand, also where there is a mail server
    not_before_at  the first moment it may be tried
    uncertain_at   when a connection broke before the server had answered: it may have come twice; None = never
    fault          what went wrong the last time, in Swedish
    ticked_by      who passed it on by hand; "" if nobody did
    """

    id: UUID
    kind: LetterKind
    state: LetterState
    name: str
    email: str
    subject: str
    made_at: datetime
    not_before_at: datetime
    sent_at: datetime | None
    uncertain_at: datetime | None
    tries: int
    fault: str
    ticked_by: str
    subject_kind: str
    subject_id: UUID | None

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody can still pass it on, try it again or take it away."""
        return self.state in UNFINISHED


@dataclass(frozen=True, slots=True)
class WholeLetter:
    """A letter with its words. `attached` = ({"kind": "minutes" | "calendar", "id": id of the meeting}, ...)."""

    head: LetterHead
    partnership: UUID
    text: str
    html: str
    attached: tuple[dict[str, Any], ...]
    message_id: str


def letters_waiting(partnership: UUID) -> tuple[LetterHead, ...]:
    """Return the letters that are neither sent, ticked nor dropped, oldest first; those that failed too."""
    rows = Letter.objects.within(partnership).filter(state__in=[*UNFINISHED, LetterState.SENDING]).order_by("made_at", "id")
    return tuple(_head(row) for row in rows.values_list(*HEAD))


def letters(partnership: UUID, *, states: Iterable[LetterState] | None = None, limit: int = 200) -> tuple[LetterHead, ...]:
    """Return the letters of a partnership, newest first; only those of some states if they are given."""
    rows = Letter.objects.within(partnership)
    if states is not None:
        rows = rows.filter(state__in=[state.value for state in states])
    return tuple(_head(row) for row in rows.order_by("-made_at", "-id").values_list(*HEAD)[:limit])


def letter(partnership: UUID, letter: UUID) -> WholeLetter | None:
    """Return one letter with its words, or None if the partnership has no such letter."""
    row = Letter.objects.within(partnership).filter(id=letter).first()
    return whole(row) if row else None


def letters_about(partnership: UUID, subject: UUID) -> tuple[LetterHead, ...]:
    """Return the letters about one thing, as the invitations to a meeting, newest first."""
    rows = Letter.objects.within(partnership).filter(subject_id=subject).order_by("-made_at", "-id")
    return tuple(_head(row) for row in rows.values_list(*HEAD))


def whole(row: Letter) -> WholeLetter:
    """Return a stored letter as a value, with the secrets of its links filled in."""
    head = _head(tuple(getattr(row, name) for name in HEAD))
    return WholeLetter(head, row.partnership_id, _with_secrets(row.text), _with_secrets(row.html), tuple(row.attached), row.message_id)


def kept_address(base_url: str, link: UUID) -> str:
    """
    Return the address of a personal link as a letter keeps it: /svar/lank-<id>-<mark>/.

    The secret is filled in when the letter is sent or shown: what is kept, and each copy of the database, opens nothing. The mark
    is of our making: whoever knows a link's id cannot write its address in an action and read the secret in a letter about that.
    """
    return f"{base_url}/svar/lank-{link.hex}-{_mark(link.hex)}/"


def _mark(link: str) -> str:
    return salted_hmac("kept address", link, algorithm="sha256").hexdigest()[:32]


def _with_secrets(text: str) -> str:
    """Fill in the secrets of the addresses that `kept_address` has made; what only looks like one is left as it is."""
    return LINKS.sub(lambda found: token_of(UUID(found[1])) if constant_time_compare(found[2], _mark(found[1])) else found[0], text)


def _head(values: tuple[Any, ...]) -> LetterHead:
    found = dict(zip(HEAD, values, strict=True))
    return LetterHead(**{**found, "kind": LetterKind(found["kind"]), "state": LetterState(found["state"])})
