"""Every route of the installation."""

urlpatterns: list[object] = []
