"""Forms that exist only to be looked at."""

from __future__ import annotations

from typing import Self

from django import forms

from samsyn.chain.choices import Implementation, Perspective, RestsOn, Result
from samsyn.flows.intake.bringing import MOST_WORDS
from samsyn.records.scope import as_choices


class SampleForm(forms.Form):
    """One field of each kind."""

    text = forms.CharField(label="Åtgärd", help_text="Vad ska göras? Börja med ett verb.", initial="Belysning vid stationen", max_length=300)
    description = forms.CharField(label="Så görs den", help_text="Hur, var och hur ofta.", required=False, widget=forms.Textarea)
    due_on = forms.DateField(label="Klart", required=False)
    hours = forms.DecimalField(label="Tid", help_text="Ungefär, för alla inblandade.", required=False)
    perspective = forms.ChoiceField(
        label="Perspektiv", required=False, choices=[("", "Inte valt"), *as_choices(Perspective)])
    email = forms.EmailField(label="E-post", required=False)
    remind = forms.BooleanField(label="Påminn mig", required=False, initial=True)
    rests_on = forms.ChoiceField(
        label="Vad bygger du det på?", widget=forms.RadioSelect, initial=RestsOn.OWN_COUNT.value,
        choices=as_choices(RestsOn))
    causes = forms.MultipleChoiceField(
        label="Mot vilka orsaker?", widget=forms.CheckboxSelectMultiple, required=False, initial=["1"],
        choices=[("1", "1 Gångvägen är mörk och skymd"), ("2", "2 Ingen vuxen på plats efter klockan 20")])
    result = forms.ChoiceField(
        label="Vad har hänt med problemet?", help_text="Vad du själv ser. Skriv varför under.", widget=forms.RadioSelect,
        initial=Result.TOO_EARLY.value, choices=as_choices(Result))
    implementation = forms.ChoiceField(
        label="Hur långt har ni kommit?", widget=forms.RadioSelect, initial=Implementation.UNDER_WAY.value,
        choices=as_choices(Implementation))
    file = forms.FileField(label="Lägg planen här", help_text=f"xlsx, ods, csv eller docx, {MOST_WORDS}. Du ser allt innan något sparas.")


class FaultyForm(forms.Form):
    """Fields that were filled in wrongly."""

    due_typed = forms.CharField(label="Klart senast", help_text="Som 2026-12-01.")
    responsible = forms.CharField(label="Ansvarig", error_messages={"required": "Skriv ett namn, eller välj ”ingen än”."})
    verdict = forms.ChoiceField(
        label="Resultat", widget=forms.RadioSelect, choices=as_choices(Result),
        error_messages={"required": "Välj en gubbe."})

    @classmethod
    def sent(cls) -> Self:
        """Return the form as it looks after it was sent."""
        return cls({"due_typed": "2026-13-01"}, auto_id="fel_%s")

    def clean_due_typed(self) -> str:
        """Refuse every date: the page shows how a refusal looks."""
        raise forms.ValidationError("Det finns ingen månad 13. Skriv till exempel 2026-12-01.")
