"""What happens when a form is sent: saved, already saved, collided with somebody else's words, or the row is gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samsyn.chain.field import fields_of
from samsyn.chain.wording import listed
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Collided, Edit, Gone, Saved
from samsyn.web.parts.returning import MENDED, return_address
from samsyn.web.parts.row_form import RowForm, texts_of

GONE = "Raden finns inte längre. Någon har tagit bort den medan du skrev. Din text står kvar nedan så att du kan kopiera den."


@dataclass(frozen=True, slots=True)
class CollidedField:
    """A field with two texts, as the page shows it. `theirs` and `mine` are lists of texts: several for links."""

    name: str
    label: str
    theirs: list[str]
    mine: list[str]
    together: str
    is_text: bool
    theirs_label: str
    mine_label: str


def saved_new(request: HttpRequest, form: RowForm, add: Callable[[dict[str, Any], str], Any], *, done: str,
              said: str) -> HttpResponse | None:
    """
    Add a row from a valid form and redirect; None if the form must be shown again. The same form twice adds one row.

    done   where it leads, unless the address of the form says `tillbaka` (samsyn.web.parts.returning)
    """
    if not form.is_valid():
        return None
    done = return_address(request, done)
    try:
        add(form.row_values(), form.cleaned_data["once"])
    except AlreadyDone:
        return redirect(done)
    except Gone:
        form.add_error(None, GONE)
        return None
    _say(request, said, "", done)
    return redirect(done)


def saved_edit(request: HttpRequest, form: RowForm, change: Callable[[Edit, str], Saved], *, row_class: type, done: str,
               said: str, stay: str = "") -> HttpResponse | None:
    """
    Save an edit from a valid form and redirect; show both texts where they collide; None if the form must be shown again.

    done   where it leads, unless the address of the form says `tillbaka` (samsyn.web.parts.returning)
    stay   where it leads whatever the address says: the next part of a long page, which says itself that it is saved
    """
    if not form.is_valid():
        return None
    done = stay or return_address(request, done)
    edit = form.edit()
    try:
        saved = change(edit, form.cleaned_data["once"])
    except AlreadyDone:
        return redirect(done)
    except Gone:
        form.add_error(None, GONE)
        return None
    except Collided as collided:
        return two_texts(request, form, collided, row_class=row_class)
    _say(request, "" if stay else said, _kept_words(saved, row_class), done)
    return redirect(done)


def _say(request: HttpRequest, said: str, kept: str, done: str) -> None:
    """Say that it is saved, unless the page it leads to says so itself, and what is there of somebody else's."""
    if kept or (said and f"{MENDED}=" not in done):
        messages.success(request, (said + kept).strip())


def two_texts(request: HttpRequest, form: RowForm, collided: Collided, *, row_class: type) -> HttpResponse:
    """Show both texts of every field that collided, with a written-together one to start from. Nothing has been saved."""
    about = fields_of(row_class)
    fields = [
        CollidedField(c.field, str(form.fields[c.field].label), _texts(c.theirs), _texts(c.mine), "".join(_texts(c.together)),
                      c.field in about and isinstance(c.mine, str) and about[c.field].choices is None,
                      _shown(form, c.field, c.theirs), _shown(form, c.field, c.mine))
        for c in collided.merge.collisions
    ]
    names = {c.name for c in fields}
    theirs = texts_of(collided.merge.values)
    kept = [(name, one) for name, value in texts_of(collided.merge.values).items() if name not in names
            for one in (value if isinstance(value, list) else [value])]
    context = {
        "fields": fields, "kept": kept, "by": collided.by or "Någon annan", "version": collided.version, "base": json.dumps(theirs),
        "merged": len(collided.merge.from_theirs), "extra": _passed_on(form, request),
    }
    return render(request, "parts/two_texts.html", context, status=409)


def _passed_on(form: RowForm, request: HttpRequest) -> list[tuple[str, str]]:
    """What else the page had sent (which button, which row): sent again as it was."""
    own = set(form.fields) | {"csrfmiddlewaretoken"}
    return [(key, value) for key, values in request.POST.lists() if key not in own and not key.startswith(("pick_", "theirs_", "mine_", "together_"))
            for value in values]


def _kept_words(saved: Saved, row_class: type) -> str:
    about = fields_of(row_class)
    labels = [about[name].label.lower() for name in saved.from_theirs if name in about]
    return f" Någon annan ändrade samtidigt {listed(labels)}; det är kvar." if labels else ""


def _texts(value: Any) -> list[str]:
    text = texts_of({"x": value})["x"]
    return text if isinstance(text, list) else [text]


def _shown(form: RowForm, name: str, value: Any) -> str:
    """A value as a person reads it: the words of a choice, the names of linked rows."""
    options = dict(getattr(form.fields[name], "choices", []) or [])
    if isinstance(value, tuple):
        return listed(str(options.get(one, one)) for one in value) if value else "Inget valt"
    text = str(options.get(value, "")) if options else "".join(_texts(value))
    return text or "Tomt"
