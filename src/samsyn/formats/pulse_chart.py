"""The pulse as a drawing: a bar for each period, as long as its open actions, filled as far as somebody has said something about them."""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.chain.pulse import PeriodPulse
from samsyn.formats.chart_svg import PAGE, Palette, safe, short, tag, text

WIDTH = 360  # narrower than other charts: it is read on a phone as it is
ROW, BAR, TOP = 44, 16, 6


def pulse_chart(periods: Sequence[PeriodPulse], palette: Palette = PAGE, *, name: str = "pulse") -> str:
    """
    Draw how many of the open actions had a sign of life, a row a period. No period, or never an open action: "".

    name   unique on the page: the ids in the drawing start with it
    """
    most = max((one.count.open for one in periods), default=0)
    if not most:
        return ""
    height = ROW * len(periods) + TOP
    rows = "".join(_row(one, TOP + ROW * place, most, palette, is_now=place == len(periods) - 1) for place, one in enumerate(periods))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart--slim" viewBox="0 0 {WIDTH} {short(height)}" role="img" '
            f'aria-labelledby="{name}-title {name}-words"><title id="{name}-title">Hur många som har hört av sig</title>'
            f'<desc id="{name}-words">{safe(pulse_words(periods))}</desc>{rows}</svg>')


def pulse_words(periods: Sequence[PeriodPulse]) -> str:
    """Return what the drawing shows, in words."""
    return " ".join(f"{one.period.words[:1].upper()}{one.period.words[1:]}: {one.count.words} åtgärder hade ett livstecken." for one in periods)


def _row(one: PeriodPulse, y: float, most: int, palette: Palette, *, is_now: bool) -> str:
    """Return a period: its words, how many, and the bar. An empty bar is outlined, a filled one is solid: shape tells them apart without colour."""
    full = WIDTH * one.count.open / most
    alive = full * one.count.alive / one.count.open if one.count.open else 0
    words = f"{one.period.words[:1].upper()}{one.period.words[1:]}"
    parts = [text(0, y + 12, words, palette, strong=is_now), text(WIDTH, y + 12, one.count.words, palette, anchor="end", strong=True)]
    if full:
        parts.append(tag("rect", x=0.75, y=y + 19, width=max(full - 1.5, 1), height=BAR, rx=4.0, fill="none", stroke=palette.edge, stroke_width=1.5))
    if alive:
        parts.append(tag("rect", x=0.75, y=y + 19, width=max(alive - 1.5, 1), height=BAR, rx=4.0, fill=palette.accent))
    return "".join(parts)
