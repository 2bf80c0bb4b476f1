"""My week: what is most urgent, what waits for whom, and what has changed since the last visit."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from samsyn.chain.my_week import (
    MOST_DAYS, NEW_VISIT, NO_VISIT, Done, Sent, Todo, TodoKind, Visit, Waiting, changes_by_day, in_order, lead_words, most_urgent,
    nothing_wrong_words, visit, waiting_for, waits_words, week_ahead_words,
)
from samsyn.chain.notice_values import Duty, Pace

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 14, tzinfo=UTC)
DUTY = Duty(kind="action", id="a", plan="p", text="Byt lampor", made_on=TODAY - timedelta(days=3), last_sign_on=TODAY - timedelta(days=3))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def todo(kind: TodoKind, on: date | None = None) -> Todo:
    return Todo(kind=kind, title=kind.value, why="", on=on)


def test_people_who_wait_come_before_days_and_days_before_the_plan() -> None:
    every = [todo(kind) for kind in TodoKind]
    mixed = list(every)
    random.Random(5).shuffle(mixed)
    assert list(most_urgent(mixed)) == every
    assert [one.value for one in TodoKind] == [
        "help", "proposed_date", "failed_letter", "send_agenda", "letter", "must_mend", "no_meeting", "file", "mend"]


def test_of_the_same_kind_what_has_waited_longest_comes_first_and_what_has_no_day_keeps_its_place() -> None:
    found = most_urgent([todo(TodoKind.HELP, ago(1)), todo(TodoKind.HELP, ago(5)), todo(TodoKind.HELP)])
    assert [one.on for one in found] == [ago(5), ago(1), None]


def test_what_is_late_comes_before_what_is_silent_each_with_what_has_been_sent() -> None:
    late, later = replace(DUTY, id="late", due_on=ago(2)), replace(DUTY, id="later", due_on=ago(9))
    silent, fresh = replace(DUTY, id="silent", made_on=ago(90), last_sign_on=ago(40)), replace(DUTY, id="fresh")
    found = waiting_for([fresh, silent, late, later], {}, {"later": Sent(2, ago(3))}, TODAY)
    assert [(one.duty.id, one.since_on, one.days_late, one.sent) for one in found] == [
        ("later", ago(9), 9, Sent(2, ago(3))), ("late", ago(2), 2, None), ("silent", ago(40), 0, None)]


def test_each_plan_says_how_long_silence_may_be() -> None:
    quiet = replace(DUTY, made_on=ago(90), last_sign_on=ago(10))
    assert waiting_for([quiet], {}, {}, TODAY) == ()
    assert [one.since_on for one in waiting_for([quiet], {"p": Pace(silent_days=10)}, {}, TODAY)] == [ago(10)]
    assert waiting_for([replace(quiet, due_on=TODAY)], {}, {}, TODAY) == (), "on its due day it is not late"


def test_ones_own_things_come_in_the_order_they_are_due() -> None:
    found = in_order([replace(DUTY, id="none"), replace(DUTY, id="soon", due_on=TODAY), replace(DUTY, id="late", due_on=ago(4))])
    assert [one.id for one in found] == ["late", "soon", "none"]


def done(minutes: int, by: str, kind: str, words: str = "stämde av") -> Done:
    return Done(NOW - timedelta(minutes=minutes), by, kind, words)


def test_what_one_person_did_of_one_kind_on_a_day_is_one_line() -> None:
    acts = [done(30, "Bo", "check_in.added"), done(0, "Bo", "check_in.added"), done(10, "Dana", "check_in.added"),
            done(5, "Bo", "action.added", "lade till åtgärden Vandra"), done(6, "Bo", "action.added", "lade till åtgärden Ring")]
    (day,) = changes_by_day(acts)
    assert day.on == TODAY
    assert day.lines == (("Bo", "stämde av, två gånger"), ("Bo", "lade till åtgärden Vandra, och en till"), ("Dana", "stämde av"))


def test_fifty_acts_of_a_day_are_five_lines_and_a_count() -> None:
    (day,) = changes_by_day([done(n, f"Person {n}", "check_in.added") for n in range(50)])
    assert (len(day.lines), day.more) == (5, 45)


def test_the_days_are_swedish_and_at_most_a_week_of_them() -> None:
    late_evening = Done(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "Bo", "x", "stämde av")  # half past midnight in Sweden
    assert [day.on for day in changes_by_day([late_evening])] == [TODAY]
    assert len(changes_by_day([done(1440 * n, "Bo", "x") for n in range(20)])) == MOST_DAYS


@pytest.mark.parametrize(("before", "since"), [
    (None, NOW - NO_VISIT),
    (Visit(NOW - timedelta(days=3), NOW - timedelta(minutes=5)), NOW - timedelta(days=3)),   # the same visit goes on
    (Visit(NOW - timedelta(days=3), NOW - NEW_VISIT), NOW - NEW_VISIT),                       # a new one: news since they were here
    (Visit(NOW - timedelta(days=3), NOW + timedelta(days=1)), NOW - NO_VISIT),                # a clock that jumped back
    (Visit(NOW - timedelta(days=1), NOW - timedelta(days=3)), NOW - NO_VISIT),                # what nobody wrote here
])
def test_news_are_since_the_visit_before_this_one(before: Visit | None, since: datetime) -> None:
    assert visit(before, NOW) == Visit(since, NOW)


@pytest.mark.parametrize(("todo", "then", "words"), [
    (3, "", "Tre saker väntar på dig."), (1, "Två saker kan gå fel till fredag.", "En sak väntar på dig. Två saker kan gå fel till fredag."),
    (0, "", "Inget väntar på dig."), (40, "", "40 saker väntar på dig."),
])
def test_the_sentence_under_the_greeting(todo: int, then: str, words: str) -> None:
    assert lead_words(todo, then) == words


@pytest.mark.parametrize(("friday", "waiting", "words"), [
    (2, 9, "Två saker kan gå fel till fredag."), (0, 1, "En annan sak är sen eller tyst."),
    (0, 3, "Tre andra saker är sena eller tysta."), (0, 0, ""),
])
def test_a_coordinators_week_is_not_called_calm_while_something_is_late(friday: int, waiting: int, words: str) -> None:
    assert week_ahead_words(friday, waiting) == words


@pytest.mark.parametrize(("due", "late", "own", "words"), [
    (2, 0, 0, "Inget som Samsyn kan se. Det som ska vara klart till fredag är påbörjat, och ingen har varit tyst för länge."),
    (0, 0, 0, "Inget som Samsyn kan se. Inget ska vara klart till fredag, och ingen har varit tyst för länge."),
    (2, 1, 0, "Inget mer än det som redan är sent."), (2, 1, 1, "Inget mer än det som står bland dina åtgärder."),
    (2, 0, 2, "Inget mer än de saker som står bland dina åtgärder."),
])
def test_where_nothing_may_go_wrong_no_more_is_said_than_is_true(due: int, late: int, own: int, words: str) -> None:
    assert nothing_wrong_words(due, late, own) == words


@pytest.mark.parametrize(("late", "words"), [([], "Inget"), ([3], "En är sen"), ([3, 1, 0], "Två är sena, en är tyst"), ([0, 0], "Två är tysta")])
def test_what_is_waited_for_is_counted_in_words(late: list[int], words: str) -> None:
    duty = Duty(kind="action", id="a", made_on=date(2026, 1, 1))
    assert waits_words(Waiting(duty, date(2026, 11, 1), days, None) for days in late) == words
