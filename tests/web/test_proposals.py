"""A proposed due date waits for the coordinator, who says yes or no; and the large buttons for somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from samsyn.chain.answers import Answer
from samsyn.chain.choices import Implementation
from samsyn.chain.face import implementation_of, standing_check_ins
from samsyn.chain.plan import Action
from samsyn.flows.answering import Answered, answer_action
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.access.models import Event
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.outbox.models import Letter
from samsyn.records.plan import writes
from samsyn.records.plan.proposal_reads import open_help, open_proposals
from samsyn.records.plan.reads import plan_head
from tests.web.conftest import NOW, Town
from tests.web.html_page import Page

Enter = Callable[..., Client]
NEW_DAY = date(2027, 2, 1)
NUMBER = "811218-9876"  # of nobody: the example number of the tax agency


def actor(town: Town, name: str) -> Actor:
    return Actor(ActorKind.USER, str(town.users[name]), name)


def say(town: Town, answer: Answer = Answer.DELAYED, minutes: int = 0, by: str = "Bo", **said: Any) -> UUID:
    """Let somebody answer about Bo's action; return its check-in."""
    said = {"proposed_due_on": NEW_DAY, "text": "Tjäle"} | said if answer is Answer.DELAYED else said
    answer_action(partnership=town.partnership, action=town.bo_action, organisation=town.organisation, said=Answered(answer=answer, **said),
                  actor=actor(town, by), at=NOW + timedelta(minutes=minutes))
    return UUID(standing_check_ins(action_now(town))[-1].id)


def action_now(town: Town) -> Action:
    head = plan_head(town.partnership, town.plan)
    assert head
    return next(one for one in plan_values(head).actions if one.id == str(town.bo_action))


def address_of(town: Town, check_in: UUID) -> str:
    return f"/planer/{town.plan}/atgarder/{town.bo_action}/forslag/{check_in}/"


def proposed(town: Town) -> list[date]:
    return [one.proposed_due_on for one in open_proposals(town.partnership)]


def test_a_proposal_is_open_until_it_is_accepted_and_then_the_date_holds(town: Town, anna: Client) -> None:
    before = proposed(town)
    check_in = say(town, minutes=1)
    due_on = action_now(town).due_on
    assert due_on != NEW_DAY and proposed(town) == [*before, NEW_DAY]
    events = Event.objects.count()
    response = anna.post(address_of(town, check_in), {"act": "accept"}, follow=True)
    assert "Det nya datumet gäller: 2027-02-01." in response.content.decode()
    assert action_now(town).due_on == NEW_DAY and proposed(town) == before
    assert Event.objects.count() == events + 1  # one act


def test_a_proposal_that_is_declined_leaves_the_date_and_says_why(town: Town, anna: Client) -> None:
    check_in = say(town, minutes=-1)
    due_on = action_now(town).due_on
    response = anna.post(address_of(town, check_in), {"act": "decline", "text": "Vi behöver den till jul."}, follow=True)
    assert response.status_code == 200
    action = action_now(town)
    last = standing_check_ins(action)[-1]
    assert action.due_on == due_on and last.by == "Anna" and last.implementation is None
    assert last.text.startswith("Nej till 2027-02-01.") and last.text.endswith("Vi behöver den till jul.")
    assert open_proposals(town.partnership, [town.bo_action]) == ()


def test_a_second_yes_or_a_late_no_changes_nothing_and_says_so(town: Town, anna: Client) -> None:
    check_in = say(town, minutes=-1)
    assert anna.post(address_of(town, check_in), {"act": "accept"}).status_code == 302
    events = Event.objects.count()
    for act in ("accept", "decline"):
        page = anna.post(address_of(town, check_in), {"act": act}, follow=True).content.decode()
        assert "redan besvarat" in page
    assert Event.objects.count() == events and action_now(town).due_on == NEW_DAY


def test_only_what_was_said_last_is_a_proposal(town: Town, db: None) -> None:
    first = say(town, minutes=1)
    say(town, minutes=2, proposed_due_on=date(2027, 3, 1))
    assert [one.proposed_due_on for one in open_proposals(town.partnership, [town.bo_action])] == [date(2027, 3, 1)]
    assert first not in {one.check_in for one in open_proposals(town.partnership)}
    say(town, Answer.UNDER_WAY, minutes=3)
    assert open_proposals(town.partnership, [town.bo_action]) == ()


def test_a_proposal_of_the_date_that_holds_or_of_an_action_taken_out_is_none(town: Town, db: None) -> None:
    due_on = action_now(town).due_on
    if due_on:
        say(town, minutes=1, proposed_due_on=due_on)
        assert open_proposals(town.partnership, [town.bo_action]) == ()
    say(town, minutes=2)
    assert len(open_proposals(town.partnership, [town.bo_action])) == 1
    writes.withdraw_row(partnership=town.partnership, plan=town.plan, kind="action", row_id=town.bo_action, actor=actor(town, "Anna"), at=NOW)
    assert open_proposals(town.partnership, [town.bo_action]) == ()


def test_a_corrected_answer_proposes_what_its_correction_does(town: Town, db: None) -> None:
    wrong = say(town, minutes=1)
    writes.add_check_in(partnership=town.partnership, action=town.bo_action, organisation=town.organisation, values={"text": "Fel åtgärd"},
                        corrects=wrong, actor=actor(town, "Bo"), at=NOW + timedelta(minutes=2))
    assert open_proposals(town.partnership, [town.bo_action]) == ()


def test_no_other_partnership_sees_a_proposal(town: Town, enter: Enter) -> None:
    check_in = say(town, minutes=1)
    assert open_proposals(town.elsewhere) == () and open_help(town.elsewhere) == ()
    assert enter("Erik").post(address_of(town, check_in), {"act": "accept"}).status_code == 404


def test_a_personal_number_in_a_no_is_refused_and_the_words_are_kept(town: Town, anna: Client) -> None:
    check_in = say(town, minutes=1)
    response = anna.post(address_of(town, check_in), {"act": "decline", "text": f"Kvar {NUMBER}"})
    assert response.status_code == 400 and f"Kvar {NUMBER}" in response.content.decode()
    assert len(open_proposals(town.partnership, [town.bo_action])) == 1


def test_the_action_page_shows_the_proposal_to_all_and_its_buttons_to_the_coordinator(town: Town, enter: Enter) -> None:
    check_in = say(town, minutes=1)
    page = f"/planer/{town.plan}/atgarder/{town.bo_action}/"
    for who, has_buttons in (("Anna", True), ("Bo", False), ("Rut", False)):
        html = enter(who).get(page).content.decode()
        assert "Nytt datum föreslås" in html
        assert (address_of(town, check_in) in html) is has_buttons


@pytest.mark.parametrize(("who", "sees"), [("Anna", True), ("Bo", True), ("Carin", False), ("Rut", False)])
def test_those_who_may_check_in_have_the_five_large_buttons(who: str, sees: bool, town: Town, enter: Enter) -> None:
    html = enter(who).get(f"/planer/{town.plan}/atgarder/{town.bo_action}/").content.decode()
    links = [str(given.get("href")) for tag, given in Page(html).tags if tag == "a" and "/svar/?svar=" in str(given.get("href"))]
    assert len(links) == (5 if sees else 0)


def test_a_responsible_answers_with_two_presses_and_no_link(town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=1))
    bo, address = enter("Bo"), f"/planer/{town.plan}/atgarder/{town.bo_action}/svar/"
    (form,) = [one for one in Page(bo.get(address, {"svar": "klar", "tillbaka": "/"}).content.decode()).forms if "how" in one.fields]
    sent = {**form.values(), "how": "done_in_part", "text": "14 av 18"}
    response = bo.post(address + "?tillbaka=/", sent)
    assert (response.status_code, response["location"]) == (302, "/")
    action = action_now(town)
    last = standing_check_ins(action)[-1]
    assert (last.answer, last.by, last.by_email) == (Answer.DONE_IN_PART, "Bo", "") and implementation_of(action) is Implementation.DONE_IN_PART
    assert action.implementation and action.implementation.by == "Bo"
    count = len(action.check_ins)
    assert bo.post(address, sent).status_code == 302 and len(action_now(town).check_ins) == count


def test_help_is_seen_on_the_action_until_somebody_checks_in(town: Town, anna: Client) -> None:
    say(town, Answer.HELP, minutes=1, text="Vi saknar en nyckel", help_from="Fastighet")
    page = f"/planer/{town.plan}/atgarder/{town.bo_action}/"
    assert [one.help_from for one in open_help(town.partnership, [town.bo_action])] == ["Fastighet"]
    assert "Hjälpen behövs från: Fastighet." in anna.get(page).content.decode()
    assert Letter.objects.within(town.partnership).filter(kind="help", name="Anna").count() == 1
    say(town, Answer.UNDER_WAY, minutes=2, by="Anna")
    assert open_help(town.partnership, [town.bo_action]) == ()
    assert "Hjälpen behövs från" not in anna.get(page).content.decode().split("Avstämningar")[0]


def test_a_wrong_press_shows_the_question_again(town: Town, anna: Client) -> None:
    address = f"/planer/{town.plan}/atgarder/{town.bo_action}/svar/"
    for sent in ({}, {"svar": "nonsens"}, {"svar": "hjalp", "once": uuid4().hex}):
        assert anna.post(address, sent).status_code == 400
