"""The board of a long plan, a page at a time. Filters and counts see all of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from samsyn.chain.plan import Action

ROWS = 200


@dataclass(frozen=True, slots=True)
class BoardPage:
    """
    The actions that stand on one page, and its place among the pages.

    before    number of actions on the pages before
    count     number of pages, at least 1
    address   what the number of a page is added to
    """

    actions: list[Action]
    number: int
    count: int
    before: int
    address: str

    @property
    def first(self) -> int:
        return self.before + 1

    @property
    def last(self) -> int:
        return self.before + len(self.actions)

    @property
    def is_last(self) -> bool:
        return self.number == self.count


def page_with(place: int) -> int:
    """Return the number of the page where the action with this place among all of them stands. The first has place 0."""
    return place // ROWS + 1


def page_of(actions: list[Action], query: QueryDict) -> BoardPage:
    """Return the page that an address asks for with `sida`; a number that does not exist gives the nearest page."""
    count = max(1, -(-len(actions) // ROWS))
    asked = query.get("sida", "")
    number = min(max(int(asked), 1), count) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    before = (number - 1) * ROWS
    kept = query.copy()
    kept.pop("sida", None)
    return BoardPage(actions[before:before + ROWS], number, count, before, f"?{kept.urlencode()}&sida=" if kept else "?sida=")
