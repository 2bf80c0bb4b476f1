from django.apps import AppConfig


class SourceConfig(AppConfig):
    name = "samsyn.records.source"
    label = "source"
    default_auto_field = "django.db.models.BigAutoField"
