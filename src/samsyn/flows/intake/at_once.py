"""A file goes into a new plan at once, as it was read: what bringing and accepting do when nobody has anything to answer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from samsyn.flows.intake.accepting import accept
from samsyn.flows.intake.answers import Answers
from samsyn.flows.intake.bringing import Received, bring
from samsyn.records.access.acts import Actor


def take_in(*, partnership: UUID, organisation: UUID, name: str, content: bytes, plan_name: str, today: date, actor: Actor, at: datetime) -> UUID:
    """
    Read a file into a new plan called `plan_name`, and return the plan's id.

    raises   Refused, ReadBefore, Unchanged    as bring does
             NoProblem, NoText, NothingNew     as accept does; then the file waits for answers
    """
    run = bring(partnership=partnership, organisation=organisation, received=Received(name, content), today=today, actor=actor, at=at)
    return accept(partnership=partnership, run=run, answers=Answers(name=plan_name), today=today, actor=actor, at=at).plan
