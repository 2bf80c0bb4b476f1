"""Reads a page as a browser does: its forms with their fields, and what it would fetch."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TEXT_TYPES = {"text", "search", "email", "tel", "textarea", "url"}


@dataclass
class FormField:
    """A field as the page has it: `values` are what would be sent now, `options` what could be chosen."""

    name: str
    kind: str
    values: list[str]
    options: list[str] = field(default_factory=list)
    attributes: dict[str, str | None] = field(default_factory=dict)

    @property
    def is_text(self) -> bool:
        return self.kind in TEXT_TYPES


@dataclass
class PageForm:
    """A form of a page. `buttons` are (name, value) of those with a name."""

    action: str
    method: str
    fields: dict[str, FormField] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def values(self) -> dict[str, Any]:
        """Return what would be sent if nobody touched the form."""
        return {name: found.values if len(found.values) != 1 else found.values[0] for name, found in self.fields.items() if found.values}


class Page(HTMLParser):
    """A parsed page: forms, every tag with its attributes, and the text of headings."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.script_text = ""
        self.title = ""
        self.body_begun = False
        self._inside: list[str] = []
        self._form: PageForm | None = None
        self._area: FormField | None = None
        self._select: FormField | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self.body_begun |= tag == "body"
        if tag in ("script", "style", "title"):
            self._inside.append(tag)
        if tag == "form":
            self._form = PageForm((given.get("action") or "").partition("#")[0], (given.get("method") or "get").lower())
            self.forms.append(self._form)
        if self._form is not None:
            self._read_control(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title") and self._inside:
            self._inside.pop()
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.values[0] = (self._area.values[0] + data).removeprefix("\n")
        if self._inside and self._inside[-1] in ("script", "style"):
            self.script_text += data
        if self._inside and self._inside[-1] == "title" and not self.body_begun:
            self.title += data

    def _read_control(self, tag: str, given: dict[str, str | None]) -> None:
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "option" and self._select is not None:
            self._select.options.append(value)
            if "selected" in given or not self._select.values:
                self._select.values = [value]
        if not name or self._form is None:
            return
        if tag == "button":
            self._form.buttons.append((name, value))
        elif tag == "textarea":
            self._area = self._form.fields[name] = FormField(name, "textarea", [""], [], given)
        elif tag == "select":
            self._select = self._form.fields[name] = FormField(name, "select", [], [], given)
        elif tag == "input":
            self._read_input(name, value, given)

    def _read_input(self, name: str, value: str, given: dict[str, str | None]) -> None:
        assert self._form is not None
        kind = given.get("type") or "text"
        if kind not in ("radio", "checkbox"):
            self._form.fields[name] = FormField(name, kind, [value], [], given)
            return
        found = self._form.fields.setdefault(name, FormField(name, kind, [], [], given))
        found.options.append(value)
        if "checked" in given:
            found.values.append(value)


def post_forms(html: str) -> list[PageForm]:
    """Return the forms of a page that change something."""
    return [form for form in Page(html).forms if form.method == "post"]
