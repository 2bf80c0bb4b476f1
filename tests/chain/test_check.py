"""The plan check as a whole: where each rule ends up, what comes first, and what a file cannot say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from samsyn.catalog.load import rules
from samsyn.chain.check import CheckResult, all_mends, check, headline, three_first
from samsyn.chain.choices import Approach, Horizon, Severity
from samsyn.chain.facts import ALL_FACTS, FACT_INDICATOR, FACTS_OF_COLUMN, facts_of_columns, known_facts
from samsyn.chain.plan import Action, Cause, Goal, Plan, Problem, Silence
from tests.chain.whole_plan import FOLLOW_UP

TODAY = date(2027, 3, 1)
SIX_COLUMNS = ("cause", "action", "goal", "when", "responsible", "status")


def action(number: int, **about: object) -> Action:
    whole = {"causes": ("c1",), "goals": ("g1",), "responsible": f"Person {number}", "responsible_phone": "070-1", "due_typed": "löpande",
             "approach": Approach.SOCIAL, "horizon": Horizon.SHORT}
    return Action(id=f"a{number}", number=f"1.{number}", text=f"Åtgärd nummer {number}", **(whole | about))  # type: ignore[arg-type]


def plan_of(*actions: Action, **about: object) -> Plan:
    whole = {"problems": (Problem(id="p1", title="Stölder"),), "causes": (Cause(id="c1", problem="p1", number=1, text="Mörkt"),),
             "goals": (Goal(id="g1", problem="p1", text="Färre", indicator="anmälda", baseline="4", target="2"),),
             "adopted_on": date(2027, 1, 20), "follow_up": FOLLOW_UP}
    return Plan(id="plan", actions=actions, **(whole | about))  # type: ignore[arg-type]


def rules_in(result: CheckResult) -> list[str]:
    """Return the id of every rule, from the four places where it can be."""
    return [*{remark.rule: None for remark in result.remarks}, *(rule.id for rule in result.fine),
            *(one.rule.id for one in result.silenced), *(one.rule.id for one in result.unseen)]


def test_every_rule_is_in_exactly_one_place() -> None:
    plan = plan_of(action(1, responsible=""), from_file=True, knows=facts_of_columns(SIX_COLUMNS),
                   silences=(Silence(rule="action-without-goal", reason="Vi väntar på styrgruppen", by="Anna"),))
    result = check(plan, TODAY)
    assert sorted(rules_in(result)) == sorted(rules())
    assert result.remarks
    assert result.fine
    assert result.silenced
    assert result.unseen


def test_a_silenced_rule_says_why_and_gives_no_remark() -> None:
    plan = plan_of(action(1, responsible=""))
    assert check(plan, TODAY).must_be_mended
    silence = Silence(rule="action-without-responsible", reason="Utses i april", by="Anna")
    result = check(replace(plan, silences=(silence,)), TODAY)
    assert not result.must_be_mended
    assert [(one.rule.id, one.reason, one.by) for one in result.silenced] == [("action-without-responsible", "Utses i april", "Anna")]


def test_a_silence_of_a_rule_that_no_longer_exists_is_left_alone() -> None:
    assert check(plan_of(action(1), silences=(Silence(rule="gone", reason="x"),)), TODAY).silenced == ()


def test_what_a_file_has_no_column_for_is_counted_apart_and_is_no_fault() -> None:
    bare = plan_of(action(1, due_typed="", approach=None), goals=(Goal(id="g1", problem="p1", text="Färre"),))
    assert check(bare, TODAY).must_be_mended
    result = check(replace(bare, from_file=True, knows=facts_of_columns(("cause", "action", "goal"))), TODAY)
    assert not result.must_be_mended
    assert result.remarks == ()
    missing = {one.rule.id: one.missing for one in result.unseen}
    assert missing["action-without-date"] == ("när åtgärden ska vara klar",)
    assert missing["goal-without-indicator"] == ("målets indikator",)
    assert "action-without-goal" not in missing


def test_the_six_columns_of_the_form_answer_these_rules() -> None:
    result = check(plan_of(action(1), from_file=True, knows=facts_of_columns(SIX_COLUMNS)), TODAY)
    assert [rule.id for rule in result.fine] == [
        "cause-without-action", "action-without-cause", "action-without-goal", "action-without-responsible", "action-without-date",
        "responsible-without-contact", "overdue-without-reason", "set-without-figure", "due-the-same-week", "due-on-a-holiday",
        "one-person-carries-all"]


def test_a_plan_that_was_written_here_knows_every_fact() -> None:
    assert known_facts(plan_of()) == ALL_FACTS
    assert known_facts(plan_of(from_file=True)) == frozenset()
    assert known_facts(plan_of(knows=frozenset({FACT_INDICATOR}))) == {FACT_INDICATOR}


def test_every_fact_of_a_column_is_a_fact() -> None:
    assert frozenset().union(*FACTS_OF_COLUMN.values()) < ALL_FACTS
    assert facts_of_columns(("goal", "another")) == FACTS_OF_COLUMN["goal"]


def test_the_heaviest_remarks_come_first_and_are_counted() -> None:
    result = check(plan_of(action(1, approach=None, responsible_phone=""), action(2, responsible="")), TODAY)
    assert [remark.severity for remark in result.remarks] == [Severity.MUST, Severity.SHOULD, Severity.CONSIDER]
    assert result.count_by_severity() == {Severity.MUST: 1, Severity.SHOULD: 1, Severity.CONSIDER: 1}
    assert [rule.id for rule in result.remarks_by_rule()] == [
        "action-without-responsible", "responsible-without-contact", "neither-situational-nor-social"]
    assert [remark.rule for remark in result.remarks_on("a2")] == ["action-without-responsible"]


def test_one_mend_answers_every_action_of_the_same_responsible() -> None:
    plan = plan_of(*(action(n, responsible_phone="", responsible=name) for n, name in enumerate(("Bo Ek", "bo  ek", "Dana", "Bo Ek"), 1)))
    first, second = [mend for mend in all_mends(check(plan, TODAY)) if mend.rule == "responsible-without-contact"]
    assert first.sentence == "Bo Ek har ingen e-post eller telefon. Det gäller tre åtgärder."
    assert first.frees == ("a1", "a2", "a4")
    assert second.sentence == "1.3 Åtgärd nummer 3 har Dana som ansvarig, men ingen e-post eller telefon."


def test_two_of_the_same_name_at_two_organisations_are_two() -> None:
    plan = plan_of(*(action(n, responsible_phone="", responsible="Bo Ek", responsible_organisation=where) for n, where in enumerate(("Skolan", "Polisen"))))
    assert len(all_mends(check(plan, TODAY))) == 2


def test_one_goal_frees_every_action_on_the_same_cause() -> None:
    plan = plan_of(action(1, goals=()), action(2, goals=()), action(3))
    mend, = all_mends(check(plan, TODAY))
    assert mend.sentence == "Orsak 1 ”Mörkt” har åtgärder utan mål. Det gäller två åtgärder."
    assert [remark.id for remark in mend.remarks] == ["a1", "a2"]


def test_actions_without_cause_are_mended_one_by_one() -> None:
    plan = plan_of(action(1, goals=(), causes=()), action(2, goals=(), causes=()), action(3))
    assert [len(mend.remarks) for mend in all_mends(check(plan, TODAY))] == [1, 1, 1, 1]


def test_three_first_are_the_heaviest_and_then_those_that_free_most() -> None:
    causes = tuple(Cause(id=f"c{n}", problem="p1", number=n, text="Mörkt") for n in (1, 2))
    plan = plan_of(
        action(1, goals=()), action(2, goals=(), causes=("c2",)), action(3, goals=(), causes=("c2",)), action(4, due_typed=""),
        *(action(n, responsible="Bo Ek", responsible_phone="") for n in range(5, 9)), causes=causes)
    mends = three_first(check(plan, TODAY))
    assert [(mend.rule, len(mend.frees)) for mend in mends] == [
        ("action-without-goal", 3), ("action-without-date", 1), ("responsible-without-contact", 4)]
    assert len(all_mends(check(plan, TODAY))) == 4


def test_a_rule_that_many_rows_break_says_how_many_and_lists_each() -> None:
    plan = plan_of(*(action(n, due_typed="") for n in range(1, 8)))
    first, = three_first(check(plan, TODAY))
    assert first.sentence == "Åtgärd utan datum: gäller sju åtgärder." and first.concerns == "gäller sju åtgärder"
    assert [mend.remarks[0].id for mend in first.mends] == [f"a{n}" for n in range(1, 8)]


def test_a_rule_that_one_row_breaks_says_which_row() -> None:
    first, = three_first(check(plan_of(action(1, due_typed="")), TODAY))
    assert first.sentence == first.mends[0].sentence == "1.1 Åtgärd nummer 1 har inget datum."


def test_a_goal_that_is_mended_frees_its_actions_too() -> None:
    plan = plan_of(action(1), action(2), goals=(Goal(id="g1", problem="p1", text="Färre", indicator="x", target="2"),))
    mend, = three_first(check(plan, TODAY))
    assert mend.frees == ("g1", "a1", "a2")


def test_a_plan_with_nothing_to_mend_has_no_first_three() -> None:
    assert three_first(check(plan_of(action(1)), TODAY)) == ()


def test_an_empty_plan_is_checked_without_a_remark() -> None:
    assert check(Plan(id="empty"), TODAY).remarks == ()


def test_a_remark_says_where_the_row_stood_and_what_to_fill() -> None:
    remark, = check(plan_of(action(1, responsible="", place="Blad Plan, rad 7")), TODAY).remarks
    assert (remark.kind, remark.id, remark.field, remark.place) == ("action", "a1", "responsible", "Blad Plan, rad 7")
    assert remark.mend == "Skriv vem som är ansvarig"


class Counting(tuple[Action, ...]):
    """Actions that count how many times one of them is handed out."""

    handed_out = 0

    def __iter__(self):  # type: ignore[no-untyped-def]
        for one in super().__iter__():
            Counting.handed_out += 1
            yield one


def handed_out(count: int) -> int:
    """Return how many times an action is looked at in a plan of so many, all on one cause and one goal."""
    plan = plan_of()
    Counting.handed_out = 0
    check(replace(plan, actions=Counting(action(n, goals=("g1",)) for n in range(count))), TODAY)
    return Counting.handed_out


def test_ten_times_the_actions_is_at_most_ten_times_the_looks() -> None:
    assert handed_out(50) > 50
    assert handed_out(500) <= 10 * handed_out(50)


HEADLINES = [
    ((), "Plankollen hittar inget att rätta."),
    (("responsible",), "En sak i planen måste rättas."),
    (("approach",), "Inget i planen måste rättas. En sak är värd att se över."),
    (("responsible", "due_typed", "responsible_phone", "approach"), "Två saker i planen måste rättas. En sak till är värd att se över."),
]


@pytest.mark.parametrize(("lacks", "words"), HEADLINES)
def test_the_headline_says_what_must_be_mended_before_what_should_be(lacks: tuple[str, ...], words: str) -> None:
    gone = {name: None if name == "approach" else "" for name in lacks}
    assert headline(check(plan_of(action(1, **gone)), TODAY)) == words
