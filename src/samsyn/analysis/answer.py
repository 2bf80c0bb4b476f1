"""What a question is answered with: sentences, findings, a table, a chart, who was lost, and how it was counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samsyn.analysis.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One named number of an answer.

    question  1 to 7 (Loke), or 0 for what belongs to no question
    name      as in the list of names of the findings: "share_completed"
    group     Swedish label of the group it is about; "alla" for everybody
    label     Swedish: what a person reads beside the number
    """

    question: int
    name: str
    estimate: Estimate
    group: str = "alla"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: caption, heads, rows of text as they are shown (decimal comma, signs of protection), and notes under it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """
    A chart: a Vega-Lite specification as plain values, a Swedish description that says what can be seen, and its table.

    No data are fetched: they stand in the specification.
    """

    title: str
    description: str
    spec: Mapping[str, Any]
    table: Table


@dataclass(frozen=True, slots=True)
class Attrition:
    """
    Who an answer rests on, of how many: what is lost, and rows that were left out, each with a Swedish reason and a count.

    started, counted   None where the reader must not see the count
    """

    started: int | None
    counted: int | None
    lost: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """
    The answer to one question, for one group of persons.

    question    1 to 7
    title       the question, Swedish
    sentences   the answer in plain Swedish, the most important first; never more certain than the findings
    findings    the numbers
    tables      at least one
    charts      at least one when there is something to draw
    attrition   n and who was lost
    method      "så räknade vi": Swedish sentences, one a choice
    cautions    those of the sentences that go with the first wherever it stands alone: in a summary
    """

    question: int
    title: str
    sentences: tuple[str, ...]
    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]
    attrition: Attrition
    method: tuple[str, ...]
    group: str = "alla"
    warnings: tuple[str, ...] = field(default_factory=tuple)
    cautions: tuple[str, ...] = ()
