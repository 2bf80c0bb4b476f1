"""What a letter of reminders is made of, and the one thing that a notice is about, as a line of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from samsyn.chain.notice_values import DueNotice, Duty, Ended, Everything, Gathering, Level, NoticeKind, Person, SteeringDay, ToldAs

About = Duty | Ended | Gathering | SteeringDay


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """
    One notice as a letter tells it.

    text         what it is about: an action, an assignment, a group, a plan
    about_on     the day the notice is about; due_on the day it is to be done, if there is one
    responsible  who was to answer; None = nobody is named
    is_handed_out   it was handed out at a meeting; plan_name is then the group's name
    waiting      how many others wait for it
    url          where to read more, signed in; "" = nowhere
    answer_url   this person's own link to answer; "" = nothing to answer
    """

    kind: NoticeKind
    level: Level
    text: str
    told_as: ToldAs = ToldAs.RESPONSIBLE
    plan_name: str = ""
    is_handed_out: bool = False
    number: str = ""
    about_on: date | None = None
    due_on: date | None = None
    responsible: Person | None = None
    waiting: int = 0
    url: str = ""
    answer_url: str = ""


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter: its subject on one line, and the same words as plain text and as simple HTML."""

    subject: str
    text: str
    html: str


AboutKey = tuple[str, str, str]


def about_key(notice: DueNotice) -> AboutKey:
    """Return under which key `abouts` holds what a notice is about."""
    return (notice.subject_kind, notice.subject, notice.period if notice.subject_kind == "plan" else "")


def abouts(everything: Everything) -> dict[AboutKey, About]:
    """Return all that notices can be about, by `about_key`."""
    found: dict[AboutKey, About] = {("action", one.id, ""): one for one in everything.ended}
    found |= {(duty.kind, duty.id, ""): duty for duty in everything.duties}
    found |= {("meeting", one.id, ""): one for one in everything.gatherings}
    return found | {("plan", day.plan, day.on.isoformat()): day for day in everything.steering_days}


def letter_line(notice: DueNotice, about: About, *, url: str = "", answer_url: str = "") -> LetterLine:
    """Return a notice as a line of a letter. `about` is what `abouts` holds under its key."""
    line = LetterLine(kind=notice.kind, level=notice.level, told_as=notice.told_as, about_on=notice.about_on, url=url, answer_url=answer_url, text="")
    match about:
        case Duty():
            return replace(line, text=about.text, plan_name=about.plan_name, number=about.number, due_on=about.due_on,
                           responsible=about.responsible, waiting=len(about.waited_by), is_handed_out=about.kind == "assignment")
        case Ended():
            return replace(line, text=about.text, plan_name=about.plan_name)
        case Gathering():
            return replace(line, text=about.group_name)
    return replace(line, text=about.what or about.plan_name, plan_name=about.plan_name)
