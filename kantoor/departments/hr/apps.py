"""HR as a Django application."""

from django.apps import AppConfig


class HrConfig(AppConfig):
    name = "kantoor.departments.hr"
    label = "hr"
