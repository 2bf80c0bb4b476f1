"""The paths that letters and calendars lead to are pages of the program."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import resolve

from samsyn.chain.page_paths import action_path, meeting_path, minutes_path, path_about, plan_path, report_path
from samsyn.records.outbox.reads import kept_address

ONE, OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(("path", "page"), [
    (action_path(ONE, OTHER), "action"), (plan_path(ONE), "board"), (report_path(ONE), "report"), (meeting_path(ONE), "meeting"),
    (minutes_path(ONE), "minutes"), (path_about("action", OTHER, ONE), "action"), (path_about("plan", ONE, ""), "board"),
    (path_about("meeting", ONE, ""), "meeting"), (path_about("assignment", ONE, ""), "start"), (kept_address("", ONE), "answer_link")])
def test_a_path_in_a_letter_is_a_page(path: str, page: str) -> None:
    assert resolve(path).view_name == page
