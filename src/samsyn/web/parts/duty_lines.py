"""What waits for somebody and what may stall, as rows for my week and the pulse, with what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from samsyn.chain.my_week import Sent, Waiting
from samsyn.chain.notice_values import Duty
from samsyn.chain.stalling import Stall
from samsyn.chain.wording import clipped, counted, date_words
from samsyn.flows.week_facts import WeekFacts
from samsyn.records.partnership.reads import Member
from samsyn.records.partnership.rights import Right

LONGEST = 120  # characters of what is to be done


@dataclass(frozen=True, slots=True)
class WaitLine:
    """What waits for somebody: since when, and what has been sent. `remind` is the duty to remind about, "" where nobody can be reminded now."""

    text: str
    address: str
    who: str
    organisation: str
    since_on: date
    late: int
    sent: str
    remind: str = ""


@dataclass(frozen=True, slots=True)
class StallLine:
    """
    What may stall, why, and the person it rests on.

    check_in     the address where it is checked in, "" for somebody who may not
    remind       the duty to remind about, "" where nobody can be reminded now
    is_written   whether a reminder is written and has not gone out
    """

    text: str
    address: str
    plan_name: str
    who: str
    organisation: str
    kinds: tuple[str, ...]
    words: tuple[str, ...]
    check_in: str = ""
    remind: str = ""
    is_written: bool = False


def wait_lines(waiting: Iterable[Waiting], facts: WeekFacts, *, member: Member) -> list[WaitLine]:
    """Return what waits for others as rows of a table."""
    return [WaitLine(clipped(one.duty.text, LONGEST), address_of(one.duty), name_of(one.duty), one.duty.organisation, one.since_on, one.days_late,
                     sent_words(one.sent, is_written=one.duty.id in facts.reminders), _remind(one.duty, facts, member)) for one in waiting]


def stall_lines(stalls: Iterable[Stall], facts: WeekFacts, *, member: Member, may_check_in: frozenset[str] | None) -> list[StallLine]:
    """
    Return what may stall, each with what can be done about it.

    may_check_in   ids of the actions that one may check in; None = all
    """
    return [StallLine(
        clipped(one.duty.text, LONGEST), address_of(one.duty), one.duty.plan_name, name_of(one.duty), one.duty.organisation,
        tuple(kind.label for kind in one.kinds), one.words, _check_in(one.duty, may_check_in), _remind(one.duty, facts, member),
        one.duty.id in facts.reminders) for one in stalls]


def address_of(duty: Duty) -> str:
    """Return where a duty stands: the action's page; of an assignment the plan it belongs to, or the meetings."""
    if duty.kind == "action":
        return reverse("action", args=[duty.plan, duty.id])
    return reverse("board", args=[duty.plan]) if duty.plan else reverse("meetings")


def answer_address(duty: Duty) -> str:
    """Return the page where somebody who is signed in answers about a duty."""
    if duty.kind == "action":
        return reverse("answer_action", args=[duty.plan, duty.id])
    return reverse("answer_assignment", args=[UUID(duty.id)])


def name_of(duty: Duty) -> str:
    """Return who is responsible; "" if nobody is."""
    return duty.responsible.name if duty.responsible else ""


def sent_words(sent: Sent | None, *, is_written: bool) -> str:
    """Return what has been sent: "Två gånger, senast 2026-11-20"."""
    words = f"{counted(sent.count, 'gång', 'gånger').capitalize()}, senast {date_words(sent.last_on)}" if sent else "Nej"
    return f"{words}. En påminnelse väntar på att skickas" if is_written else words


def _remind(duty: Duty, facts: WeekFacts, member: Member) -> str:
    """What a member can remind about: somebody else is responsible, and no reminder is written that has not gone out."""
    if not member.may(Right.NUDGE) or duty.responsible is None or duty.id in facts.reminders:
        return ""
    return "" if duty.responsible.email.lower() == member.email.lower() else duty.id


def _check_in(duty: Duty, may_check_in: frozenset[str] | None) -> str:
    if duty.kind != "action" or not (may_check_in is None or duty.id in may_check_in):
        return ""
    return reverse("check_in", args=[duty.plan, duty.id])
