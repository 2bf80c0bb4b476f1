"""The report's charts as SVG: whole, safe under a strict policy, and readable without colour."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from samsyn.chain.choices import Implementation
from samsyn.chain.report_values import CauseStanding, Count, Standing, Timeline, TimelineRow
from samsyn.formats.chart_causes import CAUSES, standing_by_cause, standing_words
from samsyn.formats.chart_svg import PAGE, PAPER, WIDTH, Palette, wrapped
from samsyn.formats.chart_timeline import timeline, timeline_words

TODAY = date(2026, 11, 22)
NASTY = 'Åäö <b>"&\' \x00\ud800 ]]> </svg><script>alert(1)</script>'
SVG = "{http://www.w3.org/2000/svg}"


def standing(*totals: dict[str, int], text: str = "Mörkt") -> Standing:
    rows = tuple(
        CauseStanding(number=n, text=text, total=sum(counts.values()), counts=tuple(
            Count(code=str(code), label=code.label, count=counts.get(str(code), 0)) for code in Implementation))
        for n, counts in enumerate(totals, start=1))
    return Standing(total=0, implementation=(), result=(), by_cause=rows, shared=0)


def row(label: str = "1.1 Nattvandra", start: int | None = -90, due: int | None = 30, done: int | None = None, late: int = 0) -> TimelineRow:
    def day(offset: int | None) -> date | None:
        return None if offset is None else TODAY + timedelta(days=offset)

    return TimelineRow(action=label, label=label, code="under_way", state="Pågår", start_on=day(start), due_on=day(due), done_on=day(done),
                       days_late=late)


def in_time(*rows: TimelineRow, notes: tuple[str, ...] = ()) -> Timeline:
    return Timeline(today=TODAY, rows=rows, notes=notes)


def numbers(svg: str, element: str, name: str) -> list[float]:
    return [float(found.get(name, "0")) for found in ElementTree.fromstring(svg).iter(SVG + element)]


CHARTS = (
    lambda palette: standing_by_cause(standing({"under_way": 2, "done": 1}, {}, text=NASTY), palette),
    lambda palette: timeline(in_time(row(NASTY, late=3, due=-3), row(start=None), row(due=None), row(done=-1)), palette),
)


@pytest.mark.parametrize("palette", [PAGE, PAPER])
@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_whole_xml_whatever_the_text_holds(chart: object, palette: Palette) -> None:
    tree = ElementTree.fromstring(chart(palette))  # type: ignore[operator]
    assert not list(tree.iter(SVG + "script"))
    assert "<b>" in "".join(tree.itertext()) and "Åäö" in "".join(tree.itertext())


@pytest.mark.parametrize("palette", [PAGE, PAPER])
@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_has_title_and_words_and_no_style(chart: object, palette: Palette) -> None:
    tree = ElementTree.fromstring(chart(palette))  # type: ignore[operator]
    named = tree.get("aria-labelledby", "").split()
    assert [tree[0].tag, tree[1].tag] == [SVG + "title", SVG + "desc"]
    assert [tree[0].get("id"), tree[1].get("id")] == named and tree[0].text and tree[1].text
    assert not [found for found in tree.iter() if "style" in found.attrib or any(key.startswith("on") for key in found.attrib)]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_page_takes_every_colour_from_its_tokens_and_paper_none(chart: object) -> None:
    colour = re.compile(r'(?:fill|stroke)="([^"]+)"')
    on_page = {found for found in colour.findall(chart(PAGE)) if not found.startswith("url(")}  # type: ignore[operator]
    on_paper = set(colour.findall(chart(PAPER)))  # type: ignore[operator]
    assert on_page - {"none"} and all(found == "none" or found.startswith("var(--") for found in on_page)
    assert on_paper and not [found for found in on_paper if "var(" in found]


def test_ids_start_with_the_name_so_that_two_charts_share_a_page() -> None:
    values = standing({"under_way": 1})
    first, second = (set(re.findall(r'id="([^"]+)"', standing_by_cause(values, name=name))) for name in ("a", "b"))
    assert first and not first & second


def test_a_bar_is_as_long_as_its_count() -> None:
    svg = standing_by_cause(standing({"not_started": 3}, {"done_as_intended": 1}))
    widths = {width for width in numbers(svg, "rect", "width") if width > 50}
    assert widths == {round(WIDTH * 0.6 - 1.5, 1), round(WIDTH * 0.6 / 3 - 1.5, 1)}


def test_each_state_is_told_apart_without_colour() -> None:
    def drawn(code: Implementation) -> str:
        svg = standing_by_cause(standing({str(code): 1}), name="x")
        return re.sub(r"<(text|desc|title)\b.*?</\1>", "", svg).split("</defs>")[1]

    assert len({drawn(code) for code in Implementation}) == len(Implementation)


def test_the_words_hold_every_value() -> None:
    assert standing_words(standing({"under_way": 2, "not_done": 1}, {})) == (
        "Antal åtgärder per orsak efter genomförande. 1. Mörkt: 2 pågår och 1 blev inte av. 2. Mörkt: ingen åtgärd.")
    assert timeline_words(in_time(row(late=4, due=-4), row("Utan dag", None, None, -2), notes=("Två saknas.",))) == (
        "Åtgärder med början, sista dag och dag de blev gjorda. I dag är 2026-11-22. "
        "1.1 Nattvandra: börjar 2026-08-24, klart senast 2026-11-18 och 4 dagar sen. Utan dag: avslutad 2026-11-20. Två saknas.")


def test_more_causes_than_fit_are_counted_in_words() -> None:
    many = standing(*[{"under_way": 1}] * (CAUSES + 3))
    assert standing_words(many).endswith("Och tre orsaker till.")
    assert standing_by_cause(many).count("1 pågår</text>") == CAUSES


def test_nothing_to_draw_is_no_drawing() -> None:
    assert standing_by_cause(standing()) == ""
    assert timeline(in_time()) == ""


def test_thirty_rows_fit_one_below_the_other() -> None:
    svg = timeline(in_time(*[row(f"{n}. Åtgärd") for n in range(30)]))
    tree = ElementTree.fromstring(svg)
    lines = [float(found.get("y", "0")) for found in tree.iter(SVG + "text") if (found.text or "").endswith(". Åtgärd")]
    height = float(tree.get("viewBox", "").split()[3])
    assert len(lines) == 30 and min(b - a for a, b in zip(lines, lines[1:], strict=False)) > PAGE.size
    assert max(lines) < height < WIDTH * 1.4


def test_a_day_far_off_stays_inside_the_drawing() -> None:
    svg = timeline(in_time(row(start=-40_000, due=40_000), row()))
    ends = [x + width for x, width in zip(numbers(svg, "rect", "x"), numbers(svg, "rect", "width"), strict=True)]
    assert max(ends) <= WIDTH * 0.81 and min(numbers(svg, "rect", "x")) >= 0


def test_a_late_row_says_so_in_words() -> None:
    assert ">12 dagar sen</text>" in timeline(in_time(row(due=-12, late=12)))
    assert " sen</text>" not in timeline(in_time(row())).replace(">sen</text>", "")


@pytest.mark.parametrize(("words", "lines"), [
    ("", []), ("ett två", ["ett två"]), ("ett två tre fyra fem", ["ett två tre", "fyra fem"]),
    ("ett två tre fyra fem sex sju åtta", ["ett två tre", "fyra fem…"]), ("å" * 40, ["å" * 11, "å" * 10 + "…"]),
])
def test_words_are_wrapped_to_the_width(words: str, lines: list[str]) -> None:
    assert wrapped(words, width=11 * 0.51 * 10 + 0.1, size=10, lines=2) == lines
