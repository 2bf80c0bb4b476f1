"""What an attacker tried against meetings, letters, links and calendars: rows of others in what a form sends, and words that do harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.chain.notice_values import Person
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.meeting import group_writes, line_writes, live_writes, writes
from samsyn.records.meeting.models import AgendaPoint, Attendance, Group, GroupMember, GroupPlan, Meeting, MeetingLine
from samsyn.records.outbox.link_reads import token_of
from samsyn.records.outbox.link_writes import make_answer_link, make_calendar_link
from samsyn.records.outbox.models import Letter, LetterKind, LetterState, Link
from samsyn.records.outbox.writes import queue_letter
from samsyn.records.partnership.models import Membership
from samsyn.records.plan.models import Action
from tests.web.a_steering_meeting import closed_meeting, steering_meeting
from tests.web.conftest import NOW, TODAY, Town
from tests.web.live_meeting import given, Held, live_meeting, write_line

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]
NUMBER = "19811218-9876"  # of nobody: the example number of the tax agency


@dataclass(frozen=True)
class There:
    """Rows of another partnership, to be named in what a form of ours sends."""

    group: UUID
    person: UUID
    meeting: UUID
    point: UUID
    line: UUID
    attendance: UUID
    letter: UUID
    link: UUID
    member: UUID
    plan: UUID
    action: UUID


@pytest.fixture
def there(town: Town) -> There:
    """Erik's partnership has a group and a meeting that goes on, with a line, somebody there, a letter and a link."""
    at: dict[str, Any] = {"partnership": town.elsewhere, "actor": Actor(ActorKind.USER, str(town.users["Erik"]), "Erik"), "at": NOW}
    group = group_writes.add_group(values={"name": "Deras grupp", "kind": "steering"}, plans=[town.elsewhere_plan], **at).id
    person = group_writes.add_member(group=group, values={"name": "Erik"}, **at).id
    meeting = writes.plan_meeting(group=group, starts_at=NOW, minutes=60, **at).id
    point = writes.add_point(meeting=meeting, title="Deras punkt", **at).id
    live_writes.open_meeting(meeting=meeting, **at)
    line = line_writes.add_line(meeting=meeting, point=point, text="Erik: deras uppdrag före 15 mars", today=TODAY, **at).id
    attendance = line_writes.add_attendant(meeting=meeting, name="Gun", **at).id
    letter = queue_letter(kind=LetterKind.HELP, person=Person("Erik", "erik@norrangen.example"), subject="Hjälp", text="Deras ord", **at)
    link = make_answer_link(subject_kind="action", subject_id=town.elsewhere_action, person=Person("Erik", "erik@norrangen.example"), **at).id
    member = Membership.objects.within(town.elsewhere).filter(user_id=town.users["Erik"], ended_at=None)[0].id
    return There(group, person, meeting, point, line, attendance, letter, link, member, town.elsewhere_plan, town.elsewhere_action)


def state_of(partnership: UUID) -> list[Any]:
    """Return all that could have been changed of a partnership's meetings, letters and links."""
    models: list[Any] = [Group, GroupMember, GroupPlan, Meeting, AgendaPoint, MeetingLine, Attendance, Letter, Link, Membership, Action]
    return [sorted(map(str, model.objects.within(partnership).values_list())) for model in models]


Sent = Callable[[Town, There, Held], tuple[str, dict[str, Any]]]


def live(held: Held, name: str, **sent: Any) -> tuple[str, dict[str, Any]]:
    return reverse(name, args=[held.meeting]), {"once": uuid4().hex, **sent}


FOREIGN: dict[str, Sent] = {
    "a line under their point": lambda town, them, held: live(held, "live_write", text="Vår rad", point=them.point),
    "a step to their point": lambda town, them, held: live(held, "live_step", act="go", point=them.point),
    "their person here": lambda town, them, held: live(held, "live_attend", person=them.person, here="present"),
    "their attendance changed": lambda town, them, held: live(held, "live_attend", row=them.attendance, here="absent"),
    "their line taken out": lambda town, them, held: (reverse("live_line", args=[held.meeting, them.line]), {"act": "remove"}),
    "our line to their point": lambda town, them, held: (
        reverse("live_line", args=[held.meeting, write_line(town, held, "Bo: lampan")]),
        {"kind": "note", "text": "Lampan", "owner": "", "due_on": "", "point": them.point, "version": 1, "once": uuid4().hex}),
    "the face of their point": lambda town, them, held: (
        reverse("live_faces", args=[held.meeting, them.point]), {"implementation": "under_way", "why": "x", "once": uuid4().hex}),
    "before their point": lambda town, them, held: (reverse("move_point", args=[held.meeting, held.points[0]]), {"before": them.point}),
    "their point off our agenda": lambda town, them, held: (reverse("remove_point", args=[held.meeting, them.point]), {}),
    "their meeting cancelled": lambda town, them, held: (reverse("cancel_meeting", args=[them.meeting]), {}),
    "their plan in our group": lambda town, them, held: (
        reverse("change_group", args=[held.group]),
        {"name": "Vår", "kind": "working", "every": "month", "minutes": 60, "plans": [them.plan], "version": 1, "once": uuid4().hex}),
    "their member in our group": lambda town, them, held: (reverse("add_people", args=[held.group]), {"members": [them.member], "once": uuid4().hex}),
    "their person out of our group": lambda town, them, held: (reverse("remove_person", args=[held.group, them.person]), {}),
    "a meeting of their group": lambda town, them, held: (
        reverse("plan_meeting"), {"group": them.group, "starts_at": "2026-12-01 13:00", "minutes": 60, "once": uuid4().hex}),
    "their letter ticked": lambda town, them, held: (reverse("tick_letters"), {"letter": [them.letter]}),
    "their letter alone ticked": lambda town, them, held: (reverse("tick_letters"), {"one": them.letter}),
    "their letter sent again": lambda town, them, held: (reverse("letter", args=[them.letter]), {"act": "again", "email": "evil@x.example"}),
    "their link revoked": lambda town, them, held: (
        reverse("action_links", args=[town.plan, town.bo_action]), {"act": "revoke", "link": them.link}),
    "a link to their action": lambda town, them, held: (
        reverse("action_links", args=[town.plan, them.action]), {"name": "Evil", "email": "evil@x.example"}),
    "a reminder of their action": lambda town, them, held: (reverse("remind"), {"subject": them.action, "once": uuid4().hex}),
    "a calendar of their plan": lambda town, them, held: (reverse("make_calendar"), {"kind": "plan", "subject": them.plan}),
    "a calendar of their group": lambda town, them, held: (reverse("make_calendar"), {"kind": "group", "subject": them.group}),
    "a calendar of their member": lambda town, them, held: (reverse("make_calendar"), {"kind": "person", "subject": them.member}),
    "an answer about their assignment": lambda town, them, held: (
        reverse("answer_assignment", args=[them.line]), {"svar": "klar", "how": "done_as_intended", "text": "x", "once": uuid4().hex}),
    "their plan adopted here": lambda town, them, held: (
        reverse("adopt_in_meeting", args=[steering_meeting(town), them.plan]), {"words": "Vi antar", "once": uuid4().hex}),
    "their pace": lambda town, them, held: (reverse("change_plan_pace", args=[them.plan]), {"silent_days": 1, "due_soon_days": 1, "days_between": 1}),
    "our assignment in their plan": lambda town, them, held: _put(town, plan=them.plan),
    "a decision under their point": lambda town, them, held: (
        reverse("set_aside", args=[steering_meeting(town), town.plan]), {"words": "Vi sätter av", "money": 1, "point": them.point, "once": uuid4().hex}),
}


def _put(town: Town, **sent: Any) -> tuple[str, dict[str, Any]]:
    made = closed_meeting(town)
    return reverse("put_in_plan", args=[made["meeting"], made["row"]]), {"text": "Lampan", "cause": "", "once": uuid4().hex, **sent}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_row_of_another_partnership_in_a_form_changes_nothing_there_and_is_not_taken_here(
        case: str, town: Town, there: There, anna: Client) -> None:
    address, sent = FOREIGN[case](town, there, live_meeting(town))
    before = state_of(town.elsewhere)
    response = anna.post(address, sent)
    assert response.status_code < 500
    assert state_of(town.elsewhere) == before
    ours = str(state_of(town.partnership))
    assert not [one for one in vars(there).values() if repr(one) in ours or str(one) in ours], case


def test_the_same_forms_with_rows_of_ones_own_do_change_things(town: Town, anna: Client) -> None:
    held = live_meeting(town)
    before = state_of(town.partnership)
    anna.post(*live(held, "live_write", text="Vår rad", point=held.points[1]))
    assert state_of(town.partnership) != before


def test_no_personal_number_comes_in_where_an_owner_is_chosen(town: Town, anna: Client) -> None:
    held = live_meeting(town)
    line = write_line(town, held, "Nisse: lampan före 15 mars")
    refused = anna.post(reverse("live_line", args=[held.meeting, line]), {"act": "owner", "owner": NUMBER, "was": "Nisse"})
    assert refused.status_code == 400 and "personnummer" in refused.content.decode()
    assert NUMBER not in str(state_of(town.partnership))


def test_who_leaves_answers_by_no_link_reads_no_calendar_and_is_sent_nothing(town: Town, anna: Client) -> None:
    gun = Person("Gun", "gun@x.example")
    dana = Person("Dana", Membership.objects.within(town.partnership).get(id=town.membership).user.email)
    answers = make_answer_link(subject_kind="action", subject_id=town.bo_action, person=dana, **given(town))
    feed = make_calendar_link(subject_kind="plan", subject_id=town.plan, person=dana, **given(town))
    others = make_answer_link(subject_kind="action", subject_id=town.bo_action, person=gun, **given(town))
    waits = {who: queue_letter(kind=LetterKind.MINUTES, person=who, subject="Protokoll", text="Ord", **given(town)) for who in (dana, gun)}
    addresses = [reverse("answer_link", args=[token_of(answers.id)]), reverse("calendar", args=[token_of(feed.id)])]
    assert [Client().get(address).status_code for address in addresses] == [200, 200]
    said = anna.post(reverse("change_member", args=[town.membership]), {"act": "end"}, follow=True).content.decode()
    assert "slutar gälla" in said and "Ett utskick till personen skickas inte." in said
    assert [Client().get(address).status_code for address in addresses] == [404, 404]
    assert Client().get(reverse("answer_link", args=[token_of(others.id)])).status_code == 200
    assert {who.name: Letter.objects.within(town.partnership).get(id=one).state for who, one in waits.items()} == {
        "Dana": LetterState.DROPPED, "Gun": LetterState.READY}


def test_a_meeting_with_thousands_of_lines_stays_a_page_that_can_be_fetched_again_and_again(town: Town, anna: Client) -> None:
    held = live_meeting(town)
    for part in range(6):
        line_writes.add_lines(meeting=held.meeting, point=held.points[0], texts=[f"Beslut: rad {part * 100 + n} om lampan" for n in range(100)], today=TODAY,
                              **{**given(town), "at": NOW + timedelta(seconds=part)})
    response = anna.get(reverse("live_news", args=[held.meeting]), {"revision": "0"})
    html = response.content.decode()
    assert len(response.content) < 600_000, len(response.content)
    assert "rad 599 om lampan" in html and "rad 399 om lampan" not in html, "the latest are shown"
    assert "400 tidigare rader visas inte här" in html.replace("\u202f", " ")


def test_a_paper_that_cannot_be_made_leaves_the_meeting_open_and_says_so(
        town: Town, anna: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    from samsyn.flows import closing
    from samsyn.formats.report_typst import ReportFailed

    def fails(content: Any) -> bytes:
        raise ReportFailed("no such font")

    meeting = steering_meeting(town)
    monkeypatch.setattr(closing, "minutes_pdf", fails)
    response = anna.post(reverse("close_meeting", args=[meeting]), {"once": uuid4().hex})
    assert response.status_code == 409 and "allt ni har skrivit är kvar" in response.content.decode()
    assert Meeting.objects.within(town.partnership).get(id=meeting).state == "live" and "no such font" in caplog.text
