"""The addresses that watching programs report to."""

from django.urls import path

from kantoor.shell.alerts import views

urlpatterns = [
    path("alerts/alertmanager", views.alertmanager, name="alerts-alertmanager"),
]
