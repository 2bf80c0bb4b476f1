"""What the plan lacks, ready for a page: three to mend first, the rest folded, and links that lead to the very field."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from samsyn.catalog.load import rules, rules_by_slug
from samsyn.chain.check import CheckResult, Mend, MendsOfRule, Remark
from samsyn.chain.wording import sentence
from samsyn.web.parts.returning import MENDED, returning

PAGES = {"problem": "change_problem", "cause": "change_cause", "goal": "change_goal", "action": "change_action", "bundle": "change_bundle",
         "commitment": "change_commitment"}
OF_PLAN = {"plan": "change_plan", "follow_up": "follow_up"}
# (kind, field) of what is mended on a page of its own: the page, and what its address says of the row
ELSEWHERE = {
    ("problem", "causes"): ("add_cause", "?problem="), ("cause", "actions"): ("add_action", "?orsak="), ("goal", "actions"): ("add_action", "?mal="),
    ("action", "goals"): ("add_goal", "?atgard="), ("problem", "goals"): ("add_goal", "?problem="), ("plan", "goals"): ("add_goal", ""),
    ("plan", "adopted_on"): ("adopt", ""),
    ("plan", "due_on"): ("times", ""), ("plan", "horizon"): ("times", ""), ("plan", "responsible"): ("reassign", ""), ("action", "result"): ("set_face", ""),
    ("action", "implementation"): ("set_face", ""), ("action", "depends_on"): ("waits_for", ""), ("action", "check_ins"): ("check_in", ""),
}
OF_ACTION = {"set_face", "waits_for", "check_in"}
SUGGEST = "forslag"  # in the query of a form that may fill in what the row itself says
SUGGESTED = {("goal", "target")}

MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """
    One thing to mend: the sentence, why, where to go, and the code of its weight.

    concerns    "gäller sju åtgärder" where the line stands for all the rows that break the rule, otherwise ""
    rows        those rows, each a line of its own; cut at MOST_ROWS, and `rows_left` counts the others
    """

    sentence: str
    why: str
    mend: str
    address: str
    rule_address: str
    severity: str
    concerns: str = ""
    rows: list[RemarkLine] = field(default_factory=list)
    rows_left: int = 0


@dataclass(frozen=True, slots=True)
class Mended:
    """The answer to somebody who comes back from mending: words, and the slug of the rule they stand at ("" = at the top)."""

    words: str
    slug: str
    is_good: bool


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
    mended: Mended | None = None

    @property
    def is_silent(self) -> bool:
        return not self.first


def check_panel(result: CheckResult, first: tuple[MendsOfRule, ...], plan: UUID, *, rest_limit: int = 12, back: str = "",
                mended: Mended | None = None) -> CheckPanel:
    """
    Make the panel of a check. The rest is cut at `rest_limit` lines; the check's own page has them all.

    back     the address of the page that it stands on, to come back to
    mended   the answer to somebody who has just come back
    """
    named = {remark for mend in first for remark in mend.remarks}
    rest = [remark for remark in result.remarks if remark not in named]
    seen = len(result.fine) + len(result.remarks_by_rule())
    return CheckPanel(
        [first_line(mends, plan, back) for mends in first], [remark_line(remark, plan, back) for remark in rest[:rest_limit]], len(rest),
        len(result.fine), seen,
        [rule.title for rule in result.fine], [(s.rule.title, s.reason) for s in result.silenced], reverse("plan_check", args=[plan]), mended)


def first_line(mends: MendsOfRule, plan: UUID, back: str = "") -> RemarkLine:
    """Return all there is to mend of a rule as a line, with a line for each row if there are several."""
    line = mend_line(mends, plan, back)
    if len(mends.mends) == 1:
        return line
    rows = [mend_line(mend, plan, back) for mend in mends.mends[:MOST_ROWS]]
    return replace(line, sentence=f"{mends.title}.", concerns=sentence(mends.concerns), rows=rows, rows_left=len(mends.mends) - len(rows))


def mend_line(mend: Mend | MendsOfRule, plan: UUID, back: str = "") -> RemarkLine:
    """Return one thing to mend as a line. `back` is the address to come back to."""
    return RemarkLine(mend.sentence, mend.what_to_do, mend.mend, _to_mend(mend.remarks[0], plan, back),
                      _rule_address(plan, mend.rule), mend.severity.value)


def remark_line(remark: Remark, plan: UUID, back: str = "") -> RemarkLine:
    """Return one remark as a line. `back` is the address to come back to."""
    return RemarkLine(remark.sentence, remark.title, remark.mend, _to_mend(remark, plan, back),
                      _rule_address(plan, remark.rule), remark.severity.value)


def mended_words(query: QueryDict, result: CheckResult) -> Mended | None:
    """Return the answer to somebody who comes back from mending, or None. It says what is so now, whatever the address says."""
    rule = rules_by_slug().get(query.get(MENDED, ""))
    if rule is None:
        return None
    left = len(result.remarks)
    kept = f"{left} {'anmärkning' if left == 1 else 'anmärkningar'} kvar." if left else "Inga anmärkningar kvar."
    is_left = any(remark.rule == rule.id and remark.id == query.get("rad") for remark in result.remarks)
    still = rule.slug if any(remark.rule == rule.id for remark in result.remarks) else ""
    return Mended(f"{'Det saknas fortfarande något här' if is_left else 'Rättat'}. {kept}", still, not is_left)


def _to_mend(remark: Remark, plan: UUID, back: str) -> str:
    """Return where a remark is mended, with the way back to where it stood. The start page, of several plans, says nothing of what is left."""
    if back in ("", reverse("start")):
        return returning(address_of(remark, plan), back)
    to = f"{back}{'&' if '?' in back else '?'}{urlencode({MENDED: rules()[remark.rule].slug, 'rad': remark.id})}#{MENDED}"
    return returning(address_of(remark, plan), to)


def _rule_address(plan: UUID, rule: str) -> str:
    return reverse("plan_rule", args=[plan, rules()[rule].slug])


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
    suggest = f"?{SUGGEST}=1" if (remark.kind, remark.field) in SUGGESTED else ""
    return reverse(PAGES[remark.kind], args=[plan, remark.id]) + suggest + f"#id_{remark.field}"
