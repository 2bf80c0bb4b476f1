"""What happens and why: problems and their causes."""

from __future__ import annotations

from django.db import models

from samsyn.chain import plan as chain
from samsyn.records.scope import Editable, column
from samsyn.records.source.models import ImportRun


class FromFile(models.Model):
    """A row that may have come from a file knows which reading brought it, and where it stood."""

    import_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="+")
    source_place = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        abstract = True


class Problem(Editable, FromFile):
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    title = column(chain.Problem, "title")
    place = column(chain.Problem, "place")
    time = column(chain.Problem, "time")
    affected = column(chain.Problem, "affected")
    trend = column(chain.Problem, "trend")
    source = column(chain.Problem, "source")
    priority = column(chain.Problem, "priority")

    class Meta(Editable.Meta):
        constraints = [models.CheckConstraint(condition=models.Q(title__length__gt=0), name="problem_has_title")]


class Cause(Editable, FromFile):
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="causes")
    number = column(chain.Cause, "number")
    text = column(chain.Cause, "text")
    directness = column(chain.Cause, "directness")
    perspective = column(chain.Cause, "perspective")
    evidence = column(chain.Cause, "evidence")
    changeability = column(chain.Cause, "changeability")

    class Meta(Editable.Meta):
        constraints = [models.CheckConstraint(condition=models.Q(text__length__gt=0), name="cause_has_text")]
