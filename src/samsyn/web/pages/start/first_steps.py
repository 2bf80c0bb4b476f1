"""The first steps of a new collaboration: they stay on the start page until all are done or somebody puts them away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

MENDING = ("problem", "cause", "goal", "action")  # what is added or changed when something is mended
PUT_AWAY = "first_steps.put_away"


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: what to do, why, the address and words of the link that leads there, and whether it is done."""

    title: str
    why: str
    address: str
    link: str
    is_done: bool


def first_steps(plan: UUID, acts: Mapping[str, int], *, members: int, must_mend: bool) -> list[FirstStep]:
    """
    Return the steps of a collaboration that has a plan; nothing when all are done or they have been put away.

    plan        the plan that the links lead to
    acts        how many times people have done each kind of act (records.access.reads.acts_of_people)
    members     how many take part
    must_mend   whether the plan check still finds something that must be mended
    """
    mended = sum(acts.get(f"{row}.{verb}", 0) for row in MENDING for verb in ("added", "changed"))
    steps = [
        FirstStep("Lägg in planen", "Nu finns den här.", reverse("board", args=[plan]), "Se tavlan", True),
        FirstStep("Rätta tre saker", "Plankollen säger vilka som är viktigast.", reverse("plan_check", args=[plan]), "Till plankollen",
                  mended >= 3 or not must_mend),
        FirstStep("Bjud in de ansvariga", "Då kan de stämma av sina åtgärder själva.", reverse("invite"), "Bjud in", members > 1 or "invitation.made" in acts),
        FirstStep("Sätt en gubbe", "Öppna en åtgärd på tavlan och säg hur det gick.", reverse("board", args=[plan]), "Välj en åtgärd",
                  any(kind.startswith("face.") for kind in acts)),
        FirstStep("Lämna en rapport till styrgruppen", "Spara den när du har skrivit ut den. Då jämför nästa rapport med den.", reverse("report", args=[plan]),
                  "Till rapporten", "report.saved" in acts),
    ]
    return [] if PUT_AWAY in acts or all(step.is_done for step in steps) else steps
