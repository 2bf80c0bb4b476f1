"""A link to choose a new password: single-use, since it is tied to the old one, and short-lived."""

from __future__ import annotations

from typing import Any

from django.core import signing

from samsyn.records.access.reads import user_by_id

SALT, LASTS = "new password", 3 * 24 * 60 * 60


def password_token(user: Any) -> str:
    """Return the token of a link for the person."""
    return signing.dumps({"user": str(user.id), "old": user.get_session_auth_hash()[:16]}, salt=SALT)


def user_of_password_token(token: str) -> Any:
    """Return the person a token is for, or None if it is used, too old or not ours."""
    try:
        held = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    user = user_by_id(held["user"])
    return user if user and user.is_active and user.get_session_auth_hash()[:16] == held["old"] else None
