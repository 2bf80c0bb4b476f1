"""Questions about who can be told something: the coordinators, and a person out of a name and an address as they were written."""

from __future__ import annotations

from uuid import UUID

from samsyn.chain.mail_address import usable_address
from samsyn.chain.notice_values import Person
from samsyn.records.partnership.models import Membership, Partnership
from samsyn.records.partnership.rights import Role


def every_partnership() -> tuple[UUID, ...]:
    """Return the id of every partnership of the installation, oldest first. Only for jobs."""
    return tuple(Partnership.objects.order_by("made_at", "id").values_list("id", flat=True))


def partnership_name(partnership: UUID) -> str:
    return Partnership.objects.get(id=partnership).name


def coordinators(partnership: UUID) -> tuple[Person, ...]:
    """Return the coordinators, in the order they came; where there is none, the municipal police officers, who may do the same."""
    rows = Membership.objects.within(partnership).filter(ended_at=None, user__is_active=True).order_by("since_at", "id")
    for role in (Role.COORDINATOR, Role.MUNICIPAL_POLICE_OFFICER):
        found = tuple(person_of(*row) for row in rows.filter(role=role).values_list("user__name", "user__email"))
        if found:
            return found
    return ()


def member_with_address(partnership: UUID, email: str) -> Membership | None:
    """Return the place in the partnership of somebody who signs in with an address; None for "", and where nobody does."""
    rows = Membership.objects.within(partnership).filter(user__email__iexact=email.strip(), ended_at=None)
    return rows.first() if email.strip() else None


def person_of(name: str, email: str) -> Person:
    """Return a person as a notice needs them: an address that cannot be used is left out, and stands for a name that is missing."""
    address = usable_address(email)
    return Person(" ".join(name.split()) or address or " ".join(email.split()), address)
