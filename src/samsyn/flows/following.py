"""Acts that touch both what is done (plan) and what it gave (follow-up), in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from samsyn.chain.choices import Implementation
from samsyn.records.access.acts import Act, Actor
from samsyn.records.access.writes import writing
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.plan import writes as plan


def check_in(*, partnership: UUID, action: UUID, organisation: UUID, values: Mapping[str, Any], on_behalf_of: str = "",
             corrects: UUID | None = None, actor: Actor, at: datetime, once: str = "") -> UUID:
    """
    Add a check-in, and set the implementation if it says one. A correction sets nothing by itself unless it says one.

    values   described fields of chain.CheckIn by name
    raises   Gone, AlreadyDone
    """
    act = Act(kind="check_in.added", words="rättade en avstämning" if corrects else "stämde av", partnership=partnership,
              organisation=organisation, subject_kind="action", subject=action, once=once)
    with writing(actor=actor, at=at, act=act):
        row = plan.add_check_in(partnership=partnership, action=action, organisation=organisation, values=values, on_behalf_of=on_behalf_of,
                                corrects=corrects, actor=actor, at=at)
        said = values.get("implementation")
        if said:
            follow_up.set_face(partnership=partnership, action=action, value=Implementation(said), why=str(values.get("text", "")),
                               rests_on=None, actor=actor, at=at)
    return row.id
