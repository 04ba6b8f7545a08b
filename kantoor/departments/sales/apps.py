"""Sales as a Django application."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "kantoor.departments.sales"
    label = "sales"
