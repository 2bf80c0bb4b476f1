"""Does the norm fit those it is set beside? Swedish sentences, one a reason to be careful; none if it fits."""

from __future__ import annotations

from samsyn.analysis.norm import Norm

OLD = 10
"""Years after which a norm is called old."""


def norm_warnings(norm: Norm, *, country: str, year: int | None, ages: tuple[float, float] | None) -> tuple[str, ...]:
    """
    Return what a reader must know about the norm before comparing.

    country  Swedish name of the country where the group lives; "" if not known
    year     in which the group was measured; None if not known
    ages     youngest and oldest in the group; None if not known
    returns  sentences: another country, an old norm, other ages, and what the norm does not state
    """
    said = (_of_country(norm, country), _of_year(norm, year), _of_ages(norm, ages), _of_n(norm))
    return tuple(sentence for sentence in said if sentence)


def _of_country(norm: Norm, country: str) -> str:
    if not norm.country:
        return "Det står inte vilket land normen kommer från."
    if country and norm.country.casefold() != country.casefold():
        return f"Normen kommer från ett annat land: {norm.country}."
    return ""


def _of_year(norm: Norm, year: int | None) -> str:
    if norm.year is None:
        return "Det står inte vilket år normen mättes."
    if year is not None and year - norm.year > OLD:
        return f"Normen är gammal: den mättes {norm.year}, {year - norm.year} år före gruppen."
    return ""


def _of_ages(norm: Norm, ages: tuple[float, float] | None) -> str:
    if norm.ages is None:
        return "Det står inte vilka åldrar normen gäller."
    if ages is not None and (ages[0] < norm.ages[0] or ages[1] > norm.ages[1]):
        return f"Normen gäller {norm.ages[0]}–{norm.ages[1]} år, men gruppen är {ages[0]:g}–{ages[1]:g} år."
    return ""


def _of_n(norm: Norm) -> str:
    return "Det står inte hur många normen bygger på." if norm.n is None else ""
