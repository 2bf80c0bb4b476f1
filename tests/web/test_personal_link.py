"""A personal link: one question, answered without an account, that opens nothing else whatever is done to it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samsyn.chain.answers import Answer
from samsyn.chain.choices import Implementation
from samsyn.chain.face import implementation_of, standing_check_ins
from samsyn.chain.notice_values import Person
from samsyn.chain.plan import Action
from samsyn.records.access.acts import Act, Actor, ActorKind
from samsyn.records.access.models import Event
from samsyn.records.access.writes import writing
from samsyn.records.editing import Edit
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.meeting import group_writes, line_writes, live_writes
from samsyn.records.meeting import writes as meeting_writes
from samsyn.records.meeting.models import AssignmentAnswer, MeetingLine
from samsyn.records.outbox.link_reads import token_of
from samsyn.records.outbox.link_writes import make_answer_link, revoke_link
from samsyn.records.outbox.models import Letter, Link
from samsyn.records.partnership.models import Membership
from samsyn.records.partnership.rights import Role
from samsyn.records.plan import writes
from samsyn.records.plan.models import CheckIn
from samsyn.records.plan.reads import plan_head
from samsyn.site.logged import WithoutTokens
from tests.web.conftest import NOW, TODAY, Town
from tests.web.html_page import Page

Enter = Callable[..., Client]
BO = Person("Bo", "bo@granvikshus.example")
GUEST = Person("Gun Gäst", "gun@utanfor.example")
JOB = Actor(ActorKind.JOB, "morning", "Samsyn")
NUMBER = "811218-9876"  # of nobody: the example number of the tax agency


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Give a function that moves the clock from NOW."""
    return lambda by: monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + by)


def link_to(town: Town, person: Person = BO, action: UUID | None = None, at: datetime = NOW) -> Link:
    return make_answer_link(partnership=town.partnership, subject_kind="action", subject_id=action or town.bo_action, person=person, actor=JOB, at=at)


def address_of(link: Link) -> str:
    return f"/svar/{token_of(link.id)}/"


def form_of(client: Client, address: str, code: str) -> dict[str, Any]:
    """Return what the form behind a button would send if nobody touched it."""
    page = Page(client.get(address, {"svar": code}).content.decode())
    (form,) = [one for one in page.forms if one.method == "post"]
    return form.values()


def send(client: Client, address: str, code: str, **said: Any) -> Any:
    return client.post(address, {**form_of(client, address, code), **said})


def action_now(town: Town) -> Action:
    head = plan_head(town.partnership, town.plan)
    assert head
    return next(one for one in plan_values(head).actions if one.id == str(town.bo_action))


def whole_database() -> dict[str, list[Any]]:
    """Return every row there is, so that nothing can change unseen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        found = {}
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


@pytest.mark.parametrize(("code", "said", "answer", "how_far"), [
    ("klar", {"how": "done_as_intended"}, Answer.DONE_AS_INTENDED, Implementation.DONE_AS_INTENDED),
    ("klar", {"how": "done_in_part", "text": "14 av 18"}, Answer.DONE_IN_PART, Implementation.DONE_IN_PART),
    ("pa-vag", {}, Answer.UNDER_WAY, Implementation.UNDER_WAY),
    ("forsenad", {"proposed_due_on": "2027-02-01", "text": "Tjäle"}, Answer.DELAYED, Implementation.UNDER_WAY),
    ("blir-inte-av", {"text": "Inga pengar"}, Answer.NOT_DONE, Implementation.NOT_DONE),
])
def test_each_answer_is_a_check_in_and_says_how_far_it_has_come(
        code: str, said: dict[str, str], answer: Answer, how_far: Implementation, town: Town, db: None, clock: Callable[[timedelta], None]) -> None:
    clock(timedelta(minutes=5))
    result = action_now(town).result
    response = send(Client(), address_of(link_to(town)), code, **said)
    assert response.status_code == 303
    action = action_now(town)
    last = standing_check_ins(action)[-1]
    assert (last.answer, last.implementation, last.by, last.by_email, last.text) == (answer, how_far, "Bo", BO.email, said.get("text", ""))
    assert implementation_of(action) is how_far and action.implementation and action.implementation.value is how_far
    assert action.result == result


def test_help_leaves_the_state_as_it_was_and_writes_to_the_coordinator_and_to_whom_is_named(
        town: Town, db: None, clock: Callable[[timedelta], None]) -> None:
    clock(timedelta(minutes=5))
    before = action_now(town).implementation
    response = send(Client(), address_of(link_to(town, GUEST)), "hjalp", text="Vi saknar en nyckel.", help_from="dana")
    assert response.status_code == 303
    action = action_now(town)
    assert action.implementation == before
    assert standing_check_ins(action)[-1].answer is Answer.HELP
    letters = {one.name: one for one in Letter.objects.within(town.partnership).filter(kind="help")}
    assert set(letters) == {"Anna", "Dana"}
    assert letters["Dana"].subject.startswith("Gun Gäst behöver hjälp:") and letters["Dana"].email.startswith("dana@")
    assert "Vi saknar en nyckel." in letters["Anna"].text and GUEST.email in letters["Anna"].text
    assert f"http://testserver/planer/{town.plan}/atgarder/{town.bo_action}/" in letters["Anna"].text


def test_where_a_police_officer_holds_it_together_they_are_told(town: Town, db: None) -> None:
    with writing(actor=JOB, at=NOW, act=Act(kind="test", words="prov", partnership=town.partnership)):
        Membership.objects.within(town.partnership).filter(role=Role.COORDINATOR).update(role=Role.MUNICIPAL_POLICE_OFFICER)
    assert "Anna" in Client().get(address_of(link_to(town))).content.decode()
    send(Client(), address_of(link_to(town)), "hjalp", text="Hjälp")
    assert [one.name for one in Letter.objects.within(town.partnership).filter(kind="help")] == ["Anna"]


@pytest.mark.parametrize("whom", ["offer@spam.example", "offer@spam.example, dana@granviken.example", "Okänd Person", ""])
def test_a_link_cannot_make_samsyn_write_to_whom_it_likes(whom: str, town: Town, db: None) -> None:
    send(Client(), address_of(link_to(town)), "hjalp", text="Hjälp", help_from=whom)
    assert [one.name for one in Letter.objects.within(town.partnership).filter(kind="help")] == ["Anna"]


def test_opening_changes_nothing_whoever_opens_and_however_often(town: Town, enter: Enter) -> None:
    address = address_of(link_to(town))
    before = whole_database()
    for client in (Client(), enter("Anna"), enter("Erik")):
        after_sign_in = whole_database()
        for method in (client.get, client.head, client.options):
            for query in ("", "?svar=klar", "?svar=hjalp", "?svar=nonsens", "?tack=1", "?once=1&how=done_as_intended&text=x"):
                assert method(address + query).status_code in (200, 405)
        assert whole_database() == after_sign_in
    assert enter("Anna").get("/planer/").status_code == 200
    assert {name for name, rows in whole_database().items() if rows != before[name]} <= {"access_user", "django_session"}  # the signing in of the test itself
    send(Client(), address, "pa-vag")
    assert whole_database() != before  # the control: what changes something is seen


def test_head_and_get_work_with_and_without_the_last_slash(town: Town, db: None) -> None:
    bare = address_of(link_to(town)).rstrip("/")
    client = Client()
    assert client.get(bare).status_code == client.head(bare).status_code == client.get(bare + "/").status_code == 200
    response = send(client, bare, "pa-vag")
    assert response.status_code == 303 and CheckIn.objects.within(town.partnership).filter(answer="under_way").exists()


@pytest.mark.parametrize("token", ["0" * 64, "x", "a" * 5000, "å" * 64, "%00", "%F0%28%8C", "' OR 1=1 --"])
def test_a_forged_token_meets_one_kind_page_and_costs_one_query_at_most(token: str, town: Town, enter: Enter) -> None:
    link_to(town)
    for client in (Client(), enter("Anna")):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"/svar/{token}/")
        assert response.status_code == 404 and len(asked) <= 1
        assert "Hör av dig till den som skickade länken" in response.content.decode()


def closed_words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 404
    return str(response.content.decode())


def test_expired_revoked_forged_and_withdrawn_say_the_same_and_nothing_of_the_action(
        town: Town, db: None, clock: Callable[[timedelta], None]) -> None:
    client = Client()
    forged = closed_words(client, "/svar/" + "0" * 64 + "/")
    link = link_to(town)
    assert client.get(address_of(link)).status_code == 200
    revoke_link(partnership=town.partnership, link=link.id, actor=JOB, at=NOW)
    assert closed_words(client, address_of(link)) == forged
    other = link_to(town)
    assert other.id != link.id and client.get(address_of(other)).status_code == 200
    writes.withdraw_row(partnership=town.partnership, plan=town.plan, kind="action", row_id=town.bo_action, actor=JOB, at=NOW)
    assert closed_words(client, address_of(other)) == forged
    writes.take_up_row(partnership=town.partnership, plan=town.plan, kind="action", row_id=town.bo_action, actor=JOB, at=NOW)
    assert client.get(address_of(other)).status_code == 200
    clock(timedelta(days=30))
    assert closed_words(client, address_of(other)) == forged


def test_what_was_written_is_given_back_if_the_link_closes_meanwhile(town: Town, db: None) -> None:
    link, client = link_to(town), Client()
    sent = {**form_of(client, address_of(link), "blir-inte-av"), "text": "En lång förklaring <b>här</b>"}
    revoke_link(partnership=town.partnership, link=link.id, actor=JOB, at=NOW)
    response = client.post(address_of(link), sent)
    assert response.status_code == 404 and "En lång förklaring &lt;b&gt;här" in response.content.decode()
    assert not CheckIn.objects.within(town.partnership).filter(answer="not_done").exists()


def test_a_link_works_again_and_the_latest_answer_counts(town: Town, db: None, clock: Callable[[timedelta], None]) -> None:
    address, client = address_of(link_to(town)), Client()
    for minute, (code, said) in enumerate([("klar", {"how": "done_as_intended"}), ("blir-inte-av", {"text": "Det gick inte"}), ("pa-vag", {})], start=1):
        clock(timedelta(minutes=minute))
        assert send(client, address, code, **said).status_code == 303
    action = action_now(town)
    assert [one.answer for one in standing_check_ins(action)[-3:]] == [Answer.DONE_AS_INTENDED, Answer.NOT_DONE, Answer.UNDER_WAY]
    assert implementation_of(action) is Implementation.UNDER_WAY


def test_the_same_form_twice_is_one_answer_and_both_are_thanked(town: Town, db: None) -> None:
    address, client = address_of(link_to(town)), Client()
    sent = {**form_of(client, address, "blir-inte-av"), "text": "Nej"}
    before = CheckIn.objects.within(town.partnership).count()
    first, second = client.post(address, sent), client.post(address, {**sent, "text": "Nej, en gång till"})
    assert first.status_code == second.status_code == 303 and first["location"] == second["location"]
    assert CheckIn.objects.within(town.partnership).count() == before + 1
    assert "Tack Bo" in client.get(first["location"]).content.decode()


def test_two_who_opened_the_page_at_once_both_have_their_answer_kept(town: Town, db: None, clock: Callable[[timedelta], None]) -> None:
    address = address_of(link_to(town))
    first, second = Client(), Client()
    one, two = form_of(first, address, "pa-vag"), form_of(second, address, "blir-inte-av")
    clock(timedelta(minutes=1))
    assert first.post(address, {**one, "text": "Det går"}).status_code == 303
    clock(timedelta(minutes=2))
    assert second.post(address, {**two, "text": "Det går inte"}).status_code == 303
    assert [c.text for c in standing_check_ins(action_now(town))[-2:]] == ["Det går", "Det går inte"]


def test_a_forwarded_link_is_marked_with_the_address_it_was_made_for_also_when_somebody_else_is_signed_in(
        town: Town, enter: Enter, clock: Callable[[timedelta], None]) -> None:
    clock(timedelta(minutes=1))
    for who in ("Anna", "Erik"):
        client = enter(who)
        page = client.get(address_of(link_to(town, GUEST))).content.decode()
        assert "Gun Gäst" in page and "Logga ut" not in page and who not in page.replace("Anna frågar", "").replace("Skicka till Anna", "")
        assert send(client, address_of(link_to(town, GUEST)), "pa-vag", text=f"Skickat av {who}").status_code == 303
        made = CheckIn.objects.within(town.partnership).get(text=f"Skickat av {who}")
        assert (made.by, made.by_email) == ("Gun Gäst", GUEST.email)
        event = Event.objects.filter(kind="check_in.added", subject_id=town.bo_action).latest("at")
        assert (event.actor_kind, event.actor_name) == ("link", "Gun Gäst") and GUEST.email in event.words


def test_a_link_signs_nobody_in_and_opens_nothing_else(town: Town, db: None) -> None:
    client = Client()
    send(client, address_of(link_to(town)), "pa-vag")
    assert not client.cookies
    assert client.get(f"/planer/{town.plan}/")["location"].startswith("/logga-in/")


def test_a_form_needs_no_cookie_and_no_key_of_another_link(town: Town, db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    mine, other = link_to(town), link_to(town, GUEST)
    assert strict.post(address_of(mine), form_of(strict, address_of(mine), "pa-vag"), headers={"origin": "null"}).status_code == 303
    before = CheckIn.objects.within(town.partnership).count()
    for key in ("", "påhittad", form_of(strict, address_of(other), "pa-vag")["once"]):
        response = strict.post(address_of(mine), {"svar": "pa-vag", "text": "Kvar på sidan", "once": key})
        assert response.status_code == 400 and "Kvar på sidan" in response.content.decode()
    assert CheckIn.objects.within(town.partnership).count() == before
    (form,) = [one for one in Page(response.content.decode()).forms if one.method == "post"]
    assert strict.post(address_of(mine), form.values()).status_code == 303  # what is shown again can be sent


def test_the_page_tells_no_other_page_where_it_was_and_is_kept_by_nobody(town: Town, db: None) -> None:
    client, address = Client(), address_of(link_to(town))
    for response in (client.get(address), client.post(address, {"svar": "klar"}), client.get("/svar/fel/"), send(client, address, "pa-vag")):
        assert response["Referrer-Policy"] == "no-referrer" and "noindex" in response["X-Robots-Tag"] and "no-store" in response["Cache-Control"]
    page = Page(client.get(address + "?svar=klar").content.decode())
    links = [given["href"] for tag, given in page.tags if tag == "a"]
    assert links and all(str(one).startswith((address, "#")) for one in links)  # nothing leads anywhere else


@pytest.mark.parametrize(("code", "said", "fault"), [
    ("klar", {"text": "Kvar"}, "Säg om det blev som tänkt"),
    ("blir-inte-av", {"text": "  "}, "Skriv kort varför"),
    ("hjalp", {"help_from": "Dana"}, "Skriv kort vad du behöver hjälp med"),
    ("forsenad", {}, "Välj en ny dag"),
    ("forsenad", {"proposed_due_on": "2026-11-22", "text": "Kvar"}, "Den dagen har redan varit"),
    ("forsenad", {"proposed_due_on": "i vår", "text": "Kvar"}, "Skriv datumet som"),
    ("pa-vag", {"text": f"Kvar: {NUMBER}"}, "Här står ett personnummer"),
    ("hjalp", {"text": "Kvar", "help_from": NUMBER}, "Här står ett personnummer"),
    ("pa-vag", {"text": "Kvar " * 2000}, "Texten är 9999 tecken. Högst 5000 får plats"),
])
def test_a_refused_answer_says_why_and_keeps_the_words(code: str, said: dict[str, str], fault: str, town: Town, db: None) -> None:
    before = whole_database()
    address = address_of(link_to(town))
    made = whole_database()
    response = send(Client(), address, code, **said)
    text = response.content.decode()
    assert response.status_code == 400 and fault in text
    assert said.get("text", "").strip() in text
    assert whole_database() == made != before


def test_a_link_of_another_partnership_leads_to_its_own_action_only(town: Town, db: None) -> None:
    link = make_answer_link(partnership=town.partnership, subject_kind="action", subject_id=town.elsewhere_action, person=BO, actor=JOB, at=NOW)
    assert Client().get(address_of(link)).status_code == 404


def test_a_living_link_is_given_again_until_a_week_is_left(town: Town, db: None) -> None:
    first = link_to(town)
    assert link_to(town, Person("Bosse", " BO@granvikshus.example "), at=NOW + timedelta(days=22)).id == first.id
    assert link_to(town, at=NOW + timedelta(days=23)).id != first.id
    assert link_to(town, Person("Bo")).id not in (first.id, link_to(town, Person("Bosse")).id)
    assert Link.objects.within(town.partnership).get(id=first.id).token_hash not in (token_of(first.id), "")


def test_the_answer_shows_on_the_action_page_with_its_way_and_address(town: Town, anna: Client, clock: Callable[[timedelta], None]) -> None:
    clock(timedelta(minutes=1))
    send(Client(), address_of(link_to(town, GUEST)), "forsenad", proposed_due_on="2027-02-01", text="Tjälen är kvar")
    text = anna.get(f"/planer/{town.plan}/atgarder/{town.bo_action}/").content.decode()
    assert f"via personlig länk, {GUEST.email}" in text and "Tjälen är kvar" in text and "2027-02-01" in text
    file = anna.get(f"/planer/{town.plan}/atgarder/{town.bo_action}/historik.csv").content.decode("utf-8-sig")
    assert f"svarade ”Försenad” och föreslog 2027-02-01, via personlig länk, {GUEST.email}" in file


def line_of_log(words: str) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "x.py", 1, "Not Found: %s", (words,), None)
    return WithoutTokens("%(message)s").format(record)


@pytest.mark.parametrize("path", ["/svar/{0}/", "/svar/{0}", "/svar/{0}/?svar=klar", "/svar//{0}/", "/kalender/{0}.ics", "http://x.example/svar/{0}?tack=1"])
def test_no_log_holds_a_personal_link(path: str) -> None:
    token = token_of(uuid4())
    assert token not in line_of_log(path.format(token)) and "***" in line_of_log(path.format(token))
    assert line_of_log("/planer/svaret/") == "Not Found: /planer/svaret/"


def test_dates_of_the_form_are_read_against_the_day_in_sweden(town: Town, db: None) -> None:
    response = send(Client(), address_of(link_to(town)), "forsenad", proposed_due_on=TODAY.isoformat())
    assert response.status_code == 303
    assert CheckIn.objects.within(town.partnership).filter(proposed_due_on=date(2026, 11, 23)).count() == 1


def test_a_link_is_made_by_hand_shown_as_a_ready_text_and_revoked(town: Town, anna: Client) -> None:
    page = f"/planer/{town.plan}/atgarder/{town.bo_action}/lankar/"
    (form,) = [one for one in Page(anna.get(page).content.decode()).forms if "email" in one.fields]
    assert form.values()["name"] == "Bo"
    addresses = set()
    for _ in range(2):  # a second click gives the same link
        html = anna.post(page, {"name": "Gun Gäst", "email": GUEST.email}, follow=True).content.decode()
        (made,) = Link.objects.within(town.partnership).filter(email=GUEST.email)
        assert f"http://testserver{address_of(made)}" in html and "till och med 2026-12-23" in html
        addresses.add(address_of(made))
    (address,) = addresses
    assert Client().get(address).status_code == 200
    assert token_of(made.id) not in anna.get(page).content.decode()
    anna.post(page, {"act": "revoke", "link": str(made.id)})
    assert Client().get(address).status_code == 404
    assert "redan indragen" in anna.post(page, {"act": "revoke", "link": str(made.id)}, follow=True).content.decode()


@pytest.mark.parametrize("email", ["a@b.example, c@d.example", "a@b.example\nBcc: x@y.example", "ingen"])
def test_a_link_is_made_for_one_address_only(email: str, town: Town, anna: Client) -> None:
    page = f"/planer/{town.plan}/atgarder/{town.bo_action}/lankar/"
    before = Link.objects.within(town.partnership).count()
    response = anna.post(page, {"name": "Gun", "email": email})
    assert response.status_code == 400 and "Adressen går inte att använda" in response.content.decode()
    assert Link.objects.within(town.partnership).count() == before


@pytest.mark.django_db
def test_a_link_is_worthless_when_the_action_is_somebody_elses(town: Town) -> None:
    given: dict[str, Any] = {"partnership": town.partnership, "actor": Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), "at": NOW}
    row = writes.add_action(plan=town.plan, values={"text": "Sätt upp skyltar", "responsible": GUEST.name, "responsible_email": GUEST.email},
                            causes=[], goals=[], **given)
    hers, contacts = link_to(town, GUEST, row.id), link_to(town, BO, row.id)
    writes.change_action(action=row.id, edit=Edit(values={"text": "Sätt upp två skyltar"}, base={"text": row.text}, version=1), **given)
    assert Client().get(address_of(hers)).status_code == 200, "other words are no other person"
    writes.change_action(action=row.id, edit=Edit(values={"responsible": "Siv", "responsible_email": "siv@utanfor.example"},
                                                  base={"responsible": GUEST.name, "responsible_email": GUEST.email}, version=2), **given)
    assert Client().get(address_of(hers)).status_code == 404
    assert Client().get(address_of(contacts)).status_code == 200, "only hers"


def test_a_link_of_another_action_is_not_revoked_here(town: Town, anna: Client) -> None:
    link = link_to(town, GUEST, action=town.other_action)
    anna.post(f"/planer/{town.plan}/atgarder/{town.bo_action}/lankar/", {"act": "revoke", "link": str(link.id)})
    assert Client().get(address_of(link)).status_code == 200


def test_an_assignment_from_a_meeting_is_answered_in_the_same_way(town: Town, db: None) -> None:
    given: dict[str, Any] = {"partnership": town.partnership, "actor": JOB, "at": NOW}
    group = group_writes.add_group(values={"name": "Arbetsgruppen", "kind": "working"}, **given).id
    meeting = meeting_writes.plan_meeting(group=group, starts_at=NOW, minutes=60, **given).id
    live_writes.open_meeting(meeting=meeting, **given)
    line = line_writes.add_line(meeting=meeting, point=None, text="Gun: ring skolan före 15 mars", today=TODAY, **given)
    link = make_answer_link(partnership=town.partnership, subject_kind="assignment", subject_id=line.id, person=GUEST, actor=JOB, at=NOW)
    client, address = Client(), address_of(link)
    html = client.get(address).content.decode()
    assert "Ditt uppdrag från Arbetsgruppen" in html and "Ring skolan" in html
    assert send(client, address, "hjalp", text="Jag hinner inte", help_from="Dana").status_code == 303
    line.refresh_from_db()
    assert (line.done_on, line.dropped_on) == (None, None)
    letter = Letter.objects.within(town.partnership).get(kind="help", name="Dana")
    assert f"/moten/{line.meeting_id}/" in letter.text and "Jag hinner inte" in letter.text
    assert send(client, address, "klar", how="done_as_intended").status_code == 303
    line.refresh_from_db()
    assert line.done_on == TODAY
    answers = AssignmentAnswer.objects.within(town.partnership).filter(line=line, by_email=GUEST.email)
    assert sorted(answers.values_list("answer", flat=True)) == ["done_as_intended", "help"]
    assert Client().get(f"/moten/{line.meeting_id}/")["location"].startswith("/logga-in/")
    with writing(actor=JOB, at=NOW, act=Act(kind="test", words="prov", partnership=town.partnership)):
        MeetingLine.objects.within(town.partnership).filter(id=line.id).update(withdrawn_at=NOW)
    assert "Hör av dig till den som skickade länken" in closed_words(client, address)
