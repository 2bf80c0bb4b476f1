"""The five large buttons and the short form behind each: the same by a personal link, on the action page and in my week."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from samsyn.chain.answers import PRESSES, Answer, Press, press_of
from samsyn.flows.answering import Answered
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Gone
from samsyn.web.parts.row_form import NO_ID, OpenForm, SwedishDate
from samsyn.web.parts.saving import GONE

LONGEST_WORDS = 5000  # characters, as in other check-ins
CHOSEN = "svar"  # in the address and in the form: which button
SYMBOLS = {"klar": "dial-done_as_intended", "pa-vag": "dial-under_way", "forsenad": "i-clock", "blir-inte-av": "dial-not_done", "hjalp": "i-people"}
HOW = [(Answer.DONE_AS_INTENDED.value, "Som tänkt"), (Answer.DONE_IN_PART.value, "Till en del, eller på annat sätt")]
TOO_LONG = "Texten är %(show_value)d tecken. Högst %(limit_value)d får plats. Korta den och skicka igen. Det du skrev står kvar."


@dataclass(frozen=True, slots=True)
class Tile:
    """A large button: a link to the form behind it."""

    address: str
    label: str
    symbol: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What a button's form asks. `must` is what is said if the text is empty; "" = it may be."""

    ask: str
    must: str = ""


WORDS = {
    "klar": Words("Vad har du sett?"),
    "pa-vag": Words("Hur går det?"),
    "forsenad": Words("Varför?"),
    "blir-inte-av": Words("Varför?", "Skriv kort varför det inte blir av."),
    "hjalp": Words("Vad behöver du hjälp med?", "Skriv kort vad du behöver hjälp med."),
}


def tiles(address: str = "", chosen: Press | None = None) -> list[Tile]:
    """Return the five buttons; each leads to `address` with its choice made. Nothing is changed by following them."""
    more = "&" if "?" in address else "?"
    return [Tile(f"{address}{more}{CHOSEN}={press.code}#svar", press.label, SYMBOLS[press.code], press is chosen) for press in PRESSES]


def chosen_in(sent: Mapping[str, Any]) -> Press | None:
    """Return which button a query or a form says."""
    return press_of(str(sent.get(CHOSEN, "")))


class AnswerForm(OpenForm):
    """The short form behind a button; it asks only what that answer needs."""

    unread = ("svar", "once")
    svar = forms.CharField(widget=forms.HiddenInput(NO_ID), required=False, max_length=20)
    once = forms.CharField(widget=forms.HiddenInput(NO_ID), required=False, max_length=200)
    how = forms.ChoiceField(label="Hur blev det?", choices=HOW, widget=forms.RadioSelect,
                            error_messages={"required": "Säg om det blev som tänkt, eller till en del."})
    proposed_due_on = SwedishDate(label="När blir det klart i stället?", required=False,
                                  help_text="Det är ett förslag. Samordnaren säger ja eller nej.")
    help_from = forms.CharField(label="Vem behöver du hjälp av?", required=False, max_length=200, help_text="Ett namn, eller vilken part det är.")
    text = forms.CharField(label="", required=False, validators=[MaxLengthValidator(LONGEST_WORDS, TOO_LONG)],
                           widget=forms.Textarea(attrs={"rows": 3}), help_text="Skriv inga namn eller personnummer på enskilda.")

    def __init__(self, sent: Mapping[str, Any] | None, *, press: Press, once: str, today: date) -> None:
        super().__init__(sent, initial={CHOSEN: press.code, "once": once})
        self.press, self.words, self.today = press, WORDS[press.code], today
        wanted = {"klar": {"how"}, "forsenad": {"proposed_due_on"}, "hjalp": {"help_from"}}.get(press.code, set())
        for name in {"how", "proposed_due_on", "help_from"} - wanted:
            del self.fields[name]
        self.fields["text"].label = self.words.ask

    @property
    def is_free(self) -> bool:
        """Whether the text may be left empty whatever else is said."""
        return self.press.code in ("klar", "pa-vag")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.words.must and "text" in cleaned and not cleaned["text"].strip():
            self.add_error("text", self.words.must)
        day = cleaned.get("proposed_due_on")
        if day and day < self.today:
            self.add_error("proposed_due_on", "Den dagen har redan varit. Välj en dag framåt.")
        if self.press.code == "forsenad" and not self.errors and not day and not cleaned.get("text", "").strip():
            self.add_error("proposed_due_on", "Välj en ny dag, eller skriv varför det inte går att säga än.")
        return cleaned

    def answered(self) -> Answered:
        """Return what was answered. The form must be valid."""
        sent = self.cleaned_data
        answer = Answer(sent["how"]) if "how" in self.fields else self.press.answers[0]
        return Answered(answer=answer, text=sent["text"].strip().replace("\r\n", "\n"), proposed_due_on=sent.get("proposed_due_on"),
                        help_from=sent.get("help_from", "").strip())


def is_taken(form: AnswerForm, take: Callable[[], object]) -> bool:
    """
    Take an answer; False if what it is about is gone meanwhile, and then the form says so. The same form again adds nothing.

    take   writes it; raises AlreadyDone, Gone
    """
    try:
        take()
    except AlreadyDone:
        return True
    except Gone:
        form.add_error(None, GONE)
        return False
    return True
