"""A calendar holds what has a day for that person, plan or group, nothing more, and stops when its link is revoked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from samsyn.chain.notice_values import Person
from samsyn.records.access.models import Event
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.meeting import group_writes, writes
from samsyn.records.outbox.link_reads import token_of
from samsyn.records.outbox.link_writes import make_answer_link, make_calendar_link, revoke_link
from samsyn.records.plan.reads import plan_head
from tests.web.a_steering_meeting import closed_meeting, place_of, steering_meeting
from tests.web.conftest import NOW, Town
from tests.web.live_meeting import given

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]
NOBODY = Client()


def link_to(town: Town, kind: str, subject: UUID, name: str = "Bo") -> Any:
    return make_calendar_link(subject_kind=kind, subject_id=subject, person=Person(name, f"{name.lower()}@granviken.example"), **given(town))


def shown(link: Any) -> dict[str, Any]:
    """Return the events of a calendar, by uid, as another program reads them."""
    response = NOBODY.get(reverse("calendar", args=[token_of(link.id)]))
    assert response.status_code == 200 and response["Content-Type"] == 'text/calendar; charset="utf-8"'
    read = vobject.readOne(response.content.decode())
    return {event.uid.value: event for event in getattr(read, "vevent_list", [])}


def values(town: Town) -> Any:
    head = plan_head(town.partnership, town.plan)
    assert head is not None
    return plan_values(head)


def test_a_persons_calendar_holds_their_own_actions_and_nobody_elses(town: Town) -> None:
    bo = str(place_of(town, "Bo"))
    events = shown(link_to(town, "person", UUID(bo)))
    own = {f"atgard-{one.id}@samsyn": one for one in values(town).actions if one.responsible_member == bo and one.due_on}
    others = {f"atgard-{one.id}@samsyn" for one in values(town).actions if one.responsible_member != bo}
    assert own and others and not others & set(events)
    found = set(own) & set(events)
    assert found and all(events[uid].dtstart.value == own[uid].due_on for uid in found)


def test_an_action_that_has_ended_leaves_the_calendar(town: Town) -> None:
    from samsyn.chain.choices import Implementation
    from samsyn.records.follow_up.writes import set_face

    link = link_to(town, "person", place_of(town, "Bo"))
    uid = next(uid for uid in shown(link) if uid.startswith("atgard-"))
    set_face(action=UUID(uid.removeprefix("atgard-").removesuffix("@samsyn")), value=Implementation.DONE_AS_INTENDED, why="", rests_on=None, **given(town))
    assert uid not in shown(link)


def test_an_assignment_and_the_meetings_of_ones_groups_are_there(town: Town) -> None:
    made = closed_meeting(town)
    bo, carin = shown(link_to(town, "person", place_of(town, "Bo"))), shown(link_to(town, "person", place_of(town, "Carin"), "Carin"))
    assert f"uppdrag-{made['row']}@samsyn" in bo and f"mote-{made['meeting']}@samsyn" not in bo
    assert f"mote-{made['meeting']}@samsyn" in carin and not any(uid.startswith("uppdrag-") for uid in carin)


def test_a_groups_calendar_holds_its_meetings_assignments_and_reporting_days(town: Town) -> None:
    from samsyn.records.meeting.reads import meeting_head

    made = closed_meeting(town)
    head = meeting_head(town.partnership, made["meeting"])
    assert head is not None
    other = group_writes.add_group(values={"name": "En annan grupp", "kind": "working"}, **given(town)).id
    elsewhere = writes.plan_meeting(group=other, starts_at=NOW, minutes=60, **given(town)).id
    events = shown(link_to(town, "group", head.group))
    days = {f"rapportdag-{town.plan}-{one.on.isoformat()}@samsyn" for one in values(town).follow_up.informed_on}
    assert days and {f"mote-{head.id}@samsyn", f"uppdrag-{made['row']}@samsyn", *days} == set(events)
    assert set(shown(link_to(town, "group", other))) == {f"mote-{elsewhere}@samsyn"}


def test_a_plans_calendar_holds_that_plans_days_alone(town: Town) -> None:
    events = shown(link_to(town, "plan", town.plan))
    ours = {f"atgard-{one.id}@samsyn" for one in values(town).actions}
    assert events and all(uid in ours or uid.startswith(f"rapportdag-{town.plan}") for uid in events)
    assert not any(uid.startswith("mote-") for uid in events)


def test_a_cancelled_meeting_says_so_if_people_had_been_called(town: Town) -> None:
    group = group_writes.add_group(values={"name": "Gruppen", "kind": "working"}, **given(town)).id
    called, uncalled = (writes.plan_meeting(group=group, starts_at=NOW + timedelta(days=7), minutes=60, **given(town)).id for _ in range(2))
    link = link_to(town, "group", group)
    before = shown(link)[f"mote-{called}@samsyn"]
    writes.invite(meeting=called, **given(town))
    for meeting in (called, uncalled):
        writes.cancel_meeting(meeting=meeting, **given(town))
    (event,) = shown(link).values()
    assert (event.status.value, event.uid.value) == ("CANCELLED", f"mote-{called}@samsyn")
    assert int(event.sequence.value) > int(before.sequence.value)


def test_a_link_that_is_forged_revoked_or_made_to_answer_is_not_found(town: Town) -> None:
    link = link_to(town, "person", place_of(town, "Bo"))
    answer = make_answer_link(subject_kind="action", subject_id=town.bo_action, person=Person("Bo", "bo@granviken.example"), **given(town))
    assert shown(link)
    revoke_link(link=link.id, **given(town))
    for token in (token_of(link.id), token_of(answer.id), token_of(uuid4()), "x", "a" * 64, "å", "%00"):
        response = NOBODY.get(f"/kalender/{token}.ics")
        assert response.status_code == 404 and b"BEGIN:VCALENDAR" not in response.content, token


def test_a_calendar_stops_when_the_persons_place_does(town: Town, anna: Client) -> None:
    link = link_to(town, "person", town.membership, "Dana")
    assert NOBODY.get(reverse("calendar", args=[token_of(link.id)])).status_code == 200
    anna.post(reverse("change_member", args=[town.membership]), {"act": "end"})
    assert NOBODY.get(reverse("calendar", args=[token_of(link.id)])).status_code == 404


def test_reading_a_calendar_changes_nothing_and_signs_nobody_in(town: Town) -> None:
    link = link_to(town, "person", place_of(town, "Bo"))
    before = Event.objects.count()
    response = Client().get(reverse("calendar", args=[token_of(link.id)]))
    assert Event.objects.count() == before and not response.cookies
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


def test_one_makes_a_link_once_copies_it_and_draws_it_in(town: Town, enter: Enter) -> None:
    bo, place = enter("Bo"), str(place_of(town, "Bo"))
    page = reverse("calendars")
    assert "Gör en länk" in bo.get(page).content.decode()
    for _ in range(2):
        bo.post(reverse("make_calendar"), {"kind": "person", "subject": place})
    html = bo.get(page).content.decode()
    address = html.split('readonly value="')[1].split('"')[0]
    assert html.count('name="link"') == 1 and f'href="{address.replace("http://", "webcal://")}"' in html
    assert NOBODY.get(address).status_code == 200
    link = html.split('name="link" value="')[1].split('"')[0]
    assert "Länken är indragen" in bo.post(reverse("revoke_calendar"), {"kind": "person", "subject": place, "link": link}, follow=True).content.decode()
    assert NOBODY.get(address).status_code == 404
    assert "redan indragen" in bo.post(reverse("revoke_calendar"), {"kind": "person", "subject": place, "link": link}, follow=True).content.decode()


def test_only_the_link_that_was_shown_is_drawn_in(town: Town, anna: Client) -> None:
    mine, theirs = link_to(town, "plan", town.plan, "Anna"), link_to(town, "plan", town.plan, "Carin")
    sent = {"kind": "plan", "subject": str(town.plan), "link": str(mine.id)}
    for _ in range(2):
        anna.post(reverse("revoke_calendar"), sent)
    assert NOBODY.get(reverse("calendar", args=[token_of(mine.id)])).status_code == 404
    assert NOBODY.get(reverse("calendar", args=[token_of(theirs.id)])).status_code == 200


def test_a_link_made_for_a_plan_of_another_partnership_is_refused(town: Town, anna: Client) -> None:
    for kind, subject in (("plan", town.elsewhere_plan), ("group", uuid4()), ("person", place_of(town, "Bo")), ("ting", town.plan)):
        assert anna.post(reverse("make_calendar"), {"kind": kind, "subject": str(subject)}).status_code == 404, kind


def test_hostile_words_of_a_plan_stay_words_in_its_calendar(town: Town, anna: Client) -> None:
    words = "BEGIN:VEVENT;,\\ <b>å</b>"
    anna.post(reverse("quick_add", args=[town.plan]), {"text": words, "due_on": "2027-03-31"})
    assert any(words in event.summary.value for event in shown(link_to(town, "plan", town.plan)).values())


def test_a_steering_meeting_that_goes_on_stands_in_the_calendar(town: Town) -> None:
    meeting = steering_meeting(town)
    event = shown(link_to(town, "person", place_of(town, "Carin"), "Carin"))[f"mote-{meeting}@samsyn"]
    assert event.dtstart.value == NOW and event.summary.value == "Styrgruppen"
