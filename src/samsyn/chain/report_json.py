"""A report as JSON and back."""

from __future__ import annotations

import json

from samsyn.chain.report_values import VERSION, Report
from samsyn.chain.values_json import KEPT


class NotAReport(ValueError):
    """The text is not a report of a version this program knows. The message says so in Swedish."""


def to_json(report: Report) -> str:
    """Return the report as JSON: days as 2026-11-21, sums as text, so that nothing is rounded."""
    return json.dumps(KEPT.plain(report), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Report:
    """
    Return the report that `to_json` made the text of.

    raises   NotAReport if the text is something else or of another version
    """
    try:
        raw = json.loads(text)
        if raw["version"] != VERSION:
            raise NotAReport(f"Rapporten är sparad i version {raw['version']}, den här Samsyn läser version {VERSION}.")
        report = KEPT.restored(Report, raw)
    except NotAReport:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise NotAReport("Texten är inte en rapport från Samsyn.") from error
    return report  # type: ignore[no-any-return]  # restored builds what it is asked for
