"""The import contracts hold in the code, and each catches the fault planted for it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLANTED = {
    "rings": ("samsyn/catalog/planted.py", "import samsyn.chain.plan\n"),
    "records": ("samsyn/records/access/planted.py", "import samsyn.records.plan.models\n"),
    "flows-apart": ("samsyn/flows/planted.py", "import samsyn.flows.planted_other\n"),
    "web": ("samsyn/web/components/planted.py", "import samsyn.web.pages\n"),
    "pages-apart": ("samsyn/web/pages/planted.py", "import samsyn.web.pages.planted_other\n"),
    "pure": ("samsyn/formats/planted.py", "import socket\n"),
    "reports-never-write": ("samsyn/flows/reports/planted.py", "import samsyn.records.follow_up.writes\n"),
    "pages-no-models": ("samsyn/web/pages/planted_models.py", "import samsyn.records.plan.models\n"),
    "circles": ("samsyn/chain/planted_one.py", "import samsyn.chain.planted_two\n"),
}
BESIDE = {
    "samsyn/flows/planted_other.py": "", "samsyn/web/pages/planted_other.py": "",
    "samsyn/chain/planted_two.py": "import samsyn.chain.planted_one\n",
}


def contracts() -> dict[str, str]:
    """Return the contracts of pyproject.toml: id -> name."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}


def lint(source: Path, folder: Path) -> str:
    """Run the linter on the package below `source` and return all it said."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()",
         "--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"}, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def verdicts(said: str) -> dict[str, str]:
    """Return contract name -> KEPT or BROKEN."""
    return dict(re.findall(r"^(.+?) (KEPT|BROKEN)$", said, re.MULTILINE))


def other_than_code(_folder: str, names: list[str]) -> list[str]:
    """Return the files that are not Python: the copies do without them."""
    return [name for name in names if "." in name and not name.endswith(".py")]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The verdicts on a copy of the code with every fault planted at once."""
    folder = tmp_path_factory.mktemp("faulty")
    shutil.copytree(ROOT / "src/samsyn", folder / "samsyn", ignore=other_than_code)
    for path, text in [*PLANTED.values(), *BESIDE.items()]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return verdicts(lint(folder, folder))


def test_every_contract_is_kept(tmp_path: Path) -> None:
    said = lint(ROOT / "src", tmp_path)
    assert verdicts(said) == dict.fromkeys(contracts().values(), "KEPT"), said


@pytest.mark.parametrize("contract", contracts())
def test_a_contract_catches_the_fault_planted_for_it(contract: str, faulty: dict[str, str]) -> None:
    assert faulty[contracts()[contract]] == "BROKEN"


def test_a_package_that_nobody_placed_is_caught(tmp_path: Path) -> None:
    (tmp_path / "samsyn/unplaced").mkdir(parents=True)
    shutil.copytree(ROOT / "src/samsyn", tmp_path / "samsyn", dirs_exist_ok=True, ignore=other_than_code)
    (tmp_path / "samsyn/unplaced/__init__.py").write_text("", encoding="utf-8")
    assert verdicts(lint(tmp_path, tmp_path))[contracts()["rings"]] == "BROKEN"
