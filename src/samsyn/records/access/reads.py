"""Questions about who may come in and what has been done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count

from samsyn.records.access.acts import ActorKind
from samsyn.records.access.models import Change, Event, Installation, User

FULL = 2  # PRAGMA synchronous


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One value of one field before and after, as stored; None = not there."""

    table: str
    row_id: str
    field: str
    old: str | None
    new: str | None
    is_redacted: bool


@dataclass(frozen=True, slots=True)
class PastEvent:
    """What somebody did to a row, with the values that changed."""

    id: UUID
    at: datetime
    by: str
    kind: str
    words: str
    changes: tuple[ChangedValue, ...]


def installation() -> Installation | None:
    """Return what this installation is, or None before its first visitor."""
    return Installation.objects.first()


def is_durable() -> bool:
    """Whether every commit is on disk before it is acknowledged."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return bool(cursor.fetchone()[0] == FULL)


def has_users() -> bool:
    """Whether anybody can sign in."""
    return User.objects.exists()


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower()).first()


def user_by_id(id: UUID | str) -> User | None:
    return User.objects.filter(id=id).first()


def history(partnership: UUID, row_ids: list[UUID], *, limit: int = 100) -> tuple[PastEvent, ...]:
    """Return what was done to the rows, newest first: events about them and events that changed them."""
    keys = [row.hex for row in row_ids]
    ids = set(Change.objects.filter(row_id__in=keys).values_list("event_id", flat=True))
    ids |= set(Event.objects.filter(partnership_id=partnership, subject_id__in=row_ids).values_list("id", flat=True))
    events = list(Event.objects.filter(partnership_id=partnership, id__in=ids).order_by("-at", "-id")[:limit])
    changed: dict[UUID, list[ChangedValue]] = {event.id: [] for event in events}
    for c in Change.objects.filter(event__in=events, row_id__in=keys).order_by("id"):
        changed[c.event_id].append(ChangedValue(c.table, c.row_id, c.field, c.old, c.new, c.redacted_by_id is not None))
    return tuple(PastEvent(e.id, e.at, e.actor_name, e.kind, e.words, tuple(changed[e.id])) for e in events)


def acts_of_people(partnership: UUID) -> dict[str, int]:
    """Return how many times people (not jobs or readings) have done each kind of act in a partnership."""
    rows = Event.objects.filter(partnership_id=partnership, actor_kind=ActorKind.USER).values_list("kind").annotate(Count("id")).order_by()
    return dict(rows)


def latest_events(partnership: UUID, *, since: datetime | None = None, limit: int = 20) -> tuple[PastEvent, ...]:
    """Return what has been done in a partnership, newest first, without the values."""
    found = Event.objects.filter(partnership_id=partnership)
    if since:
        found = found.filter(at__gt=since)
    return tuple(PastEvent(e.id, e.at, e.actor_name, e.kind, e.words, ()) for e in found.order_by("-at", "-id")[:limit])
