"""
What a report says, as frozen values. No layout, no Plan: a saved report stays as it was when the plan moves on.

    Report
      headline, lead                    sentences, the finding first
      standing: Standing                how many in each state, in all and by cause
      changes: Changes                  since the last saved report, or a day that was given
      decisions: Decisions              what the coordinator asks for
      late: (LateAction, ...)           the latest first
      sections: (Section, ...)          one for each problem: goals, causes, actions, what was used
      used: (Used, ...)                 hours and money of the whole plan
      timeline: Timeline                what the chart of days shows
      unknowns, reading                 what is not known; how to read the report
      adopted: Adopted                  the decision, in the paper of an adopted version

Texts are the user's own, whole; whoever lays out the page cuts them. Days are dates, sums are Decimal: they are
written out by samsyn.chain.wording. A `code` is the value of a Choice (Implementation, Result, ...), a `label`
its Swedish word. `known` is False where nothing can be said; then `words` says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samsyn.chain.choices import Implementation

VERSION = 1

SEVERAL: dict[str, str] = {
    Implementation.NOT_STARTED: "Inte påbörjade", Implementation.DONE: "Gjorda, inte sagt hur", Implementation.DONE_AS_INTENDED: "Gjorda som tänkt",
    Implementation.DONE_IN_PART: "Gjorda till en del"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many actions are in one state. States that no action is in are counted too: 0."""

    code: str
    label: str
    count: int

    @property
    def words(self) -> str:
        """The state as it is said of so many: "Inte påbörjad" of one, "Inte påbörjade" of four."""
        return self.label if self.count == 1 else SEVERAL.get(self.code, self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseStanding:
    """The actions of one cause by implementation. `number` None and `text` "Utan orsak": those that act on none."""

    number: int | None
    text: str
    total: int
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the plan stands. An action on several causes is counted under each; `shared` is how many do so."""

    total: int
    implementation: tuple[Count, ...]
    result: tuple[Count, ...]
    by_cause: tuple[CauseStanding, ...]
    shared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    One thing that has changed.

    kind     result, implementation, added, gone, late, check_ins or steps
    action   the action's id; "" for a sum over several
    label    the action's number and text; "" for a sum
    words    a sentence: "Från pågår till gjord som tänkt."
    """

    kind: str
    action: str
    label: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """
    What has changed since last time.

    since          the day it is compared with, or None
    saved_report   True if `since` is the day of a saved report, False if it was given
    words          one sentence: with what it is compared, or why that is not known
    """

    known: bool
    since: date | None
    saved_report: bool
    words: str
    items: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A decision the steering group is asked for. `action` is the label of the action it is about, or ""."""

    number: int
    text: str
    otherwise: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What the steering group is asked to decide, and a sentence that says how much it is."""

    known: bool
    words: str
    items: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAction:
    """An action whose day has passed. `reason` is what was written, or that none was (`has_reason` False)."""

    action: str
    label: str
    due_on: date
    days: int
    reason: str
    has_reason: bool
    responsible: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """
    One side of a face.

    said       False if nobody has said anything: then the code is what Samsyn shows for want of it
    by, on     who said it and when; "" and None if not known
    why        the word of why, or ""
    rests_on   label of what it rests on, or ""
    by_file    True if a file said it
    """

    code: str
    label: str
    said: bool
    by: str = ""
    on: date | None = None
    why: str = ""
    rests_on: str = ""
    by_file: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedAction:
    """
    An action as the report shows it.

    colour           label of the colour a file carried, or ""
    days_late        0 if it is not late
    done_on          the day somebody said it had ended, or None
    spent_*          sums of the check-ins that stand, or None if none of them gives it
    last_check_in    text of the latest check-in, or ""
    goals            numbers of the report's goals that it serves
    """

    id: str
    number: str
    text: str
    responsible: str
    implementation: Side
    result: Side
    colour: str
    start_on: date | None
    due_on: date | None
    due_typed: str
    done_on: date | None
    days_late: int
    late_reason: str
    planned_hours: Decimal | None
    planned_cost: Decimal | None
    spent_hours: Decimal | None
    spent_cost: Decimal | None
    check_ins: int
    last_check_in_on: date | None
    last_check_in: str
    goals: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """Return number and text: "1.2 Nattvandring"."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedCause:
    """
    A cause with its actions. `kind` = "Direkt orsak, platsen eller situationen" or less.

    actions   shown here in full
    also      labels of actions on this cause that stand under an earlier one
    gap       a sentence if no action acts on it, else ""
    """

    number: int | None
    text: str
    kind: str
    actions: tuple[ReportedAction, ...]
    also: tuple[str, ...]
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedGoal:
    """A goal, numbered through the report. `kind` = "Effektmål, operativt mål" or less. Empty texts are not known."""

    number: int
    text: str
    kind: str
    indicator: str
    baseline: str
    baseline_on: date | None
    target: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """
    Hours or money: planned, and used according to the check-ins.

    unit                       "timmar" or "kr"
    planned, spent             sums, or None if no action gives any
    planned_from, spent_from   how many of the `of` actions give it
    spent_known                False if it cannot be seen (from a file)
    """

    label: str
    unit: str
    planned: Decimal | None
    planned_from: int
    spent: Decimal | None
    spent_from: int
    of: int
    spent_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """
    A problem with its chain. Rows that hang on no problem get a section of their own, last.

    kind    problem, no_problem or no_cause
    facts   (label, text) of what is written about the problem
    """

    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    goals: tuple[ReportedGoal, ...]
    causes: tuple[ReportedCause, ...]
    used: tuple[Used, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """
    An action in the chart of days. `code` is its implementation. At least one of the days is known.

    effect_from   the first day an effect can be expected; the report leaves it out
    """

    action: str
    label: str
    code: str
    state: str
    start_on: date | None
    due_on: date | None
    done_on: date | None
    days_late: int
    effect_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What the chart of days shows: at most 30 rows, by due day. `notes` says what is left out and why."""

    today: date
    rows: tuple[TimelineRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A paragraph of how to read the report."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """
    The decision by which the plan was adopted as it stands in the report.

    body         who decided: "Styrgruppen"
    decision     paragraph, registry number or the decision's words; "" if none was written
    written_by   who wrote it into Samsyn, on `written_on`
    corrected    a sentence of who corrected the wording since, when and why; "" if nobody has
    """

    on: date
    body: str
    decision: str
    written_by: str
    written_on: date
    corrected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    A whole report.

    adopted  the decision, in the paper of an adopted version; otherwise None
    source   what it was read from: a file's name, or "" for the plan kept in Samsyn
    unseen   names of samsyn.chain.facts that the file could not carry: an empty value is then unknown, not missing
    """

    version: int
    plan: str
    plan_name: str
    period: str
    on: date
    source: str
    from_file: bool
    unseen: tuple[str, ...]
    headline: tuple[str, ...]
    lead: tuple[str, ...]
    standing: Standing
    changes: Changes
    decisions: Decisions
    late: tuple[LateAction, ...]
    sections: tuple[Section, ...]
    used: tuple[Used, ...]
    timeline: Timeline
    unknowns: tuple[str, ...]
    reading: tuple[Reading, ...]
    adopted: Adopted | None = None

    @property
    def actions(self) -> Iterator[ReportedAction]:
        """Yield every action of the report once, in its order."""
        for section in self.sections:
            for cause in section.causes:
                yield from cause.actions
