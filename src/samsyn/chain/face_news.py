"""Whether a suggested face is worth showing to somebody who has already set it: only when something has happened since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from samsyn.chain.face import standing_check_ins, suggest_implementation, suggest_result
from samsyn.chain.plan import Action
from samsyn.chain.wording import local_day


def is_implementation_news(action: Action, today: date) -> bool:
    """
    Return whether no person has set how far the action has come, or the suggestion differs and rests on something newer.

    A step says only its day: done the day the dial was set, nobody knows which came first, and it counts as older.
    """
    dial = action.implementation
    if dial is None or dial.by_file or dial.at is None:
        return True
    if dial.value == suggest_implementation(action, today).value:
        return False
    checked_in = any(check_in.at > dial.at for check_in in standing_check_ins(action))
    return checked_in or any(step.done_on > local_day(dial.at) for step in action.steps if step.done_on)


def is_result_news(action: Action, today: date, known_on: Iterable[date] = ()) -> bool:
    """
    Return whether no person has set the result, or the suggestion differs and rests on something newer.

    known_on   days when the indicators of its goals were measured
    """
    face = action.result
    if face is None or face.by_file or face.at is None:
        return True
    if face.value == suggest_result(action, today).value:
        return False
    expected = [action.effect_from] if action.effect_from else []
    return any(local_day(face.at) < day <= today for day in (*expected, *known_on))
