"""What was chosen of a difference, written row by row through the rooms' own writes; called inside one act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from samsyn.chain.choices import Implementation, Result
from samsyn.chain.field import fields_of
from samsyn.chain.plan import Action, InformedOn
from samsyn.chain.plan_details import KIND_OF, Value
from samsyn.chain.plan_diff_values import FILE, Doing, Instruction
from samsyn.chain.swedish import fold
from samsyn.records.access.acts import Actor
from samsyn.records.editing import Edit, Gone
from samsyn.records.follow_up import evaluation_writes, file_writes
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.follow_up.versions import versions
from samsyn.records.partnership.reads import organisations
from samsyn.records.plan import order_writes, promise_writes
from samsyn.records.plan import writes as plan_writes
from samsyn.records.situation import writes as situation
from samsyn.records.source.models import ImportRun

FACES = ("implementation", "result")
LINKS = ("causes", "goals", "depends_on")
ORDER = ("problem", "cause", "goal", "bundle", "action", "step", "commitment", "lesson", "decision", "follow_up", "plan")
COLUMN_OF = {"problem": "problem_id", "bundle": "bundle_id", "action": "action_id", "goal": "goal_id"}
"""Links that are one column of the row's table."""

CHANGES: dict[str, tuple[Callable[..., Any], str, bool]] = {
    "plan": (plan_writes.change_plan, "plan", False), "problem": (situation.change_problem, "problem", False),
    "cause": (situation.change_cause, "cause", False), "goal": (plan_writes.change_goal, "goal", False),
    "action": (plan_writes.change_action, "action", False), "step": (plan_writes.change_step, "step", False),
    "bundle": (order_writes.change_bundle, "bundle", True), "commitment": (promise_writes.change_commitment, "commitment", False),
    "lesson": (evaluation_writes.change_lesson, "lesson", True), "decision": (follow_up.change_decision, "decision", False),
    "follow_up": (evaluation_writes.change_follow_up_plan, "", True),
}
"""Kind -> what changes a row of it, what it calls the row's id, and whether it wants the plan's too."""


class WouldWait(ValueError):
    """An action would wait for itself. The message names it."""


@dataclass
class RowsWritten:
    """
    Writes instructions into one plan.

    names   id or reference -> what the row is called
    places  reference of a new row -> where it stands in the file
    run     the reading; None when values are put back
    numbers numbers of the plan's causes: a new cause with one of them gets the next one instead
    ids     reference -> the id that the row got
    """

    partnership: UUID
    plan: UUID
    file_name: str
    actor: Actor
    at: datetime
    run: ImportRun | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[int] = frozenset()
    ids: dict[str, str] = field(default_factory=dict)
    versions: dict[UUID, int] = field(default_factory=dict)

    @property
    def given(self) -> dict[str, Any]:
        return {"partnership": self.partnership, "actor": self.actor, "at": self.at}

    def write(self, instructions: Iterable[Instruction]) -> None:
        """Write all: rows that are new, then values, then what waits for what, then what is taken out. Raises Gone, WouldWait."""
        wanted: dict[tuple[str, str], dict[str, Value]] = {}
        doings: dict[tuple[str, str], Doing] = {}
        for one in instructions:
            doings.setdefault((one.kind, one.id), one.doing)
            wanted.setdefault((one.kind, one.id), {})
            if one.doing is Doing.SET:
                wanted[one.kind, one.id][one.field] = one.value
        rows = sorted(wanted, key=lambda row: ORDER.index(row[0]))
        added = [row for row in rows if doings[row] is Doing.ADD]
        for kind, reference in added:
            self.ids[reference] = self._add(kind, reference, self._known(wanted[kind, reference]))
        self._look_up_versions([row for row in rows if doings[row] is Doing.SET])
        for row in rows:
            if doings[row] is Doing.SET:
                self._change(row[0], UUID(row[1]), self._known(wanted[row]))
        for kind, key in rows:
            if "depends_on" in wanted[kind, key]:
                self._wait(key, wanted[kind, key]["depends_on"])
        for kind, key in reversed(rows):  # a problem takes its causes with it, so those that are chosen themselves go first
            if doings[kind, key] is Doing.WITHDRAW:
                self._withdraw(kind, UUID(key))

    def _look_up_versions(self, rows: Iterable[tuple[str, str]]) -> None:
        of_kind: dict[str, list[UUID]] = {}
        for kind, key in rows:
            of_kind.setdefault(kind, []).append(UUID(key))
        for kind, ids in of_kind.items():
            self.versions |= versions(self.partnership, kind, ids)

    def _known(self, values: Mapping[str, Value]) -> dict[str, Any]:
        """Return values with the ids of rows that have been made; links to rows that are made later are left for later."""
        return {name: self._with_ids(value) for name, value in values.items() if name != "depends_on"}

    def _with_ids(self, value: Value) -> Any:
        if isinstance(value, tuple):
            return tuple(self.ids.get(one, one) if isinstance(one, str) else one for one in value)
        return self.ids.get(value, value) if isinstance(value, str) and value.startswith(FILE) else value

    # ---- new rows ----

    def _add(self, kind: str, reference: str, values: dict[str, Any]) -> str:
        place = self.places.get(reference, "")[:200]
        source: dict[str, Any] = {"run": self.run, "source_place": place}
        links = {name: values.pop(name, None) for name in (*LINKS, *FACES, "problem", "action", "goal", "party", "informed_on") if name in values}
        columns = self._columns(kind, values)
        if kind == "problem":
            return str(plan_writes.add_problem(plan=self.plan, values=columns, **source, **self.given).id)
        if kind == "cause":
            columns["number"] = None if columns.get("number") in self.numbers else columns.get("number")
            return str(plan_writes.add_cause(plan=self.plan, problem=UUID(links["problem"]), values=columns, **source, **self.given).id)
        if kind == "goal":
            return str(plan_writes.add_goal(plan=self.plan, problem=_id(links.get("problem")), values=columns, **source, **self.given).id)
        if kind == "action":
            return self._add_action(columns, links, source)
        return self._add_small(kind, columns, links)

    def _add_action(self, columns: dict[str, Any], links: dict[str, Any], source: dict[str, Any]) -> str:
        made = plan_writes.add_action(
            plan=self.plan, values=columns, causes=map(UUID, links.get("causes", ())), goals=map(UUID, links.get("goals", ())), **source, **self.given)
        self._set_faces(made.id, links)
        return str(made.id)

    def _add_small(self, kind: str, columns: dict[str, Any], links: dict[str, Any]) -> str:
        action = _id(links.get("action"))
        match kind:
            case "bundle":
                made: Any = order_writes.add_bundle(plan=self.plan, values=columns, actions=(), **self.given)
            case "step":
                if action is None:
                    raise Gone
                made = plan_writes.add_step(action=action, values=columns, **self.given)
            case "commitment":
                made = promise_writes.add_commitment(plan=self.plan, party=self._party(str(links["party"])), values=columns, action=action,
                                                     goal=_id(links.get("goal")), **self.given)
            case "lesson":
                made = evaluation_writes.add_lesson(plan=self.plan, action=action, values=columns, **self.given)
            case "decision":
                made = follow_up.ask_decision(plan=self.plan, action=action, values=columns, **self.given)
            case _:
                made = evaluation_writes.make_follow_up_plan(plan=self.plan, **self.given)
                self.versions[made.id] = made.version
                self._change("follow_up", made.id, {**columns, **{name: links[name] for name in ("informed_on",) if name in links}})
        return str(made.id)

    def _party(self, name: str) -> UUID:
        found = next((key for key, called in organisations(self.partnership) if fold(called) == fold(name)), None)
        if found is None:
            raise Gone
        return found

    # ---- values ----

    def _change(self, kind: str, row: UUID, values: dict[str, Any]) -> None:
        if kind == "action":
            self._set_faces(row, values)
        if "informed_on" in values:
            days = [(one.on, one.what) for one in values["informed_on"] if isinstance(one, InformedOn)]
            evaluation_writes.set_informed_on(plan=self.plan, days=days, **self.given)
        columns = self._columns(kind, {name: value for name, value in values.items() if name not in (*FACES, "informed_on", "depends_on")})
        if columns:
            self._edit(kind, row, columns)

    def _edit(self, kind: str, row: UUID, columns: dict[str, Any]) -> None:
        if row not in self.versions:
            raise Gone
        change, name, is_of_plan = CHANGES[kind]
        of_plan = {"plan": self.plan} if is_of_plan else {}
        by_id = {name: row} if name else {}
        party = {"party": None} if kind == "commitment" else {}  # the coordinator writes on the party's behalf
        change(edit=Edit(values=columns, base={}, version=self.versions[row]), **by_id, **of_plan, **party, **self.given)

    def _columns(self, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return values as the tables want them: a choice that is not made is an empty text, a link is a column of ids."""
        texts = {column.name for column in KIND_OF[kind].columns if column.choices} | {"form_face"}
        texts |= {name for name, about in fields_of(Action).items() if about.choices} if kind == "action" else set()
        found: dict[str, Any] = {}
        for name, value in values.items():
            if name in LINKS:
                found[name] = tuple(sorted(value))
            elif name in COLUMN_OF:
                found[COLUMN_OF[name]] = _id(value)
            else:
                found[name] = "" if value is None and name in texts else value
        return found

    def _set_faces(self, action: UUID, values: Mapping[str, Any]) -> None:
        for name in FACES:
            value = values.get(name)
            if isinstance(value, (Implementation, Result)):
                follow_up.set_face(action=action, value=value, why="", rests_on=None, file_name=self.file_name[:200], **self.given)

    def _wait(self, key: str, value: Value) -> None:
        on = [self.ids.get(str(one), str(one)) for one in value] if isinstance(value, tuple) else []
        try:
            order_writes.set_waits_for(plan=self.plan, action=UUID(self.ids.get(key, key)), on=map(UUID, on), **self.given)
        except order_writes.Circle as fault:
            name = self.names.get(key, "")
            raise WouldWait(f"Åtgärden ”{name}” skulle få vänta på sig själv. Välj bort det som den väntar på, eller rätta filen.") from fault

    # ---- what is taken out ----

    def _withdraw(self, kind: str, row: UUID) -> None:
        match kind:
            case "problem":
                situation.withdraw_problem(problem=row, **self.given)
            case "cause":
                situation.withdraw_cause(cause=row, **self.given)
            case "goal" | "action":
                plan_writes.withdraw_row(plan=self.plan, kind=kind, row_id=row, **self.given)
            case "bundle":
                order_writes.dissolve_bundle(plan=self.plan, bundle=row, **self.given)
            case _:
                file_writes.withdraw_small(plan=self.plan, kind=kind, row_id=row, **self.given)


def _id(value: Any) -> UUID | None:
    return UUID(str(value)) if value else None
