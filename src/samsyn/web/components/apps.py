"""Tells Django where the template tags are."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "samsyn.web.components"
    label = "components"
