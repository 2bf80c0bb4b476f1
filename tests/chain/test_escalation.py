"""Simulated weeks: the escalation against a slow, obvious version of it, with missed nights, late letters and signs of life."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.chain.escalation import STEPS, level_now
from samsyn.chain.notice_values import DueNotice, Duty, Everything, Level, NoticeKind, Pace, Person, Told
from samsyn.chain.notices import derive

START = date(2026, 9, 1)
BO, CHIEF, ANNA = Person("Bo", "bo@x.example"), Person("Chefen", "chef@x.example"), Person("Anna", "anna@x.example")
ESCALATES = (NoticeKind.OVERDUE, NoticeKind.SILENT)
Key = tuple[str, ...]
Sent = tuple[date, NoticeKind, Level, str]


@dataclass
class Town:
    """One duty, its pace, and the outbox: what is queued, and what has been sent."""

    duty: Duty
    pace: Pace
    queued: dict[Key, DueNotice] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    sent_keys: list[Key] = field(default_factory=list)

    def derived(self, today: date) -> dict[Key, DueNotice]:
        all_of_it = Everything(duties=(self.duty,), paces={"p": self.pace}, coordinators=(ANNA,), told=tuple(self.told))
        return {(n.kind, n.level, n.subject, n.person.key, n.period): n for n in derive(all_of_it, today) if n.kind in ESCALATES}

    def morning(self, today: date) -> None:
        """Queue what is new."""
        for key, notice in self.derived(today).items():
            if key not in self.sent_keys:
                self.queued[key] = notice

    def post(self, today: date) -> None:
        """Send what is queued and still true; drop the rest."""
        true_now = self.derived(today)
        for key, notice in self.queued.items():
            if key in true_now:
                self.sent_keys.append(key)
                self.told.append(Told(kind=notice.kind, level=notice.level, subject=notice.subject, period=notice.period, on=today))
                self.sent.append((today, notice.kind, notice.level, notice.period))
        self.queued.clear()


def town(due_in: int | None, pace: Pace) -> Town:
    due_on = None if due_in is None else START + timedelta(days=due_in)
    return Town(Duty(kind="action", id="a", plan="p", text="Belysning", responsible=BO, contact=CHIEF, made_on=START, due_on=due_on), pace)


def obvious(due_in: int | None, pace: Pace, nights: list[bool], signs: set[int]) -> list[tuple[date, NoticeKind, Level]]:
    """Walk day by day with three facts in mind: when somebody last spoke, which question is under way, and how long ago its last step was."""
    spoke, question, step, since_step = 0, None, -1, 0
    told: list[tuple[date, NoticeKind, Level]] = []
    for day, has_run in enumerate(nights):
        if day in signs:
            spoke, question, step = day, None, -1
        since_step += 1
        if not has_run:
            continue
        is_silent, is_late = day - spoke >= pace.silent_days, due_in is not None and day > due_in
        spoke_after_due = due_in is not None and spoke >= due_in and spoke > 0
        if question is NoticeKind.OVERDUE and not is_late or question is None:
            if is_late and (not spoke_after_due or day - spoke >= pace.days_between):
                question, step = NoticeKind.OVERDUE, -1
            elif is_silent and not is_late:
                question, step = NoticeKind.SILENT, -1
        if question is None or step == len(STEPS) - 1:
            continue
        if step == -1 or since_step >= pace.days_between:
            step, since_step = step + 1, 0
            told.append((START + timedelta(days=day), question, STEPS[step]))
    return told


paces = st.builds(Pace, silent_days=st.integers(1, 40), due_soon_days=st.just(7), days_between=st.integers(1, 14))
weeks = st.lists(st.booleans(), min_size=30, max_size=120)
dues = st.none() | st.integers(1, 100)
some_days = st.sets(st.integers(1, 119), max_size=4)


@settings(max_examples=150, deadline=None)
@given(dues, paces, weeks, some_days)
def test_simulated_weeks_go_as_the_obvious_version_says(due_in: int | None, pace: Pace, nights: list[bool], signs: set[int]) -> None:
    here = town(due_in, pace)
    for day, has_run in enumerate(nights):
        today = START + timedelta(days=day)
        if day in signs:
            here.duty = replace(here.duty, last_sign_on=today)
        if has_run:
            here.morning(today)
            here.post(today)
    seen = list(dict.fromkeys((on, kind, level) for on, kind, level, _ in here.sent))
    assert seen == obvious(due_in, pace, nights, signs)


@settings(max_examples=150, deadline=None)
@given(dues, paces, weeks, some_days, st.lists(st.integers(0, 9), min_size=120, max_size=120))
def test_no_step_is_skipped_no_key_is_sent_twice_also_when_letters_go_late(
        due_in: int | None, pace: Pace, nights: list[bool], signs: set[int], post: list[int]) -> None:
    here = town(due_in, pace)
    for day, has_run in enumerate(nights):
        today = START + timedelta(days=day)
        if day in signs:
            here.duty = replace(here.duty, last_sign_on=today)
        if has_run:
            here.morning(today)
        if post[day] < 3:
            here.post(today)
    assert len(here.sent_keys) == len(set(here.sent_keys))
    for reason in {(kind, period) for _, kind, _, period in here.sent}:
        steps = list(dict.fromkeys((on, level) for on, kind, level, period in here.sent if (kind, period) == reason))
        assert tuple(level for _, level in steps) == STEPS[:len(steps)]
        assert all((later - earlier).days >= pace.days_between for (earlier, _), (later, _) in zip(steps, steps[1:], strict=False))


@settings(max_examples=80, deadline=None)
@given(dues, paces, st.integers(1, 100))
def test_after_a_month_of_missed_nights_one_nudge_goes_to_one_person(due_in: int | None, pace: Pace, first_night: int) -> None:
    here = town(due_in, pace)
    day = START + timedelta(days=30 + first_night)
    here.morning(day)
    here.post(day)
    assert [level for _, _, level, _ in here.sent] in ([], [Level.NUDGE])


@settings(max_examples=80, deadline=None)
@given(paces, st.integers(60, 100))
def test_a_sign_of_life_begins_anew_with_a_nudge(pace: Pace, sign: int) -> None:
    here = town(5, pace)
    for day in range(200):
        today = START + timedelta(days=day)
        if day == sign:
            here.duty = replace(here.duty, last_sign_on=today)
        here.morning(today)
        here.post(today)
    after = [(on, level) for on, _, level, _ in here.sent if on >= START + timedelta(days=sign)]
    assert after[0] == (START + timedelta(days=sign + pace.days_between), Level.NUDGE)


def test_a_clock_that_jumps_back_takes_no_step_and_repeats_nothing() -> None:
    here = town(5, Pace())
    for day in (*range(6, 30), *range(3, 30)):
        here.morning(START + timedelta(days=day))
        here.post(START + timedelta(days=day))
    assert [level for _, _, level, _ in here.sent] == [Level.NUDGE, Level.REMINDER, Level.REMINDER, Level.COORDINATOR, Level.STEERING]


def test_a_new_responsible_is_told_what_the_one_before_was_told() -> None:
    here = town(5, Pace())
    here.morning(START + timedelta(days=6))
    here.post(START + timedelta(days=6))
    here.duty = replace(here.duty, responsible=Person("Dana", "dana@x.example"))
    here.morning(START + timedelta(days=7))
    assert [(n.level, n.person.name) for n in here.queued.values()] == [(Level.NUDGE, "Dana")]


def test_the_last_step_stays() -> None:
    told = dict.fromkeys(STEPS, START)
    assert level_now(STEPS, told, days_between=7, paused_until=None, today=START + timedelta(days=900)) is Level.STEERING
