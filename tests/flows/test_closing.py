"""Closing a meeting keeps its minutes once, writes to whom it concerns, and carries on what was parked; all of it or nothing."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from samsyn.chain.meeting_values import MeetingState
from samsyn.chain.minutes_json import minutes_from_json
from samsyn.chain.notice_values import Person
from samsyn.flows import closing
from samsyn.flows.closing import AlreadyClosed, Closed, NotOpened, StillWriting, close_meeting
from samsyn.formats.personal_numbers import has_certain
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.models import Event
from samsyn.records.editing import Gone
from samsyn.records.meeting import line_writes, live_writes, writes
from samsyn.records.meeting.group_writes import add_member
from samsyn.records.meeting.line_writes import NotLive
from samsyn.records.meeting.minutes_reads import kept_minutes, minutes_paper
from samsyn.records.meeting.models import Minutes
from samsyn.records.meeting.reads import points
from samsyn.records.outbox.link_reads import open_link
from samsyn.records.outbox.models import Letter, LetterKind
from samsyn.records.outbox.reads import whole
from tests.flows.a_meeting import BASE, TODAY, given, head_of, live_meeting, planned, say, steering_group
from tests.flows.brought import NOW, Room

PAPER = b"%PDF-1.7 made by a test"


@pytest.fixture
def quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "minutes_pdf", lambda content: PAPER)


def close(town: Room, meeting: Any, **more: Any) -> Closed:
    return close_meeting(meeting=meeting, base_url=BASE, **{**given(town), **more})


def letters(town: Room) -> dict[str, Letter]:
    return {row.name: row for row in Letter.objects.within(town.partnership).filter(kind=LetterKind.MINUTES)}


def test_the_minutes_hold_what_was_written_and_are_kept_on_paper(town: Room) -> None:
    head = live_meeting(town, steering_group(town))
    say(town, head.id, "Bo: byt lampor vid kajen före 15 mars", points(town.partnership, head.id)[0].id)
    say(town, head.id, "Beslut: kajen stängs nattetid")
    close(town, head.id)
    kept = kept_minutes(town.partnership, head.id)
    assert kept is not None and kept.has_paper
    content = minutes_from_json(kept.content)
    assert [(line.owner, line.due_on and line.due_on.isoformat()) for line in content.points[0].lines] == [("Bo", "2027-03-15")]
    assert [one.name for one in content.attended] == ["Carin Ek"]
    text = " ".join(PdfReader(io.BytesIO(minutes_paper(town.partnership, head.id))).pages[0].extract_text().split())
    assert "Ett beslut och ett uppdrag" in text and "Kajen stängs nattetid" in text
    after = head_of(town, head.id)
    assert (after.state, after.closed_by, after.closed_at) == (MeetingState.CLOSED, "Anna", NOW)


@pytest.mark.usefixtures("quick_paper")
def test_each_gets_a_letter_with_their_own_assignments_alone(town: Room) -> None:
    head = live_meeting(town, steering_group(town))
    say(town, head.id, "Bo: byt lampor vid kajen före 15 mars")
    say(town, head.id, "Carin Ek: ring hamnchefen")
    done = close(town, head.id)
    sent = letters(town)
    assert sorted(sent) == ["Bo", "Carin Ek", "Dana Berg"] and done.letters == 3
    assert done.without_address == ("Dana Berg",)
    assert "Byt lampor vid kajen. Klart senast 2027-03-15." in sent["Bo"].text and "ring hamnchefen" not in sent["Bo"].text.lower()
    assert "Ring hamnchefen" in sent["Carin Ek"].text and "lampor" not in sent["Carin Ek"].text
    assert "Här är protokollet" in sent["Dana Berg"].text and "/svar/" not in sent["Dana Berg"].text
    for letter in sent.values():
        assert letter.attached == [{"kind": "minutes", "id": str(head.id)}]
        assert f"{BASE}/moten/{head.id}/protokoll/" in letter.text


@pytest.mark.usefixtures("quick_paper")
def test_the_link_of_a_letter_opens_that_assignment_for_that_person(town: Room) -> None:
    head = live_meeting(town, steering_group(town))
    line = say(town, head.id, "Bo: byt lampor vid kajen")
    close(town, head.id)
    kept = letters(town)["Bo"]
    token = whole(kept).text.split("/svar/")[1].split("/")[0]
    assert token not in kept.text + kept.html
    opened = open_link(token, NOW)
    assert opened is not None and (opened.subject_kind, opened.subject, opened.person.name) == ("assignment", line, "Bo")


@pytest.mark.usefixtures("quick_paper")
def test_those_who_were_left_out_get_no_letter(town: Room) -> None:
    head = live_meeting(town, steering_group(town))
    close(town, head.id, leave_out=[Person("Dana Berg").key, "nobody@here.example"])
    assert list(letters(town)) == ["Carin Ek"]


@pytest.mark.usefixtures("quick_paper")
def test_a_meeting_closed_twice_has_one_set_of_minutes_and_the_second_gets_a_clear_answer(town: Room) -> None:
    head = live_meeting(town, steering_group(town))
    close(town, head.id, once="ett")
    before = Event.objects.count()
    with pytest.raises(AlreadyClosed, match="redan avslutat av Anna 2026-11-23 kl. 09.14"):
        close(town, head.id, once="två")
    with pytest.raises(AlreadyDone):
        close(town, head.id, once="ett")
    assert Event.objects.count() == before
    assert Minutes.objects.within(town.partnership).count() == 1
    assert Counter(row.name for row in Letter.objects.within(town.partnership)) == {"Carin Ek": 1, "Dana Berg": 1}


@pytest.mark.usefixtures("quick_paper")
def test_nothing_more_can_be_written_when_it_is_closed(town: Room) -> None:
    head = live_meeting(town, steering_group(town))
    close(town, head.id)
    with pytest.raises(NotLive):
        say(town, head.id, "för sent")


def test_what_is_written_while_the_paper_is_made_is_in_the_minutes(town: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    head = live_meeting(town, steering_group(town))
    made = []

    def slow(content: Any) -> bytes:
        if not made:
            say(town, head.id, "Beslut: skrivet i sista stund")
        made.append(content)
        return PAPER

    monkeypatch.setattr(closing, "minutes_pdf", slow)
    close(town, head.id)
    kept = kept_minutes(town.partnership, head.id)
    assert kept is not None and [line.text for line in minutes_from_json(kept.content).loose] == ["skrivet i sista stund"]
    assert len(made) == 2


def test_somebody_who_never_stops_writing_is_told(town: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    head = live_meeting(town, steering_group(town))
    monkeypatch.setattr(closing, "minutes_pdf", lambda content: say(town, head.id, "en rad till") and PAPER)
    with pytest.raises(StillWriting):
        close(town, head.id)
    assert head_of(town, head.id).state is MeetingState.LIVE


@pytest.mark.usefixtures("quick_paper")
@pytest.mark.parametrize("where", ["queue_letter", "move_parked", "make_answer_link"])
def test_what_stops_in_the_midst_leaves_nothing_half(town: Room, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    group = steering_group(town)
    head = live_meeting(town, group)
    planned(town, group, in_days=28)
    say(town, head.id, "Carin Ek: ring hamnchefen")

    def killed(**_given: Any) -> None:
        raise KeyboardInterrupt

    before = Event.objects.count()
    monkeypatch.setattr(closing, where, killed)
    with pytest.raises(KeyboardInterrupt):
        close(town, head.id)
    assert head_of(town, head.id).state is MeetingState.LIVE
    assert kept_minutes(town.partnership, head.id) is None and letters(town) == {}
    assert Event.objects.count() == before


@pytest.mark.usefixtures("quick_paper")
def test_parked_points_go_on_to_the_next_meeting_of_the_group_once(town: Room) -> None:
    group = steering_group(town)
    head = live_meeting(town, group)
    coming = planned(town, group, in_days=28)
    planned(town, group, in_days=56)
    first = points(town.partnership, head.id)[0]
    writes.add_point(meeting=head.id, title="Redan där", **given(town))
    writes.add_point(meeting=coming, title="redan  där", **given(town))
    for point in points(town.partnership, head.id):
        live_writes.park_point(meeting=head.id, point=point.id, **given(town))
    assert close(town, head.id).moved == 1
    carried = points(town.partnership, coming)
    assert [point.title for point in carried] == ["redan  där", first.title]
    assert carried[1].why == "Sköts upp från mötet 2026-11-23."
    kept = kept_minutes(town.partnership, head.id)
    assert kept is not None and minutes_from_json(kept.content).next_at == head_of(town, coming).starts_at


@pytest.mark.usefixtures("quick_paper")
def test_a_meeting_that_is_not_open_is_not_closed(town: Room) -> None:
    with pytest.raises(NotOpened):
        close(town, planned(town, steering_group(town)))
    assert Minutes.objects.within(town.partnership).count() == 0


@pytest.mark.usefixtures("quick_paper")
def test_another_partnership_closes_nothing(town: Room) -> None:
    from uuid import uuid4

    head = live_meeting(town, steering_group(town))
    with pytest.raises(Gone):
        close(town, head.id, partnership=uuid4())


@pytest.mark.usefixtures("quick_paper")
def test_a_moment_whose_digits_look_like_somebodys_number_stands_in_the_minutes(town: Room) -> None:
    head = live_meeting(town, steering_group(town))
    moments = [NOW.replace(microsecond=microsecond) for microsecond in range(890101, 890129)]
    assert any(has_certain(at.isoformat()) for at in moments), "none of them looks like a number: this shows nothing"
    for at in moments:
        line_writes.add_line(meeting=head.id, point=None, text="Kajen är mörk", today=TODAY, **{**given(town), "at": at})
    close(town, head.id)
    kept = kept_minutes(town.partnership, head.id)
    assert kept is not None and [line.at for line in minutes_from_json(kept.content).loose] == moments


@pytest.mark.usefixtures("quick_paper")
def test_no_personal_number_comes_into_the_minutes_or_a_letter(town: Room) -> None:
    head = live_meeting(town, steering_group(town))
    say(town, head.id, "Bo: ring 19811218-9876 före fredag")
    close(town, head.id)
    kept = kept_minutes(town.partnership, head.id)
    assert kept is not None and "9876" not in str(kept.content) and "[person]" in str(kept.content)
    assert all("9876" not in letter.text + letter.html for letter in letters(town).values())


@pytest.mark.usefixtures("quick_paper")
def test_somebody_known_by_name_and_by_address_is_one_person(town: Room) -> None:
    group = steering_group(town)
    head = live_meeting(town, group)
    say(town, head.id, "Uppdrag: Carin Ek ringer")
    say(town, head.id, "Carin Ek: ring hamnchefen")
    assert [one.person.name for one in closing.draft(head_of(town, head.id), by="Anna", at=NOW).concerned].count("Carin Ek") == 1


@pytest.mark.usefixtures("quick_paper")
def test_somebody_who_has_left_the_partnership_gets_nothing(town: Room) -> None:
    from samsyn.records.partnership.reads import members
    from samsyn.records.partnership.writes import end_membership

    group = steering_group(town)
    bo = next(one for one in members(town.partnership) if one.name == "Bo")
    add_member(group=group, values={"name": "Bo", "email": bo.email}, **given(town))
    head = live_meeting(town, group)
    say(town, head.id, "Bo: byt lampor vid kajen")
    assert "Bo" in [one.person.name for one in closing.draft(head_of(town, head.id), by="Anna", at=NOW).concerned]
    end_membership(member=bo.id, **given(town))
    close(town, head.id)
    assert sorted(letters(town)) == ["Carin Ek", "Dana Berg"]


ON_A_REAL_FILE = """
import os, signal, sys, threading
from samsyn.site.start import bring_up_to_date, set_up
set_up()
bring_up_to_date()
from django.db import connection
from samsyn.chain.notice_values import Person
from samsyn.flows import closing
from samsyn.records.meeting.models import Meeting, Minutes
from samsyn.records.outbox.models import Letter
from tests.flows.a_meeting import BASE, given, live_meeting, steering_group
from tests.flows.brought import Room
from tests.records.conftest import make_room
closing.minutes_pdf = lambda content: b"%PDF"
if "count" not in sys.argv:
    made = make_room("Granviken")
    town = Room(made.partnership, made.organisation, made.plan, {"Anna": made.user.id})
    head = live_meeting(town, steering_group(town))
    ready, came = threading.Barrier(2), []

    def close(key):
        ready.wait()
        try:
            closing.close_meeting(meeting=head.id, base_url=BASE, once=key, **given(town))
            came.append("closed")
        except closing.AlreadyClosed:
            came.append("told")
        finally:
            connection.close()

    if "kill" in sys.argv:
        sends = closing._send
        def killed(*args):
            sends(*args)
            os.kill(os.getpid(), signal.SIGKILL)
        closing._send = killed
        closing.close_meeting(meeting=head.id, base_url=BASE, **given(town))
    threads = [threading.Thread(target=close, args=(key,)) for key in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(*sorted(came))
everything = [rows.objects.in_every_partnership() for rows in (Minutes, Letter)]
print(*(rows.count() for rows in everything), Meeting.objects.in_every_partnership().get().state)
"""


def on_a_real_file(folder: Path, what: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SAMSYN_FOLDER": str(folder), "PYTHONWARNINGS": "ignore", "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run([sys.executable, "-c", ON_A_REAL_FILE, what], env=environment, capture_output=True, text=True, check=False)


def test_two_who_close_at_once_make_one_set_of_minutes(tmp_path: Path) -> None:
    done = on_a_real_file(tmp_path, "close")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["closed told", "1 2 closed"]


def test_a_program_that_is_killed_in_the_midst_leaves_the_meeting_open_and_nothing_sent(tmp_path: Path) -> None:
    assert on_a_real_file(tmp_path, "kill").returncode == -signal.SIGKILL
    after = on_a_real_file(tmp_path, "count")
    assert after.returncode == 0, after.stderr
    assert after.stdout.split() == ["0", "0", "live"]
