"""The one number that tells an open page that something has happened in a meeting."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F

from samsyn.records.meeting.models import Meeting


def bump(meeting_id: UUID) -> None:
    """Let a meeting's revision grow by one. Called inside the act that changes something in it: the row has been found there."""
    Meeting.objects.in_every_partnership().filter(id=meeting_id).update(revision=F("revision") + 1)
