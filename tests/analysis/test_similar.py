"""Similar municipalities: the reference table, ties and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from samsyn.analysis.refused import NotANumber, OutOfRange, UnequalLengths
from samsyn.analysis.similar import nearest, with_log

ROWS = [[9300, 31, 52.1], [9150, 29, 50.8], [25800, 35, 61.0], [8700, 33, 49.9], [140000, 24, 88.2], [11900, 30, 55.7],
        [5200, 38, 41.3], [9900, 41, 53.3]]  # fmt: skip
CODES = [f"0{place}" for place in range(8)]


@pytest.mark.parametrize(
    ("weights", "rows", "distances"),
    [
        ([1, 1, 1], [1, 5, 3], [0.410760191839, 0.426192886864, 0.437900738942]),
        ([2, 1, 0.5], [1, 3, 5], [0.405029732488, 0.427049609425, 0.457717921404]),
    ],
)
def test_the_three_nearest_are_those_of_the_reference(weights: list[float], rows: list[int], distances: list[float]) -> None:
    found = nearest(with_log(ROWS, [0]), CODES, "00", 3, weights)
    assert [neighbour.row for neighbour in found] == rows
    assert [neighbour.distance for neighbour in found] == pytest.approx(distances, abs=1e-9)


def test_ties_go_by_code_whatever_the_order_of_the_rows() -> None:
    found = nearest([[0.0], [1.0], [-1.0], [1.0]], ["1280", "2480", "0114", "0380"], "1280", 3, [1])
    assert [neighbour.code for neighbour in found] == ["0114", "0380", "2480"]


def test_a_figure_where_all_are_alike_tells_nothing() -> None:
    features = np.array([[1.0, 7], [2, 7], [4, 7]])
    assert nearest(features, ["a", "b", "c"], "a", 9, [1, 1]) == nearest(features[:, :1], ["a", "b", "c"], "a", 9, [1])


def test_a_figure_without_weight_counts_nothing() -> None:
    features = [[1.0, 50], [2.0, 3], [4.0, 50]]
    assert [neighbour.code for neighbour in nearest(features, ["a", "b", "c"], "a", 1, [1, 0])] == ["b"]


def test_what_cannot_be_compared_is_refused() -> None:
    features, codes = [[1.0], [2.0]], ["a", "b"]
    with pytest.raises(OutOfRange, match="finns inte"):
        nearest(features, codes, "x", 1, [1])
    with pytest.raises(OutOfRange, match="1 eller fler"):
        nearest(features, codes, "a", 0, [1])
    with pytest.raises(OutOfRange, match="två gånger"):
        nearest(features, ["a", "a"], "a", 1, [1])
    with pytest.raises(OutOfRange, match="Vikterna"):
        nearest(features, codes, "a", 1, [0])
    with pytest.raises(UnequalLengths):
        nearest(features, codes, "a", 1, [1, 1])
    with pytest.raises(NotANumber):
        nearest([[1.0], [np.nan]], codes, "a", 1, [1])
    with pytest.raises(OutOfRange, match="Logaritmen"):
        with_log([[0.0], [1.0]], [0])
