"""Where people reach this installation, as a letter says it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def base_url(request: HttpRequest) -> str:
    """Return what an address in a letter begins with: as the installation says, else as whoever writes reached it. No slash last."""
    return str(settings.CONFIG.SAMSYN_URL or request.build_absolute_uri("/")).rstrip("/")
