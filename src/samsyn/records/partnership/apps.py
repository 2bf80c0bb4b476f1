from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "samsyn.records.partnership"
    label = "partnership"
    default_auto_field = "django.db.models.BigAutoField"
