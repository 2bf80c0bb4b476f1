"""The database file as a served installation has it: settings that survive a power cut, and triggers that survive a migration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from samsyn.site.sqlite import OLDEST_SAFE, PRAGMAS, FaultySQLite, refuse_faulty, use_safe_sqlite

ON_A_REAL_FILE = """
import json
from samsyn.site.start import bring_up_to_date, set_up
set_up()
bring_up_to_date()
import sqlite3
from django.db import connection, models, transaction
from samsyn.records.access.triggers import missing_triggers
from samsyn.records.plan.models import ActionStep
facts = {"sqlite": sqlite3.sqlite_version_info, "missing": [missing_triggers()], "statements": []}
with connection.cursor() as cursor:
    for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema", "busy_timeout", "cell_size_check"):
        facts[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
connection.force_debug_cursor = True
with transaction.atomic():
    pass
facts["statements"] = [q["sql"] for q in connection.queries]
was, wider = ActionStep._meta.get_field("documented_how"), models.CharField(max_length=999, blank=True, default="")
wider.set_attributes_from_name("documented_how")
wider.model = ActionStep
with connection.schema_editor() as editor:
    editor.alter_field(ActionStep, was, wider)
facts["missing"].append(missing_triggers())
bring_up_to_date()
facts["missing"].append(missing_triggers())
connection.cursor().execute("DROP TRIGGER access_event_no_delete")
facts["missing"].append(missing_triggers())
bring_up_to_date()
facts["missing"].append(missing_triggers())
print(json.dumps(facts))
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process of its own found in a new installation's file."""
    environment = {**os.environ, "SAMSYN_FOLDER": str(tmp_path_factory.mktemp("installation")), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run([sys.executable, "-c", ON_A_REAL_FILE], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_file_is_set_to_survive_a_power_cut(facts: dict[str, Any]) -> None:
    assert {name: facts[name] for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema", "cell_size_check")} == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0, "cell_size_check": 1}
    assert facts["busy_timeout"] == 20_000


def test_the_linked_library_has_not_the_fault(facts: dict[str, Any]) -> None:
    assert tuple(facts["sqlite"]) >= OLDEST_SAFE


def test_a_write_takes_the_lock_at_once(facts: dict[str, Any]) -> None:
    assert facts["statements"][0] == "BEGIN IMMEDIATE"


def test_a_rebuilt_table_loses_its_triggers_and_gets_them_back(facts: dict[str, Any]) -> None:
    new, rebuilt, migrated, dropped, mended = facts["missing"]
    assert new == []
    assert rebuilt == ["plan_actionstep_logs_delete", "plan_actionstep_logs_insert", "plan_actionstep_logs_update"]
    assert migrated == []
    assert dropped == ["access_event_no_delete"]
    assert mended == []


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 7, 0), (3, 51, 2)])
def test_a_faulty_library_is_refused(version: tuple[int, int, int]) -> None:
    with pytest.raises(FaultySQLite, match="kan skada databasen"):
        refuse_faulty(version)


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (4, 0, 0)])
def test_a_sound_library_is_not(version: tuple[int, int, int]) -> None:
    refuse_faulty(version)


def test_the_standard_librarys_sqlite_is_replaced() -> None:
    use_safe_sqlite()
    import sqlite3

    import pysqlite3

    assert sqlite3 is pysqlite3 and sqlite3.sqlite_version_info >= OLDEST_SAFE


def test_start_up_refuses_a_faulty_library(tmp_path: Path) -> None:
    planted = "import pysqlite3; pysqlite3.sqlite_version_info = (3, 40, 1); from samsyn.cli.main import main; main(['serve'])"
    environment = {**os.environ, "SAMSYN_FOLDER": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", planted], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("SQLite 3.40.1 kan skada databasen.") and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "samsyn.sqlite3").exists()


def left_in_the_file(path: Path, pragmas: str) -> int:
    """Return how many copies of a removed text are left in the file."""
    import pysqlite3

    made = pysqlite3.connect(path, isolation_level=None)
    made.executescript(pragmas)
    made.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)")
    for number in range(200):
        made.execute("INSERT INTO t VALUES (?, ?)", (number, f"{'fyllnad ' * 20}hemligtnamn{number}"))
    made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    made.execute("DELETE FROM t WHERE id % 2 = 0")
    made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    made.close()
    raw = b"".join(each.read_bytes() for each in path.parent.iterdir())
    return sum(b"hemligtnamn%d" % number in raw for number in range(100, 200, 2))


def test_what_is_removed_leaves_no_bytes_behind(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert left_in_the_file(tmp_path / "a" / "on.sqlite3", PRAGMAS) == 0
    assert left_in_the_file(tmp_path / "b" / "off.sqlite3", PRAGMAS.replace("secure_delete = ON", "secure_delete = OFF")) > 0


def test_a_trigger_cannot_call_a_function_of_ours(tmp_path: Path) -> None:
    import pysqlite3

    made = pysqlite3.connect(tmp_path / "x.sqlite3")
    made.executescript(PRAGMAS)
    made.create_function("ours", 0, lambda: 1)
    made.execute("CREATE TABLE t (id INTEGER)")
    made.execute("CREATE TRIGGER planted AFTER INSERT ON t BEGIN SELECT ours(); END")
    with pytest.raises(pysqlite3.OperationalError, match="unsafe use of ours"):
        made.execute("INSERT INTO t VALUES (1)")
