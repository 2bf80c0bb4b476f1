"""The plan's lists as files: the board in the handbook's form, the goals, and what has happened to an action."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from samsyn.chain import plan as chain
from samsyn.chain.field import fields_of
from samsyn.chain.rows import label_of
from samsyn.chain.wording import in_sweden
from samsyn.formats.plan_csv import plan_csv
from samsyn.formats.plan_xlsx import plan_workbook
from samsyn.records.access.reads import history
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.plans.board_filter import filter_from, matches
from samsyn.web.parts.download import Cell, download, table_download
from samsyn.web.parts.past import past_lines

GOAL_FIELDS = ("text", "level", "kind", "indicator", "baseline", "baseline_on", "target", "smallest_change", "due_on")
CHECK_INS = ("När", "Av", "För", "Genomförande", "Vad har hänt?", "Vad hjälpte?", "Vad hindrade?", "Timmar", "Kostnad, kr", "Rättad senare",
             "Svar", "Föreslår datum", "Behöver hjälp av", "Via personlig länk")
HISTORY = ("När", "Av", "Vad", "Uppgift", "Förut", "Nu")
TITLE = 100  # characters of a file's title


@page(Right.READ)
@require_GET
def plan_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give the actions the board shows, in the handbook's six columns."""
    values = plan_values(request.plan)
    wanted = filter_from(request.GET)
    shown = tuple(a for a in values.actions if matches(a, wanted, today(), request.member))
    chosen = replace(values, actions=shown) if wanted.is_set else values
    made = plan_workbook(chosen, title=request.plan.name, exported_on=today()) if ending == "xlsx" else plan_csv(chosen)
    return download(made, ending, request.plan.name)


@page(Right.READ)
@require_GET
def goals_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give the goals with indicator and values."""
    values = plan_values(request.plan, with_story=False)
    about = fields_of(chain.Goal)
    headers = [*(about[name].column for name in GOAL_FIELDS), "Åtgärder"]
    rows = [[*(_words(getattr(goal, name)) for name in GOAL_FIELDS), ", ".join(a.number for a in values.actions if goal.id in a.goals)]
            for goal in values.goals]
    return table_download(ending, f"Mål {request.plan.name}", headers, rows)


@page(Right.READ)
@require_GET
def check_ins_file(request: PageRequest, plan: UUID, row: UUID, ending: str) -> HttpResponse:
    """Give the check-ins of an action, newest first, also those that a later one corrects."""
    one = _action(request, row)
    corrected = {c.corrects for c in one.check_ins}
    rows = [(in_sweden(c.at), c.by, c.on_behalf_of, _words(c.implementation), c.text, c.helped, c.hindered, c.hours, c.cost, "Ja" if c.id in corrected else "",
             _words(c.answer), c.proposed_due_on, c.help_from, c.by_email)
            for c in sorted(one.check_ins, key=lambda c: c.at, reverse=True)]
    return table_download(ending, f"Avstämningar {label_of(one)}"[:TITLE], CHECK_INS, rows)


@page(Right.READ)
@require_GET
def history_file(request: PageRequest, plan: UUID, row: UUID, ending: str) -> HttpResponse:
    """Give what has been done to an action and its steps, newest first: a row for each value that changed."""
    one = _action(request, row)
    events = history(request.member.partnership, [row, *(UUID(step.id) for step in one.steps)])
    rows: list[tuple[Cell, ...]] = []
    for line in past_lines(events):
        what = (in_sweden(line.at), line.by, line.words)
        rows += [(*what, value.label, value.old, value.new) for value in line.values] or [(*what, "", "", "")]
    return table_download(ending, f"Historik {label_of(one)}"[:TITLE], HISTORY, rows)


def _action(request: PageRequest, row: UUID) -> chain.Action:
    found = next((a for a in plan_values(request.plan).actions if a.id == str(row)), None)
    if found is None:
        raise Http404
    return found


def _words(value: object) -> str:
    return str(getattr(value, "label", value) or "")
