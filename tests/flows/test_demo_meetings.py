"""The town's meetings are held through the ordinary writes: what a visitor sees has gone the same way as what they do themselves."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

import pytest
from tests.flows.brought import NOW

from samsyn.chain.demo_meetings import demo_meetings
from samsyn.chain.public_holidays import is_working_day
from samsyn.chain.meeting_values import LineKind, MeetingState, PointKind
from samsyn.chain.wording import local_day
from samsyn.flows.agenda_making import plan_with_agenda
from samsyn.flows.closing import close_meeting
from samsyn.flows.demo_meetings import Steps, hold_demo_meetings
from samsyn.flows.founding import make_demo_town
from samsyn.flows.intake.at_once import take_in
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.meeting import reads
from samsyn.records.meeting.line_reads import attendance, lines
from samsyn.records.outbox.models import LetterState
from samsyn.records.outbox.reads import letters_about
from samsyn.records.partnership.models import Partnership
from samsyn.records.partnership.reads import members

TODAY = local_day(NOW)


@pytest.fixture
def partnership(db: None) -> UUID:
    """Granviken with its meetings; made anew, or given to the town that the pages' tests have made already."""
    steps = Steps(plan=plan_with_agenda, close=close_meeting, base_url="http://samsyn.example")
    meet = partial(hold_demo_meetings, today=TODAY, at=NOW, steps=steps)
    if not make_demo_town(today=TODAY, at=NOW, take_in=take_in, meet=meet):
        there = Partnership.objects.get(name__startswith="Granviken")
        actors = {one.name: Actor(ActorKind.USER, str(one.user_id), one.name) for one in members(there.id)}
        meet(partnership=there.id, name=there.name, actors=actors)
    return Partnership.objects.get(name__startswith="Granviken").id


def test_the_town_has_two_groups_a_closed_meeting_and_what_comes_of_it(partnership: UUID) -> None:
    assert [group.name for group in reads.groups(partnership)] == ["Arbetsgrupp centrum", "Styrgruppen"]
    past, = [one for one in reads.meetings(partnership) if one.state is MeetingState.CLOSED]
    written = lines(partnership, past.id)
    assert {one.kind for one in written} == set(LineKind)
    assert [one.owner for one in written if one.kind is LineKind.ASSIGNMENT] == ["Bo", "Dana", "Kim", "Anna"]
    assert all(one.due_on for one in written if one.kind is LineKind.ASSIGNMENT)
    assert len(attendance(partnership, past.id)) == 7
    assert {one.state for one in letters_about(partnership, past.id)} == {LetterState.TICKED}, "nothing waits to be sent when a visitor comes"
    planned = reads.next_meetings(partnership, TODAY)
    assert [one.group_name for one in planned] == ["Arbetsgrupp centrum", "Styrgruppen"]
    agenda = reads.points(partnership, planned[0].id)
    assert [point.kind for point in agenda[:2]] == [PointKind.SINCE_LAST, PointKind.NEXT_TIME]
    assert agenda[0].title.startswith("Hur gick det med de fyra uppdragen")
    assert PointKind.DECISION_ASKED in {point.kind for point in reads.points(partnership, planned[1].id)}
    elsewhere = Partnership.objects.get(name__startswith="Norrängen").id
    assert (reads.groups(elsewhere), reads.meetings(elsewhere)) == ((), ())


@pytest.mark.parametrize("today", [date(2026, 12, 24), date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)])
def test_the_towns_meetings_fall_on_working_days_whatever_day_it_is(today: date) -> None:
    made = demo_meetings(today)
    assert all(is_working_day(local_day(one.starts_at)) for one in (*made.held, *made.planned))
    assert not any("{" in line for one in made.held for point in one.points for line in point.lines)
