"""What time it is. Pages ask here and pass it inwards; nothing further in looks at the clock."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return this moment, with time zone."""
    return timezone.now()


def today() -> date:
    """Return the day in Sweden."""
    return timezone.localdate()
