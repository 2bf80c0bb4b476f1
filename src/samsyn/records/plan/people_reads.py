"""Whom Samsyn knows in a partnership: so that a name is enough, and nobody is written to whom it does not know."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from samsyn.chain.notice_values import Person
from samsyn.chain.swedish import fold, sort_key
from samsyn.records.partnership.reads import members
from samsyn.records.partnership.rhythm_reads import contacts
from samsyn.records.plan.models import Action


def known_people(partnership: UUID) -> tuple[Person, ...]:
    """
    Return those who take part, are responsible for something or are a party's contact: one a name and address, in Swedish order.

    A name without an address is left out where the same name stands somewhere with one. Three queries.
    """
    found: dict[tuple[str, str], Person] = {}
    for person in _everybody(partnership):
        found.setdefault((fold(person.name), person.email.casefold()), person)
    has_address = {name for name, email in found if email}
    kept = (person for (name, email), person in found.items() if email or name not in has_address)
    return tuple(sorted(kept, key=lambda person: (sort_key(person.name), person.email)))


def responsible_people(partnership: UUID) -> tuple[Person, ...]:
    """Return everybody who is responsible for an action in use, with the address that stands there; in Swedish order. One query."""
    rows = Action.objects.within(partnership).filter(withdrawn_at=None, plan__withdrawn_at=None).exclude(responsible="")
    found = {Person(" ".join(name.split()), email.strip()) for name, email in rows.values_list("responsible", "responsible_email").distinct()}
    return tuple(sorted(found, key=lambda person: (sort_key(person.name), person.email)))


def _everybody(partnership: UUID) -> Iterator[Person]:
    yield from (Person(member.name, member.email) for member in members(partnership))
    yield from responsible_people(partnership)
    yield from contacts(partnership).values()
