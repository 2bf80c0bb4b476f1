"""Pages for what went wrong. They need no database, and lose no words."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from samsyn.chain import plan as chain
from samsyn.chain.field import fields_of
from samsyn.flows.intake.bringing import MOST_WORDS
from samsyn.web.gate import Public, page

UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError)
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
LABELS = {name: about.label for row_class in (chain.DecisionAsked, chain.CheckIn, chain.Step, chain.Plan, chain.Problem, chain.Cause, chain.Goal, chain.Action)
          for name, about in fields_of(row_class).items() if not about.choices} | {"why": "Varför?"}


@page(Public)
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent could not be read. It is not read again here: Django's own page would, and fail a second time."""
    if isinstance(exception, TOO_MUCH):
        return HttpResponse(render_to_string("413.html", {
            "back": request.path, "is_upload": request.path == reverse("upload"), "is_many": not isinstance(exception, RequestDataTooBig),
            "most_words": MOST_WORDS, "form_megabytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2 ** 20}), status=413)
    return HttpResponse(render_to_string("400.html", {"most_words": MOST_WORDS}), status=400)


@page(Public)
def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old or came from elsewhere, and that nothing was saved."""
    return render(request, "403_csrf.html", status=403)


@page(Public)
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the page is not here. What somebody had written in a form for a row that is gone is given back to copy."""
    kept = [f"{LABELS[name]}: {value}" for name, value in _sent(request) if name in LABELS and str(value).strip()]
    return render(request, "404.html", {"kept": "\n".join(kept)}, status=404)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was sent; nothing if it cannot be read: any address can be sent any bytes, and this page must not fail."""
    try:
        return [(name, str(value)) for name, value in request.POST.items()]
    except UNREADABLE:
        return []
