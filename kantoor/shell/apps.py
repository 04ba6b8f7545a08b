"""The shell as a Django application."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "kantoor.shell"
    label = "shell"
