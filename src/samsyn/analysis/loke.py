"""
Loke's seven questions: the table of contents.

    1  Vilka kommer till oss?                            questions/reach.py
    2  Gör vi det vi säger att vi gör?                   questions/fidelity.py
    3  Hur går det för dem?                              questions/standing.py
    4  Hur många fullföljer?                             questions/completing.py
    5  Blir det bättre?                                  questions/better.py
    6  Hur stora är förändringarna?                      questions/how_much.py
    7  Hur är det jämfört med människor i allmänhet?     questions/people_in_general.py

Beside each stands <question>_answer.py: its sentences, tables and charts, made only of what the reader may see.
"""

from __future__ import annotations

from types import ModuleType

from samsyn.analysis.answer import Answer, Finding
from samsyn.analysis.disclosure import Rule
from samsyn.analysis.engine import Aggregated
from samsyn.analysis.loke_counts import counts_beside, counts_of, partitions_of
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.questions import (
    better, better_answer, completing, completing_answer, fidelity, fidelity_answer, how_much, how_much_answer, people_in_general,
    people_in_general_answer, reach, reach_answer, standing, standing_answer,
)  # fmt: skip
from samsyn.analysis.questions.comparing import with_comparison
from samsyn.analysis.questions.told import Told, told_of
from samsyn.analysis.seen_counts import seen_by

QUESTIONS: tuple[tuple[int, str, ModuleType, ModuleType], ...] = (
    (1, reach_answer.TITLE, reach, reach_answer),
    (2, fidelity_answer.TITLE, fidelity, fidelity_answer),
    (3, standing_answer.TITLE, standing, standing_answer),
    (4, completing_answer.TITLE, completing, completing_answer),
    (5, better_answer.TITLE, better, better_answer),
    (6, how_much_answer.TITLE, how_much, how_much_answer),
    (7, people_in_general_answer.TITLE, people_in_general, people_in_general_answer),
)
ANSWERED_ALONE = 24
"""With more groups than these, the groups stand beside each other in tables, and are not answered one by one."""


def findings(tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    """Return every finding about one group, in the order of the questions: unprotected, for those who may see everything."""
    return tuple(finding for _, _, question, _ in QUESTIONS for finding in question.findings(tables, settings))


def told(aggregated: Aggregated, settings: LokeSettings, rule: Rule) -> tuple[Told, tuple[Told, ...]]:
    """Return what may be told of everybody and of each group, as the reader may see it."""
    counts = counts_of(aggregated.everybody, settings)
    by_group = [counts_beside(counts, group, settings) for group in aggregated.groups]
    whole, parts = seen_by(counts, by_group, partitions_of(counts, settings), rule)
    everybody = told_of(
        aggregated.everybody, settings, findings(aggregated.everybody, settings), counts, whole, rule, aggregated.left_out
    )  # fmt: skip
    groups = (
        told_of(tables, settings, findings(tables, settings), named, seen, rule)
        for tables, named, seen in zip(aggregated.groups, by_group, parts, strict=True)
    )
    return everybody, tuple(groups)


def protected_findings(aggregated: Aggregated, settings: LokeSettings, rule: Rule) -> tuple[Finding, ...]:
    """Return every finding of everybody and of each group, as the reader may see it."""
    everybody, groups = told(aggregated, settings, rule)
    return tuple(finding for one in (everybody, *groups) for finding in one.found.values())


def answers(aggregated: Aggregated, settings: LokeSettings, rule: Rule) -> tuple[Answer, ...]:
    """
    Return the seven answers about everybody, and then about each group that may be seen and of which there is more to say than its size.

    rule   what the reader may see; no count that it hides stands in an answer or can be worked out from them
    """
    everybody, groups = told(aggregated, settings, rule)
    whole: list[Answer] = [module.answer(everybody) for _, _, _, module in QUESTIONS]
    if len(groups) > 1:
        whole = [with_comparison(one, everybody, groups, aggregated.everybody, aggregated.groups) for one in whole]
    alone = [group for group in groups if group.says_anything] if len(groups) <= ANSWERED_ALONE else []
    return *whole, *(module.answer(one) for one in alone for _, _, _, module in QUESTIONS)
