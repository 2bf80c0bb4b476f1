"""Where the clinical side of an instrument ends: cut-offs a, b and c, plain and allowing for the error of measurement."""

from __future__ import annotations

from math import sqrt

from samsyn.analysis.direction import Direction
from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.significance import finite

MEAN = "Gruppens medelvärde"


def cutoff_a(mean_clinical: float, sd_clinical: float, direction: Direction) -> float:
    """
    Return two SD of the clinical group beyond its mean, in the better direction, points.

    raises  OutOfRange if an SD is below 0; NotANumber
    source  Jacobson & Truax 1991, Journal of Consulting and Clinical Psychology 59:12
    """
    return finite(mean_clinical, MEAN) + direction.sign * 2 * _spread(sd_clinical)


def cutoff_b(mean_functional: float, sd_functional: float, direction: Direction) -> float:
    """Return two SD of the FUNCTIONAL group from its mean, in the worse direction, points. Errors and source as `cutoff_a`."""
    return finite(mean_functional, MEAN) - direction.sign * 2 * _spread(sd_functional)


def cutoff_c(mean_clinical: float, sd_clinical: float, mean_functional: float, sd_functional: float) -> float:
    """
    Return the point equally many SD from both means, points.

    raises  OutOfRange if an SD is below 0 or both are 0; NotANumber
    source  Jacobson & Truax 1991
    """
    both = _spread(sd_clinical) + _spread(sd_functional)
    if not both:
        raise OutOfRange("Minst en av grupperna måste ha en standardavvikelse över 0.")
    return (sd_clinical * finite(mean_functional, MEAN) + sd_functional * finite(mean_clinical, MEAN)) / both


def true_cutoff_a(mean_clinical: float, sd_clinical: float, reliability: float, direction: Direction) -> float:
    """Return cut-off a with the SD of true scores, SD x sqrt(reliability). Source: Hageman & Arrindell 1999, Behaviour Research and
    Therapy 37:1169."""
    return cutoff_a(mean_clinical, _true_spread(sd_clinical, reliability), direction)


def true_cutoff_b(mean_functional: float, sd_functional: float, reliability: float, direction: Direction) -> float:
    """Return cut-off b with the SD of true scores. Errors and source as `true_cutoff_a`."""
    return cutoff_b(mean_functional, _true_spread(sd_functional, reliability), direction)


def true_cutoff_c(mean_clinical: float, sd_clinical: float, mean_functional: float, sd_functional: float, reliability: float) -> float:
    """Return cut-off c with the SDs of true scores; the same as c where both groups have the same reliability. As `true_cutoff_a`."""
    return cutoff_c(mean_clinical, _true_spread(sd_clinical, reliability), mean_functional, _true_spread(sd_functional, reliability))


def _spread(sd: float) -> float:
    if finite(sd, "Standardavvikelsen") < 0:
        raise OutOfRange(f"Standardavvikelsen {sd} måste vara 0 eller mer.")
    return sd


def _true_spread(sd: float, reliability: float) -> float:
    if not 0 < reliability <= 1:
        raise OutOfRange(f"Tillförlitligheten {reliability} måste ligga över 0 och högst vara 1.")
    return _spread(sd) * sqrt(reliability)
