"""An assignment from a meeting is put in a plan, as an action with its owner and day."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samsyn.chain.rows import name_of_cause
from samsyn.chain.wording import capitalised, clipped
from samsyn.flows.outcomes import AlreadyInPlan, put_in_plan
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Gone
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.meeting.line_reads import assignment
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.reads import plan_head, plan_heads
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.outcomes.forms import PutInPlanForm


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def put(request: PageRequest, meeting: UUID, row: UUID) -> HttpResponse:
    """Choose plan and cause; the assignment becomes an action there."""
    partnership, back = request.member.partnership, _back(request)
    line = assignment(partnership, row)
    if line is None or line.meeting != meeting:
        raise Http404
    if line.became:
        return _there_already(request, back)
    plans = plan_heads(partnership)
    first = str(line.plan or (plans[0].id if plans else ""))
    causes = [(one.id, f"{plan.name}: {clipped(name_of_cause(one), 80)}" if len(plans) > 1 else clipped(name_of_cause(one), 100))
              for plan in plans for one in plan_values(plan, with_story=False).causes]
    form = PutInPlanForm(request.POST or None, initial={"plan": first, "text": capitalised(line.text)},
                         choices={"plan": [(str(plan.id), plan.name) for plan in plans], "cause": [("", "Ingen än"), *causes]})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        plan = plan_head(partnership, UUID(sent["plan"]))
        try:
            if plan is None:
                raise Gone
            made = put_in_plan(line=row, plan=plan, cause=UUID(sent["cause"]) if sent["cause"] else None, text=sent["text"].strip(), actor=request.actor,
                               at=now(), once=sent["once"])
        except (AlreadyDone, AlreadyInPlan):
            return _there_already(request, back)
        except Gone:
            form.add_error("cause", "Orsaken hör till en annan plan, eller finns inte längre. Välj en orsak i den plan du valde.")
        else:
            messages.success(request, "Uppdraget är en åtgärd i planen. Därifrån följs det upp.")
            return redirect("action", plan=plan.id, row=made)
    return render(request, "outcomes/put_in_plan.html", {"form": form, "meeting": request.meeting, "line": line, "back": back},
                  status=400 if form.errors else 200)


def _there_already(request: PageRequest, back: str) -> HttpResponse:
    messages.info(request, "Uppdraget ligger redan i planen.")
    return redirect(back)


def _back(request: PageRequest) -> str:
    return reverse("minutes" if request.meeting.closed_at else "live", args=[request.meeting.id])
