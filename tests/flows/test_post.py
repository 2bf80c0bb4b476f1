"""What is true becomes one letter a person; what no longer is does not; and nothing is told twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samsyn.chain.choices import Implementation
from samsyn.chain.notice_values import Level, NoticeKind, Person
from samsyn.flows.notices.gather import everything
from samsyn.flows.notices.morning import without_morning
from samsyn.records.access.models import Event
from samsyn.records.editing import Edit
from samsyn.records.outbox.hand_writes import tick_letter
from samsyn.records.outbox.link_reads import open_link
from samsyn.records.outbox.models import Letter, LetterKind, LetterState, Notice
from samsyn.records.outbox.notice_reads import steering_list
from samsyn.records.outbox.writes import queue_letter
from samsyn.records.partnership import writes as partnership
from samsyn.records.partnership.reads import members
from samsyn.records.partnership.rhythm_writes import change_rhythm
from samsyn.records.plan import writes as plan
from tests.flows.brought import Room
from tests.flows.post_room import BO, MONDAY, URL, Post, day, swedish
from tests.mail_server import mail_server

BOS, ANNAS = BO["responsible_email"], "anna@flows.example"


pytestmark = pytest.mark.usefixtures("empty_installation")  # the post is that of every partnership there is


@pytest.fixture
def office(town: Room) -> Iterator[Post]:
    with mail_server() as box:
        yield Post(town, box)


@pytest.fixture
def by_hand(town: Room) -> Post:
    return Post(town)


def notices() -> list[tuple[str, str, str]]:
    return sorted(Notice.objects.in_every_partnership().filter(dropped_at=None).values_list("kind", "level", "email"))


def bodies(office: Post) -> list[str]:
    assert office.box is not None
    return [letter.get_body(("plain",)).get_content() for letter in office.box.letters]  # type: ignore[union-attr]


def test_one_letter_holds_all_of_a_persons_notices_and_a_link_for_each(office: Post) -> None:
    office.action("Byt lampor", due_on=day(1))
    office.action("Klipp buskar", due_on=day(-3))
    assert office.morning(MONDAY).queued == 3  # the first is due soon and has been silent, the second is overdue
    done = office.minute(swedish(MONDAY))
    assert office.box is not None and office.box.to.count(BOS) == 1
    text = bodies(office)[office.box.to.index(BOS)]
    assert "Byt lampor" in text and "Klipp buskar" in text
    tokens = re.findall(re.escape(URL) + r"/svar/([0-9a-f]{64})/", text)
    assert len(tokens) == 2 and all(open_link(token, swedish(MONDAY)) for token in tokens)
    assert done.sent == len(office.box.letters) == done.composed


def test_a_letter_has_the_headers_that_keep_it_out_of_trouble(office: Post) -> None:
    office.action("Byt lampor", due_on=day(1))
    office.whole_day(MONDAY)
    assert office.box is not None
    letter = office.box.letters[office.box.to.index(BOS)]
    assert (letter["From"], letter["To"], letter["Reply-To"]) == ("Samsyn <samsyn@granvik.example>", f"Bo Berg <{BOS}>", f"Anna <{ANNAS}>")
    assert letter["Auto-Submitted"] == "auto-generated" and letter["Message-ID"].endswith("@localhost>")
    assert letter["Date"].datetime.astimezone(UTC).replace(second=0, microsecond=0) == swedish(MONDAY)
    html = letter.get_body(("html",))
    assert html is not None and "Byt lampor" in html.get_content() and [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]


def test_no_word_of_a_user_becomes_a_header(office: Post) -> None:
    queue_letter(kind=LetterKind.HELP, person=Person("Bo\r\nBcc: erik@norr.example", BOS), subject="Hjälp\r\nBcc: erik@norr.example\r\n\r\nHej", text="Ring.",
                 **office.given)
    assert office.minute(swedish(MONDAY)).sent == 1
    assert office.box is not None
    letter = office.box.letters[0]
    assert letter["Bcc"] is None and letter["Subject"] == "Hjälp Bcc: erik@norr.example Hej" and office.box.to == [BOS]


def test_the_same_morning_twice_queues_nothing_new_and_the_same_minute_sends_nothing_new(office: Post) -> None:
    office.action("Byt lampor", due_on=day(1))
    first = office.whole_day(MONDAY)
    assert first.sent and office.morning(MONDAY).queued == 0 and office.minute(swedish(MONDAY, 9, 1)).sent == 0
    assert office.box is not None and len(office.box.letters) == first.sent


def test_the_morning_knows_which_partnerships_it_has_done_also_after_a_clock_that_was_wrong(by_hand: Post, town: Room) -> None:
    seven, now = swedish(MONDAY, 7), swedish(MONDAY, 8)
    assert without_morning(seven, now) == (town.partnership,)
    by_hand.morning(MONDAY + timedelta(days=31))  # the clock stood a month ahead
    assert without_morning(seven, now) == (town.partnership,)
    by_hand.morning(MONDAY)
    assert without_morning(seven, now) == ()
    assert Event.objects.filter(kind="notices.derived").count() == 2


def test_what_is_no_longer_true_when_it_is_claimed_is_dropped(office: Post) -> None:
    action = office.action("Klipp buskar", due_on=day(-3))
    office.morning(MONDAY)
    office.check_in(action, MONDAY, implementation=Implementation.DONE_AS_INTENDED)
    done = office.minute(swedish(MONDAY, 10))
    assert office.box is not None and BOS not in office.box.to and done.dropped == 1


def test_what_was_dropped_and_is_true_again_is_told(office: Post) -> None:
    action = office.action("Byt lampor", due_on=day(5))
    office.morning(MONDAY)
    row = plan.Action.objects.within(office.room.partnership).get(id=action)
    for before, after, version in ((day(5), day(60), row.version), (day(60), day(5), row.version + 1)):
        plan.change_action(action=action, edit=Edit(values={"due_on": after}, base={"due_on": before}, version=version), **office.given)
        office.morning(MONDAY)
    assert office.minute(swedish(MONDAY)).sent and office.box is not None and BOS in office.box.to


def test_nothing_goes_out_in_quiet_hours_on_weekends_or_holidays_but_what_somebody_asked_for_does(office: Post) -> None:
    office.action("Byt lampor", due_on=day(1))
    office.morning(MONDAY)
    queue_letter(kind=LetterKind.HELP, person=Person("Anna", ANNAS), subject="Bo behöver hjälp", text="Ring.", **office.given)
    assert office.minute(swedish(MONDAY, 6, 59)).sent == 1  # the help
    for quiet in (swedish(MONDAY, 18), swedish(day(5), 10), datetime(2027, 1, 6, 10, tzinfo=UTC)):  # evening, Saturday, Twelfth Day
        assert office.minute(quiet).composed == 0
    assert office.box is not None and BOS not in office.box.to
    office.minute(swedish(MONDAY, 17, 59))
    assert BOS in office.box.to


def test_a_letter_that_is_delayed_into_the_evening_waits_for_the_morning(office: Post) -> None:
    office.action("Byt lampor", due_on=day(1))
    assert office.box is not None
    office.box.at_rcpt = "451 Försök senare"
    office.morning(MONDAY)
    assert office.minute(swedish(MONDAY, 17, 58)).later
    office.box.at_rcpt = "250 OK"
    assert office.minute(swedish(MONDAY, 18, 10)).sent == 0
    assert office.minute(swedish(day(1), 7)).sent and BOS in office.box.to


def test_at_most_one_letter_a_week_unless_something_is_due_before_the_next_working_day(office: Post) -> None:
    office.action("Klipp buskar", due_on=day(-3))
    office.whole_day(MONDAY)
    assert office.box is not None and office.box.to.count(BOS) == 1
    office.action("Byt lampor", due_on=day(7))  # due soon from now on, due on the Monday after
    for after in (1, 2, 3):
        office.whole_day(day(after))
    assert office.box.to.count(BOS) == 1
    office.whole_day(day(4))  # Friday: on Monday it would be too late
    assert office.box.to.count(BOS) == 2 and "Byt lampor" in bodies(office)[-1]


def test_a_reminder_that_somebody_asked_for_counts_as_the_letter_of_the_week(office: Post) -> None:
    asked = {**office.given, "at": swedish(MONDAY)}
    queue_letter(kind=LetterKind.NOTICES, person=Person("Bo Berg", BOS.upper()), subject="Hur går det?", text="Svara.", **asked)
    office.action("Klipp buskar", due_on=day(-3))
    office.whole_day(day(1))
    assert office.box is not None and [str(letter["Subject"]) for letter in office.box.letters if "bo@" in str(letter["To"]).lower()] == ["Hur går det?"]


def test_a_month_of_missed_nights_begins_with_one_nudge(office: Post) -> None:
    office.action("Klipp buskar", due_on=day(-30))
    office.whole_day(MONDAY)
    assert (NoticeKind.OVERDUE, Level.NUDGE, BOS) in notices()
    assert {level for kind, level, _ in notices() if kind == NoticeKind.OVERDUE} == {Level.NUDGE} and steering_list(office.room.partnership) == ()


def test_silence_goes_step_by_step_to_the_steering_list_and_a_sign_of_life_ends_it(office: Post) -> None:
    action = office.action("Klipp buskar", due_on=day(-3))
    steps = {after: [level for kind, level, _ in notices() if kind == NoticeKind.OVERDUE] for after in range(25) if not office.whole_day(day(after)).is_away}
    assert steps[0] == [Level.NUDGE] and steps[6] == [Level.NUDGE] and set(steps[7]) == {Level.NUDGE, Level.REMINDER}
    assert Level.COORDINATOR in steps[14] and Level.STEERING in steps[21]
    listed = steering_list(office.room.partnership)
    assert [(one.subject, one.kind, one.since_on) for one in listed] == [(action, NoticeKind.OVERDUE, day(21))]
    assert office.box is not None and not any("Styrgruppens lista" in str(letter["To"]) for letter in office.box.letters)
    office.check_in(action, day(24))
    office.morning(day(25))
    assert steering_list(office.room.partnership) == ()


def test_without_a_mail_server_the_letter_waits_to_be_ticked_and_counts_from_then(by_hand: Post) -> None:
    by_hand.action("Klipp buskar", due_on=day(-3))
    by_hand.whole_day(MONDAY)
    waiting = [letter for letter in by_hand.letters if letter.email == BOS]
    assert [letter.state for letter in waiting] == [LetterState.READY]
    for after in range(1, 9):
        by_hand.whole_day(day(after))
    assert Level.REMINDER not in {level for _, level, _ in notices()}  # nobody has told Bo yet
    tick_letter(letter=waiting[0].id, **{**by_hand.given, "at": swedish(day(8), 10)})
    for after in range(9, 16):
        by_hand.whole_day(day(after))
    assert Level.REMINDER in {level for _, level, _ in notices()}


def test_a_person_without_an_address_that_can_be_used_gets_a_letter_to_be_passed_on(office: Post) -> None:
    office.action("Klipp buskar", due_on=day(-3), responsible="Eva Ek", responsible_email="eva@granvik.example, bo@flows.example")
    office.whole_day(MONDAY)
    assert [(letter.name, letter.email, letter.state) for letter in office.letters if letter.name == "Eva Ek"] == [("Eva Ek", "", LetterState.READY)]
    assert office.box is not None and not {"eva@granvik.example", BOS} & set(office.box.to)


def test_a_letter_that_nobody_has_sent_is_taken_apart_when_a_part_of_it_is_done(by_hand: Post) -> None:
    done, left = by_hand.action("Klipp buskar", due_on=day(-3)), by_hand.action("Byt lampor", due_on=day(-3))
    by_hand.whole_day(MONDAY)
    by_hand.check_in(done, day(1), implementation=Implementation.DONE_AS_INTENDED)
    by_hand.whole_day(day(2))
    first, second = (letter for letter in by_hand.letters if letter.email == BOS)
    assert (first.state, second.state) == (LetterState.DROPPED, LetterState.READY)
    told = Notice.objects.within(by_hand.room.partnership).filter(letter_id=second.id).values_list("subject_id", flat=True)
    assert list(told) == [left]


def test_somebody_who_has_left_the_partnership_is_written_to_no_more(office: Post) -> None:
    office.action("Klipp buskar", due_on=day(-3))  # tied to Bo's place by his address
    bo = next(member for member in members(office.room.partnership) if member.name == "Bo")
    partnership.end_membership(member=bo.id, **{**office.given, "at": swedish(MONDAY, 9, 30)})
    office.whole_day(MONDAY)
    assert office.box is not None and BOS not in office.box.to and ANNAS in office.box.to


def test_in_a_pause_everything_stands_as_it_is(office: Post) -> None:
    office.action("Byt lampor", due_on=day(1))
    office.morning(MONDAY)
    before = notices()
    change_rhythm(edit=Edit(values={"paused_until": day(3)}, base={"paused_until": None}, version=0), **office.given)
    assert office.whole_day(day(1)).sent == 0 and notices() == before


def test_a_clock_that_jumps_sends_nothing_twice_and_loses_nothing(office: Post) -> None:
    office.action("Klipp buskar", due_on=day(-3))
    office.morning(MONDAY)
    queue_letter(kind=LetterKind.HELP, person=Person("Anna", ANNAS), subject="Hjälp", text="Ring.", **{**office.given, "at": swedish(MONDAY, 10)})
    assert office.box is not None
    office.minute(swedish(MONDAY, 9))  # the clock went back an hour: the letter waits, and goes an hour later
    assert office.box.to.count(BOS) == 1 and ANNAS not in office.box.to
    office.whole_day(day(31))  # a month forward
    sent = office.box.to.count(BOS)
    for after in (0, 1, 2):  # and back again
        office.whole_day(day(after))
    assert office.box.to.count(BOS) == sent and office.box.to.count(ANNAS) >= 1
    assert len(office.box.ids) == len(set(office.box.ids))


def test_the_morning_of_one_partnership_that_fails_does_not_stop_the_others(by_hand: Post, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    from samsyn.flows.notices import morning as flow
    from samsyn.records.access.acts import Actor, ActorKind

    other = partnership.add_partnership(name="Norrängen", organisation_name="Norrängens kommun", actor=Actor(ActorKind.JOB, "t", "T"), at=swedish(MONDAY))
    monkeypatch.setattr(flow, "everything", lambda one, today: 1 / 0 if one == other.id else everything(one, today))
    by_hand.action("Klipp buskar", due_on=day(-3))
    found = flow.morning(MONDAY, swedish(MONDAY, 7))
    assert (found.partnerships, found.failed) == (1, 1) and found.queued and "ZeroDivisionError" in caplog.text


def test_the_queries_of_a_morning_do_not_grow_with_the_actions(by_hand: Post) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            everything(by_hand.room.partnership, MONDAY)
        return len(queries)

    before = asked()
    for number in range(20):
        by_hand.action(f"Åtgärd {number}", due_on=day(number))
    assert asked() == before <= 25


def test_a_letter_keeps_no_secret_of_a_link(by_hand: Post) -> None:
    by_hand.action("Byt lampor", due_on=day(1))
    by_hand.whole_day(MONDAY)
    kept = Letter.objects.in_every_partnership().get(email=BOS)
    assert "/svar/lank-" in kept.text and "/svar/lank-" in kept.html and not re.search(r"[0-9a-f]{64}", kept.text + kept.html)  # an id and a mark of 32 each
