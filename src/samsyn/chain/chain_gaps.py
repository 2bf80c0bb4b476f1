"""What a missing link of the chain is called, why it matters, and where it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.catalog.load import rules
from samsyn.chain.check import CheckResult

NO_PROBLEM = "cause-without-problem"
NO_CAUSE = "problem-without-cause"
NO_ACTION = "cause-without-action"
LOOSE_ACTION = "action-without-cause"
NOBODY = "action-without-responsible"
NO_GOAL = "action-without-goal"
NO_TARGET = "goal-without-target"
NO_INDICATOR = "goal-without-indicator"
NO_BASELINE = "goal-without-baseline"
LOOSE_GOAL = "goal-without-action"

GAP_WORDS: dict[str, tuple[str, str]] = {
    NO_PROBLEM: ("Problem saknas", "Det syns inte vad orsaken leder till."),
    NO_CAUSE: ("Orsak saknas", "Utan orsak vet ni inte vad som ska ändras."),
    NO_ACTION: ("Åtgärd saknas", "Ingen gör något åt orsaken än."),
    LOOSE_ACTION: ("Orsak saknas", "Det syns inte varför åtgärden skulle hjälpa."),
    NOBODY: ("Ansvarig saknas", "Det som ingen svarar för blir lätt inte gjort."),
    NO_GOAL: ("Mål saknas", "Utan mål syns det inte om åtgärden gör nytta."),
    NO_TARGET: ("Målvärde saknas", "Utan värde går det inte att säga att målet är nått."),
    NO_INDICATOR: ("Indikator saknas", "Utan den får ni inte veta om målet nås."),
    NO_BASELINE: ("Utgångsläge saknas", "Utan det finns inget att jämföra med efteråt."),
    LOOSE_GOAL: ("Åtgärd saknas", "Ingen arbetar mot målet än."),
}
"""Code of a gap -> what is missing, and why it matters. A code that is a rule of the plan check is that rule's gap."""

OWN_MENDS = {NO_PROBLEM: "Koppla till ett problem", LOOSE_GOAL: "Skriv en åtgärd"}
SILENCED, UNSEEN = "tystat i plankontrollen", "går inte att se i filen"


@dataclass(frozen=True, slots=True)
class Gap:
    """
    A link that is missing.

    code       key of GAP_WORDS
    number     its place among the gaps that are shown, from 1
    kind, id   the row to change: "problem", "cause", "goal" or "action", and its id
    field      the attribute of the row that is to be filled
    row        the row's name: "1.2 Nattvandring"
    missing    what is missing: "Mål saknas"
    why        why it matters, one short sentence
    mend       the words of the link that leads to the field
    """

    code: str
    number: int
    kind: str
    id: str
    field: str
    row: str
    missing: str
    why: str
    mend: str


class Gaps:
    """Tells which links the plan check finds missing, and counts those that are drawn. A silenced rule finds nothing."""

    def __init__(self, result: CheckResult) -> None:
        self.found = {(remark.rule, remark.id) for remark in result.remarks if remark.rule in GAP_WORDS}
        self.silenced = {silenced.rule.id for silenced in result.silenced}
        self.unseen = {unseen.rule.id for unseen in result.unseen}
        self.drawn: list[Gap] = []

    def found_on(self, code: str, row_id: str) -> bool:
        """Return whether the plan check says that the row lacks this link."""
        return (code, row_id) in self.found

    def draw(self, code: str, kind: str, row_id: str, field: str, row: str) -> Gap:
        """Return a gap with the next number."""
        missing, why = GAP_WORDS[code]
        mend = OWN_MENDS.get(code) or rules()[code].mend
        gap = Gap(code, len(self.drawn) + 1, kind, row_id, field, row, missing, why, mend)
        self.drawn.append(gap)
        return gap

    def excuse(self, code: str, otherwise: str) -> str:
        """Return why an empty link is no gap: the rule is silenced, the file cannot say it, or else `otherwise`."""
        return SILENCED if code in self.silenced else UNSEEN if code in self.unseen else otherwise
