"""The first steps stay on the start page until they are done or put away, and lead to an invitation with the name filled in."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.flows.inviting import people_without_account
from samsyn.records.partnership.reads import members
from samsyn.web.pages.start.first_steps import PUT_AWAY, first_steps
from tests.web.conftest import Town
from tests.web.html_page import Page

PLAN = UUID(int=1)
ALL = {"action.changed": 3, "invitation.made": 1, "face.set": 1, "report.saved": 1}


def done(acts: dict[str, int], members: int = 1, must_mend: bool = True) -> list[bool]:
    return [step.is_done for step in first_steps(PLAN, acts, members=members, must_mend=must_mend)]


STEPS: list[tuple[dict[str, int], list[bool]]] = [
    ({}, [True, False, False, False, False]),
    ({"action.changed": 1, "cause.added": 1}, [True, False, False, False, False]),
    ({"action.changed": 1, "cause.added": 1, "goal.changed": 1}, [True, True, False, False, False]),
    ({"invitation.made": 1, "face.result": 2}, [True, False, True, True, False]),
    ({"report.saved": 1, "plan.changed": 9}, [True, False, False, False, True]),
]


@pytest.mark.parametrize(("acts", "expected"), STEPS)
def test_a_step_is_done_when_somebody_has_done_it(acts: dict[str, int], expected: list[bool]) -> None:
    assert done(acts) == expected


def test_a_plan_without_faults_needs_no_mending_and_two_members_no_invitation() -> None:
    assert done({}, members=2, must_mend=False) == [True, True, True, False, False]


def test_the_steps_leave_when_all_are_done_or_they_are_put_away() -> None:
    assert first_steps(PLAN, ALL, members=1, must_mend=True) == []
    assert first_steps(PLAN, {PUT_AWAY: 1}, members=1, must_mend=True) == []


def test_the_coordinator_sees_the_steps_until_they_are_put_away(town: Town, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from samsyn.flows import week_facts
    from samsyn.records.access.reads import acts_of_people

    def without_reports(partnership: UUID) -> dict[str, int]:
        return {kind: count for kind, count in acts_of_people(partnership).items() if kind != "report.saved"}

    monkeypatch.setattr(week_facts, "acts_of_people", without_reports)  # the town of the tests has saved one
    assert "De första stegen" in anna.get("/").content.decode()
    assert anna.post(reverse("put_away_first_steps"))["Location"] == "/"
    assert "De första stegen" not in anna.get("/").content.decode()


def test_a_responsible_without_account_is_offered_and_filled_in(town: Town, anna: Client) -> None:
    waiting = people_without_account(town.partnership)
    with_address = next(who for who in waiting if who.email)
    taking_part = {m.email for m in members(town.partnership)}
    assert not taking_part & {who.email for who in waiting}
    page = anna.get(reverse("invite"), {"ansvarig": with_address.key}).content.decode()
    form = next(form for form in Page(page).forms if "email" in form.fields)
    assert (form.values()["name"], form.values()["email"]) == (with_address.name, with_address.email)
    assert with_address.email not in page.split("?ansvarig=", 1)[1].split('"', 1)[0], "no address of a person stands in an address of ours"


def test_somebody_who_is_invited_is_not_offered_again(town: Town, anna: Client) -> None:
    who = next(one for one in people_without_account(town.partnership) if one.email)
    anna.post(reverse("invite"), {"name": who.name, "email": who.email, "organisation": "Skolan", "role": "responsible", "once": uuid4().hex})
    assert who.key not in {one.key for one in people_without_account(town.partnership)}


def test_a_name_nobody_has_fills_in_nothing(town: Town, anna: Client) -> None:
    form = next(form for form in Page(anna.get(reverse("invite"), {"ansvarig": "x"}).content.decode()).forms if "email" in form.fields)
    assert form.values().get("email", "") == ""


@pytest.mark.parametrize(("host", "only_here"), [
    ("localhost", True), ("localhost:8000", True), ("127.0.0.1:8000", True), ("127.0.0.1", True), ("[::1]:8000", True), ("testserver", False)])
def test_a_link_that_nobody_else_can_open_says_so(town: Town, anna: Client, host: str, only_here: bool, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    sent = {"name": "Nils Ny", "email": f"nils{len(host)}@granviken.example", "organisation": "Granvikens kommun", "role": "reader", "once": host}
    shown = anna.post(reverse("invite"), sent, headers={"host": host}).content.decode()
    assert "Inbjudan är klar" in shown and ("Länken går bara att öppna på den här datorn" in shown) is only_here
    link = anna.post(reverse("password_link", args=[town.membership]), headers={"host": host}).content.decode()
    assert ("Länken går bara att öppna på den här datorn" in link) is only_here
