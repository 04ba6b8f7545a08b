"""The addresses of the pages: the shell's own desks, and those that the departments open."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from kantoor.kernel.pages.desk import desks
from kantoor.kernel.pages.form_view import action_page
from kantoor.kernel.pages.view import answered
from kantoor.shell.pages import find, home, management, plans, today

__all__ = ["management", "plans", "today", "urlpatterns"]


def load_departments() -> None:
    """Import each department's `web`, which opens its desk."""
    for name in settings.DEPARTMENTS:
        module = f"kantoor.{settings.ROOMS[name]}.web"
        if find_spec(module) is not None:
            import_module(module)


def _desk_pages() -> list[URLPattern | URLResolver]:
    found: list[URLPattern] = []
    for desk in desks():
        if not desk.home:
            show = answered(home.desk_page(desk))
            found.append(path(desk.name, show, name=f"desk.{desk.name}"))
        found += desk.routes()
    return _by_first_word(found)


def _by_first_word(routes: list[URLPattern]) -> list[URLPattern | URLResolver]:
    """The same addresses, those of a desk together: Django looks through them one by one."""
    found: list[URLPattern | URLResolver] = []
    below: dict[str, list[URLPattern]] = {}
    for route in routes:
        word, _, rest = str(route.pattern).partition("/")
        if rest and "<" not in word:
            below.setdefault(word, []).append(path(rest, route.callback, name=route.name))
        else:
            found.append(route)
    return found + [path(f"{word}/", include(inside)) for word, inside in below.items()]


load_departments()
urlpatterns = [
    path("", answered(home.today), name="today"),
    path("search", answered(find.search, any_text=True), name="search"),
    path("suggestions", answered(find.suggestions), name="suggestions"),
    path("<slug:department>/do/<slug:name>", answered(action_page), name="action"),
    *_desk_pages(),
]
