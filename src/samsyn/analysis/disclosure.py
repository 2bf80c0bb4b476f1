"""
What a reader may see of counts of persons: the rule, the signs, and guards on shares and means.

A count of 1 to 4 can point at a person. Which rule holds for which reader stands in one table,
catalog/disclosure/readers.yaml. Hidden cells are chosen in `disclosure_protect.py`; the audit in `disclosure_audit.py`
decides whether they are hidden in fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samsyn.analysis.refused import OutOfRange

NOUGHT = "0"
MISSING = "saknas"
CANNOT_OCCUR = "."
PROTECTED = ".."


@dataclass(frozen=True, slots=True)
class Rule:
    """
    What one kind of reader may see.

    threshold    counts from 1 to threshold - 1 are hidden; 1 hides nothing
    zeros_shown  whether a count of 0 is shown; where the attribute is sensitive it is not, and then 0 is hidden as 1 to 4 are
    base         the fewest persons a share or a mean may rest on; 0 for any
    """

    threshold: int = 5
    zeros_shown: bool = True
    base: int = 30

    def __post_init__(self) -> None:
        if self.threshold < 1 or self.base < 0:
            raise OutOfRange(f"Tröskeln {self.threshold} måste vara minst 1 och basen {self.base} minst 0.")

    @property
    def lowest_hidden(self) -> int:
        """The smallest count a hidden cell can have: what everybody who knows the rule knows."""
        return 1 if self.zeros_shown else 0

    @property
    def highest_hidden(self) -> int:
        """The largest count that has to be hidden."""
        return self.threshold - 1

    def hides(self, count: int) -> bool:
        """Return whether a count is too small to be shown. Raises OutOfRange for a count below 0."""
        if count < 0:
            raise OutOfRange(f"Antalet {count} är under 0.")
        return self.lowest_hidden <= count <= self.highest_hidden


EVERYTHING = Rule(threshold=1, zeros_shown=True, base=0)
"""Inside the unit's own authority: exact."""


def shown_count(count: int | None, rule: Rule) -> str:
    """Return a count as it is written for a reader: the number, a nought, `..` where it is protected, `saknas` for None."""
    if count is None:
        return MISSING
    return PROTECTED if rule.hides(count) else str(count)


def may_show_total(parts: Iterable[int], rule: Rule) -> bool:
    """
    Return whether a total may stand beside its parts.

    Not where a part is hidden: each that is listed is at least 1, so that 8 over seven hidden parts leaves 1 or 2 for each.
    """
    counts = list(parts)
    return not any(rule.hides(count) for count in (*counts, sum(counts)) if count)


def may_show_share(part: int, whole: int, rule: Rule) -> bool:
    """
    Return whether the share part / whole may be shown.

    The base must be large enough, and neither those counted nor the others may be a count that is hidden: who knows the
    base reads the count out of the share.

    raises   OutOfRange   if part is below 0 or above whole
    """
    if not 0 <= part <= whole:
        raise OutOfRange(f"Delen {part} måste ligga mellan 0 och helheten {whole}.")
    return whole >= max(rule.base, 1) and not rule.hides(part) and not rule.hides(whole - part) and not rule.hides(whole)


def may_show_mean(n: int, rule: Rule) -> bool:
    """Return whether a mean, a median or an effect of n persons may be shown. Raises OutOfRange for n below 0."""
    return not rule.hides(n) and n >= max(rule.base, 1)
