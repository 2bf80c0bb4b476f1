"""The validation protocol as a text, as Markdown and as a web page: the same content, to be read or filed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samsyn.analysis.verify import Verified, Comparison

TITLE = "Valideringsprotokoll för analysen i Samsyn"
HEADS = ("Värde", "Väntat", "Räknat", "Skillnad", "Får skilja", "")
NAMES = {"samsyn": "Samsyn", "python": "Python", "numpy": "numpy", "scipy": "scipy", "duckdb": "DuckDB"}
HOW = (
    "Varje fall har indata och väntade värden från en publicerad källa, eller från en beräkning på minst två av varandra oberoende sätt. "
    "Här räknas de om med det installerade programmet. Ett värde stämmer när skillnaden är högst så stor som den får vara."
)
STYLE = (
    "body{font-family:system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;line-height:1.45;color:#1b1b1b;background:#fff}"
    ".rull{overflow-x:auto;margin:.5rem 0 1rem}table{border-collapse:collapse}"
    "caption{text-align:left;font-weight:600;padding:.25rem 0}th,td{border-bottom:1px solid #c8c8c8;padding:.2rem .7rem;text-align:left}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.fel{background:#fbe3df;font-weight:600}"
    "@media print{section{break-inside:avoid-page}}"
)


@dataclass(frozen=True, slots=True)
class Protocol:
    """What was verified, on which day, with which versions (name to version)."""

    day: date
    versions: Mapping[str, str]
    cases: Sequence[Verified]

    @property
    def passed(self) -> bool:
        """Whether there were cases and all of them passed."""
        return bool(self.cases) and all(case.passed for case in self.cases)

    @property
    def summary(self) -> str:
        """The outcome in words."""
        values = [one for case in self.cases for one in case.comparisons]
        right, cases = sum(one.passed for one in values), sum(case.passed for case in self.cases)
        said = f"{cases} av {len(self.cases)} fall och {right} av {len(values)} värden stämmer."
        return f"Godkänt: {said}" if self.passed else f"INTE GODKÄNT: {said}"


def check_output(output: Path | None) -> None:
    """
    Make sure that the protocol can be a file there.

    raises   Refused   if the name has another ending, or its folder does not exist
    """
    from samsyn.formats.problems import Refused

    if output is None:
        return
    if output.suffix.lower() not in WRITERS:
        raise Refused(f"Protokollet sparas som .txt, .md eller .html. Välj ett sådant namn i stället för {output.name}.")
    if not output.absolute().parent.is_dir():
        raise Refused(f"Mappen {output.parent} finns inte. Skapa den först eller välj en annan.")
    if output.is_dir():
        raise Refused(f"{output} är en mapp. Välj ett filnamn.")


def saved(protocol: Protocol, output: Path) -> None:
    """
    Write the protocol by the ending of its name. An earlier file of that name is replaced only by a whole one.

    raises   Refused   if the file cannot be written
    """
    from samsyn.formats.problems import Refused

    beside = output.with_name(f".{output.name}.ny")
    try:
        beside.write_text(WRITERS[output.suffix.lower()](protocol), encoding="utf-8")
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(f"Protokollet kunde inte sparas i {output}: {error.strerror or error}. Är filen öppen i ett annat program?") from error


def shown(value: object) -> str:
    """Return a value of the protocol: twelve digits and a decimal comma; "saknas" for nothing."""
    if value is None:
        return "saknas"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return f"{value:.12g}".replace(".", ",") if isinstance(value, int | float) else str(value)


def row_of(one: Comparison) -> tuple[str, ...]:
    """Return a compared value as the cells under HEADS."""
    difference = "" if one.difference is None else f"{one.difference:.2g}".replace(".", ",")
    allowed = "lika" if one.allowed is None else f"{one.allowed:.2g}".replace(".", ",")
    return one.place, shown(one.expected), shown(one.found), difference, allowed, "stämmer" if one.passed else "STÄMMER INTE"


def facts_of(protocol: Protocol) -> Iterator[str]:
    """Yield what the protocol rests on."""
    yield f"Datum: {protocol.day.isoformat()}"
    yield "Versioner: " + ", ".join(f"{NAMES[name]} {version}" for name, version in protocol.versions.items())
    yield HOW


def said_of(one: Verified) -> Iterator[str]:
    """Yield the words of a case: where it comes from, how it was checked, what to know."""
    yield f"Källa: {one.reference.source}"
    yield f"Kontrollerat: {one.reference.checked}"
    yield one.reference.note
    if one.fault:
        yield f"Gick inte att räkna: {one.fault}"
    for place, why in one.left_out:
        yield f"Jämförs inte: {place}. {why}"


def outcome_of(one: Verified) -> str:
    """Return how many values of a case are right."""
    right = sum(value.passed for value in one.comparisons)
    return f"{'stämmer' if one.passed else 'STÄMMER INTE'}, {right} av {len(one.comparisons)} värden"


def lines_of(protocol: Protocol, *, short: bool = False) -> Iterator[str]:
    """Yield the protocol as lines of text; short: one line a case."""
    yield TITLE
    yield from facts_of(protocol)
    yield ""
    for one in protocol.cases:
        yield f"{one.reference.name}: {outcome_of(one)}. {one.reference.title}"
        if short and one.passed:
            continue
        yield from (f"  {words}" for words in said_of(one))
        wrong_or_all = [value for value in one.comparisons if not (short and value.passed)]
        yield from (f"    {line}" for line in _in_columns([row_of(value) for value in wrong_or_all]))
        yield ""
    yield protocol.summary


def _in_columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    if not rows:
        return
    table = [HEADS, *rows]
    widths = [max(len(row[place]) for row in table) for place in range(len(HEADS))]
    for row in table:
        cells = [cell.rjust(width) if 0 < place < len(HEADS) - 1 else cell.ljust(width) for place, (cell, width) in enumerate(zip(row, widths, strict=True))]
        yield "  ".join(cells).rstrip()


def text_of(protocol: Protocol) -> str:
    """Return the protocol as a text file."""
    return "\n".join(lines_of(protocol)) + "\n"


def markdown_of(protocol: Protocol) -> str:
    """Return the protocol as Markdown."""
    parts = [f"# {TITLE}", f"**{_marked(protocol.summary)}**", *map(_marked, facts_of(protocol))]
    for one in protocol.cases:
        parts += [f"## {_marked(one.reference.title)}", f"`{one.reference.name}`: {outcome_of(one)}.", *map(_marked, said_of(one))]
        rows = ["| " + " | ".join(map(_marked, row)) + " |" for row in (HEADS, *map(row_of, one.comparisons))]
        parts.append("\n".join([rows[0], "|---|--:|--:|--:|--:|---|", *rows[1:]]))
    return "\n\n".join(parts) + "\n"


def _marked(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in text)


def html_of(protocol: Protocol) -> str:
    """Return the protocol as a web page of its own, that loads nothing."""
    parts = [
        "<!doctype html>", '<html lang="sv">', "<head>", '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">', f"<title>{TITLE}</title>", f"<style>{STYLE}</style>", "</head>",
        "<body>", "<main>", f"<h1>{TITLE}</h1>", f"<p><strong>{escape(protocol.summary)}</strong></p>",
        *(f"<p>{escape(words)}</p>" for words in facts_of(protocol)),
    ]  # fmt: skip
    for one in protocol.cases:
        parts += ["<section>", f"<h2>{escape(one.reference.title)}</h2>", *(f"<p>{escape(words)}</p>" for words in said_of(one))]
        parts += [f'<div class="rull" tabindex="0" role="region" aria-label="{escape(one.reference.name)}">', "<table>"]
        parts += [f"<caption>{escape(one.reference.name)}: {escape(outcome_of(one))}</caption>", _row(HEADS, head=True)]
        parts += [*(_row(row_of(value), wrong=not value.passed) for value in one.comparisons), "</table>", "</div>", "</section>"]
    return "\n".join([*parts, "</main>", "</body>", "</html>"]) + "\n"


def _row(cells: Sequence[str], *, head: bool = False, wrong: bool = False) -> str:
    if head:
        named = (f'<th scope="col">{escape(cell or "Utfall")}</th>' for cell in cells)
        return f"<tr>{''.join(named)}</tr>"
    last = len(cells) - 1
    told = (f'<td class="n">{escape(cell)}</td>' if 0 < place < last else f"<td>{escape(cell)}</td>" for place, cell in enumerate(cells))
    return f'<tr class="fel">{"".join(told)}</tr>' if wrong else f"<tr>{''.join(told)}</tr>"


WRITERS = {".txt": text_of, ".md": markdown_of, ".html": html_of}
