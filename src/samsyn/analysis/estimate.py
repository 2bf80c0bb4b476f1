"""One number with all that belongs to it: interval, level, n, unit, method and the settings that change the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from types import MappingProxyType

from samsyn.analysis.refused import NotANumber, OutOfRange

Setting = str | int | float | bool | None

NOTHING: Mapping[str, Setting] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Estimate:
    """
    A number that has been computed, or the reason why it has not.

    value     raw, not rounded; None when it cannot be told
    low, high the interval at `level`; both None where no interval is defined or shown
    level     level of confidence, 0 to 1, of the interval; 0.95 unless asked for otherwise
    n         how many rows (persons, pairs, periods) it rests on
    unit      what the number is in: "share" (0 to 1), "points", "sd", "count", "rate", "ratio", "days", "p", "percentile" (0 to 100) ...
    method    name of the method, English, as in its function: "wilson", "d_av", "kaplan_meier"
    settings  every choice that changes the answer: name to text, number or truth value; read-only
    reason    Swedish: why value is None, or why it is uncertain; "" if there is nothing to say
    """

    value: float | None
    n: int
    unit: str
    method: str
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    settings: Mapping[str, Setting] = field(default_factory=lambda: NOTHING)
    reason: str = ""

    def __post_init__(self) -> None:
        if self.settings is not NOTHING:
            object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))
        for name, number in (("value", self.value), ("low", self.low), ("high", self.high)):
            if number is None:
                continue
            if not isfinite(number):
                raise NotANumber(f"{self.method}: {name} är inte ett tal. Skicka None och ett skäl när något inte går att räkna ut.")
            if type(number) is not float:
                object.__setattr__(self, name, float(number))
        if not 0 < self.level < 1:
            raise OutOfRange(f"Konfidensnivån {self.level} ligger inte mellan 0 och 1.")
        if self.n < 0:
            raise OutOfRange(f"{self.method}: antalet {self.n} är under 0.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise OutOfRange(f"{self.method}: intervallets nedre gräns {self.low} ligger över den övre {self.high}.")

    @property
    def is_told(self) -> bool:
        """Whether there is a number to show."""
        return self.value is not None

    def because(self, reason: str) -> Estimate:
        """Return the same estimate with a reason beside it: shown, but uncertain."""
        return replace(self, reason=reason)

    def without_inference(self, reason: str) -> Estimate:
        """Return the number alone, its interval taken away, and why."""
        return replace(self, low=None, high=None, reason=reason)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.value, self.n, self.unit, self.method, self.low, self.high, self.level, dict(self.settings), self.reason)


def _again(*values: object) -> Estimate:
    """Return an estimate from its values (a read-only mapping cannot be pickled by itself)."""
    return Estimate(*values)  # type: ignore[arg-type]


def cannot_be_told(reason: str, *, n: int, unit: str, method: str, settings: Mapping[str, Setting] = NOTHING) -> Estimate:
    """Return an estimate without a number and with the reason, in Swedish, why there is none."""
    return Estimate(None, n, unit, method, settings=settings, reason=reason)
