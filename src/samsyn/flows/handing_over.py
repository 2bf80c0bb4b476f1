"""All that one person has in the plans and from the meetings passes to another, in one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samsyn.chain.notice_values import Person
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.follow_up import evaluation_writes
from samsyn.records.meeting import hand_over_writes as meeting
from samsyn.records.outbox.link_reads import living_links
from samsyn.records.outbox.link_writes import revoke_link
from samsyn.records.plan import promise_writes
from samsyn.records.plan.hand_over_reads import held_actions


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many actions, plans' follow-up, assignments from meetings and seats in groups passed on, and how many links were made worthless."""

    actions: int
    follow_ups: int
    assignments: int = 0
    seats: int = 0
    links: int = 0


def hand_over(*, partnership: UUID, leaver: str, to: Mapping[str, str], with_seats: bool = False, actor: Actor, at: datetime,
              once: str = "") -> HandedOver:
    """
    Pass on every action, every follow-up plan and every open assignment of one person; no link that was sent before answers for another's thing.

    leaver       the name as it stands there
    to           described fields of chain.Action: responsible, responsible_organisation, responsible_email, responsible_phone
    with_seats   whether the seats in groups go with them
    raises       Gone if nothing is theirs; AlreadyDone
    """
    act = Act(kind="action.reassigned", words=f"lämnade över allt från {leaver} till {to['responsible']}", partnership=partnership, once=once)
    given: dict[str, Any] = {"partnership": partnership, "actor": actor, "at": at}
    with writing(actor=actor, at=at, act=act):
        held = held_actions(partnership, leaver)
        theirs: dict[str, Any] = {"leaver": leaver, "members": held.members, "to": to, **given}
        assignments = meeting.reassign_assignments(**theirs)
        made = HandedOver(
            actions=promise_writes.reassign(responsible=leaver, to=to, **given),
            follow_ups=evaluation_writes.change_owner(owner=leaver, to=to["responsible"], **given),
            assignments=len(assignments),
            seats=meeting.pass_on_seats(**theirs) if with_seats else 0,
            links=_revoke(partnership, (*held.actions, *assignments), Person(to["responsible"], to.get("responsible_email", "")), actor, at))
        if not (made.actions or made.follow_ups or made.assignments or made.seats):
            raise Gone
    return made


def _revoke(partnership: UUID, subjects: Iterable[UUID], to: Person, actor: Actor, at: datetime) -> int:
    """Make the links worthless that answer for what has been passed on, except those of whoever takes over. Returns how many."""
    old = [link for link in living_links(partnership, subjects, at) if link.person.key != to.key]
    for link in old:
        revoke_link(partnership=partnership, link=link.id, actor=actor, at=at)
    return len(old)
