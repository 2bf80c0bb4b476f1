"""The commands of the house: what they say when something is missing, on machines made of a few stand-in programs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OLD_PYTHON = '#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n'
PYTHON_WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexit 0\n'
NOT_ROOT = "#!/bin/sh\necho 1000\n"
ROOT_USER = "#!/bin/sh\necho 0\n"
NO_PACKAGES = '#!/bin/sh\necho "E: no network" >&2\nexit 100\n'


def machine(folder: Path, programs: dict[str, str]) -> Path:
    """Make a folder of programs: the everyday ones of this machine, and the stand-ins given. Returns the folder."""
    folder.mkdir()
    for name in ("sh", "ls", "tail", "touch", "rm"):
        (folder / name).symlink_to(str(shutil.which(name)))
    for name, text in programs.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def run(script: str, *arguments: str, path: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script of tools/ in `folder` on a machine that has only the programs of `path`."""
    return subprocess.run(
        ["/bin/sh", str(ROOT / "tools" / script), *arguments], cwd=folder, env={"PATH": str(path)},
        capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("programs", "said"), [
    ({}, "Python 3.11 behövs, men här finns ingen Python."),
    ({"python3": OLD_PYTHON}, "Python 3.11 behövs, men här finns Python 3.9.2."),
    ({"python3.11": PYTHON_WITHOUT_VENV}, "Python saknar modulen venv eller ensurepip."),
])
def test_an_installation_that_cannot_be_made_says_why_in_one_sentence(tmp_path: Path, programs: dict[str, str], said: str) -> None:
    done = run("install.sh", "run", path=machine(tmp_path / "bin", programs), folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Samsyn kan inte installeras: {said}")
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_of_the_users_own_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/mine.txt").write_text("mine", encoding="utf-8")
    path = machine(tmp_path / "bin", {"python3.11": f'#!/bin/sh\nexec {sys.executable} "$@"\n'})
    done = run("install.sh", "run", path=path, folder=tmp_path)
    assert done.returncode == 1
    assert "mappen .venv finns men är ingen Python-miljö" in done.stderr
    assert (tmp_path / ".venv/mine.txt").exists()


def test_a_browser_that_is_there_is_used(tmp_path: Path) -> None:
    done = run("browser.sh", path=machine(tmp_path / "bin", {"chromium": "#!/bin/sh\n"}), folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_rights_the_missing_browser_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = machine(tmp_path / "bin", {"id": NOT_ROOT, "apt-get": NO_PACKAGES})
    done = run("browser.sh", path=path, folder=tmp_path)
    assert done.returncode == 1
    assert re.fullmatch(r"The journeys need Chromium, and only root may install it here: .+\n", done.stderr)


def test_root_installs_the_browser_and_says_so(tmp_path: Path) -> None:
    path = machine(tmp_path / "bin", {"id": ROOT_USER, "apt-get": f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n'})
    done = run("browser.sh", path=path, folder=tmp_path)
    assert done.returncode == 0
    assert "Installing Chromium from Debian" in done.stdout
    assert "install" in (tmp_path / "asked").read_text(encoding="utf-8")


def test_a_browser_that_cannot_be_installed_fails_loudly(tmp_path: Path) -> None:
    path = machine(tmp_path / "bin", {"id": ROOT_USER, "apt-get": NO_PACKAGES})
    done = run("browser.sh", path=path, folder=tmp_path)
    assert done.returncode == 1
    assert "Chromium could not be installed" in done.stderr


def test_ci_calls_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec make test"]


def test_every_command_of_the_makefile_is_explained_in_it() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("run", "test", "install", "check", "bench", "lock", "clean"):
        assert re.search(rf"^#   make {name} ", text, re.MULTILINE), name
        assert re.search(rf"^{name}:", text, re.MULTILINE), name
