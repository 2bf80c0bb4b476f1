"""How signing in behaves: only the invited, and only mail that can be sent."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

from samsyn.records.access.reads import user_by_email


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up by themselves; a person comes in by an invitation."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte. Försök igen, eller be samordnaren om en länk för ett nytt lösenord.",
        "too_many_login_attempts": "För många försök. Vänta några minuter och försök igen.",
    }

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """
        Return whose failed tries are counted together: those on one account from one place.

        Counted by account alone, a stranger anywhere could keep the account's owner out. The place is the visitor's
        address as `get_client_ip` trusts it, of IPv6 the network: a household or an office, not a guess each.
        """
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def is_safe_url(self, url: str | None) -> bool:
        """Whether somebody may be led there after signing in. What cannot be read as an address is none of ours."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing when somebody signs in or out: the page shows it."""

    def filter_users_by_email(self, email: str, is_active: bool | None = None, prefer_verified: bool = False) -> list[Any]:
        user = user_by_email(email)
        return [user] if user and (is_active is None or user.is_active == is_active) else []
