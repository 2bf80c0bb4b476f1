"""
The ledger: one call of each quantity at a time, on ordinary input and on input that cannot be told, and all that comes back.

That the numbers are right is shown in the other tests. Here every field of every estimate is held: value, interval, level, n, unit,
method, settings, and whether there is a reason. `python -m tests.analysis.every_estimate` writes the ledger anew; read the difference
before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np

from samsyn.analysis import (
    change,
    completion,
    counts,
    displacement,
    effect_size,
    guards,
    mcnemar,
    norm_gap,
    norms,
    power,
    proportion,
    ranks,
    reliable_change,
    spc,
    standardisation,
    trend,
)
from samsyn.analysis.direction import Direction
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import Counts, Frequencies, Pairs, Series
from samsyn.analysis.norm import Norm
from samsyn.analysis.refused import Refused
from samsyn.analysis.spread import PairedSummary
from samsyn.analysis.two_groups import Summary

LEDGER = Path(__file__).with_name("every_estimate.yaml")
LEVEL = 0.8
UP, DOWN = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER
GROUP = Pairs.of([52, 47, 60, 55, 41, 49, 50, 53, 46, 57, 39, 62], [61, 58, 66, 54, 55, 63, 68, 50, 57, 65, 52, 62])
ONE_WAY, STILL, ONE, NONE = Pairs.of([1, 2, 3], [3, 5, 3.5]), Pairs.of([1, 2, 3], [1, 2, 3]), Pairs.of([1], [2]), Pairs.of([], [])
TWO, ALIKE = Pairs.of([1, 2], [3, 5]), Pairs.of([1, 2, 4], [2, 3, 5])
LARGE = Pairs.of([*range(30)], [place + (-1) ** place * (place % 7) + 1 for place in range(30)])
PAIRS = {"group": GROUP, "one_way": ONE_WAY, "still": STILL, "one": ONE, "none": NONE, "two": TWO, "alike": ALIKE, "large": LARGE}
SUMMARY, BARE = PairedSummary(4.43, 5.57, 2.88, 1.99, 7, 0.68, 2.12), PairedSummary(4.43, 5.57, 2.88, 1.99, 7)
ROWS = {"values": GROUP.first, "alike": Frequencies.of([4, 4, 4]), "one": Frequencies.of([4]), "none": Frequencies.of([])}
NORM, BARE_NORM = Norm(70.7, 11.7, 523), Norm(70.7, 11.7)
PLACE, CONTROL, EMPTY = Counts(207, 110, 12, 6), Counts(308, 318, 12, 6), Counts(0, 0)
WILD = Counts(60, 30, 1, 1, 2.0, (30, 41, 22, 50, 33, 60, 21, 44))
WALK = [5, 6, 4, 7, 5, 6, 8, 5, 4, 6, 12, 13, 11, 14, 15, 12, 13, 12, 14, 13]
RARE = Series(np.array([3.0, 8, 2, 14, 6, 9, 4, 11, 5, 7, 13, 6, 40]))
SIZED = Series(np.array(WALK, dtype=float), np.array([50.0 + place for place in range(20)]))
STAYS = completion.Stays(Frequencies.of([9, 13, 18, 23, 31, 34, 48]), Frequencies.of([13, 28, 45, 161]))
OTHERS = completion.Stays(Frequencies.of([5, 5, 8, 8, 12, 23, 27]), Frequencies.of([16]))
ALL_STAY = completion.Stays(Frequencies.of([]), Frequencies.of([3, 4]))
STANDARD = standardisation.Standard(np.array([40.0, 300, 900]), np.array([10000.0, 9000, 5000]))
RELIABLE = reliable_change.of_pairs(GROUP, UP, 0.85, 55.0, reliability_source="handboken", cutoff_source="c")
NO_CUTOFF, OF_NORM = reliable_change.of_pairs(GROUP, DOWN, 0.7), reliable_change.of_norm(NORM, UP, 0.85, 50.0, reliability_source="h", cutoff_source="b")
FLAT = reliable_change.of_pairs(ONE, UP, 0.85)
DESIGN = power.CountDesign(2.0, 1.5, 1.2, 0.9, 0.7)


def calls() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield (name, call) for everything in the ledger."""
    yield from _of_pairs()
    yield from _of_classes()
    yield from _of_shares()
    yield from _of_norms()
    yield from _of_places()
    yield from _of_power()
    yield from _of_time()
    yield from _of_tables()


def _of_pairs() -> Iterator[tuple[str, Callable[[], Any]]]:
    levelled = (
        change.mean_change, change.correlation, effect_size.d_z, effect_size.d_av, effect_size.d_av_arithmetic, effect_size.d_pre, effect_size.d_rm,
        effect_size.g_z, effect_size.g_av, effect_size.g_av_arithmetic, effect_size.g_pre, effect_size.g_rm,
    )  # fmt: skip
    for quantity in levelled:
        for name, pairs in (*PAIRS.items(), ("summary", SUMMARY), ("bare", BARE)):
            yield f"{quantity.__name__} {name}", lambda quantity=quantity, pairs=pairs: quantity(pairs, LEVEL)
    for name, pairs in (*PAIRS.items(), ("summary", SUMMARY), ("bare", BARE)):
        yield f"paired_t {name}", lambda pairs=pairs: change.paired_t(pairs)
        yield f"important {name}", lambda pairs=pairs: change.change_in_important_differences(pairs, 2.5, LEVEL)
        for toward in (None, UP, DOWN):
            yield f"gap {name} {toward}", lambda pairs=pairs, toward=toward: norm_gap.share_gap_closed(pairs, NORM, toward, LEVEL)
        yield f"gap at the norm {name}", lambda pairs=pairs: norm_gap.share_gap_closed(pairs, Norm(2.0, 3.0), UP, LEVEL)
    for name, pairs in PAIRS.items():
        yield f"sd_of_change {name}", lambda pairs=pairs: change.sd_of_change(pairs, LEVEL)
        yield f"sign {name}", lambda pairs=pairs: change.sign_test(pairs)
        yield f"shares {name}", lambda pairs=pairs: change.shares_of_change(pairs, UP, None, LEVEL)
        yield f"shares at least {name}", lambda pairs=pairs: change.shares_of_change(pairs, DOWN, 2.0, LEVEL)
        yield f"biserial {name}", lambda pairs=pairs: ranks.rank_biserial(pairs, LEVEL)
        for test in (ranks.wilcoxon, ranks.wilcoxon_exact, ranks.wilcoxon_normal, ranks.wilcoxon_normal_uncorrected):
            for zeros in ranks.Zeros:
                yield f"{test.__name__} {name} {zeros.name}", lambda test=test, pairs=pairs, zeros=zeros: test(pairs, zeros)
    yield "lowest rank sum", lambda: [ranks.lowest_rank_sum(n, tail) for n in (5, 10, 25) for tail in (0.025, 0.1)]
    yield "exact j", lambda: [effect_size.exact_j(df) for df in (1, 1.5, 2, 9, 400)]


def _of_classes() -> Iterator[tuple[str, Callable[[], Any]]]:
    for name, pairs in PAIRS.items():
        for named, chosen in (("own", RELIABLE), ("bare", NO_CUTOFF), ("norm", OF_NORM), ("flat", FLAT)):
            yield f"classes {name} {named}", lambda pairs=pairs, chosen=chosen: reliable_change.classes(pairs, chosen)
            yield f"improved {name} {named}", lambda pairs=pairs, chosen=chosen: reliable_change.share_reliably_improved(pairs, chosen, LEVEL)
            yield f"worse {name} {named}", lambda pairs=pairs, chosen=chosen: reliable_change.share_reliably_deteriorated(pairs, chosen, LEVEL)
            for kind in (reliable_change.ChangeClass.RECOVERED, reliable_change.ChangeClass.UNCHANGED):
                yield (
                    f"class {name} {named} {kind.name}",
                    lambda pairs=pairs, chosen=chosen, kind=kind: reliable_change.share_of_class(pairs, kind, chosen, LEVEL),
                )
    made = {"handbook": ("handboken", "c"), "unsaid": ("", "")}
    for name, (of_reliability, of_cutoff) in made.items():
        sources = {"reliability_source": of_reliability, "cutoff_source": of_cutoff}
        yield f"settings of norm {name}", lambda sources=sources: reliable_change.of_norm(NORM, UP, 0.85, 50.0, **sources).settings
        for pairs_name, pairs in PAIRS.items():
            yield f"settings of {pairs_name} {name}", lambda p=pairs, sources=sources: reliable_change.of_pairs(p, DOWN, 0.7, 3.0, **sources).settings
    yield "settings without reliability", lambda: reliable_change.of_norm(NORM, UP, None)
    for named, chosen in (("own", RELIABLE), ("bare", NO_CUTOFF), ("norm", OF_NORM), ("flat", FLAT)):
        yield f"points {named}", lambda chosen=chosen: (chosen, reliable_change.reliable_points(chosen))


def _of_shares() -> Iterator[tuple[str, Callable[[], Any]]]:
    for count, of in ((0, 20), (7, 20), (20, 20), (1, 1)):
        for quantity in (proportion.share, proportion.share_clopper_pearson, proportion.odds):
            yield f"{quantity.__name__} {count}/{of}", lambda quantity=quantity, count=count, of=of: quantity(count, of, LEVEL)
        for expected in (0.0, 0.3, 0.5, 1.0):
            yield f"binomial {count}/{of} {expected}", lambda count=count, of=of, expected=expected: proportion.binomial_test(count, of, expected)
    for four in ((7, 20, 3, 15), (0, 20, 3, 15), (20, 20, 15, 15), (7, 20, 15, 15)):
        yield f"difference {four}", lambda four=four: proportion.share_difference(*four, LEVEL)
        yield f"odds ratio {four}", lambda four=four: proportion.odds_ratio(*four, LEVEL)
    for four in ((20, 7, 3, 10), (0, 0, 0, 5), (10, 0, 0, 10), (0, 6, 0, 4), (8, 1, 9, 2), (0, 5, 5, 0), (6, 1, 1, 6)):
        answers = mcnemar.YesNo(*four)
        yield f"paired difference {four}", lambda four=four: proportion.share_difference_paired(*four, LEVEL)
        yield f"mcnemar difference {four}", lambda answers=answers: mcnemar.difference(answers, LEVEL)
        yield f"odds of change {four}", lambda answers=answers: mcnemar.odds_of_change(answers, LEVEL)
        for test in (mcnemar.mid_p, mcnemar.exact, mcnemar.asymptotic, mcnemar.asymptotic_corrected):
            yield f"{test.__name__} {four}", lambda test=test, answers=answers: test(answers)
    yield "above and below", lambda: [mcnemar.YesNo.above(GROUP, 55), mcnemar.YesNo.below(GROUP, 55)]
    for name, stays in (("stays", STAYS), ("others", OTHERS), ("all", ALL_STAY)):
        yield f"kaplan {name}", lambda stays=stays: completion.kaplan_meier(stays, LEVEL)
        yield f"median stay {name}", lambda stays=stays: completion.median_stay(stays, LEVEL)
        for time in (0.5, 20.0, 100.0):
            yield f"remaining {name} {time}", lambda stays=stays, time=time: completion.remaining_at(stays, time, LEVEL)
    yield "nobody stays", lambda: completion.remaining_at(completion.Stays(Frequencies.of([])), 3.0, LEVEL)
    yield "the last time", lambda: [completion.remaining_at(stays, 161.0, LEVEL) for stays in (STAYS, completion.Stays(Frequencies.of([3, 161])))]
    yield "log rank", lambda: completion.log_rank([STAYS, OTHERS])
    yield "log rank of three", lambda: completion.log_rank([STAYS, OTHERS, ALL_STAY])
    yield "log rank of nothing", lambda: completion.log_rank([ALL_STAY, ALL_STAY])


def _of_norms() -> Iterator[tuple[str, Callable[[], Any]]]:
    for name, rows in ROWS.items():
        yield f"mean {name}", lambda rows=rows: change.mean(rows, LEVEL)
        yield f"sd {name}", lambda rows=rows: change.standard_deviation(rows, LEVEL)
        yield f"norm difference {name}", lambda rows=rows: norms.norm_difference(rows, NORM, LEVEL)
        yield f"within one sd {name}", lambda rows=rows: norms.share_within_one_sd(rows, NORM, LEVEL)
        for toward in (UP, DOWN):
            yield f"beyond {name} {toward}", lambda rows=rows, toward=toward: norms.share_beyond(rows, 50, toward, LEVEL)
            yield f"beyond cutoff {name} {toward}", lambda rows=rows, toward=toward: norms.beyond_cutoff(rows, 50, toward, 0.16, LEVEL)
        yield f"beyond unknown {name}", lambda rows=rows: norms.beyond_cutoff(rows, 50, UP, None, LEVEL)
    for name, group in (("mote", Summary(1370, 112.7, 14)), ("flat", Summary(1370, 0, 14)), ("one", Summary(1370, 0, 1))):
        yield f"one sample d {name}", lambda group=group: norms.one_sample_d(group, 1080, LEVEL)
        yield f"one sample t {name}", lambda group=group: norms.one_sample_t(group, 1080)
        yield f"against norm {name}", lambda group=group: norms.against_norm(group, NORM, LEVEL)
    for name, norm in (("norm", NORM), ("bare", BARE_NORM)):
        for score in (40.0, 70.7, 90.0):
            yield f"percentile {name} {score}", lambda norm=norm, score=score: norms.percentile(score, norm, LEVEL)
    yield "regression", lambda: [norms.expected_regression(50, 70, 0.6, 12), norms.expected_regression(50, 70, 0.6)]
    yield "limits at the level of custom", lambda: [standardisation.byar_limits(12), standardisation.poisson_limits(12)]
    yield "nobody in the population", lambda: norms.beyond_cutoff(GROUP.first, 50, UP, 0.0, LEVEL)
    people = [2000, 1500, 300]
    yield "expected", lambda: standardisation.expected_count(people, STANDARD)
    yield "adjusted", lambda: standardisation.indirectly_adjusted_rate(90, people, STANDARD, LEVEL)
    yield "nobody expected", lambda: standardisation.indirectly_adjusted_rate(0, [0, 0, 0], STANDARD, LEVEL)
    for ratio in (standardisation.standardised_ratio, standardisation.standardised_ratio_exact, standardisation.standardised_ratio_lognormal):
        for observed, expected in ((12, 8.5), (0, 8.5), (3, 0.0), (0, 0.0)):
            yield f"{ratio.__name__} {observed} {expected}", lambda ratio=ratio, observed=observed, expected=expected: ratio(observed, expected, LEVEL)
    for observed in (0, 3, 12):
        yield f"poisson test {observed}", lambda observed=observed: standardisation.poisson_test(observed, 8.5)
        yield f"crude {observed}", lambda observed=observed: standardisation.crude_rate(observed, 4000.0, LEVEL)
        yield f"limits {observed}", lambda observed=observed: [standardisation.byar_limits(observed, LEVEL), standardisation.poisson_limits(observed, LEVEL)]
    yield "direct", lambda: standardisation.direct_rate([5, 9, 12], people, [10000, 9000, 5000], LEVEL)
    yield "direct of nothing", lambda: standardisation.direct_rate([0, 0, 0], people, [10000, 9000, 5000], LEVEL)
    for n in (3, 5, 9, 10, 15, 19, 20):
        one = Estimate(0.5, n, "share", "wilson", 0.3, 0.7, 0.9, {"a": 1})
        yield f"guarded {n}", lambda one=one: [guards.guarded(one), guards.guarded(one.because("sagt")), guards.guarded_effect(one)]
    told_not = Estimate(None, 3, "sd", "d_av", reason="varför")
    yield "guarded nothing", lambda: [guards.guarded(told_not), guards.guarded_effect(told_not)]
    yield "bounds first", lambda: [guards.bounds_come_first(*pair) for pair in ((69, 100), (70, 100), (0, 0), (0, 1), (1, 1))]


def _of_places() -> Iterator[tuple[str, Callable[[], Any]]]:
    areas = {"place": PLACE, "wild": WILD, "empty": EMPTY, "none before": Counts(0, 3), "none after": Counts(3, 0)}
    for name, area in areas.items():
        for quantity in (counts.rate_ratio, counts.rate_ratio_mid_p, counts.percent_change):
            yield f"{quantity.__name__} {name}", lambda quantity=quantity, area=area: quantity(area, LEVEL)
        if area is not EMPTY:
            for test in (counts.rate_ratio_p, counts.rate_ratio_mid_p_value, counts.e_test, counts.e_test_score):
                yield f"{test.__name__} {name}", lambda test=test, area=area: test(area)
        for quantity in (displacement.ratio_of_rate_ratios, displacement.net_percent_change):
            yield f"{quantity.__name__} {name}", lambda quantity=quantity, area=area: quantity(area, CONTROL, LEVEL)
        yield f"did {name}", lambda area=area: displacement.difference_in_differences(area, CONTROL, LEVEL)
        yield f"wdd {name}", lambda area=area: displacement.weighted_difference(area, CONTROL, PLACE, WILD, LEVEL)
        yield f"wdd alone {name}", lambda area=area: displacement.weighted_difference(area, CONTROL, level=LEVEL)
        yield f"widening {name}", lambda area=area: counts.widening(area)
    for name, control in (("control", Counts(40, 42)), ("empty", Counts(40, 0)), ("worse", Counts(40, 10))):
        yield f"wdq {name}", lambda control=control: displacement.displacement_quotient(Counts(20, 10), Counts(9, 12), control)
    known, bare = displacement.Level(5, 3, 0.5, 0.4), displacement.Level(5, 3)
    steady = displacement.Level(4, 4, 0.3, 0.2)
    yield "levels", lambda: [displacement.difference_in_levels(known, other, LEVEL) for other in (steady, bare)]
    yield "ratio of levels", lambda: [displacement.ratio_of_ratios_of_levels(known, displacement.Level(4, after)) for after in (5, 0.5, 0)]
    yield "no change at all", lambda: displacement.displacement_quotient(Counts(20, 20), Counts(9, 12), Counts(40, 40))
    parts = [displacement.weighted_difference(area, CONTROL).total for area in (PLACE, WILD)]
    yield "harm", lambda: displacement.harm_weighted(parts, [2.0, 0.5], LEVEL)
    calm = displacement.weighted_difference(WILD, Counts(30, 31, earlier=WILD.earlier)).total
    yield "harm without reservation", lambda: displacement.harm_weighted([calm], [0.5], LEVEL)
    for count in (0, 5, 137):
        yield f"count {count}", lambda count=count: [counts.count_with_interval(count, LEVEL, spread) for spread in (1.0, 2.5)]
        yield f"rate {count}", lambda count=count: counts.rate(count, 24.2, LEVEL, 1.5)
        yield f"rate p {count}", lambda count=count: [counts.rate_p(count, 3.0, mean) for mean in (0.5, 2.0, 40.0)]
    for area in (Counts(5, 5), Counts(0, 7, 1, 3), Counts(12, 3, 2, 5)):
        yield f"e tests {area.before} {area.after}", lambda area=area: [counts.e_test(area), counts.e_test_score(area)]
    for name, earlier in (("wild", WILD.earlier), ("short", (3, 4)), ("none", ()), ("empty", (0,) * 9)):
        yield f"dispersion {name}", lambda earlier=earlier: counts.dispersion(earlier)
    yield "pooled", lambda: counts.pooled_dispersion(WILD.earlier, (3, 4), (5, 6, 5, 7, 4, 5, 6, 5, 6))


def _of_power() -> Iterator[tuple[str, Callable[[], Any]]]:
    designs = {"year": power.YEAR_AGAINST_YEAR, "control": DESIGN}
    for name, design in designs.items():
        yield f"design {name}", lambda design=design: [design.settings(), design.variance, design.reach]
        for count in (2.0, 38.0, 5000.0):
            yield f"smallest fall {name} {count}", lambda design=design, count=count: power.smallest_visible_fall(count, design)
            for ratio in (0.0, 0.6, 1.0, 1.5):
                yield f"square root {name} {count} {ratio}", lambda d=design, count=count, ratio=ratio: power.power_by_square_root(count, ratio, d)
        for ratio in (0.0, 0.6, 1.0, 1.5):
            yield f"needed {name} {ratio}", lambda design=design, ratio=ratio: power.count_needed(ratio, design)
    longer = power.CountDesign(2.0, level=0.9)
    for name, design in (("year", power.YEAR_AGAINST_YEAR), ("longer", longer)):
        for count, ratio in ((3.0, 0.1), (20.0, 0.5), (50.0, 0.7), (12.5, 2.0), (30.0, 0.0)):
            yield f"enumerated {name} {count} {ratio}", lambda d=design, count=count, ratio=ratio: [
                power.power_of_exact_test(count, ratio, d), power.power_of_mid_p_test(count, ratio, d)
            ]  # fmt: skip
    for d in (-0.8, 0.0, 0.02, 0.5, 3.0, 9.0):
        yield f"pairs needed {d}", lambda d=d: [power.pairs_needed(d), power.pairs_needed(d, 0.7, 0.9)]
        yield f"paired power {d}", lambda d=d: [power.power_of_paired_t(d, 12), power.power_of_paired_t(d, 2, 0.9)]
    yield "smallest d", lambda: [power.smallest_visible_d(2), power.smallest_visible_d(24, 0.7, 0.9)]


def _of_tables() -> Iterator[tuple[str, Callable[[], Any]]]:
    rows = {"values": [3.0, 1.0, 4.5, 1.0, None, 9.0, 2.0], "two": [1.0, 2.0], "one": [4.0], "none": []}
    for name, given in rows.items():
        yield f"frequencies {name}", lambda given=given: Frequencies.of(given)
        for share in (0.0, 0.1, 0.25, 0.5, 0.9, 1.0):
            yield f"quantile {name} {share}", lambda given=given, share=share: Frequencies.of(given).quantile(share)
        yield f"one by one {name}", lambda given=given: Frequencies.of(given).one_by_one()
        yield f"moments {name}", lambda given=given: [Frequencies.of(given).n, Frequencies.of(given).mean, Frequencies.of(given).sd]
    before, after = [3.0, 1.0, None, 3.0, 2.0, None, 1.0, 3.0], [4.0, None, 2.0, 4.0, 1.0, None, 0.5, 1.0]
    yield "pairs", lambda: Pairs.of(before, after)
    yield "pairs told", lambda: [(one := Pairs.of(before, after)).n, one.r, one.first, one.last, one.changes]
    yield "pairs from cells", lambda: Pairs(np.array([2.0, 1, 2, 1, 3]), np.array([1.0, 5, 1, 4, 0]), np.array([3, 1, 2, 4, 0]))
    yield "frequencies from cells", lambda: Frequencies(np.array([3.0, 1, 3, 2]), np.array([1, 2, 4, 0]), 5)
    yield "series", lambda: [Series(np.array([1.0, 2]), np.array([3.0, 4]), ("a", "b")), len(Series(np.array([1.0, 2])))]


def _of_time() -> Iterator[tuple[str, Callable[[], Any]]]:
    walk = Series(np.array(WALK, dtype=float))
    settings = {
        "whole": spc.WHOLE_CHART, "frozen": spc.ChartSettings(freeze=12), "few": spc.ChartSettings(freeze=5), "split": spc.ChartSettings(splits=(10,)),
        "left out": spc.ChartSettings(excluded=frozenset({3, 20})),
    }  # fmt: skip
    for name, chosen in settings.items():
        for chart in (spc.run_chart, spc.xmr_chart, spc.c_chart, spc.g_chart):
            yield f"{chart.__name__} {name}", lambda chart=chart, chosen=chosen: chart(walk, chosen)
        for chart in (spc.p_chart, spc.u_chart):
            yield f"{chart.__name__} {name}", lambda chart=chart, chosen=chosen: chart(SIZED, chosen)
    yield "t_chart", lambda: [spc.t_chart(RARE), spc.t_chart(Series(np.full(14, 3.0)))]
    yield "p_chart near one", lambda: spc.p_chart(Series(np.array([9.0, 10, 8] * 5), np.full(15, 10.0)))
    yield "two points", lambda: spc.xmr_chart(Series(np.array([1.0, 4.0])), spc.ChartSettings(excluded=frozenset({2})))
    yield "run with numbers", lambda: spc.run_chart(Series(np.array([1.0] * 9 + [5.0] * 9 + [9.0] * 9)), spc.ChartSettings(splits=(3,)))
    yield "flat chart", lambda: spc.xmr_chart(Series(np.full(14, 3.0)))
    down = [9, 7, 8, 5, 4, 4, 2, 1, 1, 0]
    for name, values in (("walk", WALK), ("ties", [1, 1, 2, 2, 3, 3, 2]), ("short", [1, 2, 3]), ("flat", [2, 2, 2, 2]), ("down", down)):
        series = Series(np.array(values, dtype=float))
        yield f"mann kendall {name}", lambda series=series: trend.mann_kendall(series)
        yield f"sen {name}", lambda series=series: trend.sen_slope(series, level=LEVEL)
    yield "sen at times", lambda: trend.sen_slope(walk, [float(place * place) for place in range(20)], LEVEL)


def told_by(call: Callable[[], Any]) -> Any:
    """Return what a call gives as plain values, or by which name it is refused."""
    try:
        return written(call())
    except Refused as refusal:
        return {"refused": type(refusal).__name__}


def written(value: Any) -> Any:
    """Return what came back as plain values: an estimate with all its fields, and of its reason only whether there is one."""
    if isinstance(value, Estimate):
        told = {name: written(getattr(value, name)) for name in ("value", "low", "high", "level", "n", "unit", "method")}
        return {**told, "settings": written(dict(value.settings)), "reason": bool(value.reason)}
    if isinstance(value, Enum):
        return value.name
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: bool(value.reason) if one.name == "reason" else written(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(written(key)): written(one) for key, one in value.items()}
    if isinstance(value, np.ndarray):
        return written(value.tolist())
    if isinstance(value, set | frozenset):
        return sorted(written(one) for one in value)
    if isinstance(value, list | tuple):
        return [written(one) for one in value]
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, float | np.floating):
        return "nan" if np.isnan(value) else float(f"{float(value):.10g}")
    return int(value) if isinstance(value, int | np.integer) else value


def main() -> None:
    """Write the ledger anew."""
    import yaml

    ledger = {name: told_by(call) for name, call in calls()}
    LEDGER.write_text("".join(f"{yaml.safe_dump({name: told}, allow_unicode=True, default_flow_style=True, width=10**6, sort_keys=False)[1:-2]}\n"
                              for name, told in ledger.items()), encoding="utf-8")  # fmt: skip


if __name__ == "__main__":
    main()
