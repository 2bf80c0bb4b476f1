"""What a person has after `pip install`: the wheel in an environment of its own, with what it asks for and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE")


class NotBuilt(Exception):
    """pip could not build or install the wheel. The message is what it said."""


def tree_files(source: Path) -> set[str]:
    """Return the files of the package in a source tree, as "samsyn/web/...", without what Python itself makes."""
    return {path.relative_to(source).as_posix() for path in (source / "samsyn").rglob("*") if path.is_file() and "__pycache__" not in path.parts}


def wheel_files(wheel: Path) -> set[str]:
    """Return the files of the package in a wheel, as "samsyn/web/..."."""
    with zipfile.ZipFile(wheel) as packed:
        return {name for name in packed.namelist() if name.startswith("samsyn/")}


def copied_source(target: Path) -> Path:
    """Copy what the wheel is built from, so that nothing of an earlier build is near; return the folder."""
    shutil.copytree(ROOT / "src" / "samsyn", target / "src" / "samsyn", ignore=shutil.ignore_patterns("__pycache__"))
    for name in BUILT_FROM:
        shutil.copy(ROOT / name, target / name)
    return target


def build_wheel(source: Path, target: Path) -> Path:
    """Build the wheel with pip, without the network; return its path."""
    _pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(target), str(source))
    return next(target.glob("samsyn-*.whl"))


def make_environment(folder: Path, wheel: Path, *extras: str) -> Path:
    """
    Make an environment with the wheel and its extras, as pip would, from what the tests' own environment has; return its `samsyn`.

    The parts are laid in as links, so that none is downloaded; only what the wheel asks for is there.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    _pip("--python", str(folder / "bin" / "python"), "install", "--no-deps", "--no-index", str(wheel))
    site = next((folder / "lib").glob("python*/site-packages"))
    own = next(metadata.distributions(name="samsyn", path=[str(site)]))
    for part in asked_for(own, extras):
        for name in {file.parts[0] for file in part.files or ()} - {"..", "__pycache__"}:
            if not (site / name).exists():
                (site / name).symlink_to(Path(str(part.locate_file(name))))
    return folder / "bin" / "samsyn"


def asked_for(own: metadata.Distribution, extras: tuple[str, ...]) -> list[metadata.Distribution]:
    """Return all that a distribution with these extras asks for, and what those ask for in turn."""
    found: dict[tuple[str, str], metadata.Distribution] = {}
    waiting = list(_requirements(own, extras))
    while waiting:
        need = waiting.pop()
        key = (need.name.lower(), ",".join(sorted(need.extras)))
        if key not in found:
            found[key] = metadata.distribution(need.name)
            waiting += _requirements(found[key], tuple(need.extras))
    return list(found.values())


def _requirements(one: metadata.Distribution, extras: tuple[str, ...]) -> Iterator[Requirement]:
    for line in one.requires or ():
        need = Requirement(line)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield need


def as_a_stranger(**more: str) -> dict[str, str]:
    """Return an environment that knows nothing of this repository or of the tests."""
    ours = ("PYTHONPATH", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("SAMSYN_")} | more


def _pip(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *arguments], capture_output=True, text=True, check=False,
                          env=as_a_stranger(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1"))
    if done.returncode:
        raise NotBuilt(done.stdout[-1500:] + done.stderr[-1500:])
