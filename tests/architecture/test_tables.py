"""Every table of the collaboration has its scope, and the rooms before it keep plain ids."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models

BEFORE_SCOPE = {"access", "outbox", "partnership"}
OWNED = {"partnership", "organisation"}


def our_models() -> list[type[models.Model]]:
    """Return every model of records/."""
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("samsyn.records.")]


def without_scope(found: Iterable[type[models.Model]]) -> list[str]:
    """Return the models of later rooms that lack a partnership or an owning organisation that must be there."""
    return [
        model._meta.label for model in found
        if model._meta.app_label not in BEFORE_SCOPE
        and OWNED - {field.name for field in model._meta.concrete_fields if not field.null and isinstance(field, models.ForeignKey)}
    ]


def pointing_later(found: Iterable[type[models.Model]]) -> list[str]:
    """Return the fields of the rooms access and outbox that point to a table of a later room: ids there are plain."""
    return [
        f"{model._meta.label}.{field.name}" for model in found if model._meta.app_label in {"access", "outbox"}
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model._meta.app_label not in {"access", "outbox", "auth", "contenttypes"}
    ]


def test_every_row_after_partnership_has_its_partnership_and_owner() -> None:
    later = [model for model in our_models() if model._meta.app_label not in BEFORE_SCOPE]
    assert len(later) > 5
    assert without_scope(later) == []


def test_the_room_access_points_to_no_later_room() -> None:
    assert any(model._meta.app_label == "access" for model in our_models())
    assert pointing_later(our_models()) == []


def test_a_table_without_owner_is_caught() -> None:
    class Unowned(models.Model):
        partnership = models.ForeignKey("partnership.Partnership", on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "plan"
            managed = False
            apps = type(apps)(installed_apps=())

    assert without_scope([Unowned]) == ["plan.Unowned"]


def test_a_link_to_a_later_room_is_caught() -> None:
    target = next(model for model in our_models() if model._meta.app_label == "plan")

    class Forward(models.Model):
        plan = models.ForeignKey(target, on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "access"
            managed = False
            apps = type(apps)(installed_apps=())

    assert pointing_later([Forward]) == ["access.Forward.plan"]


def test_no_constraint_or_index_calls_a_function_of_ours() -> None:
    looked = 0
    for model in our_models():
        for rule in [*model._meta.constraints, *model._meta.indexes]:
            looked += 1
            path, _, _ = rule.deconstruct()
            assert path.startswith("django.db.models"), f"{model._meta.label}: {rule.name}"
    assert looked
