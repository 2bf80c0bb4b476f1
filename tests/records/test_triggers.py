"""The change log is the database's own: no write passes it, and nothing in it is altered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from samsyn.records.access.acts import Act
from samsyn.records.access.models import Change, Event
from samsyn.records.access.triggers import (
    APPEND_ONLY, NOT_LOGGED, QUOTED_WORDS, expected_triggers, logged_columns, logged_models, make_triggers, missing_triggers, present_triggers,
)
from samsyn.records.access.writes import redact, writing
from tests.records.conftest import AT, Room

NO_ACT = "NOT NULL constraint failed: access_change.event_id"
APPEND_ONLY_TABLES = {
    name.removesuffix("_no_delete"): sql.split("'")[1].removesuffix(" is append-only") for name, sql in APPEND_ONLY.items() if name.endswith("_no_delete")}
MUST_SAY = {"outbox.Link": {"purpose": "calendar"}}  # what a constraint of the table asks of a row that says nothing else
MODELS = pytest.mark.parametrize("model", logged_models(), ids=lambda m: m._meta.label)


def run(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def first_row(model: type[models.Model], room: Room) -> dict[str, Any]:
    """Return a row of the table as the database has it; one is made where the room has none."""
    table = model._meta.db_table
    with an_act(room):
        made_of(model)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 1')
        row = cursor.fetchone()
        return dict(zip([c[0] for c in cursor.description], row, strict=True))


def made_of(model: Any) -> None:
    """Make a row of a table, and of those it points at, unless there is one."""
    if not model._base_manager.exists():
        wanted = [f for f in model._meta.concrete_fields if f.name == "text" or not (f.null or f.has_default())]
        model._base_manager.create(**{f.name: made_up(f) for f in wanted} | MUST_SAY.get(model._meta.label, {}))


def made_up(field: Any) -> Any:
    """Return a value for a column: an existing row for a link, else something of its type. Two links to one table get different rows."""
    if field.is_relation:
        made_of(field.related_model)
        rows = list(field.related_model._base_manager.order_by("pk"))
        alike = [f.name for f in field.model._meta.concrete_fields if f.is_relation and f.related_model is field.related_model]
        return rows[alike.index(field.name) % len(rows)]
    kinds = {models.UUIDField: UUID(int=1), models.TimeField: AT.time(), models.BooleanField: False, models.DateTimeField: AT, models.DateField: AT.date(),
             models.JSONField: {}, models.BinaryField: b"x", models.IntegerField: 1}
    return next((value for kind, value in kinds.items() if isinstance(field, kind)), "x")


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is done inside: rows are left pointing at nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def an_act(room: Room) -> Iterator[Any]:
    with writing(actor=room.actor, at=AT, act=Act(kind="test", words="prövade", partnership=room.partnership)) as event:
        yield event


def test_every_table_of_ours_is_logged_or_named_as_not() -> None:
    ours = {m._meta.label for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("samsyn.records.")}
    assert ours - NOT_LOGGED == {m._meta.label for m in logged_models()}
    assert len(logged_models()) > 15
    assert ours >= NOT_LOGGED


def test_the_database_has_every_trigger(db: None) -> None:
    assert len(expected_triggers()) == 3 * len(logged_models()) + len(APPEND_ONLY)
    assert missing_triggers() == []


@MODELS
def test_a_row_behind_the_programs_back_is_refused(model: type[models.Model], room: Room) -> None:
    row, key = first_row(model, room), model._meta.pk.column
    table = model._meta.db_table
    columns = ", ".join(f'"{c}"' for c in row)
    with undone():
        if table not in APPEND_ONLY_TABLES:
            with an_act(room):
                run(f'DELETE FROM "{table}" WHERE "{key}" = %s', row[key])
        row |= {f.column: uuid4().hex for f in model._meta.concrete_fields if f.primary_key or (isinstance(f, models.OneToOneField) and row[f.column])}
        with pytest.raises(IntegrityError, match=NO_ACT):
            run(f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join(["%s"] * len(row))})', *row.values())


@MODELS
def test_a_change_or_removal_behind_the_programs_back_is_refused(model: type[models.Model], room: Room) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    row = first_row(model, room)
    named = APPEND_ONLY_TABLES.get(table)
    said = []
    for column in logged_columns(model):
        if column != key:
            with pytest.raises(IntegrityError) as refused:
                run(f'UPDATE "{table}" SET "{column}" = %s WHERE "{key}" = %s', f"annat än {row[column]}", row[key])
            said.append(str(refused.value))
    by_the_log = [words for words in said if not words.startswith("CHECK constraint failed")]
    assert by_the_log and set(by_the_log) == {f"{named} is append-only" if named else NO_ACT}
    with pytest.raises(IntegrityError, match=f"{named} is append-only" if named else NO_ACT):
        run(f'DELETE FROM "{table}" WHERE "{key}" = %s', row[key])


@MODELS
def test_inside_an_act_every_value_is_logged(model: type[models.Model], room: Room) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    row = first_row(model, room)
    if table in APPEND_ONLY_TABLES:
        (made,) = Change.objects.filter(table=table, old=None)[:1]
        assert set(json.loads(made.new or "")) == set(logged_columns(model))
        return
    with undone():
        with an_act(room) as event:
            run(f'DELETE FROM "{table}" WHERE "{key}" = %s', row[key])
        (gone,) = Change.objects.filter(event=event)
    assert (gone.table, gone.row_id, gone.field, gone.new) == (table, row[key], "", None)
    assert set(json.loads(gone.old or "")) == set(logged_columns(model))


def test_without_its_trigger_the_same_row_would_pass(room: Room) -> None:
    run("DROP TRIGGER situation_problem_logs_update")
    run("UPDATE situation_problem SET title = 'Bakom ryggen'")
    assert missing_triggers() == ["situation_problem_logs_update"]
    make_triggers()
    assert missing_triggers() == []
    with pytest.raises(IntegrityError, match=NO_ACT):
        run("UPDATE situation_problem SET title = 'Bakom ryggen igen'")


def test_a_trigger_that_was_altered_is_found(db: None) -> None:
    run("DROP TRIGGER access_event_no_delete")
    run("CREATE TRIGGER access_event_no_delete BEFORE DELETE ON access_event BEGIN SELECT 1; END")
    assert missing_triggers() == ["access_event_no_delete"]


def test_a_trigger_nobody_asked_for_goes_away(db: None) -> None:
    run("CREATE TRIGGER stray AFTER INSERT ON access_event BEGIN SELECT 1; END")
    make_triggers()
    assert set(present_triggers()) == set(expected_triggers())


def test_what_people_have_said_and_done_is_append_only() -> None:
    assert {"access_event", "access_change", "plan_checkin", "follow_up_facesetting"} <= set(APPEND_ONLY_TABLES)


@pytest.mark.parametrize("table", APPEND_ONLY_TABLES)
@pytest.mark.parametrize("inside", [True, False], ids=["inside an act", "without an act"])
def test_what_has_been_said_is_never_altered_or_removed(room: Room, table: str, inside: bool) -> None:
    model = next(m for m in apps.get_models() if m._meta.db_table == table)
    row = first_row(model, room)
    for sql in (*(f'UPDATE {table} SET "{column}" = \'annat\'' for column in row if column != "id"), f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match=f"{APPEND_ONLY_TABLES[table]} is append-only"), an_act(room) if inside else nullcontext():
            run(sql)


def test_only_a_redaction_may_empty_the_log(room: Room) -> None:
    event = first_row(Event, room)["id"]
    for sets in ("old = NULL, new = NULL", "redacted_by_id = '{e}'", "old = NULL, new = 'annat', redacted_by_id = '{e}'",
                 "old = NULL, new = NULL, redacted_by_id = '{e}', field = 'annat'", "old = NULL, new = NULL, redacted_by_id = '{e}', row_id = 'annan'"):
        with pytest.raises(IntegrityError, match="change is append-only"):
            run(f"UPDATE access_change SET {sets.format(e=event)} WHERE row_id = '{room.action.hex}'")
    assert redact(row_id=room.action, field="text", why="Namn", **room.given) == 1
    for sets in ("new = 'tillbaka'", "redacted_by_id = NULL", "redacted_by_id = '{e}'"):
        with pytest.raises(IntegrityError, match="change is append-only"):
            run(f"UPDATE access_change SET {sets.format(e=event)} WHERE redacted_by_id IS NOT NULL")


@pytest.mark.parametrize("more", ["", "kind = 'annat'", "actor_name = 'annan'", "at = '2020-01-01'", "subject_kind = 'annat'", "words = 'annat'"])
def test_only_a_redaction_may_take_the_words_out_of_an_event(more: str, room: Room) -> None:
    sets = more if more.startswith("words") else ", ".join(part for part in (f"words = '{QUOTED_WORDS}'", more) if part)
    redaction = Act(kind="history.redacted", words="tog bort ett fält ur historiken: Namn", partnership=room.partnership)
    acts = [nullcontext(), an_act(room), *([writing(actor=room.actor, at=AT, act=redaction)] if more else [])]
    for act in acts:
        with pytest.raises(IntegrityError, match="event is append-only"), act:
            run(f"UPDATE access_event SET {sets}")
