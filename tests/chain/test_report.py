"""What the report says: a plan in, sentences and counts out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from samsyn.chain.check import check
from samsyn.chain.choices import Changeability, FormFace, GoalKind, Implementation, RestsOn, Result, Track
from samsyn.chain.facts import ALL_FACTS, FACT_INDICATOR, FACT_RESPONSIBLE, facts_of_columns
from samsyn.chain.plan import Action, Cause, CheckIn, DecisionAsked, Face, Goal, Plan, Problem, Step
from samsyn.chain.report import TIMELINE_ROWS, build_report
from samsyn.chain.report_changes import AnotherPlan
from samsyn.chain.report_json import NotAReport, from_json, to_json
from samsyn.chain.report_values import Change, Count, Report
from samsyn.chain.wording import count_words

TODAY = date(2026, 11, 22)
Said = Implementation | Result


def at(days: int) -> datetime:
    """Return noon in Sweden so many days from today."""
    return datetime(2026, 11, 22, 11, tzinfo=UTC) + timedelta(days=days)


def face(value: Said, days: int = -5, **about: object) -> Face:
    return Face(value=value, at=at(days), by="Anna Berg", **about)  # type: ignore[arg-type]


def action(id: str, said: Implementation | None = None, **about: object) -> Action:
    whole: dict[str, object] = {"number": id, "text": f"Åtgärd {id}", "causes": ("c1",), "implementation": face(said) if said else None}
    return Action(id=id, **(whole | about))  # type: ignore[arg-type]


def plan(*actions: Action, **about: object) -> Plan:
    whole: dict[str, object] = {
        "problems": (Problem(id="p1", title="Skadegörelse vid stationen"),),
        "causes": (Cause(id="c1", problem="p1", number=1, text="Mörkt"), Cause(id="c2", problem="p1", number=2, text="Få vuxna ute")),
    }
    return Plan(id="plan", name="Trygg kväll", actions=actions, **(whole | about))  # type: ignore[arg-type]


def due(days: int) -> date:
    return TODAY + timedelta(days=days)


def several(count: int, said: Implementation | None, start: int = 0, **about: object) -> list[Action]:
    return [action(f"{said}{n + start}", said, **about) for n in range(count)]


def found(counts: tuple[Count, ...]) -> dict[str, int]:
    return {count.code: count.count for count in counts if count.count}


UNDER_WAY, AS_INTENDED, NOT_DONE = Implementation.UNDER_WAY, Implementation.DONE_AS_INTENDED, Implementation.NOT_DONE


@pytest.mark.parametrize(("actions", "sentences"), [
    ([], ("Planen har inga åtgärder än.",)),
    (several(1, UNDER_WAY), ("Planens enda åtgärd är igång.", "Den har inget datum.")),
    (several(1, None, due_on=due(5)), ("Planens enda åtgärd är inte påbörjad.", "Den är inte sen.")),
    (several(7, UNDER_WAY) + several(2, None, due_on=due(5)) + several(3, None, start=2, due_on=due(-1)),
     ("Sju av tolv åtgärder är igång.", "Tre är sena.")),
    (several(2, UNDER_WAY, due_on=due(-1)) + several(1, AS_INTENDED, due_on=due(-9)),
     ("Två av tre åtgärder är igång och en avslutad.", "Två är sena.")),
    (several(3, AS_INTENDED, due_on=due(-1)), ("Alla tre åtgärder är avslutade.", "Ingen är sen.")),
    (several(2, UNDER_WAY, due_on=due(1)), ("Båda åtgärderna är igång.", "Ingen är sen.")),
    (several(2, None, due_on=due(1)), ("Ingen av två åtgärder är påbörjad.", "Ingen är sen.")),
    (several(1, NOT_DONE) + several(3, None), ("En av fyra åtgärder är avslutad.", "Ingen har ett datum.")),
    (several(1, UNDER_WAY, due_on=due(1)) + several(3, None), ("En av fyra åtgärder är igång.", "Ingen av dem som har ett datum är sen.")),
    (several(2, UNDER_WAY) + several(300, None, due_on=due(-3)), ("Två av 302 åtgärder är igång.", "300 är sena.")),
])
def test_the_headline_says_how_far_and_how_late(actions: list[Action], sentences: tuple[str, ...]) -> None:
    assert build_report(plan(*actions), TODAY).headline == sentences


def test_the_lead_says_results_without_claiming_an_effect() -> None:
    better = action("1", AS_INTENDED, result=face(Result.BETTER))
    worse = action("2", AS_INTENDED, result=face(Result.WORSE))
    report = build_report(plan(better, worse, action("3"), decisions_asked=(DecisionAsked(id="d", text="Mer tid"),)), TODAY)
    assert report.lead == (
        "Planen har ett problem, två orsaker och tre åtgärder.",
        "Resultatet är satt till bättre för en åtgärd och sämre för en.",
        "Det visar vad som har hänt, inte att åtgärden är orsaken.",
        "För en åtgärd vet vi inte än.",
        "En orsak har ingen åtgärd.",
        "Vi ber om ett beslut.",
    )


def test_a_cause_that_cannot_be_changed_is_no_gap_in_the_lead() -> None:
    causes = (Cause(id="c1", problem="p1", number=1, text="Mörkt"), Cause(id="c2", text="Vädret", changeability=Changeability.NO))
    report = build_report(plan(action("1"), causes=causes), TODAY)
    assert not any("ingen åtgärd" in words for words in report.lead)
    assert report.sections[1].causes[0].gap == "Ingen åtgärd: parterna bedömer att orsaken inte går att påverka."


def test_actions_are_counted_by_state_and_under_every_cause() -> None:
    both = action("1", UNDER_WAY, causes=("c1", "c2"), result=face(Result.UNCHANGED))
    standing = build_report(plan(both, action("2", AS_INTENDED), action("3", causes=("gone",))), TODAY).standing
    assert (standing.total, standing.shared) == (3, 1)
    assert found(standing.implementation) == {"under_way": 1, "done_as_intended": 1, "not_started": 1}
    assert found(standing.result) == {"unchanged": 1, "not_measured": 1, "too_early": 1}
    assert [(row.text, row.total, found(row.counts)) for row in standing.by_cause] == [
        ("Mörkt", 2, {"under_way": 1, "done_as_intended": 1}), ("Få vuxna ute", 1, {"under_way": 1}), ("Utan orsak", 1, {"not_started": 1}),
    ]


def test_an_action_on_two_causes_is_shown_once_and_named_at_the_other() -> None:
    report = build_report(plan(action("1", causes=("c1", "c2")), action("2", causes=("c2",))), TODAY)
    first, second = report.sections[0].causes
    assert [shown.id for shown in first.actions] == ["1"]
    assert [shown.id for shown in second.actions] == ["2"]
    assert second.also == ("1 Åtgärd 1",)
    assert [shown.id for shown in report.actions] == ["1", "2"]


def test_what_hangs_on_nothing_gets_a_place_of_its_own() -> None:
    causes = (Cause(id="c1", number=1, text="Mörkt"),)
    goals = (Goal(id="g1", text="Ljusare"), Goal(id="g2", text="Tyst"))
    report = build_report(plan(action("1", goals=("g1",)), action("2", causes=()), causes=causes, goals=goals), TODAY)
    assert [(s.kind, s.title, len(s.causes), [g.text for g in s.goals]) for s in report.sections] == [
        ("problem", "Skadegörelse vid stationen", 0, []), ("no_problem", "Orsaker utan problem", 1, ["Ljusare"]),
        ("no_cause", "Åtgärder utan orsak", 1, ["Tyst"]),
    ]


def test_goals_are_numbered_through_and_actions_point_at_them() -> None:
    goals = (Goal(id="g1", problem="p1", text="Ljusare"), Goal(id="g2", text="Tystare"))
    report = build_report(plan(action("1", goals=("g2", "g1", "gone")), goals=goals), TODAY)
    assert [(goal.number, goal.text) for goal in report.sections[0].goals] == [(1, "Ljusare"), (2, "Tystare")]
    assert next(report.actions).goals == (1, 2)


def test_problems_stand_by_priority() -> None:
    problems = (Problem(id="a", title="Sist"), Problem(id="b", title="Två", priority=2), Problem(id="c", title="Ett", priority=1))
    report = build_report(plan(problems=problems, causes=()), TODAY)
    assert [section.title for section in report.sections] == ["Ett", "Två", "Sist"]


def test_what_is_late_comes_with_days_and_reason_the_latest_first() -> None:
    late = build_report(plan(
        action("1", UNDER_WAY, due_on=due(-2), late_reason="Ingen personal"), action("2", due_on=due(-40)), action("3", due_on=TODAY),
        action("4", AS_INTENDED, due_on=due(-90)), action("5", due_on=due(-3), implementation=None, form_face=FormFace.GREEN)), TODAY).late
    assert [(one.action, one.days, one.reason, one.has_reason) for one in late] == [
        ("2", 40, "Inget skäl är skrivet.", False), ("1", 2, "Ingen personal", True)]


def test_nobody_having_said_anything_is_told_apart_from_not_started() -> None:
    report = build_report(plan(action("1"), action("2", Implementation.NOT_STARTED)), TODAY)
    silent, said = report.actions
    assert (silent.implementation.label, silent.implementation.said) == ("Inte påbörjad", False)
    assert (said.implementation.label, said.implementation.said, said.implementation.by) == ("Inte påbörjad", True, "Anna Berg")
    assert "Om en åtgärd har ingen sagt hur långt den har kommit. De räknas som inte påbörjade." in report.unknowns


def test_hours_and_money_say_how_many_have_given_them() -> None:
    wrong = CheckIn(id="k1", at=at(-9), hours=Decimal(100))
    mended = CheckIn(id="k2", at=at(-8), hours=Decimal("2.5"), corrects="k1")
    report = build_report(plan(
        action("1", hours=Decimal(40), cost=Decimal(1000), check_ins=(wrong, mended)), action("2", hours=Decimal(10))), TODAY)
    hours, money = report.used
    assert (hours.planned, hours.planned_from, hours.spent, hours.spent_from, hours.of) == (Decimal(50), 2, Decimal("2.5"), 1, 2)
    assert (money.planned, money.planned_from, money.spent, money.spent_from) == (Decimal(1000), 1, None, 0)
    assert report.sections[0].used == report.used


def test_a_missing_sum_is_not_zero() -> None:
    hours, _ = build_report(plan(action("1")), TODAY).used
    assert (hours.planned, hours.spent) == (None, None)


def test_a_plan_of_only_unknowns_says_what_is_not_known() -> None:
    unknowns = build_report(plan(
        action("1", causes=(), track=Track.DEVELOPMENT), action("2", UNDER_WAY, result=face(Result.BETTER, rests_on=RestsOn.HEARD)),
        action("3", due_on=due(-3), implementation=Face(value=Implementation.NOT_STARTED)),
        action("4", Implementation.DONE, implementation=Face(value=Implementation.DONE, by_file=True), goals=("g",)),
        goals=(Goal(id="g", text="Lugnare", kind=GoalKind.EFFECT), Goal(id="h", text="Fyra möten", kind=GoalKind.OUTPUT))), TODAY).unknowns
    assert unknowns == (
        "Tre åtgärder har inget datum att räkna med.", "Fyra åtgärder har ingen ansvarig.", "En åtgärd hör inte till någon orsak.",
        "Tre åtgärder har inget mål.", "En orsak har ingen åtgärd, och det står inte varför.",
        "Om en åtgärd har ingen sagt hur långt den har kommit. De räknas som inte påbörjade.",
        "För en åtgärd har ingen mätt resultatet.", "Ett resultat är satt utan en siffra bakom.", "En sen åtgärd har inget skrivet skäl.",
        "När en avslutad åtgärd blev klar är inte känt.", "En åtgärd pågår utan att någon har stämt av.",
        "Två mål har ingen indikator.", "Ett mål har inget utgångsläge.", "Två mål har inget målvärde.",
        "Fyra åtgärder har ingen planerad tid.", "Fyra åtgärder har ingen planerad kostnad.",
    )


LACKS = [
    ("action-without-responsible", "har ingen ansvarig"), ("action-without-cause", "hör inte till någon orsak"), ("action-without-goal", "har inget mål."),
    ("cause-without-action", "har ingen åtgärd"), ("goal-without-indicator", "har ingen indikator"), ("goal-without-target", "har inget målvärde"),
    ("goal-without-baseline", "har inget utgångsläge"), ("overdue-without-reason", "inget skrivet skäl")]


@pytest.mark.parametrize(("rule", "words"), LACKS)
def test_the_report_counts_the_same_rows_as_the_plan_check(rule: str, words: str) -> None:
    """Also those that a reader of the plan alone may miss: a dash for a name, a line's goal, a link to a row that is not there."""
    bare = plan(
        action("1", responsible="-", due_on=due(-3), causes=("gone",), goals=("gone",), track=Track.DEVELOPMENT),
        action("2", responsible="Bo", causes=("c1",), goals=("g",), due_on=due(-3), late_reason="Snö", track=Track.LINE), action("3", track=Track.LINE),
        causes=(Cause(id="c1", number=1, text="Mörkt"), Cause(id="c2", text="Vädret", changeability=Changeability.NO), Cause(id="c3", text="Tyst")),
        goals=(Goal(id="g", text="Lugnare"), Goal(id="h", text="Fyra möten", kind=GoalKind.OUTPUT, indicator="?", target="4"),
               Goal(id="k", text="Tryggare")))
    found = [remark for remark in check(bare, TODAY).remarks if remark.rule == rule]
    said = [sentence for sentence in build_report(bare, TODAY).unknowns if words in sentence]
    assert found and [sentence.split()[0] for sentence in said] == [count_words(len(found), neuter=rule.startswith("goal")).capitalize()]


def test_an_empty_plan_makes_an_honest_report() -> None:
    report = build_report(Plan(id="plan", name=""), TODAY)
    assert report.headline == ("Planen har inga åtgärder än.",)
    assert report.lead == ("Planen har inget innehåll än.",)
    assert report.unknowns == ("Planen har inga åtgärder än, så det finns inget att säga om dem.",)
    assert (report.sections, report.late, report.timeline.rows, report.standing.by_cause) == ((), (), (), ())
    assert from_json(to_json(report)) == report


# Decisions

def test_decisions_are_numbered_and_name_their_action() -> None:
    asked = (DecisionAsked(id="d1", text="Mer tid", otherwise="Det tar slut", action="1"), DecisionAsked(id="d2", text="Nytt möte"))
    decisions = build_report(plan(action("1"), decisions_asked=asked), TODAY).decisions
    assert decisions.words == "Vi ber styrgruppen om två beslut."
    assert [(d.number, d.text, d.otherwise, d.action) for d in decisions.items] == [
        (1, "Mer tid", "Det tar slut", "1 Åtgärd 1"), (2, "Nytt möte", "", "")]


def test_no_decision_asked_for_is_said() -> None:
    decisions = build_report(plan(), TODAY).decisions
    assert (decisions.known, decisions.words) == (True, "Vi ber inte om något beslut den här gången.")


# From a file

def file_plan(*actions: Action, columns: tuple[str, ...] = ("cause", "action", "goal", "when", "status")) -> Plan:
    return replace(plan(*actions), from_file=True, knows=facts_of_columns(columns))


def test_a_file_cannot_say_what_has_changed_or_what_to_decide() -> None:
    report = build_report(file_plan(action("1")), TODAY, since=due(-90), source="plan.xlsx")
    assert (report.changes.known, report.changes.words, report.changes.items) == (False, "Det går inte att se i filen.", ())
    assert (report.decisions.known, report.decisions.words) == (False, "Det går inte att se i filen.")
    assert not any(used.spent_known for used in report.used)


def test_what_a_file_cannot_carry_is_not_called_missing() -> None:
    without, with_people = (build_report(file_plan(action("1"), columns=columns), TODAY) for columns in (
        ("cause", "action"), ("cause", "action", "responsible")))
    assert FACT_RESPONSIBLE in without.unseen and FACT_INDICATOR in without.unseen
    assert not any("har ingen ansvarig" in words for words in without.unknowns)
    assert "ansvarig" in without.unknowns[-1] and without.unknowns[-1].startswith("Det här går inte att se i filen: ")
    assert "En åtgärd har ingen ansvarig." in with_people.unknowns


@pytest.mark.parametrize(("columns", "words"), [
    (("cause", "action", "when"), "Skälet går inte att se i filen."), (("cause", "action", "when", "status"), "Inget skäl är skrivet.")])
def test_a_late_action_without_a_place_for_the_reason_is_not_blamed(columns: tuple[str, ...], words: str) -> None:
    (late,) = build_report(file_plan(action("1", due_on=due(-3)), columns=columns), TODAY).late
    assert (late.reason, late.has_reason) == (words, False)


def test_a_plan_kept_in_samsyn_has_nothing_unseen() -> None:
    report = build_report(plan(action("1"), knows=ALL_FACTS), TODAY)
    assert report.unseen == ()
    assert not any("i filen" in words for words in report.unknowns)


def test_a_colour_in_a_file_says_nothing_of_the_result() -> None:
    green, red = build_report(file_plan(action("1", form_face=FormFace.GREEN), action("2", form_face=FormFace.RED)), TODAY).actions
    assert (green.implementation.code, green.implementation.by_file, green.result.said) == ("done", True, False)
    assert (red.implementation.said, red.colour) == (False, "Röd")


# Since last time

def after(earlier: Plan, later: Plan) -> tuple[Change, ...]:
    """Return the changes between two states of a plan, through a saved report."""
    saved = from_json(to_json(build_report(earlier, due(-60))))
    return build_report(later, TODAY, previous=saved).changes.items


def test_the_first_report_has_nothing_to_compare_with() -> None:
    changes = build_report(plan(action("1")), TODAY).changes
    assert (changes.known, changes.since) == (False, None)
    assert changes.words == "Det här är den första rapporten. Nästa rapport jämförs med den."


def test_nothing_having_changed_is_said() -> None:
    same = plan(action("1", UNDER_WAY))
    assert after(same, same) == ()
    saved = build_report(same, due(-60))
    assert build_report(same, TODAY, previous=saved).changes.words == "Ingenting har ändrats sedan rapporten 2026-09-23."


@pytest.mark.parametrize(("old", "new", "change"), [
    (action("1", UNDER_WAY), action("1", AS_INTENDED), ("implementation", "Genomförandet har gått från pågår till gjord som tänkt.")),
    (action("1", NOT_DONE), action("1", NOT_DONE, result=face(Result.WORSE)), ("result", "Resultatet har gått från inte mätt till sämre.")),
    (action("1", None, result=face(Result.TOO_EARLY)), action("1", None, result=None),
     ("result", "Resultatet är inte längre satt. Det visas som för tidigt.")),
    (action("1", None), action("1", Implementation.NOT_STARTED), ("implementation", "Genomförandet är nu bekräftat: inte påbörjad.")),
    (action("1", UNDER_WAY, due_on=due(-2)), action("1", UNDER_WAY, due_on=due(-2)),
     ("late", "Har blivit sen. Den skulle ha varit klar 2026-11-20.")),
])
def test_a_change_of_state_is_told(old: Action, new: Action, change: tuple[str, str]) -> None:
    (told,) = after(plan(old), plan(new))
    assert (told.kind, told.words, told.action) == (*change, "1")


def test_new_and_vanished_actions_are_told() -> None:
    told = after(plan(action("1"), action("2")), plan(action("2"), action("3")))
    assert [(change.kind, change.label) for change in told] == [("added", "3 Åtgärd 3"), ("gone", "1 Åtgärd 1")]


def test_a_suggestion_that_moves_by_itself_is_no_change() -> None:
    early = plan(action("1", UNDER_WAY, effect_from=due(-10)))
    assert build_report(early, due(-60)).standing.result != build_report(early, TODAY).standing.result
    assert after(early, early) == ()


def test_check_ins_since_the_report_are_summed_whatever_their_day() -> None:
    old = CheckIn(id="k1", at=at(-90), hours=Decimal(5))
    new = CheckIn(id="k2", at=at(-60), hours=Decimal("2.5"), cost=Decimal(1200))
    (told,) = after(plan(action("1", check_ins=(old,))), plan(action("1", check_ins=(old, new))))
    assert told.words == "En avstämning har kommit in, med 2,5 timmar och 1\u202f200 kr."


def test_the_summary_counts_the_kinds_and_verdicts_stand_first() -> None:
    saved = build_report(plan(action("1", UNDER_WAY), action("2", NOT_DONE), action("3", NOT_DONE)), due(-60))
    now = plan(action("1", AS_INTENDED), action("2", NOT_DONE, result=face(Result.CANNOT_BE_TOLD)),
               action("3", NOT_DONE, result=face(Result.WORSE)))
    changes = build_report(now, TODAY, previous=saved).changes
    assert changes.words == "Tre saker har ändrats (två om resultat och en om genomförande) sedan rapporten 2026-09-23."
    assert [change.action for change in changes.items] == ["3", "2", "1"]


def test_since_a_given_day_tells_what_is_dated_that_day_or_later() -> None:
    changes = build_report(plan(
        action("1", implementation=face(UNDER_WAY, -30)), action("2", implementation=face(UNDER_WAY, -31)),
        action("3", AS_INTENDED, result=face(Result.BETTER, -1), implementation=face(AS_INTENDED, -40),
               check_ins=(CheckIn(id="k", at=at(-3)), CheckIn(id="l", at=at(-33))), steps=(Step(id="s", done_on=due(-30)),)),
        action("4", due_on=due(-30)), action("5", due_on=due(-31))), TODAY, since=due(-30)).changes
    assert (changes.since, changes.saved_report) == (due(-30), False)
    assert [(c.kind, c.action, c.words) for c in changes.items] == [
        ("result", "3", "Resultatet sattes till bättre 2026-11-21."),
        ("implementation", "1", "Genomförandet sattes till pågår 2026-10-23."),
        ("late", "4", "Har blivit sen. Den skulle ha varit klar 2026-10-23."),
        ("check_ins", "", "En avstämning har kommit in."), ("steps", "", "Ett moment har blivit gjort."),
    ]
    assert "Nya och borttagna åtgärder syns bara mot en sparad rapport." in changes.words


def test_a_report_of_another_plan_is_not_compared_with() -> None:
    saved = build_report(replace(plan(), id="other"), due(-60))
    with pytest.raises(AnotherPlan, match="en annan plan"):
        build_report(plan(), TODAY, previous=saved)


# In time

def test_the_timeline_has_all_dated_actions_by_day_and_counts_the_others() -> None:
    line = build_report(plan(action("1", due_on=due(9)), action("2", due_on=due(3)), action("3", start_on=due(5)), action("4")), TODAY).timeline
    assert [row.action for row in line.rows] == ["2", "3", "1"]
    assert line.notes == ("En åtgärd har inget datum och står inte med här.",)


def test_a_long_timeline_is_limited_and_says_so() -> None:
    late = [action(f"sen{n}", due_on=due(-100 - n)) for n in range(10)]
    line = build_report(plan(*(action(f"{n}", due_on=due(n)) for n in range(290)), *late), TODAY).timeline
    assert len(line.rows) == TIMELINE_ROWS
    assert {row.action for row in line.rows} == {f"sen{n}" for n in range(10)} | {str(n) for n in range(20)}
    assert line.notes == ("Bilden visar 30 av 300 åtgärder med datum. Sena går före, sedan de som ska vara klara närmast i dag.",)


def test_the_day_an_action_ended_is_known_only_if_somebody_said_it() -> None:
    said, by_file, going = build_report(plan(
        action("1", AS_INTENDED), action("2", implementation=Face(value=AS_INTENDED, by="plan.xlsx", by_file=True)), action("3", UNDER_WAY)),
        TODAY).actions
    assert (said.done_on, by_file.done_on, going.done_on) == (due(-5), None, None)


# Kept

def full_report() -> Report:
    return build_report(plan(
        action("1", AS_INTENDED, hours=Decimal("2.50"), due_on=due(-3), result=face(Result.BETTER, rests_on=RestsOn.MEASURED, why="Färre"),
               check_ins=(CheckIn(id="k", at=at(-3), text="Å" * 5000, hours=Decimal("0.1")),)),
        action("2", due_on=due(-9), text='“Ä” <b>&\n#panic("x") $x$ \\ \u2028'),
        goals=(Goal(id="g", text="Lugnt", baseline_on=due(-300)),), decisions_asked=(DecisionAsked(id="d", text="Pengar", action="1"),),
    ), TODAY, since=due(-30))


def test_a_saved_report_comes_back_as_it_was() -> None:
    report = full_report()
    assert from_json(to_json(report)) == report
    assert next(from_json(to_json(report)).actions).planned_hours == Decimal("2.50")


@pytest.mark.parametrize("text", [
    "", "[]", "{}", "null", '"rapport"', '{"version": 1}', '{"version": 2}', to_json(full_report()).replace('"days_late":9', '"days_late":"9"'),
    to_json(full_report()).replace("2026-11-22", "2026-13-22"), to_json(full_report()).replace('"sections":[', '"sections":["x",'),
    to_json(full_report()).replace('"lead":', '"leda":'), to_json(full_report()).replace('"2.50"', '"mycket"'),
])
def test_what_is_not_a_report_is_refused(text: str) -> None:
    with pytest.raises(NotAReport):
        from_json(text)


def test_long_texts_are_kept_whole_in_the_values() -> None:
    assert len(next(full_report().actions).last_check_in) == 5000


@pytest.mark.parametrize(("count", "words"), [(0, "Inte påbörjade"), (1, "Inte påbörjad"), (4, "Inte påbörjade")])
def test_a_state_is_said_of_so_many(count: int, words: str) -> None:
    assert Count(code="not_started", label="Inte påbörjad", count=count).words == words
    assert Count(code="under_way", label="Pågår", count=count).words == "Pågår"
