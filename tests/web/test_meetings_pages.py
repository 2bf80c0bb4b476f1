"""The pages of groups, meetings and agendas: obvious to the one who runs them, readable to the rest, and kind about odd input."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.records.meeting import reads, writes
from samsyn.records.outbox.reads import letters_about
from tests.web.conftest import Town
from tests.web.live_meeting import given, live_meeting, planned_meeting

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]


def page(client: Client, name: str, *args: Any, follow: bool = True) -> str:
    response = client.get(reverse(name, args=args), follow=follow)
    assert response.status_code == 200, name
    return response.content.decode()


def sent(client: Client, page_name: str, /, *args: Any, **values: Any) -> Any:
    return client.post(reverse(page_name, args=args), {"once": uuid4().hex, **values}, follow=True)


def make_group(anna: Client, town: Town, **more: Any) -> UUID:
    values = {"name": "Styrgruppen", "kind": "steering", "every": "quarter", "minutes": "60", "plans": [str(town.plan)], **more}
    assert sent(anna, "new_group", **values).status_code == 200
    return reads.groups(town.partnership)[-1].id


def planned(anna: Client, group: UUID, starts_at: str = "2026-12-01T13:00", **more: Any) -> Any:
    return sent(anna, "plan_meeting", group=str(group), starts_at=starts_at, minutes="60", **more)


def only_meeting(town: Town) -> reads.MeetingHead:
    found, = reads.meetings(town.partnership)
    return found


def test_the_first_visit_explains_and_offers_to_make_the_group(anna: Client, enter: Enter, town: Town) -> None:
    html = page(anna, "meetings")
    assert "Ingen grupp än" in html
    assert f'href="{reverse("new_group")}?slag=steering"' in html
    form = anna.get(reverse("new_group") + "?slag=steering").content.decode()
    assert 'value="Styrgruppen"' in form
    carin = page(enter("Carin"), "meetings")
    assert "Ingen grupp än" in carin
    assert reverse("new_group") not in carin


def test_from_nothing_to_a_called_meeting(anna: Client, town: Town) -> None:
    members = [str(town.membership)]
    group = make_group(anna, town, members=members, starts_at="13.00", place="Rum Udden")
    assert "Dana" in page(anna, "group", group)
    sent(anna, "add_person", group, name="Saga", position="ordförande")
    form = anna.get(reverse("plan_meeting") + f"?grupp={group}").content.decode()
    assert 'value="2026-11-30T13:00"' in form, "a working day a week from now, at the hour of the group"
    assert 'value="Rum Udden"' in form
    html = planned(anna, group).content.decode()
    head = only_meeting(town)
    assert "Tisdag 2026-12-01 klockan 13.00–14.00" in html
    assert "Beslutar ni detta:" in html, "the decisions that the town asks for are on the steering group's agenda"
    preview = page(anna, "call_to_meeting", head.id)
    assert "Kallelse: Styrgruppen" in preview and "Saga har ingen e-post" in preview
    answer = sent(anna, "call_to_meeting", head.id)
    assert "Kallelsen är skriven till två personer" in answer.content.decode()
    assert {one.name for one in letters_about(town.partnership, head.id)} == {"Dana", "Saga"}
    assert "Ingen e-post: lämna kallelsen för hand" in page(anna, "meeting", head.id)


@pytest.mark.parametrize(("starts_at", "words"), [
    ("2026-11-20T13:00", "Tiden har redan varit"), ("2026-12-25T13:00", "2026-12-25 är Juldagen, en helgdag"), ("2026-11-28T13:00", "en lördag"),
    ("2026-12-01T02:30", "Mötet börjar klockan 02.30. Stämmer det?")])
def test_an_odd_time_is_asked_about_once_and_may_be_meant(anna: Client, town: Town, starts_at: str, words: str) -> None:
    group = make_group(anna, town)
    html = planned(anna, group, starts_at).content.decode()
    assert words in html and 'name="menat"' in html
    assert reads.meetings(town.partnership) == ()
    planned(anna, group, starts_at, menat="1")
    assert only_meeting(town).minutes == 60


@pytest.mark.parametrize(("values", "words"), [
    ({"starts_at": "2027-03-28T02:30"}, "Klockan 02.30 finns inte den 2027-03-28"), ({"minutes": "0"}, "Ett möte är minst 5 minuter."),
    ({"minutes": "10000"}, "Ett möte är högst 600 minuter"), ({"minutes": "en timme"}, "Skriv minuterna som ett tal"), ({"minutes": ""}, "till exempel 60"),
    ({"starts_at": "i morgon"}, "Skriv dag och tid"), ({"starts_at": "0026-12-01T13:00"}, "kan inte stämma"), ({"starts_at": ""}, "Välj dag och tid"),
    ({"starts_at": "9999-12-31T23:59"}, "kan inte stämma"), ({"group": "x"}, "Vilken grupp?")])
def test_what_cannot_be_is_refused_kindly_and_nothing_is_planned(anna: Client, town: Town, values: dict[str, str], words: str) -> None:
    group = make_group(anna, town)
    response = sent(anna, "plan_meeting", **{"group": str(group), "starts_at": "2026-12-01T13:00", "minutes": "60", **values})
    assert response.status_code == 400
    assert words in response.content.decode()
    assert reads.meetings(town.partnership) == ()


def test_a_time_typed_as_people_write_it_is_understood(anna: Client, town: Town) -> None:
    planned(anna, make_group(anna, town), "2026-12-01 13.00")
    assert only_meeting(town).starts_at == datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_the_agenda_is_edited_without_a_script(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    html = sent(anna, "add_point", held.meeting, title="Vem nycklar?", minutes="5").content.decode()
    assert "Vem nycklar?" in html
    own = reads.points(town.partnership, held.meeting)[-1].id
    sent(anna, "move_point", held.meeting, own, before=str(held.points[0]))
    assert reads.points(town.partnership, held.meeting)[0].id == own
    sent(anna, "change_point", held.meeting, own, title="Vem har nyckeln?", minutes="10", version="1", base='{"title": "Vem nycklar?", "minutes": "5"}')
    assert "Vem har nyckeln?" in page(anna, "meeting", held.meeting)
    html = sent(anna, "remove_point", held.meeting, own).content.decode()
    assert "Borttagna punkter: 1" in html
    assert "redan borttagen" in sent(anna, "remove_point", held.meeting, own).content.decode()
    assert "redan borttagen" in sent(anna, "move_point", held.meeting, held.points[0], before=str(own)).content.decode()
    sent(anna, "take_up_point", held.meeting, own)
    assert own in {point.id for point in reads.points(town.partnership, held.meeting)}


def test_new_proposals_leave_alone_what_people_have_done(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    sent(anna, "remove_point", held.meeting, held.points[1])
    html = sent(anna, "fetch_proposals", held.meeting).content.decode()
    assert "Det ni har skrivit eller tagit bort själva är som det var." in html
    points = reads.points(town.partnership, held.meeting)
    assert len(points) > 3 and town.bo_action not in {point.subject_id for point in points}
    assert {"Sedan sist", "Nästa gång"} <= {point.title for point in points}
    assert "Det finns inget nytt att ta upp." in sent(anna, "fetch_proposals", held.meeting).content.decode()


def test_the_minutes_are_told_against_the_meetings_length(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    sent(anna, "add_point", held.meeting, title="Lång genomgång", minutes="90")
    assert "Punkterna tar 90 minuter och mötet är 60. Korta någon, ta bort en eller förläng mötet." in page(anna, "meeting", held.meeting)


def test_two_who_change_the_time_are_shown_both_times(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    form = page(anna, "change_meeting", held.meeting)
    base = re.search(r'name="base" value="([^"]*)"', form)
    assert base
    opened = {"version": "1", "base": base[1].replace("&quot;", '"'), "minutes": "60", "place": "", "menat": "1"}
    sent(anna, "change_meeting", held.meeting, **opened, starts_at="2026-12-01T13:00")
    both = sent(anna, "change_meeting", held.meeting, **opened, starts_at="2026-12-02T15:00")
    assert both.status_code == 409
    html = both.content.decode()
    assert "2026-12-01 13:00" in html and "2026-12-02 15:00" in html
    again = sent(anna, "change_meeting", held.meeting, **{**opened, "version": "2", "base": '{"starts_at": "2026-12-01 13:00"}'},
                 pick_starts_at="mine", mine_starts_at="2026-12-02 15:00", theirs_starts_at="2026-12-01 13:00")
    assert again.status_code == 200
    assert only_meeting(town).starts_at == datetime(2026, 12, 2, 14, tzinfo=UTC)


def test_a_change_after_the_call_asks_for_a_new_one(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    sent(anna, "call_to_meeting", held.meeting)
    form = page(anna, "change_meeting", held.meeting)
    base = re.search(r'name="base" value="([^"]*)"', form)
    assert base
    html = sent(anna, "change_meeting", held.meeting, version="1", base=base[1].replace("&quot;", '"'), minutes="60", place="Rum 2",
                starts_at="2026-12-01T13:00").content.decode()
    assert "Mötet har ändrats sedan kallelsen" in html
    assert "Ändrad kallelse: " in page(anna, "call_to_meeting", held.meeting)


def test_a_cancelled_meeting_says_so_and_takes_no_more(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    html = sent(anna, "cancel_meeting", held.meeting).content.decode()
    assert "Ingen hade fått kallelsen" in html
    shown = page(anna, "meeting", held.meeting)
    assert "Mötet är inställt" in shown and reverse("live", args=[held.meeting]) not in shown
    for name in ("cancel_meeting", "call_to_meeting", "change_meeting", "fetch_proposals"):
        assert sent(anna, name, held.meeting).status_code == 200, "a kind answer, whatever is pressed"
    assert sent(anna, "add_point", held.meeting, title="Efteråt").status_code == 200
    assert len(reads.points(town.partnership, held.meeting)) == 3


def test_a_plan_that_has_gone_since_the_form_was_opened_is_left_out(anna: Client, town: Town) -> None:
    group = make_group(anna, town, plans=[str(town.plan), str(uuid4()), str(town.elsewhere_plan)])
    assert reads.plans_of_group(town.partnership, group) == (town.plan,)


def test_the_meetings_of_a_closed_group_can_still_be_read(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    assert "ett möte framför sig" in sent(anna, "close_group", held.group).content.decode()
    sent(anna, "cancel_meeting", held.meeting)
    assert "nedlagd" in sent(anna, "close_group", held.group).content.decode()
    html = page(anna, "meeting", held.meeting)
    assert "nedlagd" in html and reverse("group", args=[held.group]) not in html
    assert reverse("meeting", args=[held.meeting]) in page(anna, "meetings")


def test_a_meeting_under_way_leads_to_where_people_write(anna: Client, enter: Enter, town: Town) -> None:
    held = live_meeting(town)
    for name in ("Anna", "Bo", "Rut"):
        html = page(enter(name), "meeting", held.meeting)
        assert f'href="{reverse("live", args=[held.meeting])}"' in html
    assert "Pågår nu" in page(anna, "meetings")


def test_a_meeting_that_nobody_held_is_not_forgotten(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    writes.plan_meeting(group=held.group, starts_at=datetime(2026, 11, 2, 9, tzinfo=UTC), minutes=60, **given(town))
    html = page(anna, "meetings")
    assert "Inte avslutat" in html and "Hölls det?" in html


def test_a_reader_sees_no_button_that_would_be_refused(enter: Enter, town: Town) -> None:
    held = planned_meeting(town)
    rut = enter("Rut")
    for name, args in (("meetings", ()), ("meeting", (held.meeting,)), ("group", (held.group,))):
        html = page(rut, name, *args)
        for refused in ("new_group", "plan_meeting"):
            assert reverse(refused) not in html
        assert "method=\"post\"" not in html.split("<main")[1].split("</main")[0], name


def test_what_was_written_in_a_refused_point_is_still_there(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    response = anna.post(reverse("add_point", args=[held.meeting]), {"title": "Ring 19121212-1212", "why": "Mina egna ord", "once": "k"})
    assert response.status_code == 400
    html = response.content.decode()
    assert "Mina egna ord" in html and "Här står ett personnummer" in html


@pytest.mark.parametrize("email", ["bo@x.example, dana@x.example", "bo@x.example\ndana@x.example", "bo"])
def test_a_person_has_one_address_on_one_line(anna: Client, town: Town, email: str) -> None:
    held = planned_meeting(town)
    assert sent(anna, "add_person", held.group, name="Saga", email=email).status_code == 400
    assert "Saga" not in {one.name for one in reads.people(town.partnership, held.group)}


def test_an_agenda_as_a_list_holds_no_formula(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    sent(anna, "add_point", held.meeting, title="=1+1")
    content = anna.get(reverse("agenda_file", args=[held.meeting, "csv"])).content.decode("utf-8-sig")
    assert "=1+1" in content and "\n4;=1+1" not in content


def test_a_long_agenda_takes_no_more_queries_than_a_short_one(anna: Client, town: Town) -> None:
    held = planned_meeting(town)
    page(anna, "meeting", held.meeting)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(anna, "meeting", held.meeting)
        return len(seen)

    before = queries()
    for number in range(30):
        writes.add_point(meeting=held.meeting, title=f"Punkt {number}", **given(town))
    page(anna, "meeting", held.meeting)
    assert queries() == before
