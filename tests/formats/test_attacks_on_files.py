"""What an attacker hid in a file, where no cell shows it, and got past the search for personal identity numbers."""

from __future__ import annotations

import pytest

from samsyn.formats.package import open_package
from samsyn.formats.problems import Refused
from samsyn.formats.table_xlsx import read_xlsx
from tests.formats.made_files import text_cell, xlsx

NUMBER = "850709-9805"
ROW = f'<row r="1">{text_cell("A1", "Orsak")}</row>'
PLACE = "sidhuvud, sidfot, en vallista eller en länk på blad Plan"


@pytest.mark.parametrize("after", [
    f'<dataValidations count="1"><dataValidation type="list" sqref="A2"><formula1>"Kalle {NUMBER},Lisa"</formula1></dataValidation></dataValidations>',
    f'<dataValidations count="1"><dataValidation type="list" sqref="A2" prompt="Kalle {NUMBER}"/></dataValidations>',
    '<extLst><ext><x:dataValidations xmlns:x="x" xmlns:m="m"><x:dataValidation><x:formula1><m:f>"'
    f'{NUMBER}"</m:f></x:formula1></x:dataValidation></x:dataValidations></ext></extLst>',
    f'<hyperlinks><hyperlink ref="A1" display="Kalle {NUMBER}" location="Plan!A1"/></hyperlinks>',
    f'<hyperlinks><hyperlink ref="A1" tooltip="{NUMBER}"/></hyperlinks>',
], ids=["choices", "prompt", "newer choices", "link", "tooltip"])
def test_the_words_of_a_list_or_a_link_are_searched(after: str) -> None:
    grid = read_xlsx(open_package(xlsx(ROW, after=after)))
    assert any(place == PLACE and NUMBER in text for place, text in grid.loose)
    assert not any(NUMBER in text for _, text in read_xlsx(open_package(xlsx(ROW))).loose)


@pytest.mark.parametrize("rest", [NUMBER.encode(), b"\x89PNG", b"\0" * 200 + b"x"])
def test_what_stands_after_the_end_of_a_package_is_refused(rest: bytes) -> None:
    with pytest.raises(Refused, match="efter slutet"):
        open_package(xlsx(ROW) + rest)


@pytest.mark.parametrize("rest", [b"", b"\0" * 512, b"\r\n"])
def test_padding_after_the_end_of_a_package_is_no_fault(rest: bytes) -> None:
    assert "xl/workbook.xml" in open_package(xlsx(ROW) + rest)
