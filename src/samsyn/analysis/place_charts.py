"""The charts of counts in a place: before and after with their intervals, and the changes beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samsyn.analysis import counts
from samsyn.analysis.answer import Chart, Table
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import Counts
from samsyn.analysis.questions.drawing import ACCENT, INK, QUIET, SHEET, TINT, Rows, Spec, charted, coloured, framed, kinds, layer, numbers
from samsyn.analysis.written_numbers import written

BAND_ROOM, CHANGE_ROOM = 72, 38
BEFORE, AFTER = "före", "efter"
NET = "{place} utöver {control}"


@dataclass(frozen=True, slots=True)
class Area:
    """A place as it stands in a chart: its Swedish name, and its counts."""

    name: str
    counts: Counts


def counts_charts(areas: Sequence[Area], what: str, per: str, level: float, net: Estimate | None, table: Table) -> tuple[Chart, ...]:
    """
    Return the counts of each area before and after; where there is a comparison also the changes, beside each other.

    areas   the place first, its comparison second
    what    Swedish plural of what is counted; per: the unit of time, with a space first
    net     the change beyond the comparison, per cent; None where there is none
    """
    return (_before_and_after(areas, what, per, level, table), *(_changes(areas, level, net, table) if net is not None else ()))


def _before_and_after(areas: Sequence[Area], what: str, per: str, level: float, table: Table) -> Chart:
    rates = any(length != 1 for area in areas for length in (area.counts.time_before, area.counts.time_after))
    rows = [row for area in areas for row in _two_dots(area, level)]
    y = kinds("plats", [area.name for area in areas], scale={"paddingInner": 0.1, "paddingOuter": 0.1})
    side: Spec = {"field": "tid", "type": "nominal", "sort": [BEFORE, AFTER]}
    title = f"{what}{per or ' per lika lång tid'}" if rates else what
    x = numbers("antal", _capital(f"antal {title}"), axis={"tickCount": 6}, scale={"zero": True, "nice": True})
    shape = {"field": "tid", "type": "nominal", "scale": {"domain": [BEFORE, AFTER], "range": ["circle", "diamond"]}, "title": None}
    colour = coloured("tid", {BEFORE: TINT, AFTER: ACCENT})
    layers = [
        layer(rows, {"type": "rule", "color": ACCENT, "strokeWidth": 2.5}, y=y, yOffset=side, x={**x, "field": "låg"}, x2={"field": "hög"}),
        layer(rows, {"type": "point", "filled": True, "size": 170, "opacity": 1, "stroke": INK, "strokeWidth": 1.2}, y=y, yOffset=side, x=x, shape=shape,
              color=colour),
        *_clear_of_lines(rows, y=y, yOffset=side, x={"field": "antal", "type": "quantitative"}, text={"field": "text"}),
    ]  # fmt: skip
    said = "; ".join(f"{area.name}: {_dot_words(area, level, BEFORE)} och {_dot_words(area, level, AFTER)}" for area in areas)
    description = f"{_capital(title)}. {said}. De vågräta strecken är {written(100 * level)} % osäkerhetsintervall."
    return charted("Före och efter", description, framed(layers, height={"step": BAND_ROOM, "for": "position"}), table)


def _two_dots(area: Area, level: float) -> list[dict[str, object]]:
    return [
        {"plats": area.name, "tid": when, "antal": one.value, "låg": one.low, "hög": one.high, "text": _shown(one.value or 0.0)}
        for when, one in ((when, _rate(area.counts, level, when)) for when in (BEFORE, AFTER))
    ]  # fmt: skip


def _rate(area: Counts, level: float, when: str) -> Estimate:
    spread, _ = counts.widening(area)
    count, length = (area.before, area.time_before) if when == BEFORE else (area.after, area.time_after)
    return counts.rate(count, length, level, spread)


def _dot_words(area: Area, level: float, when: str) -> str:
    one = _rate(area.counts, level, when)
    return f"{_shown(one.value or 0.0)} {when} ({_shown(one.low or 0.0)} till {_shown(one.high or 0.0)})"


def _shown(number: float) -> str:
    return written(number, 0 if abs(number) >= 100 or number == int(number) else 1 if abs(number) >= 10 else None)


def _changes(areas: Sequence[Area], level: float, net: Estimate, table: Table) -> tuple[Chart, ...]:
    """Return the change of each area and beyond the comparison, in per cent, round the line where nothing has changed."""
    place, control = areas[0].name, areas[1].name
    beyond = NET.format(place=place, control=_small(control))
    told = [*((area.name, counts.percent_change(area.counts, level)) for area in areas), (beyond, net)]
    rows = [
        {"plats": name, "ändring": one.value, "låg": one.low, "hög": one.high, "slag": "netto" if name == beyond else "var för sig",
         "text": f"{_signed(one.value)}\u00a0%"}
        for name, one in told if one.value is not None and one.low is not None and one.high is not None
    ]  # fmt: skip
    if len(rows) < 2:
        return ()
    y = kinds("plats", [str(row["plats"]) for row in rows])
    x = numbers("ändring", "Förändring i procent", axis={"tickCount": 6}, scale={"zero": True, "nice": True})
    look = {"var för sig": ("circle", QUIET), "netto": ("diamond", ACCENT)}
    shape = {"field": "slag", "type": "nominal", "scale": {"domain": list(look), "range": [one for one, _ in look.values()]}, "legend": None}
    colour = coloured("slag", {kind: one for kind, (_, one) in look.items()}, legend=False)
    layers = [
        layer([{"noll": 0}], {"type": "rule", "color": QUIET, "strokeWidth": 1.5, "strokeDash": [4, 4]}, x={"field": "noll", "type": "quantitative"}),
        layer(rows, {"type": "rule", "strokeWidth": 2.5}, y=y, x={**x, "field": "låg"}, x2={"field": "hög"}, color=colour),
        layer(rows, {"type": "point", "filled": True, "size": 170, "opacity": 1}, y=y, x=x, shape=shape, color=colour),
        *_clear_of_lines(rows, y=y, x={"field": "ändring", "type": "quantitative"}, text={"field": "text"}),
    ]
    said = "; ".join(f"{row['plats']}: {row['text']} ({_signed(row['låg'])} till {_signed(row['hög'])} %)" for row in rows)
    description = f"Förändring från före till efter. {said}. Vid den streckade linjen har inget ändrats. De vågräta strecken är osäkerhetsintervall."
    return (charted("Ändringen bredvid jämförelsen", description, framed(layers, height={"step": CHANGE_ROOM}), table),)


def _clear_of_lines(rows: Rows, **encoding: Spec) -> list[Spec]:
    """Return words over dots with an edge of the ground round them, so that a line behind does not cross them."""
    mark = {"type": "text", "dy": -14}
    return [layer(rows, {**mark, "stroke": SHEET, "strokeWidth": 4, "strokeJoin": "round"}, **encoding), layer(rows, mark, **encoding)]


def _signed(number: object) -> str:
    assert isinstance(number, float)
    shown = written(number, 0)
    return f"+{shown}" if number > 0 and shown != "0" else shown


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(name: str) -> str:
    """Return a name as it stands inside a sentence: our own words small, a proper name as it is."""
    return name[:1].lower() + name[1:] if name.casefold() == "jämförelseområdet" else name
