"""When the morning's reminders are derived: at seven by the Swedish clock, on working days. One that was missed is caught up at once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from samsyn.chain.public_holidays import is_working_day
from samsyn.chain.wording import sweden

IN_THE_MORNING = time(7, 0)


def latest_morning(now: datetime) -> datetime:
    """Return the latest moment, at or before now, when a morning's work was to be done, in UTC. What was done before it does not count."""
    day = now.astimezone(sweden()).date()
    while True:
        moment = datetime.combine(day, IN_THE_MORNING, sweden())
        if moment <= now and is_working_day(day):
            return moment.astimezone(UTC)
        day -= timedelta(days=1)
