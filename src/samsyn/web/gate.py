"""
The one place where a page's right is checked. A view says what it needs with `page`; one that does not is not served.

Not signed in: the sign-in page, the same whether the row exists or not. Another partnership's row: 404.
A member without the right: 403.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from samsyn.flows.intake.bringing import MOST_WORDS
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.meeting.reads import GroupHead, MeetingHead, group, meeting_head
from samsyn.records.partnership.reads import Member, members_of_user
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.reads import plan_head
from samsyn.records.source.reads import run as import_run
from samsyn.web.frame import is_first_visit

View = Callable[..., HttpResponse]
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP", "HTTP_TRUE_CLIENT_IP", "HTTP_CLIENT_IP",
             "HTTP_CF_", "HTTP_FASTLY_", "HTTP_X_CLUSTER_CLIENT_IP", "HTTP_X_ORIGINAL_")  # how the headers of proxies begin
LOOPBACK = ("127.0.0.1", "::1")
MOST_SENT = 256 * 2 ** 20  # bytes; a file that is only too large gets its own sentence
CANNOT_WRITE = ("locked", "database or disk is full", "disk I/O error", "readonly database")  # as SQLite says it
log = logging.getLogger(__name__)


class Public:
    """Anybody may see the page."""


class SignedIn:
    """Anybody who has signed in may see the page."""


Needs = Right | type[Public] | type[SignedIn]


class PageRequest(HttpRequest):
    """A request that has passed the gate of a page with a right: it knows who asks and for which plan, reading, meeting or group."""

    user: Any
    member: Member
    places: tuple[Member, ...]
    actor: Actor
    plan: Any
    run: Any
    meeting: MeetingHead
    group: GroupHead


def page(needs: Needs) -> Callable[[View], View]:
    """Say what a view needs. `plan`, `run`, `meeting` and `group` in its address are found in the member's partnership before it is called."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        guarded.needs = needs  # type: ignore[attr-defined]
        return guarded

    return mark


class SecurityHeaders:
    """Adds the headers that neither Django nor django-csp sets; pages are never kept by a shared cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("X-Frame-Options", "DENY")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cache-Control", "no-store")
        return response


class HeadAsGet:
    """Answers HEAD as GET, without the body: link checkers and mail programs ask so before a person opens a link."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        request.method = "HEAD"
        if not response.streaming:
            response.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class SizeLimit:
    """Refuses what is far larger than any file that is taken, before a byte of it is laid on the disk. Anybody can send, signed in or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.META.get("CONTENT_LENGTH") or "0"
        if sent.isdecimal() and int(sent[:20]) <= MOST_SENT:
            return self.get_response(request)
        return HttpResponse(render_to_string("413.html", {"back": request.path, "is_file": True, "most_words": MOST_WORDS}), status=413)


class Gate:
    """Middleware: lets a request through to its view, or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: View, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        needs = getattr(view, "needs", None)
        if needs is None:
            raise ImproperlyConfigured(f"{request.path}: the view says no right. Mark it with @page(...).")
        if needs is Public:
            return None
        if not request.user.is_authenticated:
            return redirect("first_run") if is_first_visit() else _to_sign_in(request)
        request.actor = actor_of(request.user)
        request.member = current_member(request)
        if needs is SignedIn:
            return None
        if request.member is None:
            return redirect("no_partnership")
        _find_rows(request, kwargs)
        if not request.member.may(needs):
            raise PermissionDenied
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that nothing was saved, and to try again, where the database could not be written to; nothing is half done."""
        if not (isinstance(exception, OperationalError) and any(word in str(exception) for word in CANNOT_WRITE)):
            return None
        log.error("%s: the database could not be written to: %s", request.path, exception)
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})


def actor_of(user: Any) -> Actor:
    """Return the signed-in person as an actor."""
    return Actor(ActorKind.USER, str(user.id), user.name)


def current_member(request: Any) -> Member | None:
    """Return the person's place in the partnership they are in now: the chosen one, else their first."""
    places = members_of_user(request.user.id)
    chosen = request.session.get("partnership")
    request.places = places
    return next((m for m in places if str(m.partnership) == chosen), places[0] if places else None)


def is_local(request: HttpRequest) -> bool:
    """Whether the request comes from this very machine, with no proxy between, to a server bound to loopback."""
    return (
        settings.CONFIG.is_loopback
        and request.META.get("REMOTE_ADDR", "") in LOOPBACK
        and not any(header.startswith(FORWARDED) for header in request.META)
    )


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    onward = request.get_full_path() if request.method == "GET" else "/"
    query = "" if onward == "/" else "?" + urlencode({"next": onward})
    return redirect(reverse("account_login") + query)


def _find_rows(request: Any, kwargs: dict[str, Any]) -> None:
    finders: dict[str, Callable[[UUID, UUID], Any]] = {"plan": plan_head, "run": import_run, "meeting": meeting_head, "group": group}
    for name, find in finders.items():
        if name in kwargs:
            found = find(request.member.partnership, kwargs[name])
            if found is None:
                raise Http404
            setattr(request, name, found)
