"""Letters: queued by an act, tried again or taken away. Passed on by hand: see hand_writes.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from samsyn.chain.mail_address import BadAddress as BadAddress
from samsyn.chain.mail_address import one_address
from samsyn.chain.notice_values import Person
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, writing
from samsyn.records.outbox.models import UNFINISHED, Letter, LetterKind, LetterState

LONGEST_SUBJECT, LONGEST_NAME = 300, 200


def queue_letter(*, partnership: UUID, kind: LetterKind, person: Person, subject: str, text: str, html: str = "",
                 attached: Sequence[dict[str, Any]] = (), subject_kind: str = "", subject_id: UUID | None = None,
                 actor: Actor, at: datetime) -> UUID:
    """
    Queue a letter to one person: it goes at the next minute, or waits to be passed on by hand if there is no address or mail server.

    attached   [{"kind": "minutes" | "calendar", "id": id of the meeting as a string}]; made when the letter is sent
    returns    the letter's id
    raises     BadAddress   if the person's address is more than one, has a line break, or cannot be one; nothing is written
    """
    row = new_letter(partnership=partnership, kind=kind, person=person, subject=subject, text=text, html=html, attached=attached,
                     subject_kind=subject_kind, subject_id=subject_id, at=at)
    act = Act(kind="letter.queued", words=f"skrev till {row.name}: {row.subject}", partnership=partnership, subject_kind="letter", subject=row.id)
    with writing(actor=actor, at=at, act=act):
        row.save(force_insert=True)
    return row.id


def new_letter(*, partnership: UUID, kind: LetterKind, person: Person, subject: str, text: str, html: str, attached: Sequence[dict[str, Any]] = (),
               subject_kind: str = "", subject_id: UUID | None = None, at: datetime) -> Letter:
    """Return a letter that is not saved yet, with its Message-ID, which it keeps however often it is sent. Raises BadAddress."""
    made = uuid4()
    email = one_address(person.email)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return Letter(
        id=made, partnership_id=partnership, kind=kind, name=one_line(person.name, LONGEST_NAME) or email, email=email,
        subject=one_line(subject, LONGEST_SUBJECT), text=text, html=html, attached=list(attached), subject_kind=subject_kind,
        subject_id=subject_id, message_id=f"<{made.hex}@{domain}>", made_at=at, not_before_at=at)


def one_line(text: str, longest: int) -> str:
    """Return a text as it may stand in a header: one line, and not too long."""
    joined = " ".join(text.split())
    return joined if len(joined) <= longest else joined[: longest - 1] + "…"


def try_again(*, partnership: UUID, letter: UUID, email: str | None = None, actor: Actor, at: datetime, once: str = "") -> None:
    """
    Let a letter that failed, or waits, be sent anew from now on. It keeps its Message-ID.

    email    another address than the one it had; None = the same
    raises   BadAddress; Gone if it is sent, being sent or taken away; AlreadyDone
    """
    address = None if email is None else one_address(email)
    row = _of_partnership(partnership, letter)
    with writing(actor=actor, at=at, act=_act(partnership, letter, "tried_again", f"lät skicka igen till {row.name}: {row.subject}", once)):
        row = _held(partnership, letter)
        row.state, row.tries, row.not_before_at, row.email = LetterState.READY, 0, at, row.email if address is None else address
        row.save(update_fields=["state", "tries", "not_before_at", "email"])


def drop_letter(*, partnership: UUID, letter: UUID, actor: Actor, at: datetime, once: str = "") -> None:
    """Take away a letter that is not to be sent. Raises Gone if it is sent, being sent or taken away already; AlreadyDone."""
    row = _of_partnership(partnership, letter)
    with writing(actor=actor, at=at, act=_act(partnership, letter, "dropped", f"tog bort ett utskick till {row.name}: {row.subject}", once)):
        row = _held(partnership, letter)
        row.state = LetterState.DROPPED
        row.save(update_fields=["state"])


def _of_partnership(partnership: UUID, letter: UUID) -> Letter:
    row: Letter = found(Letter.objects.within(partnership).filter(id=letter).first())
    return row


def _held(partnership: UUID, letter: UUID) -> Letter:
    row: Letter = found(Letter.objects.within(partnership).filter(id=letter, state__in=UNFINISHED).first())
    return row


def _act(partnership: UUID, letter: UUID, verb: str, words: str, once: str) -> Act:
    return Act(kind=f"letter.{verb}", words=words, partnership=partnership, subject_kind="letter", subject=letter, once=once)
