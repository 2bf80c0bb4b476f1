"""What people have done in a partnership, as my week tells it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samsyn.chain.my_week import Done
from samsyn.records.access.acts import ActorKind
from samsyn.records.access.models import Event

BY_PEOPLE = (ActorKind.USER.value, ActorKind.LINK.value)
NO_NEWS = ("link.made", "letter.queued", "letter.ticked", "first_steps.put_away")  # what belongs to the sending, not to the plan


def done_since(partnership: UUID, since: datetime, *, but: str = "", limit: int = 200) -> tuple[Done, ...]:
    """
    Return what people have done after a moment, the latest first. What files, jobs and upgrades did is left out.

    but   the id of a person whose own acts are no news to them
    """
    rows = Event.objects.filter(partnership_id=partnership, at__gt=since, actor_kind__in=BY_PEOPLE).exclude(kind__in=NO_NEWS)
    found = rows.exclude(actor_id=but).order_by("-at", "-id").values_list("at", "actor_name", "kind", "words")
    return tuple(Done(*row) for row in found[:limit])
