"""The forms of decisions that do something, and of an assignment that goes into a plan."""

from __future__ import annotations

from typing import Any

from django import forms

from samsyn.web.parts.row_form import RowForm, SwedishDate, SwedishNumber

LONGEST = 2000
MOST_DAYS = 6


class DecisionForm(RowForm):
    """A decision's words, as the minutes will have them, and the point it belongs to."""

    words = forms.CharField(label="Beslutet, som det ska stå i protokollet", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    point = forms.ChoiceField(label="Under punkten", required=False)


class AsideForm(DecisionForm):
    """How much money and time is set aside."""

    money = SwedishNumber(label="Pengar", required=False, min_value=0, max_digits=12, decimal_places=2)
    staff_hours = SwedishNumber(label="Arbetstid", required=False, min_value=0, max_digits=12, decimal_places=2)
    field_order = ("money", "staff_hours", "words", "point")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and cleaned.get("money") is None and cleaned.get("staff_hours") is None:
            self.add_error("money", "Skriv pengar, arbetstid eller båda.")
        return cleaned


class DaysForm(DecisionForm):
    """The days the group wants to be informed; one that is emptied is taken away. `opened` = the days the form showed."""

    opened = forms.CharField(widget=forms.HiddenInput({"id": False}), required=False, max_length=2000)
    unread = (*RowForm.unread, "opened")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_DAYS + 1):
            self.fields[f"on_{number}"] = SwedishDate(label=f"Dag {number}", required=False)
            self.fields[f"what_{number}"] = forms.CharField(label=f"Om vad, dag {number}", required=False, max_length=300)

    def day_fields(self) -> list[tuple[Any, Any]]:
        """Return each day's two fields."""
        return [(self[f"on_{number}"], self[f"what_{number}"]) for number in range(1, MOST_DAYS + 1)]

    def days(self) -> list[tuple[Any, str]]:
        """Return the days that were sent, each with about what, in order. The form must be valid."""
        sent = self.cleaned_data
        found = {sent[f"on_{n}"]: sent[f"what_{n}"].strip() for n in range(1, MOST_DAYS + 1) if sent[f"on_{n}"]}
        return sorted(found.items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for n in range(1, MOST_DAYS + 1):
            if cleaned.get(f"what_{n}") and not cleaned.get(f"on_{n}") and f"on_{n}" not in self.errors:
                self.add_error(f"on_{n}", "Skriv vilken dag.")
        return cleaned


class PutInPlanForm(RowForm):
    """Into which plan an assignment goes, on which cause it acts, and its words there."""

    plan = forms.ChoiceField(label="I vilken plan?")
    cause = forms.ChoiceField(label="Mot vilken orsak?", help_text="Frivilligt. Orsaken kan väljas senare.", required=False)
    text = forms.CharField(label="Åtgärden, som den ska stå i planen", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
