"""
The plan as rows of the handbook's form: six columns, as text. Excel and CSV are written from here.

The rows are such that the importer reads the same plan back: every row says its whole cause, causes always have
a number, and nothing stands in a merged cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count

from samsyn.chain.choices import FormFace, Implementation, Result
from samsyn.chain.face import form_face
from samsyn.chain.plan import Action, Cause, Goal, Plan

COLUMNS = ("Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning")
WIDTHS = (34, 40, 34, 16, 30, 30)

_COLOURS = "|".join(re.escape(face.label) for face in FormFace)
_DIALS = "|".join(re.escape(dial.label) for dial in sorted(Implementation, key=lambda dial: -len(dial.label)))
_RESULTS = "|".join(re.escape(result.label) for result in sorted(Result, key=lambda result: -len(result.label)))
_WRITTEN_BEFORE = re.compile(
    rf"^\s*(?:(?:{_COLOURS})\b[.,:]?\s*)?(?:(?:{_DIALS})(?:\.|\Z)\s*)?(?:Resultat: (?:{_RESULTS})(?:\.|\Z)\s*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of the form. `cells` has one text for each of COLUMNS; `face` colours the sixth, None = no colour."""

    cells: tuple[str, str, str, str, str, str]
    face: FormFace | None = None


def form_rows(plan: Plan) -> tuple[FormRow, ...]:
    """
    Return the plan as rows of the form.

    Actions without a cause come first, so that no cause above can be taken for theirs. Then each cause in the order
    of its number with the actions that name it first; a cause without action has a row of its own. Last come goals
    that no action serves.
    """
    numbers = cause_numbers(plan)
    causes = {cause.id: cause for cause in plan.causes}
    goals = {goal.id: goal for goal in plan.goals}
    by_first_cause: dict[str, list[Action]] = {}
    for action in plan.actions:
        known = sorted((cause for cause in action.causes if cause in causes), key=lambda cause: numbers[cause])
        by_first_cause.setdefault(known[0] if known else "", []).append(action)
    rows = [_row(action, causes, goals, numbers) for action in by_first_cause.pop("", [])]
    served = {cause for action in plan.actions for cause in action.causes}
    for cause in sorted(plan.causes, key=lambda cause: numbers[cause.id]):
        rows += [_row(action, causes, goals, numbers) for action in by_first_cause.get(cause.id, [])]
        if cause.id not in served:
            rows.append(FormRow((_cause_text(cause, numbers), "", "", "", "", "")))
    aimed = {goal for action in plan.actions for goal in action.goals}
    rows += [FormRow(("", "", goal.text, "", "", "")) for goal in plan.goals if goal.id not in aimed and goal.text]
    return tuple(rows)


def cause_numbers(plan: Plan) -> dict[str, int]:
    """Return a number for every cause: its own, or the next free one if it has none or shares it with an earlier cause."""
    taken: set[int] = set()
    numbers: dict[str, int] = {}
    for cause in plan.causes:
        if cause.number is not None and cause.number > 0 and cause.number not in taken:
            numbers[cause.id] = cause.number
            taken.add(cause.number)
    free = (number for number in count(1) if number not in taken)
    return numbers | {cause.id: next(free) for cause in plan.causes if cause.id not in numbers}


def follow_up_text(action: Action) -> str:
    """
    Return the sixth column in words: colour, implementation, result, and then what a file said there besides.

    What an earlier export wrote is left out of the file's text, so that a plan can go out and in any number of times.
    """
    face = form_face(action)
    words = [f"{face.label}."] if face else []
    if action.implementation is not None:
        words.append(f"{action.implementation.value.label}.")
    if action.result is not None:
        words.append(f"Resultat: {action.result.value.label}.")
    kept = _WRITTEN_BEFORE.sub("", action.followed_up, count=1).strip()
    return " ".join([*words, kept]).strip()


def _row(action: Action, causes: dict[str, Cause], goals: dict[str, Goal], numbers: dict[str, int]) -> FormRow:
    known = sorted((causes[cause] for cause in action.causes if cause in causes), key=lambda cause: numbers[cause.id])
    return FormRow((
        "\n".join(_cause_text(cause, numbers) for cause in known),
        f"{action.number} {action.text}".strip() if action.number else action.text,
        "\n".join(goals[goal].text for goal in action.goals if goal in goals and goals[goal].text),
        _when(action),
        "\n".join(part for part in (_responsible(action), action.others.strip()) if part),
        follow_up_text(action),
    ), form_face(action))


def _cause_text(cause: Cause, numbers: dict[str, int]) -> str:
    return f"{numbers[cause.id]}. {cause.text}".strip()


def _when(action: Action) -> str:
    """The words that were typed come first: they say more than the date they were taken for."""
    return action.due_typed.strip() or (action.due_on.isoformat() if action.due_on else "")


def _responsible(action: Action) -> str:
    who = ", ".join(part for part in (action.responsible.strip(), action.responsible_organisation.strip()) if part)
    contact = (action.responsible_phone.strip(), action.responsible_email.strip())
    return "\n".join(part for part in (who, *contact) if part)
