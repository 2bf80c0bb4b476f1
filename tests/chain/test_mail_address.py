"""One address on one line, or a clear answer."""

import pytest

from samsyn.chain.mail_address import BadAddress, one_address, sent_address, usable_address


@pytest.mark.parametrize(("given", "kept"), [
    ("bo@granvikshus.example", "bo@granvikshus.example"), (" Bo.Ek+stad@Granvikshus.example ", "Bo.Ek+stad@Granvikshus.example"),
    ("samsyn@localhost", "samsyn@localhost"), ("bo@örebro.example", "bo@örebro.example"), ("", ""), ("  ", ""),
])
def test_one_address_is_kept_without_space_around_it(given: str, kept: str) -> None:
    assert one_address(given) == kept == usable_address(given)


@pytest.mark.parametrize("given", [
    "bo@granvik.example, erik@norr.example", "bo@granvik.example;erik@norr.example", "bo@granvik.example erik@norr.example",
    "bo@granvik.example\nBcc: erik@norr.example", "bo@granvik.example\r\n", "\nbo@granvik.example", "bo@granvik.example\x00", "bo@granvik\u2028.example",
    "Bo <bo@granvik.example>", "bo", "bo@", "@granvik.example", "bo@@granvik.example", "bo@-granvik.example", "bo@granvik..example", ".bo@granvik.example",
    "bö@granvik.example", "bo@" + "ö" * 80 + ".example", "b" * 65 + "@granvik.example", "bo@" + "a." * 126 + "example", '"bo"@granvik.example',
])
def test_what_is_not_one_address_is_refused_and_passed_on_by_hand(given: str) -> None:
    with pytest.raises(BadAddress, match="Adressen går inte att använda"):
        one_address(given)
    assert usable_address(given) == ""


def test_a_domain_with_swedish_letters_is_sent_in_its_other_spelling() -> None:
    assert sent_address("bo@örebro.example") == "bo@xn--rebro-iua.example" and sent_address("bo@granvik.example") == "bo@granvik.example"
