"""How numbers are said in a sentence: shares, points, intervals, and reasons."""

from __future__ import annotations

from collections.abc import Iterable

from samsyn.analysis.disclosure import PROTECTED
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.guards import UNCERTAIN
from samsyn.analysis.written_numbers import written

PERCENT = "\u00a0%"
CHANCE = "Det kan inte skiljas från slump."
NOT_TOLD = "går inte att säga"


def percent(share: float) -> str:
    """Return a share as 78 %; with a decimal where whole per cents would say none or all of what is neither."""
    whole = written(100 * share, 0)
    if whole in ("0", "100") and share not in (0.0, 1.0):
        whole = written(100 * share, 1)
        whole = {"0": "under 0,1", "0,0": "under 0,1", "100": "över 99,9", "100,0": "över 99,9"}.get(whole, whole)
    return whole + PERCENT


def certainty(estimate: Estimate) -> str:
    """Return the words before an interval: "med 95 % säkerhet"."""
    return f"med {written(100 * estimate.level, None)}{PERCENT} säkerhet"


def share_words(estimate: Estimate) -> str:
    """Return a share with its interval: "78 %, med 95 % säkerhet mellan 58 och 90 %"."""
    assert estimate.value is not None
    told = percent(estimate.value)
    if estimate.low is None or estimate.high is None:
        return told
    low, high = percent(estimate.low), percent(estimate.high)
    if low == high and estimate.low != estimate.high:  # so many that whole per cents do not part the ends
        told, low, high = (f"{written(100 * end, 2)}{PERCENT}" for end in (estimate.value, estimate.low, estimate.high))
    return f"{told}, {certainty(estimate)} mellan {low.removesuffix(PERCENT)} och {high}"


def of_words(part: int | None, whole: int | None, what: str, does: str, estimate: Estimate) -> str:
    """
    Return a share as a clause: "18 av 23 avslutade fullföljde (78 %, ...)". Empty where it is protected or cannot be told.

    what   Swedish plural of the whole; does: what the part did
    """
    if part is None or whole is None or estimate.value is None:
        return ""
    return f"{written(part)} av {written(whole)} {what} {does} ({share_words(estimate)})."


def interval_words(estimate: Estimate, decimals: int, unit: str = "") -> str:
    """Return an interval as ", med 95 % säkerhet mellan 5,9 och 11,3"; empty where there is none, or only one end."""
    if estimate.low is None or estimate.high is None:
        return ""
    low, high = _ends(estimate.low, estimate.high, decimals)
    return f"{certainty(estimate)} mellan {low} och {high}{unit}"


def _ends(low: float, high: float, decimals: int) -> tuple[str, str]:
    """Return the ends of an interval, with as many more decimals as it takes to part them; at most three more."""
    for more in range(4):
        ends = written(low, decimals + more), written(high, decimals + more)
        if ends[0] != ends[1]:
            break
    return ends


def in_brackets(words: str) -> str:
    """Return words in brackets after a space; empty stays empty."""
    return f" ({words})" if words else ""


def differs(estimate: Estimate, none: float = 0.0) -> bool:
    """Return whether the interval leaves out the value that means no difference; without interval nothing differs."""
    return estimate.low is not None and estimate.high is not None and not estimate.low <= none <= estimate.high


def sentences_of(parts: Iterable[str]) -> tuple[str, ...]:
    """Return the sentences that say something, each once."""
    return tuple(dict.fromkeys(part for part in parts if part))


def uncertain(*estimates: Estimate) -> str:
    """Return that the answer is uncertain, where its numbers are marked so or rest on few."""
    told = [one for one in estimates if one.is_told]
    few = [one for one in told if one.reason == UNCERTAIN]
    if few:
        return f"Svaret är osäkert: det bygger på färre än 20 (n = {written(min(one.n for one in few))})."
    reasons = [one.reason for one in told if one.reason.startswith("Färre än")]
    return reasons[0] if reasons else ""


def shown_share(estimate: Estimate) -> str:
    """Return a share as a cell of a table."""
    return percent(estimate.value) if estimate.value is not None else _untold(estimate)


def shown_number(estimate: Estimate, decimals: int = 1) -> str:
    """Return a number as a cell of a table."""
    return written(estimate.value, decimals) if estimate.value is not None else _untold(estimate)


def shown_interval(estimate: Estimate, decimals: int = 1) -> str:
    """Return an interval as a cell: 5,9 till 11,3; empty where there is none."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return ""
    if estimate.unit == "share":
        return f"{percent(estimate.low).removesuffix(PERCENT)}–{percent(estimate.high)}"
    return " till ".join(_ends(estimate.low, estimate.high, decimals))


def _untold(estimate: Estimate) -> str:
    return PROTECTED if estimate.reason.startswith("Skyddat") else NOT_TOLD


def and_list(parts: Iterable[str]) -> str:
    """Return parts as "a, b och c"."""
    *before, last = list(parts) or [""]
    return f"{', '.join(before)} och {last}" if before else last


def p_words(estimate: Estimate) -> str:
    """Return a p-value as a cell: under 0,001 or three decimals."""
    if estimate.value is None:
        return _untold(estimate)
    return "under 0,001" if estimate.value < 0.001 else written(estimate.value, 3)
