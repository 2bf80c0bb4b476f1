"""
The change log's triggers, made from the models.

On SQLite a trigger may not call a Python function while trusted_schema is off, so `writing` puts the event in the
one-row table of the current act, and the triggers read it there. No row there = NOT NULL fails = nothing is written.
Django rebuilds a table on AlterField and its triggers vanish without a word: they are made anew after every
migrate, and start-up compares them with the models.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models

NOT_LOGGED = {"access.Installation", "access.Event", "access.Change", "access.CurrentAct", "access.IdempotencyKey", "access.Redaction"}
ROOMS = ("access", "outbox", "partnership", "source", "situation", "plan", "follow_up", "meeting")
EVENT = "(SELECT event_id FROM access_currentact)"
QUOTED_WORDS = "skrev något som är borttaget ur historiken"  # what an event says after a redaction, if it quoted the row
EVENT_REST = ("id", "at", "actor_kind", "actor_id", "actor_name", "partnership_id", "organisation_id", "kind", "subject_kind", "subject_id")
SAME_REST = " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in EVENT_REST)
MAY_NAME_SOMEBODY = {"on_behalf_of", "body", "help_from"}  # short texts of what is append-only, beside the long ones
INTO = 'INSERT INTO access_change ("event_id", "table", "row_id", "field", "old", "new")'

def _never(table: str, verb: str, words: str) -> tuple[str, str]:
    name = f"{table}_no_{verb}"
    return name, f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{words} is append-only'); END"


SAID = {"plan_checkin": "check-in", "follow_up_facesetting": "face setting", "follow_up_savedreport": "saved report", "follow_up_adoption": "adoption",
        "meeting_minutes": "minutes", "meeting_assignmentanswer": "answer"}
IN_A_REDACTION = f"(SELECT kind FROM access_event WHERE id = {EVENT}) IS 'history.redacted'"
APPEND_ONLY = dict(
    _never(table, verb, words)
    for table, words in (*SAID.items(), ("access_redaction", "redaction"))
    for verb in ("update", "delete")
) | dict([_never("access_change", "delete", "change"), _never("access_event", "delete", "event")]) | {
    # the one exception: a redaction empties old and new and names its event, and takes the quoted words out of the events
    "access_event_no_update": "CREATE TRIGGER access_event_no_update BEFORE UPDATE ON access_event "
    f"WHEN NOT (NEW.words = '{QUOTED_WORDS}' AND {SAME_REST} "
    f"AND {IN_A_REDACTION}) "
    "BEGIN SELECT RAISE(ABORT, 'event is append-only'); END",
    "access_change_no_update": "CREATE TRIGGER access_change_no_update BEFORE UPDATE ON access_change "
    'WHEN NOT (NEW."old" IS NULL AND NEW."new" IS NULL AND NEW."redacted_by_id" IS NOT NULL AND OLD."redacted_by_id" IS NULL '
    'AND NEW."id" = OLD."id" AND NEW."event_id" = OLD."event_id" AND NEW."table" = OLD."table" '
    'AND NEW."row_id" = OLD."row_id" AND NEW."field" = OLD."field") '
    "BEGIN SELECT RAISE(ABORT, 'change is append-only'); END",
}


def logged_models() -> list[type[models.Model]]:
    """Return every model whose values are logged, in a fixed order."""
    found = [m for room in ROOMS for m in apps.get_app_config(room).get_models(include_auto_created=True)]
    return [m for m in found if m._meta.label not in NOT_LOGGED]


def logged_columns(model: type[models.Model]) -> list[str]:
    """Return the columns of a model that are logged: all but files, unless the model names them itself."""
    named = getattr(model, "logged_columns", None)
    kept = [f for f in model._meta.local_concrete_fields if named is None or f.name in named or f.primary_key]
    return [str(f.column) for f in kept if not isinstance(f, models.BinaryField)]


def expected_triggers() -> dict[str, str]:
    """Return every trigger there shall be, name -> SQL."""
    wanted = dict(APPEND_ONLY)
    for model in logged_models():
        wanted.update(_triggers_of(model))
        if model._meta.db_table in SAID:
            wanted.update([_never_but_redacted(model)])
    return wanted


def _never_but_redacted(model: type[models.Model]) -> tuple[str, str]:
    """Return the trigger that keeps what was said as it was said: only a redaction may take words out of it, and change nothing else."""
    table = model._meta.db_table
    texts = (models.TextField, models.JSONField, models.BinaryField)
    kept = [f.column for f in model._meta.local_concrete_fields if not isinstance(f, texts) and f.column not in MAY_NAME_SOMEBODY]
    same = " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in kept)
    name = f"{table}_no_update"
    return name, (f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN NOT ({same} AND {IN_A_REDACTION}) "
                  f"BEGIN SELECT RAISE(ABORT, '{SAID[table]} is append-only'); END")


def _triggers_of(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    table, key = model._meta.db_table, model._meta.pk.column
    columns = logged_columns(model)
    yield f"{table}_logs_insert", (
        f'CREATE TRIGGER {table}_logs_insert AFTER INSERT ON "{table}" BEGIN {INTO} '
        f"VALUES ({EVENT}, '{table}', NEW.\"{key}\", '', NULL, {_as_json('NEW', columns)}); END")
    yield f"{table}_logs_delete", (
        f'CREATE TRIGGER {table}_logs_delete AFTER DELETE ON "{table}" BEGIN {INTO} '
        f"VALUES ({EVENT}, '{table}', OLD.\"{key}\", '', {_as_json('OLD', columns)}, NULL); END")
    # not VALUES: SQLite 3.53 does not know its column names inside a trigger
    values = " UNION ALL ".join(f"SELECT '{c}' AS f, OLD.\"{c}\" AS o, NEW.\"{c}\" AS n" for c in columns if c != key)
    watched = ", ".join(f'"{c}"' for c in columns)
    yield f"{table}_logs_update", (
        f'CREATE TRIGGER {table}_logs_update AFTER UPDATE OF {watched} ON "{table}" BEGIN {INTO} '
        f"SELECT {EVENT}, '{table}', NEW.\"{key}\", f, o, n FROM ({values}) WHERE o IS NOT n; END")


def _as_json(row: str, columns: list[str]) -> str:
    return "json_object(" + ", ".join(f"'{c}', {row}.\"{c}\"" for c in columns) + ")"


def present_triggers() -> dict[str, str]:
    """Return the triggers that the database has, name -> SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def make_triggers() -> None:
    """Drop and make every trigger anew, where its table exists."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name in present_triggers():
            cursor.execute(f'DROP TRIGGER "{name}"')
        for name, sql in expected_triggers().items():
            if _table_of(name) in tables:
                cursor.execute(sql)


def _table_of(trigger: str) -> str:
    return trigger.partition("_logs_")[0].partition("_no_")[0]


def missing_triggers() -> list[str]:
    """Return the names of triggers that are missing or differ from the models; empty = all is well."""
    there = present_triggers()
    return sorted(name for name, sql in expected_triggers().items() if there.get(name) != sql)
