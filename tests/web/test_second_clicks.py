"""A second click on a button that has done its work is no fault, and says so kindly; a row that never was is still not here."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from samsyn.records.access.models import Event
from samsyn.records.follow_up import evaluation_writes
from samsyn.records.partnership import writes
from samsyn.records.partnership.models import Invitation
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.plan import promise_writes
from tests.web.conftest import NOW, Town

LO = {"name": "Lo", "email": "lo@skolan.example", "organisation": "Vikskolan", "role": "reader"}


def given(town: Town) -> dict[str, Any]:
    return {"partnership": town.partnership, "actor": Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), "at": NOW}


def second(client: Client, address: str, **sent: Any) -> str:
    """Click twice; return what the page after the second click says. The second changes nothing."""
    assert client.post(address, sent).status_code == 302
    events = Event.objects.count()
    response = client.post(address, sent, follow=True)
    assert response.redirect_chain and response.status_code == 200
    assert Event.objects.count() == events
    return response.content.decode()


def link_of(html: str) -> str:
    found = re.search(r"http://testserver(/inbjudan/[\w-]+/)", html)
    assert found, "the page shows no link"
    return found.group(1)


def test_an_invitation_that_is_revoked_twice(town: Town, anna: Client) -> None:
    assert "redan indragen" in second(anna, reverse("revoke", args=[town.invitation]))


def test_an_invitation_that_was_used_before_it_was_revoked(town: Town, anna: Client) -> None:
    Client().post(reverse("join", args=[town.token]), {"name": "Nils", "password": "en helt ny mening"})
    html = anna.post(reverse("revoke", args=[town.invitation]), follow=True).content.decode()
    assert "Nils har redan tackat ja" in html


def test_a_membership_that_is_ended_twice(town: Town, anna: Client) -> None:
    assert "redan avslutad" in second(anna, reverse("change_member", args=[town.membership]), act="end")


def test_a_decision_that_is_struck_twice(town: Town, anna: Client) -> None:
    html = second(anna, reverse("change_decision", args=[town.plan, town.decision]), act="settle")
    assert "Beslutet står inte längre i rapporten" in html


def test_a_commitment_that_is_taken_out_twice(town: Town, anna: Client) -> None:
    made = promise_writes.add_commitment(plan=town.plan, party=town.organisation, values={"text": "Vi lovar"}, action=None, goal=None, **given(town))
    assert "Åtagandet är redan borttaget." in second(anna, reverse("act_on_commitment", args=[town.plan, made.id]), act="remove")


def test_a_lesson_that_is_taken_out_twice(town: Town, anna: Client) -> None:
    made = evaluation_writes.add_lesson(plan=town.plan, action=None, values={"text": "Det gick"}, **given(town))
    assert "Lärdomen är redan borttagen." in second(anna, reverse("change_lesson", args=[town.plan, made.id]), act="remove")


def test_what_never_was_is_not_here(town: Town, anna: Client) -> None:
    for address, sent in ((reverse("revoke", args=[uuid4()]), {}), (reverse("change_member", args=[uuid4()]), {"act": "end"}),
                          (reverse("change_decision", args=[town.plan, uuid4()]), {"act": "settle"}),
                          (reverse("act_on_commitment", args=[town.plan, uuid4()]), {"act": "remove"}),
                          (reverse("change_lesson", args=[town.plan, uuid4()]), {"act": "remove"})):
        assert anna.post(address, sent).status_code == 404, address


def test_another_partnerships_rows_are_not_here(town: Town, enter: Any) -> None:
    erik = enter("Erik")
    for address, sent in ((reverse("revoke", args=[town.invitation]), {}), (reverse("change_member", args=[town.membership]), {"act": "end"}),
                          (reverse("change_decision", args=[town.elsewhere_plan, town.decision]), {"act": "settle"})):
        assert erik.post(address, sent).status_code == 404, address


class TestTwoClicksOnInvite:
    def test_show_the_same_link_which_works(self, town: Town, anna: Client) -> None:
        sent = {**LO, "once": uuid4().hex}
        first, again = (anna.post(reverse("invite"), sent) for _ in range(2))
        assert again.status_code == 200
        assert link_of(first.content.decode()) == link_of(again.content.decode())
        assert Invitation.objects.within(town.partnership).filter(email=LO["email"]).count() == 1
        assert Client().get(link_of(again.content.decode())).status_code == 200

    def test_show_no_link_when_it_has_been_used_or_revoked(self, town: Town, anna: Client) -> None:
        sent = {**LO, "once": uuid4().hex}
        anna.post(reverse("invite"), sent)
        anna.post(reverse("revoke", args=[Invitation.objects.within(town.partnership).get(email=LO["email"]).id]))
        html = anna.post(reverse("invite"), sent, follow=True).content.decode()
        assert "länken gäller inte längre" in html and "http://testserver/inbjudan/" not in html

    def test_go_to_the_next_person_when_the_address_is_another(self, town: Town, anna: Client) -> None:
        once = uuid4().hex
        links = [link_of(anna.post(reverse("invite"), {**LO, "email": email, "once": once}).content.decode())
                 for email in ("lo@skolan.example", "mia@skolan.example")]
        assert len(set(links)) == 2
        assert Invitation.objects.within(town.partnership).filter(email__endswith="@skolan.example").count() == 2

    def test_show_nothing_to_somebody_else_with_the_same_key(self, town: Town, anna: Client) -> None:
        row, _ = writes.invite(partnership=town.partnership, organisation_name="Skolan", name="Lo", email="lo@skolan.example", role=writes.Role.READER,
                               actor=Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), at=NOW, once="samma")
        given: dict[str, Any] = {"partnership": town.partnership, "invitation": str(row.id), "once": "samma", "at": NOW}
        assert writes.invitation_again(actor=Actor(ActorKind.USER, str(town.users["Anna"]), "Anna"), **given) is not None
        assert writes.invitation_again(actor=Actor(ActorKind.USER, str(town.users["Bo"]), "Bo"), **given) is None

    def test_leave_no_link_in_the_database(self, town: Town, anna: Client) -> None:
        from django.apps import apps

        token = link_of(anna.post(reverse("invite"), {**LO, "once": uuid4().hex}).content.decode()).split("/")[2]
        looked = 0
        for model in apps.get_models():
            rows = model.unscoped if hasattr(model, "unscoped") else model._base_manager
            for row in rows.values_list():
                looked += 1
                assert token not in str(row), model._meta.label
        assert looked > 100
