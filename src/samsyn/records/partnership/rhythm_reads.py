"""Questions about when reminders may go out, who is away, and who is told when somebody does not answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samsyn.chain.notice_values import QUIET_FROM, QUIET_TO, Away, Person
from samsyn.chain.swedish import fold, sort_key
from samsyn.records.partnership.models import Absence, Party, Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmValues:
    """When a partnership's reminders may go out. `version` is 0 as long as nobody has set anything."""

    quiet_from: int = QUIET_FROM
    quiet_to: int = QUIET_TO
    paused_until: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRow:
    """That somebody is away, as a list and a form show it."""

    id: UUID
    name: str
    email: str
    from_on: date
    until_on: date
    substitute_name: str
    substitute_email: str
    version: int

    @property
    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ABSENCE_FIELDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyContact:
    """Who is told when the one responsible at a party does not answer; the contact's name is "" if nobody is named."""

    party: UUID
    organisation: UUID
    organisation_name: str
    contact_name: str
    contact_email: str


ABSENCE_FIELDS = ("name", "email", "from_on", "until_on", "substitute_name", "substitute_email")


def rhythm(partnership: UUID) -> RhythmValues:
    """Return when a partnership's reminders may go out; the defaults if nobody has set it."""
    row = Rhythm.objects.within(partnership).filter(withdrawn_at=None).first()
    if row is None:
        return RhythmValues()
    return RhythmValues(quiet_from=row.quiet_from, quiet_to=row.quiet_to, paused_until=row.paused_until, version=row.version)


def absences(partnership: UUID, today: date) -> tuple[Away, ...]:
    """Return who is away today or later, and who answers meanwhile, as the notices want it; later entries come last."""
    return tuple(_away(row) for row in absence_rows(partnership, today))


def absence_rows(partnership: UUID, today: date) -> tuple[AbsenceRow, ...]:
    """Return the absences that have not passed, by first day and then by name."""
    rows = Absence.objects.within(partnership).filter(withdrawn_at=None, until_on__gte=today)
    return tuple(sorted((_absence(row) for row in rows), key=lambda row: (row.from_on, sort_key(row.name))))


def absence_row(partnership: UUID, absence: UUID) -> AbsenceRow | None:
    """Return one absence, or None if it is not there (any more)."""
    row = Absence.objects.within(partnership).filter(id=absence, withdrawn_at=None).first()
    return _absence(row) if row else None


def was_withdrawn(partnership: UUID, absence: UUID) -> bool:
    """Whether an absence stood here and has been taken back."""
    return Absence.objects.within(partnership).filter(id=absence, withdrawn_at__isnull=False).exists()


def party_contacts(partnership: UUID) -> tuple[PartyContact, ...]:
    """Return every party with its contact, in Swedish order."""
    rows = Party.objects.within(partnership).select_related("organisation")
    found = (PartyContact(party=row.id, organisation=row.organisation_id, organisation_name=row.organisation.name,
                          contact_name=row.contact_name, contact_email=row.contact_email) for row in rows)
    return tuple(sorted(found, key=lambda row: sort_key(row.organisation_name)))


def contacts(partnership: UUID) -> dict[str, Person]:
    """Return the contact of each party that has named one, by the organisation's name as search folds it (chain.swedish.fold)."""
    return {fold(row.organisation_name): Person(row.contact_name or row.contact_email, row.contact_email)
            for row in party_contacts(partnership) if row.contact_name or row.contact_email}


def _away(row: AbsenceRow) -> Away:
    person, named = Person(row.name, row.email), row.substitute_name or row.substitute_email
    return Away(person=person.key, from_on=row.from_on, until_on=row.until_on, by_name=Person(row.name).key if row.email else "",
                substitute=Person(named, row.substitute_email) if named else None)


def _absence(row: Absence) -> AbsenceRow:
    return AbsenceRow(id=row.id, version=row.version, **{name: getattr(row, name) for name in ABSENCE_FIELDS})
