"""The plan's lists as files: the board in the handbook's form, and the goals."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from samsyn.chain import plan as chain
from samsyn.chain.field import fields_of
from samsyn.formats.plan_csv import plan_csv
from samsyn.formats.plan_xlsx import plan_workbook
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.plans.board_filter import filter_from, matches
from samsyn.web.parts.download import download, table_download

GOAL_FIELDS = ("text", "level", "kind", "indicator", "baseline", "baseline_on", "target", "smallest_change", "due_on")


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


def _words(value: object) -> str:
    return str(getattr(value, "label", value) or "")
