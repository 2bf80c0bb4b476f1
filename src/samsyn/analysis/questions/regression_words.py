"""What is said of regression to the mean: who comes in on a bad value has mostly a better one next time, whatever is done."""

from __future__ import annotations

from samsyn.analysis.estimate import Estimate
from samsyn.analysis.questions.told import Told
from samsyn.analysis.written_numbers import written

CLEARLY_AWAY = 0.5
"""Standard deviations of the norm from which a mean start lies clearly on the worse side."""


def is_expected(told: Told) -> bool:
    """
    Return whether regression to the mean has to be said.

    It is where people enter by their score, and where the whole interval of the mean start lies on the worse side: of the
    cut-off, or of the norm and half its standard deviation away.
    """
    if told.settings.enters_by_score:
        return True
    start, direction, norm = told["mean_start"], told.settings.direction, told.settings.norm
    if direction is None or start.value is None or start.low is None or start.high is None:
        return False
    nearest = start.high if direction.sign > 0 else start.low
    limits = [told.settings.cutoff] if told.settings.cutoff is not None else []
    limits += [norm.mean - direction.sign * CLEARLY_AWAY * norm.sd] if norm is not None else []
    return any((limit - nearest) * direction.sign > 0 for limit in limits)


def regression_words(told: Told, change: Estimate) -> str:
    """Return the sentence, with how much of the change is to be expected by itself where that can be computed; empty if none is needed."""
    if not is_expected(told) or change.value is None:
        return ""
    why = "kommer in på sitt startvärde" if told.settings.enters_by_score else "började på ett dåligt värde"
    stated = f"Gruppen {why}: då blir nästa mätning oftast bättre av sig själv, även utan insats."
    expected = told["expected_regression"]
    if expected.value is None:
        return f"{stated} Hur mycket går inte att räkna ut utan norm och tillförlitlighet i inställningarna."
    way = "En ökning" if expected.value > 0 else "En minskning"
    alike = change.low is not None and change.high is not None and change.low <= expected.value <= change.high
    told_apart = ", och förändringen kan inte skiljas från det" if alike else ""
    return f"{stated} {way} med ungefär {written(abs(expected.value), 1)} poäng är att vänta av det skälet{told_apart}."
