"""When somebody was here last: kept in their own browser, so that looking at a page writes nothing in the database."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from samsyn.chain.my_week import Visit, visit
from samsyn.records.partnership.reads import Member

COOKIE = "samsyn_besok"
LASTS = 120 * 24 * 60 * 60  # seconds
LATEST = 4_000_000_000  # seconds since 1970: what is later was not written here


def this_visit(request: HttpRequest, member: Member, at: datetime) -> Visit:
    """Return this visit of a member, after the one that their browser remembers."""
    return visit(_remembered(request.COOKIES.get(COOKIE, ""), member), at)


def remember(response: HttpResponse, member: Member, now: Visit) -> None:
    """Let the browser remember the visit: two moments and whose they are, nothing else."""
    kept = f"{member.id.hex}.{int(now.since.timestamp())}.{int(now.seen.timestamp())}"
    response.set_cookie(COOKIE, kept, max_age=LASTS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def _remembered(kept: str, member: Member) -> Visit | None:
    """Return the visit that a cookie says, or None if it is another member's or nobody wrote it here."""
    whose, _, moments = kept.partition(".")
    since, _, seen = moments.partition(".")
    if whose != member.id.hex or not all(part.isascii() and part.isdecimal() and int(part[:12]) < LATEST for part in (since, seen)):
        return None
    return Visit(datetime.fromtimestamp(int(since[:12]), UTC), datetime.fromtimestamp(int(seen[:12]), UTC))
