"""A form's field for one e-mail address: refused in the same words everywhere, and only if a letter could not be sent to it."""

from __future__ import annotations

from typing import Any

from django import forms

from samsyn.chain.mail_address import LONGEST, BadAddress, one_address


class OneAddress(forms.CharField):
    """One address, or "" where it is not required."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST, "widget": forms.EmailInput(attrs={"autocomplete": "off"}), **kwargs})

    def clean(self, value: Any) -> str:
        try:
            return one_address(super().clean(value))
        except BadAddress as fault:
            raise forms.ValidationError(str(fault)) from fault
