"""Letting a person in whom the page already knows to be the right one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def let_in(request: HttpRequest, user: Any) -> None:
    """Sign a person in, with a new session key."""
    login(request, user, backend=BACKEND)
