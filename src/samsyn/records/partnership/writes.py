"""Changes of who takes part."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils.crypto import salted_hmac

from samsyn.records.access.acts import Act, Actor, ActorKind
from samsyn.records.access.models import User
from samsyn.records.access.writes import add_user, found, writing
from samsyn.records.editing import Gone
from samsyn.records.partnership.models import Invitation, Membership, Organisation, Party, Partnership
from samsyn.records.partnership.reads import token_hash
from samsyn.records.partnership.rights import Role

INVITATION_LASTS = timedelta(days=14)


class LastCoordinator(Exception):
    """The only coordinator cannot leave or get another role."""


class AlreadyMember(Exception):
    """The person already takes part."""


class HasAccount(Exception):
    """Somebody can already sign in with the invited address: they accept by signing in."""


def add_partnership(*, name: str, organisation_name: str, actor: Actor, at: datetime, id: UUID | None = None) -> Partnership:
    """Make a partnership with its coordinating organisation as the first party."""
    partnership_id = id or uuid4()
    act = Act(kind="partnership.added", words=f"skapade samverkan {name}", partnership=partnership_id,
              subject_kind="partnership", subject=partnership_id)
    with writing(actor=actor, at=at, act=act):
        organisation = Organisation.objects.create(name=organisation_name.strip())
        partnership = Partnership.objects.create(id=partnership_id, name=name.strip(), coordinating=organisation, made_at=at)
        Party.objects.create(partnership=partnership, organisation=organisation)
    return partnership


def add_party(*, partnership: UUID, name: str, actor: Actor, at: datetime) -> UUID:
    """Add an organisation as a party, or return the one that already has the name."""
    act = Act(kind="party.added", words=f"lade till parten {name}", partnership=partnership)
    with writing(actor=actor, at=at, act=act):
        known = Party.objects.within(partnership).filter(organisation__name__iexact=name.strip()).first()
        if known:
            return known.organisation_id
        organisation = Organisation.objects.create(name=name.strip())
        Party.objects.create(partnership_id=partnership, organisation=organisation)
    return organisation.id


def add_member(*, partnership: UUID, organisation: UUID, user: User, role: Role, actor: Actor, at: datetime) -> Membership:
    """Give a person a place. A place that had ended is taken up again."""
    act = Act(kind="member.added", words=f"lade till {user.name} som {role.label.lower()}", partnership=partnership,
              organisation=organisation, subject_kind="user", subject=user.id)
    with writing(actor=actor, at=at, act=act):
        earlier = Membership.objects.within(partnership).filter(user=user).first()
        if earlier and earlier.ended_at is None:
            raise AlreadyMember
        if earlier:
            earlier.role, earlier.organisation_id, earlier.since_at, earlier.ended_at = role, organisation, at, None
            earlier.save(update_fields=["role", "organisation", "since_at", "ended_at"])
            return earlier
        return Membership.objects.create(partnership_id=partnership, organisation_id=organisation, user=user, role=role, since_at=at)


def change_role(*, partnership: UUID, member: UUID, role: Role, actor: Actor, at: datetime) -> None:
    """Give a member another role. Raises LastCoordinator, Gone."""
    act = Act(kind="member.role", words=f"ändrade en roll till {role.label.lower()}", partnership=partnership,
              subject_kind="membership", subject=member)
    with writing(actor=actor, at=at, act=act):
        row = found(Membership.objects.within(partnership).filter(id=member, ended_at=None).first())
        _keep_a_coordinator(row, role)
        row.role = role
        row.save(update_fields=["role"])


def end_membership(*, partnership: UUID, member: UUID, actor: Actor, at: datetime) -> None:
    """End a person's place. What they did stays. Raises LastCoordinator, Gone."""
    act = Act(kind="member.ended", words="avslutade ett medlemskap", partnership=partnership, subject_kind="membership", subject=member)
    with writing(actor=actor, at=at, act=act):
        row = found(Membership.objects.within(partnership).filter(id=member, ended_at=None).first())
        _keep_a_coordinator(row, None)
        row.ended_at = at
        row.save(update_fields=["ended_at"])


def _keep_a_coordinator(row: Membership, role: Role | None) -> None:
    if row.role != Role.COORDINATOR or role == Role.COORDINATOR:
        return
    others = Membership.objects.within(row.partnership_id).filter(role=Role.COORDINATOR, ended_at=None).exclude(id=row.id)
    if not others.exists():
        raise LastCoordinator


def invite(*, partnership: UUID, organisation_name: str, name: str, email: str, role: Role, actor: Actor, at: datetime,
           once: str = "") -> tuple[Invitation, str]:
    """
    Make a single-use invitation. Returns it and its token, which is never stored.

    once   the form's own key; with it the same form again can be shown the same link: `invitation_again`
    """
    token = _token_of(actor, once)
    invitation_id = uuid4()
    act = Act(kind="invitation.made", words=f"bjöd in {name} som {role.label.lower()}", partnership=partnership,
              subject_kind="invitation", subject=invitation_id, once=once)
    with writing(actor=actor, at=at, act=act):
        organisation = add_party(partnership=partnership, name=organisation_name, actor=actor, at=at)
        row = Invitation.objects.create(
            id=invitation_id, partnership_id=partnership, organisation_id=organisation, token_hash=token_hash(token),
            email=email.strip().lower(), name=name.strip(), role=role, made_at=at, made_by=actor.name, expires_at=at + INVITATION_LASTS)
    return row, token


def put_away_first_steps(*, partnership: UUID, actor: Actor, at: datetime) -> None:
    """Let the first steps leave the start page of everybody in a partnership. The event itself is what is remembered."""
    act = Act(kind="first_steps.put_away", words="lade undan de första stegen", partnership=partnership)
    with writing(actor=actor, at=at, act=act):
        pass


def invitation_again(*, partnership: UUID, invitation: str, actor: Actor, once: str, at: datetime) -> tuple[Invitation, str] | None:
    """Return an invitation and its token to whoever made it with the same form, while it can still be used; else None."""
    token = _token_of(actor, once)
    rows = Invitation.objects.within(partnership).filter(id=invitation, used_at=None, revoked_at=None, expires_at__gt=at)
    row = rows.filter(token_hash=token_hash(token)).first()
    return (row, token) if row else None


def _token_of(actor: Actor, once: str) -> str:
    """
    Return a new token; for the same form of the same person the same one.

    It is made from the installation's secret key, so that a second click can be shown the link of the first without
    that it is kept anywhere. The database alone does not give it.
    """
    return salted_hmac("invitation", f"{actor.id}:{once}", algorithm="sha256").hexdigest() if once else secrets.token_urlsafe(32)


def revoke_invitation(*, partnership: UUID, invitation: UUID, actor: Actor, at: datetime) -> None:
    """Make an unused invitation's link worthless."""
    act = Act(kind="invitation.revoked", words="drog tillbaka en inbjudan", partnership=partnership, subject_kind="invitation", subject=invitation)
    with writing(actor=actor, at=at, act=act):
        row = found(Invitation.objects.within(partnership).filter(id=invitation, used_at=None, revoked_at=None).first())
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])


def accept_invitation(*, token: str, user: User | None, name: str, password: str, actor: Actor | None, at: datetime) -> User:
    """
    Use an invitation: make the person (or take the signed-in one), give the place, and spend the link.

    user     the signed-in person, or None for a new one, who then gets `name` and `password`
    raises   Gone            if the link is unknown, used, revoked or too old
             AlreadyMember   if the person already takes part
             HasAccount      if nobody is signed in and the invited address has an account; another invitation may have just given it
    """
    row = Invitation.objects.in_every_partnership().filter(token_hash=token_hash(token)).first()
    if row is None:
        raise Gone
    who = actor or Actor(ActorKind.LINK, row.id.hex, name)
    act = Act(kind="invitation.used", words="tackade ja till en inbjudan", partnership=row.partnership_id,
              organisation=row.organisation_id, subject_kind="invitation", subject=row.id)
    with writing(actor=who, at=at, act=act):
        open_rows = Invitation.objects.within(row.partnership_id).filter(id=row.id, used_at=None, revoked_at=None, expires_at__gt=at)
        invitation = found(open_rows.first())
        if user is None and User.objects.filter(email=invitation.email).exists():
            raise HasAccount
        person = user or add_user(id=uuid4(), email=invitation.email, name=name, password=password, actor=who, at=at)
        add_member(partnership=invitation.partnership_id, organisation=invitation.organisation_id, user=person,
                   role=Role(invitation.role), actor=who, at=at)
        invitation.used_at, invitation.used_by = at, person
        invitation.save(update_fields=["used_at", "used_by"])
    return person
