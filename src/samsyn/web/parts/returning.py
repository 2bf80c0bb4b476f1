"""
Where a saved form leads: to the page it was opened from, if that is one of our own.

The address comes with the link, as `tillbaka`. It is taken apart, looked up among the pages that may be returned to, and
put together anew; whatever else somebody writes there counts as nothing.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

NAME = "tillbaka"
MENDED = "rattat"  # in the query of an address that one comes back to: the page itself says what came of it
RETURN_TO = frozenset({
    "start", "pulse", "board", "plan_check", "plan_rule", "action", "goals", "chain_view", "order", "timeline_page", "follow_up", "commitments", "live"})
LONGEST = 600  # characters
MOST_VALUES = 12
FRAGMENT = re.compile(r"[a-z0-9_-]{0,80}")


def returning(address: str, back: str) -> str:
    """Return the address of a form with where it is to lead when it is saved. `back` is empty or an address of our own."""
    if not back:
        return address
    page, _, fragment = address.partition("#")
    query = ("&" if "?" in page else "?") + urlencode({NAME: back})
    return page + query + (f"#{fragment}" if fragment else "")


def return_address(request: HttpRequest, default: str) -> str:
    """Return where the request asks to be led when it is saved, or `default` if it does not ask for a page of ours about the same plan."""
    asked = request.GET.get(NAME, "")
    plan = getattr(request, "plan", None)
    return own_address(asked, plan.id if plan else None) or default


def own_address(asked: str, plan: UUID | None) -> str:
    """
    Return an address put together anew from one of our own pages, "" for anything else.

    plan   a page about another plan is anything else; None = a page about no plan in particular is being saved
    """
    if not asked.startswith("/") or len(asked) > LONGEST or not asked.isascii() or not asked.isprintable() or "\\" in asked:
        return ""
    try:
        parts = urlsplit(asked)
        found = resolve(parts.path)
        query = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=MOST_VALUES)
    except (ValueError, Resolver404):  # no address, or none of ours
        return ""
    if parts.scheme or parts.netloc or found.url_name not in RETURN_TO or not FRAGMENT.fullmatch(parts.fragment):
        return ""
    if plan and found.kwargs.get("plan", plan) != plan:
        return ""
    kept = urlencode([(name, value) for name, value in query if name != NAME])
    return reverse(found.url_name, kwargs=found.kwargs) + (f"?{kept}" if kept else "") + (f"#{parts.fragment}" if parts.fragment else "")
