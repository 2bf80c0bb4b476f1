"""A file that Samsyn wrote has come back: which plan it is for, what it would change there, and what somebody chooses of it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from samsyn.chain.plan_apply import ChoicesClash
from samsyn.flows.intake.applying import NothingChosen, Stale, apply_difference, as_sent
from samsyn.flows.intake.coming_again import Origin, again_of, difference, origin_of, plans_to_choose
from samsyn.flows.intake.rows_written import WouldWait
from samsyn.formats.plan_again import ReadAgain
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Gone
from samsyn.records.plan.reads import PlanHead, plan_heads
from samsyn.records.source import reads
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest
from samsyn.web.pages.intake.difference_shown import difference_shown
from samsyn.web.pages.intake.views import UNREADABLE, wanted_plan

CHANGED_MEANWHILE = 409
CHOICES = ("ask:", "change:", "new:", "gone:")


def coming_again(request: PageRequest, run: reads.Run) -> HttpResponse | None:
    """Answer for a waiting file that was taken out of a plan here; None if it was not, or its rows are wanted as ordinary rows."""
    if "ny" in request.GET or request.POST.get("act") in ("accept", "ready", "columns"):
        return None
    again = again_of(run)
    origin = origin_of(request.member.partnership, again.details) if again else None
    if again is None or origin is None or not origin.is_ours:
        return None
    wanted = wanted_plan(request)
    if request.POST.get("act") == "apply":
        if wanted is None:
            raise Http404
        return _applied(request, run, again, origin, wanted)
    heads = (wanted,) if wanted and "vald" in request.GET else plans_to_choose(request.member.partnership, origin, wanted)
    if len(heads) > 1:
        return render(request, "intake/which_plan.html", {"run": run, "heads": heads, "origin": origin, "wanted": wanted or heads[-1]})
    return _difference_page(request, run, again, origin, heads[0])


def elsewhere_of(partnership: UUID, run: reads.Run) -> tuple[str, ...]:
    """Return the names that a file has for plans that are not here: its rows are ordinary rows."""
    again = again_of(run)
    return origin_of(partnership, again.details).elsewhere if again else ()


def _applied(request: PageRequest, run: reads.Run, again: ReadAgain, origin: Origin, head: PlanHead) -> HttpResponse:
    sent = {key: str(value) for key, value in request.POST.items() if key.startswith(CHOICES)}
    try:
        apply_difference(partnership=request.member.partnership, run=run.id, plan=head.id, sent=sent, actor=request.actor, at=now(),
                         once=request.POST.get("once", "")[:64])
    except (AlreadyDone, Gone):
        return redirect("import_done", run=run.id)
    except Stale:
        return _difference_page(request, run, again, origin, head, sent=sent, is_stale=True)
    except (NothingChosen, ChoicesClash, WouldWait) as fault:
        return _difference_page(request, run, again, origin, head, sent=sent, fault=str(fault))
    return redirect("import_done", run=run.id)


def _difference_page(request: PageRequest, run: reads.Run, again: ReadAgain, origin: Origin, head: PlanHead, *,
                     sent: Mapping[str, str] | None = None, fault: str = "", is_stale: bool = False) -> HttpResponse:
    found = difference(head, again, run.file_name, run.received_at)
    if found.diff.is_empty:
        return render(request, "intake/unchanged.html", {
            "plan": head, "exported_on": origin.exported_on, "remarks": found.diff.remarks, "file_name": run.file_name, "is_stale": is_stale})
    shown = difference_shown(found, as_sent(found, sent).choices if sent is not None else None)
    return render(request, "intake/difference.html", {
        "run": run, "plan": head, "shown": shown, "origin": origin, "remarks": found.diff.remarks, "fault": fault, "is_stale": is_stale,
        "same": sum(kind == "action" for kind, _ in found.diff.same), "once": uuid4().hex, "plans": plan_heads(request.member.partnership)},
        status=CHANGED_MEANWHILE if is_stale else UNREADABLE if fault else 200)
