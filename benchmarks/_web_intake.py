"""
What it costs to bring a file of so many rows and to accept it, in CPU time of this process and its children.

Usage: python -m benchmarks._web_intake ROWS [ROWS ...]     SAMSYN_FOLDER says where; prints one JSON line
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from benchmarks.files import write_plan

TODAY = date(2026, 11, 22)


class NotTakenIn(Exception):
    """An action of the file is missing in the plan, so that its figures would mean nothing."""


def spent() -> float:
    """Return the CPU seconds of this process and of the children it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def take_in(rows: int) -> dict[str, float]:
    """Bring a file of so many rows and accept it as a new plan; return the CPU seconds of both halves."""
    from samsyn.flows.intake.accepting import accept
    from samsyn.flows.intake.answers import UNNAMED_PROBLEM, Answers
    from samsyn.flows.intake.bringing import Received, bring
    from samsyn.records.access.acts import Actor, ActorKind
    from samsyn.records.partnership.models import Membership

    place = Membership.objects.in_every_partnership().select_related("user")[0]
    given = {"partnership": place.partnership_id, "actor": Actor(ActorKind.USER, str(place.user_id), place.user.name), "at": datetime.now(UTC)}
    content = file_of(rows)
    started = spent()
    run: UUID = bring(organisation=place.organisation_id, received=Received(f"{rows}.xlsx", content), today=TODAY, **given)
    brought = spent()
    accepted = accept(run=run, answers=Answers(problems={UNNAMED_PROBLEM: "Otrygghet sena kvällar"}), today=TODAY, **given)
    ended = spent()
    if accepted.added != rows:
        raise NotTakenIn(f"{accepted.added} of {rows} rows came in")
    return {"bring": brought - started, "accept": ended - brought}


def file_of(rows: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write_plan(Path(folder) / "plan.xlsx", rows).read_bytes()


def main(sizes: list[str]) -> None:
    """Take in a small file first, so that what is loaded once is not counted, then each."""
    from samsyn.site.start import set_up

    set_up()
    take_in(10)
    print(json.dumps({size: take_in(int(size)) for size in sizes}))


if __name__ == "__main__":
    main(sys.argv[1:])
