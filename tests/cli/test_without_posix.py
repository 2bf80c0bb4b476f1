"""
Check, import and report where the system has nothing of its own from Unix, as on Windows.

Windows itself is not tried. Here every process, the limited child too, is started with the modules and functions that
only Unix has taken away, and says so if they are asked for.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from samsyn.chain.demo_town import demo_town
from samsyn.formats.child import TOO_SLOW
from samsyn.formats.example_plan import example_plan_xlsx
from samsyn.formats.package import MAX_PACKED
from samsyn.formats.plan_xlsx import plan_workbook
from tests.formats.made_files import docx, text_cell, word_cell, word_table, xlsx

TODAY = "2027-03-01"
ABSENT = ("resource", "fcntl", "pwd", "grp", "termios", "tty", "pty", "syslog", "readline")
TAKEN = ("fork", "forkpty", "setsid", "getuid", "geteuid", "getgid", "getegid", "getpgid", "killpg", "chown", "fchown", "lchown", "fchmod",
         "mkfifo", "mknod", "nice", "sysconf", "statvfs", "uname", "sched_getaffinity", "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK")

# Python loads this module in every process that starts with its folder on PYTHONPATH.
UNLIKE_UNIX = f"""
import os, signal, sys, warnings
from importlib.abc import MetaPathFinder

class Absent(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in {ABSENT!r}:
            raise ModuleNotFoundError(name + " is not on this system", name=name)

sys.meta_path.insert(0, Absent())
for name in {ABSENT!r}:
    sys.modules.pop(name, None)
for name in {TAKEN!r}:
    if hasattr(os, name):
        delattr(os, name)
for name in ("alarm", "setitimer", "SIGALRM", "SIGHUP"):
    delattr(signal, name)
warnings.filterwarnings("error", category=EncodingWarning, module=r"samsyn(\\.|$)")  # Windows' own encoding is another
"""

NAUGHTY = '''
import time
def spin(name: str, content: bytes) -> str:
    while True: pass
def hang(name: str, content: bytes) -> str: time.sleep(60); return ""
def can_limit(name: str, content: bytes) -> bool:
    from samsyn.formats.child import limit_this_process
    return limit_this_process(9)
'''
READ = "from samsyn.formats.child import read_safely\nprint(read_safely('naughty_elsewhere:{}', 'x', b'', seconds={}))"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a system without anything of Unix."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "sitecustomize.py").write_text(UNLIKE_UNIX, encoding="utf-8")
    (folder / "naughty_elsewhere.py").write_text(NAUGHTY, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(folder), "PYTHONWARNDEFAULTENCODING": "1"}


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of plans of every kind that is read."""
    folder = tmp_path_factory.mktemp("plans")
    (folder / "exempel.xlsx").write_bytes(example_plan_xlsx())
    (folder / "staden.xlsx").write_bytes(plan_workbook(demo_town(date(2026, 11, 23)).partnerships[0].plans[0], title="Trygg kväll"))
    (folder / "plan.csv").write_text("Orsak;Åtgärd;När;Vem\n1. Mörkt;1.1 Byta lampor;2027-06-30;Åsa Öst\n", encoding="utf-8-sig")
    rows = [word_table("".join(map(word_cell, cells))) for cells in (("Orsak", "Åtgärd", "När", "Vem"), ("1. Mörkt", "1.1 Byta lampor", "v. 12", "Åsa Öst"))]
    (folder / "plan.docx").write_bytes(docx("".join(rows)))
    (folder / "trasig.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    return folder


def ran(environment: dict[str, str], folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "samsyn.cli.main", *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def python(environment: dict[str, str], program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)


CHECK, IMPORT = ("check", "--today", TODAY), ("import", "--dry-run", "--json", "--rows", "--today", TODAY)


@pytest.mark.parametrize(("name", "arguments"), [
    ("exempel.xlsx", CHECK), ("staden.xlsx", (*CHECK, "--json")), ("plan.docx", (*CHECK, "--json")), ("trasig.xlsx", CHECK),
    ("exempel.xlsx", IMPORT), ("plan.csv", IMPORT), ("trasig.xlsx", IMPORT),
])
def test_a_plan_is_checked_and_read_as_it_is_on_unix(elsewhere: dict[str, str], plans: Path, name: str, arguments: tuple[str, ...]) -> None:
    here = ran(dict(os.environ), plans, *arguments, name)
    assert ran(elsewhere, plans, *arguments, name) == here
    assert here[1] or here[2], "something is said"


def test_the_report_is_the_same_to_the_byte(elsewhere: dict[str, str], plans: Path) -> None:
    said = {where: ran(environment, plans, "report", "staden.xlsx", "-o", f"{where}.pdf", "--today", TODAY)
            for where, environment in (("here", dict(os.environ)), ("elsewhere", elsewhere))}
    assert said["here"][0] == 0 and said["elsewhere"] == (0, said["here"][1].replace("here.pdf", "elsewhere.pdf"), "")
    assert (plans / "elsewhere.pdf").read_bytes() == (plans / "here.pdf").read_bytes()


def bomb() -> bytes:
    """A workbook of a few hundred kB that unpacks to more than any plan."""
    return xlsx("".join(f'<row r="{n}">{text_cell(f"A{n}", "lampa " * 5000)}</row>' for n in range(1, 3000)))


def too_large() -> bytes:
    return b"Orsak;\xc3\x85tg\xc3\xa4rd\n" + b"x" * MAX_PACKED


@pytest.mark.parametrize("name", ["bomb.xlsx", "large.csv"])
def test_a_file_that_is_too_large_is_refused_there_too(elsewhere: dict[str, str], tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bomb() if name.startswith("bomb") else too_large())
    refused = ran(elsewhere, tmp_path, "check", name)
    assert refused[:2] == (2, "") and ("för stor" in refused[2] or "är större än" in refused[2]) and len(refused[2].splitlines()) == 1
    assert refused == ran(dict(os.environ), tmp_path, "check", name)
    code, said, _ = ran(elsewhere, tmp_path, "import", "--dry-run", "--json", name)
    assert code == 0 and '"outcome": "reject"' in said


@pytest.mark.parametrize("function", ["spin", "hang"])
def test_a_file_that_takes_for_ever_is_given_up_there_too(elsewhere: dict[str, str], function: str) -> None:
    done = python(elsewhere, READ.format(function, 1.5))
    assert f"Refused: {TOO_SLOW}" in done.stderr


def test_nothing_of_unix_is_left_there_neither_here_nor_in_the_child(elsewhere: dict[str, str]) -> None:
    for name in ABSENT:
        assert f"{name} is not on this system" in python(elsewhere, f"import {name}").stderr
    assert f"has no attribute '{TAKEN[0]}'" in python(elsewhere, f"import os; os.{TAKEN[0]}").stderr
    assert python(elsewhere, READ.format("can_limit", 9)).stdout == "False\n"
    here = "from samsyn.formats.child import limit_this_process; print(limit_this_process(9))"
    assert (python(elsewhere, here).stdout, python(dict(os.environ), here).stdout) == ("False\n", "True\n")


def test_a_command_that_asks_for_what_only_unix_has_is_caught(elsewhere: dict[str, str], tmp_path: Path) -> None:
    careless = "import sys\nfrom samsyn.cli import check\nfrom samsyn.formats import child\n" \
               "def limit(seconds):\n    import resource\nchild.limit_this_process = limit\nlimit(9)"
    assert "resource is not on this system" in python(elsewhere, careless).stderr
    ours = "exec(\"open('x', 'w')\", {'__name__': 'samsyn.planted'})"
    done = subprocess.run([sys.executable, "-c", ours], cwd=tmp_path, env=elsewhere, capture_output=True, text=True, check=False)
    assert "EncodingWarning" in done.stderr
