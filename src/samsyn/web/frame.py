"""What every page has around it: the menu, who is signed in, and whether the town is invented."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from samsyn.records.access.reads import has_users, installation

MENU = (("/", "Min vecka"), ("/planer/", "Planer"), ("/moten/", "Möten"))
MY_MENU = (("/installningar/", "Inställningar"),)


class _Known:
    """What never changes back once it is so, and need not be asked again."""

    has_users = False


def is_first_visit() -> bool:
    """Whether nobody can sign in yet."""
    if not _Known.has_users:
        _Known.has_users = has_users()
    return not _Known.has_users


@cache
def _is_demo_made() -> bool:
    found = installation()
    if found is None:
        raise LookupError
    return found.is_demo


def is_demo() -> bool:
    """Whether this is the demonstration town. Asked once; before the installation is made it is not."""
    try:
        return _is_demo_made()
    except LookupError:
        return False


def forget() -> None:
    """Forget what is known of the installation. For tests, which change it."""
    _Known.has_users = False
    _is_demo_made.cache_clear()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context that base.html reads."""
    member = getattr(request, "member", None)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"is_demo": is_demo(), "login_url": reverse("account_login")}
    return {
        "menu": [(address, label, _is_current(request.path, address)) for address, label in MENU] if member else [],
        "me": user.name,
        "me_menu": [(address, label, _is_current(request.path, address)) for address, label in MY_MENU],
        "logout_url": reverse("account_logout"),
        "partnership_name": member.partnership_name if member else "",
        "member": member,
        "is_demo": is_demo(),
    }


def _is_current(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
