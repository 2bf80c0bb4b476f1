"""The chart of actions by cause: one bar a cause, one pattern for each way of being carried out."""

from __future__ import annotations

from samsyn.chain.choices import Implementation
from samsyn.chain.report_values import CauseStanding, Standing
from samsyn.chain.wording import clipped, counted, listed
from samsyn.formats.chart_svg import LETTER, PAGE, WIDTH, Palette, drawing, tag, text, wrapped

MARKED = (Implementation.UNDER_WAY, Implementation.DONE, Implementation.NOT_DONE)
CAUSES = 12  # more than these stand in the table alone


def standing_by_cause(standing: Standing, palette: Palette = PAGE, *, name: str = "by-cause") -> str:
    """
    Draw the actions of each cause by implementation, as bars; at most 12 causes. No cause: "".

    name   unique on the page: the ids in the drawing start with it
    """
    rows = standing.by_cause[:CAUSES]
    if not rows:
        return ""
    unit = (WIDTH * 0.6) / max(max(row.total for row in rows), 1)
    top, parts = 0.0, []
    for row in rows:
        drawn, height = _cause_row(row, top, unit, palette, name)
        parts.append(drawn)
        top += height
    used = [code for code in Implementation if any(c.count for row in rows for c in row.counts if c.code == code)]
    legend, height = _legend(used, top + palette.size, palette, name)
    return drawing(name, top + height + palette.size, "Åtgärder per orsak", standing_words(standing),
                    _patterns(name, palette) + "".join(parts) + legend)


def standing_words(standing: Standing) -> str:
    """Return what the chart of causes shows, in words."""
    rows = [f"{_cause_label(row)}: {_state_words(row) or 'ingen åtgärd'}." for row in standing.by_cause[:CAUSES]]
    more = len(standing.by_cause) - CAUSES
    rest = [f"Och {counted(more, 'orsak', 'orsaker')} till."] if more > 0 else []
    return " ".join(["Antal åtgärder per orsak efter genomförande.", *rows, *rest])


def _cause_label(row: CauseStanding) -> str:
    return clipped(f"{row.number}. {row.text}" if row.number is not None else row.text, 90)


def _state_words(row: CauseStanding) -> str:
    return listed(f"{c.count} {c.words.lower()}" for c in row.counts if c.count)


def _cause_row(row: CauseStanding, top: float, unit: float, palette: Palette, name: str) -> tuple[str, float]:
    """Return one cause's label, bar and words, and the height they take."""
    size, left = palette.size, WIDTH * 0.38
    label = wrapped(_cause_label(row), left - size, size, 2)
    words = wrapped(_state_words(row) or "ingen åtgärd", WIDTH - left, size, 2)
    parts = [text(0, top + size * (1 + 1.25 * i), line, palette, fill=palette.ink) for i, line in enumerate(label)]
    x = left
    for count in row.counts:
        if count.count:
            parts.append(_swatch(x, top + 1, unit * count.count - 1.5, size, Implementation(count.code), palette, name))
            x += unit * count.count
    bar = size * 1.25 if row.total else 0
    parts += [text(left, top + bar + size * (1 + 1.25 * i), line, palette) for i, line in enumerate(words)]
    return "".join(parts), max(len(label) * 1.25 * size, bar + len(words) * 1.25 * size) + size * 0.9


def _swatch(x: float, y: float, width: float, height: float, code: Implementation, palette: Palette, name: str) -> str:
    """Return a piece of bar. They differ in pattern, in one colour; what is whole is filled whole, since tiles show their seams."""
    full = code in (Implementation.DONE, Implementation.DONE_AS_INTENDED)
    parts = [tag("rect", x=x, y=y, width=width, height=height, rx=2, fill=palette.accent if full else palette.sheet)]
    if code is Implementation.DONE_IN_PART:
        parts.append(tag("rect", x=x, y=y + height / 2, width=width, height=height / 2, fill=palette.accent))
    if code in MARKED:
        parts.append(tag("rect", x=x, y=y, width=width, height=height, rx=2, fill=f"url(#{name}-{code})"))
    parts.append(tag("rect", x=x, y=y, width=width, height=height, rx=2, fill="none", stroke=palette.accent, stroke_width=1))
    return "".join(parts)


def _patterns(name: str, palette: Palette) -> str:
    """Return the marks that are laid over the bars of MARKED."""
    line: dict[str, float | str] = {"fill": "none", "stroke": palette.accent, "stroke_width": 1.4}
    marks = {
        Implementation.UNDER_WAY: tag("path", d="M-2 8 8-2M4 10 10 4", **line),
        Implementation.DONE: tag("circle", cx=4, cy=4, r=1.6, fill=palette.sheet),
        Implementation.NOT_DONE: tag("path", d="M1.5 1.5l5 5m0-5-5 5", **line),
    }
    made = (f'<pattern id="{name}-{code}" width="8" height="8" patternUnits="userSpaceOnUse">{marks[code]}</pattern>' for code in MARKED)
    return f"<defs>{''.join(made)}</defs>"


def _legend(codes: list[Implementation], top: float, palette: Palette, name: str) -> tuple[str, float]:
    """Return swatches with words, wrapped to the width, and the height they take."""
    size, x, y, parts = palette.size, 0.0, top, []
    for code in codes:
        width = size * 2.8 + len(code.label) * size * LETTER
        if x and x + width > WIDTH:
            x, y = 0.0, y + size * 1.6
        parts.append(_swatch(x + 0.5, y, size * 1.3, size, code, palette, name))
        parts.append(text(x + size * 1.8, y + size * 0.85, code.label, palette))
        x += width
    return "".join(parts), y - top + size * 2
