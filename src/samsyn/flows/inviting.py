"""Whom the plans name as responsible but who cannot sign in yet: they are offered when somebody is to be invited."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from samsyn.chain.plan import Action
from samsyn.chain.swedish import fold, sort_key
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.reads import invitations, members
from samsyn.records.plan.reads import plan_heads


@dataclass(frozen=True, slots=True)
class Responsible:
    """A person whom the plans name. `email` and `organisation` may be empty; `key` tells people apart in an address; `actions` counts theirs."""

    key: str
    name: str
    email: str
    organisation: str
    actions: int


def people_without_account(partnership: UUID) -> tuple[Responsible, ...]:
    """Return those who are responsible in some plan and neither take part nor have an invitation waiting, in Swedish order."""
    known = {m.email.lower() for m in members(partnership)}
    known |= {i.email.lower() for i in invitations(partnership) if not i.used_at and not i.revoked_at}
    theirs: dict[str, list[Action]] = {}
    for head in plan_heads(partnership):
        for action in plan_values(head, with_story=False).actions:
            if action.responsible and not action.responsible_is_member and action.responsible_email.lower() not in known:
                theirs.setdefault(_key(action), []).append(action)
    named = {fold(m.name) for m in members(partnership)}
    people = [_person(key, actions) for key, actions in theirs.items()]
    return tuple(sorted((who for who in people if who.email or fold(who.name) not in named), key=lambda who: sort_key(who.name)))


def _key(action: Action) -> str:
    """Return what tells people apart and may stand in an address, where no name or e-mail should."""
    who = action.responsible_email.lower() or f"{fold(action.responsible)}|{fold(action.responsible_organisation)}"
    return sha256(who.encode()).hexdigest()[:16]


def _person(key: str, actions: list[Action]) -> Responsible:
    organisation = next((action.responsible_organisation for action in actions if action.responsible_organisation), "")
    return Responsible(key, actions[0].responsible, actions[0].responsible_email, organisation, len(actions))
