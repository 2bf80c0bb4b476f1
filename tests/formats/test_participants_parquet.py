"""A Parquet file of participants: a small one is read cell by cell, a large one by the engine, and both give the same."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from samsyn.analysis.columnar_file import ColumnarFile
from samsyn.analysis.engine import aggregated
from samsyn.analysis.loke_settings import EndWords, LokeSettings
from samsyn.formats import participants_parquet
from samsyn.formats.participants_parquet import read_parquet
from samsyn.formats.problems import Refused
from tests.formats.sheet_of_participants import unit_csv

SETTINGS = LokeSettings(outside_words=frozenset({"utanfor"}), end_words=EndWords(frozenset({"fullfort"}), frozenset({"pagar"})))


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    (tmp_path / "unit.csv").write_bytes(unit_csv())
    return made(tmp_path, f"SELECT * RENAME (sex AS \"Kön\") FROM read_csv('{tmp_path / 'unit.csv'}')")


def made(folder: Path, query: str) -> Path:
    path = folder / "made[1].parquet"
    with duckdb.connect() as engine:
        engine.execute(f"COPY ({query}) TO '{path}'")
    return path


def test_a_small_file_is_read_cell_by_cell(unit: Path) -> None:
    reading = read_parquet(unit, {}, {}, None)
    assert (reading.kind, reading.rows_read, len(reading.ids), reading.problems, reading.file) == ("parquet", 24, 24, (), "")


def test_a_large_file_is_read_by_the_engine_with_the_same_tables(unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = aggregated(read_parquet(unit, {}, {}, None).source(), SETTINGS).everybody
    monkeypatch.setattr(participants_parquet, "MAX_ROWS", 10)
    reading = read_parquet(unit, {}, {}, None)
    assert isinstance(reading.source(), ColumnarFile) and reading.ids == () and reading.words_of("target_group") == ("A", "B", "utanfor")
    large = aggregated(reading.source(), SETTINGS).everybody
    assert (large.started, large.target, large.endings, large.sexes, large.dose.n) == (small.started, small.target, small.endings, small.sexes, small.dose.n)
    assert large.start_end.n == small.start_end.n == 19 and large.start_end.first.mean == pytest.approx(small.start_end.first.mean)


def test_what_the_engine_cannot_read_is_counted_and_repeated_codes_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(participants_parquet, "MAX_ROWS", 1)
    rows = "('A', '12', DATE '2025-01-01'), ('A', 'tolv', DATE '2025-01-02'), ('B', '13', NULL)"
    path = made(tmp_path, f"SELECT * FROM (VALUES {rows}) AS t(kod, score_in, startdatum)")
    reading = read_parquet(path, {"före": "score_in"}, {}, None)
    assert reading.emptied == (("poäng vid start: gick inte att läsa", 1),)
    assert "har en kod som redan står på en annan rad" in str(reading.problems[0])


@pytest.mark.parametrize("kind", ["VARCHAR", "BIGINT"])
@pytest.mark.parametrize("most", [1, 100])
def test_a_personal_identity_number_holds_the_file_large_or_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, most: int) -> None:
    monkeypatch.setattr(participants_parquet, "MAX_ROWS", most)
    path = made(tmp_path, f"SELECT CAST(v AS {kind}) AS kod, 12 AS score_in FROM (VALUES ('198112189876'), ('2')) AS t(v)")
    with pytest.raises(Refused, match="personnummer") as refused:
        read_parquet(path, {}, {}, None)
    assert "9876" not in str(refused.value)


def test_a_broken_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 100)
    with pytest.raises(Refused, match="Parquet-filen går inte att läsa"):
        read_parquet(path, {}, {}, None)
