"""
Plans as values, kept from one page to the next for as long as nothing at all has changed.

Every change of any row leaves a row in the change log (triggers), in the transaction that makes it. So the event of the
latest change names the state of all rows, and what was read in that state holds until there is another. SQLite lets
one write at a time, so that changes are numbered in the order they are committed: where writes go side by side, this
must be thought over anew.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from uuid import UUID

from django.db import connection
from django.db.models import Subquery

from samsyn.chain.plan import Plan
from samsyn.records.access.models import Change

MOST_ACTIONS = 2_000  # of all plans that are kept: some 10 MB in every server process

Key = tuple[UUID, UUID, bool]  # partnership, plan, with its story or without


def latest_event() -> Subquery:
    """Return, as part of a query, the event of the latest change of any row."""
    return Subquery(Change.objects.order_by("-id").values("event_id")[:1])


@dataclass(slots=True)
class KeptPlans:
    """
    The plans that were read last, each with the event it was read after.

    Inside a transaction nothing is kept or found: what is seen there may never be committed.
    """

    most_actions: int
    plans: OrderedDict[Key, tuple[UUID, Plan]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def find(self, key: Key, event: UUID | None) -> Plan | None:
        """Return the plan as it was read after that event, or None."""
        if event is None or connection.in_atomic_block:
            return None
        with self.lock:
            read_after, plan = self.plans.get(key, (None, None))
            if read_after != event:
                return None
            self.plans.move_to_end(key)
            return plan

    def keep(self, key: Key, event: UUID | None, plan: Plan) -> None:
        """Keep a plan, and forget those that were asked for longest ago if there are too many actions."""
        if event is None or connection.in_atomic_block:
            return
        with self.lock:
            self.plans[key] = (event, plan)
            self.plans.move_to_end(key)
            while sum(len(kept.actions) for _, kept in self.plans.values()) > self.most_actions:
                self.plans.popitem(last=False)

    def forget(self) -> None:
        """Forget every plan. For those who measure what reading costs."""
        with self.lock:
            self.plans.clear()


KEPT = KeptPlans(MOST_ACTIONS)
