"""The shell as a Django application; it loads what the departments declare."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "kantoor.shell"
    label = "shell"

    def ready(self) -> None:
        from kantoor.shell.discovery import discover

        discover()
