"""The live page of a meeting: what each person sees, what is written, what is refused and given back, and what is never shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.chain.meeting_values import Here, LineKind, MeetingState
from samsyn.records.access.models import CurrentAct, Event
from samsyn.records.meeting import line_reads
from samsyn.records.meeting.models import Meeting
from samsyn.records.meeting.reads import meeting_head, points
from tests.web.conftest import Town
from tests.web.live_meeting import Held, live_meeting, planned_meeting, write_line

Enter = Callable[..., Client]
SCRIPT = {"HTTP_X_LIVE": "1"}
PERSONAL = "Ring 19121212-1212 i morgon"  # the Swedish Tax Agency's own example of a number that nobody has


@pytest.fixture
def held(town: Town, db: None) -> Held:
    return live_meeting(town)


def at(name: str, held: Held, *more: Any) -> str:
    return reverse(name, args=[held.meeting, *more])


def lines(town: Town, held: Held) -> tuple[line_reads.LineHead, ...]:
    return line_reads.lines(town.partnership, held.meeting)


def put(client: Client, held: Held, text: str, *, point: int = 0, **more: Any) -> Any:
    return client.post(at("live_write", held), {"text": text, "point": str(held.points[point]), "once": uuid4().hex, **more.pop("sent", {})}, **more)


def set_state(held: Held, town: Town, state: MeetingState) -> None:
    from samsyn.records.access.acts import Act, Actor, ActorKind
    from samsyn.records.access.writes import writing
    from tests.web.conftest import NOW

    with writing(actor=Actor(ActorKind.USER, "1", "Anna"), at=NOW, act=Act(kind="meeting.tested", words="provade", partnership=town.partnership)):
        Meeting.objects.within(town.partnership).filter(id=held.meeting).update(state=state, closed_at=NOW, closed_by="Anna")
    assert not CurrentAct.objects.exists()


def test_before_it_is_opened_only_those_who_hold_it_can_open_it(town: Town, enter: Enter) -> None:
    held = planned_meeting(town)
    assert "Öppna mötet</button>" in enter("Anna").get(at("live", held)).content.decode()
    shown = enter("Bo").get(at("live", held)).content.decode()
    assert "Öppna mötet</button>" not in shown and "Sidan visar mötet när det öppnas" in shown
    assert "<textarea" not in shown
    for _ in range(2):
        assert enter("Anna").post(at("live_open", held)).status_code == 302
    head = meeting_head(town.partnership, held.meeting)
    assert head is not None and (head.state, head.current) == (MeetingState.LIVE, held.points[0])


def test_a_line_becomes_a_row_with_its_chip(anna: Client, held: Held, town: Town) -> None:
    assert put(anna, held, "Bo: belysning Parkvägen före 15 mars").headers["Location"] == at("live", held)
    shown = anna.get(at("live", held)).content.decode()
    assert "Uppdrag · Bo · senast 2027-03-15" in shown and "belysning Parkvägen" in shown
    assert "09.14, Anna" in shown


def test_a_script_gets_the_parts_and_only_what_is_new(anna: Client, held: Held, town: Town) -> None:
    first = put(anna, held, "en anteckning", **SCRIPT)
    assert first.status_code == 200 and "en anteckning" in first.content.decode() and "<html" not in first.content.decode()
    found = re.search(r'data-revision="(\d+)".*data-stamp="(\w+)"', first.content.decode())
    assert found is not None
    revision, stamp = found.groups()
    assert anna.get(at("live_news", held), {"revision": revision}).status_code == 204
    write_line(town, held, "en till", name="Bo")
    news = anna.get(at("live_news", held), {"revision": revision, "fakta": stamp})
    assert news.status_code == 200 and "en till" in news.content.decode()
    assert 'id="live-nu"' not in news.content.decode()  # the facts of the point are the same: they are not sent again
    assert 'id="live-nu"' in anna.get(at("live_news", held), {"revision": revision, "fakta": "another"}).content.decode()


def test_nothing_is_written_by_looking(anna: Client, held: Held) -> None:
    before = Event.objects.count()
    for address in (at("live", held), at("live", held) + f"?punkt={held.points[1]}", at("live_news", held)):
        assert anna.get(address).status_code == 200
    assert Event.objects.count() == before


def test_pasted_lines_are_rows(anna: Client, held: Held, town: Town) -> None:
    put(anna, held, "Bo: en sak fredag\r\n\r\nBeslut: två\r\ntre")
    assert [(line.kind, line.text) for line in lines(town, held)] == [
        (LineKind.ASSIGNMENT, "en sak"), (LineKind.DECISION, "två"), (LineKind.NOTE, "tre")]


def test_the_same_form_twice_is_one_row(anna: Client, held: Held, town: Town) -> None:
    for _ in range(2):
        assert put(anna, held, "en gång", sent={"once": "nyckel"}).status_code == 302
    assert len(lines(town, held)) == 1


@pytest.mark.parametrize(("text", "said"), [("", "Raden är tom"), (" \r\n ", "Raden är tom"), (PERSONAL, "personnummer"), ("lång " * 2_000, "för lång")])
@pytest.mark.parametrize("more", [{}, SCRIPT], ids=["form", "script"])
def test_what_cannot_be_kept_is_refused_kindly_and_given_back(text: str, said: str, more: dict[str, Any], anna: Client, held: Held, town: Town) -> None:
    answer = put(anna, held, text, **more)
    assert answer.status_code == 400 and said in answer.content.decode()
    assert lines(town, held) == ()
    if not more:
        assert text.strip() in answer.content.decode()


def test_a_line_as_long_as_any_field_is_kept_whole(anna: Client, held: Held, town: Town) -> None:
    put(anna, held, "ord " * 1_200)
    assert lines(town, held)[0].text == ("ord " * 1_200).strip()
    assert anna.get(at("live", held)).status_code == 200


def test_markup_in_a_line_is_text(anna: Client, held: Held) -> None:
    put(anna, held, "<script>alert(1)</script> & <b>Bo</b>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;Bo" in anna.get(at("live", held)).content.decode()


@pytest.mark.parametrize("more", [{}, SCRIPT], ids=["form", "script"])
@pytest.mark.parametrize(("state", "said"), [(MeetingState.CLOSED, "Mötet är avslutat"), (MeetingState.CANCELLED, "Mötet är inställt")])
def test_after_the_meeting_nothing_is_written_and_the_text_is_given_back(
        state: MeetingState, said: str, more: dict[str, Any], anna: Client, held: Held, town: Town) -> None:
    set_state(held, town, state)
    answer = put(anna, held, "en tanke för sent", **more)
    assert answer.status_code == 409 and said in answer.content.decode()
    assert more or "en tanke för sent" in answer.content.decode()
    assert lines(town, held) == ()


def test_a_closed_meeting_is_read_only_and_leads_to_its_minutes(anna: Client, held: Held, town: Town) -> None:
    write_line(town, held, "Beslut: ja")
    set_state(held, town, MeetingState.CLOSED)
    shown = anna.get(at("live", held)).content.decode()
    assert "Mötet är avslutat" in shown and reverse("minutes", args=[held.meeting]) in shown
    assert "<form" not in shown and "live.js" not in shown and ">ja<" in shown


def test_a_reader_sees_and_cannot_write(enter: Enter, held: Held, town: Town) -> None:
    write_line(town, held, "Bo: lampan")
    shown = enter("Rut").get(at("live", held)).content.decode()
    assert "lampan" in shown and "<form" not in shown and "Du kan läsa men inte skriva här" in shown


def test_a_member_looks_freely_while_the_meeting_is_elsewhere(enter: Enter, held: Held) -> None:
    shown = enter("Bo").get(at("live", held), {"punkt": str(held.points[2])}).content.decode()
    assert 'tabindex="-1">Nästa gång</h1>' in shown and "Mötet är på 1. Sedan sist" in shown and "Följ mötet" in shown
    assert 'tabindex="-1">Sedan sist</h1>' in enter("Bo").get(at("live", held), {"punkt": "skräp"}).content.decode()


def test_those_who_hold_it_step_and_others_follow(enter: Enter, held: Held, town: Town) -> None:
    anna = enter("Anna")
    anna.post(at("live_step", held), {"act": "next", "point": str(held.points[0])})
    anna.post(at("live_step", held), {"act": "next", "point": str(held.points[0])})  # a second click steps to the same point
    assert 'tabindex="-1">1.1 Belysning</h1>' in enter("Bo").get(at("live", held)).content.decode()
    assert enter("Bo").post(at("live_step", held), {"act": "next", "point": str(held.points[1])}).status_code == 403
    anna.post(at("live_step", held), {"act": "park", "point": str(held.points[1])})
    anna.post(at("live_step", held), {"act": "next", "point": str(held.points[1])})
    anna.post(at("live_step", held), {"act": "next", "point": str(held.points[2])})
    marks = [(one.done_at is not None, one.parked_at is not None) for one in points(town.partnership, held.meeting)]
    assert marks == [(True, False), (False, True), (True, False)]
    assert "till nästa gång" in anna.get(at("live", held)).content.decode()
    assert anna.post(at("live_step", held), {"act": "next", "point": str(uuid4())}).status_code == 409


def test_the_point_of_an_action_tells_what_is_known_of_it(anna: Client, held: Held, town: Town) -> None:
    from samsyn.records.follow_up.reads import plan_values
    from samsyn.records.plan.reads import plan_heads

    head = next(one for one in plan_heads(town.partnership) if one.id == town.plan)
    action = next(one for one in plan_values(head).actions if one.id == str(town.bo_action))
    shown = anna.get(at("live", held), {"punkt": str(held.points[1])}).content.decode()
    assert action.responsible in shown and "Senast hört" in shown and "Sätt gubben för" in shown
    assert not (action.responsible_email and action.responsible_email in shown)


def test_no_phone_number_and_no_address_is_on_the_shared_screen(anna: Client, held: Held, town: Town) -> None:
    write_line(town, held, "Bo: lampan före 15 mars")
    anna.post(at("live_attend", held), {"act": "rest"})
    for point in held.points:
        shown = anna.get(at("live", held), {"punkt": str(point)}).content.decode()
        assert "tel:" not in shown and "mailto:" not in shown
        assert not re.search(r"[\w.]+@[\w.]+\.\w+", shown)


def test_setting_a_face_in_the_meeting_changes_the_plan_and_writes_a_line(anna: Client, held: Held, town: Town) -> None:
    from samsyn.records.follow_up.reads import past_faces

    address = at("live_faces", held, held.points[1])
    sent = {"implementation": "done_as_intended", "result": "better", "rests_on": "observed", "why": "Det syns på torget", "once": uuid4().hex}
    before = Event.objects.count()
    assert anna.post(address, sent).status_code == 302
    assert Event.objects.count() == before + 1
    assert anna.post(address, sent).status_code == 302
    (line,) = lines(town, held)
    assert line.kind is LineKind.NOTE and "bättre. Det syns på torget" in line.text and line.action == town.bo_action
    assert past_faces(town.partnership, town.bo_action)[0].at.isoformat().startswith("2026-11-23")


@pytest.mark.parametrize("more", [{}, SCRIPT], ids=["form", "script"])
def test_a_face_without_a_reason_is_refused_and_nothing_is_set(more: dict[str, Any], anna: Client, held: Held, town: Town) -> None:
    answer = anna.post(at("live_faces", held, held.points[1]), {"implementation": "under_way", "result": "worse", "why": "", "once": "x"}, **more)
    assert answer.status_code == 400 and "Skriv ett ord om varför." in answer.content.decode()
    assert lines(town, held) == ()
    assert anna.post(at("live_faces", held, held.points[0]), {"implementation": "under_way"}).status_code == 404


def test_attendance_is_said_by_a_button_and_for_somebody_who_came_besides(anna: Client, held: Held, town: Town) -> None:
    anna.post(at("live_attend", held), {"person": str(held.people["Bo"]), "here": "remote"})
    anna.post(at("live_attend", held), {"act": "rest"})
    late = {"act": "add", "name": "Iris", "position": "Praktikant", "here": "present", "once": uuid4().hex}
    for _ in range(2):
        assert anna.post(at("live_attend", held), late).headers["Location"].endswith("#narvaro")
    assert "Tre är här, en på länk." in anna.get(at("live", held)).content.decode()
    row = next(one for one in line_reads.attendance(town.partnership, held.meeting) if one.name == "Iris")
    anna.post(at("live_attend", held), {"row": str(row.id), "here": "absent"})
    assert {one.name: one.here for one in line_reads.attendance(town.partnership, held.meeting)} == {
        "Anna": Here.PRESENT, "Bo": Here.REMOTE, "Iris": Here.ABSENT, "Nour": Here.PRESENT}


@pytest.mark.parametrize(("sent", "status"), [
    ({"person": str(uuid4()), "here": "present"}, 409), ({"here": "flying"}, 409), ({}, 409), ({"act": "add", "name": ""}, 400),
    ({"act": "add", "name": PERSONAL, "here": "present"}, 400), ({"act": "add", "name": "Iris", "here": "absent"}, 400)])
@pytest.mark.parametrize("more", [{}, SCRIPT], ids=["form", "script"])
def test_attendance_that_makes_no_sense_is_refused(sent: dict[str, str], status: int, more: dict[str, Any], anna: Client, held: Held, town: Town) -> None:
    assert anna.post(at("live_attend", held), sent, **more).status_code == status
    assert line_reads.attendance(town.partnership, held.meeting) == ()


def form_of(client: Client, held: Held, line: Any) -> dict[str, str]:
    """Return the hidden fields of a line's form as somebody opened it."""
    page = client.get(at("live_line", held, line)).content.decode()
    return {name: (re.search(rf'name="{name}" value="([^"]*)"', page) or re.search(r"()", page))[1].replace("&quot;", '"')  # type: ignore[index]
            for name in ("once", "version", "base")}


def test_two_who_change_the_same_line_get_both_texts(enter: Enter, held: Held, town: Town) -> None:
    line = write_line(town, held, "Bo: lampan")
    anna, bo = enter("Anna"), enter("Bo")
    first, second = form_of(anna, held, line), form_of(bo, held, line)
    kept = {"kind": "assignment", "owner": "Bo", "due_on": "", "point": str(held.points[0])}
    assert anna.post(at("live_line", held, line), {**first, **kept, "text": "stora lampan"}).status_code == 302
    both = bo.post(at("live_line", held, line), {**second, **kept, "text": "lilla lampan"})
    assert both.status_code == 409
    assert "stora lampan" in both.content.decode() and "lilla lampan" in both.content.decode()
    third = form_of(bo, held, line)
    assert bo.post(at("live_line", held, line), {**second, "once": third["once"], **kept, "text": "lampan", "due_on": "2027-03-15"}).status_code == 302
    (row,) = lines(town, held)
    assert (row.text, str(row.due_on)) == ("stora lampan", "2027-03-15")


def test_a_line_is_changed_in_kind_owner_day_and_point(anna: Client, held: Held, town: Town) -> None:
    line = write_line(town, held, "lampan")
    opened = form_of(anna, held, line)
    sent = {**opened, "kind": "assignment", "text": "lampan", "owner": "", "due_on": "2027-03-15", "point": str(held.points[1])}
    refused = anna.post(at("live_line", held, line), sent)
    assert refused.status_code == 400 and "Ett uppdrag behöver någon som gör det" in refused.content.decode()
    assert anna.post(at("live_line", held, line), {**sent, "owner": "bo"}).status_code == 302
    (row,) = lines(town, held)
    assert (row.kind, row.owner, str(row.due_on), row.point, row.action) == (LineKind.ASSIGNMENT, "Bo", "2027-03-15", held.points[1], town.bo_action)


def test_who_is_meant_is_chosen_with_a_button(anna: Client, held: Held, town: Town) -> None:
    from samsyn.records.meeting import group_writes
    from tests.web.live_meeting import given

    for name in ("Ali Ek", "Ali Öberg"):
        group_writes.add_member(group=held.group, values={"name": name}, **given(town))
    line = write_line(town, held, "Ali: ring skolan")
    assert "Vem menas? Välj Ali Ek eller Ali Öberg." in anna.get(at("live", held)).content.decode()
    anna.post(at("live_line", held, line), {"act": "owner", "was": "Ali", "owner": "Ali Öberg"})
    assert "Vem menas?" not in anna.get(at("live", held)).content.decode()
    assert lines(town, held)[0].owner == "Ali Öberg"
    assert anna.post(at("live_line", held, line), {"act": "owner", "was": "Ali", "owner": "Ali Ek"}).status_code == 409
    assert lines(town, held)[0].owner == "Ali Öberg"


def test_a_line_is_taken_out_and_then_it_is_not_there(anna: Client, held: Held, town: Town) -> None:
    line = write_line(town, held, "fel rad")
    assert anna.post(at("live_line", held, line), {"act": "remove"}).status_code == 302
    assert lines(town, held) == () and "fel rad" not in anna.get(at("live", held)).content.decode()
    assert anna.get(at("live_line", held, line)).status_code == 404


def test_a_day_that_does_not_exist_is_said_beside_the_row(anna: Client, held: Held) -> None:
    put(anna, held, "Bo: lampan 30 februari")
    assert "30 februari finns inte. Skriv en annan dag." in anna.get(at("live", held)).content.decode()


def test_a_meeting_without_points_is_written_in_as_a_whole(anna: Client, held: Held, town: Town) -> None:
    from samsyn.records.meeting import writes
    from tests.web.live_meeting import given

    for point in held.points:
        writes.withdraw_point(meeting=held.meeting, point=point, **given(town))
    shown = anna.get(at("live", held)).content.decode()
    assert "Dagordningen är tom" in shown
    assert anna.post(at("live_write", held), {"text": "ändå", "point": "", "once": "1"}).status_code == 302
    assert lines(town, held)[0].point is None
    assert anna.post(at("live_write", held), {"text": "borta", "point": str(held.points[0])}).status_code == 409
    assert anna.post(at("live_write", held), {"text": "skräp", "point": "skräp"}).status_code == 409


def test_an_open_page_that_asks_whether_there_is_news_costs_few_queries(anna: Client, held: Held, django_assert_max_num_queries: Any) -> None:
    revision = str(line_reads.revision(Meeting.unscoped.get(id=held.meeting).partnership_id, held.meeting))
    with django_assert_max_num_queries(5):
        assert anna.get(at("live_news", held), {"revision": revision}).status_code == 204
