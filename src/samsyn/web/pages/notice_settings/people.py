"""Addresses filled in from the names of those whom Samsyn knows: nobody has to write them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from samsyn.chain.notice_values import Person
from samsyn.chain.swedish import fold
from samsyn.records.editing import Edit


def address_of(people: Iterable[Person], name: str) -> str:
    """Return the address of the only one of that name, or "" if there is none, or more than one."""
    found = {person.email for person in people if person.email and fold(person.name) == fold(name)}
    return found.pop() if len(found) == 1 else ""


def with_addresses(values: Mapping[str, Any], people: Iterable[Person], *pairs: tuple[str, str]) -> dict[str, Any]:
    """Return values where each empty address is filled with that of its name. `pairs` = (field of the name, field of the address)."""
    known, filled = tuple(people), dict(values)
    for name, email in pairs:
        if filled.get(name) and not filled.get(email):
            filled[email] = address_of(known, filled[name])
    return filled


def edit_with_addresses(edit: Edit, people: Iterable[Person], *pairs: tuple[str, str]) -> Edit:
    """Return an edit where addresses are filled as above; with a new name the address of the old one goes, if nobody has touched it."""
    values = dict(edit.values)
    for name, email in pairs:
        if name in values and values[name] != edit.base.get(name) and values[email] == edit.base.get(email):
            values[email] = ""
    return Edit(values=with_addresses(values, people, *pairs), base=edit.base, version=edit.version)
