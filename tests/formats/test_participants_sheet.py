"""A sheet of participants is read by its headers, in many forms, and nothing that is wrong with it is kept silent."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.formats.child import read_safely
from samsyn.formats.participants_columns import Header, Kind, chosen_columns, field_named, kind_of_cells
from samsyn.formats.participants_reading import ParticipantsReading
from samsyn.formats.participants_sheet import read_participants
from samsyn.formats.problems import Refused, Weight
from tests.formats.made_files import ods, ods_cell, workbook
from tests.formats.sheet_of_participants import HEAD, ROWS, swedish_csv, unit_csv

HEADS = "Kod;Start;Slut;Avslutsorsak;Före;Efter"


def read(*lines: str, **arguments: str) -> ParticipantsReading:
    return read_participants("deltagare.csv", "\n".join(lines).encode(), **arguments)


def fields(reading: ParticipantsReading) -> dict[str, str]:
    return {column.field: column.header for column in reading.used}


def told(reading: ParticipantsReading) -> str:
    return "\n".join(str(problem) for problem in reading.problems)


def test_the_unit_is_read_whole_and_without_remarks() -> None:
    reading = read_participants("clients.csv", unit_csv())
    episodes = reading.episodes()
    assert reading.problems == () and reading.dropped == () and reading.emptied == () and reading.unused == ()
    assert (reading.rows_read, len(episodes.id), len(reading.used)) == (24, 24, 12)
    assert episodes.start[0] == date(2025, 1, 13) and episodes.end[20] is None
    assert episodes.score_start[22] is None and episodes.score_end[0] == 61.0 and episodes.birth_year[1] == 2006
    assert reading.words_of("end_reason") == ("fullfort", "avbrott_klient", "hanvisad", "avbrott_verksamhet", "pagar")


def test_swedish_headers_and_a_title_above_give_the_same_as_english_ones() -> None:
    english, swedish = read_participants("a.csv", unit_csv()), read_participants("b.csv", swedish_csv("Enheten Granen, år 2025"))
    assert swedish.header_row == 2 and swedish.columns == english.columns and swedish.ids == english.ids


def test_the_same_sheet_in_excel_and_in_opendocument_reads_the_same() -> None:
    rows = [HEAD.split(","), *(row.split(",") for row in ROWS)]

    def write(book: Any) -> None:
        book.active.title = "Deltagare"
        for number, row in enumerate(rows):
            typed = [date.fromisoformat(text) if number and place in (4, 5) and text else float(text) if number and place >= 7 and text else text or None
                     for place, text in enumerate(row)]  # fmt: skip
            book.active.append(typed)

    table = "".join(f"<table:table-row>{''.join(ods_cell(text) for text in row)}</table:table-row>" for row in rows)
    expected = read_participants("a.csv", unit_csv())
    for name, content in (("a.xlsx", workbook(write)), ("a.ods", ods(f'<table:table table:name="Deltagare">{table}</table:table>'))):
        reading = read_participants(name, content)
        assert reading.columns == expected.columns and reading.ids == expected.ids and reading.sheet == "Deltagare", name


def test_an_spss_file_is_read_with_its_labels(tmp_path: Path) -> None:
    import pandas
    import pyreadstat

    frame = pandas.DataFrame({"kod": ["A1", "A2", "A3"], "kon": [1.0, 2.0, 1.0], "score_in": [10.0, 12.5, None], "v7": [14.0, 13.0, 15.0],
                              "start": [date(2025, 1, 7), date(2025, 2, 7), date(2025, 3, 7)]})  # fmt: skip
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(frame, str(path), column_labels={"v7": "Poäng efter"}, variable_value_labels={"kon": {1: "Kvinna", 2: "Man"}})
    reading = read_safely("samsyn.formats.participants_sheet:read_participants", "a.sav", path.read_bytes())
    episodes = reading.episodes()
    assert episodes.sex == ("Kvinna", "Man", "Kvinna") and episodes.score_start == (10.0, 12.5, None) and episodes.score_end == (14.0, 13.0, 15.0)
    assert episodes.start == (date(2025, 1, 7), date(2025, 2, 7), date(2025, 3, 7)) and reading.kind == "sav"


def spss(path: Path, columns: dict[str, list[Any]], **about: Any) -> ParticipantsReading:
    import pandas
    import pyreadstat

    pyreadstat.write_sav(pandas.DataFrame({"kod": list("ABC")[: len(columns["fore"])], **columns}), str(path), **about)
    return read_participants(path.name, path.read_bytes())


@pytest.mark.parametrize(("kind", "days"), [
    ("DATE11", (date(2024, 11, 3), date(1994, 9, 26))), ("SDATE10", (date(2024, 11, 3), date(1994, 9, 26))),
    ("DATETIME20", (date(2024, 11, 3), date(1994, 9, 26))), ("MOYR8", (None, None)), ("F8", (None, None)),
])  # fmt: skip
def test_a_day_in_spss_is_told_by_the_format_of_its_column(kind: str, days: tuple[date | None, ...], tmp_path: Path) -> None:
    reading = spss(tmp_path / "a.sav", {"fore": [3.0, 4.0], "startdatum": [13_950_000_000.0, 13_000_000_000.0]}, variable_format={"startdatum": kind})
    assert reading.episodes().start == days and len(reading.problems) == days.count(None)


def test_one_impossible_day_in_spss_costs_that_day_and_not_the_file(tmp_path: Path) -> None:
    reading = spss(tmp_path / "a.sav", {"fore": [3.0, 4.0], "startdatum": [1e20, 13_950_000_000.0]}, variable_format={"startdatum": "DATE11"})
    assert reading.episodes().start == (None, date(2024, 11, 3))
    assert [(one.place, one.why) for one in reading.problems] == [("rad 2, kolumn startdatum", "är inget datum.")]


def test_a_number_in_spss_whose_label_says_no_answer_is_no_score(tmp_path: Path) -> None:
    labels = {"fore": {0: "Inte alls", 60: "Alltid", 99: "Ej svar"}, "efter": {99: "Bortfall"}}
    reading = spss(tmp_path / "a.sav", {"fore": [0.0, 99.0, 60.0], "efter": [9.0, 4.0, 99.0]}, variable_value_labels=labels)
    assert reading.episodes().score_start == (0.0, None, 60.0) and reading.episodes().score_end == (9.0, 4.0, None)
    assert reading.emptied == (("poäng vid start: svaret saknas", 1), ("poäng vid slut: svaret saknas", 1))


def test_in_spss_a_group_has_its_label_also_where_another_has_none(tmp_path: Path) -> None:
    columns: dict[str, list[Any]] = {"malgrupp": [1.0, 2.0], "fore": [1.0, 2.0], "fodelsear": [1999.0, 2001.0]}
    labels = {"malgrupp": {1: "Familjer"}, "fore": {1: "Aldrig", 2: "Ofta"}, "fodelsear": {1999: "före 2000"}}
    reading = spss(tmp_path / "a.sav", columns, variable_value_labels=labels)
    assert reading.episodes().target_group == ("Familjer", "2") and reading.words_of("target_group") == ("Familjer", "2")
    assert dict(reading.columns.years)["birth_year"] == (1999, 2001)


def test_spss_files_with_missing_ranges_moments_and_times_are_read(tmp_path: Path) -> None:
    columns = {"fore": [3.0, 4.0], "startdatum": [datetime(2025, 1, 7), datetime(2025, 2, 7, 13, 5)], "tid": [time(10), time(11)], "efter": [98.0, 12.0]}
    reading = spss(tmp_path / "a.zsav", columns, missing_ranges={"efter": [{"lo": 90, "hi": 99}]}, compress=True)
    assert reading.episodes().start == (date(2025, 1, 7), date(2025, 2, 7)) and reading.episodes().score_end == (None, 12.0)


def test_a_broken_spss_file_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="SPSS-filen går inte att läsa"):
        read_participants("a.sav", b"$FL2" + b"\0" * 400)


@pytest.mark.parametrize(("header", "values", "field"), [
    ("Start", ["2025-01-13"], "start"), ("Start", ["52"], "score_start"), ("Slut", ["2025-06-01"], "end"), ("slut", ["61"], "score_end"),
    ("Slut", ["fullföljt"], "end_reason"), ("Uppföljning", ["12"], "score_follow_up"), ("Före", ["12"], "score_start"), ("EFTER", ["12"], "score_end"),
    ("ScoreStart", ["12"], "score_start"), ("ORS vid start", ["12,5"], "score_start"), ("KASAM-13 efter insats", ["60"], "score_end"),
    ("Datum för avslut", ["2025-01-01"], "end"), ("Aktualiserad", ["2025-01-01"], "referred"), ("client_code", ["K1"], "id"), ("Deltagare", ["K1"], "id"),
    ("Kön", ["K"], "sex"), ("Målgrupp", ["A"], "target_group"), ("Verksamhet", ["Norr"], "unit"), ("Planerade tillfällen", ["10"], "planned"),
    ("Antal genomförda träffar", ["9"], "delivered"), ("Ålder", ["19"], "age"), ("Född år", ["2005"], "birth_year"),
    ("core_parents", ["ja"], "core_parents"), ("Kärnkomponent: Hembesök", ["nej"], "core_Hembesök"), ("Startdatum", [""], "start"),
    ("Uppföljning", ["2025-01-01"], ""), ("Kommentar", ["bra"], ""), ("Poäng", ["12"], ""),
])  # fmt: skip
def test_a_header_is_understood_by_its_words_and_by_what_stands_under_it(header: str, values: list[str], field: str) -> None:
    choice = chosen_columns([Header(0, header, kind_of_cells(value or None for value in values))], {})
    assert list(choice.fields) == ([field] if field else [])


def test_two_columns_that_fit_equally_well_are_named_and_neither_is_used() -> None:
    reading = read("Kod;Startdatum;ORS före;KASAM före", "A;2025-01-01;10;50", "B;2025-01-02;12;52")
    assert "score_start" not in fields(reading) and set(reading.unused) == {"ORS före", "KASAM före"}
    assert "flera kolumner kan vara poäng vid start: ORS före och KASAM före. Ingen av dem används." in told(reading)
    chosen = read("Kod;Startdatum;ORS före;KASAM före", "A;2025-01-01;10;50", "B;2025-01-02;12;52", wished='{"före": "KASAM före"}')
    assert fields(chosen)["score_start"] == "KASAM före" and chosen.episodes().score_start == (50.0, 52.0)


def test_where_the_columns_cannot_be_told_apart_and_nothing_else_is_there_it_is_said() -> None:
    with pytest.raises(Refused, match="Flera kolumner kan vara poäng vid start: Före och Före. Ge dem olika rubriker"):
        read("Kod;Före;Före", "K1;3;4", "K2;3;5")


def test_a_column_with_a_known_header_over_something_else_is_told_and_not_left_out_in_silence() -> None:
    reading = read("Kod;Startdatum;Före;Efter;Anteckning före;Uppföljning", "K1;2025-01-01;bra;4;lugn;", "K2;2025-02-01;dåligt;5;orolig;")
    assert [(one.place, one.why) for one in reading.problems] == [("rad 1, kolumn Före", "kolumnen används inte: det mesta i den är ord.")]
    assert "--map score_start=”Före”" in reading.problems[0].what_to_do


def test_headers_over_two_rows_are_read_together_and_a_title_is_no_header() -> None:
    over = read("Kod;Poäng;;Datum;", ";Före;Efter;Start;Slut", "K1;3;4;2025-01-01;2025-03-01")
    assert fields(over) == {"id": "Kod", "score_start": "Före", "score_end": "Efter", "start": "Start", "end": "Slut"}
    assert "id" not in fields(read("Deltagare;;", ";Före;Efter", "K1;3;4"))


def test_headers_once_more_are_no_participant_and_counted() -> None:
    reading = read("Kod;Före;Efter", "ID;Pre;Post", "K1;3;4", "Kod;Före;Efter", "K2;5;6", "Kod;;")
    assert reading.ids == ("K1", "K2") and reading.rows_read == 5
    assert dict(reading.dropped) == {"rader med rubriker en gång till": 2, "tomma rader": 1}
    assert [one.place for one in reading.problems if "rubriker" in one.why] == ["rad 2", "rad 4"]


def test_a_code_that_may_be_a_personal_identity_number_is_asked_about_and_never_repeated() -> None:
    reading = read(HEADS, "19850212-1234;;;;3;4", "19850212-1234;;;;3;4", "K3;;;;19850212-1234;5")
    assert sum("det kan vara ett personnummer" in one.why for one in reading.problems) == 3
    assert any("samma kod" in one.why for one in reading.problems) and "1234" not in told(reading)


def test_the_users_word_is_stronger_than_the_settings_and_the_header() -> None:
    reading = read("Kod;Före;X;Y", "A;1;2;3", wished='{"score_start": "Y"}', stated='{"score_start": "X"}')
    assert fields(reading)["score_start"] == "Y"
    assert fields(read("Kod;Före;X;Y", "A;1;2;3", stated='{"score_start": "X"}'))["score_start"] == "X"


def test_a_wished_column_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match=r"Det finns ingen kolumn som heter Poäng 1\. Menade du Poäng1\?"):
        read("Kod;Poäng1;Slutdatum", "A;1;2025-01-01", wished='{"före": "Poäng 1"}')
    with pytest.raises(Refused, match=r"”scor_start” är ingen uppgift som analysen känner\. Menade du score_start\?"):
        field_named("scor_start")


def test_a_column_the_settings_name_but_the_sheet_lacks_is_told() -> None:
    reading = read(HEADS, "A;2025-01-01;;;1;2", stated='{"score_follow_up": "score_fu"}')
    assert "poäng vid uppföljning står i kolumnen score_fu, men den finns inte i filen" in told(reading)


@pytest.mark.parametrize(("typed", "why", "weight"), [
    ("N/A", "betyder att svaret saknas.", Weight.NOTE), ("-", "betyder att svaret saknas.", Weight.NOTE), ("<5", "är dolt eller ett intervall", Weight.BAD),
    ("..", "är dolt", Weight.BAD), ("tolv", "går inte att läsa som tal.", Weight.BAD), ("12 %", "är skrivet i procent.", Weight.BAD),
])  # fmt: skip
def test_a_score_that_is_no_number_is_told_with_row_and_column_and_counted(typed: str, why: str, weight: Weight) -> None:
    reading = read(HEADS, "A;2025-01-01;;;10;20", f"B;2025-01-02;;;{typed};21", "C;2025-01-02;;;11;21")
    assert reading.episodes().score_start == (10.0, None, 11.0)
    (problem,) = reading.problems
    assert (problem.place, problem.value, problem.weight) == ("rad 3, kolumn Före", typed, weight) and problem.why.startswith(why) and problem.what_to_do
    assert sum(count for _, count in reading.emptied) == 1


def test_a_decimal_comma_is_a_number_and_an_empty_cell_is_no_fault() -> None:
    reading = read(HEADS, "A;2025-01-01;;;12,5;", "B;2025-01-02;;;13;20")
    assert reading.episodes().score_start == (12.5, 13.0) and reading.episodes().score_end == (None, 20.0) and reading.problems == ()


def test_a_point_is_a_decimal_sign_where_the_column_shows_it_and_asked_about_where_it_does_not() -> None:
    exported = read("id,start_score,end_score", "A,3.5,3.125", "B,3.125,2.875", "C,2,4.0625")
    assert exported.episodes().score_start == (3.5, 3.125, 2.0) and exported.episodes().score_end == (3.125, 2.875, 4.0625) and exported.problems == ()
    unclear = read(HEADS, "A;2025-01-01;;;1.125;1", "B;2025-01-01;;;2;1")
    assert unclear.episodes().score_start == (None, 2.0) and "tvetydigt (1,125 eller 1125)" in told(unclear)


def test_dates_that_cannot_be_are_told() -> None:
    reading = read(HEADS, "A;2025-02-30;;;1;2", "B;våren 2025;;;1;2", "C;2025-03-01;2025-01-05;;1;2", "D;2205-01-13;;;1;2", "E;2025-01-01;2025-02-01;;1;2")
    said = told(reading)
    assert "rad 2, kolumn Start ”2025-02-30”: är inget datum som finns." in said and "rad 3, kolumn Start ”våren 2025”: är inget datum." in said
    assert "rad 4, kolumn Slut ”2025-01-05”: slutet ligger före starten, 2025-03-01." in said and "rad 5, kolumn Start ”2205-01-13”: ligger år 2205" in said
    assert reading.episodes().start == (None, None, date(2025, 3, 1), None, date(2025, 1, 1)) and len(reading.ids) == 5


def test_the_same_participant_twice_is_counted_once_and_told() -> None:
    reading = read(HEADS, "A;2025-01-01;;;1;2", "B;2025-01-01;;;1;2", "a;2025-01-01;;;1;9")
    assert reading.ids == ("A", "B") and reading.dropped == (("samma deltagare en gång till", 1),) and reading.rows_read == 3
    assert "rad 4, kolumn Kod ”a”: samma kod står redan på rad 2. Den här raden räknas inte." in told(reading)


def test_a_participant_who_comes_back_is_two_episodes_and_told() -> None:
    reading = read(HEADS, "A;2025-01-01;;;1;2", "A;2025-09-01;;;1;2", "A;2025-09-01;;;1;2")
    assert len(reading.ids) == 2 and reading.dropped == (("samma deltagare en gång till", 1),)
    assert "med ett annat startdatum. Raderna räknas som två insatser." in told(reading)


def test_empty_rows_and_sums_are_left_out_and_counted() -> None:
    reading = read(HEADS, "A;2025-01-01;;;1;2", ";;;;;", "B;;;;;", "Summa;;;;1;2", ";2025-01-03;;;4;5")
    assert reading.ids == ("A", "rad 6") and dict(reading.dropped) == {"tomma rader": 1, "rader med summor eller medelvärden": 1}
    assert "rad 6, kolumn Kod: koden saknas. Raden räknas." in told(reading)


def test_scores_outside_the_scale_are_told_and_left_to_the_analysis_to_count() -> None:
    reading = read(HEADS, "A;2025-01-01;;;12;92", "B;2025-01-02;;;13;91", scale="[13, 91]")
    assert [problem.place for problem in reading.problems] == ["rad 2, kolumn Före", "rad 2, kolumn Efter"]
    assert "ligger utanför instrumentets skala, 13 till 91." in told(reading) and reading.episodes().score_end == (92.0, 91.0)


def test_an_age_becomes_a_year_of_birth_by_the_start_and_an_impossible_one_is_told() -> None:
    reading = read("Kod;Ålder;Start;Före", "A;19;2025-01-01;3", "B;190;2025-01-01;3", "C;20;;3")
    assert reading.episodes().birth_year == (2006, None, None)
    assert "rad 3, kolumn Ålder ”190”: är ingen rimlig ålder." in told(reading) and "åldern går inte att räkna utan startdatum." in told(reading)
    odd = read("Kod;Födelseår;Start", "A;2030;2025-01-01", "B;1890;2025-01-01", "C;05;2025-01-01", "D;2005;2025-01-01")
    assert odd.episodes().birth_year == (None, None, None, 2005) and "ger åldern -5 år vid starten" in told(odd)


def test_yes_and_no_under_a_question_about_the_target_group_become_words() -> None:
    assert read("Kod;I målgruppen;Före", "A;ja;1", "B;nej;2", "C;;3").episodes().target_group == ("i målgruppen", "utanför målgruppen", None)


def test_words_that_differ_in_case_only_are_one_group() -> None:
    assert read("Kod;Kön;Före", "A;K;1", "B;k;2", "C; K ;3").episodes().sex == ("K", "K", "K")


def test_core_components_are_yes_or_no() -> None:
    reading = read("Kod;Före;Kärnkomponent: Hembesök", "A;1;ja", "B;2;nej", "C;3;kanske", "D;4;x")
    assert reading.episodes().core == {"Hembesök": (True, False, None, True)} and "”kanske”: är varken ja eller nej." in told(reading)


@pytest.mark.parametrize("cell", ["19811218-9876", "198112189876", "Ring 811218-9876"])
def test_a_personal_identity_number_in_any_cell_holds_the_file(cell: str) -> None:
    with pytest.raises(Refused) as refused:
        read("Kod;Start;Före;Anteckning", "A;2025-01-01;1;", f"B;2025-01-01;1;{cell}")
    assert "cell D3" in str(refused.value) and "9876" not in str(refused.value)
    assert read("Kod;Start;Före;Anteckning", "A;2025-01-01;1;", "B;2025-01-01;1;19 träffar").rows_read == 2


@pytest.mark.parametrize(("content", "words"), [
    (b"", "tom"), (b"Kod;Start;Efter\n", "inga rader under rubrikerna"), (b"a;b\n1;2\n", "ingen rubrik som analysen"),
    (b"Kod;Namn\nA;B\n", "ingen rubrik som analysen"), (b"Kod;Startdatum\n;\nSumma;\n", "Ingen rad i filen"), (b"%PDF-1.7", "PDF"),
])  # fmt: skip
def test_a_file_without_participants_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_participants("a.csv", content)


def test_of_several_sheets_the_one_with_participants_is_read_and_the_others_are_told() -> None:
    def write(book: Any) -> None:
        book.active.title = "Läs mig"
        book.active.append(["Om filen"])
        sheet = book.create_sheet("Deltagare")
        for row in (("Kod", "Startdatum", "Före"), ("A", "2025-01-01", 3)):
            sheet.append(row)

    reading = read_participants("a.xlsx", workbook(write))
    assert reading.sheet == "Deltagare" and "Blad Läs mig: bladet lästes inte" in told(reading)


def test_what_a_column_holds_is_told_by_most_of_its_cells() -> None:
    assert kind_of_cells([None, "N/A", "12", "13,5", "abc"]) is Kind.NUMBERS
    assert kind_of_cells(["2025-01-01", "x", date(2025, 1, 2)]) is Kind.DATES
    assert kind_of_cells([45670.0, 45700.0]) is Kind.DATES and kind_of_cells([None, "-"]) is Kind.NOTHING and kind_of_cells(["ja", True]) is Kind.WORDS


@given(st.lists(st.lists(st.text(alphabet="KA0159-<.,%;åN/\"' \n", max_size=8), min_size=1, max_size=7), max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_sheet_makes_it_fail_and_every_row_is_accounted_for(rows: list[list[str]]) -> None:
    quoted = "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [HEADS.split(";"), *rows])
    try:
        reading = read_participants("a.csv", quoted.encode())
    except Refused as refused:
        said = str(refused)
    else:
        said = "Läst."
        _is_whole(reading)
    assert said.endswith((".", "?"))


def _is_whole(reading: ParticipantsReading) -> None:
    assert reading.rows_read == len(reading.ids) + sum(count for _, count in reading.dropped)
    assert all(len(column) == len(reading.ids) for column in reading.episodes().columns().values())
