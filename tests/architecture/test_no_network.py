"""No test leaves this machine: the fixture in conftest.py stops it."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest


def test_another_machine_cannot_be_reached() -> None:
    with closing(socket.socket()) as leaving, pytest.raises(AssertionError, match="another machine"):
        leaving.connect(("192.0.2.1", 80))


def test_this_machine_can_be_reached() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server, closing(socket.socket()) as coming:
        coming.connect(server.getsockname())
        assert coming.getpeername() == server.getsockname()
