"""What a partnership may see: no count of 1 to 4 anywhere, and none that an attacker can work out from the rest."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.analysis.answer import Answer
from samsyn.analysis.disclosure import EVERYTHING, Rule
from samsyn.analysis.disclosure_audit import Attack
from samsyn.analysis.engine import Aggregated, aggregated
from samsyn.analysis.episodes import Episodes
from samsyn.analysis.linked_tables import Key, LinkedTables, Sum
from samsyn.analysis.loke import answers, protected_findings, told
from samsyn.analysis.loke_counts import Partition, counts_beside, counts_of, partitions_of
from samsyn.analysis.seen_counts import Seen, seen_by
from samsyn.analysis.split import Split
from tests.analysis.loke_unit import SETTINGS, unit

PARTNERSHIP, COMMITTEE = Rule(5, True, 30), Rule(5, True, 10)
CHOICES = replace(SETTINGS, cutoff=57.0, planned_profile=(("A", 0.6), ("B", 0.4)))
SMALL = re.compile(r"(?<![\d,.:–−\u202f])[1-4](?![\d,.:–\u202f]|\s?%|-procent)")
NO_PERSONS = re.compile(r"^\d+ av \d+ grupper|mellan \S+ och \S+\s?%")
COUNTED = ("antal", "n", "par", "påbörjade", "avslutade", "fullföljda med uppgift", "fick den", "känt för", "kvar dagen innan", "avbröt då")


def shuffled(times: int, groups: int, seed: int) -> Episodes:
    """Return the unit some times over, each row in a group by chance."""
    drawn = random.Random(seed)
    episodes = unit(times)
    order = list(range(len(episodes.id)))
    drawn.shuffle(order)
    kept = order[: drawn.randint(groups, len(order))]
    columns: dict[str, Any] = {name: [column[place] for place in kept] for name, column in episodes.columns().items()}
    names = [f"Enhet {'ABCDEFGHIJ'[min(int(drawn.expovariate(0.6)), groups - 1)]}" for _ in kept]
    return Episodes(**columns, unit=names)


def linked(
    whole: Mapping[str, int], groups: Sequence[Mapping[str, int]], partitions: Sequence[Partition], seen: Sequence[Seen]
) -> tuple[LinkedTables, set[Key]]:
    """Return all counts with all sums, within the groups and between them, and the keys that are not seen."""
    names = list(dict.fromkeys(name for one in partitions for name in (one.whole, *one.parts)))
    everybody = [whole, *groups]
    own = {name for name in names if "reliable" in name or "small" in name}  # each group has its own limit: they do not add up
    counts: dict[Key, int] = {(str(place), name): one.get(name, 0) for place, one in enumerate(everybody) for name in names}
    sums = [Sum((str(place), one.whole), tuple((str(place), part) for part in one.parts)) for place, of in enumerate(everybody)
            for one in partitions if set(one.parts) <= of.keys()]
    if groups:
        sums += [Sum(("0", name), tuple((str(place + 1), name) for place in range(len(groups)))) for name in names if name not in own]
    hidden: set[Key] = {(str(place), name) for place, one in enumerate(seen) for name in names if name not in one.counts}
    return LinkedTables(counts, tuple(sums)), hidden


def worked_out(counted: Aggregated, rule: Rule) -> set[Key]:
    """Return the small counts that an attacker can narrow down to fewer than four possibilities."""
    whole = counts_of(counted.everybody, CHOICES)
    groups = [counts_beside(whole, group, CHOICES) for group in counted.groups]
    partitions = partitions_of(whole, CHOICES)
    first, others = seen_by(whole, groups, partitions, rule)
    tables, hidden = linked(whole, groups, partitions, (first, *others))
    small = {key for key, count in tables.counts.items() if rule.hides(count)}
    assert small <= hidden
    return Attack(tables, hidden, at_least=0).narrowed(sorted(small), rule.highest_hidden - rule.lowest_hidden)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 9), st.integers(2, 6), st.integers(0, 10**6))
def test_no_small_count_can_be_worked_out_from_all_that_is_seen(times: int, groups: int, seed: int) -> None:
    counted = aggregated(shuffled(times, groups, seed), CHOICES, split=Split.UNIT, threads=1)
    assert worked_out(counted, PARTNERSHIP) == set()


@pytest.mark.parametrize("times", [1, 2, 3, 5, 8])
def test_everybody_alone_withstands_an_attacker_who_knows_that_noughts_are_shown(times: int) -> None:
    whole = counts_of(aggregated(unit(times), CHOICES, threads=1).everybody, CHOICES)
    partitions = partitions_of(whole, CHOICES)
    first, _ = seen_by(whole, [], partitions, PARTNERSHIP)
    tables, hidden = linked(whole, [], partitions, (first,))
    small = sorted(key for key, count in tables.counts.items() if PARTNERSHIP.hides(count))
    least = 0 if any(tables.counts[key] == 0 for key in hidden) else 1
    assert Attack(tables, hidden, at_least=least).narrowed(small, 3) == set()


def test_the_attacker_finds_a_count_that_is_shown_by_mistake() -> None:
    counted = aggregated(shuffled(4, 3, 7), CHOICES, split=Split.UNIT, threads=1)
    whole = counts_of(counted.everybody, CHOICES)
    groups = [counts_beside(whole, group, CHOICES) for group in counted.groups]
    partitions = partitions_of(whole, CHOICES)
    first, others = seen_by(whole, groups, partitions, PARTNERSHIP)
    bare = [Seen({name: count for name, count in one.items() if not PARTNERSHIP.hides(count)}, frozenset()) for one in (whole, *groups)]
    tables, hidden = linked(whole, groups, partitions, bare)
    small = sorted(key for key, count in tables.counts.items() if PARTNERSHIP.hides(count))
    assert Attack(tables, hidden, at_least=0).narrowed(small, 3), "only the small ones hidden: the sums give them away"
    assert len(first.counts) + sum(len(one.counts) for one in others) < len(tables.counts) - len(hidden)


def faults_of(told_answers: Sequence[Answer]) -> list[str]:
    """Return every place where a count of 1 to 4 stands, or a share that gives one away."""
    faults = []
    for answer in told_answers:
        texts = [*answer.sentences, *answer.warnings, *(chart.description for chart in answer.charts)]
        faults += [text for text in texts if SMALL.search(NO_PERSONS.sub("", text))]
        tables = [*answer.tables, *(chart.table for chart in answer.charts)]
        for table in tables:
            places = [place for place, head in enumerate(table.heads) if head.lower() in COUNTED]
            faults += [f"{table.caption}: {row}" for row in table.rows for place in places if row[place] in ("1", "2", "3", "4")]
        faults += [f"{answer.question}: {found}" for chart in answer.charts for found in _counts_in(chart.spec) if 1 <= found <= 4]
        faults += [f"{answer.group}: {why} {count}" for why, count in answer.attrition.lost if 1 <= count <= 4]
        faults += [f"{answer.group}: {count}" for count in (answer.attrition.started, answer.attrition.counted) if count and count <= 4]
        faults += [one.name for one in answer.findings if _gives_away(one.estimate)]
    return faults


def _counts_in(part: Any) -> list[float]:
    """Return the counts in the rows of a chart."""
    if isinstance(part, Mapping):
        own = [float(value) for key, value in part.items() if key in ("antal", "n") and isinstance(value, int | float)]
        return own + [found for value in part.values() for found in _counts_in(value)]
    return [found for value in part for found in _counts_in(value)] if isinstance(part, list | tuple) else []


def _gives_away(estimate: Any) -> bool:
    if 1 <= estimate.n <= 4:
        return True
    if estimate.value is None:
        return False
    if estimate.unit == "count":
        return 1 <= estimate.value <= 4
    held = estimate.value * estimate.n
    return estimate.unit == "share" and estimate.method in ("wilson", "manski_bound") and (0.5 < held < 4.5 or 0.5 < estimate.n - held < 4.5)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 12), st.integers(2, 6), st.integers(0, 10**6), st.sampled_from([PARTNERSHIP, COMMITTEE]))
def test_no_small_count_stands_in_any_answer(times: int, groups: int, seed: int, rule: Rule) -> None:
    counted = aggregated(shuffled(times, groups, seed), CHOICES, split=Split.UNIT, threads=1)
    assert faults_of(answers(counted, CHOICES, rule)) == []
    assert [one.name for one in protected_findings(counted, CHOICES, rule) if _gives_away(one.estimate)] == []


def test_the_search_finds_small_counts_in_answers_that_are_not_protected() -> None:
    faults = faults_of(answers(aggregated(unit(), CHOICES, threads=1), CHOICES, EVERYTHING))
    assert any("1 pågår" in fault for fault in faults) and any("avbrott_klient" in fault for fault in faults) and "share_worse" in faults


def test_shares_rest_on_thirty_and_means_cannot_be_worked_out_from_the_others() -> None:
    episodes = unit(6)
    parted = replace(episodes, unit=["Stor" if place % 24 > 3 else "Liten" for place in range(len(episodes.id))])
    counted = aggregated(parted, CHOICES, split=Split.UNIT, threads=1)
    everybody, (small, large) = told(counted, CHOICES, PARTNERSHIP)
    assert everybody["mean_change"].is_told
    assert not small["mean_change"].is_told
    assert not large["mean_change"].is_told, "the whole and the large group give the mean of the small"
    assert large["mean_change"].n == 0 and dict(large["mean_change"].settings) == {}


def test_single_persons_are_drawn_for_their_own_authority_only() -> None:
    counted = aggregated(unit(9), CHOICES, threads=1)
    for rule, titles in ((EVERYTHING, {"Varje deltagare, före och efter", "När avbrotten kommer"}), (PARTNERSHIP, set())):
        drawn = {chart.title for answer in answers(counted, CHOICES, rule) for chart in answer.charts}
        assert drawn & {"Varje deltagare, före och efter", "När avbrotten kommer"} == titles
    line = next(chart for chart in answers(counted, CHOICES, PARTNERSHIP)[2].charts)
    assert "deltagare" not in line.description and len(line.spec["layer"]) < len(answers(counted, CHOICES, EVERYTHING)[2].charts[0].spec["layer"])


def test_a_few_values_left_out_are_said_without_their_number() -> None:
    episodes, chosen = unit(6), replace(CHOICES, scale=(13, 91))
    spoilt = replace(episodes, score_start=[500.0 if place < 3 else score for place, score in enumerate(episodes.score_start)])
    counted = aggregated(spoilt, chosen, threads=1)
    assert answers(counted, chosen, PARTNERSHIP)[2].warnings == ("Ett fåtal värden utanför instrumentets skala är inte medräknade.",)
    assert answers(counted, chosen, EVERYTHING)[2].warnings == ("3 värden utanför instrumentets skala är inte medräknade.",)


def test_a_group_that_is_hidden_is_named_in_the_tables_only() -> None:
    episodes = unit(6)
    parted = replace(episodes, unit=["Stor" if place > 2 else "Liten" for place in range(len(episodes.id))])
    told_answers = answers(aggregated(parted, CHOICES, split=Split.UNIT, threads=1), CHOICES, PARTNERSHIP)
    assert "Liten" not in {answer.group for answer in told_answers}
    row = next(row for row in told_answers[0].tables[-1].rows if row[0] == "Liten")
    assert set(row[1:-1]) <= {"..", ""}
