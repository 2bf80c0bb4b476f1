"""The report of an analysis as one web page: nothing is fetched, light and dark, and fit to print."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

from samsyn.formats.analysis_charts import FONTS, charts_as_svg
from samsyn.formats.analysis_report import AnalysisReport, View, rows_are_numbers, view_of
from samsyn.formats.report_typst import pictures
from samsyn.formats.text_clean import clean

STYLE = Path(__file__).parent / "analysis.css"
_TOKENS = {
    "#221d3b": "--ink", "#5a5473": "--ink-2", "#d9d4de": "--line", "#827b97": "--edge", "#35337f": "--accent", "#e6e5f4": "--accent-tint",
    "#ffffff": "--sheet", "white": "--sheet", "#a3271b": "--error",
    "#c4631a": "--stroke", "#eae7ed": "--sunk", "#f5f3f4": "--bg", "#c9c6ee": "--early", "#eae9f7": "--early-tint",
    "#74c69a": "--better", "#ddf2e6": "--better-tint", "#ffd04f": "--same", "#fff0c2": "--same-tint", "#ee7a5f": "--worse", "#fcdde0": "--worse-tint",
}  # fmt: skip
_COLOUR = re.compile(r'\b(fill|stroke)="(#[0-9a-fA-F]{6}|white)"')
_ROOT = re.compile(r"<svg\b[^>]*>")
_ROLES = re.compile(r'\s(?:role|aria-roledescription)="[^"]*"')  # of parts of a drawing, whose words stand at its root
_TOGETHER = re.compile(r"(?<=\d) (?=%|\d{3}(?!\d))")  # 95 %, 40 000: cleaning leaves a space that may break
_SIZE = re.compile(r'\s(?:width|height)="[\d.]+"')


def analysis_html(report: AnalysisReport) -> str:
    """Return the report as a whole web page in Swedish. Raises ChartsMissing or ChartsFailed."""
    view, drawings = view_of(report), charts_as_svg(report.charts)
    parts = [_first(view), *(_question(one, view["headings"], drawings, 2) for one in view["questions"])]
    for group in view["groups"]:
        parts.append(f"<h2>{text_of(group['title'])}</h2>")
        parts += [_question(one, view["headings"], drawings, 3) for one in group["questions"]]
    parts.append(_understood(view))
    return page_of(view["title"], view["stamp"], parts)


def page_of(title: str, stamp: Sequence[str], parts: Iterable[str]) -> str:
    """Return a whole page: its title, the lines at its top, and parts that are HTML already."""
    return (
        f'<!doctype html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; font-src data:">\n'
        f"<title>{text_of(title)}</title>\n<style>\n{_fonts()}{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
        f"<header><p class=\"mark\">{pictures()['mark']}<span>Samsyn</span></p><p class=\"soft\">{'<br>'.join(map(text_of, stamp))}</p></header>\n"
        f"<main>\n{''.join(parts)}</main>\n</body>\n</html>\n"
    )


@cache
def _fonts() -> str:
    """Return the two typefaces as part of the page: it is sent by e-mail, and fetches nothing."""
    faces = (("Hanken Grotesk", 400, "hanken-grotesk-400"), ("Hanken Grotesk", 600, "hanken-grotesk-600"), ("Familjen Grotesk", 700, "familjen-grotesk-700"))
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f"src: url(data:font/ttf;base64,{b64encode((FONTS / f'{name}.ttf').read_bytes()).decode('ascii')}) format(\"truetype\"); }}\n"
        for family, weight, name in faces
    )


def _first(view: View) -> str:
    answers = "".join(
        f'<li><a href="#fraga-{one["number"]}">{text_of(one["title"])}</a><p>{text_of(one["words"])}</p></li>' for one in view["first"]
    )
    return (
        f'<h1>{text_of(view["title"])}</h1>\n<p class="lead">{text_of(view["lead"])}</p>\n<h2>{text_of(view["headings"]["answers"])}</h2>\n'
        f'<ol class="answers">{answers}</ol>\n'
    )


def _question(question: View, headings: View, drawings: list[str], level: int) -> str:
    anchor = f' id="fraga-{question["number"]}"' if level == 2 else ""
    first, *others = question["sentences"]
    parts = [f"<h{level}{anchor}>{question['number']}. {text_of(question['title'])}</h{level}>", f'<p class="answer">{text_of(first)}</p>']
    parts += [f"<p>{text_of(words)}</p>" for words in others]
    if question["warnings"]:
        parts.append(f'<p class="note"><b>{headings["warnings"]}:</b> {text_of(" ".join(question["warnings"]))}</p>')
    parts += [figure_of(chart, drawings[chart["place"]]) for chart in question["charts"]]
    parts += [table_of(table["caption"], table["heads"], table["rows"], table["notes"]) for table in question["tables"]]
    parts.append(f"<p><b>{headings['attrition']}.</b> {text_of(question['attrition'])}</p>")
    if question["method"]:
        steps = "".join(f"<p>{text_of(words)}</p>" for words in question["method"])
        parts.append(f"<details><summary>{headings['method']}</summary>{steps}</details>")
    return f"<section>{''.join(parts)}</section>\n"


def figure_of(chart: View, drawing: str) -> str:
    """Return a chart with its title and description, in the colours of the page, as wide as there is room for."""
    name = f"diagram-{chart['place']}"
    root = _ROOT.search(drawing)
    assert root is not None, "the drawing engine gives SVG"
    width = re.search(r'\bwidth="([\d.]+)"', root[0])
    opening = _SIZE.sub("", root[0])[:-1] + f' role="img" aria-labelledby="{name}-t {name}-d" style="max-width:{width[1] if width else 640}px">'
    words = f'<title id="{name}-t">{text_of(chart["title"])}</title><desc id="{name}-d">{text_of(chart["words"])}</desc>'
    coloured = _COLOUR.sub(lambda found: _coloured(found[0], found[1], found[2]), _ROLES.sub("", drawing[root.end() :]))
    picture = f'<div class="scroll" role="group" aria-label="{text_of(chart["title"])}" tabindex="0">{opening}{words}{coloured}</div>'
    return f"<figure><figcaption>{text_of(chart['title'])}</figcaption>{picture}</figure>"


def _coloured(whole: str, name: str, colour: str) -> str:
    token = _TOKENS.get(colour.lower())
    return f'{name}="var({token})"' if token else whole


def table_of(caption: str, heads: list[str], rows: list[list[str]], notes: list[str] | None = None) -> str:
    """Return a table that can be moved sideways where it is wider than the page, figures to the right."""
    right = [place > 0 and rows_are_numbers(rows, place) for place in range(len(heads))]
    kinds = [' class="n"' if one else "" for one in right]
    head = "".join(f'<th scope="col"{kind}>{text_of(word)}</th>' for word, kind in zip(heads, kinds, strict=True))
    body = "".join(f"<tr>{_row(row, kinds)}</tr>" for row in rows)
    under = f'<p class="soft">{text_of(" ".join(notes))}</p>' if notes else ""
    return (f'<div class="scroll" role="group" aria-label="{text_of(caption)}" tabindex="0"><table><caption>{text_of(caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{under}")  # fmt: skip


def _row(row: list[str], kinds: list[str]) -> str:
    first, *others = row
    return f'<th scope="row">{text_of(first)}</th>' + "".join(f"<td{kind}>{text_of(cell)}</td>" for cell, kind in zip(others, kinds[1:], strict=True))


def _understood(view: View) -> str:
    heads = view["headings"]
    parts = [f"<h2>{heads['understood']}</h2>", table_of(heads["columns"], ["Uppgift", "Kolumn i filen"], view["columns"])]
    parts += [f'<p class="soft">Kolumner som inte används: {text_of(view["unused"])}.</p>'] if view["unused"] else []
    parts += [table_of(heads["choices"], ["Val", "Så förstods det"], view["choices"])] if view["choices"] else []
    if view["lacking"]:
        parts.append(f"<h3>{heads['lacking']}</h3><ul>{''.join(f'<li>{text_of(words)}</li>' for words in view['lacking'])}</ul>")
    parts += [table_of(heads["left_out"], ["Vad", "Antal"], view["left_out"])] if view["left_out"] else []
    parts += [table_of(heads["problems"], ["Var", "Vad det är", "Vad du kan göra"], view["problems"])] if view["problems"] else []
    parts += [f'<p class="soft">{text_of(view["more_problems"])}</p>'] if view["more_problems"] else []
    return f"<section>{''.join(parts)}</section>\n"


def text_of(words: str) -> str:
    """Return anybody's words as HTML, free of control characters and with numbers whole."""
    return _TOGETHER.sub("\u00a0", escape(clean(words).text, quote=True))
