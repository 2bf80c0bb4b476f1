"""Personal identity numbers in text: found in every shape, and what only looks like one left alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from samsyn.formats.personal_numbers import Certainty, has_certain, has_right_check_digit, redact, scan

TEXTS = 2000
SAID = ("Samtal med {} om skolan.", "{} ska erbjudas plats",
        "Kontakta {}, vårdnadshavare till eleven.", "Möte på torget ({})", "Uppföljning av {}; klart i maj")

DAYS = (date(2015, 12, 31) - date(1925, 1, 1)).days


def levels(text: str) -> list[str]:
    return [finding.certainty.value for finding in scan(text)]


def invented(chance: random.Random, *, coordination: bool = False) -> tuple[str, str]:
    """Return (yyyymmdd, nnnn) of the series kept for tests: 980 to 999, with its check digit right."""
    born = date(1925, 1, 1) + timedelta(days=chance.randrange(DAYS))
    day = born.day + 60 if coordination else born.day
    birth = f"{born.year}{born.month:02}{day:02}"
    serial = f"{chance.randrange(980, 1000)}"
    check = next(digit for digit in "0123456789" if has_right_check_digit(birth[2:] + serial + digit))
    return birth, serial + check


Form = Callable[[str, str], str]

PLAIN: dict[str, Form] = {
    "short": lambda birth, last: f"{birth[2:]}-{last}",
    "long": lambda birth, last: f"{birth}-{last}",
    "long in one piece": lambda birth, last: birth + last,
    "over a hundred": lambda birth, last: f"{birth[2:]}+{last}",
    "short in one piece, named": lambda birth, last: f"pnr {birth[2:]}{last}",
}
EVASIONS: dict[str, Form] = {
    "spaced": lambda birth, last: " ".join(birth[2:] + last),
    "long, spaced": lambda birth, last: " ".join(birth + last),
    "as a date": lambda birth, last: f"{birth[:4]}-{birth[4:6]}-{birth[6:]}-{last}",
    "as a date with dots": lambda birth, last: f"{birth[:4]}.{birth[4:6]}.{birth[6:]}.{last}",
    "underscore": lambda birth, last: f"{birth[2:]}_{last}",
    "space": lambda birth, last: f"{birth[2:]} {last}",
    "spaced dash": lambda birth, last: f"{birth[2:]} - {last}",
    "long dash": lambda birth, last: f"{birth[2:]}\u2013{last}",
    "minus sign": lambda birth, last: f"{birth[2:]}\u2212{last}",
    "zero width": lambda birth, last: f"{birth[2:5]}\u200b{birth[5:]}-\u200b{last}",
    "soft hyphen": lambda birth, last: f"{birth[2:]}\u00ad-{last}",
    "fullwidth": lambda birth, last: "".join(chr(ord(sign) + 0xFEE0) for sign in f"{birth[2:]}-{last}"),
    "Arabic digits": lambda birth, last: "".join(chr(0x0660 + int(sign)) for sign in birth[2:] + last),
    "letter O": lambda birth, last: f"{birth[2:]}-{last}".replace("0", "O"),
    "apart": lambda birth, last: f"född {birth}, sista fyra är {last}",
    "bracketed": lambda birth, last: f"{birth[2:]} ({last})",
    "in pairs": lambda birth, last: " ".join((birth + last)[place:place + 2] for place in range(0, 12, 2)),
    "on two lines": lambda birth, last: f"{birth[2:]}\n{last}",
    "split last": lambda birth, last: f"{birth[2:]}-{last[:2]} {last[2:]}",
    "slashes": lambda birth, last: f"{birth[:4]}/{birth[4:6]}/{birth[6:]}-{last}",
}


def share_found(form: Form, *, coordination: bool) -> float:
    chance = random.Random(7)
    found = 0
    for _ in range(TEXTS // 10):
        birth, last = invented(chance, coordination=coordination)
        text = chance.choice(SAID).format(form(birth, last))
        found += "certain" in levels(text)
    return found / (TEXTS // 10)


@pytest.mark.parametrize("coordination", [False, True], ids=["personal", "coordination"])
@pytest.mark.parametrize("form", PLAIN.values(), ids=PLAIN.keys())
def test_plain_forms_are_found(form: Form, coordination: bool) -> None:
    assert share_found(form, coordination=coordination) >= 0.995


def test_nine_evasions_in_ten_are_found() -> None:
    shares = {name: share_found(form, coordination=coordination) for name, form in EVASIONS.items() for coordination in (False, True)}

    assert sum(shares.values()) / len(shares) >= 0.90, shares


def plan_text(chance: random.Random) -> str:
    """Return a text such as plans have, with numbers of every sort that is nobody's own."""
    digits = lambda count: "".join(chance.choice("0123456789") for _ in range(count))  # noqa: E731
    start = date(2024, 1, 1) + timedelta(days=chance.randrange(1200))
    end = start + timedelta(days=chance.randrange(20, 150))
    return chance.choice((
        f"Ring 07{chance.choice('02369')}{digits(7)} vid frågor",
        f"Tel 07{chance.choice('02369')}-{digits(3)} {digits(2)} {digits(2)}, kväll och helg",
        f"Växel 08-{digits(3)} {digits(3)} {digits(2)}",
        f"+46 7{chance.choice('02369')} {digits(3)} {digits(2)} {digits(2)}",
        f"Bostadsbolaget org.nr 55{chance.choice('6789')}{digits(3)}-{digits(4)}",
        f"Dnr BRÅ {start.year}/{digits(4)}",
        f"Polisens K-nummer 5000-K{digits(6)}-{start.year % 100}",
        f"Period {start:%y%m%d}-{end:%m%d} på torget",
        f"Tid: {start:%y%m%d}-{end:%m%d}",
        f"{start:%Y-%m-%d} – {end:%Y-%m-%d}, därefter löpande",
        f"Insats {start:%Y%m%d} {chance.randrange(24):02}{chance.randrange(60):02} vid stationen",
        f"{start:%Y-%m-%d} kl {chance.randrange(24):02}.{chance.randrange(60):02}-{chance.randrange(24):02}.{chance.randrange(60):02}",
        f"Logg {start:%Y%m%d%H}{chance.randrange(60):02}",
        f"Faktura {digits(10)}, kostnadsställe {digits(5)}",
        f"OCR {digits(10)}",
        f"Bankgiro {digits(4)}-{digits(4)}, belopp {digits(2)} {digits(3)} kr",
        f"{digits(1)} {digits(3)} {digits(3)} kr i budget {start.year}–{start.year + 1}",
        f"Minst {digits(2)} vuxna {digits(2)} kvällar v. {chance.randrange(1, 53)}–{chance.randrange(1, 53)} {start.year}",
        f"Kamera 59.{digits(6)}, 18.{digits(6)}",
        f"60 % av hemmen i åk 7–9, {start.year}-{start.month:02}",
        f"Artikelnr {digits(8)}-{digits(2)} ({digits(3)} st)",
        f"Inventarie {digits(6)}, lokal {digits(4)}",
        f"Fastighet Torget {digits(1)}:{digits(2)}, {digits(5)} Granviken",
        f"Statistik {start.year}: {digits(3)} anmälningar, {start.year + 1}: {digits(3)}",
    ))


def test_hardly_any_text_of_a_plan_is_held_by_mistake() -> None:
    chance = random.Random(11)
    held = [text for text in (plan_text(chance) for _ in range(TEXTS)) if "certain" in levels(text)]

    assert len(held) <= TEXTS * 0.005, held


@pytest.mark.parametrize(("text", "expected"), [
    ("Samtal med Kalle 850709-9805", ["certain"]), ("198507099805 ska erbjudas plats", ["certain"]), ("sam.nr 701063-2391", ["certain"]),
    ("8507099805", ["certain"]), ("1985-07-09-9805", ["certain"]), ("pnr8507099805", ["certain"]), ("850709-9805 och 701063-2391", ["certain", "certain"]),
    ("period 251101-1130", []), ("260101-0331", []), ("20261121 1430", []), ("Bostadsbolaget org.nr 556703-7485", []), ("ring 070-123 45 67", []),
    ("Dnr BRÅ 2025/0123", []), ("K 5000-K123456-26", []), ("850709-9806", ["possible"]), ("850709-T123", ["possible"]), ("OCR 8507099805", []), ("", []),
    ("850799-9805", []), ("2027-03-31", []), ("8507099805@x.example", ["possible"]), ("0000000000", []), ("1234567890123456", []),
])
def test_each_sort_has_its_level(text: str, expected: list[str]) -> None:
    assert levels(text) == expected


def test_the_place_is_that_of_the_given_text() -> None:
    text = "Ål\u200bder: ８５０７０９\u2013９８０５!"
    finding = scan(text)[0]

    assert text[finding.start:finding.end] == "８５０７０９\u2013９８０５"


def test_only_the_number_is_replaced() -> None:
    assert redact("Kalle 850709-9805, tel 070-123 45 67") == "Kalle [person], tel 070-123 45 67"
    assert redact("850709-9806") == "850709-9806"
    assert redact("850709-9806", also_possible=True) == "[person]"


def test_a_redacted_text_is_clean() -> None:
    chance = random.Random(3)
    for form in (*PLAIN.values(), *EVASIONS.values()):
        text = redact(f"Möte {form(*invented(chance))} i maj")
        assert Certainty.CERTAIN not in {finding.certainty for finding in scan(text)}


def test_long_texts_full_of_digits_are_scanned_in_their_whole_length() -> None:
    text = "1 2 3 4 5 6 7 8 9 0 " * 20_000 + "850709-9805"

    assert levels(text)[-1] == "certain"


def test_the_id_of_a_row_is_no_number_of_a_person_but_a_number_beside_it_is() -> None:
    row_id = "85070998-0512-4f3a-9c1e-198507099805"
    assert scan(row_id) == () and scan(f"{row_id}, {row_id}") == ()
    assert has_certain(f"{row_id} 850709-9805")
    assert scan("2026-09-08 07:30:00") == () and scan("2026-11-03T08:30") == ()
    assert has_certain("2026-09-08 07:30:00 850709-9805")
    assert has_certain("x85070998-0512-4f3a-9c1e-1985070998-05 850709-9805")
