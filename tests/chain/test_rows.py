"""How the rows of a plan are ordered and told, wherever they are listed."""

from __future__ import annotations

import pytest

from samsyn.chain.choices import Changeability
from samsyn.chain.plan import Cause, Problem
from samsyn.chain.rows import can_be_changed, causes_in_order

PROBLEMS = (Problem(id="late", title="Buller"), Problem(id="early", title="Stölder"))


def test_causes_stand_in_the_order_of_their_problems_then_of_their_numbers() -> None:
    causes = (Cause(id="a", number=1), Cause(id="b", number=2, problem="early"), Cause(id="c", number=3, problem="late"),
              Cause(id="d", number=1, problem="early"), Cause(id="e", number=2, problem="gone"), Cause(id="f", problem="late"))
    assert [cause.id for cause in causes_in_order(PROBLEMS, causes)] == ["f", "c", "d", "b", "a", "e"]


def test_causes_that_nothing_tells_apart_keep_their_order() -> None:
    causes = tuple(Cause(id=id, problem="late") for id in ("c10", "c2", "c1"))
    assert [cause.id for cause in causes_in_order(PROBLEMS, causes)] == ["c10", "c2", "c1"]


@pytest.mark.parametrize(("said", "expected"), [(None, True), (Changeability.YES, True), (Changeability.IN_PART, True), (Changeability.NO, False)])
def test_only_a_cause_that_is_said_not_to_be_changeable_needs_no_action(said: Changeability | None, expected: bool) -> None:
    assert can_be_changed(Cause(id="c", changeability=said)) is expected
