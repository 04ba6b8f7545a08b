"""The shell as a Django application; it loads what the departments declare."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class ShellConfig(AppConfig):
    name = "kantoor.shell"
    label = "shell"

    def ready(self) -> None:
        from kantoor.shell.discovery import discover

        discover()
        if {"finance", "sales"} <= set(settings.DEPARTMENTS):
            import_module("kantoor.shell.demo.going_on")  # a job, which the worker looks for
