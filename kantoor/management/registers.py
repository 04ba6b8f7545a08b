"""Registers that a card can show the first rows of: the lists of all desks, by their key."""

from importlib import import_module

from django.conf import settings
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.pages.desk import desk_named, desks
from kantoor.kernel.pages.list_view import ListView
from kantoor.management.errors import UnknownCard


def known_register(key: str) -> ListView | None:
    """The register of that key, if this installation has it."""
    name = key.partition(".")[0]
    if desk_named(name) is None and name in settings.DEPARTMENTS:
        # A process without pages (the console, a worker) has opened no desks.
        import_module(f"kantoor.{settings.ROOMS[name]}.web")
    desk = desk_named(name)
    views = desk.views if desk else ()
    return next((v for v in views if isinstance(v, ListView) and v.key == key), None)


def register_named(actor: Actor, key: str) -> ListView:
    """The register of that key; raises UnknownCard, NotAllowed when one may not open it."""
    found = known_register(key)
    if found is None:
        message = _("There is no register “{key}”.").format(key=key[:60])
        raise UnknownCard(message, field="subject")
    if not found.shows_to(actor):
        raise NotAllowed(_("You may not see this."))
    return found


def registers_by_key(actor: Actor) -> dict[str, str]:
    """The registers that one may open, for choosing one: its desk and title."""
    return {
        view.key: f"{force_str(desk.title)}: {force_str(view.title)}"
        for desk in desks()
        for view in desk.open_views(actor)
        if isinstance(view, ListView) and view.in_menu
    }
