"""The migrations that the code has, by name.

What they do is as large as all models together, and is loaded where it is done.
"""

from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps


def migrations_of_the_code() -> set[tuple[str, str]]:
    """The app and the name of every migration there is, as Django finds them."""
    return {(app.label, name) for app in apps.get_app_configs() for name in _names(app.name)}


def _names(package: str) -> list[str]:
    found = find_spec(f"{package}.migrations")
    places = found.submodule_search_locations if found is not None else None
    return [
        name
        for _finder, name, is_package in iter_modules(places or [])
        if not is_package and name[0] not in "_~"
    ]
