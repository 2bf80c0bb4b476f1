"""What is not known is not written as nought, and no sentence that stands alone says more than the numbers hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from samsyn.analysis.answer import Answer
from samsyn.analysis.disclosure import EVERYTHING, Rule
from samsyn.analysis.engine import aggregated
from samsyn.analysis.episodes import Episodes
from samsyn.analysis.loke import answers
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.split import Split
from tests.analysis.loke_unit import SETTINGS, unit

PARTNERSHIP = Rule(5, True, 30)
UNSTATED = replace(SETTINGS, end_words=None, ongoing_words=frozenset({"pagar"}))


def seven(episodes: Episodes, settings: LokeSettings = SETTINGS, rule: Rule = EVERYTHING, split: Split = Split.NOTHING) -> dict[int, Answer]:
    told = answers(aggregated(episodes, settings, split=split, threads=1), settings, rule)
    return {one.question: one for one in told if one.group == "alla"}


def changed(episodes: Episodes, **columns: Any) -> Episodes:
    return Episodes(**(dict(episodes.columns()) | columns))


def test_where_nobody_knows_who_completed_no_dose_is_nought() -> None:
    dose = seven(unit(), UNSTATED)[2]
    assert dose.tables[0].rows == (("alla fullföljda", "går inte att säga", ""),)
    assert dose.attrition.lost == (("okänt om insatsen är fullföljd", 24),)


def test_an_episode_under_way_is_not_among_the_ended_where_nobody_knows_who_completed() -> None:
    rows = {row[0]: row[1] for row in seven(unit(), UNSTATED)[4].tables[0].rows}
    assert rows["Pågår"] == "1" and rows["Avslutade, okänt om fullföljda"] == "23"
    assert "– pagar" not in rows and rows["– fullfort"] == "18"


def test_a_file_without_reasons_is_told_to_name_the_column_and_one_with_them_to_name_the_words() -> None:
    without = seven(changed(unit(), end_reason=[None] * 24), UNSTATED)
    assert "--map avslutsorsak=" in without[4].sentences[0] and "--map avslutsorsak=" in without[2].sentences[0]
    assert "(completed)" in seven(unit(), UNSTATED)[4].sentences[0]


def test_a_follow_up_of_few_does_not_make_the_start_and_end_uncertain() -> None:
    # the unit twice: 38 pairs; only the 14 first who were followed up keep their score
    twice = unit(2)
    later = [score if number < 24 else None for number, score in enumerate(twice.score_follow_up)]
    answer = seven(changed(twice, score_follow_up=later))[3]
    assert "Uppföljningen är osäker: den bygger på färre än 20 (n = 14)." in answer.sentences
    assert not any("Svaret är osäkert" in one for one in answer.sentences) and answer.cautions == ()


def test_the_shortest_answer_to_question_5_goes_with_its_cautions() -> None:
    answer = seven(unit())[5]
    assert set(answer.cautions) <= set(answer.sentences)
    said = " ".join(answer.cautions)
    assert "större än mätfelet" in said and "av sig själv" in said and "färre än 20" in said


def test_a_reader_who_must_not_see_how_many_were_lost_is_told_that_some_may_be() -> None:
    """Two who ended without a start score hide how many have an end score, and with it the best and the worst case."""
    many = unit(4)
    first = [None if number in (0, 1) else score for number, score in enumerate(many.score_start)]
    episodes = changed(many, score_start=first)
    warned = "Hur många som inte mättes vid slut är skyddat."
    hidden, seen = seven(episodes, rule=PARTNERSHIP)[5], seven(episodes)[5]
    assert any(one.startswith(warned) for one in hidden.sentences) and any(one.startswith(warned) for one in hidden.cautions)
    assert not any(warned in one for one in seen.sentences) and any("hade mätts" in one for one in seen.sentences)


def test_better_has_one_meaning_on_the_page() -> None:
    bar, scatter = seven(unit())[5].charts
    assert "bättre (17)" in str(bar.spec) and "'bättre, mer än mätfelet'" in str(scatter.spec) and "13 bättre, mer än mätfelet" in scatter.description
    assert "'bättre'" not in str(scatter.spec)


def test_one_group_that_may_be_seen_is_not_called_different() -> None:
    """The others are protected; by itself it would stand without any correction for the many."""
    many = unit(4)
    units = ["Norr" if number < 60 else ["Söder", "Öster", "Väster"][number % 3] for number in range(96)]
    target = ["A" if number >= 60 or number % 2 else "utanfor" for number in range(96)]
    episodes = changed(many, unit=units, target_group=target)
    table = seven(episodes, rule=PARTNERSHIP, split=Split.UNIT)[1].tables[-1]
    assert [row[-1] for row in table.rows] == ["för få för att jämföra"] * 4
    whole = seven(episodes, split=Split.UNIT)[1].tables[-1]
    assert {row[0]: row[-1] for row in whole.rows}["Norr"] == "ja"


def test_groups_that_are_protected_are_among_the_many() -> None:
    """Two groups may be seen and six not: a difference with p = 0.022 stands among two (0.045), and not among eight (0.18)."""
    rows = [("A", 40, 33), ("B", 40, 27), *((name, 14, 12) for name in "CDEFGH")]
    units: list[str] = []
    target: list[str] = []
    for name, size, inside in rows:
        units += [name] * size
        target += ["A"] * inside + ["utanfor"] * (size - inside)
    many = unit(7)
    kept = {name: column[: len(units)] for name, column in many.columns().items()}
    episodes = Episodes(**(kept | {"unit": units, "target_group": target}))
    table = seven(episodes, rule=PARTNERSHIP, split=Split.UNIT)[1].tables[-1]
    verdicts = {row[0]: row[-1] for row in table.rows}
    assert verdicts["A"] == verdicts["B"] == "kan inte skiljas från slump" and verdicts["C"] == "för få för att jämföra"
    assert any("skyddade grupperna är med" in note for note in table.notes)


def test_a_change_no_larger_than_what_comes_by_itself_is_said_to_be_so() -> None:
    """Of the unit 3.1 points are to be expected; 8.6 (5.9 to 11.3) can be told from that, and 5 points less each (0.9 to 6.3) cannot."""
    as_it_is, less = unit(), [None if score is None else score - 5 for score in unit().score_end]
    apart = "och förändringen kan inte skiljas från det"
    assert not any(apart in one for one in seven(as_it_is)[5].sentences)
    assert any(f"3,1 poäng är att vänta av det skälet, {apart}." in one for one in seven(changed(as_it_is, score_end=less))[5].sentences)


def test_an_age_that_is_not_known_for_all_says_for_how_many() -> None:
    born = [year if number < 10 else None for number, year in enumerate(unit().birth_year)]
    assert any("av de 10 som den är känd för" in one for one in seven(changed(unit(), birth_year=born))[1].sentences)
    assert not any("känd för" in one for one in seven(unit())[1].sentences)


def test_a_group_of_which_all_is_protected_gets_no_pages_of_its_own() -> None:
    many = unit(4)
    episodes = changed(many, unit=["Liten" if number < 6 else "Stor" if number < 60 else "Annan" for number in range(96)])
    told = aggregated(episodes, SETTINGS, split=Split.UNIT, threads=1)
    groups = {one.group for one in answers(told, SETTINGS, PARTNERSHIP)}
    assert "Liten" not in groups and "Stor" in groups
    assert "Liten" in {one.group for one in answers(told, SETTINGS, EVERYTHING)}
    beside = next(one for one in answers(told, SETTINGS, PARTNERSHIP) if one.question == 1).tables[-1]
    assert [row[0] for row in beside.rows] == ["Annan", "Liten", "Stor"]


def test_a_column_for_the_cut_off_stands_only_where_there_is_one() -> None:
    assert seven(unit(), rule=PARTNERSHIP)[3].tables[0].heads[-1] == "Median"
    assert seven(unit(), replace(SETTINGS, cutoff=57.0), rule=PARTNERSHIP)[3].tables[0].heads[-1] == "Sämre än gränsen"
