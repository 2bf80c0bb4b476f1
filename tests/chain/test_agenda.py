"""The agenda makes itself from plain values: each group gets what it can do something about, and no more than there is time for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from samsyn.chain.agenda import make_agenda, minutes_words
from samsyn.chain.agenda_values import Agenda, AgendaGround, HandedOut, Parked, PlanNow, ProposedPoint
from samsyn.chain.answers import Answer
from samsyn.chain.choices import Implementation, Result
from samsyn.chain.meeting_values import GroupKind, PointKind
from samsyn.chain.plan import Action, CheckIn, DecisionAsked, Face, FollowUpPlan, InformedOn, Plan

ON = date(2026, 11, 30)
LAST = date(2026, 10, 26)
NEXT = date(2027, 1, 11)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def action(number: str, **given: object) -> Action:
    return Action(id=f"a{number}", number=number, text=f"Åtgärd {number}", **given)  # type: ignore[arg-type]


def ground(*actions: Action, kind: GroupKind = GroupKind.WORKING, minutes: int = 120, silent: dict[str, int] | None = None,
           listed: tuple[str, ...] = (), plan: dict[str, object] | None = None, **given: object) -> AgendaGround:
    values = Plan(id="p", name="Trygg kväll", actions=actions, **(plan or {}))  # type: ignore[arg-type]
    now = PlanNow(values=values, silent=silent or {}, listed=frozenset(listed))
    return AgendaGround(group="g", kind=kind, on=ON, meets_on=ON, minutes=minutes, plans=(now,), last_id="m", last_on=LAST, next_on=NEXT, **given)  # type: ignore[arg-type]


def of_kind(agenda: Agenda, kind: PointKind) -> list[ProposedPoint]:
    return [point for point in agenda.points if point.kind is kind]


def test_nothing_to_talk_about_gives_an_empty_agenda() -> None:
    assert make_agenda(ground()).points == ()
    assert make_agenda(replace(ground(), plans=(), last_on=None, last_id="", next_on=None)).points == ()


def test_a_late_action_is_a_question_about_why_and_when() -> None:
    late = action("1.1", due_on=ON - timedelta(days=12), responsible="Bo", responsible_organisation="Granvikshus")
    point, = make_agenda(ground(late)).points
    assert point.title == "1.1 Åtgärd 1.1 skulle vara klar 2026-11-18. Varför, och när blir den klar?"
    assert point.why == "Ansvarig: Bo, Granvikshus.\nPlan: Trygg kväll."
    assert (point.subject_kind, point.subject_id, point.minutes) == ("action", "a1.1", 5)


def test_an_action_due_on_the_day_of_the_meeting_is_not_late_but_is_asked_about() -> None:
    point, = make_agenda(ground(action("1.1", due_on=ON, responsible="Bo"))).points
    assert (point.kind, point.title) == (PointKind.DUE_BEFORE_NEXT, "1.1 Åtgärd 1.1 ska vara klar 2026-11-30. Hinner Bo?")


def test_what_is_due_between_the_making_and_the_meeting_is_asked_about_as_it_is_read_at_the_meeting() -> None:
    made = replace(ground(action("1.1", due_on=ON, responsible="Bo")), meets_on=ON + timedelta(days=4))
    assert make_agenda(made).points[0].title == "1.1 Åtgärd 1.1 skulle vara klar 2026-11-30, före mötet. Hur gick det?"


def test_no_sentence_of_an_agenda_counts_days_that_go_on_after_it_is_made() -> None:
    rows = [action(f"1.{n}", due_on=LAST + timedelta(days=n % 3)) for n in range(1, 9)] + [action(f"2.{n}") for n in range(1, 9)]
    agenda = make_agenda(ground(*rows, silent={f"a2.{n}": 40 for n in range(1, 9)}, minutes=40, listed=("a1.1",)))
    said = " ".join(f"{point.title} {point.why}" for point in agenda.points)
    assert "2026-10-21" in said and "2026-10-27" in said, "the days themselves are said"
    assert "dagar" not in said


def test_what_has_ended_is_not_talked_about() -> None:
    ended = action("1.1", due_on=LAST, implementation=Face(value=Implementation.DONE_AS_INTENDED))
    assert make_agenda(ground(ended, silent={"a1.1": 40})).points == ()


def test_a_steering_group_hears_of_late_actions_only_where_nobody_has_said_why() -> None:
    rows = (action("1.1", due_on=LAST, late_reason="Stolparna är slut hos leverantören"), action("1.2", due_on=LAST), action("1.3", due_on=ON))
    agenda = make_agenda(ground(*rows, kind=GroupKind.STEERING, silent={"a1.3": 50}))
    assert [point.subject_id for point in agenda.points] == ["a1.2"]
    assert len(of_kind(make_agenda(ground(*rows)), PointKind.LATE)) == 2, "a working group talks about both"


def test_an_action_is_taken_up_once_for_its_gravest_reason() -> None:
    agenda = make_agenda(ground(action("1.1", due_on=LAST, responsible="Bo"), silent={"a1.1": 40}, listed=("a1.1",)))
    point, = agenda.points
    assert point.kind is PointKind.STEERING_LIST
    assert point.title == "1.1 Åtgärd 1.1 skulle vara klar 2026-10-26 men har inte kommit vidare trots påminnelser. Vad behöver Bo för att komma vidare?"


@pytest.mark.parametrize(("kind", "title"), [
    (GroupKind.STEERING, "Beslutar ni detta: Pengar till belysning?"), (GroupKind.PREPARATORY, "Är underlaget klart till beslutet: Pengar till belysning?")])
def test_a_decision_is_a_question_to_those_who_take_it_and_to_those_who_prepare_it(kind: GroupKind, title: str) -> None:
    asked = DecisionAsked(id="d", text="Pengar till belysning.", otherwise="vägen är mörk en vinter till", action="a1.1")
    point, = make_agenda(ground(action("1.1"), kind=kind, plan={"decisions_asked": (asked,)})).points
    assert (point.title, point.why) == (title, "Annars: Vägen är mörk en vinter till.\nGäller 1.1 Åtgärd 1.1.\nPlan: Trygg kväll.")


def test_a_working_group_is_not_asked_to_decide() -> None:
    assert make_agenda(ground(plan={"decisions_asked": (DecisionAsked(id="d", text="Pengar?"),)})).points == ()


def test_since_last_tells_how_every_assignment_went() -> None:
    gone = (HandedOut(id="1", text="belysning Parkvägen", owner="Bo", done_on=LAST), HandedOut(id="2", text="ring skolan", owner="Dana", due_on=LAST),
            HandedOut(id="3", text="boka lokal", owner="Eva", answer=Answer.UNDER_WAY, words="Två salar kvar"), HandedOut(id="4", text="a", owner="Bo"))
    point, = make_agenda(ground(assignments=gone)).points
    assert point.title == "Hur gick det med de fyra uppdragen från 2026-10-26? 1 klart, 1 på väg, 1 sent och 1 utan svar."
    assert point.why.splitlines() == [
        "Bo: belysning Parkvägen. Klart 2026-10-26.", "Dana: ring skolan, senast 2026-10-26. Sent.",
        "Eva: boka lokal. På väg. Två salar kvar.", "Bo: a. Inget svar än."]
    assert point.minutes == 8


def test_an_assignment_on_the_list_is_for_those_who_steer() -> None:
    one = HandedOut(id="9", text="ring skolan", owner="Dana", due_on=LAST)
    point, = make_agenda(ground(kind=GroupKind.STEERING, stuck=(one,))).points
    assert (point.title, point.why) == ("Uppdraget ”ring skolan” har stått stilla trots påminnelser. Vad behöver Dana?",
                                        "Dana: ring skolan, senast 2026-10-26. Sent.")
    assert make_agenda(ground(stuck=(one,))).points == ()


def test_a_parked_point_comes_back_and_takes_its_action_with_it() -> None:
    left = Parked(title="Hur blir det med nattvandringen?", subject_kind="action", subject_id="a1.1")
    point, = make_agenda(ground(action("1.1", due_on=LAST), parked=(left,))).points
    assert (point.kind, point.why) == (PointKind.NEXT_TIME, "Sköts upp från mötet 2026-10-26.")


def test_what_does_not_fit_is_folded_into_one_point_and_still_holds() -> None:
    rows = [action(f"1.{n}", due_on=ON - timedelta(days=n)) for n in range(1, 13)]
    agenda = make_agenda(ground(*rows, minutes=30))
    alone, fold = agenda.points[:-1], agenda.points[-1]
    assert [point.subject_id for point in alone] == ["a1.12", "a1.11", "a1.10", "a1.9", "a1.8"], "the latest are talked about one by one"
    assert fold.title == "Sju åtgärder till är sena. Vilka behöver ni tala om?"
    assert len(fold.why.splitlines()) == 7
    assert sum(point.minutes for point in agenda.points) == 30
    assert {("action", row.id) for row in rows} <= agenda.holds


def test_the_lightest_reasons_are_folded_first_and_two_become_one_never_one_alone() -> None:
    rows = [action("1.1", due_on=LAST), action("1.2", due_on=LAST), action("2.1", due_on=NEXT), action("2.2", due_on=NEXT)]
    agenda = make_agenda(ground(*rows, minutes=15))
    assert [point.title for point in agenda.points][2:] == ["Två åtgärder ska vara klara före nästa möte. Är någon i fara?"]
    lone = make_agenda(ground(action("1.1", due_on=LAST), action("2.1", due_on=NEXT), minutes=5))
    assert [point.subject_id for point in lone.points] == ["a1.1", "a2.1"]


def test_ten_thousand_late_actions_become_a_short_agenda() -> None:
    agenda = make_agenda(ground(*(action(f"{n}", due_on=LAST) for n in range(10_000)), minutes=60))
    assert len(agenda.points) == 12
    assert agenda.points[-1].why.splitlines()[-1] == "och 9977 till."


def test_changes_since_last_are_gathered_for_a_plan_and_what_went_wrong_stands_alone() -> None:
    after, before = moment(LAST + timedelta(days=1)), moment(LAST - timedelta(days=1))
    rows = (action("1.1", implementation=Face(value=Implementation.DONE_AS_INTENDED, at=after)),
            action("1.2", result=Face(value=Result.WORSE, at=after)), action("1.3", result=Face(value=Result.WORSE, at=before)),
            action("1.4", implementation=Face(value=Implementation.NOT_DONE, at=after)),
            action("1.5", check_ins=(CheckIn(id="c", at=after, text="Åtta kvällar av tio"),)),
            action("1.6", implementation=Face(value=Implementation.UNDER_WAY, at=after, by="plan.xlsx", by_file=True)))
    agenda = make_agenda(ground(*rows))
    assert [point.title for point in of_kind(agenda, PointKind.CHANGED)] == [
        "1.2 Åtgärd 1.2: problemet har blivit sämre. Ska ni ändra åtgärden?", "1.4 Åtgärd 1.4 blev inte av. Vad gör ni i stället?",
        "Fyra åtgärder i Trygg kväll har ändrats sedan 2026-10-26. Vad lär vi av det?"]
    assert "1.5 Åtgärd 1.5: Åtta kvällar av tio." in agenda.points[-1].why


def test_the_first_meeting_has_nothing_since_last() -> None:
    row = action("1.2", result=Face(value=Result.WORSE, at=moment(ON)))
    assert make_agenda(replace(ground(row), last_on=None, last_id="")).points == ()


def test_the_steering_groups_own_days_stand_on_its_agenda() -> None:
    days = (InformedOn(on=date(2026, 12, 4), what="halvåret"), InformedOn(on=date(2027, 3, 1)), InformedOn(on=LAST))
    plan = {"follow_up": FollowUpPlan(id="f", informed_on=days)}
    agenda = make_agenda(ground(action("1.1", due_on=NEXT), kind=GroupKind.STEERING, plan=plan, dates=((date(2026, 12, 8), "Arbetsgruppen träffas."),)))
    point, = agenda.points
    assert point.title == "Är ni redo för två datum före 2027-01-11? Först 2026-12-04: Styrgruppen ska informeras om halvåret (Trygg kväll)."
    assert point.why.splitlines() == ["2026-12-04: Styrgruppen ska informeras om halvåret (Trygg kväll).", "2026-12-08: Arbetsgruppen träffas.",
                                      "En åtgärd ska vara klar till dess."]


def test_what_the_plan_check_says_is_one_point_a_plan() -> None:
    agenda = make_agenda(replace(ground(), plans=(PlanNow(values=Plan(id="p", name="Trygg kväll"), silent={}, failing=("Mål saknas.", "Ingen är ansvarig.")),)))
    point, = agenda.points
    assert point.title == "Plankollen ser två saker som måste rättas i Trygg kväll. Vem gör det?"
    assert point.why == "Mål saknas.\nIngen är ansvarig."


def test_a_title_is_never_longer_than_its_column() -> None:
    long = replace(action("1.1", due_on=LAST, responsible="B" * 290), text="x" * 4000)
    asked = DecisionAsked(id="d", text="y " * 2500, otherwise="z" * 5000)
    agenda = make_agenda(ground(long, listed=("a1.1",), kind=GroupKind.STEERING, plan={"decisions_asked": (asked,)}))
    assert len(agenda.points) == 2
    assert all(0 < len(point.title) <= 300 for point in agenda.points)


@pytest.mark.parametrize(("points", "length", "words"), [
    ((), 60, "Dagordningen är tom."), ((30, 20), 60, "Punkterna tar 50 av 60 minuter. Det ryms."),
    ((30, None), 60, "Punkterna tar 30 av 60 minuter. En punkt har ingen tid."),
    ((40, 35), 60, "Punkterna tar 75 minuter och mötet är 60. Korta någon, ta bort en eller förläng mötet."), ((5,), 60, "Punkterna tar 5 av 60 minuter.")])
def test_the_minutes_are_told_kindly(points: tuple[int | None, ...], length: int, words: str) -> None:
    assert minutes_words(points, length) == words
