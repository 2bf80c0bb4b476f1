"""Every chart of the answers is drawn by the engine that the reports use, and says what it shows."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from datetime import date

import pytest

from samsyn.analysis.answer import Chart
from samsyn.analysis.disclosure import EVERYTHING, Rule
from samsyn.analysis.engine import aggregated
from samsyn.analysis.loke import answers
from samsyn.analysis.split import Split
from tests.analysis.loke_unit import SETTINGS, unit

FULL = replace(SETTINGS, cutoff=57.0, important=5.0, planned_profile=(("A", 0.5), ("C", 0.5)), scale=(13, 91))


def charts(rule: Rule) -> list[Chart]:
    episodes = unit(20)
    parted = replace(episodes, unit=[f"Enhet {number % 9}" for number in range(len(episodes.id))])
    counted = aggregated(parted, FULL, split=Split.UNIT, last_day=date(2025, 12, 1), threads=1)
    return [chart for answer in answers(counted, FULL, rule)[:7] for chart in answer.charts]


def drawn(chart: Chart) -> str:
    """Return the chart as SVG. The engine tells of what it does not understand; it fetches nothing."""
    vl_convert = pytest.importorskip("vl_convert")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return str(vl_convert.vegalite_to_svg(dict(chart.spec), allowed_base_urls=[]))


@pytest.mark.parametrize("rule", [EVERYTHING, Rule(5, True, 30)], ids=["unit", "partnership"])
def test_every_chart_is_drawn_with_swedish_numbers_and_says_what_it_shows(rule: Rule) -> None:
    found = charts(rule)
    assert len(found) >= 7
    for chart in found:
        svg = drawn(chart)
        text = " ".join(re.findall(r"<text[^>]*>([^<]*)", svg))
        assert svg.startswith("<svg") and svg.count("<path") + svg.count("<rect") > 3, chart.title
        assert not re.search(r"NaN|undefined|Infinity|null", svg), chart.title
        assert not re.search(r"\d\.\d", text), f"a decimal point in {chart.title}: {text}"
        assert chart.description[-1] in "." and len(chart.description) > 30 and chart.table.rows


def test_a_specification_that_cannot_be_drawn_is_noticed() -> None:
    broken = charts(EVERYTHING)[0]
    with pytest.raises(ValueError):
        drawn(replace(broken, spec={**broken.spec, "layer": [{"mark": "staplar"}]}))


def test_the_seven_questions_have_their_charts() -> None:
    assert [chart.title for chart in charts(EVERYTHING)] == [
        "Påbörjade efter målgrupp", "Hur mycket av det planerade de fick", "Från start till slut", "Från start till uppföljning",
        "När avbrotten kommer", "Fullföljda efter gruppens storlek", "Bättre, oförändrade och sämre", "Varje deltagare, före och efter",
        "Hur stor förändringen är", "Gruppen och människor i allmänhet",
    ]  # fmt: skip


def test_colour_is_never_alone() -> None:
    by_title = {chart.title: str(chart.spec) for chart in charts(EVERYTHING)}
    assert "triangle-up" in by_title["Varje deltagare, före och efter"] or "square" in by_title["Varje deltagare, före och efter"]
    assert "strokeDash" in by_title["Från start till slut"]
    assert "diamond" in by_title["Gruppen och människor i allmänhet"]
