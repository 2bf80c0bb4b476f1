"""Personal links by the hundred, for a round of letters: the same links as make_answer_link gives, in two statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from samsyn.chain.notice_values import Person
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.outbox.link_reads import hash_of, token_of
from samsyn.records.outbox.link_writes import LEFT_TO_REUSE, LINK_LASTS
from samsyn.records.outbox.models import Link, LinkPurpose

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """That a person is to be able to answer about something: subject_kind "action" or "assignment"."""

    subject_kind: str
    subject: UUID
    person: Person

    @property
    def key(self) -> tuple[UUID, str, str]:
        """What makes two wishes the same link: the address, or the name of somebody whose address nobody knows."""
        address = self.person.email.strip().lower()[:254]
        return self.subject, address, "" if address else self.person.name[:200]


def make_answer_links(*, partnership: UUID, wanted: Sequence[Wanted], actor: Actor, at: datetime) -> dict[Wanted, UUID]:
    """Return the id of a link for each wish: the living one while it has more than seven days left, else a new one, which lasts thirty."""
    found: dict[tuple[UUID, str, str], UUID] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= _living(partnership, [one.subject for one in wanted[start:start + AT_ONCE]], at)
    new: list[Link] = []
    for one in wanted:
        if one.key not in found:
            found[one.key] = uuid4()
            new.append(_row(partnership, one, found[one.key], actor, at))
    if new:
        with writing(actor=actor, at=at, act=Act(kind="link.made", words="gjorde personliga länkar", partnership=partnership)):
            Link.objects.bulk_create(new, batch_size=AT_ONCE)
    return {one: found[one.key] for one in wanted}


def _living(partnership: UUID, subjects: Sequence[UUID], at: datetime) -> dict[tuple[UUID, str, str], UUID]:
    rows = Link.objects.within(partnership).filter(
        purpose=LinkPurpose.ANSWER, subject_id__in=subjects, revoked_at=None, expires_at__gt=at + LEFT_TO_REUSE)
    by_age = rows.order_by("expires_at").values_list("subject_id", "email", "name", "id")
    return {(subject, email, "" if email else name): link for subject, email, name, link in by_age}


def _row(partnership: UUID, one: Wanted, link: UUID, actor: Actor, at: datetime) -> Link:
    _, address, _ = one.key
    return Link(
        id=link, partnership_id=partnership, purpose=LinkPurpose.ANSWER, token_hash=hash_of(token_of(link)), subject_kind=one.subject_kind,
        subject_id=one.subject, name=one.person.name[:200], email=address, made_at=at, made_by=actor.name, expires_at=at + LINK_LASTS)
