"""Questions about who takes part."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from samsyn.chain.swedish import sort_key
from samsyn.records.partnership.models import Invitation, Membership, Party, Partnership
from samsyn.records.partnership.rights import ROLES, Right, Role, rights_of


class HasResponsible(Protocol):
    """An action as a value or as a form needs it: `responsible_member` is the id of a place in the partnership; empty = nobody's."""

    @property
    def responsible_member(self) -> UUID | str | None: ...


@dataclass(frozen=True, slots=True)
class Member:
    """A signed-in person's place: in which partnership, from which organisation, with which rights."""

    id: UUID
    user_id: UUID
    name: str
    email: str
    role: str
    partnership: UUID
    partnership_name: str
    organisation: UUID
    organisation_name: str
    coordinating: UUID

    def may(self, right: Right) -> bool:
        return right in rights_of(self.role)

    def is_responsible_for(self, action: HasResponsible) -> bool:
        """Whether an action is this person's own: the place it is tied to is theirs. An e-mail address ties, but never decides."""
        return bool(action.responsible_member) and str(action.responsible_member) == str(self.id)

    @property
    def role_label(self) -> str:
        return Role(self.role).label


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that can still be used, or has been; the token itself is known only when it is made."""

    id: UUID
    name: str
    email: str
    role: str
    organisation_name: str
    partnership_name: str
    made_at: datetime
    made_by: str
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    @property
    def role_label(self) -> str:
        return Role(self.role).label

    @property
    def role_words(self) -> str:
        return ROLES[Role(self.role)].words


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def members_of_user(user_id: UUID) -> tuple[Member, ...]:
    """Return every place a person has now, oldest first."""
    rows = Membership.objects.in_every_partnership().filter(user_id=user_id, ended_at=None)
    return tuple(_member(row) for row in rows.select_related("user", "partnership", "organisation").order_by("since_at", "id"))


def members(partnership: UUID) -> tuple[Member, ...]:
    """Return everybody who takes part now, in Swedish order."""
    rows = Membership.objects.within(partnership).filter(ended_at=None).select_related("user", "partnership", "organisation")
    return tuple(sorted((_member(row) for row in rows), key=lambda m: sort_key(m.name)))


def organisations(partnership: UUID) -> tuple[tuple[UUID, str], ...]:
    """Return (id, name) of the parties, in Swedish order."""
    rows = Party.objects.within(partnership).values_list("organisation_id", "organisation__name")
    return tuple(sorted(rows, key=lambda row: sort_key(row[1])))


def has_ended(partnership: UUID, member: UUID) -> bool:
    """Whether somebody had this place in the partnership and no longer has it."""
    return Membership.objects.within(partnership).filter(id=member, ended_at__isnull=False).exists()


def coordinating_organisation(partnership: UUID) -> UUID:
    return Partnership.objects.get(id=partnership).coordinating_id


def invitations(partnership: UUID) -> tuple[OpenInvitation, ...]:
    """Return the invitations of a partnership, newest first."""
    rows = Invitation.objects.within(partnership).select_related("organisation", "partnership").order_by("-made_at")
    return tuple(_invitation(row) for row in rows)


def invitation_by_token(token: str, now: datetime) -> OpenInvitation | None:
    """Return the invitation that a link opens, or None if it is unknown, used, revoked or too old."""
    rows = Invitation.objects.in_every_partnership().filter(token_hash=token_hash(token), used_at=None, revoked_at=None, expires_at__gt=now)
    row = rows.select_related("organisation", "partnership").first()
    return _invitation(row) if row else None


def _member(row: Membership) -> Member:
    return Member(row.id, row.user_id, row.user.name, row.user.email, row.role, row.partnership_id, row.partnership.name,
                  row.organisation_id, row.organisation.name, row.partnership.coordinating_id)


def _invitation(row: Invitation) -> OpenInvitation:
    return OpenInvitation(row.id, row.name, row.email, row.role, row.organisation.name, row.partnership.name, row.made_at,
                          row.made_by, row.expires_at, row.used_at, row.revoked_at)
