"""
A link to choose a new password: single-use, since it is tied to the old one, and short-lived.

It is tied to the collaborations the person takes part in too: one coordinator's link must not open another's rooms.
"""

from __future__ import annotations

from typing import Any

from django.core import signing

from samsyn.records.access.reads import user_by_id
from samsyn.records.partnership.reads import members_of_user

SALT, LASTS = "new password", 3 * 24 * 60 * 60
LASTS_WORDS = "tre dagar"


def password_token(user: Any) -> str:
    """Return the token of a link for the person."""
    return signing.dumps({"user": str(user.id), **_tied_to(user)}, salt=SALT)


def user_of_password_token(token: str) -> Any:
    """Return the person a token is for, or None if it is used, too old or not ours."""
    try:
        held = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    user = user_by_id(held["user"])
    return user if user and user.is_active and held == {"user": held["user"], **_tied_to(user)} else None


def _tied_to(user: Any) -> dict[str, Any]:
    return {"old": user.get_session_auth_hash()[:16], "places": sorted(str(place.partnership) for place in members_of_user(user.id))}
