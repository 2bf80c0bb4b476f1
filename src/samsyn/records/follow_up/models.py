"""What it gave: the faces, decisions asked for, and the reports that were saved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samsyn.chain import plan as chain
from samsyn.chain.choices import Choice, Implementation, RestsOn, Result
from samsyn.records.plan.models import Action, ActionPlan
from samsyn.records.scope import Editable, Scoped, as_choices, column


class Side(Choice):
    """The two questions that one symbol mixes: is it carried out, and did the problem change?"""

    IMPLEMENTATION = "implementation", "Genomförande"
    RESULT = "result", "Resultat"


class FaceSetting(Scoped):
    """How somebody set one side of an action's face. Append-only: the newest one is in force."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="face_settings")
    side = models.CharField(max_length=20, choices=as_choices(Side))
    value = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    why = models.TextField(blank=True, default="")
    rests_on = models.CharField(max_length=20, blank=True, default="", choices=as_choices(RestsOn))
    by_file = models.BooleanField(default=False)

    class Meta(Scoped.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(side="implementation", value__in=[v.value for v in Implementation])
                | Q(side="result", value__in=[v.value for v in Result]),
                name="face_value_fits_side"),
            models.CheckConstraint(condition=Q(by__length__gt=0), name="face_has_setter"),
        ]
        indexes = [models.Index(fields=["action", "side", "at"], name="face_by_action")]


class DecisionAsked(Editable):
    """A decision that the coordinator asks the steering group for. `settled_at` = no longer asked for."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="decisions_asked")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="+")
    text = column(chain.DecisionAsked, "text")
    otherwise = column(chain.DecisionAsked, "otherwise")
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta(Editable.Meta):
        constraints = [models.CheckConstraint(condition=Q(text__length__gt=0), name="decision_has_text")]


class FollowUpPlan(Editable):
    """How a plan will be followed up. One a plan."""

    plan = models.OneToOneField(ActionPlan, on_delete=models.PROTECT, related_name="follow_up_plan")
    owner = column(chain.FollowUpPlan, "owner")
    what = column(chain.FollowUpPlan, "what")
    who = column(chain.FollowUpPlan, "who")
    audience = column(chain.FollowUpPlan, "audience")
    hours = column(chain.FollowUpPlan, "hours")
    feedback_steering = column(chain.FollowUpPlan, "feedback_steering")
    feedback_participants = column(chain.FollowUpPlan, "feedback_participants")
    use = column(chain.FollowUpPlan, "use")
    lessons_kept = column(chain.FollowUpPlan, "lessons_kept")
    lessons_spread = column(chain.FollowUpPlan, "lessons_spread")
    before = column(chain.FollowUpPlan, "before")
    before_on = column(chain.FollowUpPlan, "before_on")
    results_from = column(chain.FollowUpPlan, "results_from")
    wrong_signs = column(chain.FollowUpPlan, "wrong_signs")
    money = column(chain.FollowUpPlan, "money")
    staff_hours = column(chain.FollowUpPlan, "staff_hours")
    competence = column(chain.FollowUpPlan, "competence")


class InformedOn(Scoped):
    """A day that the steering group has set for being informed."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="informed_on")
    on = models.DateField()
    what = models.CharField(max_length=300, blank=True, default="")

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "on"], name="informed_once_a_day")]


class Lesson(Editable):
    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="lessons")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="lessons")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    text = column(chain.Lesson, "text")
    worked = column(chain.Lesson, "worked")
    for_whom = column(chain.Lesson, "for_whom")
    conditions = column(chain.Lesson, "conditions")

    class Meta(Editable.Meta):
        constraints = [models.CheckConstraint(condition=Q(text__length__gt=0), name="lesson_has_text")]


class Adoption(Scoped):
    """
    That a plan was adopted: by whom, when, with which decision, and what it said. Append-only.

    corrects   the row whose wording this one corrects, `why` says the reason; both keep what the plan said
    """

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="adoptions")
    adopted_on = models.DateField()
    body = models.CharField(max_length=200)
    decision = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    content = models.JSONField()
    pdf = models.BinaryField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    why = models.TextField(blank=True, default="")

    logged_columns = ("plan", "adopted_on", "body", "decision", "at", "by", "corrects", "why", "partnership", "organisation")

    class Meta(Scoped.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(body__length__gt=0), name="adoption_has_body"),
            models.CheckConstraint(condition=Q(corrects=None) | Q(why__length__gt=0), name="adoption_corrected_with_reason")]
        indexes = [models.Index(fields=["plan", "-at"], name="adoption_by_plan")]


class SavedReport(Scoped):
    """A report as it was handed over: its content is frozen."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="reports")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    content = models.JSONField()

    logged_columns = ("plan", "at", "by", "partnership", "organisation")

    class Meta(Scoped.Meta):
        indexes = [models.Index(fields=["plan", "-at"], name="report_by_plan")]
