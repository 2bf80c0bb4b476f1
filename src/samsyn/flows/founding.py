"""How an installation begins: by its first visitor, or as the demonstration town."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.db import transaction

from samsyn.chain import plan as chain
from samsyn.chain.demo_past import plan_as_it_was
from samsyn.chain.demo_town import TIME_OF_DAY, DemoPartnership, demo_town
from samsyn.chain.plan_json import plan_to_json
from samsyn.chain.report import build_report
from samsyn.chain.report_json import to_json
from samsyn.chain.report_values import Adopted
from samsyn.chain.wording import local_day, sweden
from samsyn.formats.plan_xlsx import form_workbook
from samsyn.formats.report_typst import report_pdf
from samsyn.records.access import writes as access
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.access.models import User
from samsyn.records.access.reads import has_users, installation
from samsyn.records.editing import Edit, as_stored
from samsyn.records.follow_up import evaluation_writes as evaluation
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership import writes as partnership
from samsyn.records.partnership.reads import organisations
from samsyn.records.partnership.rights import Role
from samsyn.records.plan import order_writes as order
from samsyn.records.plan import promise_writes as promises
from samsyn.records.plan import writes as plan
from samsyn.records.plan.reads import plan_head
from samsyn.records.situation import writes as situation

DEMO = Actor(ActorKind.JOB, "demo", "Demonstrationsstaden")
TOWN_AGE = timedelta(days=760)  # the plans were written before their first check-in
MENDED_AFTER = timedelta(hours=1)  # how long after a file came in that the rest of its plan was written
LAST_REPORT = timedelta(days=30)  # how long ago the steering group of the town met


class AlreadyBegun(Exception):
    """Somebody can already sign in here."""


def begin(*, partnership_name: str, organisation_name: str, name: str, email: str, password: str, at: datetime) -> User:
    """
    Make the first partnership and its coordinator, who is also the installation's first visitor.

    raises   AlreadyBegun   if anybody can sign in here; also when two visitors press at once
    """
    user_id = uuid4()
    first = Actor(ActorKind.USER, str(user_id), name)
    with transaction.atomic():
        if has_users():
            raise AlreadyBegun
        access.make_installation(is_demo=False, at=at)
        user = access.add_user(id=user_id, email=email, name=name, password=password, actor=first, at=at)
        made = partnership.add_partnership(name=partnership_name, organisation_name=organisation_name, actor=first, at=at)
        partnership.add_member(partnership=made.id, organisation=made.coordinating_id, user=user, role=Role.COORDINATOR, actor=first, at=at)
    return user


class TakesIn(Protocol):
    """Reads a file into a new plan, and returns the plan's id: flows.intake.at_once.take_in."""

    def __call__(self, *, partnership: UUID, organisation: UUID, name: str, content: bytes, plan_name: str, today: date, actor: Actor,
                 at: datetime) -> UUID: ...


class Meets(Protocol):
    """Gives an invented partnership its groups and meetings: flows.demo_meetings.hold_demo_meetings, with the steps it takes."""

    def __call__(self, *, partnership: UUID, name: str, actors: Mapping[str, Actor]) -> None: ...


def make_demo_town(*, today: date, at: datetime, take_in: TakesIn, meet: Meets | None = None) -> bool:
    """
    Fill an empty installation with the demonstration town, all or nothing.

    take_in  how a file becomes a plan: flows do not know each other, so whoever calls hands it in
    meet     how it gets its groups and meetings; None = it has none

    returns  True if it was made now, False if it was there
    raises   AlreadyBegun   if the installation is somebody's real one
    """
    with transaction.atomic():
        found = installation()
        if found and found.is_demo:
            return False
        if found or has_users():
            raise AlreadyBegun
        access.make_installation(is_demo=True, at=at)
        for town in demo_town(today).partnerships:
            _Town(town, today, at - TOWN_AGE, take_in, meet).store()
    return True


@dataclass(slots=True)
class _Town:
    """Stores one invented partnership through the ordinary writes, each act by the one who is said to have done it."""

    town: DemoPartnership
    today: date
    at: datetime
    take_in: TakesIn
    meet: Meets | None

    def store(self) -> None:
        made = partnership.add_partnership(name=self.town.name, organisation_name=self.town.coordinating, actor=DEMO, at=self.at)
        for name in self.town.organisations:
            partnership.add_party(partnership=made.id, name=name, actor=DEMO, at=self.at)
        parties = {name: row_id for row_id, name in organisations(made.id)}
        actors: dict[str, Actor] = {}
        for person in self.town.people:
            user = access.add_user(id=uuid4(), email=person.email, name=person.name, password=None, actor=DEMO, at=self.at)
            actors[person.name] = Actor(ActorKind.USER, str(user.id), person.name)
            partnership.add_member(partnership=made.id, organisation=parties[person.organisation], user=user, role=Role(person.role.value),
                                   actor=DEMO, at=self.at)
        for values in self.town.plans:
            brought = self.town.brought.get(values.id)
            _Plan(values, made.id, made.coordinating_id, parties, actors, self.today, _morning(brought) if brought else self.at,
                  self.take_in if brought else None).store()
        if self.meet:
            self.meet(partnership=made.id, name=self.town.name, actors=actors)


@dataclass(slots=True)
class _Plan:
    """Stores one plan of the town. `ids` maps the ids of the values to those of the rows. With `take_in` it came as a file at `at`."""

    values: chain.Plan
    partnership: UUID
    organisation: UUID
    parties: dict[str, UUID]
    actors: dict[str, Actor]
    today: date
    at: datetime
    take_in: TakesIn | None

    def store(self) -> None:
        given: dict[str, Any] = {"partnership": self.partnership, "actor": next(iter(self.actors.values()), DEMO), "at": self.at}
        head, ids = self._brought(self.take_in, given) if self.take_in else self._written(given)
        for action in self.values.actions:
            self._story(ids[action.id], action, given)
        self._whole_plan(head, ids, given)
        for silence in self.values.silences:
            plan.silence_rule(plan=head, rule=silence.rule, reason=silence.reason, **given)
        for asked in self.values.decisions_asked:
            follow_up.ask_decision(plan=head, action=ids.get(asked.action or ""), values=as_stored(asked), **given)
        self._past(head, given["actor"])

    def _written(self, given: Mapping[str, Any]) -> tuple[UUID, dict[str, UUID]]:
        """Write the chain row by row, as somebody does who has no file. Returns the plan and the ids."""
        ids: dict[str, UUID] = {}
        head = plan.add_plan(values=as_stored(self.values), **given)
        for problem in self.values.problems:
            ids[problem.id] = plan.add_problem(plan=head.id, values=as_stored(problem), **given).id
        for cause in self.values.causes:
            ids[cause.id] = plan.add_cause(plan=head.id, problem=ids[cause.problem or ""], values=as_stored(cause), **given).id
        for goal in self.values.goals:
            ids[goal.id] = plan.add_goal(plan=head.id, problem=ids.get(goal.problem or ""), values=as_stored(goal), **given).id
        for action in self.values.actions:
            row = plan.add_action(plan=head.id, values=as_stored(action), causes=[ids[c] for c in action.causes], goals=[ids[g] for g in action.goals],
                                  **given)
            ids[action.id] = row.id
        return head.id, ids

    def _brought(self, take_in: TakesIn, given: Mapping[str, Any]) -> tuple[UUID, dict[str, UUID]]:
        """Let the plan's file in the handbook's form come in, and then write what the form has no column for. Returns the plan and the ids."""
        day = local_day(self.at)
        content = form_workbook(plan_as_it_was(self.values, day), title=self.values.name)
        head = take_in(organisation=self.organisation, name=f"Åtgärdsplan {self.values.name}.xlsx", content=content, plan_name=self.values.name,
                       today=day, **given)
        ids = self._ids_of_file(head)
        later = {**given, "at": self.at + MENDED_AFTER}
        plan.change_plan(plan=head, edit=_first_edit(self.values), **later)
        for problem in self.values.problems:
            situation.change_problem(problem=ids[problem.id], edit=_first_edit(problem), **later)
        for cause in self.values.causes:
            situation.change_cause(cause=ids[cause.id], edit=_first_edit(cause), **later)
        for goal in self.values.goals:
            plan.change_goal(goal=ids[goal.id], edit=_first_edit(goal), **later)
        for action in self.values.actions:
            links = {"causes": tuple(str(ids[one]) for one in action.causes), "goals": tuple(str(ids[one]) for one in action.goals)}
            plan.change_action(action=ids[action.id], edit=_first_edit(action, links), **later)
        return head, ids

    def _ids_of_file(self, head: UUID) -> dict[str, UUID]:
        """Return the ids of the rows that came in with the file: each is known by its words."""
        known = plan_head(self.partnership, head)
        assert known is not None  # the file has just become it
        found = plan_values(known)
        ids: dict[str, UUID] = {}
        for wanted, came, words in ((self.values.problems, found.problems, "title"), (self.values.causes, found.causes, "text"),
                                    (self.values.goals, found.goals, "text"), (self.values.actions, found.actions, "text")):
            by_words = {getattr(row, words): UUID(row.id) for row in came}
            ids.update({row.id: by_words[getattr(row, words)] for row in wanted})
        return ids

    def _past(self, head: UUID, actor: Actor) -> None:
        """Store what the steering group has had: the plan as it was adopted, and the report of its last meeting."""
        known = plan_head(self.partnership, head)
        if known is None or known.adopted_on is None:
            return
        values, adopted_on, reported_on = plan_values(known), known.adopted_on, self.today - LAST_REPORT
        frozen = plan_as_it_was(values, adopted_on)
        decided = Adopted(on=adopted_on, body="Styrgruppen", decision="Beslut enligt protokollet, punkt 4", written_by=actor.name, written_on=adopted_on)
        evaluation.adopt(partnership=self.partnership, plan=head, adopted_on=adopted_on, body=decided.body, decision=decided.decision,
                         content=plan_to_json(frozen), pdf=report_pdf(build_report(frozen, adopted_on, adopted=decided)), actor=actor, at=_morning(adopted_on))
        if reported_on > adopted_on:
            report = build_report(plan_as_it_was(values, reported_on), reported_on)
            follow_up.save_report(partnership=self.partnership, plan=head, content=json.loads(to_json(report)), actor=actor, at=_morning(reported_on))

    def _whole_plan(self, head: UUID, ids: Mapping[str, UUID], given: Mapping[str, Any]) -> None:
        """Store order, combinations, promises, the follow-up plan and lessons."""
        for action in self.values.actions:
            if action.depends_on:
                order.set_waits_for(plan=head, action=ids[action.id], on=[ids[a] for a in action.depends_on], **given)
        for bundle in self.values.bundles:
            order.add_bundle(plan=head, values=as_stored(bundle), actions=[ids[a.id] for a in self.values.actions if a.bundle == bundle.id], **given)
        for promise in self.values.commitments:
            row = promises.add_commitment(plan=head, party=self.parties[promise.party], values=as_stored(promise), action=ids.get(promise.action or ""),
                                          goal=ids.get(promise.goal or ""), **given)
            if promise.signed_on:
                promises.sign_commitment(commitment=row.id, party=None if promise.on_behalf else self.parties[promise.party],
                                         signed_by=promise.signed_by, signed_on=promise.signed_on, **given)
        if self.values.follow_up:
            follow_up_plan = evaluation.make_follow_up_plan(plan=head, **given)
            values = as_stored(self.values.follow_up)
            evaluation.change_follow_up_plan(plan=head, edit=Edit(values=values, base={}, version=follow_up_plan.version), **given)
            evaluation.set_informed_on(plan=head, days=[(day.on, day.what) for day in self.values.follow_up.informed_on], **given)
        for lesson in self.values.lessons:
            evaluation.add_lesson(plan=head, action=ids.get(lesson.action or ""), values=as_stored(lesson), partnership=self.partnership,
                                  actor=self._actor(lesson.by), at=lesson.at or self.at)

    def _story(self, action: UUID, values: chain.Action, given: Mapping[str, Any]) -> None:
        for step in values.steps:
            plan.add_step(action=action, values=as_stored(step), **given)
        rows: dict[str, UUID] = {}
        for one in sorted(values.check_ins, key=lambda c: c.at):
            row = plan.add_check_in(
                partnership=self.partnership, action=action, organisation=self.parties.get(values.responsible_organisation, self.organisation),
                values=as_stored(one), on_behalf_of=one.on_behalf_of, corrects=rows.get(one.corrects or ""), actor=self._actor(one.by), at=one.at)
            rows[one.id] = row.id
        for face in (values.implementation, values.result):
            if face:
                follow_up.set_face(
                    partnership=self.partnership, action=action, value=face.value, why=face.why, rests_on=face.rests_on, actor=self._actor(face.by),
                    at=face.at or self.at, file_name=face.by if face.by_file else "")

    def _actor(self, name: str) -> Actor:
        return self.actors.get(name, Actor(ActorKind.JOB, "demo", name or DEMO.name))


def _first_edit(row: Any, links: Mapping[str, Any] | None = None) -> Edit:
    """Return the edit of somebody who fills in all of a row that has just come in."""
    return Edit(values={**as_stored(row), **(links or {})}, base={}, version=1)


def _morning(day: date) -> datetime:
    return datetime.combine(day, TIME_OF_DAY, sweden())
