"""Reliable change, its classes and cut-offs, and goal attainment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.analysis import change, cutoffs, goal_attainment, reliable_change
from samsyn.analysis.direction import Direction
from samsyn.analysis.frequency import Frequencies, Pairs
from samsyn.analysis.norm import Norm
from samsyn.analysis.refused import NotANumber, NothingToCount, OutOfRange, SettingMissing, UnequalLengths
from samsyn.analysis.reliable_change import ChangeClass, ReliableChange

MODEST = settings(deadline=None, max_examples=40)
HIGHER, LOWER = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER
DAS_BEFORE = [90.5, 74, 97, 73.5, 61, 66.5, 68.5, 86.5, 88.5, 68.5, 98, 80.5, 89.5, 91.5, 83.5, 60.5, 83, 88, 98.5, 78.5, 99.5, 79.5,
              84.5, 92.5, 93, 85, 64, 61, 80, 82.5]  # fmt: skip
DAS_AFTER = [97, 124, 97.5, 88, 96.5, 62.5, 112.5, 103.5, 90, 82.5, 105, 99.5, 112.5, 101, 99.5, 79.5, 88, 100.5, 119, 116, 116, 129,
             113, 118, 92, 114, 68, 52, 60.5, 104.5]  # fmt: skip
DAS = Pairs.of(DAS_BEFORE, DAS_AFTER)
LOKE = Pairs.of([52, 47, 60, 55, 41, 49, 50, 53, 46, 57, 39, 62, 48, 51, 45, 56, 42, 49, 53],
                [61, 58, 66, 54, 55, 63, 68, 50, 57, 65, 52, 64, 59, 60, 47, 70, 49, 62, 59])  # fmt: skip


def test_the_worked_person_of_jacobson_and_truax_is_found() -> None:
    settings_c = ReliableChange(HIGHER, 0.8, 7.5, "stated", cutoff=cutoffs.cutoff_c(40, 7.5, 60, 7.5), cutoff_source="c")
    assert reliable_change.standard_error(settings_c) == pytest.approx(3.3541019662)
    assert reliable_change.standard_error_of_difference(settings_c) == pytest.approx(4.7434164903)
    assert reliable_change.index(np.array([32.5]), np.array([47.5]), settings_c) == pytest.approx([3.1622776602])
    assert (cutoffs.cutoff_a(40, 7.5, HIGHER), cutoffs.cutoff_b(60, 7.5, HIGHER), settings_c.cutoff) == (55, 45, 50)
    assert reliable_change.class_of(32.5, 47.5, settings_c) is ChangeClass.IMPROVED
    settings_b = ReliableChange(HIGHER, 0.8, 7.5, "stated", cutoff=45, cutoff_source="b")
    assert reliable_change.class_of(32.5, 47.5, settings_b) is ChangeClass.RECOVERED


def test_the_couples_of_jacobson_fall_into_the_classes_r_computes() -> None:
    cutoff = cutoffs.cutoff_c(DAS.first.mean, DAS.first.sd, 114.8, 17.8)
    chosen = reliable_change.of_pairs(DAS, HIGHER, 0.88, cutoff, reliability_source="manualen", cutoff_source="c")
    assert (cutoff, chosen.sd) == pytest.approx((94.8424145349, 11.8256612656))
    assert reliable_change.standard_error_of_difference(chosen) == pytest.approx(5.79336719432)
    index = reliable_change.index(np.array(DAS_BEFORE), np.array(DAS_AFTER), chosen)
    assert index[[0, 1, 8, 27, 28]] == pytest.approx([1.12197272881, 8.63055945237, 0.258916783571, -1.55350070143, -3.36591818642])
    told = reliable_change.classes(DAS, chosen)
    assert [told.counts[kind] for kind in ChangeClass] == [14, 5, 10, 1, 0]
    assert (told.reliably_improved, told.reliably_deteriorated) == (19, 1)
    share = reliable_change.share_reliably_improved(DAS, chosen)
    assert (share.value, share.n) == (19 / 30, 30) and share.low < 19 / 30 < share.high
    assert (share.settings["sd_source"], share.settings["reliability_source"]) == ("start among the pairs", "manualen")
    assert reliable_change.share_reliably_deteriorated(DAS, chosen).value == 1 / 30
    assert reliable_change.share_of_class(DAS, ChangeClass.RECOVERED, chosen).value == 14 / 30


def test_whose_spread_decides_how_many_improved() -> None:
    norm = Norm(70.7, 11.7, 523)
    cutoff = cutoffs.cutoff_c(LOKE.first.mean, LOKE.first.sd, norm.mean, norm.sd)
    own, published = reliable_change.of_pairs(LOKE, HIGHER, 0.85, cutoff), reliable_change.of_norm(norm, HIGHER, 0.85, cutoff)
    assert cutoff == pytest.approx(57.361, abs=5e-4)
    assert reliable_change.reliable_points(own).value == pytest.approx(6.684, abs=5e-4)
    assert reliable_change.reliable_points(published).value == pytest.approx(12.56, abs=5e-3)
    assert list(reliable_change.classes(LOKE, own).counts.values()) == [9, 4, 6, 0, 0]
    assert list(reliable_change.classes(LOKE, published).counts.values()) == [4, 2, 13, 0, 0]
    assert change.shares_of_change(LOKE, HIGHER).counts == (17, 0, 2)


def one_by_one(before: float, after: float, chosen: ReliableChange) -> ChangeClass:
    """Return a person's class, step by step."""
    gain = (after - before) * chosen.direction.sign / (chosen.sd * (2 * (1 - chosen.reliability)) ** 0.5)
    ill = [(score - chosen.cutoff) * chosen.direction.sign < 0 for score in (before, after)]
    well = [(score - chosen.cutoff) * chosen.direction.sign > 0 for score in (before, after)]
    if gain > 1.96 + 1e-9:
        return ChangeClass.RECOVERED if ill[0] and well[1] else ChangeClass.IMPROVED
    if gain < -1.96 - 1e-9:
        return ChangeClass.HARMED if well[0] and ill[1] else ChangeClass.DETERIORATED
    return ChangeClass.UNCHANGED


@MODEST
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=30), st.sampled_from(Direction), st.integers(5, 15))
def test_classes_of_the_joint_table_are_those_of_the_persons(rows: list[tuple[int, int]], direction: Direction, cutoff: int) -> None:
    pairs, chosen = (
        Pairs.of(*(list(column) for column in zip(*rows, strict=True))),
        ReliableChange(direction, 0.8, 3.3, "stated", cutoff=cutoff),
    )
    expected = dict.fromkeys(ChangeClass, 0)
    for before, after in rows:
        expected[one_by_one(before, after, chosen)] += 1
        assert reliable_change.class_of(before, after, chosen) is one_by_one(before, after, chosen)
    assert reliable_change.classes(pairs, chosen).counts == expected


def test_those_harmed_are_among_the_reliably_deteriorated() -> None:
    pairs, chosen = Pairs.of([15, 15, 5], [4, 12, 1]), ReliableChange(HIGHER, 0.9, 2.0, "stated", cutoff=10)
    told = reliable_change.classes(pairs, chosen)
    assert [told.counts[kind] for kind in ChangeClass] == [0, 0, 0, 2, 1]
    assert (told.reliably_deteriorated, reliable_change.share_reliably_deteriorated(pairs, chosen).value) == (3, 1)


def test_a_change_equal_to_the_limit_is_not_reliable() -> None:
    chosen = ReliableChange(HIGHER, 0.5, 5.0, "stated")
    assert reliable_change.class_of(0, 9.8, chosen) is ChangeClass.UNCHANGED
    assert reliable_change.class_of(0, 9.81, chosen) is ChangeClass.IMPROVED
    assert reliable_change.class_of(9.8, 0, chosen) is ChangeClass.UNCHANGED


def test_without_a_cutoff_nobody_is_called_recovered_or_harmed() -> None:
    chosen = reliable_change.of_pairs(DAS, HIGHER, 0.88)
    told = reliable_change.classes(DAS, chosen)
    assert set(told.counts) == {ChangeClass.IMPROVED, ChangeClass.UNCHANGED, ChangeClass.DETERIORATED}
    assert (told.reliably_improved, told.reliably_deteriorated) == (19, 1)
    assert reliable_change.share_of_class(DAS, ChangeClass.RECOVERED, chosen).value is None
    assert reliable_change.share_of_class(DAS, ChangeClass.IMPROVED, chosen).value == 19 / 30


def test_without_spread_or_pairs_nothing_is_told() -> None:
    flat, nobody = Pairs.of([3, 3, 3], [4, 5, 6]), Pairs.of([], [])
    for pairs, why in ((flat, reliable_change.NO_SD), (Pairs.of([1], [9]), reliable_change.NO_SD), (nobody, change.NO_PAIRS)):
        chosen = reliable_change.of_pairs(pairs, HIGHER, 0.8)
        told = reliable_change.share_reliably_improved(pairs, chosen)
        assert (told.value, told.reason, told.n) == (None, why, pairs.n)
        assert reliable_change.reliable_points(chosen).value is None
        with pytest.raises(SettingMissing):
            reliable_change.index(np.array([1.0]), np.array([2.0]), chosen)
        with pytest.raises(SettingMissing):
            reliable_change.class_of(1, 2, chosen)


def test_a_reliability_is_never_guessed_and_never_impossible() -> None:
    with pytest.raises(SettingMissing):
        reliable_change.of_pairs(DAS, HIGHER, None)
    with pytest.raises(SettingMissing):
        reliable_change.of_norm(Norm(1, 1), HIGHER, None)
    for wrong in ((HIGHER, 1.0, 3.0, ""), (HIGHER, 0.8, -1.0, ""), (HIGHER, 0.8, float("nan"), "")):
        with pytest.raises(OutOfRange):
            ReliableChange(*wrong)
    with pytest.raises(OutOfRange):
        ReliableChange(HIGHER, 0.8, 3.0, "", critical=0)


def test_the_cutoffs_of_the_oq45_follow_the_paper_where_lower_is_better() -> None:
    clinical, functional = (68.35, 22.33), (50.0, 22.0)
    assert cutoffs.cutoff_a(*clinical, LOWER) == pytest.approx(23.69)
    assert cutoffs.cutoff_b(*functional, LOWER) == pytest.approx(94.0)
    assert cutoffs.cutoff_c(*clinical, *functional) == pytest.approx(59.1066997519)
    assert cutoffs.true_cutoff_a(*clinical, 0.93, LOWER) == pytest.approx(25.2814557014)
    assert cutoffs.true_cutoff_b(*functional, 0.93, LOWER) == pytest.approx(92.4320633484)
    assert cutoffs.true_cutoff_c(*clinical, *functional, 0.93) == pytest.approx(59.1066997519)


def test_cutoffs_of_impossible_groups_are_refused() -> None:
    with pytest.raises(OutOfRange):
        cutoffs.cutoff_a(1, -1.0, HIGHER)
    for wrong in (float("nan"), float("inf")):
        for mean, sd in ((1, wrong), (wrong, 1)):
            with pytest.raises(NotANumber):
                cutoffs.cutoff_a(mean, sd, HIGHER)
    with pytest.raises(OutOfRange):
        cutoffs.cutoff_c(1, 0, 2, 0)
    for wrong in (0.0, 1.1):
        with pytest.raises(OutOfRange):
            cutoffs.true_cutoff_b(1, 1, wrong, HIGHER)


@pytest.mark.parametrize(
    ("levels", "t"),
    [([0], 50), ([-1], 40), ([1, 0, 0], 54.5643546459), ([1, 1, 0], 59.1287092918), ([2, 2, 2], 77.3861278753),
     ([-2, -2, -2], 22.6138721247), ([1, 0, 0, 0], 53.6273812506), ([1, 0, 0, 0, 0], 53.0151134458), ([2, -2, 1, 0, -1], 50)],
)  # fmt: skip
def test_the_printed_key_of_goal_attainment_is_found(levels: list[int], t: float) -> None:
    told = goal_attainment.goal_attainment_t(levels)
    assert (told.value, told.n) == pytest.approx((t, len(levels)))


def test_weights_follow_the_corrected_formula() -> None:
    told = goal_attainment.goal_attainment_t([1, 0, -1], [2, 1, 1])
    assert told.value == pytest.approx(50 + 10 / (0.7 * 6 + 0.3 * 16) ** 0.5)
    assert goal_attainment.goal_attainment_t([1, 1], [3, 3]).value == pytest.approx(goal_attainment.goal_attainment_t([1, 1]).value)
    assert goal_attainment.goal_attainment_t([1, 1], rho=0).value == pytest.approx(50 + 10 * 2**0.5)


def test_goals_are_counted_by_level() -> None:
    told = goal_attainment.levels_reached(Frequencies.of([-2, 0, 0, 1, 2, -1]))
    assert dict(told.counts) == {-2: 1, -1: 1, 0: 2, 1: 1, 2: 1}
    assert (told.attained.value, told.exceeded.value) == (4 / 6, 2 / 6)
    assert told.attained.reason == goal_attainment.DEPENDENT


def test_impossible_goals_are_refused() -> None:
    for wrong, refusal in (([], NothingToCount), ([3], OutOfRange)):
        with pytest.raises(refusal):
            goal_attainment.goal_attainment_t(wrong)
        with pytest.raises(refusal):
            goal_attainment.levels_reached(Frequencies.of(wrong))
    with pytest.raises(OutOfRange):
        goal_attainment.goal_attainment_t([1], [0])
    with pytest.raises(OutOfRange):
        goal_attainment.goal_attainment_t([1], rho=1)
    with pytest.raises(UnequalLengths):
        goal_attainment.goal_attainment_t([1, 2], [1])
    with pytest.raises(OutOfRange):
        goal_attainment.levels_reached(Frequencies.of([0.5]))


def test_a_score_just_as_far_off_as_the_limit_is_unchanged_and_columns_must_be_as_long() -> None:
    chosen = ReliableChange(HIGHER, 0.5, 1.0, "stated", critical=2.0)
    limit = 2.0 * reliable_change.standard_error_of_difference(chosen)
    assert reliable_change.class_of(0.0, limit, chosen) is ChangeClass.UNCHANGED
    assert reliable_change.class_of(limit, 0.0, chosen) is ChangeClass.UNCHANGED
    assert reliable_change.class_of(0.0, limit + 1e-6, chosen) is ChangeClass.IMPROVED
    with pytest.raises(UnequalLengths):
        reliable_change.index(np.array([1.0, 2.0]), np.array([1.0]), chosen)
    for reliability in (0.0, 1.0):
        with pytest.raises(OutOfRange, match="Tillförlitligheten"):
            ReliableChange(HIGHER, reliability, 1.0, "stated")
