"""Loke's seven questions about one unit, from rows to sentences: numbers checked by hand, and the words they are told in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samsyn.analysis.answer import Answer
from samsyn.analysis.disclosure import EVERYTHING
from samsyn.analysis.engine import aggregated
from samsyn.analysis.loke import QUESTIONS, answers, protected_findings
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.split import Split
from tests.analysis.loke_unit import SETTINGS, unit

RICH = replace(SETTINGS, cutoff=57.0, important=5.0, planned_profile=(("A", 0.6), ("B", 0.4)), scale=(13, 91))

EXPECTED = {
    "n_started": 24, "share_in_target_group": 22 / 24, "n_outside_target_group": 2, "share_dose_80": 17 / 18, "share_delivered": 192 / 204,
    "dose_median": 1.0, "share_completed": 18 / 23, "n_ended": 23, "n_ongoing": 1, "follow_up_share": 19 / 23, "mean_start": 50.263,
    "sd_start": 6.226, "mean_end": 58.895, "sd_end": 6.506, "mean_change": 8.632, "sd_change": 5.59, "share_better": 17 / 19, "share_same": 0,
    "share_worse": 2 / 19, "share_reliably_improved": 13 / 19, "share_reliably_deteriorated": 0, "d_av": 1.3556, "d_z": 1.5442,
    "d_pre": 1.3864, "norm_difference_start": -1.7467, "norm_difference_end": -1.009, "share_within_norm_start": 2 / 19,
    "share_within_norm_end": 9 / 19, "share_gap_closed": 0.422, "expected_regression": 3.0655,
}  # fmt: skip


@pytest.fixture(scope="module")
def seven() -> dict[int, Answer]:
    counted = aggregated(unit(), SETTINGS, threads=1)
    return {one.question: one for one in answers(counted, SETTINGS, EVERYTHING)}


def test_the_findings_are_those_computed_by_hand(seven: dict[int, Answer]) -> None:
    found = {one.name: one.estimate for answer in seven.values() for one in answer.findings}
    for name, value in EXPECTED.items():
        assert found[name].value == pytest.approx(value, abs=6e-4), name
    change, share = found["mean_change"], found["share_completed"]
    for end, value in ((change.low, 5.937), (change.high, 11.326), (share.low, 0.581), (share.high, 0.903)):
        assert end == pytest.approx(value, abs=1e-3)


def test_the_planned_profile_stands_beside_the_observed_in_a_table_and_a_chart() -> None:
    chosen = replace(SETTINGS, planned_profile=(("A", 0.6), ("B", 0.3), ("C", 0.1)))
    first = answers(aggregated(unit(), chosen, threads=1), chosen, EVERYTHING)[0]
    (table,) = first.tables
    rows = [row for row in table.rows if row[0] == "Målgrupp"]
    assert table.heads[2:] == ("Antal", "Andel", "Planerat")
    assert [[cell.replace("\u00a0", " ") for cell in row[1:]] for row in rows] == [
        ["A", "13", "54 %", "60 %"], ["B", "9", "38 %", "30 %"], ["utanfor", "2", "8 %", ""], ["C", "0", "0 %", "10 %"],
    ]  # fmt: skip
    assert [row[0] for row in table.rows] == sorted((row[0] for row in table.rows), key=["Alla", "Målgrupp", "Kön", "Ålder"].index)
    assert "Planerat: A 60 %, B 30 % och C 10 %." in first.charts[0].description.replace("\u00a0", " ")


def test_a_code_that_is_a_number_stands_in_quotation_marks_after_its_count() -> None:
    coded = replace(unit(), sex=["1"] * 14 + ["2"] * 10)
    assert "Kön: 14 ”1” och 10 ”2”." in answers(aggregated(coded, SETTINGS, threads=1), SETTINGS, EVERYTHING)[0].sentences


def test_the_seven_questions_are_answered_in_order_with_their_titles(seven: dict[int, Answer]) -> None:
    assert list(seven) == [1, 2, 3, 4, 5, 6, 7]
    assert [one.title for one in seven.values()] == [title for _, title, _, _ in QUESTIONS]
    assert all(one.sentences and one.tables and one.method and one.group == "alla" for one in seven.values())


def test_the_first_sentences_say_what_a_person_asks_for(seven: dict[int, Answer]) -> None:
    said = {number: one.sentences[0].replace("\u00a0", " ") for number, one in seven.items()}
    assert said == {
        1: "22 av 24 påbörjade hör till målgruppen (92 %, med 95 % säkerhet mellan 74 och 98 %).",
        2: "17 av 18 fullföljda insatser fick minst 80 procent av det planerade (94 %, med 95 % säkerhet mellan 74 och 99 %).",
        3: "Medelvärdet var 50,3 vid start och 58,9 vid slut, för de 19 som mättes båda gångerna.",
        4: "18 av 23 avslutade fullföljde (78 %, med 95 % säkerhet mellan 58 och 90 %).",
        5: "17 av 19 fick det bättre (89 %, med 95 % säkerhet mellan 69 och 97 %). 0 var oförändrade och 2 fick det sämre.",
        6: "Förändringen är en ökning med 1,30 standardavvikelser, åt det bättre hållet (med 95 % säkerhet mellan 0,72 och 1,86), "
        "mätt mot spridningen vid start och slut (g_av).",
        7: "Vid start låg gruppen 1,7 standardavvikelser under människor i allmänhet (sämre), vid slut 1,0 standardavvikelser under "
        "människor i allmänhet (sämre).",
    }  # fmt: skip


def whole_text(answer: Answer) -> str:
    return " ".join(answer.sentences).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (4, "5 avslutade på annat sätt: avbrott_klient 3, avbrott_verksamhet 1 och hanvisad 1."),
        (4, "1 pågår och räknas inte i andelen."),
        (4, "De som saknar slutvärde började på lägre poäng än de som mättes (0,3 standardavvikelser). Skillnaden kan inte skiljas från slump."),
        (5, "För 13 av 19 är förbättringen större än mätfelet (68 %, med 95 % säkerhet mellan 46 och 85 %)."),
        (5, "Medelvärdet steg med 8,6 poäng (med 95 % säkerhet mellan 5,9 och 11,3)."),
        (5, "Om de 3 som saknar slutvärde hade mätts vore mellan 77 och 91 % bättre."),
        (5, "En ökning med ungefär 3,1 poäng är att vänta av det skälet."),
        (5, "Ingen jämförelsegrupp är med: siffrorna visar vad som hände, inte varför."),
        (6, "då blir nästa mätning oftast bättre av sig själv, även utan insats."),
        (7, "42 % av avståndet till normen har försvunnit. Med 95 % säkerhet ligger andelen mellan 30 och 55 %."),
        (7, "har 4 % lägre poäng än gruppens medelvärde vid start, och 16 % vid slut."),
    ],
)
def test_the_answers_say_more(seven: dict[int, Answer], question: int, words: str) -> None:
    assert words in whole_text(seven[question])


def test_few_are_said_to_be_uncertain(seven: dict[int, Answer]) -> None:
    assert seven[5].sentences[-1] == "Svaret är osäkert: det bygger på färre än 20 (n = 19)."


def test_those_lost_are_counted_with_their_reasons(seven: dict[int, Answer]) -> None:
    lost = dict(seven[5].attrition.lost)
    assert (seven[5].attrition.started, seven[5].attrition.counted, sum(lost.values())) == (24, 19, 5)
    assert lost["avslutade med startvärde men utan slutvärde"] == 3
    assert seven[4].attrition.lost == (("pågår", 1),)


def test_the_norm_that_lacks_its_facts_is_warned_of(seven: dict[int, Answer]) -> None:
    assert "Det står inte vilket land normen kommer från." in seven[7].warnings


def test_how_it_was_counted_names_method_and_choices(seven: dict[int, Answer]) -> None:
    told = " ".join(seven[5].method)
    assert "Jacobson och Truax 1991" in told and "tillförlitligheten 0,85 (källan är inte angiven)" in told and "6,7 poäng" in told
    assert "medelvärde 70,7, standardavvikelse 11,7, 523 personer" in " ".join(seven[7].method)


def test_a_planned_profile_is_set_beside_the_one_that_came() -> None:
    counted = aggregated(unit(), RICH, threads=1)
    first = answers(counted, RICH, EVERYTHING)[0]
    assert "Fördelningen på målgrupper kan inte skiljas från den planerade." in first.sentences
    assert ("Målgrupp", "A", "13", "54\u00a0%", "60\u00a0%") in first.tables[0].rows
    other = replace(RICH, planned_profile=(("A", 0.1), ("B", 0.9)))
    away = answers(counted, other, EVERYTHING)[0].sentences
    assert any("skiljer sig från den planerade: A är 54\u00a0% mot planerade 10\u00a0% och B" in one for one in away)


def test_the_classes_stand_in_a_table_where_a_cut_off_parts_them() -> None:
    counted = aggregated(unit(), RICH, threads=1)
    fifth = answers(counted, RICH, EVERYTHING)[4]
    assert ("återhämtad", "8") in fifth.tables[2].rows
    assert "Medelförändringen är 1,7 gånger den minsta förändring som betyder något (5 poäng)." in answers(counted, RICH, EVERYTHING)[5].sentences


def test_groups_are_answered_alone_and_beside_each_other() -> None:
    counted = aggregated(unit(), SETTINGS, split=Split.SEX, threads=1)
    told = answers(counted, SETTINGS, EVERYTHING)
    assert [one.group for one in told] == ["alla"] * 7 + ["K"] * 7 + ["M"] * 7
    beside = told[3].tables[-1]
    assert [row[:3] for row in beside.rows] == [("K", "14", "71\u00a0%"), ("M", "9", "89\u00a0%")]
    assert "Skillnaderna mellan grupperna i andelen fullföljda kan inte skiljas från slump." in told[3].sentences


def test_many_groups_stand_in_the_tables_only_and_chance_is_said() -> None:
    episodes = unit(40)
    parted = replace(episodes, unit=[f"Enhet {number % 30:02}" for number in range(len(episodes.id))])
    told = answers(aggregated(parted, SETTINGS, split=Split.UNIT, threads=1), SETTINGS, EVERYTHING)
    assert len(told) == 7 and len(told[3].tables[-1].rows) == 30
    assert any("av ren slump väntas omkring" in note for note in told[3].tables[-1].notes)
    assert told[3].charts[-1].title == "Fullföljda efter gruppens storlek"


def test_groups_that_do_differ_are_named() -> None:
    episodes = unit(10)
    parted = replace(episodes, unit=["Norr" if reason == "fullfort" else "Söder" for reason in episodes.end_reason])
    told = answers(aggregated(parted, SETTINGS, split=Split.UNIT, threads=1), SETTINGS, EVERYTHING)
    assert any(one.startswith("2 av 2 grupper skiljer sig från de andra i andelen fullföljda: Norr och Söder.") for one in told[3].sentences)


def test_whoever_may_see_everything_gets_the_findings_as_they_are() -> None:
    counted = aggregated(unit(), SETTINGS, split=Split.SEX, threads=1)
    found = protected_findings(counted, SETTINGS, EVERYTHING)
    assert {one.group for one in found} == {"alla", "K", "M"}
    assert next(one for one in found if one.name == "n_started" and one.group == "M").estimate.value == 10


@pytest.mark.parametrize("lower", [True, False])
def test_better_follows_the_direction(lower: bool) -> None:
    from samsyn.analysis.direction import Direction

    chosen = replace(SETTINGS, direction=Direction.LOWER_IS_BETTER if lower else Direction.HIGHER_IS_BETTER)
    fifth = answers(aggregated(unit(), chosen, threads=1), chosen, EVERYTHING)[4]
    assert fifth.sentences[0].startswith("2 av 19 fick det bättre" if lower else "17 av 19 fick det bättre")


def test_without_any_settings_each_answer_says_what_to_state() -> None:
    nothing = LokeSettings()
    told = answers(aggregated(unit(), nothing, threads=1), nothing, EVERYTHING)
    said = {one.question: " ".join(one.sentences) for one in told}
    assert "Skriv i inställningarna vilka ord som betyder fullföljd (completed)." in said[2]
    assert "(completed)" in said[4]
    assert "(direction)" in said[5] and "(reliability)" in said[5]
    assert "(important)" in said[6]
    assert "(norm)" in said[7]
