"""What the notices are derived from: what people have to do, read out of a real database, and the files that letters bring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from samsyn.chain.answers import Answer
from samsyn.chain.choices import Implementation, RestsOn, Result
from samsyn.chain.notice_values import Duty, Everything, Person
from samsyn.flows import closing
from samsyn.flows.calling import call
from samsyn.flows.notices.gather import everything
from samsyn.records.editing import Edit
from samsyn.records.follow_up.writes import set_face
from samsyn.records.meeting import line_writes, writes
from samsyn.records.partnership.rhythm_reads import party_contacts
from samsyn.records.partnership.rhythm_writes import change_contact
from samsyn.records.plan import writes as plan
from samsyn.records.plan.order_writes import set_waits_for
from tests.flows.a_meeting import BASE, head_of, live_meeting, planned, say, steering_group
from tests.flows.a_meeting import given as given_now
from tests.flows.brought import NOW, TODAY, Room
from tests.flows.post_room import BO, MONDAY, Post, day, swedish
from tests.mail_server import mail_server


@pytest.fixture
def office(town: Room) -> Iterator[Post]:
    with mail_server() as box:
        yield Post(town, box)


def known(office: Post) -> Everything:
    return everything(office.room.partnership, MONDAY)


def duty(office: Post, action: UUID) -> Duty:
    return next(one for one in known(office).duties if one.id == str(action))


def face(office: Post, action: UUID, value: Implementation | Result, **more: Any) -> None:
    set_face(action=action, value=value, why="Vi räknade.", rests_on=RestsOn.OWN_COUNT if value is Result.BETTER else None,
             **{**office.given, "at": swedish(day(-5))}, **more)


def test_a_duty_says_who_what_and_when(office: Post) -> None:
    contact = party_contacts(office.room.partnership)[0]
    change_contact(party=contact.party, edit=Edit(values={"contact_name": "Cia Chef", "contact_email": "cia@granvik.example"},
                                                  base={"contact_name": "", "contact_email": ""}, version=0), **office.given)
    action = office.action("Byt lampor", due_on=day(5), start_on=day(-9), responsible_organisation="granvikens  kommun".upper())
    found = duty(office, action)
    assert (found.kind, found.plan, found.plan_name, found.text) == ("action", str(office.room.plan), "Hamnen", "Byt lampor")
    assert (found.responsible, found.due_on, found.start_on, found.made_on) == (Person("Bo Berg", "bo@flows.example"), day(5), day(-9), day(-40))
    assert found.last_sign_on is None and found.how_far is None and found.waits_for == found.waited_by == ()


def test_the_contact_of_the_responsibles_organisation_is_found_by_its_name(office: Post) -> None:
    contact = party_contacts(office.room.partnership)[0]
    change_contact(party=contact.party, edit=Edit(values={"contact_name": "Cia Chef", "contact_email": "cia@granvik.example"},
                                                  base={"contact_name": "", "contact_email": ""}, version=0), **office.given)
    action = office.action("Byt lampor", responsible_organisation="granvikens kommun")
    other = office.action("Klipp buskar", responsible_organisation="Skolan")
    assert duty(office, action).contact == Person("Cia Chef", "cia@granvik.example") and duty(office, other).contact is None


def test_a_check_in_a_face_and_a_step_are_signs_of_life_and_a_file_is_none(office: Post) -> None:
    checked, faced, stepped, filed = (office.action(text) for text in ("a", "b", "c", "d"))
    office.check_in(checked, day(-3))
    face(office, faced, Implementation.UNDER_WAY)
    plan.add_step(action=stepped, values={"text": "Beställ"}, **{**office.given, "at": swedish(day(-4))})
    face(office, filed, Implementation.UNDER_WAY, file_name="plan.xlsx")
    assert [duty(office, one).last_sign_on for one in (checked, faced, stepped, filed)] == [day(-3), day(-5), day(-4), None]
    assert duty(office, faced).how_far is Implementation.UNDER_WAY


def test_what_waits_for_others_knows_it_and_is_free_on_the_day_the_last_of_them_ended(office: Post) -> None:
    first, second, waits = office.action("a"), office.action("b"), office.action("c")
    set_waits_for(plan=office.room.plan, action=waits, on=[first, second], **office.given)
    assert set(duty(office, waits).waits_for) == {str(first), str(second)} and duty(office, first).waited_by == (str(waits),)
    office.check_in(first, day(-4), implementation=Implementation.DONE_AS_INTENDED)
    assert duty(office, waits).waits_for == (str(second),) and duty(office, waits).freed_on is None
    office.check_in(second, day(-2), implementation=Implementation.DONE_IN_PART)
    assert (duty(office, waits).waits_for, duty(office, waits).freed_on) == ((), day(-2))


def test_what_has_ended_is_no_duty_and_its_effect_is_waited_for_until_somebody_has_said_how_it_went(office: Post) -> None:
    done, not_done, judged, too_early = (office.action(text, effect_from=day(-1)) for text in ("a", "b", "c", "d"))
    for action, value in ((done, Implementation.DONE), (not_done, Implementation.NOT_DONE), (judged, Implementation.DONE), (too_early, Implementation.DONE)):
        face(office, action, value)
    face(office, judged, Result.BETTER)
    face(office, too_early, Result.TOO_EARLY)
    found = known(office)
    assert not {str(done), str(not_done), str(judged), str(too_early)} & {one.id for one in found.duties}
    assert {(one.id, one.has_result) for one in found.ended} == {(str(done), False), (str(judged), True), (str(too_early), False)}


def test_an_action_that_has_been_taken_out_or_that_another_continues_is_asked_about_no_more(office: Post) -> None:
    out, old = office.action("Borttagen"), office.action("Från i fjol")
    plan.withdraw_row(plan=office.room.plan, kind="action", row_id=out, **office.given)
    assert str(out) not in {one.id for one in known(office).duties} and duty(office, old)
    new = plan.Action.objects.within(office.room.partnership).get(id=office.action("I år"))
    from samsyn.records.access.acts import Act
    from samsyn.records.access.writes import writing

    with writing(actor=office.given["actor"], at=NOW, act=Act(kind="plan.continued", words="fortsatte", partnership=office.room.partnership)):
        new.continues_id = old
        new.save(update_fields=["continues"])
    assert str(old) not in {one.id for one in known(office).duties} and duty(office, new.id)


@pytest.mark.parametrize(("given", "person"), [
    ({"responsible": "", "responsible_email": ""}, None), ({"responsible": "Eva  Ek", "responsible_email": ""}, Person("Eva Ek")),
    ({"responsible": "", "responsible_email": "eva@granvik.example"}, Person("eva@granvik.example", "eva@granvik.example")),
    ({"responsible": "Eva Ek", "responsible_email": "eva@a.example; bo@b.example"}, Person("Eva Ek")), (BO, Person("Bo Berg", "bo@flows.example")),
])
def test_a_responsible_is_a_name_and_one_address_or_nobody(office: Post, given: dict[str, str], person: Person | None) -> None:
    assert duty(office, office.action("Byt lampor", **given)).responsible == person


def test_assignments_are_asked_about_when_their_meeting_is_closed_until_somebody_says_they_are_done(office: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "minutes_pdf", lambda content: b"%PDF-1.7")
    town = office.room
    head = live_meeting(town, steering_group(town))
    line = say(town, head.id, "Bo: byt lampor vid kajen före 15 mars")
    assert all(one.kind == "action" for one in known(office).duties)
    closing.close_meeting(meeting=head.id, base_url=BASE, **given_now(town))
    found = duty(office, line)
    assert (found.kind, found.plan_name, found.made_on, found.due_on and found.due_on.isoformat()) == ("assignment", "Styrgruppen", TODAY, "2027-03-15")
    assert found.responsible is not None and found.responsible.name == "Bo"
    line_writes.add_answer(line=line, answer=Answer.UNDER_WAY, **{**given_now(town), "at": NOW + timedelta(days=2)})
    assert (duty(office, line).how_far, duty(office, line).last_sign_on) == (Implementation.UNDER_WAY, day(2))
    line_writes.add_answer(line=line, answer=Answer.DONE_AS_INTENDED, **{**given_now(town), "at": NOW + timedelta(days=3)})
    assert str(line) not in {one.id for one in known(office).duties}


def test_meetings_ahead_gather_their_people_and_those_held_or_cancelled_do_not(office: Post) -> None:
    town = office.room
    group = steering_group(town)
    soon, far, off = planned(town, group, 3), planned(town, group, 40), planned(town, group, 4)
    writes.cancel_meeting(meeting=off, **given_now(town))
    found = known(office).gatherings
    assert [one.id for one in found] == [str(soon)] != [str(far)]
    assert found[0].people == (Person("Carin Ek", "carin@granviken.example"), Person("Dana Berg"))


def test_a_call_brings_the_meeting_to_the_receivers_calendar_and_the_minutes_come_as_pdf(office: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "minutes_pdf", lambda content: b"%PDF-1.7 protokoll")
    town = office.room
    group = steering_group(town)
    ahead = planned(town, group, 3)
    call(meeting=head_of(town, ahead), partnership_name="Granviken", url=f"{BASE}/moten/{ahead}/", actor=office.given["actor"], at=swedish(MONDAY))
    held = live_meeting(town, group)
    closing.close_meeting(meeting=held.id, base_url=BASE, **given_now(town))
    done = office.minute(NOW + timedelta(hours=1))
    assert (done.refused, done.later) == (0, 0) and office.box is not None
    carins = {letter["Subject"].split(":")[0]: letter for letter in office.box.letters if "carin@" in letter["To"]}
    files = {subject: list(letter.iter_attachments()) for subject, letter in carins.items()}
    (ics,) = files["Kallelse"]
    assert (ics.get_content_type(), ics["Content-Type"].params["method"], ics.get_filename()) == ("text/calendar", "REQUEST", "mote.ics")
    assert f"UID:mote-{ahead}" in ics.get_content() and "METHOD:REQUEST" in ics.get_content()
    (pdf,) = next(found for subject, found in files.items() if subject != "Kallelse")
    assert (pdf.get_content_type(), pdf.get_content(), pdf.get_filename()) == ("application/pdf", b"%PDF-1.7 protokoll", f"Protokoll {TODAY}.pdf")
