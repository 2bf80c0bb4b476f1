"""The rules that look at order, days and who carries what: can the plan be carried out as it is laid?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from samsyn.catalog.load import Rule
from samsyn.chain.choices import Horizon, Implementation, Regularity
from samsyn.chain.face import implementation_of, standing_check_ins
from samsyn.chain.found import Found, Register, about_action, about_plan
from samsyn.chain.next_year import years_of
from samsyn.chain.order import bundles_standing, cycles, waits_for
from samsyn.chain.plan import Action, Ids
from samsyn.chain.public_holidays import public_holiday
from samsyn.chain.rows import Rows, is_said, name_of_action, name_of_bundle, person_of, shown_person_of
from samsyn.chain.wording import count_words, date_words, listed, local_day, week_words

SILENT_DAYS = 60          # two months: most groups meet oftener than that
FEWEST_TO_SPREAD = 4      # fewer actions than this may well fall in one week, or on one person
WEEK_SHARE = 0.75         # of the actions with a day: then the week is said to hold them all
PERSON_SHARE = 2 / 3      # of the actions with a responsible: then one person is said to carry them all
LONGEST_RING = 5          # actions of a ring that are named in a sentence

_rule = Register()
RULES = _rule.by_id


@_rule("bundle-incomplete")
def bundle_incomplete(rows: Rows, rule: Rule) -> Iterator[Found]:
    for standing in bundles_standing(rows.plan):
        if standing.lacking:
            frees = (standing.bundle.id, *(part.action.id for part in standing.parts))
            words = {"row": name_of_bundle(standing.bundle), "word": listed(standing.lacking)}
            yield Found("bundle", standing.bundle.id, "parts", words, frees)


@_rule("dependency-impossible")
def dependency_impossible(rows: Rows, rule: Rule) -> Iterator[Found]:
    """One rule with two ways: actions that wait for each other, and a day that comes before what is waited for."""
    actions = {action.id: action for action in rows.plan.actions}
    rings = cycles(rows.plan)
    for ring in rings:
        first = actions[ring[0]]
        words = {"row": name_of_action(first), "word": _ring_words([actions[i] for i in ring])}
        yield Found("action", first.id, "depends_on", words, ring, place=first.place)
    tangled = {i for ring in rings for i in ring}
    links = waits_for(rows.plan)
    for action in rows.open_actions_in(rule.tracks):
        waited = [actions[i] for i in links[action.id] if i not in rows.ended and not (i in tangled and action.id in tangled)]
        last = max((other for other in waited if other.due_on), key=lambda other: other.due_on or date.min, default=None)
        if last and last.due_on and action.due_on and last.due_on > action.due_on:
            yield about_action(action, "due_on", otherwise=True, day=date_words(action.due_on), other=name_of_action(last),
                               other_day=date_words(last.due_on))


def _ring_words(ring: list[Action]) -> str:
    """Return "1.1 Lampor väntar på 1.2 Sly, som väntar på 1.1 Lampor"."""
    names = [name_of_action(action) for action in ring]
    if len(names) == 1:
        return f"{names[0]} väntar på sig själv"
    shown = names[:LONGEST_RING] + (["…"] if len(names) > LONGEST_RING else []) + names[:1]
    return f"{shown[0]} väntar på " + ", som väntar på ".join(shown[1:])


@_rule("nothing-at-once")
def nothing_at_once(rows: Rows, rule: Rule) -> Iterator[Found]:
    actions = list(rows.actions_in(rule.tracks))
    if actions and not any(action.horizon is Horizon.SHORT for action in actions):
        yield about_plan(rows, "horizon", _ids(actions))


@_rule("due-the-same-week")
def due_the_same_week(rows: Rows, rule: Rule) -> Iterator[Found]:
    """Only days to come: those that have passed are late, and told so by another rule."""
    coming = [(action, action.due_on) for action in rows.open_actions_in(rule.tracks) if action.due_on and action.due_on >= rows.today]
    weeks = Counter(_monday(day) for _, day in coming)
    monday, count = max(weeks.items(), key=lambda found: found[1], default=(date.min, 0))
    if len(coming) >= FEWEST_TO_SPREAD and count >= WEEK_SHARE * len(coming):
        frees = _ids([action for action, day in coming if _monday(day) == monday])
        yield about_plan(rows, "due_on", frees, count=count_words(count), word=f"{week_words(monday)} {monday.isocalendar().year}")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@_rule("due-on-a-holiday")
def due_on_a_holiday(rows: Rows, rule: Rule) -> Iterator[Found]:
    for action in rows.open_actions_in(rule.tracks):
        if action.due_on and action.due_on >= rows.today and (name := public_holiday(action.due_on)):
            yield about_action(action, "due_on", day=date_words(action.due_on), word=name.lower())


@_rule("due-before-the-period")
def due_before_the_period(rows: Rows, rule: Rule) -> Iterator[Found]:
    """A day that has passed is late, and told of as such. A plan whose period names no year says nothing of when it begins."""
    years = years_of(rows.plan.period)
    for action in rows.open_actions_in(rule.tracks) if years else ():
        if action.due_on and rows.today <= action.due_on < date(min(years), 1, 1):
            yield about_action(action, "due_on", day=date_words(action.due_on), word=str(min(years)))


@_rule("silent-since-check-in")
def silent_since_check_in(rows: Rows, rule: Rule) -> Iterator[Found]:
    """Without a check-in, a face or a start there is no day to count from, and so nothing to say."""
    for action in rows.open_actions_in(rule.tracks):
        if implementation_of(action) is Implementation.UNDER_WAY:
            last = max(_signs_of_life(action), default=None)
            if last and (rows.today - last).days > SILENT_DAYS:
                yield about_action(action, "check_ins", day=date_words(last))


def _signs_of_life(action: Action) -> Iterator[date]:
    """Yield the days when somebody said something of the action, and the day it was to begin."""
    for check_in in standing_check_ins(action):
        yield local_day(check_in.at)
    for face in (action.implementation, action.result):
        if face and face.at:
            yield local_day(face.at)
    if action.start_on:
        yield action.start_on


@_rule("effect-before-done")
def effect_before_done(rows: Rows, rule: Rule) -> Iterator[Found]:
    """A thing done once gives effect when it is done. Ordinary work gives effect while it goes on, but not before it begins."""
    for action in rows.actions_in(rule.tracks):
        is_ordinary = action.regularity is Regularity.ORDINARY
        ready, words = (action.start_on, "börjar") if is_ordinary else (action.due_on, "blir klar")
        if action.effect_from and ready and action.effect_from < ready:
            yield about_action(action, "effect_from", day=date_words(action.effect_from), word=words, other_day=date_words(ready))


@_rule("one-person-carries-all")
def one_person_carries_all(rows: Rows, rule: Rule) -> Iterator[Found]:
    carried: dict[str, list[Action]] = {}
    for action in rows.open_actions_in(rule.tracks):
        if is_said(action.responsible):
            carried.setdefault(person_of(action), []).append(action)
    total = sum(len(actions) for actions in carried.values())
    most = max(carried.values(), key=len, default=[])
    if total >= FEWEST_TO_SPREAD and len(most) >= PERSON_SHARE * total:
        yield about_plan(rows, "responsible", _ids(most), other=shown_person_of(most[0]), count=count_words(len(most)),
                         word=count_words(total))


def _ids(actions: list[Action]) -> Ids:
    return tuple(action.id for action in actions)
