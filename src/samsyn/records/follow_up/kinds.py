"""
The kinds of row that a plan is made of, named once: the word an address and a form use, the table, and how it is read.

What a page, a history or a redaction needs to know of a kind is read from here; `TABLE_WORDS` names the other tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from samsyn.chain import plan as chain
from samsyn.chain.row_words import ROW_WORDS
from samsyn.records.follow_up.models import DecisionAsked, FollowUpPlan, Lesson
from samsyn.records.plan.models import Action, ActionPlan, ActionStep, Bundle, Commitment, Goal, PlanProblem
from samsyn.records.scope import Editable
from samsyn.records.situation.models import Cause, Problem


@dataclass(frozen=True, slots=True)
class RowKind:
    """
    A kind of row.

    word      what a person calls it
    model     its table
    values    the chain's class that describes its fields
    in_plan   the column that leads to the plan: "plan_id", "id", or by way of the problems ("about" at the end)
    """

    word: str
    model: type[Editable]
    values: type
    in_plan: str = "plan_id"

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)

    def of_plan(self, partnership: UUID, plan: UUID) -> Any:
        """Return the rows of this kind that belong to a plan, withdrawn ones too."""
        if not self.in_plan.endswith("__in"):
            return self.model.objects.within(partnership).filter(**{self.in_plan: plan})
        about = PlanProblem.objects.within(partnership).filter(plan_id=plan).values("problem_id")
        return self.model.objects.within(partnership).filter(Q(**{self.in_plan: about}))


KINDS: dict[str, RowKind] = {
    "plan": RowKind("planen", ActionPlan, chain.Plan, "id"),
    "problem": RowKind(ROW_WORDS["problem"].one, Problem, chain.Problem, "id__in"),
    "cause": RowKind(ROW_WORDS["cause"].one, Cause, chain.Cause, "problem_id__in"),
    "goal": RowKind(ROW_WORDS["goal"].one, Goal, chain.Goal),
    "action": RowKind(ROW_WORDS["action"].one, Action, chain.Action),
    "step": RowKind(ROW_WORDS["step"].one, ActionStep, chain.Step, "action__plan_id"),
    "decision": RowKind(ROW_WORDS["decision"].one, DecisionAsked, chain.DecisionAsked),
    "bundle": RowKind(ROW_WORDS["bundle"].one, Bundle, chain.Bundle),
    "commitment": RowKind(ROW_WORDS["commitment"].one, Commitment, chain.Commitment),
    "follow_up": RowKind(ROW_WORDS["follow_up"].one, FollowUpPlan, chain.FollowUpPlan),
    "lesson": RowKind(ROW_WORDS["lesson"].one, Lesson, chain.Lesson),
}
KIND_OF_TABLE = {kind.table: name for name, kind in KINDS.items()}
TABLE_WORDS = {kind.table: kind.word for kind in KINDS.values()} | {
    "plan_checkin": "avstämning", "plan_staffnote": "det personalen sa", "plan_rulesilence": "skäl till tyst regel",
    "follow_up_facesetting": "skäl till en gubbe", "follow_up_informedon": "dag då styrgruppen informeras",
    "follow_up_savedreport": "sparad rapport", "follow_up_adoption": "antagen version",
    "source_sourcefile": "filnamn", "source_importrun": "inläst fil, som den förstods",
    "outbox_link": "personlig länk", "outbox_letter": "utskick", "outbox_notice": "påminnelse",
    "partnership_party": "kontakt hos en part", "partnership_absence": "frånvaro",
    "meeting_group": "grupp", "meeting_groupmember": "person i en grupp", "meeting_meeting": "möte", "meeting_agendapoint": "punkt på dagordningen",
    "meeting_attendance": "närvaro", "meeting_meetingline": "rad från ett möte", "meeting_assignmentanswer": "svar om ett uppdrag",
    "meeting_minutes": "protokoll",
}
