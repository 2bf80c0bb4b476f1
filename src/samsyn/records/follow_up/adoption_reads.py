"""An adopted version as its papers are made of: what the plan said that day, and the decision as it now reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samsyn.chain.report_values import Adopted
from samsyn.chain.wording import date_words, local_day, sentence
from samsyn.records.follow_up.models import Adoption
from samsyn.records.follow_up.reads import AdoptionHead


@dataclass(frozen=True, slots=True)
class FrozenPlan:
    """
    An adopted version.

    content   the plan's values in JSON, as they were `on` the day it was written in
    adopted   the decision, with who wrote it in first and who corrected it last
    """

    plan: UUID
    content: dict[str, Any]
    on: date
    adopted: Adopted


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it now reads, and how it read before it was corrected, newest first."""

    head: AdoptionHead
    earlier: tuple[AdoptionHead, ...]


def frozen_plan(partnership: UUID, adoption: UUID) -> FrozenPlan | None:
    """Return an adopted version of any of a partnership's plans, without its paper."""
    rows = Adoption.objects.within(partnership).defer("pdf")
    row = rows.filter(id=adoption).first()
    if row is None:
        return None
    first = row
    while first.corrects_id:
        first = rows.get(id=first.corrects_id)
    return FrozenPlan(row.plan_id, row.content, local_day(first.at), Adopted(
        on=row.adopted_on, body=row.body, decision=row.decision, written_by=first.by, written_on=local_day(first.at),
        corrected=corrected_words(date_words(local_day(row.at)), row.by, row.why) if row.corrects_id else ""))


def corrected_words(day: str, by: str, why: str) -> str:
    """Return a sentence of who corrected the wording of a decision: "Rättat 2026-11-23 av Anna: fel paragraf."."""
    return f"Rättat {day} av {by}: {sentence(why)}"


def decisions_of(heads: tuple[AdoptionHead, ...]) -> list[Decision]:
    """Return the decisions that are in force, newest first, each with its earlier wordings."""
    by_id = {head.id: head for head in heads}
    corrected = {head.corrects for head in heads}
    return [Decision(head, tuple(_earlier(head, by_id))) for head in heads if head.id not in corrected]


def _earlier(head: AdoptionHead, by_id: dict[UUID, AdoptionHead]) -> list[AdoptionHead]:
    found = []
    while head.corrects:
        head = by_id[head.corrects]
        found.append(head)
    return found
