"""What holds for every page: headers, markup, no change and no transaction on a GET, a token on every form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.plan import writes
from samsyn.web.frame import frame
from samsyn.web.gate import Public, page
from tests.web.conftest import NOW, Town
from tests.web.html_page import Page
from tests.web.rights import TABLE, Row

Enter = Callable[..., Client]
HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()"}
POLICY = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "font-src": "'self'", "connect-src": "'self'",
          "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'", "manifest-src": "'self'"}
BY_LINK = {"answer_link", "answer_link_bare"}  # read no session, so they ask for no key against forgery: test_personal_link.py; and tell nobody their address
PARTS = {"live_news"}  # the parts of a page that are new; the page itself stands in the table
SEEN = [row for row in TABLE if row.method == "GET" and 200 in row.answers]
every_page = pytest.mark.parametrize("row", SEEN, ids=str)


def opened(row: Row, town: Town, enter: Enter) -> tuple[Client, str]:
    """Return the browser of the first who may see the page (the coordinator if she may), and its address."""
    client = enter("Anna") if row.answers[-1] == 200 else enter(None)
    return client, reverse(row.name, kwargs=row.args(town))


def lacking_headers(response: Any, **others: str) -> list[str]:
    """Return the headers that are missing or other than they should be. `others` replace those of HEADERS, with _ for -."""
    wanted = HEADERS | {name.replace("_", "-"): value for name, value in others.items()}
    wrong = [name for name, value in wanted.items() if value not in response.get(name, "")]
    policy = dict(part.strip().split(" ", 1) for part in response.get("Content-Security-Policy", "x y").split(";") if part.strip())
    return wrong + ([] if policy == POLICY else [f"Content-Security-Policy: {policy}"])


def bad_markup(html: str) -> list[str]:
    """Return what the policy would stop, or should: inline script and style, and anything fetched from elsewhere."""
    read = Page(html)
    found = [f"inline: {read.script_text.strip()[:40]}"] if read.script_text.strip() else []
    for tag, given in read.tags:
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc") or (value or "").strip().lower().startswith(("javascript:", "data:", "//")):
                found.append(f"<{tag} {name}>")
            fetches = name in ("src", "srcset", "action", "formaction", "poster", "data", "xlink:href") or (name == "href" and tag != "a")
            if fetches and re.match(r"[a-z]+:", value or "", re.IGNORECASE):
                found.append(f"<{tag} {name}={value}>")
    return found


@every_page
def test_every_page_has_its_headers(row: Row, town: Town, enter: Enter) -> None:
    client, address = opened(row, town, enter)
    assert lacking_headers(client.get(address), **({"Referrer_Policy": "no-referrer"} if row.name in {*BY_LINK, "calendar"} else {})) == []


@every_page
def test_every_page_is_plain_markup_in_swedish(row: Row, town: Town, enter: Enter) -> None:
    client, address = opened(row, town, enter)
    response = client.get(address)
    if not response["Content-Type"].startswith("text/html"):
        return
    html = response.content.decode()
    read = Page(html)
    assert bad_markup(html) == []
    if row.name in PARTS:
        return
    assert ("html", {"lang": "sv"}) in read.tags
    assert sum(tag == "h1" for tag, _ in read.tags) == 1
    assert read.title.endswith(" · Samsyn") and len(read.title) > len(" · Samsyn")
    assert sum(tag == "main" for tag, _ in read.tags) == 1
    ids = [given["id"] for _, given in read.tags if given.get("id")]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    for form in read.forms:
        assert form.method == "get" or "csrfmiddlewaretoken" in form.fields or row.name in BY_LINK, form.action
    assert "{{" not in html and "{%" not in html and ">None<" not in html


def taken_over(response: Any) -> list[str]:
    """Return what a page has put in place of what its frame shows: the menu, who is signed in, where."""
    wanted = frame(response.wsgi_request)
    return [] if response.context is None else [name for name, value in wanted.items() if response.context.get(name, value) != value]


@every_page
def test_no_page_takes_over_the_words_of_its_frame(row: Row, town: Town, enter: Enter) -> None:
    client, address = opened(row, town, enter)
    assert taken_over(client.get(address)) == []


def test_a_page_that_takes_them_over_is_seen(anna: Client) -> None:
    response = anna.get("/utskick/")
    response.context[0].push({"me": "anna@granviken.example"})
    assert taken_over(response) == ["me"]


def test_every_title_is_its_own(town: Town, enter: Enter) -> None:
    titles: dict[str, str] = {}
    for row in SEEN:
        client, address = opened(row, town, enter)
        response = client.get(address)
        if response["Content-Type"].startswith("text/html") and row.name not in ("saved_report", "remove_row", "answer_link_bare", "minutes", *PARTS):
            titles.setdefault(address, Page(response.content.decode()).title)
    assert len(titles) > 20
    doubles = {title for title in titles.values() if list(titles.values()).count(title) > 1}
    assert doubles == set(), [address for address, title in titles.items() if title in doubles]


@every_page
def test_opening_a_page_changes_nothing_and_opens_no_transaction(row: Row, town: Town, enter: Enter) -> None:
    client, address = opened(row, town, enter)
    changes = connection.connection.total_changes
    with CaptureQueriesContext(connection) as queries:
        for _ in range(2):
            assert client.get(address).status_code == 200
    others = [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "PRAGMA"))]
    assert others == []
    assert connection.connection.total_changes == changes


def test_a_page_that_writes_would_be_found(town: Town, anna: Client) -> None:
    changes = connection.connection.total_changes
    with CaptureQueriesContext(connection) as queries:
        anna.post(reverse("quick_add", args=[town.plan]), {"text": "En snabb åtgärd"})
    assert any(q["sql"].startswith("SAVEPOINT") for q in queries)
    assert any(q["sql"].startswith("INSERT") for q in queries)
    assert connection.connection.total_changes > changes


def test_planted_faults_in_a_page_are_found(settings: Any, client: Client) -> None:
    planted = ("<p style='color:red' onclick='x()'>a</p><script>x()</script><img src='https://elsewhere.example/x.png'>"
               "<a href='javascript:x()'>b</a><link rel='stylesheet' href='//elsewhere.example/x.css'><a href='https://bra.se'>c</a>")
    assert bad_markup(planted) == ["inline: x()", "<p style>", "<p onclick>", "<img src=https://elsewhere.example/x.png>", "<a href>", "<link href>"]
    bare = HttpResponse("x")
    assert len(lacking_headers(bare)) == len(HEADERS) + 1

    class Urls:
        urlpatterns = [path("oppet/", page(Public)(lambda request: HttpResponse("x")), name="open")]

    settings.ROOT_URLCONF = Urls
    assert lacking_headers(client.get("/oppet/")) == []


@pytest.mark.parametrize(("address", "status", "words"), [
    ("/finns-inte/", 404, "Sidan finns inte"),
    ("/planer/00000000-0000-0000-0000-000000000000/", 404, "Sidan finns inte"), ("/installningar/bjud-in/", 403, "Till startsidan")])
def test_pages_of_refusal_are_as_safe_as_the_rest(address: str, status: int, words: str, enter: Enter) -> None:
    response = enter("Bo").get(address)
    assert response.status_code == status
    assert lacking_headers(response) == [] and bad_markup(response.content.decode()) == []
    assert words in response.content.decode()


@pytest.mark.parametrize("row", [row for row in TABLE if row.method == "POST" and row.name not in BY_LINK], ids=str)
def test_a_form_without_its_token_does_nothing(row: Row, town: Town, enter: Enter) -> None:
    client = enter("Anna" if row.answers[-1] != 404 else None, enforce_csrf_checks=True)
    address, sent = reverse(row.name, kwargs=row.args(town)), row.sent(town) if row.sent else {}
    changes = connection.connection.total_changes
    response = client.post(address, sent)
    assert response.status_code == 403
    assert "Formuläret hann bli för gammalt" in response.content.decode()
    assert lacking_headers(response) == [] and bad_markup(response.content.decode()) == []
    assert connection.connection.total_changes == changes


@pytest.fixture
def long_plan(town: Town, db: None) -> Any:
    """A plan with a hundred actions under ten causes."""
    given: dict[str, Any] = {"partnership": town.partnership, "actor": Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), "at": NOW}
    plan = writes.add_plan(values={"name": "En lång plan"}, **given).id
    problem = writes.add_problem(plan=plan, values={"title": "Ett problem"}, **given).id
    causes = [writes.add_cause(plan=plan, problem=problem, values={"text": f"Orsak {n}"}, **given).id for n in range(10)]
    goal = writes.add_goal(plan=plan, problem=problem, values={"text": "Ett mål"}, **given).id
    for n in range(100):
        values = {"text": f"Åtgärd {n}", "responsible": f"Person {n % 7}", "due_on": date(2026, 1 + n % 12, 1)}
        action = writes.add_action(plan=plan, values=values, causes=[causes[n % 10], causes[n // 10]], goals=[goal], **given)
        writes.add_check_in(action=action.id, organisation=town.organisation, values={"text": "x", "hindered": "Regn"}, **given)
    return plan


@pytest.mark.parametrize("query", ["", "?vy=lista", "?klart=sena", "?sok=åtgärd&ansvarig=Person 3"])
def test_a_board_of_a_hundred_actions_takes_at_most_twelve_queries(query: str, long_plan: Any, anna: Client) -> None:
    address = reverse("board", args=[long_plan]) + query
    anna.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = anna.get(address)
    assert response.status_code == 200
    assert "Åtgärd 3" in response.content.decode()
    assert len(queries) <= 12, [q["sql"][:90] for q in queries]


def test_a_long_board_is_not_heavy(long_plan: Any, anna: Client) -> None:
    html = anna.get(reverse("board", args=[long_plan])).content
    assert len(html) < 400_000, len(html)  # before compression; the whole page with everything is measured by `make bench`


def test_no_address_of_a_row_can_be_guessed(town: Town) -> None:
    for name, value in vars(town).items():
        if name not in ("users", "token"):
            assert value.version == 4, name
    assert uuid4().version == 4
