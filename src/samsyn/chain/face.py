"""
The face: what is known of an action's carrying out, and what to suggest for its two sides.

A suggestion is never stored by itself; a named person sets each side. A colour from a file suggests an
implementation, never a result. The suggested result is never better or worse: until measurements exist it is
"för tidigt" or "inte mätt".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from samsyn.chain.choices import ENDED, FORM_FACE_OF, FormFace, Implementation, RestsOn, Result
from samsyn.chain.plan import Action, CheckIn
from samsyn.chain.wording import date_words, local_day, sentence

Side = TypeVar("Side", Implementation, Result)


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[Side]):
    """What Samsyn would say, with at least one reason: a Swedish sentence each."""

    value: Side
    reasons: tuple[str, ...]


def standing_check_ins(action: Action) -> tuple[CheckIn, ...]:
    """Return the check-ins that no other corrects, oldest first."""
    corrected = {check_in.corrects for check_in in action.check_ins}
    return tuple(sorted((c for c in action.check_ins if c.id not in corrected), key=lambda c: c.at))


def implementation_of(action: Action) -> Implementation | None:
    """
    Return how far the action has come as somebody has said it, or None if nobody has.

    What a person has set comes first, then the last check-in that says it, then the words of a file, then its colour.
    """
    said = action.implementation
    if said is not None and not said.by_file:
        return Implementation(said.value)
    for check_in in reversed(standing_check_ins(action)):
        if check_in.implementation is not None:
            return check_in.implementation
    if said is not None:
        return Implementation(said.value)
    return _of_colour(action.form_face)


def is_said_by_person(action: Action) -> bool:
    """Return whether a person, and not only a file, has said how far the action has come: on the dial or in a check-in."""
    said = action.implementation
    return bool(said and not said.by_file) or any(check_in.implementation for check_in in standing_check_ins(action))


def has_ended(action: Action) -> bool:
    """Return whether somebody has said that nothing more of the action is to be carried out."""
    how_far = implementation_of(action)
    return how_far is not None and how_far.is_ended


def _of_colour(colour: FormFace | None) -> Implementation | None:
    """Return the weakest thing a colour says. Red may be not started or not done: it says nothing of which."""
    return {FormFace.GREEN: Implementation.DONE, FormFace.YELLOW: Implementation.UNDER_WAY}.get(colour) if colour else None


def form_face(action: Action) -> FormFace | None:
    """
    Return the colour for the sixth column of the form, or None if nobody has said anything.

    A colour that came with a file is kept as said until a person sets the implementation.
    """
    said = action.implementation
    if said is not None and not (said.by_file and action.form_face):
        return FORM_FACE_OF[Implementation(said.value)]
    return action.form_face


def suggest_implementation(action: Action, today: date) -> Suggestion[Implementation]:
    """
    Suggest how far the action has come, with every reason.

    Check-ins and steps come first, since they are later than any file; then the file's words; then its colour; last
    what was said in the plan before. A step that is done says more than an earlier check-in that says less.
    """
    for evidence in ([_by_check_ins(action), _by_steps(action)], [_by_file(action)], [_by_colour(action, today)], [_by_earlier(action)]):
        found = [one for one in evidence if one]
        if found:
            return Suggestion(_furthest([value for value, _ in found]), tuple(reason for _, reason in found))
    return Suggestion(Implementation.NOT_STARTED, tuple(_reasons_of_silence(action, today)))


def _furthest(values: list[Implementation]) -> Implementation:
    """Return the first value if it says how the action ended, otherwise the furthest."""
    order = (Implementation.NOT_STARTED, Implementation.UNDER_WAY, Implementation.DONE)
    return values[0] if values[0] not in order else max(values, key=order.index)


def _by_check_ins(action: Action) -> tuple[Implementation, str] | None:
    standing = standing_check_ins(action)
    for check_in in reversed(standing):
        if check_in.implementation is not None:
            day = date_words(local_day(check_in.at))
            return check_in.implementation, f"Avstämningen {day} säger ”{check_in.implementation.label.lower()}”."
    if standing:
        return Implementation.UNDER_WAY, f"Det finns en avstämning från {date_words(local_day(standing[-1].at))}."
    return None


def _by_steps(action: Action) -> tuple[Implementation, str] | None:
    total = len(action.steps)
    done = sum(step.done_on is not None for step in action.steps)
    if not done:
        return None
    if done < total:
        return Implementation.UNDER_WAY, f"{done} av {total} moment är gjorda."
    return Implementation.DONE, "Alla moment är gjorda. Säg hur det gick till."


def _by_file(action: Action) -> tuple[Implementation, str] | None:
    said = action.implementation
    if said is None or not said.by_file:
        return None
    value = Implementation(said.value)
    return value, f"Filen säger ”{value.label.lower()}”."


def _by_colour(action: Action, today: date) -> tuple[Implementation, str] | None:
    match action.form_face:
        case FormFace.GREEN:
            return Implementation.DONE, "Filen har grönt. Då är åtgärden gjord, men färgen säger inte hur."
        case FormFace.YELLOW:
            return Implementation.UNDER_WAY, "Filen har gult. Då pågår åtgärden, eller är gjord till en del."
        case FormFace.RED if action.due_on and action.due_on < today:
            return Implementation.NOT_DONE, f"Filen har rött, och datumet {date_words(action.due_on)} har gått."
        case FormFace.RED:
            return Implementation.NOT_STARTED, "Filen har rött, och datumet har inte gått."
    return None


def earlier_words(action: Action) -> str:
    """Return that the action was under way in the plan before, while nobody has said anything in this one: "pågick 2027 enligt Anna"; else ""."""
    before = action.earlier
    if before is None or before.how_far is not Implementation.UNDER_WAY or implementation_of(action) is not None:
        return ""
    return f"pågick {before.when} enligt {before.by}"


def _by_earlier(action: Action) -> tuple[Implementation, str] | None:
    words = earlier_words(action)
    return (Implementation.UNDER_WAY, f"{sentence(f'Åtgärden {words}')} Ingen har sagt något sedan dess.") if words else None


def _reasons_of_silence(action: Action, today: date) -> Iterator[str]:
    yield "Ingen har skrivit något om åtgärden än."
    if action.start_on and action.start_on > today:
        yield f"Den börjar först {date_words(action.start_on)}."
    elif action.due_on and action.due_on < today:
        yield f"Datumet {date_words(action.due_on)} har gått. Fråga den som är ansvarig."


def suggest_result(action: Action, today: date) -> Suggestion[Result]:
    """Suggest "för tidigt" or "inte mätt". Never better, worse or unchanged: that takes a measurement."""
    how_far = implementation_of(action) or suggest_implementation(action, today).value
    if action.effect_from and action.effect_from > today:
        return Suggestion(Result.TOO_EARLY, (f"Effekt väntas först från {date_words(action.effect_from)}.",))
    if how_far is Implementation.NOT_STARTED:
        return Suggestion(Result.TOO_EARLY, ("Åtgärden är inte påbörjad.",))
    if how_far is Implementation.UNDER_WAY and action.effect_from is None:
        return Suggestion(Result.TOO_EARLY, ("Åtgärden pågår än.",))
    return Suggestion(Result.NOT_MEASURED, tuple(_reasons_not_measured(action, how_far)))


def result_shown(action: Action, today: date) -> Result:
    """Return the result as somebody has set it, or what is suggested while nobody has. Board, action page and report show the same."""
    return Result(action.result.value) if action.result else suggest_result(action, today).value


def basis_fault(result: Result, rests_on: RestsOn | None) -> str:
    """Return why a result cannot rest on what was chosen, in kind sentences, or an empty text."""
    if rests_on is None or result.takes_basis:
        return ""
    return (f"”{result.label}” säger att ingen har sett efter än. Då finns inget att bygga på. Har ni sett efter? Välj hur det gick för "
            "problemet. Annars väljer du ”Inte sagt” här.")


def basis_shown(result: Result, rests_on: RestsOn | None) -> RestsOn | None:
    """Return what a result rests on. What was stored beside a result that rests on nothing is left out."""
    return rests_on if result.takes_basis else None


def is_bare_verdict(action: Action) -> bool:
    """Return whether somebody has set better, unchanged or worse without a figure that it rests on."""
    said = action.result
    return said is not None and Result(said.value).is_verdict and not (said.rests_on and said.rests_on.is_figure)


def _reasons_not_measured(action: Action, how_far: Implementation) -> Iterator[str]:
    if how_far is Implementation.NOT_DONE:
        yield "Åtgärden blev inte av. Då säger en ändring inget om den."
    elif how_far in ENDED:
        yield "Åtgärden är avslutad."
    if action.effect_from:
        yield f"Effekt väntas från {date_words(action.effect_from)}, och den dagen har kommit."
    yield "Det finns ingen mätning att bedöma efter."
