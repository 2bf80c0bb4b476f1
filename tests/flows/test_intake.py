"""A plan comes in: brought, understood, accepted, and taken back."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests.flows.brought import (
    HEADER, NOW, PERSONAL_NUMBER, THREE_ROWS, TODAY, Room, actor, bring_file, take_in, text_table, understood, waiting, workbook,
)

from samsyn.chain.choices import FormFace, Implementation
from samsyn.chain.plan import Plan
from samsyn.flows import following
from samsyn.flows.intake.accepting import NoProblem, NoText, NothingNew
from samsyn.flows.intake.answers import UNNAMED_PROBLEM, RowAnswer
from samsyn.flows.intake.bringing import ReadBefore, Received, bring, clean, pasted, read_again, reading_of
from samsyn.flows.intake.taking_back import TakenBack, TooLate, take_back
from samsyn.flows.intake.understanding import Ask, proposed_name
from samsyn.formats.problems import Refused
from samsyn.formats.reading_json import NotAReading, reading_from_json, reading_to_json
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Edit, Gone
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan import writes as plan_writes
from samsyn.records.plan.models import Action
from samsyn.records.plan.reads import plan_head, plan_heads
from samsyn.records.source import reads
from samsyn.records.source.models import SourceFile

pytestmark = pytest.mark.django_db


def plan_of(town: Room, plan: UUID) -> Plan:
    head = plan_head(town.partnership, plan)
    assert head is not None
    return plan_values(head)


def row(*cells: str) -> tuple[str, ...]:
    """A row of the form; what is not given is empty."""
    return (*cells, *[""] * (6 - len(cells)))


def with_number() -> bytes:
    return workbook([*THREE_ROWS, row("1", f"Samtal med {PERSONAL_NUMBER}")])


def everything_stored() -> bytes:
    """Return every value of every table, one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in cursor.fetchall()]
        stored = bytearray()
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            for values in cursor.fetchall():
                stored += b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)
    return bytes(stored)


# ---- in ----

def test_a_file_becomes_a_plan_row_by_row(town: Room) -> None:
    accepted = take_in(town, bring_file(town, workbook()))
    plan = plan_of(town, accepted.plan)
    assert (accepted.added, accepted.known) == (3, 0)
    assert [action.text for action in plan.actions] == ["Ny belysning", "Nattvandring fre/lör", "Föräldramöte åk 7–9"]
    assert [(cause.number, cause.text) for cause in plan.causes] == [(1, "Mörk gångväg vid torget"), (2, "Ungdomar samlas utan vuxna")]
    assert [problem.title for problem in plan.problems] == ["Otrygghet på torget"]
    assert [action.due_on for action in plan.actions] == [date(2027, 3, 31), date(2027, 6, 15), date(2027, 2, 10)]
    assert [action.form_face for action in plan.actions] == [FormFace.GREEN, FormFace.YELLOW, FormFace.RED]
    assert all(len(action.goals) == 1 and len(action.causes) == 1 for action in plan.actions)


def test_every_row_knows_its_file_and_its_place(town: Room) -> None:
    run = bring_file(town, workbook())
    plan = take_in(town, run).plan
    rows = Action.objects.within(town.partnership).filter(plan_id=plan)
    assert {row.import_run_id for row in rows} == {run.id}
    assert {row.source_place for row in rows} == {"Blad Plan, rad 2", "Blad Plan, rad 3", "Blad Plan, rad 4"}


def test_the_original_is_kept_as_it_came(town: Room) -> None:
    content = workbook()
    run = bring_file(town, content)
    take_in(town, run)
    assert reads.original(town.partnership, run.id) == content
    assert waiting(town, run.id).file_state_label == "Sparad som den kom"


def test_nothing_is_in_any_plan_before_somebody_accepts(town: Room) -> None:
    before = len(plan_heads(town.partnership)), Action.objects.within(town.partnership).count()
    bring_file(town, workbook())
    assert (len(plan_heads(town.partnership)), Action.objects.within(town.partnership).count()) == before


def test_words_of_the_sixth_column_set_the_dial_and_say_which_file(town: Room) -> None:
    run = bring_file(town, workbook([row("1. Mörkt", "Lampor", "", "", "Bo", "pågår")]))
    face = plan_of(town, take_in(town, run).plan).actions[0].implementation
    assert face is not None
    assert (face.value, face.by, face.by_file) == (Implementation.UNDER_WAY, "åtgärdsplan centrum.xlsx", True)


def test_a_colour_is_kept_as_said_and_is_no_verdict(town: Room) -> None:
    action = plan_of(town, take_in(town, bring_file(town, workbook())).plan).actions[0]
    assert (action.form_face, action.result, action.implementation) == (FormFace.GREEN, None, None)


def test_a_pasted_table_takes_the_same_road(town: Room) -> None:
    table = "\n".join("\t".join(cells) for cells in (HEADER, *THREE_ROWS))
    run = bring(partnership=town.partnership, organisation=town.organisation, received=pasted(table), today=TODAY, actor=actor(town), at=NOW)
    assert take_in(town, waiting(town, run)).added == 3


def test_a_thousand_rows_come_in(town: Room) -> None:
    rows = [row(f"{n % 9 + 1}. Orsak nummer {n % 9 + 1}", f"Åtgärd {chr(65 + n % 26)} nummer {n}", f"Mål {n}", "2027-05-31", "Bo", "gul") for n in range(1000)]
    accepted = take_in(town, bring_file(town, workbook(rows)))
    plan = plan_of(town, accepted.plan)
    assert (accepted.added, len(plan.actions), len(plan.causes), len(plan.goals)) == (1000, 1000, 9, 1000)


def test_a_very_long_name_is_kept_whole_in_the_description(town: Room) -> None:
    long = "Bo " + "ochsåvidare" * 60
    action = plan_of(town, take_in(town, bring_file(town, workbook([row("1. Mörkt", "Lampor", "", "", long)]))).plan).actions[0]
    assert len(action.responsible) <= 300
    assert f"Ansvarig: {long}" in action.description


# ---- what is asked ----

def test_only_rows_with_something_unclear_are_asked_about(town: Room) -> None:
    rows = [*THREE_ROWS, row("2", "Sommarjobb", "", "våren 2027", "Ellen"), row("2", "Föräldravandring", "", "2027-05-05"),
            row("2", "Möte", "", "2027-05-05", "N.N.")]
    lines = understood(bring_file(town, workbook(rows))).lines
    assert [set(line.asks) for line in lines] == [set(), set(), set(), {Ask.DUE}, {Ask.RESPONSIBLE}, set()]
    assert lines[3].proposal == date(2027, 5, 31)
    assert "”våren 2027”" in lines[3].asks[Ask.DUE]


def test_answers_go_into_the_rows_and_the_typed_word_stays(town: Room) -> None:
    run = bring_file(town, workbook([row("1. Mörkt", "Sommarjobb", "", "våren 2027", "")]))
    answer = RowAnswer(due_on=date(2027, 5, 31), responsible="Ellen")
    action = plan_of(town, take_in(town, run, rows={"a1": answer}).plan).actions[0]
    assert (action.due_on, action.due_typed, action.responsible) == (date(2027, 5, 31), "våren 2027", "Ellen")


def test_an_empty_date_is_no_date(town: Room) -> None:
    run = bring_file(town, workbook([row("1. Mörkt", "Sommarjobb", "", "5 maj", "Bo")]))
    assert understood(run).lines[0].proposal is not None
    action = plan_of(town, take_in(town, run, rows={"a1": RowAnswer(due_on="")}).plan).actions[0]
    assert (action.due_on, action.due_typed) == (None, "5 maj")


def test_a_row_that_is_left_out_takes_its_own_cause_with_it(town: Room) -> None:
    plan = plan_of(town, take_in(town, bring_file(town, workbook()), leave_out={"a1"}).plan)
    assert [action.text for action in plan.actions] == ["Nattvandring fre/lör", "Föräldramöte åk 7–9"]
    assert [cause.text for cause in plan.causes] == ["Ungdomar samlas utan vuxna"]


def test_a_cause_named_by_number_only_is_asked_for(town: Room) -> None:
    run = bring_file(town, workbook([*THREE_ROWS, row("2, 5", "Möte", "", "", "Lo")]))
    nameless = understood(run).nameless
    assert [cause.number for cause in nameless] == [5]
    assert (understood(run).lines[3].asks, understood(run).lines[3].notes) == ({}, ())  # asked once, by number, and not again for the row
    plan = plan_of(town, take_in(town, run, causes={nameless[0].id: "Vuxna köper ut"}).plan)
    assert "Vuxna köper ut" in [cause.text for cause in plan.causes]


def test_a_problem_must_be_named_where_the_file_has_none(town: Room) -> None:
    run = bring_file(town, workbook())
    assert understood(run).needs_problem
    with pytest.raises(NoProblem):
        take_in(town, run, problems={})
    assert waiting(town, run.id).is_waiting


def test_a_row_without_action_needs_words_or_is_left_out(town: Room) -> None:
    run = bring_file(town, workbook([*THREE_ROWS, row("2. Ungdomar samlas utan vuxna", "", "Färre slagsmål", "2027-05-05", "Bo")]))
    key = next(line.key for line in understood(run).lines if Ask.TEXT in line.asks)
    with pytest.raises(NoText):
        take_in(town, run)
    assert take_in(town, run, rows={key: RowAnswer(text="Fler fältassistenter")}).added == 4


def test_a_plan_is_never_made_of_nothing(town: Room) -> None:
    plans = len(plan_heads(town.partnership))
    with pytest.raises(NothingNew):
        take_in(town, bring_file(town, workbook()), leave_out={"a1", "a2", "a3"})
    with pytest.raises(NothingNew):
        take_in(town, bring_file(town, workbook([]), "tom.xlsx"))
    assert len(plan_heads(town.partnership)) == plans


def test_two_problems_given_the_same_name_become_one(town: Room) -> None:
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook(title="Inbrott i garage", name="Garage")))
    other = book.create_sheet("Torget")
    for cells in (("Bråk på torget",), HEADER, *THREE_ROWS):
        other.append(cells)
    target = io.BytesIO()
    book.save(target)
    run = bring_file(town, target.getvalue())
    titles = {problem.id: problem.title for problem in understood(run).plan.problems}
    assert list(titles.values()) == ["Inbrott i garage", "Bråk på torget"]
    plan = plan_of(town, take_in(town, run, problems=dict.fromkeys(titles, "Otrygghet")).plan)
    assert [problem.title for problem in plan.problems] == ["Otrygghet"]
    assert proposed_name(reading_of(run), "två områden.xlsx") == "Två områden"


def test_a_plan_is_named_after_its_title_or_its_file(town: Room) -> None:
    titled, untitled = bring_file(town, workbook(title="Åtgärdsplan torget 2027")), bring_file(town, workbook(), "åtgärdsplan_centrum.xlsx")
    assert proposed_name(reading_of(titled), titled.file_name) == "Åtgärdsplan torget 2027"
    assert proposed_name(reading_of(untitled), untitled.file_name) == "Åtgärdsplan centrum"


def test_another_choice_of_columns_reads_the_file_again(town: Room) -> None:
    run = bring_file(town, workbook())
    read_again(partnership=town.partnership, run=run, chosen=[("Plan", "E", "extra")], today=TODAY, actor=actor(town), at=NOW)
    again = waiting(town, run.id)
    assert [line.action.responsible for line in understood(again).lines] == ["", "", ""]
    assert "Vem: Rektor" in understood(again).lines[2].action.description


# ---- nothing twice ----

def test_the_same_file_again_adds_nothing_and_is_told_at_once(town: Room) -> None:
    run = bring_file(town, workbook())
    take_in(town, run)
    files = SourceFile.objects.within(town.partnership).count()
    with pytest.raises(ReadBefore) as told:
        bring_file(town, reads.original(town.partnership, run.id) or b"")
    assert told.value.run.id == run.id
    assert SourceFile.objects.within(town.partnership).count() == files


def test_the_same_file_again_adds_nothing_even_when_a_row_has_been_changed_and_another_removed(town: Room) -> None:
    content = workbook()
    accepted = take_in(town, bring_file(town, content))
    first, second, _ = plan_of(town, accepted.plan).actions
    change(town, UUID(first.id), "text", first.text, "Ny belysning vid bron")
    plan_writes.withdraw_row(partnership=town.partnership, plan=accepted.plan, kind="action", row_id=UUID(second.id), actor=actor(town), at=NOW)
    with pytest.raises(ReadBefore):
        bring_file(town, content)


def test_rows_that_were_left_out_can_come_in_later_from_the_same_file(town: Room) -> None:
    content = workbook()
    first = take_in(town, bring_file(town, content), leave_out={"a3"})
    second = take_in(town, bring_file(town, content), plan=None)
    assert (second.plan, second.added, second.known) == (first.plan, 1, 2)


def test_rows_the_plan_has_already_are_counted_and_not_added(town: Room) -> None:
    plan = take_in(town, bring_file(town, workbook())).plan
    again = take_in(town, bring_file(town, workbook([*THREE_ROWS, row("3. Ny orsak", "Ny åtgärd")]), "nyare.xlsx"), plan=plan)
    values = plan_of(town, plan)
    assert (again.plan, again.added, again.known) == (plan, 1, 3)
    assert (len(values.actions), len(values.causes), len(values.goals), len(values.problems)) == (4, 3, 3, 1)


def test_a_cause_that_comes_in_with_a_number_in_use_gets_the_next_one(town: Room) -> None:
    plan = take_in(town, bring_file(town, workbook())).plan
    take_in(town, bring_file(town, workbook([row("1. Helt annan orsak", "Något nytt")]), "annan.xlsx"), plan=plan)
    assert [(cause.number, cause.text) for cause in plan_of(town, plan).causes][-1] == (3, "Helt annan orsak")


def test_a_form_sent_twice_adds_once(town: Room) -> None:
    run, once = bring_file(town, workbook()), uuid4().hex
    plan = take_in(town, run, once=once).plan
    with pytest.raises(AlreadyDone):
        take_in(town, run, once=once)
    with pytest.raises(Gone):
        take_in(town, run, once=uuid4().hex)
    assert len(plan_of(town, plan).actions) == 3


def test_a_fault_half_way_leaves_nothing(town: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    run, plans = bring_file(town, workbook()), len(plan_heads(town.partnership))

    def fails(**_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("samsyn.flows.intake.accepting.follow_up.add_faces_from_file", fails)
    with pytest.raises(RuntimeError):
        take_in(town, run)
    assert len(plan_heads(town.partnership)) == plans
    assert waiting(town, run.id).is_waiting


# ---- personal identity numbers ----

def test_a_held_file_keeps_where_the_numbers_stood_and_nothing_else(town: Room) -> None:
    run = bring_file(town, with_number())
    assert run.is_held
    assert (run.found, run.reading) == (("rad 5 Åtgärd",), None)
    assert reads.original(town.partnership, run.id) is None


def test_no_byte_of_a_held_file_is_in_the_database_file(tmp_path: Path) -> None:
    script = Path(__file__).with_name("holds_a_file.py")
    environment = {**os.environ, "SAMSYN_FOLDER": str(tmp_path), "DJANGO_SETTINGS_MODULE": "samsyn.site.settings"}
    subprocess.run([sys.executable, str(script)], env=environment, check=True, cwd=Path(__file__).parents[2])
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "En åtgärd som behålls".encode() in raw
    assert b"rad 2 \\u00c5tg\\u00e4rd" in raw  # where the number stood, as JSON
    assert PERSONAL_NUMBER.encode() not in raw
    assert PERSONAL_NUMBER.replace("-", "").encode() not in raw
    assert "Ord ur en hållen fil".encode() not in raw


@pytest.mark.parametrize(("content", "name", "ending"), [
    (with_number(), "plan.xlsx", ".xlsx"), (text_table([*THREE_ROWS, row("1", f"Samtal med {PERSONAL_NUMBER}")]), "plan.csv", ".csv")])
def test_samsyn_can_write_person_and_keeps_only_the_cleaned_copy(town: Room, content: bytes, name: str, ending: str) -> None:
    held = bring_file(town, content, name)
    made = clean(partnership=town.partnership, organisation=town.organisation, held=held, received=Received(name, content), today=TODAY,
                 actor=actor(town), at=NOW)
    run = waiting(town, made)
    assert (run.is_waiting, run.file_state_label, waiting(town, held.id).state_label) == (True, "Sparad utan personnummer", "Avbruten")
    assert [line.action.text for line in understood(run).lines][-1] == "Samtal med [person]"
    assert run.file_name.endswith(ending)
    assert take_in(town, run).added == 4
    kept = reads.original(town.partnership, made) or b""
    assert kept[:2] == (b"PK" if ending == ".xlsx" else b"\xef\xbb")
    assert PERSONAL_NUMBER.encode() not in everything_stored()


def test_the_cleaned_copy_reads_as_the_original_did(town: Room) -> None:
    from samsyn.formats.child import read_safely

    copy = read_safely("samsyn.formats.received_file:clean_received", "plan.xlsx", with_number(), today=TODAY)
    again = read_safely("samsyn.formats.received_file:read_received", copy.name, copy.content, today=TODAY)
    assert again.rows == copy.reading.rows
    assert [one.number for one in again.rows] == [2, 3, 4, 5]


def test_only_the_held_file_itself_is_cleaned(town: Room) -> None:
    held = bring_file(town, with_number())
    with pytest.raises(Refused, match="inte samma fil"):
        clean(partnership=town.partnership, organisation=town.organisation, held=held, received=Received("plan.xlsx", workbook()), today=TODAY,
              actor=actor(town), at=NOW)
    assert waiting(town, held.id).is_held


def test_a_number_in_a_hidden_sheet_keeps_the_original_as_a_cleaned_copy(town: Room) -> None:
    content = workbook(hidden=f"Kalle {PERSONAL_NUMBER}")
    run = bring_file(town, content)
    kept = reads.original(town.partnership, run.id) or b""
    assert (run.is_waiting, run.file_state_label) == (True, "Sparad utan personnummer")
    assert kept != content
    assert "Dolt" not in sheet_names(kept)
    assert "Dolt" in sheet_names(content)


def sheet_names(content: bytes) -> list[str]:
    import io

    import openpyxl

    return list(openpyxl.load_workbook(io.BytesIO(content)).sheetnames)


# ---- refused ----

@pytest.mark.parametrize(("name", "content"), [
    ("tom.xlsx", b""), ("bild.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 50), ("trasig.xlsx", b"PK\x03\x04" + b"trasig" * 20),
    ("stor.csv", b"a;b\n" * 3_000_000), ("brev.csv", b"Hej! Det finns ingen tabell i den texten.")])
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_nothing_is_kept(town: Room, name: str, content: bytes) -> None:
    files = SourceFile.objects.within(town.partnership).count()
    with pytest.raises(Refused) as refusal:
        bring_file(town, content, name)
    assert str(refusal.value).endswith((".", ". "))
    assert SourceFile.objects.within(town.partnership).count() == files


# ---- taken back ----

def change(town: Room, action: UUID, field: str, before: Any, after: Any) -> None:
    plan_writes.change_action(partnership=town.partnership, action=action, edit=Edit(values={field: after}, base={field: before}, version=1),
                              actor=actor(town), at=NOW)


def back(town: Room, run: UUID, days: int = 0) -> TakenBack:
    return take_back(partnership=town.partnership, run=run, actor=actor(town), at=NOW + timedelta(days=days))


def test_taking_back_withdraws_everything_that_nobody_has_touched(town: Room) -> None:
    run = bring_file(town, workbook())
    plan = take_in(town, run).plan
    assert back(town, run.id) == TakenBack((), True)
    assert plan_head(town.partnership, plan) is None
    assert Action.objects.within(town.partnership).filter(import_run_id=run.id).exclude(withdrawn_at=None).count() == 3
    assert waiting(town, run.id).state_label == "Ångrad"


def test_taking_back_lists_what_somebody_has_touched_and_leaves_it(town: Room) -> None:
    run = bring_file(town, workbook())
    plan = take_in(town, run).plan
    changed, checked, _ = plan_of(town, plan).actions
    change(town, UUID(changed.id), "responsible", changed.responsible, "Bo")
    following.check_in(partnership=town.partnership, action=UUID(checked.id), organisation=town.organisation, values={"text": "Vi gick två kvällar"},
                       actor=actor(town), at=NOW)
    stays = back(town, run.id).stays
    values = plan_of(town, plan)
    assert {"Ny belysning", "Nattvandring fre/lör"} <= set(stays)
    assert "Föräldramöte åk 7–9" not in stays
    assert [action.text for action in values.actions] == ["Ny belysning", "Nattvandring fre/lör"]
    assert [check_in.text for check_in in values.actions[1].check_ins] == ["Vi gick två kvällar"]


def test_rows_of_an_older_plan_are_untouched_when_a_reading_into_it_is_taken_back(town: Room) -> None:
    before = plan_of(town, town.plan)
    run = bring_file(town, workbook())
    take_in(town, run, plan=town.plan)
    assert len(plan_of(town, town.plan).actions) == len(before.actions) + 3
    assert back(town, run.id) == TakenBack((), False)
    after = plan_of(town, town.plan)
    assert (after.actions, after.causes, after.goals, after.problems) == (before.actions, before.causes, before.goals, before.problems)


def test_after_thirty_days_it_is_too_late(town: Room) -> None:
    run = bring_file(town, workbook())
    take_in(town, run)
    with pytest.raises(TooLate):
        back(town, run.id, days=31)
    assert back(town, run.id, days=30).plan_withdrawn


def test_a_file_that_was_taken_back_can_be_read_in_again(town: Room) -> None:
    content = workbook()
    run = bring_file(town, content)
    take_in(town, run)
    back(town, run.id)
    assert take_in(town, bring_file(town, content)).added == 3


def test_a_reading_is_taken_back_once(town: Room) -> None:
    run = bring_file(town, workbook())
    take_in(town, run)
    back(town, run.id)
    with pytest.raises(Gone):
        back(town, run.id)


# ---- as kept ----

def test_a_reading_is_the_same_after_it_has_been_kept(town: Room) -> None:
    run = bring_file(town, workbook([*THREE_ROWS, row("2, 5", "Möte", "", "våren", "Lo, lo@example.org")]))
    reading = reading_of(run)
    assert reading_from_json(reading_to_json(reading)) == reading
    assert reading.rows[3].when.ask


@pytest.mark.parametrize("kept", [None, [], {}, {"kind": "xlsx", "sheets": [], "rows": [{"sheet": 1}]}, {"kind": "xlsx", "sheets": 3, "rows": []}])
def test_anything_else_is_no_reading(kept: Any) -> None:
    with pytest.raises(NotAReading):
        reading_from_json(kept)


def test_the_unnamed_problem_is_no_id_that_a_file_gives(town: Room) -> None:
    assert UNNAMED_PROBLEM not in {problem.id for problem in understood(bring_file(town, workbook(title="Bråk på torget"))).plan.problems}
