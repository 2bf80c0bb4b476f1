"""The target value that a goal's own text says: only where it says exactly one."""

from __future__ import annotations

import pytest

from samsyn.chain.suggested_target import suggested_target

SAYS_ONE = [
    ("Belysning på plats, 0 trasiga lampor", "0 trasiga lampor"), ("60 % av hemmen deltar", "60 %"), ("60 procent av hemmen deltar", "60 %"),
    ("Högst 35 anmälda stölder år 2027", "högst 35 anmälda stölder"), ("Minst 2 vuxna per kväll", "minst 2 vuxna"),
    ("Stölderna minskar till 35 anmälda stölder", "35 anmälda stölder"), ("Skadegörelsen sänks till högst 12 fall under 2027", "högst 12 fall"),
    ("1 200 elever i trygg miljö", "1 200 elever"), ("Väntetid 2,5 dagar.", "2,5 dagar"), ("0 lampor. Ingen ska vara rädd", "0 lampor"),
]
SAYS_NONE = [
    "", "Tryggare torg", "Minst 2 vuxna 20 kvällar", "Tryggheten ökar från 40 till 60 procent", "Minska stölderna med 20 %", "20 % färre stölder",
    "Storgatan 12 ska vara trygg", "Klart 2027-03-31", "Stängt kl. 22 varje kväll", "Inga bråk efter 22.00", "Klass 7B trivs", "Alla i åk 7 trivs",
    "Bättre år 2027", "Mellan 3–5 träffar", "7:an ska trivas", "Målet är 10", "Skriv 19/12 elever",
]


@pytest.mark.parametrize(("text", "target"), SAYS_ONE)
def test_a_text_with_one_number_and_its_unit_suggests_it(text: str, target: str) -> None:
    assert suggested_target(text) == target


@pytest.mark.parametrize("text", SAYS_NONE)
def test_a_text_that_does_not_say_exactly_one_value_suggests_nothing(text: str) -> None:
    assert suggested_target(text) == ""


def test_a_long_text_is_read_in_no_time_and_without_fault() -> None:
    assert suggested_target("0 " * 2500) == "" and suggested_target("å " * 2500 + "3 lampor") == "3 lampor"
