"""A published comparison: "people in general" on the same instrument."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.analysis.frequency import LARGEST
from samsyn.analysis.refused import NotANumber, OutOfRange


@dataclass(frozen=True, slots=True)
class Norm:
    """
    Mean and spread of a population, with what is needed to say whether it fits.

    mean, sd   in the instrument's points; sd above 0
    n          how many were measured; None if not stated
    country    Swedish name of the country; "" if not stated
    year       year of measurement; None if not stated
    ages       youngest and oldest; None if not stated
    source     where it was published; "" if not stated
    over_cutoff share of the population on the clinical side of the cut-off, 0 to 1; None if not stated
    """

    mean: float
    sd: float
    n: int | None = None
    country: str = ""
    year: int | None = None
    ages: tuple[int, int] | None = None
    source: str = ""
    over_cutoff: float | None = None

    def __post_init__(self) -> None:
        if not abs(self.mean) <= LARGEST:
            raise NotANumber(f"Normens medelvärde, {self.mean}, är inte ett tal.")
        if not 1 / LARGEST <= self.sd <= LARGEST:
            raise OutOfRange(f"Normens standardavvikelse, {self.sd}, måste vara över 0.")
        if self.n is not None and self.n < 2:
            raise OutOfRange(f"Normens antal, {self.n}, måste vara 2 eller fler.")
        if self.ages is not None and self.ages[0] > self.ages[1]:
            raise OutOfRange(f"Normens åldrar, {self.ages[0]}-{self.ages[1]}, står i fel ordning.")
        if self.over_cutoff is not None and not 0 <= self.over_cutoff <= 1:
            raise OutOfRange(f"Andelen över gränsen, {self.over_cutoff}, måste ligga mellan 0 och 1.")
