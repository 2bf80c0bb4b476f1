"""The steering group's report of a plan in the records, compared with the last one that was saved."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from samsyn.chain.report import build_report
from samsyn.chain.report_json import from_json
from samsyn.chain.report_values import Report
from samsyn.records.follow_up.reads import latest_report, plan_values, saved_report
from samsyn.records.plan.reads import PlanHead


def report_now(head: PlanHead, today: date, *, since: date | None = None) -> Report:
    """
    Return the report as it would be today.

    since   compare from this day; without it, from the last saved report
    """
    saved = None if since else latest_report(head.partnership, head.id)
    previous = from_json(json.dumps(saved[1])) if saved else None
    return build_report(plan_values(head), today, since=since, previous=previous)


def report_as_saved(head: PlanHead, report: UUID) -> Report | None:
    """Return a saved report as it was handed over, or None if the plan has none with that id."""
    content = saved_report(head.partnership, head.id, report)
    return from_json(json.dumps(content)) if content else None
