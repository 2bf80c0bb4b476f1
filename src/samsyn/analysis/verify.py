"""
The validation protocol: every reference case through the library, every expected number beside the one found.

A case has the function of its own name in `verify_persons`, `verify_places` or `verify_unit`; RUNS is the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from samsyn.analysis import verify_persons as persons
from samsyn.analysis import verify_places as places
from samsyn.analysis.refused import Refused
from samsyn.analysis.verify_unit import loke_24_participants
from samsyn.catalog.reference import Reference, Tolerance

Run = Callable[[Any], Any]

RUNS: Mapping[str, Run] = {
    "attrition_synthetic": persons.attrition_synthetic,
    "clinsig_cutoffs_unequal_sd": persons.clinsig_cutoffs_unequal_sd,
    "clinsig_jacobson1989_das": persons.clinsig_jacobson1989_das,
    "did_banks": places.did_banks,
    "eb_shrinkage_nc_sids74": places.eb_shrinkage_nc_sids74,
    "effect_paired_sleep": persons.effect_paired_sleep,
    "effect_summary_stats_mote": persons.effect_summary_stats_mote,
    "etest_krishnamoorthy": places.etest_krishnamoorthy,
    "funnel_limits_shmi": places.funnel_limits_shmi,
    "gas_equal_weights": persons.gas_equal_weights,
    "its_sicily_smoking_ban": places.its_sicily_smoking_ban,
    "km_dropout_aml": persons.km_dropout_aml,
    "loke_24_participants": loke_24_participants,
    "mcnemar_approval": persons.mcnemar_tests,
    "mcnemar_small_midp": persons.mcnemar_tests,
    "missing_outcome_bounds": persons.missing_outcome_bounds,
    "nb_glm_insectsprays": places.nb_glm_insectsprays,
    "norm_one_sample_mote": persons.norm_one_sample_mote,
    "ordinal_shift_vision": persons.ordinal_shift_vision,
    "poisson_exact_ci_and_ratio": places.poisson_exact_ci_and_ratio,
    "power_paired_t": persons.power_paired_t,
    "power_prepost_counts": places.power_prepost_counts,
    "proportion_wilson_newcombe": persons.proportion_wilson_newcombe,
    "rate_ratio_with_control": places.rate_ratio_with_control,
    "rci_jacobson_truax_worked": persons.rci_jacobson_truax_worked,
    "rubin_rules_scalar": persons.rubin_rules_scalar,
    "runs_limits_anhoej": places.runs_limits_anhoej,
    "sdc_rounding": places.sdc_rounding,
    "sdc_secondary_suppression_2way": places.sdc_secondary_suppression_2way,
    "similar_municipalities": places.similar_municipalities,
    "spc_p_montgomery_split": places.spc_p_montgomery_split,
    "spc_xmr_montgomery": places.spc_xmr_montgomery,
    "standardisation_indirect_cancer": persons.standardisation_indirect_cancer,
    "structural_level_lakehuron": places.structural_level_lakehuron,
    "synthetic_control_exact_mix": places.synthetic_control_exact_mix,
    "trend_mannkendall_nile": places.trend_mannkendall_nile,
    "wdd_wheeler_ratcliffe_paper": places.wdd_wheeler_ratcliffe_paper,
    "wdq_total_net_effect": places.wdq_total_net_effect,
    "wilcoxon_depression": persons.wilcoxon_depression,
}

NOT_SAID = "biblioteket ger inget sådant värde"
NO_FUNCTION = "inget i biblioteket räknar det här fallet"
ABSENT = object()

Leaf = float | str | bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    One expected value beside the one found.

    place       where it stands in the case: "groups.Maintained.survival[3]"
    difference  absolute; None where one of them is no number
    allowed     the largest difference that passes; None where they must be the same
    passed      whether it does
    """

    place: str
    expected: Leaf
    found: Leaf
    difference: float | None
    allowed: float | None
    passed: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """A case that has been run: what was compared, what was left out and why, and the fault if it could not be computed ("" else)."""

    reference: Reference
    comparisons: tuple[Comparison, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    fault: str = ""

    @property
    def passed(self) -> bool:
        """Whether something was compared and all of it passed."""
        return not self.fault and bool(self.comparisons) and all(one.passed for one in self.comparisons)


def verified(reference: Reference, run: Run | None) -> Verified:
    """
    Compare every expected value of a case with what the library says.

    run   the function of the case; None if it has none: that fails
    A fault of the library fails the case and is told in it; the other cases are still run.
    """
    if run is None:
        return Verified(reference, (), fault=NO_FUNCTION)
    try:
        found = run(reference.inputs)
    except (Refused, ArithmeticError, LookupError, TypeError, ValueError) as fault:
        return Verified(reference, (), fault=f"{type(fault).__name__}: {fault}")
    leaves = list(_leaves(reference.expected, found, ()))
    left_out = tuple((_place(path), reference.not_compared[str(path[-1])]) for path, _, _ in leaves if str(path[-1]) in reference.not_compared)
    compared = tuple(_compared(reference, path, expected, value) for path, expected, value in leaves if str(path[-1]) not in reference.not_compared)
    return Verified(reference, compared, left_out)


def all_verified(cases: Mapping[str, Reference], runs: Mapping[str, Run] = RUNS) -> tuple[Verified, ...]:
    """Run every case, in the order given."""
    return tuple(verified(one, runs.get(name)) for name, one in cases.items())


Path = tuple[str | int, ...]


def _leaves(expected: Any, found: Any, path: Path) -> Iterator[tuple[Path, Leaf, Any]]:
    """Yield (where, expected, found or ABSENT) for every end of the expected tree; a list of another length is an end of its own."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            yield from _leaves(value, found.get(key, ABSENT) if isinstance(found, dict) else ABSENT, (*path, str(key)))
    elif isinstance(expected, list):
        given = found if isinstance(found, list) else []
        if len(given) != len(expected):
            yield (*path, "längd"), len(expected), len(given)
        for place, value in enumerate(expected):
            yield from _leaves(value, given[place] if place < len(given) else ABSENT, (*path, place))
    else:
        yield path, expected, found


def _compared(reference: Reference, path: Path, expected: Leaf, found: Any) -> Comparison:
    if found is ABSENT:
        return Comparison(_place(path), expected, NOT_SAID, None, None, passed=False)
    if not (_is_number(expected) and _is_number(found)):
        return Comparison(_place(path), expected, found, None, None, passed=type(expected) is type(found) and expected == found)
    difference, allowed = abs(float(found) - float(expected)), tolerance_of(reference, path).allowed(float(expected))  # type: ignore[arg-type]
    return Comparison(_place(path), expected, found, difference, allowed, passed=isfinite(difference) and difference <= allowed)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def tolerance_of(reference: Reference, path: Path) -> Tolerance:
    """Return the tolerance of a number: that of the innermost key above it that has one, else the case's."""
    return next((reference.of[str(part)] for part in reversed(path) if str(part) in reference.of), reference.tolerance)


def _place(path: Path) -> str:
    """Return ("a", 3, "b") as "a[3].b"."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
