"""Everything in one zip: each thing under a name of its own, that no unzipping program can be led astray by."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from samsyn.flows.reports.everything import _safe, write_everything
from samsyn.flows.reports.steering_report import report_now
from samsyn.records.plan.reads import plan_head
from tests.flows.brought import NOW, TODAY, Room, actor, bring_file, take_in, workbook

PLAIN = re.compile(r"(?:[a-z0-9åäö][\w .-]*/)*[\w][\w .-]*", re.IGNORECASE)
NASTY = ["../../etc/passwd", "..\\..\\boot.ini", "C:\\plan.xlsx", "/etc/plan.xlsx", "plan\r\nX: y.xlsx", "plan\x00.xlsx", "plan\u202exslx.exe", "con.xlsx",
         ".htaccess", "..", "a" * 300 + ".xlsx", "plan.xlsx/../../x", "räksmörgås.xlsx", "", ".", "plan.", "😀.xlsx"]


def test_two_reports_of_the_same_second_are_both_there(town: Room) -> None:
    from samsyn.chain.report_json import to_json
    from samsyn.records.follow_up.writes import save_report

    head = plan_head(town.partnership, town.plan)
    assert head is not None
    for _ in range(2):
        save_report(partnership=town.partnership, plan=town.plan, content=json.loads(to_json(report_now(head, TODAY))), actor=actor(town), at=NOW)
    names = packed(town).namelist()
    assert len([name for name in names if "/rapport-" in name]) == 2
    assert len(names) == len({name.casefold() for name in names})


def test_the_minutes_of_every_closed_meeting_are_there(town: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from samsyn.flows.closing import close_meeting
    from tests.flows.a_meeting import BASE, given, live_meeting, steering_group

    monkeypatch.setattr("samsyn.flows.closing.minutes_pdf", lambda content: b"%PDF minutes")
    group = steering_group(town)
    for head in (live_meeting(town, group), live_meeting(town, group)):
        close_meeting(meeting=head.id, base_url=BASE, **given(town))
    live_meeting(town, group)
    with packed(town) as archive:
        names = [name for name in archive.namelist() if name.startswith("protokoll/")]
        assert len(set(names)) == 2 and all(name.startswith("protokoll/2026-11-23-styrgruppen-") and name.endswith(".pdf") for name in names)
        assert archive.read(names[0]) == b"%PDF minutes"


@pytest.mark.parametrize("name", NASTY)
def test_a_file_is_called_something_harmless(name: str) -> None:
    called = _safe(name)
    assert PLAIN.fullmatch(called) and "/" not in called and "\\" not in called and not called.startswith(".") and len(called) < 100


def test_every_name_in_the_zip_is_harmless(town: Room) -> None:
    run = bring_file(town, workbook(), "../../../plan\u202e för centrum.xlsx")
    take_in(town, run, name="../../Plan\r\nför\x00 centrum")
    with packed(town) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert len(names) > 6 and any(name.startswith("original/") for name in names)
    for name in names:
        assert PLAIN.fullmatch(name) and ".." not in name, name


def packed(town: Room) -> zipfile.ZipFile:
    target = io.BytesIO()
    write_everything(town.partnership, TODAY, target)
    return zipfile.ZipFile(target)
