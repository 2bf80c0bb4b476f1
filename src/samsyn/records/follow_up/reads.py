"""The whole plan as plain values, and what it gave. The last room, so it sees all the earlier ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samsyn.chain import plan as chain
from samsyn.chain.answers import Answer
from samsyn.chain.choices import FormFace, Implementation, RestsOn, Result
from samsyn.chain.face import basis_shown
from samsyn.chain.facts import ALL_FACTS
from samsyn.chain.field import fields_of
from samsyn.chain.rows import causes_in_order
from samsyn.records.follow_up.earlier import with_earlier
from samsyn.records.follow_up.kept import KEPT, latest_event
from samsyn.records.follow_up.kinds import KINDS
from samsyn.records.follow_up.models import Adoption, DecisionAsked, FaceSetting, Lesson, SavedReport, Side
from samsyn.records.follow_up.small_rows import small_rows
from samsyn.records.plan.models import (
    Action, ActionCause, ActionGoal, ActionStep, CheckIn, Commitment, Goal, PlanProblem, RuleSilence, StaffNote,
)
from samsyn.records.plan.reads import PlanHead
from samsyn.records.situation.models import Cause

Rows = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class EditableRow:
    """A row as a form needs it: described values by name (links as tuples of ids), and its version."""

    id: UUID
    kind: str
    values: dict[str, Any]
    version: int
    source_place: str
    import_run: UUID | None
    responsible_member: UUID | None = None


@dataclass(frozen=True, slots=True)
class PastFace:
    """One setting of a face, for the history."""

    side: str
    value: Implementation | Result
    at: datetime
    by: str
    why: str
    rests_on: str
    by_file: bool


@dataclass(frozen=True, slots=True)
class StaffSaid:
    """What staff said about how; `is_step` when it has become one."""

    id: UUID
    at: datetime
    by: str
    text: str
    is_step: bool


@dataclass(frozen=True, slots=True)
class AdoptionHead:
    """That a plan was adopted. `corrects` names the row whose wording it corrects, `why` the reason."""

    id: UUID
    adopted_on: date
    body: str
    decision: str
    at: datetime
    by: str
    corrects: UUID | None
    why: str


ADOPTION = ("id", "adopted_on", "body", "decision", "at", "by", "corrects_id", "why")


@dataclass(frozen=True, slots=True)
class ReportHead:
    id: UUID
    at: datetime
    by: str


def plan_values(head: PlanHead, *, with_story: bool = True) -> chain.Plan:
    """
    Return a plan with all its rows as plain values.

    with_story   False leaves out what a board does without: steps, decisions asked for, and the texts of check-ins
    Eight queries without the story, ten with it, whatever the number of rows, and two more for a plan that continues another;
    one if nothing has changed since last time.
    """
    key = (head.partnership, head.id, with_story)
    problems, event = _problems(head.partnership, head.id)
    found = KEPT.find(key, event)
    if found is None:
        found = _read(head, problems, with_story=with_story)
        KEPT.keep(key, event, found)
    return replace(found, name=head.name, period=head.period, summary=head.summary, adopted_on=head.adopted_on)


def _read(head: PlanHead, problems: tuple[chain.Problem, ...], *, with_story: bool) -> chain.Plan:
    partnership, plan = head.partnership, head.id
    causes = _causes(partnership, [UUID(p.id) for p in problems])
    goals = _goals(partnership, plan)
    story = _steps(partnership, plan) if with_story else defaultdict(list), _check_ins(partnership, plan, is_light=not with_story)
    actions = with_earlier(partnership, _actions(partnership, plan, {c.id for c in causes}, {g.id for g in goals}, story))
    return chain.Plan(
        id=str(head.id), name=head.name, period=head.period, summary=head.summary, adopted_on=head.adopted_on,
        problems=problems, causes=causes, goals=goals, actions=numbered(actions, causes, problems),
        decisions_asked=_decisions(partnership, plan) if with_story else (), from_file=False, knows=ALL_FACTS, **small_rows(partnership, plan))


def numbered(actions: Iterable[chain.Action], causes: tuple[chain.Cause, ...], problems: tuple[chain.Problem, ...]) -> tuple[chain.Action, ...]:
    """Return the actions in the plan's order, numbered "2.1" after their first cause, "0.1" without one."""
    rank = {cause.id: (place, cause.number or 0) for place, cause in enumerate(causes_in_order(problems, causes))}
    last = (len(rank), 0)
    given: defaultdict[int, int] = defaultdict(int)
    out = []
    for action in sorted(actions, key=lambda a: min((rank[c] for c in a.causes), default=last)[0]):
        number = min((rank[c] for c in action.causes), default=last)[1]
        given[number] += 1
        out.append(replace(action, number=f"{number}.{given[number]}"))
    return tuple(out)


def editable(partnership: UUID, plan: UUID, kind: str, row_id: UUID) -> EditableRow | None:
    """Return one row of a plan as a form needs it. `kind` is one of KINDS."""
    row = _find(partnership, plan, kind, row_id)
    if row is None:
        return None
    values = {name: getattr(row, name) for name in fields_of(KINDS[kind].values)}
    if kind == "action":
        values["causes"] = tuple(sorted(str(c) for c in ActionCause.objects.within(partnership).filter(action=row).values_list("cause_id", flat=True)))
        values["goals"] = tuple(sorted(str(g) for g in ActionGoal.objects.within(partnership).filter(action=row).values_list("goal_id", flat=True)))
    return EditableRow(row.id, kind, values, row.version, getattr(row, "source_place", ""), getattr(row, "import_run_id", None),
                       getattr(row, "responsible_member_id", None))


def staff_notes(partnership: UUID, action: UUID) -> tuple[StaffSaid, ...]:
    """Return what staff have said about how an action is to be done, oldest first."""
    rows = StaffNote.objects.within(partnership).filter(action_id=action).order_by("at", "id")
    return tuple(StaffSaid(r.id, r.at, r.by, r.text, r.step_id is not None) for r in rows)


def party_of_commitment(partnership: UUID, commitment: UUID) -> UUID | None:
    """Return the organisation that owns a commitment."""
    return Commitment.objects.within(partnership).filter(id=commitment).values_list("organisation_id", flat=True).first()


def adoptions(partnership: UUID, plan: UUID) -> tuple[AdoptionHead, ...]:
    """Return the times a plan was adopted, newest first, without what it said; rows that have been corrected too."""
    rows = Adoption.objects.within(partnership).filter(plan_id=plan).order_by("-at")
    return tuple(AdoptionHead(*row) for row in rows.values_list(*ADOPTION))


def adopted_plan(partnership: UUID, plan: UUID, adoption: UUID) -> tuple[dict[str, Any], bytes] | None:
    """Return what an adopted plan said, in JSON, and the same on paper."""
    row = Adoption.objects.within(partnership).filter(plan_id=plan, id=adoption).first()
    return (row.content, bytes(row.pdf)) if row else None


def is_settled(partnership: UUID, plan: UUID, decision: UUID) -> bool:
    """Whether a decision was asked for in the plan and no longer is."""
    return DecisionAsked.objects.within(partnership).filter(id=decision, plan_id=plan, settled_at__isnull=False).exists()


def past_faces(partnership: UUID, action: UUID) -> tuple[PastFace, ...]:
    """Return every setting of an action's face, newest first."""
    rows = FaceSetting.objects.within(partnership).filter(action_id=action).order_by("-at", "-id")
    return tuple(PastFace(r.side, _face_value(r.side, r.value), r.at, r.by, r.why, r.rests_on, r.by_file) for r in rows)


def acted_on(partnership: UUID, run: UUID) -> set[UUID]:
    """Return the actions of a reading that somebody has acted on since: checked in, set a face, added a step or asked for a decision."""
    own = Action.objects.within(partnership).filter(import_run_id=run)
    found = set(CheckIn.objects.within(partnership).filter(action__in=own).values_list("action_id", flat=True))
    found |= set(FaceSetting.objects.within(partnership).filter(action__in=own, by_file=False).values_list("action_id", flat=True))
    found |= set(ActionStep.objects.within(partnership).filter(action__in=own).values_list("action_id", flat=True))
    return found | set(DecisionAsked.objects.within(partnership).filter(action__in=own).values_list("action_id", flat=True))


def is_plan_used(partnership: UUID, plan: UUID) -> bool:
    """Whether somebody has done something with the plan as a whole: saved a report, asked for a decision or silenced a rule."""
    return any(model.objects.within(partnership).filter(plan_id=plan).exists() for model in (SavedReport, DecisionAsked, RuleSilence))


def saved_reports(partnership: UUID, plan: UUID) -> tuple[ReportHead, ...]:
    """Return the saved reports of a plan, newest first."""
    rows = SavedReport.objects.within(partnership).filter(plan_id=plan).order_by("-at")
    return tuple(ReportHead(*row) for row in rows.values_list("id", "at", "by"))


def saved_report(partnership: UUID, plan: UUID, report: UUID) -> dict[str, Any] | None:
    """Return a saved report's content as it was frozen, or None."""
    row = SavedReport.objects.within(partnership).filter(plan_id=plan, id=report).first()
    return row.content if row else None


def latest_report(partnership: UUID, plan: UUID) -> tuple[datetime, dict[str, Any]] | None:
    """Return when the last report was saved, and its content."""
    row = SavedReport.objects.within(partnership).filter(plan_id=plan).order_by("-at").first()
    return (row.at, row.content) if row else None


def _find(partnership: UUID, plan: UUID, kind: str, row_id: UUID) -> Any:
    rows = KINDS[kind].of_plan(partnership, plan).filter(id=row_id, withdrawn_at=None)
    return (rows.filter(settled_at=None) if kind == "decision" else rows).first()


def _problems(partnership: UUID, plan: UUID) -> tuple[tuple[chain.Problem, ...], UUID | None]:
    """Return the problems, and with them the event of the latest change of anything; None if there are no problems."""
    names = list(fields_of(chain.Problem))
    rows = PlanProblem.objects.within(partnership).filter(plan_id=plan, problem__withdrawn_at=None).order_by("position")
    found = list(rows.values_list(latest_event(), "problem_id", *(f"problem__{name}" for name in names)))
    made = tuple(chain.Problem(id=str(row[1]), **dict(zip(names, row[2:], strict=True))) for row in found)
    return made, found[0][0] if found else None


def _causes(partnership: UUID, problems: list[UUID]) -> tuple[chain.Cause, ...]:
    rows = Cause.objects.within(partnership).filter(problem_id__in=problems, withdrawn_at=None).order_by("number", "id")
    return tuple(_values(chain.Cause, rows, ["problem_id"], lambda extra: {"problem": str(extra[0])}))


def _goals(partnership: UUID, plan: UUID) -> tuple[chain.Goal, ...]:
    rows = Goal.objects.within(partnership).filter(plan_id=plan, withdrawn_at=None).order_by("position")
    return tuple(_values(chain.Goal, rows, ["problem_id"], lambda extra: {"problem": str(extra[0]) if extra[0] else None}))


def _actions(partnership: UUID, plan: UUID, causes: set[str], goals: set[str], story: tuple[Rows, Rows]) -> list[chain.Action]:
    cause_links, goal_links, waits_for = _links(partnership, plan, causes, goals)
    faces = _faces(partnership, plan)
    steps, check_ins = story
    rows = Action.objects.within(partnership).filter(plan_id=plan, withdrawn_at=None).order_by("position")

    def extra(values: tuple[Any, ...]) -> dict[str, Any]:
        key = str(values[0])
        return {
            "form_face": FormFace(values[1]) if values[1] else None, "responsible_is_member": values[2] is not None, "place": values[3],
            "responsible_member": str(values[2] or ""),
            "causes": tuple(cause_links[key]), "goals": tuple(goal_links[key]), "steps": tuple(steps[key]), "check_ins": tuple(check_ins[key]),
            "depends_on": tuple(waits_for[key]), "bundle": str(values[4]) if values[4] else None,
            "continues": str(values[5]) if values[5] else None, "position": values[6],
            "implementation": faces.get((key, Side.IMPLEMENTATION.value)), "result": faces.get((key, Side.RESULT.value)),
        }

    made = list(_values(chain.Action, rows, ["id", "form_face", "responsible_member_id", "source_place", "bundle_id", "continues_id", "position"], extra))
    there = {action.id for action in made}
    return [a if there.issuperset(a.depends_on) else replace(a, depends_on=tuple(d for d in a.depends_on if d in there)) for a in made]


def _links(partnership: UUID, plan: UUID, causes: set[str], goals: set[str]) -> tuple[Rows, Rows, Rows]:
    """What a plan's actions act on, serve and wait for, in one query."""
    queries = [_of_actions(partnership, plan, rows).values_list("id", f"{rows}__{other}")
               for rows, other in (("cause_links", "cause_id"), ("goal_links", "goal_id"), ("waits_for", "on_id"))]
    found: tuple[Rows, Rows, Rows] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for action, other in queries[0].union(*queries[1:], all=True):
        key = str(other)
        found[0 if key in causes else 1 if key in goals else 2][str(action)].append(key)
    return found


def _of_actions(partnership: UUID, plan: UUID, rows: str, **wanted: Any) -> Any:
    """
    Return the plan's actions joined to the rows that belong to them, `rows` by its name on Action.

    The way in is the plan: asked for by their own partnership, the database would walk the rows of every plan there is.
    """
    return Action.objects.within(partnership).filter(plan_id=plan, withdrawn_at=None, **{f"{rows}__isnull": False}, **wanted)


def _faces(partnership: UUID, plan: UUID) -> dict[tuple[str, str], chain.Face]:
    names = ("side", "value", "at", "by", "why", "rests_on", "by_file")
    rows = _of_actions(partnership, plan, "face_settings").order_by("face_settings__at", "face_settings__id")
    return {
        (str(action), side): chain.Face(value=_face_value(side, value), at=at, by=by, why=why, rests_on=_basis(side, value, rests_on), by_file=by_file)
        for action, side, value, at, by, why, rests_on, by_file in rows.values_list("id", *(f"face_settings__{name}" for name in names))
    }


def _basis(side: str, value: str, rests_on: str) -> RestsOn | None:
    said = RestsOn(rests_on) if rests_on else None
    return basis_shown(Result(value), said) if side == Side.RESULT else said


def _face_value(side: str, value: str) -> Implementation | Result:
    return Implementation(value) if side == Side.IMPLEMENTATION else Result(value)


def _steps(partnership: UUID, plan: UUID) -> Rows:
    steps: Rows = defaultdict(list)
    rows = _of_actions(partnership, plan, "steps", steps__withdrawn_at=None).order_by("steps__position")
    for step, action in _with_owner(chain.Step, rows, "steps"):
        steps[action].append(step)
    return steps


LIGHT = ("implementation", "hindered")  # of a check-in: what the plan check asks for
BY_LINK = ("by_email", "answer", "proposed_due_on", "help_from")  # of a check-in that was made with the large buttons


def _check_ins(partnership: UUID, plan: UUID, *, is_light: bool) -> Rows:
    check_ins: Rows = defaultdict(list)
    rows = _of_actions(partnership, plan, "check_ins").order_by("check_ins__at", "check_ins__id")
    only = LIGHT if is_light else ()
    for check_in, action in _with_owner(chain.CheckIn, rows, "check_ins", "at", "by", "on_behalf_of", "corrects_id", *BY_LINK, only=only):
        check_ins[action].append(check_in)
    return check_ins


def _with_owner(row_class: type, rows: Any, at: str, *more: str, only: tuple[str, ...] = ()) -> Iterable[tuple[Any, str]]:
    """Yield (row, its action's id) of actions joined to rows by `at`."""
    owners: list[str] = []

    def extra(values: tuple[Any, ...]) -> dict[str, Any]:
        owners.append(str(values[0]))
        given = dict(zip(more, values[1:], strict=True))
        if "corrects_id" in given:
            corrected = given.pop("corrects_id")
            given["corrects"] = str(corrected) if corrected else None
        if "answer" in given:
            given["answer"] = Answer(given["answer"]) if given["answer"] else None
        return given

    for row in _values(row_class, rows, ["action_id", *more], extra, at=f"{at}__", only=only):
        yield row, owners[-1]


def _decisions(partnership: UUID, plan: UUID) -> tuple[chain.DecisionAsked, ...]:
    rows = DecisionAsked.objects.within(partnership).filter(plan_id=plan, settled_at=None, withdrawn_at=None).order_by("asked_at")
    return tuple(_values(chain.DecisionAsked, rows, ["action_id"], lambda extra: {"action": str(extra[0]) if extra[0] else None}))


def _values(row_class: type, rows: Any, more: list[str], extra: Callable[[tuple[Any, ...]], dict[str, Any]], at: str = "",
            only: tuple[str, ...] = ()) -> Iterable[Any]:
    """
    Turn rows into chain values: the described fields by name, and `extra` made of the columns named in `more`.

    only described fields that are fetched; () = all of them
    at   what stands before every column's name when `rows` are joined to the rows wanted ("steps__")
    """
    about = {name: f for name, f in fields_of(row_class).items() if not only or name in only}
    names = list(about)
    unsaid = {field.name: field.default for field in fields(row_class)}  # an action whose track nobody has said is DEVELOPMENT
    words = {i: (f.choices, unsaid[f.name]) for i, f in enumerate(about.values(), start=1) if f.choices}
    for row in rows.values_list(*(at + name for name in ("id", *names, *more))):
        values = list(row[: len(names) + 1])
        for i, (choice, otherwise) in words.items():
            values[i] = choice(values[i]) if values[i] else otherwise
        yield row_class(id=str(values[0]), **dict(zip(names, values[1:], strict=True)), **extra(row[len(names) + 1:]))


def is_lesson_taken_out(partnership: UUID, plan: UUID, lesson: UUID) -> bool:
    """Whether a lesson was in the plan and has been taken out of it."""
    return bool(Lesson.objects.within(partnership).filter(plan_id=plan, id=lesson).exclude(withdrawn_at=None).exists())
