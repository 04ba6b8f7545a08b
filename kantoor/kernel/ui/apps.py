"""The Django app of the design system: templates, static files and template tags."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The partials under `ui/`, the style sheets and scripts under `kantoor/`."""

    name = "kantoor.kernel.ui"
    label = "ui"
    verbose_name = "Kantoor's pages"
