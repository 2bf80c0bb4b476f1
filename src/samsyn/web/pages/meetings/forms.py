"""The forms of groups, their people, meetings and points of an agenda."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from samsyn.chain.field import fields_of
from samsyn.chain.meeting_rhythm import NoSuchTime, swedish_moment
from samsyn.chain.meeting_rows import GroupWords, MeetingWords, PersonWords, PointWords
from samsyn.chain.wording import in_sweden
from samsyn.web.parts.row_form import EARLIEST, LATEST, row_form

SHORTEST, LONGEST = 5, 600  # minutes of a meeting
MOST_OF_POINT = 480
HOW_LONG = {"min_value": f"Ett möte är minst {SHORTEST} minuter.", "max_value": f"Ett möte är högst {LONGEST} minuter, tio timmar.",
            "invalid": "Skriv minuterna som ett tal, till exempel 60.", "required": "Skriv hur många minuter mötet är, till exempel 60."}


class Clock(forms.TimeField):
    """A time of day: 13.00 or 13:00."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    default_error_messages = {"invalid": "Skriv tiden som timmar och minuter, till exempel 13.00."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **kwargs)


class SwedishMoment(forms.DateTimeField):
    """A moment by Swedish clocks: 2026-12-01 13:00. One that the clock jumps past is asked about."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    default_error_messages = {"invalid": "Skriv dag och tid, till exempel 2026-12-01 13:00.", "required": "Välj dag och tid."}

    def prepare_value(self, value: Any) -> Any:
        """Show what Swedish clocks show; what somebody has typed stays as it is."""
        return in_sweden(value) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        text = str("" if value is None else value).strip()
        if not text:
            return None
        try:
            said = datetime.fromisoformat(text.replace(" ", "T", 1).replace(".", ":"))
            if not EARLIEST <= said.date() <= LATEST:
                raise forms.ValidationError(f"Året {said.year} kan inte stämma. Kontrollera dagen.")
            return swedish_moment(said.date(), said.time().replace(second=0, microsecond=0)) if said.tzinfo is None else said
        except NoSuchTime as fault:
            raise forms.ValidationError(str(fault)) from fault
        except (ValueError, OverflowError) as fault:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from fault


class StillThere(forms.MultipleChoiceField):
    """Rows to tick. One that somebody has taken away since the page was opened is left out, without a fault: nothing is left to choose."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [one for one in super().to_python(value) if self.valid_value(one)]


def _minutes(words: type) -> forms.IntegerField:
    return forms.IntegerField(label=fields_of(words)["minutes"].label, min_value=SHORTEST, max_value=LONGEST, error_messages=HOW_LONG,
                              widget=forms.TextInput(attrs={"inputmode": "numeric"}))


GROUP_FIELDS = ["name", "kind", "purpose", "every", "starts_at", "minutes", "place", "plans"]


class GroupForm(row_form(GroupWords, [name for name in GROUP_FIELDS if name not in ("starts_at", "plans")], required=["name", "kind", "every"],  # type: ignore[misc]
                         radios=["kind"])):
    """A group. Its plans decide what the agenda takes up."""

    starts_at = Clock(label="Mötena börjar", required=False, help_text="Föreslås när ni planerar ett möte.")
    minutes = _minutes(GroupWords)
    plans = StillThere(label="Planer som gruppen arbetar med", required=False)
    field_order = GROUP_FIELDS


class NewGroupForm(GroupForm):
    """A new group, with those who are in it from the start."""

    members = StillThere(label="Vilka är med?", required=False, help_text="Andra, utan konto, skriver du in när gruppen är gjord.")
    field_order = [*GROUP_FIELDS, "members"]


class PersonForm(row_form(PersonWords, list(fields_of(PersonWords)), required=["name"])):  # type: ignore[misc]
    """Somebody in a group, with or without an account."""


class MeetingForm(row_form(MeetingWords, list(fields_of(MeetingWords)))):  # type: ignore[misc]
    """When and where a meeting is."""

    starts_at = SwedishMoment(label="När börjar mötet?")
    minutes = _minutes(MeetingWords)
    field_order = ["starts_at", "minutes", "place"]


class NewMeetingForm(MeetingForm):
    """A new meeting: of which group too."""

    group = forms.ChoiceField(label="Vilken grupp?")
    field_order = ["group", "starts_at", "minutes", "place"]


class PointForm(row_form(PointWords, list(fields_of(PointWords)), required=["title"])):  # type: ignore[misc]
    """A point of an agenda."""

    minutes = forms.IntegerField(label=fields_of(PointWords)["minutes"].label, required=False, min_value=1, max_value=MOST_OF_POINT, error_messages={
        "min_value": "En punkt tar minst en minut. Lämna tomt om ni inte vet.", "max_value": f"En punkt tar högst {MOST_OF_POINT} minuter.",
        "invalid": "Skriv minuterna som ett tal, till exempel 10."}, widget=forms.TextInput(attrs={"inputmode": "numeric"}))


def usual_time(starts_at: time | None, day: date, otherwise: time) -> datetime:
    """Return when a group's meeting on a day begins, as it usually does. A time that the clock jumps past gives the usual hour of all groups."""
    try:
        return swedish_moment(day, starts_at or otherwise)
    except NoSuchTime:
        return swedish_moment(day, otherwise)
