"""Finance as a Django application."""

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "kantoor.departments.finance"
    label = "finance"
