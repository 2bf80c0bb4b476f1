"""Calendars to subscribe to: the calendar itself, open to whoever has its link, and the page where a person makes and revokes links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samsyn.chain.notice_values import Person
from samsyn.flows.calendar_feed import GROUP, PERSON, PLAN, calendar_links, feed_of, open_calendar
from samsyn.formats.calendar_ics import MIME
from samsyn.records.editing import Gone
from samsyn.records.meeting.reads import groups
from samsyn.records.outbox.link_reads import OpenLink, token_of
from samsyn.records.outbox.link_writes import make_calendar_link, revoke_link
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.reads import plan_heads
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest, Public, page
from samsyn.web.parts.base_url import base_url

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store, private",
           "Content-Disposition": 'inline; filename="samsyn.ics"'}
NEEDS = {PERSON: Right.READ, PLAN: Right.EDIT_CHAIN, GROUP: Right.RUN_MEETINGS}


@dataclass(frozen=True, slots=True)
class ShownFeed:
    """A calendar as the page shows it. `address` is "" until somebody has made a link; `made_by` whoever made it."""

    kind: str
    subject: UUID
    name: str
    link: UUID | None = None
    address: str = ""
    made_by: str = ""
    made_at: datetime | None = None

    @property
    def webcal(self) -> str:
        """The same address as programs that know calendars open it."""
        return "webcal://" + self.address.partition("://")[2]


@page(Public)
@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar of a link. One that is forged, revoked, or about what is no longer there, is not found."""
    opened = open_calendar(token, now())
    content = feed_of(opened, at=now(), base_url=base_url(request)) if opened else None
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=MIME, headers=HEADERS)


@page(Right.READ)
@require_GET
def calendars(request: PageRequest) -> HttpResponse:
    """Show one's own calendar, and those of plans and groups for those who hold them."""
    own, *others = _feeds(request)
    return render(request, "calendar/calendars.html", {
        "own": own, "plans": [one for one in others if one.kind == PLAN], "groups": [one for one in others if one.kind == GROUP]})


@page(Right.READ)
@require_POST
def make_calendar(request: PageRequest) -> HttpResponse:
    """Make the link of a calendar. Made again, it is the same."""
    wanted = _wanted(request)
    make_calendar_link(partnership=request.member.partnership, subject_kind=wanted.kind, subject_id=wanted.subject, person=_me(request),
                       actor=request.actor, at=now())
    messages.success(request, f"Länken till {wanted.name} är klar. Kopiera den till din kalender.")
    return _back(wanted)


@page(Right.READ)
@require_POST
def revoke_calendar(request: PageRequest) -> HttpResponse:
    """Make the link of a calendar worthless. Only the link that was shown: somebody else's of the same plan lives on."""
    wanted = _wanted(request)
    try:
        if wanted.link is None or str(wanted.link) != request.POST.get("link"):
            raise Gone
        revoke_link(partnership=request.member.partnership, link=wanted.link, actor=request.actor, at=now())
        messages.success(request, "Länken är indragen. Kalendrar som använder den slutar uppdateras.")
    except Gone:
        messages.info(request, "Länken är redan indragen.")
    return _back(wanted)


def _back(wanted: ShownFeed) -> HttpResponse:
    return redirect(reverse("calendars") + f"#{wanted.kind}-{wanted.subject}")


def _wanted(request: PageRequest) -> ShownFeed:
    """Return the calendar a form is about. Raises PermissionDenied without its right, Http404 if there is none."""
    kind, subject, link = (request.POST.get(name, "") for name in ("kind", "subject", "link"))
    if kind not in NEEDS:
        raise Http404
    if not request.member.may(NEEDS[kind]):
        raise PermissionDenied
    those = [one for one in _feeds(request) if one.kind == kind and str(one.subject) == subject]
    if not those:
        raise Http404
    return next((one for one in those if str(one.link) == link), those[0])


def _feeds(request: PageRequest) -> list[ShownFeed]:
    """Return one's own calendar first, then those of plans and groups that one may hold; one row for each link that somebody has made."""
    me, partnership = request.member, request.member.partnership
    known = [ShownFeed(PERSON, me.id, "din kalender")]
    known += [ShownFeed(PLAN, head.id, head.name) for head in plan_heads(partnership)] if me.may(NEEDS[PLAN]) else []
    known += [ShownFeed(GROUP, head.id, head.name) for head in groups(partnership)] if me.may(NEEDS[GROUP]) else []
    made: dict[UUID, list[OpenLink]] = {}
    for link in calendar_links(partnership, [one.subject for one in known], now()):
        made.setdefault(link.subject, []).append(link)
    return [shown for one in known for shown in _with_links(request, one, made.get(one.subject, []))]


def _with_links(request: PageRequest, one: ShownFeed, links: list[OpenLink]) -> list[ShownFeed]:
    base = base_url(request)
    shown = [ShownFeed(one.kind, one.subject, one.name, link.id, base + reverse("calendar", args=[token_of(link.id)]), link.made_by, link.made_at)
             for link in links]
    return shown[:1] if one.kind == PERSON and shown else shown or [one]


def _me(request: PageRequest) -> Person:
    return Person(request.member.name, request.member.email)
