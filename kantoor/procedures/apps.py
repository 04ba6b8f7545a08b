"""Procedures as a Django application."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "kantoor.procedures"
    label = "procedures"
