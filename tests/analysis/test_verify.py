"""The validation protocol: every case is run, every expected number is looked at, and a planted fault is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from samsyn.analysis.refused import OutOfRange
from samsyn.analysis.verify import RUNS, NO_FUNCTION, NOT_SAID, Verified, all_verified, verified
from samsyn.catalog.load import CatalogFault
from samsyn.catalog.reference import Reference, Tolerance, references_in, read_reference, references

NOT_COMPUTED = {"lcl_2_66", "ucl_2_66", "g_av", "j"}
LINES = "name: {name}\nfamily: Personer\ntitle: T\nsource: K\nchecked: H\nnote: N\ntolerance: {tolerance}\ninputs: {{a: 1}}\nexpected: {{b: 2}}\n"


@pytest.fixture(scope="module")
def done() -> dict[str, Verified]:
    return {one.reference.name: one for one in all_verified(references())}


def ends_of(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield (the innermost key, value) for every end of a tree."""

    def walk(node: Any, key: str) -> Iterator[tuple[str, Any]]:
        if isinstance(node, dict):
            for name, value in node.items():
                yield from walk(value, str(name))
        elif isinstance(node, list):
            for value in node:
                yield from walk(value, key)
        else:
            yield key, node

    return walk(tree, "")


def test_every_case_that_is_shipped_has_its_function_and_the_other_way_round() -> None:
    assert set(RUNS) == set(references()) and len(RUNS) == 39


def test_every_expected_number_is_right(done: dict[str, Verified]) -> None:
    wrong = [(name, one.fault or [value for value in one.comparisons if not value.passed]) for name, one in done.items() if not one.passed]
    assert wrong == []


def test_no_expected_number_is_left_unlooked_at(done: dict[str, Verified]) -> None:
    for name, case in references().items():
        ends = list(ends_of(case.expected))
        assert len(done[name].comparisons) + len(done[name].left_out) == len(ends), name
    assert sum(len(one.comparisons) for one in done.values()) == 792


def test_what_is_left_out_is_named_with_its_reason(done: dict[str, Verified]) -> None:
    left_out = [(place.rsplit(".", 1)[-1], why) for one in done.values() for place, why in one.left_out]
    assert {name for name, _ in left_out} == NOT_COMPUTED and all(why for _, why in left_out)


@pytest.mark.parametrize("name", sorted(RUNS))
def test_a_planted_wrong_number_is_seen_in_every_case(name: str, done: dict[str, Verified]) -> None:
    case, found = references()[name], done[name].comparisons
    numbers = [one for one in found if isinstance(one.expected, int | float) and not isinstance(one.expected, bool)]
    moved = 3 * (numbers[0].allowed or 0.0) + 1e-6
    planted = replace(case, expected={"planted": numbers[0].expected + moved}, tolerance=Tolerance(absolute=numbers[0].allowed), of={})
    assert not verified(planted, lambda _: {"planted": numbers[0].found}).passed


def test_a_fault_planted_in_the_library_is_seen() -> None:
    case = references()["mcnemar_approval"]
    assert not verified(case, lambda given: RUNS["mcnemar_approval"]({**given, "table": [[794, 151], [86, 570]]})).passed


def of(expected: Any, **settings: Any) -> Reference:
    """Return a case that expects this, exactly unless told otherwise."""
    chosen = {"tolerance": Tolerance(absolute=0.0), "of": {}, "not_compared": {}, **settings}
    return Reference("planted", "Personer", "T", "K", "H", "N", {"a": 1}, expected, **chosen)


@pytest.mark.parametrize(
    ("expected", "found", "passes"),
    [
        ({"a": 1}, {"a": 1}, True),
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": 1}, {}, False),
        ({"a": 1}, None, False),
        ({"a": [1, 2]}, {"a": [1]}, False),
        ({"a": [1]}, {"a": [1, 2]}, False),
        ({"a": [1, 2]}, {"a": [1, 2]}, True),
        ({"a": None}, {"a": None}, True),
        ({"a": None}, {"a": 0}, False),
        ({"a": 0}, {"a": None}, False),
        ({"a": True}, {"a": True}, True),
        ({"a": True}, {"a": 1}, False),
        ({"a": 1}, {"a": True}, False),
        ({"a": "b"}, {"a": "c"}, False),
        ({"a": 1}, {"a": float("nan")}, False),
        ({"a": 1}, {"a": float("inf")}, False),
    ],
)
def test_a_value_passes_only_when_it_is_the_same(expected: Any, found: Any, passes: bool) -> None:
    assert verified(of(expected), lambda _: found).passed is passes


def test_the_innermost_tolerance_counts() -> None:
    case = of({"a": {"b": [10.0, 10.0]}, "c": 10.0}, of={"a": Tolerance(absolute=5.0), "b": Tolerance(relative=0.1)})
    told = verified(case, lambda _: {"a": {"b": [11.0, 11.1]}, "c": 10.0})
    assert [(one.place, one.allowed, one.passed) for one in told.comparisons] == [("a.b[0]", 1.0, True), ("a.b[1]", 1.0, False), ("c", 0.0, True)]


def test_a_case_that_cannot_be_computed_fails_and_tells_why() -> None:
    def refuse(_: Any) -> Any:
        raise OutOfRange("Fel.")

    assert verified(of({"a": 1}), refuse).fault == "OutOfRange: Fel."
    assert verified(of({"a": 1}), None).fault == NO_FUNCTION and not verified(of({"a": 1}), None).passed
    assert verified(of({"a": 1}), lambda _: {}).comparisons[0].found == NOT_SAID


def test_a_case_where_nothing_is_compared_does_not_pass() -> None:
    assert not verified(of({"a": 1}, not_compared={"a": "Därför."}), lambda _: {"a": 1}).passed


def test_a_case_in_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text(LINES.format(name="en", tolerance="{relative: 1.0e-06, of: {b: {absolute: 2}}}"), encoding="utf-8")
    case = references_in(tmp_path)["en"]
    assert (case.tolerance, dict(case.of)) == (Tolerance(relative=1e-6), {"b": Tolerance(absolute=2.0)})
    assert (case.tolerance.allowed(-3.0), case.of["b"].allowed(-3.0)) == (pytest.approx(3e-6), 2.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LINES.format(name="annan", tolerance="{absolute: 1}"), "the file is called"),
        (LINES.format(name="en", tolerance="{absolute: 1, relative: 1}"), "either absolute or relative"),
        (LINES.format(name="en", tolerance="{absolute: -1}"), "0 or above"),
        (LINES.format(name="en", tolerance="{absolute: true}"), "0 or above"),
        (LINES.format(name="en", tolerance="{absolute: 1, of: {b: 3}}"), "tolerance.of.b"),
        (LINES.format(name="en", tolerance="{absolute: 1}").replace("source: K\n", ""), "source"),
        (LINES.format(name="en", tolerance="{absolute: 1}").replace("Personer", "Annat"), "is not known"),
        (LINES.format(name="en", tolerance="{absolute: 1}") + "mer: 1\n", "is not known"),
        ("- 1\n", "keys with values"),
    ],
)
def test_a_case_that_is_no_case_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "en.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogFault, match=said):
        read_reference(path)


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogFault, match="no case"):
        references_in(tmp_path)
