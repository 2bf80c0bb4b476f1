"""Whatever a file does to the process it is read in, the parent gets a result or one kind sentence."""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from samsyn.chain.choices import FormFace, Implementation
from samsyn.chain.values_json import NotAsDeclared
from samsyn.formats import child
from samsyn.formats.child import ChildFailed, limit_this_process, read_safely
from samsyn.formats.child_values import decoded_as, encoded
from samsyn.formats.grid import Cell, Grid, Row, Sheet
from samsyn.formats.open_file import open_grid
from samsyn.formats.problems import Refused, RowProblem, Weight
from samsyn.formats.reading import PlanReading, ReadCause, ReadDate, ReadRow, ReadStatus
from tests.formats.made_files import text_cell, xlsx

OPEN = "samsyn.formats.open_file:open_grid"
NAUGHTY = '''
import os, sys, time
from datetime import date
def greet(name: str, content: bytes, *, today: date) -> str: return f"{name} {len(content)} {today} {sorted(os.environ)}"
def eat(name: str, content: bytes) -> str: return str(len([bytes(10**7) for _ in range(10**4)]))
def hang(name: str, content: bytes) -> str: time.sleep(60); return ""
def spin(name: str, content: bytes) -> str:
    while True: pass
def abort(name: str, content: bytes) -> str: os.abort()
def leave(name: str, content: bytes) -> str: os._exit(3)
def dig(name: str, content: bytes) -> str: return dig(name, content)
def fail(name: str, content: bytes) -> str: raise ValueError("hemlig text ur filen")
def chatter(name: str, content: bytes) -> str: print("x" * 1000); os.write(1, b"junk"); return "ok"
def flood(name: str, content: bytes) -> str: return "x" * 2 * 10**7
def lie(name: str, content: bytes) -> str: return 7
'''


@pytest.fixture
def naughty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Put a module where both this process and the child find it; return its name."""
    (tmp_path / "naughty_for_child.py").write_text(NAUGHTY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "naughty_for_child"
    sys.modules.pop("naughty_for_child", None)


def test_a_grid_comes_back_just_as_it_was_read_here() -> None:
    content = xlsx(f'<row r="1">{text_cell("A1", "Orsak åäö 😀")}<c r="B1"><v>1.5</v></c><c r="C1" s="1"><v>46037.5</v></c></row>',
                   styles='<cellXfs><xf/><xf numFmtId="22"/></cellXfs>')
    assert read_safely(OPEN, "plan.xlsx", content) == open_grid("plan.xlsx", content)


def test_a_refusal_comes_back_as_a_refusal() -> None:
    with pytest.raises(Refused, match="tom fil"):
        read_safely(OPEN, "plan.csv", b"")


def test_arguments_and_only_harmless_parts_of_the_environment_reach_the_child(naughty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSYN_SECRET_KEY", "hemlig")
    said = read_safely(f"{naughty}:greet", "å;b\n", b"x" * 3_000_000, today=date(2027, 3, 1))
    assert said.startswith("å;b\n 3000000 2027-03-01")
    assert "SECRET" not in said


@pytest.mark.parametrize(("function", "says"), [
    ("eat", child.TOO_HEAVY), ("abort", child.TOO_HEAVY), ("leave", child.TOO_HEAVY), ("dig", child.TOO_HEAVY),
    ("flood", child.TOO_HEAVY), ("fail", child.UNREADABLE), ("lie", child.UNREADABLE),
])
def test_whatever_the_child_does_the_parent_refuses_kindly(naughty: str, function: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MAX_ANSWER", 10 ** 7)
    with pytest.raises(Refused) as refused:
        read_safely(f"{naughty}:{function}", "x", b"")
    assert str(refused.value) == says
    assert isinstance(refused.value.__cause__, (ChildFailed, NotAsDeclared))
    assert "hemlig" not in str(refused.value.__cause__)


@pytest.mark.parametrize("function", ["hang", "spin"])
def test_a_child_that_never_answers_is_stopped(naughty: str, function: str) -> None:
    with pytest.raises(Refused) as refused:
        read_safely(f"{naughty}:{function}", "x", b"", seconds=0.7)
    assert str(refused.value) in (child.TOO_SLOW, child.TOO_HEAVY)


def test_what_a_library_prints_does_not_disturb_the_answer(naughty: str) -> None:
    assert read_safely(f"{naughty}:chatter", "x", b"") == "ok"


def test_where_it_failed_is_told_to_us_but_not_what_the_file_said(naughty: str) -> None:
    with pytest.raises(Refused) as refused:
        read_safely(f"{naughty}:fail", "x", b"")
    assert "ValueError at child.py" in str(refused.value.__cause__)


def test_a_child_that_does_not_read_its_input_leaves_nothing_behind(naughty: str) -> None:
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    for _ in range(3):
        with pytest.raises(Refused):
            read_safely(f"{naughty}:leave", "x", b"x" * 5_000_000)
    after = len(os.listdir("/proc/self/fd")) if before else 0
    assert after == before


def test_where_the_system_cannot_limit_memory_the_reading_still_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usual = builtins.__import__

    def without_resource(name: str, *rest: Any, **more: Any) -> Any:
        if name == "resource":
            raise ImportError(name)
        return usual(name, *rest, **more)

    with monkeypatch.context() as blocked:
        blocked.setattr(builtins, "__import__", without_resource)
        assert limit_this_process(9) is False
    (tmp_path / "resource.py").write_text("raise ImportError('no resource here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert read_safely(OPEN, "p.csv", b"a;b\n1;2\n").kind == "csv"


def test_the_child_needs_no_heavy_library_to_start() -> None:
    import subprocess

    told = subprocess.run([sys.executable, "-c", "import sys, samsyn.formats.child, samsyn.formats.open_file as o; o.open_grid('a.csv', b'a;b\\n');"
                           "print([name for name in ('django', 'openpyxl', 'docx', 'lxml', 'typst', 'rich', 'xlsxwriter') if name in sys.modules])"],
                          capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@dataclass(frozen=True)
class Sample:
    day: date | None
    values: tuple[str | int | float | bool | date | datetime | None, ...]
    amount: Decimal
    weight: Weight
    face: FormFace | Implementation | None
    pair: tuple[str, int]


def test_every_sort_of_value_survives_the_way() -> None:
    sample = Sample(date(2027, 1, 2), ("å\"\n😀", 1, 1.5, True, date(2027, 1, 2), datetime(2027, 1, 2, 3, 4), None), Decimal("1.10"),
                    Weight.BAD, Implementation.DONE, ("a", 1))
    came = decoded_as(Sample, encoded(sample))
    assert came == sample
    assert [type(value) for value in came.values] == [type(value) for value in sample.values]
    assert type(came.face) is Implementation
    assert str(came.amount) == "1.10"


def test_a_plan_reading_survives_the_way() -> None:
    row = ReadRow("Plan", 2, (ReadCause(1, "Mörkt"), ReadCause(None, "x")), "a", "1.1", "g", ReadDate("v. 12", date(2027, 3, 28), False), (),
                  ReadStatus("grön", FormFace.GREEN, Implementation.DONE), extra=(("Kostnad", "5"),))
    reading = PlanReading("xlsx", (), (row,), (RowProblem("rad 2", "v", "w", "d", Weight.ASK),))
    assert decoded_as(PlanReading, encoded(reading)) == reading


@pytest.mark.parametrize("content", [
    b"", b"{", b"7", b'["xlsx"]', b'["xlsx", [], [], [], []]', b'{"__class__": "os.system"}', b'["xlsx", "sheets", [], []]',
    b'[1, [], [], []]', b"[" * 100_000, b'["csv", [["a", [[1, [["x", 1, "", "", false, false, false]], false]], false]], [], []]',
])
def test_json_that_is_not_the_declared_type_is_never_let_in(content: bytes) -> None:
    with pytest.raises(NotAsDeclared):
        decoded_as(Grid, content)


def test_json_that_is_the_declared_type_is_let_in() -> None:
    grid = Grid("csv", (Sheet("a", (Row(1, (Cell("x"), Cell(1.5))),)),))
    assert decoded_as(Grid, encoded(grid)) == grid
