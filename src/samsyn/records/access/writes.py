"""The only way to change anything: inside `writing`, which makes the event that every changed value carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from samsyn.chain.merge import Merge, merge
from samsyn.records.access.acts import Act, Actor, AlreadyDone, NoActor
from samsyn.records.access.models import Change, CurrentAct, Event, IdempotencyKey, Installation, User
from samsyn.records.access.triggers import QUOTED_WORDS
from samsyn.records.editing import Collided, Edit, Gone
from samsyn.records.scope import Editable

Row = TypeVar("Row")
QUOTED_FIELDS = ("text", "title", "name")  # what the event that a row was added quotes
_under_way: ContextVar[Event | None] = ContextVar("event under way", default=None)


@contextmanager
def writing(*, actor: Actor, at: datetime, act: Act) -> Iterator[Event]:
    """
    Open one transaction for one act of one actor, and give the event that its changes will carry.

    Inside another act it joins that one: an act has one event, however many rooms it touches.
    raises   NoActor      if actor or at is missing
             AlreadyDone  if the act's form has been received before; nothing is changed
    """
    if not isinstance(actor, Actor) or not isinstance(at, datetime):
        raise NoActor("A write takes an Actor and the moment it is done.")
    outer = _under_way.get()
    if outer is not None:
        yield outer
        return
    with transaction.atomic():
        if act.once:
            _refuse_repeat(act, actor, at)
        event = Event.objects.create(
            at=at, actor_kind=actor.kind, actor_id=actor.id, actor_name=actor.name, partnership_id=act.partnership,
            organisation_id=act.organisation, kind=act.kind, words=act.words, subject_kind=act.subject_kind,
            subject_id=act.subject)
        CurrentAct.objects.create(id=1, event=event)
        token = _under_way.set(event)
        try:
            yield event
        finally:
            _under_way.reset(token)
        CurrentAct.objects.all().delete()


def _refuse_repeat(act: Act, actor: Actor, at: datetime) -> None:
    key = f"{actor.id}:{act.once}"[:100]
    earlier = IdempotencyKey.objects.filter(key=key).first()
    if earlier:
        raise AlreadyDone(earlier.answer)
    IdempotencyKey.objects.create(key=key, actor_id=actor.id, at=at, answer=str(act.subject or ""))


def make_installation(*, is_demo: bool, at: datetime) -> Installation:
    """Write the one row that says what this installation is, if it is not there."""
    return Installation.objects.get_or_create(id=1, defaults={"is_demo": is_demo, "made_at": at})[0]


def add_user(*, id: UUID, email: str, name: str, password: str | None, actor: Actor, at: datetime) -> User:
    """Add a person who can sign in. Without a password they can sign in only by a link."""
    act = Act(kind="user.added", words=f"lade till {name}", partnership=None, subject_kind="user", subject=id)
    with writing(actor=actor, at=at, act=act):
        user = User(id=id, email=email.strip().lower(), name=name.strip(), joined_at=at)
        user.set_password(password)
        user.save(force_insert=True)
    return user


def rename_user(*, user: User, name: str, actor: Actor, at: datetime) -> None:
    """Change a person's own name."""
    act = Act(kind="user.renamed", words=f"bytte namn till {name}", partnership=None, subject_kind="user", subject=user.id)
    with writing(actor=actor, at=at, act=act):
        user.name = name.strip()
        user.save(update_fields=["name"])


def set_password(*, user: User, password: str, actor: Actor, at: datetime) -> None:
    """Give a person a new password. Raises Gone if it has been changed since `user` was read: a link is used once, also by two at once."""
    act = Act(kind="user.password", words=f"satte nytt lösenord för {user.name}", partnership=None, subject_kind="user", subject=user.id)
    with writing(actor=actor, at=at, act=act):
        found(User.objects.filter(id=user.id, password=user.password).first())
        user.set_password(password)
        user.save(update_fields=["password"])


def apply_edit(row: Editable, edit: Edit, *, links: Mapping[str, tuple[str, ...]] | None = None) -> Merge:
    """
    Merge an edit into a row that the transaction holds, and save the row if a column changed. Returns the merge.

    links    the row's links as they are now (sorted ids by field name); they are merged, but saved by the caller
    raises   Collided   if somebody has changed the same field since the form was opened; nothing is saved
    """
    linked = links or {}
    theirs = {name: linked[name] if name in linked else getattr(row, name) for name in edit.values}
    opened = {**dict.fromkeys(edit.values), **edit.base}  # a field without its base may have been changed by both
    merged = merge(theirs if edit.version == row.version else opened, theirs, edit.values)
    if merged.collisions:
        raise Collided(merged, row.version, _last_to_change(row))
    columns = [name for name, value in merged.values.items() if name not in linked and value != theirs[name]]
    changed_links = [name for name in linked if name in merged.values and merged.values[name] != linked[name]]
    if columns or changed_links:
        for name in columns:
            setattr(row, name, merged.values[name])
        row.version += 1
        row.save(update_fields=[*columns, "version"])
    return merged


def _last_to_change(row: Editable) -> str:
    last = Change.objects.filter(row_id=row.pk.hex, field="version").select_related("event").order_by("-id").first()
    return last.event.actor_name if last else ""


def withdraw(row: Editable, at: datetime) -> None:
    """Take a row out of use. It stays in the history and can be taken up again."""
    row.withdrawn_at = at
    row.version += 1
    row.save(update_fields=["withdrawn_at", "version"])


def take_up(row: Editable) -> None:
    """Take a withdrawn row into use again."""
    row.withdrawn_at = None
    row.version += 1
    row.save(update_fields=["withdrawn_at", "version"])


def found(row: Row | None) -> Row:
    """Return the row, or raise Gone if it is not there. The transaction already holds the write lock."""
    if row is None:
        raise Gone
    return row


def redact(*, partnership: UUID, row_id: UUID, field: str, why: str, actor: Actor, at: datetime) -> int:
    """
    Empty what the change log holds of one field of one row: the one exception to a log that is never altered.

    The event says who did it, when and why. A row's first state holds all its fields as one, so it is emptied too, and
    the event that says that the row was added, which quotes it, loses its words.
    returns  how many changes were emptied; 0 if there was nothing left to empty, and then nothing is written
    """
    held = Change.objects.filter(row_id=row_id.hex, field__in=[field, ""], redacted_by=None, event__partnership_id=partnership)
    if not held.exists():
        return 0
    act = Act(kind="history.redacted", words=f"tog bort ett fält ur historiken: {why}", partnership=partnership, subject_kind="row", subject=row_id)
    with writing(actor=actor, at=at, act=act) as event:
        added = held.filter(field="", old=None, event__kind__endswith=".added").values_list("event_id", flat=True)
        if field in QUOTED_FIELDS:
            Event.objects.filter(id__in=list(added)).update(words=QUOTED_WORDS)
        return held.update(old=None, new=None, redacted_by=event)
