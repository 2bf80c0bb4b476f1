"""Who was lost: how those lost differ from those kept, and what the answer could have been with everybody."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.frequency import Frequencies
from samsyn.analysis.proportion import require_part, share
from samsyn.analysis.refused import NothingToCount, OutOfRange
from samsyn.analysis.significance import Significance
from samsyn.analysis.two_groups import Summary, Welch, fisher_exact, standardised_difference, standardised_difference_of_shares, welch

NOBODY_FOLLOWED = "Ingen har följts upp: bara gränserna går att säga."


@dataclass(frozen=True, slots=True)
class KeptAgainstLost:
    """
    How those kept differ from those lost in one number; above 0: those kept have more of it.

    difference  (kept - lost) / SD; beyond 0.1 to 0.25 in size is worth a sentence
    welch       the test, and the difference in points; a p above 0.05 does not say that the loss is harmless
    """

    difference: Estimate
    welch: Welch


@dataclass(frozen=True, slots=True)
class KeptAgainstLostShare:
    """How those kept differ from those lost in one yes or no; `difference` as in KeptAgainstLost."""

    difference: Estimate
    fisher: Significance


def kept_against_lost(kept: Frequencies, lost: Frequencies, level: float = 0.95) -> KeptAgainstLost:
    """
    Compare a number (age, score at start) between those kept and those lost.

    returns  estimates without value where a group has under two rows or nothing varies
    source   Austin 2009, Statistics in Medicine 28:3083; Welch 1947
    """
    groups = Summary.of(kept), Summary.of(lost)
    return KeptAgainstLost(standardised_difference(*groups, level), welch(*groups, level))


def kept_against_lost_share(kept_yes: int, kept: int, lost_yes: int, lost: int, level: float = 0.95) -> KeptAgainstLostShare:
    """
    Compare a yes or no (sex) between those kept and those lost.

    kept_yes, lost_yes  how many said yes, of kept and lost; whole counts
    raises              NothingToCount if nobody was kept or lost; OutOfRange if the counts do not fit
    """
    counts = kept_yes, kept, lost_yes, lost
    return KeptAgainstLostShare(standardised_difference_of_shares(*counts, level), fisher_exact(*counts))


def follow_up_share(followed: int, started: int, level: float = 0.95) -> Estimate:
    """Return the share followed up of those who started (or ended), with Wilson's interval. Errors as `proportion.share`."""
    return share(followed, started, level)


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    What a share is among those followed up, and the least and most it can be among all who started.

    followed  value: share among those followed, with Wilson's interval; None if nobody was followed
    least     share if it holds for nobody of those lost
    most      share if it holds for all of those lost
    """

    followed: Estimate
    least: Estimate
    most: Estimate


@dataclass(frozen=True, slots=True)
class OutcomeBounds:
    """The share followed up, and the bounds of improved (worst case: least) and deteriorated (worst case: most)."""

    follow_up: Estimate
    improved: Bounds
    deteriorated: Bounds


def outcome_bounds(started: int, followed: int, improved: int, deteriorated: int, level: float = 0.95) -> OutcomeBounds:
    """
    Return the shares improved and deteriorated among those followed up, with worst and best case for all who started.

    started       whole, above 0
    followed      whole, 0 to started
    improved, deteriorated   whole, together at most followed
    raises        NothingToCount if nobody started; OutOfRange if the counts do not fit
    source        Manski 1990, American Economic Review 80:319
    """
    if started == 0:
        raise NothingToCount("Ingen har börjat: det finns ingen att räkna en andel av.")
    require_part(followed, started)
    if improved + deteriorated > followed or min(improved, deteriorated) < 0:
        raise OutOfRange(f"{improved} förbättrade och {deteriorated} försämrade är fler än de {followed} som följts upp.")
    return OutcomeBounds(
        follow_up_share(followed, started, level),
        share_bounds(improved, followed, started, level),
        share_bounds(deteriorated, followed, started, level),
    )


def share_bounds(count: int, followed: int, started: int, level: float = 0.95) -> Bounds:
    """Return the share among those followed, and the least and most it can be among all who started. Errors as `outcome_bounds`."""
    require_part(followed, started)
    if not 0 <= count <= followed:
        raise OutOfRange(f"{count} av {followed} är ingen andel.")
    seen = share(count, followed, level) if followed else cannot_be_told(NOBODY_FOLLOWED, n=0, unit="share", method="wilson")
    least, most = (Estimate(of / started, started, "share", "manski_bound", level=level) for of in (count, count + started - followed))
    return Bounds(seen, least, most)
