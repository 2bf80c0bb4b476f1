"""What a file would change in a plan, and what is written of it when somebody has chosen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samsyn.chain.choices import Horizon, Implementation, Track
from samsyn.chain.plan import Action, Bundle, Cause, Commitment, Face, Goal, InformedOn, Plan, Problem, Step
from samsyn.chain.plan_apply import YES, ChoicesClash, apply_diff, preselected
from samsyn.chain.plan_details import (
    FORM_ROLES, DetailCell, DetailRow, Details, DetailSheet, ExportedRow, FileRow, Printed, digest,
)
from samsyn.chain.plan_diff import diff_plans
from samsyn.chain.plan_diff_json import NotADifference, details_from_json, details_to_json, diff_from_json, diff_to_json
from samsyn.chain.plan_diff_values import Doing, PlanDiff
from samsyn.chain.plan_likeness import TextIndex, likeness
from samsyn.chain.plan_rows_matched import match_rows

CAUSES = (Cause(id="c1", number=1, text="Gångvägen är mörk"), Cause(id="c2", number=2, text="Få vuxna är ute"))
GOALS = (Goal(id="g1", text="Färre anmälningar"),)
LAMPS = Action(id="a1", number="1.1", text="Sätt upp lampor", causes=("c1",), goals=("g1",))
WALKS = Action(id="a2", number="2.1", text="Nattvandra varje fredag", causes=("c2",))
STORED = Plan(id="plan", name="Trygg kväll", causes=CAUSES, goals=GOALS, actions=(LAMPS, WALKS), bundles=(Bundle(id="b1", text="Ljus och folk"),))


def read(*actions: Action, causes: tuple[Cause, ...] = CAUSES, goals: tuple[Goal, ...] = GOALS, **more: Any) -> Plan:
    """A plan as the importer makes it: other ids, no details."""
    new = {row.id: f"läst-{row.id}" for row in (*causes, *goals)}
    return Plan(id="plan", name="fil.xlsx", from_file=True, **more,
                causes=tuple(replace(cause, id=new[cause.id]) for cause in causes), goals=tuple(replace(goal, id=new[goal.id]) for goal in goals),
                actions=tuple(replace(action, id=f"läst-{action.id}", causes=tuple(new[one] for one in action.causes),
                                      goals=tuple(new[one] for one in action.goals)) for action in actions))


def settings_of(diff: PlanDiff) -> list[tuple[str, str, Any]]:
    return [(change.id, change.field, change.read) for change in diff.changed]


def exported(kind: str, key: str, number: int, *texts: str, **more: Any) -> ExportedRow:
    digests = tuple(digest(role, text) for role, text in zip(FORM_ROLES, (*texts, *[""] * 7), strict=False))
    return ExportedRow("plan", kind, key, number, digests=digests, **more)


def row(place: str, *texts: str, sheet: str = "Plan") -> FileRow:
    return FileRow(place, sheet, tuple((role, digest(role, text)) for role, text in zip(FORM_ROLES, (*texts, *[""] * 7), strict=False)))


# ---- without ids: text, and likeness as a question ----

def test_a_plan_read_back_as_it_is_changes_nothing() -> None:
    assert diff_plans(STORED, read(LAMPS, WALKS)).is_empty


def test_the_order_of_rows_says_nothing() -> None:
    assert diff_plans(STORED, read(WALKS, LAMPS)).is_empty


@pytest.mark.parametrize("text", ["sätt upp  LAMPOR", "Sätt upp\nlampor"])
def test_the_same_cause_and_equal_folded_text_are_the_same_action(text: str) -> None:
    diff = diff_plans(STORED, read(replace(LAMPS, text=text, due_on=date(2027, 1, 1)), WALKS))
    assert ("a1", "due_on", date(2027, 1, 1)) in settings_of(diff) and not (diff.new or diff.gone or diff.questions)


def test_the_same_text_on_another_cause_is_a_question() -> None:
    diff = diff_plans(STORED, read(replace(LAMPS, causes=("c2",)), WALKS))
    question, = diff.questions
    assert [option.takes for option in question.options] == ["a1", "", ""] and [gone.id for gone in diff.gone] == ["a1"]


def test_a_similar_text_is_a_question_with_candidates_and_never_an_answer() -> None:
    diff = diff_plans(STORED, read(replace(LAMPS, text="Sätt upp fler lampor"), WALKS))
    question, = diff.questions
    assert question.options[0].takes == "a1" and question.options[0].words == "Samma som ”1.1 Sätt upp lampor”. Skriv in filens text."
    assert [option.key for option in question.options] == ["is:a1", "new", "keep"]
    assert [(gone.id, gone.why) for gone in diff.gone] == [("a1", "Kan vara en som står i filen med annan text. Svara på frågan först.")]


def test_something_else_is_new_and_what_is_not_there_is_gone() -> None:
    diff = diff_plans(STORED, read(LAMPS, Action(id="a9", text="Öppna fritidsgården", causes=("c2",))))
    assert [(new.id, dict(new.values)) for new in diff.new] == [("file:läst-a9", {"causes": ("c2",), "text": "Öppna fritidsgården"})]
    assert [gone.id for gone in diff.gone] == ["a2"] and not diff.questions


def test_a_silent_file_takes_no_face_back() -> None:
    stored = replace(STORED, actions=(replace(LAMPS, implementation=Face(value=Implementation.UNDER_WAY, by="Anna")), WALKS))
    assert diff_plans(stored, read(LAMPS, WALKS)).is_empty
    said = replace(LAMPS, implementation=Face(value=Implementation.NOT_DONE, by="fil", by_file=True))
    assert settings_of(diff_plans(stored, read(said, WALKS))) == [("a1", "implementation", Implementation.NOT_DONE)]


def test_likeness_is_not_fooled_by_case_and_common_words() -> None:
    assert likeness("Fler lampor", "FLER  LAMPOR") == 1.0 and likeness("Fler lampor", "") == 0.0
    index = TextIndex({f"a{n}": f"Vandra i kvarter {n}" for n in range(500)})
    assert index.most_like("Vandra i kvarter 77 varje fredag")[0] == "a77"


# ---- rows that were exported ----

EXPORT = (
    exported("action", "a1", 2, "1. Gångvägen är mörk", "1.1 Sätt upp lampor", "Färre anmälningar", "våren", "Bo", causes=("c1",), goals=("g1",)),
    exported("action", "a2", 3, "2. Få vuxna är ute", "2.1 Nattvandra varje fredag", "", "löpande", "Tove", causes=("c2",)),
)
FIRST = ("1. Gångvägen är mörk", "1.1 Sätt upp lampor", "Färre anmälningar", "våren", "Bo")
SECOND = ("2. Få vuxna är ute", "2.1 Nattvandra varje fredag", "", "löpande", "Tove")


def test_rows_are_known_by_what_stands_in_them_wherever_they_stand() -> None:
    matched = match_rows(EXPORT, (row("9", *SECOND), row("4", *FIRST)))
    assert [(pair.exported.id, pair.row.place, pair.touched) for pair in matched.pairs] == [("a2", "9", ()), ("a1", "4", ())]
    assert not (matched.missing or matched.unknown)


@pytest.mark.parametrize(("texts", "touched"), [
    ((*FIRST[:3], "hösten", "Bo"), ("when",)), ((FIRST[0], "Sätt upp många lampor", *FIRST[2:]), ("action",)),
    (("2. Få vuxna är ute", *FIRST[1:]), ("cause",)), ((FIRST[0], FIRST[1], "", "", ""), ("goal", "when", "responsible")),
])
def test_a_row_that_is_changed_in_part_is_known_by_the_rest(texts: tuple[str, ...], touched: tuple[str, ...]) -> None:
    pair = match_rows(EXPORT, (row("4", *texts), row("5", *SECOND))).pairs[-1]
    assert (pair.exported.id, pair.touched) == ("a1", touched)


def test_a_row_where_two_could_be_meant_is_not_guessed() -> None:
    alike = tuple(exported("action", key, number, "1. Mörkt", text, "", "våren", "Bo") for number, (key, text) in enumerate((("a", "Lampor"), ("b", "Sly")), 2))
    matched = match_rows(alike, (row("2", "1. Mörkt", "Något", "", "våren", "Bo"), row("3", "1. Mörkt", "Annat", "", "våren", "Bo")))
    assert not matched.pairs and len(matched.unknown) == len(matched.missing) == 2


def test_rows_that_are_alike_in_everything_are_counted() -> None:
    twins = (exported("action", "a", 2, "", "Möte"), exported("action", "b", 3, "", "Möte"))
    assert len(match_rows(twins, (row("2", "", "Möte"), row("3", "", "Möte"))).pairs) == 2
    assert [one.id for one in match_rows(twins, (row("2", "", "Möte"),)).missing] == ["b"]


def test_a_row_that_is_copied_is_one_more() -> None:
    matched = match_rows(EXPORT, (row("2", *FIRST), row("3", *SECOND), row("4", *FIRST)))
    assert [one.place for one in matched.unknown] == ["4"] and not matched.missing


# ---- the sheet Detaljer ----

SHEET = DetailSheet("plan", "Trygg kväll", "2026-11-23", tuple(digest("id", f"{kind}:{key}") for kind, key in (
    ("action", "a1"), ("action", "a2"), ("step", "s1"), ("commitment", "x1"))), ("action", "step", "commitment"))
WITH_STEP = replace(STORED, actions=(replace(LAMPS, steps=(Step(id="s1", text="Beställ"),)), WALKS), commitments=(Commitment(id="x1", party="Granvikshus"),))


def details(*rows: DetailRow, **more: Any) -> Details:
    return Details(**{"sheets": (SHEET,), "rows": rows, "exported": EXPORT, "file_rows": (row("2", *FIRST), row("3", *SECOND)), **more})


def detail_row(kind: str, key: str, *cells: DetailCell, plan: str = "plan", place: str = "Blad Detaljer, rad 9") -> DetailRow:
    return DetailRow(plan, kind, key, cells, place)


STANDING = (detail_row("step", "s1"), detail_row("commitment", "x1"))


def of_details(*rows: DetailRow, stored: Plan = WITH_STEP, printed: Printed | None = None) -> PlanDiff:
    return diff_plans(stored, Plan(id="läst", name="fil.xlsx"), details(*rows), printed)


def test_cells_that_nobody_has_touched_say_nothing() -> None:
    assert of_details(*STANDING, detail_row("action", "a1", DetailCell("description", "Annat", "Annat", touched=False))).is_empty


def test_a_touched_cell_is_a_change_by_the_id_of_its_row() -> None:
    diff = of_details(*STANDING, detail_row("action", "a1", DetailCell("horizon", "short", "Effekt genast", touched=True)))
    assert settings_of(diff) == [("a1", "horizon", Horizon.SHORT)] and diff.changed[0].field_label == "När väntas effekt?"


def test_a_field_that_is_changed_in_two_places_is_a_question() -> None:
    rows = [detail_row("action", "a1", DetailCell("budget_line", text, text, touched=True), place=place) for text, place in (("A", "ett"), ("B", "två"))]
    question, = of_details(*STANDING, *rows).questions
    assert question.place == "ett, två" and [option.key for option in question.options] == ["file:1", "file:2", "keep"]


def test_a_field_that_has_been_changed_in_samsyn_too_is_a_question() -> None:
    cell = DetailCell("budget_line", "Filens", "Filens", touched=True)
    exported_then = replace(detail_row("action", "a1", cell), control=(digest("budget_line", "Först"),))
    now = Printed({("action", "a1"): {"budget_line": digest("budget_line", "Sedan")}}, {})
    assert [question.id for question in of_details(*STANDING, exported_then, printed=now).questions] == ["a1"]
    same = Printed({("action", "a1"): {"budget_line": digest("budget_line", "Först")}}, {})
    assert settings_of(of_details(*STANDING, exported_then, printed=same)) == [("a1", "budget_line", "Filens")]


def test_links_are_ids_numbers_or_texts_and_what_is_none_of_them_is_named() -> None:
    def waiting(*links: str) -> PlanDiff:
        return of_details(*STANDING, detail_row("action", "a1", DetailCell("depends_on", links, ", ".join(links), touched=True)))

    for link in ("a2", "2.1", "nattvandra varje fredag"):
        assert settings_of(waiting(link)) == [("a1", "depends_on", ("a2",))]
    assert waiting("9.9").is_empty and "”9.9” går inte att läsa" in waiting("9.9").remarks[0]


def test_a_dependency_on_itself_is_carried_over_for_the_plan_check_to_name() -> None:
    diff = of_details(*STANDING, detail_row("action", "a1", DetailCell("depends_on", ("a1",), "1.1", touched=True)))
    assert settings_of(diff) == [("a1", "depends_on", ("a1",))]


def test_a_row_that_has_left_the_sheet_is_gone_and_one_that_was_never_there_is_not() -> None:
    assert [gone.id for gone in of_details(detail_row("commitment", "x1")).gone] == ["s1"]
    later = replace(WITH_STEP, commitments=(*WITH_STEP.commitments, Commitment(id="x2", party="Polisen")))
    assert of_details(*STANDING, stored=later).is_empty


def test_rows_of_another_plan_are_named_and_left_alone() -> None:
    there = detail_row("action", "a1", DetailCell("budget_line", "X", "X", True), plan="annan")
    foreign = Details(sheets=(DetailSheet("annan", "Norrängen", "", ()),), rows=(there,))
    diff = diff_plans(STORED, read(LAMPS, WALKS), foreign)
    assert diff.is_empty and "id från en annan plan (”Norrängen”): en rad" in diff.remarks[0]


# ---- what is chosen ----

def test_nothing_is_written_that_nobody_has_chosen() -> None:
    diff = diff_plans(STORED, read(replace(LAMPS, text="Sätt upp fler lampor", due_on=date(2027, 1, 1))))
    assert not diff.is_empty and apply_diff(diff, {}) == ()


def test_all_that_is_new_and_changed_can_be_taken_at_once() -> None:
    diff = diff_plans(STORED, read(replace(LAMPS, responsible="Bo"), Action(id="a9", text="Öppna fritidsgården", causes=("c2",))))
    done = apply_diff(diff, preselected(diff))
    assert [(one.doing, one.kind, one.id, one.field, one.value) for one in done] == [
        (Doing.ADD, "action", "file:läst-a9", "", None), (Doing.SET, "action", "file:läst-a9", "causes", ("c2",)),
        (Doing.SET, "action", "file:läst-a9", "text", "Öppna fritidsgården"), (Doing.SET, "action", "a1", "responsible", "Bo")]


def test_what_is_gone_is_withdrawn_only_when_somebody_says_so() -> None:
    diff = diff_plans(STORED, read(LAMPS))
    assert not apply_diff(diff, preselected(diff))
    assert [(one.doing, one.id) for one in apply_diff(diff, {"gone:action:a2": YES})] == [(Doing.WITHDRAW, "a2")]


def test_an_answer_decides_what_a_row_is_and_then_it_is_not_gone() -> None:
    diff = diff_plans(STORED, read(replace(LAMPS, text="Sätt upp fler lampor"), WALKS))
    question, = diff.questions
    is_same = apply_diff(diff, {question.key: "is:a1", "gone:action:a1": YES})
    assert [(one.doing, one.id, one.field, one.value) for one in is_same] == [(Doing.SET, "a1", "text", "Sätt upp fler lampor")]
    is_new = apply_diff(diff, {question.key: "new", "gone:action:a1": YES})
    assert [one.doing for one in is_new][0] is Doing.ADD and is_new[-1].doing is Doing.WITHDRAW
    assert apply_diff(diff, {question.key: "keep"}) == ()


def test_two_rows_cannot_be_the_same_row() -> None:
    diff = diff_plans(STORED, read(replace(LAMPS, text="Sätt upp fler lampor"), Action(id="a3", text="Sätt upp bra lampor", causes=("c1",)), WALKS))
    answers = {question.key: "is:a1" for question in diff.questions}
    assert len(answers) == 2
    with pytest.raises(ChoicesClash, match="kan inte vara samma rad"):
        apply_diff(diff, answers)


def test_an_answer_that_is_none_of_the_options_is_refused() -> None:
    diff = diff_plans(STORED, read(replace(LAMPS, text="Sätt upp fler lampor"), WALKS))
    with pytest.raises(KeyError):
        apply_diff(diff, {diff.questions[0].key: "is:a2"})


def test_a_link_to_a_row_that_is_not_taken_in_is_left_out() -> None:
    causes = (*CAUSES, Cause(id="c3", number=3, text="Butikerna säljer till unga"))
    diff = diff_plans(STORED, read(replace(LAMPS, causes=("c1", "c3")), WALKS, causes=causes))
    whole = apply_diff(diff, preselected(diff))
    assert ("a1", "causes", ("c1", "file:läst-c3")) in [(one.id, one.field, one.value) for one in whole]
    without = apply_diff(diff, {key: YES for key in preselected(diff) if key != "new:file:läst-c3"})
    assert [(one.field, one.value) for one in without] == [("causes", ("c1",))]


def test_a_moment_of_an_action_that_is_not_taken_in_is_not_written() -> None:
    new = read(LAMPS, WALKS, Action(id="a9", text="Öppna fritidsgården", causes=("c2",)))
    step = DetailRow("plan", "step", "", (DetailCell("action", ("Öppna fritidsgården",), "", True), DetailCell("text", "Ring", "Ring", True)), "rad 9")
    diff = diff_plans(STORED, new, Details(sheets=(DetailSheet("plan", "", "", ()),), rows=(step,)))
    assert [one.kind for one in diff.new] == ["action", "step"]
    whole = apply_diff(diff, preselected(diff))
    assert ("action", "file:läst-a9") in [(one.field, one.value) for one in whole if one.kind == "step"]
    assert apply_diff(diff, {diff.new[1].key: YES}) == ()


def test_a_new_problem_comes_with_what_points_to_it() -> None:
    there = read(LAMPS, WALKS, Action(id="a9", text="Öppna", causes=("c9",)), causes=(*CAUSES, Cause(id="c9", number=9, text="Tråkigt", problem="p9")),
                 problems=(Problem(id="p9", title="Oro i parken"),))
    diff = diff_plans(STORED, there)
    assert [(new.kind, new.label) for new in diff.new] == [("problem", "Oro i parken"), ("cause", "Tråkigt"), ("action", "Öppna")]
    assert ("problem", "file:p9") in [(one.field, one.value) for one in apply_diff(diff, preselected(diff))]


# ---- kept while somebody looks ----

def test_a_new_cause_is_not_taken_in_without_its_new_problem() -> None:
    problem, cause = Problem(id="p9", title="Bråk på bussen"), Cause(id="c9", problem="p9", number=9, text="Det är trångt")
    diff = diff_plans(STORED, replace(read(LAMPS, WALKS), problems=(problem,), causes=(*read().causes, cause)))
    chosen = {new.key: YES for new in diff.new}
    by_kind = {new.kind: new.key for new in diff.new}
    assert set(by_kind) == {"problem", "cause"}
    with pytest.raises(ChoicesClash, match="Orsaken ”.*Det är trångt” står under problemet ”Bråk på bussen”"):
        apply_diff(diff, {by_kind["cause"]: YES})
    assert [one.doing for one in apply_diff(diff, chosen)].count(Doing.ADD) == 2
    assert [one.kind for one in apply_diff(diff, {by_kind["problem"]: YES}) if one.doing is Doing.ADD] == ["problem"]


def test_a_difference_is_kept_as_json_and_comes_back_equal() -> None:
    diff = diff_plans(STORED, read(replace(LAMPS, text="Sätt upp fler lampor", due_on=date(2027, 1, 1)),
                                   Action(id="a9", text="Öppna", causes=("c2",), start_on=date(1850, 1, 1), track=Track.LINE)))
    held = json.loads(json.dumps(diff_to_json(diff), ensure_ascii=False))
    assert diff_from_json(held) == diff and diff.questions and diff.new and diff.gone


def test_what_stood_on_the_sheet_is_kept_as_json_and_comes_back_equal() -> None:
    cells = (DetailCell("hours", Decimal("1.50"), "1,50", None), DetailCell("start_on", date(2027, 1, 1), "2027-01-01", True),
             DetailCell("depends_on", ("a2",), "2.1", True), DetailCell("informed_on", (InformedOn(on=date(2027, 1, 1), what="Läge"),), "", True),
             DetailCell("priority", 3, "3", False), DetailCell("text", "x", "x", True, readable=False))
    whole = details(*STANDING, detail_row("action", "a1", *cells), remarks=("Något",))
    assert details_from_json(json.loads(json.dumps(details_to_json(whole)))) == whole


NOT_A_CHOICE = {"key": "k", "kind": "a", "id": "i", "label": "l", "values": [["x", {"choice": ["date", "x"]}]], "place": ""}


@pytest.mark.parametrize("held", [
    None, [], {"plan": 1}, {"plan": "p", "changed": [{"key": "x"}]}, {"plan": "p", "same": "nej"}, {"plan": "p", "new": [NOT_A_CHOICE]}])
def test_anything_else_is_refused(held: Any) -> None:
    with pytest.raises(NotADifference):
        diff_from_json(held)
