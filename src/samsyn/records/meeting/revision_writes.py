"""The one number that tells an open page that something has happened in a meeting."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F

from samsyn.chain.meeting_values import MeetingState
from samsyn.records.meeting.models import Meeting


def bump(partnership: UUID, meeting: UUID) -> None:
    """Let a meeting's revision grow by one. Called inside the act that changes something in it."""
    Meeting.objects.within(partnership).filter(id=meeting).update(revision=F("revision") + 1)


def bump_live(partnership: UUID) -> None:
    """Let the revision of every meeting that goes on grow: something that its open pages may show has changed. Called inside an act."""
    Meeting.objects.within(partnership).filter(state=MeetingState.LIVE, withdrawn_at=None).update(revision=F("revision") + 1)
