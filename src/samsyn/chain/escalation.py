"""How far a reminder has gone: nudge, reminder, coordinator, steering list. Never a step skipped, never in a hurry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from samsyn.chain.notice_values import Duty, Level, Pace

STEPS = (Level.NUDGE, Level.REMINDER, Level.COORDINATOR, Level.STEERING)
STEPS_OF_NOBODY = (Level.COORDINATOR, Level.STEERING)


def level_now(steps: Sequence[Level], told: Mapping[Level, date], *, days_between: int, paused_until: date | None, today: date) -> Level:
    """
    Return the step that a reminder stands on today: the one that was told last, or the next when its time has come.

    steps         in order, at least one
    told          the latest day each step was told, for the same reason; empty = nothing has been told
    days_between  from one step to the next, 1 or more; a pause that has ended begins the count again
    A day later than today (a clock that has been set back) counts as today: no step is taken on it.
    """
    ahead = [number for number, step in enumerate(steps) if step not in told]
    if not ahead:
        return steps[-1]
    following = ahead[0]
    if following == 0:
        return steps[0]
    last = max(told[step] for step in steps[:following])
    if paused_until is not None and last < paused_until <= today:
        last = paused_until
    return steps[following] if (today - last).days >= days_between else steps[following - 1]


def overdue_since(duty: Duty, pace: Pace, today: date) -> date | None:
    """
    Return the day from which a duty is late without anybody having said why, or None if nobody is to be asked yet.

    The first late day is the day after the due day. Somebody who says something on the due day or later is left alone
    for `days_between` days; then it begins anew from that sign.
    """
    if duty.due_on is None or duty.due_on >= today:
        return None
    began = duty.due_on + timedelta(days=1)
    sign = duty.last_sign_on
    if sign is None or sign < duty.due_on:
        return began
    return max(began, sign) if (today - sign).days >= pace.days_between else None


def silent_since(duty: Duty, pace: Pace, today: date) -> date | None:
    """
    Return the last day that anything was heard of a duty, if that is `silent_days` ago or more, else None.

    Before it starts, while it waits for others, and where it is only followed, silence is in order. It counts from the
    latest of: written down, to start, became free, last sign of life.
    """
    if duty.is_line or duty.waits_for:
        return None
    last = max(day for day in (duty.made_on, duty.start_on, duty.freed_on, duty.last_sign_on) if day is not None)
    return last if (today - last).days >= pace.silent_days else None
