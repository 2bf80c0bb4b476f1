"""What is looked at before the server starts: a faulty SQLite, lost triggers or a page without a right stop it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver


@checks.register(checks.Tags.urls)
def every_page_says_its_right(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Every address has a view that says what it needs."""
    return [
        checks.Error(f"The view of /{route} says no right.", hint="Mark it with @page(...).", id="samsyn.E001")
        for route, view in pages(get_resolver().url_patterns)
        if not hasattr(view, "needs")
    ]


@checks.register(checks.Tags.database)
def sqlite_is_safe(**_kwargs: Any) -> list[checks.CheckMessage]:
    """The linked SQLite has not the WAL-reset fault, and is set to survive a power cut."""
    from sqlite3 import sqlite_version_info

    from samsyn.site.sqlite import FaultySQLite, refuse_faulty

    try:
        refuse_faulty(sqlite_version_info)
    except FaultySQLite as fault:
        return [checks.Error(str(fault), id="samsyn.E002")]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        synchronous = cursor.fetchone()[0]
    return [] if synchronous == 2 else [checks.Error("SQLite does not run with synchronous=FULL.", id="samsyn.E003")]


def pages(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (route, view) of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern.callback
