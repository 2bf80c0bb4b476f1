"""What an attacker tried against the whole plan, and got in with before it was mended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

Enter = Callable[..., Client]


@pytest.mark.parametrize("onward", ["//[", "http://[", "http://[::1", "//evil.example", "javascript:alert(1)"])
@pytest.mark.parametrize("who", [None, "Anna"])
def test_an_address_that_cannot_be_read_leads_nowhere_after_signing_in(onward: str, who: str | None, enter: Enter) -> None:
    response = enter(who).get("/logga-in/", {"next": onward})
    assert (response.status_code, response.get("location")) == ((302, "/") if who else (200, None))


def test_a_page_of_ours_is_where_signing_in_leads(enter: Enter) -> None:
    assert enter("Anna").get("/logga-in/", {"next": "/planer/"})["location"] == "/planer/"
