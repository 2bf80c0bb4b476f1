"""The wheel: everything is in it, and it runs in an empty folder with what it asks for and nothing else."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from samsyn.cli.main import COMMANDS, NOT_INSTALLED, PARTS
from tests.cli.installed import ROOT, as_a_stranger, build_wheel, copied_source, make_environment, tree_files, wheel_files

PLAN = ("Orsak;Åtgärd;Operativa mål;När;Vem;Uppföljning\n"
        "1. Ingen vuxen på torget;1.1 Nattvandra;Färre slagsmål;2027-06-30;Bo Ek, bo.ek@exempel.se;\n")
SAYS_WHAT_TO_INSTALL = 'Kommandot {} behöver mer än som är installerat. Skriv pip install "samsyn[{}]" och försök igen.\n'
BRINGS = {"analysis": "analysis,report"}  # to what an extra is named as; every other as web,report
GIVEN = {"report": ["plan.csv"], "analyse": ["plan.csv"], "password": ["vera@viken.example"], "restore": ["kopia.zip", "--verify"]}


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_source(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="session")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def base(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`samsyn` as `pip install samsyn` gives it."""
    return make_environment(tmp_path_factory.mktemp("base"), wheel)


@pytest.fixture(scope="session")
def whole(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`samsyn` as `pip install samsyn[web,report]` gives it."""
    return make_environment(tmp_path_factory.mktemp("whole"), wheel, "web", "report")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder, but for a plan."""
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8-sig")
    return tmp_path


def run(samsyn: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([samsyn, *arguments], cwd=folder, env=as_a_stranger(), capture_output=True, text=True, check=False)


def test_every_file_of_the_package_is_in_the_wheel_and_nothing_else(source: Path, wheel: Path) -> None:
    inside = wheel_files(wheel)
    assert inside == tree_files(source / "src")
    kinds = {Path(name).suffix for name in inside}
    assert kinds >= {".py", ".html", ".css", ".js", ".svg", ".png", ".woff2", ".ttf", ".typ", ".yaml", ".txt"}
    assert any("/migrations/0001_" in name for name in inside)


def test_a_file_of_a_kind_that_nobody_thought_of_is_missed(source: Path, wheel: Path) -> None:
    planted = source / "src" / "samsyn" / "catalog" / "planted.unheard-of"
    planted.write_text("x", encoding="utf-8")
    try:
        assert tree_files(source / "src") - wheel_files(wheel) == {"samsyn/catalog/planted.unheard-of"}
    finally:
        planted.unlink()


@pytest.mark.parametrize("extra", [extra for extra in PARTS if extra])
def test_the_parts_a_command_looks_for_are_brought_by_its_extra(extra: str) -> None:
    asked = [Requirement(line) for line in metadata.requires("samsyn") or ()]
    brought = {need.name.lower() for need in asked if need.marker and need.marker.evaluate({"extra": extra})}
    homes = metadata.packages_distributions()
    assert [part for part in PARTS[extra] if not brought & {home.lower() for home in homes[part]}] == []


def test_the_base_checks_and_reads_a_plan(base: Path, folder: Path) -> None:
    checked = run(base, folder, "check", "plan.csv", "--today", "2027-03-01")
    assert (checked.returncode, checked.stderr) == (0, "") and "en åtgärd" in checked.stdout
    read = run(base, folder, "import", "--dry-run", "--json", "plan.csv")
    assert (read.returncode, json.loads(read.stdout)["outcome"], json.loads(read.stdout)["rows"]) == (0, "accept", 1)


@pytest.mark.parametrize("command", [name for name, entry in COMMANDS.items() if entry.extra])
def test_the_base_says_in_one_sentence_what_the_other_commands_need(base: Path, folder: Path, command: str) -> None:
    done = run(base, folder, command, *GIVEN.get(command, []))
    says = SAYS_WHAT_TO_INSTALL.format(command, BRINGS.get(COMMANDS[command].extra, "web,report"))
    assert (done.returncode, done.stdout, done.stderr) == (NOT_INSTALLED, "", says)
    assert [path.name for path in folder.iterdir()] == ["plan.csv"], "nothing is begun"
    assert run(base, folder, command, "--help").returncode == 0


def test_the_whole_gives_help_check_and_report(whole: Path, folder: Path) -> None:
    assert "Kommandon:" in run(whole, folder, "--help").stdout
    assert run(whole, folder, "check", "plan.csv", "--today", "2027-03-01").returncode == 0
    made = run(whole, folder, "report", "plan.csv")
    assert (made.returncode, made.stderr) == (0, "")
    assert (folder / "rapport.pdf").read_bytes().startswith(b"%PDF")


def test_in_an_empty_folder_the_first_visitor_is_asked_to_begin(whole: Path, folder: Path) -> None:
    with serving(whole, folder) as address:
        page, asked = opened(address, "/")
        assert asked == f"{address}/borja/" and 'name="partnership"' in page
        assert opened(address, "/healthz")[0] and opened(address, "/readyz")[0]
        loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
        assert {Path(name).suffix for name in loaded} >= {".css", ".js"}
        for name in loaded:
            opened(address, name)
    assert (folder / "var" / "samsyn.sqlite3").exists(), "all that is kept lies in the folder itself"


def test_after_demo_the_town_is_served_as_by_make_run(whole: Path, folder: Path) -> None:
    filled = run(whole, folder, "demo")
    assert (filled.returncode, filled.stdout) == (0, "Granviken, en påhittad stad, är klar att prova.\n")
    with serving(whole, folder, says="Logga in med ett klick som Anna, Bo, Carin, Dana eller Erik.") as address:
        visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.ProxyHandler({}))
        page, _ = opened(address, "/logga-in/", visitor)
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        start = visitor.open(f"{address}/logga-in/som/anna/", f"csrfmiddlewaretoken={token}".encode()).read().decode()
        plan = re.search(r"/planer/[0-9a-f-]{36}/", start)
        assert "Anna" in start and plan
        assert "Åtgärd" in opened(address, plan.group(), visitor)[0]
        with visitor.open(f"{address}{plan.group()}rapport.pdf") as report:
            assert report.read(4) == b"%PDF", "the template and the fonts of the report are in the wheel"


def test_the_environment_of_the_tests_does_not_shine_through(whole: Path, tmp_path: Path) -> None:
    """Else a part that the wheel forgets to ask for would be found all the same."""
    where = "import samsyn, sys; print(samsyn.__file__); import pytest"
    done = subprocess.run([whole.parent / "python", "-c", where], cwd=tmp_path, env=as_a_stranger(), capture_output=True, text=True, check=False)
    assert str(ROOT) not in done.stdout and done.stdout.startswith(str(whole.parents[1]))
    assert "No module named 'pytest'" in done.stderr


@contextmanager
def serving(samsyn: Path, folder: Path, *, says: str = "Öppna adressen och skapa din samverkan.") -> Iterator[str]:
    """Serve in a folder on a free port, give the address when it answers, and end by process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen([samsyn, "serve", "--port", str(port)], cwd=folder, env=as_a_stranger(), stdout=said, stderr=subprocess.STDOUT)
        try:
            while not _is_ready(port):
                assert process.poll() is None, _whole_text(said)
                time.sleep(0.1)
            yield f"http://localhost:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
        assert says in _whole_text(said)
    assert process.returncode == 0


def _whole_text(said: object) -> str:
    said.seek(0)  # type: ignore[attr-defined]
    return str(said.read())  # type: ignore[attr-defined]


def _is_ready(port: int) -> bool:
    try:
        opened(f"http://localhost:{port}", "/readyz")
    except (urllib.error.URLError, OSError):
        return False
    return True


def opened(address: str, path: str, visitor: urllib.request.OpenerDirector | None = None) -> tuple[str, str]:
    """Open a page; return its text and where it came from after what it was sent on by. Raises URLError unless it is fine."""
    direct = visitor or urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"{address}{path}") as answer:
        return answer.read().decode("utf-8", "replace"), answer.url
