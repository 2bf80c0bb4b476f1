"""The action plan: goals, actions, their steps and check-ins."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samsyn.chain import plan as chain
from samsyn.chain.answers import Answer
from samsyn.chain.choices import FormFace
from samsyn.chain.notice_values import Pace
from samsyn.records.partnership.models import Membership
from samsyn.records.scope import Editable, Scoped, as_choices, column
from samsyn.records.situation.models import Cause, FromFile, Problem


class ActionPlan(Editable, FromFile):
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    name = column(chain.Plan, "name")
    period = column(chain.Plan, "period")
    summary = column(chain.Plan, "summary")
    adopted_on = column(chain.Plan, "adopted_on")
    made_at = models.DateTimeField()

    class Meta(Editable.Meta):
        constraints = [models.CheckConstraint(condition=Q(name__length__gt=0), name="plan_has_name")]


class PlanProblem(Scoped):
    """That a plan is about a problem, and in which order."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="about")
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "problem"], name="plan_problem_once")]


class Bundle(Editable):
    """A combination: actions that must all be done."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="bundles")
    text = column(chain.Bundle, "text")
    why = column(chain.Bundle, "why")

    class Meta(Editable.Meta):
        constraints = [models.CheckConstraint(condition=Q(text__length__gt=0), name="bundle_has_text")]


class Goal(Editable, FromFile):
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="goals")
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField()
    text = column(chain.Goal, "text")
    level = column(chain.Goal, "level")
    kind = column(chain.Goal, "kind")
    specific = column(chain.Goal, "specific")
    measurable = column(chain.Goal, "measurable")
    accepted = column(chain.Goal, "accepted")
    realistic = column(chain.Goal, "realistic")
    time_bound = column(chain.Goal, "time_bound")
    indicator = column(chain.Goal, "indicator")
    baseline = column(chain.Goal, "baseline")
    baseline_on = column(chain.Goal, "baseline_on")
    target = column(chain.Goal, "target")
    smallest_change = column(chain.Goal, "smallest_change")
    due_on = column(chain.Goal, "due_on")

    class Meta(Editable.Meta):
        constraints = [models.CheckConstraint(condition=Q(text__length__gt=0), name="goal_has_text")]


class Action(Editable, FromFile):
    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="actions")
    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, null=True, related_name="actions")
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField()
    text = column(chain.Action, "text")
    description = column(chain.Action, "description")
    approach = column(chain.Action, "approach")
    regularity = column(chain.Action, "regularity")
    track = column(chain.Action, "track")
    horizon = column(chain.Action, "horizon")
    responsible = column(chain.Action, "responsible")
    responsible_organisation = column(chain.Action, "responsible_organisation")
    responsible_email = column(chain.Action, "responsible_email")
    responsible_phone = column(chain.Action, "responsible_phone")
    responsible_member = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    others = column(chain.Action, "others")
    start_on = column(chain.Action, "start_on")
    due_on = column(chain.Action, "due_on")
    due_typed = column(chain.Action, "due_typed")
    effect_from = column(chain.Action, "effect_from")
    late_reason = column(chain.Action, "late_reason")
    resources = column(chain.Action, "resources")
    hours = column(chain.Action, "hours")
    cost = column(chain.Action, "cost")
    budget_line = column(chain.Action, "budget_line")
    documentation = column(chain.Action, "documentation")
    followed_up = column(chain.Action, "followed_up")
    form_face = models.CharField(max_length=10, blank=True, default="", choices=as_choices(FormFace))

    class Meta(Editable.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(text__length__gt=0), name="action_has_text"),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gte=0), name="action_hours_not_negative"),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="action_cost_not_negative"),
        ]
        indexes = [models.Index(fields=["plan", "position"], name="action_in_order")]


class ActionCause(Scoped):
    """That an action acts on a cause."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="cause_links")
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="+")

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["action", "cause"], name="action_cause_once")]


class ActionGoal(Scoped):
    """That an action serves a goal."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["action", "goal"], name="action_goal_once")]


class ActionDependency(Scoped):
    """That an action waits for another to be done."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="waits_for")
    on = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")

    class Meta(Scoped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["action", "on"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(action=models.F("on")), name="dependency_on_another"),
        ]


class Commitment(Editable):
    """What a party promises for an action or a goal. `organisation` is the party, who owns it."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="commitments")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="commitments")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="commitments")
    text = column(chain.Commitment, "text")
    resource = column(chain.Commitment, "resource")
    motive = column(chain.Commitment, "motive")
    mandate = column(chain.Commitment, "mandate")
    due_on = column(chain.Commitment, "due_on")
    signed_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=200, blank=True, default="")
    on_behalf = models.BooleanField(default=False)

    class Meta(Editable.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(text__length__gt=0), name="commitment_has_text"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, signed_by="") | Q(signed_on__isnull=False, signed_by__length__gt=0),
                name="commitment_signed_by_somebody"),
        ]


class StaffNote(Scoped):
    """What staff said in a dialogue about HOW an action is to be done; it may become a step."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="staff_notes")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    text = models.TextField()
    step = models.ForeignKey("ActionStep", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Scoped.Meta):
        constraints = [models.CheckConstraint(condition=Q(text__length__gt=0), name="staff_note_has_text")]


class ActionStep(Editable):
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    text = column(chain.Step, "text")
    documented_how = column(chain.Step, "documented_how")
    due_on = column(chain.Step, "due_on")
    done_on = column(chain.Step, "done_on")

    class Meta(Editable.Meta):
        constraints = [models.CheckConstraint(condition=Q(text__length__gt=0), name="step_has_text")]


class CheckIn(Scoped):
    """What has happened since last time. Append-only: corrected by a new one that names it."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="check_ins")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.CharField(max_length=64)
    on_behalf_of = models.CharField(max_length=200, blank=True, default="")
    by_email = models.CharField(max_length=254, blank=True, default="")  # of a guest who answered by a personal link
    answer = models.CharField(max_length=20, blank=True, default="", choices=as_choices(Answer))
    proposed_due_on = models.DateField(null=True)
    help_from = models.CharField(max_length=200, blank=True, default="")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    text = column(chain.CheckIn, "text")
    implementation = column(chain.CheckIn, "implementation")
    hours = column(chain.CheckIn, "hours")
    cost = column(chain.CheckIn, "cost")
    helped = column(chain.CheckIn, "helped")
    hindered = column(chain.CheckIn, "hindered")

    class Meta(Scoped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gte=0), name="check_in_hours_not_negative"),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="check_in_cost_not_negative"),
            models.CheckConstraint(condition=Q(text__length__gt=0) | Q(implementation__length__gt=0) | Q(answer__length__gt=0),
                                   name="check_in_says_something"),
        ]
        indexes = [models.Index(fields=["action", "at"], name="check_in_by_action")]


class RuleSilence(Scoped):
    """A rule of the plan check that is silent for a plan, and why."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="silences")
    rule = models.CharField(max_length=60)
    reason = models.TextField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta(Scoped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "rule"], name="rule_silenced_once"),
            models.CheckConstraint(condition=Q(reason__length__gt=0), name="silence_has_reason"),
        ]


class NoticeSettings(Editable):
    """How a plan's reminders go: chain.notice_values.Pace as a row. One a plan at most; without it the defaults hold."""

    plan = models.OneToOneField(ActionPlan, on_delete=models.PROTECT, related_name="notice_settings")
    silent_days = models.PositiveSmallIntegerField(default=Pace().silent_days)
    due_soon_days = models.PositiveSmallIntegerField(default=Pace().due_soon_days)
    days_between = models.PositiveSmallIntegerField(default=Pace().days_between)
    paused_until = models.DateField(null=True)

    class Meta(Editable.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(silent_days__gte=1, silent_days__lte=365), name="silent_days_in_range"),
            models.CheckConstraint(condition=Q(due_soon_days__gte=1, due_soon_days__lte=60), name="due_soon_days_in_range"),
            models.CheckConstraint(condition=Q(days_between__gte=1, days_between__lte=60), name="days_between_in_range"),
        ]
