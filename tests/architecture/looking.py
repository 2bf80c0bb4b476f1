"""What the guards share: a guard looks at a tree of files and says how many places it looked at and which are wrong."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Look:
    """What a guard saw: `places` looked at (0 = it looked at nothing, and has failed), and `wrong`, one line each."""

    places: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Guard:
    """
    A rule of the house.

    rule      the rule, said so that the one who broke it understands
    look      root of a repository -> Look
    planted   files (path -> text) that break the rule: the guard must name the first of them
    """

    rule: str
    look: Callable[[Path], Look]
    planted: dict[str, str]


def modules(root: Path, folder: str = "src/samsyn") -> Iterator[tuple[Path, ast.Module]]:
    """Yield every Python module of a folder with its syntax tree, the migrations left out: Django writes those."""
    for path in sorted((root / folder).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def short(root: Path, path: Path) -> str:
    """Return a path from the root of the repository."""
    return path.relative_to(root).as_posix()


def words_of(identifier: str) -> list[str]:
    """Split an identifier into lower-case words: RowProblem -> row, problem; is_late -> is, late."""
    apart = re.sub(r"([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])", r"\1\3_\2", identifier)
    return [word for word in apart.lower().split("_") if word]


def defined_names(root: Path) -> Iterator[tuple[Path, int, str]]:
    """Yield every name we define under src: modules, packages, classes, functions, fields and constants."""
    for path, tree in modules(root):
        yield path, 1, path.parent.name if path.stem == "__init__" else path.stem
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node.lineno, node.name
            if isinstance(node, ast.ClassDef | ast.Module):
                for line in node.body:
                    yield from ((path, line.lineno, name) for name in _targets(line))


def _targets(line: ast.stmt) -> Iterator[str]:
    targets = line.targets if isinstance(line, ast.Assign) else [line.target] if isinstance(line, ast.AnnAssign) else []
    for target in targets:
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                yield node.id
