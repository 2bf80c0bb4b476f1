"""What a reader may see: the rule, its guards, and that nobody can work out what is hidden."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.analysis import disclosure_protect
from samsyn.analysis.disclosure import EVERYTHING, PROTECTED, Rule, may_show_mean, may_show_share, shown_count
from samsyn.analysis.disclosure_audit import Attack, Interval, gives_whole_numbers
from samsyn.analysis.disclosure_protect import CannotBeProtected, protected
from samsyn.analysis.linked_tables import ALL, DoesNotAddUp, Key, LinkedTables, Sum, one_way, two_way
from samsyn.analysis.refused import OutOfRange, UnequalLengths
from samsyn.analysis.rounding import chance_of_rounding_up, rounded, rounded_by_chance
from samsyn.catalog.disclosure import reader_limits

RULE = Rule(threshold=5)
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, PROTECTED), (4, PROTECTED), (5, "5"), (None, "saknas")])
def test_a_small_count_is_shown_as_two_points(count: int | None, shown: str) -> None:
    assert shown_count(count, RULE) == shown


def test_where_the_attribute_is_sensitive_a_nought_is_hidden_too() -> None:
    assert shown_count(0, Rule(zeros_shown=False)) == PROTECTED


def test_inside_the_authority_everything_is_shown() -> None:
    assert shown_count(1, EVERYTHING) == "1" and may_show_share(1, 2, EVERYTHING) and may_show_mean(1, EVERYTHING)


@pytest.mark.parametrize(
    ("part", "whole", "may"),
    [(10, 30, True), (10, 29, False), (3, 40, False), (38, 40, False), (0, 40, True), (40, 40, True), (5, 40, True), (36, 40, False)],
)
def test_a_share_is_shown_when_neither_part_can_be_read_out_of_it(part: int, whole: int, may: bool) -> None:
    assert may_show_share(part, whole, RULE) is may


def test_a_share_of_nobody_is_never_shown() -> None:
    assert not may_show_share(0, 0, EVERYTHING) and not may_show_mean(0, EVERYTHING)


def test_impossible_counts_are_refused() -> None:
    for wrong in (lambda: RULE.hides(-1), lambda: may_show_share(5, 4, RULE), lambda: Rule(threshold=0), lambda: rounded(-1, 3)):
        with pytest.raises(OutOfRange):
            wrong()


def test_the_table_of_readers_grows_stricter_outwards() -> None:
    limits = list(reader_limits().values())
    assert [one.threshold for one in limits] == [1, 5, 5, 5] and [one.base for one in limits] == [0, 10, 30, 30]


REFERENCE = two_way("ABCD", ("female", "male"), [[2, 18], [19, 14], [10, 12], [14, 11]])


def test_the_reference_table_hides_the_three_cells_that_cost_least() -> None:
    found = protected(REFERENCE, Rule(threshold=4))
    assert found.small == {("A", "female")}
    assert found.others == {("A", "male"), ("C", "female"), ("C", "male")}
    assert Attack(REFERENCE, found.hidden).intervals(found.hidden) == {
        ("A", "female"): Interval(0, 12), ("A", "male"): Interval(8, 20), ("C", "female"): Interval(0, 12), ("C", "male"): Interval(10, 22)
    }  # fmt: skip


def test_two_hidden_cells_in_every_row_and_column_can_still_give_one_away() -> None:
    table = two_way("ABC", "xyz", [[1, 4, 20], [3, 0, 20], [20, 20, 20]])
    hidden = {("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")}
    told = LinkedTables({**table.counts, ("diagonal",): 1}, (*table.sums, Sum(("diagonal",), (("A", "x"), ("B", "y")))))
    assert Attack(told, hidden).interval(("A", "x")).width == 0
    assert Attack(told, hidden).narrowed([("A", "x")], 3) == {("A", "x")}


def by_trying_all(tables: LinkedTables, hidden: set[Key], highest: int) -> dict[Key, Interval]:
    """Return what every possible truth says of the hidden counts, by trying them all: slow, obvious, for small tables."""
    keys = sorted(hidden)
    possible = []
    for counts in product(range(highest + 1), repeat=len(keys)):
        guess = {**tables.counts, **dict(zip(keys, counts, strict=True))}
        if all(guess[one.total] == sum(guess[part] for part in one.parts) for one in tables.sums):
            possible.append(counts)
    return {key: Interval(min(truth[i] for truth in possible), max(truth[i] for truth in possible)) for i, key in enumerate(keys)}


@few
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2), st.data())
def test_the_attacker_finds_what_trying_every_truth_finds(counts: list[list[int]], data: st.DataObject) -> None:
    table = two_way("AB", "xy", counts)
    hidden = data.draw(st.sets(st.sampled_from(sorted(key for key in table.counts if ALL not in key)), min_size=1))
    assert Attack(table, hidden).intervals(sorted(hidden)) == by_trying_all(table, hidden, 12)
    wide = {key for key, interval in by_trying_all(table, hidden, 12).items() if interval.width < 3}
    assert Attack(table, hidden).narrowed(sorted(hidden), 3) == wide


tables = st.integers(2, 6).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 30), min_size=columns, max_size=columns), min_size=2, max_size=8)
)


@few
@given(tables)
def test_an_attacker_never_narrows_a_hidden_small_count_below_three(counts: list[list[int]]) -> None:
    table = two_way([f"r{i}" for i in range(len(counts))], [f"c{i}" for i in range(len(counts[0]))], counts)
    found = protected(table, RULE)
    assert found.small == {key for key, count in table.counts.items() if 1 <= count <= 4}
    for at_least in (0, 1):
        for interval in Attack(table, found.hidden, at_least=at_least).intervals(sorted(found.small)).values():
            assert interval.width >= 3


def test_the_audit_catches_a_table_that_hides_too_little() -> None:
    assert Attack(REFERENCE, {("A", "female")}).narrowed([("A", "female")], 3) == {("A", "female")}


@few
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3), st.integers(0, 12))
def test_tables_published_one_after_another_give_nothing_away_together(counts: list[list[int]], came: int) -> None:
    first = two_way(["Norr", "Söder", "Väster"], ["A", "B", "C"], counts)
    published = first.published(protected(first, RULE).hidden)
    second = one_way({"förra": first.counts[ALL, ALL], "nya": came}, "totalt")
    link = LinkedTables({("totalt", "förra"): first.counts[ALL, ALL], (ALL, ALL): first.counts[ALL, ALL]},
                        (Sum(("totalt", "förra"), ((ALL, ALL),)),))  # fmt: skip
    together = published.beside(second).beside(link)
    try:
        found = protected(together, RULE)
    except CannotBeProtected:
        return
    attack = Attack(together, found.hidden, at_least=1)
    assert all(interval.width >= 3 for interval in attack.intervals(sorted(found.small)).values())


def test_what_is_published_and_gives_a_count_away_is_refused_with_a_reason() -> None:
    table = one_way({"A": 3, "B": 20}, "grupp")
    told = LinkedTables(table.counts, table.sums, told=frozenset({("grupp", "B"), ("grupp", ALL)}))
    with pytest.raises(CannotBeProtected, match="redan är publicerat"):
        protected(told, RULE)


def test_a_total_that_is_no_sum_is_refused() -> None:
    with pytest.raises(DoesNotAddUp):
        LinkedTables({("a",): 3, ("b",): 1}, (Sum(("a",), (("b",),)),))
    with pytest.raises(DoesNotAddUp):
        one_way({"A": 3}, "grupp").beside(LinkedTables({("grupp", "A"): 4}))
    with pytest.raises(UnequalLengths):
        two_way("AB", "x", [[1]])


def test_counts_are_rounded_to_the_nearest_multiple() -> None:
    values = [0, 1, 2, 3, 4, 5, 7, 8, 13]
    assert [rounded(value, 3) for value in values] == [0, 0, 3, 3, 3, 6, 6, 9, 12]
    assert [rounded(value, 5) for value in values] == [0, 0, 0, 5, 5, 5, 5, 10, 15]
    assert [chance_of_rounding_up(value, 3) for value in values] == pytest.approx([0, 1 / 3, 2 / 3, 0, 1 / 3, 2 / 3, 1 / 3, 2 / 3, 1 / 3])
    assert [chance_of_rounding_up(value, 5) for value in values] == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 0, 0.4, 0.6, 0.6])


def test_rounding_by_chance_is_the_same_each_time_and_right_in_the_mean() -> None:
    drawn = [rounded_by_chance(4, 3, f"cell {number}", "hemlig") for number in range(3000)]
    assert set(drawn) == {3, 6} and sum(drawn) / len(drawn) == pytest.approx(4, abs=0.1)
    assert drawn == [rounded_by_chance(4, 3, f"cell {number}", "hemlig") for number in range(3000)]
    assert rounded_by_chance(6, 3, "cell", "hemlig") == 6


def test_the_smallest_count_that_is_enough_is_hidden_beside_a_small_one() -> None:
    assert protected(one_way({"a": 2, "b": 50, "c": 9, "d": 80}, "grupp"), RULE).others == {("grupp", "c")}
    two = protected(two_way("ABC", ("x", "y", "z"), [[2, 30, 90], [40, 9, 70], [60, 80, 8]]), RULE)
    assert two.small == {("A", "x")} and len(two.others) == 3
    assert sum(two_way("ABC", ("x", "y", "z"), [[2, 30, 90], [40, 9, 70], [60, 80, 8]]).counts[key] for key in two.others) == 30 + 40 + 9


def test_a_table_without_sums_hides_its_small_counts_alone() -> None:
    found = protected(LinkedTables({("a",): 2, ("b",): 0, ("c",): 7}), RULE)
    assert found.hidden == {("a",)}


@pytest.fixture
def uncleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show what is chosen at first: nothing of it is shown again afterwards."""
    monkeypatch.setattr(disclosure_protect, "MOST_CLEANED", 0)


@pytest.mark.usefixtures("uncleaned")
@pytest.mark.parametrize(
    ("table", "others"),
    [
        (one_way({"a": 3, "b": 1, "c": 50}, "g"), {("g", "c")}),  # one more and two fewer are looked for apart
        (two_way("AB", "xyz", [[4, 1, 70], [50, 9, 80]]), {("B", "x"), ("B", "y")}),  # a count of one may grow
        (two_way("AB", "xyz", [[9, 1, 2], [3, 1, 20]]), {("A", "x"), ("B", "z"), (ALL, "x")}),  # the largest of the small first
        (one_way({"a": 0, "b": 4, "c": 6}, "g"), {("g", "c")}),  # fewer is found by going down
        (two_way("AB", "xy", [[2, 3], [9, 0]]), {(ALL, "x")}),  # a total moves the other way than its parts
        (two_way("AB", "xy", [[20, 1], [0, 3]]), {("A", ALL), (ALL, ALL)}),  # a count of one cannot become none
        (two_way("AB", "xyz", [[2, 6, 7], [2, 3, 9]]), {("A", "y"), ("A", "z"), ("B", "z"), (ALL, "y")}),  # totals are dear
        (LinkedTables({}), set()),
    ],
)
def test_what_is_hidden_at_first_is_no_more_than_is_needed(table: LinkedTables, others: set[Key]) -> None:
    assert protected(table, RULE).others == others


@pytest.mark.usefixtures("uncleaned")
def test_few_large_counts_are_hidden_rather_than_many_small_ones() -> None:
    table = two_way("ABC", "xyz", [[2, 6, 900], [900, 6, 6], [6, 900, 6]])
    assert len(protected(table, RULE).others) == 3


def by_threes() -> LinkedTables:
    """Return a small count n that whole numbers let change only by three: n + p + q + r + w = 58, where p, q and r are equal."""
    one = {"n": 3, "c": 2, "p": 5, "q": 5, "r": 5, "a": 30, "w": 40, "w1": 15, "w2": 25, "far": 90, "far1": 40, "far2": 50}
    sums = {"T": "n c", "Z": "n p q r w", "S1": "p a", "S2": "q a", "S3": "r a"}
    counts = one | {total: sum(one[part] for part in parts.split()) for total, parts in sums.items()}
    every = {**sums, "w": "w1 w2", "far": "far1 far2"}
    return LinkedTables({(name,): count for name, count in counts.items()},
                        tuple(Sum((total,), tuple((part,) for part in parts.split())) for total, parts in every.items()),
                        told=frozenset((total,) for total in sums))  # fmt: skip


def test_what_only_whole_numbers_give_away_is_seen_without_being_told_that_tables_are_linked() -> None:
    hidden = [("n",), ("c",), ("p",), ("q",), ("r",), ("a",)]
    attack = Attack(by_threes(), hidden, at_least=1)
    assert attack.asks_for_whole and attack.interval(("n",)) == Interval(3, 3)
    attack.asks_for_whole = False
    assert attack.interval(("n",)) == Interval(1, 4)  # halves and thirds would let it seem safe


def test_more_is_hidden_until_whole_numbers_leave_room_and_nothing_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    found = protected(by_threes(), RULE)
    assert Attack(by_threes(), found.hidden, at_least=1).interval(("n",)).width >= 3
    monkeypatch.setattr(disclosure_protect, "MOST_CLEANED", 0)
    assert protected(by_threes(), RULE).others == {(name,) for name in ("p", "q", "r", "a", "w", "w1", "w2")}


@pytest.mark.parametrize(
    ("equations", "whole"),
    [
        ([], True), ([[(0, 1), (1, 1)]], True),
        ([[(0, 1), (1, 1)], [(1, 1), (2, 1)], [(2, 1), (3, 1)]], True),     # a chain
        ([[(0, 1), (1, 1)], [(1, 1), (2, 1)], [(0, 1), (2, 1)]], False),    # an odd ring: 1/2 each
        ([[(0, 1), (1, 1)], [(1, 1), (2, 1)], [(0, -1), (2, 1)]], True),    # the same ring, one sign turned
        ([[(0, 1)], [(0, 1)], [(0, 1)]], False),                            # in three sums
    ],
)  # fmt: skip
def test_sums_whose_extremes_are_whole_are_told_from_others(equations: list[list[tuple[int, int]]], whole: bool) -> None:
    assert gives_whole_numbers(equations) is whole


def test_a_table_with_two_ways_gives_whole_numbers_and_is_not_asked_for_them() -> None:
    table = two_way("ABCD", "xyz", [[2, 18, 3], [19, 14, 1], [10, 12, 7], [14, 11, 4]])
    assert not Attack(table, table.counts).asks_for_whole
    girls, boys = ("x", "flickor"), ("x", "pojkar")
    linked = table.beside(LinkedTables({girls: 20, boys: 25, (ALL, "x"): 45}, (Sum((ALL, "x"), (girls, boys)),)))
    assert Attack(linked, linked.counts).asks_for_whole
