"""Files as they were received, and what was read from them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samsyn.chain.choices import Choice
from samsyn.records.scope import Scoped, as_choices


class FileState(Choice):
    RECEIVED = "received", "Mottagen, inte inläst"
    KEPT = "kept", "Sparad som den kom"
    CLEANED = "cleaned", "Sparad utan personnummer"
    HELD = "held", "Inte sparad: personnummer"
    REMOVED = "removed", "Borttagen i efterhand"
    DROPPED = "dropped", "Borttagen: inläsningen avbröts"


class RunState(Choice):
    PREVIEW = "preview", "Väntar på dig"
    HELD = "held", "Hållen: personnummer"
    ACCEPTED = "accepted", "Inläst"
    CANCELLED = "cancelled", "Avbruten"
    TAKEN_BACK = "taken_back", "Ångrad"


class SourceFile(Scoped):
    """
    A file somebody brought. The content is opened only by coordinators and the one who brought it.

    found   addresses of personal identity numbers in a held file (never the numbers)
    """

    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=20, choices=as_choices(FileState))
    found = models.JSONField(default=list)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=200)
    received_by_id = models.CharField(max_length=64)

    class Meta(Scoped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["held", "dropped", "removed"], content__isnull=True)
                | Q(state__in=["received", "kept", "cleaned"], content__isnull=False),
                name="file_content_follows_state"),
            models.CheckConstraint(condition=Q(name__length__gt=0), name="file_has_name"),
        ]
        indexes = [models.Index(fields=["partnership", "sha256"], name="file_by_hash")]


class ImportRun(Scoped):
    """
    One reading of one file into one plan: first a preview, then accepted, and for 30 days possible to take back.

    reading   what was understood, as the reader's values in JSON
    plan_id   plain id of the plan the rows went to (a later room)
    """

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=20, choices=as_choices(RunState))
    reading = models.JSONField(null=True)
    plan_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=200, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    rows_added = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)

    logged_columns = ("file", "state", "plan_id", "accepted_at", "accepted_by", "taken_back_at", "rows_added", "rows_known",
                      "partnership", "organisation")

    class Meta(Scoped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "taken_back"], accepted_at__isnull=False)
                | Q(state__in=["preview", "held", "cancelled"], accepted_at__isnull=True),
                name="run_accepted_has_date"),
        ]
