"""Answers where there is little to answer from: nobody, one, all alike, nobody completed; never a fault, never a number that is none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import isfinite
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.analysis.answer import Answer, Chart, Table
from samsyn.analysis.direction import Direction
from samsyn.analysis.disclosure import EVERYTHING, Rule
from samsyn.analysis.engine import aggregated
from samsyn.analysis.episodes import Episodes
from samsyn.analysis.loke import answers
from samsyn.analysis.loke_settings import EndWords, LokeSettings
from samsyn.analysis.norm import Norm
from samsyn.analysis.split import Split
from tests.analysis.loke_unit import SETTINGS, unit

PARTNERSHIP = Rule(5, True, 30)
FULL = replace(SETTINGS, cutoff=57.0, important=5.0, planned_profile=(("A", 0.5), ("C", 0.5)), scale=(13, 91))
NO_NUMBER = re.compile(r"\b(nan|none|inf|null|true|false)\b", re.IGNORECASE)


def texts_of(answer: Answer) -> Iterator[str]:
    """Return every text a reader of an answer can see."""
    yield from (answer.title, answer.group, *answer.sentences, *answer.method, *answer.warnings, *(why for why, _ in answer.attrition.lost))
    yield from (words for finding in answer.findings for words in (finding.label, finding.estimate.reason))
    for table in (*answer.tables, *(chart.table for chart in answer.charts)):
        yield from texts_of_table(table)
    for chart in answer.charts:
        yield from (chart.title, chart.description)


def texts_of_table(table: Table) -> Iterator[str]:
    yield from (table.caption, *table.heads, *table.notes, *(cell for row in table.rows for cell in row))


def check(told: tuple[Answer, ...]) -> None:
    """Refuse an answer with a number that is none, an empty sentence, a ragged table or a chart that holds what cannot be drawn."""
    for answer in told:
        assert answer.sentences and answer.tables and answer.method
        for text in texts_of(answer):
            assert not NO_NUMBER.search(text), text
        for table in answer.tables:
            assert all(len(row) == len(table.heads) for row in table.rows), table
        for sentence in answer.sentences:
            assert sentence.strip() == sentence and sentence[-1] in ".!?" and "  " not in sentence, sentence
        for chart in answer.charts:
            check_chart(chart)


def check_chart(chart: Chart) -> None:
    written = json.dumps(chart.spec, allow_nan=False)
    assert chart.spec["$schema"] and "url" not in written.replace("https://vega.github.io/schema", "")
    assert chart.spec["width"] and chart.spec["height"] and chart.description == chart.spec["description"]
    for value in numbers_in(chart.spec):
        assert isfinite(value)


def numbers_in(part: Any) -> Iterator[float]:
    if isinstance(part, dict):
        for value in part.values():
            yield from numbers_in(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from numbers_in(value)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield part


def answered(episodes: Episodes, chosen: LokeSettings = FULL, rule: Rule = EVERYTHING) -> dict[int, Answer]:
    told = answers(aggregated(episodes, chosen, last_day=date(2025, 12, 1), threads=1), chosen, rule)
    check(told)
    return {one.question: one for one in told}


def first(answer: Answer) -> str:
    return answer.sentences[0].replace("\u00a0", " ")


def test_the_check_finds_a_number_that_is_none() -> None:
    whole = answers(aggregated(unit(), FULL, threads=1), FULL, EVERYTHING)
    for sentence in ("Medelvärdet var nan.", "Det blev None bättre."):
        with pytest.raises(AssertionError):
            check((replace(whole[0], sentences=(sentence,)),))
    with pytest.raises(ValueError):
        check((replace(whole[0], charts=(replace(whole[0].charts[0], spec={**whole[0].charts[0].spec, "width": float("nan")}),)),))


def test_nobody() -> None:
    told = answered(Episodes(id=[]))
    assert first(told[1]) == "Ingen insats har påbörjats: det finns ingen att beskriva."
    assert first(told[4]) == "Ingen insats har avslutats än: det går inte att säga hur många som fullföljer."
    assert first(told[5]) == "Det går inte att säga om det blir bättre. Ingen har svarat båda gångerna."
    assert all(not one.charts for one in told.values())


def part(episodes: Episodes, chosen: list[int]) -> Episodes:
    columns: dict[str, Any] = {name: [column[place] for place in chosen] for name, column in episodes.columns().items()}
    return Episodes(**columns)


def test_one_person() -> None:
    told = answered(part(unit(), [0]))
    assert first(told[3]) == "Medelvärdet var 52,0 vid start och 61,0 vid slut, för den enda som mättes båda gångerna."
    assert "Färre än 5" in told[5].sentences[0]
    assert "Bara en person" in first(told[6]) or "Färre än 10" in first(told[6])


def test_of_one_person_no_conclusion_is_drawn_and_each_thing_is_said_once() -> None:
    told = answered(part(unit(), [0]))
    assert told[5].sentences[0] == "1 av 1 fick det bättre. Färre än 5: bara siffran visas, ingen slutsats dras."
    assert sum("Färre än 5" in one for one in told[5].sentences) == 1
    assert not any("planerade" in one for one in told[1].sentences)
    assert told[3].sentences[1].startswith("Vid uppföljningen") and told[3].sentences[2].startswith("1 av 1 person låg på den sämre sidan")


def test_a_follow_up_that_nobody_had_has_no_row() -> None:
    assert [row[0] for row in answered(unit())[3].tables[0].rows] == ["Start", "Slut", "Uppföljning"]
    table = answered(replace(unit(), score_follow_up=[None] * 24))[3].tables[0]
    assert [row[0] for row in table.rows] == ["Start", "Slut"] and "Ingen uppföljning är gjord." in table.notes[0]


def test_a_median_is_told_with_its_middle_half_unless_all_are_alike() -> None:
    day, later = date(2025, 1, 1), date(2025, 5, 1)
    assert any("dagar i median, för hälften mellan" in one for one in answered(unit())[2].sentences)
    assert "Tiden från start till slut var 120 dagar i median." in answered(replace(unit(), start=[day] * 24, end=[later] * 24))[2].sentences


def test_seven_persons_get_no_effect_size() -> None:
    told = answered(part(unit(), [0, 1, 2, 4, 5, 6, 8]))
    assert first(told[6]) == (
        "Det går inte att säga hur stor förändringen är i standardavvikelser. Färre än 10 par: för få för att säga hur stor förändringen är."
    )
    assert told[6].charts == ()


WITHHELD = {"g_av", "d_av", "d_z", "d_pre", "rank_biserial", "p_wilcoxon", "p_paired_t"}
SHOWN = {"share_reliably_improved", "norm_difference_start", "norm_difference_end", "share_gap_closed", "sd_change", "mean_change", "percentile_end"}


@pytest.mark.parametrize(("n", "withheld", "has_interval", "is_uncertain"), [(4, True, False, True), (9, True, True, True), (10, False, True, True),
                                                                             (19, False, True, True), (20, False, True, False)])  # fmt: skip
def test_of_fewer_than_ten_only_effect_sizes_and_tests_are_withheld(n: int, withheld: bool, has_interval: bool, is_uncertain: bool) -> None:
    whole = unit(2)
    places = [place for place, end in enumerate(whole.score_end) if end is not None and whole.score_start[place] is not None][:n]
    found = {one.name: one.estimate for answer in answered(part(whole, places)).values() for one in answer.findings}
    assert {name for name in WITHHELD if found[name].value is None} == (WITHHELD if withheld else set())
    for name in SHOWN:
        assert found[name].value is not None and found[name].n == n, name
        assert (found[name].low is not None) is has_interval and bool(found[name].reason) is is_uncertain, name


def test_everybody_has_the_same_value() -> None:
    episodes = unit()
    told = answered(replace(episodes, score_start=[50.0] * 24, score_end=[50.0] * 24))
    assert first(told[5]).startswith("0 av 24 fick det bättre (0 %")
    assert "24 var oförändrade" in first(told[5])
    assert "Medelvärdet var detsamma vid start och slut." in told[5].sentences


def test_nobody_completed() -> None:
    told = answered(replace(unit(), end_reason=["avbrott"] * 24))
    assert first(told[4]).startswith("0 av 24 avslutade fullföljde (0 %")
    assert first(told[2]).startswith("Det går inte att säga hur mycket av det planerade som gavs.")


def test_nobody_was_measured_at_the_end() -> None:
    told = answered(replace(unit(), score_end=[None] * 24))
    assert "Ingen har svarat båda gångerna." in first(told[5])
    assert first(told[7]).startswith("Det går inte att jämföra med människor i allmänhet.")


def test_where_few_were_followed_up_the_worst_and_the_best_case_come_first() -> None:
    episodes = unit()
    told = answered(replace(episodes, score_end=[score if place < 8 else None for place, score in enumerate(episodes.score_end)]))
    assert first(told[5]).startswith("Om de ") and "hade mätts vore mellan" in first(told[5]) and "Bara 26 % av de avslutade har slutvärde." in first(told[5])
    assert any("Det är under 70 %" in one.replace("\u00a0", " ") for one in told[4].sentences)


def test_regression_to_the_mean_is_not_said_of_a_group_that_began_like_everybody() -> None:
    chosen = replace(FULL, norm=Norm(50.0, 11.7, 523), cutoff=None)
    told = answered(unit(), chosen)
    assert not any("av sig själv" in one for one in told[5].sentences)
    entered = answered(unit(), replace(chosen, enters_by_score=True))
    assert any("kommer in på sitt startvärde" in one for one in entered[5].sentences)


def test_a_change_within_chance_is_said_to_be() -> None:
    episodes = unit()
    shaken = [None if score is None else score + (6 if place % 2 else -6) for place, score in enumerate(episodes.score_start)]
    told = answered(replace(episodes, score_end=shaken))
    assert any("Det kan inte skiljas från slump." in one for one in told[5].sentences)


score = st.none() | st.integers(0, 40).map(float)
row = st.tuples(
    st.sampled_from(["A", "B", "utanfor", None]), st.sampled_from(["fullfort", "avbrott", "pagar", None]), st.sampled_from(["K", "M", None]),
    st.none() | st.dates(date(2025, 1, 1), date(2025, 6, 1)), st.none() | st.dates(date(2025, 1, 1), date(2025, 6, 1)),
    st.none() | st.integers(0, 9).map(float), st.none() | st.integers(0, 9).map(float), score, score, score, st.none() | st.integers(1950, 2015),
)  # fmt: skip
chosen_settings = st.builds(
    LokeSettings,
    direction=st.sampled_from([None, *Direction]), reliability=st.sampled_from([None, 0.8]), cutoff=st.sampled_from([None, 20.0]),
    norm=st.sampled_from([None, Norm(22.0, 6.0), Norm(10.0, 4.0, 300, "Norge", 2001, (20, 40))]),
    end_words=st.sampled_from([None, EndWords(frozenset({"fullfort"}), frozenset({"pagar"}))]), important=st.sampled_from([None, 3.0]),
    enters_by_score=st.booleans(), planned_profile=st.sampled_from([(), (("A", 0.7), ("C", 0.3))]),
    outside_words=st.just(frozenset({"utanfor"})),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    st.lists(row, min_size=0, max_size=40), chosen_settings, st.sampled_from([EVERYTHING, PARTNERSHIP, Rule(5, True, 10)]),
    st.sampled_from([Split.NOTHING, Split.SEX]),
)  # fmt: skip
def test_no_answer_holds_a_number_that_is_none(rows: list[tuple[Any, ...]], chosen: LokeSettings, rule: Rule, split: Split) -> None:
    names = ("target_group", "end_reason", "sex", "start", "end", "planned", "delivered", "score_start", "score_end", "score_follow_up", "birth_year")
    columns: dict[str, Any] = {name: [one[place] for one in rows] for place, name in enumerate(names)}
    episodes = Episodes(id=[f"P{number}" for number in range(len(rows))], **columns)
    check(answers(aggregated(episodes, chosen, split=split, last_day=date(2025, 12, 1), threads=1), chosen, rule))
