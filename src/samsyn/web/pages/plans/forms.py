"""The forms of a plan and its rows, made from the chain's fields."""

from __future__ import annotations

from typing import Any

from django import forms

from samsyn.chain import plan as chain
from samsyn.chain.choices import Track
from samsyn.chain.field import fields_of
from samsyn.chain.pasted import lines_of
from samsyn.web.parts.face_form import HOW_FAR
from samsyn.web.parts.row_form import LONGEST, OpenForm, RowForm, row_form

PlanForm = row_form(chain.Plan, ["name", "period", "summary"], required=["name"])
ProblemForm = row_form(chain.Problem, list(fields_of(chain.Problem)), required=["title"])
CauseForm = row_form(chain.Cause, ["text", "number", "directness", "perspective", "evidence", "changeability"], required=["text"])
GoalForm = row_form(
    chain.Goal,
    ["text", "level", "kind", "indicator", "baseline", "baseline_on", "target", "smallest_change", "due_on", "specific", "measurable", "accepted",
     "realistic", "time_bound"], required=["text"])
ActionForm = row_form(
    chain.Action,
    ["text", "causes", "goals", "description", "track", "responsible", "responsible_organisation", "responsible_email", "responsible_phone", "others",
     "start_on", "due_on", "due_typed", "late_reason", "effect_from", "horizon", "documentation", "approach", "regularity", "hours", "cost",
     "budget_line", "resources"],
    required=["text", "track"], links={"causes": "Orsaker den ska påverka", "goals": "Mål den ska bidra till"})
ActionForm.base_fields["track"].label = "Vilket slags arbete är det?"  # type: ignore[attr-defined]
ActionForm.base_fields["track"].help_text = ""  # type: ignore[attr-defined]
ActionForm.base_fields["track"].choices = [  # type: ignore[attr-defined]
    (Track.DEVELOPMENT.value, "Utveckling: nytt eller förändrat, får mål"), (Track.LINE.value, "Linje: fungerar redan, följs bara")]
StepForm = row_form(chain.Step, ["text", "documented_how", "due_on"], required=["text"])
CheckInForm = row_form(chain.CheckIn, ["text", "implementation", "hours", "cost", "helped", "hindered"], radios=["implementation"])
CheckInForm.base_fields["implementation"].choices = [("", "Inte sagt"), *HOW_FAR]  # type: ignore[attr-defined]


MOST_LINES = 200
NOTHING_SAID = "Skriv vad som ska göras."


class LinesField(forms.CharField):
    """One line or several: each becomes a row. Its value is the text with a row to a line (samsyn.chain.pasted)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MOST_LINES * 500, error_messages={"required": NOTHING_SAID}, **kwargs)

    def clean(self, value: Any) -> str:
        lines = lines_of(super().clean(value))
        if not lines:
            raise forms.ValidationError(NOTHING_SAID, code="required")
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Det är {len(lines)} rader. Högst {MOST_LINES} kan läggas till på en gång.")
        if any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(f"En rad är för lång. Högst {LONGEST} tecken går in i en åtgärd.")
        return "\n".join(lines)


class ActionQuickForm(RowForm):
    """The row below the board: what, against which cause, when and who. Several lines are several actions."""

    text = LinesField(label="Ny åtgärd", widget=forms.Textarea(attrs={"rows": 2}), help_text="Flera rader blir flera åtgärder.")
    cause = forms.ChoiceField(label="Mot orsak", required=False)
    due_on = row_form(chain.Action, ["due_on"]).base_fields["due_on"]  # type: ignore[attr-defined]
    responsible = forms.CharField(label="Ansvarig", required=False, max_length=300)


class NoteForm(RowForm):
    """What staff said about how an action is to be done. It shares its page with the form of a step, so its ids are its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "note_%s"

    text = forms.CharField(label="Vad sa personalen om hur det ska göras?", max_length=5000, widget=forms.Textarea(attrs={"rows": 2}))


class ManyActionsForm(RowForm):
    """Several actions at once, one a line, against the same cause."""

    text = LinesField(label="Åtgärder, en per rad", widget=forms.Textarea(attrs={"rows": 8}),
                      help_text="Klistra gärna in från Word eller Excel. Tomma rader hoppas över.")
    cause = forms.ChoiceField(label="Mot orsak", required=False)


class OnBehalfForm(OpenForm):
    """For the coordinator: whose check-in it is, when a party does not write itself."""

    on_behalf_of = forms.CharField(label="Skrivs för", required=False, max_length=200,
                                   help_text="Lämna tomt om det är din egen. Skriv annars namnet på den som har berättat.")


class CauseToProblemForm(CauseForm):  # type: ignore[valid-type,misc]
    """A new cause, with the problem it belongs to."""

    field_order = ["problem"]
    problem = forms.ChoiceField(label="Till problemet")


class GoalToProblemForm(GoalForm):  # type: ignore[valid-type,misc]
    """A new goal, with the problem it is about and the actions that have no goal yet."""

    field_order = ["problem", "actions"]
    problem = forms.ChoiceField(label="Gäller problemet", required=False)
    actions = forms.MultipleChoiceField(label="Åtgärder som ska bidra till målet", required=False, widget=forms.CheckboxSelectMultiple,
                                        help_text="Här står de åtgärder som inte har något mål än.")
