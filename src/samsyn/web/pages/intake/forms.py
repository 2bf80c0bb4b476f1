"""The forms of a plan that comes in: the file itself, and the answers to what was unclear in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from samsyn.chain.choices import FormFace, Implementation
from samsyn.chain.wording import clipped
from samsyn.flows.intake.answers import UNNAMED_PROBLEM, Answers, RowAnswer
from samsyn.flows.intake.bringing import MOST_WORDS
from samsyn.flows.intake.understanding import Ask, Line, Understood
from samsyn.web.parts.row_form import OpenForm, SwedishDate

ACCEPTED_KINDS = ".xlsx,.ods,.docx,.csv,.tsv,.txt,.xls"
MOST_ASKED = 1000
SMALL = {"class": "in in--s"}
KEEP = "keep"
NO_CAUSE = "none"
NOTHING_SAID = "nothing"

FORM_WORDS = {FormFace.GREEN: "Grön", FormFace.YELLOW: "Gul", FormFace.RED: "Röd"}


class UploadForm(forms.Form):
    """A file, or a pasted table. What stands in them is read elsewhere, never here."""

    once = forms.CharField(widget=forms.HiddenInput({"id": False}), required=False, max_length=64)  # twice on the page
    file = forms.FileField(label="Välj en fil eller släpp den här", required=False, allow_empty_file=True, max_length=None,
                           help_text=f"Excel, Word, ODS eller CSV, {MOST_WORDS}.", widget=forms.FileInput(attrs={"accept": ACCEPTED_KINDS}))
    paste = forms.CharField(label="Klistra in tabellen", required=False, strip=False,
                            help_text="Markera tabellen i Excel eller Word med rubrikerna, kopiera och klistra in.",
                            widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}))

    def __init__(self, sent: QueryDict | None = None, files: Any = None) -> None:
        super().__init__(sent, files, initial={"once": uuid4().hex})


class AnswersForm(OpenForm):
    """
    What is asked before a file's rows go into a plan. Made for what was understood of one file.

    asked      the lines that are asked about, at most MOST_ASKED; those beyond come in as they were read
    only_ready True when the rows that are asked about shall be left out
    """

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    nobody = forms.BooleanField(label="Ingen är utsedd än på någon av de tomma raderna", required=False)
    unread = ("once",)

    def __init__(self, understood: Understood, asked: Iterable[Line], *, name: str, is_new: bool, titles: Iterable[str] = (),
                 numbered: dict[int, str] | None = None, sent: QueryDict | None = None) -> None:
        super().__init__(sent, initial={"once": uuid4().hex})
        self.understood = understood
        self.asked = list(asked)
        self.only_ready = bool(sent) and sent is not None and sent.get("act") == "ready"
        keys = {line.key for line in understood.lines}
        self.leave_out = (set(sent.getlist("leave_out")) & keys if sent else set()) | ({line.key for line in self.asked} if self.only_ready else set())
        if is_new:
            self.fields["name"] = forms.CharField(label="Vad ska planen heta?", max_length=300, initial=name)
        self._ask_for_problems(list(titles))
        self._ask_for_causes(numbered or {})
        for line in self.asked:
            self._ask_for_row(line)

    def _ask_for_problems(self, titles: list[str]) -> None:
        plan = self.understood.plan
        for problem in plan.problems:
            self.fields[f"problem_{problem.id}"] = forms.CharField(
                label=self._problem_label(), max_length=300, initial=problem.title[:300], widget=forms.TextInput(attrs={"class": "in"}))
        if self.understood.needs_problem:
            self.fields[f"problem_{UNNAMED_PROBLEM}"] = forms.CharField(
                label="Vilket problem gäller de övriga raderna?" if plan.problems else "Vilket problem gäller planen?", max_length=300,
                initial=titles[0] if len(titles) == 1 else "", help_text="Säg kort vad som händer och var. Till exempel: Otrygghet på torget på kvällarna.")

    def unsaid(self) -> list[str]:
        """Return what must be written about the plan and is empty when the page is opened."""
        names = {"name": "planens namn", f"problem_{UNNAMED_PROBLEM}": "vilket problem planen gäller"}
        return [words for name, words in names.items() if name in self.fields and not self.fields[name].initial]

    def _problem_label(self) -> str:
        return "Vilka problem gäller planen?" if len(self.understood.plan.problems) > 1 else "Vilket problem gäller planen?"

    def _ask_for_causes(self, numbered: dict[int, str]) -> None:
        for cause in self.understood.nameless:
            self.fields[f"cause_{cause.id}"] = forms.CharField(
                label=f"Vad är orsak {cause.number}?", max_length=5000, required=False, initial=numbered.get(cause.number or 0, ""))

    def _ask_for_row(self, line: Line) -> None:
        where = f"för rad {line.number}"
        if Ask.TEXT in line.asks:
            self.fields[f"text_{line.key}"] = forms.CharField(
                label=f"Åtgärd {where}", required=False, max_length=5000, widget=forms.TextInput(attrs={**SMALL, "placeholder": "Vad ska göras?"}))
        if Ask.CAUSE in line.asks:
            self.fields[f"cause_of_{line.key}"] = forms.ChoiceField(
                label=f"Orsak {where}", required=False, choices=self._cause_choices(line), widget=forms.Select(attrs=SMALL))
        if Ask.DUE in line.asks:
            self.fields[f"due_{line.key}"] = SwedishDate(label=f"Datum {where}", required=False, initial=line.proposal)
            self.fields[f"due_{line.key}"].widget.attrs |= SMALL
        if Ask.RESPONSIBLE in line.asks:
            self.fields[f"who_{line.key}"] = forms.CharField(label=f"Ansvarig {where}", required=False, max_length=300,
                                                             widget=forms.TextInput(attrs={**SMALL, "placeholder": "Namn", "autocomplete": "off"}))
            self.fields[f"nobody_{line.key}"] = forms.BooleanField(label="Ingen än", required=False)
        if Ask.HOW_FAR in line.asks:
            self.fields[f"how_far_{line.key}"] = forms.ChoiceField(
                label=f"Uppföljning {where}", required=False, choices=_how_far_choices(), initial=_how_far_initial(line), widget=forms.Select(attrs=SMALL))

    def _cause_choices(self, line: Line) -> list[tuple[str, str]]:
        causes = {cause.id: cause for cause in self.understood.plan.causes}
        read = " och ".join(str(causes[one].number or clipped(causes[one].text, 30)) for one in line.action.causes)
        keep = [(KEEP, f"{read}, som vi läste det")] if read else []
        named = [(cause.id, clipped(f"{cause.number or ''} {cause.text}", 80)) for cause in causes.values() if cause.text]
        return [*keep, (NO_CAUSE, "Ingen orsak än"), *named]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for line in self.asked:
            if line.key in self.leave_out:
                self._forget_faults(line)
                continue
            if Ask.TEXT in line.asks and not cleaned.get(f"text_{line.key}"):
                self.add_error(f"text_{line.key}", "Skriv vad som ska göras, eller kryssa i ”ta inte med”.")
            if Ask.RESPONSIBLE in line.asks and not (cleaned.get(f"who_{line.key}") or cleaned.get(f"nobody_{line.key}") or cleaned.get("nobody")):
                self.add_error(f"who_{line.key}", "Skriv ett namn, eller kryssa i ”ingen än”.")
        return cleaned

    def _forget_faults(self, line: Line) -> None:
        for name in [name for name in self.errors if name.endswith(f"_{line.key}")]:
            del self.errors[name]

    def answers(self, plan: UUID | None) -> Answers:
        """Return what was answered. The form must be valid."""
        sent = self.cleaned_data
        return Answers(
            plan=plan, name=sent.get("name", ""), leave_out=frozenset(self.leave_out),
            problems={name.removeprefix("problem_"): value for name, value in sent.items() if name.startswith("problem_")},
            causes={name.removeprefix("cause_"): value for name, value in sent.items() if name.startswith("cause_") and not name.startswith("cause_of_")},
            rows={line.key: self._row_answer(line) for line in self.asked if line.key not in self.leave_out})

    def _row_answer(self, line: Line) -> RowAnswer:
        sent = {ask: self.cleaned_data.get(f"{name}_{line.key}") for ask, name in FIELD_OF.items() if ask in line.asks}
        due = (sent[Ask.DUE] or "") if Ask.DUE in sent else None
        cause = sent.get(Ask.CAUSE) or KEEP
        return RowAnswer(text=sent.get(Ask.TEXT), due_on=due, responsible=sent.get(Ask.RESPONSIBLE),
                         cause=None if cause == KEEP else cause.removeprefix(NO_CAUSE),
                         how_far=_how_far(sent[Ask.HOW_FAR]) if Ask.HOW_FAR in sent else None)


FIELD_OF = {Ask.TEXT: "text", Ask.CAUSE: "cause_of", Ask.DUE: "due", Ask.RESPONSIBLE: "who", Ask.HOW_FAR: "how_far"}


def _how_far_choices() -> list[tuple[str, Any]]:
    return [(NOTHING_SAID, "Säger inget om läget"), ("Formulärets färg", [(face.value, label) for face, label in FORM_WORDS.items()]),
            ("Genomförande", [(one.value, one.label) for one in Implementation])]


def _how_far_initial(line: Line) -> str:
    if line.action.form_face:
        return line.action.form_face.value
    return str(line.action.implementation.value) if line.action.implementation else NOTHING_SAID


def _how_far(code: str | None) -> FormFace | Implementation | str:
    words: dict[str, FormFace | Implementation] = {word.value: word for word in (*FormFace, *Implementation)}
    return words.get(code or "", "")
