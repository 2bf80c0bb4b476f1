"""Which municipalities are most like this one? Prefer Kolada's own groups where official peers are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.analysis.frequency import LARGEST, numbers
from samsyn.analysis.refused import NotANumber, OutOfRange, UnequalLengths


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One of the nearest: its code, its place among the rows (from 0), and its distance, without unit."""

    code: str
    row: int
    distance: float


def nearest(features: ArrayLike, codes: Sequence[str], focus: str, k: int, weights: Sequence[float]) -> tuple[Neighbour, ...]:
    """
    Return the k municipalities nearest to one, the nearest first.

    features  one row a municipality, one column a key figure, all known; take the logarithm of what is skew (population) first
    codes     as many, distinct; ties in distance go by code
    focus     the code to find the nearest of
    k         how many, 1 or more; all others when there are not so many
    weights   one a column, 0 or more, not all 0; a column where all are alike tells nothing and counts nothing
    returns   distance = root of the sum of weight x squared difference of z-scores (population standard deviation)
    raises    UnequalLengths, NotANumber, OutOfRange
    source    our own definition after RKA's "Likhetsutsökning"
    """
    table, weighing = _checked(features, codes, weights)
    if focus not in codes:
        raise OutOfRange(f"Kommunen {focus} finns inte bland dem som ska jämföras.")
    if k < 1:
        raise OutOfRange(f"Antalet liknande kommuner, {k}, måste vara 1 eller fler.")
    sd = table.std(axis=0)
    varies = sd > 1e-12 * np.abs(table).max(axis=0, initial=0.0)
    scores = (table[:, varies] - table[:, varies].mean(axis=0)) / sd[varies]
    own = list(codes).index(focus)
    distances = np.sqrt(((scores - scores[own]) ** 2) @ weighing[varies])
    order = sorted((row for row in range(len(codes)) if row != own), key=lambda row: (round(float(distances[row]), 12), codes[row]))
    return tuple(Neighbour(codes[row], row, float(distances[row])) for row in order[:k])


def with_log(features: ArrayLike, columns: Sequence[int]) -> NDArray[np.float64]:
    """Return the features with the natural logarithm of some columns. Raises OutOfRange if one of their values is not above 0, or there is
    no such column; UnequalLengths, NotANumber."""
    table = _table(features)
    if not set(columns) <= set(range(table.shape[1])):
        raise OutOfRange(f"Tabellen har {table.shape[1]} kolumner, räknade från 0.")
    chosen = table[:, list(columns)]
    if (chosen <= 0).any():
        raise OutOfRange("Logaritmen finns bara för värden över 0.")
    table[:, list(columns)] = np.log(chosen)
    return table


def _table(features: ArrayLike) -> NDArray[np.float64]:
    try:
        table = np.array(features, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise UnequalLengths("Varje kommun behöver en rad med lika många nyckeltal, alla tal.") from error
    if table.ndim != 2:
        raise UnequalLengths("Varje kommun behöver en rad och varje nyckeltal en kolumn.")
    if not (np.abs(table) <= LARGEST).all():
        raise NotANumber("Nyckeltalen innehåller värden som inte är tal. Ta bort de kommuner eller nyckeltal som saknas.")
    return table


def _checked(features: ArrayLike, codes: Sequence[str], weights: Sequence[float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    table, weighing = _table(features), numbers(weights, "Vikterna")
    if len(table) != len(codes) or table.shape[1] != len(weighing):
        raise UnequalLengths("Varje kommun behöver en rad och varje nyckeltal en vikt.")
    if len(set(codes)) != len(codes):
        raise OutOfRange("Samma kommun finns med två gånger.")
    if (weighing < 0).any() or not weighing.any():
        raise OutOfRange("Vikterna måste vara 0 eller mer, och någon över 0.")
    return table, weighing
