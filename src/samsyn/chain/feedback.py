"""Words to send to those who took part: what was done, what is seen, what was learnt. Never more certain than the plan."""

from __future__ import annotations

from datetime import date

from samsyn.chain.choices import ENDED, Result
from samsyn.chain.face import implementation_of
from samsyn.chain.plan import Action, Plan
from samsyn.chain.wording import clipped, date_words, sentence

MOST = 8


def words_for_participants(plan: Plan, today: date) -> str:
    """Return a text to copy: what has been done and is under way, what has been seen, and lessons. Ends with how to answer."""
    done = [a for a in plan.actions if implementation_of(a) in ENDED]
    going = [a for a in plan.actions if str(implementation_of(a)) == "under_way"]
    parts = [f"{plan.name}: så har det gått hittills ({date_words(today)})", "", "Tack för att du har varit med.", ""]
    parts += _listed("Det här är gjort:", done) + _listed("Det här pågår:", going)
    seen = [f"- {_name(a)}: {Result(a.result.value).label.lower()}" for a in plan.actions if a.result and Result(a.result.value).is_verdict]
    parts += ["Så här har vi bedömt läget:", *seen[:MOST], "Vi vet inte säkert att det beror på åtgärderna.", ""] if seen else []
    lessons = [f"- {sentence(clipped(lesson.text, 200))}" for lesson in plan.lessons]
    parts += ["Det här har vi lärt oss:", *lessons[:MOST], ""] if lessons else []
    return "\n".join([*parts, "Har du frågor eller ser du något annat? Svara gärna."])


def _listed(heading: str, actions: list[Action]) -> list[str]:
    more = [f"- och {len(actions) - MOST} till"] if len(actions) > MOST else []
    return [heading, *(f"- {_name(a)}" for a in actions[:MOST]), *more, ""] if actions else []


def _name(action: Action) -> str:
    return clipped(action.text, 120)
