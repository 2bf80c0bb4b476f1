"""The one way to change anything: an actor, a moment, one event an act, and never twice."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from samsyn.chain.choices import Implementation, RestsOn, Result
from samsyn.flows.following import check_in
from samsyn.records.access.acts import Act, Actor, ActorKind, AlreadyDone, NoActor
from samsyn.records.access.models import Change, CurrentAct, Event, IdempotencyKey
from samsyn.records.access.reads import history, latest_events
from samsyn.records.access.writes import redact, set_password, writing
from samsyn.records.editing import Edit, Gone
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.follow_up.models import FaceSetting
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan import writes
from samsyn.records.plan.models import Action, CheckIn
from tests.records.conftest import AT, LATER, Room


def changed(event: Event) -> dict[str, tuple[str | None, str | None]]:
    return {c.field: (c.old, c.new) for c in Change.objects.filter(event=event)}


def newest() -> Event:
    return Event.objects.order_by("-at", "-pk").filter(at=LATER).get()


def test_a_write_leaves_one_event_with_what_changed(room: Room) -> None:
    edit = Edit(values={"text": "Byt alla lampor", "hours": None}, base={}, version=1)
    writes.change_action(partnership=room.partnership, action=room.action, edit=edit, actor=room.actor, at=LATER)
    event = newest()
    assert (event.actor_id, event.actor_name, event.kind, event.words) == (room.actor.id, room.actor.name, "action.changed", "ändrade en åtgärd")
    assert event.partnership_id == room.partnership
    assert changed(event) == {"text": ("Byt lampor", "Byt alla lampor"), "hours": ("12.5", None), "version": ("1", "2")}


def test_a_new_row_is_logged_whole(room: Room) -> None:
    writes.add_step(partnership=room.partnership, action=room.action, values={"text": "Montera"}, actor=room.actor, at=LATER)
    (change,) = Change.objects.filter(event=newest())
    assert change.table == "plan_actionstep" and change.field == "" and change.old is None
    assert '"text":"Montera"' in (change.new or "")


@pytest.mark.parametrize(("actor", "at"), [(None, AT), (Actor(ActorKind.USER, "1", "Anna"), None), ("Anna", AT)])
def test_nobody_cannot_write(room: Room, actor: Any, at: Any) -> None:
    before = Event.objects.count()
    with pytest.raises(NoActor):
        writes.add_plan(partnership=room.partnership, values={"name": "X"}, actor=actor, at=at)
    assert Event.objects.count() == before


def test_an_act_inside_another_joins_it(room: Room) -> None:
    check_in(partnership=room.partnership, action=room.action, organisation=room.organisation, actor=room.actor, at=LATER,
             values={"text": "Klart nu", "implementation": Implementation.DONE_AS_INTENDED})
    event = newest()
    assert event.kind == "check_in.added"
    assert {c.table for c in Change.objects.filter(event=event)} == {"plan_checkin", "follow_up_facesetting"}


def test_no_act_is_left_behind(room: Room) -> None:
    act = Act(kind="x", words="gjorde något", partnership=room.partnership)
    with pytest.raises(ZeroDivisionError), writing(actor=room.actor, at=AT, act=act):
        raise ZeroDivisionError
    assert not CurrentAct.objects.exists()
    with writing(actor=room.actor, at=AT, act=act) as event:
        assert CurrentAct.objects.get().event == event
    assert not CurrentAct.objects.exists()


def test_a_write_that_fails_leaves_nothing(room: Room) -> None:
    events, actions = Event.objects.count(), Action.objects.within(room.partnership).count()
    with pytest.raises(Gone):
        writes.add_action(plan=room.plan, values={"text": "Ny"}, causes=[uuid4()], goals=[], once="abc", **room.given)
    assert (Event.objects.count(), Action.objects.within(room.partnership).count()) == (events, actions)
    assert not IdempotencyKey.objects.filter(key__contains="abc").exists()


def test_the_same_form_twice_adds_once_and_gives_the_first_answer(room: Room) -> None:
    first = writes.add_plan(values={"name": "Ny plan"}, once="form-1", **room.given)
    with pytest.raises(AlreadyDone) as again:
        writes.add_plan(values={"name": "Ny plan"}, once="form-1", **room.given)
    assert again.value.answer == str(first.id)


def test_somebody_elses_form_with_the_same_key_is_another_form(room: Room, elsewhere: Room) -> None:
    writes.add_plan(values={"name": "Ny plan"}, once="form-1", **room.given)
    writes.add_plan(values={"name": "Ny plan"}, once="form-1", **elsewhere.given)


@pytest.mark.parametrize("kind", ["problem", "cause", "goal", "action", "step", "check_in", "faces", "decision", "report"])
def test_every_kind_of_row_is_added_once(room: Room, kind: str) -> None:
    add: dict[str, Any] = {
        "problem": lambda **o: writes.add_problem(plan=room.plan, values={"title": "Nytt"}, **o),
        "cause": lambda **o: writes.add_cause(plan=room.plan, problem=room.problem, values={"text": "Ny"}, **o),
        "goal": lambda **o: writes.add_goal(plan=room.plan, problem=None, values={"text": "Nytt"}, **o),
        "action": lambda **o: writes.add_action(plan=room.plan, values={"text": "Ny"}, causes=[], goals=[], **o),
        "step": lambda **o: writes.add_step(action=room.action, values={"text": "Nytt"}, **o),
        "check_in": lambda **o: check_in(action=room.action, organisation=room.organisation, values={"text": "Nytt", "implementation": "done"}, **o),
        "faces": lambda **o: follow_up.set_faces(action=room.action, implementation=Implementation.DONE, result=Result.BETTER, why="Sett",
                                                 rests_on=RestsOn.OBSERVED, **o),
        "decision": lambda **o: follow_up.ask_decision(plan=room.plan, action=None, values={"text": "Mer"}, **o),
        "report": lambda **o: follow_up.save_report(plan=room.plan, content={}, **o),
    }
    add[kind](once="samma", **room.given)
    rows = Change.objects.count()
    with pytest.raises(AlreadyDone):
        add[kind](once="samma", **room.given)
    assert Change.objects.count() == rows


def test_history_tells_who_did_what_newest_first(room: Room) -> None:
    for text, at in (("Byt fler lampor", AT), ("Byt alla lampor", LATER)):
        version = Action.objects.within(room.partnership).get(id=room.action).version
        writes.change_action(partnership=room.partnership, action=room.action, edit=Edit(values={"text": text}, base={}, version=version),
                             actor=room.actor, at=at)
    newest_event, *_ = history(room.partnership, [room.action])
    assert newest_event.by == "Granvikens samordnare" and newest_event.words == "ändrade en åtgärd"
    assert [(c.old, c.new) for c in newest_event.changes if c.field == "text"] == [("Byt fler lampor", "Byt alla lampor")]


def test_history_shows_a_stranger_nothing(room: Room, elsewhere: Room) -> None:
    assert history(room.partnership, [room.action])
    assert history(elsewhere.partnership, [room.action]) == ()
    assert not {e.id for e in latest_events(elsewhere.partnership, limit=100)} & {e.id for e in latest_events(room.partnership, limit=100)}


def test_a_password_never_reaches_the_log(room: Room) -> None:
    set_password(user=room.user, password="en hemlig mening", actor=room.actor, at=LATER)
    assert room.user.has_usable_password()
    for change in Change.objects.filter(row_id=room.user.id.hex):
        assert "password" not in f"{change.field} {change.old} {change.new}"
        assert "argon2" not in f"{change.old} {change.new}"


def test_a_redaction_empties_and_says_who_and_why(room: Room) -> None:
    writes.change_action(action=room.action, edit=Edit(values={"text": "Ring Nils Nilsson"}, base={}, version=1), **room.given)
    count = redact(row_id=room.action, field="text", why="Ett namn stod där", **{**room.given, "at": LATER})
    assert count == 2  # the change, and the row as it was when it was made
    emptied = Change.objects.filter(row_id=room.action.hex, field__in=["text", ""])
    assert {(c.old, c.new, c.redacted_by) for c in emptied} == {(None, None, newest())}
    assert newest().actor_name == room.actor.name and "Ett namn stod där" in newest().words
    assert Change.objects.filter(row_id=room.action.hex, field="version", new="2").exists()
    assert redact(row_id=room.action, field="text", why="En gång till", **room.given) == 0


def test_a_redaction_takes_the_words_out_of_the_event_that_quoted_them(room: Room) -> None:
    made = writes.add_action(plan=room.plan, values={"text": "Ring Nils Nilsson", "resources": "Nils bil"}, causes=[], goals=[], **room.given)
    event = Event.objects.get(kind="action.added", words="lade till åtgärden Ring Nils Nilsson")
    kept = {field.name: getattr(event, field.name) for field in Event._meta.concrete_fields if field.name != "words"}
    redact(row_id=made.id, field="text", why="Ett namn stod där", **{**room.given, "at": LATER})
    assert not Event.objects.filter(words__contains="Nilsson").exists()
    after = Event.objects.get(id=event.id)
    assert "borttaget ur historiken" in after.words
    assert {name: getattr(after, name) for name in kept} == kept


def test_a_redaction_of_what_no_event_quotes_leaves_the_words(room: Room) -> None:
    made = writes.add_action(plan=room.plan, values={"text": "Byt lampor", "resources": "Nils bil"}, causes=[], goals=[], **room.given)
    redact(row_id=made.id, field="resources", why="Ett namn stod där", **room.given)
    assert Event.objects.filter(words="lade till åtgärden Byt lampor").exists()


def test_a_stranger_cannot_redact(room: Room, elsewhere: Room) -> None:
    assert redact(row_id=room.action, field="text", why="Bort", **elsewhere.given) == 0


def test_a_check_in_is_corrected_by_a_new_one(room: Room) -> None:
    new = check_in(partnership=room.partnership, action=room.action, organisation=room.organisation, actor=room.actor, at=LATER,
                   values={"text": "Inte beställda än"}, corrects=room.check_in)
    action, _ = plan_values(room.head).actions
    assert [(c.text, c.corrects) for c in action.check_ins] == [("Beställda", None), ("Inte beställda än", str(room.check_in))]
    assert CheckIn.objects.within(room.partnership).get(id=new).by == room.actor.name


def test_a_check_in_of_another_action_cannot_be_corrected(room: Room) -> None:
    other = writes.add_action(plan=room.plan, values={"text": "Annan"}, causes=[], goals=[], **room.given)
    with pytest.raises(Gone):
        check_in(action=other.id, organisation=room.organisation, values={"text": "X"}, corrects=room.check_in, **room.given)


def test_a_verdict_needs_a_word_of_why(room: Room) -> None:
    before = FaceSetting.objects.within(room.partnership).count()
    with pytest.raises(follow_up.NoReason):
        follow_up.set_face(action=room.action, value=Result.BETTER, why="  ", rests_on=RestsOn.HEARD, **room.given)
    assert FaceSetting.objects.within(room.partnership).count() == before


def test_an_earlier_face_is_kept(room: Room) -> None:
    for value, at in ((Result.UNCHANGED, AT), (Result.BETTER, LATER)):
        follow_up.set_face(partnership=room.partnership, action=room.action, value=value, why="Sett", rests_on=RestsOn.OBSERVED,
                           actor=room.actor, at=at)
    action, _ = plan_values(room.head).actions
    assert action.result is not None and action.result.value is Result.BETTER
    assert action.implementation is not None and action.implementation.value is Implementation.UNDER_WAY
    assert FaceSetting.objects.within(room.partnership).filter(side="result").count() == 2


def test_ticking_a_step_twice_is_no_fault(room: Room) -> None:
    for day in (date(2026, 11, 20), date(2026, 11, 21), None):
        writes.tick_step(action=room.action, step=room.step, done_on=day, **room.given)
        assert plan_values(room.head).actions[0].steps[0].done_on == day
