"""The addresses of a plan's rows, for pages that write many of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses made once: a reverse a row would cost more than the row itself."""

    action: str
    cause: str
    problem: str
    add_cause: str


def links_of(plan: UUID) -> Links:
    """Return the addresses of a plan's rows, with {} where the row's id goes."""
    zero = "00000000-0000-0000-0000-000000000000"
    action, cause, problem = (reverse(name, args=[plan, zero]).replace(zero, "{}") for name in ("action", "change_cause", "change_problem"))
    return Links(action, cause, problem, reverse("add_cause", args=[plan]))
