"""Somebody has proposed another day, for an action or an assignment: the page where it is accepted, or declined with a word about why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.core.validators import MaxLengthValidator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from samsyn.chain.wording import date_words
from samsyn.records.editing import Gone
from samsyn.web.gate import PageRequest
from samsyn.web.parts.answering import LONGEST_WORDS, TOO_LONG
from samsyn.web.parts.row_form import OpenForm

ANSWERED_ALREADY = "Förslaget är redan besvarat, eller så har något nyare sagts. Inget är ändrat."


class Proposed(Protocol):
    """A proposal as the page shows it: `parts/proposed_day.html`."""

    @property
    def proposed_due_on(self) -> date: ...


class DeclineForm(OpenForm):
    """Why a proposed day is declined."""

    text = forms.CharField(label="Varför inte?", required=False, validators=[MaxLengthValidator(LONGEST_WORDS, TOO_LONG)],
                           widget=forms.Textarea(attrs={"rows": 3}),
                           help_text="Det står i Samsyn. Den som svarade med en personlig länk behöver höra det av dig.")


def proposed_day(request: PageRequest, asked: Proposed | None, *, accept: Callable[[], object], decline: Callable[[str], object], stands: str,
                 done: str, template: str, **shown: Any) -> HttpResponse:
    """
    Show a proposed day, or settle it once; whoever comes after somebody else is told so.

    asked             the open proposal; None if it has been answered, or something later has been said
    accept, decline   settle it, the one with the reason; raise Gone if it is no longer open
    stands            where the answer can be read: "bland avstämningarna"
    done              where it leads afterwards; `shown` is the template's own
    """
    if asked is None:
        messages.info(request, ANSWERED_ALREADY)
        return redirect(done)
    form = DeclineForm(request.POST if request.POST.get("act") == "decline" else None)
    is_accepted = request.method == "POST" and request.POST.get("act") == "accept"
    if is_accepted or (request.method == "POST" and form.is_valid()):
        day = date_words(asked.proposed_due_on)
        try:
            if is_accepted:
                accept()
                messages.success(request, f"Det nya datumet gäller: {day}.")
            else:
                decline(form.cleaned_data["text"].strip().replace("\r\n", "\n"))
                messages.success(request, f"Nej till {day}. Det står {stands}.")
        except Gone:
            messages.info(request, ANSWERED_ALREADY)
        return redirect(done)
    return render(request, template, {"p": asked, "form": form, "back": done, **shown}, status=400 if request.method == "POST" else 200)
