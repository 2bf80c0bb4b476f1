"""What the plan lacks, ready for a page: three to mend first, the rest folded, and links that lead to the very field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.urls import reverse

from samsyn.chain.check import CheckResult, Mend, Remark

PAGES = {"problem": "change_problem", "cause": "change_cause", "goal": "change_goal", "action": "change_action", "bundle": "change_bundle",
         "commitment": "change_commitment"}


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """One thing to mend: the sentence, why, where to go, and the code of its weight."""

    sentence: str
    why: str
    mend: str
    address: str
    rule_address: str
    severity: str


@dataclass(frozen=True, slots=True)
class CheckPanel:
    """What stands beside the plan. `rest` may be cut; `rest_count` counts them all."""

    first: list[RemarkLine]
    rest: list[RemarkLine]
    rest_count: int
    rules_fine: int
    rules_seen: int
    fine: list[str]
    silenced: list[tuple[str, str]]
    address: str

    @property
    def is_silent(self) -> bool:
        return not self.first


def check_panel(result: CheckResult, first: tuple[Mend, ...], plan: UUID, *, rest_limit: int = 12) -> CheckPanel:
    """Make the panel of a check. The rest is cut at `rest_limit` lines; the check's own page has them all."""
    named = {remark for mend in first for remark in mend.remarks}
    rest = [remark for remark in result.remarks if remark not in named]
    seen = len(result.fine) + len(result.remarks_by_rule())
    return CheckPanel(
        [mend_line(mend, plan) for mend in first], [remark_line(remark, plan) for remark in rest[:rest_limit]], len(rest), len(result.fine), seen,
        [rule.title for rule in result.fine], [(s.rule.title, s.reason) for s in result.silenced], reverse("plan_check", args=[plan]))


def mend_line(mend: Mend, plan: UUID) -> RemarkLine:
    """Return one thing to mend as a line."""
    return RemarkLine(mend.sentence, mend.what_to_do, mend.mend, address_of(mend.remarks[0], plan),
                      reverse("plan_rule", args=[plan, mend.rule]), mend.severity.value)


def remark_line(remark: Remark, plan: UUID) -> RemarkLine:
    """Return one remark as a line."""
    return RemarkLine(remark.sentence, remark.title, remark.mend, address_of(remark, plan),
                      reverse("plan_rule", args=[plan, remark.rule]), remark.severity.value)


class Mendable(Protocol):
    """A row that lacks something: a remark of the plan check, or a gap of the chain view."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def field(self) -> str: ...


def address_of(remark: Mendable, plan: UUID) -> str:
    """Return the address of the page, and the field on it, where a remark is mended."""
    if remark.kind == "problem" and remark.field == "causes":
        return reverse("add_cause", args=[plan]) + f"?problem={remark.id}"
    if remark.kind == "cause" and remark.field == "actions":
        return reverse("add_action", args=[plan]) + f"?orsak={remark.id}"
    if remark.kind == "goal" and remark.field == "actions":
        return reverse("add_action", args=[plan]) + f"?mal={remark.id}"
    if remark.kind == "action" and remark.field in ("result", "implementation"):
        return reverse("set_face", args=[plan, remark.id])
    if remark.field == "goals" and remark.kind in ("plan", "problem"):
        return reverse("add_goal", args=[plan]) + (f"?problem={remark.id}" if remark.kind == "problem" else "")
    if remark.kind == "follow_up":
        return reverse("follow_up", args=[plan]) + f"#id_{remark.field}"
    if remark.kind == "action" and remark.field == "depends_on":
        return reverse("waits_for", args=[plan, remark.id])
    if remark.kind == "action" and remark.field == "check_ins":
        return reverse("check_in", args=[plan, remark.id])
    if remark.kind == "plan" and remark.field in ("actions", "responsible"):
        return reverse("order", args=[plan]) if remark.field == "actions" else reverse("reassign")
    if remark.kind == "plan":
        return reverse("adopt" if remark.field == "adopted_on" else "change_plan", args=[plan])
    return reverse(PAGES[remark.kind], args=[plan, remark.id]) + f"#id_{remark.field}"
