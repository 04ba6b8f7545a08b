"""The addresses of signing in and what belongs to it."""

from django.urls import path

from kantoor.shell.signing_in import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("password", views.password, name="password"),
    path("company", views.company, name="company"),
    path("language", views.language, name="language"),
]
