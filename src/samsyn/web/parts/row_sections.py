"""A long form in parts: which field stands where, which are required and which the plan check asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.forms import BoundField

from samsyn.chain.field import Kind, Section, fields_of
from samsyn.web.parts.row_form import RowForm

REQUIRED = "krävs"


@dataclass(frozen=True, slots=True)
class FormLine:
    """
    A field as a form shows it.

    mark       "krävs" beside the label, or ""
    is_asked   the plan check asks for it
    is_wide    it takes the whole width: running text, and lists to choose from
    """

    bound: BoundField
    unit: str
    mark: str
    is_asked: bool
    is_wide: bool


@dataclass
class FormSection:
    """A part of a form. `is_folded` parts open where something in them is asked for, wrong or required."""

    section: Section | None
    lines: list[FormLine] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.section.value if self.section else ""

    @property
    def is_folded(self) -> bool:
        return bool(self.section and self.section.is_folded)

    @property
    def is_open(self) -> bool:
        return any(line.is_asked or line.mark or line.bound.errors for line in self.lines)


def sections_of(form: RowForm, row_class: type, asked: Mapping[str, str] | None = None) -> list[FormSection]:
    """
    Return a form's fields part by part, as the chain describes them; a field without a part stands with the one before it.

    asked   field -> what the plan check says of it (samsyn.chain.check.asked_of)
    """
    about = fields_of(row_class)
    made: dict[Section | None, FormSection] = {}
    section: Section | None = None
    for name in form.row_names():
        described = about.get(name)
        section = described.section if described and described.section else section
        bound = form[name]
        is_wide = isinstance(bound.field.widget, forms.CheckboxSelectMultiple) or (described is not None and described.kind is Kind.TEXT)
        line = FormLine(bound, described.unit if described else "", REQUIRED if bound.field.required else "", name in (asked or {}), is_wide)
        made.setdefault(section, FormSection(section)).lines.append(line)
    order = [None, *Section]
    return sorted(made.values(), key=lambda one: order.index(one.section))
