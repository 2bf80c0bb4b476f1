"""Somebody's place in a partnership ends: they cannot sign in to it, no link of theirs opens anything more, and nothing is sent to them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.outbox.leaving_writes import LetGo, let_go
from samsyn.records.partnership.reads import members
from samsyn.records.partnership.writes import end_membership


def leave(*, partnership: UUID, member: UUID, actor: Actor, at: datetime) -> LetGo:
    """
    End a person's place. What they did stays; what they are responsible for is handed over separately (flows/handing_over.py).

    raises   LastCoordinator, Gone
    """
    act = Act(kind="member.ended", words="avslutade ett medlemskap", partnership=partnership, subject_kind="membership", subject=member)
    with writing(actor=actor, at=at, act=act):
        who = next((one for one in members(partnership) if one.id == member), None)
        if who is None:
            raise Gone
        end_membership(partnership=partnership, member=member, actor=actor, at=at)
        return let_go(partnership=partnership, email=who.email, actor=actor, at=at)
