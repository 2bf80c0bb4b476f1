"""Rounding of counts to a base, as an alternative to hiding some of them. Parts need not add up: say so beside the table."""

from __future__ import annotations

from hashlib import sha256

from samsyn.analysis.frequency import is_whole
from samsyn.analysis.refused import OutOfRange


def _checked(count: int, base: int) -> None:
    """Refuse a count below 0, a base below 2, and what is not whole. Raises OutOfRange."""
    if not (is_whole(count) and count >= 0 and is_whole(base) and base >= 2):
        raise OutOfRange(f"Antalet {count} måste vara 0 eller mer och basen {base} minst 2.")


def rounded(count: int, base: int) -> int:
    """
    Return a count rounded to the nearest multiple of the base; halfway is rounded up.

    source   Willenborg and de Waal (2001), Elements of Statistical Disclosure Control
    """
    _checked(count, base)
    return base * ((2 * count + base) // (2 * base))


def chance_of_rounding_up(count: int, base: int) -> float:
    """Return the probability, 0 to 1, with which unbiased random rounding takes a count up to the next multiple."""
    _checked(count, base)
    return (count % base) / base


def rounded_by_chance(count: int, base: int, cell: str, key: str) -> int:
    """
    Return a count rounded up or down by chance, so that the mean over many cells is right.

    The draw is made from the cell's name, its count and a secret key, never anew: the same cell is rounded the same way every
    time, and who asks again learns nothing.

    cell   name of the cell, the same in every table where it stands
    key    a secret of the installation
    """
    _checked(count, base)
    drawn = int.from_bytes(sha256(f"{key}\0{cell}\0{count}\0{base}".encode()).digest()[:8], "big") / 2**64
    return base * (count // base) + (base if drawn < chance_of_rounding_up(count, base) else 0)
