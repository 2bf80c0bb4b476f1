"""A sign of life is something a person said or did about an action; a file that is read in is none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samsyn.chain.choices import Implementation
from samsyn.records.access.acts import Act, Actor, ActorKind
from samsyn.records.access.writes import writing
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.follow_up.models import FaceSetting
from samsyn.records.follow_up.sign_reads import latest_signs, signs_since
from samsyn.records.plan import promise_writes, writes
from tests.records.conftest import AT, Room

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def new_action(room: Room) -> Any:
    return writes.add_action(partnership=room.partnership, plan=room.plan, values={"text": "Vandra"}, causes=(), goals=(), actor=room.actor, at=AT)


def sign_by(kind: str, room: Room, action: Any, at: datetime) -> None:
    given: dict[str, Any] = {"partnership": room.partnership, "action": action.id, "actor": room.actor, "at": at}
    if kind == "check-in":
        writes.add_check_in(organisation=room.organisation, values={"text": "Det går"}, **given)
    elif kind == "face":
        follow_up.set_face(value=Implementation.UNDER_WAY, why="", rests_on=None, **given)
    elif kind == "note":
        promise_writes.add_staff_note(text="Vi hinner", **given)
    else:
        step = writes.add_step(values={"text": "Ring"}, **given)
        if kind == "ticked step":
            writes.tick_step(step=step.id, done_on=date(2026, 11, 20), **{**given, "at": at + DAY})


@pytest.mark.parametrize(("kind", "at"), [
    ("check-in", AT), ("face", AT), ("note", AT), ("step", AT), ("ticked step", AT + DAY)])
def test_every_kind_of_sign_is_seen_at_the_moment_it_was_given(room: Room, kind: str, at: datetime) -> None:
    action = new_action(room)
    assert action.id not in latest_signs(room.partnership)
    sign_by(kind, room, action, AT)
    assert latest_signs(room.partnership)[action.id] == at
    assert (action.id, at) in signs_since(room.partnership, AT - DAY)
    assert action.id not in {of for of, _ in signs_since(room.partnership, at)}, "a sign at the very moment is not after it"


def test_what_a_file_or_a_job_does_is_no_sign(room: Room) -> None:
    action = new_action(room)
    with writing(actor=Actor(ActorKind.IMPORT, "file", "plan.xlsx"), at=AT, act=Act(kind="step.added", words="läste in", partnership=room.partnership,
                                                                                  subject_kind="action", subject=action.id)):
        FaceSetting.objects.create(partnership_id=room.partnership, organisation_id=room.organisation, action=action, side="implementation",
                                   value=Implementation.UNDER_WAY, at=AT, by="plan.xlsx", by_file=True)
    assert action.id not in latest_signs(room.partnership)


def test_the_latest_of_several_signs_counts_and_it_takes_one_query(room: Room, elsewhere: Room) -> None:
    action = new_action(room)
    sign_by("note", room, action, AT + 3 * DAY)
    sign_by("check-in", room, action, AT + DAY)
    with CaptureQueriesContext(connection) as asked:
        found = latest_signs(room.partnership)
    assert (found[action.id], len(asked)) == (AT + 3 * DAY, 1)
    assert action.id not in latest_signs(elsewhere.partnership)
    with CaptureQueriesContext(connection) as asked:
        since = signs_since(room.partnership, AT + 2 * DAY)
    assert (since, len(asked)) == ({(action.id, AT + 3 * DAY)}, 1)
