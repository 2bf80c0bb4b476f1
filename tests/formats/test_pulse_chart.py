"""The drawing of the pulse says in words all it shows, and relies on no colour."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

from samsyn.chain.pulse import Count, Period, PeriodPulse
from samsyn.formats.pulse_chart import WIDTH, pulse_chart

DAY = date(2026, 11, 2)
SVG = "{http://www.w3.org/2000/svg}"


def period(words: str, alive: int, opened: int) -> PeriodPulse:
    return PeriodPulse(Period(DAY, DAY, words), Count(alive, opened))


def test_each_period_has_its_words_its_count_and_a_bar_as_long_as_its_open_actions() -> None:
    drawn = ElementTree.fromstring(pulse_chart([period("okt 2026", 2, 4), period("sedan mötet <i dag>", 8, 8), period("utan", 0, 3)]))
    texts = [one.text for one in drawn.iter(f"{SVG}text")]
    assert texts == ["Okt 2026", "2 av 4", "Sedan mötet <i dag>", "8 av 8", "Utan", "0 av 3"]
    outlined, filled = ([float(one.attrib["width"]) for one in drawn.iter(f"{SVG}rect") if (one.attrib["fill"] == "none") is is_outline]
                        for is_outline in (True, False))
    assert [round(width + 1.5) for width in outlined] == [WIDTH // 2, WIDTH, round(WIDTH * 3 / 8)]
    assert [round(width + 1.5) for width in filled] == [WIDTH // 4, WIDTH], "a period without a sign of life has an empty bar"


def test_the_drawing_is_described_and_has_no_style_of_its_own() -> None:
    drawn = pulse_chart([period("okt 2026", 2, 4)], name="p")
    assert 'role="img"' in drawn and 'aria-labelledby="p-title p-words"' in drawn
    assert "<desc id=\"p-words\">Okt 2026: 2 av 4 åtgärder hade ett livstecken.</desc>" in drawn
    assert not re.search(r"\sstyle=|#[0-9a-fA-F]{3,6}", drawn)


def test_nothing_is_drawn_where_nothing_was_open() -> None:
    assert pulse_chart([]) == pulse_chart([period("okt 2026", 0, 0)]) == ""
