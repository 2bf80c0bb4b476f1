"""Who is responsible: names, addresses and numbers in one cell, in any order, and nothing of a name lost."""

from __future__ import annotations

import pytest

from samsyn.formats.people import LONGEST, read_people

Given = tuple[str, str, str]

CELLS: dict[str, list[Given]] = {
    "Gatuchef Eva Ek": [("Gatuchef Eva Ek", "", "")],
    "Fritidsgården, Åsa Öberg": [("Fritidsgården, Åsa Öberg", "", "")],
    "Rektor": [("Rektor", "", "")],
    "Ek, Eva": [("Ek, Eva", "", "")],
    "Eva Ek, Gatukontoret": [("Eva Ek, Gatukontoret", "", "")],
    "Bo Ek, enhetschef, Bostadsbolaget": [("Bo Ek, enhetschef, Bostadsbolaget", "", "")],
    "Kultur och fritid": [("Kultur och fritid", "", "")],
    "Kultur och Fritid": [("Kultur och Fritid", "", "")],
    "Barn- och utbildningsförvaltningen": [("Barn- och utbildningsförvaltningen", "", "")],
    "Polis/kommun": [("Polis/kommun", "", "")],
    "Tekniska förvaltningen (Eva Ek)": [("Tekniska förvaltningen (Eva Ek)", "", "")],
    "Ansvarig: Eva Ek": [("Eva Ek", "", "")],
    "Dnr BRÅ 2025/0123": [("Dnr BRÅ 2025/0123", "", "")],
    "=1+1": [("=1+1", "", "")],
    "Eva Ek och Åsa Öberg": [("Eva Ek", "", ""), ("Åsa Öberg", "", "")],
    "Eva Ek & Åsa Öberg": [("Eva Ek", "", ""), ("Åsa Öberg", "", "")],
    "Eva Ek/Åsa Öberg": [("Eva Ek", "", ""), ("Åsa Öberg", "", "")],
    "Eva Ek\nÅsa Öberg": [("Eva Ek", "", ""), ("Åsa Öberg", "", "")],
    "Eva Ek; Åsa Öberg": [("Eva Ek", "", ""), ("Åsa Öberg", "", "")],
    "Eva Ek, Åsa Öberg": [("Eva Ek", "", ""), ("Åsa Öberg", "", "")],
    "Eva Ek och\nÅsa Öberg": [("Eva Ek", "", ""), ("Åsa Öberg", "", "")],
    "Anna, Bo och Carin": [("Anna", "", ""), ("Bo", "", ""), ("Carin", "", "")],
    "Anna-Karin Öst-Berg, Per von Essen": [("Anna-Karin Öst-Berg", "", ""), ("Per von Essen", "", "")],
    "Samordnare Anna Alm, kommunpolis Bo Berg": [("Samordnare Anna Alm", "", ""), ("kommunpolis Bo Berg", "", "")],
    "Polis, Skola": [("Polis", "", ""), ("Skola", "", "")],
    "Polisen och Socialtjänsten": [("Polisen", "", ""), ("Socialtjänsten", "", "")],
    "Polisen, Skolan, Socialtjänsten": [("Polisen", "", ""), ("Skolan", "", ""), ("Socialtjänsten", "", "")],
    "Eva Ek, 070-123 45 67, eva.ek@x.example": [("Eva Ek", "eva.ek@x.example", "070-123 45 67")],
    "eva.ek@x.example, 070-123 45 67, Eva Ek": [("Eva Ek", "eva.ek@x.example", "070-123 45 67")],
    "Eva Ek\n070-123 45 67\neva.ek@x.example": [("Eva Ek", "eva.ek@x.example", "070-123 45 67")],
    "Eva Ek <eva.ek@x.example>": [("Eva Ek", "eva.ek@x.example", "")],
    "Eva Ek (eva.ek@x.example)": [("Eva Ek", "eva.ek@x.example", "")],
    "mailto:eva.ek@x.example": [("", "eva.ek@x.example", "")],
    "eva@x.example; bo@x.example": [("", "eva@x.example", ""), ("", "bo@x.example", "")],
    "Eva Ek (Gata) tel 0701234567": [("Eva Ek (Gata)", "", "0701234567")],
    "Eva Ek, tfn: +46 70 123 45 67": [("Eva Ek", "", "+46 70 123 45 67")],
    "Eva Ek, e-post: eva@x.example, mobil: 0701234567": [("Eva Ek", "eva@x.example", "0701234567")],
    "Eva Ek 070-1 23 45 67, Åsa Öberg 08-123 456 78": [("Eva Ek", "", "070-1 23 45 67"), ("Åsa Öberg", "", "08-123 456 78")],
    "Eva Ek (070-123 45 67), Åsa Öberg (070-765 43 21)": [("Eva Ek", "", "070-123 45 67"), ("Åsa Öberg", "", "070-765 43 21")],
    "Eva Ek och Åsa Öberg, asa.oberg@x.example, eva.ek@x.example": [("Eva Ek", "eva.ek@x.example", ""), ("Åsa Öberg", "asa.oberg@x.example", "")],
    "Eva Ek\n070-123 45 67\nÅsa Öberg\n08-12 34 56": [("Eva Ek", "", "070-123 45 67"), ("Åsa Öberg", "", "08-12 34 56")],
    "Eva Ek\nGatuchef\nÅsa Öberg\nFritidschef": [("Eva Ek, Gatuchef", "", ""), ("Åsa Öberg, Fritidschef", "", "")],
    "Bo Ek\nBostadsbolaget\n070-123 45 67": [("Bo Ek, Bostadsbolaget", "", "070-123 45 67")],
    "Eva Ek 2027-03-31": [("Eva Ek 2027-03-31", "", "")],
    "": [],
}


@pytest.mark.parametrize(("text", "people"), CELLS.items())
def test_people_are_read(text: str, people: list[Given]) -> None:
    assert [(one.name, one.email, one.phone) for one in read_people(text).people] == people


@pytest.mark.parametrize("text", ["N.N.", "NN", "?", "-", "–", "vakant", "Vakant", "ska utses", "ej utsedd", "saknas", "inte klart"])
def test_nobody_is_nobody(text: str) -> None:
    read = read_people(text)

    assert (read.people, read.nobody) == ((), True)


def test_addresses_in_their_own_columns_go_to_the_name_they_hold() -> None:
    read = read_people("Eva Ek, Åsa Öberg", emails="asa@x.example; eva@x.example", phones="1234, 070-123 45 67", organisations="Gata")

    assert [(one.name, one.email, one.phone, one.organisation) for one in read.people] == [
        ("Eva Ek", "eva@x.example", "1234", "Gata"), ("Åsa Öberg", "asa@x.example", "070-123 45 67", "Gata")]
    assert not read.unclear


def test_an_address_that_fits_nobody_is_kept_and_asked_about() -> None:
    read = read_people("Eva Ek, Åsa Öberg", emails="info@x.example")

    assert (read.people[0].email, read.unclear) == ("info@x.example", True)


def test_an_address_without_a_name_is_a_person() -> None:
    assert [one.email for one in read_people("", emails="eva@x.example").people] == ["eva@x.example"]


def test_a_very_long_text_is_kept_whole_and_asked_about() -> None:
    read = read_people("Eva Ek, " * LONGEST)

    assert (len(read.people), read.unclear) == (1, True)
