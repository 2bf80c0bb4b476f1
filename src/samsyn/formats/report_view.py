"""A report as the strings its paper shows: every date, number and sentence written out, every long text cut."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from samsyn.chain.choices import Implementation, Result
from samsyn.chain.facts import FACT_BASELINE, FACT_DUE, FACT_INDICATOR, FACT_RESPONSIBLE, FACT_TARGET
from samsyn.chain.report_chain import NO_CAUSE_TEXT
from samsyn.chain.report_values import (
    Adopted, Asked, CauseStanding, Change, Count, LateAction, Report, ReportedAction, ReportedCause, ReportedGoal, Section, Side, Used,
)
from samsyn.chain.report_words import HEADINGS, IMPLEMENTATION_MEANS, RESULT_MEANS
from samsyn.chain.wording import clipped, date_words, days_words, listed, number_words, sentence, week_words

NOT_IN_FILE = "går inte att se i filen"
ON_PAGE_ONE, IN_FULL, HEADING = 130, 420, 160  # characters

View = dict[str, Any]


def view_of(report: Report) -> View:
    """Return the report's words for the template, by name: only str, bool, int and lists and dicts of them."""
    return {
        "headings": dict(HEADINGS), "nothing": _nothing(report),
        "title": " ".join(report.headline), "headline": list(report.headline), "lead": " ".join(report.lead),
        "plan": clipped(report.plan_name, 120), "stamp": _stamp(report), "adopted": _adopted(report.adopted), "on": date_words(report.on),
        "dials": _counts(report.standing.implementation), "faces": _counts(report.standing.result), "total": report.standing.total,
        "changes": {"words": report.changes.words, "items": [_change(change) for change in report.changes.items]},
        "decisions": {"words": report.decisions.words, "items": [_asked(asked) for asked in report.decisions.items]},
        "late": [_late(late, report) for late in report.late],
        "shows": _shows(report), "by_cause": _by_cause(report), "timeline": _timeline(report), "used": [_used(used) for used in report.used],
        "sections": [_section(section, report) for section in report.sections],
        "unknowns": list(report.unknowns), "reading": [{"heading": r.heading, "text": r.text} for r in report.reading],
        "dial_meanings": [_meaning(choice, words) for choice, words in IMPLEMENTATION_MEANS.items()],
        "face_meanings": [_meaning(choice, words) for choice, words in RESULT_MEANS.items()],
    }


def outline_of(view: View) -> list[tuple[int, str]]:
    """Return the level and text of every heading in order: page, paper and Word have these. Paper repeats what was cut on its first page."""
    heads = view["headings"]
    outline = [(1, view["title"]), *((2, heads[key]) for key in ("standing", "changes", "decisions", "late"))]
    outline += [(2, heads[key]) for key in ("by_cause", "timeline", "used") if view["shows"][key]]
    for section in view["sections"]:
        outline.append((2, section["title"]))
        outline += [(3, heads["goals"])] if section["goals"] else []
        outline += [(3, cause["title"]) for cause in section["causes"] if cause["title"]]
    return [*outline, (2, heads["unknowns"]), (2, heads["reading"]), (3, heads["dials"]), (3, heads["faces"])]


def _nothing(report: Report) -> View:
    """Return what stands under a heading that has nothing to show."""
    late = "Ingen åtgärd med ett datum är sen." if report.standing.total else "Det finns inga åtgärder än."
    return {"standing": "Det finns inga åtgärder att räkna.", "late": late, "unknowns": "Allt som rapporten frågar efter är ifyllt."}


def _shows(report: Report) -> dict[str, bool]:
    """Return which of the parts with tables the report has: those with something in them."""
    total = bool(report.standing.total)
    return {"by_cause": total and bool(report.standing.by_cause), "timeline": total and bool(report.timeline.rows), "used": total}


def lacking(report: Report, fact: str, words: str) -> str:
    """Return what stands where a value is empty: that the file cannot say it, or else the words for missing."""
    return NOT_IN_FILE if fact in report.unseen else words


def _stamp(report: Report) -> list[str]:
    name = clipped(", ".join(part for part in (report.plan_name, report.period) if part), 70)
    read = f"filen {clipped(report.source, 50)}" if report.source else "planen"
    return [f"Till styrgruppen. {name}".strip(), f"Läst ur {read} {date_words(report.on)}, {week_words(report.on)}"]


def _adopted(adopted: Adopted | None) -> View:
    """Return the box of an adopted version: what was decided, by whom and when, and who wrote it in. No title = no box."""
    if adopted is None:
        return {"title": "", "lines": []}
    decision = f"Beslut: {sentence(adopted.decision)}" if adopted.decision.strip() else "Beslutets nummer eller ord är inte inskrivet."
    written = f"Inskrivet i Samsyn {date_words(adopted.written_on)} av {adopted.written_by}."
    return {"title": f"Antagen {date_words(adopted.on)} av {adopted.body}", "lines": [line for line in (decision, written, adopted.corrected) if line]}


def _counts(counts: tuple[Count, ...]) -> list[View]:
    """Return counts with the word for so many: "1 Inte påbörjad", "4 Inte påbörjade"."""
    return [{"code": c.code, "label": c.words, "count": number_words(c.count), "is_zero": c.count == 0} for c in counts]


def _meaning(choice: Implementation | Result, words: str) -> View:
    return {"code": str(choice), "label": choice.label, "words": words}


def _asked(asked: Asked) -> View:
    return {"number": str(asked.number), "text": clipped(asked.text, IN_FULL), "short": clipped(asked.text, 150),
            "otherwise": _otherwise(asked.otherwise, IN_FULL), "otherwise_short": _otherwise(asked.otherwise, ON_PAGE_ONE),
            "action": clipped(asked.action, 90)}


def _otherwise(text: str, length: int) -> str:
    return f"Annars: {clipped(text, length)}" if text else ""


def _change(change: Change) -> View:
    return {"code": change.kind, "label": sentence(clipped(change.label, 60)), "words": change.words}


def _late(late: LateAction, report: Report) -> View:
    return {"label": clipped(late.label, 80), "days": days_words(late.days), "due": date_words(late.due_on),
            "has_reason": late.has_reason,
            "reason": clipped(late.reason, IN_FULL), "short": clipped(late.reason, ON_PAGE_ONE),
            "responsible": clipped(late.responsible, 60) or lacking(report, FACT_RESPONSIBLE, "ingen ansvarig")}


def _by_cause(report: Report) -> View:
    """Return the table beside the chart: only the states that some action is in."""
    used = [count for count in report.standing.implementation if count.count]
    rows = [{"cause": clipped(_numbered(row), 120), "total": str(row.total),
             "counts": [_figure(row, count.code) for count in used]} for row in report.standing.by_cause]
    shared = report.standing.shared
    note = "En åtgärd som gäller flera orsaker räknas under var och en av dem." if shared else ""
    return {"heads": [count.label for count in used], "rows": rows, "note": note}


def _figure(row: CauseStanding, code: str) -> str:
    return str(next(count.count for count in row.counts if count.code == code))


def _numbered(row: CauseStanding | ReportedCause) -> str:
    return f"{row.number}. {row.text}" if row.number is not None else row.text


def _timeline(report: Report) -> View:
    rows = [{"label": clipped(row.label, 90), "start": _day(row.start_on), "due": _day(row.due_on), "done": _day(row.done_on),
             "late": days_words(row.days_late) if row.days_late else "", "state": row.state} for row in report.timeline.rows]
    return {"rows": rows, "notes": list(report.timeline.notes)}


def _day(day: date | None) -> str:
    return date_words(day) if day else ""


def _used(used: Used) -> View:
    return {"label": used.label, "planned": _amount(used.planned, used.unit, used.planned_from, used.of),
            "spent": _amount(used.spent, used.unit, used.spent_from, used.of) if used.spent_known else NOT_IN_FILE}


def _amount(amount: Decimal | None, unit: str, given: int, of: int) -> str:
    """Return "120 timmar (8 av 12 åtgärder)", or that nobody has given any."""
    if amount is None:
        return "inget skrivet"
    return f"{number_words(amount)} {unit} ({number_words(given)} av {number_words(of)} åtgärder)"


def _section(section: Section, report: Report) -> View:
    title = clipped(section.title, HEADING)
    return {
        "starts_page": section.kind == "problem", "title": f"Problem: {title}" if section.kind == "problem" else title,
        "facts": [[label, clipped(text, IN_FULL)] for label, text in section.facts],
        "goals": [_goal(goal, report) for goal in section.goals],
        "causes": [_cause(cause, report) for cause in section.causes],
        "used": [_used(used) for used in section.used] if any(cause.actions for cause in section.causes) else [],
    }


def _goal(goal: ReportedGoal, report: Report) -> View:
    start = ", ".join(part for part in (clipped(goal.baseline, 80), _day(goal.baseline_on)) if part)
    return {"number": str(goal.number), "text": clipped(goal.text, IN_FULL), "kind": goal.kind, "due": _day(goal.due_on),
            "indicator": clipped(goal.indicator, 160) or lacking(report, FACT_INDICATOR, "saknas"),
            "baseline": start or lacking(report, FACT_BASELINE, "saknas"),
            "target": clipped(goal.target, 80) or lacking(report, FACT_TARGET, "saknas")}


def _cause(cause: ReportedCause, report: Report) -> View:
    title = f"Orsak {_numbered(cause)}" if cause.number is not None else cause.text
    return {"title": clipped(title, HEADING) if title != NO_CAUSE_TEXT else "", "kind": cause.kind, "gap": cause.gap,
            "also": [clipped(label, 90) for label in cause.also], "actions": [_action(action, report) for action in cause.actions]}


def _action(action: ReportedAction, report: Report) -> View:
    return {
        "number": clipped(action.number, 12), "text": clipped(action.text, IN_FULL),
        "responsible": clipped(action.responsible, 90) or "Ansvarig: " + lacking(report, FACT_RESPONSIBLE, "ingen än"),
        "dial": _side(action.implementation, action.colour, "ingen har sagt något"), "face": _side(action.result, "", "ingen har bedömt det"),
        "due": _day(action.due_on) or clipped(action.due_typed, 40) or lacking(report, FACT_DUE, "inget datum"), "late": _late_words(action),
        "used": _spent(action), "last": _last_check_in(action), "goals": listed(map(str, action.goals)),
        "reason": clipped(action.late_reason, 200) if action.days_late else "",
    }


def _late_words(action: ReportedAction) -> str:
    return f"{days_words(action.days_late)} sen" if action.days_late else ""


def _side(side: Side, colour: str, nobody: str) -> View:
    """Return one side of the face: its word, and who said it or that nobody has."""
    said = [f"{colour} i filen" if colour and side.by_file else "sagt i filen"] if side.by_file else []
    said += [clipped(side.by, 50)] if side.by and not side.by_file else []
    said += [_day(side.on)] if side.on else []
    silent = f"{colour} i filen, som inte säger vilket" if colour else nobody
    words = ", ".join(said) if side.said else silent
    basis = f"Bygger på: {side.rests_on.lower()}." if side.rests_on else ""
    why = clipped(side.why, 160)
    return {"code": side.code, "label": side.label, "who": words, "why": f"{sentence(why)} {basis}" if why and basis else why or basis}


def _spent(action: ReportedAction) -> str:
    """Return "Tid: 40 timmar planerade, 12 använda. Pengar: ...", with what is given."""
    parts = []
    for label, unit, planned, spent in (("Tid", "timmar", action.planned_hours, action.spent_hours),
                                        ("Pengar", "kr", action.planned_cost, action.spent_cost)):
        given = [f"{number_words(planned)} {unit} planerat"] if planned is not None else []
        given += [f"{number_words(spent)} {unit} använt"] if spent is not None else []
        parts += [f"{label}: {', '.join(given)}."] if given else []
    return " ".join(parts)


def _last_check_in(action: ReportedAction) -> str:
    if not action.last_check_in_on:
        return ""
    return f"Avstämt {date_words(action.last_check_in_on)}: {sentence(clipped(action.last_check_in, 240))}"
