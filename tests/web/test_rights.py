"""Every address against every role, and that no address is without its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from samsyn.records.access.models import Event
from samsyn.web.gate import Public, page
from samsyn.web.start_checks import every_page_says_its_right
from tests.web.conftest import Town
from tests.web.rights import ROLES, SIGN_IN, TABLE, Row

Enter = Callable[..., Client]


def ask(client: Client, row: Row, town: Town) -> Any:
    address = reverse(row.name, kwargs=row.args(town))
    return client.get(address) if row.sent is None else client.post(address, row.sent(town))


def met(response: Any) -> int:
    """Return what the person met: SIGN_IN or the status."""
    if response.status_code == 302 and response["location"].startswith("/logga-in/"):
        query = response["location"].partition("?")[2]
        return SIGN_IN if not query or query.startswith("next=") else 302
    return int(response.status_code)


def addresses(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern]:
    return [found for one in patterns for found in (addresses(one.url_patterns) if isinstance(one, URLResolver) else [one])]


def without_row(patterns: Iterable[URLPattern | URLResolver], table: Iterable[Row]) -> list[str]:
    """Return the addresses that no row of the table speaks of."""
    known = {row.name for row in table}
    return [str(one.pattern) for one in addresses(patterns) if one.name not in known]


# a page that leads a person on to the sign-in page because of what it is, not because of a missing right
LEADS_TO_SIGN_IN = {"account_logout", "sign_in_by_link", "account_signup", "account_inactive", "account_reset_password"}


@pytest.mark.parametrize("row", TABLE, ids=str)
@pytest.mark.parametrize(("role", "place"), [(role, place) for place, role in enumerate(ROLES)])
def test_each_role_gets_what_the_table_says(row: Row, role: str, place: int, town: Town, enter: Enter) -> None:
    response = ask(enter(ROLES[role]), row, town)
    got = response.status_code if row.name in LEADS_TO_SIGN_IN else met(response)
    assert got == row.answers[place], f"{role} at {row}: {got} {response.get('location', '')}"


def test_every_address_has_a_row() -> None:
    patterns = get_resolver().url_patterns
    assert len(addresses(patterns)) > 50
    assert without_row(patterns, TABLE) == []


def test_an_address_without_a_row_is_caught() -> None:
    planted = path("hemligt/", lambda request: HttpResponse(), name="planted")
    assert without_row([*get_resolver().url_patterns, planted], TABLE) == ["hemligt/"]


def test_every_method_an_address_takes_has_a_row(anna: Client, town: Town) -> None:
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in TABLE:
        rows[row.name].append(row)
    for name, those in rows.items():
        response = anna.put(reverse(name, kwargs=those[0].args(town)))
        if name in ("account_login", "first_run") and response.status_code == 302:
            continue
        assert response.status_code == 405, f"{name} takes any method"
        allowed = {method.strip() for method in response["allow"].split(",")} & {"GET", "POST"}
        assert {row.method for row in those} == allowed, name


@pytest.mark.parametrize("row", [row for row in TABLE if row.answers[0] == SIGN_IN], ids=str)
def test_without_signing_in_a_row_that_is_there_looks_like_one_that_is_not(row: Row, town: Town, enter: Enter) -> None:
    client = enter(None)
    there = row.args(town)
    nowhere = {key: uuid4() if isinstance(value, UUID) else value for key, value in there.items()}
    sent = row.sent(town) if row.sent else None
    seen = []
    for args in (there, nowhere):
        address = reverse(row.name, kwargs=args)
        response = client.get(address) if sent is None else client.post(address, sent)
        headers = {name: value.replace(address, "ADDRESS").replace(address.replace("/", "%2F"), "ADDRESS") for name, value in response.items()}
        seen.append((response.status_code, response.content, headers))
    assert seen[0] == seen[1]
    assert seen[0][0] == 302


@pytest.mark.parametrize("row", [row for row in TABLE if row.answers[1] in (200, 302) and row.answers[0] == SIGN_IN], ids=str)
def test_a_stranger_reads_nothing_of_the_town(row: Row, town: Town, enter: Enter) -> None:
    response = ask(enter("Erik"), row, town)
    for secret in ("Granvikens", "Granvikshus", "anna@", str(town.partnership), str(town.plan)):
        assert secret.encode() not in response.content, secret


def test_a_stranger_cannot_reach_rows_of_another_plan_through_their_own(town: Town, enter: Enter) -> None:
    erik = enter("Erik")
    for name, args in (("action", {"row": town.bo_action}), ("change_problem", {"row": town.problem}), ("change_goal", {"row": town.goal}),
                       ("change_cause", {"row": town.cause}), ("check_in", {"row": town.bo_action}), ("saved_report", {"report": town.report}),
                       ("change_decision", {"row": town.decision}), ("remove_row", {"row": town.goal, "kind": "goal"}),
                       ("change_step", {"row": town.elsewhere_action, "step": town.step})):
        address = reverse(name, kwargs={"plan": town.elsewhere_plan, **args})
        assert erik.get(address).status_code == 404, name
        assert erik.post(address, {"text": "Nya ord", "title": "Nya ord", "version": 1, "base": "{}"}).status_code in (404, 405), name


@pytest.mark.parametrize("name", ["take_up_row", "add_step", "act_on_step"])
def test_a_stranger_cannot_post_to_rows_of_another_plan_through_their_own(name: str, town: Town, enter: Enter) -> None:
    args = {"take_up_row": {"row": town.withdrawn_goal, "kind": "goal"}, "add_step": {"row": town.bo_action},
            "act_on_step": {"row": town.bo_action, "step": town.step}}[name]
    before = Event.objects.count()
    response = enter("Erik").post(reverse(name, kwargs={"plan": town.elsewhere_plan, **args}), {"text": "Nya ord", "act": "done"})
    assert response.status_code == (400 if name == "add_step" else 404)  # the form comes back with what was written
    assert b"Granvikens" not in response.content
    assert Event.objects.count() == before


def test_somebody_whose_place_has_ended_reaches_nothing(town: Town, enter: Enter, anna: Client) -> None:
    dana = enter("Dana")
    assert dana.get(reverse("board", args=[town.plan])).status_code == 200
    anna.post(reverse("change_member", args=[town.membership]), {"act": "end"})
    for name, args in (("board", [town.plan]), ("start", []), ("settings", []), ("action", [town.plan, town.bo_action])):
        assert dana.get(reverse(name, args=args))["location"] == "/logga-in/ingen-samverkan/"
    assert dana.get("/logga-in/ingen-samverkan/").status_code == 200


def test_a_closed_account_is_out_at_once(town: Town, enter: Enter) -> None:
    from django.db import connection

    bo = enter("Bo")
    assert bo.get("/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER access_user_logs_update")
        cursor.execute("UPDATE access_user SET is_active = 0 WHERE name = 'Bo'")
    assert met(bo.get("/")) == SIGN_IN


def test_a_view_that_says_no_right_is_not_served(settings: Any, enter: Enter) -> None:
    class Urls:
        urlpatterns = [path("hemligt/", lambda request: HttpResponse("hemligt"), name="planted")]

    settings.ROOT_URLCONF = Urls
    with pytest.raises(ImproperlyConfigured, match="says no right"):
        enter("Anna").get("/hemligt/")


def test_start_up_finds_a_view_that_says_no_right(settings: Any) -> None:
    def unmarked(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    class Urls:
        urlpatterns = [path("hemligt/", unmarked, name="planted"), path("oppet/", page(Public)(unmarked), name="open")]

    assert every_page_says_its_right() == []
    settings.ROOT_URLCONF = Urls
    assert [fault.id for fault in every_page_says_its_right()] == ["samsyn.E001"]
