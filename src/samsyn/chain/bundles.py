"""The combinations of a plan as pages and drawings show them: each has a letter, and all its parts bear it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from samsyn.chain.chain_values import PartOf, Same, Together
from samsyn.chain.order import bundles_standing
from samsyn.chain.plan import Action, Plan
from samsyn.chain.rows import name_of_action, shortened


def together(plan: Plan) -> tuple[Together, ...]:
    """Return the combinations of a plan, lettered A, B and so on in the plan's order."""
    return tuple(
        Together(letter_of(place), one.bundle.id, shortened(one.bundle.text),
                 tuple(Same(part.action.number or f"”{name_of_action(part.action)}”", part.action.id) for part in one.parts), one.lacking)
        for place, one in enumerate(bundles_standing(plan)))


def parts_of(bundles: Iterable[Together]) -> dict[str, PartOf]:
    """Return id of an action -> the combination that it is a part of."""
    return {part.id: PartOf(one.letter, f"Del {number} av {len(one.parts)} i {one.name}", bool(one.lacking))
            for one in bundles for number, part in enumerate(one.parts, start=1)}


def letter_of(place: int) -> str:
    """Return A for 0, B for 1, and AA after Z."""
    return (letter_of(place // 26 - 1) if place > 25 else "") + chr(ord("A") + place % 26)


def runs_of(actions: Sequence[Action]) -> list[list[Action]]:
    """Return the actions with those side by side that are parts of one combination; any other stands alone."""
    return [[action for _, action in run] for _, run in groupby(enumerate(actions), lambda pair: pair[1].bundle or pair[0])]
