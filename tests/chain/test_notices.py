"""What somebody is told today: table in, table out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from samsyn.chain.choices import Implementation
from samsyn.chain.notice_values import (
    STEERING_LIST, STEERING_NAME, Away, DueNotice, Duty, Ended, Everything, Gathering, Level, NoticeKind, Pace, Person, SteeringDay, Told, ToldAs,
)
from samsyn.chain.notices import derive

TODAY = date(2026, 11, 23)  # a Monday
ANNA, BO, DANA = Person("Anna", "anna@granviken.example"), Person("Bo", "bo@granviken.example"), Person("Dana", "dana@granviken.example")
CHIEF = Person("Chefen", "chef@granviken.example")
LIGHTS = Duty(kind="action", id="lights", plan="p", plan_name="Trygg kväll", text="Belysning", responsible=BO, contact=CHIEF,
              made_on=TODAY - timedelta(days=10))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def told_today(*duties: Duty, today: date = TODAY, **more: Any) -> list[tuple[str, str, str, str]]:
    """Return (kind, level, name, period) of what is derived of some duties."""
    notices = derive(everything(*duties, **more), today)
    return [(n.kind.value, n.level.value, n.person.name, n.period) for n in notices]


def everything(*duties: Duty, **more: Any) -> Everything:
    return Everything(**{"duties": duties, "paces": {}, "coordinators": (ANNA,), **more})


def said(kind: NoticeKind, level: Level, period: date, on: date) -> Told:
    return Told(kind=kind, level=level, subject="lights", period=period.isoformat(), on=on)


DAYS = [  # what is known of the duty -> what is said today
    ({"due_on": ago(-8)}, []),
    ({"due_on": ago(-7)}, [("due_soon", "nudge", "Bo", "2026-11-30")]),
    ({"due_on": TODAY}, [("due_soon", "nudge", "Bo", "2026-11-23")]),
    ({"due_on": ago(1)}, [("overdue", "nudge", "Bo", "2026-11-23")]),
    ({"due_on": ago(1), "last_sign_on": ago(2)}, [("overdue", "nudge", "Bo", "2026-11-23")]),
    ({"due_on": ago(5), "last_sign_on": ago(3)}, []),
    ({"due_on": ago(9), "last_sign_on": ago(7)}, [("overdue", "nudge", "Bo", "2026-11-16")]),
    ({"made_on": ago(29)}, []),
    ({"made_on": ago(30)}, [("silent", "nudge", "Bo", "2026-10-24")]),
    ({"made_on": ago(90), "last_sign_on": ago(30)}, [("silent", "nudge", "Bo", "2026-10-24")]),
    ({"made_on": ago(90), "last_sign_on": ago(1)}, []),
    ({"made_on": ago(90), "start_on": ago(-5)}, []),
    ({"made_on": ago(90), "start_on": ago(5)}, []),
    ({"made_on": ago(90), "is_line": True}, []),
    ({"made_on": ago(90), "waits_for": ("other",)}, []),
    ({"made_on": ago(90), "freed_on": ago(2), "how_far": Implementation.NOT_STARTED}, [("free_now", "nudge", "Bo", "2026-11-21")]),
    ({"made_on": ago(90), "freed_on": ago(2), "how_far": Implementation.UNDER_WAY}, []),
    ({"freed_on": ago(2), "waits_for": ("other",)}, []),
    ({"freed_on": ago(-2)}, []),
    ({"due_on": ago(-20), "waited_by": ("other",)}, []),
    ({"due_on": ago(-5), "waited_by": ("other",)}, [("due_soon", "nudge", "Bo", "2026-11-28"), ("blocks_others", "nudge", "Bo", "2026-11-28")]),
    ({"due_on": ago(2), "waited_by": ("other",)}, [("overdue", "nudge", "Bo", "2026-11-22"), ("blocks_others", "nudge", "Bo", "2026-11-21")]),
    ({"kind": "assignment", "made_on": TODAY}, []),
    ({"kind": "assignment", "made_on": ago(1)}, [("after_meeting", "nudge", "Bo", "2026-11-22")]),
    ({"kind": "assignment", "made_on": ago(7)}, [("after_meeting", "nudge", "Bo", "2026-11-16")]),
    ({"kind": "assignment", "made_on": ago(8)}, []),
    ({"kind": "assignment", "made_on": ago(1), "last_sign_on": TODAY}, []),
    ({"made_on": ago(-400)}, []),
]


@pytest.mark.parametrize(("known", "expected"), DAYS)
def test_the_days_of_a_duty_decide_what_is_said(known: dict[str, Any], expected: list[tuple[str, ...]]) -> None:
    assert told_today(replace(LIGHTS, **known)) == expected


LATE = replace(LIGHTS, due_on=ago(31))
SINCE = ago(30)
STEPS = [  # what has been told -> who is told what today
    ({}, [("nudge", "Bo")]),
    ({Level.NUDGE: 6}, [("nudge", "Bo")]),
    ({Level.NUDGE: 7}, [("reminder", "Bo"), ("reminder", "Chefen")]),
    ({Level.NUDGE: 14, Level.REMINDER: 6}, [("reminder", "Bo"), ("reminder", "Chefen")]),
    ({Level.NUDGE: 14, Level.REMINDER: 7}, [("coordinator", "Anna")]),
    ({Level.NUDGE: 21, Level.REMINDER: 14, Level.COORDINATOR: 7}, [("steering", STEERING_NAME)]),
    ({Level.NUDGE: 90, Level.REMINDER: 80, Level.COORDINATOR: 70, Level.STEERING: 60}, [("steering", STEERING_NAME)]),
    ({Level.NUDGE: 30}, [("reminder", "Bo"), ("reminder", "Chefen")]),
    ({Level.NUDGE: -30}, [("nudge", "Bo")]),
    ({Level.COORDINATOR: 20}, [("nudge", "Bo")]),
    ({Level.COORDINATOR: 20, Level.NUDGE: 7}, [("reminder", "Bo"), ("reminder", "Chefen")]),
    ({Level.COORDINATOR: 20, Level.NUDGE: 7, Level.REMINDER: 3}, [("coordinator", "Anna")]),
]


@pytest.mark.parametrize(("told", "expected"), STEPS)
def test_a_question_without_an_answer_goes_on_one_step_at_a_time(told: dict[Level, int], expected: list[tuple[str, str]]) -> None:
    gone = tuple(said(NoticeKind.OVERDUE, level, SINCE, ago(days)) for level, days in told.items())
    assert [(level, name) for _, level, name, _ in told_today(LATE, told=gone)] == expected


def test_what_was_told_for_another_reason_moves_no_step() -> None:
    gone = (said(NoticeKind.OVERDUE, Level.NUDGE, ago(90), ago(20)), said(NoticeKind.SILENT, Level.NUDGE, SINCE, ago(20)),
            replace(said(NoticeKind.OVERDUE, Level.NUDGE, SINCE, ago(20)), subject="another"))
    assert [level for _, level, _, _ in told_today(LATE, told=gone)] == ["nudge"]


def test_of_several_told_on_one_step_the_last_counts() -> None:
    gone = tuple(said(NoticeKind.OVERDUE, level, SINCE, ago(days))
                 for level, days in ((Level.NUDGE, 20), (Level.REMINDER, 9), (Level.REMINDER, 3), (Level.REMINDER, 8)))
    assert {level for _, level, _, _ in told_today(LATE, told=gone)} == {"reminder"}


def test_a_silence_that_has_been_asked_about_goes_on_past_the_due_day() -> None:
    quiet = replace(LIGHTS, made_on=ago(60), due_on=ago(1))
    gone = (said(NoticeKind.SILENT, Level.NUDGE, ago(60), ago(7)),)
    assert [(kind, level) for kind, level, _, _ in told_today(quiet, told=gone)] == [("silent", "reminder"), ("silent", "reminder")]
    spoken = replace(quiet, due_on=ago(9), last_sign_on=ago(8))
    assert told_today(spoken, told=gone) == [("overdue", "nudge", "Bo", "2026-11-15")]


def test_a_pause_that_has_ended_begins_the_count_again() -> None:
    gone = (said(NoticeKind.OVERDUE, Level.NUDGE, SINCE, ago(25)),)
    for days, level in ((6, "nudge"), (7, "reminder")):
        assert told_today(LATE, told=gone, paces={"p": Pace(paused_until=ago(days))})[0][1] == level


PEOPLE = [  # the responsible, the contact, who is away -> who gets the first question and as what
    (BO, CHIEF, (), [("Bo", ToldAs.RESPONSIBLE)]),
    (Person("Bo"), None, (), [("Bo", ToldAs.RESPONSIBLE)]),
    (None, CHIEF, (), [("Chefen", ToldAs.CONTACT)]),
    (None, None, (), [("Anna", ToldAs.COORDINATOR)]),
    (BO, CHIEF, ((BO.key, 0, 5, DANA),), [("Dana", ToldAs.SUBSTITUTE)]),
    (BO, CHIEF, ((BO.key, 0, 0, DANA),), [("Dana", ToldAs.SUBSTITUTE)]),
    (BO, CHIEF, ((BO.key, 1, 5, DANA),), [("Bo", ToldAs.RESPONSIBLE)]),
    (BO, CHIEF, ((BO.key, -5, -1, DANA),), [("Bo", ToldAs.RESPONSIBLE)]),
    (BO, CHIEF, ((BO.key, 0, 5, None),), [("Anna", ToldAs.COORDINATOR)]),
    (BO, CHIEF, ((BO.key, 0, 5, DANA), (DANA.key, 0, 5, CHIEF)), [("Chefen", ToldAs.SUBSTITUTE)]),
    (BO, CHIEF, ((BO.key, 0, 5, DANA), (DANA.key, 0, 5, BO)), [("Anna", ToldAs.COORDINATOR)]),
    (BO, CHIEF, ((Person("Bo").key, 0, 5, DANA),), [("Dana", ToldAs.SUBSTITUTE)]),
    (None, CHIEF, ((CHIEF.key, 0, 5, DANA),), [("Dana", ToldAs.CONTACT)]),
    (None, None, ((ANNA.key, 0, 5, None),), [("Anna", ToldAs.COORDINATOR)]),
]


@pytest.mark.parametrize(("responsible", "contact", "away", "expected"), PEOPLE)
def test_the_first_question_goes_to_whom_it_concerns(responsible: Person | None, contact: Person | None, away: Any, expected: Any) -> None:
    gone = tuple(Away(person=key, from_on=ago(-first), until_on=ago(-last), substitute=substitute) for key, first, last, substitute in away)
    notices = derive(everything(replace(LATE, responsible=responsible, contact=contact), away=gone), TODAY)
    assert [(n.person.name, n.told_as) for n in notices] == expected


def test_an_absence_by_name_is_not_another_person_of_that_name() -> None:
    away = (Away(person="bo@annan.example", by_name=Person("Bo").key, from_on=TODAY, until_on=TODAY, substitute=DANA),)
    assert told_today(LATE, away=away)[0][2] == "Bo"
    assert told_today(replace(LATE, responsible=Person("bo")), away=away)[0][2] == "Dana"


def test_where_nobody_is_named_the_coordinators_come_first_and_the_list_next() -> None:
    nobody = replace(LATE, responsible=None, contact=None)
    assert [(level, name) for _, level, name, _ in told_today(nobody)] == [("coordinator", "Anna")]
    gone = (said(NoticeKind.OVERDUE, Level.COORDINATOR, SINCE, ago(7)),)
    assert [level for _, level, _, _ in told_today(nobody, told=gone)] == ["steering"]


def test_one_who_is_both_responsible_and_contact_is_told_once() -> None:
    gone = (said(NoticeKind.OVERDUE, Level.NUDGE, SINCE, ago(7)),)
    assert [name for _, _, name, _ in told_today(replace(LATE, contact=Person("Bo B", "BO@granviken.example")), told=gone)] == ["Bo"]


def test_the_steering_list_has_a_key_and_no_address() -> None:
    gone = tuple(said(NoticeKind.OVERDUE, level, SINCE, ago(7)) for level in (Level.NUDGE, Level.REMINDER, Level.COORDINATOR))
    (notice,) = derive(everything(LATE, told=gone), TODAY)
    assert (notice.person.key, notice.person.email, notice.told_as) == (STEERING_LIST, "", ToldAs.LIST)


@pytest.mark.parametrize(("until", "count"), [(ago(-1), 0), (TODAY, 1), (ago(1), 1), (None, 1)])
def test_a_pause_is_quiet_until_its_day(until: date | None, count: int) -> None:
    assert len(told_today(LATE, paused_until=until)) == count
    assert len(told_today(LATE, paces={"p": Pace(paused_until=until)})) == count
    assert len(told_today(LATE, paces={"another": Pace(paused_until=until)})) == 1


def test_each_plan_has_its_own_days() -> None:
    slow = {"p": Pace(silent_days=100, due_soon_days=20, days_between=3)}
    assert told_today(replace(LIGHTS, made_on=ago(99)), paces=slow) == []
    assert told_today(replace(LIGHTS, made_on=ago(100)), paces=slow)[0][0] == "silent"
    assert told_today(replace(LIGHTS, due_on=ago(-20)), paces=slow)[0][0] == "due_soon"
    assert told_today(LATE, paces=slow, told=(said(NoticeKind.OVERDUE, Level.NUDGE, SINCE, ago(3)),))[0][1] == "reminder"


MEETINGS = [  # the day of the meeting, today -> is it near
    (date(2026, 11, 26), date(2026, 11, 22), False),  # Thursday: three working days before is Monday
    (date(2026, 11, 26), date(2026, 11, 23), True),
    (date(2026, 11, 26), date(2026, 11, 26), True),
    (date(2026, 11, 26), date(2026, 11, 27), False),
    (date(2026, 11, 30), date(2026, 11, 25), True),   # Monday: the weekend does not count
    (date(2026, 11, 30), date(2026, 11, 24), False),
    (date(2027, 1, 7), date(2026, 12, 29), False),
    (date(2027, 1, 7), date(2026, 12, 30), True),     # nyårsafton, nyårsdagen and trettondagen lie between
    (date(2027, 1, 8), date(2027, 1, 4), True),
]


@pytest.mark.parametrize(("on", "today", "is_near"), MEETINGS)
def test_a_meeting_is_told_three_working_days_before(on: date, today: date, is_near: bool) -> None:
    meeting = Gathering(id="m", group_name="Styrgruppen", on=on, people=(BO, DANA))
    notices = derive(everything(gatherings=(meeting,)), today)
    assert [n.person.name for n in notices] == (["Bo", "Dana"] if is_near else [])
    assert derive(everything(gatherings=(replace(meeting, closed_on=on),)), today) == ()


def test_the_steering_groups_day_and_an_expected_effect_reach_the_coordinators() -> None:
    def of(day: int, effect: int, has_result: bool = False) -> list[str]:
        return [n.kind.value for n in derive(everything(
            steering_days=(SteeringDay(plan="p", plan_name="Plan", on=ago(-day)),),
            ended=(Ended(id="e", plan="p", plan_name="Plan", text="Klar", effect_from=ago(effect), has_result=has_result),)), TODAY)]

    assert of(14, 0) == ["effect_expected", "steering_date"]
    assert of(15, -1) == []
    assert of(0, 0, has_result=True) == ["steering_date"]
    assert of(-1, 0, has_result=True) == []
    assert derive(everything(ended=(Ended(id="e", plan="p", plan_name="", text="", effect_from=None, has_result=False),)), TODAY) == ()


def test_the_same_morning_twice_gives_the_same_and_no_key_twice() -> None:
    all_of_it = everything(*(replace(LATE, id=str(n)) for n in range(5)), replace(LATE, id="1"))
    first = derive(all_of_it, TODAY)
    assert first == derive(all_of_it, TODAY) and len(first) == 5
    assert len({_key(n) for n in first}) == len(first)


def _key(n: DueNotice) -> tuple[str, ...]:
    return (n.kind, n.level, n.subject, n.person.key, n.period)
