"""The rules that look at the follow-up plan: is it thought of before it is needed, with time, money and somebody who holds it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from samsyn.catalog.load import Rule
from samsyn.chain.found import Found, Register
from samsyn.chain.plan import FollowUpPlan
from samsyn.chain.rows import Rows, is_said, name_of_action
from samsyn.chain.wording import date_words, number_words

NAME = "Uppföljningsplanen"

_rule = Register()
RULES = _rule.by_id


def _asked(rows: Rows, rule: Rule) -> FollowUpPlan | None:
    """Return the follow-up plan if there is one, and an action to follow up."""
    return rows.plan.follow_up if any(rows.actions_in(rule.tracks)) else None


def _about(follow_up: FollowUpPlan, to_fill: str, *, otherwise: bool = False, **words: str) -> Found:
    return Found("follow_up", follow_up.id, to_fill, {"row": NAME, **words}, (follow_up.id,), otherwise=otherwise)


def _unless(rows: Rows, rule: Rule, to_fill: str, is_filled: Callable[[FollowUpPlan], bool]) -> Iterator[Found]:
    follow_up = _asked(rows, rule)
    if follow_up and not is_filled(follow_up):
        yield _about(follow_up, to_fill)


@_rule("no-follow-up-plan")
def no_follow_up_plan(rows: Rows, rule: Rule) -> Iterator[Found]:
    """The other rules of this module keep quiet meanwhile: one lack is told once."""
    if rows.plan.follow_up is None and any(rows.actions_in(rule.tracks)):
        yield Found("follow_up", rows.plan.id, "owner", {"row": "Planen"}, (rows.plan.id,))


@_rule("follow-up-without-owner")
def follow_up_without_owner(rows: Rows, rule: Rule) -> Iterator[Found]:
    return _unless(rows, rule, "owner", lambda follow_up: is_said(follow_up.owner))


@_rule("follow-up-without-hours")
def follow_up_without_hours(rows: Rows, rule: Rule) -> Iterator[Found]:
    """One rule with two ways: nobody has said how long it takes, and too little time is set aside for it."""
    follow_up = _asked(rows, rule)
    if follow_up is None:
        return
    if follow_up.hours is None:
        yield _about(follow_up, "hours")
    elif (follow_up.staff_hours or 0) < follow_up.hours:
        aside = f"har bara satt av {number_words(follow_up.staff_hours)} timmar" if follow_up.staff_hours else "har inte satt av någon tid"
        yield _about(follow_up, "staff_hours", otherwise=True, count=number_words(follow_up.hours), word=aside)


@_rule("follow-up-without-money")
def follow_up_without_money(rows: Rows, rule: Rule) -> Iterator[Found]:
    """Nought is an answer."""
    return _unless(rows, rule, "money", lambda follow_up: follow_up.money is not None)


@_rule("follow-up-without-audience")
def follow_up_without_audience(rows: Rows, rule: Rule) -> Iterator[Found]:
    return _unless(rows, rule, "audience", lambda follow_up: is_said(follow_up.audience))


@_rule("follow-up-without-date")
def follow_up_without_date(rows: Rows, rule: Rule) -> Iterator[Found]:
    """One rule with two ways: no day to expect results from, and no day when the steering group is to be told."""
    follow_up = _asked(rows, rule)
    if follow_up and follow_up.results_from is None:
        yield _about(follow_up, "results_from")
    if follow_up and not follow_up.informed_on:
        yield _about(follow_up, "informed_on", otherwise=True)


@_rule("baseline-planned-too-late")
def baseline_planned_too_late(rows: Rows, rule: Rule) -> Iterator[Found]:
    """Asked of the plan as a whole; each goal's own day is asked for by "baseline-after-start"."""
    follow_up = rows.plan.follow_up
    first = min((action for action in rows.actions_in(rule.tracks) if action.start_on), key=lambda a: a.start_on or date.max, default=None)
    if follow_up and follow_up.before_on and first and first.start_on and follow_up.before_on > first.start_on:
        yield _about(follow_up, "before_on", day=date_words(follow_up.before_on), other=name_of_action(first), other_day=date_words(first.start_on))
