"""
The analysis: seven questions for 500 units from 1 and 10 million scores, against a plain script in pandas and scipy.

Both are cold processes in the same run, reading the same Parquet file. The pandas script answers the same seven questions,
without the intervals of the effect sizes, which are the dearest of them. A table of 50 x 10 is protected and audited, and
24 participants are analysed in the terminal.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread

from benchmarks.measured import Cost, Figure, cost_of

ROOT = Path(__file__).resolve().parent.parent
SAMSYN = [str(Path(sys.executable).parent / "samsyn")]
EPISODES = 345_000
"""Episodes with start, end and follow-up: a million scores."""
UNITS = 500
SEVEN = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from benchmarks.analysis import answer; answer(sys.argv[1])"
PROTECT = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from benchmarks.analysis import protect; protect()"
NOTHING = "import numpy, scipy.sparse, scipy.optimize"


def run() -> list[Figure]:
    """Measure the seven questions for two sizes, the protection of a table, and the terminal."""
    with tempfile.TemporaryDirectory() as folder, compiled(Path(folder) / "compiled"):
        million, ten_million = Path(folder) / "1m.parquet", Path(folder) / "10m.parquet"
        make(million, EPISODES)
        make(ten_million, 10 * EPISODES)
        return [*seven_figures(million, ten_million), protection_figure(), terminal_figure(Path(folder))]


@contextmanager
def compiled(folder: Path) -> Iterator[None]:
    """Let Python keep its compiled modules, as an installation does; a process that compiles scipy is not what is measured."""
    before = dict(os.environ)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def seven_figures(million: Path, ten_million: Path) -> list[Figure]:
    """Return seconds, memory and growth, against pandas on the same file."""
    ours, theirs = _ours(million, 5), _pandas(million, 3)
    ours_ten, theirs_ten = _ours(ten_million, 2), _pandas(ten_million, 1)
    return [
        Figure("seven questions, 500 units, 1M scores", ours.seconds, "s", theirs.seconds, "pandas and scipy"),
        Figure("seven questions, 1M, times quicker", theirs.seconds / ours.seconds, "times", limit=3, at_least=True),
        Figure("seven questions, 1M, memory", ours.megabytes, "MB", theirs.megabytes, "pandas and scipy", 300),
        Figure("seven questions, 500 units, 10M scores", ours_ten.seconds, "s", theirs_ten.seconds, "pandas and scipy"),
        Figure("seven questions, 10M, times quicker", theirs_ten.seconds / ours_ten.seconds, "times", limit=4, at_least=True),
        Figure("seven questions, 10M, memory", ours_ten.megabytes, "MB", theirs_ten.megabytes, "pandas and scipy", 1000),
        Figure("seven questions, 10M against 1M", ours_ten.seconds / ours.seconds, "times", theirs_ten.seconds / theirs.seconds,
               "pandas and scipy", 11),
    ]  # fmt: skip


def protection_figure() -> Figure:
    """Return the seconds to protect a table of 50 x 10 and to let the attacker try every hidden small count."""
    protected, nothing = cost_of([sys.executable, "-c", PROTECT], says="nothing given away"), cost_of([sys.executable, "-c", NOTHING])
    return Figure("table of 50 x 10 protected and audited, cold", protected.seconds, "s", nothing.seconds, "importing scipy alone", 3)


def terminal_figure(folder: Path) -> Figure:
    """Return the seconds of `samsyn analyse` for a sheet of 24 participants, in a cold process."""
    sheet = _sheet(folder)
    asked = cost_of([*SAMSYN, "analyse", str(sheet)], times=5, says="fullföljde")
    nothing = cost_of([*SAMSYN, "--help"], times=5)
    return Figure("samsyn analyse, 24 participants, cold", asked.seconds, "s", nothing.seconds, "samsyn --help", 1.5)


def _ours(path: Path, times: int) -> Cost:
    return cost_of([sys.executable, "-c", SEVEN, str(path)], times=times, says=f"{UNITS} units")


def _pandas(path: Path, times: int) -> Cost:
    return cost_of([sys.executable, str(ROOT / "benchmarks" / "_analysis_pandas.py"), str(path)], times=times, says=f"{UNITS} units")


def answer(path: str) -> None:
    """Compute every finding of the seven questions for everybody and for every unit; load what computes while the engine counts."""
    Thread(target=import_module, args=("samsyn.analysis.loke",)).start()
    from samsyn.analysis.direction import Direction
    from samsyn.analysis.engine import aggregated
    from samsyn.analysis.loke_settings import EndWords, LokeSettings
    from samsyn.analysis.norm import Norm
    from samsyn.analysis.split import Split

    settings = LokeSettings(
        direction=Direction.HIGHER_IS_BETTER, reliability=0.85, norm=Norm(70.7, 11.7, 523), cutoff=57, important=5, scale=(13, 91),
        outside_words=frozenset({"utanfor"}), end_words=EndWords(frozenset({"fullfoljt"}), frozenset({"pagar"})),
    )  # fmt: skip
    counted = aggregated(Path(path), settings, split=Split.UNIT)
    from samsyn.analysis.loke import findings

    told = [findings(tables, settings) for tables in (counted.everybody, *counted.groups)]
    print(f"{len(told) - 1} units")


def protect() -> None:
    """Protect an invented table of 50 areas x 10 kinds, and attack every hidden small count."""
    from samsyn.analysis.disclosure import Rule
    from samsyn.analysis.disclosure_audit import Attack
    from samsyn.analysis.disclosure_protect import protected
    from samsyn.analysis.linked_tables import two_way

    drawn, rule = random.Random(11), Rule()
    counts = [[int(drawn.paretovariate(0.7)) if drawn.random() > 0.15 else 0 for _ in range(10)] for _ in range(50)]
    tables = two_way([f"område {row}" for row in range(50)], [f"slag {column}" for column in range(10)], counts)
    hidden = protected(tables, rule)
    bare = Attack(tables, hidden.hidden, at_least=rule.lowest_hidden).narrowed(sorted(hidden.small), rule.highest_hidden - rule.lowest_hidden)
    print(f"{len(hidden.hidden)} hidden, {len(bare)} given away" if bare else f"{len(hidden.hidden)} hidden, nothing given away")


def make(path: Path, episodes: int) -> None:
    """Write invented episodes of 500 units as Parquet, the same every time."""
    import duckdb

    ending = "CASE WHEN e < 0.75 THEN 'fullföljt' WHEN e < 0.9 THEN 'avbrott' WHEN e < 0.95 THEN 'hänvisad' ELSE 'pågår' END"
    later = "CASE WHEN {gone} < 0.95 THEN least(91, greatest(13, round(score_start + {moved} * 20 - 4))) END"
    with duckdb.connect(config={"threads": 1}) as engine:
        engine.execute("SELECT setseed(0.42)")
        engine.execute(f"""
COPY (
  SELECT id, unit, sex, birth_year, target_group, start, CASE WHEN e < 0.95 THEN start + CAST(30 + stay * 200 AS INTEGER) END AS "end",
    {ending} AS end_reason, planned, delivered, score_start,
    {later.format(gone="g1", moved="m1")} AS score_end, {later.format(gone="g2", moved="m2")} AS score_follow_up
  FROM (
    SELECT 'P' || i AS id, 'Enhet ' || lpad(CAST(i * 7919 % {UNITS} AS VARCHAR), 3, '0') AS unit,
      CASE WHEN random() < 0.55 THEN 'kvinna' ELSE 'man' END AS sex, CAST(1960 + random() * 48 AS INTEGER) AS birth_year,
      CASE WHEN random() < 0.9 THEN 'A' WHEN random() < 0.5 THEN 'B' ELSE 'utanför' END AS target_group,
      DATE '2022-01-01' + CAST(random() * 1000 AS INTEGER) AS start, CAST(CAST(10 + random() * 5 AS INTEGER) AS DOUBLE) AS planned,
      CAST(CAST(4 + random() * 10 AS INTEGER) AS DOUBLE) AS delivered, CAST(CAST(20 + random() * 50 AS INTEGER) AS DOUBLE) AS score_start,
      random() AS e, random() AS stay, random() AS g1, random() AS g2, random() AS m1, random() AS m2
    FROM range({int(episodes)}) AS rows(i)
  )
) TO '{path}' (FORMAT parquet)""")


def _sheet(folder: Path) -> Path:
    """Write a sheet of 24 invented participants."""
    drawn = random.Random(24)
    lines = ["kod;kön;födelseår;målgrupp;start;slut;avslutsorsak;planerat;genomfört;före;efter"]
    for number in range(24):
        before = drawn.randint(30, 60)
        month = drawn.randint(1, 5)
        lines.append(
            f"K{number:02};{drawn.choice('KM')};{drawn.randint(2002, 2008)};{drawn.choice('AAB')};2025-0{month}-1{number % 10};2025-0{month + 4}-15;"
            f"{'fullföljt' if number % 5 else 'avbrott'};12;{drawn.randint(6, 12)};{before};{before + drawn.randint(-4, 16)}"
        )
    path = folder / "deltagare.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
