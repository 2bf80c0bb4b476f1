"""All that the notices of a partnership are derived from, in a fixed number of queries."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samsyn.chain.notice_values import Everything
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.follow_up.duty_reads import plan_duties
from samsyn.records.meeting.duty_reads import assignments, gatherings
from samsyn.records.outbox.notice_reads import told
from samsyn.records.partnership.people_reads import coordinators
from samsyn.records.partnership.rhythm_reads import absences, rhythm
from samsyn.records.plan.notice_reads import paces

POST = Actor(ActorKind.JOB, "post", "Samsyn")


def everything(partnership: UUID, today: date) -> Everything:
    """Return what the notices of a partnership are derived from on a day: some twenty queries, however many actions there are."""
    plans = plan_duties(partnership, today)
    return Everything(
        duties=(*plans.duties, *assignments(partnership)), ended=plans.ended, gatherings=gatherings(partnership, today),
        steering_days=plans.steering_days, paces=paces(partnership), away=absences(partnership, today), coordinators=coordinators(partnership),
        told=told(partnership), paused_until=rhythm(partnership).paused_until)
