"""An accepted reading is taken back as one act, within 30 days: what nobody has touched is withdrawn, the rest stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.editing import Gone
from samsyn.records.follow_up.reads import acted_on, is_plan_used
from samsyn.records.plan.writes import withdraw_of_run, withdraw_plan_of_run
from samsyn.records.source import reads, writes


class TooLate(Exception):
    """More than 30 days have gone since the reading was accepted."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of it: texts of the rows that stay because somebody has touched them, and whether the plan went too."""

    stays: tuple[str, ...]
    plan_withdrawn: bool


def take_back(*, partnership: UUID, run: UUID, actor: Actor, at: datetime, once: str = "") -> TakenBack:
    """
    Withdraw the rows that a reading brought and that nobody has touched. They stay in the history; check-ins are never undone.

    raises   Gone          if the reading is not there, or not accepted (any more)
             TooLate       if it was accepted more than 30 days ago
             AlreadyDone   if the same form has been received before
    """
    accepted = reads.run(partnership, run)
    if accepted is None or not accepted.is_accepted:
        raise Gone
    if not accepted.can_be_taken_back(at):
        raise TooLate
    act = Act(kind="import.taken_back", words=f"ångrade inläsningen av {accepted.file_name}", partnership=partnership,
              subject_kind="import_run", subject=run, once=once)
    with writing(actor=actor, at=at, act=act):
        stays = withdraw_of_run(partnership=partnership, run=run, at=at, kept_actions=acted_on(partnership, run))
        is_used = accepted.plan is not None and is_plan_used(partnership, accepted.plan)
        gone = accepted.plan is not None and not is_used and withdraw_plan_of_run(partnership=partnership, plan=accepted.plan, run=run, at=at)
        writes.take_back_run(partnership=partnership, run=run, actor=actor, at=at)
    return TakenBack(tuple(stays), gone)
