"""Questions about notices: which wait, which have gone out, and what stands on the steering group's list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q

from samsyn.catalog.load_notices import notice_rules
from samsyn.chain.notice_values import STEERING_LIST, Level, NoticeKind, Person, Told
from samsyn.chain.wording import local_day
from samsyn.records.access.models import Event
from samsyn.records.outbox.models import GONE_OUT, Letter, LetterKind, LetterState, Notice

DERIVED = "notices.derived"  # the act of a morning, also of one that changed nothing

Key = tuple[str, str, str, str, str]  # kind, level, subject, person, period: the unique key of a notice


@dataclass(frozen=True, slots=True)
class WaitingNotice:
    """A notice that is in no letter yet. `person` is Person.key; STEERING_LIST for what stands on the steering group's list."""

    id: UUID
    key: Key
    subject_kind: str
    plan: UUID | None
    about_on: date | None
    queued_at: datetime

    @property
    def person(self) -> str:
        return self.key[3]

    @property
    def is_on_list(self) -> bool:
        return self.person == STEERING_LIST


@dataclass(frozen=True, slots=True)
class SteeringNotice:
    """What stands on the steering group's list: an action or an assignment that nobody has answered about. `since_on` = on the list since."""

    kind: NoticeKind
    subject_kind: str
    subject: UUID
    plan: UUID | None
    about_on: date | None
    since_on: date


def partnerships_with_notices() -> tuple[UUID, ...]:
    """Return the partnerships where a notice waits for a letter."""
    rows = Notice.objects.in_every_partnership().filter(letter=None, dropped_at=None).exclude(person=STEERING_LIST)
    return tuple(rows.order_by().values_list("partnership_id", flat=True).distinct())


def waiting_notices(partnership: UUID) -> tuple[WaitingNotice, ...]:
    """Return the notices that are neither in a letter nor dropped, those on the steering group's list too."""
    rows = Notice.objects.within(partnership).filter(letter=None, dropped_at=None)
    columns = ("id", "kind", "level", "subject_id", "person", "period", "subject_kind", "plan_id", "about_on", "queued_at")
    return tuple(WaitingNotice(row[0], _key(row[1:6]), *row[6:]) for row in rows.values_list(*columns).iterator())


def standing_keys(partnership: UUID) -> Iterator[tuple[Key, UUID | None]]:
    """Yield the key of every notice there is, with its id if it was dropped: it may become true again."""
    rows = Notice.objects.within(partnership).values_list("kind", "level", "subject_id", "person", "period", "id", "dropped_at")
    for *key, notice, dropped_at in rows.iterator():
        yield _key(key), notice if dropped_at else None


def told(partnership: UUID) -> tuple[Told, ...]:
    """Return what has gone out, or stands on the steering group's list, of the kinds that escalate: the latest day of each step."""
    escalating = [rule.kind for rule in notice_rules() if rule.escalates]
    rows = Notice.objects.within(partnership).filter(kind__in=escalating, dropped_at=None)
    on_list = Q(letter=None, person=STEERING_LIST)
    steps = rows.filter(Q(letter__state__in=GONE_OUT) | on_list).order_by().values_list("kind", "level", "subject_id", "period")
    return tuple(
        Told(kind=NoticeKind(kind), level=Level(level), subject=str(subject), period=period, on=local_day(sent_at or queued_at))
        for kind, level, subject, period, sent_at, queued_at in steps.annotate(sent=Max("letter__sent_at"), queued=Max("queued_at")).iterator())


def last_letters(partnership: UUID) -> dict[str, date]:
    """Return Person.key -> the day of their latest letter of reminders, one that a coordinator asked for too: sent, or written and not taken away."""
    rows = Letter.objects.within(partnership).filter(kind=LetterKind.NOTICES).exclude(state=LetterState.DROPPED)
    latest = rows.order_by().values("name", "email").annotate(made=Max("made_at"), sent=Max("sent_at"))
    found: dict[str, date] = {}
    for name, email, made, sent in latest.values_list("name", "email", "made", "sent").iterator():
        key, day = Person(name, email).key, local_day(max(made, sent or made))
        found[key] = max(day, found.get(key, day))
    return found


def steering_list(partnership: UUID) -> tuple[SteeringNotice, ...]:
    """Return what stands on the steering group's list, that which has stood longest first."""
    rows = Notice.objects.within(partnership).filter(letter=None, dropped_at=None, person=STEERING_LIST).order_by("queued_at", "id")
    columns = ("kind", "subject_kind", "subject_id", "plan_id", "about_on", "queued_at")
    return tuple(SteeringNotice(NoticeKind(row[0]), row[1], row[2], row[3], row[4], local_day(row[5])) for row in rows.values_list(*columns))


def unsent_letters(partnership: UUID) -> dict[UUID, tuple[tuple[UUID, Key], ...]]:
    """Return the letters of reminders that have surely not been sent yet, each with its notices (id, key)."""
    letters = Letter.objects.within(partnership).filter(kind=LetterKind.NOTICES, state=LetterState.READY, uncertain_at=None)
    rows = Notice.objects.within(partnership).filter(letter__in=letters.values("id")).annotate(of=F("letter_id"))
    found: dict[UUID, list[tuple[UUID, Key]]] = {}
    for letter, notice, *key in rows.values_list("of", "id", "kind", "level", "subject_id", "person", "period").iterator():
        found.setdefault(letter, []).append((notice, _key(key)))
    return {letter: tuple(notices) for letter, notices in found.items()}


def _key(stored: Sequence[Any]) -> Key:
    kind, level, subject, person, period = stored
    return kind, level, str(subject), person, period


def was_derived(partnership: UUID, since: datetime, until: datetime) -> bool:
    """Whether somebody has gone through what is to be told in a partnership, from one moment to another, both included."""
    return Event.objects.filter(partnership_id=partnership, at__gte=since, at__lte=until, kind=DERIVED).exists()
