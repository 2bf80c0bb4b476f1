"""What a steering group decides is written and carried out as one act; an assignment can become an action of a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from samsyn.chain.answers import Answer
from samsyn.chain.meeting_values import GroupKind, LineKind
from samsyn.chain.notice_values import Person
from samsyn.chain.wording import number_words
from samsyn.flows import outcomes
from samsyn.flows.answering import Answered, answer_by_link, asked_by
from samsyn.flows.outcomes import AlreadyInPlan, DaysHaveChanged, MayNotDecide
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.models import Change, Event
from samsyn.records.editing import Gone
from samsyn.records.follow_up.models import Adoption
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.follow_up.writes import ask_decision
from samsyn.records.meeting.due_reads import due_proposals
from samsyn.records.meeting.duty_reads import assignments
from samsyn.records.meeting.line_reads import assignments_open, lines
from samsyn.records.meeting.line_writes import NotLive, add_answer
from samsyn.records.meeting.reads import MeetingHead, points
from samsyn.records.outbox.link_reads import open_link, token_of
from samsyn.records.outbox.link_writes import make_answer_link
from samsyn.records.plan.proposal_reads import open_proposals
from samsyn.records.plan.reads import PlanHead, plan_head
from tests.flows.a_meeting import BASE, TODAY, given, head_of, live_meeting, planned, say, steering_group
from tests.flows.brought import NOW, Room, actor

BY = {"at": NOW}


@pytest.fixture(autouse=True)
def quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samsyn.records.follow_up.adoption_paper.report_pdf", lambda report: b"%PDF")
    monkeypatch.setattr("samsyn.flows.closing.minutes_pdf", lambda content: b"%PDF")


@pytest.fixture
def meeting(town: Room) -> MeetingHead:
    return live_meeting(town, steering_group(town))


def plan_of(town: Room) -> PlanHead:
    head = plan_head(town.partnership, town.plan)
    assert head is not None
    return head


def by(town: Room) -> dict[str, Any]:
    return {"actor": actor(town), "at": NOW, "point": None}


def adopt(town: Room, meeting: MeetingHead, **more: Any) -> UUID:
    return outcomes.adopt_in_meeting(meeting=meeting, plan=plan_of(town), words="Styrgruppen antar planen Hamnen", today=TODAY, **{**by(town), **more})


def written(town: Room, meeting: MeetingHead) -> list[tuple[str, str]]:
    return [(line.kind.value, line.text) for line in lines(town.partnership, meeting.id)]


def test_a_decision_adopts_the_plan_in_one_act(town: Room, meeting: MeetingHead) -> None:
    before = Event.objects.count()
    point = points(town.partnership, meeting.id)[0].id
    made = adopt(town, meeting, point=point)
    assert Event.objects.count() == before + 1
    row = Adoption.objects.within(town.partnership).get(id=made)
    assert (row.body, row.decision, row.adopted_on, row.by) == ("Styrgruppen", "Styrgruppen antar planen Hamnen", date(2026, 11, 23), "Anna")
    (line,) = lines(town.partnership, meeting.id)
    assert (line.kind, line.text, line.plan, line.point) == (LineKind.DECISION, "Styrgruppen antar planen Hamnen", town.plan, point)
    assert plan_of(town).adopted_on == date(2026, 11, 23)
    tables = set(Change.objects.filter(event=Event.objects.get(subject_id=town.plan, kind="plan.adopted")).values_list("table", flat=True))
    assert {"meeting_meetingline", "follow_up_adoption", "plan_actionplan"} <= tables


def test_a_strategic_council_decides_and_other_groups_do_not(town: Room) -> None:
    for kind, may in ((GroupKind.STRATEGIC_COUNCIL, True), (GroupKind.WORKING, False), (GroupKind.PREPARATORY, False)):
        held = live_meeting(town, steering_group(town, kind))
        if may:
            adopt(town, held)
        else:
            with pytest.raises(MayNotDecide):
                adopt(town, held)
        assert len(written(town, held)) == may
    assert Adoption.objects.within(town.partnership).count() == 1


def test_nothing_is_decided_before_the_meeting_opens_or_after_it_is_closed(town: Room, meeting: MeetingHead) -> None:
    from samsyn.flows.closing import close_meeting

    later = head_of(town, planned(town, steering_group(town)))
    with pytest.raises(NotLive):
        adopt(town, later)
    close_meeting(meeting=meeting.id, base_url=BASE, **given(town))
    with pytest.raises(NotLive):
        adopt(town, meeting)
    assert not Adoption.objects.within(town.partnership).exists() and written(town, meeting) == []


def test_the_same_form_twice_is_one_decision(town: Room, meeting: MeetingHead) -> None:
    adopt(town, meeting, once="ett")
    with pytest.raises(AlreadyDone):
        adopt(town, meeting, once="ett")
    assert len(written(town, meeting)) == Adoption.objects.within(town.partnership).count() == 1


def test_money_and_time_are_set_aside_and_what_is_not_said_stays(town: Room, meeting: MeetingHead) -> None:
    def aside(money: Decimal | None, hours: Decimal | None) -> None:
        outcomes.set_aside(meeting=meeting, plan=plan_of(town), words="Vi sätter av medel.", money=money, staff_hours=hours, **by(town))

    aside(Decimal(60_000), None)
    aside(None, Decimal(40))
    follow_up = plan_values(plan_of(town)).follow_up
    assert follow_up is not None and (follow_up.money, follow_up.staff_hours) == (60_000, 40)
    assert {line for _, line in written(town, meeting)} == {f"Vi sätter av medel: {number_words(60_000)} kr", "Vi sätter av medel: 40 timmar"}


def test_the_group_sets_its_own_reporting_days(town: Room, meeting: MeetingHead) -> None:
    def days(wanted: list[tuple[date, str]], opened_with: list[date]) -> None:
        outcomes.set_days(meeting=meeting, plan=plan_of(town), words="Vi vill veta i mars och juni", days=wanted, opened_with=opened_with, **by(town))

    march, june = date(2027, 3, 1), date(2027, 6, 1)
    days([(march, "läget"), (june, "")], [])
    assert outcomes.days_now(plan_of(town)) == ((march, "läget"), (june, ""))
    assert written(town, meeting) == [("decision", "Vi vill veta i mars och juni: 2027-03-01 (läget) och 2027-06-01")]
    with pytest.raises(DaysHaveChanged):
        days([(march, "")], [])
    assert outcomes.days_now(plan_of(town)) == ((march, "läget"), (june, "")) and len(written(town, meeting)) == 1
    days([(june, "allt")], [march, june])
    assert outcomes.days_now(plan_of(town)) == ((june, "allt"),)


def test_an_asked_decision_is_settled_by_what_the_group_decided(town: Room, meeting: MeetingHead) -> None:
    asked = ask_decision(plan=town.plan, action=None, values={"text": "Får vi pengar till lampor?"}, **given(town))
    settle = {"meeting": meeting, "plan": plan_of(town), "decision": asked.id, **by(town)}
    outcomes.settle_in_meeting(words="Ja, 20 000 kr", **settle)
    (line,) = lines(town.partnership, meeting.id)
    assert (line.text, line.decision) == ("Ja, 20 000 kr", asked.id)
    assert plan_values(plan_of(town)).decisions_asked == ()
    with pytest.raises(Gone):
        outcomes.settle_in_meeting(words="Nej", **settle)
    assert len(written(town, meeting)) == 1


def test_an_assignment_becomes_an_action_and_is_followed_there_alone(town: Room, meeting: MeetingHead) -> None:
    from samsyn.flows.closing import close_meeting

    line = say(town, meeting.id, "Bo: mät ljuset vid kajen före 15 mars")
    close_meeting(meeting=meeting.id, base_url=BASE, **given(town))
    assert [duty.id for duty in assignments(town.partnership)] == [str(line)]
    cause = plan_values(plan_of(town)).causes[0]
    put = {"line": line, "plan": plan_of(town), "cause": UUID(cause.id), "text": "Mät ljuset vid kajen", "actor": actor(town), "at": NOW}
    made = outcomes.put_in_plan(**put)
    action = next(one for one in plan_values(plan_of(town)).actions if one.id == str(made))
    assert (action.text, action.responsible, action.due_on, action.causes) == ("Mät ljuset vid kajen", "Bo", date(2027, 3, 15), (cause.id,))
    assert assignments(town.partnership) == () and assignments_open(town.partnership) == ()
    with pytest.raises(AlreadyInPlan):
        outcomes.put_in_plan(**put)
    assert len(plan_values(plan_of(town)).actions) == 2


def test_a_link_to_an_assignment_that_became_an_action_answers_about_the_action(town: Room, meeting: MeetingHead) -> None:
    line = say(town, meeting.id, "Bo: mät ljuset vid kajen före 15 mars")
    made = make_answer_link(subject_kind="assignment", subject_id=line, person=Person("Bo", "bo@flows.example"), **given(town))
    link = open_link(token_of(made.id), NOW)
    assert link is not None
    asked = asked_by(link)
    assert asked is not None and asked.kind == "assignment"
    action = outcomes.put_in_plan(line=line, plan=plan_of(town), cause=None, text="Mät ljuset vid kajen", actor=actor(town), at=NOW)
    asked = asked_by(link)
    assert asked is not None and (asked.kind, asked.id) == ("action", action)
    answer_by_link(link, Answered(answer=Answer.DELAYED, proposed_due_on=date(2027, 4, 1)), once="", at=NOW)
    assert [one.action for one in open_proposals(town.partnership)] == [action] and due_proposals(town.partnership) == ()


def test_a_day_proposed_before_an_assignment_became_an_action_waits_for_nobody(town: Room, meeting: MeetingHead) -> None:
    line = say(town, meeting.id, "Bo: mät ljuset vid kajen före 15 mars")
    add_answer(line=line, answer=Answer.DELAYED, proposed_due_on=date(2027, 4, 1), **given(town))
    assert [one.line for one in due_proposals(town.partnership)] == [line]
    outcomes.put_in_plan(line=line, plan=plan_of(town), cause=None, text="Mät ljuset vid kajen", actor=actor(town), at=NOW)
    assert due_proposals(town.partnership) == ()


def test_an_assignment_about_an_action_is_still_reminded_of(town: Room, meeting: MeetingHead) -> None:
    from samsyn.flows.closing import close_meeting
    from samsyn.records.meeting import writes

    action = plan_values(plan_of(town)).actions[0]
    point = writes.add_point(meeting=meeting.id, title="Lamporna är sena", plan=town.plan, subject_kind="action", subject_id=UUID(action.id), **given(town))
    line = say(town, meeting.id, "Bo: ring leverantören", point.id)
    close_meeting(meeting=meeting.id, base_url=BASE, **given(town))
    assert [duty.id for duty in assignments(town.partnership)] == [str(line)]


def test_a_cause_of_another_plan_is_refused(town: Room, meeting: MeetingHead) -> None:
    from uuid import uuid4

    line = say(town, meeting.id, "Bo: mät ljuset")
    with pytest.raises(Gone):
        outcomes.put_in_plan(line=line, plan=plan_of(town), cause=uuid4(), text="Mät", actor=actor(town), at=NOW)
    assert len(plan_values(plan_of(town)).actions) == 1
