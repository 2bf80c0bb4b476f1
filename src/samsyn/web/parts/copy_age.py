"""Whether the installation's newest safety copy is too old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings

from samsyn.records.access.reads import installation

OLD = timedelta(hours=25)  # a night and an hour


def is_copy_old(now: datetime) -> bool:
    """Return whether there has been time for a copy, and none is newer than a night and an hour."""
    copies = (settings.CONFIG.folder / "backup").glob("samsyn-*.zip")
    newest = max((path.stat().st_mtime for path in copies), default=None)
    if newest is not None:
        return now - datetime.fromtimestamp(newest, UTC) > OLD
    made = installation()
    return made is not None and now - made.made_at > OLD
