"""Guards that read the code."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.looking import Guard, Look, defined_names, modules, short, words_of

ALWAYS_SAVES = {"save", "asave", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "abulk_create", "aget_or_create"}
SAVES_ON_A_TABLE = {"create", "update", "delete", "acreate", "aupdate", "adelete"}
TABLE = re.compile(r"\b(objects|unscoped|queryset)\b|\.(filter|exclude|all|within|in_every_partnership)\(")
NO_TABLE = re.compile(r"session|super\(\)")
KNOWS_TABLES = ("records", "flows", "web", "jobs", "site", "cli")
CLOCK = {"now", "today", "utcnow", "localdate", "localtime"}
STAMPS = {"auto_now", "auto_now_add"}
CLOCKS = re.compile(r"^(datetime|date|timezone|dt|django\.utils\.timezone|datetime\.datetime|datetime\.date)$")
OUTERMOST = {"web", "jobs", "cli", "site"}
PURE = ("catalog", "analysis", "chain", "formats")
LONGEST_MODULE = 400
MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplemented")
AVOIDED = {"measure", "service", "case", "data", "info", "manager", "helper", "helpers", "utils", "misc", "common", "client"}
ALONE = {"status"}
ALLOWED = {
    "cleaned_data", "get_context_data", "base_manager_name", "UserManager",     # Django's words
    "DATA_UPLOAD_MAX_MEMORY_SIZE", "DATA_UPLOAD_MAX_NUMBER_FIELDS", "FILE_UPLOAD_MAX_MEMORY_SIZE",
    "DataClass", "data_class",                                                  # open, collaboration, confidential: a term of the design
}
JSON_KEYS = {f"src/samsyn/formats/{name}.py": {"status"} for name in ("reading", "plan_rows", "plan_status")}  # a key of the import's answer


def ring(root: Path, path: Path) -> str:
    """Return the ring a module lies in, or "" for the package itself."""
    parts = path.relative_to(root / "src/samsyn").parts
    return parts[0] if len(parts) > 1 else ""


def only_writes_save(root: Path) -> Look:
    """Only writes.py (and its siblings *_writes.py, where a room has many) changes the database."""
    seen = Look()
    for path, tree in modules(root):
        if ring(root, path) not in KNOWS_TABLES:
            continue
        seen.places += 1
        if path.stem == "writes" or path.stem.endswith("_writes"):
            continue
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            receiver = ast.unparse(node.func.value)
            saves = node.func.attr in ALWAYS_SAVES or (node.func.attr in SAVES_ON_A_TABLE and TABLE.search(receiver + "."))
            if saves and not NO_TABLE.search(receiver):
                seen.wrong.append(f"{short(root, path)}:{node.lineno} {receiver}.{node.func.attr}()")
    return seen


def only_outermost_rings_read_the_clock(root: Path) -> Look:
    """The day and the moment are passed in; only web, jobs, cli and site ask what time it is."""
    seen = Look()
    for path, tree in modules(root):
        seen.places += 1
        if ring(root, path) in OUTERMOST:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in CLOCK and CLOCKS.match(ast.unparse(node.value)):
                seen.wrong.append(f"{short(root, path)}:{node.lineno} {ast.unparse(node)}")
            if isinstance(node, ast.keyword) and node.arg in STAMPS:
                seen.wrong.append(f"{short(root, path)}:{node.value.lineno} {node.arg}")
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.time", "localdate", "localtime"}:
                seen.wrong.append(f"{short(root, path)}:{node.lineno} {ast.unparse(node.func)}()")
    return seen


def pure_packages_import_without_django(root: Path) -> Look:
    """catalog, analysis, chain and formats work where Django is not installed."""
    seen = Look()
    source = root / "src"
    names = [
        ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        for package in PURE for path in sorted((source / "samsyn" / package).rglob("*.py"))
    ]
    seen.places = len(names)
    program = "import sys, importlib\nsys.modules['django'] = None\nfor name in sys.argv[1:]:\n    importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-c", program, *names], capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(source)})
    if done.returncode:
        seen.wrong.append(done.stderr[-800:].replace(str(source) + "/", "src/"))
    return seen


def modules_are_short(root: Path) -> Look:
    """A module of more than 400 lines holds more than one idea."""
    seen = Look()
    for folder in ("src", "tools", "benchmarks"):
        for path in sorted((root / folder).rglob("*.py")):
            seen.places += 1
            length = len(path.read_text(encoding="utf-8").splitlines())
            if length > LONGEST_MODULE:
                seen.wrong.append(f"{short(root, path)}: {length} lines")
    return seen


def nothing_is_left_open(root: Path) -> Look:
    """No mark says that something is to be done later: it is done, or it is an issue."""
    seen = Look()
    for path in sorted((root / "src").rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".js", ".yaml", ".typ"}:
            seen.places += 1
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if MARKS.search(line) and "vendor" not in path.parts:
                    seen.wrong.append(f"{short(root, path)}:{number} {line.strip()[:80]}")
    return seen


def no_avoided_word_is_a_name(root: Path) -> Look:
    """A name says what a thing is: not measure, service, case, data, info, manager, helper ... nor status alone."""
    seen = Look()
    for path, line, name in defined_names(root):
        seen.places += 1
        words = words_of(name)
        if name not in ALLOWED | JSON_KEYS.get(short(root, path), set()) and (AVOIDED & set(words) or words in [[word] for word in ALONE]):
            seen.wrong.append(f"{short(root, path)}:{line} {name}")
    return seen


GUARDS = (
    Guard("Only writes.py changes the database", only_writes_save, {
        "src/samsyn/records/plan/reads.py": "def late(plan):\n    plan.actions.filter(due=None).update(due=1)\n"}),
    Guard("Only writes.py changes the database, not even one row", only_writes_save, {
        "src/samsyn/web/pages/plans/views.py": "def page(request, plan):\n    plan.save()\n"}),
    Guard("Only the outermost rings read the clock", only_outermost_rings_read_the_clock, {
        "src/samsyn/chain/late.py": "from datetime import date\n\ndef is_late(due):\n    return due < date.today()\n"}),
    Guard("No table stamps itself with the clock", only_outermost_rings_read_the_clock, {
        "src/samsyn/records/plan/models.py": "at = models.DateTimeField(default=timezone.now)\n"}),
    Guard("Pure packages import without Django", pure_packages_import_without_django, {
        "src/samsyn/chain/planted.py": "from django.utils import timezone\n", "src/samsyn/chain/__init__.py": "",
        "src/samsyn/__init__.py": ""}),
    Guard("No module is longer than 400 lines", modules_are_short, {"src/samsyn/chain/long.py": "x = 1\n" * 401}),
    Guard("Nothing is left open in the code", nothing_is_left_open, {"src/samsyn/chain/open.py": "# TO" + "DO later\n"}),
    Guard("No avoided word is a name", no_avoided_word_is_a_name, {
        "src/samsyn/chain/names.py": "class PlanManager:\n    rows: tuple[int, ...]\n"}),
    Guard("No field is called status alone", no_avoided_word_is_a_name, {
        "src/samsyn/chain/field.py": "class Action:\n    status: str\n"}),
)
