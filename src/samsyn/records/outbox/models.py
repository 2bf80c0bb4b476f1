"""What goes out: notices that are queued, the letters they become, and personal links. Knows no later room: subject = kind + plain id."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from samsyn.chain.choices import Choice
from samsyn.chain.notice_values import Level, NoticeKind
from samsyn.records.scope import ScopedQuerySet, as_choices


class LinkPurpose(Choice):
    """What a personal link opens. It opens nothing else."""

    ANSWER = "answer", "Svara om en åtgärd eller ett uppdrag"
    CALENDAR = "calendar", "Kalender"


class LetterKind(Choice):
    NOTICES = "notices", "Påminnelse"
    HELP = "help", "Någon behöver hjälp"
    INVITATION = "invitation", "Kallelse"
    CANCELLATION = "cancellation", "Inställt möte"
    MINUTES = "minutes", "Protokoll"


class LetterState(Choice):
    """Where a letter is. READY without a mail server = a ready text that somebody passes on and ticks."""

    READY = "ready", "Ska skickas"
    SENDING = "sending", "Skickas nu"
    SENT = "sent", "Skickad"
    TICKED = "ticked", "Skickad för hand"
    FAILED = "failed", "Gick inte att skicka"
    DROPPED = "dropped", "Behövdes inte längre"


GONE_OUT = (LetterState.SENT, LetterState.TICKED)
UNFINISHED = (LetterState.READY, LetterState.FAILED)  # somebody can still pass it on, try it again or take it away


class OfPartnership(models.Model):
    """A row with its partnership as a plain id. `objects` refuses a query that does not say which."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership_id = models.UUIDField()

    objects = ScopedQuerySet.as_manager()
    unscoped = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "unscoped"


class Link(OfPartnership):
    """
    A personal link to one thing for one person. Only the hash of its token is kept; the token is made from the secret key and the id.

    subject_kind   "action" or "assignment" to answer; "person", "plan" or "group" for a calendar
    expires_at     None for a calendar, which lasts until it is revoked
    """

    purpose = models.CharField(max_length=20, choices=as_choices(LinkPurpose))
    token_hash = models.CharField(max_length=64, unique=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=200, blank=True, default="")

    class Meta(OfPartnership.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("made_at")), name="link_expires_later"),
            models.CheckConstraint(condition=Q(purpose="calendar") | Q(expires_at__isnull=False), name="answer_link_expires"),
            models.CheckConstraint(condition=Q(name__length__gt=0), name="link_has_name"),
        ]
        indexes = [models.Index(fields=["partnership_id", "subject_id"], name="link_by_subject")]


class Letter(OfPartnership):
    """
    A letter to one person, as it is or was sent. Sent at most once by us; where the answer was lost it goes again with the same message_id.

    email          "" when nobody knows it: somebody passes the text on by another way
    text, html     the words; "" for html = text only
    attached       [{"kind": "minutes" | "calendar", "id": id of the meeting}]; made when it is sent
    not_before_at  the first moment it may be tried (quiet hours, next try)
    uncertain_at   when the connection broke before the server had answered; None = never
    fault          what went wrong the last time, in Swedish
    """

    kind = models.CharField(max_length=20, choices=as_choices(LetterKind))
    state = models.CharField(max_length=20, choices=as_choices(LetterState), default=LetterState.READY)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True, default="")
    attached = models.JSONField(default=list)
    subject_kind = models.CharField(max_length=20, blank=True, default="")
    subject_id = models.UUIDField(null=True)
    message_id = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField()
    not_before_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    uncertain_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ticked_by = models.CharField(max_length=200, blank=True, default="")
    fault = models.TextField(blank=True, default="")

    logged_columns = ("kind", "state", "email", "ticked_by", "partnership_id")

    class Meta(OfPartnership.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(subject__length__gt=0) & Q(text__length__gt=0), name="letter_says_something"),
            models.CheckConstraint(condition=~Q(state__in=["sent", "ticked"]) | Q(sent_at__isnull=False), name="letter_sent_has_moment"),
            models.CheckConstraint(condition=~Q(state="sending") | Q(claimed_at__isnull=False), name="letter_sending_is_claimed"),
        ]
        indexes = [
            models.Index(fields=["state", "not_before_at"], name="letter_to_send"),
            models.Index(fields=["partnership_id", "-made_at"], name="letter_of_partnership"),
        ]


class Notice(OfPartnership):
    """
    That somebody is to be told something. Derived each morning, queued once, claimed once into a letter, or dropped if no longer true.

    subject_kind   "action", "assignment", "meeting" or "plan"
    person         the e-mail address in small letters, or "namn:" and a hash of the name; STEERING_LIST for the steering group's list
    period         what makes it another notice than the last one: the day it is about, or since when and how far it has gone
    about_on       the day it is about, if there is one
    """

    kind = models.CharField(max_length=30, choices=as_choices(NoticeKind))
    level = models.CharField(max_length=20, choices=as_choices(Level))
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    plan_id = models.UUIDField(null=True)
    person = models.CharField(max_length=260)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    period = models.CharField(max_length=60)
    about_on = models.DateField(null=True)
    queued_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name="notices")
    dropped_at = models.DateTimeField(null=True)

    logged_columns = ("kind", "level", "subject_id", "letter", "dropped_at", "partnership_id")

    class Meta(OfPartnership.Meta):
        constraints = [
            models.UniqueConstraint(fields=["kind", "level", "subject_id", "person", "period"], name="notice_once"),
            models.CheckConstraint(condition=Q(letter__isnull=True) | Q(dropped_at__isnull=True), name="notice_sent_or_dropped"),
        ]
        indexes = [
            models.Index(fields=["partnership_id", "letter", "dropped_at"], name="notice_waiting"),
            models.Index(fields=["subject_id", "kind"], name="notice_by_subject"),
        ]
