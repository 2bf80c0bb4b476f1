"""A settings file is taken as it is written, in two languages; what is impossible is refused by its name, and nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from samsyn.analysis.direction import Direction
from samsyn.analysis.loke_settings import EndWords
from samsyn.analysis.norm import Norm
from samsyn.analysis.split import Split
from samsyn.formats.analysis_settings import AnalysisSettings, read_settings
from samsyn.formats.analysis_understood import understood
from samsyn.formats.problems import Refused
from tests.formats.sheet_of_participants import SETTINGS

ENDINGS, GROUPS = ("fullfort", "avbrott_klient", "pagar"), ("A", "B", "utanfor")


def read(text: str, name: str = "s.yaml") -> AnalysisSettings:
    return read_settings(name, text.encode())


def test_the_units_settings_are_taken_as_they_stand() -> None:
    settings = read(SETTINGS, "settings.json")
    assert settings.loke.direction is Direction.HIGHER_IS_BETTER and settings.loke.reliability == 0.85
    assert settings.loke.norm == Norm(70.7, 11.7, 523) and settings.problems == ()
    assert settings.columns == {"planned": "sessions_planned", "delivered": "sessions_delivered", "score_start": "score_in", "score_end": "score_out",
                                "score_follow_up": "score_fu"}  # fmt: skip
    known = understood(settings, ENDINGS, GROUPS)
    assert known.loke.outside_words == {"utanfor"} and known.loke.end_words == EndWords(frozenset({"fullfort"}), frozenset({"pagar"}))
    assert dict(known.choices)["Avslutade på annat sätt"] == "”avbrott_klient”" and dict(known.choices)["I målgruppen"] == "”A” och ”B”"
    assert known.lacking == ("scale: instrumentets lägsta och högsta poäng. Utan den syns inte omöjliga poäng.",)


def test_swedish_keys_and_numbers_say_the_same() -> None:
    settings = read("""
riktning: lägre är bättre
skala: 0–63
tillförlitlighet: 0,9
gränsvärde: 14
instrument: BDI-II
minsta viktiga förändring: 5
norm: {medel: 5, standardavvikelse: 4,5, antal: 400, land: Sverige, år: 2019, åldrar: 16-84, källa: Ek 2020, andel över gränsen: 12 %}
målgrupper: {Unga: 60 %, Vuxna: 40 %}
läsare: nämnd
sista dag: 2026-06-30
dela upp: kön
kommer in på startvärde: ja
nivå: 90
kolumner: {kod: Löpkod, före: BDI start}
""".replace("4,5,", '"4,5",'))  # fmt: skip
    loke = settings.loke
    assert (loke.direction, loke.scale, loke.reliability, loke.cutoff, loke.important) == (Direction.LOWER_IS_BETTER, (0, 63), 0.9, 14, 5)
    assert loke.norm == Norm(5, 4.5, 400, "Sverige", 2019, (16, 84), "Ek 2020", 0.12) and loke.instrument == "BDI-II" and loke.enters_by_score
    assert loke.planned_profile == (("Unga", 0.6), ("Vuxna", 0.4)) and loke.level == 0.9
    assert (settings.reader, settings.last_day, settings.split) == ("committee", date(2026, 6, 30), Split.SEX)
    assert settings.columns == {"id": "Löpkod", "score_start": "BDI start"} and settings.problems == ()


def test_a_key_that_is_not_known_is_named_with_the_nearest() -> None:
    (one, two) = read("relability: 0.8\nnorm: {mean: 5, sd: 4, contry: Sverige}").problems
    assert "relability" in str(one) and "Menade du reliability?" in str(one)
    assert "norm: contry" in str(two) and "Menade du norm: country?" in str(two)


@pytest.mark.parametrize(("text", "words"), [
    ("reliability: 1.4", "Inställningen reliability: 1,4 går inte. Talet ska ligga mellan 0 och 1."),
    ("reliability: hög", "Inställningen reliability: hög är inget tal"),
    ("direction: sideways", "Inställningen direction: sideways går inte"), ("scale: [91, 13]", "Inställningen scale"), ("scale: 12", "är inte två tal"),
    ("norm: {mean: 5}", "Inställningen norm saknar mean eller sd"), ("norm: {mean: 5, sd: 0}", "Inställningen norm: sd: 0 går inte. Talet ska ligga över 0."),
    ("norm: {mean: 5, sd: 1, n: 2.5}", "norm: n: 2.5 är inget heltal"), ("norm: 70", "Inställningen norm ska ha minst mean och sd"),
    ("scale: [0, 10]\ncutoff: 11", "Inställningen cutoff, 11, ligger utanför skalan 0–10"), ("important: -1", "Inställningen important: −1 går inte"),
    ("scale: [0, 10]\nnorm: {mean: 70.7, sd: 1}", "Inställningen norm: mean, 70,7, ligger utanför skalan 0–10"),
    ("scale: [0, 10]\nimportant: 11", "större än hela skalan"), ("target_groups: {A: 0.5, B: 0.2}", "andelarna ska tillsammans bli 1"),
    ("reader: alla", "Inställningen reader: alla går inte"), ("split: veckodag", "Inställningen split: veckodag går inte"),
    ("level: 3", "Inställningen level: 3 går inte"), ("norm: {mean: 5, sd: 1, n: 1}", "Inställningen norm: n: 1 går inte"),
    ("last_day: snart", "last_day: snart är inget datum"), ("completed: {a: 1}", "Inställningen completed ska vara en lista med ord"),
    ("enters_by_score: kanske", "varken ja eller nej"), ("skala: [0, 10]\nscale: [0, 10]", "står två gånger"), ("- a\n- b", "en inställning på varje rad"),
    ("a: [1, 2\nb: 3", "något är fel på rad"), ("score: {mitten: X}", "score: mitten finns inte"),
])  # fmt: skip
def test_an_impossible_value_is_refused_by_its_name(text: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert words in str(refused.value)


def test_a_broken_json_file_is_refused_with_its_line() -> None:
    with pytest.raises(Refused, match="ingen hel JSON-fil: något är fel på rad 2"):
        read('{"scale": [1, 2],\n "cutoff" 3}', "s.json")


def test_an_empty_file_says_nothing() -> None:
    assert read("") == AnalysisSettings() == read("{}")


def test_the_plainest_words_are_understood_and_shown_where_the_settings_say_nothing() -> None:
    known = understood(AnalysisSettings(), ("Fullföljt", "Pågår", "Flyttat"), ("Unga", "Ej målgrupp", "Utanför"))
    assert known.loke.end_words == EndWords(frozenset({"fullfoljt"}), frozenset({"pagar"}))
    assert known.loke.outside_words == {"ej malgrupp", "utanfor"}
    shown = dict(known.choices)
    assert shown["Fullföljda"] == "”Fullföljt” (ordet säger det självt)" and shown["Pågående"] == "”Pågår” (ordet säger det självt)"
    assert shown["Utanför målgruppen"] == "”Ej målgrupp” och ”Utanför” (ordet säger det självt)"


def test_a_list_in_the_settings_replaces_the_plainest_words() -> None:
    known = understood(read("completed: [Flyttat]"), ("Fullföljt", "Flyttat"), ())
    assert known.loke.end_words == EndWords(frozenset({"flyttat"}), frozenset()) and dict(known.choices)["Avslutade på annat sätt"] == "”Fullföljt”"


def test_words_that_say_nothing_by_themselves_are_not_guessed() -> None:
    known = understood(AnalysisSettings(), ("kod 1", "kod 2"), ("A", "B"))
    assert known.loke.end_words is None and known.loke.outside_words == frozenset()
    assert any("Orden i filen är ”kod 1” och ”kod 2”." in words for words in known.lacking)
    assert [words.split(":")[0] for words in known.lacking] == ["direction", "reliability", "norm", "scale", "completed"]


def test_groups_that_are_not_intended_are_outside() -> None:
    known = understood(read("target_groups: [A, b]"), (), ("a", "B", "C"))
    assert known.loke.outside_words == {"c"} and dict(known.choices)["I målgruppen"] == "”a” och ”B”"


def test_a_planned_group_is_spelled_as_the_sheet_spells_it() -> None:
    known = understood(read("target_groups: {unga: 60 %, Äldre: 0.4}"), (), ("Unga", "Familjer"))
    assert known.loke.planned_profile == (("Unga", 0.6), ("Äldre", 0.4))
