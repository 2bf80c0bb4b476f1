"""What a coordinator should do now, as lines with addresses: who waits first, then what is near, then the plans themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

from samsyn.chain.check import MendsOfRule
from samsyn.chain.choices import Severity
from samsyn.chain.meeting_values import GroupKind
from samsyn.chain.my_week import Todo, TodoKind, most_urgent
from samsyn.chain.wording import WEEKDAYS, clipped, counted, date_words, first_sentence, listed, local_day, sentence
from samsyn.flows.week_facts import MendFacts, WeekFacts
from samsyn.records.outbox.reads import LetterHead
from samsyn.records.plan.reads import PlanHead
from samsyn.web.parts.checks import RemarkLine, first_line

AGENDA_AHEAD = timedelta(days=14)  # so long before a meeting its invitation should go
MOST_EACH = 3  # of one kind, each with a line of its own; more become one line


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One thing to do as the page shows it. `mend` is the plan check's own line where it is one."""

    title: str
    why: str
    address: str
    link: str
    plan_name: str = ""
    mend: RemarkLine | None = None


@dataclass(slots=True)
class _Found:
    """A thing to do, with the words of its link and where that leads."""

    todo: Todo
    address: str
    link: str
    plan_name: str = ""
    mend: RemarkLine | None = field(default=None)


def todo_lines(facts: WeekFacts, mends: MendFacts, today: date, *, sends_mail: bool, me: str, back: str) -> list[TodoLine]:
    """
    Return what to do, the most urgent first.

    sends_mail   whether a mail server is told of: then only letters without an address are passed on by hand
    me           the address of the one who reads: a letter to them is one to themselves
    back         the address of the page that this stands on
    """
    found = [*_help(facts), *_proposals(facts), *_letters(facts, me, sends_mail=sends_mail), *_meetings(facts, today), *_files(facts),
             *_mends(mends.first, back, several=len(facts.plans) > 1)]
    by_todo = {id(one.todo): one for one in found}
    ordered = [by_todo[id(todo)] for todo in most_urgent(one.todo for one in found)]
    return [TodoLine(one.todo.title, one.todo.why, one.address, one.link, one.plan_name, one.mend) for one in ordered]


def _help(facts: WeekFacts) -> Iterator[_Found]:
    for one in facts.help:
        asked = f"Hjälpen behövs från {one.help_from}. " if one.help_from else ""
        todo = Todo(kind=TodoKind.HELP, title=f"{one.by} behöver hjälp: {clipped(one.action_text, 90)}", why=f"{asked}{_quoted(one.text)}",
                    on=local_day(one.at))
        yield _Found(todo, reverse("action", args=[one.plan, one.action]), "Läs och svara")


def _proposals(facts: WeekFacts) -> Iterator[_Found]:
    for one in facts.proposals:
        now = f"Nu gäller {date_words(one.due_on)}. " if one.due_on else ""
        todo = Todo(kind=TodoKind.PROPOSED_DATE, title=f"{one.by} föreslår {date_words(one.proposed_due_on)}: {clipped(one.action_text, 90)}",
                    why=f"{now}{_quoted(one.text)}", on=local_day(one.at))
        yield _Found(todo, reverse("answer_proposal", args=[one.plan, one.action, one.check_in]), "Svara på förslaget")
    for due in facts.due_proposals:
        now = f"Nu gäller {date_words(due.due_on)}. " if due.due_on else ""
        todo = Todo(kind=TodoKind.PROPOSED_DATE, title=f"{due.by} föreslår {date_words(due.proposed_due_on)}: {clipped(due.line_text, 90)}",
                    why=f"{now}{_quoted(due.text)}", on=local_day(due.at))
        yield _Found(todo, reverse("settle_due", args=[due.line, due.answer]), "Svara på förslaget")


def _letters(facts: WeekFacts, me: str, *, sends_mail: bool) -> Iterator[_Found]:
    failed, by_hand = facts.failed, facts.to_pass_on(sends_mail=sends_mail)
    if failed:
        todo = Todo(kind=TodoKind.FAILED_LETTER, title=f"{counted(len(failed), 'utskick', 'utskick', neuter=True).capitalize()} gick inte fram",
                    why=f"Till {_names(failed, me)}.")
        yield _Found(todo, reverse("letters"), "Se vad som hände")
    if by_hand:
        todo = Todo(kind=TodoKind.LETTER, title=f"Skicka {counted(len(by_hand), 'färdig text', 'färdiga texter')}",
                    why=f"Till {_names(by_hand, me)}. Samsyn skickar {'den' if len(by_hand) == 1 else 'dem'} inte själv.")
        yield _Found(todo, reverse("letters"), "Till utskicken")


def _meetings(facts: WeekFacts, today: date) -> Iterator[_Found]:
    for one in facts.meetings:
        if one.invited_at is None and one.is_ahead and today <= one.on <= today + AGENDA_AHEAD:
            yield _Found(Todo(kind=TodoKind.SEND_AGENDA, title=f"Skicka kallelsen till {one.group_name}", why=f"Mötet är {_when(one.on, today)}.", on=one.on),
                         reverse("meeting", args=[one.id]), "Se dagordningen")
    if facts.decisions and not any(one.kind is GroupKind.STEERING for one in facts.meetings):
        asked = sentence(f"{counted(len(facts.decisions), 'beslut', 'beslut', neuter=True)} begärs")
        yield _Found(Todo(kind=TodoKind.NO_MEETING, title="Planera ett möte med styrgruppen", why=f"{asked} Inget möte med styrgruppen är planerat."),
                     reverse("plan_meeting"), "Planera mötet")


def _files(facts: WeekFacts) -> Iterator[_Found]:
    for one in facts.files[:MOST_EACH]:
        yield _Found(Todo(kind=TodoKind.FILE, title=f"Ta in {one.file_name}", why="Filen är läst, men raderna är inte i planen än.", key=str(one.id)),
                     reverse("preview", args=[one.id]), "Se förslaget")
    left = len(facts.files) - MOST_EACH
    if left > 0:
        yield _Found(Todo(kind=TodoKind.FILE, title=f"{counted(left, 'fil', 'filer').capitalize()} till väntar", why="De är lästa men inte intagna."),
                     reverse("runs"), "Se filerna")


def _mends(first: Sequence[tuple[PlanHead, MendsOfRule]], back: str, *, several: bool) -> Iterator[_Found]:
    for head, mends in first:
        line = first_line(mends, head.id, back)
        kind = TodoKind.MUST_MEND if mends.severity is Severity.MUST else TodoKind.MEND
        yield _Found(Todo(kind=kind, title=line.sentence, why=first_sentence(clipped(line.why, 300)), plan=str(head.id)), line.address, line.mend,
                     head.name if several else "", line)


def _when(day: date, today: date) -> str:
    near = {0: "i dag", 1: "i morgon"}.get((day - today).days, WEEKDAYS[day.weekday()])
    return f"{near} {date_words(day)}"


def _quoted(text: str) -> str:
    return f"”{clipped(text, 120)}”" if text.strip() else ""


def _names(letters: Sequence[LetterHead], me: str) -> str:
    """Return to whom, without doubles: the first three, and how many more."""
    different = list(dict.fromkeys("dig själv" if me and one.email.lower() == me.lower() else clipped(one.name, 60) for one in letters))
    left = len(different) - MOST_EACH
    return listed([*different[:MOST_EACH], *([f"{counted(left, 'person', 'personer')} till"] if left > 0 else [])])
