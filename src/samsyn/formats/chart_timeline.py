"""The chart of days: one row an action, from its start to its due day, and when it was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from samsyn.chain.choices import Implementation
from samsyn.chain.report_values import Timeline, TimelineRow
from samsyn.chain.wording import clipped, date_words, days_words, listed, month_words
from samsyn.formats.chart_svg import LETTER, PAGE, WIDTH, Palette, drawing, short, tag, text


def timeline(values: Timeline, palette: Palette = PAGE, *, name: str = "timeline") -> str:
    """
    Draw the actions in time: from start to due day, the day they were done, and how late they are. No row: "".

    name   unique on the page: the ids in the drawing start with it
    """
    if not values.rows:
        return ""
    scale = Scale.of(values)
    size, step = palette.size, palette.size * 1.75
    head = size * 2.9
    bottom = head + step * len(values.rows)
    parts = [_axis(scale, bottom, palette)]
    parts += [_timeline_row(row, head + step * i, scale, values.today, palette) for i, row in enumerate(values.rows)]
    parts.append(_today(scale, values.today, bottom, palette))
    legend, height = _timeline_legend(bottom + size, palette)
    return drawing(name, bottom + size + height, "Åtgärderna i tid", timeline_words(values), "".join(parts) + legend)


def timeline_words(values: Timeline) -> str:
    """Return what the chart of days shows, in words."""
    rows = [f"{clipped(row.label, 60)}: {listed(_day_words(row))}." for row in values.rows]
    return " ".join([f"Åtgärder med början, sista dag och dag de blev gjorda. I dag är {date_words(values.today)}.", *rows, *values.notes])


def _day_words(row: TimelineRow) -> Iterator[str]:
    if row.start_on:
        yield f"börjar {date_words(row.start_on)}"
    if row.due_on:
        yield f"klart senast {date_words(row.due_on)}"
    if row.done_on:
        yield f"avslutad {date_words(row.done_on)}"
    if row.effect_from:
        yield f"effekt väntas från {date_words(row.effect_from)}"
    if row.days_late:
        yield f"{days_words(row.days_late)} sen"


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day stands. Days more than two years back or three ahead of today are drawn at the edge."""

    first: date
    last: date
    left: float = WIDTH * 0.38
    right: float = WIDTH * 0.80

    @classmethod
    def of(cls, values: Timeline) -> Scale:
        """Return the scale that holds every day of the rows and today, in whole months."""
        days = [day for row in values.rows for day in (row.start_on, row.due_on, row.done_on, row.effect_from) if day] + [values.today]
        first = max(min(days), values.today - timedelta(days=730))
        last = min(max(days), values.today + timedelta(days=1095))
        return cls(first.replace(day=1), _month_after(last))

    def x(self, day: date) -> float:
        """Return the place of a day across the drawing."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def ticks(self) -> list[date]:
        """Return at most six first days of months, evenly spread."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((s for s in (1, 2, 3, 6, 12) if months / s <= 6), 12)
        day, found = self.first, []
        while day < self.last:
            if (day.month - 1) % step == 0 or step == 1:
                found.append(day)
            day = _month_after(day)
        return found


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _axis(scale: Scale, bottom: float, palette: Palette) -> str:
    size, year, parts = palette.size, 0, []
    for tick in scale.ticks():
        x = scale.x(tick)
        parts.append(tag("path", d=f"M{short(x)} {short(size * 2.4)}V{short(bottom)}", stroke=palette.line, fill="none"))
        parts.append(text(x + 2, size * 2.2, month_words(tick), palette))
        if tick.year != year:
            parts.append(text(x + 2, size * 1.0, str(tick.year), palette))
            year = tick.year
    return "".join(parts)


def _today(scale: Scale, today: date, bottom: float, palette: Palette) -> str:
    x, size = scale.x(today), palette.size
    line = f"M{short(x)} {short(size * 2.4)}V{short(bottom + size * 0.3)}"
    return (tag("path", d=line, stroke=palette.ink, stroke_width=1.5, fill="none")
            + text(x, bottom + size * 1.3, "i dag", palette, anchor="middle", fill=palette.ink, strong=True))


def _timeline_row(row: TimelineRow, top: float, scale: Scale, today: date, palette: Palette) -> str:
    size, middle = palette.size, top + palette.size * 0.85
    letters = int((scale.left - size) / (size * LETTER))
    return "".join([
        text(0, top + size * 1.15, clipped(row.label, letters), palette, fill=palette.ink),
        text(scale.right + size * 0.8, top + size * 1.15, _row_state(row), palette, strong=row.days_late > 0,
             fill=palette.error if row.days_late else palette.soft), *row_marks(row, middle, scale, today, palette)])


def row_marks(row: TimelineRow, middle: float, scale: Scale, today: date, palette: Palette) -> Iterator[str]:
    """Yield what is drawn of an action's days, around the height `middle`."""
    if row.start_on and row.due_on and row.start_on < row.due_on:
        x = scale.x(row.start_on)
        yield tag("rect", x=x, y=middle - 4, width=max(scale.x(row.due_on) - x, 1), height=8, rx=4, fill=palette.tint,
                  stroke=palette.edge, stroke_width=1)
    elif row.start_on and not row.due_on:
        x = scale.x(row.start_on)
        yield tag("path", d=f"M{short(x)} {short(middle - 5)}v10M{short(x)} {short(middle)}h14", stroke=palette.edge,
                  stroke_width=2, fill="none")
    if row.due_on and row.days_late:
        yield tag("path", d=f"M{short(scale.x(row.due_on))} {short(middle)}H{short(scale.x(today))}", stroke=palette.error,
                  stroke_width=2.2, stroke_dasharray="5 4", fill="none")
    if row.effect_from:
        yield effect_mark(scale.x(row.effect_from), middle, palette)
    if row.due_on:
        yield due_mark(scale.x(row.due_on), middle, palette, late=row.days_late > 0)
    if row.done_on:
        yield done_mark(scale.x(row.done_on), middle, palette)


def _row_state(row: TimelineRow) -> str:
    if row.days_late:
        return f"{days_words(row.days_late)} sen"
    return "gjord" if row.code == Implementation.DONE else row.state.lower()


def due_mark(x: float, y: float, palette: Palette, *, late: bool = False) -> str:
    """Return the mark of the last day: a diamond."""
    return tag("path", d=f"M{short(x)} {short(y - 6)}l6 6-6 6-6-6z", fill=palette.sheet, stroke=palette.error if late else palette.accent,
                stroke_width=2, stroke_linejoin="round")


def done_mark(x: float, y: float, palette: Palette) -> str:
    """Return the mark of the day an action ended: a disc with a tick."""
    return (tag("circle", cx=x, cy=y, r=6.5, fill=palette.accent, stroke=palette.sheet, stroke_width=1)
            + tag("path", d=f"M{short(x - 3)} {short(y + 0.2)}l2.1 2.1 3.9-4.3", fill="none", stroke=palette.sheet, stroke_width=1.6,
                   stroke_linecap="round", stroke_linejoin="round"))


def effect_mark(x: float, y: float, palette: Palette) -> str:
    """Return the mark of the day from which an effect is expected: a sun half up."""
    return tag("path", d=f"M{short(x - 6)} {short(y + 4)}a6 6 0 0 1 12 0zM{short(x)} {short(y - 7)}v2.5M{short(x - 6)} {short(y - 4.5)}l1.6 1.8"
               f"M{short(x + 6)} {short(y - 4.5)}l-1.6 1.8", fill=palette.sheet, stroke=palette.accent, stroke_width=1.7, stroke_linecap="round",
               stroke_linejoin="round")


def key_marks(y: float, palette: Palette, *, with_effect: bool) -> Iterator[tuple[str, str]]:
    """Yield (words, drawing) of the marks of the rows, for a key; each is 24 wide, around the height `y`. The report draws no effect."""
    yield "från början till sista dag", tag("rect", x=1, y=y - 4, width=22, height=8, rx=4, fill=palette.tint, stroke=palette.edge)
    yield "klart senast", due_mark(12, y, palette)
    yield "avslutad", done_mark(12, y, palette)
    if with_effect:
        yield "effekt väntas från", effect_mark(12, y, palette)
    yield "sen", tag("path", d=f"M1 {short(y)}h22", stroke=palette.error, stroke_width=2.2, stroke_dasharray="5 4", fill="none")


def _timeline_legend(top: float, palette: Palette) -> tuple[str, float]:
    size, y, x, parts = palette.size, top + palette.size * 1.5, 0.0, []
    for label, mark in key_marks(y, palette, with_effect=False):
        parts.append(f'<g transform="translate({short(x)} 0)">{mark}</g>' + text(x + 30, y + size * 0.35, label, palette))
        x += 30 + len(label) * size * LETTER + size
    return "".join(parts), size * 2.6
