"""How a question says what it has found: a name, a label, and a number under the guards for few."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.analysis.answer import Finding
from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import Frequencies
from samsyn.analysis.guards import guarded, guarded_effect
from samsyn.analysis.proportion import share

NOBODY = "Det finns ingen att räkna på."


@dataclass(frozen=True, slots=True)
class Found:
    """Makes the findings of one question about one group."""

    question: int
    group: str

    def plain(self, name: str, estimate: Estimate, label: str) -> Finding:
        """Return a share, a mean or a count."""
        return Finding(self.question, name, guarded(estimate), self.group, label)

    def effect(self, name: str, estimate: Estimate, label: str) -> Finding:
        """Return an effect size or a test: not shown at all of fewer than ten."""
        return Finding(self.question, name, guarded_effect(estimate), self.group, label)

    def count(self, name: str, count: int, label: str) -> Finding:
        """Return a plain count: exact, without interval."""
        return Finding(self.question, name, Estimate(count, count, "count", "count"), self.group, label)

    def untold(self, name: str, reason: str, label: str, *, unit: str, method: str = "", n: int = 0) -> Finding:
        """Return a finding that lacks what it needs, with the Swedish reason."""
        return Finding(self.question, name, cannot_be_told(reason, n=n, unit=unit, method=method or name), self.group, label)

    def share(self, name: str, part: int, whole: int, label: str, level: float, reason: str = NOBODY) -> Finding:
        """Return a share with Wilson's interval; untold, with the reason, if there is nobody."""
        return (
            self.plain(name, share(part, whole, level), label) if whole else self.untold(name, reason, label, unit="share", method="wilson")
        )

    def quartiles(self, name: str, values: Frequencies, label: str, unit: str) -> tuple[Finding, ...]:
        """Return the median, <name>, and the quartiles, <name>_quartile_1 and <name>_quartile_3."""
        places = (
            (name, 0.5, label),
            (f"{name}_quartile_1", 0.25, f"{label}, nedre kvartil"),
            (f"{name}_quartile_3", 0.75, f"{label}, övre kvartil"),
        )
        return tuple(
            Finding(self.question, what, Estimate(values.quantile(at), values.n, unit, "quantile_type_7"), self.group, words)
            if values.n
            else self.untold(what, NOBODY, words, unit=unit, method="quantile_type_7")
            for what, at, words in places
        )
