"""The timeline: when each action begins, is due and ended, and from when an effect can be expected."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from samsyn.chain.plan_timeline import DatedAction, DatedCause, PlanTimeline, plan_timeline
from samsyn.chain.report_chain import NO_CAUSE_TEXT
from samsyn.chain.report_values import Timeline
from samsyn.chain.wording import clipped, counted, date_words, sentence
from samsyn.formats.chart_timeline import Scale
from samsyn.formats.timeline_strip import row_strip, strip_axis, strip_marks, strip_scale
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import today
from samsyn.web.components.amounts import day
from samsyn.web.components.drawings import drawing
from samsyn.web.components.marks import dial, tag
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.download import Cell, table_download
from samsyn.web.parts.plan_links import links_of

HEADERS = ("Problem", "Orsak", "Nummer", "Åtgärd", "Börjar", "Klart senast", "Som det skrevs", "Genomförande", "Avslutad", "Effekt väntas")


@dataclass(frozen=True, slots=True)
class ShownAction:
    """An action as the table writes it: cells ready-made. `strip` is empty where there is no day to draw."""

    number: str
    text: str
    address: str
    start: SafeString
    due: SafeString
    ended: SafeString
    effect: SafeString
    strip: SafeString


@dataclass(frozen=True, slots=True)
class ShownCause:
    number: str
    title: str
    problem: str
    rows: list[ShownAction]


@page(Right.READ)
@require_GET
def timeline_page(request: PageRequest, plan: UUID) -> HttpResponse:
    """Show the plan in time."""
    found = plan_timeline(plan_values(request.plan, with_story=False), today())
    values = found.drawn
    scale = strip_scale(values)
    address = links_of(plan).action
    return render(request, "timeline/timeline.html", {
        "plan": request.plan, "groups": [_cause(group, values, scale, address) for group in found.groups], "headline": _headline(found),
        "lead": _lead(found), "axis": drawing(strip_axis(scale)), "marks": [(drawing(mark), words) for mark, words in strip_marks()],
        "today": today(), "may_edit": request.member.may(Right.EDIT_CHAIN)})


@page(Right.READ)
@require_GET
def timeline_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give the actions with their days as a list, in the page's order."""
    found = plan_timeline(plan_values(request.plan, with_story=False), today())
    rows = [_cells(group, one) for group in found.groups for one in group.actions]
    return table_download(ending, f"Tidslinje {request.plan.name}", HEADERS, rows)


def _cells(group: DatedCause, one: DatedAction) -> tuple[Cell, ...]:
    row, action = one.row, one.action
    cause = f"{group.cause.number or ''} {group.cause.text}".strip() if group.cause else NO_CAUSE_TEXT
    horizon = action.horizon.label if action.horizon else ""
    return (group.problem, cause, action.number, action.text, row.start_on, row.due_on, action.due_typed, row.state, row.done_on, row.effect_from or horizon)


def _cause(group: DatedCause, values: Timeline, scale: Scale, address: str) -> ShownCause:
    number, title = (str(group.cause.number or ""), group.cause.text) if group.cause else ("", NO_CAUSE_TEXT)
    return ShownCause(number, clipped(title, 140), clipped(group.problem, 120), [_action(one, values, scale, address) for one in group.actions])


def _action(one: DatedAction, values: Timeline, scale: Scale, address: str) -> ShownAction:
    row, action = one.row, one.action
    nothing = format_html('<span class="unsaid">{}</span>', "Inte sagt")
    effect = day(row.effect_from) if row.effect_from else tag(action.horizon.label) if action.horizon else nothing
    return ShownAction(
        action.number, clipped(action.text, 140), address.format(action.id), day(row.start_on) if row.start_on else nothing,
        day(row.due_on, row.days_late, action.due_typed), dial(row.code, date_words(row.done_on) if row.done_on else ""),
        effect, drawing(row_strip(row, values, scale)) if one.has_days else SafeString(""))


def _headline(found: PlanTimeline) -> str:
    late = sum(one.row.days_late > 0 for one in found.actions)
    if not found.actions:
        return "Planen i tid"
    return sentence(counted(late, "åtgärd är sen", "åtgärder är sena")).rstrip(".") if late else "Ingen åtgärd är sen"


def _lead(found: PlanTimeline) -> str:
    undated = sum(one.row.due_on is None for one in found.actions)
    unknown = sum(one.row.effect_from is None and one.action.horizon is None for one in found.actions)
    said = [f"I dag är {date_words(found.today)}."]
    if undated:
        said.append(sentence(f"{counted(undated, 'åtgärd saknar', 'åtgärder saknar')} sista dag"))
    if unknown:
        said.append(sentence(f"För {counted(unknown, 'åtgärd', 'åtgärder')} är det inte sagt när en effekt går att vänta sig"))
    return " ".join(said) if found.actions else ""
