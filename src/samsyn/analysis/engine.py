"""
The one aggregation over the rows: episodes in, small tables out. The only module that knows an engine (DuckDB).

The SQL is plain - one common table expression that names what a row says, one GROUP BY GROUPING SETS - so that it can be
carried to another engine. Nothing is fetched over the network, no extension is loaded, and memory has a ceiling: what
does not fit is laid in a temporary folder.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from samsyn.analysis.cells import Cells, everybody_from, groups_from
from samsyn.analysis.columnar_file import ColumnarFile
from samsyn.analysis.episodes import NAMES, Episodes
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.refused import Refused
from samsyn.analysis.split import Split

WORDS = ("id", "unit", "sex", "target_group", "end_reason")
DAYS = ("referred", "start", "end")
CEILINGS = ("200MB", "1500MB")
"""Memory of the engine: the first is enough for ten million scores; who meets it begins again with the next."""
SECONDS_BETWEEN_WORD = 0.2

SETS: dict[str, tuple[str, ...]] = {
    "target": ("target",),
    "target_groups": ("target_group",),
    "sexes": ("sex",),
    "ages": ("age",),
    "endings": ("ending", "reason"),
    "doses": ("got", "meant"),
    "waiting": ("waiting",),
    "days": ("ending", "days"),
    "start_end": ("is_ended", "s", "e"),
    "start_follow_up": ("s", "f"),
    "end_follow_up": ("e", "f"),
    "oddities": ("out_of_scale", "wrong_order"),
}
"""Name of a small table to the columns whose values are its cells, beside the group. Every small table is nothing but counts."""
KEYS_OF_WORDS = frozenset({"target", "target_group", "sex", "ending", "reason"})


class NotReadable(Refused):
    """The columnar file cannot be read, or lacks the columns that are needed."""


@dataclass(frozen=True, eq=False)
class Aggregated:
    """
    What one aggregation gave.

    everybody   the tables of all episodes together
    groups      the tables of each group, in the order of `label_order`; () if there was no split
    left_out    Swedish reason to how many values were left out: outside the scale, an end before the start
    """

    everybody: GroupTables
    groups: tuple[GroupTables, ...]
    left_out: tuple[tuple[str, int], ...]


def aggregated(
    source: Episodes | Path | ColumnarFile,
    settings: LokeSettings,
    *,
    split: Split = Split.NOTHING,
    last_day: date | None = None,
    threads: int | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Aggregated:
    """
    Return the small tables of everybody and of each group, from one pass over the rows.

    source       episodes in memory, or a Parquet file with the columns of `Episodes` (core components as core_<name>, truth values),
                 or one whose columns have other names
    split        what the groups are
    last_day     until when those under way have been seen; None: their time is not counted
    threads      how many cores to use; None: as many as there are
    on_progress  is told the share done, 0 to 1, now and then
    raises       NotReadable, also where the file takes more memory than may be used
    """
    for ceiling in CEILINGS:
        cells, parted, labels = _counted(source, settings, split, last_day, threads, on_progress, ceiling)
        if cells:
            break
    else:
        raise NotReadable("Filen är för stor att räkna på en gång. Dela den, till exempel efter år, och räkna delarna var för sig.")
    odd = cells["oddities"]
    left_out = (("värden utanför instrumentets skala", odd.total("out_of_scale")), ("slut före start", odd.total("wrong_order")))
    groups = groups_from(parted, labels) if parted else ()
    return Aggregated(everybody_from(cells), groups, tuple((why, count) for why, count in left_out if count))


def _counted(
    source: Episodes | Path | ColumnarFile, settings: LokeSettings, split: Split, last_day: date | None, threads: int | None,
    on_progress: Callable[[float], None] | None, ceiling: str,
) -> tuple[dict[str, Cells], dict[str, Cells], tuple[str, ...]]:  # fmt: skip
    """Return the cells of everybody and of the groups, and the groups' labels; nothing where the memory was not enough."""
    with _engine(threads, ceiling) as engine:
        try:
            columns = _offered(engine, source)
            cores = tuple(sorted(name.removeprefix("core_") for name in columns if name.startswith("core_")))
            sets = SETS | {f"core_{name}": (f"core_{name}",) for name in cores}
            engine.execute(_sql_of_labels(columns, split))
            labels = tuple(row[0] for row in engine.execute("SELECT label FROM labels ORDER BY place").fetchall())
            with _telling(engine, on_progress):
                engine.execute("CREATE TEMP TABLE cells AS " + _sql(columns, cores, sets, settings, split, last_day))
            cells = {name: _cells(engine, name, sets, parted=False) for name in sets}
            parted = {} if split is Split.NOTHING else {name: _cells(engine, name, sets, parted=True) for name in sets}
        except _engine_faults() as fault:
            if isinstance(fault, _engine_faults("OutOfMemoryException")):
                return {}, {}, ()
            raise NotReadable(f"Filen går inte att läsa som en tabell med insatser: {fault}") from fault
    return cells, parted, labels


@contextmanager
def _engine(threads: int | None, ceiling: str) -> Iterator[Any]:
    """Start an engine in memory that reaches nothing outside, with a ceiling and a folder for what does not fit."""
    import duckdb

    with TemporaryDirectory(prefix="samsyn-analys-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": ceiling,
            "temp_directory": folder,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        }
        engine = duckdb.connect(":memory:", config=settings)
        try:
            if threads:
                engine.execute(f"SET threads = {int(threads)}")
            yield engine
        finally:
            engine.close()


def _engine_faults(name: str = "Error") -> type[Exception]:
    """Return a class of the engine's own faults; all of them if none is named."""
    import duckdb

    return getattr(duckdb, name)  # type: ignore[no-any-return]


def asked(queries: tuple[str, ...]) -> tuple[list[tuple[Any, ...]], ...]:
    """Return the rows that queries over files (`columnar_file.py`) answer. Raises NotReadable."""
    with _engine(None, CEILINGS[-1]) as engine:
        try:
            return tuple(engine.execute(query).fetchall() for query in queries)
        except _engine_faults() as fault:
            raise NotReadable(f"Filen går inte att läsa som Parquet: {fault}") from fault


def _offered(engine: Any, source: Episodes | Path | ColumnarFile) -> dict[str, str]:
    """Make the rows known to the engine as `episodes` and return its columns: name to type."""
    if isinstance(source, Episodes):
        engine.register("episodes", _arrays(source))
    elif isinstance(source, ColumnarFile):
        engine.execute("CREATE VIEW episodes AS " + source.sql)
    else:
        engine.execute("CREATE VIEW episodes AS SELECT * FROM read_parquet(" + _text(_literal(source)) + ")")
    described = engine.execute("DESCRIBE episodes").fetchall()
    columns = {row[0]: row[1] for row in described if row[0] in NAMES or row[0].startswith("core_")}
    if "id" not in columns:
        raise NotReadable("Filen saknar kolumnen id: en kod för varje deltagare.")
    return columns


def _literal(path: Path) -> str:
    """Return the path so that the engine takes no sign in it for a pattern."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


def _arrays(episodes: Episodes) -> dict[str, np.ndarray]:
    """Return the columns as the arrays the engine reads: words as objects, days as time, numbers as floats."""
    named = dict(episodes.columns())
    named |= {f"core_{name}": column for name, column in episodes.core.items()}
    return {name: _array(name, column) for name, column in named.items()}


def _array(name: str, column: Any) -> np.ndarray:
    """Return one column as an array; None becomes the engine's NULL."""
    if name in WORDS:
        # the engine takes a column of nothing but None for numbers: an empty word says what it is, and becomes NULL in the SQL
        return np.array(["" if word is None else word for word in column], dtype=object)
    if name in DAYS:
        return np.array(column, dtype="datetime64[us]")
    return np.array([np.nan if number is None else number for number in column], dtype=np.float64)


def _text(words: str) -> str:
    """Return words as an SQL literal."""
    return "'" + words.replace("'", "''") + "'"


def _given_rows(columns: dict[str, str]) -> str:
    """Return the SQL of the rows as given: every column of an episode in its right type."""
    cores = "".join(f", {_quoted(name)}" for name in columns if name.startswith("core_"))
    return f"SELECT {', '.join(_given(name, columns) for name in NAMES)}{cores} FROM episodes"


def _sql_of_labels(columns: dict[str, str], split: Split) -> str:
    """Return the SQL of the dictionary of groups: a number is shorter than a label in millions of cells."""
    return f"""
CREATE TEMP TABLE labels AS
SELECT CAST(row_number() OVER (ORDER BY label) - 1 AS INTEGER) AS place, label
FROM (SELECT DISTINCT {split.sql} AS label FROM ({_given_rows(columns)}) AS given) AS distinct_labels
"""


def _keys(sets: dict[str, tuple[str, ...]]) -> list[str]:
    """Return every key once, in a fixed order."""
    return list(dict.fromkeys(key for keys in sets.values() for key in keys))


def _sql(
    columns: dict[str, str],
    cores: tuple[str, ...],
    sets: dict[str, tuple[str, ...]],
    settings: LokeSettings,
    split: Split,
    last_day: date | None,
) -> str:
    """Return the one aggregation: rows named once, then every small table as a grouping set."""
    every = _keys(sets)
    keys = ", ".join(_quoted(key) for key in every)
    numbered = " ".join(f"WHEN {_which(of_set, every)} THEN {number}" for number, of_set in enumerate(sets.values()))
    grouped = ", ".join("(" + ", ".join(_quoted(key) for key in ("place", *of_set)) + ")" for of_set in sets.values())
    core_columns = "".join(f", {_quoted('core_' + name)}" for name in cores)
    return f"""
WITH given AS ({_given_rows(columns)}
), scored AS (
  SELECT given.*, labels.place, {_inside("score_start", settings)} AS s, {_inside("score_end", settings)} AS e,
    {_inside("score_follow_up", settings)} AS f, {_ending(settings)} AS ending, {_target(columns, settings)} AS target,
    CASE WHEN "end" >= "start" THEN date_diff('day', "start", "end") END AS time_in
  FROM given JOIN labels ON labels.label = {split.sql}
), named AS (
  SELECT place, target, target_group, sex, ending, end_reason AS reason, s, e, f{core_columns},
    CAST(CASE WHEN birth_year <= year("start") THEN year("start") - birth_year END AS SMALLINT) AS age,
    ending IN ('completed', 'ended_otherwise') OR (ending = 'unknown' AND "end" IS NOT NULL) AS is_ended,
    CASE WHEN ending = 'completed' AND planned > 0 THEN delivered END AS got,
    CASE WHEN ending = 'completed' AND planned > 0 AND delivered IS NOT NULL THEN planned END AS meant,
    CAST(CASE WHEN "start" >= referred THEN date_diff('day', referred, "start") END AS INTEGER) AS waiting,
    CAST(CASE WHEN ending = 'ongoing' THEN {_under_way(last_day)} WHEN ending <> 'unknown' THEN time_in END AS INTEGER) AS days,
    CAST((score_start IS NOT NULL AND s IS NULL) AS SMALLINT) + CAST((score_end IS NOT NULL AND e IS NULL) AS SMALLINT)
      + CAST((score_follow_up IS NOT NULL AND f IS NULL) AS SMALLINT) AS out_of_scale,
    CAST(coalesce("end" < "start", FALSE) AS SMALLINT) AS wrong_order
  FROM scored
), counted AS (
  SELECT place, CAST(CASE grouping({keys}) {numbered} END AS SMALLINT) AS of_set, {keys}, CAST(count(*) AS INTEGER) AS n
  FROM named
  GROUP BY GROUPING SETS ({grouped})
)
SELECT place, of_set, {_slots(sets)}, n FROM counted
"""


def _which(keys: tuple[str, ...], every: list[str]) -> int:
    """Return what grouping() says in a row of one small table: a bit for every key that the table lacks."""
    return sum(1 << (len(every) - 1 - place) for place, key in enumerate(every) if key not in keys)


def _slot_of(keys: tuple[str, ...], key: str) -> str:
    """Return the column in which a key of a small table is laid: word_1, number_1, number_2 ..."""
    kind = "word" if key in KEYS_OF_WORDS else "number"
    return f"{kind}_{[one for one in keys if (one in KEYS_OF_WORDS) == (key in KEYS_OF_WORDS)].index(key) + 1}"


def _slots(sets: dict[str, tuple[str, ...]]) -> str:
    """
    Return the SQL that lays the keys of every small table in the same few columns.

    A column for each key would be empty in nearly all rows, and take most of the memory.
    """
    cases: dict[str, list[str]] = {}
    for number, keys in enumerate(sets.values()):
        for key in keys:
            kind = "VARCHAR" if key in KEYS_OF_WORDS else "DOUBLE"
            cases.setdefault(_slot_of(keys, key), []).append(f"WHEN {number} THEN CAST({_quoted(key)} AS {kind})")
    return ", ".join(f"CASE of_set {' '.join(whens)} END AS {slot}" for slot, whens in sorted(cases.items()))


def _quoted(name: str) -> str:
    """Return the name of a column as SQL."""
    return '"' + name.replace('"', '""') + '"'


def _given(name: str, columns: dict[str, str]) -> str:
    """Return one column of the source in its right type; a column the source lacks is NULL."""
    kind = "VARCHAR" if name in WORDS else "DATE" if name in DAYS else "DOUBLE"
    if name not in columns:
        return f"CAST(NULL AS {kind}) AS {_quoted(name)}"
    column = f"CAST({_quoted(name)} AS {kind})"
    if kind == "VARCHAR":
        column = f"nullif(trim({column}), '')"
    if kind == "DOUBLE":
        column = f"CASE WHEN isfinite({column}) THEN {column} END"
    return f"{column} AS {_quoted(name)}"


def _inside(score: str, settings: LokeSettings) -> str:
    """Return a score if it lies on the instrument's scale, else NULL."""
    if settings.scale is None:
        return score
    low, high = settings.scale
    return f"CASE WHEN {score} BETWEEN {float(low)!r} AND {float(high)!r} THEN {score} END"


def _folded(column: str) -> str:
    """Return a word of the source folded as the settings' words are: lower case, å ä ö without their marks."""
    return f"replace(replace(replace(replace(lower({column}), 'å', 'a'), 'ä', 'a'), 'ö', 'o'), 'é', 'e')"


def _among(column: str, words: frozenset[str]) -> str:
    """Return whether a folded word is one of the settings' words."""
    listed = ", ".join(_text(word) for word in sorted(words))
    return f"coalesce({_folded(column)} IN ({listed}), FALSE)" if words else "FALSE"


def _ending(settings: LokeSettings) -> str:
    """Return how an episode stands: by its word; without a word by whether an end is noted."""
    words = settings.end_words
    if words is None:
        said = _among("end_reason", settings.ongoing_words)
        return f"CASE WHEN {said} OR (end_reason IS NULL AND \"end\" IS NULL) THEN 'ongoing' ELSE 'unknown' END"
    return f"""CASE WHEN {_among("end_reason", words.completed)} THEN 'completed' WHEN {_among("end_reason", words.ongoing)} THEN 'ongoing'
      WHEN end_reason IS NOT NULL THEN 'ended_otherwise' WHEN "end" IS NULL THEN 'ongoing' ELSE 'unknown' END"""


def _target(columns: dict[str, str], settings: LokeSettings) -> str:
    """Return whether an episode is in the target group: outside by its word, inside by any other, unknown without one."""
    if "target_group" not in columns:
        return "CAST('unknown' AS VARCHAR)"
    return f"""CASE WHEN target_group IS NULL THEN 'unknown' WHEN {_among("target_group", settings.outside_words)} THEN 'outside'
      ELSE 'inside' END"""


def _under_way(last_day: date | None) -> str:
    """Return the days somebody has been under way, up to the last day known."""
    if last_day is None:
        return "NULL"
    return f"CASE WHEN \"start\" <= DATE '{last_day.isoformat()}' THEN date_diff('day', \"start\", DATE '{last_day.isoformat()}') END"


def _cells(engine: Any, name: str, sets: dict[str, tuple[str, ...]], *, parted: bool) -> Cells:
    """Return the cells of one small table, in order of group and key; of everybody together if not parted."""
    keys, number = sets[name], list(sets).index(name)
    named = ", ".join(f"{_slot_of(keys, key)} AS {_quoted(key)}" for key in keys)
    ordered = ", ".join(_slot_of(keys, key) for key in keys)
    if parted:
        query = f"SELECT place, {named}, n FROM cells WHERE of_set = {number} ORDER BY place, {ordered}"
    else:
        query = f"SELECT 0 AS place, {named}, sum(n) AS n FROM cells WHERE of_set = {number} GROUP BY {ordered} ORDER BY {ordered}"
    fetched = engine.execute(query).fetchnumpy()
    counts = np.ma.getdata(fetched["n"]).astype(np.int64)
    return Cells(np.ma.getdata(fetched["place"]), {key: _column(fetched[key]) for key in keys}, counts)


def _column(values: Any) -> np.ndarray:
    """Return a column of the answer: words as objects with None, numbers as floats with NaN, where nothing is known."""
    if values.dtype == object:
        words = np.ma.getdata(values).copy()
        words[np.ma.getmaskarray(values)] = None
        return words
    return np.asarray(np.ma.filled(values.astype(np.float64, copy=False), np.nan))


@contextmanager
def _telling(engine: Any, on_progress: Callable[[float], None] | None) -> Iterator[None]:
    """Tell, from a thread of its own, how far the engine has come, until the work is done."""
    if on_progress is None:
        yield
        return
    done = threading.Event()

    def tell() -> None:
        while not done.wait(SECONDS_BETWEEN_WORD):
            on_progress(max(0.0, min(1.0, engine.query_progress() / 100)))

    engine.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
        on_progress(1.0)
    finally:
        done.set()
        teller.join()
