"""What is done each morning: what is true is derived, and what is queued is made the same."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samsyn.chain.notice_values import DueNotice
from samsyn.chain.notices import derive
from samsyn.flows.notices.gather import POST, everything
from samsyn.records.outbox.notice_reads import Key, unsent_letters, waiting_notices, was_derived
from samsyn.records.outbox.notice_writes import Queued, key_of, queue_notices, take_apart
from samsyn.records.partnership.people_reads import every_partnership

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MorningResult:
    """How many partnerships were gone through, how many notices were queued or dropped, and in how many partnerships it failed (see the log)."""

    partnerships: int = 0
    queued: int = 0
    dropped: int = 0
    failed: int = 0


def morning(today: date, at: datetime, partnerships: Iterable[UUID] | None = None) -> MorningResult:
    """
    Queue what is to be told today, and drop what no longer is. Twice, or by two processes at once, gives the same as once.

    partnerships   those to go through; None = all
    A partnership where it fails is logged and counted, and the others are gone through all the same.
    """
    done, queued, dropped, failed = 0, 0, 0, 0
    for partnership in every_partnership() if partnerships is None else partnerships:
        try:
            made = morning_of(partnership, today, at)
        except Exception:
            log.exception("The morning failed for partnership %s", partnership)
            failed += 1
            continue
        done, queued, dropped = done + 1, queued + made.queued, dropped + made.dropped
    return MorningResult(done, queued, dropped, failed)


def without_morning(since: datetime, until: datetime) -> tuple[UUID, ...]:
    """Return the partnerships whose morning has not been done between two moments."""
    return tuple(partnership for partnership in every_partnership() if not was_derived(partnership, since, until))


def morning_of(partnership: UUID, today: date, at: datetime) -> Queued:
    """Queue what is to be told today in one partnership. In a pause everything stands as it is."""
    known = everything(partnership, today)
    if known.paused_until is not None and today < known.paused_until:
        return queue_notices(partnership=partnership, notices=(), waiting={}, actor=POST, at=at)
    true = {key_of(notice): notice for notice in derive(known, today)}
    _take_apart_untrue(partnership, true, at)
    waiting = {notice.key: notice.id for notice in waiting_notices(partnership)}
    return queue_notices(partnership=partnership, notices=true.values(), waiting=waiting, actor=POST, at=at)


def _take_apart_untrue(partnership: UUID, true: dict[Key, DueNotice], at: datetime) -> None:
    """Take away the letters that nobody has sent yet and that tell what is no longer true; the rest of them goes into new ones."""
    for letter, notices in unsent_letters(partnership).items():
        untrue = [notice for notice, key in notices if key not in true]
        if untrue:
            take_apart(partnership=partnership, letter=letter, untrue=untrue, actor=POST, at=at)
