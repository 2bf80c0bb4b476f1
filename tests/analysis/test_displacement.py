"""A place against its comparison: the printed cases of Wheeler and Ratcliffe, Bowers and Johnson, Angrist and Pischke."""

from __future__ import annotations

from math import nan, sqrt

import numpy as np
import pytest
import statsmodels.api as sm

from samsyn.analysis.counts import INDEPENDENT
from samsyn.analysis.displacement import (
    EMPTY_CELL,
    NO_CONTROL_EVENTS,
    NOT_READABLE,
    WITHIN_CHANCE,
    Level,
    difference_in_differences,
    difference_in_levels,
    displacement_quotient,
    harm_weighted,
    net_percent_change,
    ratio_of_rate_ratios,
    ratio_of_ratios_of_levels,
    weighted_difference,
)
from samsyn.analysis.frequency import Counts
from samsyn.analysis.refused import NothingToCount, OutOfRange, UnequalLengths

PLACE, CONTROL, NEAR, NEAR_CONTROL = Counts(207, 110), Counts(308, 318), Counts(178, 157), Counts(150, 140)
WILD = (10, 60, 22, 48, 5, 71, 30, 14)


def test_a_ratio_of_rate_ratios_is_the_closed_form() -> None:
    found = ratio_of_rate_ratios(PLACE, CONTROL)
    assert (found.value, found.low, found.high) == pytest.approx((0.514690243977, 0.389250224886, 0.680554641484), rel=1e-6)
    assert (found.settings["log_ratio"], found.settings["se_log"]) == pytest.approx((-0.66419002728, 0.142524487925), rel=1e-6)
    assert net_percent_change(PLACE, CONTROL).value == pytest.approx(-48.5309756023)
    assert found.reason == INDEPENDENT


def test_a_ratio_of_rate_ratios_is_a_poisson_regression_with_an_interaction() -> None:
    place, control = Counts(40, 25, 2, 1), Counts(90, 50, 2, 1)
    y, time = np.array([25, 15, 10, 15, 50, 40, 20, 30]), np.repeat([1, 0.5, 1, 0.5], 2)  # each count in two halves of its time
    x = np.repeat([[1, 1, 0, 0], [1, 1, 1, 1], [1, 0, 0, 0], [1, 0, 1, 0]], 2, axis=0)
    fit = sm.GLM(y, x, family=sm.families.Poisson(), offset=np.log(time)).fit()
    found = ratio_of_rate_ratios(place, control)
    assert (found.settings["log_ratio"], found.settings["se_log"]) == pytest.approx((fit.params[3], fit.bse[3]), rel=1e-5)


def test_earlier_periods_widen_it_by_the_root_of_the_dispersion() -> None:
    wide = ratio_of_rate_ratios(Counts(207, 110, earlier=WILD), CONTROL)
    assert wide.settings["se_log"] == pytest.approx(0.14252450 * sqrt(float(wide.settings["dispersion"] or nan)), rel=1e-6)
    assert wide.reason == ""


def test_an_empty_cell_has_no_ratio() -> None:
    assert (ratio_of_rate_ratios(Counts(5, 0), CONTROL).value, ratio_of_rate_ratios(PLACE, Counts(0, 3)).reason) == (None, EMPTY_CELL)


def test_the_weighted_difference_is_the_printed_one() -> None:
    found = weighted_difference(PLACE, CONTROL, NEAR, NEAR_CONTROL)
    assert (found.local.value, found.displaced.value, found.total.value) == (-107, -11, -118)
    assert (found.local_error, found.displaced_error, found.total_error) == pytest.approx((30.7083050656, 25, 39.5979797464))
    assert (found.total.low, found.total.high) == pytest.approx((-195.610614164, -40.3893858364))
    assert found.z.value == pytest.approx(-2.97995000643)


def test_without_displacement_areas_the_total_is_the_local_difference() -> None:
    found = weighted_difference(Counts(20, 10), Counts(20, 20), level=0.9)
    assert (found.displaced.value, found.displaced_error, found.z.value) == (0, 0, pytest.approx(-1.19522860933))
    assert (found.total.low, found.total.high) == pytest.approx((-23.7618327917, 3.7618327917))
    assert found.p.value == pytest.approx(0.2320, abs=1e-4)


def test_small_areas_round_it_add_their_own_difference() -> None:
    found = weighted_difference(Counts(20, 10), Counts(20, 20), Counts(30, 20), Counts(30, 30), level=0.9)
    assert (found.total.value, found.displaced_error, found.total_error) == pytest.approx((-20, 10.4880884817, 13.416407865))
    assert (found.total.low, found.total.high) == pytest.approx((-42.0680271374, 2.0680271374))


def test_time_weights_give_the_difference_per_unit_of_time() -> None:
    found = weighted_difference(Counts(80, 20, time_before=2), Counts(100, 50, time_before=2))
    assert (found.total.value, found.total_error) == pytest.approx((-20, sqrt(115)))
    assert difference_in_differences(Counts(80, 20, 2, area=7), Counts(100, 50, 2, area=3)).value == pytest.approx(-20)


def test_area_weights_give_the_difference_per_unit_of_area() -> None:
    found = weighted_difference(
        Counts(207, 110, area=1.2), Counts(308, 318, area=0.9), Counts(178, 157, area=1.5), Counts(150, 140, area=1.6)
    )
    assert (found.total.value, found.total_error, found.z.value) == pytest.approx((-99.69444444, 35.4280755, -2.813995483))
    assert (found.total.low, found.total.high) == pytest.approx((-169.1321965, -30.25669241))


def test_earlier_periods_widen_the_weighted_difference_too() -> None:
    wide, narrow = weighted_difference(Counts(207, 110, earlier=WILD), CONTROL), weighted_difference(PLACE, CONTROL)
    assert wide.total.value == narrow.total.value and wide.total_error > narrow.total_error
    assert (wide.total.reason, narrow.total.reason) == ("", INDEPENDENT)


def test_harm_weights_give_the_printed_sum() -> None:
    kinds = [((130, 74), (133, 91)), ((327, 202), (388, 305)), ((398, 190), (148, 97)), ((144, 92), (86, 64)), ((183, 96), (94, 67))]
    locals_ = [weighted_difference(Counts(*place), Counts(*control)).local for place, control in kinds]
    found = harm_weighted(locals_, [3, 2, 5, 7, 10])
    assert (found.value, found.settings["se"]) == pytest.approx((-1721, 304.10360077))
    assert (found.low, found.high) == pytest.approx((-2317.03210507, -1124.96789493))


def test_harm_weights_that_do_not_fit_are_refused() -> None:
    difference = weighted_difference(PLACE, CONTROL).total
    with pytest.raises(UnequalLengths):
        harm_weighted([difference], [1, 2])
    with pytest.raises(NothingToCount):
        harm_weighted([], [])
    with pytest.raises(OutOfRange, match="över 0"):
        harm_weighted([difference], [0])
    with pytest.raises(OutOfRange, match="medelfel"):
        harm_weighted([ratio_of_rate_ratios(PLACE, CONTROL)], [1])


def test_places_without_any_events_have_no_difference() -> None:
    with pytest.raises(NothingToCount):
        weighted_difference(Counts(0, 0), Counts(0, 0))


def test_the_quotient_shows_that_the_gain_spread() -> None:
    found = displacement_quotient(PLACE, NEAR, CONTROL)
    assert (found.gross_effect.value, found.total_net_effect.value) == pytest.approx((97, 130.5))
    assert (found.net_effect.value, found.success.value) == pytest.approx((0.326165972392, -0.326165972392))
    assert (found.buffer.value, found.quotient.value) == pytest.approx((-0.0842113860982, 0.258185688349))


def test_the_quotient_shows_that_some_moved() -> None:
    found = displacement_quotient(Counts(120, 80), Counts(60, 66), Counts(200, 190))
    assert (found.gross_effect.value, found.total_net_effect.value) == pytest.approx((40, 25))
    assert (found.buffer.value, found.quotient.value) == pytest.approx((0.0473684210526, -0.264705882353))


def test_the_quotient_is_not_told_when_the_place_did_no_better() -> None:
    found = displacement_quotient(Counts(100, 110), Counts(60, 66), Counts(200, 190))
    assert (found.quotient.value, found.quotient.reason) == (None, NOT_READABLE)
    assert (found.success.value or 0) > 0


def test_the_quotient_has_a_reservation_when_the_difference_may_be_chance() -> None:
    doubtful = displacement_quotient(Counts(12, 10), NEAR, Counts(20, 19)).quotient
    assert doubtful.is_told and doubtful.reason == WITHIN_CHANCE
    assert displacement_quotient(PLACE, NEAR, CONTROL).quotient.reason == ""


def test_a_control_without_events_leaves_only_the_gross_effect() -> None:
    found = displacement_quotient(PLACE, NEAR, Counts(10, 0))
    assert (found.gross_effect.value, found.net_effect.value, found.quotient.reason) == (97, None, NO_CONTROL_EVENTS)
    assert found.total_net_effect.value is None


def test_periods_of_unequal_length_are_allowed_for_but_must_be_the_same_everywhere() -> None:
    assert displacement_quotient(Counts(100, 40, 2, 1), Counts(60, 30, 2, 1), Counts(200, 90, 2, 1)).gross_effect.value == 10
    with pytest.raises(OutOfRange, match="samma perioder"):
        displacement_quotient(Counts(100, 40, 2, 1), NEAR, CONTROL)


def test_the_banks_differ_by_nineteen_and_by_twelve_per_cent() -> None:
    sixth, eighth = Level(135, 121), Level(165, 132)
    assert difference_in_levels(sixth, eighth).value == 19
    assert ratio_of_ratios_of_levels(sixth, eighth).value == pytest.approx(1.12037037037)
    assert ratio_of_ratios_of_levels(Level(0, 1), eighth).value is None
    assert difference_in_differences(Counts(135, 121), Counts(165, 132)).value == 19


def test_levels_with_errors_have_an_interval() -> None:
    found = difference_in_levels(Level(5, 3, 0.3, 0.4), Level(5, 5, 1.2, 0.0))
    assert (found.value, found.low, found.high) == pytest.approx((-2, -2 - 1.959963985 * 1.3, -2 + 1.959963985 * 1.3))
    assert difference_in_levels(Level(5, 3, 0.3, 0.4), Level(5, 5)).low is None
