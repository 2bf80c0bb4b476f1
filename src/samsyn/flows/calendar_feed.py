"""
A calendar to subscribe to: one person's days and meetings, one plan's, or one group's, and nothing more.

Who has the link sees the calendar, without signing in, so it holds only what has a day: the name of the thing, its plan, and where it is
read about. What has ended leaves it. A person's calendar stops when their place in the partnership does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from samsyn.chain.face import implementation_of
from samsyn.chain.meeting_values import STEERS
from samsyn.chain.page_paths import action_path, minutes_path, report_path
from samsyn.chain.plan import Plan
from samsyn.chain.wording import clipped
from samsyn.formats.calendar_ics import CalendarEvent, feed
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.meeting.calendar_reads import assignments_of_group, groups_of_member, meeting_event, meetings_since, own_assignments
from samsyn.records.meeting.line_reads import LineHead
from samsyn.records.meeting.reads import GroupHead, group, plans_of_group
from samsyn.records.outbox.link_reads import OpenLink, living_links, open_link
from samsyn.records.outbox.models import LinkPurpose
from samsyn.records.partnership.reads import Member, members
from samsyn.records.plan.calendar_reads import gone_on, plans_of_member
from samsyn.records.plan.reads import PlanHead, plan_head

PERSON, PLAN, GROUP = "person", "plan", "group"
BACK = timedelta(days=60)  # meetings that have been stay so long; days that have passed stay until what they are about has ended
TITLE = 150                # characters


def open_calendar(token: str, at: datetime) -> OpenLink | None:
    """Return what the token of a calendar opens, or None if it is forged or revoked, or is a token of something else."""
    return open_link(token, at, purpose=LinkPurpose.CALENDAR)


def calendar_links(partnership: UUID, subjects: Iterable[UUID], at: datetime) -> tuple[OpenLink, ...]:
    """Return the links to the calendars of some persons, plans and groups that live, newest first."""
    return living_links(partnership, subjects, at, purpose=LinkPurpose.CALENDAR)


def feed_of(link: OpenLink, *, at: datetime, base_url: str) -> bytes | None:
    """
    Return the calendar that a link opens, or None if what it is about is no longer there.

    base_url   what addresses begin with, "https://samsyn.example"
    """
    found = {PERSON: _of_person, PLAN: _of_plan, GROUP: _of_group}[link.subject_kind](link, at, base_url)
    return feed(found[1], name=found[0], made_at=at) if found else None


Calendar = tuple[str, list[CalendarEvent]]


def _of_person(link: OpenLink, at: datetime, base_url: str) -> Calendar | None:
    who = next((one for one in members(link.partnership) if one.id == link.subject), None)
    if who is None:
        return None
    plans = filter(None, (plan_head(link.partnership, plan) for plan in sorted(plans_of_member(link.partnership, who.id))))
    left = gone_on(link.partnership)
    events = [event for head in plans for event in _due_days(plan_values(head, with_story=False), head, base_url, left, of=who)]
    events += [_assignment(line, base_url) for line in own_assignments(link.partnership, who.id, who.email)]
    groups = groups_of_member(link.partnership, who.id, who.email)
    return f"Samsyn: {who.name}", [*events, *_meetings(link.partnership, groups, at, base_url)]


def _of_plan(link: OpenLink, at: datetime, base_url: str) -> Calendar | None:
    head = plan_head(link.partnership, link.subject)
    if head is None:
        return None
    values = plan_values(head, with_story=False)
    return f"Samsyn: {head.name}", [*_due_days(values, head, base_url, gone_on(link.partnership)), *_reporting_days(values, head, base_url)]


def _of_group(link: OpenLink, at: datetime, base_url: str) -> Calendar | None:
    head = group(link.partnership, link.subject)
    if head is None:
        return None
    events = [*_meetings(link.partnership, {head.id}, at, base_url), *(_assignment(line, base_url) for line in assignments_of_group(link.partnership, head.id))]
    return f"Samsyn: {head.name}", [*events, *_reported_to(head, base_url)]


def _reported_to(head: GroupHead, base_url: str) -> Iterator[CalendarEvent]:
    """Yield the reporting days of a steering group's plans."""
    for plan in plans_of_group(head.partnership, head.id) if head.kind in STEERS else ():
        if found := plan_head(head.partnership, plan):
            yield from _reporting_days(plan_values(found, with_story=False), found, base_url)


def _due_days(values: Plan, head: PlanHead, base_url: str, left: frozenset[str], of: Member | None = None) -> Iterator[CalendarEvent]:
    """Yield the days by which actions are to be done, those of one person or all. What has ended, or goes on in another plan, has none."""
    for action in values.actions:
        said = implementation_of(action)
        if action.due_on is None or action.id in left or (said and said.is_ended) or (of and not of.is_responsible_for(action)):
            continue
        who = "" if of or not action.responsible else f"Ansvarig: {action.responsible}\n"
        yield _day(f"atgard-{action.id}", f"Ska vara klart: {action.text}", action.due_on, f"{who}Plan: {head.name}",
                   base_url + action_path(head.id, action.id))


def _reporting_days(values: Plan, head: PlanHead, base_url: str) -> Iterator[CalendarEvent]:
    for told in values.follow_up.informed_on if values.follow_up else ():
        what = f"Styrgruppen informeras: {told.what}" if told.what else f"Styrgruppen informeras om {head.name}"
        yield _day(f"rapportdag-{head.id}-{told.on.isoformat()}", what, told.on, f"Plan: {head.name}", base_url + report_path(head.id))


def _assignment(line: LineHead, base_url: str) -> CalendarEvent:
    assert line.due_on is not None, "only those with a day are asked for"
    return _day(f"uppdrag-{line.id}", f"Ska vara klart: {line.text}", line.due_on, f"Uppdrag till {line.owner} från {line.group_name}",
                base_url + minutes_path(line.meeting))


def _meetings(partnership: UUID, groups: Iterable[UUID], at: datetime, base_url: str) -> Iterator[CalendarEvent]:
    for head in meetings_since(partnership, frozenset(groups), at - BACK):
        yield meeting_event(head, base_url)


def _day(uid: str, title: str, on: date, text: str, url: str) -> CalendarEvent:
    return CalendarEvent(uid=uid, title=clipped(title, TITLE), on=on, text=text, url=url)
