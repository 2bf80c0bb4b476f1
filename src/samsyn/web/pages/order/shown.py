"""The order as the page writes it: every row ready-made, with where a move would put it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from samsyn.chain.bundles import parts_of, together
from samsyn.chain.choices import Horizon
from samsyn.chain.face import implementation_of
from samsyn.chain.order import by_horizon, sequence
from samsyn.chain.plan import Action, Plan
from samsyn.chain.rows import name_of_action
from samsyn.chain.wording import count_words, counted
from samsyn.web.components.amounts import day
from samsyn.web.components.knots import letter


@dataclass(frozen=True, slots=True)
class OrderRow:
    """
    An action in the order.

    up, down   ids of the actions that it is put before when it is moved up or down; "" = last
    waits      names of what must be done first
    ended      how it was carried out, if that is over; or ""
    part       the letter of its combination, or None; `part_words` says which part it is
    """

    action: Action
    up: str
    down: str
    is_first: bool
    is_last: bool
    waits: list[str]
    ended: str
    due: SafeString
    effect: SafeString | None
    part: SafeString | None
    part_words: str


@dataclass(frozen=True, slots=True)
class ShownBundle:
    """A combination with its letter: what must be done, what it lacks, its parts, and the actions among them."""

    letter: SafeString
    id: str
    name: str
    why: str
    lacking: tuple[str, ...]
    parts: list[Action]


def order_rows(plan: Plan) -> list[OrderRow]:
    """Return the actions in the order they are to be carried out."""
    actions = sequence(plan)
    names, parts, last = {a.id: name_of_action(a) for a in actions}, parts_of(together(plan)), len(actions) - 1
    rows = []
    for i, action in enumerate(actions):
        part = parts.get(action.id)
        rows.append(OrderRow(
            action, actions[i - 1].id if i else "", actions[i + 2].id if i + 2 <= last else "", i == 0, i == last,
            [names[one] for one in action.depends_on if one in names], _ended(action), day(action.due_on, 0, action.due_typed),
            day(action.effect_from) if action.effect_from else None, letter(part.letter) if part else None, part.words if part else ""))
    return rows


def shown_bundles(plan: Plan) -> list[ShownBundle]:
    """Return the combinations in the order of their letters."""
    actions, why = {a.id: a for a in plan.actions}, {b.id: b.why for b in plan.bundles}
    return [ShownBundle(letter(one.letter), one.id, one.name, why[one.id], one.lacking, [actions[part.id] for part in one.parts]) for one in together(plan)]


def horizon_words(plan: Plan) -> str:
    """Return how much of what is left gives effect at once, and how much later; "" when nothing is left."""
    counts = {horizon: len(actions) for horizon, actions in by_horizon(plan).items()}
    if not any(counts.values()):
        return ""
    soon, late, unsaid = (counts[horizon] for horizon in (Horizon.SHORT, Horizon.LONG, None))
    said = f"Av det som är kvar ger {count_words(soon) if soon else 'ingen'} effekt genast och {count_words(late) if late else 'ingen'} på sikt."
    return said + (f" För {counted(unsaid, 'åtgärd', 'åtgärder')} är det inte sagt." if unsaid else "")


def _ended(action: Action) -> str:
    said = implementation_of(action)
    return said.label if said and said.is_ended else ""
