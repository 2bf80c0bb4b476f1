"""Sentences of the seven answers that must not say more than the rows do: written from what a first reader stumbled on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samsyn.analysis.answer import Answer
from samsyn.analysis.completion import kaplan_meier
from samsyn.analysis.direction import Direction
from samsyn.analysis.disclosure import EVERYTHING
from samsyn.analysis.engine import aggregated
from samsyn.analysis.episodes import Episodes
from samsyn.analysis.loke import answers, findings
from samsyn.analysis.loke_settings import EndWords, LokeSettings
from samsyn.analysis.questions.completing import stays
from tests.analysis.loke_unit import SETTINGS, unit


def answered(episodes: Episodes, settings: LokeSettings = SETTINGS) -> dict[int, Answer]:
    return {one.question: one for one in answers(aggregated(episodes, settings, threads=1), settings, EVERYTHING)}


def said(answer: Answer) -> str:
    return " ".join(answer.sentences).replace("\u00a0", " ")


def test_half_is_said_to_have_dropped_out_only_where_half_did() -> None:
    """Who completes can no longer drop out. Left out of the curve they would drag it down to half long before half have dropped out."""
    rows = unit()
    soon, late = date(2025, 2, 1), date(2025, 6, 1)
    ends = [soon if reason == "fullfort" else late for reason in rows.end_reason]
    few = answered(replace(rows, start=[date(2025, 1, 1)] * len(rows.id), end=ends))[4]
    (days,) = [one.estimate for one in few.findings if one.name == "median_days_to_dropping_out"]
    assert days.value is None and days.n == 24 - 1
    assert "Hälften hade avbrutit" not in said(few) and "Färre än hälften avbröt" in said(few)
    nobody = replace(SETTINGS, end_words=EndWords(frozenset({"annat"}), frozenset({"pagar"})))
    assert "Hälften hade avbrutit efter" in said(answered(unit(), nobody)[4])


def test_the_curve_ends_at_the_share_that_never_dropped_out() -> None:
    rows = unit()
    ends = [date(2025, 2, 1) if reason == "fullfort" else date(2025, 6, 1) for reason in rows.end_reason]
    known = [reason if reason != "pagar" else "hanvisad" for reason in rows.end_reason]
    told = aggregated(replace(rows, start=[date(2025, 1, 1)] * 24, end=ends, end_reason=known), SETTINGS, threads=1)
    steps = kaplan_meier(stays(told.everybody))
    assert steps[-1].remaining.value == pytest.approx(18 / 24)


def test_words_of_the_sheet_are_shown_as_they_are_spelled() -> None:
    spelled = {"fullfort": "Fullföljt", "utanfor": "Ej målgrupp"}
    rows = unit()
    reasons = [spelled.get(reason or "", reason) for reason in rows.end_reason]
    groups = [spelled.get(group or "", group) for group in rows.target_group]
    settings = replace(SETTINGS, outside_words=frozenset({"ej malgrupp"}), end_words=EndWords(frozenset({"fullfoljt"}), frozenset({"pagar"})))
    seven = answered(replace(rows, end_reason=reasons, target_group=groups), settings)
    assert "Fullföljd är den som har något av orden ”Fullföljt”." in seven[4].method
    assert "Utanför målgruppen är de med orden ”Ej målgrupp”." in " ".join(seven[1].method)


def test_a_change_beyond_the_error_of_measurement_is_not_called_sure() -> None:
    seven = answered(unit())
    assert "0 fick det sämre med mer än mätfelet." in said(seven[5])
    assert " säkert" not in said(seven[5]) and not any("säkert" in one.label for one in seven[5].findings)


def test_the_two_counts_of_those_without_an_end_score_are_told_apart() -> None:
    """Four ended without an end score; three of them had a start score, and only they are within the bounds."""
    seven = answered(unit())
    assert dict(seven[5].attrition.lost)["avslutade med startvärde men utan slutvärde"] == 3
    assert ("Avslutade med startvärde men utan slutvärde", "3", "", "") in seven[5].tables[0].rows


@pytest.mark.parametrize("count", [19])
def test_what_is_expected_by_itself_has_the_sign_of_the_change(count: int) -> None:
    tables = aggregated(unit(), SETTINGS, threads=1).everybody
    found = {one.name: one.estimate for one in findings(tables, SETTINGS)}
    assert found["expected_regression"].value == pytest.approx(0.15 * (70.7 - 50.263), abs=1e-3)
    assert found["expected_regression"].n == found["mean_change"].n == count


def test_a_group_where_all_have_the_same_scores_is_not_said_to_be_at_the_norm() -> None:
    rows = unit()
    alike = replace(rows, score_start=[50.0] * len(rows.id), score_end=[50.0] * len(rows.id))
    told = said(answered(alike)[7])
    assert "0 % av avståndet till normen har försvunnit." in told
    assert "går inte att skilja från noll" not in told
    assert "Alla har ändrats lika mycket" in told


def test_one_value_is_told_in_the_singular() -> None:
    rows = unit()
    wrong = replace(rows, score_start=[400.0, *rows.score_start[1:]], start=[rows.end[2] if place == 1 else day for place, day in enumerate(rows.start)],
                    end=[rows.start[0] if place == 1 else day for place, day in enumerate(rows.end)])  # fmt: skip
    warned = answered(wrong, replace(SETTINGS, scale=(13, 91)))[5].warnings
    assert "1 värde utanför instrumentets skala är inte medräknat." in warned
    assert "1 tid med slut före start är inte medräknad." in warned


def test_no_heading_of_the_norms_table_is_too_wide_for_its_column() -> None:
    table = answered(unit())[7].tables[0]
    assert max(len(word) for head in table.heads for word in head.split()) <= 12
    assert any("standardavvikelser" in note for note in table.notes)


def test_a_fall_is_told_with_its_interval_as_a_fall() -> None:
    rows = unit()
    turned = replace(rows, score_start=[None if one is None else 100 - one for one in rows.score_start],
                     score_end=[None if one is None else 100 - one for one in rows.score_end])  # fmt: skip
    told = said(answered(turned, replace(SETTINGS, direction=Direction.LOWER_IS_BETTER, norm=None))[6])
    assert "en minskning med 1,30 standardavvikelser, åt det bättre hållet (med 95 % säkerhet mellan 0,72 och 1,86)" in told
