"""Who may come in, who did what, and which values changed. Knows no later room: scope is kept as plain ids."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who can sign in. What they may do stands in their memberships."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()
    logged_columns = ("email", "name", "is_active")  # never the password; last_login is no act

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name__length__gt=0), name="user_has_name"),
            models.CheckConstraint(condition=Q(email__length__gt=0), name="user_has_email"),
        ]

    def __str__(self) -> str:
        return self.name


class Installation(models.Model):
    """One row: what this installation is. `is_demo` is set by `samsyn demo` alone."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="installation_is_one")]


class Event(models.Model):
    """What somebody did, in words, one row an act. Never altered or removed (triggers)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    partnership_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    words = models.TextField()
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["partnership_id", "-at"], name="event_of_partnership"),
            models.Index(fields=["subject_id", "-at"], name="event_of_subject"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(actor_kind__length__gt=0) & Q(actor_id__length__gt=0), name="event_has_actor"),
            models.CheckConstraint(condition=Q(words__length__gt=0), name="event_has_words"),
        ]


class Change(models.Model):
    """
    One value that changed, written by a trigger in the same transaction. Never altered, except by a redaction.

    field   "" for a whole row that came or went: then `old` or `new` is the row as JSON
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="changes", db_constraint=True)
    table = models.CharField(max_length=60)
    row_id = models.CharField(max_length=64)
    field = models.CharField(max_length=60, blank=True)
    old = models.TextField(null=True)
    new = models.TextField(null=True)
    redacted_by = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["table", "row_id"], name="change_of_row")]


class Redaction(models.Model):
    """
    That words were taken out of a row, or a document was removed. Its event says who, when and why. Never altered or removed.

    sha256   of what a frozen document held before; "" for a row: the hash of a short text would tell the text
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="redactions")
    table = models.CharField(max_length=60)
    row_id = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["row_id"], name="redaction_of_row")]


class CurrentAct(models.Model):
    """At most one row, alive only inside a transaction: the event that the triggers write into `Change`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")


class IdempotencyKey(models.Model):
    """A form that has been received. The same form again finds its answer here instead of doing it twice."""

    key = models.CharField(max_length=100, primary_key=True)
    actor_id = models.CharField(max_length=64)
    at = models.DateTimeField()
    answer = models.CharField(max_length=64, blank=True)
