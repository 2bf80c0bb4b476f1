"""Scope: every row of the collaboration belongs to a partnership, and no query may forget that."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models

from samsyn.chain.choices import Choice
from samsyn.chain.field import Field, Kind, fields_of


class Unscoped(RuntimeError):
    """A query was tried without saying which partnership it is for."""


class ScopedQuerySet(models.QuerySet[Any]):
    """A queryset that raises Unscoped when it is run before `within` has been said, or a row it starts from."""

    _is_scoped = False

    def within(self, partnership: uuid.UUID) -> Self:
        """Return only the rows of one partnership."""
        found = self.filter(partnership_id=partnership)
        found._is_scoped = True
        return found

    def in_every_partnership(self) -> Self:
        """Return rows regardless of partnership. Only for jobs, and for finding out where a signed-in person belongs."""
        found = self.all()
        found._is_scoped = True
        return found

    def _clone(self) -> Self:
        copy = super()._clone()  # type: ignore[misc]
        copy._is_scoped = self._is_scoped
        return copy

    def _refuse_unscoped(self) -> None:
        if not self._is_scoped and "instance" not in self._hints:  # type: ignore[attr-defined]
            raise Unscoped(f"{self.model._meta.label} was asked for without a partnership: use .within(partnership).")

    def _fetch_all(self) -> None:
        self._refuse_unscoped()
        super()._fetch_all()  # type: ignore[misc]

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse_unscoped()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._refuse_unscoped()
        return super().count()

    def exists(self) -> bool:
        self._refuse_unscoped()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._refuse_unscoped()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._refuse_unscoped()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_unscoped()
        return super().delete()


class Scoped(models.Model):
    """A row that belongs to a partnership and is owned by one of its organisations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("partnership.Organisation", on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()
    unscoped = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "unscoped"


class Editable(Scoped):
    """A row that people edit: `version` grows by one with every edit. Nothing is deleted: it is withdrawn."""

    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        base_manager_name = "unscoped"


def column(row_class: type, name: str) -> Any:
    """Return the database column of a described field of the chain: type, length and words come from there."""
    about: Field = fields_of(row_class)[name]
    if about.kind is Kind.DATE:
        return models.DateField(about.label, null=True)
    if about.kind is Kind.NUMBER:
        return models.DecimalField(about.label, max_digits=12, decimal_places=2, null=True)
    if about.kind is Kind.WHOLE:
        return models.IntegerField(about.label, null=True)
    if about.choices:
        return models.CharField(about.label, max_length=40, blank=True, default="", choices=as_choices(about.choices))
    if about.kind is Kind.TEXT:
        return models.TextField(about.label, blank=True, default="")
    return models.CharField(about.label, max_length=about.max_length, blank=True, default="")


def as_choices(words: type[Choice]) -> list[tuple[str, str]]:
    """Return a closed list as columns and form fields want it: (code, word)."""
    return [(word.value, word.label) for word in words]
