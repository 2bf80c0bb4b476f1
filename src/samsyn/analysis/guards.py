"""
When few are counted: what may be said, and what is left unsaid. One place for the limits.

Fewer than 5 pairs: numbers only, no interval. Fewer than 10: no d and no test (t, p). 5 to 19: shown, marked uncertain. Shares, means
and distances to a norm, whose SD is known, are no effect sizes: they are shown of few too, as numbers.
Followed up below 70 %: the best and the worst case are shown first.
"""

from __future__ import annotations

from samsyn.analysis.estimate import Estimate, cannot_be_told

FEWEST_FOR_INTERVAL = 5
FEWEST_FOR_EFFECT = 10
FEWEST_FOR_CERTAIN = 20
ENOUGH_FOLLOWED = 0.70

UNCERTAIN = "Osäkert: bygger på färre än 20."


def guarded(estimate: Estimate) -> Estimate:
    """Return a share, a mean or a difference as it may be shown: without interval below 5, marked uncertain below 20."""
    if not estimate.is_told:
        return estimate
    if estimate.n < FEWEST_FOR_INTERVAL:
        return estimate.without_inference(f"Färre än {FEWEST_FOR_INTERVAL}: bara siffran visas, ingen slutsats dras.")
    return estimate.because(estimate.reason or UNCERTAIN) if estimate.n < FEWEST_FOR_CERTAIN else estimate


def guarded_effect(estimate: Estimate) -> Estimate:
    """Return an effect size or a test as it may be shown: not at all below 10, marked uncertain below 20."""
    if estimate.is_told and estimate.n < FEWEST_FOR_EFFECT:
        return cannot_be_told(
            f"Färre än {FEWEST_FOR_EFFECT} par: för få för att säga hur stor förändringen är.",
            n=estimate.n, unit=estimate.unit, method=estimate.method, settings=estimate.settings,
        )  # fmt: skip
    return guarded(estimate)


def bounds_come_first(followed: int, ended: int) -> bool:
    """Return whether so few were followed up that the best and the worst case are shown before the answer."""
    return ended > 0 and followed / ended < ENOUGH_FOLLOWED
