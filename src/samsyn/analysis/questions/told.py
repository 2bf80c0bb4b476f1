"""All that an answer may be made from: the numbers and counts a reader may see of one group, and the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from samsyn.analysis.answer import Finding
from samsyn.analysis.direction import Direction
from samsyn.analysis.disclosure import PROTECTED, Rule
from samsyn.analysis.estimate import Estimate, cannot_be_told
from samsyn.analysis.label_order import label_order
from samsyn.analysis.loke_counts import word_of
from samsyn.analysis.loke_settings import LokeSettings, folded_word
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.questions.wording import and_list
from samsyn.analysis.seen_counts import Seen, hides_nothing
from samsyn.analysis.written_numbers import written

EVERYBODY = "alla"
HIDDEN = "Skyddat: siffran bygger på för få personer för att visas för den som läser."

PAIRS = ("pairs",)
RESTS_ON: dict[str, tuple[str, ...]] = {
    "n_started": ("started",), "share_in_target_group": ("started", "target:inside"), "n_outside_target_group": ("target:outside",),
    "age_median": ("aged",), "share_dose_80": ("dosed", "enough"), "share_delivered": ("dosed",), "dose_median": ("dosed",),
    "waiting_median": ("waited",), "time_in_median": ("dated",),
    "share_completed": ("ended", "completed"), "n_ended": ("ended_at_all",), "n_ongoing": ("ongoing",),
    "follow_up_share": ("ended_at_all", "with_end"), "median_days_to_dropping_out": ("stays",),
    "mean_start": PAIRS, "mean_end": PAIRS, "mean_follow_up": ("followed_up",), "sd_start": PAIRS, "sd_end": PAIRS,
    "sd_follow_up": ("followed_up",), "median_start": PAIRS, "median_end": PAIRS, "median_follow_up": ("followed_up",),
    "share_beyond_cutoff_start": ("pairs", "beyond_start"), "share_beyond_cutoff_end": ("pairs", "beyond_end"),
    "share_beyond_cutoff_follow_up": ("followed_up", "beyond_follow_up"), "mean_change": PAIRS, "sd_change": PAIRS, "p_paired_t": PAIRS,
    "p_wilcoxon": ("pairs", "rise", "same", "fall"), "rank_biserial": ("pairs", "rise", "same", "fall"), "expected_regression": PAIRS,
    "g_av": PAIRS, "d_av": PAIRS, "d_z": PAIRS, "d_pre": PAIRS, "change_in_important_differences": PAIRS, "share_gap_closed": PAIRS,
    "norm_difference_start": PAIRS, "norm_difference_end": PAIRS, "percentile_start": PAIRS, "percentile_end": PAIRS,
}  # fmt: skip
"""Name of a finding to the counts it gives away, the base first; the quartiles of a median rest on what the median rests on."""

COUNTS = frozenset({"n_started", "n_outside_target_group", "n_ended", "n_ongoing"})
ALWAYS_HIDDEN = frozenset({"kept_minus_lost_start"})
"""Findings of those lost alone: a few persons nearly always."""


def rests_on(name: str, settings: LokeSettings, counts: Iterable[str]) -> tuple[str, ...] | None:
    """Return the counts that a finding gives away, the base first; None if it is hidden from everybody outside."""
    name = name.partition("_quartile_")[0]
    if name in RESTS_ON:
        return RESTS_ON[name]
    if name.startswith("share_core_"):
        core = name.removeprefix("share_core_")
        return f"core_known:{core}", f"core_got:{core}"
    for start in ("share_within_norm_", "beyond_cutoff_difference_", "p_beyond_cutoff_"):
        if name.startswith(start):
            return _of_sides(name.removeprefix(start), start, set(counts))
    up, down = ("fall", "rise") if settings.direction is Direction.LOWER_IS_BETTER else ("rise", "fall")
    return {
        "share_better": ("pairs", up), "share_worse": ("pairs", down), "share_same": ("pairs", "same"),
        "share_better_least": ("pairs", "lost", up), "share_better_most": ("pairs", "lost", up),
        "share_reliably_improved": ("pairs", up, f"reliable_{up}", f"small_{up}"),
        "share_reliably_deteriorated": ("pairs", down, f"reliable_{down}", f"small_{down}"),
    }.get(name)  # fmt: skip


def _of_sides(occasion: str, start: str, counts: set[str]) -> tuple[str, ...]:
    if start != "share_within_norm_":
        return "pairs", f"beyond_{occasion}"
    if f"beyond_{occasion}" not in counts:
        return "pairs", f"within_{occasion}"
    return "pairs", *(f"{one}_{where}_{occasion}" for one in ("beyond", "not_beyond") for where in ("within", "off"))


def protected_finding(finding: Finding, seen: Seen, settings: LokeSettings, counts: Mapping[str, int]) -> Finding:
    """
    Return a finding as the reader may see it: itself, or without number, n and settings, and why.

    counts   every count of the group, seen or not
    """
    keys = None if finding.name in ALWAYS_HIDDEN else rests_on(finding.name, settings, counts)
    known = tuple(key for key in keys or () if key in counts)  # what is not stated has no counts, and nothing to give away
    if finding.estimate.is_told and known and len(known) == len(keys or ()):
        if all(key in seen.counts for key in known) and (finding.name in COUNTS or known[0] in seen.bases):
            return finding
    elif not finding.estimate.is_told and known and known[0] in seen.counts and known[0] in seen.bases:
        return finding
    nobody = bool(known) and seen.counts.get(known[0]) == 0 and not finding.estimate.is_told
    why = finding.estimate.reason if nobody else HIDDEN
    return replace(finding, estimate=cannot_be_told(why, n=0, unit=finding.estimate.unit, method=finding.estimate.method))


@dataclass(frozen=True, eq=False)
class Told:
    """
    What an answer about one group is made from.

    group     its label; "alla" for everybody
    settings  the choices
    found     name to finding, as the reader may see it
    counts    name to count of those that may be seen
    tables    the small tables, single persons among them; None where the reader must not see those
    names     every name of a count, seen or not
    left_out  Swedish reason to how many values were left out before counting; None where the count is protected
    """

    group: str
    settings: LokeSettings
    found: Mapping[str, Finding]
    counts: Mapping[str, int]
    tables: GroupTables | None
    names: frozenset[str]
    left_out: tuple[tuple[str, int | None], ...] = field(default=())

    def __getitem__(self, name: str) -> Estimate:
        return self.found[name].estimate

    def of(self, question: int) -> tuple[Finding, ...]:
        """Return the findings of one question."""
        return tuple(one for one in self.found.values() if one.question == question)

    def count(self, name: str) -> int | None:
        """Return a count, or None if it is protected."""
        assert name in self.names, name
        return self.counts.get(name)

    def shown(self, name: str) -> str:
        """Return a count as text: `..` if it is protected."""
        count = self.count(name)
        return PROTECTED if count is None else written(count)

    def named(self, kind: str) -> list[str]:
        """Return the names of a kind of counts (sex:..., reason:...), the most common first and those protected last."""
        names = (name for name in self.names if name.startswith(f"{kind}:"))
        return sorted(names, key=lambda name: (name not in self.counts, -self.counts.get(name, 0), label_order(word_of(name))))

    def spelled(self, kind: str, folded: Iterable[str]) -> str:
        """Return words in quotation marks as the sheet spells them; those it never has as they are."""
        wanted = frozenset(folded)
        there = {folded_word(word): word for word in map(word_of, self.named(kind))}
        return and_list(f"”{word}”" for word in sorted((there.get(one, one) for one in wanted), key=label_order))

    @property
    def says_anything(self) -> bool:
        """Whether there is a number to tell beside the counts: pages with nothing but signs of protection help nobody."""
        return self.count("started") is not None and any(one.estimate.is_told for name, one in self.found.items() if name not in COUNTS)

    @property
    def better(self) -> str:
        """The name of the count of those who got better; the direction has to be stated."""
        assert self.settings.direction is not None
        return "fall" if self.settings.direction is Direction.LOWER_IS_BETTER else "rise"

    @property
    def worse(self) -> str:
        """The name of the count of those who got worse."""
        return "rise" if self.better == "fall" else "fall"


def told_of(
    tables: GroupTables, settings: LokeSettings, found: Iterable[Finding], counts: Mapping[str, int], seen: Seen, rule: Rule,
    left_out: tuple[tuple[str, int], ...] = (),
) -> Told:  # fmt: skip
    """Return what may be told of a group. counts: all of them; seen: those that may be seen."""
    names = frozenset(counts)
    if hides_nothing(rule):
        return Told(tables.group, settings, {one.name: one for one in found}, counts, tables, names, left_out)
    guarded = {one.name: protected_finding(one, seen, settings, counts) for one in found}
    few = tuple((why, None if rule.hides(count) else count) for why, count in left_out)
    return Told(tables.group, settings, guarded, seen.counts, None, names, few)
