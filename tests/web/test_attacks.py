"""What an attacker tried against the running program, and got in with before it was mended."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from smtplib import SMTPServerDisconnected
from threading import Event as Signal
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as product
from django.core import mail, signing
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.flows.intake.bringing import MOST_WORDS
from samsyn.records.access import writes as access
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.access.models import Event, User
from samsyn.records.editing import Gone
from samsyn.records.partnership import writes as partnership
from samsyn.records.partnership.rights import Role
from samsyn.records.plan.models import Action
from samsyn.records.plan.reads import withdrawn_rows
from samsyn.site.config import secret_key
from samsyn.site.logged import WithoutTokens
from samsyn.web.gate import MOST_SENT
from samsyn.web.parts.password_link import password_token, user_of_password_token
from tests.web.conftest import NOW, Town

Enter = Callable[..., Client]
NEW = "en helt ny mening"
FIELDS = ("text", "due_on", "start_on", "hours", "cost", "causes", "goals", "responsible_email", "track")


def given(town: Town) -> dict[str, Any]:
    return {"actor": Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), "at": NOW}


@pytest.mark.parametrize("base", [
    "{", "[]", "5", "null", '"text"', "[" * 100_000, '{"text":' * 50_000, "9" * 5000, '{"hours": ' + "9" * 5000 + "}", '{"hours": NaN}',
    *(json.dumps(dict.fromkeys(FIELDS, value)) for value in ([1, {"a": 2}], {"a": []}, 7, True, None, [["x"]], "2026-99-99", "\ud800")),
], ids=lambda base: base[:24])
def test_a_forged_base_is_no_fault_and_loses_nothing(base: str, town: Town, anna: Client) -> None:
    before = Action.objects.within(town.partnership).get(id=town.bo_action)
    sent = {"text": "Mina ord", "track": "line", "version": before.version + 1, "base": base, "once": uuid4().hex}
    response = anna.post(reverse("change_action", args=[town.plan, town.bo_action]), sent)
    assert response.status_code == 409  # both texts are shown
    assert "Mina ord" in response.content.decode() and before.text in response.content.decode()
    assert Action.objects.within(town.partnership).get(id=town.bo_action).text == before.text


def test_a_base_longer_than_any_field_is_not_compared(town: Town, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Any] = []

    def together(before: Any, theirs: Any, mine: Any) -> Any:
        compared.append(before)
        return mine

    monkeypatch.setattr("samsyn.chain.merge.together", together)
    for base in ("Andra ord", "a " * 1_000_000):
        sent = {"text": "Mina ord", "track": "line", "version": 0, "base": json.dumps({"text": base}), "once": uuid4().hex}
        assert anna.post(reverse("change_action", args=[town.plan, town.bo_action]), sent).status_code == 409
    assert "Andra ord" in compared
    assert max(len(one or "") for one in compared) < 5001


@pytest.mark.parametrize(("name", "token"), [("join", "an-invitation"), ("new_password", "a:signed:link"), ("sign_in_by_link", "a:mailed:link")])
def test_no_secret_of_a_link_reaches_the_log(name: str, token: str) -> None:
    made = product.LOGGING["formatters"]["plain"]
    assert made["class"] == f"{WithoutTokens.__module__}.{WithoutTokens.__name__}"
    address = reverse(name, args=[token])
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Bad Request", address), None)
    line = WithoutTokens(made["format"], style=made["style"]).format(record)
    assert token not in line
    assert "Bad Request" in line and line.endswith("/***/")
    plain = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", "/planer/finns-inte/"), None)
    assert WithoutTokens(made["format"], style=made["style"]).format(plain).endswith("/planer/finns-inte/")


def test_two_invitations_of_one_new_person_used_at_once_are_no_fault(town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = [partnership.invite(partnership=town.partnership, organisation_name="Skolan", name="Tove", email="tove@granviken.example",
                                 role=Role.READER, **given(town))[1] for _ in range(2)]
    sent = {"name": "Tove", "password": NEW}
    assert enter(None).post(reverse("join", args=[tokens[0]]), sent)["location"] == "/"
    monkeypatch.setattr("samsyn.web.pages.settings.views.user_by_email", lambda email: None)  # the second looked before the first was done
    response = enter(None).post(reverse("join", args=[tokens[1]]), sent)
    assert response["location"].startswith("/logga-in/?next=/inbjudan/")
    assert User.objects.filter(email="tove@granviken.example").count() == 1


def test_a_password_link_used_by_two_at_once_is_used_once(town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [User.objects.get(id=town.users["Bo"]) for _ in range(2)]
    address = reverse("new_password", args=[password_token(both[0])])
    monkeypatch.setattr("samsyn.web.pages.settings.views.user_of_password_token", lambda token: both.pop())  # both looked before either was done
    assert enter(None).post(address, {"password": NEW})["location"] == "/"
    assert enter(None).post(address, {"password": "en mening till"}).status_code == 404
    assert User.objects.get(id=town.users["Bo"]).check_password(NEW)


def test_a_password_is_not_set_over_one_that_has_been_changed_since(town: Town, db: None) -> None:
    first, second = (User.objects.get(id=town.users["Anna"]) for _ in range(2))
    access.set_password(user=first, password=NEW, **given(town))
    with pytest.raises(Gone):
        access.set_password(user=second, password="en mening till", **given(town))
    assert User.objects.get(id=first.id).check_password(NEW)


def test_a_password_link_dies_when_the_person_goes_to_another_collaboration(town: Town, db: None) -> None:
    rut = User.objects.get(id=town.users["Rut"])
    link = password_token(rut)
    assert user_of_password_token(link) == rut
    place = next(m for m in _places(rut) if m.partnership == town.partnership)
    partnership.end_membership(partnership=town.partnership, member=place.id, **given(town))
    partnership.add_member(partnership=town.elsewhere, organisation=place.organisation, user=rut, role=Role.READER, **given(town))
    assert len(_places(rut)) == 1
    assert user_of_password_token(link) is None


def _places(user: User) -> tuple[Any, ...]:
    from samsyn.records.partnership.reads import members_of_user

    return members_of_user(user.id)


@pytest.mark.parametrize("header", ["X-Forwarded", "X-Forwarded-Port", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Original-Host"])
def test_the_casts_one_click_is_shut_behind_any_proxy(header: str, town: Town, enter: Enter) -> None:
    assert enter(None).post(reverse("enter_as", args=["anna"]), headers={header: "1.2.3.4"}).status_code == 404
    assert enter(None).post(reverse("enter_as", args=["anna"]), headers={"Accept": "text/html"}).status_code == 302


def test_an_invited_address_cannot_add_to_the_ready_mail(town: Town, anna: Client) -> None:
    sent = {"name": "Nu", "email": "nu?cc=annan&body=x@granviken.example", "organisation": "Skolan", "role": "reader", "once": uuid4().hex}
    html = anna.post(reverse("invite"), sent).content.decode()
    assert 'href="mailto:nu%3Fcc%3Dannan%26body%3Dx@granviken.example?subject=' in html


@pytest.fixture
def mailing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that can send mail, where nobody has asked for a link. What is mailed beside the answer is mailed before it."""
    cache.clear()
    monkeypatch.setattr("samsyn.web.pages.sign_in.views.apart", lambda act: act())
    settings.CONFIG = replace(settings.CONFIG, SAMSYN_SMTP_HOST="mail.example")


def ask_for_link(client: Client, email: str, **more: Any) -> tuple[int, str]:
    response = client.post(reverse("mail_link"), {"email": email}, **more)
    return response.status_code, response["location"]


def test_a_mailed_link_signs_in_once(town: Town, enter: Enter, mailing: None) -> None:
    client = enter(None)
    assert ask_for_link(client, "anna@granviken.example") == ask_for_link(client, "ingen@granviken.example") == (302, "/logga-in/")
    assert [sent.to for sent in mail.outbox] == [["anna@granviken.example"]]
    address = re.findall(r"http://testserver(/logga-in/lank/\S+)", str(mail.outbox[0].body))[0]
    assert client.get(address).status_code == 200
    assert client.get("/")["location"] == "/logga-in/"  # opening it changed nothing
    assert client.post(address)["location"] == "/"
    assert "Anna" in client.get("/").content.decode()
    assert enter(None).post(address)["location"] == "/logga-in/"


def test_no_more_than_three_links_are_mailed_to_one_person(town: Town, enter: Enter, mailing: None) -> None:
    for _ in range(5):
        assert ask_for_link(enter(None), "anna@granviken.example") == (302, "/logga-in/")
    assert len(mail.outbox) == 3
    ask_for_link(enter(None), "bo@granviken.example")
    assert len(mail.outbox) == 4


def test_mail_that_cannot_be_sent_gives_the_same_answer_as_an_unknown_address(
        town: Town, enter: Enter, mailing: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_args: Any, **_given: Any) -> None:
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("samsyn.web.pages.sign_in.views.send_mail", broken)
    assert ask_for_link(enter(None), "anna@granviken.example") == ask_for_link(enter(None), "ingen@granviken.example") == (302, "/logga-in/")
    assert "could not be mailed" in caplog.text


def test_the_answer_does_not_wait_for_the_mail(town: Town, enter: Enter, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    settings.CONFIG = replace(settings.CONFIG, SAMSYN_SMTP_HOST="mail.example")
    answered, mailed = Signal(), Signal()

    def slow(*_args: Any, **_given: Any) -> None:
        answered.wait()  # a mail server that has all the time in the world: without the thread nobody ever gets an answer
        mailed.set()

    monkeypatch.setattr("samsyn.web.pages.sign_in.views.send_mail", slow)
    assert ask_for_link(enter(None), "anna@granviken.example") == (302, "/logga-in/")
    assert not mailed.is_set()
    answered.set()
    assert mailed.wait(timeout=60)


def test_asking_for_a_link_is_the_same_work_for_a_known_and_an_unknown_address(
        town: Town, enter: Enter, mailing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    signed: list[str] = []
    dumps = signing.dumps
    monkeypatch.setattr("samsyn.web.pages.sign_in.views.apart", lambda act: started.append("x"))
    monkeypatch.setattr("samsyn.web.pages.sign_in.views.signing.dumps", lambda *args, **more: signed.append("x") or dumps(*args, **more))
    work = []
    for email in ("anna@granviken.example", "ingen@granviken.example"):
        for kept in (started, signed, cache):
            kept.clear()
        with CaptureQueriesContext(connection) as asked:
            ask_for_link(enter(None), email)
        work.append((len(started), len(signed), [re.sub(r"'[^']*'|\"s\d+_x\d+\"", "…", query["sql"]) for query in asked.captured_queries]))
    assert work[0] == work[1]
    assert work[0][0] == 1 and len(work[0][2]) > 3


@pytest.mark.parametrize(("name", "row", "kind"), [
    ("remove_row", "problem", "problem"), ("remove_row", "cause", "cause"), ("remove_row", "goal", "goal"), ("remove_row", "other_action", "action"),
    ("take_up_row", "withdrawn_goal", "goal")])
def test_a_double_click_on_taking_out_and_taking_back_is_no_fault(name: str, row: str, kind: str, town: Town, anna: Client) -> None:
    address = reverse(name, args=[town.plan, kind, getattr(town, row)])
    first = anna.post(address)
    events = Event.objects.count()
    second = anna.post(address)
    assert first["location"] == second["location"] == reverse("board", args=[town.plan])
    assert Event.objects.count() == events


def test_two_who_take_a_row_back_at_once_are_no_fault(town: Town, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = reverse("take_up_row", args=[town.plan, "goal", town.withdrawn_goal])
    before = withdrawn_rows(town.partnership, town.plan)
    assert anna.post(address).status_code == 302
    monkeypatch.setattr("samsyn.web.pages.plans.chain_rows.withdrawn_rows", lambda *_: before)  # looked before the first was done
    assert anna.post(address)["location"] == reverse("board", args=[town.plan])


@pytest.mark.parametrize("words", ["database is locked", "database table is locked", "database or disk is full", "disk I/O error",
                                   "attempt to write a readonly database"])
def test_a_database_that_cannot_be_written_to_gives_a_sentence_and_saves_nothing(
        words: str, town: Town, anna: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fails(**_given: Any) -> None:
        raise OperationalError(words)

    events = Event.objects.count()
    monkeypatch.setattr("samsyn.records.plan.writes.add_action", fails)
    response = anna.post(reverse("quick_add", args=[town.plan]), {"text": "En snabb åtgärd", "once": uuid4().hex})
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "30", "no-store")
    assert "Det gick inte att spara just nu" in response.content.decode() and "Ingenting har ändrats" in response.content.decode()
    assert words in caplog.text and Event.objects.count() == events


def test_another_fault_of_the_database_is_still_a_fault(town: Town, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_given: Any) -> None:
        raise OperationalError("no such table: plan_action")

    monkeypatch.setattr("samsyn.records.plan.writes.add_action", fails)
    with pytest.raises(OperationalError):
        anna.post(reverse("quick_add", args=[town.plan]), {"text": "En snabb åtgärd", "once": uuid4().hex})


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "samsyn"
    key = secret_key(folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "secret_key").stat().st_mode & 0o077 == 0
    assert secret_key(folder) == key


def test_two_who_take_a_row_out_at_once_are_no_fault(town: Town, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from samsyn.records.follow_up.reads import editable

    address = reverse("remove_row", args=[town.plan, "goal", town.goal])
    before = editable(town.partnership, town.plan, "goal", town.goal)
    assert anna.post(address).status_code == 302
    monkeypatch.setattr("samsyn.web.pages.plans.chain_rows.held_row", lambda *_: before)  # looked before the first was done
    assert anna.post(address)["location"] == reverse("board", args=[town.plan])


@pytest.mark.parametrize(("sent", "status"), [(str(MOST_SENT), 302), (str(MOST_SENT + 1), 413), ("9" * 5000, 413), ("-1", 413), ("x", 413), ("", 302)])
def test_nobody_fills_the_disk_with_a_body_without_end(sent: str, status: int, enter: Enter) -> None:
    response = enter(None).get("/planer/", CONTENT_LENGTH=sent)
    assert response.status_code == status
    if status == 413:
        assert MOST_WORDS in response.content.decode()
        assert response["Cache-Control"] == "no-store" and "default-src 'none'" in response["Content-Security-Policy"]


def test_a_pasted_table_of_more_than_four_megabytes_is_told_how_to_come_in(town: Town, anna: Client) -> None:
    response = anna.post(reverse("upload"), {"paste": "Orsak\tÅtgärd\n" + "x" * (4 * 2 ** 20), "once": uuid4().hex})
    html = response.content.decode()
    assert response.status_code == 413
    assert "större än 4 MB" in html and "läs in filen" in html and "Ingenting har sparats" in html
    assert f'href="{reverse("upload")}"' in html
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["quick_add", "add_problem", "change_plan"])
def test_too_long_a_form_is_told_so_with_a_way_back(name: str, town: Town, anna: Client) -> None:
    address = reverse(name, args=[town.plan])
    response = anna.post(address, {"text": "x" * (4 * 2 ** 20 + 1)})
    assert response.status_code == 413
    assert "större än 4 MB" in response.content.decode() and f'href="{address}"' in response.content.decode()


def test_a_form_with_fields_without_end_is_told_so(town: Town, anna: Client) -> None:
    response = anna.post(reverse("quick_add", args=[town.plan]), {f"x{n}": "1" for n in range(12_001)})
    assert response.status_code == 413 and "Ingenting har sparats" in response.content.decode()


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=latin-1",
                                  "multipart/form-data", "multipart/form-data; boundary="])
@pytest.mark.parametrize("address", ["/logga-in/", "/finns-inte/", "/planer/ny/"])
def test_a_body_that_cannot_be_read_is_no_fault_of_ours(kind: str, address: str, enter: Enter) -> None:
    client = enter("Anna" if address == "/planer/ny/" else None, enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    response = client.generic("POST", address, b"name=x", content_type=kind)
    assert response.status_code in (400, 404)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert ("Vi förstod inte" if response.status_code == 400 else "Sidan finns inte") in response.content.decode()
