"""The clock is Sweden's wherever a moment is written: on the page, in the lists that are fetched, in the workbook."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from samsyn.chain.wording import moment_words
from samsyn.flows.reports.everything import write_everything
from tests.web.conftest import NOW, TODAY, Town

HERE = "09.14"  # NOW is 08.14 UTC


@pytest.fixture
def lesson(town: Town, anna: Client) -> str:
    """A lesson written at NOW."""
    anna.post(reverse("add_lesson", args=[town.plan]), {"text": "Börja i tid", "once": uuid4().hex})
    return "Börja i tid"


def test_a_lesson_says_when_it_was_written_in_swedish_time(town: Town, anna: Client, lesson: str) -> None:
    page = anna.get(reverse("lessons", args=[town.plan])).content.decode()
    assert f"2026-11-23 kl. {HERE}" in page.partition(lesson)[2].partition("</article>")[0]


def test_the_history_in_the_zip_is_in_swedish_time(town: Town, anna: Client, lesson: str) -> None:
    target = io.BytesIO()
    write_everything(town.partnership, TODAY, target)
    history = zipfile.ZipFile(target).read("historik.csv").decode("utf-8-sig")
    assert next(line for line in history.splitlines() if lesson in line).startswith("2026-11-23 09:14")


def test_the_sheet_detaljer_is_in_swedish_time(town: Town, anna: Client, lesson: str) -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(anna.get(reverse("plan_file", args=[town.plan, "xlsx"])).content))
    rows = [[cell.value for cell in row] for row in book["Detaljer"].iter_rows()]
    (written,) = [row for row in rows if lesson in row]
    assert datetime(2026, 11, 23, 9, 14) in written


def test_a_moment_of_a_small_row_knows_its_time_zone(town: Town, anna: Client) -> None:
    from samsyn.records.follow_up.reads import plan_values
    from samsyn.records.plan.reads import plan_head

    anna.post(reverse("add_lesson", args=[town.plan]), {"text": "Sist", "once": uuid4().hex})
    head = plan_head(town.partnership, town.plan)
    assert head is not None
    assert [lesson.at for lesson in plan_values(head).lessons if lesson.text == "Sist"] == [NOW]
    assert moment_words(NOW) == "2026-11-23 09:14"
