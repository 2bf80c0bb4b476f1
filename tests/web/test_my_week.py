"""My week answers what to do now, for each role; looking at it writes nothing and costs the same however much there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.chain.answers import Answer
from samsyn.chain.notice_values import STEERING_LIST, Level, NoticeKind, Person
from samsyn.flows.answering import Answered, answer_action
from samsyn.records.access.acts import Act, Actor, ActorKind
from samsyn.records.access.models import Event
from samsyn.records.access.writes import writing
from samsyn.records.follow_up import writes as follow_up
from samsyn.records.follow_up.duty_reads import plan_duties
from samsyn.records.meeting.group_writes import add_group
from samsyn.records.meeting.models import AssignmentAnswer
from samsyn.records.meeting.writes import plan_meeting
from samsyn.records.outbox.models import Letter, LetterKind, Notice
from samsyn.records.outbox.reads import whole
from samsyn.records.outbox.writes import queue_letter
from samsyn.records.plan import writes
from samsyn.web.pages.start.visits import COOKIE
from tests.web.assigned import handed_out
from tests.web.conftest import NOW, TODAY, Town

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]
FRIDAY = date(2026, 11, 27)
MOST_QUERIES = 60


def given(town: Town) -> dict[str, Any]:
    return {"partnership": town.partnership, "actor": Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), "at": NOW}


def new_action(town: Town, text: str, **values: Any) -> UUID:
    row = writes.add_action(plan=town.plan, values={"text": text, **values}, causes=[town.cause], goals=[town.goal], **given(town))
    return row.id


def words(response: Any) -> str:
    """The text that a person reads, with one space between words."""
    html = re.sub(r"(?s)<(svg|script|style|head)\b.*?</\1>", " ", response.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def part(text: str, heading: str) -> str:
    return text.partition(heading)[2]


def test_the_coordinator_meets_those_who_wait_first_and_at_most_seven_things(town: Town, anna: Client) -> None:
    answer_action(action=town.bo_action, organisation=town.organisation, **given(town),
                  said=Answered(answer=Answer.DELAYED, text="Tjälen kom", proposed_due_on=date(2027, 2, 1)))
    answer_action(action=town.other_action, organisation=town.organisation, said=Answered(answer=Answer.HELP, text="Vem har nyckeln?"), **given(town))
    for n in range(9):
        group = add_group(values={"name": f"Arbetsgrupp {n}", "kind": "working"}, **given(town))
        plan_meeting(group=group.id, starts_at=NOW + timedelta(days=3), minutes=60, **given(town))
    page = anna.get("/")
    todo = part(words(page), "Gör nu").partition("Visa alla")[0]
    first, second = todo.index("behöver hjälp:"), todo.index("föreslår 2027-02-01")
    assert first < second < todo.index("Skicka kallelsen till Arbetsgrupp")
    assert "Vem har nyckeln?" in todo and "Tjälen kom" in todo
    assert page.content.decode().partition("Gör nu")[2].partition("</ol>")[0].count("<li>") == 7
    all_of_it = anna.get("/?visa=alla").content.decode().partition("Gör nu")[2].partition("</ol>")[0]
    assert all_of_it.count("<li>") > 9 and all_of_it.count("Skicka kallelsen") >= 9


def test_letters_to_pass_on_and_letters_that_failed_are_things_to_do(town: Town, anna: Client) -> None:
    for n, name in enumerate(("Bo", "Bo", "Cai", "Dag", "Eva")):
        queue_letter(kind=LetterKind.HELP, person=Person(name, f"p{n}@granviken.example"), subject="Hej", text="Hur går det?",
                     **{**given(town), "at": NOW + timedelta(minutes=n)})
    with writing(actor=given(town)["actor"], at=NOW, act=Act(kind="letter.failed", words="gick inte", partnership=town.partnership)):
        Letter.objects.within(town.partnership).filter(name="Eva").update(state="failed")
    todo = part(words(anna.get("/?visa=alla")), "Gör nu")
    assert "Ett utskick gick inte fram Till Eva." in todo
    assert "Skicka fyra färdiga texter Till Bo, Cai och Dag. Samsyn skickar dem inte själv." in todo
    assert 'href="/utskick/"' in anna.get("/").content.decode()
    queue_letter(kind=LetterKind.HELP, person=Person("Anna", "anna@granviken.example"), subject="Hej", text="Hur går det?", **given(town))
    assert "dig själv" in part(words(anna.get("/?visa=alla")), "Gör nu") and "Till dig själv" in words(anna.get("/utskick/"))


def test_a_decision_without_a_meeting_is_a_thing_to_do_until_a_meeting_is_planned(town: Town, anna: Client) -> None:
    assert "Planera ett möte med styrgruppen" in words(anna.get("/?visa=alla"))
    group = add_group(values={"name": "Styrgruppen", "kind": "steering"}, **given(town))
    plan_meeting(group=group.id, starts_at=NOW + timedelta(days=30), minutes=60, **given(town))
    text = words(anna.get("/?visa=alla"))
    assert "Planera ett möte med styrgruppen" not in text
    assert "Nästa möte Styrgruppen onsdag 2026-12-23 kl. 09.14" in text


def test_on_monday_the_coordinator_sees_what_will_go_wrong_by_friday(town: Town, anna: Client) -> None:
    new_action(town, "Sätt upp skyltar", responsible="Bo", due_on=FRIDAY)
    new_action(town, "Måla om tunneln", responsible="Bo", due_on=FRIDAY + timedelta(days=1))
    text = part(words(anna.get("/")), "Det som kan gå fel till fredag").partition("Veckan")[0]
    assert "Sätt upp skyltar Bo . Ska vara klar fredag 2026-11-27 men är inte påbörjad." in text
    assert "Måla om tunneln" not in text


def test_what_stands_in_one_list_is_left_out_of_the_next(town: Town, anna: Client) -> None:
    new_action(town, "Annas egen sena sak", responsible="Anna", responsible_email="anna@granviken.example", due_on=date(2026, 11, 10))
    page = words(anna.get("/?visa=alla"))
    stalls, waits = part(page, "Det som kan gå fel till fredag").partition("Veckan")[0], part(page, "Vi väntar på").partition("Hämta listan")[0]
    assert "Annas egen sena sak" in part(page, "Dina åtgärder").partition("Det som kan gå fel")[0] and "Annas egen sena sak" not in waits
    new_action(town, "Annas sak till fredag", responsible="Anna", responsible_email="anna@granviken.example", due_on=FRIDAY)
    page = words(anna.get("/"))
    own = part(page, "Dina åtgärder").partition("Det som kan gå fel")[0]
    assert "Annas sak till fredag Trygg kväll i centrum. Ska vara klar fredag 2026-11-27 men är inte påbörjad." in own
    assert "Annas sak till fredag" not in part(page, "Det som kan gå fel till fredag").partition("Veckan")[0]
    quiet = [duty.text for duty in plan_duties(town.partnership, TODAY).duties if duty.text in stalls]
    assert quiet and not [text for text in quiet if text in waits]


def test_the_days_of_the_week_say_what_is_ahead(town: Town, anna: Client) -> None:
    new_action(town, "Sätt upp skyltar", due_on=FRIDAY)
    group = add_group(values={"name": "Arbetsgruppen", "kind": "working"}, **given(town))
    plan_meeting(group=group.id, starts_at=NOW + timedelta(days=1), minutes=60, **given(town))
    week = part(words(anna.get("/")), "Veckan").partition("Vi väntar på")[0]
    assert re.search(r"Mån 23 I dag .*Tis 24 09\.14 Arbetsgruppen .*Fre 27 .*Sista dag: Sätt upp skyltar$", week.strip())


def test_a_responsible_with_one_action_sees_one_thing_with_five_large_answers(town: Town, enter: Enter) -> None:
    bo = enter("Bo")
    with writing(actor=given(town)["actor"], at=NOW, act=Act(kind="x", words="avslutade", partnership=town.partnership)):
        for duty in plan_duties(town.partnership, TODAY).duties:
            if duty.responsible and duty.responsible.name == "Bo" and duty.id != str(town.bo_action):
                follow_up.set_face(action=UUID(duty.id), value=writes_done(), why="", rests_on=None, **given(town))
    own = open_action_of_bo(town)
    page = bo.get("/").content.decode()
    answers = re.findall(rf'href="[^"]*{own}/svar/\?tillbaka=%2F&amp;svar=([a-z-]+)#svar"', page)
    assert answers == ["klar", "pa-vag", "forsenad", "blir-inte-av", "hjalp"]
    assert "Gör nu" not in page and "Vi väntar på" not in page and "<h2 id=\"sedan-dessa\"" not in page
    assert "En sak väntar på dig." in page


def writes_done() -> Any:
    from samsyn.chain.choices import Implementation

    return Implementation.DONE_AS_INTENDED


def open_action_of_bo(town: Town) -> str:
    """An action that Bo is tied to and has not ended; made if there is none."""
    mine = [duty.id for duty in plan_duties(town.partnership, TODAY).duties if duty.responsible and duty.responsible.name == "Bo"]
    return mine[0] if mine else str(new_action(town, "Byt lampor", responsible="Bo", responsible_email="bo@granviken.example"))


def test_an_answer_from_my_week_leads_back_to_it(town: Town, enter: Enter) -> None:
    bo, own = enter("Bo"), open_action_of_bo(town)
    sent = bo.post(reverse("answer_action", args=[town.plan, own]) + "?tillbaka=%2F", {"svar": "pa-vag", "text": "Går bra", "once": uuid4().hex})
    assert sent["Location"] == "/"


def test_an_assignment_from_a_meeting_is_ones_own_thing_and_is_answered_once(town: Town, enter: Enter) -> None:
    line, bo = handed_out(town)["line"], enter("Bo")
    address = reverse("answer_assignment", args=[line])
    assert address in bo.get("/").content.decode() and address not in enter("Dana").get("/").content.decode()
    before = Event.objects.count()
    assert "Uppdrag från Arbetsgruppen" in words(bo.get(f"{address}?svar=hjalp")) and Event.objects.count() == before
    assert bo.post(address, {"svar": "hjalp", "once": "x"}).status_code == 400, "help needs words"
    for _ in range(2):
        assert bo.post(address, {"svar": "pa-vag", "text": "Ringde i går", "once": "samma"})["Location"] == "/"
    assert AssignmentAnswer.objects.within(town.partnership).filter(line_id=line).count() == 1


def test_a_coordinator_is_told_while_the_reminders_are_paused(town: Town, anna: Client, enter: Enter) -> None:
    from samsyn.records.partnership.models import Rhythm

    with writing(actor=given(town)["actor"], at=NOW, act=Act(kind="x", words="pausade", partnership=town.partnership)):
        Rhythm.objects.create(partnership_id=town.partnership, organisation_id=town.organisation, paused_until=TODAY + timedelta(days=1))
    assert "Påminnelserna är pausade De börjar igen 2026-11-24 ." in words(anna.get("/"))
    assert "Påminnelserna är pausade" not in words(enter("Bo").get("/"))
    with writing(actor=given(town)["actor"], at=NOW, act=Act(kind="x", words="började igen", partnership=town.partnership)):
        Rhythm.objects.within(town.partnership).update(paused_until=TODAY)
    assert "Påminnelserna är pausade" not in words(anna.get("/"))


def test_a_steering_member_meets_decisions_the_list_and_the_next_meeting(town: Town, enter: Enter) -> None:
    group = add_group(values={"name": "Styrgruppen", "kind": "steering"}, **given(town))
    plan_meeting(group=group.id, starts_at=NOW + timedelta(days=10), minutes=60, **given(town))
    duty = plan_duties(town.partnership, TODAY).duties[0]
    with writing(actor=Actor(ActorKind.JOB, "post", "Samsyn"), at=NOW, act=Act(kind="notices.queued", words="x", partnership=town.partnership)):
        Notice.objects.create(partnership_id=town.partnership, kind=NoticeKind.SILENT, level=Level.STEERING, subject_kind="action", subject_id=UUID(duty.id),
                              plan_id=UUID(duty.plan), person=STEERING_LIST, name="Styrgruppens lista", period="2026-10-01", queued_at=NOW)
    text = words(enter("Carin").get("/"))
    assert "Beslut som begärs 1" in text and "Annars:" in text
    assert f"{duty.text} Tyst sedan sist. På listan sedan 2026-11-23 ." in part(text, "Har inte kommit vidare")
    assert "Nästa möte Styrgruppen torsdag 2026-12-03" in text
    assert "Gör nu" not in text and "Påminn" not in text
    assert duty.text in part(words(enter("Anna").get("/")), "På styrgruppens lista")


def test_a_reader_meets_the_plans_and_what_has_changed(town: Town, enter: Enter) -> None:
    text = words(enter("Rut").get("/"))
    assert "Planerna" in text and "Sedan 2026-11-16" in text
    assert not any(word in text for word in ("Gör nu", "Påminn", "Beslut som begärs", "Hur går det?"))


def test_what_others_did_is_news_until_the_next_visit_and_ones_own_acts_are_none(town: Town, enter: Enter, anna: Client) -> None:
    bo, own = enter("Bo"), open_action_of_bo(town)
    for n in range(3):
        bo.post(reverse("check_in", args=[town.plan, own]), {"text": f"Läget {n}", "once": uuid4().hex})
    assert "Bo stämde av, tre gånger" in words(anna.get("/"))
    assert "Bo stämde av" not in words(bo.get("/"))
    kept = anna.cookies[COOKIE]
    assert kept["httponly"] and kept["samesite"] == "Lax"
    assert "Bo stämde av, tre gånger" in words(anna.get("/")), "the same visit shows the same news"


@pytest.mark.parametrize("kept", ["", "x", "a.b.c", "9" * 400, "..", "å.1.2", "{member}.99999999999999.1", "{member}.-1.2", "{other}.1.2"])
def test_a_cookie_that_nobody_wrote_here_counts_as_none(kept: str, town: Town, enter: Enter, anna: Client) -> None:
    from samsyn.records.partnership.reads import members

    places = {member.name: member.id.hex for member in members(town.partnership)}
    anna.cookies[COOKIE] = kept.format(member=places["Anna"], other=places["Bo"])
    page = anna.get("/")
    assert page.status_code == 200 and "Sedan 2026-11-16" in words(page)


def test_a_visit_that_is_remembered_says_since_when_things_are_news(town: Town, anna: Client) -> None:
    from samsyn.records.partnership.reads import members

    anna_place = next(member for member in members(town.partnership) if member.name == "Anna")
    seen = NOW - timedelta(days=2)
    anna.cookies[COOKIE] = f"{anna_place.id.hex}.{int((NOW - timedelta(days=5)).timestamp())}.{int(seen.timestamp())}"
    assert "Sedan 2026-11-21" in words(anna.get("/"))


@pytest.mark.parametrize("name", ["Anna", "Bo", "Carin", "Rut"])
def test_my_week_opens_no_transaction_and_asks_no_more_for_more_actions(name: str, town: Town, enter: Enter) -> None:
    client = enter(name)
    client.get("/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/").status_code == 200
        assert not [q["sql"] for q in asked if q["sql"].upper().startswith(("BEGIN", "SAVEPOINT", "INSERT", "UPDATE", "DELETE"))]
        counts.append(len(asked))
        for n in range(30):
            new_action(town, f"Åtgärd {n}", responsible="Bo", responsible_email="bo@granviken.example", due_on=TODAY + timedelta(days=n - 15))
    assert counts[0] == counts[1] <= MOST_QUERIES, counts


def test_the_coordinator_reminds_with_one_press_and_the_second_press_writes_nothing_more(town: Town, anna: Client) -> None:
    action = new_action(town, "Sätt upp skyltar", responsible="Bo", responsible_email="bo@granviken.example", due_on=FRIDAY)
    sent = {"subject": str(action), "once": uuid4().hex}
    said = words(anna.post(reverse("remind") + "?tillbaka=/", sent, follow=True))
    assert "Påminnelsen till Bo är skriven. Den ligger bland utskicken" in said
    anna.post(reverse("remind"), sent)
    assert "En påminnelse är redan skriven" in words(anna.post(reverse("remind"), {**sent, "once": uuid4().hex}, follow=True))
    (letter,) = Letter.objects.within(town.partnership).filter(subject_id=action)
    assert (letter.name, letter.email, letter.kind) == ("Bo", "bo@granviken.example", LetterKind.NOTICES)
    assert "Sätt upp skyltar" in letter.text and re.search(r"http\S+/svar/[0-9a-f]{64}/", whole(letter).text)
    page = anna.get("/").content.decode()
    assert "Påminnelse skriven" in page and f'value="{action}"' not in page
    with writing(actor=given(town)["actor"], at=NOW, act=Act(kind="letter.ticked", words="skickade", partnership=town.partnership)):
        Letter.objects.within(town.partnership).filter(id=letter.id).update(state="ticked", sent_at=NOW - timedelta(days=1), ticked_by="Anna")
    assert "Påmind: en gång, senast 2026-11-22." in part(words(anna.get("/")), "Det som kan gå fel till fredag")
    with writing(actor=given(town)["actor"], at=NOW, act=Act(kind="x", words="flyttade dagen", partnership=town.partnership)):
        writes_late(town, action)
    assert "Sätt upp skyltar B Bo 2026-11-20 3 dagar sen En gång, senast 2026-11-22" in part(words(anna.get("/?visa=alla")), "Vi väntar på")


def writes_late(town: Town, action: UUID) -> None:
    from samsyn.records.plan.models import Action

    Action.objects.within(town.partnership).filter(id=action).update(due_on=date(2026, 11, 20))


def test_a_reminder_goes_to_the_substitute_of_somebody_who_is_away(town: Town, anna: Client) -> None:
    from samsyn.records.partnership import rhythm_writes

    action = new_action(town, "Sätt upp skyltar", responsible="Bo", responsible_email="bo@granviken.example", due_on=FRIDAY)
    away = {"name": "Bo", "email": "bo@granviken.example", "from_on": TODAY, "until_on": FRIDAY, "substitute_name": "Siv",
            "substitute_email": "siv@granviken.example"}
    rhythm_writes.add_absence(organisation=town.organisation, own_email=None, values=away, **given(town))
    assert "Påminnelsen till Siv är skriven" in words(anna.post(reverse("remind"), {"subject": str(action), "once": "k"}, follow=True))


@pytest.mark.parametrize("subject", ["", "x", str(UUID(int=7))])
def test_what_is_not_there_cannot_be_reminded_about(subject: str, town: Town, anna: Client) -> None:
    assert anna.post(reverse("remind"), {"subject": subject}).status_code == 404


def test_nobody_reminds_in_anothers_partnership_or_about_what_has_ended(town: Town, anna: Client, enter: Enter) -> None:
    action = new_action(town, "Sätt upp skyltar", responsible="Bo", due_on=FRIDAY)
    assert enter("Erik").post(reverse("remind"), {"subject": str(action)}).status_code == 404
    follow_up.set_face(action=action, value=writes_done(), why="", rests_on=None, **given(town))
    assert "Det är redan avslutat" in words(anna.post(reverse("remind"), {"subject": str(action)}, follow=True))
    assert not Letter.objects.within(town.partnership).filter(subject_id=action).exists()


def test_the_pulse_says_a_finding_counts_and_what_may_stall(town: Town, anna: Client, enter: Enter) -> None:
    new_action(town, "Sätt upp skyltar", responsible="Bo", responsible_organisation="Skyltfirman", due_on=FRIDAY)
    text = words(anna.get(reverse("pulse")))
    assert re.search(r"Någon har hört av sig om \d+ av \d+( \(\d+ %\))? åtgärder de senaste 30 dagarna", text)
    assert "Skyltfirman 0 av 1" in part(text, "Efter organisation")
    assert "Sätt upp skyltar" in part(text, "På väg att stanna")
    assert not re.search(r"(?<!\d \()\b\d+ %", text), "a percentage stands only beside its counts"
    reader = words(enter("Rut").get(reverse("pulse")))
    assert "Sätt upp skyltar" in reader and "Påminn " not in reader and "Stäm av" not in reader
    listed = anna.get(reverse("stalls_file", args=["csv"])).content.decode("utf-8-sig")
    assert "Sätt upp skyltar;Bo;Skyltfirman;Inte påbörjad" in listed


def test_the_pulse_counts_from_the_last_closed_meeting(town: Town, anna: Client) -> None:
    handed_out(town)
    assert "sedan mötet 2026-11-17" in words(anna.get(reverse("pulse")))
