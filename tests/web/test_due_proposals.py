"""A new day that is proposed for an assignment is seen in my week, and accepted or declined once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.chain.answers import Answer
from samsyn.flows.answering import Answered, answer_assignment
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.editing import Gone
from samsyn.records.meeting.due_reads import due_proposals
from samsyn.records.meeting.due_writes import accept_due
from samsyn.records.meeting.line_reads import answers, assignment
from tests.web.assigned import handed_out
from tests.web.conftest import NOW, Town

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 18)
Enter = Callable[..., Client]


def proposed(town: Town, day: date = LATER, *, minutes: int = 0, line: UUID | None = None) -> dict[str, Any]:
    """The arguments of the page of a proposal that Bo has made by his link."""
    line = line or handed_out(town)["line"]
    said = Answered(answer=Answer.DELAYED, text="Föreningen har stängt", proposed_due_on=day)
    answer_assignment(partnership=town.partnership, line=line, said=said, by_email="bo@granvikshus.example", actor=Actor(ActorKind.LINK, "x", "Bo"),
                      at=NOW + timedelta(minutes=minutes - 60))
    return {"line": line, "answer": next(one.answer for one in due_proposals(town.partnership, line))}


def day_of(town: Town, about: dict[str, Any]) -> date | None:
    held = assignment(town.partnership, about["line"])
    assert held is not None
    return held.due_on


def test_the_coordinator_sees_it_in_my_week_and_accepts_it(anna: Client, town: Town) -> None:
    about = proposed(town)
    assert day_of(town, about) != LATER
    address = reverse("settle_due", kwargs=about)
    assert address in anna.get("/").content.decode()
    assert "Föreningen har stängt" in anna.get(address).content.decode()
    assert anna.post(address, {"act": "accept"}).status_code == 302
    assert day_of(town, about) == LATER
    assert address not in anna.get("/").content.decode()


def test_no_leaves_the_day_and_says_why_at_the_assignment(anna: Client, town: Town) -> None:
    about = proposed(town)
    before = day_of(town, about)
    anna.post(reverse("settle_due", kwargs=about), {"act": "decline", "text": "Vi behöver det till jul."})
    assert day_of(town, about) == before
    assert answers(town.partnership, [about["line"]])[-1].text.endswith("Vi behöver det till jul.")
    assert due_proposals(town.partnership) == ()


def test_a_second_answer_to_the_same_proposal_changes_nothing(anna: Client, town: Town) -> None:
    about = proposed(town)
    anna.post(reverse("settle_due", kwargs=about), {"act": "accept"})
    again = anna.post(reverse("settle_due", kwargs=about), {"act": "decline"}, follow=True)
    assert "redan besvarat" in again.content.decode()
    assert day_of(town, about) == LATER


def test_a_later_proposal_takes_the_place_of_the_earlier(town: Town) -> None:
    first = proposed(town)
    second = proposed(town, date(2027, 1, 8), minutes=5, line=first["line"])
    assert [one.answer for one in due_proposals(town.partnership)] == [second["answer"]]
    with pytest.raises(Gone):
        accept_due(partnership=town.partnership, actor=Actor(ActorKind.USER, "a", "Anna"), at=NOW, **first)


def test_a_stranger_and_somebody_who_runs_no_meetings_are_turned_away(enter: Enter, town: Town) -> None:
    address = reverse("settle_due", kwargs=proposed(town))
    assert enter("Erik").get(address).status_code == 404
    assert enter("Bo").get(address).status_code == 403
