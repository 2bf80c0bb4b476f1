"""Form fields: label, help and fault tied to the control, whatever kind it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samsyn.chain.wording import count_words
from samsyn.web.components.symbols import NOTHING, SYMBOL_OF_CODE, icon, symbol


def field(
    bound: BoundField, label: str = "", help: str = "", optional: bool = False, small: bool = False, rows: int = 0,
    autocomplete: str = "", unit: str = "", placeholder: str = "", autofocus: bool = False, mark: str = "", asked: bool = False,
) -> SafeString:
    """
    Return a whole field: `{% field form.text rows=4 %}`. The control follows the form's widget.

    label, help    replace the form's own
    optional       True writes "Frivilligt" beside the label; where nearly all are optional, leave it out
    small          the lower control of tables and filters
    rows           height of a text; 0 leaves it to the style sheet, which grows with the text
    unit           stands after a number: "timmar"
    mark           a word beside the label: "krävs"
    asked          True says beside the label that the plan check asks for it
    """
    widget = bound.field.widget
    if bound.is_hidden:
        return SafeString(f"{bound.errors}{bound}")
    label = label or str(bound.label)
    beside = format_html("{}{}", _optional(optional), _marks(mark, asked))
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return _group(bound, label, help, beside, _ticks(bound))
    if isinstance(widget, forms.CheckboxInput):
        return _single_tick(bound, label, help)
    given: dict[str, Any] = {"rows": rows, "autocomplete": autocomplete, "placeholder": placeholder, "autofocus": autofocus}
    control = _control(bound, help, small, {name: value for name, value in given.items() if value})
    if isinstance(widget, forms.FileInput):
        return _drop(bound, label, help, control)
    if unit:
        control = format_html('<div class="unit">{}<span>{}</span></div>', control, unit)
    head = format_html('<label for="{}">{}{}</label>', bound.id_for_label, label, beside)
    return format_html('<div class="field">{}{}{}{}</div>', head, control, _help(bound, help), _faults(bound))


def pick(bound: BoundField, label: str = "", help: str = "", shape: str = "", optional: bool = False) -> SafeString:
    """
    Return a choice as large tiles, each with its face or dial: `{% pick form.result %}`. The form's widget is a RadioSelect.

    shape   "" tiles side by side, "row" one below the other, "3" three in a row
    """
    tiles = format_html_join("", "{}", ((_tile(bound, option),) for option in _options(bound)))
    css_class = f" pick--{shape}" if shape else ""
    return _group(bound, label or str(bound.label), help, _optional(optional), format_html('<div class="pick{}">{}</div>', css_class, tiles))


def faults(form: forms.BaseForm) -> SafeString:
    """
    Return what is wrong in a sent form, first on the page, with a link to each field: `{% faults form %}`. Nothing if all is well.

    A form that is answered on its own page has `action="#fel"`: a refused one is shown from its faults, wherever the page was opened.
    """
    if not form.is_bound or not form.errors:
        return NOTHING
    rows = [(NOTHING, fault) for fault in form.non_field_errors()]
    for bound in form:
        rows += [(format_html('<a href="#{}">{}</a>: ', bound.id_for_label or bound.auto_id, bound.label), e) for e in bound.errors]
    title = "En sak behöver rättas" if len(rows) == 1 else f"{count_words(len(rows)).capitalize()} saker behöver rättas"
    listed = format_html_join("", "<li>{}{}</li>", rows)
    return format_html(
        '<div class="note note--bad" id="fel" tabindex="-1" role="alert">{}<b>{}</b><ul class="fine">{}</ul></div>', icon("warn"), title, listed)


def _control(bound: BoundField, help: str, small: bool, attrs: dict[str, Any]) -> SafeString:
    """Return the control itself, with what a screen reader needs."""
    widget = bound.field.widget
    if isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    if not isinstance(widget, forms.FileInput):
        attrs["class"] = " ".join(filter(None, (
            widget.attrs.get("class"), "in", "in--s" if small else "", "in--n" if isinstance(widget, forms.NumberInput) else "")))
    attrs["aria-describedby"] = _described_by(bound, help)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs={name: value for name, value in attrs.items() if value})


def _group(bound: BoundField, label: str, help: str, beside: SafeString, content: SafeString) -> SafeString:
    """Return several controls under one legend."""
    described = _described_by(bound, help)
    tied = format_html(' aria-describedby="{}"', described) if described else NOTHING
    return format_html(
        '<fieldset class="field" id="{}"{}><legend>{}{}</legend>{}{}{}</fieldset>',
        bound.auto_id, tied, label, beside, _help(bound, help), content, _faults(bound))


def _options(bound: BoundField) -> list[dict[str, Any]]:
    """Return the options of a radio or checkbox group as Django describes them. The empty one is left out: nothing chosen says that."""
    return [option.data for option in bound.subwidgets if str(option.data["value"])]


def _ticks(bound: BoundField) -> SafeString:
    """Return each option as a box or ring with its label."""
    rows = ((_box(bound, option), option["label"]) for option in _options(bound))
    return format_html('<div class="ticks">{}</div>', format_html_join("", '<label class="tick">{}<span>{}</span></label>', rows))


def _tile(bound: BoundField, option: dict[str, Any]) -> SafeString:
    """Return one tile: control, drawing, word."""
    name = SYMBOL_OF_CODE.get(str(option["value"]), "")
    css_class = SafeString(' class="is-dial"') if name.startswith("dial-") else NOTHING
    return format_html("<label{}>{}{}<span>{}</span></label>", css_class, _box(bound, option), symbol(name) if name else NOTHING, option["label"])


def _box(bound: BoundField, option: dict[str, Any]) -> SafeString:
    """Return the control of one option."""
    flags = {"checked": option["selected"], "required": option["attrs"].get("required"), "disabled": option["attrs"].get("disabled")}
    said = "".join(f" {flag}" for flag, is_set in flags.items() if is_set)
    return format_html(
        '<input type="{}" name="{}" value="{}" id="{}"{}>',
        option["type"], option["name"], option["value"], option["attrs"].get("id", ""), SafeString(said))


def _single_tick(bound: BoundField, label: str, help: str) -> SafeString:
    """Return one box to tick, label after it."""
    attrs = {"aria-describedby": _described_by(bound, help), "aria-invalid": "true" if bound.errors else ""}
    box = bound.as_widget(attrs={name: value for name, value in attrs.items() if value})
    return format_html(
        '<div class="field"><label class="tick">{}<span>{}</span></label>{}{}</div>', box, label, _help(bound, help), _faults(bound))


def _drop(bound: BoundField, label: str, help: str, control: SafeString) -> SafeString:
    """Return a file control in a box that takes a dropped file (with JavaScript)."""
    head = format_html('<label class="strong" for="{}">{}</label>', bound.id_for_label, label)
    return format_html(
        '<div class="field"><div class="drop" data-drop>{}{}{}{}{}</div></div>',
        icon("file"), head, control, _help(bound, help), _faults(bound))


def _optional(optional: bool) -> SafeString:
    """Return the word beside the label of a field that may be left empty."""
    return SafeString(' <span class="opt">Frivilligt</span>') if optional else NOTHING


def _marks(mark: str, asked: bool) -> SafeString:
    """Return what stands beside the label of a field that is required or asked for."""
    word = format_html(' <span class="opt">{}</span>', mark) if mark else NOTHING
    return format_html('{} <span class="opt asked">{}plankollen frågar</span>', word, symbol("knot-gap")) if asked else word


def _described_by(bound: BoundField, help: str) -> str:
    """Return the ids of help and fault, those that are there."""
    ids = (f"{bound.auto_id}_help" if help or bound.help_text else "", f"{bound.auto_id}_fault" if bound.errors else "")
    return " ".join(filter(None, ids))


def _help(bound: BoundField, help: str) -> SafeString:
    """Return the sentence that helps a person answer."""
    text = help or bound.help_text
    return format_html('<p class="help" id="{}_help">{}</p>', bound.auto_id, text) if text else NOTHING


def _faults(bound: BoundField) -> SafeString:
    """Return what is wrong, and so what to write instead."""
    if not bound.errors:
        return NOTHING
    said = format_html_join(" ", "{}", ((fault,) for fault in bound.errors))
    return format_html('<p class="err" id="{}_fault">{}<span>{}</span></p>', bound.auto_id, icon("warn"), said)
