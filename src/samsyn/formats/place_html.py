"""The page about one place as a web page: nothing is fetched, light and dark, and fit to print."""

from __future__ import annotations

from collections.abc import Iterable

from samsyn.formats.analysis_charts import charts_as_svg
from samsyn.formats.analysis_html import figure_of, page_of, table_of, text_of
from samsyn.formats.analysis_report import View
from samsyn.formats.place_report import PlaceReport, view_of_place


def place_html(report: PlaceReport) -> str:
    """Return the page as a whole web page in Swedish. Raises ChartsMissing or ChartsFailed."""
    view, drawings = view_of_place(report), charts_as_svg(report.answer.charts)
    figures = "".join(figure_of(chart, drawings[chart["place"]]) for chart in view["charts"])
    parts = [_first(view), _beware(view), *([f"<section>{figures}</section>\n"] if figures else []), _numbers(view), _method(view)]
    return page_of(view["title"], view["stamp"], parts)


def _first(view: View) -> str:
    place = f'<p class="place">{text_of(view["place"])}</p>' if view["place"] else ""
    lead = f'<p class="soft">{text_of(view["lead"])}</p>' if view["lead"] else ""
    told = "".join(f"<p>{text_of(words)}</p>" for words in view["sentences"])
    heading = f'<h1>{text_of(view["question"])}</h1>\n{place}{lead}'
    return f'{heading}<section><p class="lead"><b>{text_of(view["first"])}</b> {text_of(view["rest"])}</p>{told}</section>\n'


def _beware(view: View) -> str:
    return f'<section class="note"><h2>{view["headings"]["warnings"]}</h2>{_list(view["warnings"])}</section>\n' if view["warnings"] else ""


def _numbers(view: View) -> str:
    tables = "".join(table_of(table["caption"], table["heads"], table["rows"], table["notes"]) for table in view["tables"])
    return f"<section class=\"numbers\"><h2>{view['headings']['numbers']}</h2>{tables}</section>\n" if tables else ""


def _method(view: View) -> str:
    heads = view["headings"]
    choices = table_of(heads["choices"], [heads["choice"], heads["value"]], view["choices"])
    return f"<section><h2>{heads['method']}</h2>{_list(view['method'])}{choices}</section>\n"


def _list(sentences: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{text_of(words)}</li>' for words in sentences)}</ul>"
