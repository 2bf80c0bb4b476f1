"""Everything a partnership has, in one zip that needs no Samsyn to be read: plans as Excel and PDF, reports, minutes, originals, history."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO
from uuid import UUID

from django.utils.text import slugify

from samsyn.chain.report import build_report
from samsyn.chain.report_json import from_json
from samsyn.chain.wording import in_sweden, moment_words
from samsyn.formats.plan_xlsx import plan_workbook
from samsyn.formats.report_typst import report_pdf
from samsyn.formats.table_out import table_csv
from samsyn.records.access.reads import latest_events
from samsyn.records.follow_up.reads import adopted_plan, adoptions, plan_values, saved_report, saved_reports
from samsyn.records.meeting.minutes_reads import minutes_paper
from samsyn.records.meeting.reads import meetings
from samsyn.records.partnership.reads import members
from samsyn.records.plan.reads import PlanHead, plan_heads
from samsyn.records.source.reads import original, runs

ALL = 1_000_000
READ_ME = """Det här är allt som samverkan har i Samsyn.

planer/      varje plan som Excel och som PDF, med sparade rapporter och antagna versioner
protokoll/   protokollet från varje avslutat möte
original/    filerna som de lästes in
medlemmar.csv, historik.csv

Förvara filen lika säkert som planerna själva.
"""


def write_everything(partnership: UUID, today: date, target: BinaryIO) -> None:
    """Write the zip to a file that is open for writing. One file at a time is held in memory."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("LÄS MIG.txt", READ_ME)
        for name, content in _files(partnership, today):
            packed.writestr(name, content)


def _files(partnership: UUID, today: date) -> Iterator[tuple[str, bytes]]:
    for place, plan in enumerate(plan_heads(partnership), start=1):
        yield from _of_plan(plan, f"planer/{place:02}-{slugify(plan.name)[:60] or 'plan'}", today)
    for head in meetings(partnership):
        if paper := minutes_paper(partnership, head.id):
            yield f"protokoll/{head.on.isoformat()}-{slugify(head.group_name)[:60] or 'grupp'}-{head.id.hex[:8]}.pdf", paper
    for run in runs(partnership, limit=ALL):
        content = original(partnership, run.id)
        if content is not None:
            yield f"original/{in_sweden(run.received_at):%Y%m%d-%H%M%S}-{run.id.hex[:8]}-{_safe(run.file_name)}", content
    yield "medlemmar.csv", table_csv(("Namn", "Organisation", "Roll", "E-post"),
                                     [(m.name, m.organisation_name, m.role_label, m.email) for m in members(partnership)])
    yield "historik.csv", table_csv(("När", "Vem", "Vad"), [(moment_words(e.at), e.by, e.words) for e in latest_events(partnership, limit=ALL)])


def _of_plan(head: PlanHead, folder: str, today: date) -> Iterator[tuple[str, bytes]]:
    values = plan_values(head)
    yield f"{folder}/plan.xlsx", plan_workbook(values, title=head.name, exported_on=today)
    yield f"{folder}/plan.pdf", report_pdf(build_report(values, today))
    for report in saved_reports(head.partnership, head.id):
        content = saved_report(head.partnership, head.id, report.id)
        if content:
            yield f"{folder}/rapport-{in_sweden(report.at):%Y%m%d-%H%M%S}-{report.id.hex[:8]}.pdf", report_pdf(from_json(json.dumps(content)))
    heads = adoptions(head.partnership, head.id)
    corrected = {adoption.corrects for adoption in heads}
    for adoption in heads:
        frozen = adopted_plan(head.partnership, head.id, adoption.id)
        if frozen and frozen[1]:
            before = "-fore-rattelse" if adoption.id in corrected else ""
            yield f"{folder}/antagen-{adoption.adopted_on.isoformat()}-{adoption.id.hex[:8]}{before}.pdf", frozen[1]


def _safe(name: str) -> str:
    """Return a file name that no unzipping program can be led astray by."""
    stem, _, ending = name.rpartition(".")
    return f"{slugify(stem or ending)[:80] or 'fil'}{'.' + slugify(ending)[:8] if stem else ''}"
