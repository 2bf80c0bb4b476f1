"""The chain view: does the plan hang together? As a page to mend from, and as a drawing to keep and print."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samsyn.chain.chain_values import ChainView
from samsyn.chain.chain_view import chain_of
from samsyn.chain.row_words import THREAD_WORDS
from samsyn.chain.wording import clipped, counted, sentence
from samsyn.formats.chain_svg import chain_svg as drawn
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.chain_view.paper import paper_of
from samsyn.web.pages.chain_view.shown import Shown
from samsyn.web.parts.download import download

COLUMNS = [(kind, words.capitalize()) for kind, words in THREAD_WORDS.items()]


@page(Right.READ)
@require_GET
def chain_view(request: PageRequest, plan: UUID) -> HttpResponse:
    """Show the chain, or that of one problem."""
    view = _view(request)
    shown = Shown(view, plan, may_edit=request.member.may(Right.EDIT_CHAIN))
    return render(request, "chain_view/chain_view.html", {
        "plan": request.plan, "view": view, "branches": shown.branches(), "bundles": shown.bundles(), "kinds": shown.gap_kinds(), "headline": _headline(view),
        "chips": _chips(view), "query": f"?problem={view.shown}" if view.shown else "", "may_edit": request.member.may(Right.EDIT_CHAIN),
        "gap_count": len(view.gaps), "columns": COLUMNS, "paper": paper_of(view)})


@page(Right.READ)
@require_GET
def chain_svg(request: PageRequest, plan: UUID) -> HttpResponse:
    """Give the chain as a drawing of A3."""
    return download(drawn(_view(request), today()).encode(), "svg", f"Kedjan {request.plan.name}")


def _view(request: PageRequest) -> ChainView:
    return chain_of(plan_values(request.plan, with_story=False), today(), problem=request.GET.get("problem", ""))


def _headline(view: ChainView) -> str:
    if not view.gaps:
        return "Kedjan hänger ihop"
    return sentence(f"{counted(len(view.gaps), 'lucka', 'luckor')} i kedjan").rstrip(".")


def _chips(view: ChainView) -> list[tuple[str, str, bool]]:
    """Return (address, words, is chosen) of what can be shown alone."""
    if not view.choices:
        return []
    return [("?", "Hela kedjan", not view.shown), *((f"?problem={key}", clipped(words, 48), key == view.shown) for key, words in view.choices)]
