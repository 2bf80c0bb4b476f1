"""An export goes out, is mended in a colleague's Excel, and comes in again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.flows.brought import NOW, PERSONAL_NUMBER, TODAY, Room, actor, bring_file, waiting
from tests.flows.exported import (
    brought_again, chosen, edited, export, in_details, plan_now, replaced, take_in_again, with_row, without_row,
)

from samsyn.chain.plan_apply import preselected
from samsyn.chain.plan_findings import Findings
from samsyn.flows.intake.applying import NothingChosen, Stale
from samsyn.flows.intake.bringing import Received, Unchanged, bring
from samsyn.flows.intake.coming_again import again_of, at_export, difference, origin_of, plans_to_choose
from samsyn.flows.intake.rows_written import WouldWait
from samsyn.flows.intake.taking_back import fields_that_stay, take_back
from samsyn.flows.next_year import roll_forward
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.models import Change, Event
from samsyn.records.access.reads import history
from samsyn.records.editing import Edit, Gone
from samsyn.records.follow_up import evaluation_writes
from samsyn.records.plan import order_writes, promise_writes
from samsyn.records.plan import writes as plan_writes
from samsyn.records.plan.reads import plan_head, plan_heads
from samsyn.records.source import reads
from samsyn.records.source.models import SourceFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(town: Room) -> Room:
    """The town's plan with a second action, a goal, a moment, a combination, a commitment, a lesson and a follow-up plan."""
    given: dict[str, Any] = {"partnership": town.partnership, "actor": actor(town), "at": NOW}
    plan = plan_now(town, town.plan)
    cause, problem, first = UUID(plan.causes[0].id), UUID(plan.problems[0].id), UUID(plan.actions[0].id)
    goal = plan_writes.add_goal(plan=town.plan, problem=problem, values={"text": "Noll trasiga lampor"}, **given)
    plan_writes.add_action(plan=town.plan, values={"text": "Nattvandring fre och lör", "responsible": "Lo Ling", "due_on": date(2027, 6, 15)},
                           causes=[cause], goals=[goal.id], **given)
    plan_writes.add_step(action=first, values={"text": "Beställ lampor"}, **given)
    order_writes.add_bundle(plan=town.plan, values={"text": "Ljus och vuxna"}, actions=[first], **given)
    promise_writes.add_commitment(plan=town.plan, party=town.organisation, values={"text": "Vi betalar lamporna"}, action=first, goal=None, **given)
    evaluation_writes.add_lesson(plan=town.plan, action=first, values={"text": "Mät före"}, **given)
    evaluation_writes.make_follow_up_plan(plan=town.plan, **given)
    return town


def values_of(plan: Any, text: str) -> Any:
    return next(action for action in plan.actions if action.text == text)


def change_action(town: Room, text: str, **values: Any) -> None:
    """Change an action as Bo, in Samsyn."""
    from samsyn.records.follow_up.reads import editable

    row = UUID(values_of(plan_now(town, town.plan), text).id)
    held = editable(town.partnership, town.plan, "action", row)
    assert held is not None
    plan_writes.change_action(partnership=town.partnership, action=row, edit=Edit(values=values, base={}, version=held.version),
                              actor=actor(town, "Bo"), at=NOW + timedelta(minutes=1))


# ---- untouched ----

def test_an_untouched_export_changes_nothing_and_nothing_of_it_is_kept(full: Room) -> None:
    content, files = export(full, full.plan), SourceFile.objects.within(full.partnership).count()
    with pytest.raises(Unchanged) as same:
        bring_file(full, content)
    assert (same.value.plan.id, same.value.exported_on, same.value.remarks) == (full.plan, TODAY.isoformat(), ())
    assert SourceFile.objects.within(full.partnership).count() == files


def test_an_untouched_export_says_nothing_of_what_has_been_changed_since(full: Room) -> None:
    content = export(full, full.plan)
    change_action(full, "Lampor längs kajen", responsible="Bodil", due_on=date(2027, 1, 7))
    with pytest.raises(Unchanged):
        bring_file(full, content)


# ---- changed ----

def test_what_is_changed_is_shown_field_by_field_and_goes_in(full: Room) -> None:
    content = edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek"), replaced("2027-06-15", "2027-08-31"))
    run, found = brought_again(full, content)
    assert {(one.field, one.stored, one.read) for one in found.diff.changed} == {
        ("responsible", "Lo Ling", "Ellen Ek"), ("due_on", date(2027, 6, 15), date(2027, 8, 31))}
    take_in_again(full, run, found, chosen(found))
    action = values_of(plan_now(full, full.plan), "Nattvandring fre och lör")
    assert (action.responsible, action.due_on) == ("Ellen Ek", date(2027, 8, 31))


def test_a_person_is_told_from_the_organisation_in_the_same_cell(full: Room) -> None:
    change_action(full, "Lampor längs kajen", responsible_organisation="Granvikens kommun", responsible_email="bo@flows.example")
    run, found = brought_again(full, edited(export(full, full.plan), replaced("Bo, Granvikens kommun", "Ellen Ek, Granvikens kommun")))
    assert [(one.field, one.read) for one in found.diff.changed] == [("responsible", "Ellen Ek")]
    take_in_again(full, run, found, chosen(found))
    _, found = brought_again(full, edited(export(full, full.plan), replaced("Ellen Ek, Granvikens kommun", "Maj Moe")))
    assert [(one.field, one.read) for one in found.diff.changed] == [("responsible", "Maj Moe"), ("responsible_organisation", "")]


def test_one_act_holds_all_with_its_person_its_file_and_every_value(full: Room) -> None:
    run, found = brought_again(full, edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek")))
    written = take_in_again(full, run, found, chosen(found))
    events = Event.objects.filter(kind="import.accepted", subject_id=run.id)
    assert [(event.actor_name, event.words) for event in events] == [("Anna", "läste in ändringar ur filen plan från Lo.xlsx")]
    row = UUID(values_of(plan_now(full, full.plan), "Nattvandring fre och lör").id)
    assert [(c.field, c.old, c.new) for event in history(full.partnership, [row]) for c in event.changes if c.field == "responsible"] == [
        ("responsible", "Lo Ling", "Ellen Ek")]
    assert [(one.place, one.stored, one.read) for one in written.changed] == [("Blad Plan, rad 4", "Lo Ling", "Ellen Ek")]
    assert waiting(full, run.id).written == written
    assert waiting(full, run.id).is_accepted
    assert not Change.objects.filter(event__isnull=True).exists()


def test_a_new_row_is_added_with_its_file_and_place(full: Room) -> None:
    content = edited(export(full, full.plan), with_row("1. Mörkt vid kajen", "Städa kajen varje vecka", "", "2027-03-31", "Lo Ling", ""))
    run, found = brought_again(full, content)
    assert [new.label for new in found.diff.new] == ["Städa kajen varje vecka"]
    take_in_again(full, run, found, chosen(found))
    made = values_of(plan_now(full, full.plan), "Städa kajen varje vecka")
    assert (made.place[:9], made.due_on, len(made.causes)) == ("Blad Plan", date(2027, 3, 31), 1)
    from samsyn.records.plan.models import Action
    assert Action.objects.within(full.partnership).get(id=made.id).import_run_id == run.id


def test_a_row_that_is_gone_stays_until_somebody_chooses_otherwise(full: Room) -> None:
    content = edited(export(full, full.plan), without_row("Nattvandring"), replaced("Lampor längs kajen", "Lampor längs hela kajen"))
    run, found = brought_again(full, content)
    gone = [one for one in found.diff.gone if one.kind == "action"]
    assert [one.label for one in gone] == ["1.2 Nattvandring fre och lör"]
    assert not {one.key for one in found.diff.gone} & set(preselected(found.diff))
    take_in_again(full, run, found, chosen(found, also={gone[0].key: "yes"}))
    assert [action.text for action in plan_now(full, full.plan).actions] == ["Lampor längs hela kajen"]


def test_what_is_not_chosen_is_left_alone(full: Room) -> None:
    content = edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek"), replaced("2027-06-15", "2027-08-31"))
    run, found = brought_again(full, content)
    due = next(one.key for one in found.diff.changed if one.field == "due_on")
    take_in_again(full, run, found, chosen(found, without=(due,)))
    action = values_of(plan_now(full, full.plan), "Nattvandring fre och lör")
    assert (action.responsible, action.due_on) == ("Ellen Ek", date(2027, 6, 15))


def test_another_wording_in_a_new_place_is_a_question(full: Room) -> None:
    content = edited(export(full, full.plan), without_row("Nattvandring"),
                     with_row("2. Många samlas utan vuxna", "Nattvandring fredag och lördag", "", "", "Ellen", ""))
    run, found = brought_again(full, content)
    question = next(one for one in found.diff.questions if one.kind == "action")
    assert "Nattvandring fredag och lördag" in question.words
    assert question.key not in preselected(found.diff)
    same = next(option.key for option in question.options if option.takes)
    before = values_of(plan_now(full, full.plan), "Nattvandring fre och lör").id
    take_in_again(full, run, found, chosen(found, also={question.key: same}))
    assert values_of(plan_now(full, full.plan), "Nattvandring fredag och lördag").id == before


def test_the_sheet_detaljer_is_read_again_kind_by_kind(full: Room) -> None:
    content = edited(
        export(full, full.plan), in_details("Plan", "Kort om planen", "En trygg hamn"), in_details("Problem", "Var", "Kajen"),
        in_details("Orsak", "Vad talar för det?", "Vi räknade"), in_details("Mål", "Indikator", "Trasiga lampor"),
        in_details("Åtgärd", "Planerad tid (timmar)", 12.5, of="Lampor"), in_details("Åtgärd", "Väntar på", "Nattvandring fre och lör", of="Lampor"),
        in_details("Moment", "Klart", "2027-02-01"), in_details("Kombination", "Varför hör de ihop?", "Ljus räcker inte"),
        in_details("Åtagande", "Resurs", "200 000 kr"), in_details("Lärdom", "För vem?", "Fastighetsägare"),
        in_details("Uppföljningsplan", "Vem håller i uppföljningen?", "Lo Ling"),
        in_details("Uppföljningsplan", "Dagar då styrgruppen informeras", "2027-03-01 Halvvägs"))
    run, found = brought_again(full, content)
    assert len(found.diff.changed) == 12
    take_in_again(full, run, found, chosen(found))
    plan = plan_now(full, full.plan)
    lamps, walk = values_of(plan, "Lampor längs kajen"), values_of(plan, "Nattvandring fre och lör")
    assert (plan.summary, plan.problems[0].place, plan.causes[0].evidence, plan.goals[0].indicator) == (
        "En trygg hamn", "Kajen", "Vi räknade", "Trasiga lampor")
    assert (lamps.hours, lamps.depends_on, lamps.steps[0].due_on) == (Decimal("12.5"), (walk.id,), date(2027, 2, 1))
    assert (plan.bundles[0].why, plan.commitments[0].resource, plan.lessons[0].for_whom) == ("Ljus räcker inte", "200 000 kr", "Fastighetsägare")
    assert plan.follow_up is not None
    assert (plan.follow_up.owner, [(one.on, one.what) for one in plan.follow_up.informed_on]) == ("Lo Ling", [(date(2027, 3, 1), "Halvvägs")])


# ---- two who mend, and a plan that moves ----

def test_what_both_have_changed_is_shown_with_three_texts_and_not_chosen(full: Room) -> None:
    first, second = (edited(export(full, full.plan), replaced("Lo Ling", name)) for name in ("Ellen Ek", "Maj Moe"))
    run, found = brought_again(full, first)
    take_in_again(full, run, found, chosen(found))
    run, found = brought_again(full, second, "plan från Maj.xlsx")
    assert (found.diff.changed, found.diff.new) == ((), ())
    question = found.diff.questions[0]
    assert (question.is_both, question.field, question.key in preselected(found.diff)) == (True, "responsible", False)
    now = Findings(found.stored).value("action", question.id, "responsible")
    assert (now, question.options[0].instructions[0].value, at_export(found, question)) == ("Ellen Ek", "Maj Moe", "Lo Ling")
    take_in_again(full, run, found, chosen(found, also={question.key: "file:1"}))
    assert values_of(plan_now(full, full.plan), "Nattvandring fre och lör").responsible == "Maj Moe"


def test_the_text_at_the_export_is_found_on_detaljer_too_and_not_guessed(full: Room) -> None:
    change_action(full, "Lampor längs kajen", description="Tolv stolpar")
    content = edited(export(full, full.plan), in_details("Åtgärd", "Så görs den", "Tjugo stolpar", of="Lampor"))
    change_action(full, "Lampor längs kajen", description="Femton stolpar")
    change_action(full, "Lampor längs kajen", description="Sexton stolpar")
    _, found = brought_again(full, content)
    question = next(one for one in found.diff.questions if one.is_both)
    assert at_export(found, question) == "Tolv stolpar"
    forgotten = tuple(one for one in found.details.rows if one.id != question.id)
    assert at_export(replace(found, details=replace(found.details, rows=forgotten)), question) is None


def test_two_files_that_change_different_things_both_go_in(full: Room) -> None:
    out = export(full, full.plan)
    for edit in (replaced("Lo Ling", "Ellen Ek"), replaced("2027-06-15", "2027-08-31")):
        run, found = brought_again(full, edited(out, edit))
        assert found.diff.questions == ()
        take_in_again(full, run, found, chosen(found))
    action = values_of(plan_now(full, full.plan), "Nattvandring fre och lör")
    assert (action.responsible, action.due_on) == ("Ellen Ek", date(2027, 8, 31))


def test_a_choice_made_before_somebody_changed_the_field_is_not_written(full: Room) -> None:
    run, found = brought_again(full, edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek")))
    sent = chosen(found)
    change_action(full, "Nattvandring fre och lör", responsible="Bodil")
    with pytest.raises(Stale):
        take_in_again(full, run, found, sent)
    assert values_of(plan_now(full, full.plan), "Nattvandring fre och lör").responsible == "Bodil"
    assert waiting(full, run.id).is_waiting


def test_a_row_somebody_has_worked_on_since_is_not_taken_out_unseen(full: Room) -> None:
    run, found = brought_again(full, edited(export(full, full.plan), without_row("Nattvandring")))
    sent = chosen(found, also={one.key: "yes" for one in found.diff.gone})
    plan_writes.add_check_in(partnership=full.partnership, action=UUID(values_of(plan_now(full, full.plan), "Nattvandring fre och lör").id),
                             organisation=full.organisation, values={"text": "Vi gick i går"}, actor=actor(full, "Bo"), at=NOW)
    with pytest.raises(Stale):
        take_in_again(full, run, found, sent)
    assert values_of(plan_now(full, full.plan), "Nattvandring fre och lör").check_ins


def test_a_change_elsewhere_in_the_plan_does_not_make_a_choice_stale(full: Room) -> None:
    run, found = brought_again(full, edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek")))
    change_action(full, "Lampor längs kajen", responsible="Bodil")
    take_in_again(full, run, found, chosen(found))
    plan = plan_now(full, full.plan)
    assert {action.responsible for action in plan.actions} == {"Bodil", "Ellen Ek"}


def test_a_double_click_writes_once(full: Room) -> None:
    run, found = brought_again(full, edited(export(full, full.plan), with_row("1", "Städa kajen", "", "", "Lo Ling", "")))
    sent = chosen(found)
    take_in_again(full, run, found, sent, once="k1")
    with pytest.raises(AlreadyDone):
        take_in_again(full, run, found, sent, once="k1")
    with pytest.raises(Gone):
        take_in_again(full, run, found, sent)
    assert [action.text for action in plan_now(full, full.plan).actions].count("Städa kajen") == 1


def test_the_same_file_again_has_nothing_left_to_say(full: Room) -> None:
    content = edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek"), with_row("1", "Städa kajen", "", "", "Lo Ling", ""))
    run, found = brought_again(full, content)
    take_in_again(full, run, found, chosen(found))
    with pytest.raises(Unchanged):
        bring_file(full, content)


def test_what_was_left_out_the_first_time_is_there_the_second(full: Room) -> None:
    content = edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek"), replaced("2027-06-15", "2027-08-31"))
    run, found = brought_again(full, content)
    due = next(one.key for one in found.diff.changed if one.field == "due_on")
    take_in_again(full, run, found, chosen(found, without=(due,)))
    _, found = brought_again(full, content)
    assert [one.field for one in found.diff.changed] == ["due_on"]


def test_nothing_chosen_writes_nothing(full: Room) -> None:
    run, found = brought_again(full, edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek")))
    with pytest.raises(NothingChosen):
        take_in_again(full, run, found, {})
    assert waiting(full, run.id).is_waiting


# ---- taken back ----

def test_everything_is_put_back_but_what_somebody_has_changed_since(full: Room) -> None:
    before = plan_now(full, full.plan)
    content = edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek"), replaced("2027-06-15", "2027-08-31"),
                     with_row("1", "Städa kajen", "", "", "Lo Ling", ""), without_row("Lampor längs kajen"))
    run, found = brought_again(full, content)
    take_in_again(full, run, found, chosen(found, also={one.key: "yes" for one in found.diff.gone}))
    assert [action.text for action in plan_now(full, full.plan).actions] == ["Nattvandring fre och lör", "Städa kajen"]
    change_action(full, "Nattvandring fre och lör", due_on=date(2027, 9, 1))
    assert fields_that_stay(full.partnership, waiting(full, run.id)) == ("Klart senast: 1.2 Nattvandring fre och lör",)
    take_back(partnership=full.partnership, run=run.id, actor=actor(full), at=NOW)
    after = plan_now(full, full.plan)
    assert [action.text for action in after.actions] == [action.text for action in before.actions]
    walk = values_of(after, "Nattvandring fre och lör")
    assert (walk.responsible, walk.due_on) == ("Lo Ling", date(2027, 9, 1))


def test_rows_of_detaljer_come_and_go_with_the_reading(full: Room) -> None:
    def new_rows(book: Any) -> None:
        sheet = book["Detaljer"]
        for row in list(sheet.iter_rows()):
            if row[0].value == "Moment" and row[1].value != "Id":
                row[1].value, row[4].value = None, "Montera lampor"  # the id is gone: a row of its own, and the old one is missing
            if row[0].value == "Lärdom" and row[1].value != "Id":
                row[1].value, row[4].value = None, "Räkna efter"

    run, found = brought_again(full, edited(export(full, full.plan), new_rows))
    assert {new.kind for new in found.diff.new} == {"step", "lesson"}
    take_in_again(full, run, found, chosen(found, also={one.key: "yes" for one in found.diff.gone}))
    plan = plan_now(full, full.plan)
    assert [step.text for step in values_of(plan, "Lampor längs kajen").steps] == ["Montera lampor"]
    assert [lesson.text for lesson in plan.lessons] == ["Räkna efter"]
    take_back(partnership=full.partnership, run=run.id, actor=actor(full), at=NOW)
    plan = plan_now(full, full.plan)
    assert [step.text for step in values_of(plan, "Lampor längs kajen").steps] == ["Beställ lampor"]
    assert [lesson.text for lesson in plan.lessons] == ["Mät före"]


# ---- what cannot stand, and files from elsewhere ----

def test_what_cannot_stand_in_a_plan_is_named_and_the_rest_goes_in(full: Room) -> None:
    content = edited(
        export(full, full.plan), in_details("Åtgärd", "Planerad tid (timmar)", -4, of="Lampor"), in_details("Moment", "Moment", ""),
        in_details("Mål", "Utgångsläget mätt", "1899-05-01"), in_details("Åtgärd", "Budgetpost", "x" * 400, of="Lampor"),
        replaced("Lo Ling", "Ellen Ek"), replaced("2027-06-15", "1898-06-15"))
    run, found = brought_again(full, content)
    assert [one.field for one in found.diff.changed] == ["responsible"]
    told = " ".join(found.diff.remarks).replace("−", "-")
    assert [words for words in ("-4 kan inte stämma", "året 1899", "året 1898", "fältet är tomt") if words not in told] == []
    assert any("400 tecken" in question.words for question in found.diff.questions)
    take_in_again(full, run, found, chosen(found))
    assert values_of(plan_now(full, full.plan), "Nattvandring fre och lör").responsible == "Ellen Ek"


def test_a_text_of_five_thousand_characters_goes_out_and_in(full: Room) -> None:
    long = ("Lampor " * 714)[:5000].strip()
    change_action(full, "Lampor längs kajen", description=long)
    with pytest.raises(Unchanged):
        bring_file(full, export(full, full.plan))
    run, found = brought_again(full, edited(export(full, full.plan), in_details("Åtgärd", "Så görs den", long[:-6] + "stolpe", of="Lampor")))
    take_in_again(full, run, found, chosen(found))
    assert values_of(plan_now(full, full.plan), "Lampor längs kajen").description.endswith("stolpe")


def test_an_action_cannot_be_made_to_wait_for_itself_by_a_file(full: Room) -> None:
    content = edited(export(full, full.plan), in_details("Åtgärd", "Väntar på", "Nattvandring fre och lör", of="Lampor"),
                     in_details("Åtgärd", "Väntar på", "Lampor längs kajen", of="Nattvandring"), replaced("Lo Ling", "Ellen Ek"))
    run, found = brought_again(full, content)
    with pytest.raises(WouldWait, match="vänta på sig själv"):
        take_in_again(full, run, found, chosen(found))
    assert values_of(plan_now(full, full.plan), "Nattvandring fre och lör").responsible == "Lo Ling"
    assert waiting(full, run.id).is_waiting


def other_town(town: Room) -> Room:
    from samsyn.records.partnership import writes as partnership

    given: dict[str, Any] = {"actor": actor(town), "at": NOW}
    theirs = partnership.add_partnership(name="Norrängen", organisation_name="Norrängens kommun", **given)
    plan = plan_writes.add_plan(partnership=theirs.id, values={"name": "Norrängens hemliga plan"}, **given)
    problem = plan_writes.add_problem(partnership=theirs.id, plan=plan.id, values={"title": "Buller"}, **given)
    cause = plan_writes.add_cause(partnership=theirs.id, plan=plan.id, problem=problem.id, values={"text": "Sena spelningar"}, **given)
    plan_writes.add_action(partnership=theirs.id, plan=plan.id, values={"text": "Mät ljudet", "responsible": "Erik"}, causes=[cause.id], goals=[], **given)
    return Room(theirs.id, theirs.coordinating_id, plan.id, town.users)


def test_ids_from_another_town_are_no_other_than_ids_that_never_were(full: Room) -> None:
    theirs = other_town(full)
    content = edited(export(theirs, theirs.plan), replaced("Mät ljudet", "Mät ljudet varje kväll"))
    run = bring_file(full, content, "från grannen.xlsx")
    again = again_of(run)
    assert again is not None
    origin = origin_of(full.partnership, again.details)
    assert (origin.plans, origin.elsewhere) == ((), ("Norrängens hemliga plan",))  # the name stands in the file itself
    head = plan_head(full.partnership, full.plan)
    assert head is not None
    found = difference(head, again, run.file_name, run.received_at)
    assert {one.kind for one in found.diff.changed} == set()
    assert any("annan plan" in remark for remark in found.diff.remarks)
    with pytest.raises(Gone):
        take_in_again(full, run, difference(plan_head(theirs.partnership, theirs.plan), again, "x", NOW), {})  # type: ignore[arg-type]
    assert values_of(plan_now(theirs, theirs.plan), "Mät ljudet").responsible == "Erik"


def test_last_years_export_is_asked_about(full: Room) -> None:
    content = edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek"))
    head = plan_head(full.partnership, full.plan)
    assert head is not None
    plan = plan_now(full, full.plan)
    made = roll_forward(head=head, name="Hamnen 2028", period="2028", causes=[c.id for c in plan.causes], actions=[a.id for a in plan.actions],
                        actor=actor(full), at=NOW, once="")
    run = bring_file(full, content)
    again = again_of(run)
    assert again is not None
    origin = origin_of(full.partnership, again.details)
    later = plan_head(full.partnership, made)
    assert [one.id for one in plans_to_choose(full.partnership, origin, None)] == [full.plan, made]
    assert [one.id for one in plans_to_choose(full.partnership, origin, head)] == [full.plan]
    assert [one.id for one in plans_to_choose(full.partnership, origin, later)] == [full.plan, made]
    assert later is not None
    found = difference(later, again, run.file_name, run.received_at)
    assert [(one.field, one.read) for one in found.diff.changed if one.kind == "action"] == [("responsible", "Ellen Ek")]
    take_in_again(full, run, found, chosen(found))
    assert values_of(plan_now(full, made), "Nattvandring fre och lör").responsible == "Ellen Ek"
    assert values_of(plan_now(full, full.plan), "Nattvandring fre och lör").responsible == "Lo Ling"


def test_a_withdrawn_plan_is_no_plan_to_compare_with(full: Room) -> None:
    content = edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek"))
    from samsyn.records.access.acts import Act
    from samsyn.records.access.writes import withdraw, writing
    from samsyn.records.plan.models import ActionPlan

    with writing(actor=actor(full), at=NOW, act=Act(kind="plan.withdrawn", words="tog bort planen", partnership=full.partnership)):
        withdraw(ActionPlan.objects.within(full.partnership).get(id=full.plan), NOW)
    again = again_of(bring_file(full, content))
    assert again is not None
    assert origin_of(full.partnership, again.details).elsewhere == ("Hamnen",)
    assert plan_heads(full.partnership) == ()


def test_a_personal_number_on_any_sheet_holds_the_file_as_before(full: Room) -> None:
    for edit in (replaced("Lo Ling", f"Lo {PERSONAL_NUMBER}"), in_details("Moment", "Skrivs upp så här", f"Ring {PERSONAL_NUMBER}")):
        run = bring_file(full, edited(export(full, full.plan), edit))
        assert (run.is_held, run.reading) == (True, None)
        assert reads.original(full.partnership, run.id) is None


def test_a_cleaned_export_is_still_known_row_by_row(full: Room) -> None:
    from samsyn.flows.intake.bringing import clean

    content = edited(export(full, full.plan), replaced("Lo Ling", f"Lo {PERSONAL_NUMBER}"))
    held = bring_file(full, content)
    made = clean(partnership=full.partnership, organisation=full.organisation, held=held, received=Received("plan.xlsx", content), today=TODAY,
                 actor=actor(full), at=NOW)
    again = again_of(waiting(full, made))
    assert again is not None
    head = plan_head(full.partnership, full.plan)
    assert head is not None
    found = difference(head, again, "plan.xlsx", NOW)
    assert [(one.field, one.read) for one in found.diff.changed] == [("responsible", "Lo [person]")]
    assert (found.diff.new, found.diff.gone, found.diff.questions) == ((), (), ())


def test_bringing_it_twice_with_one_form_keeps_one(full: Room) -> None:
    content = edited(export(full, full.plan), replaced("Lo Ling", "Ellen Ek"))
    given: dict[str, Any] = {"partnership": full.partnership, "organisation": full.organisation, "received": Received("plan.xlsx", content),
                             "today": TODAY, "actor": actor(full), "at": NOW, "once": "samma"}
    bring(**given)
    with pytest.raises(AlreadyDone):
        bring(**given)


# ---- one cell, one question ----

def test_a_day_that_both_have_changed_is_asked_about_once_with_its_words(full: Room) -> None:
    content = edited(export(full, full.plan), replaced("2027-06-15", "mars 2027"))
    change_action(full, "Nattvandring fre och lör", due_on=date(2027, 2, 20))
    run, found = brought_again(full, content)
    (question,) = [one for one in found.diff.questions if one.is_both]
    assert question.words.startswith("Klart senast är ändrat både i filen och i Samsyn")
    assert [option.words for option in question.options] == ["Filens: 2027-03-31 (mars 2027)", "Behåll det som står i planen: 2027-02-20"]
    take_in_again(full, run, found, chosen(found, also={question.key: "file:1"}))
    action = values_of(plan_now(full, full.plan), "Nattvandring fre och lör")
    assert (action.due_on, action.due_typed) == (date(2027, 3, 31), "mars 2027")


def test_what_one_cell_says_is_shown_as_one_text(full: Room) -> None:
    from samsyn.web.pages.intake.difference_shown import difference_shown

    content = edited(export(full, full.plan), replaced("2027-06-15", "mars 2027"))
    change_action(full, "Nattvandring fre och lör", due_on=date(2027, 2, 20))
    _, found = brought_again(full, content)
    (question,) = [one for one in difference_shown(found).questions if one.is_both]
    assert ([option.text for option in question.options], question.before) == (["2027-03-31 (mars 2027)", "2027-02-20"], "2027-06-15")
