"""The collaboration: who takes part, from which organisation, in which role."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from samsyn.chain.notice_values import QUIET_FROM, QUIET_TO
from samsyn.records.partnership.rights import Role
from samsyn.records.scope import Editable, Scoped, as_choices


class Organisation(models.Model):
    """A municipality, the police, a housing company, a school ..."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(name__length__gt=0), name="organisation_has_name")]

    def __str__(self) -> str:
        return self.name


class Partnership(models.Model):
    """A shared room for parties who work together (samverkan). The scope of almost everything."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    coordinating = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(name__length__gt=0), name="partnership_has_name")]

    def __str__(self) -> str:
        return self.name


class Party(Scoped):
    """That an organisation takes part in a partnership. Its contact is told when the one responsible there does not answer."""

    contact_name = models.CharField(max_length=200, blank=True, default="")
    contact_email = models.EmailField(blank=True, default="")

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["partnership", "organisation"], name="party_once")]


class Membership(Scoped):
    """A person's place in a partnership."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=as_choices(Role))
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Scoped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["partnership", "user"], name="member_once"),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("since_at")), name="member_ends_after_start"),
        ]


class Invitation(Scoped):
    """A single-use link that makes somebody a member. Only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=40, choices=as_choices(Role))
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta(Scoped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, used_by__isnull=True) | Q(used_at__isnull=False, used_by__isnull=False),
                name="invitation_used_by_somebody"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_expires_later"),
        ]


class Rhythm(Editable):
    """
    When a partnership's reminders may go out. One row at most; without it the defaults hold.

    quiet_from, quiet_to   whole hours of the Swedish clock: nothing is sent from the one until the other; both 0-23
    paused_until           nothing is sent before this day
    """

    quiet_from = models.PositiveSmallIntegerField(default=QUIET_FROM)
    quiet_to = models.PositiveSmallIntegerField(default=QUIET_TO)
    paused_until = models.DateField(null=True)

    class Meta(Editable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["partnership"], name="rhythm_once"),
            models.CheckConstraint(condition=Q(quiet_from__lte=23) & Q(quiet_to__lte=23), name="quiet_hours_exist"),
        ]


class Absence(Editable):
    """That somebody is away, first and last day included, and who answers meanwhile."""

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField()
    substitute_name = models.CharField(max_length=200, blank=True, default="")
    substitute_email = models.EmailField(blank=True, default="")

    class Meta(Editable.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(name__length__gt=0), name="absence_has_name"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="absence_ends_after_start"),
        ]
