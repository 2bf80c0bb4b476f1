"""What somebody has chosen of a difference, as instructions to write. Pure: the flow that writes checks rights and versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b

from samsyn.chain.plan import Action, Plan
from samsyn.chain.plan_details import Value, rows_by_key
from samsyn.chain.plan_diff_values import FILE, Change, Doing, Gone, Instruction, New, Option, PlanDiff, Question
from samsyn.chain.plan_findings import is_same, references_in, with_ids

YES = "yes"
OWNED = {"step": "action"}  # a row that cannot be without the one it belongs to


Entry = New | Change | Gone | Question


class ChoicesClash(ValueError):
    """
    Two of the file's rows are said to be the same row of the plan, or a cause is chosen without its problem.

    The message says which.
    """


def preselected(diff: PlanDiff) -> dict[str, str]:
    """Return the choices that take all that is new and changed. What is gone, and what is asked, a person chooses."""
    return {new.key: YES for new in diff.new} | {change.key: YES for change in diff.changed}


def marks(diff: PlanDiff, stored: Plan) -> dict[str, str]:
    """
    Return key of everything that can be chosen -> a mark of what it would write, and over what.

    A page shows the marks beside the choices, and sends them back. One that is another by then is not what was chosen.
    stored   the plan that the difference was made for: what is gone is marked by all that would be withdrawn
    """
    rows = rows_by_key(stored)
    entries: tuple[Entry, ...] = (*diff.new, *diff.changed, *diff.gone, *diff.questions)
    return {entry.key: _mark(entry, rows.get((entry.kind, entry.id))) for entry in entries}


def _mark(entry: Entry, row: object) -> str:
    match entry:
        case New():
            what: object = entry.values
        case Change():
            what = (entry.stored, entry.read)
        case Gone():
            what = replace(row, number="") if isinstance(row, Action) else row  # the number follows from what stands before it
        case Question():
            stands = [line for line in entry.options if not line.instructions and not line.takes]
            what = ([(one.key, one.takes, one.instructions) for one in entry.options], [one.words for one in stands] if entry.field else "",
                    [(one.key, one.stored, one.read) for one in entry.follows])
    return blake2b(repr((entry.key, what)).encode("utf-8", "replace"), digest_size=6).hexdigest()


def apply_diff(diff: PlanDiff, choices: Mapping[str, str]) -> tuple[Instruction, ...]:
    """
    Return what to write: first new rows, then values, then what is withdrawn.

    choices   key of New, Change or Gone -> "yes"; key of Question -> key of an Option. What is not chosen is left alone
    raises    ChoicesClash   if two questions are answered with the same row, or a new cause is chosen without its new problem
              KeyError       if a question has no such option
    """
    answers = {question.key: _option(question, choices[question.key]) for question in diff.questions if choices.get(question.key)}
    ids = _ids(diff, answers)
    added = [new for new in diff.new if choices.get(new.key) == YES]
    made = {new.id for new in added}
    made |= {question.reference for question in diff.questions if (option := answers.get(question.key)) and _adds(option)}
    wanted = list(_wanted(diff, choices, answers, added, ids))
    there = [one for one in (_with_known_links(instruction, ids, made) for instruction in wanted) if one is not None]
    _refuse_causes_alone(diff, wanted, there, made)
    homeless = _homeless(there, made)
    kept = [one for one in there if one.id not in homeless]
    return tuple(sorted(kept, key=lambda one: (Doing.ADD, Doing.SET, Doing.WITHDRAW).index(one.doing)))


def _option(question: Question, key: str) -> Option:
    return {option.key: option for option in question.options}[key]


def _adds(option: Option) -> bool:
    return any(instruction.doing is Doing.ADD for instruction in option.instructions)


def _ids(diff: PlanDiff, answers: Mapping[str, Option]) -> dict[str, str]:
    """Return reference -> id of the row it is, as answered; unanswered, the row it most likely is."""
    ids: dict[str, str] = {}
    taken: dict[tuple[str, str], str] = {}
    for question in diff.questions:
        option = answers.get(question.key)
        if option and option.takes:
            if (question.kind, option.takes) in taken:
                raise ChoicesClash(f"Två rader i filen kan inte vara samma rad i planen: ”{taken[question.kind, option.takes]}” och ”{question.label}”.")
            taken[question.kind, option.takes] = question.label
        likely = option or next((one for one in question.options if one.takes), None)
        if question.reference and likely and likely.takes:
            ids[question.reference] = likely.takes
    return ids


def _wanted(diff: PlanDiff, choices: Mapping[str, str], answers: Mapping[str, Option], added: list[New], ids: Mapping[str, str]) -> Iterator[Instruction]:
    for new in added:
        yield Instruction(Doing.ADD, new.kind, new.id)
        yield from (Instruction(Doing.SET, new.kind, new.id, name, value) for name, value in new.values)
    for change in diff.changed:
        if choices.get(change.key) == YES:
            yield from _set(change, ids)
    for question in diff.questions:
        option = answers.get(question.key)
        if option is not None:
            yield from option.instructions
            for change in question.follows if _adds(option) else ():
                yield from _set(change, ids)
    taken = {(question.kind, answers[question.key].takes) for question in diff.questions if question.key in answers}
    for gone in diff.gone:
        if choices.get(gone.key) == YES and (gone.kind, gone.id) not in taken:
            yield Instruction(Doing.WITHDRAW, gone.kind, gone.id)


def _set(change: Change, ids: Mapping[str, str]) -> Iterator[Instruction]:
    """Yield what a change writes; nothing if it changes nothing once it is known which rows its links mean."""
    if not is_same(change.field, with_ids(change.read, dict(ids)), change.stored):
        yield Instruction(Doing.SET, change.kind, change.id, change.field, change.read)


def _with_known_links(instruction: Instruction, ids: Mapping[str, str], made: set[str]) -> Instruction | None:
    """Return an instruction whose links lead somewhere: a reference to a row that is not taken in is left out."""
    if not references_in(instruction.value):
        return instruction
    value = with_ids(instruction.value, dict(ids))
    if isinstance(value, tuple):
        kept: Value = tuple(one for one in value if not (isinstance(one, str) and one.startswith(FILE) and one not in made))  # type: ignore[assignment]
        return replace(instruction, value=kept)
    return replace(instruction, value=value) if value in made or not references_in(value) else None


def _refuse_causes_alone(diff: PlanDiff, wanted: list[Instruction], there: list[Instruction], made: set[str]) -> None:
    """Raise ChoicesClash if a cause that is to be added stands under a problem of the file that was not chosen."""
    under = {one.id: one.value for one in wanted if (one.kind, one.field) == ("cause", "problem") and one.id in made}
    at_home = {one.id for one in there if (one.kind, one.field) == ("cause", "problem")}
    names = {new.id: new.label for new in diff.new} | {question.reference: question.label for question in diff.questions}
    for cause, problem in under.items():
        if cause not in at_home:
            raise ChoicesClash(f"Orsaken ”{names[cause]}” står under problemet ”{names.get(str(problem), '')}” i filen. Välj problemet också, "
                               "eller låt bli orsaken.")


def _homeless(instructions: list[Instruction], made: set[str]) -> set[str]:
    """Return references of new rows that belong to a row which is not taken in."""
    owned = {one.id: OWNED[one.kind] for one in instructions if one.doing is Doing.ADD and one.kind in OWNED}
    at_home = {one.id for one in instructions if one.doing is Doing.SET and owned.get(one.id) == one.field}
    return set(owned) - at_home


