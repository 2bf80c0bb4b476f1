"""What of a difference cannot stand in a plan is taken out and named; what can is left as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samsyn.chain.plan import Action, Cause, InformedOn, Plan, Problem, Step
from samsyn.chain.plan_apply import marks
from samsyn.chain.plan_diff_fit import storable
from samsyn.chain.plan_diff_values import Change, Gone, New, PlanDiff

STORED = Plan(id="p", name="Hamnen", problems=(Problem(id="b", title="Bråk"),), causes=(Cause(id="c", problem="b", number=1, text="Mörkt"),),
              actions=(Action(id="a", text="Lampor", causes=("c",), steps=(Step(id="s", text="Beställ"),)),), parties=("Granvikens kommun",))


def change(kind: str, name: str, value: Any) -> Change:
    return Change(f"change:{kind}:a:{name}", kind, "a", "Lampor", name, name, "", value, "Blad Detaljer, rad 7")


def fitted(*changed: Change, new: tuple[New, ...] = (), gone: tuple[Gone, ...] = ()) -> PlanDiff:
    return storable(PlanDiff("p", new, changed, gone), STORED)


@pytest.mark.parametrize(("kind", "name", "value", "says"), [
    ("action", "text", " ", "fältet är tomt"), ("problem", "title", "", "fältet är tomt"),
    ("action", "due_on", date(1899, 12, 31), "året 1899"), ("goal", "baseline_on", date(2200, 1, 1), "året 2200"),
    ("action", "hours", Decimal("-1"), "kan inte stämma"), ("action", "cost", Decimal(10) ** 11, "kan inte stämma"),
    ("action", "hours", Decimal("1.005"), "fler än två decimaler"), ("cause", "number", -1, "kan inte stämma"),
    ("problem", "priority", 12_000, "kan inte stämma"), ("action", "number", "3.1", "nummer ges av Samsyn"),
    ("step", "action", "a", "ändras inte från en fil"), ("commitment", "party", "Polisen", "ändras inte från en fil"),
    ("follow_up", "informed_on", (InformedOn(on=date(1850, 1, 1)),), "året 1850"),
    ("cause", "problem", "c", "rätt slag"), ("goal", "problem", "a", "rätt slag"), ("action", "causes", ("c", "b"), "rätt slag"),
    ("action", "goals", ("c",), "rätt slag"), ("action", "depends_on", ("s",), "rätt slag"), ("action", "bundle", "p", "rätt slag")])
def test_a_value_that_cannot_stand_is_named_and_left_out(kind: str, name: str, value: Any, says: str) -> None:
    found = fitted(change(kind, name, value))
    assert found.changed == ()
    assert len(found.remarks) == 1 and says in found.remarks[0]


@pytest.mark.parametrize(("kind", "name", "value"), [
    ("action", "text", "Nya lampor"), ("action", "due_on", date(1900, 1, 1)), ("action", "due_on", None), ("action", "hours", Decimal("0")),
    ("action", "hours", Decimal("12.25")), ("cause", "number", 0), ("action", "description", ""), ("action", "due_typed", "våren 2027"),
    ("follow_up", "informed_on", (InformedOn(on=date(2027, 3, 1)),)),
    ("cause", "problem", "b"), ("goal", "problem", None), ("action", "causes", ("c", "file:x")), ("action", "causes", ()), ("action", "bundle", None)])
def test_a_value_that_can_stand_is_left(kind: str, name: str, value: Any) -> None:
    one = change(kind, name, value)
    assert (fitted(one).changed, fitted(one).remarks) == ((one,), ())


def test_a_day_written_out_in_an_impossible_year_takes_no_day_away() -> None:
    found = fitted(change("action", "due_typed", "1898-06-15"), change("action", "due_on", None), change("action", "responsible", "Bo"))
    assert [one.field for one in found.changed] == ["responsible"]
    assert "1898" in found.remarks[0]


def new(kind: str, **values: Any) -> New:
    return New("new:file:x", kind, "file:x", "Ny", tuple(values.items()), "Blad Plan, rad 9")


@pytest.mark.parametrize(("row", "says"), [
    (new("action", responsible="Bo"), "saknas"), (new("commitment", text="Vi lovar", party="Okänd"), "namnet på en part"),
    (new("step", documented_how="I journalen"), "saknas")])
def test_a_new_row_without_what_it_needs_is_named_and_left_out(row: New, says: str) -> None:
    found = fitted(new=(row,))
    assert found.new == ()
    assert says in " ".join(found.remarks)


def test_a_new_cause_under_no_heading_belongs_to_the_only_problem() -> None:
    assert dict(fitted(new=(new("cause", text="Ekar", problem=None),)).new[0].values)["problem"] == "b"


def test_a_new_text_that_is_too_long_is_cut_and_told() -> None:
    found = fitted(new=(new("action", text="Städa", responsible="B" * 400),))
    assert len(dict(found.new[0].values)["responsible"]) == 300  # type: ignore[arg-type]
    assert "Resten står kvar i filen" in found.remarks[0]


def test_a_follow_up_plan_is_not_taken_away_by_a_file() -> None:
    kept = Gone("gone:action:a", "action", "a", "Lampor", "")
    assert fitted(gone=(Gone("gone:follow_up:u", "follow_up", "u", "Uppföljningsplanen", ""), kept)).gone == (kept,)


def test_a_mark_follows_what_would_be_written_and_over_what() -> None:
    one = change("action", "responsible", "Bo")
    diff = PlanDiff("p", changed=(one,), gone=(Gone("gone:action:a", "action", "a", "Lampor", ""),))
    before = marks(diff, STORED)
    assert before == marks(diff, STORED)

    other = replace(diff, changed=(replace(one, stored="Lo"),))
    assert marks(other, STORED)[one.key] != before[one.key]
    moved = replace(STORED, actions=(replace(STORED.actions[0], number="2.1"),))
    worked_on = replace(STORED, actions=(replace(STORED.actions[0], description="Tolv stolpar"),))
    assert marks(diff, moved)["gone:action:a"] == before["gone:action:a"] != marks(diff, worked_on)["gone:action:a"]
