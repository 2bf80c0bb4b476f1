"""The order of actions: what is free, what hangs together, moving, and clicks on what is done already."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.chain.choices import Horizon
from samsyn.chain.order import bundles_standing, sequence
from samsyn.chain.plan import Plan
from samsyn.records.access.models import Event
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan import order_writes, writes
from samsyn.records.plan.reads import plan_head
from tests.web.conftest import NOW, Town
from tests.web.html_page import Page, PageForm
from tests.web.test_chain_view_page import Written


class Ordered(Written):
    """A plan of five actions under two causes, in the order of their names."""

    def __init__(self, town: Town) -> None:
        super().__init__(town, "En plan att ordna")
        self.town = town
        problem = self.problem()
        causes = [self.cause(problem, "Mörkt"), self.cause(problem, "Tomt")]
        self.rows = {name: self.action([causes[place % 2]], [], text=name, responsible="Bo") for place, name in enumerate("ABCDE")}

    def bundle(self, *names: str) -> UUID:
        return order_writes.add_bundle(plan=self.plan, values={"text": "Ihop"}, actions=[self.rows[name] for name in names], **self.given).id

    def values(self) -> Plan:
        head = plan_head(self.given["partnership"], self.plan)
        assert head
        return plan_values(head)

    def order(self) -> str:
        return "".join(action.text for action in sequence(self.values()))


@pytest.fixture
def ordered(town: Town, db: None) -> Ordered:
    return Ordered(town)


def page_of(client: Client, plan: Any) -> str:
    return client.get(reverse("order", args=[plan])).content.decode()


def forms_of(html: str, row: Any) -> list[PageForm]:
    """Return the forms that move a row: there is one."""
    return [form for form in Page(html).forms if str(row) in form.action]


MOVES = [("C", "A", "CABDE"), ("A", "D", "BCADE"), ("A", "", "BCDEA"), ("E", "A", "EABCD"), ("B", "B", None)]


@pytest.mark.parametrize(("moved", "before", "order"), MOVES)
def test_an_action_is_put_before_another_whatever_its_cause(moved: str, before: str, order: str | None, ordered: Ordered, anna: Client) -> None:
    sent = {"before": ordered.rows[before] if before else ""}
    answer = anna.post(reverse("move_action", args=[ordered.plan, ordered.rows[moved]]), sent)
    if order is None:
        assert (answer.status_code, ordered.order()) == (404, "ABCDE")
        return
    assert answer["Location"] == reverse("order", args=[ordered.plan]) + f"#rad-{ordered.rows[moved]}"
    assert ordered.order() == order
    html = page_of(anna, ordered.plan)
    places = [html.index(f'id="rad-{ordered.rows[name]}"') for name in order]
    assert places == sorted(places)


def test_the_buttons_of_a_row_say_what_it_is_put_before(ordered: Ordered, anna: Client) -> None:
    html = page_of(anna, ordered.plan)
    rows = ordered.rows
    ids = {name: str(row) for name, row in ordered.rows.items()}
    offered = {name: [value for form in forms_of(html, rows[name]) for _, value in form.buttons] for name in rows}
    assert offered == {"A": ["", ids["C"]], "B": [ids["A"], ids["D"]], "C": [ids["B"], ids["E"]], "D": [ids["C"], ""], "E": [ids["D"], ""]}


def test_a_reader_sees_the_order_but_no_way_to_move(ordered: Ordered, enter: Any) -> None:
    html = page_of(enter("Rut"), ordered.plan)
    assert "data-order" in html and "data-grip" not in html and "data-move>" not in html


def test_when_effects_come_is_told_for_each_and_for_all(town: Town, anna: Client) -> None:
    html = page_of(anna, town.plan)
    assert "Av det som är kvar ger" in html and "Effekt genast" in html and "Effekt på sikt" in html


def test_what_is_free_to_start_is_listed_and_what_waits_is_not(ordered: Ordered, anna: Client) -> None:
    order_writes.set_waits_for(plan=ordered.plan, action=ordered.rows["B"], on=[ordered.rows["A"]], **ordered.given)
    writes.change_action(action=ordered.rows["C"], edit=edit(start_on=NOW.date() + timedelta(days=30)), **ordered.given)
    html = page_of(anna, ordered.plan)
    free, waiting = (html[html.index(f'id="{name}"'):].split("</section>")[0] for name in ("fria", "vantar"))
    assert [name for name in "ABCDE" if f"{ordered.rows[name]}/" in free] == ["A", "D", "E"]
    assert [name for name in "ABCDE" if f"{ordered.rows[name]}/" in waiting] == ["B"]


def edit(**values: Any) -> Any:
    from samsyn.records.editing import Edit

    return Edit(values=values, base=dict.fromkeys(values), version=1)


class TestCombinations:
    def test_a_whole_one_has_no_warning(self, ordered: Ordered, anna: Client) -> None:
        ordered.bundle("A", "B")
        for name in ("order", "board", "chain_view"):
            html = anna.get(reverse(name, args=[ordered.plan])).content.decode()
            assert "Ihop" in html and '<i class="letter">A</i>' in html, name
            assert "inte hel" not in html.lower(), name

    def test_one_whose_part_was_taken_out_says_so_everywhere(self, ordered: Ordered, anna: Client) -> None:
        ordered.bundle("A", "B", "C")
        anna.post(reverse("remove_row", args=[ordered.plan, "action", ordered.rows["B"]]))
        for name in ("order", "board", "chain_view", "plan_check"):
            html = anna.get(reverse(name, args=[ordered.plan])).content.decode()
            assert "B är borttagen ur planen" in html, name

    def test_whoever_says_which_the_parts_are_lets_go_of_what_was_taken_out(self, ordered: Ordered, anna: Client) -> None:
        bundle = ordered.bundle("A", "B", "C")
        anna.post(reverse("remove_row", args=[ordered.plan, "action", ordered.rows["B"]]))
        address = reverse("change_bundle", args=[ordered.plan, bundle])
        html = anna.get(address).content.decode()
        assert "Borttaget ur planen: B." in html
        form = next(form for form in Page(html).forms if "actions" in form.fields)
        anna.post(address, {**form.values(), "actions": [str(ordered.rows["A"]), str(ordered.rows["C"])]})
        assert [one.lacking for one in bundles_standing(ordered.values())] == [()]

    def test_one_part_that_is_taken_back_is_a_part_again(self, ordered: Ordered, anna: Client) -> None:
        ordered.bundle("A", "B")
        anna.post(reverse("remove_row", args=[ordered.plan, "action", ordered.rows["B"]]))
        anna.post(reverse("take_up_row", args=[ordered.plan, "action", ordered.rows["B"]]))
        assert [one.lacking for one in bundles_standing(ordered.values())] == [()]

    def test_parts_side_by_side_have_one_head_on_the_board_and_others_one_each(self, ordered: Ordered, anna: Client) -> None:
        ordered.bundle("A", "C")  # both under the first cause
        assert anna.get(reverse("board", args=[ordered.plan])).content.decode().count('class="tied-head"') == 1
        ordered.bundle("B", "E")
        html = anna.get(reverse("board", args=[ordered.plan])).content.decode()
        assert html.count('class="tied-head"') == 3


def second(client: Client, address: str, **sent: Any) -> str:
    """Click twice; return what the page after the second click says. The second changes nothing."""
    assert client.post(address, sent).status_code == 302
    events = Event.objects.count()
    response = client.post(address, sent, follow=True)
    assert response.redirect_chain and response.status_code == 200
    assert Event.objects.count() == events
    return response.content.decode()


class TestSecondClicks:
    def test_a_combination_that_is_dissolved_twice(self, ordered: Ordered, anna: Client) -> None:
        address = reverse("change_bundle", args=[ordered.plan, ordered.bundle("A", "B")])
        assert "Kombinationen är redan upplöst." in second(anna, address, act="dissolve")

    def test_a_step_that_is_removed_twice_or_ticked_when_it_is_gone(self, town: Town, anna: Client) -> None:
        address = reverse("act_on_step", args=[town.plan, town.bo_action, town.step])
        assert "Momentet är redan borttaget." in second(anna, address, act="remove")
        response = anna.post(address, {"act": "done"}, follow=True)
        assert (response.status_code, "Momentet är redan borttaget." in response.content.decode()) == (200, True)

    def test_what_an_action_waits_for_taken_off_twice(self, ordered: Ordered, anna: Client) -> None:
        order_writes.set_waits_for(plan=ordered.plan, action=ordered.rows["B"], on=[ordered.rows["A"]], **ordered.given)
        address = reverse("waits_for", args=[ordered.plan, ordered.rows["B"]])
        for _ in range(2):
            response = anna.post(address, {}, follow=True)
            assert (response.status_code, "Ordningen är sparad." in response.content.decode()) == (200, True)
        assert all(not action.depends_on for action in ordered.values().actions)

    def test_moving_what_somebody_has_just_taken_out(self, ordered: Ordered, anna: Client) -> None:
        anna.post(reverse("remove_row", args=[ordered.plan, "action", ordered.rows["B"]]))
        for moved, before in (("B", "A"), ("A", "B")):
            response = anna.post(reverse("move_action", args=[ordered.plan, ordered.rows[moved]]), {"before": ordered.rows[before]}, follow=True)
            assert "redan borttagen ur planen" in response.content.decode(), moved
        assert ordered.order() == "ACDE"

    def test_what_never_was_is_not_here(self, ordered: Ordered, town: Town, anna: Client, enter: Any) -> None:
        bundle = ordered.bundle("A", "B")
        tried = ((anna, reverse("change_bundle", args=[ordered.plan, uuid4()]), {"act": "dissolve"}),
                 (anna, reverse("act_on_step", args=[town.plan, town.bo_action, uuid4()]), {"act": "remove"}),
                 (anna, reverse("act_on_step", args=[town.plan, town.other_action, town.step]), {"act": "remove"}),
                 (anna, reverse("move_action", args=[ordered.plan, uuid4()]), {"before": ""}),
                 (anna, reverse("move_action", args=[ordered.plan, ordered.rows["A"]]), {"before": "inget"}),
                 (enter("Erik"), reverse("change_bundle", args=[town.elsewhere_plan, bundle]), {"act": "dissolve"}))
        for client, address, sent in tried:
            assert client.post(address, sent).status_code == 404, address


def opened(client: Client, plan: Any) -> dict[str, Any]:
    form = next(form for form in Page(client.get(reverse("times", args=[plan])).content.decode()).forms if "base" in form.fields)
    return form.values()


class TestDaysAndEffects:
    """Days and effects are answered for all actions on one page: where the check leads when nothing gives effect at once."""

    def test_the_check_leads_to_where_it_is_chosen_and_is_answered_there(self, ordered: Ordered, anna: Client) -> None:
        rule = reverse("plan_rule", args=[ordered.plan, "inget-ger-effekt-genast"])
        link = next(given["href"] or "" for tag, given in Page(anna.get(rule).content.decode()).tags
                    if tag == "a" and (given.get("href") or "").startswith(reverse("times", args=[ordered.plan])))
        answer = anna.post(link, {**opened(anna, ordered.plan), f"horizon_{ordered.rows['B']}": "short"})
        assert answer.status_code == 302 and answer["Location"].startswith(rule)
        assert "Rättat." in anna.get(answer["Location"].partition("#")[0]).content.decode()
        assert {a.text: a.horizon for a in ordered.values().actions if a.horizon} == {"B": Horizon.SHORT}

    def test_only_what_is_altered_is_written_and_somebody_elses_answer_stays(self, ordered: Ordered, anna: Client) -> None:
        sent = opened(anna, ordered.plan)
        writes.change_action(action=ordered.rows["A"], edit=edit(due_on=date(2027, 5, 1)), **ordered.given)
        answer = anna.post(reverse("times", args=[ordered.plan]), {**sent, f"due_on_{ordered.rows['C']}": "2027-06-01"})
        assert answer.status_code == 302
        assert {a.text: a.due_on for a in ordered.values().actions if a.due_on} == {"A": date(2027, 5, 1), "C": date(2027, 6, 1)}
        assert Event.objects.filter(kind="action.times").count() == 1

    def test_two_answers_to_the_same_are_told_of_and_nothing_is_lost(self, ordered: Ordered, anna: Client) -> None:
        sent = opened(anna, ordered.plan)
        writes.change_action(action=ordered.rows["A"], edit=edit(due_on=date(2027, 5, 1)), **ordered.given)
        both = {f"due_on_{ordered.rows[name]}": "2027-06-01" for name in "AB"}
        answer = anna.post(reverse("times", args=[ordered.plan]), {**sent, **both})
        shown = answer.content.decode()
        assert answer.status_code == 400 and "Någon annan ändrade" in shown
        assert shown.count("Någon annan skrev: 2027-05-01.") == 2 and 'value="2027-06-01"' in shown, "beside the answer, and among the faults"
        assert {a.text: a.due_on for a in ordered.values().actions if a.due_on} == {"A": date(2027, 5, 1)}

    def test_who_has_seen_both_texts_and_saves_again_decides_and_others_answers_stay(self, ordered: Ordered, anna: Client) -> None:
        sent = opened(anna, ordered.plan)
        writes.change_action(action=ordered.rows["A"], edit=edit(due_on=date(2027, 5, 1)), **ordered.given)
        writes.change_action(action=ordered.rows["C"], edit=edit(due_on=date(2027, 4, 1)), **ordered.given)
        refused = anna.post(reverse("times", args=[ordered.plan]), {**sent, f"due_on_{ordered.rows['A']}": "2027-06-01"})
        again = next(form for form in Page(refused.content.decode()).forms if "base" in form.fields).values()
        assert anna.post(reverse("times", args=[ordered.plan]), again).status_code == 302
        assert {a.text: a.due_on for a in ordered.values().actions if a.due_on} == {"A": date(2027, 6, 1), "C": date(2027, 4, 1)}

    @pytest.mark.parametrize("base", ["", "[]", "{", '{"x": 1}', "[" * 5000])
    def test_a_base_that_somebody_has_tampered_with_is_no_fault_page(self, base: str, ordered: Ordered, anna: Client) -> None:
        answer = anna.post(reverse("times", args=[ordered.plan]), {"base": base, f"due_on_{ordered.rows['A']}": "2027-06-01"})
        assert answer.status_code == 302


def test_an_order_that_does_not_go_with_the_days_is_told_of_at_once(ordered: Ordered, anna: Client) -> None:
    writes.change_action(action=ordered.rows["A"], edit=edit(due_on=date(2027, 6, 1)), **ordered.given)
    writes.change_action(action=ordered.rows["B"], edit=edit(due_on=date(2027, 5, 1)), **ordered.given)
    address = reverse("waits_for", args=[ordered.plan, ordered.rows["B"]])
    told = anna.post(address, {"on": [str(ordered.rows["A"])]}, follow=True).content.decode()
    assert "men den går inte ihop med dagarna" in told and "2027-06-01" in told
    told = anna.post(address, {}, follow=True).content.decode()
    assert "Ordningen är sparad." in told and "går inte ihop med dagarna" not in told
