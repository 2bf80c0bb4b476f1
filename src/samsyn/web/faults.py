"""Pages for what went wrong. They need no database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samsyn.web.gate import Public, page


@page(Public)
def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old or came from elsewhere, and that nothing was saved."""
    return render(request, "403_csrf.html", status=403)
