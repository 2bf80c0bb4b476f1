"""The findings of `samsyn analyse` as a list of plain values: see the top of `samsyn.cli.analyse`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samsyn.analysis.answer import Finding
    from samsyn.analysis.disclosure import Rule
    from samsyn.analysis.estimate import Estimate
    from samsyn.cli.analyse import Analysed


def json_of(analysed: Analysed) -> list[dict[str, Any]]:
    """Return what was read and left out, and every finding that the reader may see."""
    from samsyn.analysis.loke import protected_findings
    from samsyn.cli.answer_out import json_of_finding

    found = protected_findings(analysed.counted, analysed.understood.loke, analysed.rule)
    return [json_of_finding(one) for one in (*_findings_of_reading(analysed), *found)]


def _findings_of_reading(analysed: Analysed) -> list[Finding]:
    """Return what was read and what was left out as findings of question 0."""
    from samsyn.analysis.answer import Finding
    from samsyn.analysis.disclosure import may_show_total

    rows = analysed.reading.rows_read
    dropped = sum(count for _, count in analysed.reading.dropped)
    emptied = sum(count for _, count in (*analysed.reading.emptied, *analysed.counted.left_out))
    told = (
        ("rows_read", rows, "rader i filen", ()),
        ("rows_left_out", dropped, "rader som inte räknas", analysed.reading.dropped),
        ("values_left_out", emptied, "värden som inte räknas", (*analysed.reading.emptied, *analysed.counted.left_out)),
    )
    rows_seen = may_show_total((count for _, count in analysed.reading.dropped), analysed.rule) and not analysed.rule.hides(rows)
    return [Finding(0, name, _count(count, rows if rows_seen else None, of, analysed.rule), label=label) for name, count, label, of in told]


def _count(count: int, rows: int | None, of: Sequence[tuple[str, int]], rule: Rule) -> Estimate:
    """Return a count with what it is made of; protected where the reader may not see it, or its parts. rows: None where they are not seen."""
    from samsyn.analysis.disclosure import may_show_total, shown_count
    from samsyn.analysis.estimate import Estimate, cannot_be_told

    if rows is None or rule.hides(count) or not may_show_total((n for _, n in of), rule):
        return cannot_be_told("Visas inte för den som läser: för få.", n=rows or 0, unit="count", method="count")
    return Estimate(count, rows, "count", "count", reason="; ".join(f"{why}: {shown_count(n, rule)}" for why, n in of))
