"""Choosing a password: one field, one rule, one help text."""

from __future__ import annotations

from django import forms
from django.contrib.auth import password_validation

from samsyn.web.parts.row_form import OpenForm


def new_password_field(label: str) -> forms.CharField:
    """Return the field of a password that a person chooses. How long it must be is said in the settings too."""
    return forms.CharField(label=label, help_text="Minst tolv tecken. En mening är lättast att minnas.",
                           widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))


class NewPasswordForm(OpenForm):
    """A password to come in with from now on."""

    unread = ("password",)

    password = new_password_field("Välj ett lösenord")

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password)
        return password
