"""What the plan lacks, ready for a page: three to mend first, the rest folded, and links that lead to the very field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.urls import reverse

from samsyn.chain.check import CheckResult, Mend, Remark

PAGES = {"problem": "change_problem", "cause": "change_cause", "goal": "change_goal", "action": "change_action", "bundle": "change_bundle",
         "commitment": "change_commitment"}
OF_PLAN = {"plan": "change_plan", "follow_up": "follow_up"}
# (kind, field) of what is mended on a page of its own: the page, and what its address says of the row
ELSEWHERE = {
    ("problem", "causes"): ("add_cause", "?problem="), ("cause", "actions"): ("add_action", "?orsak="), ("goal", "actions"): ("add_action", "?mal="),
    ("problem", "goals"): ("add_goal", "?problem="), ("plan", "goals"): ("add_goal", ""), ("plan", "adopted_on"): ("adopt", ""),
    ("plan", "actions"): ("order", ""), ("plan", "responsible"): ("reassign", ""), ("action", "result"): ("set_face", ""),
    ("action", "implementation"): ("set_face", ""), ("action", "depends_on"): ("waits_for", ""), ("action", "check_ins"): ("check_in", ""),
}
OF_ACTION = {"set_face", "waits_for", "check_in"}


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
    name, query = ELSEWHERE.get((remark.kind, remark.field), ("", ""))
    if name == "reassign":
        return reverse(name)
    if name:
        return reverse(name, args=[plan, remark.id] if name in OF_ACTION else [plan]) + (query + remark.id if query else "")
    if remark.kind in OF_PLAN:
        return reverse(OF_PLAN[remark.kind], args=[plan]) + f"#id_{remark.field}"
    return reverse(PAGES[remark.kind], args=[plan, remark.id]) + f"#id_{remark.field}"
