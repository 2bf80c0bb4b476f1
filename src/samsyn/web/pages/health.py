"""Whether the process answers, and whether it is ready to work. No data in the answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from samsyn.records.access.reads import is_durable
from samsyn.records.access.triggers import missing_triggers
from samsyn.web.gate import Public, page


@page(Public)
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


@page(Public)
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers, runs with full durability and has its change log's triggers."""
    is_ready = is_durable() and not missing_triggers()
    return HttpResponse("ok" if is_ready else "inte redo", content_type="text/plain", status=200 if is_ready else 503)
