"""What a rule of the plan check finds, and the register that keeps the rules of one module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from samsyn.catalog.load import Rule
from samsyn.chain.plan import Action, Ids
from samsyn.chain.rows import Rows, name_of_action


@dataclass(frozen=True, slots=True)
class Found:
    """
    A row that breaks a rule.

    kind      "plan", "problem", "cause", "goal", "action", "bundle", "commitment" or "follow_up"
    id        the row's id; a follow-up plan that nobody has written has the plan's id
    field     the attribute of the row that is to be filled: of a cause or problem also "causes", "actions" or "goals"
              (rows to add), of an action also "check_ins", of a bundle "parts" (its actions), of the plan also
              "due_on" and "horizon" (of its actions) and "responsible" (who does what)
    words     what the rule's sentence is filled with; "row" is the row's name
    frees     ids of the rows that stand free when it is mended, the row itself first
    together  remarks of a rule with the same word here are freed by one mend; "" = mended alone
    place     where the row was read, "" if it was written here
    otherwise True when the rule is broken in its second way
    """

    kind: str
    id: str
    field: str
    words: Mapping[str, str]
    frees: Ids
    together: str = ""
    place: str = ""
    otherwise: bool = False


Looks = Callable[[Rows, Rule], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Register:
    """Keeps the rules of a module: `@_rule("an-id")` above a function."""

    by_id: dict[str, Looks] = field(default_factory=dict)

    def __call__(self, rule_id: str) -> Callable[[Looks], Looks]:
        def keep(function: Looks) -> Looks:
            assert rule_id not in self.by_id, f"{rule_id} has two functions"
            self.by_id[rule_id] = function
            return function

        return keep


def about_action(action: Action, to_fill: str, *, together: str = "", otherwise: bool = False, **words: str) -> Found:
    """Return what was found of an action, which is freed by its own mend."""
    named = {"row": name_of_action(action), **words}
    return Found("action", action.id, to_fill, named, (action.id,), together, action.place, otherwise)


def about_plan(rows: Rows, to_fill: str, frees: Ids = (), *, otherwise: bool = False, **words: str) -> Found:
    """Return what was found of the plan as a whole. `frees` names the rows that are freed with it."""
    return Found("plan", rows.plan.id, to_fill, {"row": "Planen", **words}, (rows.plan.id, *frees), otherwise=otherwise)
