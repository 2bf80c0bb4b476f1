"""The order as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from samsyn.chain.bundles import parts_of, together
from samsyn.chain.face import implementation_of
from samsyn.chain.order import sequence
from samsyn.chain.plan import Action, Plan
from samsyn.chain.rows import name_of_action
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.rights import Right
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.download import Cell, table_download

HEADERS = ("Plats", "Nummer", "Åtgärd", "Ansvarig", "Genomförande", "När effekt",
           "Klart senast", "Som det skrevs", "Effekt väntas", "Kommer efter", "Kombination")


@page(Right.READ)
@require_GET
def order_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give the actions in the order they are to be carried out."""
    return table_download(ending, f"Ordning {request.plan.name}", HEADERS, _rows(plan_values(request.plan, with_story=False)))


def _rows(plan: Plan) -> list[tuple[Cell, ...]]:
    actions = sequence(plan)
    names, parts = {a.id: name_of_action(a) for a in actions}, parts_of(together(plan))
    return [(place, a.number, a.text, a.responsible, _said(a), a.horizon.label if a.horizon else "", a.due_on, a.due_typed, a.effect_from,
             ", ".join(names[one] for one in a.depends_on if one in names), parts[a.id].words if a.id in parts else "")
            for place, a in enumerate(actions, 1)]


def _said(action: Action) -> str:
    said = implementation_of(action)
    return said.label if said else ""
