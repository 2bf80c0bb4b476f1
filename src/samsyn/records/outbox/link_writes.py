"""Changes of personal links: made, or made worthless."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import QuerySet

from samsyn.chain.notice_values import Person
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import found, writing
from samsyn.records.outbox.link_reads import hash_of, token_of
from samsyn.records.outbox.models import Link, LinkPurpose

LINK_LASTS = timedelta(days=30)
LEFT_TO_REUSE = timedelta(days=7)  # a link with less left than this is not sent again: a new one is made


def make_answer_link(*, partnership: UUID, subject_kind: str, subject_id: UUID, person: Person, actor: Actor, at: datetime) -> Link:
    """
    Return a link by which one person can answer about one action or assignment. Its token is `token_of(link.id)`.

    The person's living link is given again while it has more than 7 days left; else a new one is made, which lasts 30 days.
    subject_kind   "action" or "assignment"
    """
    living = _of_person(partnership, LinkPurpose.ANSWER, subject_id, person).filter(expires_at__gt=at + LEFT_TO_REUSE)
    return living.order_by("-expires_at").first() or _make(
        partnership, LinkPurpose.ANSWER, subject_kind, subject_id, person, at + LINK_LASTS, actor, at)


def make_calendar_link(*, partnership: UUID, subject_kind: str, subject_id: UUID, person: Person, actor: Actor, at: datetime) -> Link:
    """
    Return a person's link to a calendar; it lasts until it is revoked, and the same one is given again until then.

    subject_kind   "person", "plan" or "group"
    """
    living = _of_person(partnership, LinkPurpose.CALENDAR, subject_id, person).filter(subject_kind=subject_kind)
    return living.order_by("-made_at").first() or _make(partnership, LinkPurpose.CALENDAR, subject_kind, subject_id, person, None, actor, at)


def revoke_link(*, partnership: UUID, link: UUID, actor: Actor, at: datetime) -> None:
    """Make a link worthless. Raises Gone if there is none, or it is revoked already."""
    known = found(Link.objects.within(partnership).filter(id=link, revoked_at=None).first())
    act = Act(kind="link.revoked", words=f"drog in en personlig länk till {known.name}", partnership=partnership,
              subject_kind=known.subject_kind, subject=known.subject_id)
    with writing(actor=actor, at=at, act=act):
        row = found(Link.objects.within(partnership).filter(id=link, revoked_at=None).first())
        row.revoked_at, row.revoked_by = at, actor.name
        row.save(update_fields=["revoked_at", "revoked_by"])


def revoke_answer_links(*, partnership: UUID, subject: UUID, person: Person, actor: Actor, at: datetime) -> None:
    """Make a person's links about one action or assignment worthless: it is somebody else's now. Called inside the act that says so."""
    _of_person(partnership, LinkPurpose.ANSWER, subject, person).update(revoked_at=at, revoked_by=actor.name)


def _of_person(partnership: UUID, purpose: LinkPurpose, subject: UUID, person: Person) -> QuerySet[Link]:
    rows = Link.objects.within(partnership).filter(purpose=purpose, subject_id=subject, revoked_at=None)
    return rows.filter(email=_address(person)) if person.email.strip() else rows.filter(email="", name=person.name[:200])


def _make(partnership: UUID, purpose: LinkPurpose, subject_kind: str, subject: UUID, person: Person, until: datetime | None,
          actor: Actor, at: datetime) -> Link:
    row_id = uuid4()
    act = Act(kind="link.made", words=f"gjorde en personlig länk till {person.name}", partnership=partnership,
              subject_kind=subject_kind, subject=subject)
    with writing(actor=actor, at=at, act=act):
        return Link.objects.create(
            id=row_id, partnership_id=partnership, purpose=purpose, token_hash=hash_of(token_of(row_id)), subject_kind=subject_kind,
            subject_id=subject, name=person.name[:200], email=_address(person), made_at=at, made_by=actor.name, expires_at=until)


def _address(person: Person) -> str:
    return person.email.strip().lower()[:254]
