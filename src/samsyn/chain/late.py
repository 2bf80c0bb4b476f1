"""When an action is late: one answer for board, start page, plan check and report."""

from __future__ import annotations

from datetime import date

from samsyn.chain.form_words import besides_the_face
from samsyn.chain.face import has_ended, standing_check_ins
from samsyn.chain.plan import Action
from samsyn.chain.rows import is_said

FEWEST_WORDS = 4  # "Pågår" or "Grön" tells how far; a sentence tells why


def is_late(action: Action, today: date) -> bool:
    """Return whether the action's due day has passed and nobody has said that it has ended. On the due day it is not late."""
    return days_late(action, today) > 0


def days_late(action: Action, today: date) -> int:
    """Return the whole days since the due day; 0 if it has not passed, if there is none, or if the action has ended."""
    if action.due_on is None or action.due_on >= today:
        return 0
    return 0 if has_ended(action) else (today - action.due_on).days


def late_reason_of(action: Action) -> str:
    """
    Return why the action is late, as somebody has said it, or "" if nobody has.

    The reason that was asked for comes first, then the last hindrance in a check-in, then a sentence in the form's sixth column.
    """
    if is_said(action.late_reason):
        return action.late_reason
    for check_in in reversed(standing_check_ins(action)):
        if is_said(check_in.hindered):
            return check_in.hindered
    written = besides_the_face(action.followed_up)
    return written if len(written.split()) >= FEWEST_WORDS else ""
