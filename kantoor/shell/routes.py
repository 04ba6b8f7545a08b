"""Every route of the installation, gathered from the shell's rooms and from the departments.

A room of the shell is a folder with `urls.py`; its addresses stand at the root. A department's
`web` (`web.py`, or `web/urls.py`) stands under its own name: `/finance/…`.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

Routes = list[URLPattern | URLResolver]
LAST = ("api", "pages")
"""The API catches all that begins with `api/`; the pages have most addresses to look through."""


def _of_shell() -> Routes:
    rooms = sorted(file.parent.name for file in Path(__file__).parent.glob("*/urls.py"))
    rooms.sort(key=lambda room: LAST.index(room) if room in LAST else -1)
    return [path("", include(f"kantoor.shell.{room}.urls")) for room in rooms]


def _of_departments() -> Routes:
    found: Routes = []
    for name in settings.DEPARTMENTS:
        web = f"kantoor.{settings.ROOMS[name]}.web"
        for module in (f"{web}.urls", web):
            if _exists(module) and hasattr(import_module(module), "urlpatterns"):
                found.append(path(f"{name}/", include(module)))
                break
    return found


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns: Routes = [
    *_of_shell(),
    path("ui/", include("kantoor.kernel.ui.urls")),
    *_of_departments(),
]
