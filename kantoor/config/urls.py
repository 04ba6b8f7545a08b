"""The routes of the installation: the shell assembles them."""

from kantoor.shell.routes import urlpatterns

__all__ = ["urlpatterns"]
