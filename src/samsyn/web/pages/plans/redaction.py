"""Taking words out of the history, or out of everything, for what should never have been written."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samsyn.chain.field import fields_of
from samsyn.chain.wording import listed
from samsyn.chain.words_out import fault_of, pattern_of
from samsyn.flows.redacting import WordsOfOurs, counted_words, find_words, take_out
from samsyn.records.access.writes import redact
from samsyn.records.editing import Gone
from samsyn.records.follow_up.kinds import KINDS
from samsyn.records.partnership.rights import Right
from samsyn.records.source.writes import remove_original
from samsyn.web.clock import now
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.held_row import held_row
from samsyn.web.parts.row_form import OpenForm

WHY = "Skälet står kvar i historiken, med ditt namn. Skriv inte det som ska bort."
BACK_TO_ROW = ("problem", "cause", "goal", "bundle", "commitment", "lesson", "decision")  # kinds with a page where they are changed


class RedactForm(OpenForm):
    """Why the words are taken out."""

    why = forms.CharField(label="Varför?", max_length=300, help_text=WHY)


class WordsForm(OpenForm):
    """Which words are to be taken out of everything, and why. A personal identity number may be among the words."""

    unread = ("words", "originals")
    words = forms.CharField(label="Vilka namn eller ord ska bort?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
                            help_text="Ett namn på varje rad. Skriv alla sätt det är skrivet på, till exempel både Kim Karlsson och Kimme Karlsson.")
    why = forms.CharField(label="Varför ska de bort?", max_length=300, help_text=WHY)
    originals = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    def clean_words(self) -> list[str]:
        words = list(dict.fromkeys(line.strip() for line in str(self.cleaned_data["words"]).splitlines() if line.strip()))
        if fault := fault_of(words):
            raise forms.ValidationError(fault)
        return words

    def clean_originals(self) -> list[UUID]:
        sent = self.data.getlist("originals") if isinstance(self.data, QueryDict) else []
        try:
            return [UUID(one) for one in sent]
        except ValueError as fault:
            raise forms.ValidationError("Sök igen: listan över filer gick inte att läsa.") from fault

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("words") and pattern_of(cleaned["words"]).search(str(cleaned.get("why", ""))):
            self.add_error("why", "Skälet står kvar i historiken. Skriv det utan de ord som ska bort.")
        return cleaned


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def redact_field(request: PageRequest, plan: UUID, kind: str, row: UUID, field: str) -> HttpResponse:
    """Ask why, then empty what the history holds of a field."""
    about = fields_of(KINDS[kind].values).get(field)
    if about is None:
        raise Http404
    held_row(request, kind, row)
    form = RedactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = redact(partnership=request.member.partnership, row_id=row, field=field, why=form.cleaned_data["why"], actor=request.actor, at=now())
        messages.success(request, "Borttaget ur historiken. Texten i planen ändrar du som vanligt." if count else "Det fanns inget kvar att ta bort.")
        return _back(kind, plan, row)
    return render(request, "plans/redact.html", {"form": form, "plan": request.plan, "label": about.label, "word": KINDS[kind].word},
                  status=400 if request.POST else 200)


def _back(kind: str, plan: UUID, row: UUID) -> HttpResponse:
    if kind == "action":
        return redirect("action", plan=plan, row=row)
    if kind in BACK_TO_ROW:
        return redirect(f"change_{kind}", plan=plan, row=row)
    return redirect({"plan": "change_plan", "follow_up": "follow_up"}.get(kind, "board"), plan=plan)


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def take_out_words(request: PageRequest) -> HttpResponse:
    """Show where some words stand in all that the partnership has; then take them out everywhere."""
    form = WordsForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "plans/take_out_words.html", {"form": form}, status=400 if request.POST else 200)
    sent = form.cleaned_data
    if request.POST.get("act") != "remove":
        return render(request, "plans/words_found.html", {"form": form, "found": find_words(request.member.partnership, sent["words"]), **sent})
    try:
        taken = take_out(partnership=request.member.partnership, words=sent["words"], originals=sent["originals"], why=sent["why"],
                         actor=request.actor, at=now())
    except WordsOfOurs:
        form.add_error("words", "Orden används av Samsyn självt i en sparad rapport. Skriv hela namnet.")
        return render(request, "plans/take_out_words.html", {"form": form}, status=400)
    messages.success(request, "Orden är borttagna. " + (f"{listed(counted_words(taken)).capitalize()}. " if taken.rows else "")
                     + f"Rader i historiken: {taken.changes + taken.events}.")
    return redirect("take_out_words")


@page(Right.EDIT_CHAIN)
@require_http_methods(["GET", "POST"])
def take_out_original(request: PageRequest, run: UUID) -> HttpResponse:
    """Ask why, then remove a file as it came. Its hash stays, and who removed it, when and why."""
    form = RedactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_original(partnership=request.member.partnership, run=run, why=form.cleaned_data["why"], actor=request.actor, at=now())
            messages.success(request, "Originalet är borttaget. Raderna i planen är kvar.")
        except Gone:
            messages.info(request, "Originalet är redan borttaget.")
        return redirect("import_done", run=run)
    return render(request, "plans/take_out_original.html", {"form": form, "run": request.run}, status=400 if request.POST else 200)
