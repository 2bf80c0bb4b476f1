"""All that one person has in the plans passes to another, in one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.follow_up import evaluation_writes
from samsyn.records.plan import promise_writes


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many actions, and how many plans' follow-up, passed on."""

    actions: int
    follow_ups: int


def hand_over(*, partnership: UUID, leaver: str, to: Mapping[str, str], actor: Actor, at: datetime, once: str = "") -> HandedOver:
    """
    Pass on every action and every follow-up plan of one person, in all plans.

    leaver   the name as it stands there
    to       described fields of chain.Action: responsible, responsible_organisation, responsible_email, responsible_phone
    raises   Gone if nothing is theirs; AlreadyDone
    """
    act = Act(kind="action.reassigned", words=f"lämnade över allt från {leaver} till {to['responsible']}", partnership=partnership, once=once)
    with writing(actor=actor, at=at, act=act):
        made = HandedOver(
            promise_writes.reassign(partnership=partnership, responsible=leaver, to=to, actor=actor, at=at),
            evaluation_writes.change_owner(partnership=partnership, owner=leaver, to=to["responsible"], actor=actor, at=at))
        if not made.actions and not made.follow_ups:
            raise Gone
    return made
