"""Whatever shape values are written in, the same values come back, and nothing but the declared type is let in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.chain import choices
from samsyn.chain.choices import FormFace, Implementation, Track
from samsyn.chain.plan import InformedOn, Plan
from samsyn.chain.plan_diff_json import details_from_json, details_to_json, diff_from_json, diff_to_json
from samsyn.chain.plan_diff_values import Change, Doing, Instruction, New, Option, PlanDiff, Question
from samsyn.chain.plan_details import DetailCell, DetailRow, Details
from samsyn.chain.plan_json import plan_from_json, plan_to_json
from samsyn.chain.report import build_report
from samsyn.chain.report_json import from_json, to_json
from samsyn.chain.values_json import KEPT, WAITING, NotAsDeclared, Shape, Tag, telling
from tests.formats.random_plans import plans

TODAY = date(2026, 11, 22)
SENT = telling(by_place=True)
words = st.one_of(st.sampled_from(["", "2027-01-02", "1.50", "line", "å\"\n😀"]), st.text(max_size=8))
days = st.dates(date(1, 1, 1))
amounts = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-10 ** 9, max_value=10 ** 9)
labels = st.sampled_from([one for kind in (choices.Implementation, choices.Result, choices.Track, choices.Horizon) for one in kind])
informed = st.builds(InformedOn, on=days, what=words)
values = st.one_of(st.none(), st.booleans(), st.integers(), words, days, amounts, labels, st.lists(words).map(tuple), st.lists(informed).map(tuple))


class Weight(Enum):
    LIGHT = 1
    HEAVY = 2


@dataclass(frozen=True)
class Leaf:
    """One of every sort of value that can be declared."""

    text: str
    share: float
    pair: tuple[str, int]
    weight: Weight
    face: FormFace | Implementation | None = None
    day: date | None = None
    moment: datetime | None = None
    amount: Decimal | None = None
    names: frozenset[str] = frozenset()
    is_said: bool = False


@dataclass(frozen=True)
class Branch:
    leaves: tuple[Leaf, ...] = ()
    first: Leaf | None = None


leaves = st.builds(
    Leaf, text=words, share=st.floats(allow_nan=False, allow_infinity=False), pair=st.tuples(words, st.integers()), weight=st.sampled_from(Weight),
    face=st.none() | st.sampled_from(FormFace) | st.sampled_from(Implementation), day=st.none() | days, moment=st.none() | st.datetimes(),
    amount=st.none() | amounts, names=st.frozensets(words), is_said=st.booleans())
branches = st.builds(Branch, leaves=st.lists(leaves, max_size=3).map(tuple), first=st.none() | leaves)


def sorts(value: Any) -> Any:
    """The types of a value and of all in it: 1 is equal to True, and a code to its choice."""
    return [type(value).__name__, *(sorts(one) for one in value)] if isinstance(value, tuple) else type(value).__name__


@pytest.mark.parametrize("shape", [KEPT, WAITING, SENT, telling(leaves_out_defaults=True)])
@settings(max_examples=60, deadline=None)
@given(branch=branches)
def test_every_sort_of_value_comes_back_in_every_shape(shape: Shape, branch: Branch) -> None:
    held = json.loads(json.dumps(shape.plain(branch)))
    assert shape.restored(Branch, held) == branch
    assert json.loads(shape.text(branch)) == held


@settings(max_examples=25, deadline=None)
@given(plan=plans())
def test_any_plan_and_its_report_come_back(plan: Plan) -> None:
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan
    report = build_report(plan, TODAY)
    assert from_json(to_json(report)) == report


@settings(max_examples=80, deadline=None)
@given(one=values, other=values)
def test_any_value_of_a_field_comes_back_as_the_sort_it_was(one: Any, other: Any) -> None:
    change = Change("k", "action", "a", "l", "f", "F", one, other, "rad 2")
    diff = PlanDiff("p", new=(New("n", "goal", "file:g", "l", (("text", one),), ""),), changed=(change,), same=(("cause", "c1"),), questions=(
        Question("q", "action", "a", "l", "w", (Option("o", "w", "a", (Instruction(Doing.SET, "action", "a", "f", other),)),), "", follows=(change,)),))
    back = diff_from_json(json.loads(json.dumps(diff_to_json(diff))))
    assert back == diff
    assert (sorts(back.changed[0].stored), sorts(back.changed[0].read)) == (sorts(one), sorts(other))


@settings(max_examples=60, deadline=None)
@given(value=values.filter(lambda one: not isinstance(one, (bool, choices.Choice))))
def test_any_value_of_a_cell_on_detaljer_comes_back(value: Any) -> None:
    details = Details(rows=(DetailRow("p", "action", "a1", (DetailCell("hours", value, "x", None),), "rad 2"),))
    back = details_from_json(json.loads(json.dumps(details_to_json(details))))
    assert back == details and sorts(back.rows[0].cells[0].value) == sorts(value)


# ---- what has been kept stays readable ----

def test_a_difference_that_was_kept_before_is_still_read() -> None:
    kept = {"plan": "p", "changed": [{
        "key": "k", "kind": "follow_up", "id": "u", "label": "l", "field": "informed_on", "field_label": "F", "place": "rad 9",
        "stored": [{"informed": ["2027-01-02", "Läget"]}], "read": {"choice": ["Track", "line"]}}]}
    found = diff_from_json(kept).changed[0]
    assert found.stored == (InformedOn(on=date(2027, 1, 2), what="Läget"),)
    assert found.read is Track.LINE


def test_empty_fields_may_be_written_or_left_out() -> None:
    whole = {"leaves": [], "first": None}
    assert KEPT.plain(Branch()) == whole and WAITING.plain(Branch()) == {}
    assert WAITING.restored(Branch, whole) == KEPT.restored(Branch, {}) == Branch()


def test_a_field_that_has_gone_is_passed_over() -> None:
    assert KEPT.restored(Branch, {"leaves": [], "colour_of_the_cover": "blue"}) == Branch()


# ---- nothing else is let in ----

LEAF = {"text": "a", "share": 1, "pair": ["a", 1], "weight": 1}


def test_what_the_faults_below_are_made_of_is_let_in() -> None:
    assert KEPT.restored(Leaf, LEAF) == Leaf("a", 1.0, ("a", 1), Weight.LIGHT)


@pytest.mark.parametrize("fault", [
    {"text": 1}, {"text": None}, {"share": "1"}, {"share": True}, {"pair": ["a"]}, {"pair": ["a", 1, 2]}, {"pair": "ab"}, {"weight": 3}, {"face": "blue"},
    {"day": "i går"}, {"day": 20270101}, {"amount": "mycket"}, {"amount": 1.5}, {"amount": True}, {"names": "ab"}, {"names": {"a": 1}}, {"is_said": 1}])
def test_a_value_of_another_sort_is_refused(fault: dict[str, Any]) -> None:
    with pytest.raises(NotAsDeclared):
        KEPT.restored(Leaf, LEAF | fault)


@pytest.mark.parametrize("raw", [None, 3, "x", [], [1], {"text": "a"}])
def test_what_is_no_row_is_refused(raw: Any) -> None:
    with pytest.raises(NotAsDeclared):
        KEPT.restored(Leaf, raw)


@pytest.mark.parametrize("raw", ["2027-01-02", {"moment": "2027-01-02"}, {"date": "2027-01-02", "more": 1}, {"date": 5}, {"date": "x"}])
def test_a_tag_says_the_sort_of_a_value(raw: Any) -> None:
    assert SENT.restored(date, {"date": "2027-01-02"}) == date(2027, 1, 2)
    with pytest.raises(NotAsDeclared):
        SENT.restored(date, raw)


def test_what_json_cannot_hold_is_not_written() -> None:
    with pytest.raises(TypeError, match="object"):
        KEPT.plain((object(),))


def test_a_tag_on_a_text_would_be_lost_by_text_which_says_so() -> None:
    tagged = Shape((Tag("choice", Track, str, Track),))
    assert tagged.plain(Track.LINE) == {"choice": "line"}
    with pytest.raises(AssertionError, match="without its tag"):
        tagged.text(Track.LINE)
