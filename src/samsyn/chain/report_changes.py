"""What has changed since last time: against a saved report, or since a day that is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from samsyn.chain.choices import Result
from samsyn.chain.face import standing_check_ins
from samsyn.chain.plan import Plan
from samsyn.chain.report_values import Change, Changes, Report, ReportedAction, Side
from samsyn.chain.wording import count_words, counted, date_words, listed, local_day, number_words

NOT_IN_A_FILE = "Det går inte att se i filen."
FIRST_REPORT = "Det här är den första rapporten. Nästa rapport jämförs med den."
TELLING = tuple(f"till {result.label.lower()}" for result in (Result.WORSE, Result.BETTER, Result.UNCHANGED))
KINDS = {"result": "om resultat", "implementation": "om genomförande", "late": "om att något är sent", "added": "om nya åtgärder",
         "gone": "om borttagna åtgärder"}
ORDER = ("result", "implementation", "late", "added", "gone", "check_ins", "steps")


class AnotherPlan(ValueError):
    """The earlier report is of another plan and cannot be compared with."""


def changes_since(plan: Plan, actions: tuple[ReportedAction, ...], *, since: date | None, previous: Report | None) -> Changes:
    """
    Return what has changed.

    actions    the plan's actions as the new report shows them
    since      a day: what is dated that day or later has changed; overrides `previous`
    previous   the last saved report: the states are compared, whatever their dates
    raises     AnotherPlan if `previous` is of another plan
    """
    if plan.from_file:
        return Changes(known=False, since=since, saved_report=False, words=NOT_IN_A_FILE)
    if since is not None:
        items = _ordered([*_dated(actions, since), *_work_since(plan, since)])
        note = "Nya och borttagna åtgärder syns bara mot en sparad rapport."
        return Changes(known=True, since=since, saved_report=False, items=items,
                       words=f"{_summary(items)} sedan {date_words(since)}. {note}")
    if previous is None:
        return Changes(known=False, since=None, saved_report=False, words=FIRST_REPORT)
    if previous.plan != plan.id:
        raise AnotherPlan("Den förra rapporten gäller en annan plan.")
    items = _ordered(_against(actions, tuple(previous.actions)))
    return Changes(known=True, since=previous.on, saved_report=True, items=items,
                   words=f"{_summary(items)} sedan rapporten {date_words(previous.on)}.")


def _summary(items: tuple[Change, ...]) -> str:
    """Return "Tolv saker har ändrats" with how many of each kind, where there are several kinds."""
    if not items:
        return "Ingenting har ändrats"
    found = Counter(change.kind for change in items)
    kinds = listed(f"{count_words(found[kind])} {words}" for kind, words in KINDS.items() if found[kind])
    told = f" ({kinds})" if len(found) > 1 and kinds else ""
    return f"{counted(len(items), 'sak', 'saker').capitalize()} har ändrats{told}"


def _ordered(items: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes by kind; a result that says better, unchanged or worse comes before one that does not know."""
    return tuple(sorted(items, key=lambda change: (ORDER.index(change.kind), not any(word in change.words for word in TELLING))))


def _against(now: tuple[ReportedAction, ...], before: tuple[ReportedAction, ...]) -> Iterator[Change]:
    """Yield the differences between two sets of the same plan's actions."""
    earlier = {action.id: action for action in before}
    for action in now:
        old = earlier.pop(action.id, None)
        if old is None:
            yield _change("added", action, "Ny åtgärd.")
            continue
        yield from _moved("result", action, old.result, action.result)
        yield from _moved("implementation", action, old.implementation, action.implementation)
        if action.days_late and not old.days_late:
            yield _change("late", action, _late_words(action))
    for gone in earlier.values():
        yield _change("gone", gone, "Finns inte längre i planen.")
    yield from _more_work(now, before)


def _moved(kind: str, action: ReportedAction, old: Side, new: Side) -> Iterator[Change]:
    if (old.code, old.said) == (new.code, new.said) or not (old.said or new.said):
        return
    side = "Resultatet" if kind == "result" else "Genomförandet"
    if old.code == new.code:
        yield _change(kind, action, f"{side} är nu bekräftat: {_low(new.label)}." if new.said
                      else f"{side} är inte längre satt. Det visas som {_low(new.label)}.")
        return
    yield _change(kind, action, f"{side} har gått från {_low(old.label)} till {_low(new.label)}.")


def _low(label: str) -> str:
    return label[:1].lower() + label[1:]


def _change(kind: str, action: ReportedAction, words: str) -> Change:
    return Change(kind=kind, action=action.id, label=action.label, words=words)


def _late_words(action: ReportedAction) -> str:
    return f"Har blivit sen. Den skulle ha varit klar {date_words(action.due_on)}." if action.due_on else "Har blivit sen."


def _more_work(now: tuple[ReportedAction, ...], before: tuple[ReportedAction, ...]) -> Iterator[Change]:
    """Yield one sum over the check-ins that have come since, if there are any."""
    kept = {action.id for action in now}
    old = {action.id: action for action in before if action.id in kept}
    count = sum(action.check_ins - (old[action.id].check_ins if action.id in old else 0) for action in now)
    if count <= 0:
        return
    hours = _grown((a.spent_hours, old[a.id].spent_hours if a.id in old else None) for a in now)
    cost = _grown((a.spent_cost, old[a.id].spent_cost if a.id in old else None) for a in now)
    yield _sum_change("check_ins", _check_in_words(count, hours, cost))


def _grown(pairs: Iterable[tuple[Decimal | None, Decimal | None]]) -> Decimal:
    zero = Decimal(0)
    return sum(((new or zero) - (old or zero) for new, old in pairs), zero)


def _dated(actions: tuple[ReportedAction, ...], since: date) -> Iterator[Change]:
    """Yield what somebody has set on or after the day, and what has become late since."""
    for action in actions:
        for kind, side in (("result", action.result), ("implementation", action.implementation)):
            if side.said and side.on and side.on >= since:
                name = "Resultatet" if kind == "result" else "Genomförandet"
                yield _change(kind, action, f"{name} sattes till {_low(side.label)} {date_words(side.on)}.")
        if action.days_late and action.due_on and action.due_on >= since:
            yield _change("late", action, _late_words(action))


def _work_since(plan: Plan, since: date) -> Iterator[Change]:
    """Yield the sums over check-ins and steps dated on or after the day, if there are any."""
    new = [c for action in plan.actions for c in standing_check_ins(action) if local_day(c.at) >= since]
    if new:
        zero = Decimal(0)
        yield _sum_change("check_ins", _check_in_words(
            len(new), sum((c.hours or zero for c in new), zero), sum((c.cost or zero for c in new), zero)))
    done = sum(step.done_on is not None and step.done_on >= since for action in plan.actions for step in action.steps)
    if done:
        steps = counted(done, "moment", "moment", neuter=True).capitalize()
        yield _sum_change("steps", f"{steps} har blivit {'gjort' if done == 1 else 'gjorda'}.")


def _check_in_words(count: int, hours: Decimal, cost: Decimal) -> str:
    """Return "Två avstämningar har kommit in, med 4,5 timmar och 1 200 kr."."""
    used = [f"{number_words(hours)} timmar"] if hours > 0 else []
    used += [f"{number_words(cost)} kr"] if cost > 0 else []
    came = f"{counted(count, 'avstämning', 'avstämningar').capitalize()} har kommit in"
    return f"{came}, med {listed(used)}." if used else f"{came}."


def _sum_change(kind: str, words: str) -> Change:
    return Change(kind=kind, action="", label="", words=words)

