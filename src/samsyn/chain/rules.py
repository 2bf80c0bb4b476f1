"""
Every rule of the plan check, by id: one small function each.

What a rule is called, why it exists and what it says stand in catalog/checks; the functions hold only how it sees.
A function gets the rows of the plan and the rule, and yields the rows that break it.
"""

from __future__ import annotations

from collections.abc import Mapping

from samsyn.catalog.load import rules
from samsyn.chain.facts import known_facts
from samsyn.chain.found import Looks
from samsyn.chain.rows import Rows
from samsyn.chain.rules_of_follow_up import RULES as OF_FOLLOW_UP
from samsyn.chain.rules_of_order import RULES as OF_ORDER
from samsyn.chain.rules_of_promises import RULES as OF_PROMISES
from samsyn.chain.rules_of_rows import RULES as OF_ROWS

_PARTS = (OF_ROWS, OF_ORDER, OF_FOLLOW_UP, OF_PROMISES)

RULE_FUNCTIONS: Mapping[str, Looks] = {rule_id: looks for part in _PARTS for rule_id, looks in part.items()}
assert len(RULE_FUNCTIONS) == sum(len(part) for part in _PARTS), "a rule has a function in two modules"


def ids_breaking(rule_id: str, rows: Rows) -> frozenset[str]:
    """Return the ids of the rows that break a rule, silenced or not; none if the plan cannot carry what the rule needs."""
    rule = rules()[rule_id]
    return frozenset(found.id for found in RULE_FUNCTIONS[rule_id](rows, rule)) if known_facts(rows.plan).issuperset(rule.facts) else frozenset()
