"""What holds for every test: nothing leaves this machine."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

RANDOM_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}")


def stays_here(address: Any) -> bool:
    """Return whether an address of a socket is on this machine: a path, a loopback number or the name localhost."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return host in ("localhost", "")


class LeftTheMachine(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop every connection to another machine, in every test."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if not stays_here(address):
            raise LeftTheMachine(f"A test may not reach another machine: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file, or what holds a random id, by its argument: two processes must name a test alike."""
    is_made_anew = isinstance(val, bytes | UUID) or (isinstance(val, str) and RANDOM_ID.search(val))
    return argname if is_made_anew else None


@pytest.fixture
def empty_installation(db: None) -> Iterator[None]:
    """Take everything out of the database until the test is over: nobody can sign in."""
    from django.apps import apps
    from django.db import connection

    from samsyn.records.access.triggers import make_triggers, present_triggers
    from samsyn.web.frame import forget

    with connection.cursor() as cursor:
        for name in present_triggers():
            cursor.execute(f'DROP TRIGGER "{name}"')
        for model in apps.get_models(include_auto_created=True):
            if model.__module__.startswith("samsyn.records.") or model._meta.app_label == "sessions":
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
    make_triggers()
    forget()
    yield
    forget()
