"""The row for new actions below the board: one, or one of each pasted line; and the new ones are seen."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.chain.choices import Track
from samsyn.records.access.models import Event
from samsyn.records.plan.models import Action
from samsyn.web.pages.plans.board_pages import ROWS
from samsyn.web.pages.plans.forms import MOST_LINES
from tests.web.conftest import Town
from tests.web.html_page import Page
from tests.web.test_chain_view_page import Written

NAMES = ("quick_add", "add_many")
NOBODYS = UUID(int=7)  # of no row; the same in every process that collects the tests


@pytest.fixture
def written(town: Town, db: None) -> Written:
    return Written(town)


def added(written: Written) -> list[Action]:
    return list(Action.objects.within(written.given["partnership"]).filter(plan_id=written.plan).order_by("position"))


def post(client: Client, name: str, plan: Any, **sent: Any) -> Any:
    return client.post(reverse(name, args=[plan]), {"once": uuid4().hex, **sent})


@pytest.mark.parametrize("name", NAMES)
def test_each_pasted_line_is_an_action_against_the_cause(name: str, written: Written, anna: Client) -> None:
    cause = written.cause(written.problem())
    before = Event.objects.count()
    assert post(anna, name, written.plan, text="• Vandra\r\n\r\n  Lys   upp\r\nRöj\tBo\r\n---", cause=cause).status_code == 302
    assert [action.text for action in added(written)] == ["Vandra", "Lys upp", "Röj Bo"]
    assert all(action.cause_links.get().cause_id == cause for action in added(written))
    assert Event.objects.count() == before + 1


def test_pasted_lines_share_day_and_responsible(written: Written, anna: Client) -> None:
    post(anna, "quick_add", written.plan, text="Vandra\nLys upp", due_on="2027-03-01", responsible="bo")
    assert {(str(action.due_on), action.responsible_organisation, action.responsible_member_id is not None) for action in added(written)} == {
        ("2027-03-01", "Granvikshus", True)}


@pytest.mark.parametrize("name", NAMES)
def test_the_track_is_stored_as_the_chain_has_it_from_the_start(name: str, written: Written, anna: Client) -> None:
    post(anna, name, written.plan, text="Vandra")
    assert [action.track for action in added(written)] == [Track.DEVELOPMENT]


@pytest.mark.parametrize("name", NAMES)
def test_the_new_rows_are_marked_and_the_page_opens_at_the_first(name: str, written: Written, anna: Client) -> None:
    written.action([], [], text="En som fanns")
    answer = post(anna, name, written.plan, text="Vandra\nLys upp")
    first, second = added(written)[1:]
    assert urlsplit(answer["Location"]).fragment == f"rad-{first.id}"
    assert parse_qs(urlsplit(answer["Location"]).query) == {"ny": [str(first.id), str(second.id)]}
    html = anna.get(answer["Location"]).content.decode()
    rows = {given["id"]: given["class"] for tag, given in Page(html).tags if tag == "tr" and given.get("id")}
    assert {row for row, css_class in rows.items() if "is-new" in (css_class or "")} == {f"rad-{first.id}", f"rad-{second.id}"}
    assert html.count('href="#ny-atgard"') == 1 and 'id="ny-atgard"' in html
    assert "Två åtgärder är tillagda." in html


def test_the_next_is_offered_against_the_same_cause(written: Written, anna: Client) -> None:
    problem = written.problem()
    written.cause(problem)
    cause = written.cause(problem, "En till")
    html = anna.get(post(anna, "quick_add", written.plan, text="Vandra", cause=cause)["Location"]).content.decode()
    assert quick_form(html).fields["cause"].values == [str(cause)]
    plain = anna.get(reverse("board", args=[written.plan])).content.decode()
    assert quick_form(plain).fields["cause"].values in ([], [""])


def test_on_a_board_of_several_pages_it_opens_the_page_with_the_new_row(written: Written, anna: Client) -> None:
    cause = written.cause(written.problem())
    post(anna, "quick_add", written.plan, text="\n".join(f"Åtgärd {n}" for n in range(ROWS)), cause=cause)
    answer = post(anna, "quick_add", written.plan, text="Den sista", cause=cause)
    assert parse_qs(urlsplit(answer["Location"]).query)["sida"] == ["2"]
    assert f'id="rad-{added(written)[-1].id}"' in anna.get(answer["Location"]).content.decode()


def test_the_same_form_twice_adds_once(written: Written, anna: Client) -> None:
    once = uuid4().hex
    answers = [post(anna, "quick_add", written.plan, text="Vandra\nLys upp", once=once) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(added(written)) == 2


FAULTS = [
    ({"text": "  \n---\n"}, "Skriv vad som ska göras."),
    ({"text": ""}, "Skriv vad som ska göras."),
    ({"text": "\n".join(f"Rad {n}" for n in range(MOST_LINES + 1))}, f"Högst {MOST_LINES} kan läggas till på en gång."),
    ({"text": "x" * 5001}, "Högst 5000 tecken går in i en åtgärd."),
    ({"text": "Ring 19850709-9805\nVandra"}, "Här står ett personnummer."),
    ({"text": "Vandra\nLys upp", "cause": str(NOBODYS)}, ""),
]


@pytest.mark.parametrize(("sent", "words"), FAULTS)
def test_a_fault_adds_nothing_and_keeps_what_was_written(sent: dict[str, str], words: str, written: Written, anna: Client) -> None:
    response = post(anna, "quick_add", written.plan, **sent)
    html = response.content.decode()
    assert (response.status_code, added(written)) == (400, [])
    assert words in html
    assert "".join(quick_form(html).fields["text"].values).strip() == sent["text"].strip()


def test_as_many_lines_as_are_allowed_go_in_at_once(written: Written, anna: Client) -> None:
    assert post(anna, "quick_add", written.plan, text="\n".join(f"Rad {n}" for n in range(MOST_LINES))).status_code == 302
    assert len(added(written)) == MOST_LINES


@pytest.mark.parametrize("asked", ["ny=inget", f"ny={NOBODYS}", "ny=" + "x" * 5000, "&".join(f"ny={n}" for n in range(300))])
def test_an_address_that_marks_nothing_shows_the_board(asked: str, town: Town, anna: Client) -> None:
    response = anna.get(reverse("board", args=[town.plan]) + "?" + asked)
    assert response.status_code == 200 and "is-new" not in response.content.decode()


def quick_form(html: str) -> Any:
    return next(form for form in Page(html).forms if "text" in form.fields and "cause" in form.fields)
