"""Who takes part: invitations that work once, roles, and the last coordinator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from samsyn.records.access import writes as access
from samsyn.records.access.models import Change, Event, User
from samsyn.records.editing import Gone
from samsyn.records.partnership import writes
from samsyn.records.partnership.models import Invitation, Membership
from samsyn.records.partnership.reads import invitation_by_token, members, members_of_user, organisations
from samsyn.records.partnership.rights import EVERYTHING, ROLES, Right, Role, rights_of
from tests.records.conftest import AT, Room, another_member

SOON = AT + timedelta(hours=1)


def invited(room: Room, **more: Any) -> tuple[Invitation, str]:
    about = {"organisation_name": "Granvikshus", "name": "Nils", "email": "Nils@Granvikshus.example", "role": Role.RESPONSIBLE}
    return writes.invite(**{**about, **room.given, **more})


def accept(token: str, **more: Any) -> User:
    return writes.accept_invitation(**{"token": token, "user": None, "name": "Nils", "password": "en helt ny mening", "actor": None, "at": SOON, **more})


def test_an_invitation_makes_a_member_once(room: Room) -> None:
    _, token = invited(room)
    user = accept(token)
    (place,) = members_of_user(user.id)
    assert (place.partnership, place.role, place.organisation_name, place.email) == (
        room.partnership, "responsible", "Granvikshus", "nils@granvikshus.example")
    assert user.check_password("en helt ny mening")
    users = User.objects.count()
    with pytest.raises(Gone):
        accept(token)
    assert User.objects.count() == users
    assert invitation_by_token(token, SOON) is None


def test_only_the_links_hash_is_kept(room: Room) -> None:
    row, token = invited(room)
    assert len(token) >= 43 and row.token_hash != token
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert token not in str(cursor.fetchall()), table


@pytest.mark.parametrize("late", [timedelta(days=14), timedelta(days=15)])
def test_an_invitation_is_worth_nothing_after_fourteen_days(room: Room, late: timedelta) -> None:
    _, token = invited(room)
    assert invitation_by_token(token, AT + timedelta(days=13)) is not None
    assert invitation_by_token(token, AT + late) is None
    with pytest.raises(Gone):
        accept(token, at=AT + late)


def test_a_revoked_invitation_is_worth_nothing(room: Room) -> None:
    row, token = invited(room)
    writes.revoke_invitation(invitation=row.id, **room.given)
    assert invitation_by_token(token, SOON) is None
    with pytest.raises(Gone):
        accept(token)
    with pytest.raises(Gone):
        writes.revoke_invitation(invitation=row.id, **room.given)


def test_a_used_invitation_cannot_be_revoked(room: Room) -> None:
    row, token = invited(room)
    accept(token)
    with pytest.raises(Gone):
        writes.revoke_invitation(invitation=row.id, **room.given)


@pytest.mark.parametrize("token", ["", "fel", "\x00", "å" * 500])
def test_a_made_up_link_is_worth_nothing(room: Room, token: str) -> None:
    assert invitation_by_token(token, SOON) is None
    with pytest.raises(Gone):
        accept(token)


def test_somebody_who_is_known_joins_with_their_own_account(room: Room, elsewhere: Room) -> None:
    _, token = invited(room, email=elsewhere.user.email)
    person = accept(token, user=elsewhere.user, actor=elsewhere.actor)
    assert person == elsewhere.user
    assert {p.partnership for p in members_of_user(person.id)} == {room.partnership, elsewhere.partnership}
    assert Event.objects.filter(kind="invitation.used").get().actor_id == elsewhere.actor.id


def test_a_member_cannot_join_twice(room: Room) -> None:
    _, token = invited(room)
    with pytest.raises(writes.AlreadyMember):
        accept(token, user=room.user, actor=room.actor)
    assert invitation_by_token(token, SOON) is not None


def test_the_one_who_follows_a_link_is_said_to_have_done_it(room: Room) -> None:
    row, token = invited(room)
    accept(token)
    used = Event.objects.get(kind="invitation.used")
    assert (used.actor_kind, used.actor_id, used.actor_name) == ("link", row.id.hex, "Nils")
    assert {c.table for c in Change.objects.filter(event=used)} == {"access_user", "partnership_membership", "partnership_invitation"}


def test_a_party_with_a_known_name_is_the_same_party(room: Room) -> None:
    before = len(organisations(room.partnership))
    first, _ = invited(room)
    again, _ = writes.invite(
        organisation_name=" granvikshus ", name="Ida", email="ida@granvikshus.example", role=Role.READER, **room.given)
    assert first.organisation_id == again.organisation_id
    assert len(organisations(room.partnership)) == before + 1


def test_the_last_coordinator_stays(room: Room) -> None:
    for leave in (lambda: writes.end_membership(member=room.member, **room.given),
                  lambda: writes.change_role(member=room.member, role=Role.READER, **room.given)):
        with pytest.raises(writes.LastCoordinator):
            leave()
    writes.change_role(member=room.member, role=Role.COORDINATOR, **room.given)
    other = another_member(room, Role.READER)
    with pytest.raises(writes.LastCoordinator):
        writes.end_membership(member=room.member, **room.given)
    writes.change_role(member=other.id, role=Role.COORDINATOR, **room.given)
    writes.end_membership(member=room.member, **room.given)
    with pytest.raises(writes.LastCoordinator):
        writes.end_membership(member=other.id, **room.given)


def test_a_place_that_has_ended_can_be_taken_up_again(room: Room) -> None:
    bo = another_member(room, Role.RESPONSIBLE)
    writes.end_membership(member=bo.id, **room.given)
    assert members_of_user(bo.user_id) == () and bo.id not in {m.id for m in members(room.partnership)}
    with pytest.raises(Gone):
        writes.change_role(member=bo.id, role=Role.READER, **room.given)
    again = writes.add_member(organisation=room.organisation, user=bo.user, role=Role.READER, **room.given)
    assert again.id == bo.id and [m.role for m in members_of_user(bo.user_id)] == ["reader"]


def test_members_stand_in_swedish_order(room: Room) -> None:
    for name in ("Östen", "Åsa", "Zeke", "Ärla", "anders"):
        user = access.add_user(id=uuid4(), email=f"{name}@x.example", name=name, password=None, actor=room.actor, at=AT)
        writes.add_member(organisation=room.organisation, user=user, role=Role.READER, **room.given)
    assert [m.name for m in members(room.partnership)] == ["anders", "Granvikens samordnare", "Zeke", "Åsa", "Ärla", "Östen"]


def test_only_the_coordinator_and_the_municipal_police_officer_change_things() -> None:
    assert rights_of("coordinator") == rights_of("municipal_police_officer") == EVERYTHING
    assert rights_of("responsible") == {Right.READ, Right.CHECK_IN_OWN, Right.WRITE_IN_MEETINGS}
    assert rights_of("steering_member") == {Right.READ, Right.WRITE_IN_MEETINGS}
    assert rights_of("reader") == {Right.READ}
    assert rights_of("") == rights_of("boss") == frozenset()
    assert set(ROLES) == set(Role) and all(about.words for about in ROLES.values())


def test_a_person_without_password_cannot_sign_in_with_one(room: Room) -> None:
    assert not room.user.has_usable_password()
    assert not room.user.check_password("") and Membership.objects.within(room.partnership).exists()
