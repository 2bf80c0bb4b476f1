"""What a page that is open during a meeting asks again and again: whether what it shows of a point has changed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count

from samsyn.records.follow_up.models import DecisionAsked
from samsyn.records.meeting.models import MeetingLine
from samsyn.records.meeting.reads import MeetingPoint
from samsyn.records.plan.models import Action


def facts_stamp(partnership: UUID, point: MeetingPoint | None) -> str:
    """Return a text that changes when a point changes, or what it is about: action, decision or assignment. At most one query."""
    if point is None:
        return "none"
    own = (point.id, point.title, point.why, point.minutes, point.done_at, point.parked_at)
    return sha256(repr((*own, _subject(partnership, point))).encode()).hexdigest()[:16]


def _subject(partnership: UUID, point: MeetingPoint) -> tuple[Any, ...] | None:
    rows: Any
    if point.subject_kind == "action":
        rows = Action.objects.within(partnership).annotate(
            said=Count("check_ins", distinct=True), seen=Count("face_settings", distinct=True)).values_list("version", "withdrawn_at", "said", "seen")
    elif point.subject_kind == "decision":
        rows = DecisionAsked.objects.within(partnership).values_list("version", "settled_at")
    elif point.subject_kind == "assignment":
        rows = MeetingLine.objects.within(partnership).annotate(said=Count("answers")).values_list("version", "said")
    else:
        return None
    found: tuple[Any, ...] | None = rows.filter(id=point.subject_id).first()
    return found
