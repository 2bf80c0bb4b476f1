"""Groups that meet, their meetings, and what was said, decided and handed out there. May point at anything earlier."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samsyn.chain.answers import Answer
from samsyn.chain.meeting_values import Every, GroupKind, Here, LineKind, MeetingState, PointKind
from samsyn.records.follow_up.models import DecisionAsked
from samsyn.records.partnership.models import Membership
from samsyn.records.plan.models import Action, ActionPlan
from samsyn.records.scope import Editable, Scoped, as_choices


class Group(Editable):
    """A steering, preparatory or working group, or a strategic council, with its rhythm."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=as_choices(GroupKind))
    purpose = models.TextField(blank=True, default="")
    every = models.CharField(max_length=20, choices=as_choices(Every), default=Every.MONTH)
    starts_at = models.TimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=300, blank=True, default="")

    class Meta(Editable.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(name__length__gt=0), name="group_has_name"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=600), name="group_minutes_in_range"),
        ]


class GroupMember(Editable):
    """A person's place in a group, with position. They may lack an account: then `member` is None."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=200, blank=True, default="")
    organisation_name = models.CharField(max_length=200, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Editable.Meta):
        constraints = [models.CheckConstraint(condition=Q(name__length__gt=0), name="group_member_has_name")]


class GroupPlan(Scoped):
    """That a group works with a plan: its agenda is made from it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="plans")
    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="+")

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["group", "plan"], name="group_plan_once")]


class Meeting(Editable):
    """
    A meeting of a group. `revision` grows with every write in it, so that an open page knows when to fetch.

    sequence   how many times the invitation has changed (iCalendar)
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=20, choices=as_choices(MeetingState), default=MeetingState.PLANNED)
    sequence = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True, default="")
    current = models.ForeignKey("AgendaPoint", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Editable.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(state="closed") | Q(closed_at__isnull=False, closed_by__length__gt=0), name="closed_meeting_says_when"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=600), name="meeting_minutes_in_range"),
        ]
        indexes = [models.Index(fields=["partnership", "starts_at"], name="meeting_in_order")]


class AgendaPoint(Editable):
    """
    A point of the agenda: made by itself from the plans, or written by somebody (kind OWN).

    subject_kind, subject_id   what it is about: "action", "decision", "plan", "assignment", "meeting", "group"; "" for a point of one's own
    is_as_proposed             made by itself, and nobody has changed its words: it may be made anew
    removed_by                 who took it off the agenda: it is never proposed again; "" if it went by itself, as no longer true
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, choices=as_choices(PointKind))
    title = models.CharField(max_length=300)
    why = models.TextField(blank=True, default="")
    minutes = models.PositiveSmallIntegerField(null=True)
    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, null=True, related_name="+")
    subject_kind = models.CharField(max_length=20, blank=True, default="")
    subject_id = models.UUIDField(null=True)
    is_as_proposed = models.BooleanField(default=False)
    removed_by = models.CharField(max_length=200, blank=True, default="")
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)

    class Meta(Editable.Meta):
        constraints = [models.CheckConstraint(condition=Q(title__length__gt=0), name="point_has_title")]
        indexes = [models.Index(fields=["meeting", "position"], name="point_in_order")]


class Attendance(Editable):
    """That somebody was at a meeting, with the position they had then."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey(GroupMember, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=200, blank=True, default="")
    organisation_name = models.CharField(max_length=200, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    here = models.CharField(max_length=20, choices=as_choices(Here))

    class Meta(Editable.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(name__length__gt=0), name="attendance_has_name"),
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once"),
        ]


class MeetingLine(Editable):
    """
    One line of what was written in a meeting: a note, a decision, or an assignment with owner and date.

    plan, action, decision   what it is about, where that is known: of its point, or the asked decision that was settled
    became                   the action of a plan that an assignment was made into: it is followed there, and asked about there alone
    done_on                  an assignment that is done; `dropped_on` one that will not be
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="lines")
    point = models.ForeignKey(AgendaPoint, on_delete=models.PROTECT, null=True, related_name="lines")
    kind = models.CharField(max_length=20, choices=as_choices(LineKind))
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.CharField(max_length=64)
    owner = models.CharField(max_length=200, blank=True, default="")
    owner_email = models.EmailField(blank=True, default="")
    owner_member = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(DecisionAsked, on_delete=models.PROTECT, null=True, related_name="+")
    became = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)

    class Meta(Editable.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(text__length__gt=0), name="line_has_text"),
            models.CheckConstraint(condition=~Q(kind="assignment") | Q(owner__length__gt=0), name="assignment_has_owner"),
            models.CheckConstraint(condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True), name="assignment_done_or_dropped"),
        ]
        indexes = [models.Index(fields=["meeting", "at"], name="line_in_order"), models.Index(fields=["partnership", "kind"], name="line_by_kind")]


class AssignmentAnswer(Scoped):
    """What somebody answered about an assignment. Append-only: the latest counts."""

    line = models.ForeignKey(MeetingLine, on_delete=models.PROTECT, related_name="answers")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.CharField(max_length=64)
    by_email = models.CharField(max_length=254, blank=True, default="")
    answer = models.CharField(max_length=20, choices=as_choices(Answer))
    proposed_due_on = models.DateField(null=True)
    help_from = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField(blank=True, default="")

    class Meta(Scoped.Meta):
        indexes = [models.Index(fields=["line", "at"], name="answer_by_line")]


class Minutes(Scoped):
    """The minutes of a closed meeting: content and paper, frozen. One a meeting."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="kept")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    content = models.JSONField()
    pdf = models.BinaryField()

    logged_columns = ("meeting", "at", "by", "partnership", "organisation")
