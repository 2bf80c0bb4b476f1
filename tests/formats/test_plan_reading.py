"""What is understood of a plan, from cells that are given by hand: table in, reading out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime

import pytest

from samsyn.formats.grid import Cell, Grid, Row, Sheet, Value
from samsyn.formats.plan_reading import NO_ACTIONS, NO_TABLE, TRANSPOSED, read_plan
from samsyn.formats.problems import Refused
from samsyn.formats.reading import PlanReading

TODAY = date(2026, 11, 22)
SIX = ("Orsak", "Åtgärd", "Operativa mål", "När", "Vem", "Uppföljning")

Given = Value | Cell


def cells(values: Sequence[Given]) -> tuple[Cell, ...]:
    return tuple(value if isinstance(value, Cell) else Cell(value if value != "" else None) for value in values)


def sheet(name: str, *rows: Sequence[Given], first: int = 1) -> Sheet:
    """Empty rows are left out, as the readers do; their numbers are not."""
    numbered = [(number, row) for number, row in enumerate(rows, first) if any(value not in ("", None) for value in row)]
    return Sheet(name, tuple(Row(number, cells(row)) for number, row in numbered))


def read(*rows: Sequence[Given], kind: str = "csv") -> PlanReading:
    return read_plan(Grid(kind, (sheet("Text" if kind == "csv" else "Plan", *rows),)), TODAY)


def merged(text: str) -> Cell:
    return Cell(text, merged=True)


def row_of(**given: Given) -> tuple[Given, ...]:
    """One row of the six columns; what is not given is filled in with something that needs no question."""
    filled = {"cause": "1. Mörkt", "action": "Ny belysning", "goal": "Inga trasiga lampor", "when": "2027-03-31", "who": "Eva Ek", "status": "grön"}
    return tuple((filled | given).values())


def causes_of(reading: PlanReading) -> list[list[tuple[int | None, str]]]:
    return [[(cause.number, cause.text) for cause in row.causes] for row in reading.rows]


def asked(reading: PlanReading) -> str:
    return "\n".join(map(str, reading.problems))


# ---- headers ----

HEADERS = {
    "the handbook's": SIX,
    "capitals": ("ORSAK", "ÅTGÄRD", "OPERATIVA MÅL", "NÄR", "VEM", "UPPFÖLJNING"),
    "numbers before": ("1. Orsak", "2. Åtgärd", "3. Operativa mål", "4. När", "5. Vem", "6. Uppföljning"),
    "line breaks": ("Bakomliggande\norsak", "Åtgärd\n(vad ska göras?)", "Operativa\nmål", "När\n(slutdatum)", "Vem\n(ansvarig + kontakt)", "Upp-\nföljning"),
    "everyday words": ("Problem/Orsak", "Insats", "Delmål", "Tidplan", "Ansvarig", "Status"),
    "questions": ("Varför uppstår problemet?", "Vad ska göras?", "Vad vill vi uppnå?", "När ska det vara klart?", "Vem gör det?", "Hur har det gått?"),
    "activity": ("Orsaker", "Aktivitet", "Mål", "Klart senast", "Ansvarig person/organisation", "Läge"),
    "deadline": ("Trolig orsak", "Åtgärder", "Målsättning", "Deadline", "Åtgärdsansvarig", "Uppföljning/status"),
    "due": ("Orsak", "Vad", "Effektmål", "Slutdatum", "Kontaktperson", "Gubbe"),
    "commented": ("Orsak", "Aktiviteter", "Mål", "Tid", "Vem gör", "Kommentar"),
    "results": ("Orsak", "Åtgärd", "Mål", "Datum", "Ansvarig", "Resultat"),
    "English": ("Cause", "Action", "Goal", "When", "Who", "Follow-up"),
    "English too": ("Root cause", "Activity", "Objective", "Due date", "Responsible", "Status"),
    "colons": ("Orsak:", "Åtgärd:", "Mål:", "När:", "Vem:", "Uppföljning:"),
    "explained": ("Orsak (numrerad)", "Åtgärd (samma nummer som orsaken)", "Operativa mål (SMART)", "När (slutdatum och ordning)", "Vem (ansvarig)",
                  "Uppföljning: hur har parterna uppfyllt det de åtog sig? (grön, gul eller röd gubbe)"),
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_the_six_columns_are_known_by_many_words(header: tuple[str, ...]) -> None:
    reading = read(header, row_of())

    assert [column.field for column in reading.sheets[0].columns] == ["cause", "action", "goal", "when", "responsible", "status"]
    assert reading.rows[0].action == "Ny belysning"
    assert reading.rows[0].when.interpreted == date(2027, 3, 31)


def test_columns_may_stand_in_any_order() -> None:
    reading = read(("Status", "Vem", "När", "Åtgärd", "Mål", "Orsak"), ("gul", "Eva Ek", "2027-03", "Ny belysning", "Ljust", "2. Mörkt"))

    row = reading.rows[0]
    assert (row.action, row.goal, row.when.interpreted, causes_of(reading)) == ("Ny belysning", "Ljust", date(2027, 3, 31), [[(2, "Mörkt")]])


@pytest.mark.parametrize(("header", "field"), [
    ("Målgrupp", "extra"), ("Indikator", "extra"), ("Utgångsläge", "extra"), ("Målvärde", "extra"), ("Ansvarig för uppföljning", "extra"),
    ("Uppföljningsdatum", "extra"), ("Hur följs det upp?", "extra"), ("När följs åtgärden upp?", "extra"), ("Orsak till försening", "extra"),
    ("Kostnad", "extra"), ("Resurser", "extra"), ("Samverkanspart", "extra"), ("Prioritet", "extra"), ("Senast uppdaterad", "extra"),
    ("Fokusområde", "problem"), ("Problem", "problem"), ("Startdatum", "start"), ("E-post", "responsible"), ("Telefon", "responsible"),
    ("Organisation", "responsible"), ("Resultat", "extra"), ("Kommentar", "extra"), ("Övergripande mål", "extra"),
])
def test_a_seventh_column_takes_nobody_elses_place(header: str, field: str) -> None:
    reading = read((*SIX, header), (*row_of(), "något"))

    fields = [column.field for column in reading.sheets[0].columns]
    assert fields == ["cause", "action", "goal", "when", "responsible", "status", field]
    assert reading.rows[0].goal == "Inga trasiga lampor"


def test_the_seventh_column_takes_no_place_when_it_stands_first_either() -> None:
    reading = read(("Målgrupp", "Övergripande mål", *SIX), ("unga", "Trygghet", *row_of()))

    assert reading.rows[0].goal == "Inga trasiga lampor"
    assert reading.rows[0].extra == (("Målgrupp", "unga"), ("Övergripande mål", "Trygghet"))


def test_result_is_the_status_only_where_no_other_column_is() -> None:
    alone = read(("Åtgärd", "Mål", "Resultat"), ("Belysning", "Ljust", "genomförd"))
    beside = read(("Åtgärd", "Mål", "Resultat", "Status"), ("Belysning", "Ljust", "minskade stölder", "genomförd"))

    assert str(alone.rows[0].status.implementation) == "done"
    assert str(beside.rows[0].status.implementation) == "done"
    assert beside.rows[0].extra == (("Resultat", "minskade stölder"),)


def test_klart_says_when_unless_another_column_does() -> None:
    alone = read(("Åtgärd", "Klart", "Vem"), ("Belysning", "2027-03-31", "Eva Ek"))
    beside = read(("Åtgärd", "När", "Vem", "Klart"), ("Belysning", "2027-03-31", "Eva Ek", "Ja"))

    assert alone.rows[0].when.interpreted == date(2027, 3, 31)
    assert beside.rows[0].when.interpreted == date(2027, 3, 31)
    assert str(beside.rows[0].status.implementation) == "done"


def test_title_rows_above_the_header_are_its_title() -> None:
    title = (Cell("Åtgärdsplan torget 2027"), *[merged("Åtgärdsplan torget 2027")] * 5)
    reading = read(title, ("Antagen av styrgruppen",), ("",), SIX, row_of(), kind="xlsx")

    assert reading.sheets[0].title == "Åtgärdsplan torget 2027\nAntagen av styrgruppen"
    assert (reading.sheets[0].header_row, reading.rows[0].number, reading.problems) == (4, 5, ())


def test_facts_above_the_header_are_no_header() -> None:
    reading = read(("Ansvarig:", "Eva Ek", "", "", "", ""), ("Status:", "Utkast", "", "Datum:", "2026-11-01", ""), SIX, row_of())

    assert (reading.sheets[0].header_row, len(reading.rows)) == (3, 1)


def test_a_header_of_two_rows_is_read_as_one() -> None:
    upper = (Cell("Orsak"), Cell("Åtgärd"), Cell("Mål"), Cell("När"), merged("När"), Cell("Vem"), merged("Vem"), merged("Vem"), Cell("Status"))
    lower = (merged("Orsak"), merged("Åtgärd"), merged("Mål"), Cell("Start"), Cell("Slut"), Cell("Namn"), Cell("Telefon"), Cell("E-post"), merged("Status"))
    reading = read(upper, lower, ("1. Mörkt", "Belysning", "Ljust", "2027-01-01", "2027-03-31", "Eva Ek", "070-123 45 67", "eva@x.example", "gul"), kind="xlsx")

    row = reading.rows[0]
    assert (row.start.interpreted, row.when.interpreted) == (date(2027, 1, 1), date(2027, 3, 31))
    assert [(who.name, who.phone, who.email) for who in row.responsible] == [("Eva Ek", "070-123 45 67", "eva@x.example")]
    assert len(reading.rows) == 1


def test_a_row_of_groups_above_the_header_is_no_part_of_it() -> None:
    groups = (Cell("Analys"), Cell("Planering"), *[merged("Planering")] * 3, Cell("Uppföljning"))
    reading = read(groups, SIX, row_of(), kind="xlsx")

    assert [column.field for column in reading.sheets[0].columns] == ["cause", "action", "goal", "when", "responsible", "status"]
    assert len(reading.rows) == 1


def test_help_under_the_header_is_no_action() -> None:
    reading = read(SIX, ("(varför?)", "(vad görs?)", "(vad ska ändras?)", "(datum)", "(namn)", "(gubbe)"), row_of())

    assert [row.number for row in reading.rows] == [3]


def test_a_repeated_header_is_no_action() -> None:
    reading = read(SIX, row_of(), SIX, row_of(action="Nattvandring"))

    assert [row.action for row in reading.rows] == ["Ny belysning", "Nattvandring"]
    assert len(reading.sheets) == 1


def test_a_header_merged_over_two_columns_holds_both() -> None:
    header = (Cell("Orsak"), merged("Orsak"), Cell("Åtgärd"), Cell("Vem"), merged("Vem"))
    reading = read(header, (1, "Mörkt", "Belysning", "Eva Ek", "070-123 45 67"), kind="xlsx")

    assert causes_of(reading) == [[(1, "Mörkt")]]
    assert [(who.name, who.phone) for who in reading.rows[0].responsible] == [("Eva Ek", "070-123 45 67")]


def test_tables_below_each_other_have_their_own_headers_and_titles() -> None:
    reading = read(
        ("Torget",), SIX, row_of(), ("",), ("Parken",),
        ("Åtgärd", "Orsak", "Mål", "Ansvarig", "Klart senast", "Status"),
        ("Klippa buskar", "1. Buskar", "Fri sikt", "Bo Ek", "2027-05-01", "pågår"), kind="xlsx")

    assert [(one.title, one.header_row) for one in reading.sheets] == [("Torget", 2), ("Parken", 6)]
    assert [(row.number, row.action, row.responsible[0].name) for row in reading.rows] == [(3, "Ny belysning", "Eva Ek"), (7, "Klippa buskar", "Bo Ek")]
    assert reading.problems == ()


def test_every_sheet_with_a_plan_is_read_and_the_others_are_told() -> None:
    grid = Grid("xlsx", (
        sheet("Torget", SIX, row_of()), sheet("Läs mig", ("Så här fyller du i",), ("Skriv tydligt", "och kort")),
        sheet("Parken", ("",), ("Vem", "Åtgärd"), ("Bo Ek", "Klippa"))))
    reading = read_plan(grid, TODAY)

    assert [(row.sheet, row.number) for row in reading.rows] == [("Torget", 2), ("Parken", 3)]
    assert "Blad Läs mig" in asked(reading)


def test_the_user_may_say_what_a_column_is() -> None:
    grid = Grid("csv", (sheet("Text", ("Åtgärd", "Vem", "Annat"), ("Belysning", "Eva Ek", "2027-03-31")),))
    reading = read_plan(grid, TODAY, {("Text", "C"): "when"})

    assert reading.rows[0].when.interpreted == date(2027, 3, 31)


@pytest.mark.parametrize(("rows", "reason"), [
    ((("Namn", "Ålder"), ("Eva", "12")), NO_TABLE),
    ((("hej",), ("hopp",)), NO_TABLE),
    ((("Nr", "Orsak"), ("1", "Mörkt")), NO_ACTIONS),
    ((("Orsak", "Mörkt"), ("Åtgärd", "Belysning"), ("Mål", "Ljust"), ("När", "2027"), ("Vem", "Eva")), TRANSPOSED),
])
def test_a_file_without_a_plan_is_refused_kindly(rows: tuple[tuple[str, ...], ...], reason: str) -> None:
    with pytest.raises(Refused, match="Åtgärd") as refusal:
        read(*rows)

    assert str(refusal.value) == reason


def test_words_of_a_plan_that_begin_as_headers_do_are_no_header() -> None:
    alike = row_of(cause="Orsak 2: tomma lokaler", action="Insatser i skolan varje vecka", goal="Mål: fler vuxna ute", status="Uppföljning pågår")
    reading = read(SIX, row_of(), alike)

    assert len(reading.rows) == 2
    assert len(reading.sheets) == 1


# ---- causes ----

@pytest.mark.parametrize(("typed", "causes"), [
    ("1. Mörkt", [(1, "Mörkt")]), ("1) Mörkt", [(1, "Mörkt")]), ("Orsak 1: Mörkt", [(1, "Mörkt")]), ("1 Mörkt", [(1, "Mörkt")]),
    ("Mörkt", [(None, "Mörkt")]), ("1, 3", [(1, ""), (3, "")]), ("1 och 3", [(1, ""), (3, "")]), ("1–3", [(1, ""), (2, ""), (3, "")]),
    ("1. Mörkt\n2. Tomt", [(1, "Mörkt"), (2, "Tomt")]), ("1. Mörkt; 2. Tomt", [(1, "Mörkt"), (2, "Tomt")]),
    ('1. "Mörkt"; kallt', [(1, '"Mörkt"; kallt')]), (1.0, [(1, "")]), ("3 vakter saknas", [(None, "3 vakter saknas")]),
    ("– streck först", [(None, "– streck först")]), ("- Mörkt\n- Tomt", [(None, "Mörkt"), (None, "Tomt")]), ("-", []), ("", []),
    ("Mörkt\noch kallt", [(None, "Mörkt\noch kallt")]), ("1.1 Mörkt", [(None, "1.1 Mörkt")]),
])
def test_causes_are_read(typed: Value, causes: list[tuple[int | None, str]]) -> None:
    assert causes_of(read(SIX, row_of(cause=typed))) == [causes]


def test_a_cause_that_a_spreadsheet_took_for_a_number_is_asked_about() -> None:
    reading = read(SIX, row_of(cause=1.3))

    assert causes_of(reading) == [[(1, ""), (3, "")]]
    assert "orsaker som menas" in asked(reading)


def test_a_merged_cause_holds_for_every_row_of_it() -> None:
    reading = read(SIX, row_of(cause="2. Ungdomar"), row_of(cause=merged("2. Ungdomar"), action="Föräldramöte"), kind="xlsx")

    assert causes_of(reading) == [[(2, "Ungdomar")], [(2, "Ungdomar")]]
    assert reading.problems == ()


def test_an_empty_cell_under_a_cause_takes_the_cause_above_and_asks() -> None:
    reading = read(SIX, row_of(), row_of(cause="", action="Klippa buskar"))

    assert causes_of(reading)[1] == [(1, "Mörkt")]
    assert "rad 3, kolumn Orsak: cellen är tom; vi tog orsaken ovanför." in asked(reading)


def test_an_action_above_every_cause_has_none() -> None:
    assert causes_of(read(SIX, row_of(cause=""), row_of())) == [[], [(1, "Mörkt")]]


def test_a_cause_on_a_line_of_its_own_is_the_cause_of_the_rows_under_it() -> None:
    reading = read(SIX, ("1. Mörkt", "", "", "", "", ""), row_of(cause=""), row_of(cause="", action="Klippa"))

    assert causes_of(reading) == [[(1, "Mörkt")], [(1, "Mörkt")]]
    assert reading.lone_causes == ()


def test_a_cause_without_action_is_kept_and_told_and_no_row() -> None:
    reading = read(SIX, row_of(), ("2. Tomt torg", "", "", "", "", ""), row_of(cause="3. Kö"))

    assert [(one.number, one.cause.number, one.cause.text) for one in reading.lone_causes] == [(3, 2, "Tomt torg")]
    assert len(reading.rows) == 2
    assert "orsaken har ingen åtgärd" in asked(reading)


def test_a_row_with_everything_but_the_action_is_a_row_that_lacks_it() -> None:
    reading = read(SIX, row_of(action=""))

    assert (len(reading.rows), reading.rows[0].action, reading.rows[0].goal) == (1, "", "Inga trasiga lampor")
    assert "åtgärden saknas" in asked(reading)


def test_the_cause_may_have_its_number_in_a_column_of_its_own() -> None:
    reading = read(("Nr", *SIX), ("1", *row_of(cause="Mörkt")), ("2", *row_of(cause="Tomt")), kind="csv")

    assert causes_of(reading) == [[(1, "Mörkt")], [(2, "Tomt")]]


def test_a_number_without_its_text_points_to_the_cause_above() -> None:
    reading = read(("Nr", *SIX), ("1", *row_of(cause="Mörkt")), ("1", *row_of(cause="")), ("Summa", "", "3", "", "", "", ""))

    assert causes_of(reading) == [[(1, "Mörkt")], [(1, "")]]


def test_numbers_that_count_rows_are_not_the_causes() -> None:
    reading = read(("Nr", *SIX), (1, *row_of(cause="Mörkt")), (2, *row_of(cause="Mörkt", action="Klippa")))

    assert causes_of(reading) == [[(None, "Mörkt")], [(None, "Mörkt")]]
    assert [row.action_number for row in reading.rows] == ["1", "2"]


def test_a_list_of_causes_on_a_sheet_of_its_own_is_kept() -> None:
    grid = Grid("xlsx", (sheet("Orsaker", ("Nr", "Orsak"), (1, "Mörkt"), (2, "Tomt")), sheet("Plan", SIX, row_of(cause="1, 2"))))
    reading = read_plan(grid, TODAY)

    assert [(one.cause.number, one.cause.text) for one in reading.lone_causes] == [(1, "Mörkt"), (2, "Tomt")]
    assert causes_of(reading) == [[(1, ""), (2, "")]]
    assert reading.problems == ()


def test_a_number_that_points_to_no_cause_is_asked_about() -> None:
    reading = read(SIX, row_of(cause="4. Vuxna köper ut"), row_of(cause="4, 5"))
    without_any = read(SIX, row_of(cause="4, 5"))

    assert "rad 3, kolumn Orsak ”4, 5”: det finns ingen orsak 5 i filen." in asked(reading)
    assert without_any.problems == ()


# ---- actions ----

@pytest.mark.parametrize(("typed", "number", "action"), [
    ("1. Ny belysning", "1", "Ny belysning"), ("1.2 Ny belysning", "1.2", "Ny belysning"), ("2a) Ny belysning", "2a", "Ny belysning"),
    ("Å1 Ny belysning", "Å1", "Ny belysning"), ("Åtgärd 3: Ny belysning", "3", "Ny belysning"), ("3 vakter på torget", "", "3 vakter på torget"),
    ("24 timmar öppet", "", "24 timmar öppet"), ("1. maj-firande utan alkohol", "", "1. maj-firande utan alkohol"), ("-5 % brott", "", "-5 % brott"),
    ("+46701234567", "", "+46701234567"), ("2", "", "2"), ("rad ett\nrad två", "", "rad ett\nrad två"), ("1.5 miljoner", "", "1.5 miljoner"),
])
def test_an_action_is_parted_from_its_number_only(typed: str, number: str, action: str) -> None:
    row = read(SIX, row_of(action=typed)).rows[0]

    assert (row.action_number, row.action) == (number, action)


def test_numbers_without_a_full_stop_are_numbers_where_all_actions_have_them() -> None:
    all_have = read(SIX, row_of(action="1 Ny belysning"), row_of(action="2 Nattvandring"))
    one_has = read(SIX, row_of(action="3 Vakter på torget"), row_of(action="Nattvandring"), row_of(action="Klippa"))

    assert [(row.action_number, row.action) for row in all_have.rows] == [("1", "Ny belysning"), ("2", "Nattvandring")]
    assert one_has.rows[0].action == "3 Vakter på torget"


def test_an_action_merged_over_two_rows_goes_on() -> None:
    reading = read(SIX, row_of(), row_of(cause=merged("1. Mörkt"), action=merged("Ny belysning"), goal="Fler ute"), kind="xlsx")

    assert [(row.action, row.goal, row.continues) for row in reading.rows] == [
        ("Ny belysning", "Inga trasiga lampor", False), ("Ny belysning", "Fler ute", True)]


def test_several_actions_in_one_cell_are_asked_about() -> None:
    assert "flera åtgärder" in asked(read(SIX, row_of(action="1. Belysning\n2. Klippa")))


# ---- rows that are no actions ----

@pytest.mark.parametrize(("row", "why"), [
    (("Summa", "", "", "", "", "12"), "en summa"),
    (("Totalt antal åtgärder", "2", "", "", "", ""), "en summa"),
    (("Grön = klart", "", "", "", "", ""), "en förklaring"),
    (("", "Gul: pågår", "", "", "", ""), "en förklaring"),
    (("* Uppdateras varje kvartal", "", "", "", "", ""), "en förklaring"),
    (("Senast uppdaterad 2026-11-01", "", "", "", "", ""), "en förklaring"),
    (("Källa: polisens statistik", "", "", "", "", ""), "en förklaring"),
    (("Det här är gemensamt för alla.", "", "", "", "", ""), "en fotnot"),
])
def test_sums_and_notes_under_the_table_are_told_and_no_actions(row: tuple[str, ...], why: str) -> None:
    reading = read(SIX, row_of(), row)

    assert [one.action for one in reading.rows] == ["Ny belysning"]
    assert why in asked(reading)
    assert reading.lone_causes == ()


def test_a_heading_inside_the_table_is_the_problem_of_the_rows_under_it() -> None:
    heading = (Cell("Stölder vid stationen"), *[merged("Stölder vid stationen")] * 5)
    reading = read(SIX, heading, row_of(), row_of(action="Klippa"), kind="xlsx")

    assert [(row.action, row.problem) for row in reading.rows] == [("Ny belysning", "Stölder vid stationen"), ("Klippa", "Stölder vid stationen")]
    assert "en rubrik för raderna under" in asked(reading)


def test_a_heading_in_one_cell_is_known_by_its_first_word() -> None:
    reading = read(("Åtgärd", "Vem"), ("Fokusområde 1: Centrum", ""), ("Ny belysning", "Eva Ek"))

    assert [(row.action, row.problem) for row in reading.rows] == [("Ny belysning", "Fokusområde 1: Centrum")]


def test_the_column_of_problems_holds_until_the_next() -> None:
    reading = read(("Problem", *SIX), ("Stölder", *row_of()), ("", *row_of(action="Klippa")), ("Klotter", *row_of(action="Måla")))

    assert [row.problem for row in reading.rows] == ["Stölder", "Stölder", "Klotter"]


def test_an_action_with_nothing_beside_it_is_still_an_action() -> None:
    assert [row.action for row in read(SIX, row_of(), ("", "Klippa buskar", "", "", "", "")).rows] == ["Ny belysning", "Klippa buskar"]


def test_a_second_person_on_a_line_of_its_own_belongs_to_the_row_above() -> None:
    reading = read(SIX, row_of(), ("", "", "", "", "Åsa Öberg", ""))

    assert [who.name for who in reading.rows[0].responsible] == ["Eva Ek", "Åsa Öberg"]
    assert "fortsättning på raden ovanför" in asked(reading)


def test_a_goal_alone_is_kept_and_asked_about() -> None:
    reading = read(SIX, row_of(), ("", "", "Färre stölder", "", "", ""))

    assert [(goal.number, goal.text) for goal in reading.lone_goals] == [(3, "Färre stölder")]
    assert "målet har ingen åtgärd" in asked(reading)


def test_what_stands_in_other_columns_is_never_dropped() -> None:
    reading = read((*SIX, "Budget", ""), (*row_of(), 10000, "extra"), ("", "", "", "", "", "", "se bilaga", ""))

    assert reading.rows[0].extra == (("Budget", "10000"), ("Kolumn H", "extra"))
    assert "se bilaga" in asked(reading)


def test_a_header_without_rows_is_told() -> None:
    assert "inga rader" in asked(read(SIX))


# ---- when and who, in their columns ----

@pytest.mark.parametrize(("value", "typed", "interpreted", "ask"), [
    ("våren 2027", "våren 2027", None, True), ("löpande", "löpande", None, False), ("v. 12 2027", "v. 12 2027", date(2027, 3, 28), False),
    ("Q3 2026", "Q3 2026", date(2026, 9, 30), False), (date(2027, 3, 31), "2027-03-31", date(2027, 3, 31), False),
    (datetime(2027, 3, 31), "2027-03-31", date(2027, 3, 31), False), (46112, "46112", date(2026, 3, 31), True), ("1/2/26", "1/2/26", None, True),
    ("2027-02-30", "2027-02-30", None, True), ("", "", None, False),
])
def test_the_date_is_kept_as_typed_beside_what_it_means(value: Value, typed: str, interpreted: date | None, ask: bool) -> None:
    reading = read(SIX, row_of(when=value))

    when = reading.rows[0].when
    assert (when.typed, when.interpreted, when.ask) == (typed, interpreted, ask)
    assert ("kolumn När" in asked(reading)) is ask


def test_a_formula_without_value_is_a_date_to_ask_for() -> None:
    assert read(SIX, row_of(when=Cell(formula=True))).rows[0].when.ask is True


def test_code_in_a_date_cell_is_kept_without_a_warning() -> None:
    reading = read(SIX, row_of(when="@SUM(1+1)"))

    assert (reading.rows[0].when.typed, reading.problems) == ("@SUM(1+1)", ())


def test_contacts_in_columns_of_their_own_find_their_person() -> None:
    header = ("Åtgärd", "Ansvarig", "E-post", "Telefon", "Organisation")
    reading = read(header, ("Belysning", "Eva Ek och Åsa Öberg", "asa.oberg@x.example; eva.ek@x.example", "070-111 11 11\n070-222 22 22", "Gatukontoret"))

    assert [(who.name, who.email, who.phone, who.organisation) for who in reading.rows[0].responsible] == [
        ("Eva Ek", "eva.ek@x.example", "070-111 11 11", "Gatukontoret"), ("Åsa Öberg", "asa.oberg@x.example", "070-222 22 22", "Gatukontoret")]


def test_nobody_is_nobody() -> None:
    reading = read(SIX, row_of(who="N.N."), row_of(who="vakant"), row_of(who="-"))

    assert [row.responsible for row in reading.rows] == [(), (), ()]
    assert asked(reading).count("ingen är utsedd än") == 2


# ---- status: words, signs and colours ----

GREEN, YELLOW, RED, BLUE = "C6EFCE", "FFEB9C", "FFC7CE", "DDEBF7"


@pytest.mark.parametrize(("cell", "face", "implementation", "ask"), [
    ("grön", "green", None, False), ("Gult", "yellow", None, False), ("RÖD", "red", None, False), ("klart", None, "done", False),
    ("genomförd som planerat", None, "done_as_intended", False), ("delvis genomförd", None, "done_in_part", False), ("pågår", None, "under_way", False),
    ("ej påbörjad", None, "not_started", False), ("blev inte av", None, "not_done", False), ("ej klart", None, None, True),
    ("🟢", "green", None, False), ("🟡 pågår", "yellow", "under_way", False), ("🔴", "red", None, False), ("🟠", None, None, True), ("☺", "green", None, False),
    ("☹️", "red", None, False), (":|", "yellow", None, False), (Cell("J", font="Wingdings"), "green", None, False),
    (Cell("K", font="Wingdings"), "yellow", None, False), (Cell("L", font="Wingdings"), "red", None, False), (Cell(None, fill=GREEN), "green", None, False),
    (Cell("pågår", fill=YELLOW), "yellow", "under_way", False), (Cell("ej påbörjad", fill=GREEN), "green", "not_started", True),
    (Cell("röd", fill=GREEN), "red", None, True), (Cell(None, fill="F4B084"), None, None, True), (Cell(None, fill="D9D9D9"), None, None, False),
    (Cell(None, picture=True), None, None, True), (Cell("klart", picture=True), None, "done", False), ("50 %", None, "under_way", False),
    ("Följs upp vid mötet i maj", None, None, False), ("?", None, None, True), ("", None, None, False), (Cell("●", ink="00B050"), "green", None, False),
    ("Grön. Gjord som tänkt. Resultat: Bättre.", "green", "done_as_intended", False), ("Gul/grön", None, None, True), ("Röda korset deltar", None, None, False),
])
def test_the_status_is_read(cell: Given, face: str | None, implementation: str | None, ask: bool) -> None:
    status = read(SIX, row_of(status=cell), row_of(status="")).rows[0].status

    assert (str(status.face) if status.face else None, str(status.implementation) if status.implementation else None, status.ask) == (face, implementation, ask)


def filled(values: Sequence[Value], fill: str, status_fill: str | None = None) -> tuple[Cell, ...]:
    return tuple(Cell(value, fill=fill if place < 5 or status_fill is None else status_fill) for place, value in enumerate(values))


def test_every_second_row_shaded_is_no_face() -> None:
    plain = ("1. Mörkt", "Belysning", "Ljust", "2027-03-31", "Eva Ek", None)
    reading = read(SIX, filled(plain, "E2EFDA"), plain, filled(plain, "E2EFDA"), plain, kind="xlsx")

    assert {row.status.face for row in reading.rows} == {None}
    assert reading.problems == ()


def test_a_face_is_seen_on_a_shaded_row() -> None:
    plain = ("1. Mörkt", "Belysning", "Ljust", "2027-03-31", "Eva Ek", None)
    reading = read(SIX, filled(plain, BLUE, RED), plain, filled(plain, BLUE, GREEN), kind="xlsx")

    assert [str(row.status.face) if row.status.face else None for row in reading.rows] == ["red", None, "green"]


def test_whole_rows_in_the_forms_colours_are_asked_about() -> None:
    plain = ("1. Mörkt", "Belysning", "Ljust", "2027-03-31", "Eva Ek", None)
    reading = read(SIX, filled(plain, GREEN), filled(plain, RED), kind="xlsx")

    assert [(str(row.status.face), row.status.ask) for row in reading.rows] == [("green", True), ("red", True)]


def test_a_column_shaded_with_its_header_is_no_face() -> None:
    header = (*SIX[:5], Cell("Uppföljning", fill=GREEN))
    rows = [row_of(status=Cell(None, fill=GREEN)) for _ in range(3)]
    reading = read(header, *rows, kind="xlsx")

    assert {row.status.face for row in reading.rows} == {None}


def test_g_is_green_beside_y() -> None:
    beside = read(SIX, row_of(status="G"), row_of(status="Y"))
    alone = read(SIX, row_of(status="G"), row_of(status="R"))

    assert [(str(row.status.face), row.status.ask) for row in beside.rows] == [("green", False), ("yellow", False)]
    assert alone.rows[0].status.ask is True


def test_faces_that_lost_their_font_are_asked_about() -> None:
    reading = read(SIX, row_of(status="J"), row_of(status="L"))

    assert [(str(row.status.face), row.status.ask) for row in reading.rows] == [("green", True), ("red", True)]


# ---- personal identity numbers ----

def test_personal_numbers_hold_the_file_wherever_they_stand() -> None:
    reading = read(SIX, row_of(action="Samtal med Kalle 850709-9805"), row_of(goal="8507099805"), row_of(who="org.nr 556703-7485, 070-123 45 67"))

    assert [flag.place for flag in reading.flags] == ["rad 2 Åtgärd", "rad 3 Operativa mål"]
    assert (reading.flags[0].row, reading.flags[0].letter) == (2, "B")


def test_a_number_above_the_table_and_one_kept_as_a_number_are_found() -> None:
    reading = read(("Kontakt 850709-9805",), (*SIX, "Övrigt"), (*row_of(), 198507099805))

    assert [flag.place for flag in reading.flags] == ["rad 1 kolumn A", "rad 3 Övrigt"]


@pytest.mark.parametrize(("place", "holds"), [("en kommentar", True), ("dokumentets egenskaper", True), ("filens namn", True), ("ett dolt blad", False)])
def test_only_what_is_not_read_in_does_not_hold(place: str, holds: bool) -> None:
    grid = Grid("xlsx", (sheet("Plan", SIX, row_of()),), loose=((place, "Kalle 850709-9805"),))
    reading = read_plan(grid, TODAY)

    assert bool(reading.flags) is holds
    assert bool(reading.loose_flags) is not holds
    assert ("dolt blad" in asked(reading)) is not holds


def test_a_possible_number_is_asked_about_and_never_repeated() -> None:
    reading = read(SIX, row_of(goal="850709-9806"))

    assert reading.flags == ()
    assert "kan vara ett personnummer" in asked(reading)
    assert "850709" not in asked(reading)


def test_no_cell_can_make_the_reader_fail() -> None:
    chance = random.Random(5)
    pieces = ["1. ", "Orsak", "2027", "-", "31/3", "mars", "\n", ",", "Eva Ek", "@", "x.example", "070", "grön", "klart", "ej ",
              "🟢", "(", ")", "v. ", "Q3", "9" * 12, " ", "ß", "\u0301", "=1+1", "½"]
    for _ in range(300):
        rows = [[_odd_cell(chance, pieces) for _ in range(chance.randrange(1, 9))] for _ in range(chance.randrange(1, 6))]
        reading = read(SIX, *rows, kind=chance.choice(("csv", "xlsx")))
        assert len(reading.rows) <= len(rows)


def _odd_cell(chance: random.Random, pieces: Sequence[str]) -> Cell:
    odd: tuple[Value, ...] = (None, True, 0, -1.5, 1e300, float("inf"), 46112, date(1, 1, 1), datetime(9999, 12, 31, 23, 59), date(2027, 3, 31))
    value = chance.choice(odd) if chance.random() < 0.3 else "".join(chance.choices(pieces, k=chance.randrange(6)))
    return Cell(value, fill=chance.choice(("", "C6EFCE", "F4B084")), font=chance.choice(("", "Wingdings")), picture=chance.random() < 0.1,
                formula=chance.random() < 0.1, merged=chance.random() < 0.2)


def test_no_remark_repeats_a_personal_number() -> None:
    reading = read(SIX, row_of(when="850709-9805"), row_of(status="850709-9805?"))

    assert len(reading.flags) == 2
    assert "850709" not in asked(reading)
