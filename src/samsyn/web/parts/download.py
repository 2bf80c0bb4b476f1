"""A list as a file: Excel or CSV, where no cell is ever a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from django.utils.text import slugify

from samsyn.formats.table_out import table_csv, table_workbook

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
    "svg": "image/svg+xml",
}
DASHES = re.compile("[\u2010-\u2015\u2212/.:]")  # what parts words and years, and slugify would take out
Cell = str | int | date | Decimal | None


def download(content: bytes, ending: str, name: str) -> HttpResponse:
    """Return bytes as a file to keep; the name is made safe."""
    response = HttpResponse(content, content_type=KINDS[ending])
    response["Content-Disposition"] = f'attachment; filename="{file_name(name)}.{ending}"'
    return response


def file_name(name: str) -> str:
    """Return a name as a file may be called everywhere: "Plan 2026–2027 rapport" is plan-2026-2027-rapport."""
    return slugify(DASHES.sub("-", name))[:120].strip("-") or "samsyn"


def table_download(ending: str, title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Return a list as .xlsx or .csv."""
    made = table_workbook(title, headers, rows) if ending == "xlsx" else table_csv(headers, rows)
    return download(made, ending, title)
