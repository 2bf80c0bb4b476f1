"""The sentences of a report: the finding, the lead and how to read it. They say what is, never what caused it."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.chain.choices import ENDED, VERDICTS, Implementation, Result
from samsyn.chain.plan import Plan
from samsyn.chain.report_values import Decisions, Reading, Standing
from samsyn.chain.rows import Rows
from samsyn.chain.rules import ids_breaking
from samsyn.chain.wording import count_words, counted, listed, sentence

HEADINGS = {
    "standing": "Var står vi?",
    "changes": "Vad har ändrats sedan sist?",
    "decisions": "Vad behöver ni besluta?",
    "late": "Vad är sent, och varför?",
    "by_cause": "Åtgärderna efter orsak",
    "timeline": "Åtgärderna i tid",
    "used": "Tid och pengar",
    "goals": "Mål",
    "unknowns": "Det här vet vi inte",
    "reading": "Så läser du rapporten",
    "dials": "Visaren: är åtgärden genomförd?",
    "faces": "Gubben: vad har hänt med problemet?",
}
"""The headings of a report, the same on the page, on paper and in Word. What stands under a heading is named by its key."""

IMPLEMENTATION_MEANS = {
    Implementation.NOT_STARTED: "Ingenting är gjort, eller ingen har sagt något.",
    Implementation.UNDER_WAY: "Arbetet har börjat.",
    Implementation.DONE: "Någon har sagt klart, men inte hur det gick till.",
    Implementation.DONE_AS_INTENDED: "Allt gjordes på det sätt som var tänkt.",
    Implementation.DONE_IN_PART: "En del gjordes, eller på ett annat sätt än tänkt.",
    Implementation.NOT_DONE: "Den genomfördes inte.",
}
RESULT_MEANS = {
    Result.BETTER: "Problemet har minskat.",
    Result.UNCHANGED: "Problemet är ungefär som förut.",
    Result.WORSE: "Problemet har ökat.",
    Result.CANNOT_BE_TOLD: "Någon har tittat, men underlaget räcker inte för ett svar.",
    Result.TOO_EARLY: "Det har inte gått så lång tid att något kan synas.",
    Result.NOT_MEASURED: "Ingen har tittat efter. Det är inte ett dåligt resultat.",
}


def headline(plan: Plan, standing: Standing, late: int) -> tuple[str, ...]:
    """Return the finding: how far the actions have come, and how many are late."""
    if not standing.total:
        return ("Planen har inga åtgärder än.",)
    return (_how_far(standing), _how_late(plan, standing, late))


def _how_far(standing: Standing) -> str:
    counts = {count.code: count.count for count in standing.implementation}
    total, going = standing.total, counts[Implementation.UNDER_WAY]
    ended = sum(counts[code] for code in ENDED)
    of_all = f"av {counted(total, 'åtgärd', 'åtgärder')}"
    if total == 1:
        return _of_one(going, ended)
    everyone = "Båda åtgärderna" if total == 2 else f"Alla {counted(total, 'åtgärd', 'åtgärder')}"
    if ended == total:
        return f"{everyone} är avslutade."
    if going == total:
        return f"{everyone} är igång."
    if going and ended:
        return f"{count_words(going).capitalize()} {of_all} är igång och {_ended_words(ended)}."
    if going:
        return f"{count_words(going).capitalize()} {of_all} är igång."
    if ended:
        return f"{count_words(ended).capitalize()} {of_all} är {'avslutad' if ended == 1 else 'avslutade'}."
    return f"Ingen {of_all} är påbörjad."


def _of_one(going: int, ended: int) -> str:
    return f"Planens enda åtgärd är {'igång' if going else 'avslutad' if ended else 'inte påbörjad'}."


def _ended_words(ended: int) -> str:
    return f"{count_words(ended)} {'avslutad' if ended == 1 else 'avslutade'}"


def _how_late(plan: Plan, standing: Standing, late: int) -> str:
    dated = sum(action.due_on is not None for action in plan.actions)
    if late:
        return f"{count_words(late).capitalize()} är {'sen' if late == 1 else 'sena'}."
    if not dated:
        return "Ingen har ett datum." if standing.total > 1 else "Den har inget datum."
    if standing.total == 1:
        return "Den är inte sen."
    return "Ingen är sen." if dated == standing.total else "Ingen av dem som har ett datum är sen."


def lead(rows: Rows, standing: Standing, decisions: Decisions) -> tuple[str, ...]:
    """Return the sentences under the headline: what the plan holds, the results so far, the gaps, the decisions."""
    return tuple(sentence(words) for words in _lead(rows, standing, decisions))


def _lead(rows: Rows, standing: Standing, decisions: Decisions) -> Iterator[str]:
    yield f"Planen har {_extent(rows.plan)}"
    if standing.total:
        yield from _results(standing)
    gaps = len(ids_breaking("cause-without-action", rows))
    if gaps and rows.plan.actions:
        yield f"{counted(gaps, 'orsak', 'orsaker')} har ingen åtgärd"
    if decisions.items:
        yield f"Vi ber om {counted(len(decisions.items), 'beslut', 'beslut', neuter=True)}"


def _extent(plan: Plan) -> str:
    parts = [counted(len(plan.problems), "problem", "problem", neuter=True)] if plan.problems else []
    parts += [counted(len(plan.causes), "orsak", "orsaker")] if plan.causes else []
    parts += [counted(len(plan.actions), "åtgärd", "åtgärder")] if plan.actions else []
    parts += [counted(len(plan.goals), "mål", "mål", neuter=True)] if plan.goals else []
    return listed(parts) if parts else "inget innehåll än"


def _results(standing: Standing) -> Iterator[str]:
    counts = {count.code: count.count for count in standing.result}
    verdicts = [r for r in (Result.BETTER, Result.UNCHANGED, Result.WORSE) if counts[r]]
    if not verdicts:
        yield "Inget resultat är bedömt än"
        return
    first, *others = verdicts
    said = [f"{first.label.lower()} för {counted(counts[first], 'åtgärd', 'åtgärder')}"]
    said += [f"{r.label.lower()} för {count_words(counts[r])}" for r in others]
    yield f"Resultatet är satt till {listed(said)}"
    if counts[Result.BETTER]:
        yield "Det visar vad som har hänt, inte att åtgärden är orsaken"
    left = standing.total - sum(counts[r] for r in VERDICTS)
    if left:
        yield f"För {counted(left, 'åtgärd', 'åtgärder')} vet vi inte än"


def how_to_read(plan: Plan) -> tuple[Reading, ...]:
    """Return how to read the report. The meanings of dials and faces stand in IMPLEMENTATION_MEANS and RESULT_MEANS."""
    told = (
        Reading(heading="Två frågor, två tecken", text=(
            "Visaren svarar på om åtgärden är genomförd. Gubben svarar på vad som har hänt med problemet. "
            "En åtgärd kan vara gjord som tänkt utan att problemet minskar.")),
        Reading(heading="Bättre betyder inte att åtgärden verkar", text=(
            "Rapporten säger vad som har hänt. Annat kan ha orsakat det. För att veta mer behövs en jämförelse med "
            "en plats eller grupp som inte har fått åtgärden.")),
        Reading(heading="Sen", text=(
            "En åtgärd är sen när dagen den skulle vara klar har gått och ingen har sagt att den är avslutad.")),
        Reading(heading="Tid och pengar", text=(
            "Summorna räknar bara med åtgärder där någon har skrivit ett tal. Därför står det bredvid hur många de är. "
            "Använd tid och använda pengar kommer från avstämningarna.")),
        Reading(heading="Långa texter", text="Tre prickar visar att en text är förkortad. Hela texten finns i planen."),
    )
    colour = Reading(heading="Färgen i filen", text=(
        "Grön, gul och röd säger något om genomförandet, aldrig om resultatet. Grön läses som gjord, gul som pågår. "
        "Röd kan betyda inte påbörjad eller blev inte av."))
    return told + ((colour,) if any(action.form_face for action in plan.actions) else ())
