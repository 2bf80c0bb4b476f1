"""What a meeting may have to talk about: one function for each reason, from plain values. A title is a finding or a question, never a label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from samsyn.chain.agenda_values import AgendaGround, HandedOut, PlanNow, ProposedPoint
from samsyn.chain.choices import Implementation, Result
from samsyn.chain.face import has_ended, implementation_of, standing_check_ins
from samsyn.chain.late import days_late, is_late, late_reason_of
from samsyn.chain.meeting_values import STEERS, GroupKind, PointKind
from samsyn.chain.plan import Action, DecisionAsked, Face
from samsyn.chain.rows import is_said, name_of_action, name_of_goal, shown_person_of
from samsyn.chain.wording import clipped, counted, date_words, listed, local_day, sentence

LONGEST_TITLE = 300
AHEAD = timedelta(days=42)  # how far a group looks when nobody knows when it meets again
MOST_LINES = 12
MINUTES = {
    PointKind.SINCE_LAST: 5, PointKind.DECISION_ASKED: 10, PointKind.NEXT_TIME: 5, PointKind.STEERING_LIST: 6, PointKind.LATE: 5, PointKind.SILENT: 3,
    PointKind.CHANGED: 5, PointKind.DUE_BEFORE_NEXT: 3, PointKind.CHECK_FAILS: 5, PointKind.DATE_AHEAD: 3,
}
WENT = {"klart": "klara", "på väg": "på väg", "sent": "sena", "blir inte av": "blir inte av", "utan svar": "utan svar"}  # one -> several
Found = tuple[Action, PlanNow]


def since_last(ground: AgendaGround) -> Iterator[ProposedPoint]:
    """Yield one point about the assignments of the last meeting, if there were any."""
    if not ground.assignments or ground.last_on is None:
        return
    went = [_how_it_went(one, ground.on) for one in ground.assignments]
    counts = [(sum(word == wanted for word, _ in went), wanted) for wanted in WENT]
    said = listed(f"{count} {WENT[word] if count > 1 else word}" for count, word in counts if count)
    asked = counted(len(went), "uppdraget", "uppdragen", neuter=True)
    which = asked if len(went) == 1 else f"de {asked}"
    yield ProposedPoint(
        kind=PointKind.SINCE_LAST, title=f"Hur gick det med {which} från {date_words(ground.last_on)}? {sentence(said)}",
        why=_lines(line for _, line in went), minutes=min(15, MINUTES[PointKind.SINCE_LAST] + sum(word != "klart" for word, _ in went)),
        subject_kind="meeting", subject_id=ground.last_id)


def _how_it_went(one: HandedOut, on: date) -> tuple[str, str]:
    """Return a word for how an assignment went, and a line that tells it."""
    due = f", senast {date_words(one.due_on)}" if one.due_on else ""
    about = f"{one.owner}: {clipped(one.text, 120)}{due}"
    if one.done_on:
        return "klart", f"{about}. Klart {date_words(one.done_on)}."
    if one.dropped_on:
        return "blir inte av", f"{about}. Blir inte av."
    said = f" {sentence(one.answer.label)}" if one.answer else ""
    said += f" {sentence(clipped(one.words, 160))}" if is_said(one.words) else ""
    if one.due_on and one.due_on < on:
        return "sent", f"{about}. Sent.{said}"
    return ("på väg" if one.answer else "utan svar"), f"{about}.{said or ' Inget svar än.'}"


def stuck(ground: AgendaGround) -> Iterator[ProposedPoint]:
    """Yield the assignments that nobody has answered about, though everybody has been asked."""
    for one in ground.stuck:
        title = f"Uppdraget ”{clipped(one.text, 160).rstrip('.')}” har stått stilla trots påminnelser. Vad behöver {one.owner}?"
        yield ProposedPoint(kind=PointKind.STEERING_LIST, title=clipped(title, LONGEST_TITLE), why=_how_it_went(one, ground.on)[1],
                            minutes=MINUTES[PointKind.LATE], subject_kind="assignment", subject_id=one.id)


def parked(ground: AgendaGround) -> Iterator[ProposedPoint]:
    """Yield the points that the last meeting left for this one."""
    for one in ground.parked:
        left = f"Sköts upp från mötet {date_words(ground.last_on)}." if ground.last_on else ""
        yield ProposedPoint(kind=PointKind.NEXT_TIME, title=clipped(one.title, LONGEST_TITLE), why="\n".join(filter(None, (left, one.why))),
                            minutes=MINUTES[PointKind.NEXT_TIME], plan=one.plan, subject_kind=one.subject_kind, subject_id=one.subject_id)


def decisions(ground: AgendaGround) -> Iterator[ProposedPoint]:
    """Yield the decisions that are asked for: to be taken, or, in a preparatory group, to be made ready."""
    for plan in ground.plans:
        names = {action.id: name_of_action(action) for action in plan.values.actions}
        for asked in plan.values.decisions_asked:
            yield ProposedPoint(
                kind=PointKind.DECISION_ASKED, title=_decision_title(asked, ground.kind), why=_decision_why(asked, names, plan),
                minutes=MINUTES[PointKind.DECISION_ASKED], plan=plan.values.id, subject_kind="decision", subject_id=asked.id)


def _decision_title(asked: DecisionAsked, kind: GroupKind) -> str:
    words = clipped(asked.text, LONGEST_TITLE - 60).rstrip(".")
    if kind is GroupKind.PREPARATORY:
        return f"Är underlaget klart till beslutet: {words}?"
    return words if words.endswith("?") else f"Beslutar ni detta: {words}?"


def _decision_why(asked: DecisionAsked, names: dict[str, str], plan: PlanNow) -> str:
    otherwise = f"Annars: {sentence(asked.otherwise)}" if is_said(asked.otherwise) else ""
    about = f"Gäller {names[asked.action]}." if asked.action in names else ""
    return _lines((otherwise, about, _of_plan(plan)))


def on_the_list(ground: AgendaGround) -> list[Found]:
    """Return the actions that stand on the steering group's list, those that are latest first."""
    found = [(action, plan) for action, plan in open_actions(ground) if action.id in plan.listed]
    return sorted(found, key=lambda one: -max(days_late(one[0], ground.on), one[1].silent.get(one[0].id, 0)))


def late(ground: AgendaGround) -> list[Found]:
    """Return the late actions, the latest first. A steering group is asked only of those whose reason nobody has said."""
    only_unsaid = ground.kind in STEERS
    found = [(action, plan) for action, plan in open_actions(ground) if is_late(action, ground.on) and not (only_unsaid and late_reason_of(action))]
    return sorted(found, key=lambda one: -days_late(one[0], ground.on))


def silent(ground: AgendaGround) -> list[Found]:
    """Return the actions that nobody has said anything about, the longest silence first."""
    found = [(action, plan) for action, plan in open_actions(ground) if action.id in plan.silent]
    return sorted(found, key=lambda one: -one[1].silent[one[0].id])


def due_before_next(ground: AgendaGround) -> list[Found]:
    """Return the actions that are to be done before the group meets again, the nearest first."""
    end = ground.next_on or ground.meets_on + AHEAD
    found = [(action, plan) for action, plan in open_actions(ground) if action.due_on and ground.on <= action.due_on <= end]
    return sorted(found, key=lambda one: one[0].due_on or end)


def turned(ground: AgendaGround) -> list[Found]:
    """Return the actions that since last time have gone the wrong way: the problem is worse, or it was not done."""
    return [(action, plan) for plan in ground.plans for action in plan.values.actions if _turn(action, ground.last_on)]


def _turn(action: Action, since: date | None) -> str:
    if _is_new(action.result, since) and action.result and action.result.value is Result.WORSE:
        return "worse"
    return "not_done" if _is_new(action.implementation, since) and implementation_of(action) is Implementation.NOT_DONE else ""


def _is_new(face: Face | None, since: date | None) -> bool:
    return face is not None and not face.by_file and face.at is not None and since is not None and local_day(face.at) > since


def changed(ground: AgendaGround) -> Iterator[ProposedPoint]:
    """Yield for each plan what has happened since last time, if anything has."""
    since = ground.last_on
    for plan in ground.plans if since else ():
        lines = [line for action in plan.values.actions if (line := _news(action, since))]
        if lines:
            yield ProposedPoint(
                kind=PointKind.CHANGED, title=f"{counted(len(lines), 'åtgärd', 'åtgärder').capitalize()} i {plan.values.name} har ändrats sedan "
                f"{date_words(since or ground.on)}. Vad lär vi av det?", why=_lines(lines), minutes=MINUTES[PointKind.CHANGED], plan=plan.values.id,
                subject_kind="plan", subject_id=plan.values.id)


def _news(action: Action, since: date | None) -> str:
    """Return what has been said of an action since a day: how it was carried out, its result, the latest check-in; "" if nothing has."""
    said = [str(action.implementation.value.label)] if action.implementation and _is_new(action.implementation, since) else []
    said += [f"Resultat: {str(action.result.value.label).lower()}"] if action.result and _is_new(action.result, since) else []
    new = [one for one in standing_check_ins(action) if since and local_day(one.at) > since]
    said += [clipped(new[-1].text, 100)] if new and is_said(new[-1].text) else []
    return f"{name_of_action(action)}: {' '.join(sentence(one) for one in said)}" if said else ""


def checks(ground: AgendaGround) -> Iterator[ProposedPoint]:
    """Yield for each plan what the plan check says must be mended."""
    for plan in ground.plans:
        if plan.failing:
            things = counted(len(plan.failing), "sak", "saker")
            yield ProposedPoint(
                kind=PointKind.CHECK_FAILS, title=f"Plankollen ser {things} som måste rättas i {plan.values.name}. Vem gör det?",
                why=_lines(plan.failing), minutes=MINUTES[PointKind.CHECK_FAILS], plan=plan.values.id, subject_kind="plan", subject_id=plan.values.id)


def dates(ground: AgendaGround) -> Iterator[ProposedPoint]:
    """Yield one point about the days ahead: the steering group's own days, goals to be reached, other meetings."""
    end = ground.next_on or ground.meets_on + AHEAD
    ahead = sorted({(day, words) for day, words in (*_plan_days(ground), *ground.dates) if ground.meets_on < day <= end})
    due = len(due_before_next(ground)) if ground.kind is not GroupKind.WORKING else 0
    more = [f"{counted(due, 'åtgärd', 'åtgärder').capitalize()} ska vara klara till dess." if due > 1 else "En åtgärd ska vara klar till dess."] if due else []
    if ahead:
        when = f"före {date_words(ground.next_on)}" if ground.next_on else "de närmaste sex veckorna"
        title = f"Är ni redo för {counted(len(ahead), 'datum', 'datum', neuter=True)} {when}? Först {date_words(ahead[0][0])}: {ahead[0][1]}"
        yield ProposedPoint(
            kind=PointKind.DATE_AHEAD, title=clipped(title, LONGEST_TITLE), why=_lines([*(f"{date_words(day)}: {words}" for day, words in ahead), *more]),
            minutes=MINUTES[PointKind.DATE_AHEAD], subject_kind="group", subject_id=ground.group)


def _plan_days(ground: AgendaGround) -> Iterator[tuple[date, str]]:
    for plan in ground.plans:
        for day in plan.values.follow_up.informed_on if plan.values.follow_up else ():
            what = f" om {day.what}" if is_said(day.what) else ""
            yield day.on, f"Styrgruppen ska informeras{what} ({plan.values.name})."
        for goal in plan.values.goals:
            if goal.due_on:
                yield goal.due_on, f"{name_of_goal(goal)} ska vara nått."


def open_actions(ground: AgendaGround) -> Iterator[Found]:
    """Yield the actions of the group's plans that have not ended."""
    return ((action, plan) for plan in ground.plans for action in plan.values.actions if not has_ended(action))


def about_action(kind: PointKind, found: Found, ground: AgendaGround) -> ProposedPoint:
    """Return the point about one action, for the reason that `kind` says."""
    action, plan = found
    return ProposedPoint(kind=kind, title=clipped(_title(kind, action, plan, ground), LONGEST_TITLE), why=_why(kind, action, plan, ground),
                         minutes=MINUTES[kind], plan=plan.values.id, subject_kind="action", subject_id=action.id)


def _title(kind: PointKind, action: Action, plan: PlanNow, ground: AgendaGround) -> str:
    name, person = name_of_action(action), shown_person_of(action)
    should = f"skulle vara klar {date_words(action.due_on)}" if action.due_on else ""
    if kind is PointKind.STEERING_LIST:
        how = f"{should} men har inte kommit vidare" if is_late(action, ground.on) else "har stått stilla"
        return f"{name} {how} trots påminnelser. Vad behöver {person or 'den ansvariga'} för att komma vidare?"
    if kind is PointKind.LATE:
        return f"{name} {should}. {'Räcker det som görs åt det?' if late_reason_of(action) else 'Varför, och när blir den klar?'}"
    if kind is PointKind.SILENT:
        return f"Ingen har sagt något om {name} sedan {_heard_of(action, plan, ground)}. Händer det något?"
    if kind is PointKind.CHANGED:
        worse = _turn(action, ground.last_on) == "worse"
        return f"{name}: problemet har blivit sämre. Ska ni ändra åtgärden?" if worse else f"{name} blev inte av. Vad gör ni i stället?"
    if action.due_on and action.due_on < ground.meets_on:
        return f"{name} {should}, före mötet. Hur gick det?"
    asked = f"Hinner {person}?" if person else "Vem gör den?"
    return f"{name} ska vara klar {date_words(action.due_on or ground.on)}. {asked}"


def _heard_of(action: Action, plan: PlanNow, ground: AgendaGround) -> str:
    """Return the day of the latest word: an agenda is read days after it is made, and a count of days would be wrong by then."""
    return date_words(ground.on - timedelta(days=plan.silent[action.id]))


def _why(kind: PointKind, action: Action, plan: PlanNow, ground: AgendaGround) -> str:
    who = shown_person_of(action)
    at = f", {action.responsible_organisation}" if action.responsible_organisation else ""
    last = standing_check_ins(action)[-1:]
    said = f"Senast {date_words(local_day(last[0].at))}: {sentence(clipped(last[0].text, 200))}" if last and is_said(last[0].text) else ""
    reason = late_reason_of(action) if is_late(action, ground.on) else ""
    is_unsaid = kind in (PointKind.CHANGED, PointKind.SILENT) and is_late(action, ground.on)  # the other titles say it
    due = f" Skulle vara klar {date_words(action.due_on)}." if action.due_on and is_unsaid else ""
    return _lines((f"Ansvarig: {who}{at}.{due}" if who else f"Ingen är ansvarig.{due}", f"Skäl: {sentence(reason)}" if reason else "", said, _of_plan(plan)))


def _of_plan(plan: PlanNow) -> str:
    return f"Plan: {plan.values.name}." if plan.values.name else ""


FOLDED = {
    PointKind.STEERING_LIST: "{many} har stått stilla trots påminnelser. Vad behövs?", PointKind.LATE: "{many} är sena. Vilka behöver ni tala om?",
    PointKind.SILENT: "Det har varit tyst om {many}. Vem frågar?", PointKind.CHANGED: "{many} gick inte som tänkt. Vilka behöver ni tala om?",
    PointKind.DUE_BEFORE_NEXT: "{many} ska vara klara före nästa möte. Är någon i fara?",
}


def folded(kind: PointKind, found: list[Found], ground: AgendaGround, *, are_more: bool) -> ProposedPoint:
    """Return at least two actions with the same reason as one point. `are_more` says that others with it stand as points of their own."""
    many = counted(len(found), "åtgärd", "åtgärder") + (" till" if are_more else "")
    title = FOLDED[kind].format(many=many)
    return ProposedPoint(
        kind=kind, title=title[0].upper() + title[1:], why=_lines(f"{name_of_action(action)}{_tail(kind, action, plan, ground)}" for action, plan in found),
        minutes=MINUTES[PointKind.LATE], subject_kind="group", subject_id=ground.group)


def _tail(kind: PointKind, action: Action, plan: PlanNow, ground: AgendaGround) -> str:
    who = f" ({shown_person_of(action)})" if shown_person_of(action) else ""
    if kind is PointKind.SILENT:
        return f"{who}, tyst sedan {_heard_of(action, plan, ground)}"
    if is_late(action, ground.on) and action.due_on:
        return f"{who}, skulle vara klar {date_words(action.due_on)}"
    return f"{who}, senast {date_words(action.due_on)}" if action.due_on else who


def _lines(lines: Iterable[str]) -> str:
    kept = [line for line in lines if line]
    left = len(kept) - MOST_LINES
    return "\n".join([*kept[:MOST_LINES], f"och {left} till."] if left > 1 else kept)
