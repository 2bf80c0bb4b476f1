"""How the reminders of a partnership go: quiet hours and pause, the days of each plan, and who is told when somebody does not answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from samsyn.chain.notice_fields import ContactFields, PaceFields, RhythmFields
from samsyn.records.editing import Edit, Saved
from samsyn.records.follow_up.reads import EditableRow
from samsyn.records.partnership import rhythm_writes as writes
from samsyn.records.partnership.rhythm_reads import party_contacts, rhythm
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.notice_reads import PACE_FIELDS, plan_pace, plan_paces
from samsyn.records.plan.notice_writes import change_pace
from samsyn.records.plan.people_reads import known_people
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.notice_settings.forms import ContactForm, PaceForm, RhythmForm
from samsyn.web.pages.notice_settings.people import edit_with_addresses
from samsyn.web.parts.download import table_download
from samsyn.web.parts.row_form import RowForm
from samsyn.web.parts.saving import saved_edit

PACE_HEADERS = ("Plan", "Säg till före datumet, dagar", "Fråga efter tystnad, dagar", "Mellan stegen, dagar", "Paus till")
CONTACT_HEADERS = ("Part", "Får veta när den ansvariga inte svarar", "E-post")


@page(Right.NUDGE)
@require_GET
def notice_settings(request: PageRequest) -> HttpResponse:
    """Show all that is set about reminders, each with its link to change it."""
    partnership = request.member.partnership
    return render(request, "notice_settings/notice_settings.html", {
        "rhythm": rhythm(partnership), "paces": plan_paces(partnership), "contacts": party_contacts(partnership), "today": today()})


@page(Right.NUDGE)
@require_GET
def paces_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give the days of each plan as a list."""
    rows = [(row.plan_name, row.pace.due_soon_days, row.pace.silent_days, row.pace.days_between, row.pace.paused_until)
            for row in plan_paces(request.member.partnership)]
    return table_download(ending, "Påminnelsernas dagar", PACE_HEADERS, rows)


@page(Right.NUDGE)
@require_GET
def contacts_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give the contacts of the parties as a list."""
    rows = [(row.organisation_name, row.contact_name, row.contact_email) for row in party_contacts(request.member.partnership)]
    return table_download(ending, "Får veta när den ansvariga inte svarar", CONTACT_HEADERS, rows)


@page(Right.NUDGE)
@require_http_methods(["GET", "POST"])
def change_rhythm(request: PageRequest) -> HttpResponse:
    """Change quiet hours, and pause everything."""
    partnership = request.member.partnership
    held = rhythm(partnership)
    values = {"quiet_from": held.quiet_from, "quiet_to": held.quiet_to, "paused_until": held.paused_until}
    form = RhythmForm(request.POST or None, row=_row(partnership, "rhythm", values, held.version))

    def change(edit: Edit, once: str) -> Saved:
        return writes.change_rhythm(partnership=partnership, edit=edit, actor=request.actor, at=now(), once=once)

    return _form_page(request, form, change, RhythmFields, title="När får brev gå ut?", said="Tiderna är sparade.",
                      lead="Det gäller alla planer i samverkan.")


@page(Right.NUDGE)
@require_http_methods(["GET", "POST"])
def change_plan_pace(request: PageRequest, plan: UUID) -> HttpResponse:
    """Change how the reminders of a plan go."""
    partnership = request.member.partnership
    held = plan_pace(partnership, plan)
    if held is None:
        raise Http404
    form = PaceForm(request.POST or None, row=_row(plan, "pace", {name: getattr(held.pace, name) for name in PACE_FIELDS}, held.version))

    def change(edit: Edit, once: str) -> Saved:
        return change_pace(partnership=partnership, plan=plan, edit=edit, actor=request.actor, at=now(), once=once)

    return _form_page(request, form, change, PaceFields, title="Hur ska påminnelserna gå?", said=f"Påminnelserna för {held.plan_name} är sparade.",
                      lead=held.plan_name)


@page(Right.NUDGE)
@require_http_methods(["GET", "POST"])
def change_contact(request: PageRequest, party: UUID) -> HttpResponse:
    """Change who is told when the one responsible at a party does not answer."""
    partnership = request.member.partnership
    held = next((row for row in party_contacts(partnership) if row.party == party), None)
    if held is None:
        raise Http404
    people = known_people(partnership)
    form = ContactForm(request.POST or None,
                       row=_row(party, "contact", {"contact_name": held.contact_name, "contact_email": held.contact_email}, 1))
    form.fields["contact_name"].widget.attrs["list"] = "personer"

    def change(edit: Edit, once: str) -> Saved:
        filled = edit_with_addresses(edit, people, ("contact_name", "contact_email"))
        return writes.change_contact(partnership=partnership, party=party, edit=filled, actor=request.actor, at=now(), once=once)

    return _form_page(request, form, change, ContactFields, title=f"Vem får veta hos {held.organisation_name}?", said="Kontakten är sparad.",
                      lead="När den ansvariga inte har svarat på första frågan. Till exempel närmaste chef.", people=people)


def _form_page(request: PageRequest, form: RowForm, change: Any, row_class: type, *, title: str, lead: str, said: str,
               people: Any = ()) -> HttpResponse:
    done = reverse("notice_settings")
    answer = request.POST and saved_edit(request, form, change, row_class=row_class, done=done, said=said)
    return answer or render(request, "notice_settings/form.html", {
        "form": form, "title": title, "lead": lead, "back": done, "people": people}, status=400 if request.POST else 200)


def _row(row_id: UUID, kind: str, values: dict[str, Any], version: int) -> EditableRow:
    return EditableRow(id=row_id, kind=kind, values=values, version=version, source_place="", import_run=None)
