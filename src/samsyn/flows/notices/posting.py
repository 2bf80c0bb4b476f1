"""
What is done every minute: notices that wait become letters, and letters that wait are sent.

A letter is claimed by one process before it is sent, and what became of it is written down when the server has answered.
Nothing is lost: a process that ends in between leaves the letter behind as being sent, and it is found again. Nothing is
sent twice by us, except where nobody can know: then it goes again with the same Message-ID, and is shown as uncertain.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from samsyn.chain.mail_address import BadAddress
from samsyn.chain.notice_values import Person
from samsyn.chain.sending_time import may_send
from samsyn.chain.wording import local_day
from samsyn.flows.notices.claiming import Claimed, claim_letters
from samsyn.flows.notices.delivery import Delivery, MailServer, Outcome
from samsyn.flows.notices.gather import POST
from samsyn.flows.notices.message import Attached, message_of
from samsyn.records.outbox.notice_reads import partnerships_with_notices
from samsyn.records.outbox.reads import WholeLetter
from samsyn.records.outbox.sending_reads import ToSend, left_in_the_midst, letters_to_send
from samsyn.records.outbox.sending_writes import claim_letter, mark_later, mark_refused, mark_sent, recover
from samsyn.records.partnership.people_reads import coordinators
from samsyn.records.partnership.rhythm_reads import rhythm

OWN_FAULT = "Samsyn kunde inte göra i ordning brevet. Felet står i loggen."
log = logging.getLogger(__name__)

Attach = Callable[[WholeLetter], Sequence[Attached]]


@dataclass(frozen=True, slots=True)
class PostResult:
    """
    What one round did.

    composed, dropped   letters written, and notices dropped because they were no longer true
    sent, later, refused, uncertain   what became of the letters that were tried
    recovered           letters that had been left in the midst of sending
    is_away             True if the mail server could not be used, and the rest waits
    """

    composed: int = 0
    dropped: int = 0
    sent: int = 0
    later: int = 0
    refused: int = 0
    uncertain: int = 0
    recovered: int = 0
    is_away: bool = False


class GoneAttachment(Exception):
    """What was to be attached is no longer there. The message says so in Swedish."""


def nothing_attached(letter: WholeLetter) -> Sequence[Attached]:
    """Return no files: for letters that attach nothing."""
    return ()


def post(at: datetime, server: MailServer | None, base_url: str, *, attach: Attach = nothing_attached, alone: bool = False,
         is_stopping: Callable[[], bool] = lambda: False) -> PostResult:
    """
    Write the letters that may be written at a moment, and send those that may be sent.

    server     None = none is set up: letters are written all the same, and wait to be passed on by hand
    base_url   where people reach Samsyn, without a slash at the end
    attach     makes the files of a letter; raises GoneAttachment
    alone      True if no other process can be sending: then a letter left in the midst is found at once, else after ten minutes
    is_stopping   asked between two letters: True leaves the rest to the next round
    """
    clock = _Clock(at)
    left = left_in_the_midst(at, alone=alone)
    for partnership, letter in left:
        recover(partnership=partnership, letter=letter, alone=alone, actor=POST, at=at)
    claimed = [_claim_alone(partnership, at, base_url) for partnership in partnerships_with_notices()]
    tried, is_away = _send_all(clock, server, attach, is_stopping) if server else (Counter[Outcome](), False)
    return PostResult(
        composed=sum(one.letters for one in claimed), dropped=sum(one.dropped for one in claimed), sent=tried[Outcome.SENT],
        later=tried[Outcome.LATER], refused=tried[Outcome.REFUSED], uncertain=tried[Outcome.UNCERTAIN], recovered=len(left), is_away=is_away)


class _Clock:
    """The moment a round began, and how long it has gone on since; a clock of the machine that is set meanwhile does not matter."""

    def __init__(self, at: datetime) -> None:
        self._at, self._began = at, time.monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._began)


def _claim_alone(partnership: UUID, at: datetime, base_url: str) -> Claimed:
    """Write the letters of one partnership. Where that fails the log says so, its notices wait, and the others' letters go all the same."""
    try:
        return _claim(partnership, at, base_url)
    except Exception:
        log.exception("The letters of partnership %s could not be written", partnership)
        return Claimed()


def _claim(partnership: UUID, at: datetime, base_url: str) -> Claimed:
    return claim_letters(partnership, local_day(at), at, base_url) if _may_remind(partnership, at) else Claimed()


def _may_remind(partnership: UUID, at: datetime) -> bool:
    values = rhythm(partnership)
    return may_send(at, values.quiet_from, values.quiet_to, values.paused_until, local_day(at))


def _send_all(clock: _Clock, server: MailServer, attach: Attach, is_stopping: Callable[[], bool]) -> tuple[Counter[Outcome], bool]:
    """Send what may be sent, until there is no more or the server is away. Returns how many came to each end, and whether it is away."""
    tried: Counter[Outcome] = Counter()
    reply_to: dict[UUID, Person | None] = {}
    try:
        for one in letters_to_send(clock.now()):
            if is_stopping():
                break
            if one.is_reminder and not _may_remind(one.partnership, clock.now()):
                continue
            if one.partnership not in reply_to:
                reply_to[one.partnership] = next((person for person in coordinators(one.partnership) if person.email), None)
            delivery = _send(one, clock, server, reply_to[one.partnership], attach)
            if delivery is not None:
                tried[delivery.outcome] += 1
                if delivery.is_away:
                    return tried, True
    finally:
        server.close()
    return tried, False


def _send(one: ToSend, clock: _Clock, server: MailServer, reply_to: Person | None, attach: Attach) -> Delivery | None:
    """Send one letter that nobody else has claimed, and write down what became of it. Returns None if somebody else has."""
    letter = claim_letter(partnership=one.partnership, letter=one.letter, actor=POST, at=clock.now())
    if letter is None:
        return None
    delivery = _deliver(letter, clock, server, reply_to, attach)
    about: dict[str, Any] = {"partnership": one.partnership, "letter": letter, "actor": POST, "at": clock.now()}
    match delivery.outcome:
        case Outcome.SENT:
            is_written = mark_sent(**about)
        case Outcome.REFUSED:
            is_written = mark_refused(fault=delivery.fault, **about)
        case _:
            is_written = mark_later(fault=delivery.fault, is_uncertain=delivery.outcome is Outcome.UNCERTAIN, **about)
    if not is_written:
        log.warning("Letter %s was taken over by another process while it was being sent: %s", letter.head.id, delivery.outcome.value)
    return delivery


def _deliver(letter: WholeLetter, clock: _Clock, server: MailServer, reply_to: Person | None, attach: Attach) -> Delivery:
    try:
        message = message_of(letter, sender=server.sender, reply_to=reply_to, attached=attach(letter), at=clock.now())
        message.as_bytes()  # one that cannot be written out is this letter's fault: it is not to stop the others
    except (BadAddress, GoneAttachment) as fault:
        return Delivery(Outcome.REFUSED, str(fault))
    except Exception:
        log.exception("Letter %s could not be made", letter.head.id)
        return Delivery(Outcome.LATER, OWN_FAULT)
    return server.deliver(message)
