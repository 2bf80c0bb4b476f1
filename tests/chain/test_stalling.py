"""What is about to stall is said before it is late, with the reason; what is late already is not about to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samsyn.chain.choices import Implementation
from samsyn.chain.notice_values import Duty, Pace
from samsyn.chain.stalling import StallKind, friday_of, stalls_by

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
FRESH = Duty(kind="action", id="a", plan="p", number="1.1", text="Byt lampor", made_on=MONDAY - timedelta(days=5), last_sign_on=MONDAY - timedelta(days=2))


def kinds(*duties: Duty, until: date | None = FRIDAY, pace: Pace | None = None) -> list[tuple[str, tuple[StallKind, ...]]]:
    return [(one.duty.id, one.kinds) for one in stalls_by(duties, {"p": pace} if pace else {}, MONDAY, until)]


@pytest.mark.parametrize(("today", "friday"), [
    (MONDAY, FRIDAY), (FRIDAY, FRIDAY), (date(2026, 11, 28), date(2026, 12, 4)), (date(2026, 11, 29), date(2026, 12, 4)),
    (date(2026, 12, 31), date(2027, 1, 1))])
def test_a_week_ends_on_its_friday_and_a_weekend_looks_at_the_next(today: date, friday: date) -> None:
    assert friday_of(today) == friday


@pytest.mark.parametrize(("due_on", "how_far", "stalls"), [
    (FRIDAY, None, True), (FRIDAY, Implementation.NOT_STARTED, True), (MONDAY, None, True), (FRIDAY, Implementation.UNDER_WAY, False),
    (FRIDAY + timedelta(days=1), None, False), (MONDAY - timedelta(days=1), None, False), (None, None, False)])
def test_what_is_due_this_week_and_never_started_may_stall(due_on: date | None, how_far: Implementation | None, stalls: bool) -> None:
    expected = [("a", (StallKind.NEVER_STARTED,))] if stalls else []
    assert kinds(replace(FRESH, due_on=due_on, how_far=how_far)) == expected


def test_the_sentence_says_which_day_and_why() -> None:
    late_lamps = replace(FRESH, due_on=FRIDAY, waits_for=("b",))
    cable = replace(FRESH, id="b", number="1.2", text="Dra kabel", how_far=Implementation.UNDER_WAY)
    (one,) = stalls_by([late_lamps, cable], {}, MONDAY, FRIDAY)
    assert one.kinds == (StallKind.NEVER_STARTED, StallKind.WAITS)
    assert one.words == ("Ska vara klar fredag 2026-11-27 men är inte påbörjad.", "Ska vara klar fredag 2026-11-27 men väntar på ”1.2 Dra kabel”.")
    assert one.on == FRIDAY


def test_what_is_to_begin_this_week_but_waits_for_something_may_stall() -> None:
    begins = replace(FRESH, start_on=MONDAY + timedelta(days=1), waits_for=("b", "c", "d", "e"))
    others = [replace(FRESH, id=name, number=f"1.{n}", text="Annat") for n, name in enumerate("bcd", start=2)]
    (one,) = stalls_by([begins, *others], {}, MONDAY, FRIDAY)
    assert one.words == ("Ska börja i morgon, 2026-11-24, men väntar på ”1.2 Annat”, ”1.3 Annat” och två åtgärder till.",)
    assert kinds(replace(begins, start_on=MONDAY - timedelta(days=1))) == [], "it was to begin before: then its due day decides"
    assert kinds(replace(begins, waits_for=())) == []


def test_silence_by_friday_is_said_on_monday() -> None:
    quiet = replace(FRESH, made_on=MONDAY - timedelta(days=90), last_sign_on=FRIDAY - timedelta(days=30), how_far=Implementation.UNDER_WAY)
    assert kinds(quiet) == [("a", (StallKind.SILENT,))]
    assert kinds(replace(quiet, last_sign_on=FRIDAY - timedelta(days=29))) == []
    assert kinds(quiet, pace=Pace(silent_days=31)) == []
    assert kinds(replace(quiet, is_line=True)) == [], "what is only followed is not asked about"
    (one,) = stalls_by([quiet], {}, MONDAY, FRIDAY)
    assert one.words == ("Ingen har sagt något på 26 dagar, sedan 2026-10-28.",)
    (never,) = stalls_by([replace(quiet, last_sign_on=None)], {}, MONDAY, FRIDAY)
    assert never.words == ("Ingen har sagt något om den än.",)


def test_without_a_last_day_each_plan_looks_as_far_ahead_as_its_pace() -> None:
    soon = replace(FRESH, due_on=MONDAY + timedelta(days=8))
    assert kinds(soon, until=None) == []
    assert kinds(soon, until=None, pace=Pace(due_soon_days=8)) == [("a", (StallKind.NEVER_STARTED,))]


def test_what_has_a_day_ahead_comes_before_what_is_silent_and_the_first_day_first() -> None:
    quiet = replace(FRESH, id="quiet", made_on=MONDAY - timedelta(days=90), last_sign_on=MONDAY - timedelta(days=80))
    assert [one for one, _ in kinds(quiet, replace(FRESH, id="fri", due_on=FRIDAY), replace(FRESH, id="mon", due_on=MONDAY))] == ["mon", "fri", "quiet"]
