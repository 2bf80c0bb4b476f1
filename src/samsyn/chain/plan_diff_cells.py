"""
One cell, one question: what stands in one cell of the form, and has been changed on both sides, is asked about as one thing.

"mars 2027" is a day and the words it was written with. Asked about apart, the two could be answered against each other, and
it would be said of the words that both have changed them, where only the day was changed in Samsyn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from samsyn.chain.plan import Plan
from samsyn.chain.plan_details import FIELDS_OF_ROLE, Value
from samsyn.chain.plan_diff_values import KEEP, Instruction, Option, PlanDiff, Question
from samsyn.chain.plan_findings import Findings, field_words, shown

MAIN = {"action": "text", "when": "due_on", "responsible": "responsible"}
"""The field that gives a cell of an action its name."""
ROLE_OF = {name: role for role, names in FIELDS_OF_ROLE.items() if role in MAIN for name in names}


def one_question_a_cell(diff: PlanDiff, stored: Plan) -> PlanDiff:
    """Return the difference with the questions about one cell made one, where the first of them stood."""
    cells: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in diff.questions:
        if _is_of_a_cell(question):
            cells[question.id, ROLE_OF[question.field]].append(question)
    findings = Findings(stored)
    first = {asked[0].key: _one(role, asked, findings) for (_, role), asked in cells.items()}
    merged = {question.key for asked in cells.values() for question in asked}
    questions = tuple(first.get(one.key, one) for one in diff.questions if one.key not in merged or one.key in first)
    return replace(diff, questions=questions)


def cell_words(values: Iterable[str]) -> str:
    """Return what stands in a cell's fields as one text, the first of them first: "2027-03-31 (mars 2027)"."""
    main, *rest = values
    more = ", ".join(word for word in rest if word)
    return f"{main} ({more})" if main and more else main or more


def _is_of_a_cell(question: Question) -> bool:
    options = [option for option in question.options if option.key != KEEP]
    return question.is_both and question.kind == "action" and question.field in ROLE_OF and len(options) == 1


def _one(role: str, asked: list[Question], findings: Findings) -> Question:
    main = MAIN[role]
    also = tuple(question.field for question in asked if question.field != main)
    if not also:
        return asked[0]
    row = asked[0].id
    instructions = tuple(one for question in asked for option in question.options if option.key != KEEP for one in option.instructions)
    stands = _words([findings.value("action", row, name) for name in (main, *also)])
    takes = _words([_after(name, instructions, findings.value("action", row, name)) for name in (main, *also)])
    options = (Option("file:1", f"Filens: {takes}", instructions=instructions), Option(KEEP, f"Behåll det som står i planen: {stands}"))
    label = field_words("action", main)[0]
    return replace(asked[0], key=f"ask:action:{row}:{main}", field=main, also=also, options=options,
                   words=f"{label} är ändrat både i filen och i Samsyn sedan filen togs ut. Vad ska gälla?")


def _after(name: str, instructions: Iterable[Instruction], stored: Value) -> Value:
    """Return what a field will say if the file's words are taken."""
    return next((one.value for one in instructions if one.field == name), stored)


def _words(values: Iterable[Value]) -> str:
    return cell_words("" if value in (None, "", ()) else shown(value) for value in values) or "inget"
