"""
The plan check: what a plan lacks, what to mend first, and what cannot be seen.

Pure: the plan and the day come in, the findings go out. The same check runs beside the plan, on the board, in the
report and in the terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from samsyn.catalog.load import Rule, rules
from samsyn.chain.choices import Severity
from samsyn.chain.facts import FACT_LABELS, known_facts
from samsyn.chain.found import Found
from samsyn.chain.plan import Action, Cause, Goal, Ids, Plan, Problem
from samsyn.chain.row_words import ANY_ROW, ROW_WORDS
from samsyn.chain.rows import Rows
from samsyn.chain.rules import RULE_FUNCTIONS
from samsyn.chain.wording import count_words, counted
from samsyn.chain.wording import sentence as as_sentence

Head = TypeVar("Head")
WEIGHT = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Remark:
    """
    One row that breaks one rule.

    rule       the rule's id
    sentence   one Swedish sentence that names the row
    kind, id   the row and its id: "plan", "problem", "cause", "goal", "action", "bundle", "commitment" or "follow_up";
               a follow-up plan that nobody has written has the plan's id
    field      the attribute of the row that is to be filled (see chain.found.Found)
    mend       the words of the link that leads there
    frees      ids of the rows that stand free when it is mended
    together   remarks of the rule with the same word are freed by one mend; "" = mended alone
    other      the row or person that such remarks have in common, in words
    place      where the row was read: "Blad Plan, rad 7"; "" if it was written here
    """

    rule: str
    title: str
    severity: Severity
    sentence: str
    kind: str
    id: str
    field: str
    mend: str
    frees: Ids
    together: str = ""
    other: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Silenced:
    """A rule that somebody has silenced for the plan, and why."""

    rule: Rule
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """A rule that cannot be answered: `missing` names, in Swedish, what the file does not say."""

    rule: Rule
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """
    What the check says of a plan. Every rule is in exactly one place: remarks, fine, silenced or unseen.

    remarks   the heaviest first, then in the order of the rules, then of the plan's rows
    """

    remarks: tuple[Remark, ...]
    fine: tuple[Rule, ...]
    silenced: tuple[Silenced, ...]
    unseen: tuple[Unseen, ...]

    @property
    def must_be_mended(self) -> bool:
        """Whether there is a remark that must be mended."""
        return any(remark.severity is Severity.MUST for remark in self.remarks)

    def count_by_severity(self) -> dict[Severity, int]:
        """Return the number of remarks of every severity, 0 included."""
        counted = Counter(remark.severity for remark in self.remarks)
        return {severity: counted[severity] for severity in Severity}

    def remarks_by_rule(self) -> dict[Rule, tuple[Remark, ...]]:
        """Return the rules that are broken, the heaviest first, each with its remarks."""
        grouped: dict[str, list[Remark]] = {}
        for remark in self.remarks:
            grouped.setdefault(remark.rule, []).append(remark)
        return {rules()[rule_id]: tuple(found) for rule_id, found in grouped.items()}

    def remarks_on(self, row_id: str) -> tuple[Remark, ...]:
        """Return the remarks on one row."""
        return tuple(remark for remark in self.remarks if remark.id == row_id)


@dataclass(frozen=True, slots=True)
class Mend:
    """
    One thing to mend, which answers one remark or several.

    remarks   at least one; the first tells where to go
    frees     ids of every row that stands free afterwards
    """

    rule: str
    title: str
    severity: Severity
    sentence: str
    what_to_do: str
    mend: str
    remarks: tuple[Remark, ...]
    frees: Ids


@dataclass(frozen=True, slots=True)
class MendsOfRule:
    """
    All there is to mend of one rule, as it is said first of all. It reads like a Mend.

    mends   at least one; the one that frees most rows first: it tells where to go
    """

    mends: tuple[Mend, ...]

    @property
    def rule(self) -> str:
        return self.mends[0].rule

    @property
    def title(self) -> str:
        return self.mends[0].title

    @property
    def severity(self) -> Severity:
        return self.mends[0].severity

    @property
    def what_to_do(self) -> str:
        return self.mends[0].what_to_do

    @property
    def mend(self) -> str:
        return self.mends[0].mend

    @property
    def remarks(self) -> tuple[Remark, ...]:
        return tuple(remark for mend in self.mends for remark in mend.remarks)

    @property
    def frees(self) -> Ids:
        return tuple(dict.fromkeys(row for mend in self.mends for row in mend.frees))

    @property
    def sentence(self) -> str:
        """The row's own sentence if there is one thing to mend, otherwise the rule and how many rows it concerns."""
        return self.mends[0].sentence if len(self.mends) == 1 else f"{self.title}: {self.concerns}."

    @property
    def concerns(self) -> str:
        """How many rows break the rule: "gäller sju åtgärder", or "två anmärkningar" where they are not as many as the rows."""
        kinds = {remark.kind for remark in self.remarks}
        rows = len({(remark.kind, remark.id) for remark in self.remarks})
        if rows < len(self.remarks):
            return counted(len(self.remarks), "anmärkning", "anmärkningar")
        word = ROW_WORDS.get(kinds.pop(), ANY_ROW) if len(kinds) == 1 else ANY_ROW
        return f"gäller {word.counted(rows)}"


def check(plan: Plan, today: date) -> CheckResult:
    """Check a plan by every rule. Linear in the number of rows and links."""
    rows = Rows(plan, today)
    known = known_facts(plan)
    silences = {silence.rule: silence for silence in plan.silences}
    remarks: list[Remark] = []
    fine: list[Rule] = []
    silenced: list[Silenced] = []
    unseen: list[Unseen] = []
    for rule in rules().values():
        missing = tuple(FACT_LABELS[fact] for fact in rule.facts if fact not in known)
        if rule.id in silences:
            silenced.append(Silenced(rule, silences[rule.id].reason, silences[rule.id].by))
        elif missing:
            unseen.append(Unseen(rule, missing))
        elif found := [_remark(rule, one) for one in RULE_FUNCTIONS[rule.id](rows, rule)]:
            remarks.extend(found)
        else:
            fine.append(rule)
    remarks.sort(key=lambda remark: WEIGHT[remark.severity])
    return CheckResult(tuple(remarks), tuple(fine), tuple(silenced), tuple(unseen))


def _remark(rule: Rule, found: Found) -> Remark:
    sentence = (rule.otherwise if found.otherwise else rule.sentence).format(**found.words)
    return Remark(
        rule=rule.id, title=rule.title, severity=Severity(rule.severity), sentence=sentence, kind=found.kind, id=found.id,
        field=found.field, mend=rule.mend, frees=found.frees, together=found.together, other=found.words.get("other", ""),
        place=found.place,
    )


def asked_of(plan: Plan, row: str, today: date) -> dict[str, str]:
    """Return what the check asks for in a row's own fields: field -> the rule's title."""
    return {remark.field: remark.title for remark in check(plan, today).remarks_on(row)}


def asked_of_new(plan: Plan, row: Action | Goal | Cause | Problem, today: date) -> dict[str, str]:
    """Return what the check would ask for in a row that is not written yet. `row` is empty; rules that are silent for the plan ask for nothing."""
    rows: dict[type, str] = {Action: "actions", Goal: "goals", Cause: "causes", Problem: "problems"}
    alone = Plan(id=plan.id, silences=plan.silences, **{rows[type(row)]: (row,)})  # type: ignore[arg-type]
    return asked_of(alone, row.id, today)


def all_mends(result: CheckResult) -> tuple[Mend, ...]:
    """Return everything to mend: the heaviest first, then what frees most rows, then in the order of the rules."""
    groups: dict[tuple[str, str], list[Remark]] = {}
    for place, remark in enumerate(result.remarks):
        groups.setdefault((remark.rule, remark.together or f"\n{place}"), []).append(remark)
    mends = [_mend(tuple(group)) for group in groups.values()]
    return tuple(sorted(mends, key=_weight))


def three_first(result: CheckResult) -> tuple[MendsOfRule, ...]:
    """Return what to mend first, of three different rules: the heaviest, then those that free most rows. Fewer if fewer rules are broken."""
    return _by_rule(result)[:3]


def three_of_several(results: Iterable[tuple[Head, CheckResult]]) -> tuple[tuple[Head, MendsOfRule], ...]:
    """Return what to mend first of several plans, each with what the plan is called by; three different rules as far as they go."""
    found = sorted(((head, mends) for head, result in results for mends in _by_rule(result)), key=lambda one: _weight(one[1]))
    first: dict[str, tuple[Head, MendsOfRule]] = {}
    for head, mends in found:
        first.setdefault(mends.rule, (head, mends))
    return tuple(first.values())[:3]


def _by_rule(result: CheckResult) -> tuple[MendsOfRule, ...]:
    """Return the broken rules with all there is to mend of each: the heaviest first, then those that free most rows, then in the rules' order."""
    groups: dict[str, list[Mend]] = {rule.id: [] for rule in result.remarks_by_rule()}
    for mend in all_mends(result):
        groups[mend.rule].append(mend)
    return tuple(sorted((MendsOfRule(tuple(mends)) for mends in groups.values()), key=_weight))


def _weight(mends: Mend | MendsOfRule) -> tuple[int, int]:
    return WEIGHT[mends.severity], -len(mends.frees)


def _mend(group: tuple[Remark, ...]) -> Mend:
    first = group[0]
    frees = tuple(dict.fromkeys(i for remark in group for i in remark.frees))
    rule = rules()[first.rule]
    sentence = rule.together.format(other=first.other, count=count_words(len(group))) if len(group) > 1 else first.sentence
    return Mend(rule.id, rule.title, first.severity, sentence, rule.what_to_do, rule.mend, group, frees)


def headline(result: CheckResult) -> str:
    """Return what the check found, in one or two Swedish sentences: what must be mended, and what should be."""
    counts = result.count_by_severity()
    must, should = counts[Severity.MUST], counts[Severity.SHOULD] + counts[Severity.CONSIDER]
    if not must and not should:
        return "Plankollen hittar inget att rätta."
    first = f"{counted(must, 'sak', 'saker')} i planen måste rättas" if must else "Inget i planen måste rättas"
    also = " till" if must else ""
    worth = f"{counted(should, 'sak', 'saker')}{also} är {'värd' if should == 1 else 'värda'} att se över"
    then = f" {as_sentence(worth)}" if should else ""
    return as_sentence(first) + then
