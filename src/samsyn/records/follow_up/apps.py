from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    name = "samsyn.records.follow_up"
    label = "follow_up"
    default_auto_field = "django.db.models.BigAutoField"
