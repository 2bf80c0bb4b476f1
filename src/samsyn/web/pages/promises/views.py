"""Who promised what: commitments of each party, signed off by the party or on its behalf; and passing on a person's things."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain import plan as chain
from samsyn.chain.field import fields_of
from samsyn.chain.rows import name_of_action, name_of_goal
from samsyn.chain.swedish import sort_key
from samsyn.chain.wording import counted, listed
from samsyn.flows.handing_over import HandedOver, hand_over
from samsyn.formats.personal_numbers import has_certain
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Gone
from samsyn.records.follow_up.reads import party_of_commitment, plan_values
from samsyn.records.meeting.line_reads import assignments_open
from samsyn.records.partnership.reads import organisations
from samsyn.records.partnership.rights import Right
from samsyn.records.plan import promise_writes as writes
from samsyn.records.plan.reads import is_taken_out
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.address_field import OneAddress
from samsyn.web.parts.download import table_download
from samsyn.web.parts.held_row import held_row
from samsyn.web.parts.returning import return_address
from samsyn.web.parts.row_form import NO_PERSONAL_NUMBER, RowForm, row_form
from samsyn.web.parts.saving import saved_edit, saved_new

CommitmentForm = row_form(chain.Commitment, list(fields_of(chain.Commitment)), required=["text"])
HEADERS = ("Part", "Åtagande", "Gäller", "Resurs", "Motiv", "Skyldighet eller mandat", "Ska vara uppfyllt", "Underskrivet av", "Underskrivet")


class NewCommitmentForm(CommitmentForm):  # type: ignore[valid-type,misc]
    """A new commitment: whose it is, and for which action or goal."""

    party = forms.ChoiceField(label="Vilken part lovar?")
    about = forms.ChoiceField(label="Gäller åtgärden eller målet", required=False)
    field_order = ["party", "about", *fields_of(chain.Commitment)]


class ReassignForm(RowForm):
    """From whom, and to whom."""

    leaver = forms.ChoiceField(label="Lämna över allt från")
    responsible = forms.CharField(label="Till", max_length=300, help_text="Namnet på den som tar över.")
    responsible_organisation = forms.CharField(label="Organisation", max_length=300, required=False)
    responsible_email = OneAddress(label="E-post", required=False)
    responsible_phone = forms.CharField(label="Telefon", max_length=60, required=False)
    with_seats = forms.BooleanField(label="Lämna över platserna i grupperna också", required=False)


@page(Right.READ)
@require_GET
def commitments(request: PageRequest, plan: UUID) -> HttpResponse:
    """Show what each party has promised."""
    return _show(request)


def _show(request: PageRequest, fault: str = "") -> HttpResponse:
    values = plan_values(request.plan, with_story=False)
    parties = sorted({c.party for c in values.commitments}, key=sort_key)
    about = _about(values)
    mine = {name for row_id, name in organisations(request.member.partnership) if row_id == request.member.organisation}
    may_all, may_own = request.member.may(Right.EDIT_CHAIN), request.member.may(Right.CHECK_IN_OWN)
    grouped = [(party, [(c, about.get(c.action or c.goal or "", "")) for c in values.commitments if c.party == party],
                may_all or (may_own and party in mine)) for party in parties]
    return render(request, "promises/commitments.html", {
        "plan": request.plan, "grouped": grouped, "may_add": may_all or may_own, "may_edit": may_all,
        "unsigned": sum(not c.signed_on for c in values.commitments), "count": len(values.commitments), "fault": fault}, status=400 if fault else 200)


@page(Right.READ)
@require_GET
def commitments_file(request: PageRequest, plan: UUID, ending: str) -> HttpResponse:
    """Give the commitments as a list."""
    values = plan_values(request.plan, with_story=False)
    about = _about(values)
    rows = [(c.party, c.text, about.get(c.action or c.goal or "", ""), c.resource, c.motive, c.mandate, c.due_on,
             f"{c.signed_by}{' (å partens vägnar)' if c.on_behalf else ''}", c.signed_on) for c in values.commitments]
    return table_download(ending, f"Åtaganden {request.plan.name}", HEADERS, rows)


@page(Right.CHECK_IN_OWN)
@require_http_methods(["GET", "POST"])
def add_commitment(request: PageRequest, plan: UUID) -> HttpResponse:
    """Write down a commitment: the coordinator for any party, others for their own."""
    values = plan_values(request.plan, with_story=False)
    parties = [(str(row_id), name) for row_id, name in organisations(request.member.partnership)
               if request.member.may(Right.EDIT_CHAIN) or row_id == request.member.organisation]
    about = [("", "Hela planen"), *_about(values).items()]
    form = NewCommitmentForm(request.POST or None, initial={"about": request.GET.get("galler", "")}, choices={"party": parties, "about": about})
    done = reverse("commitments", args=[plan])

    def add(sent: dict[str, Any], once: str) -> None:
        party, row = UUID(sent.pop("party")), sent.pop("about")
        is_action = row in {a.id for a in values.actions}
        writes.add_commitment(partnership=request.member.partnership, plan=plan, party=party, values=sent, actor=request.actor, at=now(), once=once,
                              action=UUID(row) if row and is_action else None, goal=UUID(row) if row and not is_action else None)

    answer = request.POST and saved_new(request, form, add, done=done, said="Åtagandet är skrivet. Parten skriver under det här på sidan.")
    return answer or render(request, "promises/commitment.html", {
        "form": form, "plan": request.plan, "back": return_address(request, done), "own_page": done, "is_new": True})


@page(Right.CHECK_IN_OWN)
@require_http_methods(["GET", "POST"])
def change_commitment(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Change a commitment; it must then be signed off anew."""
    party = _party(request, row)
    held = held_row(request, "commitment", row)
    form = CommitmentForm(request.POST or None, row=held)
    done = reverse("commitments", args=[plan])
    answer = request.POST and saved_edit(request, form, lambda edit, once: writes.change_commitment(
        partnership=request.member.partnership, commitment=row, party=party, edit=edit, actor=request.actor, at=now(), once=once),
        row_class=chain.Commitment, done=done, said="Åtagandet är sparat.")
    return answer or render(request, "promises/commitment.html", {
        "form": form, "plan": request.plan, "back": return_address(request, done), "own_page": done, "row": held})


@page(Right.CHECK_IN_OWN)
@require_POST
def act_on_commitment(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Sign a commitment off, or take it out. One that is taken out already is as was wished."""
    done = redirect("commitments", plan=plan)
    if _is_removed_already(request, plan, row):
        return done
    party = _party(request, row)
    held_row(request, "commitment", row)
    given: dict[str, Any] = {"partnership": request.member.partnership, "commitment": row, "party": party, "actor": request.actor, "at": now()}
    for_whom = request.POST.get("signed_by", "").strip()[:200]
    try:
        if request.POST.get("act") == "remove":
            writes.withdraw_commitment(**given)
            messages.success(request, "Åtagandet är borttaget. Det står kvar i historiken.")
        elif has_certain(for_whom):
            return _show(request, NO_PERSONAL_NUMBER)
        else:
            writes.sign_commitment(signed_by=request.member.name if party else for_whom or request.member.name, signed_on=today(), **given)
            messages.success(request, "Åtagandet är underskrivet.")
    except Gone as gone:
        if not _is_removed_already(request, plan, row):
            raise Http404 from gone
    return done


def _is_removed_already(request: PageRequest, plan: UUID, row: UUID) -> bool:
    """Whether a button asks for a commitment to be taken out that somebody has taken out already; then that is said."""
    already = request.POST.get("act") == "remove" and is_taken_out(request.member.partnership, plan, "commitment", row)
    if already:
        messages.info(request, "Åtagandet är redan borttaget.")
    return already


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def reassign(request: PageRequest) -> HttpResponse:
    """Pass on all that one person has, in every plan and from every meeting, in one act."""
    from samsyn.records.plan.reads import plan_heads

    plans = [plan_values(head, with_story=False) for head in plan_heads(request.member.partnership)]
    holders = {a.responsible for values in plans for a in values.actions} | {values.follow_up.owner for values in plans if values.follow_up}
    holders |= {one.owner for one in assignments_open(request.member.partnership)}
    names = sorted(holders - {""}, key=sort_key)
    sent_again = [request.POST["leaver"]] if request.POST.get("leaver") else []  # the first time has emptied that name
    form = ReassignForm(request.POST or None, choices={"leaver": [(name, name) for name in dict.fromkeys([*names, *sent_again])]})
    if request.method == "POST" and form.is_valid():
        sent = form.row_values()
        try:
            handed = hand_over(partnership=request.member.partnership, leaver=sent.pop("leaver"), with_seats=sent.pop("with_seats"), to=sent,
                               actor=request.actor, at=now(), once=form.cleaned_data["once"])
        except AlreadyDone:
            return redirect("start")
        except Gone:
            form.add_error("leaver", "Personen ansvarar inte för något.")
            return render(request, "promises/reassign.html", {"form": form, "back": reverse("start"), "names": names}, status=400)
        links = " Länkar som har skickats ut om dem slutar gälla." if handed.links else ""
        messages.success(request, f"{sent['responsible']} tar över {_handed_words(handed)}. Historiken är kvar.{links}")
        return redirect(return_address(request, reverse("start")))
    return render(request, "promises/reassign.html", {
        "form": form, "back": return_address(request, reverse("start")), "names": names}, status=400 if request.POST else 200)


def _handed_words(handed: HandedOver) -> str:
    parts = [counted(handed.actions, "åtgärd", "åtgärder")] if handed.actions else []
    parts += [counted(handed.follow_ups, "uppföljningsplan", "uppföljningsplaner")] if handed.follow_ups else []
    parts += [counted(handed.assignments, "uppdrag", "uppdrag", neuter=True)] if handed.assignments else []
    parts += [counted(handed.seats, "plats i en grupp", "platser i grupper")] if handed.seats else []
    return listed(parts)


def _about(values: chain.Plan) -> dict[str, str]:
    return {**{a.id: name_of_action(a) for a in values.actions}, **{g.id: name_of_goal(g) for g in values.goals}}


def _party(request: PageRequest, row: UUID) -> UUID | None:
    """Return the party that acts: None for the coordinator, who acts for any; 403 for somebody of another party."""
    owner = party_of_commitment(request.member.partnership, row)
    if owner is None:
        raise Http404
    if owner == request.member.organisation:
        return owner
    if request.member.may(Right.EDIT_CHAIN):
        return None
    raise PermissionDenied
