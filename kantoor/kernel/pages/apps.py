"""The framework of the pages as a Django application: it keeps people's saved views."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Templates under `pages/`, and the one table of saved views."""

    name = "kantoor.kernel.pages"
    label = "pages"
