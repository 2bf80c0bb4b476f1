"""Setting both sides of a face: the form, and what it must hold before anything is written. Used by the action's page and in a meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import Http404

from samsyn.chain.choices import Implementation, RestsOn, Result
from samsyn.chain.face import basis_fault, implementation_of, result_shown, suggest_implementation, suggest_result
from samsyn.chain.plan import Action
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Gone
from samsyn.records.scope import as_choices
from samsyn.web.parts.row_form import RowForm

HOW_FAR = [(word.value, "Gjord, vet inte hur" if word is Implementation.DONE else word.label) for word in Implementation]


class FaceForm(RowForm):
    """Both sides of the face, why, and what it rests on."""

    implementation = forms.ChoiceField(label="Genomförande: är den gjord?", choices=HOW_FAR, widget=forms.RadioSelect)
    result = forms.ChoiceField(label="Resultat: hur gick det för problemet?", choices=as_choices(Result), widget=forms.RadioSelect)
    rests_on = forms.ChoiceField(label="Vad bygger resultatet på?", choices=[("", "Inte sagt"), *as_choices(RestsOn)], required=False)
    why = forms.CharField(label="Varför?", help_text="Ett ord eller en mening. Den syns i historiken.", required=False, max_length=2000,
                          widget=forms.Textarea(attrs={"rows": 2}))


def face_now(one: Action, today: date) -> dict[str, str]:
    """Return what the form is opened with: what is set, else what Samsyn suggests."""
    return {"implementation": str(implementation_of(one) or suggest_implementation(one, today).value),
            "result": str(one.result.value if one.result else suggest_result(one, today).value),
            "rests_on": str((one.result and one.result.rests_on) or "")}


def faces_set(form: RowForm, one: Action, today: date, write: Callable[..., Any]) -> bool:
    """
    Set what differs from before; True if all went well, otherwise the form says why not.

    form     valid, a FaceForm
    write    takes implementation and result (None leaves a side), why, rests_on and once; AlreadyDone counts as done, Gone is a 404
    """
    sent = form.cleaned_data
    implementation, result = Implementation(sent["implementation"]), Result(sent["result"])
    rests_on = RestsOn(sent["rests_on"]) if sent["rests_on"] else None
    before, before_on = (Result(one.result.value), one.result.rests_on) if one.result else (None, None)
    is_other = result != before or (rests_on is not None and rests_on != before_on)
    if is_other and (result is not result_shown(one, today) or rests_on) and not sent["why"].strip():
        form.add_error("why", "Skriv ett ord om varför.")
    if result.is_verdict and result != before and not rests_on:
        form.add_error("rests_on", "Säg vad det bygger på.")
    elif fault := basis_fault(result, rests_on):
        form.add_error("rests_on", fault)
    if form.errors:
        return False
    try:
        write(implementation=implementation if implementation != implementation_of(one) or sent["why"] else None,
              result=result if is_other and sent["why"] else None, why=sent["why"], rests_on=rests_on, once=sent["once"])
    except AlreadyDone:
        return True
    except Gone:
        raise Http404 from None
    return True
