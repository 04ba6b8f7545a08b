"""The addresses of the doors: `/<name>`, and `/<name>/<token>` for who can show it in no other way."""

from django.urls import URLPattern, path

from kantoor.kernel.doors import doors
from kantoor.shell.doors.views import opened
from kantoor.shell.pages.urls import load_departments


def _routes() -> list[URLPattern]:
    found: list[URLPattern] = []
    for each in doors():
        named = each.name.replace("/", "-")
        found += [
            path(each.name, opened(each), name=f"door-{named}"),
            path(f"{each.name}/", opened(each), name=f"door-{named}-slash"),
            path(f"{each.name}/<str:token>", opened(each), name=f"door-{named}-token"),
        ]
    return found


load_departments()
urlpatterns = _routes()
