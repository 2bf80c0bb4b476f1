"""Questions of whoever looks after what is sent: what to pass on by hand, what failed, what is uncertain, what went."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from samsyn.records.outbox.models import GONE_OUT, Letter
from samsyn.records.outbox.models import LetterState as LetterState  # pages know no models
from samsyn.records.outbox.reads import LetterHead, WholeLetter, whole


@dataclass(frozen=True, slots=True)
class PostCounts:
    """
    How many letters of a partnership are where.

    by_hand      wait for somebody to pass them on: nobody knows the address, or there is no mail server
    failed       the mail server would not take them
    on_the_way   the mail server will have them by itself
    uncertain    may have come twice, or once: a connection broke
    sent         have gone, by mail server or by hand
    """

    by_hand: int
    failed: int
    on_the_way: int
    uncertain: int
    sent: int

    @property
    def to_do(self) -> int:
        return self.by_hand + self.failed


def post_counts(partnership: UUID, *, has_server: bool) -> PostCounts:
    """Return how many letters are where, in one query. `has_server` says whether letters with an address go by themselves."""
    by_hand = _is_by_hand(has_server)
    way = Q(state=LetterState.SENDING) | Q(state=LetterState.READY) & ~by_hand
    found = Letter.objects.within(partnership).aggregate(
        by_hand=Count("id", filter=by_hand), failed=Count("id", filter=Q(state=LetterState.FAILED)), on_the_way=Count("id", filter=way),
        uncertain=Count("id", filter=Q(uncertain_at__isnull=False)), sent=Count("id", filter=Q(state__in=GONE_OUT)))
    return PostCounts(**found)


def by_hand(partnership: UUID, *, has_server: bool, first: int = 0, most: int = 25) -> tuple[WholeLetter, ...]:
    """Return letters that wait for somebody to pass them on, oldest first, `most` from place `first`."""
    rows = Letter.objects.within(partnership).filter(_is_by_hand(has_server)).order_by("made_at", "id")
    return tuple(whole(row) for row in rows[first:first + most])


def failed(partnership: UUID, *, most: int = 100) -> tuple[LetterHead, ...]:
    """Return the letters that could not be sent, newest first."""
    return _heads(Letter.objects.within(partnership).filter(state=LetterState.FAILED).order_by("-made_at", "-id")[:most])


def on_the_way(partnership: UUID, *, has_server: bool, most: int = 50) -> tuple[LetterHead, ...]:
    """Return the letters that a mail server will have by itself, those that go first first."""
    waiting = Q(state=LetterState.SENDING) | Q(state=LetterState.READY) & ~_is_by_hand(has_server)
    return _heads(Letter.objects.within(partnership).filter(waiting).order_by("not_before_at", "id")[:most])


def uncertain(partnership: UUID, *, most: int = 100) -> tuple[LetterHead, ...]:
    """Return the letters that may have come twice, or once, newest first."""
    return _heads(Letter.objects.within(partnership).filter(uncertain_at__isnull=False).order_by("-uncertain_at", "-id")[:most])


def gone_out(partnership: UUID, *, first: int = 0, most: int = 50) -> tuple[LetterHead, ...]:
    """Return the letters that have gone, newest first, `most` from place `first`."""
    rows = Letter.objects.within(partnership).filter(state__in=GONE_OUT).order_by(F("sent_at").desc(), "-id")
    return _heads(rows[first:first + most])


def waits_for_hand(head: LetterHead, *, has_server: bool) -> bool:
    """Whether somebody has to pass a letter on: the same as `_is_by_hand` asks of the database."""
    return head.state is LetterState.READY and not (has_server and head.email)


def _is_by_hand(has_server: bool) -> Q:
    ready = Q(state=LetterState.READY)
    return ready & Q(email="") if has_server else ready


def _heads(rows: QuerySet[Letter]) -> tuple[LetterHead, ...]:
    return tuple(whole(row).head for row in rows)
