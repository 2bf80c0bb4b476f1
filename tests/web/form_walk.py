"""Finds every form of the site as a coordinator meets them, and fills it so that it can be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import resolve, reverse

from tests.web.conftest import Town
from tests.web.html_page import FormField, PageForm, post_forms
from tests.web.rights import TABLE

# not sent by the walk: they end the walk itself or take away the rows it stands on
LEFT_OUT = {"account_logout", "enter_as", "change_member", "revoke", "remove_row", "choose_partnership", "password_link", "take_up_row",
            "new_password", "join", "upload", "clean_held", "take_out_words"}
FILLED = {"email": "ny@x.example", "date": "2027-01-15", "password": "en helt ny mening", "tel": "070-1740605", "time": "13:00",
          "datetime-local": "2027-01-15T13:00"}


@dataclass(frozen=True)
class Found:
    """A form, the page it stands on and the name of the address it is sent to."""

    page: str
    name: str
    form: PageForm

    @property
    def address(self) -> str:
        return self.form.action or self.page

    @property
    def texts(self) -> list[FormField]:
        """The fields that a person writes words in: no dates, numbers or addresses."""
        return [f for f in self.form.fields.values() if f.is_text and f.kind != "email" and f.attributes.get("inputmode") is None]

    def values(self, **given: Any) -> dict[str, Any]:
        """Return something that the form accepts: what stands there, and a word where something is asked for."""
        sent = self.form.values()
        for name, found in self.form.fields.items():
            if not sent.get(name):
                sent[name] = _filled(found)
        for name, value in self.form.buttons[:1]:
            sent[name] = value
        return {name: value for name, value in {**sent, **given}.items() if value not in (None, "", [])}


def _filled(found: FormField) -> Any:
    if found.name in ("leave_out", "on"):  # a reading with every row left out, an action that waits for itself: told so, not done
        return ""
    if found.kind in ("select", "radio", "checkbox"):
        return next((option for option in found.options if option), "")
    if found.kind == "hidden":
        return ""
    if found.name == "substitute_name":  # nobody stands in for themselves
        return "Någon annan"
    if found.attributes.get("inputmode"):
        return "3"
    return FILLED.get(found.kind, "" if found.name == "responsible_email" else "Ord")


def forms_of(client: Client, town: Town) -> list[Found]:
    """Return every form that posts, one of each address and set of fields."""
    found: dict[tuple[str, tuple[str, ...]], Found] = {}
    for row in TABLE:
        if row.method != "GET" or row.answers[-1] != 200:
            continue
        address = reverse(row.name, kwargs=row.args(town))
        response = client.get(address)
        if not response["Content-Type"].startswith("text/html"):
            continue
        for form in post_forms(response.content.decode()):
            name = resolve(form.action.partition("?")[0] or address).url_name
            if name not in LEFT_OUT:
                found.setdefault((name, tuple(form.fields)), Found(address, name, form))
    return list(found.values())


def pages_of(client: Client, town: Town) -> dict[str, str]:
    """Return every page a coordinator can open, address -> markup."""
    pages = {}
    for row in TABLE:
        if row.method == "GET" and row.answers[-1] == 200:
            address = reverse(row.name, kwargs=row.args(town))
            response = client.get(address)
            if response["Content-Type"].startswith("text/html") and response.status_code == 200:
                pages[address] = response.content.decode()
    return pages
