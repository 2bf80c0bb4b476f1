"""
The demonstration town as plain values: two invented collaborations with their people and plans.

The content is YAML in `catalog/demo/`, where every day is an offset from today, so that the town is always fresh.
Nothing in it is real. A key that no row has stops the reading: a misspelt field must not vanish.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from importlib import resources
from typing import Any, TypeVar

from samsyn.chain.choices import Choice, FormFace, Implementation, Result, RestsOn
from samsyn.chain.field import Kind, fields_of
from samsyn.chain.plan import (
    Action, Bundle, Cause, CheckIn, Commitment, DecisionAsked, Face, FollowUpPlan, Goal, InformedOn, Lesson, Plan, Problem, Silence, Step,
)
from samsyn.chain.wording import sweden

TOWNS = ("granviken", "norrangen")
TIME_OF_DAY = time(9, 30)
LINK_PREFIXES = {"problem": "p", "goal": "m", "bundle": "k", "action": "", "corrects": "a"}  # what stands before a key, in the id
LINKS_PREFIXES = {"causes": "o", "goals": "m", "depends_on": ""}

Raw = dict[str, Any]
Row = TypeVar("Row", Problem, Cause, Goal, Step, CheckIn, Action, DecisionAsked, Bundle, Commitment, FollowUpPlan, Lesson, Plan)


class DemoRole(Choice):
    """The roles the cast has. The codes are those of the records."""

    COORDINATOR = "coordinator", "Samordnare"
    RESPONSIBLE = "responsible", "Åtgärdsansvarig"
    STEERING_MEMBER = "steering_member", "Styrgruppsledamot"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody who can sign in. `title` is what the person does, in words."""

    name: str
    email: str
    role: DemoRole
    organisation: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPartnership:
    """
    One invented collaboration.

    coordinating   the name of the organisation that coordinates; one of `organisations`
    people         those who can sign in, coordinator first
    brought        the plans that came in as a file (by id), and on which day; the others were written in Samsyn
    """

    name: str
    coordinating: str
    organisations: tuple[str, ...]
    people: tuple[DemoPerson, ...]
    plans: tuple[Plan, ...]
    brought: Mapping[str, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTown:
    """All of it. The first partnership is Granviken; the second must never be seen from the first, nor the other way."""

    partnerships: tuple[DemoPartnership, ...]


class WrongDemo(ValueError):
    """The YAML of the town says something that no row can hold. The message names the row and the key."""


def demo_town(today: date) -> DemoTown:
    """
    Return the demonstration town as it is on a given day.

    today    every day of the town is an offset from it
    raises   WrongDemo    if the YAML has a key or a word that the plan does not know, or a link that leads nowhere
    """
    return DemoTown(partnerships=tuple(_partnership(_read(name), today) for name in TOWNS))


def _read(name: str) -> Raw:
    import yaml

    text = (resources.files("samsyn.catalog") / "demo" / f"{name}.yaml").read_text(encoding="utf-8")
    read: Raw = yaml.safe_load(text)
    read.pop("source")
    return read


def _partnership(raw: Raw, today: date) -> DemoPartnership:
    organisations = tuple(raw["organisations"])
    people = tuple(DemoPerson(**{**person, "role": DemoRole(person["role"])}) for person in raw["people"])
    by_name = {plan: replace(demo_plan(_read(plan), today), parties=tuple(sorted(organisations))) for plan in raw["plans"]}
    plans = tuple(by_name.values())
    promising = [commitment.party for plan in plans for commitment in plan.commitments]
    for organisation in [raw["coordinating"], *(person.organisation for person in people), *promising]:
        if organisation not in organisations:
            raise WrongDemo(f"{raw['name']}: {organisation} is not among the organisations")
    return DemoPartnership(name=raw["name"], coordinating=raw["coordinating"], organisations=organisations, people=people,
                           plans=plans, brought={by_name[plan].id: today + timedelta(days=offset) for plan, offset in raw.get("brought", {}).items()})


def demo_plan(raw: Raw, today: date) -> Plan:
    """Return one plan of the town: `raw` is the YAML as read, with offsets in days where a row has a date."""
    raw = dict(raw)
    reader = _Reader(raw.pop("key"), today)
    first, last = raw.pop("years")
    rows: dict[str, Any] = {
        "problems": tuple(reader.row(Problem, "p", each) for each in raw.pop("problems")),
        "causes": tuple(reader.row(Cause, "o", {**each, "number": each["key"]}) for each in raw.pop("causes")),
        "goals": tuple(reader.row(Goal, "m", each) for each in raw.pop("goals")),
        "actions": tuple(reader.action(each) for each in raw.pop("actions")),
        "silences": tuple(reader.silence(each) for each in raw.pop("silences", ())),
        "decisions_asked": tuple(reader.row(DecisionAsked, "b", each) for each in raw.pop("decisions_asked", ())),
        "bundles": tuple(reader.row(Bundle, "k", each) for each in raw.pop("bundles", ())),
        "commitments": tuple(reader.row(Commitment, "t", each) for each in raw.pop("commitments", ())),
        "follow_up": reader.follow_up(raw.pop("follow_up", None)),
        "lessons": tuple(reader.row(Lesson, "d", each) for each in raw.pop("lessons", ())),
    }
    period = f"{today.year + first}–{today.year + last}" if first != last else str(today.year + first)
    plan = reader.row(Plan, "plan", {**raw, **rows, "key": "plan", "period": period})
    _check_links(plan)
    return plan


class _Reader:
    """Turns the YAML of one plan into rows: keys into ids, offsets into days, words into choices."""

    def __init__(self, plan: str, today: date) -> None:
        self.plan, self.today = plan, today

    def id(self, prefix: str, key: object) -> str:
        text = str(key)
        return f"{self.plan}-{text if text.startswith(prefix) else prefix + text}"

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def moment(self, offset: int) -> datetime:
        return datetime.combine(self.day(offset), TIME_OF_DAY, sweden())

    def row(self, kind: type[Row], prefix: str, raw: Raw) -> Row:
        raw = dict(raw)
        values = {name: self._value(kind, name, value) for name, value in raw.items() if name != "key"}
        return kind(id=self.id(prefix, raw["key"]), **values)

    def action(self, raw: Raw) -> Action:
        raw = dict(raw)
        number = raw["number"]
        raw["steps"] = tuple(
            self.row(Step, "s", {**each, "key": f"{number}-{place}"}) for place, each in enumerate(raw.pop("steps", ()), 1))
        raw["check_ins"] = tuple(
            self.row(CheckIn, "a", {**each, "key": each.get("key", f"{number}-{place}")})
            for place, each in enumerate(raw.pop("check_ins", ()), 1))
        for side, words in (("implementation", Implementation), ("result", Result)):
            if side in raw:
                raw[side] = self.face(words, raw[side])
        return self.row(Action, "", {**raw, "key": number})

    def face(self, words: type[Implementation] | type[Result], raw: Raw) -> Face:
        rests_on = RestsOn(raw["rests_on"]) if "rests_on" in raw else None
        return Face(**{**raw, "value": words(raw["value"]), "at": self.moment(raw["at"]), "rests_on": rests_on})

    def follow_up(self, raw: Raw | None) -> FollowUpPlan | None:
        if raw is None:
            return None
        days = tuple(InformedOn(on=self.day(each.pop("day")), **each) for each in map(dict, raw.get("informed_on", ())))
        return self.row(FollowUpPlan, "", {**raw, "informed_on": days, "key": "follow-up"})

    def silence(self, raw: Raw) -> Silence:
        return Silence(**{**raw, "at": self.moment(raw["at"])})

    def _value(self, kind: type, name: str, value: Any) -> Any:
        """Return a value of the YAML as the row's field holds it."""
        about = fields_of(kind).get(name)
        if about is None:
            return self._undescribed(kind, name, value)
        if about.choices is not None and not isinstance(value, Enum):
            return about.choices(value) if isinstance(value, str) else value
        if about.kind is Kind.DATE and isinstance(value, int):
            return self.day(value)
        if about.kind is Kind.NUMBER:
            return Decimal(str(value))
        return value

    def _undescribed(self, kind: type, name: str, value: Any) -> Any:
        if name not in {each.name for each in fields(kind)}:
            raise WrongDemo(f"{self.plan}: {kind.__name__} has no {name}")
        if name in LINK_PREFIXES:
            return self.id(LINK_PREFIXES[name], value)
        if kind is Action and name in LINKS_PREFIXES:
            return tuple(self.id(LINKS_PREFIXES[name], each) for each in value)
        match name:
            case "at":
                return self.moment(value)
            case "signed_on":
                return self.day(value)
            case "form_face":
                return FormFace(value)
        return value


def _check_links(plan: Plan) -> None:
    known = {row.id for rows in (plan.problems, plan.causes, plan.goals, plan.actions, plan.bundles) for row in rows}
    known |= {check_in.id for action in plan.actions for check_in in action.check_ins}
    links = [cause.problem for cause in plan.causes] + [goal.problem for goal in plan.goals]
    links += [asked.action for asked in plan.decisions_asked] + [lesson.action for lesson in plan.lessons]
    links += [link for commitment in plan.commitments for link in (commitment.action, commitment.goal)]
    links += [link for action in plan.actions for link in (*action.causes, *action.goals, *action.depends_on, action.bundle)]
    links += [check_in.corrects for action in plan.actions for check_in in action.check_ins]
    for link in links:
        if link is not None and link not in known:
            raise WrongDemo(f"{plan.name}: nothing has the id {link}")
