"""
The plan check: what a plan lacks, what to mend first, and what cannot be seen.

Pure: the plan and the day come in, the findings go out. The same check runs beside the plan, on the board, in the
report and in the terminal.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from samsyn.catalog.load import Rule, rules
from samsyn.chain.choices import Severity
from samsyn.chain.facts import FACT_LABELS, known_facts
from samsyn.chain.found import Found
from samsyn.chain.plan import Ids, Plan
from samsyn.chain.rows import Rows
from samsyn.chain.rules import RULE_FUNCTIONS
from samsyn.chain.wording import count_words, counted
from samsyn.chain.wording import sentence as as_sentence

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


def all_mends(result: CheckResult) -> tuple[Mend, ...]:
    """Return everything to mend: the heaviest first, then what frees most rows, then in the order of the rules."""
    groups: dict[tuple[str, str], list[Remark]] = {}
    for place, remark in enumerate(result.remarks):
        groups.setdefault((remark.rule, remark.together or f"\n{place}"), []).append(remark)
    mends = [_mend(tuple(group)) for group in groups.values()]
    return tuple(sorted(mends, key=lambda mend: (WEIGHT[mend.severity], -len(mend.frees))))


def three_first(result: CheckResult) -> tuple[Mend, ...]:
    """Return the three things to mend first, fewer if there are not three."""
    return all_mends(result)[:3]


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
