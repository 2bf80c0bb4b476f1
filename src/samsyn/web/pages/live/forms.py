"""The forms of a meeting that goes on: a line that is changed in place, and somebody who came besides those of the group."""

from __future__ import annotations

from typing import Any

from django import forms

from samsyn.chain.meeting_line import LONGEST_LINE, lines_in
from samsyn.chain.meeting_live import LineWords
from samsyn.chain.meeting_values import Here, LineKind
from samsyn.chain.wording import number_words
from samsyn.formats.personal_numbers import has_certain
from samsyn.records.scope import as_choices
from samsyn.web.parts.row_form import NO_PERSONAL_NUMBER, OpenForm, RowForm, row_form

MOST_PASTED = 100_000  # characters
WHO_IS_IT = "Ett uppdrag behöver någon som gör det. Skriv namnet."
_LineForm = row_form(LineWords, ["kind", "text", "owner", "due_on"], required=["kind", "text"], radios=["kind"])


class LineForm(_LineForm):  # type: ignore[valid-type,misc]
    """A line: what it is, its words, who does it and when; and under which point it stands, which is no word of its own."""

    point = forms.ChoiceField(label="Under punkten", required=False)
    own_fields = (*RowForm.own_fields, "point")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("kind") == LineKind.ASSIGNMENT and not cleaned.get("owner", "").strip():
            self.add_error("owner", WHO_IS_IT)
        return cleaned


class AttendantForm(OpenForm):
    """Somebody who is at the meeting without being in the group."""

    once = forms.CharField(widget=forms.HiddenInput({"id": False}), required=False, max_length=64)
    name = forms.CharField(label="Namn", max_length=200)
    position = forms.CharField(label="Befattning", max_length=200, required=False)
    organisation_name = forms.CharField(label="Organisation", max_length=200, required=False)
    here = forms.ChoiceField(label="Var?", choices=as_choices(Here)[:2], initial=Here.PRESENT)
    unread = ("once",)


def text_fault(text: str) -> str:
    """Return why what was written cannot be kept, in Swedish; "" if all is well."""
    if not text.strip():
        return "Raden är tom. Skriv något först."
    if has_certain(text):
        return NO_PERSONAL_NUMBER
    if len(text) > MOST_PASTED or any(len(line) > LONGEST_LINE for line in lines_in(text)):
        return f"Raden är för lång. Högst {number_words(LONGEST_LINE)} tecken går in. Dela den i flera."
    return ""
