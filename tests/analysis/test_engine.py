"""The engine: one aggregation gives what a slow reading of every row gives, from memory and from Parquet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.analysis import engine
from samsyn.analysis.engine import Aggregated, NotReadable, aggregated
from samsyn.analysis.episodes import Episodes
from samsyn.analysis.frequency import Frequencies, Pairs
from samsyn.analysis.label_order import label_order
from samsyn.analysis.loke_settings import EndWords, LokeSettings
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.split import UNSAID, Split
from tests.analysis.slow_tables import rows_of, slow

CHOICES = LokeSettings(
    scale=(0, 40), outside_words=frozenset({"utanfor"}), end_words=EndWords(frozenset({"fullfoljt"}), frozenset({"pagar"}))
)
LAST = date(2026, 6, 30)
days = st.none() | st.dates(date(2025, 1, 1), date(2026, 6, 1))
score = st.none() | st.integers(-3, 45).map(float) | st.sampled_from([12.5, 30.25])
amount = st.none() | st.integers(0, 20).map(float)
row = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["Norr", "Söder", None, " Norr "]),
        "sex": st.sampled_from(["kvinna", "man", None]),
        "target_group": st.sampled_from(["A", "B", "Utanför", None, ""]),
        "end_reason": st.sampled_from(["Fullföljt", "avbrott", "pågår", None, "flyttat"]),
        "birth_year": st.none() | st.integers(1990, 2027),
        "referred": days,
        "start": days,
        "end": days,
        "planned": amount,
        "delivered": amount,
        "score_start": score,
        "score_end": score,
        "score_follow_up": score,
    }
)


def episodes_of(rows: list[dict[str, Any]]) -> Episodes:
    """Return rows as columns, each with an id."""
    return Episodes(id=[f"P{number}" for number in range(len(rows))], **{name: [one[name] for one in rows] for name in rows[0]})


def as_counts(table: Frequencies) -> dict[float, int]:
    """Return frequencies as a dictionary."""
    return dict(zip(table.values.tolist(), table.counts.tolist(), strict=True))


def as_pairs(table: Pairs) -> dict[tuple[float | None, float | None], int]:
    """Return a joint table as a dictionary, None for what is missing."""
    cells: dict[tuple[float | None, float | None], int] = dict(
        zip(zip(table.before.tolist(), table.after.tolist(), strict=True), table.counts.tolist(), strict=True)
    )
    cells |= {(value, None): count for value, count in as_counts(table.only_before).items()}
    cells |= {(None, value): count for value, count in as_counts(table.only_after).items()}
    return cells | ({(None, None): table.neither} if table.neither else {})


def said(tables: GroupTables) -> dict[str, Any]:
    """Return the engine's tables in the form of the slow reading."""
    return {
        "started": tables.started,
        "target": {kind: count for kind, count in tables.target.items() if count},
        "endings": {kind: count for kind, count in tables.endings.items() if count},
        "sexes": dict(tables.sexes),
        "target_groups": dict(tables.target_groups),
        "reasons": dict(tables.reasons),
        "ages": as_counts(tables.ages),
        "dose": as_counts(tables.dose),
        "dose_missing": tables.dose.missing,
        "delivered": tables.delivered,
        "planned": tables.planned,
        "enough": tables.enough,
        "waiting": as_counts(tables.waiting_days),
        "durations": as_counts(tables.durations),
        "dropped": as_counts(tables.dropped_days),
        "under_way": as_counts(tables.under_way_days),
        "start_end": as_pairs(tables.start_end),
        "start_follow_up": as_pairs(tables.start_follow_up),
        "end_follow_up": as_pairs(tables.end_follow_up),
        "ended_at_all": tables.ended_at_all,
        "ended_with_end_score": tables.ended_with_end_score,
        "kept_starts": as_counts(tables.kept_starts),
        "ended_starts": as_counts(tables.ended_starts),
    }


def assert_equal(found: Aggregated, episodes: Episodes, choices: LokeSettings, label: Any) -> None:
    """Compare everybody and every group with the slow reading."""
    rows = rows_of(episodes)
    assert said(found.everybody) == slow(rows, choices, LAST)
    parted = defaultdict(list)
    for one in rows:
        parted[label(one)].append(one)
    assert {tables.group: said(tables) for tables in found.groups} == {name: slow(group, choices, LAST) for name, group in parted.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(row, min_size=1, max_size=25), st.booleans())
def test_the_engine_says_what_a_slow_reading_of_every_row_says(rows: list[dict[str, Any]], words_are_known: bool) -> None:
    choices = CHOICES if words_are_known else replace(CHOICES, end_words=None, scale=None)
    episodes = episodes_of(rows)
    found = aggregated(episodes, choices, split=Split.UNIT, last_day=LAST, threads=1)
    assert_equal(found, episodes, choices, lambda one: one["unit"] or UNSAID)


def test_the_slow_reading_notices_a_table_that_is_wrong() -> None:
    episodes = episodes_of([{"unit": "Norr", "score_start": 10.0, "score_end": 12.0, "end_reason": "fullföljt"}])
    found = aggregated(episodes, CHOICES, last_day=LAST)
    wrong = replace(found, everybody=replace(found.everybody, started=2))
    with pytest.raises(AssertionError):
        assert_equal(wrong, episodes, CHOICES, lambda one: "alla")


SOME = episodes_of(
    [
        {"unit": "Norr", "sex": "man", "start": date(2025, 1, 7), "end": date(2025, 3, 1), "end_reason": "fullföljt", "score_start": 20.0, "score_end": 31.0},
        {"unit": "Norr", "sex": None, "start": date(2025, 8, 7), "end": None, "end_reason": None, "score_start": 20.0, "score_end": None},
        {"unit": "Söder", "sex": "man", "start": date(2026, 1, 7), "end": date(2026, 1, 1), "end_reason": "avbrott", "score_start": 99.0, "score_end": 31.0},
    ]
)  # fmt: skip


def test_a_parquet_file_gives_the_same_as_memory(tmp_path: Path) -> None:
    path = tmp_path / "odd [name]*?.parquet"
    with duckdb.connect() as engine:
        engine.execute(
            'CREATE TABLE t (id VARCHAR, unit VARCHAR, sex VARCHAR, start DATE, "end" DATE, end_reason VARCHAR, score_start DOUBLE, score_end DOUBLE)'
        )
        columns = SOME.columns()
        for values in zip(
            *(columns[name] for name in ("id", "unit", "sex", "start", "end", "end_reason", "score_start", "score_end")), strict=True
        ):
            engine.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        engine.execute(f"COPY t TO '{tmp_path}/made.parquet' (FORMAT parquet)")
    (tmp_path / "made.parquet").rename(path)
    from_file = aggregated(path, CHOICES, split=Split.SEX, last_day=LAST)
    from_memory = aggregated(SOME, CHOICES, split=Split.SEX, last_day=LAST)
    assert said(from_file.everybody) == said(from_memory.everybody)
    assert [said(group) for group in from_file.groups] == [said(group) for group in from_memory.groups]


def test_groups_stand_as_a_person_would_put_them() -> None:
    rising = [
        "9", "10", "2025 vår", "2025 höst", "7" * 5000, "Enhet 1", "enhet 2", "Enhet 2B", "Enhet 10", "Enhet ²", "Zon", "Åsen", "Ängen", "Öster", UNSAID,
    ]  # fmt: skip
    assert sorted(sorted(rising), key=label_order) == rising
    units = Episodes(id=list("abcd"), unit=["Enhet 10", None, "Enhet 2", "Enhet 1"])
    assert [one.group for one in aggregated(units, CHOICES, split=Split.UNIT).groups] == ["Enhet 1", "Enhet 2", "Enhet 10", UNSAID]


@pytest.mark.parametrize(
    ("split", "labels"),
    [
        (Split.NOTHING, []),
        (Split.UNIT, ["Norr", "Söder"]),
        (Split.SEX, ["man", UNSAID]),
        (Split.TARGET_GROUP, [UNSAID]),
        (Split.YEAR, ["2025", "2026"]),
        (Split.HALF_YEAR, ["2025 vår", "2025 höst", "2026 vår"]),
        (Split.QUARTER, ["2025 kv. 1", "2025 kv. 3", "2026 kv. 1"]),
    ],
)
def test_the_groups_are_named_after_what_they_are_parted_by(split: Split, labels: list[str]) -> None:
    assert [group.group for group in aggregated(SOME, CHOICES, split=split).groups] == labels


def test_what_is_left_out_is_counted() -> None:
    assert aggregated(SOME, CHOICES).left_out == (("värden utanför instrumentets skala", 1), ("slut före start", 1))


def test_core_components_are_counted_where_they_are_known() -> None:
    episodes = Episodes(id=["1", "2", "3"], core={"hem besök": [True, False, None]})
    assert dict(aggregated(episodes, CHOICES).everybody.core) == {"hem besök": (1, 2)}


def test_a_sheet_with_codes_only_has_tables_without_numbers() -> None:
    tables = aggregated(Episodes(id=["1", "2"]), LokeSettings()).everybody
    assert (tables.started, tables.ended, tables.start_end.n, tables.start_end.neither) == (2, 0, 0, 2)


def test_no_episodes_at_all_give_empty_tables() -> None:
    found = aggregated(Episodes(id=[]), CHOICES, split=Split.UNIT)
    assert (found.everybody.started, found.groups, found.left_out) == (0, (), ())


def test_a_file_that_is_no_table_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "brev.parquet"
    path.write_bytes(b"hej")
    with pytest.raises(NotReadable, match="går inte att läsa"):
        aggregated(path, CHOICES)


def many() -> Episodes:
    rows = [{"unit": f"Enhet {number % 997}", "score_start": float(number % 89), "score_end": float(number % 83)} for number in range(60_000)]
    return episodes_of(rows)


def test_who_meets_the_ceiling_of_memory_begins_again_with_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    episodes = many()
    expected = said(aggregated(episodes, CHOICES, split=Split.UNIT).everybody)
    monkeypatch.setattr(engine, "CEILINGS", ("5MB", "600MB"))
    assert said(aggregated(episodes, CHOICES, split=Split.UNIT).everybody) == expected
    monkeypatch.setattr(engine, "CEILINGS", ("5MB",))
    with pytest.raises(NotReadable, match="för stor att räkna på en gång"):
        aggregated(episodes, CHOICES, split=Split.UNIT)


def test_progress_ends_at_the_whole() -> None:
    told: list[float] = []
    aggregated(SOME, CHOICES, on_progress=told.append)
    assert told[-1] == 1.0 and all(0 <= share <= 1 for share in told)


def test_the_days_of_those_under_way_need_a_last_day() -> None:
    assert aggregated(SOME, CHOICES, last_day=None).everybody.under_way_days.n == 0
    seen = aggregated(SOME, CHOICES, last_day=date(2025, 8, 7) + timedelta(days=10)).everybody.under_way_days
    assert as_counts(seen) == {10.0: 1}
