"""Signs of life: the moments when a person said or did something about an action. A file that is read in is no such sign."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, QuerySet

from samsyn.records.access.acts import ActorKind
from samsyn.records.access.models import Change, Event
from samsyn.records.follow_up.models import FaceSetting
from samsyn.records.plan.models import Action, CheckIn, StaffNote

BY_PEOPLE = (ActorKind.USER.value, ActorKind.LINK.value)
STEP_SIGNS = ("step.added", "step.ticked")  # acts whose subject is the action: a step has no column that says when it was ticked


def latest_signs(partnership: UUID) -> dict[UUID, datetime]:
    """
    Return the latest sign of life of every action that has one: a check-in, a face that a person set, a step added or ticked, a staff note.

    One query, at most four rows an action, however long its story is.
    """
    first, *others = (rows.values("of").annotate(latest=Max("when")).values_list("of", "latest") for rows in _signs(partnership))
    found: dict[UUID, datetime] = {}
    for action, latest in first.union(*others, all=True):
        found[action] = max(latest, found.get(action, latest))
    return found


def signs_since(partnership: UUID, since: datetime) -> frozenset[tuple[UUID, datetime]]:
    """Return every (action, moment) of a sign of life after a moment. One query."""
    first, *others = (rows.filter(when__gt=since).values_list("of", "when") for rows in _signs(partnership))
    return frozenset(first.union(*others, all=True))


def made_moments(partnership: UUID) -> dict[UUID, datetime]:
    """Return when each action was written down, or read in, as the change log has it. One query."""
    rows = Change.objects.filter(table=Action._meta.db_table, field="", old=None, event__partnership_id=partnership)
    return {UUID(row): at for row, at in rows.order_by().values_list("row_id", "event__at")}


def _signs(partnership: UUID) -> tuple[QuerySet[Any], ...]:
    """Return the four kinds of rows, each with `of` (the action) and `when`, without an order."""
    own = {"of": F("action_id"), "when": F("at")}
    acts = Event.objects.filter(partnership_id=partnership, kind__in=STEP_SIGNS, actor_kind__in=BY_PEOPLE, subject_kind="action", subject_id__isnull=False)
    return (
        CheckIn.objects.within(partnership).annotate(**own).order_by(),
        FaceSetting.objects.within(partnership).filter(by_file=False).annotate(**own).order_by(),
        StaffNote.objects.within(partnership).annotate(**own).order_by(),
        acts.annotate(of=F("subject_id"), when=F("at")).order_by(),
    )
