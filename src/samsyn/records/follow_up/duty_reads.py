"""What people have to do in the plans, as the notices need it: few queries a partnership, however many actions there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samsyn.chain import plan as chain
from samsyn.chain.choices import FormFace, Implementation, Result, Track
from samsyn.chain.face import implementation_of
from samsyn.chain.notice_values import Duty, Ended, Person, SteeringDay
from samsyn.chain.swedish import fold
from samsyn.chain.wording import local_day
from samsyn.records.follow_up.models import FaceSetting, InformedOn, Side
from samsyn.records.follow_up.sign_reads import latest_signs, made_moments
from samsyn.records.partnership.people_reads import person_of
from samsyn.records.partnership.rhythm_reads import contacts
from samsyn.records.plan.models import Action, ActionDependency, CheckIn

COLUMNS = (
    "id", "plan_id", "plan__name", "text", "responsible", "responsible_email", "responsible_organisation", "responsible_member_id",
    "responsible_member__user__name", "responsible_member__user__email", "responsible_member__ended_at", "responsible_member__user__is_active",
    "start_on", "due_on", "effect_from", "track", "form_face", "continues_id", "plan__made_at")


@dataclass(frozen=True, slots=True)
class PlanDuties:
    """What the plans of a partnership give the notices."""

    duties: tuple[Duty, ...]
    ended: tuple[Ended, ...]
    steering_days: tuple[SteeringDay, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known of one action's carrying out. `ended_at` is when somebody said that it has ended, None if it has not."""

    how_far: Implementation | None
    ended_at: datetime | None
    has_result: bool

    @property
    def is_ended(self) -> bool:
        return self.how_far is not None and self.how_far.is_ended


def plan_duties(partnership: UUID, today: date) -> PlanDuties:
    """
    Return every action of the partnership's plans that somebody still has to do, those that have ended with an effect to wait for,
    and the days from today on when the steering group is to be informed.

    Nine queries. An action that another plan continues is asked about there alone.
    """
    rows = _rows(partnership)
    known = _Known(partnership, rows)
    continued = {row["continues_id"] for row in rows}
    duties = tuple(known.duty(row) for row in rows if not known.said[row["id"]].is_ended and row["id"] not in continued)
    return PlanDuties(duties, tuple(known.ended(row) for row in rows if known.has_effect_to_wait_for(row)), _steering_days(partnership, today))


class _Known:
    """What is known of the actions of a partnership, fetched once; its rows are those of `_rows`."""

    def __init__(self, partnership: UUID, rows: list[dict[str, Any]]) -> None:
        self.said = _said(partnership, rows)
        self._waits_for, self._waited_by = _dependencies(partnership, {row["id"] for row in rows})
        self._made, self._signs, self._contacts = made_moments(partnership), latest_signs(partnership), contacts(partnership)

    def duty(self, row: dict[str, Any]) -> Duty:
        key = row["id"]
        waits = [on for on in self._waits_for.get(key, ()) if not self.said[on].is_ended]
        return Duty(
            kind="action", id=str(key), plan=str(row["plan_id"]), plan_name=row["plan__name"], text=row["text"],
            responsible=_responsible(row), organisation=row["responsible_organisation"],
            contact=self._contacts.get(fold(row["responsible_organisation"])), start_on=row["start_on"], due_on=row["due_on"],
            effect_from=row["effect_from"], how_far=self.said[key].how_far, made_on=local_day(self._made.get(key, row["plan__made_at"])),
            last_sign_on=local_day(self._signs[key]) if key in self._signs else None, waits_for=tuple(map(str, waits)),
            freed_on=None if waits else self._freed_on(row),
            waited_by=tuple(str(by) for by in self._waited_by.get(key, ()) if not self.said[by].is_ended), is_line=row["track"] == Track.LINE)

    def has_effect_to_wait_for(self, row: dict[str, Any]) -> bool:
        said = self.said[row["id"]]
        return bool(row["effect_from"]) and said.is_ended and said.how_far is not Implementation.NOT_DONE

    def ended(self, row: dict[str, Any]) -> Ended:
        return Ended(id=str(row["id"]), plan=str(row["plan_id"]), plan_name=row["plan__name"], text=row["text"], effect_from=row["effect_from"],
                     has_result=self.said[row["id"]].has_result)

    def _freed_on(self, row: dict[str, Any]) -> date | None:
        """Return when the last of those it waited for ended; the plan's first day where nobody has said when; None if it waited for none."""
        moments = [self.said[on].ended_at or row["plan__made_at"] for on in self._waits_for.get(row["id"], ())]
        return local_day(max(moments)) if moments else None


def _rows(partnership: UUID) -> list[dict[str, Any]]:
    rows = Action.objects.within(partnership).filter(withdrawn_at=None, plan__withdrawn_at=None).order_by("plan_id", "position", "id")
    return list(rows.values(*COLUMNS))


def _responsible(row: dict[str, Any]) -> Person | None:
    """Return who is responsible; None if nobody is, or if the member has left: then their mail is no longer the partnership's to use."""
    if row["responsible_member_id"] is None:
        named = row["responsible"].strip() or row["responsible_email"].strip()
        return person_of(row["responsible"], row["responsible_email"]) if named else None
    if row["responsible_member__ended_at"] is not None or not row["responsible_member__user__is_active"]:
        return None
    return person_of(row["responsible"] or row["responsible_member__user__name"], row["responsible_member__user__email"])


def _said(partnership: UUID, rows: list[dict[str, Any]]) -> dict[UUID, _Said]:
    faces, results, check_ins = _faces(partnership), _results(partnership), _check_ins(partnership)
    found = {}
    for row in rows:
        key = row["id"]
        action = chain.Action(id="", implementation=faces.get(key), check_ins=tuple(check_ins.get(key, ())),
                              form_face=FormFace(row["form_face"]) if row["form_face"] else None)
        found[key] = _Said(implementation_of(action), max(_ended_moments(action), default=None), key in results)
    return found


def _ended_moments(action: chain.Action) -> Iterator[datetime]:
    """Yield when somebody said that the action has ended."""
    if action.implementation and action.implementation.at and Implementation(action.implementation.value).is_ended:
        yield action.implementation.at
    yield from (check_in.at for check_in in action.check_ins if check_in.implementation and check_in.implementation.is_ended)


def _faces(partnership: UUID) -> dict[UUID, chain.Face]:
    """Return action -> how its carrying out was last set."""
    rows = FaceSetting.objects.within(partnership).filter(side=Side.IMPLEMENTATION).order_by("at", "id")
    return {action: chain.Face(value=Implementation(value), at=at, by="", why="", rests_on=None, by_file=by_file)
            for action, value, at, by_file in rows.values_list("action_id", "value", "at", "by_file").iterator()}


def _results(partnership: UUID) -> set[UUID]:
    """Return the actions whose result somebody has set to anything but too early."""
    rows = FaceSetting.objects.within(partnership).filter(side=Side.RESULT).order_by("at", "id")
    latest = dict(rows.values_list("action_id", "value").iterator())
    return {action for action, value in latest.items() if value != Result.TOO_EARLY}


def _check_ins(partnership: UUID) -> dict[UUID, list[chain.CheckIn]]:
    """Return action -> what its check-ins say of how far it has come, and which they correct."""
    found: dict[UUID, list[chain.CheckIn]] = defaultdict(list)
    rows = CheckIn.objects.within(partnership).order_by("at", "id").values_list("id", "action_id", "at", "implementation", "corrects_id")
    for key, action, at, implementation, corrects in rows.iterator():
        found[action].append(chain.CheckIn(id=str(key), at=at, implementation=Implementation(implementation) if implementation else None,
                                           corrects=str(corrects) if corrects else None))
    return found


def _dependencies(partnership: UUID, there: set[UUID]) -> tuple[dict[UUID, list[UUID]], dict[UUID, list[UUID]]]:
    """Return (action -> those it waits for, action -> those that wait for it), among the actions that are in use."""
    waits_for: dict[UUID, list[UUID]] = defaultdict(list)
    waited_by: dict[UUID, list[UUID]] = defaultdict(list)
    for action, on in ActionDependency.objects.within(partnership).values_list("action_id", "on_id").order_by("id"):
        if action in there and on in there:
            waits_for[action].append(on)
            waited_by[on].append(action)
    return waits_for, waited_by


def _steering_days(partnership: UUID, today: date) -> tuple[SteeringDay, ...]:
    rows = InformedOn.objects.within(partnership).filter(on__gte=today, plan__withdrawn_at=None).order_by("on", "id")
    return tuple(SteeringDay(plan=str(plan), plan_name=name, on=on, what=what)
                 for plan, name, on, what in rows.values_list("plan_id", "plan__name", "on", "what"))
