"""What is kept of a plan when it is adopted: its values as they are now, and the same on paper with the decision on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from samsyn.chain.plan_json import plan_to_json
from samsyn.chain.report import build_report
from samsyn.chain.report_values import Adopted
from samsyn.chain.wording import local_day
from samsyn.formats.report_typst import report_pdf
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan.reads import PlanHead


@dataclass(frozen=True, slots=True)
class AdoptionPaper:
    """The plan's values in JSON, and the paper."""

    content: dict[str, Any]
    pdf: bytes


def adoption_paper(head: PlanHead, *, adopted_on: date, body: str, decision: str, written_by: str, today: date, at: datetime) -> AdoptionPaper:
    """
    Return the plan as it is now, as an adoption keeps it. Making the paper takes a second: it is made before the act, not inside it.

    body, decision   who decided, and the decision's words
    written_by       who writes it in, `at` when
    """
    values = replace(plan_values(head), adopted_on=adopted_on)
    adopted = Adopted(on=adopted_on, body=body, decision=decision, written_by=written_by, written_on=local_day(at))
    return AdoptionPaper(plan_to_json(values), report_pdf(build_report(values, today, adopted=adopted)))
