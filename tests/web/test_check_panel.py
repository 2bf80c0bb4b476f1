"""What the plan check says beside a plan and on the page of its rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.test import Client

from samsyn.catalog.load import rules
from samsyn.chain import plan as chain
from samsyn.chain.check import check, three_first
from samsyn.web.parts.checks import check_panel

TODAY = date(2026, 11, 23)
PLAN = UUID(int=1)


def actions_without_anything(count: int) -> chain.Plan:
    return chain.Plan(id="1", name="Plan", actions=tuple(chain.Action(id=str(UUID(int=n + 2)), number=f"0.{n}", text=f"Åtgärd {n}") for n in range(count)))


def test_the_panel_counts_all_remarks_even_those_it_does_not_show() -> None:
    result = check(actions_without_anything(20), TODAY)
    panel = check_panel(result, three_first(result), PLAN, rest_limit=5)
    told_first = {remark for mend in three_first(result) for remark in mend.remarks}
    assert len(panel.rest) == 5
    assert panel.rest_count == len(result.remarks) - len(told_first) > 5


def test_every_rule_and_every_weight_is_explained_on_the_page_of_rules(enter: Callable[..., Client]) -> None:
    shown = enter("Anna").get("/plankollen/").content.decode()
    assert [rule.title for rule in rules().values() if rule.title not in shown] == []
    assert [word for word in ("Måste rättas", "Bör rättas", "Tänk igenom", "Går inte att se i filen") if word not in shown] == []
