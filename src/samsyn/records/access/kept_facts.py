"""
What has been read or derived once, kept for as long as nothing at all has changed: see records/follow_up/kept.py, which keeps plans so.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from samsyn.records.access.models import Change

Facts = TypeVar("Facts")
MOST_KEPT = 24  # a partnership takes three: its week, what to mend, its pulse


def latest_change() -> UUID | None:
    """Return the event of the latest change of any row, which names the state of them all; None if nothing was ever changed."""
    return Change.objects.order_by("-id").values_list("event_id", flat=True).first()


@dataclass(slots=True)
class KeptFacts:
    """
    Facts by key, each with the event it was made after. Whoever takes something from here must not alter it.

    Inside a transaction nothing is kept or found: what is seen there may never be committed.
    """

    most: int
    facts: OrderedDict[Hashable, tuple[UUID, Any]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable, event: UUID | None, make: Callable[[], Facts]) -> Facts:
        """
        Return the facts of a key, made now unless they were made after the same event.

        event   `latest_change()`, asked before anything that `make` reads
        """
        if event is None or connection.in_atomic_block:
            return make()
        with self.lock:
            kept = self.facts.get(key)
            if kept is not None and kept[0] == event:
                self.facts.move_to_end(key)
                found: Facts = kept[1]
                return found
        made = make()
        with self.lock:
            self.facts[key] = (event, made)
            self.facts.move_to_end(key)
            while len(self.facts) > self.most:
                self.facts.popitem(last=False)
        return made

    def forget(self) -> None:
        """Forget everything. For those who measure what reading costs."""
        with self.lock:
            self.facts.clear()


FACTS = KeptFacts(MOST_KEPT)
