"""The chart of days as strips for a table: one a row, all on the same scale, with today's line through them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from samsyn.chain.report_values import Timeline, TimelineRow
from samsyn.chain.wording import month_words
from samsyn.formats.chart_svg import PAGE, Palette, short, tag, text
from samsyn.formats.chart_timeline import Scale, key_marks, row_marks

WIDTH, HEIGHT, EDGE = 460, 30, 10
BEYOND = 300  # how far the upright lines reach above and below: the cell cuts them off


def strip_scale(values: Timeline) -> Scale:
    """Return the scale of all the strips: every day of the rows and today, in whole months."""
    return replace(Scale.of(values), left=EDGE, right=WIDTH - EDGE)


def strip_axis(scale: Scale, palette: Palette = PAGE) -> str:
    """Return the head of the strips: years and months."""
    small = replace(palette, size=11.5)
    year, parts = 0, []
    for tick in scale.ticks():
        x = scale.x(tick)
        parts.append(text(x + 2, 27, month_words(tick), small))
        if tick.year != year:
            parts.append(text(x + 2, 12, str(tick.year), small, strong=True))
            year = tick.year
    return _strip("".join(parts))


def row_strip(row: TimelineRow, values: Timeline, scale: Scale, palette: Palette = PAGE) -> str:
    """Return one action's days over the months' lines and today's. What it shows stands in the row's cells."""
    return _strip("".join([*_uprights(values, scale, palette), *row_marks(row, HEIGHT / 2, scale, values.today, palette)]))


def strip_marks(palette: Palette = PAGE) -> list[tuple[str, str]]:
    """Return (drawing, words) of every mark, for the key."""
    today = ("i dag", tag("path", d="M12 0v20", stroke=palette.ink, stroke_width=1.5, fill="none"))
    marks = (*key_marks(10, palette, with_effect=True), today)
    return [(f'<svg class="mark" viewBox="0 0 24 20" aria-hidden="true">{mark}</svg>', words) for words, mark in marks]


def _uprights(values: Timeline, scale: Scale, palette: Palette) -> Iterator[str]:
    months = "".join(f"M{short(scale.x(tick))} {-BEYOND}V{BEYOND}" for tick in scale.ticks())
    if months:
        yield tag("path", d=months, stroke=palette.line, fill="none")
    yield tag("path", d=f"M{short(scale.x(values.today))} {-BEYOND}V{BEYOND}", stroke=palette.ink, stroke_width=1.5, fill="none")


def _strip(body: str) -> str:
    return f'<svg class="chart strip" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{body}</svg>'
