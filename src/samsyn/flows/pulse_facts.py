"""What the pulse is made of, for a whole partnership: gathered once, and kept until something changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from uuid import UUID

from samsyn.chain.choices import Implementation
from samsyn.chain.meeting_values import MeetingState
from samsyn.chain.plan import Action
from samsyn.chain.pulse import Pulse, Watched, periods_of, pulse
from samsyn.chain.report_chain import implementation_side
from samsyn.chain.wording import local_day, sweden
from samsyn.records.access.kept_facts import FACTS, latest_change
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.follow_up.sign_reads import made_moments, signs_since
from samsyn.records.meeting.reads import meetings
from samsyn.records.plan.reads import plan_heads

Signs = Mapping[str, tuple[date, ...]]


def pulse_now(partnership: UUID, today: date) -> Pulse:
    """Return the pulse of all plans in use; one query if nothing has changed since last time."""
    return FACTS.get(("pulse", partnership, today), latest_change(), lambda: _gathered(partnership, today))


def _gathered(partnership: UUID, today: date) -> Pulse:
    met = [local_day(one.closed_at) for one in meetings(partnership) if one.state is MeetingState.CLOSED and one.closed_at]
    first = min(period.after for period in periods_of(met, today))
    signs = _by_action(signs_since(partnership, datetime.combine(first, time(), sweden())))
    made = {str(action): local_day(at) for action, at in made_moments(partnership).items()}
    actions = [action for head in plan_heads(partnership) for action in plan_values(head, with_story=False).actions]
    return pulse(_watched(actions, made, signs), met, today)


def _by_action(signs: Iterable[tuple[UUID, datetime]]) -> Signs:
    found: dict[str, set[date]] = {}
    for action, at in signs:
        found.setdefault(str(action), set()).add(local_day(at))
    return {action: tuple(sorted(days)) for action, days in found.items()}


def _watched(actions: Iterable[Action], made: Mapping[str, date], signs: Signs) -> Iterator[Watched]:
    """Yield every action as the pulse sees it. One that another plan continues is watched there alone; one that a file says has ended is not watched."""
    every = list(actions)
    continued = {action.continues for action in every}
    for action in every:
        side = implementation_side(action)
        ended = Implementation(side.code).is_ended
        if action.id not in continued and not (ended and side.on is None):
            yield Watched(id=action.id, party=action.responsible_organisation, made_on=made.get(action.id), ended_on=side.on if ended else None,
                          signs=signs.get(action.id, ()))
