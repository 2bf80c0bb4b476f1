"""A redaction reaches every text there is, of any table, the frozen ones too; and only a redaction may."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from samsyn.chain.words_out import REMOVED, pattern_of
from samsyn.records.access.models import Change, Event
from samsyn.records.access.redacted import LEFT_ALONE, places, reached_columns, reached_models, redactions_of
from samsyn.records.access.redaction_writes import redaction_act, take_out_words
from samsyn.records.access.triggers import logged_models, make_triggers, missing_triggers, present_triggers
from samsyn.records.access.writes import writing
from samsyn.records.follow_up.kinds import KINDS, TABLE_WORDS
from samsyn.records.plan import writes
from samsyn.records.plan.models import Action, CheckIn
from tests.records.conftest import AT, LATER, Room
from tests.records.test_triggers import first_row

NAME = "Nils Nilsson"
OUT = pattern_of([NAME])
TEXTS = (models.CharField, models.TextField, models.JSONField)


def redacted(room: Room) -> Any:
    return take_out_words(pattern=OUT, why="det stod ett namn", **{**room.given, "at": LATER})


def plant(room: Room) -> int:
    """Write the name in every reached column of a row in every table, behind the program's back. Returns in how many."""
    rows = {model: first_row(model, room) for model in reached_models()}
    with connection.cursor() as cursor:
        for name in present_triggers():
            cursor.execute(f'DROP TRIGGER "{name}"')
        planted = 0
        for model, row in rows.items():
            for column in reached_columns(model):
                value = json.dumps({"text": f"Ring {NAME}", "many": [f"{NAME}s mamma"]}) if isinstance(column, models.JSONField) else f"Ring {NAME}"
                cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{column.column}" = %s, partnership_id = %s WHERE id = %s',
                               (value, room.partnership.hex, row["id"]))
                planted += 1
    make_triggers()
    return planted


def everything_with(name: str) -> list[str]:
    """Return every table and column of the whole database that holds a word."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [about[0] for about in cursor.description]
            for row in cursor.fetchall():
                found += [f"{table}.{column}" for column, value in zip(names, row, strict=True) if name.casefold() in str(value).casefold()]
    return found


def test_no_table_and_no_column_keeps_the_words(room: Room) -> None:
    assert plant(room) > 70
    writes.add_action(plan=room.plan, values={"text": f"Ring {NAME}", "resources": f"{NAME}s bil"}, causes=[], goals=[], **room.given)
    assert len(everything_with("Nilsson")) > 70
    taken = redacted(room)
    assert everything_with("Nilsson") == []
    assert {table for table, _ in taken.rows} >= {"plan_checkin", "follow_up_facesetting", "plan_actionstep", "follow_up_decisionasked", "follow_up_lesson",
                                                  "plan_commitment", "plan_staffnote", "follow_up_followupplan", "follow_up_savedreport",
                                                  "follow_up_adoption", "source_sourcefile", "source_importrun"}
    assert missing_triggers() == []


def test_a_column_that_is_forgotten_is_caught(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LEFT_ALONE, "plan_checkin.helped", "planted")
    before = dict(LEFT_ALONE)
    del LEFT_ALONE["plan_checkin.helped"]
    plant(room)
    LEFT_ALONE.update(before)
    redacted(room)
    assert everything_with("Nilsson") == ["plan_checkin.helped"]


def test_every_text_of_every_table_is_reached_or_left_alone_for_a_reason() -> None:
    reached = {(m._meta.db_table, c.name) for m in reached_models() for c in reached_columns(m)}
    seen, used = 0, set()
    for model in logged_models():
        table = model._meta.db_table
        for column in model._meta.local_concrete_fields:
            if not isinstance(column, TEXTS) or column.choices or column.is_relation:
                continue
            seen += 1
            reasons = {key for key in (table, column.name, f"{table}.{column.name}") if key in LEFT_ALONE}
            used |= reasons
            assert bool(reasons) != ((table, column.name) in reached), f"{table}.{column.name}"
    assert seen > 100
    assert used == set(LEFT_ALONE), "a reason that no column needs"


def test_a_new_table_with_free_text_is_reached_without_a_word() -> None:
    class Diary(models.Model):
        text = models.TextField()
        by = models.CharField(max_length=10)
        side = models.CharField(max_length=10, choices=[("a", "A")])

        class Meta:
            app_label = "plan"
            managed = False
            apps = type(apps)(installed_apps=())

    assert [column.name for column in reached_columns(Diary)] == ["text"]


def test_every_reached_table_belongs_to_a_partnership_and_has_a_word() -> None:
    for model in reached_models():
        if reached_columns(model):
            assert any(f.name in ("partnership", "partnership_id") for f in model._meta.local_concrete_fields), model._meta.label
            assert model._meta.db_table in TABLE_WORDS, f"{model._meta.label} has no word in TABLE_WORDS"
    assert set(TABLE_WORDS) <= {model._meta.db_table for model in reached_models()}


def test_a_table_without_a_word_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(TABLE_WORDS, "plan_staffnote")
    with pytest.raises(AssertionError, match="StaffNote has no word"):
        test_every_reached_table_belongs_to_a_partnership_and_has_a_word()


def test_every_kind_finds_its_rows_in_its_own_plan_alone(room: Room, elsewhere: Room) -> None:
    looked = 0
    for name, kind in KINDS.items():
        row = first_row(kind.model, room)
        for there in (room, elsewhere):
            rows = kind.of_plan(there.partnership, there.plan)
            looked += rows.count()
            assert not rows.exclude(partnership_id=there.partnership).exists(), name
        assert row
    assert looked > 12


def test_who_did_what_and_why_is_kept(room: Room) -> None:
    check_in = writes.add_check_in(action=room.action, organisation=room.organisation, values={"text": f"{NAME} svarar inte"}, **room.given)
    events = set(Event.objects.values_list("id", flat=True))
    redacted(room)
    row = CheckIn.objects.within(room.partnership).get(id=check_in if not hasattr(check_in, "id") else check_in.id)
    assert (row.text, row.by, row.at) == (f"{REMOVED} svarar inte", room.actor.name, AT)
    (said,) = redactions_of(row.id)
    assert (said.by, said.at, said.words) == (room.actor.name, LATER, "tog bort ord därför att det stod ett namn")
    assert set(Event.objects.values_list("id", flat=True)) >= events


def test_a_row_that_somebody_has_open_does_not_get_the_words_back(room: Room) -> None:
    made = writes.add_action(plan=room.plan, values={"text": f"Ring {NAME}"}, causes=[], goals=[], **room.given)
    before = Action.objects.within(room.partnership).get(id=made.id)
    redacted(room)
    assert Action.objects.within(room.partnership).get(id=made.id).version == before.version + 1


def test_the_log_of_the_redaction_itself_holds_no_words(room: Room) -> None:
    writes.add_check_in(action=room.action, organisation=room.organisation, values={"text": NAME}, **room.given)
    redacted(room)
    event = Event.objects.get(kind="history.redacted")
    assert Change.objects.filter(event=event).exists()
    assert all(change.old is None and change.new is None and change.redacted_by_id for change in Change.objects.filter(event=event, field="text"))


def test_nothing_to_take_out_takes_out_nothing(room: Room) -> None:
    taken = redacted(room)
    assert (taken.rows, taken.changes, taken.events) == ((), 0, 0)


def test_a_stranger_takes_out_nothing_of_ours(room: Room, elsewhere: Room) -> None:
    writes.add_check_in(action=room.action, organisation=room.organisation, values={"text": NAME}, **room.given)
    redacted(elsewhere)
    assert len(list(places(room.partnership, OUT))) == 1


def test_in_a_redaction_too_nothing_else_may_be_altered(room: Room) -> None:
    first_row(apps.get_model("follow_up", "Adoption"), room)
    for table, column in (("plan_checkin", "hours"), ("plan_checkin", "by"), ("plan_checkin", "at"), ("plan_checkin", "implementation"),
                          ("follow_up_facesetting", "value"), ("follow_up_facesetting", "by"), ("follow_up_savedreport", "at"),
                          ("follow_up_savedreport", "by"), ("follow_up_adoption", "adopted_on"), ("follow_up_adoption", "by")):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), \
                writing(actor=room.actor, at=AT, act=redaction_act(room.partnership, "prov")), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET \"{column}\" = '2'")


def test_outside_a_redaction_what_was_said_stays_said(room: Room) -> None:
    for table, column in (("plan_checkin", "text"), ("follow_up_facesetting", "why"), ("follow_up_savedreport", "content")):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET \"{column}\" = '\"x\"'")


ON_A_REAL_FILE = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from samsyn.site.start import bring_up_to_date, set_up
set_up()
bring_up_to_date()
from django.conf import settings
from samsyn.chain.words_out import pattern_of
from samsyn.records.access.redaction_writes import take_out_words
from tests.records.conftest import make_room
from samsyn.records.plan import writes
room = make_room("Granviken")
for number in range(30):
    writes.add_check_in(action=room.action, organisation=room.organisation, values={"text": f"Hemligtnamn Ek svarar inte, {number}"}, **room.given)
def left():
    return sum(path.read_bytes().count(b"Hemligtnamn") for path in settings.CONFIG.database.parent.glob("samsyn.sqlite3*"))
before = left()
take_out_words(pattern=pattern_of(["Hemligtnamn Ek"]), why="prov", **room.given)
print(before, left())
"""


def test_no_byte_of_the_words_is_left_in_the_files_of_the_database(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "SAMSYN_FOLDER": str(tmp_path), "PYTHONWARNINGS": "ignore", "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", ON_A_REAL_FILE], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    before, after = map(int, done.stdout.split())
    assert before >= 60  # the row and the log of each
    assert after == 0
