"""
Forms made from the chain's fields: label, help, length and kind are read from `chain.plan`, never written again.

Every form carries a key of its own, so that a double click or a resend does nothing twice. A form that changes a row
also carries the row's version and the values it was opened with, so that nobody's words are lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from samsyn.chain.field import Field, Kind, fields_of
from samsyn.chain.wording import THIN_SPACE, moment_words, number_words
from samsyn.formats.personal_numbers import has_certain
from samsyn.records.editing import Edit
from samsyn.records.follow_up.reads import EditableRow
from samsyn.records.scope import as_choices
from samsyn.web.parts.address_field import OneAddress

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
LONGEST = 5000  # characters of a field: two texts without end would be compared for hours
NO_PERSONAL_NUMBER = "Här står ett personnummer. Planen får inte ha uppgifter om enskilda: ta bort det eller skriv [person] i stället."


class SwedishNumber(forms.DecimalField):
    """A number as people here write it: 12,5 or 1 000."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def prepare_value(self, value: Any) -> Any:
        """Show 1100.00 as 1100 and 12.50 as 12,5; what somebody has typed stays as it is."""
        return number_words(value).replace(THIN_SPACE, "") if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        text = str("" if value is None else value).strip()
        for space in (" ", "\u00a0", "\u202f", "\u2009"):
            text = text.replace(space, "")
        if not text:
            return None
        whole, _, part = text.replace(".", ",").partition(",")
        if not whole.isascii() or not whole.isdigit() or (part and not (part.isascii() and part.isdigit())) or len(part) == 3:
            raise forms.ValidationError("Skriv ett tal, till exempel 12 eller 12,5.")
        return super().to_python(f"{whole}.{part or 0}")


NO_ID = {"id": False}  # two forms on a page must not share an id, and nothing points at a hidden field


class OpenForm(forms.Form):
    """A form whose texts others will read: a personal identity number is refused in all of them but `unread`."""

    unread: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            if name not in self.unread and isinstance(value, str) and has_certain(value):
                self.add_error(name, NO_PERSONAL_NUMBER)
        return cleaned


class RowForm(OpenForm):
    """A form for one row. Subclasses are made by `row_form`; pages may add fields (links to other rows) to an instance."""

    once = forms.CharField(widget=forms.HiddenInput(NO_ID), required=False, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput(NO_ID), required=False)
    base = forms.CharField(widget=forms.HiddenInput(NO_ID), required=False)
    own_fields: tuple[str, ...] = ("once", "version", "base")
    unread: tuple[str, ...] = own_fields

    def __init__(self, sent: QueryDict | None = None, *, row: EditableRow | None = None, initial: Mapping[str, Any] | None = None,
                 choices: Mapping[str, Iterable[tuple[str, str]]] | None = None) -> None:
        values = {**(row.values if row else {}), **(initial or {})}
        super().__init__(_with_picks(sent), initial=values)
        for name, options in (choices or {}).items():
            self.fields[name].choices = list(options)  # type: ignore[attr-defined]
        self.initial["once"] = uuid4().hex
        if row:
            self.initial["version"] = row.version
            held = {**values, **row.values}  # what is suggested in `initial` is not what the row has: it is saved as any other answer
            self.initial["base"] = json.dumps(texts_of({n: held[n] for n in self.row_names() if n in held}))

    def row_names(self) -> list[str]:
        """Return the names of the fields that belong to the row."""
        return [name for name in self.fields if name not in self.own_fields]

    def row_values(self) -> dict[str, Any]:
        """Return what was sent, by the row's field names. The form must be valid."""
        return {name: _plain(self.cleaned_data[name]) for name in self.row_names()}

    def edit(self) -> Edit:
        """Return what was sent as an edit of the row that the form was opened for."""
        base = _opened_with(self.cleaned_data["base"])
        known = {name: _plain(self._parsed(name, base[name])) for name in self.row_names() if self._is_carried(name, base.get(name))}
        return Edit(values=self.row_values(), base=known, version=self.cleaned_data["version"] or 0)

    def _is_carried(self, name: str, value: Any) -> bool:
        """Whether a value is such as the form carried when it was opened: a text, for links a list of texts, never longer than a field's."""
        if isinstance(self.fields[name], forms.MultipleChoiceField):
            return isinstance(value, list) and all(isinstance(one, str) for one in value)
        return isinstance(value, str) and len(value) <= LONGEST

    def _parsed(self, name: str, text: Any) -> Any:
        field = self.fields[name]
        try:
            return field.to_python(text)
        except forms.ValidationError:
            return field.empty_value if hasattr(field, "empty_value") else None


def row_form(row_class: type, names: Iterable[str], *, required: Iterable[str] = (), links: Mapping[str, str] | None = None,
             radios: Iterable[str] = ()) -> type[RowForm]:
    """
    Make a form for the named fields of a row of the chain.

    names      in the order they are asked for; those of `links` come last unless they stand here too
    required   those that must be answered
    links      name -> label of fields that choose other rows (their choices are given to the instance)
    radios     choices shown as tiles instead of a list
    """
    about = fields_of(row_class)
    others, needed, tiles = links or {}, set(required), set(radios)
    made: dict[str, Any] = {}
    for name in dict.fromkeys([*names, *others]):
        if name in others:
            made[name] = forms.MultipleChoiceField(label=others[name], required=False, widget=forms.CheckboxSelectMultiple)
        else:
            made[name] = form_field(about[name], required=name in needed, radio=name in tiles)
    return type(f"{row_class.__name__}Form", (RowForm,), made)


def form_field(about: Field, *, required: bool, radio: bool = False) -> forms.Field:
    """Return the form field of a described field."""
    given: dict[str, Any] = {"label": about.label, "help_text": about.help, "required": required}
    if about.choices:
        empty = [] if required else [("", "Inte sagt")]
        options = [*empty, *as_choices(about.choices)]
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect if radio else forms.Select, **given)
    if about.kind is Kind.DATE:
        return SwedishDate(**given)
    if about.kind is Kind.NUMBER:
        return SwedishNumber(min_value=0, max_digits=12, decimal_places=2, **given)
    if about.kind is Kind.WHOLE:
        return forms.IntegerField(min_value=0, max_value=9999, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **given)
    if about.kind is Kind.EMAIL:
        return OneAddress(**given)
    if about.kind is Kind.TEXT:
        return forms.CharField(max_length=about.max_length, widget=forms.Textarea(attrs={"rows": 2}), **given)
    return forms.CharField(max_length=about.max_length, **given)


class SwedishDate(forms.DateField):
    """A day, 2026-11-21. Years that cannot be meant are asked about."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": "Skriv datumet som år-månad-dag, till exempel 2027-03-31."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise forms.ValidationError(f"Året {value.year} kan inte stämma. Kontrollera datumet.")


def _opened_with(text: str) -> dict[str, Any]:
    """Return the values a form was opened with; nothing if it does not say: then whatever differs collides."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):  # no JSON, a number without end, or lists within lists without end
        return {}
    return found if isinstance(found, dict) else {}


def texts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as texts that a form can carry and parse again."""
    return {name: list(value) if isinstance(value, tuple) else "" if value is None else _text(value) for name, value in values.items()}


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return moment_words(value)
    return number_words(value).replace(THIN_SPACE, "") if isinstance(value, Decimal) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(sorted(value))
    return value.strip().replace("\r\n", "\n") if isinstance(value, str) else value


def _with_picks(sent: QueryDict | None) -> QueryDict | None:
    """After two texts have been shown: put the chosen text of each field where the form looks for it."""
    if sent is None or not any(key.startswith("pick_") for key in sent):
        return sent
    chosen = sent.copy()
    for key in [k for k in sent if k.startswith("pick_")]:
        name = key.removeprefix("pick_")
        chosen.setlist(name, sent.getlist(f"{sent[key]}_{name}"))
    return chosen
