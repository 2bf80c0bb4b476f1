"""Guards that read the paper around the code: words, decisions, locks, dependencies, and what no file may name."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.architecture.looking import Guard, Look, defined_names, modules, short

# Put together from halves, so that this file does not name what it forbids.
HALVES = (
    ("/wo", "rk/"), ("../sha", "red"), ("sha", "red/"), ("/opt/py", "pi"), ("/opt/whe", "els"), ("py", "pi.org"), ("pythonhos", "ted.org"),
    ("npm", "js.org"), ("npm", "js.com"), ("deb.deb", "ian.org"), ("unp", "kg.com"), ("js", "delivr.net"),
)
FORBIDDEN = re.compile("|".join(r"(?<![\w-])" + re.escape(first + second) for first, second in HALVES))
FOLDERS = ("src/samsyn", "tests", "tools", "benchmarks", "docs", "requirements", ".ci")
READABLE = {".py", ".sh", ".md", ".toml", ".txt", ".in", ".yaml", ".yml", ".html", ".css", ".js", ".typ", ".json", ".csv", ".cfg", ".ini"}
LONGEST_DECISION = 40


def written_files(root: Path) -> Iterator[Path]:
    """Yield every text file of the repository that we have written."""
    top = [path for path in root.iterdir() if path.is_file()]
    below = [
        path for folder in FOLDERS for path in (root / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and "vendor" not in path.parts
    ]
    yield from sorted(path for path in [*top, *below] if path.suffix in READABLE or path.name in {"Makefile", "run"})


def no_place_of_one_machine_is_named(root: Path) -> Look:
    """The project stands on its own: no folder of one machine, nothing beside the repository, no registry's host."""
    seen = Look()
    for path in written_files(root):
        seen.places += 1
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if found := FORBIDDEN.search(line):
                seen.wrong.append(f"{short(root, path)}:{number} {found.group(0)}")
    return seen


def words_exist_in_the_code(root: Path) -> Look:
    """Every code name of VOCABULARY.md (between backticks, second column) is defined under src."""
    seen = Look()
    defined = {name for _, _, name in defined_names(root)}
    arguments = {argument.arg for _, tree in modules(root) for argument in ast.walk(tree) if isinstance(argument, ast.arg)}
    for number, line in enumerate((root / "VOCABULARY.md").read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("|")
        for name in re.findall(r"`([A-Za-z_][A-Za-z0-9_]*)`", cells[2]) if len(cells) > 3 else ():
            seen.places += 1
            if name not in defined | arguments:
                seen.wrong.append(f"VOCABULARY.md:{number} {name}")
    return seen


def decisions_are_short(root: Path) -> Look:
    """A decision is told in at most 40 lines, has a number of its own, and says what was rejected."""
    seen = Look()
    numbers: list[str] = []
    for path in sorted((root / "docs/decisions").glob("*.md")):
        seen.places += 1
        text = path.read_text(encoding="utf-8")
        if len(text.splitlines()) > LONGEST_DECISION:
            seen.wrong.append(f"{short(root, path)}: {len(text.splitlines())} lines")
        if not re.match(r"\d{4}-[a-z0-9-]+\.md$", path.name) or path.name[:4] in numbers:
            seen.wrong.append(f"{short(root, path)}: the name is not a number of its own and words")
        if "reject" not in text.lower():
            seen.wrong.append(f"{short(root, path)}: does not say what was rejected")
        numbers.append(path.name[:4])
    return seen


def locks_are_whole(root: Path) -> Look:
    """Every dependency of pyproject.toml is in the locks with a version that fits, each with hashes; no address stands there."""
    seen = Look()
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"].get("optional-dependencies", {}).values()
    run = [*project["project"]["dependencies"], *(one for extra in extras for one in extra)]
    wanted = {"run": run, "dev": [*run, *project.get("dependency-groups", {}).get("dev", [])]}
    for lock, names in wanted.items():
        text = (root / f"requirements/{lock}.txt").read_text(encoding="utf-8")
        pinned = {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE)}
        for one in map(Requirement, names):
            seen.places += 1
            version = pinned.get(canonicalize_name(one.name))
            if version is None or not one.specifier.contains(version, prereleases=True):
                seen.wrong.append(f"requirements/{lock}.txt: {one} (has {version}): run make lock")
        for block in re.split(r"\n(?=\S)", text):
            if re.match(r"[\w.-]+==", block) and "--hash=sha256:" not in block:
                seen.wrong.append(f"requirements/{lock}.txt: {block.splitlines()[0]} has no hash")
        if re.search(r"https?://|file:|--(extra-)?index-url|--find-links", text):
            seen.wrong.append(f"requirements/{lock}.txt: holds an address")
    return seen


def dependencies_say_why(root: Path) -> Look:
    """Every dependency that a user installs has a comment saying why it is there."""
    seen = Look()
    text = (root / "pyproject.toml").read_text(encoding="utf-8").partition("[dependency-groups]")[0].partition("dependencies")[2]
    for line in text.splitlines():
        if re.match(r'\s+"[\w.-]+', line):
            seen.places += 1
            if "#" not in line:
                seen.wrong.append(f"pyproject.toml: {line.strip()}")
    return seen


PYPROJECT = '[project]\nname = "x"\ndependencies = [\n    "PyYAML>=6",  # reads\n]\n'
HASHED = "pyyaml==6.0 \\\n    --hash=sha256:00\n"

GUARDS = (
    Guard("No file names what lies beside the repository", no_place_of_one_machine_is_named, {
        "tests/test_a.py": 'FILES = "../sha' + 'red/cases"\n'}),
    Guard("No file names a registry's host", no_place_of_one_machine_is_named, {
        "requirements/run.txt": "--index-url https://py" + "pi.org/simple\n"}),
    Guard("The words of VOCABULARY.md exist", words_exist_in_the_code, {
        "VOCABULARY.md": "| varv | `Cycle` | |\n", "src/samsyn/chain/plan.py": "class Plan:\n    pass\n"}),
    Guard("Decisions are short", decisions_are_short, {"docs/decisions/0001-long.md": "rejected\n" * 41}),
    Guard("Decisions say what was rejected", decisions_are_short, {"docs/decisions/0001-a.md": "# We decided\n"}),
    Guard("The locks hold every dependency", locks_are_whole, {
        "requirements/run.txt": "typer==1 \\\n    --hash=sha256:00\n", "requirements/dev.txt": HASHED, "pyproject.toml": PYPROJECT}),
    Guard("The locks have hashes", locks_are_whole, {
        "requirements/dev.txt": "pyyaml==6.0\n", "requirements/run.txt": HASHED, "pyproject.toml": PYPROJECT}),
    Guard("Every dependency says why", dependencies_say_why, {"pyproject.toml": PYPROJECT.replace("  # reads", "")}),
)
