"""
The groups beside each other: one table a question, and how many that differ more than chance would make them.

Each group is tested against all the others together; the tests are many, so that what would differ by chance alone is said,
and only what stands after Benjamini and Hochberg's correction is called a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from samsyn.analysis.answer import Answer, Chart, Table
from samsyn.analysis.comparison import funnel_of_shares
from samsyn.analysis.estimate import Estimate
from samsyn.analysis.frequency import Frequencies
from samsyn.analysis.guards import FEWEST_FOR_EFFECT, FEWEST_FOR_INTERVAL
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.multiple import benjamini_hochberg, by_chance
from samsyn.analysis.questions.drawing import ACCENT, INK, QUIET, SUN, charted, coloured, framed, layer, numbers
from samsyn.analysis.questions.told import HIDDEN, Told
from samsyn.analysis.questions.wording import NOT_TOLD, and_list, percent, shown_interval, shown_number, shown_share
from samsyn.analysis.two_groups import Summary, fisher_exact, welch
from samsyn.analysis.written_numbers import written

DIFFERS, WITHIN, TOO_FEW = "ja", "kan inte skiljas från slump", "för få för att jämföra"
ALPHA = 0.05
FEWEST_IN_FUNNEL = 8
NAMED = 5
Cell = Callable[[Told], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the comparison: its head, and what stands in it for a group."""

    head: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Compared:
    """
    What groups are compared by in one question.

    what     Swedish, as in "i andelen fullföljda"
    finding  name of the finding that is compared: only groups where it may be seen are tested
    part, whole   names of counts where it is a share; "" where it is a mean
    values   the values where it is a mean
    columns  of the table, after the group's label
    """

    what: str
    finding: str
    columns: tuple[Column, ...]
    part: str = ""
    whole: str = ""
    values: Callable[[GroupTables], Frequencies] | None = None


def count(head: str, name: str) -> Column:
    """Return a column of counts."""
    return Column(head, lambda told: told.shown(name))


def share(head: str, name: str) -> tuple[Column, Column]:
    """Return a column of shares, and one of their intervals."""
    return Column(head, lambda told: shown_share(told[name])), Column("Intervall", lambda told: shown_interval(told[name]))


def number(head: str, name: str, decimals: int = 1) -> tuple[Column, Column]:
    """Return a column of numbers, and one of their intervals."""
    return (
        Column(head, lambda told: shown_number(told[name], decimals)),
        Column("Intervall", lambda told: shown_interval(told[name], decimals)),
    )


def compared_in(question: int, everybody: Told) -> Compared:
    """Return what the groups are compared by in a question."""
    better = everybody.better if everybody.settings.direction is not None else "rise"
    age = Column("Medianålder", lambda told: shown_number(told["age_median"], 0))
    dose = Column("Median av planerat", lambda told: shown_share(told["dose_median"]))
    known = everybody.settings.end_words is not None
    ended = "ended" if known else "ended_at_all"
    dosed = count("Fullföljda med uppgift", "dosed") if known else Column("Fullföljda med uppgift", lambda told: NOT_TOLD)
    follow_up = Column("Medel vid uppföljning", lambda told: shown_number(told["mean_follow_up"]))
    return {
        1: Compared("i andelen i målgruppen", "share_in_target_group",
                    (count("Påbörjade", "started"), *share("I målgruppen", "share_in_target_group"), age), "target:inside", "started"),
        2: Compared("i andelen som fick minst 80 procent", "share_dose_80",
                    (dosed, *share("Minst 80 % av planerat", "share_dose_80"), dose), "enough", "dosed"),
        3: Compared("i medelvärde vid slut", "mean_end",
                    (count("Par", "pairs"), *number("Medel vid start", "mean_start"), *number("Medel vid slut", "mean_end"), follow_up),
                    values=lambda tables: tables.start_end.last),
        4: Compared("i andelen fullföljda", "share_completed",
                    (count("Avslutade", ended), *share("Fullföljda", "share_completed"), *share("Har slutvärde", "follow_up_share")),
                    "completed", "ended"),
        5: Compared("i andelen bättre", "share_better",
                    (count("Par", "pairs"), *share("Bättre", "share_better"), *share("Sämre", "share_worse"), *number("Förändring", "mean_change")),
                    better, "pairs"),
        6: Compared("i förändring", "mean_change",
                    (count("Par", "pairs"), *number("g_av", "g_av", 2), *number("d_z", "d_z", 2)), values=lambda tables: tables.start_end.changes),
        7: Compared("i avstånd till normen vid slut", "norm_difference_end",
                    (count("Par", "pairs"), *number("Avstånd vid start", "norm_difference_start", 2), *number("Vid slut", "norm_difference_end", 2),
                     *share("Del som försvunnit", "share_gap_closed")), values=lambda tables: tables.start_end.last),
    }[question]  # fmt: skip


def with_comparison(
    answer: Answer, everybody: Told, groups: Sequence[Told], everybodys: GroupTables, tables: Sequence[GroupTables]
) -> Answer:
    """
    Return the answer about everybody with the groups beside each other.

    everybodys, tables   what the groups are tested with; nothing of it is shown that the reader may not see
    """
    compared = compared_in(answer.question, everybody)
    p_values = [_p(compared, told, everybody, everybodys, own) for told, own in zip(groups, tables, strict=True)]
    tested = [p for p in p_values if p is not None]
    found = iter(benjamini_hochberg([*tested, *_unseen(compared, groups)], ALPHA).found)
    verdicts = [None if p is None or len(tested) < 2 else next(found) for p in p_values]
    table = _table(compared, groups, verdicts, tested, len(_unseen(compared, groups)))
    sentence = _sentence(compared, groups, verdicts)
    charts = _funnel(groups, everybody) if answer.question == 4 else ()
    return replace(
        answer, tables=(*answer.tables, table), charts=(*answer.charts, *charts),
        sentences=(*answer.sentences, sentence) if sentence else answer.sentences,
    )  # fmt: skip


def _unseen(compared: Compared, groups: Sequence[Told]) -> list[float]:
    """Return a p-value of 1 for each group that is protected: which are seen depends on their numbers, and they are of the many all the same."""
    return [1.0 for told in groups if told[compared.finding].reason == HIDDEN]


def _p(compared: Compared, told: Told, everybody: Told, everybodys: GroupTables, own: GroupTables) -> float | None:
    """Return the p-value of one group against all the others; None where that cannot, or must not, be told."""
    if not told[compared.finding].is_told or not everybody[compared.finding].is_told:
        return None
    if compared.values is not None:
        mine, all_values = compared.values(own), compared.values(everybodys)
        rest = _without(all_values, mine)
        if min(mine.n, rest.n) < FEWEST_FOR_EFFECT:
            return None
        return welch(Summary.of(mine), Summary.of(rest)).test.p.value
    numbers_of = [(told.count(name), everybody.count(name)) for name in (compared.part, compared.whole)]
    (part, all_parts), (whole, all_wholes) = numbers_of
    if part is None or whole is None or all_parts is None or all_wholes is None or min(whole, all_wholes - whole) < FEWEST_FOR_INTERVAL:
        return None
    return fisher_exact(part, whole, all_parts - part, all_wholes - whole).p.value


def _without(everybody: Frequencies, some: Frequencies) -> Frequencies:
    """Return the frequencies of all the others; every value of the group is among everybody's."""
    left = everybody.counts.copy()
    near = np.searchsorted(everybody.values, some.values - 1e-9)
    left[np.minimum(near, len(left) - 1)] -= some.counts
    return Frequencies(everybody.values, left)


def _table(compared: Compared, groups: Sequence[Told], verdicts: Sequence[bool | None], tested: Sequence[float], unseen: int) -> Table:
    rows = tuple(
        (told.group, *(column.cell(told) for column in compared.columns), TOO_FEW if verdict is None else DIFFERS if verdict else WITHIN)
        for told, verdict in zip(groups, verdicts, strict=True)
    )
    heads = ("Grupp", *(column.head for column in compared.columns), f"Skiljer sig {compared.what}")
    return Table(f"Grupperna bredvid varandra {compared.what}", heads, rows, _notes(tested, verdicts, unseen))


def _notes(tested: Sequence[float], verdicts: Sequence[bool | None], unseen: int) -> tuple[str, ...]:
    if len(tested) < 2:
        return ("För få grupper går att jämföra för att säga något om skillnader.",)
    if len(verdicts) == 2:
        return (f"De två grupperna är jämförda med varandra, på {written(100 * ALPHA, 0)}-procentsnivån.",)
    chance = by_chance(len(tested), ALPHA)
    below = sum(p < ALPHA for p in tested)
    return (
        f"{written(len(tested))} grupper är jämförda, var och en med alla de andra. {written(below)} ligger under 5-procentsgränsen; av ren slump "
        f"väntas omkring {written(chance.value or 0.0, 1)}, och sällan fler än {written(chance.high or 0.0, 0)}.",
        f"Ja betyder att skillnaden står kvar efter rättning för många jämförelser (Benjamini och Hochberg): {written(sum(map(bool, verdicts)))}."
        + (" De skyddade grupperna är med i rättningen." if unseen else ""),
    )


def _sentence(compared: Compared, groups: Sequence[Told], verdicts: Sequence[bool | None]) -> str:
    """Return whether any groups differ more than chance; nothing where too few could be compared."""
    tested = sum(verdict is not None for verdict in verdicts)
    if tested < 2:
        return ""
    names = [told.group for told, verdict in zip(groups, verdicts, strict=True) if verdict]
    if not names:
        return f"Skillnaderna mellan grupperna {compared.what} kan inte skiljas från slump."
    listed = and_list(names) if len(names) <= NAMED else f"{and_list(names[:NAMED])} och {written(len(names) - NAMED)} till"
    return f"{written(len(names))} av {written(tested)} grupper skiljer sig från de andra {compared.what}: {listed}. Det säger inte varför."


def _funnel(groups: Sequence[Told], everybody: Told) -> tuple[Chart, ...]:
    """Return the shares completed against the size of the groups, with the limits of chance; of eight groups or more."""
    overall = everybody["share_completed"].value
    seen = [(told, ended, told["share_completed"]) for told in groups if (ended := told.count("ended")) and told["share_completed"].is_told]
    if overall is None or not 0 < overall < 1 or len(seen) < FEWEST_IN_FUNNEL:
        return ()
    sizes = np.array([ended for _, ended, _ in seen])
    limits, far = funnel_of_shares(sizes, overall, 0.95), funnel_of_shares(sizes, overall, 0.998)
    shares = np.array([_value(one) for _, _, one in seen])
    outside = (shares < far.low) | (shares > far.high)
    kind = {False: "inom gränserna för slumpen", True: "utanför"}
    rows = [
        {"grupp": told.group, "n": ended, "andel": value, "slag": kind[bool(out)]}
        for (told, ended, _), value, out in zip(seen, shares.tolist(), outside, strict=True)
    ]  # fmt: skip
    axis = np.unique(np.linspace(1, int(sizes.max()) * 1.05, 60).astype(int))
    curves = []
    for level, words in ((0.95, "95 %"), (0.998, "99,8 %")):
        ends = funnel_of_shares(axis, overall, level)
        curves += [{"n": int(n), "andel": end, "gräns": words, "sida": side}
                   for side, values in (("l", ends.low), ("h", ends.high)) for n, end in zip(axis, values.tolist(), strict=True)]  # fmt: skip
    x = numbers("n", "Avslutade insatser i gruppen", axis={"format": ",d", "tickCount": 6})
    y = numbers("andel", "Andel fullföljda", axis={"format": ".0%", "tickCount": 5}, scale={"domain": [0, 1]})
    dash = {"field": "gräns", "type": "nominal", "scale": {"domain": ["95 %", "99,8 %"], "range": [[1, 0], [5, 4]]}, "title": "Slumpens gränser"}
    layers = [
        layer(curves, {"type": "line", "color": QUIET, "strokeWidth": 1.2}, x=x, y=y, strokeDash=dash, detail={"field": "sida"}),
        layer([{"andel": overall}], {"type": "rule", "color": INK, "strokeWidth": 1}, y=y),
        layer(rows, {"type": "point", "filled": True, "size": 70, "opacity": 0.85}, x=x, y=y, color=coloured("slag", {kind[False]: ACCENT, kind[True]: SUN}),
              shape={"field": "slag", "type": "nominal", "scale": {"domain": list(kind.values()), "range": ["circle", "diamond"]}, "title": None}),
    ]  # fmt: skip
    inside = int(((shares >= limits.low) & (shares <= limits.high)).sum())
    description = (
        f"Andelen fullföljda för {written(len(seen))} grupper efter storlek. Alla tillsammans: {percent(overall)}. {written(inside)} ligger inom "
        f"slumpens 95-procentsgränser, {written(int(outside.sum()))} utanför 99,8-procentsgränserna."
    )
    table_rows = tuple(
        (told.group, written(ended), shown_share(one), f"{percent(low)} till {percent(high)}")
        for (told, ended, one), low, high in zip(seen, limits.low.tolist(), limits.high.tolist(), strict=True)
    )
    table = Table("Fullföljda per grupp och slumpens gränser", ("Grupp", "Avslutade", "Fullföljda", "Slumpens gränser, 95 %"), table_rows)
    return (charted("Fullföljda efter gruppens storlek", description, framed(layers, height=300), table),)


def _value(estimate: Estimate) -> float:
    assert estimate.value is not None, NOT_TOLD
    return estimate.value
