"""Coming in: by password, as one of the cast, by an invitation, as the first visitor. And staying out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samsyn.flows.founding import AlreadyBegun, begin, make_demo_town
from samsyn.flows.intake.at_once import take_in
from samsyn.records.access.models import Event, User
from samsyn.records.access.reads import installation
from samsyn.records.partnership.models import Membership, Partnership
from samsyn.web.frame import forget
from tests.web.conftest import NOW, PASSWORD, TODAY, Town
from tests.web.html_page import post_forms

Enter = Callable[..., Client]
WRONG = "E-postadressen eller lösenordet stämmer inte"
FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP")


@pytest.fixture(autouse=True)
def no_earlier_tries(db: None) -> None:
    """Forget the failed sign-ins of other tests."""
    cache.clear()


def sign_in(client: Client, email: str = "anna@granviken.example", password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/logga-in/", {"login": email, "password": password}, **more)


def without_token(html: str) -> str:
    return "".join(line for line in html.splitlines() if "csrfmiddlewaretoken" not in line)


def test_the_right_password_lets_a_person_in(town: Town, enter: Enter) -> None:
    client = enter(None)
    assert sign_in(client)["location"] == "/"
    assert "Anna" in client.get("/").content.decode()


@pytest.mark.parametrize("email", ["ANNA@granviken.example", " anna@granviken.example "])
def test_the_address_is_taken_as_people_write_it(email: str, town: Town, enter: Enter) -> None:
    assert sign_in(enter(None), email)["location"] == "/"


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(town: Town, enter: Enter) -> None:
    answers = []
    for email in ("anna@granviken.example", "ingen@granviken.example", "rut@granviken.example"):  # known, unknown, without password
        response = sign_in(enter(None), email, "fel lösenord")
        answers.append((response.status_code, without_token(response.content.decode().replace(email, "ADRESS"))))
        assert WRONG in response.content.decode()
    assert answers[0] == answers[1] == answers[2]


def test_an_unknown_account_costs_a_hash_too(town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    made: list[str] = []
    encode = Argon2PasswordHasher.encode
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda self, password, salt: made.append("x") or encode(self, password, salt))
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda self, password, encoded: made.append("x") or verify(self, password, encoded))
    for email in ("anna@granviken.example", "ingen@granviken.example"):
        made.clear()
        sign_in(enter(None), email, "fel lösenord")
        assert made, email


def test_too_many_tries_are_slowed_down(town: Town, enter: Enter) -> None:
    client = enter(None)
    said = [sign_in(client, password=f"fel {n}").content.decode() for n in range(7)]
    assert all(WRONG in html for html in said[:5])
    assert all("För många försök" in html for html in said[5:])
    assert "För många försök" in sign_in(client).content.decode()  # the right password too, for a while


def test_tries_on_many_accounts_from_one_place_are_slowed_down(town: Town, enter: Enter) -> None:
    client = enter(None)
    said = [sign_in(client, f"ingen{n}@granviken.example", "fel").content.decode() for n in range(12)]
    assert WRONG in said[9] and "För många försök" in said[11]


def test_a_stranger_elsewhere_cannot_shut_the_owner_out(town: Town, enter: Enter) -> None:
    said = [sign_in(enter(None), password=f"fel {n}", REMOTE_ADDR="203.0.113.7").content.decode() for n in range(50)]
    assert sum(WRONG in html for html in said) == 5  # the others are not even tried
    assert all("För många försök" in html for html in said[5:])
    assert sign_in(enter(None), REMOTE_ADDR="198.51.100.4")["location"] == "/"
    assert "För många försök" in sign_in(enter(None), REMOTE_ADDR="203.0.113.7").content.decode()


def test_a_shared_limit_of_an_account_would_be_caught(town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    from allauth.account.adapter import DefaultAccountAdapter

    from samsyn.web.pages.sign_in.adapter import InvitedOnly

    monkeypatch.setattr(InvitedOnly, "_get_login_attempts_cache_key", DefaultAccountAdapter._get_login_attempts_cache_key)
    for n in range(6):
        sign_in(enter(None), password=f"fel {n}", REMOTE_ADDR="203.0.113.7")
    assert "För många försök" in sign_in(enter(None), REMOTE_ADDR="198.51.100.4").content.decode()


def test_the_wait_grows_with_the_guesses(town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [1_800_000_000.0]
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: moment[0])

    def tried_in(seconds: int, every: int = 60) -> int:
        tried = 0
        for _ in range(0, seconds, every):
            moment[0] += every
            tried += WRONG in sign_in(enter(None), password="fel", REMOTE_ADDR="203.0.113.7").content.decode()
        return tried

    hour, later = tried_in(3600), tried_in(5 * 3600, every=600)
    assert hour <= 16 and hour + later <= 40  # not 60 an hour, and forty in a day at most


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP", "HTTP_CF_CONNECTING_IP"])
def test_nobody_gets_new_tries_by_saying_that_they_come_from_elsewhere(header: str, town: Town, enter: Enter) -> None:
    said = [sign_in(enter(None), password="fel", **{header: f"198.51.100.{n}"}).content.decode() for n in range(7)]
    assert "För många försök" in said[6]


def test_behind_the_proxy_only_the_address_it_wrote_itself_is_believed(town: Town, enter: Enter, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # as SAMSYN_HTTPS=1 sets it
    forged = [sign_in(enter(None), password="fel", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.7").content.decode() for n in range(7)]
    assert "För många försök" in forged[6]
    assert sign_in(enter(None), HTTP_X_FORWARDED_FOR="203.0.113.7, 198.51.100.4")["location"] == "/"


def test_others_come_in_while_somebody_guesses(town: Town, enter: Enter) -> None:
    for n in range(20):
        sign_in(enter(None), password=f"fel {n}", REMOTE_ADDR=f"10.0.0.{n}")
    assert sign_in(enter(None), "bo@granviken.example", "fel", REMOTE_ADDR="10.1.0.1").content.decode().count(WRONG) >= 1


def test_tries_are_counted_in_the_database(town: Town, enter: Enter, settings: Any) -> None:
    from django.db import connection

    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    sign_in(enter(None), password="fel")
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM site_cache")
        assert cursor.fetchone()[0] > 0


def test_signing_in_gives_a_new_session(town: Town, enter: Enter) -> None:
    client = enter("Erik")
    before = client.cookies["samsyn"].value
    client.post("/logga-ut/")
    sign_in(client)
    cookie = client.cookies["samsyn"]
    assert cookie.value != before
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["samesite"] == "Lax" if "csrftoken" in client.cookies else True


def test_a_session_key_from_before_signing_in_is_worth_nothing_after(town: Town, enter: Enter) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    planted = SessionStore()
    planted["language"] = "sv"
    planted.create()
    client = enter(None)
    client.cookies["samsyn"] = planted.session_key
    assert sign_in(client)["location"] == "/"
    assert client.cookies["samsyn"].value != planted.session_key
    thief = enter(None)
    thief.cookies["samsyn"] = planted.session_key
    assert thief.get("/")["location"].startswith("/logga-in/")


def test_signing_out_ends_the_session_itself(town: Town, enter: Enter) -> None:
    client = enter("Anna")
    key = client.cookies["samsyn"].value
    client.post("/logga-ut/")
    thief = enter(None)
    thief.cookies["samsyn"] = key
    assert thief.get("/")["location"].startswith("/logga-in/")


def test_a_link_for_a_new_password_ends_every_session(town: Town, enter: Enter, anna: Client) -> None:
    bo = enter("Bo")
    html = anna.post(reverse("password_link", args=[Membership.objects.within(town.partnership).get(user_id=town.users["Bo"]).id])).content.decode()
    link = html.split("http://testserver")[1].split()[0].split("<")[0]
    assert enter(None).post(link, {"password": "en helt ny mening"}).status_code == 302
    assert bo.get("/")["location"].startswith("/logga-in/")


def test_an_ended_account_is_out_at_once(town: Town, enter: Enter) -> None:
    bo = enter("Bo")
    assert bo.get("/").status_code == 200
    from django.db import connection

    from samsyn.records.access.triggers import make_triggers, present_triggers

    with connection.cursor() as cursor:
        for name in present_triggers():
            cursor.execute(f'DROP TRIGGER "{name}"')
        User.objects.filter(id=town.users["Bo"]).update(is_active=False)
    make_triggers()
    assert bo.get("/")["location"].startswith("/logga-in/")


def test_cookies_are_for_https_and_this_host_alone_behind_a_proxy(tmp_path: Path) -> None:
    asked = ("import django; django.setup(); from django.conf import settings as s; "
             "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, "
             "s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.SECURE_HSTS_SECONDS > 0, s.ALLAUTH_TRUSTED_PROXY_COUNT)")
    said = {}
    for https in ("0", "1"):
        environment = {**os.environ, "SAMSYN_FOLDER": str(tmp_path), "SAMSYN_HTTPS": https, "DJANGO_SETTINGS_MODULE": "samsyn.site.settings"}
        done = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
        said[https] = done.stdout.split()
    assert said["1"] == ["__Host-samsyn", "True", "True", "True", "True", "Lax", "/", "None", "True", "1"]
    assert said["0"] == ["samsyn", "False", "False", "True", "True", "Lax", "/", "None", "False", "0"]


def test_a_new_password_ends_other_sessions(town: Town, enter: Enter) -> None:
    here, there = enter("Anna"), enter("Anna")
    here.post(reverse("change_me"), {"which": "password", "old": PASSWORD, "new": "en annan lång mening"})
    assert here.get("/").status_code == 200
    assert there.get("/")["location"].startswith("/logga-in/")
    assert sign_in(enter(None), password="en annan lång mening")["location"] == "/"


def test_signing_out_is_a_button_not_a_link(town: Town, anna: Client) -> None:
    assert anna.get("/logga-ut/").status_code == 405
    assert anna.get("/").status_code == 200
    assert anna.post("/logga-ut/")["location"] == "/logga-in/"
    assert anna.get("/").status_code == 302


@pytest.mark.parametrize("onward", [
    "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", "https:elsewhere.example",
    "\t//elsewhere.example", "http:///elsewhere.example", "///elsewhere.example", "/%5celsewhere.example", "////elsewhere.example"])
def test_signing_in_leads_to_no_other_host(onward: str, town: Town, enter: Enter) -> None:
    client = enter(None)
    response = client.post("/logga-in/", {"login": "anna@granviken.example", "password": PASSWORD, "next": onward})
    assert response.status_code == 302
    assert response["location"] in ("/", "/%5celsewhere.example")


def test_signing_in_leads_on_to_the_page_that_was_asked_for(town: Town, enter: Enter) -> None:
    client = enter(None)
    wanted = reverse("board", args=[town.plan]) + "?klart=sena"
    page = client.get(client.get(wanted)["location"])
    (form,) = [form for form in post_forms(page.content.decode()) if "password" in form.fields]
    response = client.post("/logga-in/", {**form.values(), "login": "anna@granviken.example", "password": PASSWORD})
    assert response["location"] == wanted


@pytest.mark.parametrize("address", ["/logga-in/stangd/", "/logga-in/losenord/", "/accounts/signup/", "/signup/"])
def test_nobody_signs_up_by_themselves(address: str, town: Town, enter: Enter) -> None:
    users = User.objects.count()
    client = enter(None)
    client.post(address, {"email": "ny@x.example", "password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.count() == users


class TestTheCast:
    def test_one_click_is_there_in_the_invented_town(self, town: Town, enter: Enter) -> None:
        html = enter(None).get("/logga-in/").content.decode()
        assert all(f"/logga-in/som/{who}/" in html for who in ("anna", "bo", "carin", "dana", "erik"))

    @pytest.mark.parametrize(("who", "name"), [("anna", "Anna"), ("bo", "Bo"), ("carin", "Carin"), ("dana", "Dana"), ("erik", "Erik")])
    def test_one_click_enters(self, who: str, name: str, town: Town, enter: Enter) -> None:
        client = enter(None)
        assert client.post(f"/logga-in/som/{who}/")["location"] == "/"
        assert name in client.get("/").content.decode()
        assert client.get(f"/logga-in/som/{who}/").status_code == 405

    @pytest.mark.parametrize("header", FORWARDED)
    def test_a_proxy_between_shuts_it(self, header: str, town: Town, enter: Enter) -> None:
        self.shut(enter(None, **{header: "127.0.0.1"}))

    @pytest.mark.parametrize("address", ["10.0.0.7", "192.168.1.2", "", "::ffff:10.0.0.1", "127.0.0.1.elsewhere.example"])
    def test_another_machine_is_shut_out(self, address: str, town: Town, enter: Enter) -> None:
        self.shut(enter(None, REMOTE_ADDR=address))

    def test_a_server_that_others_can_reach_shuts_it(self, town: Town, enter: Enter, settings: Any) -> None:
        settings.CONFIG = replace(settings.CONFIG, SAMSYN_BIND="0.0.0.0")
        self.shut(enter(None))

    def test_a_real_installation_shuts_it(self, town: Town, enter: Enter) -> None:
        from samsyn.records.access.models import Installation

        Installation.objects.update(is_demo=False)
        forget()
        try:
            self.shut(enter(None))
        finally:
            forget()

    def shut(self, client: Client) -> None:
        assert "/logga-in/som/" not in client.get("/logga-in/").content.decode()
        assert client.post("/logga-in/som/anna/").status_code == 404
        assert client.get("/").status_code == 302


class TestAnInvitation:
    def test_opening_it_changes_nothing_and_pressing_the_button_does(self, town: Town, enter: Enter) -> None:
        client, address = enter(None), reverse("join", args=[town.token])
        events = Event.objects.count()
        for _ in range(3):
            assert client.get(address).status_code == 200
        assert Event.objects.count() == events
        assert client.post(address, {"name": "Nils", "password": "en helt ny mening"})["location"] == "/"
        assert Membership.objects.within(town.partnership).filter(user__email="nils@granviken.example", role="responsible").exists()
        assert "Välkommen till Granviken" in client.get("/").content.decode()
        assert enter(None).get(address).status_code == 404

    @pytest.mark.parametrize(("password", "words"), [("kort", "minst 12"), ("password1234", "vanligt"), ("", "")])
    def test_a_weak_password_is_refused_and_the_name_kept(self, password: str, words: str, town: Town, enter: Enter) -> None:
        response = enter(None).post(reverse("join", args=[town.token]), {"name": "Nils Ny", "password": password})
        assert response.status_code == 400
        assert "Nils Ny" in response.content.decode() and words in response.content.decode()
        assert not User.objects.filter(email="nils@granviken.example").exists()

    def test_too_old_it_is_worth_nothing(self, town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=14))
        assert enter(None).get(reverse("join", args=[town.token])).status_code == 404

    def test_the_new_link_is_shown_with_text_to_copy(self, town: Town, anna: Client) -> None:
        sent = {"name": "Lo", "email": "lo@skolan.example", "organisation": "Vikskolan", "role": "reader", "once": "samma"}
        html = anna.post(reverse("invite"), sent).content.decode()
        assert "/inbjudan/" in html and "Hej Lo!" in html and "Länken gäller i 14 dagar" in html

    def test_whoever_joins_gets_the_actions_that_waited_for_them(self, town: Town, enter: Enter, anna: Client) -> None:
        from samsyn.records.plan.models import Action

        waiting = Action.objects.within(town.partnership).filter(responsible_email="iris@granviken.example", responsible_member=None)
        ids = set(waiting.values_list("id", flat=True))
        assert ids
        html = anna.post(reverse("invite"), {"name": "Iris", "email": "iris@granviken.example", "organisation": "Gata och park",
                                             "role": "responsible"}).content.decode()
        link = html.split("http://testserver")[1].split()[0].split("<")[0]
        iris = enter(None)
        iris.post(link, {"name": "Iris", "password": "en helt ny mening"})
        assert not waiting.exists()
        for row in ids:
            plan = Action.objects.within(town.partnership).get(id=row).plan_id
            assert iris.get(reverse("check_in", args=[plan, row])).status_code == 200


class TestTheFirstVisitor:
    sent = {"partnership": "Trygga Viken", "organisation": "Vikens kommun", "name": "Vera", "email": "vera@viken.example", "password": "en helt ny mening"}

    def test_meets_the_first_page_wherever_they_go(self, empty_installation: None) -> None:
        client = Client()
        for address in ("/", "/planer/", "/logga-in/", "/installningar/"):
            assert client.get(address)["location"] == "/borja/", address
        assert "Här är tomt än" in client.get("/borja/").content.decode()

    def test_begins_and_is_led_to_the_first_plan(self, empty_installation: None) -> None:
        client = Client()
        assert client.post("/borja/", self.sent)["location"] == "/"
        (member,) = Membership.objects.in_every_partnership()
        assert (member.role, member.partnership.name, member.organisation.name, member.user.email) == (
            "coordinator", "Trygga Viken", "Vikens kommun", "vera@viken.example")
        found = installation()
        assert found is not None and not found.is_demo

    def test_is_the_first_only_once(self, empty_installation: None) -> None:
        Client().post("/borja/", self.sent)
        other = Client()
        assert other.get("/borja/")["location"] == "/"
        assert other.post("/borja/", {**self.sent, "email": "annan@viken.example"})["location"] == "/"
        assert User.objects.count() == 1
        with pytest.raises(AlreadyBegun):
            begin(partnership_name="x", organisation_name="x", name="x", email="x@x.example", password="en helt ny mening", at=NOW)
        with pytest.raises(AlreadyBegun):
            make_demo_town(today=TODAY, at=NOW, take_in=take_in)

    @pytest.mark.parametrize("given", [{"REMOTE_ADDR": "10.0.0.7"}, *({header: "127.0.0.1"} for header in FORWARDED)])
    def test_comes_from_the_machine_itself(self, given: dict[str, str], empty_installation: None) -> None:
        client = Client(**given)
        assert client.get("/borja/").status_code == 404
        assert client.post("/borja/", self.sent).status_code == 404
        assert not User.objects.exists()

    @pytest.mark.parametrize("fault", [{"password": "kort"}, {"email": "inte en adress"}, {"name": ""}, {"partnership": ""}, {"password": "password1234"}])
    def test_keeps_what_was_written_when_something_is_wrong(self, fault: dict[str, str], empty_installation: None) -> None:
        html = (response := Client().post("/borja/", {**self.sent, **fault})).content.decode()
        assert response.status_code == 400 and 'role="alert"' in html
        for name, text in {**self.sent, **fault}.items():
            assert name == "password" or not text or text in html
        assert not User.objects.exists() and not Partnership.objects.exists()

    def test_the_town_is_filled_once(self, empty_installation: None) -> None:
        assert make_demo_town(today=TODAY, at=NOW, take_in=take_in)
        users = User.objects.count()
        assert not make_demo_town(today=TODAY, at=NOW, take_in=take_in)
        assert User.objects.count() == users > 4


class TestANewPassword:
    def link(self, anna: Client, town: Town) -> str:
        html = anna.post(reverse("password_link", args=[town.membership])).content.decode()
        return html.split("http://testserver")[1].split()[0].split("<")[0]

    def test_the_link_works_once(self, town: Town, enter: Enter, anna: Client) -> None:
        link = self.link(anna, town)
        client = enter(None)
        assert client.get(link).status_code == 200 and not User.objects.get(name="Dana").has_usable_password()
        assert client.post(link, {"password": "kort"}).status_code == 400
        assert client.post(link, {"password": "Danas helt nya mening"})["location"] == "/"
        assert "Dana" in client.get("/").content.decode()
        assert enter(None).get(link).status_code == 404
        assert sign_in(enter(None), "dana@granviken.example", "Danas helt nya mening")["location"] == "/"

    def test_of_somebody_who_takes_part_elsewhere_too_no_link_is_given(self, town: Town, anna: Client) -> None:
        from samsyn.records.access.acts import Actor, ActorKind
        from samsyn.records.partnership.rights import Role
        from samsyn.records.partnership.writes import add_member

        erik = User.objects.get(name="Erik")
        actor = Actor(ActorKind.USER, str(erik.id), "Erik")
        place = add_member(partnership=town.partnership, organisation=town.organisation, user=erik, role=Role.READER, actor=actor, at=NOW)
        response = anna.post(reverse("password_link", args=[place.id]))
        assert response.status_code == 302
        assert "/nytt-losenord/" not in anna.get(response["location"]).content.decode()

    def test_a_link_is_worth_nothing_once_the_person_takes_part_elsewhere(self, town: Town, enter: Enter, anna: Client) -> None:
        from samsyn.records.access.acts import Actor, ActorKind
        from samsyn.records.partnership.rights import Role
        from samsyn.records.partnership.writes import add_member

        link, dana = self.link(anna, town), User.objects.get(name="Dana")
        there = Partnership.objects.get(id=town.elsewhere)
        add_member(partnership=there.id, organisation=there.coordinating_id, user=dana, role=Role.READER,
                   actor=Actor(ActorKind.USER, str(dana.id), "Dana"), at=NOW)
        assert enter(None).get(link).status_code == 404
