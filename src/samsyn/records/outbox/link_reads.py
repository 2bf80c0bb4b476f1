"""Questions about personal links: what a token opens, and which links of a row still live."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from samsyn.chain.notice_values import Person
from samsyn.records.outbox.models import Link, LinkPurpose

LONGEST_TOKEN = 64  # characters; ours are never longer, so what is longer is not even looked for


@dataclass(frozen=True, slots=True)
class OpenLink:
    """
    What a personal link opens: one thing, for the person it was made for.

    subject_kind   "action" or "assignment" to answer; "person", "plan" or "group" for a calendar
    expires_at     None for a calendar
    """

    id: UUID
    partnership: UUID
    purpose: LinkPurpose
    subject_kind: str
    subject: UUID
    person: Person
    made_at: datetime
    made_by: str
    expires_at: datetime | None


def token_of(link: UUID) -> str:
    """Return a link's token, 64 characters: made from the installation's secret key. The database alone does not give it."""
    return salted_hmac("personal link", link.hex, algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def open_link(token: str, at: datetime, *, purpose: LinkPurpose = LinkPurpose.ANSWER) -> OpenLink | None:
    """Return what a token opens, or None if it is forged, expired, revoked or of another purpose. One query, none for what is no token."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    row = _living(Link.objects.in_every_partnership().filter(token_hash=hash_of(token), purpose=purpose), at).first()
    return _open(row) if row else None


def living_links(partnership: UUID, subjects: Iterable[UUID], at: datetime, *, purpose: LinkPurpose = LinkPurpose.ANSWER) -> tuple[OpenLink, ...]:
    """Return the links to some rows that can still be used, newest first."""
    rows = Link.objects.within(partnership).filter(subject_id__in=list(subjects), purpose=purpose)
    return tuple(_open(row) for row in _living(rows, at).order_by("-made_at", "id"))


def _living(rows: QuerySet[Link], at: datetime) -> QuerySet[Link]:
    return rows.filter(Q(expires_at=None) | Q(expires_at__gt=at), revoked_at=None)


def _open(row: Link) -> OpenLink:
    return OpenLink(row.id, row.partnership_id, LinkPurpose(row.purpose), row.subject_kind, row.subject_id, Person(row.name, row.email),
                    row.made_at, row.made_by, row.expires_at)
