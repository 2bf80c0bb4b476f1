"""Where the pages are that letters and calendars lead to. A test holds them against the program's addresses."""

from __future__ import annotations

from uuid import UUID

Id = UUID | str


def action_path(plan: Id, action: Id) -> str:
    return f"/planer/{plan}/atgarder/{action}/"


def plan_path(plan: Id) -> str:
    return f"/planer/{plan}/"


def report_path(plan: Id) -> str:
    return f"/planer/{plan}/rapport/"


def meeting_path(meeting: Id) -> str:
    return f"/moten/{meeting}/"


def minutes_path(meeting: Id) -> str:
    return f"/moten/{meeting}/protokoll/"


def path_about(subject_kind: str, subject: Id, plan: Id) -> str:
    """Return where somebody who signs in reads more about an action, a plan or a meeting; of anything else my week."""
    match subject_kind:
        case "action":
            return action_path(plan, subject)
        case "plan":
            return plan_path(subject)
        case "meeting":
            return meeting_path(subject)
    return "/"
