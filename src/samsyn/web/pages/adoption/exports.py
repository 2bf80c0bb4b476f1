"""The decisions on a plan, and what has changed since one of them, as files."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from samsyn.chain.wording import in_sweden
from samsyn.flows.adopting import changes_since_adoption
from samsyn.records.follow_up.adoption_reads import decisions_of
from samsyn.records.follow_up.reads import AdoptionHead, adoptions
from samsyn.records.partnership.rights import Right
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.download import Cell, table_download

DECISIONS = ("Antagen", "Av", "Beslut", "Gäller", "Inskrivet", "Av vem", "Rättat därför att")
CHANGES = ("Vad", "Slag", "Rad", "Uppgift", "Förut", "Nu")
SORTS = {"new": "Tillagt", "gone": "Borttaget", "changed": "Ändrat"}


@page(Right.READ)
@require_GET
def adopted_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give the decisions, newest first, each followed by how it read before it was corrected."""
    rows = [_decision(head, head is one.head) for one in decisions_of(adoptions(request.member.partnership, plan)) for head in (one.head, *one.earlier)]
    return table_download(ending, f"Antaganden {request.plan.name}", DECISIONS, rows)


@page(Right.READ)
@require_GET
def since_adoption_file(request: PageRequest, plan: UUID, adoption: UUID, ending: str) -> HttpResponse:
    """Give what has changed since the plan was adopted: a row for each field, or for each row that is new or gone."""
    changes = changes_since_adoption(request.plan, adoption)
    if changes is None:
        raise Http404
    rows: list[tuple[Cell, ...]] = []
    for one in changes:
        about = (SORTS[one.sort], one.kind, one.name)
        rows += [(*about, f.label, f.before, f.after) for f in one.fields] or [(*about, "", "", "")]
    return table_download(ending, f"Ändrat sedan antagandet {request.plan.name}", CHANGES, rows)


def _decision(head: AdoptionHead, stands: bool) -> tuple[Cell, ...]:
    return (head.adopted_on, head.body, head.decision, "Ja" if stands else "Nej, rättat", in_sweden(head.at), head.by, head.why)
