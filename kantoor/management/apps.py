"""Management as a Django application."""

from django.apps import AppConfig


class ManagementConfig(AppConfig):
    name = "kantoor.management"
    label = "management"
