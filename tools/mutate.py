"""
`make mutate`: does a planted fault in the analysis make a test fail?

    tools/mutate.py                      the core modules, every mutant
    tools/mutate.py power trend          these modules
    tools/mutate.py --every 5 power      each fifth mutant: a sample, and the report says so
    tools/mutate.py --report FOLDER      only report what an earlier run left in its folder

The mutants are made and run by mutmut, in a copy of the pure packages and their tests; nothing in the repository is touched.
A mutant that changes only words (a sentence, a name of a method or a setting) is not counted, nor one in a line that raises: the
condition above that line is. Exit status: 0 when the share killed is ENOUGH or more, 1 when it is not, 2 when nothing could be run.
"""

from __future__ import annotations

import argparse
import ast
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import ndiff
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENOUGH = 0.90
CORE = (
    "proportion", "change", "ranks", "effect_size", "mcnemar", "reliable_change", "norms", "norm_gap", "standardisation", "completion", "counts",
    "displacement", "power", "spc", "spc_rules", "trend", "disclosure", "disclosure_audit", "disclosure_protect", "cells", "frequency", "guards",
)  # fmt: skip
COPIED = ("src/samsyn/__init__.py", "src/samsyn/analysis", "src/samsyn/catalog", "tests/analysis")
SETTINGS = """\
[project]
name = "samsyn"
version = "0.0.0"
[tool.pytest.ini_options]
addopts = ["--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:django"]
pythonpath = ["."]
[tool.mutmut]
source_paths = ["src"]
only_mutate = [{modules}]
pytest_add_cli_args_test_selection = ["tests/analysis"]
pytest_add_cli_args = ["--hypothesis-seed=1", "--deselect=tests/analysis/test_extras.py"]
do_not_mutate_patterns = ["^\\\\s*raise "]
"""
SURVIVED, UNTESTED = 0, 33
WORDS_LEFT_OUT = "'...'"


@dataclass(frozen=True, slots=True)
class Mutant:
    """
    A planted fault.

    name     mutmut's own
    module   of the analysis
    line     in the module, of the function's first line that was changed
    change   the line as it was and as it became
    outcome  mutmut's exit status; None when it was not run
    words    whether only texts were changed
    """

    name: str
    module: str
    line: int
    change: str
    outcome: int | None
    words: bool

    @property
    def is_killed(self) -> bool:
        """Whether a test failed, or did not end."""
        return self.outcome not in (None, SURVIVED, UNTESTED)


def main(arguments: Sequence[str]) -> int:
    """Plant the faults, run the tests, and print the shares and the survivors."""
    asked = argparse.ArgumentParser(description="Plant faults in the analysis and count how many the tests see.")
    asked.add_argument("modules", nargs="*", help="modules of the analysis; the core when none is named")
    asked.add_argument("--every", type=int, default=1, help="only each n-th mutant")
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--report", type=Path, help="only report what an earlier run left in this folder")
    asked.add_argument("--keep", type=Path, help="run in this folder and leave it")
    chosen = asked.parse_args(arguments)
    modules = tuple(chosen.modules) or CORE
    if chosen.report:
        return told(found_in(chosen.report, modules), chosen.every)
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="samsyn-mutate-"))
    try:
        prepared(folder, modules)
        if not ran(folder, modules, chosen.every, chosen.jobs):
            print("The tests do not pass as they are, or mutmut stopped: see above.", file=sys.stderr)
            return 2
        return told(found_in(folder, modules), chosen.every)
    finally:
        if not chosen.keep:
            shutil.rmtree(folder, ignore_errors=True)


def prepared(folder: Path, modules: Sequence[str]) -> None:
    """Copy what is mutated and what tests it. Raises SystemExit for a module that is not there."""
    for module in modules:
        if not (ROOT / "src/samsyn/analysis" / f"{module}.py").is_file():
            raise SystemExit(f"There is no module {module} in the analysis.")
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    globs = ", ".join(f'"*/analysis/{module}.py"' for module in modules)
    (folder / "pyproject.toml").write_text(SETTINGS.format(modules=globs), encoding="utf-8")


def ran(folder: Path, modules: Sequence[str], every: int, jobs: int) -> bool:
    """Run mutmut; with a sample, once for each n-th name. Returns whether it came to an end."""
    names: list[str] = []
    if every > 1:
        _mutmut(folder, "run", "--max-children", str(jobs), "no.such.mutant", expected_to_fail=True)  # makes the mutants, then refuses the name
        names = [mutant.name for mutant in found_in(folder, modules) if not mutant.words][::every]
        if not names:
            return False
    return _mutmut(folder, "run", "--max-children", str(jobs), *names)


def _mutmut(folder: Path, *arguments: str, expected_to_fail: bool = False) -> bool:
    """Run mutmut in the folder; its progress is one line written over and over, so only the end of it is shown when it fails."""
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode and not expected_to_fail:
        print("\n".join(done.stdout.replace("\r", "\n").splitlines()[-15:]), done.stderr[-2000:], sep="\n", file=sys.stderr)
    return done.returncode == 0


def found_in(folder: Path, modules: Sequence[str]) -> list[Mutant]:
    """Return every mutant of the modules with its outcome, in the order of the source."""
    return [mutant for module in modules for mutant in _of_module(folder, module)]


def _of_module(folder: Path, module: str) -> Iterator[Mutant]:
    place = folder / "mutants/src/samsyn/analysis" / f"{module}.py"
    outcomes: dict[str, int | None] = json.loads(place.with_suffix(".py.meta").read_text(encoding="utf-8"))["exit_code_by_key"]
    source = (folder / "src/samsyn/analysis" / f"{module}.py").read_text(encoding="utf-8")
    functions = {node.name: node for node in ast.walk(ast.parse(place.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)}
    lines = {node.name: node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    for name, outcome in outcomes.items():
        own = name.rsplit(".", 1)[1]
        before, after = functions[own.rsplit("__mutmut_", 1)[0] + "__mutmut_orig"], functions[own]
        offset, change = _changed(_body(before), _body(after))
        yield Mutant(name, module, lines[_plain(own)] + offset, change, outcome, _without_words(before) == _without_words(after))


def _plain(name: str) -> str:
    """Return the function's own name: x_share__mutmut_3 is share, and xǁPairsǁof__mutmut_3 is of."""
    bare = name.rsplit("__mutmut_", 1)[0]
    return bare.rsplit("ǁ", 1)[1] if "ǁ" in bare else bare.removeprefix("x_")


def _body(function: ast.FunctionDef) -> list[str]:
    """Return the function's lines, named alike, so that a mutant and its original differ only where the fault is."""
    named = ast.FunctionDef("f", function.args, function.body, function.decorator_list, function.returns, None)
    return ast.unparse(ast.fix_missing_locations(named)).splitlines()


def _changed(before: list[str], after: list[str]) -> tuple[int, str]:
    """Return (how many lines into the function, about, the first change is; the lines as they were and as they became)."""
    marked = [line for line in ndiff(before, after) if line[0] in "-+"]
    first = next((place for place, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), 0)
    return first, " -> ".join(" ".join(line[2:].split()) for line in marked)


def _without_words(function: ast.FunctionDef) -> str:
    class Silent(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.Constant:
            return ast.Constant(WORDS_LEFT_OUT) if isinstance(node.value, str) else node

        def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.Constant:
            return ast.Constant(WORDS_LEFT_OUT)

    return "\n".join(_body(Silent().visit(ast.parse(ast.unparse(function)).body[0])))


def told(mutants: Sequence[Mutant], every: int) -> int:
    """Print the shares and the survivors, and return the exit status."""
    counted = [mutant for mutant in mutants if not mutant.words and mutant.outcome is not None]
    if not counted:
        print("No mutant was run.", file=sys.stderr)
        return 2
    print(f"{'module':20} {'mutants':>8} {'killed':>7} {'share':>6}")
    for module in dict.fromkeys(mutant.module for mutant in counted):
        _print_share(module, [mutant for mutant in counted if mutant.module == module])
    share = _print_share("all", counted)
    words = sum(mutant.words for mutant in mutants)
    waiting = sum(mutant.outcome is None and not mutant.words for mutant in mutants)
    print(f"\nNot counted: {words} that change only words." + (f" Not run: {waiting}." if waiting else ""))
    if every > 1:
        print(f"A sample: one mutant of {every}.")
    print("\nSurvivors:")
    for mutant in counted:
        if not mutant.is_killed:
            print(f"  {mutant.module}.py:{mutant.line}  {mutant.change}" + ("  (no test reaches it)" if mutant.outcome == UNTESTED else ""))
    return 0 if share >= ENOUGH else 1


def _print_share(name: str, mutants: Sequence[Mutant]) -> float:
    killed = sum(mutant.is_killed for mutant in mutants)
    print(f"{name:20} {len(mutants):8} {killed:7} {killed / len(mutants):6.1%}")
    return killed / len(mutants)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
