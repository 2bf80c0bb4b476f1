"""
Loke's seven questions: the table of contents.

    1  Vilka kommer till oss?                            questions/reach.py
    2  Gör vi det vi säger att vi gör?                   questions/fidelity.py
    3  Hur går det för dem?                              questions/standing.py
    4  Hur många fullföljer?                             questions/completing.py
    5  Blir det bättre?                                  questions/better.py
    6  Hur stora är förändringarna?                      questions/how_much.py
    7  Hur är det jämfört med människor i allmänhet?     questions/people_in_general.py
"""

from __future__ import annotations

from samsyn.analysis.answer import Finding
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.questions import better, completing, fidelity, how_much, people_in_general, reach, standing

QUESTIONS = (
    (1, "Vilka kommer till oss?", reach),
    (2, "Gör vi det vi säger att vi gör?", fidelity),
    (3, "Hur går det för dem?", standing),
    (4, "Hur många fullföljer?", completing),
    (5, "Blir det bättre?", better),
    (6, "Hur stora är förändringarna?", how_much),
    (7, "Hur är det jämfört med människor i allmänhet?", people_in_general),
)


def findings(tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    """Return every finding about one group, in the order of the questions."""
    return tuple(finding for _, _, question in QUESTIONS for finding in question.findings(tables, settings))
