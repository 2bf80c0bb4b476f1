"""
What a report to the steering group says, built of a plan as values.

The report tells how far the actions have come, what has happened to the problems as somebody has set it, and what
is not known. It never says that an action had an effect. Its shape stands in samsyn.chain.report_values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from samsyn.chain.choices import Choice, Implementation, Result
from samsyn.chain.facts import ALL_FACTS, FACT_LATE_REASON
from samsyn.chain.plan import Plan
from samsyn.chain.report_chain import NO_CAUSE_TEXT, sections_of, used_of
from samsyn.chain.report_changes import NOT_IN_A_FILE, changes_since
from samsyn.chain.report_gaps import unknowns_of
from samsyn.chain.report_values import (
    VERSION, Adopted, Asked, CauseStanding, Count, Decisions, LateAction, Report, ReportedAction, Standing, Timeline, TimelineRow,
)
from samsyn.chain.report_words import headline, how_to_read, lead
from samsyn.chain.rows import Rows, label_of
from samsyn.chain.wording import counted, number_words

NO_REASON = "Inget skäl är skrivet."
REASON_NOT_IN_FILE = "Skälet går inte att se i filen."
NO_DECISION = "Vi ber inte om något beslut den här gången."
TIMELINE_ROWS = 30


def build_report(plan: Plan, today: date, *, since: date | None = None, previous: Report | None = None, source: str = "",
                 adopted: Adopted | None = None) -> Report:
    """
    Return the report of a plan.

    today      the day the report is made; what is late is late on that day
    since      compare from this day instead of with `previous`
    previous   the last saved report of the same plan, or None
    source     the name of the file it was read from, or ""
    adopted    the decision, if this is the paper of an adopted version
    raises     AnotherPlan if `previous` is of another plan
    """
    rows, sections = Rows(plan, today), sections_of(plan, today)
    actions = tuple(action for section in sections for cause in section.causes for action in cause.actions)
    standing, decisions, late = standing_of(rows, actions), decisions_of(plan), late_of(plan, actions)
    return Report(
        version=VERSION, plan=plan.id, plan_name=plan.name, period=plan.period, on=today, source=source, from_file=plan.from_file,
        unseen=tuple(sorted(ALL_FACTS - plan.knows)) if plan.from_file else (),
        headline=headline(plan, standing, len(late)), lead=lead(rows, standing, decisions),
        standing=standing, changes=changes_since(plan, actions, since=since, previous=previous), decisions=decisions, late=late,
        sections=sections, used=used_of(list(plan.actions), known=not plan.from_file),
        timeline=timeline_of(actions, today), unknowns=unknowns_of(rows, actions), reading=how_to_read(plan), adopted=adopted,
    )


def standing_of(rows: Rows, actions: tuple[ReportedAction, ...]) -> Standing:
    """Return how many actions are in each state, in all and under each cause."""
    by_id = {action.id: action for action in actions}
    by_cause = [_cause_standing(cause.number, cause.text, [by_id[action.id] for action in rows.actions_on.get(cause.id, ())]) for cause in rows.plan.causes]
    if rows.without_cause:
        by_cause.append(_cause_standing(None, NO_CAUSE_TEXT, [by_id[action.id] for action in rows.without_cause]))
    return Standing(
        total=len(actions), implementation=_counts(Implementation, (a.implementation.code for a in actions)),
        result=_counts(Result, (a.result.code for a in actions)), by_cause=tuple(by_cause),
        shared=sum(len(rows.causes_of(action)) > 1 for action in rows.plan.actions))


def _cause_standing(number: int | None, text: str, actions: list[ReportedAction]) -> CauseStanding:
    return CauseStanding(number=number, text=text, total=len(actions),
                         counts=_counts(Implementation, (a.implementation.code for a in actions)))


def _counts(choices: type[Choice], codes: Iterable[str]) -> tuple[Count, ...]:
    found = Counter(codes)
    return tuple(Count(code=str(choice), label=choice.label, count=found[str(choice)]) for choice in choices)


def decisions_of(plan: Plan) -> Decisions:
    """Return what the coordinator asks the steering group to decide."""
    if plan.from_file:
        return Decisions(known=False, words=NOT_IN_A_FILE)
    labels = {action.id: label_of(action) for action in plan.actions}
    items = tuple(Asked(number=number, text=asked.text, otherwise=asked.otherwise, action=labels.get(asked.action or "", ""))
                  for number, asked in enumerate(plan.decisions_asked, start=1))
    words = f"Vi ber styrgruppen om {counted(len(items), 'beslut', 'beslut', neuter=True)}." if items else NO_DECISION
    return Decisions(known=True, words=words, items=items)


def late_of(plan: Plan, actions: tuple[ReportedAction, ...]) -> tuple[LateAction, ...]:
    """Return the late actions with why, the latest first."""
    unwritten = REASON_NOT_IN_FILE if plan.from_file and FACT_LATE_REASON not in plan.knows else NO_REASON
    late = [LateAction(action=a.id, label=a.label, due_on=a.due_on, days=a.days_late, reason=a.late_reason or unwritten,
                       has_reason=bool(a.late_reason), responsible=a.responsible)
            for a in actions if a.days_late and a.due_on]
    return tuple(sorted(late, key=lambda one: -one.days))


def timeline_of(actions: tuple[ReportedAction, ...], today: date) -> Timeline:
    """Return what the chart of days shows: every dated action up to 30, above that the late ones and those due nearest today."""
    dated = [action for action in actions if action.start_on or action.due_on or action.done_on]
    shown = dated if len(dated) <= TIMELINE_ROWS else sorted(dated, key=lambda a: _distance(a, today))[:TIMELINE_ROWS]
    rows = tuple(_timeline_row(action) for action in sorted(shown, key=_when))
    notes = []
    if len(shown) < len(dated):
        notes.append(f"Bilden visar {len(shown)} av {number_words(len(dated))} åtgärder med datum. Sena går före, sedan de som ska vara "
                     "klara närmast i dag.")
    if undated := len(actions) - len(dated):
        notes.append(f"{counted(undated, 'åtgärd har', 'åtgärder har').capitalize()} inget datum och står inte med här.")
    return Timeline(today=today, rows=rows, notes=tuple(notes))


def _distance(action: ReportedAction, today: date) -> tuple[bool, int]:
    """Return the order in which actions are chosen: late ones first, then by days between due day and today."""
    return (not action.days_late, abs((_when(action) - today).days))


def _when(action: ReportedAction) -> date:
    return action.due_on or action.done_on or action.start_on or date.max


def _timeline_row(action: ReportedAction) -> TimelineRow:
    return TimelineRow(action=action.id, label=action.label, code=action.implementation.code, state=action.implementation.label,
                       start_on=action.start_on, due_on=action.due_on, done_on=action.done_on, days_late=action.days_late)

