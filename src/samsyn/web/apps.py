from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "samsyn.web"
    label = "web"

    def ready(self) -> None:
        from samsyn.web import start_checks  # noqa: F401  (registers Django's start-up checks)
