"""Who is away and who answers meanwhile: everybody for themselves, those who look after the reminders for anybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain.notice_fields import AbsenceFields
from samsyn.records.editing import Edit, Gone, Saved
from samsyn.records.follow_up.reads import EditableRow
from samsyn.records.partnership import rhythm_writes as writes
from samsyn.records.partnership.rhythm_reads import AbsenceRow, absence_row, absence_rows, was_withdrawn
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.people_reads import known_people
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.pages.notice_settings.forms import AbsenceForm, OwnAbsenceForm
from samsyn.web.pages.notice_settings.people import edit_with_addresses, with_addresses
from samsyn.web.parts.download import table_download
from samsyn.web.parts.saving import saved_edit, saved_new

HEADERS = ("Borta", "E-post", "Från och med", "Till och med", "Svarar under tiden", "Ersättarens e-post")
PAIRS = (("name", "email"), ("substitute_name", "substitute_email"))


@page(Right.READ)
@require_GET
def absences(request: PageRequest) -> HttpResponse:
    """Show who is away now or later: all to those who look after the reminders, one's own to others."""
    rows = [(row, row.from_on <= today()) for row in _visible(request)]
    return render(request, "notice_settings/absences.html", {"rows": rows, "may_all": _may_all(request)})


@page(Right.READ)
@require_GET
def absences_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give the same absences as a list."""
    rows = [(r.name, r.email, r.from_on, r.until_on, r.substitute_name, r.substitute_email) for r in _visible(request)]
    return table_download(ending, "Frånvaro", HEADERS, rows)


@page(Right.READ)
@require_http_methods(["GET", "POST"])
def add_absence(request: PageRequest) -> HttpResponse:
    """Write down that oneself or, for those who may, anybody is away."""
    member, people = request.member, known_people(request.member.partnership)
    form = _form(request)

    def add(sent: dict[str, Any], once: str) -> None:
        own = {} if _may_all(request) else {"name": member.name, "email": member.email}
        writes.add_absence(partnership=member.partnership, organisation=member.organisation, values=with_addresses({**sent, **own}, people, *PAIRS),
                           own_email=_own_email(request), actor=request.actor, at=now(), once=once)

    answer = request.POST and saved_new(request, form, add, done=reverse("absences"), said="Frånvaron är inskriven.")
    return answer or _show(request, form, people, is_new=True)


@page(Right.READ)
@require_http_methods(["GET", "POST"])
def change_absence(request: PageRequest, absence: UUID) -> HttpResponse:
    """Change an absence: one's own, or anybody's for those who may."""
    held, people = _held(request, absence), known_people(request.member.partnership)
    form = _form(request, EditableRow(id=held.id, kind="absence", values=held.values, version=held.version, source_place="", import_run=None))

    def change(edit: Edit, once: str) -> Saved:
        return writes.change_absence(partnership=request.member.partnership, absence=absence, edit=edit_with_addresses(edit, people, *PAIRS),
                                     own_email=_own_email(request), actor=request.actor, at=now(), once=once)

    try:
        answer = request.POST and saved_edit(request, form, change, row_class=AbsenceFields, done=reverse("absences"), said="Frånvaron är sparad.")
    except writes.EndsBeforeStart:
        form.add_error("until_on", "Någon annan har ändrat den första dagen. Sista dagen kan inte vara före den.")
        answer = None
    return answer or _show(request, form, people, row=held)


@page(Right.READ)
@require_POST
def withdraw_absence(request: PageRequest, absence: UUID) -> HttpResponse:
    """Take an absence back. One that is taken back already is as was wished."""
    try:
        writes.withdraw_absence(partnership=request.member.partnership, absence=absence, own_email=_own_email(request), actor=request.actor, at=now())
        messages.success(request, "Frånvaron är borttagen.")
    except writes.NotOwn as fault:
        raise Http404 from fault
    except Gone as gone:
        if not was_withdrawn(request.member.partnership, absence):
            raise Http404 from gone
    return redirect("absences")


def _show(request: PageRequest, form: AbsenceForm, people: Any, **more: Any) -> HttpResponse:
    return render(request, "notice_settings/absence.html", {
        "form": form, "people": people, "back": reverse("absences"), "may_all": _may_all(request), **more}, status=400 if request.POST else 200)


def _form(request: PageRequest, row: EditableRow | None = None) -> AbsenceForm:
    form: AbsenceForm = AbsenceForm(request.POST or None, row=row) if _may_all(request) else OwnAbsenceForm(request.POST or None, row=row)
    form.own_name = "" if _may_all(request) else request.member.name
    for name in ("name", "substitute_name"):
        if name in form.fields:
            form.fields[name].widget.attrs["list"] = "personer"
    return form


def _held(request: PageRequest, absence: UUID) -> AbsenceRow:
    held = absence_row(request.member.partnership, absence)
    if held is None or not _is_visible(request, held):
        raise Http404
    return held


def _visible(request: PageRequest) -> list[AbsenceRow]:
    return [row for row in absence_rows(request.member.partnership, today()) if _is_visible(request, row)]


def _is_visible(request: PageRequest, row: AbsenceRow) -> bool:
    return _may_all(request) or row.email.casefold() == request.member.email.casefold()


def _may_all(request: PageRequest) -> bool:
    return request.member.may(Right.NUDGE)


def _own_email(request: PageRequest) -> str | None:
    return None if _may_all(request) else request.member.email
