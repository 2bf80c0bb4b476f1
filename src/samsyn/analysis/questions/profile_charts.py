"""The charts of who comes (question 1), of what they got (2), and of how it ended (4)."""

from __future__ import annotations

from samsyn.analysis.answer import Chart, Table
from samsyn.analysis.completion import kaplan_meier
from samsyn.analysis.loke_counts import AGES, DOSES, named, word_of
from samsyn.analysis.questions.completing import stays
from samsyn.analysis.questions.drawing import (
    ACCENT, BETTER, INK, LINE, SAME, SUN, TINT, Spec, charted, coloured, framed, kinds, layer, numbers,
)  # fmt: skip
from samsyn.analysis.questions.told import Told
from samsyn.analysis.questions.wording import and_list, percent
from samsyn.analysis.written_numbers import written

ROW = 44
MOST_BARS = 24
"""With more groups than these the largest are drawn; all of them stand in the table."""


def profile_chart(told: Told, table: Table) -> tuple[Chart, ...]:
    """Return bars of the target groups, or of sex or age where there is none, with the planned shares as marks."""
    started, planned = told.count("started"), dict(told.settings.planned_profile)
    for kind, title in (("target_group", "målgrupp"), ("sex", "kön"), ("age", "ålder")):
        names = [f"age:{label}" for _, label in AGES] if kind == "age" else told.named(kind)
        shares = {word_of(name): told.counts[name] / started for name in names if name in told.counts and started}
        if kind == "target_group":
            shares |= {name: 0.0 for name in planned if named(kind, name) not in told.names}
        if names == [named(kind, None)] or not any(shares.values()):
            continue
        hides = any(name not in told.counts for name in names)
        return (_profile(table, title, shares, planned if kind == "target_group" else {}, hides=hides),)
    return ()


def _profile(table: Table, title: str, shares: dict[str, float], planned: dict[str, float], *, hides: bool) -> Chart:
    groups, shares = len(shares), dict(sorted(shares.items(), key=lambda one: -one[1])[:MOST_BARS]) if len(shares) > MOST_BARS else shares
    rows = [{"grupp": word, "andel": share, "text": percent(share), "slag": "påbörjade"} for word, share in shares.items()]
    marks = [{"grupp": word, "andel": share, "slag": "planerat"} for word, share in planned.items() if word in shares]
    y = kinds("grupp", list(shares))
    layers = [
        layer(rows, {"type": "bar", "color": TINT, "height": 24, "cornerRadiusEnd": 3}, y=y, x=_share_axis("Andel av påbörjade")),
        layer(rows, {"type": "text", "align": "left", "dx": 8}, y=y, x={"datum": 0}, text={"field": "text"}),
    ]
    if marks:
        shape = {"field": "slag", "type": "nominal", "scale": {"domain": ["planerat"], "range": ["stroke"]}, "title": None}
        point = {"type": "point", "angle": 90, "size": 900, "strokeWidth": 3, "color": SUN, "opacity": 1}
        layers.append(layer(marks, point, y=y, x={"field": "andel", "type": "quantitative"}, shape=shape))
    words = and_list(f"{row['grupp']} {row['text']}" for row in rows)
    wanted = and_list(f"{word} {percent(share)}" for word, share in planned.items() if word in shares)
    also = f" Planerat: {wanted}." if marks else ""
    hidden = " Grupper som är för små för att visas är inte med." if hides else ""
    hidden += f" De {written(MOST_BARS)} största av {written(groups)} grupper är ritade." if groups > MOST_BARS else ""
    return charted(f"Påbörjade efter {title}", f"Andel av påbörjade efter {title}: {words}.{also}{hidden}", framed(layers, height={"step": ROW}), table)


def _share_axis(title: str) -> Spec:
    return numbers("andel", title, axis={"format": ".0%", "tickCount": 5}, scale={"domainMin": 0, "nice": True})


def dose_chart(told: Told, table: Table) -> tuple[Chart, ...]:
    """Return bars of how much of the planned the completed got."""
    seen = [label for label in DOSES if f"dose:{label}" in told.counts]
    if not any(told.counts[f"dose:{label}"] for label in seen):
        return ()
    rows = [{"del": label, "antal": told.counts[f"dose:{label}"], "nog": "minst 80 %" if label in DOSES[4:] else "under 80 %"} for label in seen]
    x = kinds("del", seen, "Del av det planerade", axis={"labelAngle": 0})
    colours = coloured("nog", {"under 80 %": SAME, "minst 80 %": BETTER}, title="Genomfört av planerat")
    y = numbers("antal", "Antal insatser", axis={"tickMinStep": 1, "tickCount": 5})
    layers = [
        layer(rows, {"type": "bar", "width": {"band": 0.7}, "cornerRadiusEnd": 3, "stroke": INK, "strokeWidth": 0.6}, x=x, y=y, color=colours),
        layer(rows, {"type": "text", "dy": -9}, x=x, y={"field": "antal", "type": "quantitative"}, text={"field": "antal", "format": ",d"}),
    ]
    words = and_list(f"{told.shown(f'dose:{label}')} fick {label}" for label in seen if told.counts[f"dose:{label}"])
    hidden = " Antal som är för små för att visas är inte med." if len(seen) < len(DOSES) else ""
    return (charted("Hur mycket av det planerade de fick", f"Av fullföljda insatser: {words}.{hidden}", framed(layers, height=230), table),)


STAGES = (
    ("Påbörjade", (("påbörjade", "started", TINT),)),
    ("Hur det gick", (("fullföljda", "completed", BETTER), ("avslutade på annat sätt", "ended_otherwise", "#F0A48F"),
                      ("avslutade, okänt hur", "ended_unknown", SAME), ("pågår", "ongoing", LINE), ("okänt", "open_unknown", "#FFFFFF"))),
    ("Slutvärde", (("mätta vid slut", "with_end", "#8F8AB8"),)),
    ("Uppföljning", (("mätta vid uppföljning", "followed_up", ACCENT),)),
)  # fmt: skip


def flow_chart(told: Told, table: Table) -> tuple[Chart, ...]:
    """Return the flow from started to followed up: a bar for every stage, parted by how the episodes stand."""
    rows, colours, before = [], {}, 0
    for stage, parts in STAGES:
        before = 0
        for label, name, colour in parts:
            count = told.count(name)
            if count:
                kind = f"{label} ({written(count)})"
                rows.append({"steg": stage, "från": before, "till": before + count, "mitt": before + count / 2, "slag": kind, "text": written(count)})
                colours[kind] = colour
                before += count
    if len({row["steg"] for row in rows}) < 2:
        return ()
    y = kinds("steg", [stage for stage, _ in STAGES if stage in {row["steg"] for row in rows}])
    x = numbers("från", "Antal insatser", axis={"tickMinStep": 1, "tickCount": 5})
    largest = max(float(str(row["till"])) for row in rows)
    wide = [row for row in rows if float(str(row["till"])) - float(str(row["från"])) > 0.05 * largest]
    light = [row for row in wide if row["steg"] == "Uppföljning"]
    layers = [
        layer(rows, {"type": "bar", "height": 30, "stroke": INK, "strokeWidth": 0.6}, y=y, x=x, x2={"field": "till"},
              color=coloured("slag", colours) | {"legend": {"title": None, "columns": 3}}),
        *(layer(some, {"type": "text", "color": colour, "fontWeight": 600}, y=y, x={"field": "mitt", "type": "quantitative"}, text={"field": "text"})
          for some, colour in (([row for row in wide if row not in light], INK), (light, "#FFFFFF")) if some),
    ]  # fmt: skip
    description = f"Från påbörjade till uppföljning: {and_list(str(row['slag']) for row in rows)}."
    return charted("Från start till uppföljning", description, framed(layers, height={"step": 52}), table), *_staying(told)


def _staying(told: Told) -> tuple[Chart, ...]:
    """Return the Kaplan-Meier steps, where single persons may be seen and somebody dropped out on a known day."""
    if told.tables is None or not told.tables.dropped_days.n:
        return ()
    stayed = stays(told.tables)
    steps = kaplan_meier(stayed, told.settings.level)
    last = max(float(times.values[-1]) for times in (stayed.ended, stayed.censored) if times.n)
    rows = [{"dag": 0.0, "andel": 1.0}] + [{"dag": step.time, "andel": step.remaining.value} for step in steps]
    rows += [{"dag": last, "andel": rows[-1]["andel"]}] if last > float(rows[-1]["dag"] or 0) else []
    band = [
        {"dag": step.time, "låg": step.remaining.low, "hög": step.remaining.high}
        for step in steps if step.remaining.low is not None and step.remaining.high is not None
    ]  # fmt: skip
    band += [{**band[-1], "dag": last}] if band and last > (band[-1]["dag"] or 0) else []
    x = numbers("dag", "Dagar från start", axis={"grid": False, "format": ",d", "tickCount": 8})
    y = numbers("andel", "Andel som inte har avbrutit", axis={"format": ".0%", "tickCount": 5}, scale={"domain": [0, 1]})
    layers = [
        layer(band, {"type": "area", "interpolate": "step-after", "color": TINT, "opacity": 0.6}, x=x, y={**y, "field": "låg"}, y2={"field": "hög"}),
        layer(rows, {"type": "line", "interpolate": "step-after", "color": ACCENT, "strokeWidth": 2.5}, x=x, y=y),
    ]
    table_rows = tuple(
        (written(step.time, 0), written(step.at_risk), written(step.ended), percent(step.remaining.value or 0.0)) for step in steps[:40]
    )  # fmt: skip
    notes = ("Bara de första 40 dagarna då någon avbröt visas.",) if len(steps) > 40 else ()
    table = Table("Avbrott efter antal dagar", ("Dag", "Hade inte avbrutit", "Avbröt då", "Andel som inte har avbrutit"), table_rows, notes)
    end = percent(steps[-1].remaining.value or 0.0)
    description = f"Andelen som inte har avbrutit börjar på 100 % och är {end} efter {written(steps[-1].time, 0)} dagar. Det ljusa fältet är osäkerheten."
    return (charted("När avbrotten kommer", description, framed(layers, height=240), table),)
