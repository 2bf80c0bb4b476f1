"""The minutes hold what was written, point by point, and say in their title what came of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samsyn.chain.meeting_values import Attended, Here, LineKind
from samsyn.chain.minutes import attendance_words, build_minutes, finding, handed_out, lines_of
from samsyn.chain.minutes_json import NotMinutes, minutes_from_json, minutes_to_json
from tests.chain.a_meeting import EMPTY, ENDS, SAID, line

MADE = build_minutes(SAID, ended_at=ENDS, closed_by="Anna Lind")


def with_lines(decisions: int, assignments: int) -> str:
    lines = [("", line(LineKind.DECISION, "ja"))] * decisions + [("", line(LineKind.ASSIGNMENT, "gör", "Bo"))] * assignments
    return finding(build_minutes(replace(EMPTY, lines=tuple(lines)), ended_at=ENDS, closed_by="Anna"))


@pytest.mark.parametrize(("decisions", "assignments", "words"), [
    (3, 4, "Tre beslut och fyra uppdrag"), (1, 1, "Ett beslut och ett uppdrag"), (0, 0, "Inga beslut och inga uppdrag"),
    (2, 0, "Två beslut, inga uppdrag"), (0, 1, "Ett uppdrag, inga beslut"), (13, 300, "13 beslut och 300 uppdrag")])
def test_the_title_is_what_came_of_it(decisions: int, assignments: int, words: str) -> None:
    assert with_lines(decisions, assignments) == words


def test_each_line_stands_under_its_point_in_the_order_it_was_written() -> None:
    assert [(point.number, len(point.lines)) for point in MADE.points] == [(1, 3), (2, 2), (3, 2), (4, 0), (5, 0)]
    assert [one.text for one in MADE.points[0].lines][:2] == ["leverantören har gått i konkurs och Granvikshus söker en ny", "belysning Parkvägen"]
    assert [one.text for one in MADE.loose] == ["boka sal"]


def test_no_line_is_lost_when_its_point_was_taken_away() -> None:
    made = build_minutes(replace(SAID, points=SAID.points[1:]), ended_at=ENDS, closed_by="Anna")
    assert sum(len(point.lines) for point in made.points) + len(made.loose) == len(SAID.lines)
    assert len(made.loose) == 4


def test_the_assignments_come_the_one_due_first_first_and_those_without_a_day_last() -> None:
    assert [(row.owner, row.number, row.due_on and row.due_on.isoformat()) for row in handed_out(MADE)] == [
        ("Anna Lind", 1, "2026-12-11"), ("Anna Lind", None, "2026-12-11"), ("Bo Åkesson", 1, "2027-03-15"), ("Dana Berg", 3, None)]


def test_decisions_know_their_point() -> None:
    assert [number for number, _ in lines_of(MADE, LineKind.DECISION)] == [2, 2, 3]


def test_those_who_were_absent_stand_last() -> None:
    assert [one.name for one in MADE.attended] == ["Anna Lind", "Bo Åkesson", "Carin Ek", "Dana Berg"]


@pytest.mark.parametrize(("here", "words"), [
    ((), "Ingen närvaro är antecknad."), ((Here.PRESENT,), "En var med."), ((Here.REMOTE,), "En var med, på länk."),
    ((Here.REMOTE, Here.REMOTE), "Två var med, alla på länk."),
    ((Here.PRESENT, Here.REMOTE, Here.ABSENT), "Två var med, varav en på länk. En var frånvarande."),
    ((Here.ABSENT, Here.ABSENT), "Ingen var med. Två var frånvarande.")])
def test_how_many_were_there_is_said_in_a_sentence(here: tuple[Here, ...], words: str) -> None:
    assert attendance_words([Attended(f"N{number}", "", "", one) for number, one in enumerate(here)]) == words


def test_the_minutes_are_the_same_after_they_have_been_kept() -> None:
    assert minutes_from_json(minutes_to_json(MADE)) == MADE


@pytest.mark.parametrize("raw", [{}, {"version": 1}, {"version": 2, "minutes": {}}, {"version": 1, "minutes": {"group": 1}}, None, [], "x"])
def test_what_is_not_minutes_is_refused(raw: object) -> None:
    with pytest.raises(NotMinutes):
        minutes_from_json(raw)
