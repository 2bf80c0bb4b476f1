"""Changes of when reminders may go out, who is away, and who is told when somebody does not answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from samsyn.chain.merge import merge
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import apply_edit, found, withdraw, writing
from samsyn.records.editing import Collided, Edit, Gone, Saved
from samsyn.records.partnership.models import Absence, Party, Partnership, Rhythm


class NotOwn(PermissionError):
    """Only somebody who looks after the reminders may say that another person is away."""


class EndsBeforeStart(ValueError):
    """An absence would end before it starts: two people have changed a day each."""


def change_rhythm(*, partnership: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change quiet hours and pause of a partnership. The first change makes the row, from the defaults. Raises Collided, Gone."""
    act = Act(kind="rhythm.changed", words="ändrade när påminnelser får gå ut", partnership=partnership, subject_kind="partnership",
              subject=partnership, once=once)
    with writing(actor=actor, at=at, act=act):
        row = Rhythm.objects.within(partnership).filter(withdrawn_at=None).first()
        if row is None:
            place = found(Partnership.objects.filter(id=partnership).first())
            row = Rhythm.objects.create(partnership_id=partnership, organisation_id=place.coordinating_id)
        merged = apply_edit(row, edit)
    return Saved(merged.from_theirs)


def add_absence(*, partnership: UUID, organisation: UUID, values: Mapping[str, Any], own_email: str | None, actor: Actor, at: datetime,
                once: str = "") -> Absence:
    """
    Write down that somebody is away.

    organisation  whose row it is: that of the one who writes
    values        the fields of chain.notice_fields.AbsenceFields
    own_email     the address of a person who may only speak for themselves; None = may speak for anybody
    raises        NotOwn, EndsBeforeStart
    """
    row_id = uuid4()
    act = Act(kind="absence.added", words=f"skrev att {values['name']} är borta", partnership=partnership, organisation=organisation,
              subject_kind="absence", subject=row_id, once=once)
    with writing(actor=actor, at=at, act=act):
        row = Absence(id=row_id, partnership_id=partnership, organisation_id=organisation, **values)
        _be_own(row, own_email)
        _be_in_order(row.from_on, row.until_on)
        row.save(force_insert=True)
        return row


def change_absence(*, partnership: UUID, absence: UUID, edit: Edit, own_email: str | None, actor: Actor, at: datetime, once: str = "") -> Saved:
    """Change an absence. `own_email` as in `add_absence`. Raises NotOwn, EndsBeforeStart, Collided, Gone."""
    act = Act(kind="absence.changed", words="ändrade en frånvaro", partnership=partnership, subject_kind="absence", subject=absence, once=once)
    with writing(actor=actor, at=at, act=act):
        row = _absence(partnership, absence, own_email)
        _be_in_order_after(row, edit)
        merged = apply_edit(row, edit)
        _be_own(row, own_email)
    return Saved(merged.from_theirs)


def withdraw_absence(*, partnership: UUID, absence: UUID, own_email: str | None, actor: Actor, at: datetime) -> None:
    """Take an absence back. Raises NotOwn, Gone."""
    act = Act(kind="absence.withdrawn", words="tog bort en frånvaro", partnership=partnership, subject_kind="absence", subject=absence)
    with writing(actor=actor, at=at, act=act):
        withdraw(_absence(partnership, absence, own_email), at)


def change_contact(*, partnership: UUID, party: UUID, edit: Edit, actor: Actor, at: datetime, once: str = "") -> Saved:
    """
    Change who is told when the one responsible at a party does not answer. Empty fields = nobody.

    A party carries no version: what the form was opened with is compared with what stands there now.
    raises   Collided   if somebody has changed the same field to something else meanwhile; Gone if the party is not there
    """
    act = Act(kind="party.contact", words="ändrade vem som får veta när den ansvariga inte svarar", partnership=partnership, subject_kind="party",
              subject=party, once=once)
    with writing(actor=actor, at=at, act=act):
        row = found(Party.objects.within(partnership).filter(id=party).first())
        theirs = {name: getattr(row, name) for name in edit.values}
        merged = merge({**dict.fromkeys(edit.values), **edit.base}, theirs, edit.values)
        if merged.collisions:
            raise Collided(merged, edit.version, "")
        changed = [name for name, value in merged.values.items() if value != theirs[name]]
        for name in changed:
            setattr(row, name, merged.values[name])
        if changed:
            row.save(update_fields=changed)
    return Saved(merged.from_theirs)


def _absence(partnership: UUID, absence: UUID, own_email: str | None) -> Absence:
    row = Absence.objects.within(partnership).filter(id=absence, withdrawn_at=None).first()
    if row is None:
        raise Gone
    _be_own(row, own_email)
    return row


def _be_own(row: Absence, own_email: str | None) -> None:
    if own_email is not None and row.email.casefold() != own_email.casefold():
        raise NotOwn


def _be_in_order_after(row: Absence, edit: Edit) -> None:
    """Refuse an edit that fits what its form was opened with, but not the day that somebody else has changed since."""
    base = {} if edit.version == row.version else edit.base
    days = {name: getattr(row, name) for name in ("from_on", "until_on")}
    after = {**days, **merge(base, days, {name: edit.values[name] for name in days if name in edit.values}).values}
    _be_in_order(after["from_on"], after["until_on"])


def _be_in_order(from_on: date, until_on: date) -> None:
    if until_on < from_on:
        raise EndsBeforeStart
