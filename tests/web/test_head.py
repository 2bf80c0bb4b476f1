"""HEAD is answered as GET is, at every address: programs that look a link over before a person opens it ask so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.decorators.http import require_GET

from samsyn.web.gate import HeadAsGet
from tests.web.conftest import Town
from tests.web.rights import ROLES, TABLE, Row

Enter = Callable[..., Client]
READ = [row for row in TABLE if row.method == "GET"]
OWN_EACH_TIME = {"Content-Length", "Set-Cookie"}  # a page carries a fresh token, so its packed length differs by a few bytes


def headers(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.items() if name not in OWN_EACH_TIME}


@pytest.mark.parametrize("row", READ, ids=str)
@pytest.mark.parametrize("who", ["coordinator", "reader", "not signed in"])
def test_head_gets_the_answer_of_get_without_its_body(row: Row, who: str, town: Town, enter: Enter) -> None:
    address = reverse(row.name, kwargs=row.args(town))
    got = enter(ROLES[who]).get(address)
    headed = enter(ROLES[who]).head(address)
    assert headed.status_code == got.status_code
    assert headers(headed) == headers(got)
    assert headed.content == b""


def test_a_view_that_knows_only_get_is_caught_without_it() -> None:
    view = require_GET(lambda request: HttpResponse("ord"))
    asked = RequestFactory().head("/")
    assert view(asked).status_code == 405
    answer = HeadAsGet(view)(asked)
    assert (answer.status_code, answer.content, answer["Content-Length"]) == (200, b"", "3")
    assert asked.method == "HEAD"


def test_another_method_is_left_as_it_is() -> None:
    seen: list[str | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.method)
        return HttpResponse("ord")

    assert HeadAsGet(view)(RequestFactory().post("/")).content == b"ord"
    assert seen == ["POST"]
