"""Who is told: the responsible, who answers while they are away, the contact, and those who hold it all together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from samsyn.chain.notice_values import Away, Duty, Everything, Person, ToldAs

LONGEST_CHAIN = 5  # substitutes of substitutes; a ring of people who answer for each other ends here


class People:
    """Those who can be told something on a day."""

    def __init__(self, everything: Everything, today: date) -> None:
        now_away = [away for away in everything.away if away.from_on <= today <= away.until_on]
        self._away = {away.person: away for away in now_away}
        self._away_by_name = {away.by_name: away for away in now_away if away.by_name}
        self._coordinators = self._told((person for person in everything.coordinators), ToldAs.COORDINATOR)

    def owner(self, duty: Duty) -> tuple[tuple[Person, ToldAs], ...]:
        """
        Return who is asked about a duty: the responsible, or their substitute.

        Somebody away without a substitute: the coordinators. Nobody responsible: the contact, else the coordinators.
        """
        if duty.responsible is None:
            return self.contact(duty) or self.coordinators()
        person = self.answering(duty.responsible)
        if person is None:
            return self.coordinators() or ((duty.responsible, ToldAs.RESPONSIBLE),)
        return ((person, ToldAs.RESPONSIBLE if person == duty.responsible else ToldAs.SUBSTITUTE),)

    def contact(self, duty: Duty) -> tuple[tuple[Person, ToldAs], ...]:
        """Return who is told when the responsible does not answer; nobody if the organisation has named none."""
        return () if duty.contact is None else ((self.answering(duty.contact) or duty.contact, ToldAs.CONTACT),)

    def coordinators(self) -> tuple[tuple[Person, ToldAs], ...]:
        return self._coordinators

    def members(self, people: Iterable[Person]) -> tuple[tuple[Person, ToldAs], ...]:
        """Return those whom a meeting concerns, or their substitutes."""
        return self._told(people, ToldAs.MEMBER)

    def answering(self, person: Person) -> Person | None:
        """Return the person, or who answers while they are away; None if nobody does."""
        asked = person
        for _ in range(LONGEST_CHAIN):
            away = self._away_of(asked)
            if away is None:
                return asked
            if away.substitute is None:
                return None
            asked = away.substitute
        return None

    def _away_of(self, person: Person) -> Away | None:
        found = self._away.get(person.key) or self._away.get(Person(person.name).key)
        return found or (None if person.email else self._away_by_name.get(person.key))

    def _told(self, people: Iterable[Person], told_as: ToldAs) -> tuple[tuple[Person, ToldAs], ...]:
        return tuple((self.answering(person) or person, told_as) for person in people)
