"""Several splits of one file for one reader: what one hides must not be worked out from another."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from samsyn.analysis.disclosure import Rule
from samsyn.analysis.earlier_splits import MOST_GROUPS, TooManyGroups, lies_within, worked_out_together
from samsyn.analysis.engine import Aggregated, aggregated
from samsyn.analysis.episodes import Episodes
from samsyn.analysis.loke import told
from samsyn.analysis.split import UNSAID, Split
from tests.analysis.loke_unit import SETTINGS, unit

PUBLIC = Rule(5, True, 30)


def counted(episodes: Episodes, *splits: Split) -> dict[Split, Aggregated]:
    return {split: aggregated(episodes, SETTINGS, split=split, threads=1) for split in splits}


def in_quarters(sizes: dict[tuple[int, int], int]) -> Episodes:
    """Return episodes that began in quarters, (year, quarter) to how many, and nothing else known."""
    starts = [date(year, 3 * quarter - 1, 5) for (year, quarter), count in sizes.items() for _ in range(count)]
    return Episodes(id=[f"P{place}" for place in range(len(starts))], start=starts)


# 2025 kv. 1 is small; the smallest of the others, 2024 kv. 3, is hidden with it, but lies in another year.
MEETING = in_quarters({(2024, 1): 30, (2024, 2): 32, (2024, 3): 20, (2025, 1): 3, (2025, 2): 40, (2025, 3): 41})


def test_four_quarters_and_their_year_give_the_hidden_quarter_away() -> None:
    parts = counted(MEETING, Split.YEAR, Split.QUARTER)
    _, quarters = told(parts[Split.QUARTER], SETTINGS, PUBLIC)
    hidden = [one.group for one in quarters if one.count("started") is None]
    assert hidden == ["2024 kv. 3", "2025 kv. 1"], "two are hidden, so that one split alone says nothing"
    assert worked_out_together({Split.QUARTER: parts[Split.QUARTER]}, SETTINGS, PUBLIC) == set()
    assert ("quarter", "2025 kv. 1", "started") in worked_out_together(parts, SETTINGS, PUBLIC)
    halves = counted(MEETING, Split.HALF_YEAR, Split.QUARTER)
    assert ("quarter", "2025 kv. 1", "started") in worked_out_together(halves, SETTINGS, PUBLIC)


def test_two_hidden_quarters_of_the_same_year_withstand_it() -> None:
    sizes = {(2024, 1): 30, (2024, 2): 32, (2024, 3): 40, (2025, 1): 3, (2025, 2): 28, (2025, 3): 41}
    found = worked_out_together(counted(in_quarters(sizes), Split.YEAR, Split.QUARTER), SETTINGS, PUBLIC)
    assert not any(name == "started" for _, _, name in found)


def test_a_mean_that_rests_on_too_few_is_not_the_difference_between_a_year_and_its_other_quarters() -> None:
    sizes = {(2024, 1): 60, (2024, 2): 60, (2024, 3): 20, (2024, 4): 60, (2025, 1): 60, (2025, 2): 20, (2025, 3): 60, (2025, 4): 60}
    parts = counted(in_quarters(sizes), Split.YEAR, Split.QUARTER)
    assert {("quarter", "2024 kv. 3", "started"), ("quarter", "2025 kv. 2", "started")} <= worked_out_together(parts, SETTINGS, PUBLIC)
    assert worked_out_together({Split.QUARTER: parts[Split.QUARTER]}, SETTINGS, PUBLIC) == set()


def test_sex_within_target_group_and_target_group_within_sex_are_the_same_persons() -> None:
    drawn = random.Random(4)
    for _ in range(3):
        places = range(24 * 6)
        episodes = replace(unit(6), sex=[drawn.choice("KKKM") for _ in places], target_group=[drawn.choice("AAAB") for _ in places])
        assert worked_out_together(counted(episodes, Split.SEX, Split.TARGET_GROUP), SETTINGS, PUBLIC) == set()


@pytest.mark.parametrize(
    ("period", "longer", "lies"),
    [
        ("2025 kv. 1", "2025", True), ("2025 kv. 1", "2025 vår", True), ("2025 kv. 3", "2025 höst", True), ("2025 vår", "2025", True),
        ("2025 kv. 3", "2025 vår", False), ("2025 kv. 1", "2024", False), (UNSAID, UNSAID, True), (UNSAID, "2025", False), ("2025", UNSAID, False),
    ],
)  # fmt: skip
def test_which_periods_lie_within_which(period: str, longer: str, lies: bool) -> None:
    assert lies_within(period, longer) is lies


def test_more_groups_than_can_be_tried_are_refused() -> None:
    many = Episodes(id=[str(place) for place in range(MOST_GROUPS + 1)], unit=[f"Enhet {place}" for place in range(MOST_GROUPS + 1)])
    with pytest.raises(TooManyGroups, match="går inte att pröva mot varandra"):
        worked_out_together(counted(many, Split.UNIT), SETTINGS, PUBLIC)
