"""The personal links of an action, for whoever looks after the reminders: made for somebody, passed on as a ready text, revoked."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samsyn.chain.mail_address import usable_address
from samsyn.chain.notice_values import Person
from samsyn.chain.short_letters import question_letter
from samsyn.chain.wording import local_day
from samsyn.records.editing import Gone
from samsyn.records.follow_up.reads import EditableRow
from samsyn.records.outbox.link_reads import OpenLink, living_links, token_of
from samsyn.records.outbox.link_writes import make_answer_link, revoke_link
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.address_field import OneAddress
from samsyn.web.parts.base_url import base_url
from samsyn.web.parts.held_row import held_row
from samsyn.web.parts.mailto import holds_text, mailto
from samsyn.web.parts.row_form import OpenForm


class WhomForm(OpenForm):
    """Whom a link is made for."""

    name = forms.CharField(label="Till", max_length=200)
    email = OneAddress(label="E-post", required=False, help_text="Svaret märks med adressen. Lämna tomt om du inte vet den.")


@page(Right.NUDGE)
@require_http_methods(["GET", "POST"])
def links(request: PageRequest, plan: UUID, row: UUID) -> HttpResponse:
    """Show who has a link to an action, make one for somebody with its ready text, or make one worthless."""
    held = held_row(request, "action", row)
    if request.method == "POST" and request.POST.get("act") == "revoke":
        _revoke(request, row)
        return redirect("action_links", plan=plan, row=row)
    living = living_links(request.member.partnership, [row], now())
    form = WhomForm(request.POST or None, initial=_responsible(held))
    if request.method == "POST" and form.is_valid():
        made = make_answer_link(partnership=request.member.partnership, subject_kind="action", subject_id=row,
                                person=Person(form.cleaned_data["name"].strip(), form.cleaned_data["email"]), actor=request.actor, at=now())
        return redirect(f"{request.path}?lank={made.id}#text")
    shown = next((one for one in living if str(one.id) == request.GET.get("lank")), None)
    return render(request, "link/by_hand.html", {
        "plan": request.plan, "row": row, "text": held.values["text"], "links": living, "form": form, "shown": shown,
        **(_ready_text(request, held, shown) if shown else {})}, status=400 if request.method == "POST" else 200)


def _revoke(request: PageRequest, row: UUID) -> None:
    wanted = next((one for one in living_links(request.member.partnership, [row], now()) if str(one.id) == request.POST.get("link")), None)
    try:
        if wanted is None:
            raise Gone
        revoke_link(partnership=request.member.partnership, link=wanted.id, actor=request.actor, at=now())
        messages.success(request, f"Länken till {wanted.person.name} går inte längre att använda.")
    except Gone:
        messages.info(request, "Länken är redan indragen eller för gammal.")


def _responsible(held: EditableRow) -> dict[str, str]:
    return {"name": held.values["responsible"], "email": usable_address(held.values["responsible_email"])}


def _ready_text(request: PageRequest, held: EditableRow, link: OpenLink) -> dict[str, object]:
    """The text that is passed on with a link, and the link that opens it in a mail program."""
    assert link.expires_at is not None, "a link that is answered by expires"
    address = base_url(request) + reverse("answer_link", args=[token_of(link.id)])
    subject, text = question_letter(link.person.name, held.values["text"], request.plan.name, answer_url=address, until=local_day(link.expires_at),
                                    by=request.member.name)
    return {"ready": text, "mailto": mailto(link.person.email, subject, text), "fits": holds_text(link.person.email, subject, text)}
