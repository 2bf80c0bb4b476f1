from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "samsyn.records.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_make_triggers_anew, dispatch_uid="change log triggers")


def _make_triggers_anew(sender: AppConfig, **_kwargs: Any) -> None:
    """After the last of our rooms has been migrated."""
    if sender.label == "follow_up":
        from samsyn.records.access.triggers import make_triggers

        make_triggers()
