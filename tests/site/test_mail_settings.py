"""How mail is sent, and where people reach Samsyn, as the settings say it."""

import pytest

from samsyn.site.config import BadSetting, read_config


@pytest.mark.parametrize(("given", "tls"), [
    ({}, "starttls"), ({"SAMSYN_SMTP_PORT": "465"}, "tls"), ({"SAMSYN_SMTP_PORT": "25"}, ""),
    ({"SAMSYN_SMTP_PORT": "25", "SAMSYN_SMTP_USER": "samsyn"}, "starttls"),
    ({"SAMSYN_SMTP_TLS": "none"}, ""), ({"SAMSYN_SMTP_PORT": "2525", "SAMSYN_SMTP_TLS": "tls"}, "tls"),
])
def test_a_password_is_protected_unless_somebody_says_otherwise(given: dict[str, str], tls: str) -> None:
    assert read_config(given).smtp_tls == tls


def test_letters_say_where_people_reach_samsyn() -> None:
    assert read_config({"SAMSYN_PORT": "8102"}).url == "http://localhost:8102"
    assert read_config({"SAMSYN_URL": "https://samsyn.granvik.example/"}).url == "https://samsyn.granvik.example"


@pytest.mark.parametrize("given", [
    {"SAMSYN_SMTP_TLS": "ssl"}, {"SAMSYN_URL": "samsyn.granvik.example"}, {"SAMSYN_URL": "https://a b.example"}, {"SAMSYN_URL": "https://bo:hemligt@a.example"},
    {"SAMSYN_URL": "javascript:alert(1)"},
])
def test_a_setting_that_cannot_be_used_is_named(given: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match=next(iter(given))):
        read_config(given)
