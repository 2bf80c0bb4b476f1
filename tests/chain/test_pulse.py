"""The pulse counts the open actions that somebody has said something about: since the last meeting, by party, over time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.chain.pulse import NO_PARTY, Count, Period, Watched, count_in, pulse

TODAY = date(2026, 11, 23)
MET = date(2026, 11, 2)
PERIOD = Period(MET, TODAY, "")


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


@pytest.mark.parametrize(("one", "count"), [
    (Watched(id="a", signs=(day(3),)), Count(1, 1)),
    (Watched(id="a", signs=(TODAY,)), Count(1, 1)),
    (Watched(id="a", signs=(MET,)), Count(0, 1)),                                  # what is said at the meeting belongs to the period before
    (Watched(id="a", signs=(day(60),)), Count(0, 1)),
    (Watched(id="a"), Count(0, 1)),
    (Watched(id="a", made_on=TODAY), Count(0, 1)),
    (Watched(id="a", made_on=TODAY + timedelta(days=1)), Count(0, 0)),
    (Watched(id="a", ended_on=day(3)), Count(1, 1)),                               # somebody said that it had ended
    (Watched(id="a", ended_on=MET, signs=(day(3),)), Count(0, 0)),                 # it was not open in the period
])
def test_an_action_counts_where_it_was_open_and_lives_where_somebody_said_something(one: Watched, count: Count) -> None:
    assert count_in([one], PERIOD) == count


def test_without_meetings_the_last_thirty_days_count_and_time_goes_by_month() -> None:
    found = pulse([Watched(id="a", signs=(day(30),)), Watched(id="b", signs=(day(29),))], [], TODAY)
    assert (found.now.count, found.now.period.words, found.has_meetings) == (Count(1, 2), "de senaste 30 dagarna", False)
    assert [one.period.words for one in found.periods] == ["juni 2026", "juli 2026", "aug 2026", "sep 2026", "okt 2026", "nov 2026"]
    assert [one.count.alive for one in found.periods] == [0, 0, 0, 0, 2, 0]


def test_with_meetings_the_periods_lie_between_them() -> None:
    met = [day(100), day(20), day(50), TODAY]
    found = pulse([Watched(id="a", signs=(day(60), day(5)))], met, TODAY)
    assert [(one.period.after, one.period.until, one.count.alive) for one in found.periods] == [
        (day(130), day(100), 0), (day(100), day(50), 1), (day(50), day(20), 0), (day(20), TODAY, 1)]
    assert found.periods[0].period.words == f"före mötet {day(100)}"
    assert found.now == found.periods[-1]
    assert found.now.period.words == f"sedan mötet {day(20)}"
    assert found.has_meetings


def test_one_meeting_alone_gives_the_period_since_it_and_the_30_days_before_and_one_today_none() -> None:
    assert [one.period.after for one in pulse([], [MET], TODAY).periods] == [MET - timedelta(days=30), MET]
    assert not pulse([], [TODAY], TODAY).has_meetings


def test_at_most_six_periods_are_shown() -> None:
    assert len(pulse([], [day(n * 10) for n in range(1, 20)], TODAY).periods) == 6


def test_the_party_with_most_silent_actions_comes_first_and_one_without_open_actions_not_at_all() -> None:
    watched = [Watched(id="a", party="Polisen", signs=(day(1),)), Watched(id="b", party="Skolan"), Watched(id="c", party=" Skolan "),
               Watched(id="d"), Watched(id="e", party="Åhus", ended_on=day(200))]
    assert [(one.party, one.count.words) for one in pulse(watched, [MET], TODAY).parties] == [("Skolan", "0 av 2"), (NO_PARTY, "0 av 1"), ("Polisen", "1 av 1")]


@pytest.mark.parametrize(("count", "words"), [
    (Count(7, 12), "7 av 12"), (Count(0, 0), "0 av 0"), (Count(10, 20), "10 av 20 (50 %)"), (Count(19, 19), "19 av 19")])
def test_a_share_never_stands_alone_and_few_are_only_counted(count: Count, words: str) -> None:
    assert count.words == words


days = st.dates(day(400), TODAY)


@given(st.lists(st.builds(Watched, id=st.text(max_size=3), party=st.sampled_from(["", "A", "B"]), made_on=st.none() | days, ended_on=st.none() | days,
                          signs=st.lists(days, max_size=4).map(tuple)), max_size=12), st.lists(days, max_size=9))
def test_the_parties_add_up_and_no_more_live_than_are_open(watched: list[Watched], met: list[date]) -> None:
    found = pulse(watched, met, TODAY)
    assert found.now.count.alive == sum(one.count.alive for one in found.parties)
    assert found.now.count.open == sum(one.count.open for one in found.parties)
    assert all(0 <= one.count.alive <= one.count.open for one in found.periods)
    assert all(before.period.until == after.period.after for before, after in zip(found.periods, found.periods[1:], strict=False))
