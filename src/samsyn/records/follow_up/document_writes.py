"""What is frozen is made again on paper after words have been taken out of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from samsyn.records.access.acts import Actor
from samsyn.records.access.redaction_writes import redaction_act
from samsyn.records.access.writes import found, writing
from samsyn.records.follow_up.models import Adoption


def replace_paper(*, partnership: UUID, adoption: UUID, pdf: bytes, why: str, actor: Actor, at: datetime) -> None:
    """Put another paper in place of an adopted version's; a part of the redaction that took words out of its values. Raises Gone."""
    with writing(actor=actor, at=at, act=redaction_act(partnership, why)):
        row = found(Adoption.objects.within(partnership).filter(id=adoption).first())
        row.pdf = pdf
        row.save(update_fields=["pdf"])
