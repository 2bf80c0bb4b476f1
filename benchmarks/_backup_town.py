"""
A large installation for the benchmark of safety copies, and somebody who writes in it.

Usage: python -m benchmarks._backup_town fill MEGABYTES     prints the partnership, organisation and action as one JSON line
       python -m benchmarks._backup_town write TOWN         writes check-ins until it is ended; a line for each that is saved
SAMSYN_FOLDER says where.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

ACTIONS = 1000
PAUSE = 0.01          # seconds between two check-ins: many people at once, and a database that stays about as large as it was made
FILE_BYTES = 400_000  # an original as people bring it: packed, so that it cannot be packed again


def fill(megabytes: float) -> dict[str, str]:
    """Make a town of many actions, with originals received until the database is that large (10^6 bytes)."""
    from benchmarks._web_town import make_town
    from django.conf import settings
    from samsyn.records.partnership.models import Membership
    from samsyn.records.source.writes import receive_file

    town = make_town([ACTIONS])
    place = Membership.objects.in_every_partnership().get()
    about: dict[str, Any] = {"partnership": place.partnership_id, "organisation": place.organisation_id, "reading": _reading(), "found_at": []}
    random = Random(1)
    for number in count():
        if _size(settings.CONFIG.database) >= megabytes * 1e6:
            return {"partnership": str(place.partnership_id), "organisation": str(place.organisation_id), "action": town.action}
        receive_file(name=f"plan {number}.xlsx", content=random.randbytes(FILE_BYTES), actor=_actor(), at=datetime.now(UTC), **about)
    raise AssertionError("count() never ends")


def _reading() -> dict[str, Any]:
    """Return some 100 kB of what a reader may have understood: text, which can be packed."""
    return {"rows": [{"number": row, "action": f"Vandra kvällstid i kvarter {row % 40} med grupp {row}"} for row in range(1200)]}


def _actor() -> Any:
    from samsyn.records.access.acts import Actor, ActorKind

    return Actor(ActorKind.USER, "bo", "Bo Ek")


def _size(database: Path) -> int:
    wal = database.with_name(f"{database.name}-wal")
    return database.stat().st_size + (wal.stat().st_size if wal.exists() else 0)


def write(town: dict[str, str]) -> None:
    """Write check-ins one after another; print number, when it was saved and how long it took, in seconds, for each that is."""
    from uuid import UUID

    from samsyn.records.plan.writes import add_check_in

    place = {name: UUID(value) for name, value in town.items()}
    for number in count(1):
        started = time.perf_counter()
        add_check_in(values={"text": f"skriven under kopian {number}"}, actor=_actor(), at=datetime.now(UTC), **place)
        print(number, time.time(), time.perf_counter() - started, flush=True)
        time.sleep(PAUSE)


def main(what: str, given: str) -> None:
    """Set Django up, then fill or write."""
    from samsyn.site.start import bring_up_to_date, set_up

    set_up()
    if what == "fill":
        bring_up_to_date()
        print(json.dumps(fill(float(given))))
    else:
        write(json.loads(given))


if __name__ == "__main__":
    main(*sys.argv[1:])
