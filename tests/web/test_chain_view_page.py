"""The chain view and the timeline: who sees them, where a gap leads, and that no text of a plan becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.chain.chain_values import ChainView
from samsyn.chain.chain_view import chain_of
from samsyn.chain.plan import Action, Cause, Plan, Problem
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan import writes
from samsyn.records.plan.reads import plan_head
from samsyn.web.pages.chain_view.paper import CLASS_OF_SIZE, LINES_OF_CLASS, paper_of
from tests.web.conftest import NOW, TODAY, Town
from tests.web.html_page import Page

Enter = Callable[..., Client]
NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)>\' &amp; {{ 7 }}'
PAGES = ("chain_view", "chain_svg", "timeline_page")


class Written:
    """Writes rows of a plan of its own, as Anna."""

    def __init__(self, town: Town, name: str = "En plan att se") -> None:
        self.given: dict[str, Any] = {"partnership": town.partnership, "actor": Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), "at": NOW}
        self.plan = writes.add_plan(values={"name": name}, **self.given).id

    def problem(self, title: str = "Ett problem") -> Any:
        return writes.add_problem(plan=self.plan, values={"title": title}, **self.given).id

    def cause(self, problem: Any, text: str = "En orsak") -> Any:
        return writes.add_cause(plan=self.plan, problem=problem, values={"text": text}, **self.given).id

    def goal(self, problem: Any, **values: Any) -> Any:
        return writes.add_goal(plan=self.plan, problem=problem, values={"text": "Ett mål", **values}, **self.given).id

    def action(self, causes: list[Any], goals: list[Any], **values: Any) -> Any:
        return writes.add_action(plan=self.plan, values={"text": "En åtgärd", **values}, causes=causes, goals=goals, **self.given).id


@pytest.fixture
def written(town: Town, db: None) -> Written:
    return Written(town)


@pytest.fixture
def long_plan(town: Town, db: None) -> Written:
    """A plan of two hundred actions under twenty causes; every seventh acts on two, every fifth has no goal."""
    made = Written(town, "En lång plan")
    problems = [made.problem(f"Problem {n}") for n in range(3)]
    causes = [made.cause(problems[n % 3], f"Orsak {n}") for n in range(20)]
    goals = [made.goal(problems[n % 3], indicator="Antal" if n else "") for n in range(8)]
    for n in range(200):
        made.action([causes[n % 20], *([causes[(n + 1) % 20]] if n % 7 == 0 else [])], [goals[n % 8]] if n % 5 else [], text=f"Åtgärd {n}",
                    due_on=date(2026, 1 + n % 12, 1), effect_from=date(2027, 1 + n % 12, 1))
    return made


def address(name: str, plan: Any) -> str:
    return reverse(name, args=[plan])


def links_of(html: str, css_class: str) -> list[str]:
    return [given["href"] or "" for tag, given in Page(html).tags if tag == "a" and css_class in (given.get("class") or "").split()]


def unmarked(link: str) -> str:
    """Return an address without the way back and the place on the page."""
    return re.sub(r"[?&]tillbaka=[^&#]*", "", link.partition("#")[0])


def way_back(link: str) -> str:
    return parse_qs(urlsplit(link).query)["tillbaka"][0]


def ids_of(html: str) -> set[str]:
    return {given["id"] or "" for _, given in Page(html).tags if given.get("id")}


@pytest.mark.parametrize("name", PAGES)
def test_the_coordinator_and_a_reader_see_it_and_a_stranger_does_not_know_it_exists(name: str, town: Town, enter: Enter) -> None:
    assert enter("Anna").get(address(name, town.plan)).status_code == 200
    assert enter("Rut").get(address(name, town.plan)).status_code == 200
    assert enter("Erik").get(address(name, town.plan)).status_code == 404
    assert enter(None).get(address(name, town.plan)).status_code == 302


def test_every_row_and_every_gap_of_the_town_is_on_the_page(town: Town, anna: Client) -> None:
    view = _view(town, town.plan)
    html = anna.get(address("chain_view", town.plan)).content.decode()
    assert view.gaps
    assert {f"lucka-{gap.number}" for gap in view.gaps} <= ids_of(html)
    assert {f"rad-{row.action.id}" for branch in view.branches for cause in branch.causes for row in cause.rows if row.action.id} <= ids_of(html)
    assert len(links_of(html, "mend")) == len(view.gaps)


def test_every_link_on_the_chain_leads_somewhere(town: Town, anna: Client) -> None:
    html = anna.get(address("chain_view", town.plan)).content.decode()
    inside = [given["href"] or "" for tag, given in Page(html).tags if tag == "a" and (given.get("href") or "").startswith("#")]
    assert {link[1:] for link in inside} <= ids_of(html) and len(inside) > 5
    for link in set(links_of(html, "mend")):
        assert anna.get(link).status_code == 200, link


def test_a_gap_leads_to_the_field_that_fills_it_and_back_to_its_row(written: Written, anna: Client) -> None:
    problem = written.problem()
    cause, idle = written.cause(problem), written.cause(problem)
    lonely = written.goal(problem)
    action, homeless = written.action([cause], []), written.action([], [lonely], responsible="Bo")
    unserved = written.goal(problem, target="3", indicator="Antal", baseline="1")
    empty = written.problem("Ett problem till")
    links = links_of(anna.get(address("chain_view", written.plan)).content.decode(), "mend")

    def to(name: str, *row: Any, query: str = "", field: str = "") -> tuple[str, str]:
        return reverse(name, args=[written.plan, *row]) + query, field

    wanted = {
        (*to("change_action", action, field="id_responsible"), action), (*to("add_goal", query=f"?atgard={action}"), action),
        (*to("change_action", homeless, field="id_causes"), homeless), (*to("add_action", query=f"?mal={unserved}"), unserved),
        (*to("add_action", query=f"?orsak={idle}"), idle), (*to("add_cause", query=f"?problem={empty}"), empty),
        (*to("change_goal", lonely, query="?forslag=1", field="id_target"), lonely), (*to("change_goal", lonely, field="id_indicator"), lonely)}
    assert {(unmarked(link), link.partition("#")[2], UUID(way_back(link).partition("#rad-")[2])) for link in links} == wanted
    assert {way_back(link).partition("#")[0] for link in links} == {address("chain_view", written.plan)}
    for link in links:
        place = link.partition("#")[2]
        assert not place or f'id="{place}' in anna.get(link).content.decode(), link


def test_what_a_gap_is_about_is_chosen_in_the_form_it_leads_to(written: Written, anna: Client) -> None:
    problem, other = written.problem("Ett första"), written.problem("Ett andra")
    cause, goal = written.cause(other), written.goal(other)
    action = written.action([cause], [])
    chosen = {
        reverse("add_goal", args=[written.plan]) + f"?atgard={action}": {"actions": [str(action)], "problem": [str(other)]},
        reverse("add_action", args=[written.plan]) + f"?mal={goal}": {"goals": [str(goal)]},
        reverse("add_action", args=[written.plan]) + f"?orsak={cause}": {"causes": [str(cause)]},
        reverse("add_cause", args=[written.plan]) + f"?problem={other}": {"problem": [str(other)]}}
    assert problem != other
    for link, values in chosen.items():
        form = Page(anna.get(link).content.decode()).forms[-1]
        assert {name: form.fields[name].values for name in values} == values, link


def test_a_gap_that_is_filled_leads_back_to_the_chain_and_is_gone(written: Written, anna: Client) -> None:
    problem = written.problem()
    action = written.action([written.cause(problem)], [], responsible="Bo")
    (link,) = links_of(anna.get(address("chain_view", written.plan)).content.decode(), "mend")
    answer = anna.post(link, {"text": "Färre bråk", "problem": problem, "actions": [action], "indicator": "Antal", "baseline": "9", "target": "3"})
    assert (answer.status_code, answer["Location"]) == (302, address("chain_view", written.plan) + f"#rad-{action}")
    after = anna.get(answer["Location"]).content.decode()
    assert "Kedjan hänger ihop" in after and "Målet är tillagt." in after and f"rad-{action}" in ids_of(after)


def test_a_gap_of_one_problem_leads_back_to_that_problem(written: Written, anna: Client) -> None:
    problem, _ = written.problem(), written.problem()
    written.cause(problem)
    links = links_of(anna.get(address("chain_view", written.plan) + f"?problem={problem}").content.decode(), "mend")
    assert [way_back(link).partition("#")[0] for link in links] == [address("chain_view", written.plan) + f"?problem={problem}"]


def test_a_filled_gap_is_gone(written: Written, anna: Client) -> None:
    problem = written.problem()
    cause = written.cause(problem)
    before = anna.get(address("chain_view", written.plan)).content.decode()
    written.action([cause], [written.goal(problem, indicator="Antal", baseline="3", target="1")], responsible="Bo")
    after = anna.get(address("chain_view", written.plan)).content.decode()
    assert "En lucka i kedjan" in before and "lucka-1" in ids_of(before)
    assert "Kedjan hänger ihop" in after and "lucka-1" not in ids_of(after)


def test_somebody_who_may_only_read_sees_the_gaps_but_no_way_to_fill_them(town: Town, enter: Enter) -> None:
    html = enter("Rut").get(address("chain_view", town.plan)).content.decode()
    assert "lucka-1" in ids_of(html) and links_of(html, "mend") == []
    assert reverse("change_cause", args=[town.plan, town.cause]) not in html


def test_one_problem_can_be_shown_alone_and_another_partnerships_is_not_known(town: Town, anna: Client) -> None:
    html = anna.get(address("chain_view", town.plan) + f"?problem={town.problem}").content.decode()
    assert html.count('<section class="chain ') == 1
    assert f"kedjan.svg?problem={town.problem}" in html
    whole = anna.get(address("chain_view", town.plan)).content.decode()
    assert whole.count('<section class="chain ') == len(plan_values(_head(town, town.plan)).problems) > 1
    assert anna.get(address("chain_view", town.plan) + f"?problem={town.elsewhere}").content.decode().count('<section class="chain ') == whole.count(
        '<section class="chain ')


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_plan_says_what_to_do_first(name: str, written: Written, anna: Client, enter: Enter) -> None:
    response = anna.get(address(name, written.plan))
    assert response.status_code == 200
    if name != "chain_svg":
        assert 'class="empty"' in response.content.decode() and 'href="' + address("board", written.plan)[:-1] in response.content.decode()
        assert "btn--do" not in enter("Rut").get(address(name, written.plan)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_no_text_of_a_plan_becomes_markup(name: str, written: Written, anna: Client) -> None:
    problem = written.problem(NASTY)
    cause = written.cause(problem, NASTY)
    goal = written.goal(problem, text=NASTY, indicator=NASTY, baseline=NASTY, target=NASTY)
    written.action([cause], [goal], text=NASTY, responsible=NASTY[:60], responsible_organisation=NASTY[:60], due_typed=NASTY[:60])
    body = anna.get(address(name, written.plan)).content.decode()
    assert "<script>alert" not in body and "<img src=x" not in body
    assert "&lt;script&gt;alert(1)" in body and "{{ 7 }}" in body
    if name == "chain_svg":
        assert not [found for found in ElementTree.fromstring(body).iter() if found.tag.endswith("script")]


def test_the_drawing_is_a_file_to_keep_and_never_a_page(town: Town, anna: Client) -> None:
    response = anna.get(address("chain_svg", town.plan))
    assert response["Content-Type"] == "image/svg+xml"
    assert re.fullmatch(r'attachment; filename="kedjan-[a-z-]+\.svg"', response["Content-Disposition"])
    assert response["X-Content-Type-Options"] == "nosniff" and "default-src 'none'" in response["Content-Security-Policy"]
    assert "1.1 " in "".join(ElementTree.fromstring(response.content).itertext())


@pytest.mark.parametrize("name", PAGES)
def test_two_hundred_actions_take_at_most_twelve_queries(name: str, long_plan: Written, anna: Client) -> None:
    anna.get(address(name, long_plan.plan))
    with CaptureQueriesContext(connection) as queries:
        response = anna.get(address(name, long_plan.plan))
    body = response.content.decode()
    assert response.status_code == 200
    assert all(f"Åtgärd {n}" in body for n in range(200))
    assert len(queries) <= 12, [q["sql"][:90] for q in queries]


def test_a_long_chain_has_no_id_twice_and_says_how_many_sheets_it_takes(long_plan: Written, anna: Client) -> None:
    html = anna.get(address("chain_view", long_plan.plan)).content.decode()
    ids = [given["id"] for _, given in Page(html).tags if given.get("id")]
    assert len(ids) == len(set(ids))
    assert "Skrivs ut på ungefär tre A3" in html
    assert len(html) < 500_000


def test_what_fits_is_printed_on_one_a3() -> None:
    for count in (1, 25, 60):
        paper = paper_of(_chain(count))
        assert (paper.sheets, paper.words) == (1, "Skrivs ut på ett A3, liggande.")
    assert paper_of(_chain(150)).sheets > 1
    used = {css_class for count in range(1, 90) for css_class in paper_of(_chain(count)).css_class.split()}
    assert used >= {"paper--whole", CLASS_OF_SIZE[23], "paper--one", "paper--7"}
    assert used <= {"paper--whole", *CLASS_OF_SIZE.values(), *(one for _, classes in LINES_OF_CLASS for one in classes.split())}


def test_the_timeline_shows_every_action_once_under_its_first_cause(long_plan: Written, anna: Client) -> None:
    html = anna.get(address("timeline_page", long_plan.plan)).content.decode()
    assert html.count('<tr class="act"') == 200 and html.count('class="chart strip"') == 201
    assert html.count('<tr class="cause"') == 20
    assert html.count('datetime="2027-05-01"') > 0 and "dagar sen" in html


def test_an_action_without_days_has_no_strip_but_its_row(written: Written, anna: Client) -> None:
    written.action([], [], text="Utan dagar", due_typed="löpande")
    html = anna.get(address("timeline_page", written.plan)).content.decode()
    assert "Utan dagar" in html and "löpande" in html and "Utan orsak" in html
    assert html.count('class="chart strip"') == 1  # the axis alone
    assert "En åtgärd saknar sista dag." in html


def test_an_effect_at_once_is_said_when_so_the_timeline_does_not_ask_for_it(written: Written, anna: Client) -> None:
    written.action([], [], text="Ljus", horizon="short")
    written.action([], [], text="Vuxna")
    html = anna.get(address("timeline_page", written.plan)).content.decode()
    assert "För en åtgärd är det inte sagt när en effekt går att vänta sig." in html


def test_the_chain_says_how_many_rows_lack_the_same_link(written: Written, anna: Client) -> None:
    for number in range(3):
        written.action([], [], text=f"Åtgärd {number}")
    html = anna.get(address("chain_view", written.plan)).content.decode()
    assert "Orsak saknas på tre åtgärder" in html and "Orsak saknas på en åtgärd" not in html


def _head(town: Town, plan: Any) -> Any:
    return plan_head(town.partnership, plan)


def _view(town: Town, plan: Any) -> ChainView:
    return chain_of(plan_values(_head(town, plan)), TODAY)


def _chain(count: int) -> ChainView:
    causes = tuple(Cause(id=f"c{n}", problem="p", number=n) for n in range(max(count // 4, 1)))
    return chain_of(Plan(id="plan", problems=(Problem(id="p", title="x"),), causes=causes,
                         actions=tuple(Action(id=f"a{n}", causes=(causes[n % len(causes)].id,)) for n in range(count))), TODAY)
