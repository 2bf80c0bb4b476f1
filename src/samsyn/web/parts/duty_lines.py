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
from samsyn.chain.wording import capitalised, clipped, counted, date_words
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

    sent         what has been sent about it; "" = nothing
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
    sent: str = ""
    check_in: str = ""
    remind: str = ""
    is_written: bool = False


def wait_lines(waiting: Iterable[Waiting], facts: WeekFacts, *, member: Member) -> list[WaitLine]:
    """Return what waits for others as rows of a table."""
    return [WaitLine(title_of(one.duty), address_of(one.duty, member), name_of(one.duty), one.duty.organisation, one.since_on, one.days_late,
                     sent_words(one.sent, is_written=one.duty.id in facts.reminders) or "Nej", _remind(one.duty, facts, member)) for one in waiting]


def stall_lines(stalls: Iterable[Stall], facts: WeekFacts, *, member: Member, may_check_in: frozenset[str] | None) -> list[StallLine]:
    """
    Return what may stall, each with what can be done about it.

    may_check_in   ids of the actions that one may check in; None = all
    """
    return [_stall_line(one, facts, member, may_check_in) for one in stalls]


def _stall_line(one: Stall, facts: WeekFacts, member: Member, may_check_in: frozenset[str] | None) -> StallLine:
    duty = one.duty
    return StallLine(
        title_of(duty), address_of(duty, member), duty.plan_name, name_of(duty), duty.organisation, tuple(kind.label for kind in one.kinds), one.words,
        sent_words(facts.sent.get(duty.id), is_written=False), _check_in(duty, member, may_check_in), _remind(duty, facts, member),
        duty.id in facts.reminders)


def title_of(duty: Duty, longest: int = LONGEST) -> str:
    """Return what is to be done, with a capital letter: what is handed out at a meeting is often typed without."""
    return capitalised(clipped(duty.text, longest))


def address_of(duty: Duty, member: Member) -> str:
    """Return where a duty stands: the action's page; of an assignment its answer page for who may answer, else its plan, or the meetings."""
    if duty.kind == "action":
        return reverse("action", args=[duty.plan, duty.id])
    if is_with(duty, member) or member.may(Right.RUN_MEETINGS):
        return answer_address(duty)
    return reverse("board", args=[duty.plan]) if duty.plan else reverse("meetings")


def is_with(duty: Duty, member: Member) -> bool:
    """Whether a member is the one who is responsible, as far as the address says."""
    return duty.responsible is not None and bool(duty.responsible.email) and duty.responsible.email.lower() == member.email.lower()


def answer_address(duty: Duty) -> str:
    """Return the page where somebody who is signed in answers about a duty."""
    if duty.kind == "action":
        return reverse("answer_action", args=[duty.plan, duty.id])
    return reverse("answer_assignment", args=[UUID(duty.id)])


def name_of(duty: Duty) -> str:
    """Return who is responsible; "" if nobody is."""
    return duty.responsible.name if duty.responsible else ""


def sent_words(sent: Sent | None, *, is_written: bool) -> str:
    """Return what has been sent: "Två gånger, senast 2026-11-20"; "" if nothing has."""
    words = f"{counted(sent.count, 'gång', 'gånger').capitalize()}, senast {date_words(sent.last_on)}. " if sent else ""
    return f"{words}En påminnelse väntar på att skickas" if is_written else words.removesuffix(". ")


def _remind(duty: Duty, facts: WeekFacts, member: Member) -> str:
    """What a member can remind about: somebody else is responsible, and no reminder is written that has not gone out."""
    if not member.may(Right.NUDGE) or duty.responsible is None or duty.id in facts.reminders:
        return ""
    return "" if is_with(duty, member) else duty.id


def _check_in(duty: Duty, member: Member, may_check_in: frozenset[str] | None) -> str:
    if duty.kind == "action":
        return reverse("check_in", args=[duty.plan, duty.id]) if may_check_in is None or duty.id in may_check_in else ""
    return answer_address(duty) if is_with(duty, member) or member.may(Right.RUN_MEETINGS) else ""
