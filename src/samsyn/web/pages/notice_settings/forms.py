"""The forms of reminders: hours of the clock, whole days within limits, and an absence that ends after it starts."""

from __future__ import annotations

from typing import Any

from django import forms

from samsyn.chain.field import fields_of
from samsyn.chain.notice_fields import AbsenceFields, ContactFields, PaceFields, RhythmFields
from samsyn.chain.swedish import fold
from samsyn.web.parts.row_form import RowForm, row_form

LIMITS = {"silent_days": (1, 365), "due_soon_days": (1, 60), "days_between": (1, 60)}  # as the tables have them


class HourField(forms.ChoiceField):
    """A whole hour of the clock: 0-23."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(hour, f"{hour:02}:00") for hour in range(24)], **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else text


class DaysField(forms.IntegerField):
    """A whole number of days within limits."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        wrong = f"Skriv ett antal dagar, {least} till {most}."
        super().__init__(min_value=least, max_value=most, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                         error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong}, **kwargs)


def _words(row_class: type, name: str) -> dict[str, str]:
    about = fields_of(row_class)[name]
    return {"label": about.label, "help_text": about.help}


class RhythmForm(row_form(RhythmFields, ["paused_until"])):  # type: ignore[misc]
    """When letters may go out."""

    quiet_from = HourField(**_words(RhythmFields, "quiet_from"))
    quiet_to = HourField(**_words(RhythmFields, "quiet_to"))
    field_order = ["quiet_from", "quiet_to", "paused_until"]


class PaceForm(row_form(PaceFields, ["paused_until"])):  # type: ignore[misc]
    """How a plan's reminders go."""

    due_soon_days = DaysField(least=LIMITS["due_soon_days"][0], most=LIMITS["due_soon_days"][1], **_words(PaceFields, "due_soon_days"))
    silent_days = DaysField(least=LIMITS["silent_days"][0], most=LIMITS["silent_days"][1], **_words(PaceFields, "silent_days"))
    days_between = DaysField(least=LIMITS["days_between"][0], most=LIMITS["days_between"][1], **_words(PaceFields, "days_between"))
    field_order = ["due_soon_days", "silent_days", "days_between", "paused_until"]


ContactForm: type[RowForm] = row_form(ContactFields, list(fields_of(ContactFields)))


class AbsenceForm(row_form(AbsenceFields, list(fields_of(AbsenceFields)), required=["name", "from_on", "until_on"])):  # type: ignore[misc]
    """That somebody is away. `own_name` is set where the one who is away is not asked for: it is the one who writes."""

    own_name = ""

    def clean(self) -> dict[str, Any]:
        sent = super().clean()
        first, last = sent.get("from_on"), sent.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "Sista dagen kan inte vara före den första.")
        name, substitute = sent.get("name", "") or self.own_name, sent.get("substitute_name", "")
        is_same_address = sent.get("email", "").casefold() == sent.get("substitute_email", "").casefold()
        if substitute and fold(name) == fold(substitute) and is_same_address:
            self.add_error("substitute_name", "Den som är borta kan inte svara för sig själv. Välj någon annan eller lämna tomt.")
        if sent.get("substitute_email") and not substitute:
            self.add_error("substitute_name", "Skriv ersättarens namn också.")
        return dict(sent)


class OwnAbsenceForm(AbsenceForm):
    """That oneself is away."""

    name = None  # type: ignore[assignment]  # Django takes a field out so
    email = None  # type: ignore[assignment]
