"""ICT as a Django application."""

from django.apps import AppConfig


class IctConfig(AppConfig):
    name = "kantoor.departments.ict"
    label = "ict"
