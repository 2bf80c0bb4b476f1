"""What is looked at before the server starts: a page that says no right stops it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver


@checks.register(checks.Tags.urls)
def every_page_says_its_right(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Every address has a view that says what it needs."""
    return [
        checks.Error(f"The view of /{route} says no right.", hint="Mark it with @page(...).", id="samsyn.E001")
        for route, view in pages(get_resolver().url_patterns)
        if not hasattr(view, "needs")
    ]


def pages(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (route, view) of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern.callback
