"""
Print the figures the project holds, each beside a baseline measured in the same run (`make bench`).

Every module of this folder with a function run() -> list[Figure] is found and run.
Usage: benchmarks/run.py [MODULE ...]       exit status 1 if a promise is not held, 2 if there is no such benchmark
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.measured import Figure  # noqa: E402  (the root must be on the path first)

SHARED = {"run", "measured", "files", "__init__"}


def found() -> list[str]:
    """Return the names of the benchmark modules, in alphabetical order."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in SHARED and not path.stem.startswith("_"))


def shown(figure: Figure) -> str:
    """Return a figure as one line: what, value, baseline, ratio, promise."""
    value = f"{figure.value:,.2f} {figure.unit}"
    beside = ratio = promise = ""
    if figure.baseline:
        beside = f"{figure.baseline:,.2f} {figure.unit} ({figure.against})"
        ratio = f"{figure.value / figure.baseline:.1f} x"
    if figure.limit is not None:
        promise = f"{'at least' if figure.at_least else 'at most'} {figure.limit:g}: {'held' if figure.is_held else 'NOT HELD'}"
    return f"{figure.name:<48} {value:>14}  {ratio:>8}  {beside:<48} {promise}".rstrip()


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all, and return the exit status."""
    if unknown := [name for name in names if name not in found()]:
        print(f"There is no benchmark {' or '.join(unknown)}. Choose from {', '.join(found())}.", file=sys.stderr)
        return 2
    broken = 0
    for name in names or found():
        print(f"\n{name}", flush=True)
        for figure in import_module(f"benchmarks.{name}").run():
            print(shown(figure), flush=True)
            broken += not figure.is_held
    print(f"\n{broken} figures not held" if broken else "\nEvery promise is held")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
