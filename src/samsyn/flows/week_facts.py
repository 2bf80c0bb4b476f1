"""What my week is made of, for a whole partnership: gathered once, and kept until something changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samsyn.chain.check import CheckResult, MendsOfRule, check, three_of_several
from samsyn.chain.my_week import Sent, Waiting, waiting_for
from samsyn.chain.notice_values import Duty, Pace
from samsyn.chain.stalling import Stall, friday_of, stalls_by
from samsyn.records.access.kept_facts import FACTS, latest_change
from samsyn.records.access.reads import acts_of_people
from samsyn.records.follow_up.decision_reads import OpenDecision, open_decisions
from samsyn.records.follow_up.duty_reads import plan_duties
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.meeting.due_reads import DueProposal, due_proposals
from samsyn.records.meeting.duty_reads import assignments
from samsyn.records.meeting.reads import MeetingHead, next_meetings
from samsyn.records.outbox.hand_reads import waits_for_hand
from samsyn.records.outbox.models import LetterState
from samsyn.records.outbox.notice_reads import SteeringNotice, steering_list
from samsyn.records.outbox.reads import LetterHead, letters_waiting
from samsyn.records.outbox.reminded_reads import reminded, waiting_reminders
from samsyn.records.partnership.reads import members
from samsyn.records.partnership.rhythm_reads import rhythm
from samsyn.records.plan.notice_reads import paces
from samsyn.records.plan.proposal_reads import HelpAsked, Proposal, open_help, open_proposals
from samsyn.records.plan.reads import PlanHead, plan_heads
from samsyn.records.source.reads import Run, runs


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """
    What is known of a partnership's week. Shared by all who ask: nothing in it may be altered.

    duties      every action and assignment that has not ended
    waiting     those that are late or silent
    friday      what may stall before the week is over; `friday_on` is its last day
    plans       every plan with how many of its actions have not ended, and how many are late
    paused_until   the day the reminders begin again, if somebody has set one; it may have passed
    reminders   subjects that a reminder of its own is written about and has not gone out
    """

    plans: tuple[tuple[PlanHead, int, int], ...]
    duties: tuple[Duty, ...]
    paces: dict[str, Pace]
    waiting: tuple[Waiting, ...]
    friday: tuple[Stall, ...]
    friday_on: date
    sent: dict[str, Sent]
    reminders: frozenset[str]
    proposals: tuple[Proposal, ...]
    due_proposals: tuple[DueProposal, ...]
    help: tuple[HelpAsked, ...]
    letters: tuple[LetterHead, ...]
    decisions: tuple[OpenDecision, ...]
    steering: tuple[SteeringNotice, ...]
    meetings: tuple[MeetingHead, ...]
    paused_until: date | None
    files: tuple[Run, ...]

    @property
    def failed(self) -> list[LetterHead]:
        """The letters that could not be sent."""
        return [one for one in self.letters if one.state is LetterState.FAILED]

    def to_pass_on(self, *, sends_mail: bool) -> list[LetterHead]:
        """Return the letters that somebody has to pass on by hand: without a mail server all that are ready, else those without an address."""
        return [one for one in self.letters if waits_for_hand(one, has_server=sends_mail)]


@dataclass(frozen=True, slots=True)
class MendFacts:
    """
    What the plan check says of all plans, for those who may mend.

    first     three things to mend first, each with its plan
    results   plan -> what the check found
    """

    first: tuple[tuple[PlanHead, MendsOfRule], ...]
    results: dict[UUID, CheckResult]
    acts: dict[str, int]
    members: int


def week_facts(partnership: UUID, today: date) -> WeekFacts:
    """Return what is known of a partnership's week; one query if nothing has changed since last time."""
    return FACTS.get(("week", partnership, today), latest_change(), lambda: _gathered(partnership, today))


def mend_facts(partnership: UUID, today: date) -> MendFacts:
    """Return what the plan check says of all plans, kept in the same way."""
    return FACTS.get(("mends", partnership, today), latest_change(), lambda: _checked(partnership, today))


def _gathered(partnership: UUID, today: date) -> WeekFacts:
    pace = paces(partnership)
    duties = (*plan_duties(partnership, today).duties, *assignments(partnership))
    sent, friday = reminded(partnership), friday_of(today)
    waiting = waiting_for(duties, pace, sent, today)
    return WeekFacts(
        plans=_counted(plan_heads(partnership), duties, waiting), duties=duties, paces=pace, waiting=waiting,
        friday=stalls_by(duties, pace, today, friday), friday_on=friday, sent=sent, reminders=waiting_reminders(partnership),
        proposals=open_proposals(partnership), due_proposals=due_proposals(partnership), help=open_help(partnership), letters=letters_waiting(partnership),
        decisions=open_decisions(partnership), steering=steering_list(partnership), meetings=next_meetings(partnership, today),
        paused_until=rhythm(partnership).paused_until,
        files=tuple(run for run in runs(partnership) if run.is_waiting))


def _counted(heads: Iterable[PlanHead], duties: Iterable[Duty], waiting: Iterable[Waiting]) -> tuple[tuple[PlanHead, int, int], ...]:
    opened = Counter(duty.plan for duty in duties if duty.kind == "action")
    late = Counter(one.duty.plan for one in waiting if one.days_late and one.duty.kind == "action")
    return tuple((head, opened[str(head.id)], late[str(head.id)]) for head in heads)


def _checked(partnership: UUID, today: date) -> MendFacts:
    results = [(head, check(plan_values(head, with_story=False), today)) for head in plan_heads(partnership)]
    return MendFacts(three_of_several(results), {head.id: result for head, result in results}, acts_of_people(partnership), len(members(partnership)))
