"""Communication as a Django application."""

from django.apps import AppConfig


class CommunicationConfig(AppConfig):
    name = "kantoor.departments.communication"
    label = "communication"
