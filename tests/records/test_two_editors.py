"""Two people edit the same row: what can be merged is, what collides is shown, and no word is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from samsyn.records.access.models import Change
from samsyn.records.access.reads import history
from samsyn.records.editing import Collided, Edit, Gone
from samsyn.records.follow_up.reads import editable
from samsyn.records.plan import writes
from samsyn.records.plan.models import Action
from tests.records.conftest import LATER, Room

BASE = {"text": "Byt lampor vid stationen", "description": "Ring entreprenören", "others": "", "resources": "Två man", "due_typed": "våren",
        "responsible": "Bo", "documentation": "", "late_reason": ""}


def edit_of(room: Room, values: dict[str, Any], base: dict[str, Any], version: int) -> Any:
    return writes.change_action(edit=Edit(values=values, base=base, version=version), action=room.action, **room.given)


def as_opened(room: Room) -> tuple[dict[str, Any], int]:
    row = editable(room.partnership, room.plan, "action", room.action)
    assert row is not None
    return row.values, row.version


def stored(room: Room) -> dict[str, Any]:
    return as_opened(room)[0]


def test_different_fields_are_merged_and_the_second_is_told(room: Room) -> None:
    opened, version = as_opened(room)
    edit_of(room, {**opened, "others": "Kim"}, opened, version)
    saved = edit_of(room, {**opened, "resources": "Tre man"}, opened, version)
    assert (stored(room)["others"], stored(room)["resources"]) == ("Kim", "Tre man")
    assert saved.from_theirs == ("others",)


def test_the_same_field_collides_and_both_texts_are_there(room: Room) -> None:
    opened, version = as_opened(room)
    edit_of(room, {**opened, "text": "Byt alla lampor"}, opened, version)
    with pytest.raises(Collided) as collided:
        edit_of(room, {**opened, "text": "Byt lampor i parken"}, opened, version)
    (one,) = collided.value.merge.collisions
    assert (one.field, one.theirs, one.mine) == ("text", "Byt alla lampor", "Byt lampor i parken")
    assert one.together == "Byt alla lampor i parken"
    assert collided.value.by == room.actor.name
    assert stored(room)["text"] == "Byt alla lampor"


def test_a_collision_saves_nothing_at_all(room: Room) -> None:
    opened, version = as_opened(room)
    edit_of(room, {**opened, "text": "A"}, opened, version)
    changes = Change.objects.count()
    with pytest.raises(Collided):
        edit_of(room, {**opened, "text": "B", "others": "Kim"}, opened, version)
    assert stored(room)["others"] == "" and Change.objects.count() == changes


def test_the_same_words_do_not_collide(room: Room) -> None:
    opened, version = as_opened(room)
    edit_of(room, {**opened, "text": "Likadant"}, opened, version)
    assert edit_of(room, {**opened, "text": "Likadant"}, opened, version).from_theirs == ()


def test_an_edit_that_changes_nothing_leaves_no_version(room: Room) -> None:
    opened, version = as_opened(room)
    edit_of(room, opened, opened, version)
    assert as_opened(room) == (opened, version)


@pytest.mark.parametrize(("field", "theirs", "mine"), [
    ("due_on", date(2027, 1, 1), date(2027, 2, 1)), ("hours", Decimal(20), Decimal(30)), ("approach", "social", "situational"),
    ("due_on", None, date(2027, 1, 1))])
def test_dates_numbers_and_choices_collide_too(room: Room, field: str, theirs: Any, mine: Any) -> None:
    opened, version = as_opened(room)
    edit_of(room, {**opened, field: theirs}, opened, version)
    with pytest.raises(Collided):
        edit_of(room, {**opened, field: mine}, opened, version)
    assert stored(room)[field] == theirs


def test_links_collide_too(room: Room) -> None:
    other = writes.add_cause(plan=room.plan, problem=room.problem, values={"text": "Skymt"}, **room.given)
    opened, version = as_opened(room)
    assert opened["causes"] == (str(room.cause),)
    edit_of(room, {**opened, "causes": tuple(sorted([str(room.cause), str(other.id)]))}, opened, version)
    with pytest.raises(Collided):
        edit_of(room, {**opened, "causes": ()}, opened, version)
    assert len(stored(room)["causes"]) == 2


def test_an_edit_of_a_row_that_is_gone_says_so(room: Room) -> None:
    opened, version = as_opened(room)
    writes.withdraw_row(plan=room.plan, kind="action", row_id=room.action, **room.given)
    with pytest.raises(Gone):
        edit_of(room, {**opened, "text": "För sent"}, opened, version)


def test_an_old_form_without_its_base_overwrites_nothing(room: Room) -> None:
    opened, version = as_opened(room)
    edit_of(room, {**opened, "text": "Bos ord"}, opened, version)
    with pytest.raises(Collided):
        edit_of(room, {**opened, "text": "Annas ord"}, {}, version)
    assert stored(room)["text"] == "Bos ord"


def test_no_word_is_lost_in_three_hundred_pairs(room: Room) -> None:
    random = Random(20261123)
    told = merged = 0
    for pair in range(300):
        row = Action.objects.within(room.partnership).get(id=room.action)
        edit_of(room, {**{k: getattr(row, k) for k in BASE}, **BASE}, {}, row.version)
        opened, version = as_opened(room)
        sent = []
        for who in ("A", "B"):
            mine = {name: opened[name] for name in BASE}
            for name in random.sample(sorted(BASE), random.randint(1, 3)):
                mine[name] = f"{mine[name]} {who}{pair}{name}".strip()
            sent.append(mine)
        first, second = sent
        edit_of(room, first, opened, version)
        try:
            edit_of(room, second, opened, version)
            merged += 1
            shown: dict[str, Any] = {}
        except Collided as collided:
            told += 1
            shown = {c.field: c for c in collided.merge.collisions}
        now = stored(room)
        for name, base in BASE.items():
            if first[name] != base:
                assert f"A{pair}{name}" in now[name], "the first editor's words"
            if second[name] != base and not shown:
                assert now[name] == second[name], "the second editor's words"
            if name in shown:
                assert first[name] != base and second[name] != base
                assert shown[name].theirs == first[name] and shown[name].mine == second[name]
                assert all(f"{who}{pair}{name}" in shown[name].together for who in "AB")
    assert told + merged == 300
    assert 30 < told <= 180  # more than 60 % told would teach people to click it away


def test_what_was_replaced_stands_in_the_history(room: Room) -> None:
    opened, version = as_opened(room)
    writes.change_action(partnership=room.partnership, action=room.action, edit=Edit(values={"text": "Nya ord"}, base=opened, version=version),
                         actor=room.actor, at=LATER)
    (latest, *_) = history(room.partnership, [room.action])
    assert [(c.old, c.new) for c in latest.changes if c.field == "text"] == [("Byt lampor", "Nya ord")]
