"""The board of a long plan: 200 actions at a time, with every filter and count over all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from tests.web.conftest import NOW, Town

from samsyn.chain.plan import Action
from samsyn.records.access.acts import Act, Actor, ActorKind
from samsyn.records.access.writes import writing
from samsyn.records.plan import models, writes
from samsyn.records.situation.models import Cause
from samsyn.web.pages.plans.board_pages import ROWS, page_of

ANNA = Actor(ActorKind.USER, "anna", "Anna")


def actions(count: int) -> list[Action]:
    return [Action(id=str(n)) for n in range(count)]


@pytest.mark.parametrize(("count", "asked", "number", "pages", "first", "last"), [
    (0, "", 1, 1, 1, 0),
    (ROWS, "sida=1", 1, 1, 1, ROWS),
    (ROWS + 1, "", 1, 2, 1, ROWS),
    (ROWS + 1, "sida=2", 2, 2, ROWS + 1, ROWS + 1),
    (ROWS + 1, "sida=9", 2, 2, ROWS + 1, ROWS + 1),
    (ROWS + 1, "sida=0", 1, 2, 1, ROWS),
    (ROWS + 1, "sida=-1", 1, 2, 1, ROWS),
    (ROWS + 1, "sida=två", 1, 2, 1, ROWS),
    (ROWS + 1, "sida=²", 1, 2, 1, ROWS),
    (ROWS + 1, "sida=" + "9" * 5000, 1, 2, 1, ROWS),
])
def test_a_page_that_does_not_exist_gives_one_that_does(count: int, asked: str, number: int, pages: int, first: int, last: int) -> None:
    page = page_of(actions(count), QueryDict(asked))
    assert (page.number, page.count, page.first, page.last) == (number, pages, first, last)


def test_the_pages_together_are_all_actions_once() -> None:
    everything = actions(ROWS * 2 + 50)
    assert [a for n in (1, 2, 3) for a in page_of(everything, QueryDict(f"sida={n}")).actions] == everything


def test_the_way_to_another_page_keeps_the_filter_but_not_this_page() -> None:
    assert page_of([], QueryDict("sok=mörkt&vy=lista&sida=2")).address == "?sok=m%C3%B6rkt&vy=lista&sida="
    assert page_of([], QueryDict("sida=2")).address == "?sida="


@pytest.fixture
def long_plan(town: Town, db: None) -> str:
    """The board of a plan with 450 actions: 200 on each of two causes with an empty one between, and 50 without a cause."""
    given: dict[str, Any] = {"partnership": town.partnership, "actor": ANNA, "at": NOW}
    own = {"partnership_id": town.partnership, "organisation_id": town.organisation}
    with writing(actor=ANNA, at=NOW, act=Act(kind="plan.added", words="skapade en plan", partnership=town.partnership)):
        plan = writes.add_plan(values={"name": "En lång plan"}, **given)
        problem = writes.add_problem(plan=plan.id, values={"title": "Otrygghet"}, **given)
        causes = [Cause.objects.create(**own, problem=problem, number=n, text=text) for n, text in enumerate(("Mörkt", "Tomt", "Tyst"), start=1)]
        rows = models.Action.objects.bulk_create(
            models.Action(**own, plan=plan, position=n, text=f"Åtgärd nummer {n}", responsible="Sist" if n == 449 else "Bo") for n in range(450))
        models.ActionCause.objects.bulk_create(
            models.ActionCause(**own, action=row, cause=causes[0] if n < 200 else causes[2]) for n, row in enumerate(rows[:400]))
    return f"/planer/{plan.id}/"


def shown(browser: Client, address: str) -> tuple[list[int], str]:
    """Return the numbers of the actions on a page, and the page."""
    answer = browser.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    return [int(n) for n in re.findall(r">Åtgärd nummer (\d+)</a>", text)], text


def test_a_long_plan_is_shown_a_page_at_a_time(anna: Client, long_plan: str) -> None:
    pages = [shown(anna, f"{long_plan}?sida={n}") for n in (1, 2, 3)]
    assert [number for numbers, _ in pages for number in numbers] == list(range(450))
    assert [len(numbers) for numbers, _ in pages] == [200, 200, 50]
    assert all("450 åtgärder" in text for _, text in pages)
    assert "Sida 2 av 3: åtgärd 201 till 400." in re.sub(r"<[^>]+>", "", pages[1][1])


def test_a_cause_without_action_stands_once_where_its_turn_comes(anna: Client, long_plan: str) -> None:
    tables = [shown(anna, f"{long_plan}?sida={n}")[1].partition("<table")[2].partition("</table>")[0] for n in (1, 2, 3)]
    assert sum(table.count("Tomt</a>") for table in tables) == 1
    assert [name in tables[1] for name in ("Mörkt</a>", "Tyst</a>", "Otrygghet</a>")] == [False, True, True]
    assert "Utan orsak" in tables[2]


def test_a_filter_sees_the_rows_of_every_page(anna: Client, long_plan: str) -> None:
    numbers, text = shown(anna, f"{long_plan}?ansvarig=Sist")
    assert numbers == [449]
    assert "Visar 1 av 450 åtgärder" in text
    assert 'aria-label="Sidor"' not in text


def test_the_list_is_paged_too_and_keeps_its_view(anna: Client, long_plan: str) -> None:
    numbers, text = shown(anna, f"{long_plan}?vy=lista&sida=3")
    assert len(numbers) == 50
    assert 'href="?vy=lista&amp;sida=1"' in text


def test_a_plan_of_200_has_one_page(enter: Callable[..., Client], town: Town) -> None:
    _, text = shown(enter("Carin"), f"/planer/{town.plan}/")
    assert 'aria-label="Sidor"' not in text
    assert "Sida 1" not in text
