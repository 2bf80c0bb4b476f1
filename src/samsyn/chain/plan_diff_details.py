"""What has been changed on the sheet Detaljer: fields, and rows that stand there only (moments, commitments, lessons ...)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from samsyn.chain.plan_details import KIND_OF, DetailCell, DetailColumn, DetailKind, DetailRow, Details, Printed, Value, digest
from samsyn.chain.plan_diff_values import FILE
from samsyn.chain.plan_findings import Findings, linked
from samsyn.chain.swedish import fold
from samsyn.chain.wording import counted

ONE_OF_ITS_KIND = ("follow_up",)
NEEDS_ACTION = ("step",)
PER_KIND = 5  # remarks of a sort that are told one by one


@dataclass
class _Reader:
    findings: Findings
    details: Details
    printed: Printed
    new_actions: Mapping[str, str]
    unknown: list[DetailRow] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


def note_details(findings: Findings, details: Details, printed: Printed, new_actions: Mapping[str, str]) -> None:
    """
    Note what the sheet Detaljer wants of the plan.

    new_actions   folded text -> reference, for actions that only the file has: a moment may belong to one of them
    """
    reader = _Reader(findings, details, printed, new_actions)
    labels = _labels(findings)
    for number, row in enumerate(details.rows, 1):
        kind = KIND_OF.get(row.kind)
        if kind is None:
            continue
        if row.id and (row.kind, row.id) in findings.rows:
            findings.seen.add((row.kind, row.id))
            _changed_row(reader, kind, row, labels)
        elif row.id:
            reader.unknown.append(row)
        else:
            _new_row(reader, kind, row, labels, f"{FILE}{kind.code}{number}")
    _note_gone(reader)
    _tell(reader)


def _changed_row(reader: _Reader, kind: DetailKind, row: DetailRow, labels: Mapping[tuple[str, str], str]) -> None:
    now = reader.printed.digests.get((row.kind, row.id), {})
    for cell in row.cells:
        column = kind.column(cell.field)
        if cell.touched is False or (cell.touched is None and digest(cell.field, cell.typed) == now.get(cell.field)):
            continue
        if not column.is_read:
            if cell.touched:
                reader.shown.append(f"{row.place}: {column.label}")
            continue
        value, readable = _resolved(reader, column, cell, labels)
        if not readable or (value is None and column.choices and reader.findings.value(kind.code, row.id, cell.field) is not None
                            and cell.field == "track"):
            reader.kept.append(f"{row.place}, {column.label}: ”{cell.typed}” går inte att läsa. Det som står i planen är kvar.")
            continue
        is_both = bool(row.control) and cell.field in now and now[cell.field] not in row.control
        reader.findings.want(kind.code, row.id, cell.field, value, row.place, is_both=is_both)


def _new_row(reader: _Reader, kind: DetailKind, row: DetailRow, labels: Mapping[tuple[str, str], str], reference: str) -> None:
    """Note a row without id: new where rows can be added, else named and left alone."""
    if not any(cell.typed for cell in row.cells):
        return
    if not kind.stands_alone:
        reader.kept.append(f"{row.place}: en ny rad av slaget {kind.label} läses inte in härifrån. Skriv den på bladet Plan, eller i Samsyn."
                           if kind.is_read else f"{row.place}: en ny {kind.label.lower()} läses inte in från en fil. Skriv den i Samsyn.")
        return
    values: dict[str, Value] = {}
    for cell in row.cells:
        column = kind.column(cell.field)
        value, readable = _resolved(reader, column, cell, labels) if column.is_read else (None, not cell.typed)
        if not readable:
            reader.kept.append(f"{row.place}, {column.label}: ”{cell.typed}” går inte att läsa in.")
        elif value not in (None, "", ()):
            values[cell.field] = value
    first = next((str(cell.typed) for cell in row.cells if cell.typed and not kind.column(cell.field).links), "")
    if kind.code in ONE_OF_ITS_KIND and reader.findings.stored.follow_up is not None:
        reader.kept.append(f"{row.place}: planen har redan en uppföljningsplan. Skriv i den rad som har ett id.")
    elif kind.code in NEEDS_ACTION and "action" not in values:
        reader.kept.append(f"{row.place}: ”{first}” hör inte till någon åtgärd. Skriv åtgärdens nummer eller text i kolumnen Åtgärden.")
    elif values:
        reader.findings.add(kind.code, reference, first, values, row.place)


def _resolved(reader: _Reader, column: DetailColumn, cell: DetailCell, labels: Mapping[tuple[str, str], str]) -> tuple[Value, bool]:
    """Return a cell's value with its links as ids; False if something in it is not known."""
    if not cell.readable:
        return None, False
    if column.choices and isinstance(cell.value, str):
        return column.choices(cell.value), True
    if not column.links or not isinstance(cell.value, tuple):
        return cell.value, True
    found = [_linked_id(reader, column.links, str(one), labels) for one in cell.value]
    if not all(found) or (len(found) > 1 and not column.many):
        return None, False
    return linked(tuple(dict.fromkeys(found)), column), True


def _linked_id(reader: _Reader, kind: str, words: str, labels: Mapping[tuple[str, str], str]) -> str:
    """Return the id that a link means: an id, a number, or a text. "" if there is none such."""
    if (kind, words) in reader.findings.rows:
        return words
    known = labels.get((kind, fold(words)), "")
    return known or (reader.new_actions.get(fold(words), "") if kind == "action" else "")


def _labels(findings: Findings) -> dict[tuple[str, str], str]:
    """Return (kind, folded number or text or label) -> id. What several rows are called means none of them."""
    found: dict[tuple[str, str], set[str]] = {}
    for (kind, key), row in findings.rows.items():
        words = {findings.label(kind, key), str(getattr(row, "text", "")), str(getattr(row, "number", "") or "")}
        for word in filter(None, map(fold, words)):
            found.setdefault((kind, word), set()).add(key)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _note_gone(reader: _Reader) -> None:
    """Note rows that stood on Detaljer when it was exported, and do not any more."""
    exported = {found for sheet in reader.details.sheets for found in sheet.digests}
    readable = {kind for sheet in reader.details.sheets for kind in sheet.kinds}
    there = {(row.kind, row.id) for row in reader.details.rows}
    for kind, key in reader.findings.rows:
        if kind in readable and KIND_OF[kind].stands_alone and (kind, key) not in there and digest("id", f"{kind}:{key}") in exported:
            reader.findings.lose(kind, key, "Står inte på bladet Detaljer.")


def _tell(reader: _Reader) -> None:
    told = reader.findings.remarks
    if reader.unknown:
        places = ", ".join(row.place for row in reader.unknown[:PER_KIND])
        told.append(f"{counted(len(reader.unknown), 'rad', 'rader').capitalize()} på bladet Detaljer har ett id som inte finns i planen. "
                    f"De läses inte in: {places}.")
    if reader.shown:
        more = f" och {len(reader.shown) - PER_KIND} till" if len(reader.shown) > PER_KIND else ""
        told.append(f"Grå kolumner visas bara. Det som är ändrat där läses inte in: {'; '.join(reader.shown[:PER_KIND])}{more}.")
    told += reader.kept
